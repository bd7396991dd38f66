"""Cells of workbooks: numbers that are none, and every kind of cell."""

import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qa_toolkit.auditing import audit
from qa_toolkit.records.store import RecordStore
from qa_toolkit.result import Status
from tests.conftest import AS_OF
from tests.intake.workbook_tables import Read, fill, in_zip
from tests.submissions import COLUMNS, credential


@pytest.fixture
def read(opened: tuple[RecordStore, Path]) -> Read:
    return Read(*opened)


# --- numbers that are no numbers --------------------------------------------------------------------------------------


def test_a_number_of_twelve_digits_is_an_identifier_without_a_point(read: Read) -> None:
    """A spreadsheet keeps it as 123456789012.0, and shows 1.23E+11 though nothing is lost."""
    read.sheet([["Zertifikatsnummer", "Titel", "Matrikelnummer"], [123456789012.0, "Titel des Kurses", 9000413.0]])

    assert read.rows("credential_id, learner_identifiers") == [("123456789012", ["number:9000413"])]
    assert read.told == []


def test_an_identifier_that_ends_in_point_zero_is_put_right_and_told(read: Read) -> None:
    """A text that was a number in another program."""
    read.sheet([["Zertifikatsnummer", "Titel", "Name"], ["202604.0", "Titel des Kurses", "Testa"]])

    assert read.rows("credential_id") == [("202604",)]
    assert read.told == [
        ("Identifiers had become decimal numbers", "file 1, sheet Nachweise, column A (credential_id)")
    ]


@pytest.mark.parametrize("cut", ["1.23E+11", "1,23E+11", "1E+11", "1.23457e+11"])
def test_an_identifier_cut_to_a_power_of_ten_is_told_and_no_value(cut: str, read: Read) -> None:
    """Its last digits are gone: two awards that show the same may be different ones."""
    rows = [["Zertifikatsnummer", "Titel", "Name"], [cut, "Titel des Kurses", "Testa"], ["A-1", "Titel", "Testo"]]

    read.sheet(rows)

    assert read.rows("credential_id, credential_id_damaged") == [(None, True), ("A-1", False)]
    assert read.told == [
        ("Identifiers were cut off by a spreadsheet", "file 1, sheet Nachweise, column A (credential_id)")
    ]


def test_a_cut_identifier_could_not_be_checked(tmp_path: Path) -> None:
    """It is not missing, and two cut ones are not the same."""
    folder = tmp_path / "handed-in"
    folder.mkdir()
    book = openpyxl.Workbook()
    rows = [credential(number, credential_id="1.23E+11") for number in (1, 2)]
    fill(book.active, [COLUMNS, *([row[column] for column in COLUMNS] for row in rows)], title="Nachweise")
    book.save(folder / "awards.xlsx")

    (submission,) = audit([folder], tmp_path / "out", as_of=AS_OF, formats="json").result.submissions

    outcomes = {outcome.check_id: outcome for outcome in submission.checks if outcome.check_id in ("VAL-16", "POR-03")}
    assert {check: outcome.failed for check, outcome in outcomes.items()} == {"VAL-16": 0, "POR-03": 0}
    assert outcomes["VAL-16"].status is Status.NOT_ASSESSED


@pytest.mark.parametrize(
    ("cell", "codes", "repaired"),
    [
        (613, ["0613"], True),
        (31, ["031"], True),
        (1041, ["1041"], False),
        ("0613", ["0613"], False),
        ("613 | 0031", ["0613", "0031"], True),
        (10, ["10"], False),
    ],
)
def test_a_lost_zero_of_isced_is_put_back_and_told(cell: Any, codes: list[str], repaired: bool, read: Read) -> None:
    """Fields of education begin with 00 to 10."""
    read.sheet([["Zertifikatsnummer", "Titel", "Name", "ISCED-F"], ["A-1", "Titel des Kurses", "Testa", cell]])

    assert read.rows("isced_f") == [(codes,)]
    assert [what for what, _ in read.told] == ["Leading zeros were put back"] * repaired


def test_days_in_general_format_are_days_and_told(read: Read) -> None:
    """The number under which a spreadsheet keeps a day, with and without a time."""
    rows = [["Zertifikatsnummer", "Titel", "Ausstellungsdatum"], ["A-1", "Titel", 46204], ["A-2", "Titel", 46204.75]]

    read.sheet(rows)

    assert read.rows("issued") == [(date(2026, 7, 1),), (date(2026, 7, 1),)]
    assert [(what, read.problems[0].why[:7]) for what, _ in read.told] == [
        ("Dates were numbers of a spreadsheet", "2 cells")
    ]


def test_days_of_the_old_macintosh_calendar_are_days(read: Read) -> None:
    """It counts from 1904; the workbook says so."""
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    fill(book.active, [["Zertifikatsnummer", "Titel", "Ausstellungsdatum"], ["A-1", "Titel", date(2026, 7, 1)]])

    read.book(book)

    assert read.rows("issued") == [(date(2026, 7, 1),)]


# --- kinds of cells ---------------------------------------------------------------------------------------------------


def cells(read: Read, heading: str, *values: Any, number_format: str = "General") -> Read:
    """A table whose last column holds the values in a number format."""
    book = openpyxl.Workbook()
    rows = [[f"A-{number}", "Titel des Kurses", "Testa", value] for number, value in enumerate(values, 1)]
    sheet = fill(book.active, [["Zertifikatsnummer", "Titel", "Name", heading], *rows], title="Nachweise")
    for number in range(len(values)):
        sheet.cell(number + 2, 4).number_format = number_format
    return read.book(book)


def test_a_truth_value_says_whether_a_row_is_a_micro_credential(read: Read) -> None:
    """Rows that say no are passed over, and that is told."""
    cells(read, "Micro-Credential", True, False, "nein", None)

    assert read.rows("credential_id") == [("A-1",), ("A-4",)]
    assert read.told == [("Rows are not claimed as micro-credentials", "file 1, sheet Nachweise")]


def test_a_percentage_keeps_its_figure(read: Read) -> None:
    """The sign is a format of the cell, the figure is what is kept."""
    cells(read, "Note", 0.25, 1, number_format="0%")

    assert read.rows("grade_raw") == [("0.25",), ("1",)]


def test_a_decimal_number_has_no_noise(read: Read) -> None:
    """0.1 + 0.2 is 0.3, as a spreadsheet shows it."""
    cells(read, "Note", 0.1 + 0.2, 1.7, -2.0)

    assert read.rows("grade_raw") == [("0.3",), ("1.7",), ("-2",)]


TIMES = [
    (timedelta(hours=40), "[h]:mm", 40.0),
    (timedelta(hours=40, minutes=15), "[h]:mm:ss", 40.25),
    (time(1, 30), "hh:mm", 1.5),
]


@pytest.mark.parametrize(("value", "number_format", "hours"), [*TIMES, (130, "0", 130.0), (62.5, "0.00", 62.5)])
def test_a_cell_of_time_is_so_many_hours(value: Any, number_format: str, hours: float, read: Read) -> None:
    """A duration or a time of day in a column of workload."""
    cells(read, "Workload", value, number_format=number_format)

    assert read.rows("workload_hours, workload_unreadable") == [(hours, None)]


@pytest.mark.parametrize(("value", "number_format", "hours"), TIMES)
def test_a_cell_of_time_in_a_column_of_hours_is_so_many(
    value: Any, number_format: str, hours: float, read: Read
) -> None:
    """Where hours are expected, all the more."""
    cells(read, "Anzahl Stunden", value, number_format=number_format)

    assert read.rows("workload_hours, workload_unreadable") == [(hours, None)]


@pytest.mark.parametrize("heading", ["Name des Teilnehmers", "ECTS", "Ausstellungsdatum", "Lernergebnisse"])
def test_an_error_of_a_formula_states_nothing(heading: str, read: Read) -> None:
    """#N/A is no name, no figure, no day and no outcome."""
    book = openpyxl.Workbook()
    sheet = fill(book.active, [["Zertifikatsnummer", "Titel", heading], ["A-1", "Titel des Kurses", "#N/A"]])
    sheet["C2"].data_type = "e"

    read.book(book)

    assert read.rows("learner_name, ects, workload_raw, issued, issued_raw, learning_outcomes") == [(None,) * 6]


def test_formulas_that_nobody_has_computed_are_told(read: Read) -> None:
    """A program wrote the workbook, and no spreadsheet has opened it since."""
    cells(read, "ECTS", "=2+3", "=SUM(D2:D2)", 5)

    assert read.rows("ects") == [(None,), (None,), (5.0,)]
    assert read.told == [("Formulas hold no value", "file 1, sheet Nachweise")]
    assert read.problems[0].why.startswith("2 cells")


def test_a_formula_with_its_value_is_that_value(read: Read) -> None:
    """What a spreadsheet computed stands beside the formula."""
    book = openpyxl.Workbook()
    fill(book.active, [["Zertifikatsnummer", "Titel", "Name", "ECTS"], ["A-1", "Titel", "Testa", "=2+3"]])
    path = read.folder / "awards.xlsx"
    book.save(path)
    in_zip(path, "xl/worksheets/sheet1.xml", lambda text: re.sub("(?<=<f>2[+]3</f>)<v( ?/>|></v>)", "<v>5</v>", text))

    read()

    assert read.rows("ects") == [(5.0,)]
    assert read.told == []


def test_a_text_in_several_fonts_is_one_text(read: Read) -> None:
    """Bold letters within a cell split it into parts of the file."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    title = CellRichText("Führung ", TextBlock(InlineFont(b=True), "und"), " Übung")
    read.sheet([["Zertifikatsnummer", "Titel", "Name"], ["A-1", title, "Testa"]])

    assert read.rows("title") == [("Führung und Übung",)]


def test_a_cell_with_a_remark_and_a_link_is_its_text(read: Read) -> None:
    """Neither the comment nor the address is part of it."""
    book = openpyxl.Workbook()
    sheet = fill(book.active, [["Zertifikatsnummer", "Titel", "Name"], ["A-1", "Titel des Kurses", "Testa"]])
    sheet["B2"].hyperlink = "https://courses.example/1"
    sheet["B2"].comment = openpyxl.comments.Comment("please check", "Registry")

    read.book(book)

    assert read.rows("title") == [("Titel des Kurses",)]
