"""What went wrong with an input, in words that say what, where, why and how to fix.

Problems are collected, never raised one by one: a reader gets all of them at once, and good records go on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
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
    more: str | None = None
    """A command that shows more, for example ``qa-toolkit checks list``."""


class AuditError(Exception):
    """Something that was asked for cannot be done; ``problems`` say all of what, where, why and how to fix.

    ::

        AuditError
        ├── UsageError          a path, framework, selection or format that is not there
        ├── CatalogueError      the checks cannot be used
        ├── MappingError        a mapping.yaml cannot be used
        ├── MaterialError       what was supplied to check signatures against cannot be used
        ├── SplitColumnError    no table has the column to split by
        ├── OutputFolderError   the audit cannot be written where it was asked to be
        ├── ResultFileError     a file is no audit result
        ├── TemplatesError      templates of one's own cannot be used
        ├── AgencyError         the agency cannot be shown as asked
        └── NothingToAuditError no credential could be read, or every check was left out
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0] if problems else None
        others = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{first.what} ({first.place}): {first.fix}{others}" if first else "nothing was handed in")
        self.problems = tuple(problems)


class UsageError(AuditError):
    """What was asked for is not there: a path, a framework, a check to select, a format."""


def meant(written: str, known: Iterable[str], otherwise: str, cutoff: float = 0.6) -> str:
    """'Did you mean …?', or other advice where nothing is close; ``cutoff`` is the least likeness, 0 to 1."""
    by_small_letters = {name.casefold(): name for name in known}
    close = get_close_matches(written.casefold(), list(by_small_letters), n=1, cutoff=cutoff)
    return f"Did you mean '{by_small_letters[close[0]]}'?" if close else otherwise
