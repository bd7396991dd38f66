"""The template as a workbook for a provider: to read, to fill in, and to see while filling in what is still blank."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.intake.declarations import CHOICES, KEYS
from qa_toolkit.intake.tables.found import CREDENTIALS_SHEET, OFFERS_SHEET, PROVIDER_SHEET, SUBMISSION_SHEET
from qa_toolkit.intake.template.contents import TemplateContents
from qa_toolkit.intake.template.sheets import (
    EXAMPLE_SHEET,
    FIRST_ROW,
    HEAD_ROW,
    LAST_ROW,
    LISTS_SHEET,
    OFFER_EXAMPLE_SHEET,
    credentials,
    examples,
    lists,
    offers,
    provider,
    submission,
)
from qa_toolkit.intake.template.style import (
    COUNT,
    DARK_FILL,
    DONE_FILL,
    GREY,
    HEAD_ON_DARK,
    LEAD,
    LINE_HEIGHT,
    LINK,
    MIDDLE,
    NUMBER,
    OPEN_FILL,
    PADDED,
    SECTION,
    STRONG,
    THIN,
    TITLE,
    TOP,
    lines_needed,
    new_sheet,
    widths,
    write,
)
from qa_toolkit.messages import Messages
from qa_toolkit.records.tables import MANDATORY_ELEMENTS, TEMPLATE_VERSION
from qa_toolkit.workbook import formula, save

READ_ME_SHEET, COMPLETENESS_SHEET = "Read me", "Completeness"
FILE_NAME = "template.xlsx"
VERSION_DAY = date(2026, 9, 30)
"""The day of the template's version: the file is dated by it, so that its bytes depend on nothing else."""
FILLED_CELL, DECLARED_CELL, ELEMENTS_HEAD_ROW = "$B$4", "$B$5", 7
"""Of the sheet Completeness."""

IDENTIFIER = "credential_id"
_DECLARABLE = ("country", "awarding_body", "participation", "quality_assurance")
_LINES = {
    "what": ("what.1", "what.2"),
    "how": ("how.submission", "how.credentials", "how.offers", "how.one_of", "how.blank", "how.several", "how.dates",
            "how.lists", "how.check", "how.paste"),
    "what_csv": ("what_csv.1", "what.2"),
    "how_csv": ("how_csv.submission", "how_csv.credentials", "how_csv.offers", "how.one_of", "how.blank",
                "how_csv.several", "how_csv.dates", "how_csv.format", "how_csv.example"),
    "privacy": ("privacy.columns", "privacy.choice", "privacy.reports", "privacy.file"),
}  # fmt: skip


def template_workbook(contents: TemplateContents, messages: Messages) -> Workbook:
    """The workbook, not yet saved. Pure: the same columns, lists and texts give the same workbook."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    properties = workbook.properties
    properties.title, properties.creator = messages("template.title"), "qa-toolkit"
    properties.subject = messages("template.lead", version=TEMPLATE_VERSION)
    properties.language, properties.keywords = str(messages.locale), "micro-credentials, template"
    ranges = lists(workbook, contents, messages)
    read_me(workbook, contents, messages)
    submission(workbook, ranges, messages)
    provider(workbook, contents, ranges, messages)
    credentials(workbook, contents, ranges, messages)
    offers(workbook, contents, ranges, messages)
    examples(workbook, contents, messages)
    completeness(workbook, contents, messages)
    workbook.move_sheet(LISTS_SHEET, len(workbook.sheetnames) - 1)
    workbook.active = 0
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == READ_ME_SHEET
    return workbook


def write_template_workbook(path: Path, contents: TemplateContents, messages: Messages) -> None:
    """Save the template's workbook at ``path``; the same contents gives the same bytes."""
    save(template_workbook(contents, messages), path, VERSION_DAY)


def guidance(section: str, contents: TemplateContents, messages: Messages) -> list[str]:
    """The sentences of a section of the read-me: ``what``, ``how`` or ``privacy``; the first two also as ``…_csv``."""
    columns, choices = ", ".join(contents.learner_columns), ", ".join(CHOICES["learner_data"])
    return [messages(f"template.{key}", row=FIRST_ROW, columns=columns, choices=choices) for key in _LINES[section]]


def read_me(workbook: Workbook, contents: TemplateContents, messages: Messages) -> None:
    """Write the sheet Read me: what it is, how to fill it in, privacy, the sheets."""
    sheet = new_sheet(workbook, READ_ME_SHEET, messages)
    figures = (18.0, 98.0)
    widths(sheet, figures)
    write(sheet, 1, 1, messages("template.title"), font=TITLE)
    sheet.row_dimensions[1].height = 26
    write(sheet, 2, 1, messages("template.lead", version=TEMPLATE_VERSION), font=LEAD)
    row = 4
    for section in ("what", "how", "privacy"):
        write(sheet, row, 1, messages(f"template.{section}"), font=SECTION, alignment=Alignment(vertical="top"))
        for number, text in enumerate(guidance(section, contents, messages), 1):
            shown = f"{number}.  {text}" if section == "how" else text
            write(sheet, row, 2, shown, alignment=TOP)
            sheet.row_dimensions[row].height = LINE_HEIGHT * lines_needed(shown, figures[1]) + 4
            row += 1
        row += 1
    write(sheet, row, 1, messages("template.sheets"), font=SECTION)
    for title in (SUBMISSION_SHEET, PROVIDER_SHEET, CREDENTIALS_SHEET, OFFERS_SHEET, EXAMPLE_SHEET,
                  OFFER_EXAMPLE_SHEET, COMPLETENESS_SHEET, LISTS_SHEET):  # fmt: skip
        row += 1
        cell = write(sheet, row, 1, title, font=LINK, alignment=TOP)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!A1", display=title)
        write(sheet, row, 2, messages(f"template.sheet.{title}"), alignment=TOP)
        sheet.row_dimensions[row].height = LINE_HEIGHT + 4


def completeness(workbook: Workbook, contents: TemplateContents, messages: Messages) -> None:
    """Write the sheet Completeness: rows filled in, and for each mandatory element the rows that leave it blank."""
    sheet = new_sheet(workbook, COMPLETENESS_SHEET, messages, tab=GREY)
    figures = (54.0, 50.0, 14.0, 14.0, 22.0, 52.0)
    widths(sheet, figures)
    write(sheet, 1, 1, COMPLETENESS_SHEET, font=TITLE)
    sheet.row_dimensions[1].height = 26
    lead = messages("template.completeness.lead", first=messages.number(FIRST_ROW), last=messages.number(LAST_ROW))
    write(sheet, 2, 1, lead, font=LEAD)
    _totals(sheet, contents, messages)
    for place, head in enumerate(("element", "columns", "stated", "blank", "once", "remains"), 1):
        text = messages(f"template.completeness.head.{head}")
        write(sheet, ELEMENTS_HEAD_ROW, place, text, font=HEAD_ON_DARK, fill=DARK_FILL, alignment=MIDDLE)
    sheet.row_dimensions[ELEMENTS_HEAD_ROW].height = 34
    row = ELEMENTS_HEAD_ROW
    for element in (*MANDATORY_ELEMENTS, IDENTIFIER):
        if columns := contents.credentials.stating(element):
            row += 1
            _element(sheet, row, element, columns, contents, messages)
    area = f"F{ELEMENTS_HEAD_ROW + 1}:F{row}"
    first = f"D{ELEMENTS_HEAD_ROW + 1}"
    once = f"E{ELEMENTS_HEAD_ROW + 1}"
    said, withheld = (_quoted(messages(f"template.completeness.{key}")) for key in ("said_once", "withheld"))
    done = f"AND({FILLED_CELL}>0,OR({first}=0,{once}={said}))"
    still_open = f"AND({FILLED_CELL}>0,{once}<>{withheld})"
    sheet.conditional_formatting.add(area, FormulaRule([done], fill=DONE_FILL, stopIfTrue=True))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(area, FormulaRule([still_open], fill=OPEN_FILL))  # type: ignore[no-untyped-call]
    sheet.freeze_panes = f"B{ELEMENTS_HEAD_ROW + 1}"


def _totals(sheet: Worksheet, contents: TemplateContents, messages: Messages) -> None:
    """How many rows hold anything, and whether that is the number declared."""
    data, head = _data(contents)
    say = {key: _quoted(messages(f"template.completeness.{key}")) for key in ("same", "differs", "not_said")}
    filled = f"=SUM(--(MMULT(--(IFERROR(LEN({data}),0)>0),TRANSPOSE(COLUMN({head})^0))>0))"
    declared = _declared("declared_total")
    for row, key, text in (
        (4, "filled", filled),
        (5, "declared", f'=IF({declared}="",{say["not_said"]},{declared}*1)'),
    ):
        write(sheet, row, 1, messages(f"template.completeness.{key}"), font=STRONG, alignment=PADDED)
        cell = write(sheet, row, 2, None, font=STRONG, format=COUNT, alignment=PADDED)
        if key == "filled":
            sheet[cell.coordinate] = ArrayFormula(cell.coordinate, text)
        else:
            formula(cell, text)
    differs = f'=IF(ISNUMBER({DECLARED_CELL}),IF({DECLARED_CELL}={FILLED_CELL},{say["same"]},{say["differs"]}),"")'
    formula(write(sheet, 5, 3, None), differs)


def _element(
    sheet: Worksheet, row: int, element: str, columns: Sequence[str], contents: TemplateContents, messages: Messages
) -> None:
    """One element: where it can stand, in how many rows it does, in how many not, and what that means."""
    data, head = _data(contents)
    say = {
        key: _quoted(messages(f"template.completeness.{key}"))
        for key in ("said_once", "withheld", "no_rows", "complete", "covered", "not_checked", "to_fill")
    }
    name = (
        messages(f"element.{element}")
        if element in MANDATORY_ELEMENTS
        else messages("template.completeness.identifier")
    )
    lengths = "+".join(f'LEN(IFERROR(INDEX({data},0,MATCH("{column}",{head},0)),""))' for column in columns)
    once, instead = "–", say["covered"]
    if element in _DECLARABLE:
        once = f'=IF({_declared(element)}="","",{say["said_once"]})'
    elif element == "learner":
        once = f'=IF({_declared("learner_data")}="withheld",{say["withheld"]},"")'
        instead = say["not_checked"]
    remains = (
        f"=IF({FILLED_CELL}=0,{say['no_rows']},IF(D{row}=0,{say['complete']},"
        f'IF(OR(E{row}="",E{row}="–"),{say["to_fill"]}&D{row},{instead})))'
    )
    write(sheet, row, 1, f"{name[:1].upper()}{name[1:]}", alignment=PADDED, border=THIN)
    write(sheet, row, 2, ", ".join(columns), font=LEAD, alignment=PADDED, border=THIN)
    stated = write(sheet, row, 3, None, alignment=NUMBER, border=THIN, format=COUNT)
    sheet[stated.coordinate] = ArrayFormula(stated.coordinate, f"=SUM(--(({lengths})>0))")
    formula(write(sheet, row, 4, None, alignment=NUMBER, border=THIN, format=COUNT), f"={FILLED_CELL}-C{row}")
    formula(write(sheet, row, 5, None, alignment=PADDED, border=THIN), once)
    formula(write(sheet, row, 6, None, alignment=PADDED, border=THIN), remains)
    sheet.row_dimensions[row].height = LINE_HEIGHT + 5


def _data(contents: TemplateContents) -> tuple[str, str]:
    """The rows to count and their column names, as absolute ranges: they follow when columns are deleted or moved."""
    last = get_column_letter(len(contents.credentials.columns))
    return (
        f"{CREDENTIALS_SHEET}!$A${FIRST_ROW}:${last}${LAST_ROW}",
        f"{CREDENTIALS_SHEET}!$A${HEAD_ROW}:${last}${HEAD_ROW}",
    )


def _declared(key: str) -> str:
    """A formula for the text declared for a key, '' where there is none."""
    last = len(KEYS) + 1
    keys, values = f"{SUBMISSION_SHEET}!$A$2:$A${last}", f"{SUBMISSION_SHEET}!$B$2:$B${last}"
    return f'IFERROR(INDEX({values},MATCH("{key}",{keys},0))&"","")'


def _quoted(text: str) -> str:
    """A text of ours as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'
