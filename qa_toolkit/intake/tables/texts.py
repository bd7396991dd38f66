"""The rows of a text table as they were handed in, numbered as a spreadsheet counts them."""

from collections.abc import Iterator
from pathlib import Path

from qa_toolkit.intake.tables.delimited import BROKEN, rows_of
from qa_toolkit.intake.tables.encoding import as_utf8, encoding_of
from qa_toolkit.intake.tables.found import FoundTable
from qa_toolkit.intake.words import Spelling


def rows_as_handed_in(path: Path, table: FoundTable, letters: Spelling, scratch: Path) -> Iterator[list[str]]:
    """Every row of a delimited text from row 1 on; a row that could not be read is empty.

    Args:
        path: the file.
        table: how it was understood.
        letters: how languages write.
        scratch: a private folder.
    """
    codec = encoding_of(path, letters) or "utf-8"
    text = as_utf8(path, codec, scratch / "handed-in.csv")
    for row in rows_of(text.path, table.delimiter or ","):
        yield [] if row == [BROKEN] else row
