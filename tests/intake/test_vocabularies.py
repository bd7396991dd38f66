"""The word lists of ``checks/vocabularies``: each says one thing, and every language of the lists is served."""

import csv
import unicodedata

import pytest

from qa_toolkit.intake.tables.columns import load_template_columns
from qa_toolkit.intake.words import folded
from qa_toolkit.records.tables import ELEMENTS
from qa_toolkit.resources import shipped_folder

FOLDER = shipped_folder("checks") / "vocabularies"
LANGUAGES = ("en", "cs", "de", "fr", "es", "it", "pl", "pt")
FURTHER_TARGETS = ("learner_given_name", "learner_family_name", "offer_id", "micro_credential")
TARGETS = tuple(dict.fromkeys((*(column.name for column in load_template_columns(FOLDER)), *FURTHER_TARGETS)))
REMARKS = "nothing"
CODE_LISTS = {
    "assessment_type": "assessment_types.csv",
    "participation": "participation_modes.csv",
    "quality_assurance": "quality_assurance_types.csv",
    "supervision": "supervision.csv",
    "level": "cycles.csv",
}
"""Element -> the list of the codes its cells may hold."""
LISTS_BY_LANGUAGE = (
    "header_aliases.csv",
    "months.csv",
    "yes_no_words.csv",
    "sum_words.csv",
    "route_words.csv",
    "provider_sheet_words.csv",
    "attendance_words.csv",
    "placeholders.csv",
    "level_not_applicable.csv",
    "grading_words.csv",
    "result_words.csv",
)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Matr.-Nr.", "learner_number"), ("Jméno a příjmení", "learner_name"), ("Nombre", "learner_name"),
        ("Prénom", "learner_given_name"), ("Cognome", "learner_family_name"), ("E-Mail", "learner_email"),
        ("Název", "title"), ("Titel des Nachweises", "title"), ("vydáno dne", "issued"), ("ausgestellt am", "issued"),
        ("Učo", "learner_number"), ("DQR-Niveau", "nqf_level"), ("EQR", "eqf_level"), ("úroveň NSK/EQF", "eqf_level"),
        ("Způsob ověření", "assessment_type"), ("MODALIDAD", "participation"), ("forma studia", "participation"),
        ("efekty uczenia się", "learning_outcomes"), ("Note", "grade"), ("známka", "grade"), ("nota", "grade"),
        ("accreditamento", "quality_assurance"), ("kod kursu", "offer_id"), ("Microcredencial", "micro_credential"),
    ],
)  # fmt: skip
def test_a_heading_of_a_provider_finds_its_column(heading: str, column: str) -> None:
    """Whatever its case and punctuation, in the language of the provider."""
    assert _columns_by_alias()[_bare(heading)] - {REMARKS} == {column}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("ECTS-Punkte", "ects"), ("ECTS kredity", "ects"), ("Créditos ECTS", "ects"), ("punkty ECTS", "ects"),
        ("Leistungspunkte", "credits"), ("kredity", "credits"), ("crédits", "credits"), ("CFU", "credits"),
        ("Stunden", "workload_hours"), ("Arbeitsaufwand (Std.)", "workload_hours"), ("hodiny", "workload_hours"),
        ("ore", "workload_hours"), ("liczba godzin", "workload_hours"),
        ("Gesamtaufwand", "workload"), ("rozsah", "workload"), ("durée", "workload"), ("duración", "workload"),
    ],
)  # fmt: skip
def test_a_unit_in_a_heading_decides_the_column(heading: str, column: str) -> None:
    """ECTS credits, credits of no named framework, hours, or an amount that says its unit itself."""
    assert _columns_by_alias()[_bare(heading)] == {column}


@pytest.mark.parametrize("heading", ["Typ", "Datum", "Date", "Fecha", "Status", "Estado", "Titel (en)", "ID", "Datei"])
def test_a_heading_that_can_mean_several_things_finds_none(heading: str) -> None:
    """A person maps it: a wrong column would make honest data look faulty."""
    assert _bare(heading) not in _columns_by_alias()


def test_every_alias_points_to_one_column() -> None:
    """Across all languages, as headings are compared; what are remarks in another language is not counted."""
    assert {alias: c for alias, c in _columns_by_alias().items() if len(c - {REMARKS}) > 1} == {}


def test_what_is_remarks_in_one_language_and_a_column_in_another_is_never_both_in_one() -> None:
    """The language of the table decides; the list is short, and each of them was thought about."""
    columns = _columns_by_alias()

    both = {alias for alias in columns if REMARKS in columns[alias] and len(columns[alias]) > 1}
    in_language: dict[tuple[str, str], set[str]] = {}
    for row in _rows("header_aliases.csv"):
        in_language.setdefault((row["language"], _bare(row["alias"])), set()).add(row["column"])

    assert both == {"note", "nota"}
    assert [key for key, found in in_language.items() if len(found) > 1] == []


def test_an_alias_stands_once_in_a_language() -> None:
    """Differences of case and punctuation are none."""
    written = [(row["language"], _bare(row["alias"])) for row in _rows("header_aliases.csv")]

    assert [pair for pair in set(written) if written.count(pair) > 1] == []


def test_aliases_point_to_columns_there_are() -> None:
    """Those of the template, the targets that only a provider's own table has, and remarks."""
    assert {row["column"] for row in _rows("header_aliases.csv")} == {*TARGETS, REMARKS}


def test_the_name_of_a_column_is_no_alias_of_another() -> None:
    """A heading is first held against the names of the columns themselves."""
    aliases = _columns_by_alias()

    assert {name: aliases[_bare(name)] for name in TARGETS if aliases.get(_bare(name), {name}) != {name}} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_its_headings_in_every_language(language: str) -> None:
    """At least three: one wording is never the only one."""
    columns = [row["column"] for row in _rows("header_aliases.csv") if row["language"] == language]

    assert [column for column in (*TARGETS, REMARKS) if columns.count(column) < 3] == []


@pytest.mark.parametrize("name", CODE_LISTS.values())
def test_a_label_stands_under_one_code(name: str) -> None:
    """Otherwise the order of the rows would decide what a cell says."""
    codes: dict[str, set[str]] = {}
    for row in _rows(name):
        for label in (*row["labels"].split("|"), row["code"], row["code"].replace("_", " ")):
            codes.setdefault(folded(label), set()).add(row["code"])

    assert {label: found for label, found in codes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_complete(language: str) -> None:
    """One to twelve."""
    months = {row["month"] for row in _rows("months.csv") if row["language"] == language}

    assert months == {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}


def test_a_name_means_the_same_month_in_every_language() -> None:
    """A date says no language: 'lis' is November in Czech and in Polish."""
    assert _of_two_kinds("months.csv", "name", "month") == {}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("result_words.csv", "result"),
        ("yes_no_words.csv", "answer"),
        ("route_words.csv", "route"),
        ("provider_sheet_words.csv", "kind"),
    ],
)
def test_a_word_is_of_one_kind_in_every_language(name: str, kind: str) -> None:
    """Yes is never no, a course no validation, a sheet of offers none of awards."""
    assert _of_two_kinds(name, "text", kind) == {}


def test_a_word_of_attendance_is_none_of_assessment() -> None:
    """It would hide itself: a text with an assessment word never counts as attendance."""
    texts = {kind: {folded(r["text"]) for r in _rows("attendance_words.csv") if r["kind"] == kind}
             for kind in ("phrase", "attendance", "assessment")}  # fmt: skip

    assert texts["assessment"] & (texts["attendance"] | texts["phrase"]) == set()


def test_words_of_attendance_and_assessment_are_single_words() -> None:
    """They are looked for word by word; only phrases are whole texts."""
    words = [row["text"] for row in _rows("attendance_words.csv") if row["kind"] != "phrase"]

    assert [word for word in words if not word.isalpha()] == []


@pytest.mark.parametrize("element", CODE_LISTS)
def test_no_placeholder_is_an_answer_of_its_element(element: str) -> None:
    """'test' is no title, and an assessment."""
    labels = {folded(label) for row in _rows(CODE_LISTS[element]) for label in row["labels"].split("|")}

    assert _placeholders(element) & labels == set()


def test_no_placeholder_says_that_no_level_applies() -> None:
    """That no level applies is an answer; that none is stated is not."""
    assert _placeholders("level") & {folded(row["text"]) for row in _rows("level_not_applicable.csv")} == set()


@pytest.mark.parametrize(
    "text", ["none", "žádné", "keine", "aucun", "ninguno", "nessuno", "brak", "nenhum", "-", "n/a", "n.d."]
)
def test_none_is_an_answer_among_prerequisites(text: str) -> None:
    """Nothing is needed to enter: an answer in every language."""
    assert text not in _placeholders("prerequisites")


def test_placeholders_belong_to_elements_there_are() -> None:
    """Or to all of them."""
    assert {row["element"] for row in _rows("placeholders.csv")} <= {"*", *ELEMENTS}


@pytest.mark.parametrize("name", LISTS_BY_LANGUAGE)
def test_a_list_serves_every_language(name: str) -> None:
    """A language that a list forgets is silent there; a list may know more."""
    assert {row["language"] for row in _rows(name)} >= set(LANGUAGES)


@pytest.mark.parametrize("name", LISTS_BY_LANGUAGE)
def test_no_line_of_a_list_stands_twice(name: str) -> None:
    """As texts are compared."""
    lines = [tuple(folded(value) for value in row.values()) for row in _rows(name)]

    assert [line for line in set(lines) if lines.count(line) > 1] == []


@pytest.mark.parametrize("name", [*LISTS_BY_LANGUAGE, *CODE_LISTS.values()])
def test_a_list_is_clean_text(name: str) -> None:
    """UTF-8 in composed form, LF line ends, no blank cell, no blank around one, as many cells as columns."""
    text = (FOLDER / name).read_bytes().decode("utf-8")
    rows = list(csv.reader(text.splitlines()))

    assert "\r" not in text
    assert text.endswith("\n")
    assert unicodedata.is_normalized("NFC", text)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [row for row in rows if any(cell != cell.strip() for cell in row)] == []
    assert name in CODE_LISTS.values() or all(cell for row in rows for cell in row)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bare(heading: str) -> str:
    """How headings are compared: composed, case-folded, all but letters and digits one space."""
    composed = unicodedata.normalize("NFC", heading).casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in composed).split())


def _columns_by_alias() -> dict[str, set[str]]:
    columns: dict[str, set[str]] = {}
    for row in _rows("header_aliases.csv"):
        columns.setdefault(_bare(row["alias"]), set()).add(row["column"])
    return columns


def _of_two_kinds(name: str, word: str, kind: str) -> dict[str, set[str]]:
    """The words of a list that stand under more than one kind, with these."""
    kinds: dict[str, set[str]] = {}
    for row in _rows(name):
        kinds.setdefault(folded(row[word]), set()).add(row[kind])
    return {text: found for text, found in kinds.items() if len(found) > 1}


def _placeholders(element: str) -> set[str]:
    return {folded(row["text"]) for row in _rows("placeholders.csv") if row["element"] in ("*", element)}
