"""Small invented register extracts for tests: written as files, with the description that goes with them."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

REPORTS = (
    "decision_id,organisation_ids,agency_id,object,decision,standing,"
    "valid_from,valid_until,successor_id,eqf_levels,isced_f"
)


def write_extract(folder: Path, kind: str, text: str, /, *, name: str | None = None, **changes: str | None) -> Path:
    """Write ``NAME.csv`` and ``NAME.yaml``; ``changes`` overwrite lines of the description, None leaves one out."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or kind}.csv"
    path.write_text(text, encoding="utf-8", newline="\n")
    described: dict[str, str | None] = {
        "kind": kind,
        "source": "an invented register",
        "licence": "CC0",
        "date": "2026-08-31",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        **changes,
    }
    lines = [f'{key}: "{value}"' for key, value in described.items() if value is not None]
    path.with_suffix(".yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def reports(rows: Iterable[Mapping[str, str]]) -> str:
    """Decisions on one invented university as a table; each row says only what matters to it."""
    usual = {
        "organisation_ids": "DEQARINST99990001",
        "agency_id": "IQA",
        "object": "institutional",
        "decision": "positive",
    }
    columns = REPORTS.split(",")
    lines = [",".join((usual | dict(row)).get(column, "") for column in columns) for row in rows]
    return "\n".join([REPORTS, *lines]) + "\n"
