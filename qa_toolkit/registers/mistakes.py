"""A mistake of an extract or of its description, in the shape of every other problem."""

from qa_toolkit.problems import AuditError, Problem, ProblemKind


class RegistersError(AuditError):
    """The extracts cannot be used; ``problems`` say every reason with file and line."""


def mistake(what: str, place: str, why: str, fix: str) -> Problem:
    """What is wrong, at which file and line, why it matters and how to mend it."""
    return Problem(ProblemKind.FILE, what, place, why, fix, more="qa-toolkit registers --help")
