"""The three kinds of facts that can be measured, as columns."""

from qa_toolkit.records.tables import Column


def boolean(name: str, what: str) -> Column:
    """Holds, does not hold, or is not known."""
    return Column(name, "BOOLEAN", what)


def number(name: str, what: str) -> Column:
    """A measure."""
    return Column(name, "DOUBLE", what)


def count(name: str, what: str) -> Column:
    """Whole days, or how many there are."""
    return Column(name, "INTEGER", what)
