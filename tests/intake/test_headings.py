"""Headings of tables: what each means, in eight languages and with what people write beside them."""

import csv
from pathlib import Path

import openpyxl
import pytest

from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.intake.tables.columns import Headings, load_template_columns
from qa_toolkit.intake.tables.header import find_header
from qa_toolkit.intake.tables.mapping import ColumnMapping
from qa_toolkit.intake.words import Words
from qa_toolkit.records.store import open_store
from qa_toolkit.resources import shipped_folder

VOCABULARIES = [shipped_folder("checks") / "vocabularies"]
PERSON = "Zdislava Kotrmelcová"


@pytest.fixture(scope="module")
def headings() -> Headings:
    words = Words.load(*VOCABULARIES)
    return Headings.load(load_template_columns(*VOCABULARIES), words, *VOCABULARIES)


def meaning(headings: Headings, heading: str) -> str | None:
    """As a mapping would write it, with a number where the heading has one."""
    target = headings.target(heading)
    if target is None:
        return None
    number = f" {target.number}" if target.number else ""
    return target.column + (f"_{target.language}" if target.language else "") + number


@pytest.mark.parametrize(
    ("column", "named"),
    [
        ("credential_id", "Certificate number|Číslo osvědčení|Zertifikatsnummer|N° de certificat|N.º de certificado"
         "|Numero attestato|Numer certyfikatu|Número do certificado"),
        ("title", "Course title|Název kurzu|Kurstitel|Intitulé de la formation|Denominación del curso|Titolo del corso"
         "|Nazwa kursu|Designação do curso"),
        ("learner_name", "Full name|Jméno a příjmení|Vor- und Nachname|Nom et prénom|Nombre y apellidos|Nome e cognome"
         "|Imię i nazwisko|Nome completo"),
        ("learner_birth_date", "Date of birth|Datum narození|Geburtsdatum|Date de naissance|Fecha de nacimiento"
         "|Data di nascita|Data urodzenia|Data de nascimento"),
        ("issued", "Date of issue|Datum vydání|Ausstellungsdatum|Date de délivrance|Fecha de expedición"
         "|Data di rilascio|Data wydania|Data de emissão"),
        ("learning_outcomes", "Learning outcomes|Výsledky učení|Lernergebnisse|Acquis d'apprentissage"
         "|Resultados de aprendizaje|Risultati di apprendimento|Efekty uczenia się|Resultados de aprendizagem"),
        ("ects", "ECTS credits|Kredity ECTS|ECTS-Punkte|Crédits ECTS|Créditos ECTS|Crediti ECTS|Punkty ECTS"
         "|Créditos ECTS"),
        ("workload_hours", "Number of hours|Počet hodin|Anzahl Stunden|Nombre d'heures|Número de horas|Numero di ore"
         "|Liczba godzin|Número de horas"),
        ("eqf_level", "EQF level|Úroveň EQF|EQR-Niveau|Niveau CEC|Nivel EQF|Livello EQF|Poziom ERK|Nível QEQ"),
        ("assessment_type", "Type of assessment|Způsob hodnocení|Prüfungsform|Mode d'évaluation|Tipo de evaluación"
         "|Modalità di valutazione|Forma zaliczenia|Tipo de avaliação"),
        ("participation", "Form of participation|Forma výuky|Teilnahmeform|Modalité de formation|Modalidad"
         "|Modalità di erogazione|Forma kształcenia|Modalidade de formação"),
        ("quality_assurance", "Quality assurance|Zajišťování kvality|Qualitätssicherung|Assurance qualité"
         "|Garantía de calidad|Assicurazione della qualità|Zapewnianie jakości|Garantia da qualidade"),
        ("awarding_body", "Awarding body|Poskytovatel|Verleihende Einrichtung|Organisme certificateur"
         "|Entidad otorgante|Ente certificatore|Instytucja nadająca|Entidade certificadora"),
        ("country", "Country|Země|Land|Pays|País|Paese|Kraj|País"),
    ],
)  # fmt: skip
def test_a_column_is_known_in_eight_languages(column: str, named: str, headings: Headings) -> None:
    """English, Czech, German, French, Spanish, Italian, Polish, Portuguese."""
    found = {heading: meaning(headings, heading) for heading in named.split("|")}

    assert len(named.split("|")) == 8
    assert found == dict.fromkeys(named.split("|"), column)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        # as a program or a person writes it
        ("CERTIFICATE NUMBER", "credential_id"),
        ("certificate_number", "credential_id"),
        ("  Date   of issue: ", "issued"),
        ("Date\nof issue", "issued"),
        ("Názěv", None),
        ("Na\u0301zev kurzu", "title"),
        ("Nº de certificado", "credential_id"),
        ("N.o de certificado", None),
        # a unit, or a word that explains, in brackets
        ("Workload (h)", "workload_hours"),
        ("Duration in hours (60 min)", "workload_hours"),
        ("Title [as printed]", "title"),
        ("Počet hodin (á 45 minut)", "workload_hours"),
        # a language at the end
        ("Titel (de)", "title_de"),
        ("Title EN", "title_en"),
        ("title_en", "title_en"),
        ("Název - cs", "title_cs"),
        ("Titel (Englisch)", "title_en"),
        ("Titre français", "title_fr"),
        # a number
        ("Lernergebnis 2", "learning_outcomes 2"),
        ("learning_outcome[3]", "learning_outcomes 3"),
        ("Learning outcome 12", "learning_outcomes 12"),
        ("Title 2", None),
        ("Learning outcome 2026", None),
        # two languages in one cell
        ("Titel / Title", "title"),
        ("Ausstellungsdatum\nDate of issue", "issued"),
        ("Země | Country", "country"),
        ("Titel / Date of issue", None),
        ("Titel / XYZ", "title"),
        # signs of a footnote or a duty
        ("Title*", "title"),
        ("Title *)", "title"),
        ("* Date of issue", "issued"),
        ("ECTS¹", None),
        ("Title (1)", "title"),
        ("Title †", "title"),
        # no heading
        ("", None),
        ("   ", None),
        ("#", None),
        ("***", None),
        ("Wabe", None),
    ],
)  # fmt: skip
def test_what_stands_beside_a_heading_is_understood(heading: str, column: str | None, headings: Headings) -> None:
    """Units, languages, numbers, two languages, footnotes; what is not sure is not known."""
    assert meaning(headings, heading) == column


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("lerning outcomes", "learning_outcomes"),
        ("Titel des Nachweise", "title"),
        ("Jmeno a prijmeni", "learner_name"),
        ("Fecha de expedicion", "issued"),
        ("awardng_body", "awarding_body"),
        ("Qualitätsicherung", "quality_assurance"),
        ("Wabe", None),
        ("Telephone", None),
    ],
)
def test_a_misspelt_heading_is_suggested_not_read(heading: str, column: str | None, headings: Headings) -> None:
    """A person decides."""
    assert headings.target(heading) is None
    assert headings.suggestion(heading) == column


@pytest.mark.parametrize(
    "heading",
    "Notes Remarks Poznámka Poznamky Bemerkung Anmerkungen Remarques Observations Observaciones Notas Annotazioni"
    " Osservazioni Uwagi Notatki Observações Comentários".split(),
)
def test_remarks_are_neither_read_nor_taken_for_a_column_they_look_like(heading: str, headings: Headings) -> None:
    """'Poznámka' is not 'známka', 'Notas' is not 'nota'."""
    assert headings.target(heading) is None
    assert headings.suggestion(heading) is None
    assert headings.means_remarks(heading, {})


@pytest.mark.parametrize(
    "heading", ["Nombr", "Cognomi", "Matricole", "Emailadress", "Date of birt", "Studentnummer", "Participantes"]
)
def test_a_column_of_the_learner_is_never_guessed(heading: str, headings: Headings) -> None:
    """What merely looks like it may be anything; a wrong guess would name people."""
    assert not (headings.suggestion(heading) or "").startswith("learner")


def read_as(headings: Headings, *row: str) -> dict[str, str | None]:
    """Heading -> the column it is read as, else why it is not."""
    header = find_header([row], headings, ColumnMapping())
    assert header is not None
    return {c.heading: c.target.column for c in header.columns} | {c.heading: c.reason for c in header.unknown}


@pytest.mark.parametrize(
    ("row", "heading", "meaning"),
    [
        (("Cognome", "Titolo del corso", "Data di rilascio", "Note"), "Note", "remarks"),
        (("Cognome", "Titolo del corso", "Voto", "Note"), "Note", "remarks"),
        (("Matrikelnummer", "Titel", "Ausstellungsdatum", "Note"), "Note", "grade"),
        (("Prénom", "Intitulé du cours", "Date de délivrance", "Note"), "Note", "grade"),
        (("Student number", "Course title", "Date of issue", "Note"), "Note", "remarks"),
        (("Apellidos", "Título del curso", "Fecha de expedición", "Nota"), "Nota", "grade"),
        (("Cognome", "Titolo del corso", "Data di rilascio", "Nota"), "Nota", "remarks"),
        (("credential_id", "title", "issued", "Note"), "Note", "remarks"),
        (("Name", "ECTS", "Note"), "Note", "unknown"),
    ],
)
def test_a_heading_of_two_languages_means_what_its_table_speaks(
    row: tuple[str, ...], heading: str, meaning: str, headings: Headings
) -> None:
    """'Note' is a grade in German and French, remarks in Italian and English; where nothing decides, neither."""
    assert read_as(headings, *row)[heading] == meaning


def test_a_grade_and_a_result_are_two_columns(headings: Headings) -> None:
    """'Voto' is the figure, 'Esito' whether it was enough."""
    found = read_as(headings, "Cognome", "Titolo del corso", "Voto", "Esito")

    assert (found["Voto"], found["Esito"]) == ("grade", "result")


def test_the_header_is_the_row_that_knows_most(headings: Headings) -> None:
    """Below a title, a line of its own fields, and blanks; its number counts as a spreadsheet does."""
    rows = [
        ["Graduates 2026", "", ""],
        ["University", "Date", ""],
        [],
        ["Certificate number", "Course title", "Full name", "Date of issue"],
        ["C1", "Course", "Name", "2026-07-01"],
    ]

    header = find_header(rows, headings, ColumnMapping())

    assert header is not None
    assert header.row == 4
    assert header.targets == {"credential_id", "title", "learner_name", "issued"}


def test_a_cell_as_long_as_a_text_is_no_heading(headings: Headings) -> None:
    """A note above the table may hold any word."""
    note = "Title " * 40

    header = find_header([[note, note], ["Title", "Full name"]], headings, ColumnMapping())

    assert header is not None
    assert header.row == 2


def test_of_two_columns_that_mean_the_same_the_first_is_read_and_both_are_told(headings: Headings) -> None:
    """Which one is meant is not guessed."""
    header = find_header([["Date of issue", "Title", "Issued on", "Full name"]], headings, ColumnMapping())

    assert header is not None
    (other,) = header.unknown
    assert (other.heading, other.reason, other.suggestion) == ("Issued on", "twice", "Date of issue")


# ---------------------------------------------------------------- a heading may be a person's name


def read(folder: Path) -> IntakeOutcome:
    with open_store() as store:
        return read_submissions([folder], store, VOCABULARIES)


HEADERS = {
    "not known": ["certificate number", "title", "issued on", PERSON],
    "there twice": ["certificate number", "title", "issued on", "Title", PERSON],
    "known beside it": [f"title / {PERSON}", "certificate number", "issued on", f"grade ({PERSON})"],
    "no table": [PERSON, "Wabe"],
    "almost known": ["certificate number", "title", "issued on", f"learner {PERSON}"],
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", HEADERS)
def test_a_heading_that_is_a_persons_name_is_never_in_a_problem(name: str, kind: str, tmp_path: Path) -> None:
    """A column is named by its letter, a sheet by its number."""
    rows = [
        HEADERS[name],
        *([f"C{n}", "Bees", "04/05/2026", "1.23E+11", "613"][: len(HEADERS[name])] for n in range(3)),
        HEADERS[name],
    ]
    folder = tmp_path / "s"
    folder.mkdir()
    if kind == "csv":
        with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([*rows, [*rows[1], "one", "more"]])
    else:
        book = openpyxl.Workbook()
        book.worksheets[0].title = PERSON
        for row in rows:
            book.worksheets[0].append(row)
        book.create_sheet(f"{PERSON} 2").sheet_state = "hidden"
        book.worksheets[1].append(["x"])
        book.save(folder / "a.xlsx")

    outcome = read(folder)

    told = [*outcome.problems, *outcome.run_problems]
    assert told
    assert not [p for p in told for part in PERSON.split() if part in f"{p.what} {p.place} {p.why} {p.fix}"]
