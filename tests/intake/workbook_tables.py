"""Workbooks written for a test, and read as one submission."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.problems import Problem
from qa_toolkit.records.store import RecordStore
from qa_toolkit.resources import shipped_folder

Rows = Sequence[Sequence[Any]]


class Read:
    """Workbooks read as one submission."""

    def __init__(self, store: RecordStore, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.outcome: IntakeOutcome

    def __call__(self) -> "Read":
        self.outcome = read_submissions([self.folder], self.store, [shipped_folder("checks") / "vocabularies"])
        return self

    def sheet(self, rows: Rows, title: str = "Nachweise") -> "Read":
        """Write the rows into the only sheet of a workbook, and read it."""
        book = openpyxl.Workbook()
        fill(book.active, rows, title=title)
        return self.book(book)

    def book(self, book: openpyxl.Workbook) -> "Read":
        book.save(self.folder / "awards.xlsx")
        return self()

    def rows(self, columns: str, table: str = "credentials") -> list[tuple[Any, ...]]:
        return self.store.connection.execute(
            f"SELECT {columns} FROM {table} ORDER BY source_file, source_sheet,"
            " CAST(regexp_extract(record_id, '[0-9]+$') AS INTEGER)"
        ).fetchall()

    @property
    def problems(self) -> list[Problem]:
        return [*self.outcome.problems, *self.outcome.run_problems]

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(problem.what, problem.place) for problem in self.problems]


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
