"""One workbook with many quirks reads the same as XLSX, XLSM, XLS and ODS.

The last two are made by LibreOffice, where it is installed. Expected values come from the cells that were written.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qa_toolkit.records.store import RecordStore, open_store
from tests.intake.workbook_tables import Read, fill, in_zip

sys.path.insert(0, str(Path(__file__).parents[2] / "sample_submissions"))
from open_document import write_spreadsheet  # the samples are scripts, not a package


@pytest.fixture
def read(opened: tuple[RecordStore, Path]) -> Read:
    return Read(*opened)


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


@pytest.mark.parametrize("kind", FORMATS)
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
