"""What is planted in the samples, written down by whoever plants it, never read off a run of the toolkit."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter

HEADER = ("check", "case", "submission", "record", "place", "kind", "note")


@dataclass(frozen=True, order=True)
class Planted:
    """One row of planted.csv.

    kind: ``planted``, a defect that must be found at record and place; ``trap``, honest data on which the check must
    stay silent; ``informs``, the number of findings of a check that weighs nothing (record ``*``, note ``count=N``).
    """

    submission: str
    check: str
    case: str
    record: str
    place: str
    kind: str
    note: str


@dataclass(frozen=True)
class Table:
    """A table of awards, one a row: from an award's number to the record and the place that a finding must name."""

    submission: str
    first_row: int
    headings: Mapping[str, str]
    """What a column holds -> its heading, in the order of the table."""
    file: int = 1
    sheet: str = ""
    """'' for a CSV."""
    sheet_number: int = 0
    """0 for the sheet of the template, whose records are named without it."""

    def planted(
        self,
        check: str,
        index: int,
        column: str | tuple[str, ...],
        note: str,
        case: str = "",
        kind: str = "planted",
    ) -> Planted:
        """A defect or a trap at the award; of several columns the first one that the table has, of none the row."""
        row = index + self.first_row
        sheet = f"-s{self.sheet_number}" if self.sheet_number else ""
        place = f"file {self.file}{f', sheet {self.sheet}' if self.sheet else ''}, row {row}"
        names = [column] if isinstance(column, str) else column
        found = next((name for name in names if name in self.headings), None)
        if found is not None and self.sheet:
            place += f", cell {get_column_letter(list(self.headings).index(found) + 1)}{row}"
        elif found is not None:
            place += f", column {self.headings[found]}"
        return Planted(self.submission, check, case, f"f{self.file}{sheet}-r{row}", place, kind, note)


def asks_of_submission(submission: str, check: str, note: str) -> Planted:
    """A question put once to the whole submission."""
    return Planted(submission, check, "", "", "submission", "planted", note)


def informs(submission: str, check: str, count: int, note: str, case: str = "") -> Planted:
    """How often a check that weighs nothing must speak."""
    return Planted(submission, check, case, "*", "", "informs", f"count={count}; {note}")


def write_declarations(folder: Path, comment: str, declared: Mapping[str, object]) -> None:
    """Write submission.yaml: what the provider says once for all its awards."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"# {comment}", 'template_version: "1"']
    lines += [f"{key}: {value}" for key, value in declared.items() if key != "template_version"]
    (folder / "submission.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def write_planted(rows: Iterable[Planted], path: Path) -> None:
    """Write the table, sorted."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for row in sorted(rows):
            writer.writerow((row.check, row.case, row.submission, row.record, row.place, row.kind, row.note))
