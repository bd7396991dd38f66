"""Measure the toolkit beside its floor and its peers in one run, and write ``benchmarks/RESULTS.md``.

python -m benchmarks [RECORDS ...]        (default: 100000 1000000)
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.synthetic import write_as_europe_exports_it, write_submission, write_workbook

PEERS_UP_TO = {"gx-pandas": 100_000, "gx-duckdb": 1_000_000, "pointblank": 1_000_000, "pandera": 1_000_000}
STEPS = {
    "read": "read CSV into records",
    "derive": "derive facts",
    "check": "Great Expectations counts, patterns, findings",
    "score": "score",
    "write": "write JSON, Parquet, HTML, XLSX",
}


def measured(*arguments: str) -> dict[str, Any]:
    """Run a module of this folder in a process of its own and read what it printed."""
    ran = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True)
    if ran.returncode:
        return {"error": ran.stderr.strip().splitlines()[-1] if ran.stderr.strip() else f"exit {ran.returncode}"}
    found: dict[str, Any] = json.loads(ran.stdout.strip().splitlines()[-1])
    return found


def section(records: int, folder: Path) -> list[str]:
    """The table of one size."""
    handed_in = write_submission(folder / f"in-{records}", records)
    output = folder / f"out-{records}"
    floor = measured("benchmarks.floor", str(handed_in))
    whole = measured("benchmarks.stages", str(handed_in), str(output))
    differing = {c: (n, whole["failed"].get(c)) for c, n in floor["failed"].items() if whole["failed"].get(c) != n}
    floor_seconds = floor["read"] + floor["counts"] + floor["findings"]
    checking = floor["counts"] + floor["findings"]
    lines = [
        f"## {records:,} credentials",
        "",
        f"{whole['findings']:,} findings. Counts of floor and toolkit "
        + ("agree for every check." if not differing else f"differ: {differing}"),
        "",
        "| what | seconds | peak memory | ratio |",
        "| --- | ---: | ---: | ---: |",
        f"| floor: read CSV | {floor['read']:.2f} | | |",
        f"| floor: counts and every failing row | {checking:.2f} | {floor['memory']:,.0f} MB | 1.0 |",
    ]
    for step, words in STEPS.items():
        base = {"read": floor["read"], "check": checking}.get(step)
        ratio = f"{whole['seconds'][step] / base:.1f} x the floor's" if base else ""
        lines.append(f"| audit: {words} | {whole['seconds'][step]:.2f} | | {ratio} |")
    lines.append(
        f"| **whole audit** | **{whole['whole']:.2f}** | **{whole['memory']:,.0f} MB** |"
        f" **{whole['whole'] / floor_seconds:.1f} x the floor, reading included** |"
    )
    ours: float | None = None
    for tool in ("gx-duckdb", "pointblank", "pandera", "gx-pandas"):
        if records > PEERS_UP_TO[tool]:
            continue
        found = measured("benchmarks.peers", tool, str(output))
        if "error" in found:
            lines.append(f"| same facts: {tool} | could not run: {found['error']} | | |")
            continue
        ours = ours or found["seconds"]
        lines.append(
            f"| same facts: {tool} ({found['failures']:,} failures) | {found['seconds']:.2f} |"
            f" {found['memory']:,.0f} MB | {found['seconds'] / ours:.1f} x gx-duckdb |"
        )
    return [*lines, ""]


def intake_section(folder: Path) -> list[str]:
    """Tables into records, beside reading alone."""
    million = write_submission(folder / "in-1000000", 1_000_000)
    europe = write_as_europe_exports_it(million, folder / "europe")
    sheet = write_workbook(write_submission(folder / "in-20000", 20_000), folder / "workbook")
    lines = [
        "## Tables into records",
        "",
        "The floor of a CSV is DuckDB's own `read_csv` of it plus normalising its distinct values; the floor of a",
        "workbook is python-calamine alone.",
        "",
        "| what | seconds | peak memory | ratio |",
        "| --- | ---: | ---: | ---: |",
    ]
    ours: float | None = None
    for name, floor, given in (
        ("1,000,000 rows x 19 columns, CSV", "csv-floor", million),
        ("the same in Windows-1250 with semicolons", None, europe),
        ("20,000 rows x 30 columns, XLSX", "xlsx-floor", sheet),
    ):
        base = measured("benchmarks.intake", floor, str(given)) if floor else None
        found = measured("benchmarks.intake", "intake", str(given))
        if base:
            lines.append(f"| {name}: floor | {base['seconds']:.2f} | {base['memory']:,.0f} MB | 1.0 |")
            ratio = f"{found['seconds'] / base['seconds']:.1f} x the floor"
            ours = ours or found["seconds"]
        else:
            ratio = f"{found['seconds'] / (ours or 1):.1f} x the UTF-8 file"
        lines.append(f"| {name}: into records | {found['seconds']:.2f} | {found['memory']:,.0f} MB | {ratio} |")
    return [*lines, ""]


def help_seconds() -> float:
    """The fastest of five answers to ``--help``."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "qa_toolkit", "--help"], capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def main(sizes: list[int]) -> None:
    """Measure every size and write the page."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`: one run, each line a process of its own; compare ratios, not seconds.",
        f"Machine: {os.cpu_count()} processors, {memory:.0f} GiB of memory, Python {sys.version.split()[0]}.",
        "",
        "The floor is SQL written by hand for these predicates on this file. gx-duckdb is the toolkit's engine on the",
        "facts alone (counts, patterns, failing records); gx-pandas is Great Expectations with `COMPLETE` and ids.",
        "",
        f"`qa-toolkit --help` answers in {help_seconds():.2f} s.",
        "",
    ]
    with tempfile.TemporaryDirectory() as folder:
        lines += intake_section(Path(folder))
        for size in sizes:
            lines += section(size, Path(folder))
    text = "\n".join(lines)
    print(text)
    (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100_000, 1_000_000])
