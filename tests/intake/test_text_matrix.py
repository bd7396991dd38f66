"""Text tables in every form they come in: what is read is what was written, cell by cell.

The matrix writes the same three awards in every encoding, delimiter, decimal sign, position of the header, quoting,
line end, with and without a sum line. What it compares with is its own data, never what the code made of them.
"""

import csv
import functools
import io
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.intake.read import read_submissions
from qa_toolkit.intake.words import Words
from qa_toolkit.records.store import RecordStore, open_store
from tests.intake.text_tables import VOCABULARIES, Read

FEW_PLACEHOLDERS = "language,element,text\nen,*,tbd\n"
"""The statement that reads a table lists every placeholder; the matrix is not about them, and reads faster so."""


# --- the matrix: its data ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Award:
    """An award of the matrix, as values."""

    credential_id: str
    learner_name: str
    title: str
    issued: date
    ects: float
    hours: float
    outcomes: tuple[str, ...]
    assessment: str
    assessment_code: str


@dataclass(frozen=True)
class Language:
    """How a provider of one country heads and writes its table."""

    headings: tuple[str, ...]
    """Of number, name, title, day, ECTS, hours, outcomes, assessment and country, in this order."""
    above: tuple[str, str]
    """Two lines that stand above a header."""
    as_of: str
    total: str
    """What opens the sum line."""
    day: Callable[[date], str]
    country: str
    country_code: str
    awards: tuple[Award, ...]


def _dotted(day: date) -> str:
    return f"{day.day}. {day.month}. {day.year}"


LANGUAGES: Mapping[str, Language] = {
    "czech": Language(
        headings=(
            "Číslo osvědčení",
            "Jméno a příjmení",
            "Název kurzu",
            "Datum vydání",
            "Počet kreditů ECTS",
            "Počet hodin",
            "Výsledky učení",
            "Způsob ověření",
            "Země",
        ),
        above=("Střední škola řemesel Žďár, příspěvková organizace", "Přehled osvědčení; školní rok 2025/2026"),
        as_of="Stav ke dni 30. září 2026",
        total="Celkem",
        day=_dotted,
        country="Česko",
        country_code="CZ",
        awards=(
            Award("ŽĎ-2026/001", "Žofie Příkladná", "Obsluha vysokozdvižného vozíku", date(2026, 7, 1), 2.5, 62.5,
                  ("ovládá řízení vozíku", "určí těžiště břemene"), "písemná zkouška", "written_examination"),
            Award("ŽĎ-2026/002", "Ondřej Ňouma", "Údržba, čištění; seřízení strojů", date(2026, 2, 13), 1.0, 30.0,
                  ("čte výkres", "seřídí stroj", "vede údržbový deník"), "ústní zkouška", "oral_examination"),
            Award("ŽĎ-2026/003", "Květa Ďáblíková", "Účetnictví pro živnostníky", date(2026, 9, 28), 3.75, 97.25,
                  ("zaúčtuje běžné doklady",), "portfolio", "portfolio"),
        ),
    ),
    "german": Language(
        headings=(
            "Zertifikatsnummer",
            "Name",
            "Titel",
            "Ausstellungsdatum",
            "ECTS-Punkte",
            "Anzahl Stunden",
            "Lernergebnisse",
            "Prüfungsform",
            "Land",
        ),
        above=("Hochschule Mühlgrün, Zentrum für Weiterbildung", "Ausgestellte Nachweise; Übersicht"),
        as_of="Stand: 30. September 2026",
        total="Summe",
        day=lambda day: f"{day:%d.%m.%Y}",
        country="Österreich",
        country_code="AT",
        awards=(
            Award("MÜ-26-1", "Jörg Weißmüller", "Datenschutz für Einsteiger", date(2026, 7, 1), 5.0, 125.0,
                  ("erklärt die Pflichten", "führt ein Verzeichnis"), "Klausur", "written_examination"),
            Award("MÜ-26-2", "Änne Grün", "Führung, Gespräch; Übung", date(2026, 3, 31), 2.5, 62.5,
                  ("führt schwierige Gespräche",), "mündliche Prüfung", "oral_examination"),
            Award("MÜ-26-3", "Özlem Süß", "Prozesse größerer Betriebe", date(2025, 12, 24), 1.25, 31.25,
                  ("zeichnet Abläufe", "löst Engpässe auf", "prüft Maße"), "Projektarbeit", "project_work"),
        ),
    ),
    "polish": Language(
        headings=(
            "Numer zaświadczenia",
            "Imię i nazwisko",
            "Nazwa szkolenia",
            "Data wystawienia",
            "Punkty ECTS",
            "Liczba godzin",
            "Efekty uczenia się",
            "Sposób weryfikacji",
            "Państwo",
        ),
        above=("Uczelnia Łąkowa, Dział Kształcenia", "Wydane zaświadczenia; rok 2025/2026"),
        as_of="Stan na dzień 30 września 2026",
        total="Razem",
        day=lambda day: f"{day:%Y-%m-%d}",
        country="Polska",
        country_code="PL",
        awards=(
            Award("ŁĄ/1/26", "Świętosława Żółć", "Zarządzanie jakością", date(2026, 7, 1), 2.0, 50.0,
                  ("wyjaśnia pojęcia jakości", "układa plan działań"), "egzamin pisemny", "written_examination"),
            Award("ŁĄ/2/26", "Józef Gęś", "Łączność, sieci; usługi", date(2026, 5, 20), 0.5, 12.5,
                  ("łączy urządzenia",), "egzamin ustny", "oral_examination"),
            Award("ŁĄ/3/26", "Ścibor Źdźbło", "Podstawy księgowości", date(2026, 1, 15), 4.5, 112.5,
                  ("księguje dowody", "sporządza bilans"), "projekt", "project_work"),
        ),
    ),
    "french": Language(
        headings=(
            "N° de certificat",
            "Nom et prénom",
            "Intitulé de la formation",
            "Délivré le",
            "Crédits ECTS",
            "Nombre d'heures",
            "Acquis d'apprentissage",
            "Modalité d'évaluation",
            "Pays",
        ),
        above=("Académie Val-Fictif, pôle formation", "Attestations délivrées; année 2025/2026"),
        as_of="Arrêté au 30 septembre 2026",
        total="Total général",
        day=lambda day: f"{day:%d/%m/%Y}",
        country="Belgique",
        country_code="BE",
        awards=(
            Award("VF-É-01", "Françoise Lefèvre", "Gestion des déchets", date(2026, 7, 13), 1.5, 37.5,
                  ("trie les déchets à la source", "évalue les coûts"), "épreuve écrite", "written_examination"),
            Award("VF-É-02", "Aurèle Noël", "Sécurité, hygiène; prévention", date(2026, 6, 2), 3.0, 75.0,
                  ("repère les dangers", "rédige un bref rapport", "maîtrise le feu"), "examen oral",
                  "oral_examination"),
            Award("VF-É-03", "Maÿlis Çoban", "Où mène l'île à l'œil nu", date(2026, 4, 30), 0.25, 6.25,
                  ("reconnaît les étoiles",), "travail de projet", "project_work"),
        ),
    ),
    "spanish": Language(
        headings=(
            "Nº de certificado",
            "Nombre y apellidos",
            "Denominación del curso",
            "Fecha de expedición",
            "Créditos ECTS",
            "Número de horas",
            "Resultados de aprendizaje",
            "Método de evaluación",
            "País",
        ),
        above=("Formación Peñalba, S. L.", "Certificados emitidos; curso 2025/2026"),
        as_of="A 30 de septiembre de 2026",
        total="Total",
        day=lambda day: f"{day.day}/{day.month}/{day.year}",
        country="España",
        country_code="ES",
        awards=(
            Award("PÑ-1", "Íñigo Núñez Peña", "Diseño de páginas", date(2026, 7, 21), 2.0, 50.0,
                  ("diseña una página", "añade imágenes"), "examen escrito", "written_examination"),
            Award("PÑ-2", "Begoña Ibáñez", "Atención, acogida; información", date(2026, 2, 9), 1.5, 37.5,
                  ("atiende a los niños pequeños",), "examen oral", "oral_examination"),
            Award("PÑ-3", "Ángel Güell", "Gestión básica de almacén", date(2026, 11, 30), 6.0, 150.0,
                  ("recuenta el almacén", "señala los daños", "pide más"), "proyecto", "project_work"),
        ),
    ),
    "portuguese": Language(
        headings=(
            "N.º do certificado",
            "Nome completo",
            "Designação da formação",
            "Data de emissão",
            "Créditos ECTS",
            "Carga horária",
            "Resultados de aprendizagem",
            "Método de avaliação",
            "País",
        ),
        above=("Escola Fictícia de São Brás, formação contínua", "Certificados emitidos; ano 2025/2026"),
        as_of="Situação em 30 de setembro de 2026",
        total="Total geral",
        day=lambda day: f"{day:%d-%m-%Y}",
        country="Portugal",
        country_code="PT",
        awards=(
            Award("SB-Ã1", "João Conceição", "Gestão de instalações", date(2026, 7, 15), 2.5, 62.5,
                  ("descreve as instalações", "põe em ação um plano"), "exame escrito", "written_examination"),
            Award("SB-Ã2", "Inês Guimarães", "Pão, bolos; confeção", date(2026, 3, 3), 1.0, 25.0,
                  ("amassa o pão", "não desperdiça", "avalia a cozedura"), "exame oral", "oral_examination"),
            Award("SB-Ã3", "Estêvão Magalhães", "Português às quintas", date(2026, 10, 29), 3.5, 87.5,
                  ("lê e escreve à vontade",), "projeto", "project_work"),
        ),
    ),
    "italian": Language(
        headings=(
            "Numero dell'attestato",
            "Nome e cognome",
            "Titolo del corso",
            "Data di rilascio",
            "Crediti ECTS",
            "Numero di ore",
            "Risultati di apprendimento",
            "Modalità di verifica",
            "Paese",
        ),
        above=("Istituto Finto di Cefalù, unità formazione", "Attestati rilasciati; anno 2025/2026"),
        as_of="Situazione al 30 settembre 2026",
        total="Totale",
        day=lambda day: f"{day.day} {('luglio', 'agosto', 'ottobre')[(7, 8, 10).index(day.month)]} {day.year}",
        country="Italia",
        country_code="IT",
        awards=(
            Award("CÙ-1", "Niccolò Virtù", "Qualità e sicurezza", date(2026, 7, 1), 1.0, 25.0,
                  ("è in grado di valutare la qualità", "può agire con responsabilità"), "esame scritto",
                  "written_examination"),
            Award("CÙ-2", "Mercé Lunedì", "Caffè, tè; pasticceria", date(2026, 8, 20), 2.75, 68.75,
                  ("prepara il caffè",), "esame orale", "oral_examination"),
            Award("CÙ-3", "Noè Perù", "Attività in città", date(2026, 10, 5), 0.75, 18.75,
                  ("guida più visite", "dà informazioni", "né più né meno"), "progetto", "project_work"),
        ),
    ),
    "hungarian": Language(
        headings=(
            "certificate number",
            "name",
            "title",
            "date of issue",
            "ECTS",
            "hours",
            "learning outcomes",
            "assessment type",
            "country",
        ),
        above=("Tündérvölgyi Főiskola, Felnőttképzési Központ", "Kiállított tanúsítványok; 2025/2026"),
        as_of="2026. szeptember 30-i állapot",
        total="Total",
        day=lambda day: f"{day:%Y.%m.%d}",
        country="Hungary",
        country_code="HU",
        awards=(
            Award("TŰ-1", "Őri Tűzkő", "Könyvelés kezdőknek", date(2026, 7, 1), 2.0, 60.0,
                  ("könyveli az ügyleteket", "érti a mérleget"), "written examination", "written_examination"),
            Award("TŰ-2", "Ágota Fűszál", "Gépek, eszközök; működés", date(2026, 8, 19), 0.5, 15.0,
                  ("működteti a gépet",), "oral examination", "oral_examination"),
            Award("TŰ-3", "Győző Szőlős", "Időgazdálkodás és erőforrás", date(2026, 12, 6), 1.5, 45.5,
                  ("időt tervez", "őrzi az eszközöket", "újat tűz ki"), "portfolio", "portfolio"),
        ),
    ),
}  # fmt: skip


CENTRAL = ("czech", "polish", "hungarian", "german")
WESTERN = ("german", "french", "spanish", "portuguese", "italian")


ENCODINGS: Mapping[str, tuple[bytes, str, Sequence[str]]] = {
    "utf-8": (b"", "utf-8", tuple(LANGUAGES)),
    "utf-8-sig": (b"\xef\xbb\xbf", "utf-8", tuple(LANGUAGES)),
    "utf-16-le-bom": (b"\xff\xfe", "utf-16-le", tuple(LANGUAGES)),
    "utf-16-be-bom": (b"\xfe\xff", "utf-16-be", tuple(LANGUAGES)),
    "utf-16-le": (b"", "utf-16-le", tuple(LANGUAGES)),
    "cp1250": (b"", "cp1250", CENTRAL),
    "cp1252": (b"", "cp1252", WESTERN),
    "iso8859-2": (b"", "iso8859-2", CENTRAL),
}
"""Name -> byte order mark, codec, languages written in it."""
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
DECIMALS = {"point": ".", "decimalcomma": ","}
HEADERS = {"top": 1, "below2": 3, "below3": 4}
"""Position -> row of the header: in row 1, below two lines, below a line, a blank one and a date."""
QUOTINGS = ("minimal", "all", "breaks")
LINE_ENDS = {"lf": "\n", "crlf": "\r\n"}
SUMS = ("sum", "nosum")


@dataclass(frozen=True)
class Form:
    """One combination: how a table is written."""

    encoding: str
    delimiter: str
    decimal: str
    header: str
    quoting: str
    line_end: str
    sum: str
    language: str

    def __str__(self) -> str:
        return "-".join(
            (self.encoding, self.delimiter, self.decimal, self.header, self.quoting, self.line_end, self.sum,
             self.language)
        )  # fmt: skip

    @property
    def said(self) -> Language:
        return LANGUAGES[self.language]

    @property
    def title_quote(self) -> str:
        """What a title ends in: marks that have to be doubled within quotation marks."""
        return ' "A"' if self.quoting == "breaks" else ""

    def text(self) -> str:
        """The table as text."""
        said = self.said
        end = LINE_ENDS[self.line_end]
        pad = len(said.headings) if self.line_end == "crlf" else 0
        above = {"top": [], "below2": [[line] for line in said.above], "below3": [[said.above[1]], [], [said.as_of]]}
        between = end if self.quoting == "breaks" else " | "
        rows = [
            *([*row, *[""] * (pad - len(row))] for row in above[self.header]),
            list(said.headings),
            *(
                [
                    award.credential_id,
                    award.learner_name,
                    award.title + self.title_quote,
                    said.day(award.issued),
                    self.number(award.ects),
                    self.number(award.hours),
                    between.join(award.outcomes),
                    award.assessment,
                    said.country,
                ]
                for award in said.awards
            ),
        ]
        if self.sum == "sum":
            ects, hours = sum(award.ects for award in said.awards), sum(award.hours for award in said.awards)
            rows.append([said.total, "", "", "", self.number(ects), self.number(hours), "", "", ""])
        written = io.StringIO(newline="")
        quoting = csv.QUOTE_ALL if self.quoting == "all" else csv.QUOTE_MINIMAL
        csv.writer(written, delimiter=DELIMITERS[self.delimiter], quoting=quoting, lineterminator=end).writerows(rows)
        return written.getvalue()

    def number(self, value: float) -> str:
        return f"{value:g}".replace(".", DECIMALS[self.decimal])

    def content(self) -> bytes:
        """The table as bytes."""
        mark, codec, _ = ENCODINGS[self.encoding]
        return mark + self.text().encode(codec)


def _forms() -> Iterator[Form]:
    """Every encoding x delimiter x decimal x header x quoting; line ends, sum lines and languages take turns."""
    named = (ENCODINGS, DELIMITERS, DECIMALS, HEADERS, QUOTINGS)
    for indices in itertools.product(*(range(len(values)) for values in named)):
        encoding, delimiter, decimal, header, quoting = indices
        languages = list(ENCODINGS.values())[encoding][2]
        yield Form(
            *(list(values)[index] for values, index in zip(named, indices, strict=True)),
            line_end=list(LINE_ENDS)[(encoding + delimiter + decimal + header + quoting) % 2],
            sum=SUMS[(encoding + delimiter // 2 + header + (quoting + 1) // 2) % 2],
            language=languages[(delimiter + 3 * decimal + 2 * header + 5 * quoting) % len(languages)],
        )


FORMS = tuple(_forms())


# --- the matrix: reading it -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReadTable:
    """What became of one table."""

    records: list[dict[str, Any]]
    told: list[tuple[str, str]]
    """What and place of every problem."""


_SELECTED = (
    "record_id, source_place, credential_id, learner_name, title, issued, ects, workload_hours, learning_outcomes,"
    " assessment_types, country"
)


@pytest.fixture(scope="module")
def table_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Form], ReadTable]:
    """What was read of a form; all forms of one encoding are read in one go."""
    words = tmp_path_factory.mktemp("words")
    (words / "placeholders.csv").write_text(FEW_PLACEHOLDERS, encoding="utf-8")

    @functools.cache
    def tables_in(encoding: str) -> dict[Form, ReadTable]:
        folder = tmp_path_factory.mktemp(encoding)
        forms = {f"form-{number}": form for number, form in enumerate(FORMS) if form.encoding == encoding}
        for name, form in forms.items():
            (folder / name).mkdir()
            (folder / name / "table.txt").write_bytes(form.content())
        tables = {form: ReadTable([], []) for form in forms.values()}
        with open_store() as store:
            store.connection.execute("SET threads = 1")  # tables of three rows: threads only wait
            outcome = read_submissions([folder], store, [words, VOCABULARIES])
            found = store.connection.execute(
                f"SELECT submission_id, {_SELECTED} FROM credentials"
                " ORDER BY submission_id, CAST(regexp_extract(record_id, '[0-9]+$') AS INTEGER)"
            )
            names = [column[0] for column in found.description]
            for row in found.fetchall():
                record = dict(zip(names, row, strict=True))
                tables[forms[record.pop("submission_id")]].records.append(record)
        for problem in (*outcome.problems, *outcome.run_problems):
            tables[forms[problem.submission_id or ""]].told.append((problem.what, problem.place))
        return tables

    return lambda form: tables_in(form.encoding)[form]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_cell_is_what_was_written(form: Form, table_of: Callable[[Form], ReadTable]) -> None:
    """Whatever the encoding, delimiter, decimal sign, place of the header, quoting and line end."""
    read = [
        {name: value for name, value in record.items() if name not in ("record_id", "source_place")}
        for record in table_of(form).records
    ]

    assert read == [
        {
            "credential_id": award.credential_id,
            "learner_name": award.learner_name,
            "title": award.title + form.title_quote,
            "issued": award.issued,
            "ects": award.ects,
            "workload_hours": award.hours,
            "learning_outcomes": list(award.outcomes),
            "assessment_types": [award.assessment_code],
            "country": [form.said.country_code],
        }
        for award in form.said.awards
    ]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_row_has_the_number_it_has_in_a_spreadsheet(form: Form, table_of: Callable[[Form], ReadTable]) -> None:
    """Lines above the header count, line breaks within quotation marks do not."""
    places = [(record["record_id"], record["source_place"]) for record in table_of(form).records]

    first = HEADERS[form.header] + 1
    assert places == [(f"f1-r{row}", f"row {row}") for row in (first, first + 1, first + 2)]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_sum_line_is_told_and_nothing_else(form: Form, table_of: Callable[[Form], ReadTable]) -> None:
    """A well-formed table in any form gives no cause for a word."""
    told = table_of(form).told

    row = HEADERS[form.header] + 4
    assert told == ([("A sum line was passed over", f"file 1, row {row}")] if form.sum == "sum" else [])


def test_every_choice_of_the_matrix_meets_every_other() -> None:
    """Line ends, sum lines and languages take turns, and none keeps to itself."""
    dimensions = ("encoding", "delimiter", "decimal", "header", "quoting", "line_end", "sum")
    for one, other in itertools.combinations(dimensions, 2):
        pairs = {(getattr(form, one), getattr(form, other)) for form in FORMS}

        assert len(pairs) == len({pair[0] for pair in pairs}) * len({pair[1] for pair in pairs}), (one, other)

    written = {(form.encoding, form.language) for form in FORMS}
    assert written == {(name, language) for name, (_, _, languages) in ENCODINGS.items() for language in languages}


@pytest.fixture
def read(opened: tuple[RecordStore, Path]) -> Read:
    return Read(*opened)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load(VOCABULARIES)
