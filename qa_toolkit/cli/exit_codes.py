"""What the exit code of a command means."""

from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """One number for what happened."""

    CLEAN = 0
    """Done, and nothing that ``--fail-on`` names was found. What else was found is in the report."""
    FINDINGS = 1
    """Done, and what ``--fail-on`` names was found."""
    USAGE = 2
    """Wrong usage or configuration; nothing was judged."""
    INCOMPLETE = 3
    """A file could not be read. Results were written for the rest."""
    NOTHING_TO_AUDIT = 4
    """No credential could be read, or every check was left out."""
    INTERNAL = 70
    """Our fault: a check crashed or disagreed with its engine. Results were written for the rest."""
    INTERRUPTED = 130
    """Stopped by the user."""


PRIORITY = (
    ExitCode.INTERRUPTED,
    ExitCode.INTERNAL,
    ExitCode.USAGE,
    ExitCode.NOTHING_TO_AUDIT,
    ExitCode.INCOMPLETE,
    ExitCode.FINDINGS,
    ExitCode.CLEAN,
)
"""When several apply, the first of these: what makes a result doubtful goes before what it says."""


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """The code to end with when several apply; 0 where none does."""
    applying = {*codes, ExitCode.CLEAN}
    return next(code for code in PRIORITY if code in applying)
