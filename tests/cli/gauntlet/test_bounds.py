"""Files that threaten time and memory: in a process of its own, under limits of the operating system.

Those of a kind are audited in one run, with every check and every report, each beside three honest credentials in a
submission of its own; the limits hold for all of them together.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.gauntlet.audited import (
    NOT_RECOGNISED,
    QUOTATION,
    Audited,
    Case,
    Told,
    archive_refused,
    collect,
    left_out,
    no_table,
)
from tests.cli.gauntlet.files import (
    AWARDS_QUERY,
    HEADER,
    MEGABYTE,
    Make,
    line,
    long_text,
    ods,
    ods_row,
    parquet,
    text,
    xlsx,
    xlsx_table,
    zipped,
)
from tests.submissions import COLUMNS, credential, write_submission

ROOT = Path(__file__).parents[3]
MEMORY = 4 << 30
"""Address space of a run: Python and its libraries take most of it before a file is opened."""
PEAK = 900
"""Megabytes a run may hold; an honest one takes about 340."""
SECONDS = 60
"""Of processor time; an honest run takes about 8 on a slow machine."""

LIMITED = f"""
import os, resource, subprocess, sys

def limit():
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
    resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))

process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, preexec_fn=limit)
_, status, used = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss)
"""
"""Starts a command under limits; prints its exit code and the most kilobytes it held. A process of its own between this
one and the command, because what a process holds counts for the one it starts."""

NUMBERS = range(5, 1_000_005, 10_000)
BEYOND = "Delete stray cells far below or beside the table"


def far(corner: str) -> Make:
    return xlsx([*xlsx_table(), corner])


def spans(place: str, what: str) -> Told:
    return Told(what, place, "sheet 1 spans 17,179,869,184 cells", BEYOND)


TEXTS = (
    Case(
        "a cell of 200 MB",
        "a.csv",
        long_text(HEADER, line(11), "HB-12,", ("x" * MEGABYTE, 200), "\n", line(13)),
        left_out(3, QUOTATION),
        2,
        0,
    ),
    Case(
        "a cell of 200 MB in lines",
        "a.csv",
        long_text(HEADER, line(11), 'HB-12,"', (("x" * 1023 + "\n") * 1024, 200), '"\n', line(13)),
        left_out(3, QUOTATION),
        2,
        0,
    ),
    Case("a line without an end", "a.csv", long_text(("x" * MEGABYTE, 200)), NOT_RECOGNISED),
    Case("a line of cells without an end", "a.csv", long_text(("x," * (MEGABYTE // 2), 200)), NOT_RECOGNISED),
    Case(
        "a header without an end",
        "a.csv",
        long_text(HEADER.strip(), (",x" * (MEGABYTE // 2), 100), "\n", line(11)),
        NOT_RECOGNISED,
    ),
    Case(
        "a header of a million columns",
        "a.csv",
        text(HEADER.strip(), ",x" * 1_000_000, "\n", line(11)),
        Told("A table is too wide", "file 1, row 1", "It has ", "Hand in the table without empty columns"),
        1,
        0,
    ),
    Case(
        "a zip that unpacks to 200 MB",
        "a.zip",
        zipped(("a.csv", b"\0" * (200 * MEGABYTE))),
        archive_refused("It would unpack to 209,715,200 bytes"),
    ),
)

SHEETS_AND_ARCHIVES = (
    Case(
        "a workbook that unpacks to 200 MB",
        "a.xlsx",
        xlsx([*xlsx_table(), *[" " * MEGABYTE] * 200]),
        no_table("It would unpack to ", "Copy the rows into a new workbook"),
    ),
    Case(
        "a stray cell in the last corner",
        "a.xlsx",
        far('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
        spans("file 1, sheet 1", "A sheet cannot be read"),
    ),
    Case(
        "a stray cell written unusually",
        "a.xlsx",
        far("<row spans='1:2' r = '1048576'><c t='inlineStr'\n r = 'XFD1048576'><is><t>x</t></is></c></row>"),
        spans("file 1, sheet 1", "A sheet cannot be read"),
    ),
    Case(
        "a stray cell in small letters",
        "a.xlsx",
        far('<row r="1048576"><c r="xfd1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
        spans("file 1, sheet 1", "A sheet cannot be read"),
    ),
    Case(
        "a stray cell above the others",
        "a.xlsx",
        xlsx(['<row r="1"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>', *xlsx_table()]),
        spans("file 1, sheet 1", "A sheet cannot be read"),
    ),
    Case(
        "a million empty formatted rows",
        "a.xlsx",
        xlsx(
            [
                *xlsx_table(),
                *(
                    "".join(f'<row r="{n}" s="1" ht="15"><c r="A{n}" s="1"/></row>' for n in range(k, k + 10_000))
                    for k in NUMBERS
                ),
            ]
        ),
        None,
        1,
        0,
    ),
    Case(
        "an ODS row that stands for a million",
        "a.ods",
        ods(ods_row(COLUMNS), ods_row([credential(11)[column] for column in COLUMNS], 1_048_576)),
        no_table("Its rows are repeated until they hold ", "Delete the repeated rows"),
    ),
    Case(
        "a Parquet value that stands for millions",
        "a.parquet",
        parquet(AWARDS_QUERY.format(count=600_000).replace("'Data protection'", "repeat('x', 10000)")),
        no_table("Its cells hold more than 4,294,967,296 bytes.", "Split it"),
    ),
)


def audit_apart(given: tuple[Case, ...], root: Path) -> Audited:
    """Audit the files in one process, whose time and memory the system limits; large ones are gone afterwards."""
    if sys.platform != "linux":
        pytest.skip("the limits of the operating system differ")
    scratch, out = root / "scratch", root / "out"
    scratch.mkdir()
    made = []
    for case in given:
        folder = write_submission(root / "in" / as_folder(case), [credential(number) for number in (1, 2, 3)])
        made.append(folder / case.file)
        case.make(made[-1])
    command = ["-m", "qa_toolkit", "audit", str(root / "in"), "-o", str(out), "--as-of", "2026-09-30"]
    try:
        ran = subprocess.run(
            [sys.executable, "-c", LIMITED, sys.executable, *command],
            cwd=ROOT,
            env=os.environ | {"TMPDIR": str(scratch)},
            capture_output=True,
            text=True,
        )
    finally:
        for path in made:
            path.unlink()
    code, peak = map(int, ran.stdout.split())
    return collect(code, ran.stderr, out, scratch, peak / 1024)


def as_folder(case: Case) -> str:
    return case.name.replace(" ", "-").lower()


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Audited]:
    """Kind -> what its run left."""
    kinds = {"texts": TEXTS, "sheets": SHEETS_AND_ARCHIVES}
    return {kind: audit_apart(given, tmp_path_factory.mktemp(kind)) for kind, given in kinds.items()}


@pytest.mark.parametrize("kind", ["texts", "sheets"])
def test_time_and_memory_stay_bounded(kind: str, runs: Mapping[str, Audited]) -> None:
    """Whatever the files ask for; what cannot be read is said, and nothing is left behind."""
    audited = runs[kind]

    assert "Traceback" not in audited.words
    assert audited.code == 3, audited.words
    assert audited.peak < PEAK
    assert audited.left == ()


@pytest.mark.parametrize(
    ("kind", "case"),
    [*(("texts", case) for case in TEXTS), *(("sheets", case) for case in SHEETS_AND_ARCHIVES)],
    ids=[case.name for case in (*TEXTS, *SHEETS_AND_ARCHIVES)],
)
def test_the_three_good_records_are_audited_all_the_same(kind: str, case: Case, runs: Mapping[str, Audited]) -> None:
    """With those of the file itself that can be read; what cannot is told with its kind, place, reason and fix."""
    submission = runs[kind].submission(as_folder(case))
    told = [*submission["problems"], *runs[kind].result["run_problems"]]

    assert submission["credentials"] == 3 + case.records
    assert any(file["records"] == 3 for file in submission["files"])
    if case.told is None:
        assert submission["problems"] == []
    else:
        assert case.told.is_in(told), told
        kinds = {problem["kind"] for problem in told if problem["what"] == case.told.what}
        assert ("file" in kinds) == (case.code == 3), told
    assert (runs[kind].folder / as_folder(case) / "report.html").is_file()
