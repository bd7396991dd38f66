"""Workbooks written for a test, and read as one submission."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.intake.read_back import ReadBack

Rows = Sequence[Sequence[Any]]


class Read(ReadBack):
    """Workbooks read as one submission."""

    def __call__(self) -> "Read":
        return self.again()

    def sheet(self, rows: Rows, title: str = "Nachweise") -> "Read":
        """Write the rows into the only sheet of a workbook, and read it."""
        book = openpyxl.Workbook()
        fill(book.active, rows, title=title)
        return self.book(book)

    def book(self, book: openpyxl.Workbook) -> "Read":
        book.save(self.folder / "awards.xlsx")
        return self()


def fill(sheet: Any, rows: Rows, title: str | None = None, top: int = 1, left: int = 1) -> Worksheet:
    """Write rows into a sheet, the first cell at ``top`` and ``left``."""
    assert isinstance(sheet, Worksheet)
    if title:
        sheet.title = title
    for number, row in enumerate(rows, top):
        for column, value in enumerate(row, left):
            sheet.cell(number, column, value)
    return sheet


def in_zip(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change a part of a zip file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
