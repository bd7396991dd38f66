"""Submissions read with a mapping, and mappings written for them."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from qa_toolkit.intake.inspection import InspectedSubmission, InspectedTable, inspect
from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder

VOCABULARIES = [shipped_folder("checks") / "vocabularies"]
BASE = {"certificate number": "C1", "full name": "Testa Beispielfrau", "title": "Bees", "issued on": "2026-07-01"}


def read(store: RecordStore, *paths: Path, mapping: Path | None = None) -> IntakeOutcome:
    return read_submissions(paths, store, VOCABULARIES, mapping=mapping)


def values(store: RecordStore, columns: str, table: str = "credentials") -> list[tuple[Any, ...]]:
    return store.connection.execute(
        f"SELECT {columns} FROM {table} ORDER BY try_cast(regexp_extract(record_id, '([0-9]+)$', 1) AS INT)"
    ).fetchall()


def inspected(*paths: Path, mapping: Path | None = None) -> InspectedSubmission:
    with open_store() as opened:
        (one,) = inspect(opened, read_submissions(paths, opened, VOCABULARIES, mapping=mapping))
    return one


def table_of(folder: Path, rows: Sequence[Mapping[str, str]], mapping: str | None = None) -> Path:
    """A folder with a CSV, and the mapping.yaml beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    if mapping is not None:
        (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    return folder


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path.parent


def tables_of(submission: InspectedSubmission) -> list[InspectedTable]:
    return [table for file in submission.files for table in file.tables]
