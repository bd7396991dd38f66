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

from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.intake.tables.encoding import as_utf8, encoding_of
from qa_toolkit.intake.values import (
    DAY_FIRST,
    EITHER,
    MONTH_FIRST,
    Day,
    date_order,
    parse_table_day,
)
from qa_toolkit.intake.words import Words
from qa_toolkit.problems import Problem
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder

VOCABULARIES = shipped_folder("checks") / "vocabularies"
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


# --- one table at a time ----------------------------------------------------------------------------------------------


class Read:
    """Contents of files, read as one submission."""

    def __init__(self, store: RecordStore, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.outcome: IntakeOutcome

    def __call__(self, *contents: bytes) -> "Read":
        for number, content in enumerate(contents, 1):
            (self.folder / f"{number}.csv").write_bytes(content)
        self.outcome = read_submissions([self.folder], self.store, [VOCABULARIES])
        return self

    def rows(self, columns: str) -> list[tuple[Any, ...]]:
        return self.store.connection.execute(
            f"SELECT {columns} FROM credentials ORDER BY source_file,"
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


# --- the encoding alone -----------------------------------------------------------------------------------------------

SHORT_TEXTS = {
    "Czech": ("cp1250", "Jméno;Předmět\nŽaneta Příkladná;Účetnictví\nOndřej Škoda;Řízení vozíku\n"),
    "Slovak": ("cp1250", "Meno;Predmet\nĽubica Vzorová;Účtovníctvo\nŤažký Ján;Vodičský kurz, ôsmy\n"),
    "Polish": ("cp1250", "Imię;Przedmiot\nŚwiętosława Żółć;Księgowość\nJózef Gęś;Źródła prawa\n"),
    "Hungarian": ("cp1250", "Név;Tárgy\nŐri Tűzkő;Könyvelés\nÁgota Fűszál;Időgazdálkodás\n"),
    "Slovenian": ("cp1250", "Ime;Predmet\nŽiga Vzorčni;Računovodstvo\nŠpela Češnja;Učenje\n"),
    "Croatian": ("cp1250", "Ime;Predmet\nĐurđa Primjerić;Računovodstvo\nŽeljko Šćit;Vođenje\n"),
    "Romanian": ("cp1250", "Nume;Curs\nŞtefan Exemplu;Învăţare\nIoana Mânecuţă;Contabilitate şi gestiune, bază\n"),
    "German": ("cp1252", "Name;Fach\nJörg Weißmüller;Buchführung\nÄnne Grün;Gespräche für Führungskräfte\n"),
    "French": ("cp1252", "Nom;Matière\nFrançoise Lefèvre;Comptabilité\nMaÿlis Noël;Où mène l'œil nu, l'île\n"),
    "Spanish": ("cp1252", "Nombre;Título\nÍñigo Núñez;Diseño\nBegoña Güell;¿Qué pequeño?\n"),
    "Portuguese": ("cp1252", "Nome;Título\nJoão Conceição;Gestão\nInês Guimarães;Confeção de pão\n"),
    "Italian": ("cp1252", "Nome;Titolo\nNiccolò Virtù;Qualità\nMercé Lunedì;Attività in città\n"),
    "Dutch": ("cp1252", "Naam;Titel\nZoë Voorbeeld;Ideeën\nJoëlle Österman;Coördinatie, geïnd\n"),
    "Danish": ("cp1252", "Navn;Titel\nSøren Prøve;Bæredygtighed\nÅse Kjær;Regnskab på dansk\n"),
    "Swedish": ("cp1252", "Namn;Titel\nÅsa Exempelström;Bokföring\nGöran Ljung;Hållbarhet och miljö\n"),
    "Estonian": ("cp1252", "Nimi;Pealkiri\nÕnne Näidis;Raamatupidamine\nJüri Mänd;Õppimine, žürii, šokk\n"),
    "Finnish": ("cp1252", "Nimi;Otsikko\nPäivi Esimerkki;Kirjanpito\nYrjö Mäki;Työelämän perusteet\n"),
}
"""Language -> the code page Windows writes it in, and three lines of a table."""


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load(VOCABULARIES)


def decoded(content: bytes, folder: Path, words: Words) -> str:
    """The text of a file by the codec that was found."""
    path = folder / "table.csv"
    path.write_bytes(content)
    codec = encoding_of(path, words.letters)
    assert codec is not None
    return content.decode(codec)


@pytest.mark.parametrize("language", SHORT_TEXTS)
def test_three_lines_tell_the_code_page(language: str, words: Words, tmp_path: Path) -> None:
    """Windows-1250 and Windows-1252 give other letters for the same bytes; those of one language fit."""
    codec, text = SHORT_TEXTS[language]

    assert decoded(text.encode(codec), tmp_path, words) == text


@pytest.mark.parametrize("language", ["Czech", "Slovak", "Polish", "Hungarian", "Slovenian", "Croatian", "Romanian"])
def test_the_iso_page_of_central_europe_is_told_from_that_of_windows(
    language: str, words: Words, tmp_path: Path
) -> None:
    """They differ in a few letters: Š, Ť and Ž, and the Polish Ą, Ś and Ź."""
    _, text = SHORT_TEXTS[language]

    assert decoded(text.encode("iso8859-2"), tmp_path, words) == text


@pytest.mark.parametrize("language", SHORT_TEXTS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_told_by_its_bytes(codec: str, language: str, words: Words, tmp_path: Path) -> None:
    """With a byte order mark or without."""
    _, text = SHORT_TEXTS[language]

    assert decoded(text.encode(codec), tmp_path, words).removeprefix("\ufeff") == text


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1250", "Zoë"),
        ("cp1250", "Łukasz"),
        ("cp1250", "Müller"),
        ("cp1250", "Žaneta"),
        ("cp1250", "Tomáš"),
        ("cp1250", "Ťopka"),
        ("cp1250", "Dvořák"),
        ("cp1252", "Zoë"),
        ("cp1252", "Müller"),
        ("cp1252", "Søren"),
        ("cp1252", "João"),
        ("cp1252", "Núñez"),
        ("cp1252", "Virtù"),
    ],
)
def test_one_name_beyond_ascii_is_enough(codec: str, name: str, words: Words, tmp_path: Path) -> None:
    """A table in English with a single guest."""
    text = f"certificate number;name;date of issue\nA-1;John Example;2026-07-01\nA-2;{name} Example;2026-07-01\n"

    assert decoded(text.encode(codec), tmp_path, words) == text


@pytest.mark.parametrize("codec", ["cp1250", "cp1252"])
@pytest.mark.parametrize("text", ["Gebühr: 20 €", "„Übung“ – Übersicht…", "Größe ‚M‘ • Maß"])
def test_typographic_marks_stay_what_they_are(text: str, codec: str, words: Words, tmp_path: Path) -> None:
    """Quotation marks, dashes, bullets and the euro sign lie at the same bytes in both."""
    assert decoded(text.encode(codec), tmp_path, words) == text


def test_letters_far_down_in_a_large_file_are_enough(words: Words, tmp_path: Path) -> None:
    """The first name beyond ASCII may stand after many megabytes."""
    text = "certificate number;name\n" + "A-1;John Example of a rather long name\n" * 240_000 + "A-2;Łukasz Wzór\n"

    assert decoded(text.encode("cp1250"), tmp_path, words) == text


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 4, b"\xff\xfe\x00\xd8\x00\xd8", b"\x81\x8d\x8f\x90\x9d\x83\x88\x00\x01\x02" * 9]
)
def test_what_is_no_text_has_no_encoding(content: bytes, words: Words, tmp_path: Path) -> None:
    """Control bytes among the others, or pairs that UTF-16 does not allow."""
    (tmp_path / "table.csv").write_bytes(content)

    assert encoding_of(tmp_path / "table.csv", words.letters) is None


@pytest.mark.parametrize(
    ("form", "codec", "name"),
    [
        ("utf-8", "utf-8", "UTF-8"),
        ("utf-8-sig", "utf-8-sig", "UTF-8 with byte order mark"),
        ("utf-16", "utf-16", "UTF-16"),
        ("utf-16-le", "utf-16-le", "UTF-16"),
        ("cp1250", "cp1250", "Windows-1250"),
        ("cp1252", "cp1252", "Windows-1252"),
        ("iso8859-2", "iso8859_2", "ISO 8859-2"),
    ],
)
def test_a_copy_in_utf8_is_made_and_the_encoding_named(form: str, codec: str, name: str, tmp_path: Path) -> None:
    """By the name people know."""
    path = tmp_path / "table.csv"
    path.write_bytes("Müller;Weißgerät\n".encode(form))

    copy = as_utf8(path, codec, tmp_path / "copy.csv")

    assert (copy.path.read_bytes(), copy.encoding) == ("Müller;Weißgerät\n".encode(), name)


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


# --- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["13/04/2026", "05/04/2026"], DAY_FIRST),
        (["04/13/2026", "04/05/2026"], MONTH_FIRST),
        (["04/05/2026", "12/12/2026"], EITHER),
        (["04-05-2026"], EITHER),
        (["31-01-26"], DAY_FIRST),
        (["1/31/26"], MONTH_FIRST),
        (["13/04/2026", "04/13/2026"], DAY_FIRST),
        (["04/13/2026", "soon", "2026-07-01"], MONTH_FIRST),
        (["04/05/2026 10:30"], EITHER),
        (["4. 5. 2026", "2026-05-04", "2026/05/04", "46204", "May 2026"], None),
        ([], None),
    ],
)
def test_a_column_shows_whether_the_day_comes_first(texts: list[str], order: str | None) -> None:
    """A single 13 tells for all; dots, ISO dates and names of months say nothing about strokes."""
    assert date_order(texts) == order


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1.7.2026", date(2026, 7, 1)),
        ("1. 7. 2026", date(2026, 7, 1)),
        ("01.07.26", date(2026, 7, 1)),
        ("1. 7. 69", date(1969, 7, 1)),
        ("1. 7. 68", date(2068, 7, 1)),
        ("01/07/2026", date(2026, 7, 1)),
        ("1/7/26", date(2026, 7, 1)),
        ("01-07-2026", date(2026, 7, 1)),
        ("07/13/2026", date(2026, 7, 13)),
        ("2026/07/01", date(2026, 7, 1)),
        ("2026.07.01", date(2026, 7, 1)),
        ("2026. 07. 01.", date(2026, 7, 1)),
        ("2026-07-01 13:45:00", date(2026, 7, 1)),
        ("01.07.2026 13:45", date(2026, 7, 1)),
        ("1.7.2026.", date(2026, 7, 1)),
        ("31.2.2026", None),
        ("29/02/2025", None),
        ("29.2.2024", date(2024, 2, 29)),
        ("32/13/2026", None),
        ("0.0.2026", None),
        ("00/00/0000", None),
        ("0000-00-00", None),
        ("7/2026", None),
        ("2026", None),
        ("1. 7.", None),
        ("soon", None),
    ],
)
def test_a_cell_is_the_day_it_means(text: str, day: date | None, words: Words) -> None:
    """Day first where nothing else is known; a day that no calendar has is none."""
    assert parse_table_day(text, words.months) == Day(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04/05/2026", date(2026, 4, 5)),
        ("4-5-26", date(2026, 4, 5)),
        ("13/05/2026", date(2026, 5, 13)),
        ("4. 5. 2026", date(2026, 5, 4)),
        ("2026-05-04", date(2026, 5, 4)),
    ],
)
def test_month_first_holds_for_strokes_alone(text: str, day: date, words: Words) -> None:
    """And not where it would give no date."""
    assert parse_table_day(text, words.months, month_first=True) == Day(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 July 2026", date(2026, 7, 1)),
        ("July 1, 2026", date(2026, 7, 1)),
        ("1st July 2026", date(2026, 7, 1)),
        ("Sept. 30th, 2026", date(2026, 9, 30)),
        ("1. července 2026", date(2026, 7, 1)),
        ("30. ZÁŘÍ 2026", date(2026, 9, 30)),
        ("1. Juli 2026", date(2026, 7, 1)),
        ("24. Jänner 2026", date(2026, 1, 24)),
        ("1er juillet 2026", date(2026, 7, 1)),
        ("15 août 2026", date(2026, 8, 15)),
        ("1 de julio de 2026", date(2026, 7, 1)),
        ("1º de julho de 2026", date(2026, 7, 1)),
        ("1 luglio 2026", date(2026, 7, 1)),
        ("1° luglio 2026", date(2026, 7, 1)),
        ("1 lipca 2026", date(2026, 7, 1)),
        ("1 lipca 2026 r.", date(2026, 7, 1)),
        ("15-Jul-2026", date(2026, 7, 15)),
        ("15 July, 2026", date(2026, 7, 15)),
        ("1. Brumaire 2026", None),
        ("31 de junio de 2026", None),
    ],
)
def test_months_have_names_in_eight_languages(text: str, day: date | None, words: Words) -> None:
    """As they are written in letters and on certificates."""
    assert parse_table_day(text, words.months) == Day(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("46204", date(2026, 7, 1)),
        ("46204.0", date(2026, 7, 1)),
        ("46204.75", date(2026, 7, 1)),
        ("32874", date(1990, 1, 1)),
        ("80001", None),
        ("19999", None),
        ("462040", None),
    ],
)
def test_the_number_of_a_spreadsheet_is_a_day_and_said_to_be(text: str, day: date | None, words: Words) -> None:
    """Day 46204 is the first of July 2026; numbers beyond a lifetime are none."""
    assert parse_table_day(text, words.months) == Day(day, serial=day is not None)


def _issued(*days: str) -> bytes:
    rows = [f"A-{number};Title of a course;{day}" for number, day in enumerate(days, 1)]
    return ("certificate number;title;date of issue\n" + "\n".join(rows) + "\n").encode()


def test_one_thirteenth_month_turns_the_whole_column(read: Read) -> None:
    """An export from the United States is read as such, and there is nothing to tell."""
    read(_issued("07/01/2026", "07/31/2026"))

    assert read.rows("issued") == [(date(2026, 7, 1),), (date(2026, 7, 31),)]
    assert read.told == []


def test_a_column_that_can_be_read_in_two_ways_is_told(read: Read) -> None:
    """Only the cells with strokes are counted."""
    read(_issued("07/01/2026", "08/02/2026", "2026-07-31"))

    assert read.rows("issued") == [(date(2026, 1, 7),), (date(2026, 2, 8),), (date(2026, 7, 31),)]
    assert read.told == [("Dates could be read in two ways", "file 1, column C (issued)")]
    assert "None of 2 dates" in read.problems[0].why


def test_an_impossible_day_keeps_its_text(read: Read) -> None:
    """And is unreadable, not missing."""
    read(_issued("31.2.2026"))

    assert read.rows("issued, issued_raw, issued_cause") == [(None, "31.2.2026", "unreadable")]


# --- hours ------------------------------------------------------------------------------------------------------------

HOURS = {
    "130": {"workload_hours": 130.0},
    "1 250": {"workload_hours": 1250.0},
    "40 (z toho 24 praxe)": {"workload_hours": 40.0},
    "40 hodin (z toho 24 praxe)": {"workload_hours": 40.0},
    "20–30 h": {"workload_hours": 20.0},
    "20-30": {"workload_hours": 20.0},
    "20 až 30 hodin": {"workload_hours": 20.0},
    "20 bis 30 Std.": {"workload_hours": 20.0},
    "ca. 40 Stunden": {"workload_hours": 40.0},
    "12,5 heures": {"workload_hours": 12.5},
    "1,5 ECTS": {"ects": 1.5},
    "PT60H": {"workload_hours": 60.0, "durations": ["PT60H"]},
    "PT1H30M": {"workload_hours": 1.5, "durations": ["PT1H30M"]},
    "P60M": {"durations": ["P60M"]},
    "2 dny": {"workload_other_units": ["2 dny"]},
    "3 Wochen": {"workload_other_units": ["3 Wochen"]},
    "fünf": {"workload_unreadable": ["fünf"]},
    "-8": {"workload_hours": -8.0},
    "0": {"workload_hours": 0.0},
}
"""Text -> what it says; everything else is not stated."""
_WORKLOAD = ("workload_hours", "ects", "durations", "workload_other_units", "workload_unreadable")


@pytest.fixture(scope="module")
def hours_read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Text -> what was read of it, all from one table."""
    folder = tmp_path_factory.mktemp("hours")
    rows = [f'A-{number},Title of a course,"{text}"' for number, text in enumerate(HOURS, 1)]
    (folder / "table.csv").write_text("certificate number,title,workload\n" + "\n".join(rows) + "\n", encoding="utf-8")
    with open_store() as store:
        read_submissions([folder], store, [VOCABULARIES])
        found = store.connection.execute(f"SELECT workload_raw, {', '.join(_WORKLOAD)} FROM credentials").fetchall()
    return {text: dict(zip(_WORKLOAD, values, strict=True)) for text, *values in found}


@pytest.mark.parametrize("text", HOURS)
def test_hours_are_read_as_people_write_them(text: str, hours_read: dict[str, dict[str, Any]]) -> None:
    """Of a range the lower bound; days are no hours; what is no number is kept as it stands."""
    stated = {name: value for name, value in hours_read[text].items() if value is not None}

    assert stated == HOURS[text]


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


@pytest.mark.parametrize(
    ("heading", "value", "codec", "encoding"),
    [
        ("Číslo certifikátu", "Kuchař", "cp1250", "Windows-1250"),
        ("Datum vydání", "Bečka", "cp1250", "Windows-1250"),
        ("Příjmení", "x", "cp1250", "Windows-1250"),
        ("Modalità", "perché", "cp1252", "Windows-1252"),
        ("Prénom", "Élève", "cp1252", "Windows-1252"),
        ("Prüfungsform", "Müller", "cp1252", "Windows-1252"),
        ("Número de horas", "María", "cp1252", "Windows-1252"),
    ],
)
def test_few_letters_are_told_by_the_words_they_stand_in(
    heading: str, value: str, codec: str, encoding: str, tmp_path: Path
) -> None:
    """'č' and 'è' are one byte; 'Číslo' and 'Modalità' are words that tables hold."""
    path = tmp_path / "table.csv"
    path.write_bytes(f"{heading};title;issued\n{value};Bees;2026-07-01\n".encode(codec))

    found = encoding_of(path, Words.load(VOCABULARIES).letters)
    assert found is not None
    text = as_utf8(path, found, tmp_path / "copy.csv")

    assert text.path.read_text(encoding="utf-8").startswith(f"{heading};title;issued\n{value};")
    assert text.encoding == encoding or f"{heading}{value}".encode("cp1250") == f"{heading}{value}".encode("cp1252")


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


@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_letter_that_a_block_cuts_in_two_is_still_one(end: bytes, tmp_path: Path) -> None:
    """A line in UTF-8 of more than a megabyte, among lines of a code page; it counts as one line."""
    block = 1 << 20
    file = tmp_path / "a.csv"
    long = "x" * (block - 1) + "ü" + "y" * block + "ü"
    file.write_bytes("Zoë Müller\n".encode("cp1252") + long.encode() + end)

    text = as_utf8(file, "cp1252", tmp_path / "copy.csv")

    assert text.path.read_bytes() == b"Zo\xc3\xab M\xc3\xbcller\n" + long.encode() + end
    assert text.otherwise == 1
