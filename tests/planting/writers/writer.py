"""What a writer of a format is, and what all of them write alike."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import yaml

Values = Mapping[str, Any]
"""Canonical columns of a record."""
PART = "offer_id"
"""A column that the tables know: of one that they do not, nobody knows what it holds."""


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
