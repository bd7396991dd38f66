"""What an OpenDocument spreadsheet (ODS) would be laid out to, from its XML, before anything lays it out."""

from typing import IO
from xml.parsers import expat

Merged = list[tuple[int, int]]
"""Of one row: the columns of ranges merged over several rows that open there, and the last row of each, from 0."""


class SpreadsheetExtent:
    """How far the sheets of an ODS reach, what they hold with all that is repeated, and what is merged on them."""

    def __init__(self) -> None:
        self.spanned = 0
        """Cells from the first to the last of the largest sheet."""
        self.size = 0
        """Characters of all cells."""
        self.merged: dict[str, dict[int, Merged]] = {}
        """Sheet -> row, from 0 -> what is merged over several rows and opens there."""
        self._name = ""
        self._rows = self._columns = self._last = 0
        self._row = self._cell = 1
        self._at = self._filled_to = 0

    def read(self, file: IO[bytes]) -> None:
        """Read content.xml."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.ParseFile(file)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith("table-cell"):
            self._cell = _repeated(attributes, "number-columns-repeated")
            if (spanned := _repeated(attributes, "number-rows-spanned")) > 1:
                rows = self.merged.setdefault(self._name, {})
                rows.setdefault(self._rows, []).append((self._at, self._rows + spanned - 1))
            self._at += self._cell
        elif name.endswith("table-row"):
            self._row, self._at, self._filled_to = _repeated(attributes, "number-rows-repeated"), 0, 0
        elif name.endswith(":table"):
            self._name = next((value for key, value in attributes.items() if key.endswith(":name")), "")
            self._rows = self._columns = self._last = 0

    def _text(self, text: str) -> None:
        if self._at and not text.isspace():
            self._filled_to = self._at
            self.size += self._row * self._cell * len(text.encode("utf-8", "replace"))

    def _end(self, name: str) -> None:
        if name.endswith("table-row"):
            self._rows += self._row
            if self._filled_to:
                self._last = self._rows
                self._columns = max(self._columns, self._filled_to)
                self.spanned = max(self.spanned, self._last * self._columns)
            self._at = 0

    def _refuse_doctype(self, *_: object) -> None:
        raise ValueError("a workbook has no document type")


def _repeated(attributes: dict[str, str], name: str) -> int:
    return max((int(value) for key, value in attributes.items() if key.endswith(name)), default=1)
