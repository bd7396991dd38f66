"""Remarks for the annotated copy: what an audit found, by file, sheet, row and column.

A remark holds words of the catalogue and a place, never a value of a record.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qa_toolkit.report.findings import Findings
from qa_toolkit.result import AuditResult

LEVELS = ("blocker", "major", "minor", "asks")
"""How much a remark weighs, worst first; ``asks`` costs nothing and waits for a person."""
MOST_REMARKS = 50_000
"""Remarks taken from a submission, the worst first; there may be millions of findings."""

_IN_SHEET = re.compile(
    r"file (?P<file>\d+), sheet (?P<sheet>.*), row (?P<row>\d+)(?:, cell (?P<column>[A-Z]{1,3})(?P=row))?", re.DOTALL
)
_IN_TEXT_TABLE = re.compile(r"file (?P<file>\d+), row (?P<row>\d+)(?:, column (?P<heading>.*))?", re.DOTALL)


@dataclass(frozen=True)
class Remark:
    """One fault at one place of a table."""

    row: int
    """As a spreadsheet counts: the first is 1."""
    level: str
    """One of ``LEVELS``."""
    failed: str
    fix: str
    check_id: str
    column: str | None = None
    """Its letter. None where the table has no column for what the check looks at: the remark is about the row."""
    heading: str | None = None
    """What stands above the column, where a place names that instead of a letter (CSV)."""


@dataclass(frozen=True)
class RemarkPlace:
    """Where a finding lies in a table that was handed in."""

    file_number: int
    sheet: str | None
    """None in a table without sheets (CSV)."""
    row: int
    column: str | None
    heading: str | None


@dataclass(frozen=True)
class Remarks:
    """The remarks of a submission."""

    by_file: Mapping[int, Mapping[str | None, tuple[Remark, ...]]]
    """File number -> title of the sheet -> remarks, the worst first. Files without any are left out."""
    without_cell: int
    """Findings that lie in no table: of the submission as a whole, or at a JSON pointer."""
    left_out: int
    """Findings beyond the most that are taken."""


def remarks_of(result: AuditResult, submission_id: str, found: Findings, most: int = MOST_REMARKS) -> Remarks:
    """The findings of a submission that score or ask, as remarks on the tables it handed in."""
    cases = {
        (check.check_id, case.case, case.table): case
        for check in result.checks
        for case in check.cases
        if case.role in ("scores", "asks")
    }
    level = {
        key: "asks" if case.role == "asks" or case.severity not in LEVELS else case.severity
        for key, case in cases.items()
    }
    counts = {
        (key.check_id, key.case, key.table): number
        for key, number in found.counts(submission_id).items()
        if (key.check_id, key.case, key.table) in cases
    }
    by_file: dict[int, dict[str | None, list[Remark]]] = {}
    seen = without_cell = 0
    for key in sorted(counts, key=lambda key: (LEVELS.index(level[key]), key)):
        check_id, case_key, table = key
        if seen >= most:
            break
        for finding in found.first(submission_id, check_id, case_key, most - seen):
            if finding.table_name != table:
                continue
            seen += 1
            place = place_of(finding.place)
            if place is None:
                without_cell += 1
                continue
            remark = Remark(
                row=place.row,
                level=level[key],
                failed=cases[key].failed.strip(),
                fix=cases[key].fix.strip(),
                check_id=check_id,
                column=place.column,
                heading=place.heading,
            )
            by_file.setdefault(place.file_number, {}).setdefault(place.sheet, []).append(remark)
    return Remarks(
        by_file={
            file: {sheet: tuple(remarks) for sheet, remarks in sheets.items()}
            for file, sheets in sorted(by_file.items())
        },
        without_cell=without_cell,
        left_out=sum(counts.values()) - seen,
    )


def place_of(text: str) -> RemarkPlace | None:
    """The place that a finding's words name; None where they name no row of a table.

    The title of a sheet and a heading are a provider's: they may hold commas, and words like 'row 3'.
    """
    for pattern in (_IN_TEXT_TABLE, _IN_SHEET):
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            return RemarkPlace(
                int(parts["file"]), parts.get("sheet"), int(parts["row"]), parts.get("column"), parts.get("heading")
            )
    return None
