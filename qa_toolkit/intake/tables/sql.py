"""Two pieces of SQL that every statement about a table needs."""

_WHITE_SPACE = " \t\r\n\f\v\u00a0"


def quoted(text: str) -> str:
    """A text as a literal."""
    return "'" + text.replace("'", "''") + "'"


def trimmed(text: str) -> str:
    """SQL: a text without white space at its ends; DuckDB's own ``trim`` takes spaces and leaves line breaks."""
    return f"trim({text}, {quoted(_WHITE_SPACE)})"
