"""Every limit of what is read, in one table: input comes from strangers, and time and memory stay bounded.

``docs/user-guide.md`` shows this table; a test compares them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """A limit: what is counted, how much of it is taken, and what happens beyond."""

    what: str
    value: int
    unit: str
    beyond: str

    def __str__(self) -> str:
        return f"{self.value:,} {self.unit}"


LARGEST_CELL = Limit("a cell of a table", 1 << 20, "characters", "the row is left out, with its place")
LONGEST_LINE = Limit(
    "a line of a text file, JSON Lines included", 8 << 20, "characters", "the row is left out, with its place"
)
MOST_COLUMNS = Limit("columns of a table", 1_000, "columns", "the columns beyond are not read, and that is said")
LARGEST_SHEET = Limit("a sheet of a workbook", 60_000_000, "cells between its first and last", "the sheet is refused")
HEADER_ROWS = Limit("where the header of a table is looked for", 60, "rows", "a mapping can name a row further down")
LARGEST_TABLE_FILE = Limit("a table or workbook", 4 << 30, "bytes", "the file is refused")
LARGEST_JSON = Limit("a JSON file that is one document", 512 << 20, "bytes", "the file is refused")
LARGEST_BAKED = Limit("what an image carries, and an SVG as a whole", 16 << 20, "bytes", "the image is refused")
DEEPEST_JSON = Limit("nesting of JSON", 200, "levels", "the document is refused")
LARGEST_XML = Limit("an XML file", 128 << 20, "bytes", "the file is refused")
MOST_XML_ELEMENTS = Limit("elements of an XML file", 1_000_000, "elements", "the file is refused")
DEEPEST_XML = Limit("nesting of XML", 200, "levels", "the file is refused")
LARGEST_UNPACKED_WORKBOOK = Limit("a workbook, unpacked", 1 << 30, "bytes", "the file is refused")
LARGEST_UNPACKED_ARCHIVE = Limit("a zip archive, unpacked", 4 << 30, "bytes", "the archive is refused")
MOST_ARCHIVE_FILES = Limit("files in a zip archive", 200_000, "files", "the archive is refused")
HIGHEST_RATIO = Limit(
    "how much larger a zip is unpacked, beyond its first ten megabytes", 200, "times", "the file is refused"
)

LIMITS = (
    LARGEST_CELL,
    LONGEST_LINE,
    MOST_COLUMNS,
    LARGEST_SHEET,
    HEADER_ROWS,
    LARGEST_TABLE_FILE,
    LARGEST_UNPACKED_WORKBOOK,
    LARGEST_UNPACKED_ARCHIVE,
    MOST_ARCHIVE_FILES,
    HIGHEST_RATIO,
    LARGEST_JSON,
    LARGEST_BAKED,
    DEEPEST_JSON,
    LARGEST_XML,
    MOST_XML_ELEMENTS,
    DEEPEST_XML,
)


def unpacks_to_too_much(unpacked: int, packed: int, largest: Limit) -> bool:
    """Whether a zip that declares to unpack to so many bytes is refused: too large, or suspiciously well packed."""
    return unpacked > largest.value or unpacked > (10 << 20) + HIGHEST_RATIO.value * packed
