"""What the exit code of a command means."""

from enum import IntEnum


class ExitCode(IntEnum):
    """When several apply: 130, 70, 2, 4, 3, 0, in this order."""

    CLEAN = 0
    """Done. What was found is in the report, not in the exit code."""
    USAGE = 2
    """Wrong usage or configuration; nothing was judged."""
    INCOMPLETE = 3
    """A file could not be read. Results were written for the rest."""
    NOTHING_TO_AUDIT = 4
    """No credential could be read."""
    INTERNAL = 70
    """Our fault: a check crashed or disagreed with its engine. Results were written for the rest."""
    INTERRUPTED = 130
    """Stopped by the user."""
