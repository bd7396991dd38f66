"""What a text says in the light of the vocabularies, and where it is silent."""

import pytest

from qa_toolkit.intake.words import Words
from qa_toolkit.resources import shipped_folder

WORDS = Words.load(shipped_folder("checks") / "vocabularies")


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("-", "title"), ("n/a", "title"), ("TBD", "workload"), ("viz web", "learning_outcomes"),
        ("see website", "learning_outcomes"), ("neuvedeno", "quality_assurance"), ("pendiente", "learning_outcomes"),
        ("à définir", "assessment_type"), ("folgt", "country"), ("  Test ", "title"), ("none", "assessment_type"),
    ],
)  # fmt: skip
def test_a_placeholder_is_the_whole_cell(text: str, element: str) -> None:
    """In five languages, whatever its case."""
    assert WORDS.is_placeholder(text, element)


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("Software Test Basics", "title"), ("C-", "grade"), ("none", "prerequisites"), ("keine", "prerequisites"),
        ("n/a", "level"), ("test", "assessment_type"), ("SQL", "title"), ("R", "title"), ("-5 °C storage", "title"),
    ],
)  # fmt: skip
def test_an_answer_is_no_placeholder(text: str, element: str) -> None:
    """'None' is an answer among prerequisites, 'n/a' for a level, 'test' for an assessment; parts never count."""
    assert not WORDS.is_placeholder(text, element)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DE", "DE"), ("DEU", "DE"), ("Deutschland", "DE"), ("Německo", "DE"), ("EL", "GR"), ("UK", "GB"),
        ("1A0", "XK"), ("UK-SCT", "GB"), ("BE-fl", "BE"), ("CZ010", "CZ"), ("IRL_CTH_DUB", "IE"), ("EUR", "EU"),
        ("Atlantis", None),
    ],
)  # fmt: skip
def test_countries_by_code_name_or_sub_system(text: str, code: str | None) -> None:
    """ISO, the Union's own codes, names in several languages, regions."""
    assert WORDS.country_code(text) == code


@pytest.mark.parametrize(
    ("codes", "texts", "reading"),
    [
        (["level_of_attendance"], ["level of attendance"], "attendance_only"),
        ([], ["účast"], "attendance_phrase"),
        ([], ["asistencia"], "attendance_phrase"),
        ([], ["attendance at all sessions"], "attendance_word"),
        ([], ["účast a závěrečný test"], "other"),
        ([], ["active participation and a graded seminar paper"], "other"),
        (["written_examination"], ["Klausur"], "other"),
        (["level_of_attendance", "quiz"], [], "other"),
        ([], ["osallistuminen"], "other"),  # no list of this language: silent, not wrong
        ([], [], None),
    ],
)
def test_attendance_is_read_with_care(codes: list[str], texts: list[str], reading: str | None) -> None:
    """Only the code or an exact phrase standing alone says attendance only."""
    assert WORDS.read_assessment(codes, texts) == reading


@pytest.mark.parametrize(
    ("look_up", "text", "code"),
    [
        ("assessment_code", "6e6cb2cc78", "written_examination"),
        ("assessment_code", "Mündliche Prüfung", "oral_examination"),
        ("participation_code", "Präsenz", "onsite"),
        ("participation_code", "e92d221e4d", "blended"),
        ("quality_assurance_code", "c_1f1a469a", "institutional"),
        ("language_code", "de-AT", "de"),
        ("language_code", "čeština", "cs"),
        ("cycle", "second cycle", "second"),
        ("participation_code", "by pigeon", None),
    ],
)
def test_codes_by_concept_or_label(look_up: str, text: str, code: str | None) -> None:
    """Concept ids of the learning model, labels in several languages; unknown is none."""
    assert getattr(WORDS, look_up)(text) == code


def test_an_own_list_wins_over_the_shipped_one(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """File by file: an agency replaces one list and keeps the others."""
    (tmp_path / "cycles.csv").write_text("code,labels,source,date\nfirst,Grundstufe,own,2026\n", encoding="utf-8")

    words = Words.load(tmp_path, shipped_folder("checks") / "vocabularies")

    assert words.cycle("Grundstufe") == "first"
    assert words.country_code("DE") == "DE"
