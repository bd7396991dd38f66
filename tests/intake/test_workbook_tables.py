"""Where a table of a workbook stands, and its headings."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from qa_toolkit.problems import ProblemKind
from qa_toolkit.records.store import RecordStore
from tests.intake.workbook_tables import Read, fill


@pytest.fixture
def read(opened: tuple[RecordStore, Path]) -> Read:
    return Read(*opened)


# --- where a table stands ---------------------------------------------------------------------------------------------


def test_empty_rows_and_columns_with_a_colour_are_no_awards(read: Read) -> None:
    """Formatted cells far below and beside the table."""
    book = openpyxl.Workbook()
    sheet = fill(book.active, [["Zertifikatsnummer", "Titel", "Name"], ["A-1", "Titel des Kurses", "Testa"]])
    for row, column in ((2, 40), (500, 1), (500, 40)):
        sheet.cell(row, column).fill = PatternFill("solid", fgColor="FFFF00")

    read.book(book)

    assert read.rows("credential_id") == [("A-1",)]
    assert read.told == []


def test_a_table_that_starts_at_c3_keeps_its_letters(read: Read) -> None:
    """Places are those the spreadsheet shows."""
    book = openpyxl.Workbook()
    fill(book.active, [["Zertifikatsnummer", "Titel", "Name"], ["A-1", "Titel", "Testa"]], "Nachweise", 3, 3)

    read.book(book)

    assert read.rows("source_place") == [("sheet Nachweise, row 4",)]
    origins = read.store.connection.execute("SELECT column_name, origin FROM origins ORDER BY origin").fetchall()
    assert ("credential_id", "C") in origins
    assert ("learner_name", "E") in origins


def test_only_a_cell_merged_downwards_is_filled_down(read: Read) -> None:
    """A blank cell below a text is blank."""
    book = openpyxl.Workbook()
    rows = [["A-1", "Datenschutz", "Testa"], ["A-2", None, "Testo"], ["A-3", None, "Testi"], ["A-4", "Übung", "Testu"],
            ["A-5", None, "Testy"]]  # fmt: skip
    sheet = fill(book.active, [["Zertifikatsnummer", "Titel", "Name"], *rows])
    sheet.merge_cells("B2:B4")

    read.book(book)

    assert read.rows("title") == [("Datenschutz",), ("Datenschutz",), ("Datenschutz",), ("Übung",), (None,)]


def test_a_merged_cell_in_a_table_that_starts_at_c3_is_filled_down(read: Read) -> None:
    """Wherever the table stands."""
    book = openpyxl.Workbook()
    rows = [["A-1", "Datenschutz", "Testa"], ["A-2", None, "Testo"]]
    sheet = fill(book.active, [["Zertifikatsnummer", "Titel", "Name"], *rows], top=3, left=3)
    sheet.merge_cells("D4:D5")

    read.book(book)

    assert read.rows("title, source_place") == [("Datenschutz", "sheet 1, row 4"), ("Datenschutz", "sheet 1, row 5")]


def test_a_header_merged_over_two_rows_is_one_header(read: Read) -> None:
    """Groups of columns have a heading above theirs."""
    book = openpyxl.Workbook()
    sheet = fill(
        book.active,
        [
            ["Zertifikatsnummer", "Titel", "Person", None, "Umfang", None],
            [None, None, "Vorname", "Nachname", "ECTS", "Stunden"],
            ["A-1", "Titel des Kurses", "Testa", "Beispiel", 2.5, 62.5],
        ],
        title="Nachweise",
    )
    for merged in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
        sheet.merge_cells(merged)

    read.book(book)

    assert read.rows("credential_id, title, learner_name, ects, workload_hours, source_place") == [
        ("A-1", "Titel des Kurses", "Testa Beispiel", 2.5, 62.5, "sheet Nachweise, row 3")
    ]


def test_a_workbook_of_hidden_sheets_alone_has_nothing_to_audit(read: Read) -> None:
    """And says why."""
    book = openpyxl.Workbook()
    fill(book.active, [["Bitte die anderen Blätter einblenden."]])
    hidden = fill(book.create_sheet("alt"), [["Zertifikatsnummer", "Titel", "Name"], ["A-1", "Titel", "Testa"]])
    hidden.sheet_state = "hidden"

    read.book(book)

    assert read.rows("credential_id") == []
    assert [what for what, _ in read.told] == ["A hidden sheet was not read", "No table of credentials was recognised"]


def test_an_empty_hidden_sheet_is_not_worth_a_word(read: Read) -> None:
    """Programs leave them behind."""
    book = openpyxl.Workbook()
    fill(book.active, [["Zertifikatsnummer", "Titel", "Name"], ["A-1", "Titel", "Testa"]])
    book.create_sheet("leer").sheet_state = "hidden"

    read.book(book)

    assert read.told == []


def test_hidden_rows_and_columns_are_read(read: Read) -> None:
    """A filter that was left on hides awards that were issued."""
    book = openpyxl.Workbook()
    rows = [["A-1", "Titel", "Testa"], ["A-2", "Titel", "Testo"]]
    sheet = fill(book.active, [["Zertifikatsnummer", "Titel", "Name"], *rows])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True

    read.book(book)

    assert read.rows("credential_id, learner_name") == [("A-1", "Testa"), ("A-2", "Testo")]


# --- headings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        (["Vorname", "Nachname"], ["Testa", "Beispiel"]),
        (["Nachname", "Vorname"], ["Beispiel", "Testa"]),
        (["Name", "Vorname"], ["Beispiel", "Testa"]),
        (["Nombre", "Apellidos"], ["Testa", "Beispiel"]),
        (["Příjmení", "Jméno"], ["Beispiel", "Testa"]),
        (["Nom", "Prénom"], ["Beispiel", "Testa"]),
        (["Nome", "Cognome"], ["Testa", "Beispiel"]),
        (["Imię", "Nazwisko"], ["Testa", "Beispiel"]),
        (["Nome", "Apelido"], ["Testa", "Beispiel"]),
        (["First name", "Last name"], ["Testa", "Beispiel"]),
    ],
)
def test_a_name_in_two_columns_is_one_name(headings: list[str], parts: list[str], read: Read) -> None:
    """The given name first, whichever column stands first."""
    read.sheet([["credential_id", "title", *headings], ["A-1", "Title of a course", *parts]])

    assert read.rows("learner_name") == [("Testa Beispiel",)]


def test_half_a_name_is_a_name(read: Read) -> None:
    """Some people have only one."""
    read.sheet([["Zertifikatsnummer", "Titel", "Vorname", "Nachname"], ["A-1", "Titel des Kurses", None, "Beispiel"]])

    assert read.rows("learner_name") == [("Beispiel",)]


def test_titles_with_a_language_are_one_title_in_each(read: Read) -> None:
    """The first is the one that is shown."""
    read.sheet([["Zertifikatsnummer", "Name", "Titel (de)", "Title EN", "title_cs"],
                ["A-1", "Testa", "Datenschutz", "Data protection", "Ochrana údajů"]])  # fmt: skip

    assert read.rows("title, title_language") == [("Datenschutz", "de")]
    ((titles,),) = read.rows("titles")
    assert titles == [
        {"language": "de", "text": "Datenschutz"},
        {"language": "en", "text": "Data protection"},
        {"language": "cs", "text": "Ochrana údajů"},
    ]


def test_where_the_first_title_is_blank_the_next_is_shown(read: Read) -> None:
    """With its own language."""
    read.sheet([["Zertifikatsnummer", "Name", "Titel (de)", "Title EN"], ["A-1", "Testa", None, "Data protection"]])

    assert read.rows("title, title_language") == [("Data protection", "en")]


@pytest.mark.parametrize(
    "headings",
    [
        ["Lernergebnis 1", "Lernergebnis 2", "Lernergebnis 3"],
        ["learning_outcome[1]", "learning_outcome[2]", "learning_outcome[3]"],
        ["Výsledek učení 1", "Výsledek učení 2", "Výsledek učení 3"],
    ],
)
def test_numbered_outcomes_are_one_list(headings: list[str], read: Read) -> None:
    """In the order of their columns, blank ones left out."""
    read.sheet(
        [
            ["Zertifikatsnummer", "Titel", "Name", *headings],
            ["A-1", "Titel des Kurses", "Testa", "erklärt A", "wendet B an", "prüft C"],
            ["A-2", "Titel des Kurses", "Testo", "erklärt A", None, "prüft C"],
        ]
    )

    assert read.rows("learning_outcomes") == [(["erklärt A", "wendet B an", "prüft C"],), (["erklärt A", "prüft C"],)]


def test_of_two_headings_alike_the_first_is_read_and_that_is_told(read: Read) -> None:
    """By the letters of the columns."""
    read.sheet([["Zertifikatsnummer", "Titel", "Name", "Titel"], ["A-1", "Erster", "Testa", "Zweiter"]])

    assert read.rows("title") == [("Erster",)]
    (problem,) = read.problems
    assert (problem.kind, problem.what, problem.place) == (
        ProblemKind.NOTE,
        "A column is there twice",
        "file 1, sheet Nachweise, row 1",
    )
    assert problem.why == "B and D both mean title; the first one is read."


@pytest.mark.parametrize("heading", ["Název / Title", "Název\nTitle", "Title | Název", "Titel/Title", "Název (Title)"])
def test_a_heading_in_two_languages_is_known_by_either(heading: str, read: Read) -> None:
    """A stroke, a bar, a line break or a bracket stands between them."""
    read.sheet([["Zertifikatsnummer", heading, "Name"], ["A-1", "Kurz", "Testa"]])

    assert read.rows("title") == [("Kurz",)]


@pytest.mark.parametrize(
    "heading", ["Titel*", "  TITEL ", "Titel:", "Titel (Pflichtfeld)", "Ti\u00adtel", "\u200bTitel"]
)
def test_marks_around_a_heading_do_not_hide_it(heading: str, read: Read) -> None:
    """Asterisks of forms, capitals, colons, brackets, hyphens that show only at the end of a line."""
    read.sheet([["Zertifikatsnummer", heading, "Name"], ["A-1", "Kurs", "Testa"]])

    assert read.rows("title") == [("Kurs",)]
