"""The sheets a provider fills in: Submission and Credentials; the Example beside them; the Lists behind them."""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.intake.declarations import CHOICES, COUNTRIES, COUNTS, DATES, KEYS, LISTS
from qa_toolkit.intake.tables.columns import TemplateColumn
from qa_toolkit.intake.tables.found import CREDENTIALS_SHEET, SUBMISSION_SHEET
from qa_toolkit.intake.template.contents import TemplateContents, is_needed, typed
from qa_toolkit.intake.template.style import (
    BODY,
    BOXED,
    COUNT,
    DARK_FILL,
    DAY,
    FIGURE,
    FIXED_FILL,
    GREY,
    HEAD_ON_DARK,
    HEAD_ON_PALE,
    HELP,
    INPUT_FILL,
    LEAD,
    LINE_HEIGHT,
    MIDDLE,
    PADDED,
    PALE_FILL,
    STRONG,
    TEXT,
    THIN,
    TITLE,
    choice,
    lines_needed,
    new_sheet,
    widths,
    write,
)
from qa_toolkit.messages import Messages
from qa_toolkit.records.tables import MANDATORY_ELEMENTS, TEMPLATE_VERSION

EXAMPLE_SHEET, LISTS_SHEET = "Example", "Lists"
HEAD_ROW, FIRST_ROW, LAST_ROW = 2, 3, 10_002
"""Of the sheet Credentials: the column names, and the rows that have lists and are counted."""
LISTS_HEAD_ROW = 4
PAGES_WIDE = 6
"""On paper, forty columns."""

_WIDTHS = {"date": 18.0, "number": 18.0, "eqf": 18.0, "workload": 18.0, "country": 18.0, "language": 14.0}
_WIDE = {"learning_outcomes": 50.0, "title": 36.0, "further_information": 34.0}
_FORMATS = {"text": TEXT, "date": DAY, "number": FIGURE, "eqf": FIGURE}
_HIGHEST_NUMBER = 10_000
"""Of hours and credits. What lies beyond is often a number that a spreadsheet took for a date: 2.5 becomes 45,778."""


def lists(workbook: Workbook, contents: TemplateContents, messages: Messages) -> Mapping[str, str]:
    """Write the sheet Lists; key of each list -> the absolute range that holds its values."""
    sheet = new_sheet(workbook, LISTS_SHEET, messages, tab=GREY)
    write(sheet, 1, 1, LISTS_SHEET, font=TITLE)
    write(sheet, 2, 1, messages("template.lists.lead"), font=LEAD)
    ranges: dict[str, str] = {}
    figures: list[float] = []
    for key, codes in contents.lists.items():
        head = messages(f"template.list.{key}")
        columns: list[tuple[str, Sequence[str | int]]] = [(head, codes.values)]
        if codes.has_names:
            columns.append((messages("template.list.means", list=head), codes.names))
        for name, values in columns:
            figures.append(max(len(str(text)) for text in (name, *values)) * 1.05 + 5)
            place = len(figures)
            write(sheet, LISTS_HEAD_ROW, place, name, font=HEAD_ON_DARK, fill=DARK_FILL, alignment=MIDDLE)
            for row, value in enumerate(values, LISTS_HEAD_ROW + 1):
                write(sheet, row, place, value, border=THIN, alignment=PADDED, format=FIGURE if key == "eqf" else TEXT)
        letter = get_column_letter(len(figures) - codes.has_names)
        last = LISTS_HEAD_ROW + len(codes.values)
        ranges[key] = f"{LISTS_SHEET}!${letter}${LISTS_HEAD_ROW + 1}:${letter}${last}"
    widths(sheet, figures)
    sheet.freeze_panes = f"A{LISTS_HEAD_ROW + 1}"
    sheet.print_title_rows = f"{LISTS_HEAD_ROW}:{LISTS_HEAD_ROW}"
    return ranges


def submission(workbook: Workbook, ranges: Mapping[str, str], messages: Messages) -> None:
    """Write the sheet Submission: a key, its value to fill in, what it means."""
    sheet = new_sheet(workbook, SUBMISSION_SHEET, messages)
    figures = (24.0, 36.0, 92.0)
    for place, head in enumerate(("key", "value", "help"), 1):
        text = messages(f"template.submission.head.{head}")
        write(sheet, 1, place, text, font=HEAD_ON_DARK, fill=DARK_FILL, alignment=MIDDLE)
    sheet.row_dimensions[1].height = 24
    for row, key in enumerate(KEYS, 2):
        text = key_help(key, messages)
        fixed = key == "template_version"
        write(sheet, row, 1, key, font=STRONG, alignment=PADDED, border=THIN)
        write(
            sheet,
            row,
            2,
            TEMPLATE_VERSION if fixed else None,
            fill=FIXED_FILL if fixed else INPUT_FILL,
            alignment=PADDED,
            border=BOXED,
            format=DAY if key in DATES else COUNT if key in COUNTS else TEXT,
        )
        write(sheet, row, 3, text, font=LEAD, alignment=PADDED, border=THIN)
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines_needed(text, figures[2]) + 4
        _rule_of_key(sheet, key, f"B{row}", ranges, messages)
    widths(sheet, figures)
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"


def credentials(workbook: Workbook, contents: TemplateContents, ranges: Mapping[str, str], messages: Messages) -> None:
    """Write the sheet Credentials: help, column names, and empty rows with lists and formats."""
    sheet = new_sheet(workbook, CREDENTIALS_SHEET, messages, pages_wide=PAGES_WIDE)
    heights = []
    for place, column in enumerate(contents.columns, 1):
        text = column_help(column, contents, messages)
        write(sheet, 1, place, text, font=HELP, alignment=PADDED)
        heights.append(lines_needed(text, _width(column), 9))
        _rule_of_column(sheet, column, get_column_letter(place), contents, ranges, messages)
    sheet.row_dimensions[1].height = 12.5 * max(heights) + 6
    _head(sheet, contents)
    _table(sheet, "credentials", contents, FIRST_ROW)


def example(workbook: Workbook, contents: TemplateContents, messages: Messages) -> None:
    """Write the sheet Example: the same columns with invented rows."""
    sheet = new_sheet(workbook, EXAMPLE_SHEET, messages, tab=GREY, pages_wide=PAGES_WIDE)
    write(sheet, 1, 1, messages("template.example.lead"), font=LEAD)
    sheet.row_dimensions[1].height = 22
    _head(sheet, contents)
    for row, values in enumerate(contents.examples, FIRST_ROW):
        lines = 1
        for place, column in enumerate(contents.columns, 1):
            text = values.get(column.name, "")
            write(
                sheet,
                row,
                place,
                typed(column, text),
                alignment=PADDED,
                border=THIN,
                format=_FORMATS.get(column.kind, TEXT),
            )
            lines = max(lines, lines_needed(text, _width(column)))
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines + 4
    _table(sheet, "example", contents, HEAD_ROW + len(contents.examples))


def key_help(key: str, messages: Messages) -> str:
    """What a key of the submission means, and in a second line what may be written."""
    text = messages(f"template.key.{key}")
    if key in CHOICES:
        text += "\n" + messages("template.submission.one_of", values=", ".join(CHOICES[key]))
    return text


def column_help(column: TemplateColumn, contents: TemplateContents, messages: Messages) -> str:
    """What a column holds: whether it must, what, how many values, an example; a sentence a line."""
    text = column.help[:1].upper() + column.help[1:]
    text += "" if text.endswith((".", "…")) else "."
    others = [name for name in contents.stating(column.element) if name != column.name]
    if column.element in MANDATORY_ELEMENTS and others:
        text = messages("template.column.one_of", others=", ".join(others), help=text)
    elif column.element in MANDATORY_ELEMENTS:
        text = messages("template.column.mandatory", help=text)
    else:
        text = messages("template.column.needed" if is_needed(column) else "template.column.optional", help=text)
    if column.several:
        text += " " + messages("template.column.several")
    if value := next((row[column.name] for row in contents.examples if row.get(column.name)), column.example):
        text += "\n" + messages("template.column.example", example=value.split("\n")[0])
    return text


def _rule_of_key(sheet: Worksheet, key: str, place: str, ranges: Mapping[str, str], messages: Messages) -> None:
    warn, stop = messages("template.warn.title"), messages("template.stop.title")
    if key in CHOICES:
        listed = '"' + ",".join(CHOICES[key]) + '"'
        rule = choice(listed, title=stop, error=messages("template.stop.list"), stops=True)
    elif key in DATES:
        rule = choice("1", title=warn, error=messages("template.warn.date"), kind="date")
    elif key in COUNTS:
        rule = choice("0", title=stop, error=messages("template.stop.total"), stops=True, kind="whole")
    elif key in COUNTRIES:
        rule = choice(ranges["country"], title=warn, error=messages("template.warn.list_several"))
    elif key in ranges:
        name = "template.warn.list_several" if key in LISTS else "template.warn.list"
        rule = choice(ranges[key], title=warn, error=messages(name))
    else:
        return
    rule.add(place)
    sheet.add_data_validation(rule)


def _rule_of_column(
    sheet: Worksheet,
    column: TemplateColumn,
    letter: str,
    contents: TemplateContents,
    ranges: Mapping[str, str],
    messages: Messages,
) -> None:
    warn = messages("template.warn.title")
    if key := contents.list_of(column):
        name = "template.warn.list_several" if column.several else "template.warn.list"
        rule = choice(ranges[key], title=warn, error=messages(name))
    elif column.kind == "date":
        rule = choice("1", title=warn, error=messages("template.warn.date"), kind="date")
    elif column.kind == "number":
        highest = str(_HIGHEST_NUMBER)
        rule = choice("0", title=warn, error=messages("template.warn.number"), kind="decimal", highest=highest)
    else:
        return
    rule.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _head(sheet: Worksheet, contents: TemplateContents) -> None:
    """The column names, the widths, and how cells below look before anything is written into them."""
    for place, column in enumerate(contents.columns, 1):
        dark = is_needed(column)
        write(
            sheet,
            HEAD_ROW,
            place,
            column.name,
            font=HEAD_ON_DARK if dark else HEAD_ON_PALE,
            fill=DARK_FILL if dark else PALE_FILL,
            alignment=MIDDLE,
        )
        below = sheet.column_dimensions[get_column_letter(place)]
        below.width = _width(column)
        below.number_format = _FORMATS.get(column.kind, TEXT)
        below.alignment = PADDED
        below.font = BODY
    sheet.row_dimensions[HEAD_ROW].height = 24
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.print_title_rows, sheet.print_title_cols = f"{HEAD_ROW}:{HEAD_ROW}", "A:A"
    sheet.sheet_view.showGridLines = True


def _table(sheet: Worksheet, name: str, contents: TemplateContents, last: int) -> None:
    """A real table: it grows with the rows below it, and filters."""
    table = Table(displayName=name, ref=f"A{HEAD_ROW}:{get_column_letter(len(contents.columns))}{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _width(column: TemplateColumn) -> float:
    """Wide enough for the column's name with the arrow of its filter."""
    usual = _WIDE.get(column.name) or _WIDTHS.get(column.kind, 24.0)
    return max(usual, len(column.name) * 1.15 + 6)
