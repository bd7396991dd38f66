"""What every sheet shares: a titled page with real tables, filters, frozen heads, widths and a print set-up."""

import math
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.chart._chart import ChartBase
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.messages import Messages
from qa_toolkit.workbook import formula, put, safe_text, sheet_title

POINTS, SHARE, COUNT, DAY = "0.0", "0.0%", "#,##0", "yyyy-mm-dd"
LINE_HEIGHT, HIGHEST_ROW = 15.0, 400.0
"""Points."""
LONGEST_PROPERTY = 255
LONGEST_HEAD = 255
"""Characters: longer heads make a spreadsheet call the table damaged."""
INK, ACCENT, LINE, GREY = "1F2937", "1F4E79", "C7D0DB", "6B7280"
TITLE = Font(name="Calibri", size=16, bold=True, color=ACCENT)
LEAD = Font(name="Calibri", size=11, color="4B5563")
BODY = Font(name="Calibri", size=11, color=INK)
STRONG = Font(name="Calibri", size=11, bold=True, color=INK)
HEAD = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
LINK = Font(name="Calibri", size=11, color="0B5394", underline="single")
HEAD_FILL = PatternFill("solid", fgColor=ACCENT)
TOP = Alignment(vertical="top", horizontal="left", indent=1, wrap_text=True)
NUMBER = Alignment(vertical="top", horizontal="right", indent=1)
HEAD_TOP = Alignment(vertical="center", horizontal="left", indent=1, wrap_text=True)
HEAD_NUMBER = Alignment(vertical="center", horizontal="right", indent=1, wrap_text=True)
THIN = Border(bottom=Side(style="thin", color=LINE))
_ROW_CM = LINE_HEIGHT / 72 * 2.54
_CHARACTER_CM = 0.19
"""Width of a digit of the body's font."""


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


SEVERITY_FILL = {"blocker": _fill("F8D7DA"), "major": _fill("FDE8CF"), "minor": _fill("FFF7D6")}
STATUS_FILL = {
    "pass": _fill("DDEFE3"),
    "fail": _fill("F8D7DA"),
    "review": _fill("E3E6FA"),
    "not_assessed": _fill("EEEEEE"),
    "not_applicable": _fill("FFFFFF"),
}
BAND_FILL = {
    "meets": _fill("B7DFC2"),
    "largely_meets": _fill("DDEFE3"),
    "partly_meets": _fill("FFF2CC"),
    "does_not_meet": _fill("F8D7DA"),
    "none": _fill("EEEEEE"),
}
"""Each beside its word: no fill says anything alone."""
Fills = Callable[[int, Sequence[Any]], dict[int, PatternFill]]
"""Number of a row of the sheet and its values -> place in the row, from 0, and its fill."""


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, width in characters and number format ('' for text)."""

    head: str
    width: float
    format: str = ""
    bar: float | None = None
    """The number at which a data bar fills the cell; None: no bars."""


@dataclass(frozen=True)
class Formula:
    """A live formula of our own."""

    text: str


@dataclass(frozen=True)
class Link:
    """A text that leads to a place in the workbook."""

    text: str
    location: str


@dataclass(frozen=True)
class OutwardLink:
    """A text that leads to another file or to a page on the web."""

    text: str
    target: str


@dataclass(frozen=True)
class Worded:
    """A number that shows a word behind it and stays a number; only the word where there is none."""

    number: float | None
    word: str
    format: str = POINTS


@dataclass
class Page:
    """A sheet in the making. It holds one table that filters and prints on its own, or small ones of equal columns."""

    workbook: Workbook
    title: str
    messages: Messages
    lead: str = ""
    tab: str = ACCENT
    sheet: Worksheet = field(init=False)
    row: int = field(init=False, default=3)
    """The first row that is free."""
    _looks: dict[tuple[Any, ...], tuple[StyleArray, Font, PatternFill | None]] = field(
        init=False, repr=False, default_factory=dict
    )
    """Cells of one look share what openpyxl made of it: looking up each part again is half of what a sheet costs."""

    def __post_init__(self) -> None:
        """Make the sheet and write its title."""
        self.sheet = self.workbook.create_sheet(sheet_title(self.title))
        self.sheet.sheet_properties.tabColor = self.tab
        self.sheet.sheet_view.showGridLines = False
        self.sheet.sheet_view.tabSelected = len(self.workbook.worksheets) == 1
        self.write(1, self.title, font=TITLE)
        self.sheet.row_dimensions[1].height = 26
        if self.lead:
            self.write(2, self.lead, font=LEAD)
            self.row = 4
        _print_set_up(self.sheet, self.messages, self.workbook)

    def write(self, row: int, value: Any, *, font: Font = BODY) -> None:
        """Write a cell of the first column, outside a table."""
        put(_cell(self.sheet, row, 1), value).font = font

    def line(self, text: str, *, font: Font = BODY) -> None:
        """Write a line of text below what is there."""
        self.write(self.row, text, font=font)
        self.row += 1

    def note(self, text: str) -> None:
        """Write a line of text below what is there, and leave a row before the table."""
        self.line(text)
        self.row += 1

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Any]],
        *,
        fills: Fills | None = None,
        freeze: bool = True,
    ) -> int:
        """Write a real table below what is there; the row of its head.

        A value may be a ``Formula``, a ``Link``, a ``Worded`` number or plain. An empty table gets one empty row, as
        spreadsheets want.
        """
        head = self.row
        heads = _heads_of([column.head for column in columns])
        for place, (column, text) in enumerate(zip(columns, heads, strict=True), 1):
            cell = put(_cell(self.sheet, head, place), text)
            cell.font, cell.fill, cell.alignment = HEAD, HEAD_FILL, HEAD_NUMBER if column.format else HEAD_TOP
            letter = get_column_letter(place)
            width = self.sheet.column_dimensions[letter].width if letter in self.sheet.column_dimensions else 0
            self.sheet.column_dimensions[letter].width = max(width, column.width)
        self.sheet.row_dimensions[head].height = max(_height(columns, heads, bold=True) + 4, 22)
        for number, values in enumerate(rows or [[None] * len(columns)], head + 1):
            shades = fills(number, values) if fills else {}
            for place, (column, value) in enumerate(zip(columns, values, strict=True), 1):
                cell = _cell(self.sheet, number, place)
                self._dress(cell, _fill_in(cell, value), column, value, shades.get(place - 1))
            self.sheet.row_dimensions[number].height = _height(columns, values)
        last = head + max(len(rows), 1)
        for place, column in enumerate(columns, 1):
            if column.bar is not None:
                self._bars(place, head + 1, last, column.bar)
        table = Table(displayName=name, ref=f"A{head}:{get_column_letter(len(columns))}{last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        self.sheet.add_table(table)
        if freeze:
            self.sheet.freeze_panes = f"B{head + 1}"
            self.sheet.print_title_rows = f"{head}:{head}"
        self.row = last + 2
        self.sheet.print_area = f"A1:{get_column_letter(self.sheet.max_column)}{last}"
        return head

    def chart(self, chart: ChartBase) -> None:
        """Put a chart below what is there, and all of the sheet on one page."""
        self.sheet.page_setup.fitToHeight = 1
        self.sheet.add_chart(chart, f"A{self.row}")
        self.row += math.ceil(chart.height / _ROW_CM) + 1
        columns, room = 0, float(chart.width)
        while room > 0 or columns < self.sheet.max_column:
            columns += 1
            letter = get_column_letter(columns)
            known = letter in self.sheet.column_dimensions
            room -= _CHARACTER_CM * (self.sheet.column_dimensions[letter].width if known else 8.4)
        self.sheet.print_area = f"A1:{get_column_letter(columns)}{self.row - 1}"

    def _dress(self, cell: Cell, font: Font, column: Column, value: Any, fill: PatternFill | None) -> None:
        """Give a cell of a table its look."""
        dressed: Any = cell  # its style has no public name
        number_format = column.format
        if isinstance(value, Worded):
            number_format = '{}" {}"'.format(value.format, value.word.replace('"', ""))
        look = (id(font), number_format or cell.number_format, bool(column.format), id(fill), cell.quotePrefix)
        if look not in self._looks:
            cell.font, cell.border = font, THIN
            cell.alignment = NUMBER if column.format else TOP
            if number_format:
                cell.number_format = number_format
            if fill is not None:
                cell.fill = fill
            self._looks[look] = (dressed._style, font, fill)
        dressed._style = copy(self._looks[look][0])

    def _bars(self, column: int, first: int, last: int, highest: float) -> None:
        """Data bars behind the numbers of a column; the number stays readable, and 0 has no bar."""
        letter = get_column_letter(column)
        ends = [FormatObject("num", 0), FormatObject("num", highest)]
        bar = DataBar(minLength=0, maxLength=100, showValue=True, cfvo=ends, color="9DC3E6")
        self.sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", Rule(type="dataBar", dataBar=bar))


def _fill_in(cell: Cell, value: Any) -> Font:
    """Write a value of a table; the font that it wants."""
    font = BODY
    if isinstance(value, Formula):
        formula(cell, value.text)
    elif isinstance(value, Link):
        put(cell, value.text).hyperlink = Hyperlink(
            ref=cell.coordinate, location=value.location, display=safe_text(value.text)
        )
        font = LINK
    elif isinstance(value, OutwardLink):
        put(cell, value.text).hyperlink = Hyperlink(ref=cell.coordinate, target=value.target)
        font = LINK
    elif isinstance(value, Worded):
        put(cell, value.word if value.number is None else value.number)
    else:
        put(cell, value)
    return font


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell to write; there are no merged ones in these workbooks."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _heads_of(texts: Sequence[str]) -> list[str]:
    """Heads on one line and unlike each other in any case, or a spreadsheet calls the table damaged."""
    heads: list[str] = []
    for text in texts:
        plain = " ".join(text.split())[:LONGEST_HEAD]
        head, number = plain, 1
        while head.casefold() in {one.casefold() for one in heads}:
            number += 1
            head = f"{plain[: LONGEST_HEAD - 8]} ({number})"
        heads.append(head)
    return heads


def _height(columns: Sequence[Column], values: Sequence[Any], *, bold: bool = False) -> float:
    """Height of a row in points: spreadsheets do not fit rows that a program wrote."""
    lines = 1
    for column, value in zip(columns, values, strict=True):
        text = value.text if isinstance(value, (Link, OutwardLink)) else value
        if isinstance(text, str):
            room = max((0.9 if bold else 1.0) * column.width - 2, 1)
            needed = sum(1 + int(len(line) / room) for line in text.split("\n"))
            if bold:  # a head has few words: each may need a line of its own
                needed = max(needed, _lines(text, room))
            lines = max(lines, needed)
    return min(LINE_HEIGHT * lines + 2, HIGHEST_ROW)


def _lines(text: str, room: float) -> int:
    lines, used = 1, 0
    for word in text.replace("-", "- ").split():
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + bool(used)
    return lines


def severity_fills(column: int, m: Messages) -> Fills:
    """Fills of a table that names a severity in one column, counted from 0."""
    return _fills(column, {m(f"severity.{key}"): fill for key, fill in SEVERITY_FILL.items()})


def status_fills(column: int, m: Messages) -> Fills:
    """Fills of a table that names a status in one column, counted from 0."""
    return _fills(column, {m(f"status.{key}"): fill for key, fill in STATUS_FILL.items()})


def _fills(column: int, by_word: Mapping[str, PatternFill]) -> Fills:
    return lambda _, values: {column: by_word[values[column]]} if values[column] in by_word else {}


def link_to(text: str, title: str, cell: str = "A1") -> Link:
    """A link to a cell of a sheet."""
    return Link(text, f"{quote_sheetname(sheet_title(title))}!{cell}")


def new_workbook(title: str, subject: str, locale: str, agency: str | None = None) -> Workbook:
    """A workbook without sheets, with its document properties; the agency that stands behind it is its creator."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    properties = workbook.properties
    properties.title, properties.subject = _property(title), _property(subject)
    properties.creator = _property(agency or "qa-toolkit")
    properties.description = "qa-toolkit"
    properties.language, properties.keywords = locale, "micro-credentials, quality assurance, audit"
    return workbook


def _property(text: str) -> str:
    """A text as document properties take it: a control character would make the file unreadable."""
    return safe_text(text)[:LONGEST_PROPERTY]


def _print_set_up(sheet: Worksheet, messages: Messages, workbook: Workbook) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.75, 0.7, 0.35, 0.35
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    header.left.text = _on_paper(workbook.properties.title or "", 90)
    creator = workbook.properties.creator or ""
    header.right.text = _on_paper(creator, 90) if creator != "qa-toolkit" else None
    footer.left.text = messages("workbook.footer")
    footer.center.text = "&A"
    footer.right.text = "&P / &N"


def _on_paper(text: str, longest: int) -> str:
    """A text as page headers take it: an ampersand begins a command there, and the whole has 255 characters."""
    text = " ".join(safe_text(text).split())
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return short.replace("&", "&&")
