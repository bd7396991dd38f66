"""The review workbook: what waits for people, with guidance and drop-downs; all but their cells is protected.

The same audit and seed give the same bytes. Texts of a provider are written as texts, and no learner is in any.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.judgement.columns import (
    BLANK_ROWS,
    FAILED_ANSWERS,
    FIRST_ROW,
    FORMAT_VERSION,
    HEAD_ROW,
    HIDDEN_SHEET,
    KEY_COLUMN,
    KEY_ROW,
    MARK,
    SHEETS,
    Column,
    Kind,
    SheetOf,
)
from qa_toolkit.judgement.columns import Side as Filled
from qa_toolkit.judgement.keys import row_key
from qa_toolkit.judgement.review import AskedItem, Review
from qa_toolkit.messages import Messages
from qa_toolkit.result import Status
from qa_toolkit.workbook import put, save, sheet_title

_FILLS = {
    Filled.OURS: PatternFill("solid", fgColor="1F4E79"),
    Filled.STATEMENT: PatternFill("solid", fgColor="7A5C00"),
    Filled.JUDGEMENT: PatternFill("solid", fgColor="1B6B3A"),
    Filled.INTERNAL: PatternFill("solid", fgColor="7B2D3B"),
}
_OPEN = {
    Filled.STATEMENT: PatternFill("solid", fgColor="FFF9E5"),
    Filled.JUDGEMENT: PatternFill("solid", fgColor="EDF7F0"),
    Filled.INTERNAL: PatternFill("solid", fgColor="F9ECEE"),
}
_TITLE = Font(name="Calibri", size=16, bold=True, color="1F4E79")
_BODY = Font(name="Calibri", size=11, color="1F2937")
_HEAD = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_TOP = Alignment(vertical="top", horizontal="left", wrap_text=True)
_LINE = Border(bottom=Side(style="thin", color="C7D0DB"))
_MOST_CHECKS = 6
"""Said beside a question; the report has them all."""
_LINE_HEIGHT, _HIGHEST = 15.0, 240.0

Row = tuple[str, dict[str, object], Sequence[str]]
"""Id, values of our columns, and the choices of ``answer`` where they differ from the column's."""


def write_review(review: Review, path: Path, m: Messages) -> None:
    """Write the workbook of one submission.

    Args:
        review: what waits for people.
        path: the file to write.
        m: the language of the workbook.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    properties = book.properties
    properties.title = m("review.title", provider=review.provider)[:255]
    properties.creator, properties.language = "qa-toolkit", str(m.locale)
    _read_me(book, review, m)
    for sheet in SHEETS:
        _sheet(book, sheet, review, m)
    _hidden(book, review)
    save(book, path, review.identity.as_of)


def rows_of(sheet: str, review: Review, m: Messages) -> Iterator[Row]:
    """The rows of a sheet, with what stands in our columns."""
    if sheet == "questions":
        for item in review.questions:
            used = item.used
            yield (
                used.question_id,
                {
                    "criterion": f"{item.criterion} ({item.framework_id})",
                    "question": used.text + (f" ({m('review.core')})" if used.core else ""),
                    "good_evidence": used.good_evidence,
                    "not_enough": used.not_enough,
                    "data_say": _data_say(item, m),
                },
                (),
            )
    elif sheet == "checks":
        for check in review.checks:
            failed = check.status is Status.FAIL
            yield (
                check.used.check_id,
                {
                    "criterion": check.used.criterion_id,
                    "found": check.found,
                    "status": m(f"status.{check.status.value}"),
                    "records": m("review.of", part=m.number(check.failed), all=m.number(check.applicable)),
                    "first_place": check.first_place,
                    "fix": check.used.fix,
                },
                FAILED_ANSWERS if failed else (),
            )
    elif sheet == "gates":
        for gate in review.gates:
            yield (
                f"{gate.framework_id}/{gate.gate_id}",
                {
                    "framework": gate.framework_id,
                    "title": gate.title,
                    "records": m("review.of", part=m.number(gate.failed), all=m.number(gate.applicable)),
                    "state": m(f"review.gate.{gate.state}"),
                },
                (),
            )
    elif sheet == "sample":
        for number, (_, place) in enumerate(review.sample.drawn, 1):
            yield str(number), {"place": place}, ()
    elif sheet == "state":
        yield "1", {"what": m("review.state.what")}, ()
    else:
        for number in range(1, BLANK_ROWS[sheet] + 1):
            yield str(number), {}, ()


def _data_say(item: AskedItem, m: Messages) -> str:
    said = [m("review.in_profile")] if item.in_profile else []
    said += [
        m(
            "review.check_says",
            title=used.title,
            status=m(f"status.{status.value}"),
            part=m.number(met),
            all=m.number(applicable),
        )
        for used, status, met, applicable in item.checks[:_MOST_CHECKS]
    ]
    if len(item.checks) > _MOST_CHECKS:
        said.append(m("review.more_checks", n=len(item.checks) - _MOST_CHECKS))
    return "\n".join(said) or m("review.data_silent")


def _sheet(book: Workbook, spec: SheetOf, review: Review, m: Messages) -> None:
    sheet = book.create_sheet(sheet_title(m(f"review.sheet.{spec.key}")))
    sheet.sheet_view.showGridLines = False
    _text(sheet, 1, m(f"review.sheet.{spec.key}"), _TITLE)
    _text(sheet, 2, m(f"review.lead.{spec.key}", n=len(review.sample.drawn), all=review.sample.population), _BODY)
    for place, column in enumerate(spec.columns, 1):
        put(_cell(sheet, KEY_ROW, place), column.key)
        head = put(_cell(sheet, HEAD_ROW, place), m(f"review.column.{column.key}"))
        head.font, head.fill, head.alignment = _HEAD, _FILLS[column.side], _TOP
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    last = len(spec.columns) + 1
    put(_cell(sheet, KEY_ROW, last), f"{MARK}:{spec.key}")
    put(_cell(sheet, HEAD_ROW, last), KEY_COLUMN)
    sheet.row_dimensions[KEY_ROW].hidden = True
    sheet.row_dimensions[HEAD_ROW].height = 48
    sheet.column_dimensions[get_column_letter(last)].hidden = True
    lists = _Lists(sheet, m)
    number = FIRST_ROW - 1
    for number, (row_id, values, choices) in enumerate(rows_of(spec.key, review, m), FIRST_ROW):
        for place, column in enumerate(spec.columns, 1):
            cell = _cell(sheet, number, place)
            put(cell, row_id if column.key == "id" else values.get(column.key))
            _look(cell, column)
            if column.kind is Kind.CHOICE:
                lists.add(cell, column, (choices if column.key == "answer" else ()) or column.choices)
        put(_cell(sheet, number, last), row_key(review.identity, spec.key, row_id))
        sheet.row_dimensions[number].height = _height(spec, values)
    lists.write()
    _protect(sheet, spec, max(number, HEAD_ROW))


class _Lists:
    """The drop-downs of a sheet: one for each list of words, over all of its cells."""

    def __init__(self, sheet: Worksheet, m: Messages) -> None:
        self._sheet, self._m = sheet, m
        self._by_words: dict[str, DataValidation] = {}

    def add(self, cell: Cell, column: Column, choices: Sequence[str]) -> None:
        words = ",".join(self._m(f"{column.family}.{choice}") for choice in choices)
        if words not in self._by_words:
            self._by_words[words] = DataValidation(
                type="list",
                formula1=f'"{words}"',
                allow_blank=True,
                showErrorMessage=True,
                errorTitle=self._m("review.pick.title"),
                error=self._m("review.pick"),
            )
        self._by_words[words].add(cell.coordinate)

    def write(self) -> None:
        for validation in self._by_words.values():
            self._sheet.add_data_validation(validation)


def _look(cell: Cell, column: Column) -> None:
    cell.font, cell.alignment, cell.border = _BODY, _TOP, _LINE
    if column.side is not Filled.OURS:
        cell.protection = Protection(locked=False)
        cell.fill = _OPEN[column.side]
    if column.kind is Kind.DAY:
        cell.number_format = "yyyy-mm-dd"
    elif column.side is not Filled.OURS and column.kind is not Kind.CHOICE:
        cell.number_format = "@"  # what is typed stays as typed: no formula, no number, no date of another order


def _protect(sheet: Worksheet, spec: SheetOf, last: int) -> None:
    """Keys and guidance cannot be typed over by mistake; without a password, since it keeps no secret."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    protection.autoFilter = protection.sort = False
    width = get_column_letter(len(spec.columns))
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:{width}{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8  # A3: many columns are read side by side
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _read_me(book: Workbook, review: Review, m: Messages) -> None:
    sheet = book.create_sheet(sheet_title(m("review.sheet.read_me")))
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 110
    sample, identity = review.sample, review.identity
    frameworks = ", ".join(f"{name} {version}" for name, version in identity.frameworks)
    lines = [
        m("review.read_me.what", provider=review.provider),
        *(m(f"review.read_me.{key}") for key in ("statement", "judgement", "internal", "answers", "evidence")),
        *(m(f"review.read_me.{key}") for key in ("checks", "gates", "state", "back")),
        m(
            "review.read_me.sample",
            n=len(sample.drawn),
            all=m.number(sample.population),
            confidence=m.share(sample.confidence),
            margin=m.share(sample.margin),
            seed=sample.seed,
        ),
        m("review.read_me.audit", audit=identity.audit_id, day=m.day(identity.as_of), frameworks=frameworks),
    ]
    _text(sheet, 1, m("review.title", provider=review.provider), _TITLE)
    for number, line in enumerate(lines, 3):
        cell = _text(sheet, number, line, _BODY)
        cell.alignment = _TOP
        sheet.row_dimensions[number].height = _LINE_HEIGHT * (1 + len(line) // 105) + 4
    sheet.protection.sheet = True


def _hidden(book: Workbook, review: Review) -> None:
    """What an import holds the workbook against."""
    sheet = book.create_sheet(HIDDEN_SHEET)
    sheet.sheet_state = "hidden"
    sample, identity = review.sample, review.identity
    facts = {
        "format": FORMAT_VERSION,
        "audit": identity.audit_id,
        "submission": identity.submission_id,
        "as_of": identity.as_of.isoformat(),
        "frameworks": ", ".join(f"{name} {version}" for name, version in identity.frameworks),
        "seed": str(sample.seed),
        "confidence": repr(sample.confidence),
        "margin": repr(sample.margin),
    }
    for number, (key, value) in enumerate(facts.items(), 1):
        put(_cell(sheet, number, 1), key)
        put(_cell(sheet, number, 2), value)
    sheet.protection.sheet = True


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _text(sheet: Worksheet, row: int, text: str, font: Font) -> Cell:
    cell = put(_cell(sheet, row, 1), text)
    cell.font = font
    return cell


def _height(spec: SheetOf, values: dict[str, object]) -> float:
    lines = 1
    for column in spec.columns:
        text = values.get(column.key)
        if isinstance(text, str):
            lines = max(lines, sum(1 + int(len(line) / (column.width - 2)) for line in text.split("\n")))
    return min(_LINE_HEIGHT * lines + 4, _HIGHEST)
