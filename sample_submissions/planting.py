"""What is planted in the samples, written down by whoever plants it, never read off a run of the toolkit."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

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


def write_planted(rows: Iterable[Planted], path: Path) -> None:
    """Write the table, sorted."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for row in sorted(rows):
            writer.writerow((row.check, row.case, row.submission, row.record, row.place, row.kind, row.note))
