"""What went wrong with an input, in words that say what, where, why and how to fix.

Problems are collected, never raised one by one: a reader gets all of them at once, and good records go on.
"""

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """How much of the input a problem cost."""

    FILE = "file"
    """A file could not be read: the audit is incomplete (exit code 3)."""
    ROW = "row"
    """A row or an item was left out; the rest of its file was read."""
    NOTE = "note"
    """Nothing was lost, but the reader should know (repaired, counted once, ignored)."""


@dataclass(frozen=True)
class Problem:
    """One thing intake could not read, map or take as it is.

    All texts are plain sentences without values of learners: a place names a record, never a person.
    """

    kind: ProblemKind
    what: str
    place: str
    """For example ``file 2``, ``file 1, sheet Credentials, row 19`` or ``submission.yaml, key route``."""
    why: str
    fix: str
    file_number: int | None = None
    submission_id: str | None = None
