"""What every sheet shares: a titled page with one real table, filters, frozen heads, widths and a print set-up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.messages import Messages
from qa_toolkit.workbook import formula, put, sheet_title

POINTS, SHARE, COUNT = "0.0", "0.0%", "#,##0"
LINE_HEIGHT, HIGHEST_ROW = 15.0, 400.0
"""Points."""
INK, ACCENT, PALE, LINE = "1F2937", "1F4E79", "E8EEF5", "C7D0DB"
TITLE = Font(name="Calibri", size=16, bold=True, color=ACCENT)
LEAD = Font(name="Calibri", size=11, color="4B5563")
BODY = Font(name="Calibri", size=11, color=INK)
STRONG = Font(name="Calibri", size=11, bold=True, color=INK)
HEAD = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
LINK = Font(name="Calibri", size=11, color="0B5394", underline="single")
HEAD_FILL = PatternFill("solid", fgColor=ACCENT)
TOP = Alignment(vertical="top", wrap_text=True)
NUMBER = Alignment(vertical="top", horizontal="right", indent=1)
THIN = Border(bottom=Side(style="thin", color=LINE))

SEVERITY_FILL = {
    "blocker": PatternFill("solid", fgColor="F8D7DA"),
    "major": PatternFill("solid", fgColor="FDE8CF"),
    "minor": PatternFill("solid", fgColor="FFF7D6"),
}
STATUS_FILL = {
    "pass": PatternFill("solid", fgColor="DDEFE3"),
    "fail": PatternFill("solid", fgColor="F8D7DA"),
    "review": PatternFill("solid", fgColor="E3E6FA"),
    "not_assessed": PatternFill("solid", fgColor="EEEEEE"),
    "not_applicable": PatternFill("solid", fgColor="FFFFFF"),
}


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, width in characters and number format ('' for text)."""

    head: str
    width: float
    format: str = ""


class Page:
    """A sheet in the making."""

    def __init__(
        self, workbook: Workbook, title: str, messages: Messages, *, lead: str = "", tab: str = ACCENT
    ) -> None:
        self.sheet: Worksheet = workbook.create_sheet(sheet_title(title))
        self.messages = messages
        self.row = 1
        self.sheet.sheet_properties.tabColor = tab
        self.sheet.sheet_view.showGridLines = False
        self.write(1, 1, title, font=TITLE)
        self.sheet.row_dimensions[1].height = 26
        if lead:
            self.write(2, 1, lead, font=LEAD)
        self.row = 4 if lead else 3
        _print_set_up(self.sheet, messages)

    def write(self, row: int, column: int, value: Any, *, font: Font = BODY, format: str = "") -> None:
        """Write one cell outside a table."""
        cell = put(_cell(self.sheet, row, column), value)
        cell.font = font
        if format:
            cell.number_format = format
            cell.alignment = NUMBER

    def line(self, text: str, *, font: Font = BODY) -> None:
        """Write a line of text below what is there."""
        self.write(self.row, 1, text, font=font)
        self.row += 1

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Any]],
        *,
        fills: Callable[[int, Sequence[Any]], dict[int, PatternFill]] | None = None,
        freeze: bool = True,
    ) -> int:
        """Write a real table below what is there; the row of its head.

        A value may be a ``Formula``, a ``Link`` or plain. An empty table gets one empty row, as spreadsheets want.
        """
        head = self.row
        for place, column in enumerate(columns, 1):
            cell = put(_cell(self.sheet, head, place), column.head)
            cell.font, cell.fill, cell.alignment = HEAD, HEAD_FILL, Alignment(vertical="center", wrap_text=True)
            letter = get_column_letter(place)
            width = self.sheet.column_dimensions[letter].width if letter in self.sheet.column_dimensions else 0
            self.sheet.column_dimensions[letter].width = max(width, column.width)
        self.sheet.row_dimensions[head].height = 32
        for number, values in enumerate(rows or [[None] * len(columns)], head + 1):
            shades = fills(number, values) if fills else {}
            for place, (column, value) in enumerate(zip(columns, values, strict=True), 1):
                cell = _cell(self.sheet, number, place)
                if isinstance(value, Formula):
                    formula(cell, value.text)
                elif isinstance(value, Link):
                    put(cell, value.text)
                    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=value.location, display=value.text)
                else:
                    put(cell, value)
                cell.font = LINK if isinstance(value, Link) else BODY
                cell.border = THIN
                cell.alignment = NUMBER if column.format else TOP
                if column.format:
                    cell.number_format = column.format
                if place - 1 in shades:
                    cell.fill = shades[place - 1]
            self.sheet.row_dimensions[number].height = _height(columns, values)
        last = head + max(len(rows), 1)
        area = f"A{head}:{get_column_letter(len(columns))}{last}"
        table = Table(displayName=name, ref=area)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        self.sheet.add_table(table)
        if freeze:
            self.sheet.freeze_panes = f"B{head + 1}"
            self.sheet.print_title_rows = f"{head}:{head}"
        self.row = last + 2
        return head

    def bars(self, column: int, first: int, last: int, highest: float = 100) -> None:
        """Data bars behind the numbers of a column; the number stays readable."""
        letter = get_column_letter(column)
        rule = DataBarRule("num", 0, "num", highest, color="9DC3E6")  # type: ignore[no-untyped-call]
        self.sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)


@dataclass(frozen=True)
class Formula:
    """A live formula of our own."""

    text: str


@dataclass(frozen=True)
class Link:
    """A text that leads to a place in the workbook."""

    text: str
    location: str


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell to write; there are no merged ones in these workbooks."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _height(columns: Sequence[Column], values: Sequence[Any]) -> float:
    """Height of a row in points: spreadsheets do not fit rows that a program wrote."""
    lines = 1
    for column, value in zip(columns, values, strict=True):
        text = value.text if isinstance(value, Link) else value
        if isinstance(text, str):
            room = max(1.1 * column.width - 1, 1)
            lines = max(lines, sum(1 + int(len(line) / room) for line in text.split("\n")))
    return min(LINE_HEIGHT * lines + 2, HIGHEST_ROW)


def link_to(text: str, title: str, cell: str = "A1") -> Link:
    """A link to a cell of a sheet."""
    return Link(text, f"{quote_sheetname(sheet_title(title))}!{cell}")


def new_workbook(title: str, subject: str, locale: str) -> Workbook:
    """A workbook without sheets, with its document properties."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    properties = workbook.properties
    properties.title, properties.subject, properties.creator = title, subject, "qa-toolkit"
    properties.language, properties.keywords = locale, "micro-credentials, quality assurance, audit"
    return workbook


def _print_set_up(sheet: Worksheet, messages: Messages) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.left is not None
    assert footer.right is not None
    footer.left.text = messages("workbook.footer")
    footer.right.text = "&P / &N"
