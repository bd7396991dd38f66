"""The sheets a provider fills in: Submission, Provider, Credentials, Offers; examples beside, lists behind them."""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.intake.declarations import CHOICES, COUNTRIES, COUNTS, DATES, KEYS, LISTS
from qa_toolkit.intake.tables.columns import TemplateColumn
from qa_toolkit.intake.tables.found import CREDENTIALS_SHEET, OFFERS_SHEET, PROVIDER_SHEET, SUBMISSION_SHEET
from qa_toolkit.intake.template.contents import RecordTable, TemplateContents, is_needed, typed
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

EXAMPLE_SHEET, OFFER_EXAMPLE_SHEET, LISTS_SHEET = "Example", "Example of an offer", "Lists"
HEAD_ROW, FIRST_ROW, LAST_ROW = 2, 3, 10_002
"""Of the sheets Credentials and Offers: the column names, and the rows that have lists and are counted."""
FIRST_KEY_ROW = 2
"""Of the sheets Submission and Provider."""
LISTS_HEAD_ROW = 4
PAGES_WIDE = 6
"""On paper, forty columns and more."""

_KEY_WIDTHS = (30.0, 36.0, 88.0)
_WIDTHS = {
    "date": 18.0,
    "number": 18.0,
    "eqf": 18.0,
    "workload": 18.0,
    "country": 18.0,
    "language": 14.0,
    "count": 18.0,
    "yes_no": 18.0,
}
_WIDE = {"learning_outcomes": 50.0, "title": 36.0, "further_information": 34.0}
_FORMATS = {"text": TEXT, "date": DAY, "number": FIGURE, "eqf": FIGURE, "count": COUNT}
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
    sheet = _keys_sheet(workbook, SUBMISSION_SHEET, messages)
    for row, key in enumerate(KEYS, FIRST_KEY_ROW):
        format = DAY if key in DATES else COUNT if key in COUNTS else TEXT
        given = TEMPLATE_VERSION if key == "template_version" else None
        _key_row(sheet, row, key, key_help(key, messages), format, given)
        if rule := _rule_of_key(key, ranges, messages):
            rule.add(f"B{row}")
            sheet.add_data_validation(rule)


def provider(workbook: Workbook, contents: TemplateContents, ranges: Mapping[str, str], messages: Messages) -> None:
    """Write the sheet Provider: the keys of the profile, in the same way."""
    sheet = _keys_sheet(workbook, PROVIDER_SHEET, messages)
    for row, column in enumerate(contents.provider, FIRST_KEY_ROW):
        _key_row(sheet, row, column.name, profile_help(column, messages), _FORMATS.get(column.kind, TEXT))
        if rule := _rule_of_column(column, contents, ranges, messages):
            rule.add(f"B{row}")
            sheet.add_data_validation(rule)


def _keys_sheet(workbook: Workbook, name: str, messages: Messages) -> Worksheet:
    sheet = new_sheet(workbook, name, messages)
    for place, head in enumerate(("key", "value", "help"), 1):
        text = messages(f"template.submission.head.{head}")
        write(sheet, 1, place, text, font=HEAD_ON_DARK, fill=DARK_FILL, alignment=MIDDLE)
    sheet.row_dimensions[1].height = 24
    widths(sheet, _KEY_WIDTHS)
    sheet.freeze_panes = f"C{FIRST_KEY_ROW}"
    sheet.print_title_rows = "1:1"
    return sheet


def _key_row(sheet: Worksheet, row: int, key: str, text: str, format: str, given: str | None = None) -> None:
    """A key, its cell to fill in (or what stands there already and stays), and what it means."""
    write(sheet, row, 1, key, font=STRONG, alignment=PADDED, border=THIN)
    fill = INPUT_FILL if given is None else FIXED_FILL
    write(sheet, row, 2, given, fill=fill, alignment=PADDED, border=BOXED, format=format)
    write(sheet, row, 3, text, font=LEAD, alignment=PADDED, border=THIN)
    sheet.row_dimensions[row].height = LINE_HEIGHT * lines_needed(text, _KEY_WIDTHS[2]) + 4


def credentials(workbook: Workbook, contents: TemplateContents, ranges: Mapping[str, str], messages: Messages) -> None:
    """Write the sheet Credentials: help, column names, and empty rows with lists and formats."""
    _records(workbook, CREDENTIALS_SHEET, contents.credentials, contents, ranges, messages)


def offers(workbook: Workbook, contents: TemplateContents, ranges: Mapping[str, str], messages: Messages) -> None:
    """Write the sheet Offers, made as that of the credentials."""
    _records(workbook, OFFERS_SHEET, contents.offers, contents, ranges, messages)


def examples(workbook: Workbook, contents: TemplateContents, messages: Messages) -> None:
    """Write the sheets with invented rows under the same columns, one for awards, one for offers."""
    _example(workbook, EXAMPLE_SHEET, "example", contents.credentials, messages)
    _example(workbook, OFFER_EXAMPLE_SHEET, "example_of_an_offer", contents.offers, messages)


def _records(
    workbook: Workbook,
    name: str,
    table: RecordTable,
    contents: TemplateContents,
    ranges: Mapping[str, str],
    messages: Messages,
) -> None:
    sheet = new_sheet(workbook, name, messages, pages_wide=PAGES_WIDE)
    heights = []
    for place, column in enumerate(table.columns, 1):
        text = column_help(column, table, messages)
        write(sheet, 1, place, text, font=HELP, alignment=PADDED)
        heights.append(lines_needed(text, _width(column), 9))
        if rule := _rule_of_column(column, contents, ranges, messages):
            letter = get_column_letter(place)
            rule.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
            sheet.add_data_validation(rule)
    sheet.row_dimensions[1].height = 12.5 * max(heights) + 6
    _head(sheet, table)
    _table(sheet, name.lower(), table, FIRST_ROW)


def _example(workbook: Workbook, name: str, key: str, table: RecordTable, messages: Messages) -> None:
    sheet = new_sheet(workbook, name, messages, tab=GREY, pages_wide=PAGES_WIDE)
    write(sheet, 1, 1, messages(f"template.{key}.lead"), font=LEAD)
    sheet.row_dimensions[1].height = 22
    _head(sheet, table)
    for row, values in enumerate(table.examples, FIRST_ROW):
        lines = 1
        for place, column in enumerate(table.columns, 1):
            text = values.get(column.name, "")
            format = _FORMATS.get(column.kind, TEXT)
            write(sheet, row, place, typed(column, text), alignment=PADDED, border=THIN, format=format)
            lines = max(lines, lines_needed(text, _width(column)))
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines + 4
    _table(sheet, key, table, HEAD_ROW + len(table.examples))


def key_help(key: str, messages: Messages) -> str:
    """What a key of the submission means, and in a second line what may be written."""
    text = messages(f"template.key.{key}")
    if key in CHOICES:
        text += "\n" + messages("template.submission.one_of", values=", ".join(CHOICES[key]))
    return text


def column_help(column: TemplateColumn, table: RecordTable, messages: Messages) -> str:
    """What a column holds: whether it must, what, how many values, an example; a sentence a line."""
    text = _sentence(column.help)
    others = [name for name in table.stating(column.element) if name != column.name]
    if column.element in MANDATORY_ELEMENTS and others:
        text = messages("template.column.one_of", others=", ".join(others), help=text)
    elif column.element in MANDATORY_ELEMENTS:
        text = messages("template.column.mandatory", help=text)
    else:
        text = messages("template.column.needed" if is_needed(column) else "template.column.optional", help=text)
    return _with_example(text, column, table.example_of(column).split("\n")[0], messages)


def profile_help(column: TemplateColumn, messages: Messages) -> str:
    """What a key of the profile holds, how many values, an example; a sentence a line."""
    return _with_example(_sentence(column.help), column, column.example.split(" | ")[0], messages)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "…")) else ".")


def _with_example(text: str, column: TemplateColumn, value: str, messages: Messages) -> str:
    if column.several:
        text += " " + messages("template.column.several")
    return text + ("\n" + messages("template.column.example", example=value) if value else "")


def _rule_of_key(key: str, ranges: Mapping[str, str], messages: Messages) -> DataValidation | None:
    warn, stop = messages("template.warn.title"), messages("template.stop.title")
    if key in CHOICES:
        listed = '"' + ",".join(CHOICES[key]) + '"'
        return choice(listed, title=stop, error=messages("template.stop.list"), stops=True)
    if key in DATES:
        return choice("1", title=warn, error=messages("template.warn.date"), kind="date")
    if key in COUNTS:
        return choice("0", title=stop, error=messages("template.stop.total"), stops=True, kind="whole")
    if key in COUNTRIES:
        return choice(ranges["country"], title=warn, error=messages("template.warn.list_several"))
    if key in ranges:
        name = "template.warn.list_several" if key in LISTS else "template.warn.list"
        return choice(ranges[key], title=warn, error=messages(name))
    return None


def _rule_of_column(
    column: TemplateColumn, contents: TemplateContents, ranges: Mapping[str, str], messages: Messages
) -> DataValidation | None:
    warn = messages("template.warn.title")
    if key := contents.list_of(column):
        name = "template.warn.list_several" if column.several else "template.warn.list"
        return choice(ranges[key], title=warn, error=messages(name))
    if column.kind == "date":
        return choice("1", title=warn, error=messages("template.warn.date"), kind="date")
    if column.kind == "number":
        highest = str(_HIGHEST_NUMBER)
        return choice("0", title=warn, error=messages("template.warn.number"), kind="decimal", highest=highest)
    if column.kind == "count":
        return choice("0", title=warn, error=messages("template.stop.total"), kind="whole")
    return None


def _head(sheet: Worksheet, table: RecordTable) -> None:
    """The column names, the widths, and how cells below look before anything is written into them."""
    for place, column in enumerate(table.columns, 1):
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


def _table(sheet: Worksheet, name: str, records: RecordTable, last: int) -> None:
    """A real table: it grows with the rows below it, and filters."""
    table = Table(displayName=name, ref=f"A{HEAD_ROW}:{get_column_letter(len(records.columns))}{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _width(column: TemplateColumn) -> float:
    """Wide enough for the column's name with the arrow of its filter."""
    usual = _WIDE.get(column.name) or _WIDTHS.get(column.kind, 24.0)
    return max(usual, len(column.name) * 1.15 + 6)
