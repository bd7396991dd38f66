"""The one safe way to write a cell, and to save a workbook whose bytes depend on nothing but its content.

openpyxl turns a text that starts with ``=`` into a live formula, raises on control characters and cuts at 32,767
characters without a word. Texts of strangers go through ``put``; formulas of our own through ``formula``.
"""

import re
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.chart._chart import ChartBase

LONGEST = 32_767
"""Characters of a cell."""
CUT = "… (cut)"
_BAD_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_DESCRIPTION = "text_alternative"
"""Attribute of a chart of ours: openpyxl has no place for it."""
_DRAWING = re.compile(r"xl/drawings/drawing(\d+)\.xml")


def safe_text(text: str) -> str:
    """The text as a cell can hold it: control characters replaced by a space, cut with a note where it is too long."""
    clean = ILLEGAL_CHARACTERS_RE.sub(" ", text)
    return clean if len(clean) <= LONGEST else clean[: LONGEST - len(CUT)] + CUT


def put(cell: Cell, value: Any) -> Cell:
    """Write a value: a text stays a text whatever it starts with, a date stays a date, a list becomes lines."""
    if isinstance(value, (list, tuple, set, frozenset)):
        value = "\n".join(str(item) for item in value)
    if isinstance(value, str):
        cell.value = safe_text(value)
        cell.data_type = "s"
        if value.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True
    elif isinstance(value, bool) or value is None or isinstance(value, (int, float)):
        cell.value = value
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
    elif isinstance(value, date):
        cell.value = value
    else:
        cell.value = safe_text(str(value))
        cell.data_type = "s"
    return cell


def formula(cell: Cell, text: str) -> Cell:
    """Write a formula of our own; it never holds a text of a stranger."""
    cell.value = text
    return cell


def sheet_title(text: str) -> str:
    """A title that spreadsheets take: no brackets or slashes, at most 31 characters."""
    return _BAD_IN_TITLE.sub(" ", safe_text(text)).strip(" '")[:31] or "Sheet"


def describe(chart: ChartBase, text: str) -> None:
    """Give a chart its text alternative, for whoever cannot see it."""
    setattr(chart, _DESCRIPTION, safe_text(text))


def save(workbook: Workbook, path: Path, day: date) -> None:
    """Save a workbook as if written on the given day: fixed properties, fixed zip dates, the same bytes every time."""
    moment = datetime.combine(day, time())
    workbook.properties.created = moment
    buffer = BytesIO()
    workbook.save(buffer)
    buffer.seek(0)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    by_sheet: list[list[ChartBase]] = [getattr(sheet, "_charts", []) for sheet in workbook.worksheets]
    drawn_on = [charts for charts in by_sheet if charts]
    with zipfile.ZipFile(buffer) as drawn, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(drawn.namelist(), key=lambda entry: (entry != "[Content_Types].xml", entry)):
            content = drawn.read(name)
            if name == "docProps/core.xml":  # openpyxl always writes the present moment here
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            elif numbered := _DRAWING.fullmatch(name):  # openpyxl numbers the drawings in the order of the sheets
                content = _described(content, drawn_on[int(numbered[1]) - 1])
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            fixed.writestr(entry, content)


def _described(drawing: bytes, charts: list[ChartBase]) -> bytes:
    """The part of a drawing with the text alternatives of its charts."""
    for number, chart in enumerate(charts, 1):
        name = f'name="Chart {number}"'.encode()
        text = getattr(chart, _DESCRIPTION, None)
        if text:
            drawing = drawing.replace(name, name + b" descr=" + quoteattr(text).encode(), 1)
    return drawing
