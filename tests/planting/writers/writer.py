"""What a writer of a format is, and what all of them write alike."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import yaml

Values = Mapping[str, Any]
"""Canonical columns of a record."""
PART = "offer_id"
"""A column that the tables know: of one that they do not, nobody knows what it holds."""
A_CATALOGUE = {"url": "https://beispielstadt.example/mc/41", "contact": "Study office", "price": "free"}
"""Columns by which a table is known as a catalogue; no check lays them beside an award."""


class Writer(Protocol):
    """Writes a submission of one format."""

    name: str
    evidence_forms: tuple[str, ...]
    splits: bool
    """Whether one file can hold many submissions, told apart by the column ``PART``: one file is read faster."""

    def holds(self, values: Values) -> bool:
        """Whether the format can hold each of the values."""

    def write(self, folder: Path, records: Sequence[Values], declared: Values, parts: Sequence[str] = ()) -> None:
        """Write the submission into a new folder, its records in order; ``parts`` names the submission of each."""


def declare(folder: Path, declared: Values) -> None:
    """Write what is declared of a submission beside its files."""
    text = yaml.safe_dump(dict(declared), allow_unicode=True)
    (folder / "submission.yaml").write_text(text, encoding="utf-8")


def write_offers(folder: Path, offers: Sequence[Values]) -> None:
    """Write a catalogue beside the awards, under the columns of the template."""
    entries = [{**A_CATALOGUE, **offer} for offer in offers]
    with (folder / "offers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for entry in entries for name in entry)))
        writer.writeheader()
        for entry in entries:
            writer.writerow({name: "\n".join(v) if isinstance(v, list) else str(v) for name, v in entry.items()})
