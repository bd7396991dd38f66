"""Workbooks as people keep them: sheets beside sheets, merged cells, numbers that were texts, and what is told of it.

One workbook with many quirks is read as XLSX, XLSM, XLS and ODS (the last two made by LibreOffice, where it is
installed); small ones show one quirk each. Expected values come from the cells that were written.
"""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.audit import audit
from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder
from qa_toolkit.result import Status
from tests.conftest import AS_OF
from tests.submissions import COLUMNS, credential

sys.path.insert(0, str(Path(__file__).parents[2] / "sample_submissions"))
from open_document import write_spreadsheet  # the samples are scripts, not a package

Rows = Sequence[Sequence[Any]]


class Read:
    """Workbooks read as one submission."""

    def __init__(self, store: RecordStore, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.outcome: IntakeOutcome

    def __call__(self) -> "Read":
        self.outcome = read_submissions([self.folder], self.store, [shipped_folder("checks") / "vocabularies"])
        return self

    def sheet(self, rows: Rows, title: str = "Nachweise") -> "Read":
        """Write the rows into the only sheet of a workbook, and read it."""
        book = openpyxl.Workbook()
        fill(book.active, rows, title=title)
        return self.book(book)

    def book(self, book: openpyxl.Workbook) -> "Read":
        book.save(self.folder / "awards.xlsx")
        return self()

    def rows(self, columns: str, table: str = "credentials") -> list[tuple[Any, ...]]:
        return self.store.connection.execute(
            f"SELECT {columns} FROM {table} ORDER BY source_file, source_sheet,"
            " CAST(regexp_extract(record_id, '[0-9]+$') AS INTEGER)"
        ).fetchall()

    @property
    def problems(self) -> list[Problem]:
        return [*self.outcome.problems, *self.outcome.run_problems]

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(problem.what, problem.place) for problem in self.problems]


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Read]:
    folder = tmp_path / "handed-in"
    folder.mkdir()
    with open_store() as store:
        yield Read(store, folder)


def fill(sheet: Any, rows: Rows, title: str | None = None, top: int = 1, left: int = 1) -> Worksheet:
    """Write rows into a sheet, the first cell at ``top`` and ``left``."""
    assert isinstance(sheet, Worksheet)
    if title:
        sheet.title = title
    for number, row in enumerate(rows, top):
        for column, value in enumerate(row, left):
            sheet.cell(number, column, value)
    return sheet


def in_zip(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change a part of a zip file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


# --- one workbook in four formats -------------------------------------------------------------------------------------

FORMATS = ("xlsx", "xlsm", "xls", "ods")
QUIRKS = "record_id, source_place, credential_id, learner_name, issued, ects, isced_f, country"


def quirky_workbook() -> openpyxl.Workbook:
    """Two sheets of awards (one named by a learner), a catalogue, a sheet of remarks, one hidden, one very hidden."""
    book = openpyxl.Workbook()
    awards = fill(
        book.active,
        [
            ["Hochschule Beispielstadt: ausgestellte Nachweise"],
            [],
            ["Stand", date(2026, 9, 30)],
            ["Nachweis-Nr.", "Vorname", "Nachname", "Titel", "Ausstellungsdatum", "ECTS", "ISCED-F", "Land"],
            [123456789012, "Änne", "Grün", "Datenschutz für Einsteiger", date(2026, 7, 1), 2.5, 612, "Österreich"],
            [123456789013, "Jörg", "Weiß", None, 46205, 2.5, 612, "Österreich"],
            [123456789014, "Özlem", "Süß", None, datetime(2026, 7, 3, 13, 45), 2.5, "0612", "Österreich"],
            [],
            [123456789015, "Zoë", "Müller", "Führung", date(2026, 7, 4), 5, 1041, "Österreich"],
            ["Summe", None, None, None, None, 12.5],
        ],
        title="Ausgestellte Nachweise",
    )
    awards.merge_cells("A1:H1")
    awards.merge_cells("D5:D7")
    fill(
        book.create_sheet("Jana Nováková"),
        [
            ["Zertifikatsnummer", "Name", "Titel", "Ausstellungsdatum", "ECTS"],
            ["B-1", "Jana Nováková", "Základy statistiky", date(2026, 8, 1), 1.5],
        ],
        top=3,
        left=3,
    )
    fill(
        book.create_sheet("Kursangebot"),
        [
            ["Modulnummer", "Titel", "ECTS", "Lernergebnisse"],
            ["K1", "Datenschutz für Einsteiger", 2.5, "erklärt die Pflichten\nführt ein Verzeichnis"],
            ["K2", "Führung", 5, "führt Gespräche"],
        ],
    )
    fill(book.create_sheet("Notizen"), [["Bitte bis Freitag prüfen."]])
    for state, title in (("hidden", "alt"), ("veryHidden", "Makrodaten")):
        hidden = fill(book.create_sheet(title), [["Nachweis-Nr.", "Name", "Titel"], ["X-1", "Alte Zeile", "Titel"]])
        hidden.sheet_state = state
    return book


@pytest.fixture(scope="module")
def quirky(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The workbook in a folder of its own, by format."""
    made: dict[str, Path] = {}

    def folder_of(kind: str) -> Path:
        if kind in made:
            return made[kind]
        folder = made[kind] = tmp_path_factory.mktemp(kind)
        quirky_workbook().save(folder / "awards.xlsx")
        if kind == "xlsm":
            in_zip(
                folder / "awards.xlsx",
                "[Content_Types].xml",
                lambda text: text.replace(
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                ),
            )
            (folder / "awards.xlsx").rename(folder / "awards.xlsm")
        elif kind != "xlsx":
            convert(folder / "awards.xlsx", kind, tmp_path_factory.getbasetemp() / "soffice")
        return folder

    return folder_of


def convert(path: Path, kind: str, profile: Path) -> None:
    """Put the workbook as LibreOffice saves it in place of the one given."""
    soffice = shutil.which("soffice")
    if soffice is None:
        path.unlink()
        pytest.skip("LibreOffice is not installed")
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=120)
    path.unlink()


@pytest.fixture(scope="module")
def quirky_read(quirky: Callable[[str], Path]) -> Iterator[Callable[[str], Read]]:
    """The workbook, read once in each format."""
    done: dict[str, Read] = {}
    stores: list[Any] = []

    def read_as(kind: str) -> Read:
        folder = quirky(kind)
        if not any(folder.iterdir()):
            pytest.skip("LibreOffice is not installed")
        if kind not in done:
            stores.append(open_store())
            done[kind] = Read(stores[-1].__enter__(), folder)()
        return done[kind]

    yield read_as
    for store in stores:
        store.__exit__(None, None, None)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_award_of_every_sheet_is_read_from_its_place(kind: str, quirky_read: Callable[[str], Read]) -> None:
    """Header in row 4 under a merged title, a table that starts at C3, a blank row between others, a sum line."""
    nachweise, austria = "sheet Ausgestellte Nachweise, row", ["AT"]

    read = quirky_read(kind).rows(QUIRKS)

    assert read == [
        ("f1-s1-r5", f"{nachweise} 5", "123456789012", "Änne Grün", date(2026, 7, 1), 2.5, ["0612"], austria),
        ("f1-s1-r6", f"{nachweise} 6", "123456789013", "Jörg Weiß", date(2026, 7, 2), 2.5, ["0612"], austria),
        ("f1-s1-r7", f"{nachweise} 7", "123456789014", "Özlem Süß", date(2026, 7, 3), 2.5, ["0612"], austria),
        ("f1-s1-r9", f"{nachweise} 9", "123456789015", "Zoë Müller", date(2026, 7, 4), 5.0, ["1041"],
         austria),
        ("f1-s2-r4", "sheet 2, row 4", "B-1", "Jana Nováková", date(2026, 8, 1), 1.5, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    [
        *FORMATS[:3],
        pytest.param(
            "ods", marks=pytest.mark.xfail(strict=True, reason="calamine does not tell what is merged in an ODS")
        ),
    ],
)
def test_a_title_merged_over_three_rows_is_the_title_of_each(kind: str, quirky_read: Callable[[str], Read]) -> None:
    """As it looks on the screen."""
    titles = [title for (title,) in quirky_read(kind).rows("title")]

    assert titles == [*["Datenschutz für Einsteiger"] * 3, "Führung", "Základy statistiky"]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_sheet_of_courses_becomes_offers(kind: str, quirky_read: Callable[[str], Read]) -> None:
    """It names no learner, no certificate and no day."""
    offers = quirky_read(kind).rows("record_id, source_place, offer_id, title, ects, learning_outcomes", "offers")

    assert offers == [
        ("f1-s3-r2", "sheet Kursangebot, row 2", "K1", "Datenschutz für Einsteiger", 2.5,
         ["erklärt die Pflichten", "führt ein Verzeichnis"]),
        ("f1-s3-r3", "sheet Kursangebot, row 3", "K2", "Führung", 5.0, ["führt Gespräche"]),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", FORMATS)
def test_what_was_done_to_a_workbook_is_told(kind: str, quirky_read: Callable[[str], Read]) -> None:
    """Hidden and very hidden sheets, a sum line, a day kept as a number, lost zeros; sheets with a name by number."""
    told = quirky_read(kind).told

    awards = "file 1, sheet Ausgestellte Nachweise"
    assert sorted(told) == [
        ("A hidden sheet was not read", "file 1, sheet 5"),
        ("A hidden sheet was not read", "file 1, sheet 6"),
        ("A sum line was passed over", f"{awards}, row 10"),
        ("Dates were numbers of a spreadsheet", f"{awards}, column E (issued)"),
        ("Leading zeros were put back", f"{awards}, column G (isced_f)"),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_name_of_a_learner_on_a_sheet_is_never_said(kind: str, quirky_read: Callable[[str], Read]) -> None:
    """Neither in places nor in what is told."""
    read = quirky_read(kind)

    said = [place for (place,) in read.rows("source_place")] + [str(problem) for problem in read.problems]
    assert not [text for text in said if "Jana" in text or "Nováková" in text]


def test_an_open_document_of_another_program_is_read(read: Read) -> None:
    """With rows repeated to the very end of the sheet, as when a whole column is formatted."""
    write_spreadsheet(
        read.folder / "attestations.ods",
        {
            "Attestations": [
                ["Académie Val-Fictif", "", "", ""],
                ["N° de certificat", "Nom et prénom", "Intitulé", "Délivré le"],
                ["VF-1", "Françoise Lefèvre", "Gestion\ndes déchets", date(2026, 7, 1)],
            ]
        },
    )

    read()

    assert read.rows("credential_id, learner_name, title, issued, source_place") == [
        ("VF-1", "Françoise Lefèvre", "Gestion\ndes déchets", date(2026, 7, 1), "sheet Attestations, row 3")
    ]
    assert read.told == []


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

    (submission,) = audit([folder], tmp_path / "out", as_of=AS_OF).result.submissions

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
    in_zip(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("<f>2+3</f><v />", "<f>2+3</f><v>5</v>"))

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
