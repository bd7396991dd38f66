"""What went wrong with an input, in words that say what, where, why and how to fix.

Problems are collected, never raised one by one: a reader gets all of them at once, and good records go on.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path


class ProblemKind(StrEnum):
    """How much of the input a problem cost."""

    FILE = "file"
    """A file could not be read: the audit is incomplete (exit code 3)."""
    ROW = "row"
    """A row or an item was left out; the rest of its file was read."""
    NOTE = "note"
    """Nothing was lost, but the reader should know (repaired, counted once, ignored)."""


class ProblemKey(StrEnum):
    """What is told of problems that others ask for: by its key, since words may change."""

    COLUMNS_NOT_READ = "columns_not_read"
    COLUMN_TWICE = "column_twice"
    DATES_NOT_READ = "dates_not_read"
    NOT_PASSED_LEFT_OUT = "not_passed_left_out"
    NOT_PASSED_KEPT = "not_passed_kept"
    NOT_SPLIT = "not_split"


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
    key: ProblemKey | None = None
    """By which it is asked for, where anything does."""


class AuditError(Exception):
    """Something that was asked for cannot be done; ``problems`` say all of what, where, why and how to fix.

    ::

        AuditError
        ├── UsageError          a path, framework, selection or format that is not there
        ├── CatalogueError      the checks cannot be used
        ├── MappingError        a mapping.yaml cannot be used
        ├── WaiversError        a waivers.yaml cannot be used
        ├── JudgementsError     a judgements.yaml or a review workbook cannot be used
        ├── MaterialError       what was supplied to check signatures against cannot be used
        ├── RegistersError      extracts of registers cannot be used
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


@contextmanager
def collecting(problems: list[Problem]) -> Iterator[None]:
    """Problems of an error inside go to the list, and what stands behind is looked at as well."""
    try:
        yield
    except AuditError as error:
        problems.extend(error.problems)


class UsageError(AuditError):
    """What was asked for is not there: a path, a framework, a check to select, a format."""


def not_there(paths: Iterable[Path], mapping: Path | None = None, checks: Path | None = None) -> list[Problem]:
    """Of the paths that were given, each that is missing: what was handed in, a mapping.yaml, a folder of checks."""
    named = [(path, path.exists(), "file or folder", "Check the spelling of the path.") for path in paths]
    if mapping is not None:
        named.append((mapping, mapping.is_file(), "mapping", "Give a mapping.yaml with --mapping."))
    if checks is not None:
        named.append((checks, checks.is_dir(), "folder of checks", "Give a folder with --checks."))
    why = "Nothing was found at this path."
    return [
        Problem(ProblemKind.FILE, f"There is no such {kind}", str(path), why, fix)
        for path, there, kind, fix in named
        if not there
    ]


def meant(written: str, known: Iterable[str], otherwise: str, cutoff: float = 0.6) -> str:
    """'Did you mean …?', or other advice where nothing is close; ``cutoff`` is the least likeness, 0 to 1."""
    close = nearest(written, known, cutoff)
    return f"Did you mean '{close}'?" if close is not None else otherwise


def nearest(written: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The name most like what was written, small and capital letters alike; None where none is close."""
    by_small_letters = {name.casefold(): name for name in known}
    close = get_close_matches(written.casefold(), list(by_small_letters), n=1, cutoff=cutoff)
    return by_small_letters[close[0]] if close else None
