"""Workbooks, remarks on their cells, and the copies made of both."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from qa_toolkit.messages import Messages
from qa_toolkit.report.annotated_copy import AnnotatedCopy, annotate, suffix_of
from qa_toolkit.report.annotated_remarks import Remark
from qa_toolkit.report.annotated_source import TextTable

DAY = date(2026, 9, 30)
HOSTILE = '=HYPERLINK("http://evil.example";"click")'


def remark(row: int, column: str | None = None, level: str = "major", **changes: Any) -> Remark:
    given: dict[str, Any] = {
        "failed": "The workload is zero or less",
        "fix": "Correct the figure, for example ects = 2.5.",
        "check_id": "EL-07",
    }
    return Remark(row=row, column=column, level=level, **(given | changes))


def write_workbook(path: Path, change: Callable[[Any], None] | None = None) -> Path:
    """A provider's own workbook: title rows, header in row 4, ten rows, a second and a hidden sheet."""
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.created = "Frau Muster", datetime(2026, 7, 1, 8, 30)
    sheet: Any = book.active
    sheet.title = "Nachweise"
    sheet["A1"] = "Ausgestellte Nachweise"
    sheet["A1"].font = Font(size=16, bold=True, color="1F4E79")
    sheet.merge_cells("A1:D1")
    for column, head in enumerate(("Nr.", "Kurs", "Ausgestellt am", "ECTS", "Stunden"), 1):
        sheet.cell(4, column, head).font = Font(bold=True)
    for row in range(5, 15):
        sheet.cell(row, 1, f"HB-{row}")
        sheet.cell(row, 2, "Führen mit Zahlen")
        sheet.cell(row, 3, date(2026, 6, row)).number_format = "DD.MM.YYYY"
        sheet.cell(row, 4, 2.5).number_format = "0.0"
        sheet.cell(row, 5, f"=D{row}*26")
    sheet["B7"].value, sheet["B7"].data_type = HOSTILE, "s"
    sheet["C6"].comment = Comment("Bitte prüfen", "Muster")
    sheet.column_dimensions["B"].width = 33
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[8].hidden = True
    sheet.row_dimensions[9].height = 40
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = "A4:E14"
    rule = DataValidation(type="decimal", operator="greaterThan", formula1="0")
    rule.add("D5:D14")
    sheet.add_data_validation(rule)
    book.create_sheet("Legende")["A1"] = "Erläuterung"
    book.create_sheet("Alt").sheet_state = "hidden"
    if change:
        change(book)
    book.save(path)
    return path


def copy_of(source: Path | TextTable, tmp_path: Path, *remarks: Remark, **options: Any) -> tuple[AnnotatedCopy, Any]:
    """What became of remarks on the sheet Nachweise, and the copy read back."""
    sheet = None if isinstance(source, TextTable) else "Nachweise"
    target = tmp_path / f"copy{suffix_of(source)}"
    done = annotate(source, target, {sheet: remarks}, Messages(), day=DAY, **options)
    return done, openpyxl.load_workbook(target, rich_text=True)


def rezip(source: Path, target: Path, *, without: str = "", **parts: bytes) -> None:
    """Copy a workbook without a part, with parts added (``a__b_c`` is ``a/b.c``)."""
    added = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if without and name in ("[Content_Types].xml", "_rels/.rels"):
                content = content.replace(without.encode(), b"docProps/none.xml")
            if name not in (without, *added):
                new.writestr(name, content)
        for name, content in added.items():
            new.writestr(name, content)
