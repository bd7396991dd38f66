"""How the sheets of the provider's template look, and the few ways their cells are written."""

from collections.abc import Sequence
from math import ceil
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.messages import Messages
from qa_toolkit.records.tables import TEMPLATE_VERSION
from qa_toolkit.workbook import put

TEXT, DAY, FIGURE, COUNT = "@", "yyyy-mm-dd", "General", "#,##0"
"""Number formats: text keeps leading zeros, and a text that begins with a hyphen."""
INK, ACCENT, PALE, LINE, GREY = "1F2937", "1F4E79", "DCE6F1", "C7D0DB", "5B6470"
TITLE = Font(name="Calibri", size=16, bold=True, color=ACCENT)
SECTION = Font(name="Calibri", size=12, bold=True, color=ACCENT)
BODY = Font(name="Calibri", size=11, color=INK)
STRONG = Font(name="Calibri", size=11, bold=True, color=INK)
LINK = Font(name="Calibri", size=11, color="0B5394", underline="single")
HELP = Font(name="Calibri", size=9, color=GREY)
LEAD = Font(name="Calibri", size=11, color=GREY)
HEAD_ON_DARK = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
HEAD_ON_PALE = Font(name="Calibri", size=11, bold=True, color=ACCENT)
DARK_FILL, PALE_FILL = PatternFill("solid", fgColor=ACCENT), PatternFill("solid", fgColor=PALE)
INPUT_FILL, FIXED_FILL = PatternFill("solid", fgColor="FFFBE6"), PatternFill("solid", fgColor="EEEEEE")
DONE_FILL, OPEN_FILL = PatternFill("solid", bgColor="DDEFE3"), PatternFill("solid", bgColor="FDE8CF")
"""Of conditional formats, which take the background colour."""
TOP = Alignment(vertical="top", wrap_text=True)
PADDED = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
MIDDLE = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
NUMBER = Alignment(vertical="top", horizontal="right", indent=1)
THIN = Border(bottom=Side(style="thin", color=LINE))
BOXED = Border(*(Side(style="thin", color=LINE),) * 4)
LINE_HEIGHT = 15.0
"""Points of a line in the body's size."""


def new_sheet(
    workbook: Workbook, title: str, messages: Messages, *, tab: str = ACCENT, pages_wide: int = 1
) -> Worksheet:
    """A sheet without grid lines that prints on A4 across, on so many pages beside each other."""
    sheet: Worksheet = workbook.create_sheet(title)
    sheet.sheet_properties.tabColor = tab
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.left is not None
    assert footer.right is not None
    footer.left.text = messages("template.footer", version=TEMPLATE_VERSION)
    footer.right.text = "&P / &N"
    return sheet


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell to write; there are no merged ones in these workbooks."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def write(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Any,
    *,
    font: Font = BODY,
    fill: PatternFill | None = None,
    alignment: Alignment | None = None,
    border: Border | None = None,
    format: str = "",
) -> Cell:
    """Write a value with its looks; the cell."""
    cell = put(cell_at(sheet, row, column), value)
    cell.font = font
    if fill is not None:
        cell.fill = fill
    if alignment is not None:
        cell.alignment = alignment
    if border is not None:
        cell.border = border
    if format:
        cell.number_format = format
    return cell


def lines_needed(text: str, width: float, size: float = 11) -> int:
    """Lines a wrapped text takes in a column of the given width: spreadsheets do not fit rows a program wrote."""
    room = max(1.1 * width * 11 / size - 1, 1)
    return sum(max(1, ceil(len(line) / room)) for line in text.split("\n"))


RuleKind = Literal["list", "date", "decimal", "whole"]


def choice(
    source: str, *, title: str, error: str, stops: bool = False, kind: RuleKind = "list", highest: str | None = None
) -> DataValidation:
    """A rule for cells: a drop-down, a date or a number.

    Args:
        source: the range of the list, or the lowest value.
        title: heading of the message where a value breaks the rule.
        error: the message.
        stops: whether such a value is refused, not just asked about.
        kind: ``list``, ``date``, ``decimal`` or ``whole``.
        highest: the highest value; None for no limit, and for a list.
    """
    rule = DataValidation(
        type=kind,
        formula1=source,
        formula2=highest,
        operator=None if kind == "list" else ("between" if highest else "greaterThanOrEqual"),
        allow_blank=True,
        errorStyle="stop" if stops else "warning",
        errorTitle=title,
        error=error,
        showErrorMessage=True,
    )
    rule.showDropDown = False  # the flag hides the arrow
    return rule


def widths(sheet: Worksheet, figures: Sequence[float]) -> None:
    """Set the widths of columns A, B … in characters."""
    for index, width in enumerate(figures):
        sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index]].width = width
