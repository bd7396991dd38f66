"""Oddities of text tables: what is not seen, blank lines, sum lines, headers that are repeated."""

from datetime import date
from pathlib import Path

import pytest

from qa_toolkit.intake.read import read_submissions
from qa_toolkit.records.store import RecordStore, open_store
from tests.intake.text_tables import VOCABULARIES, Read


@pytest.fixture
def read(opened: tuple[RecordStore, Path]) -> Read:
    return Read(*opened)


# --- what is not seen -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "character",
    ["\u200b", "\u200e", "\u202a", "\u2060", "\ufeff", "\x00", "\x0b", "\x1f", "\x7f"],
    ids=lambda character: f"{ord(character):04X}",
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_invisible_characters_are_taken_out_and_told(codec: str, character: str, read: Read) -> None:
    """In a heading, where it would hide the column, and in cells; how many they were is said."""
    text = f"certificate{character} number,title,name\nA{character}-1,Title of a course,Testa{character} Beispiel\n"

    read(text.encode(codec))

    assert read.rows("credential_id, learner_name") == [("A-1", "Testa Beispiel")]
    assert read.told == [("Characters that are not seen were taken out", "file 1")]
    assert read.problems[0].why.startswith("3 ")


def test_a_hard_space_around_a_value_is_not_part_of_it(read: Read) -> None:
    """It comes with what is pasted from web pages."""
    text = (
        "certificate number,title,name,date of issue\n\u00a0A-1\u00a0,\u00a0Title of a course,Testa\u00a0,2026-07-01\n"
    )

    read(text.encode())

    assert read.rows("credential_id, title, learner_name, issued") == [
        ("A-1", "Title of a course", "Testa", date(2026, 7, 1))
    ]


def test_a_cell_of_white_space_is_blank(read: Read) -> None:
    """A hard space, a tab or a line break states nothing."""
    text = 'certificate number,title,name,date of issue\nA-1,\u00a0,"\n","\t"\n'

    read(text.encode())

    assert read.rows("title, title_cause, learner_name, learner_cause, issued_cause") == [
        (None, "empty", None, "empty", "empty")
    ]


def test_a_line_break_at_the_end_of_a_cell_is_not_part_of_it(read: Read) -> None:
    """Cells are typed with one more Alt+Enter than needed."""
    text = 'certificate number,title,name\n"A-1\n","Title of a course\n","Testa Beispiel\r\n"\n'

    read(text.encode())

    assert read.rows("credential_id, title, learner_name") == [("A-1", "Title of a course", "Testa Beispiel")]


# --- oddities of text files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_blank_lines_between_rows_count_as_rows(end: str, read: Read) -> None:
    """A spreadsheet shows them too."""
    lines = ["certificate number;title;name", "", "A-1;Title of a course;Testa", "", "", "A-2;Title of a course;Testo"]

    read(end.join(lines).encode())

    assert read.rows("credential_id, source_place") == [("A-1", "row 3"), ("A-2", "row 6")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("last", [True, False], ids=["ended", "not ended"])
def test_the_last_row_counts_with_and_without_a_line_end(last: bool, end: str, read: Read) -> None:
    """Also with the line ends of old Macintosh computers."""
    lines = ["certificate number;title;name", "A-1;Title of a course;Testa", "A-2;Title of a course;Testo"]

    read((end.join(lines) + end * last).encode())

    assert read.rows("credential_id, source_place") == [("A-1", "row 2"), ("A-2", "row 3")]


def test_a_line_that_names_the_delimiter_is_passed_over(read: Read) -> None:
    """Excel writes 'sep=;' into the first line so that it opens its own files."""
    read(b"sep=;\ncertificate number;title;name\nA-1;Title, of a course;Testa\n")

    assert read.rows("credential_id, title, source_place") == [("A-1", "Title, of a course", "row 3")]


def test_a_sum_line_after_a_blank_one_is_passed_over(read: Read) -> None:
    """As it stands below most tables."""
    read("Číslo osvědčení;Název;Počet hodin\nA-1;Kurz svařování;40\n\nCelkem: 1;;40\n".encode("cp1250"))

    assert read.rows("credential_id, source_place") == [("A-1", "row 2")]
    assert read.told == [("A sum line was passed over", "file 1, row 4")]


def test_a_header_that_is_repeated_is_passed_over(read: Read) -> None:
    """Printed lists repeat it on every page."""
    head = b"certificate number;title;name\n"

    read(head + b"A-1;Title of a course;Testa\n" + head + b"A-2;Title of a course;Testo\n")

    assert read.rows("credential_id, source_place") == [("A-1", "row 2"), ("A-2", "row 4")]
    assert read.told == [("Repeated headers were passed over", "file 1")]


def test_a_bilingual_heading_is_read_by_either_language(read: Read) -> None:
    """A stroke, a bar or a line break stands between them."""
    read('Číslo osvědčení / Certificate number;"Název\nTitle";Jméno a příjmení | Name\nA-1;Kurz;Testa\n'.encode())

    assert read.rows("credential_id, title, learner_name") == [("A-1", "Kurz", "Testa")]


def test_a_quotation_mark_in_the_middle_of_a_cell_is_a_letter(read: Read) -> None:
    """Inches, and quotes of programs that never quote."""
    read(b'certificate number;title;name\nA-1;Screens of 24" and more;Testa\nA-2;The "A" course;Testo\n')

    assert read.rows("title") == [('Screens of 24" and more',), ('The "A" course',)]


def test_two_files_of_other_encodings_are_one_submission(read: Read) -> None:
    """Each is read for itself."""
    text = "Číslo osvědčení;Název;Jméno a příjmení\n{};Řízení;Květa\n"

    read(text.format("A-1").encode("cp1250"), text.format("A-2").encode("utf-16"))

    assert read.rows("record_id, credential_id, title, learner_name") == [
        ("f1-r2", "A-1", "Řízení", "Květa"),
        ("f2-r2", "A-2", "Řízení", "Květa"),
    ]


def test_lines_of_utf8_among_those_of_a_code_page_are_read_and_told(tmp_path: Path) -> None:
    """Two exports pasted into one file: each line is read as what it is."""
    folder = tmp_path / "s"
    folder.mkdir()
    head = "Zertifikatsnummer;Name;Titel;Ausstellungsdatum\n"
    lines = [
        head.encode("cp1252"),
        "Z1;Jörg Weiß;Führung;2026-07-01\n".encode("cp1252"),
        "Z2;Özlem Süß;Führung;2026-07-01\n".encode(),
        "Z3;Zoë Müller;Führung;2026-07-01\n".encode("cp1252"),
    ]
    (folder / "a.csv").write_bytes(b"".join(lines))
    with open_store() as store:
        outcome = read_submissions([folder], store, [VOCABULARIES])
        names = store.connection.execute("SELECT learner_name FROM credentials ORDER BY credential_id").fetchall()

    (problem,) = outcome.problems
    assert names == [("Jörg Weiß",), ("Özlem Süß",), ("Zoë Müller",)]
    assert (problem.kind.value, problem.what, problem.place) == ("note", "Lines are in two encodings", "file 1")
    assert problem.why.startswith("Lines in UTF-8: 1; the others are in Windows-1252")
