"""Open Badges of version 2 and older: with what stands behind their addresses, as far as it was handed in."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.auditing import audit
from qa_toolkit.intake.proofs import Proofs
from qa_toolkit.intake.read import read_submissions
from qa_toolkit.records.store import RecordStore, open_store
from tests.conftest import AS_OF, SHARED_SAMPLES
from tests.intake.read_back import VOCABULARIES, ReadBack

CONTEXT = "https://w3id.org/openbadges/v2"
CLASS_AT, ISSUER_AT, BADGE_AT = "https://bees.example/class", "https://bees.example/issuer", "https://bees.example/a/1"
ISSUER = {
    "@context": CONTEXT, "type": "Issuer", "id": ISSUER_AT, "name": "Bees", "url": "https://bees.example",
    "extensions:InstitutionNameExtension": {"InstitutionName": "Imkerschule Beispiel"},
    "extensions:InstitutionCountryExtension": {"InstitutionCountry": "NL"},
    "extensions:InstitutionIdentifierExtension": {"InstitutionIdentifier": "99XX"},
}  # fmt: skip
BADGE = {
    "@context": CONTEXT, "type": "BadgeClass", "id": CLASS_AT, "name": "Bijen houden", "description": "For beginners.",
    "criteria": {"id": "https://bees.example/criteria", "narrative": "Sit through it."}, "issuer": ISSUER_AT,
    "extensions:ECTSExtension": {"ECTS": 2.5},
    "extensions:StudyLoadExtension": {"StudyLoad": 70},
    "extensions:EQFExtension": {"EQF": 5},
    "extensions:LearningOutcomeExtension": {"LearningOutcome": "keeps a hive"},
    "extensions:LanguageExtension": {"Language": "nl_NL"},
    "qualityAssuranceName": "Instellingsaccreditatie", "qualityAssuranceUrl": "https://nvao.example/1",
    "participation": "blended", "assessmentType": "written_exam",
}  # fmt: skip
ASSERTION = {
    "@context": CONTEXT, "type": "Assertion", "id": BADGE_AT, "badge": CLASS_AT, "issuedOn": "2026-07-01T12:00:00Z",
    "recipient": {"type": "email", "hashed": True, "salt": "x", "identity": "sha256$" + "ab" * 32},
    "verification": {"type": "hosted"},
}  # fmt: skip
WHOLE = ASSERTION | {"badge": BADGE | {"issuer": ISSUER}}


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def read(store: RecordStore, folder: Path, *documents: Any) -> ReadBack:
    folder.mkdir(exist_ok=True)
    for number, document in enumerate(documents, 1):
        (folder / f"{number}.json").write_text(json.dumps(document), encoding="utf-8")
    return ReadBack(store, folder).again()


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("source_format", "open_badge_2"),
        ("evidence_form", "document"),
        ("credential_id", BADGE_AT),
        ("offer_id", CLASS_AT),
        ("title", "Bijen houden"),
        ("title_language", "nl"),
        ("learner_key", "sha256$" + "ab" * 32),
        ("country", ["NL"]),
        ("awarding_body", ["Imkerschule Beispiel"]),
        ("awarding_body_identifiers", ["institution:99XX", f"id:{ISSUER_AT}"]),
        ("issued", date(2026, 7, 1)),
        ("issued_source", "issuedOn"),
        ("learning_outcomes", ["keeps a hive"]),
        ("ects", 2.5),
        ("eqf_level", 5.0),
        ("quality_assurance_references", ["https://nvao.example/1"]),
        ("participation_modes", ["blended"]),
        ("assessment_type_raw", "written_exam"),
        ("prerequisites_cause", "not_carried"),
    ],
)
def test_every_element_is_read_from_assertion_class_and_issuer(
    column: str, expected: Any, store: RecordStore, tmp_path: Path
) -> None:
    """With the extensions of edubadges; the institution counts before the issuing account."""
    assert read(store, tmp_path / "in", WHOLE).rows(column) == [(expected,)]


@pytest.mark.parametrize(
    ("column", "place"),
    [
        ("title", "/badge/name"),
        ("issued", "/issuedOn"),
        ("ects", "/badge/extensions:ECTSExtension"),
        ("eqf_level", "/badge/extensions:EQFExtension"),
        ("learning_outcomes", "/badge/extensions:LearningOutcomeExtension"),
        ("country", "/badge/issuer/extensions:InstitutionCountryExtension"),
        ("learner_key", "/recipient"),
    ],
)
def test_each_value_names_where_it_stood(column: str, place: str, store: RecordStore, tmp_path: Path) -> None:
    """In the file as handed in."""
    read(store, tmp_path / "in", WHOLE)

    row = store.connection.execute("SELECT origin FROM origins WHERE column_name = ?", [column]).fetchone()
    assert row == (place,)


def test_what_stands_behind_addresses_is_read_where_it_was_handed_in(store: RecordStore, tmp_path: Path) -> None:
    """As files of their own: the same record as from one that holds all, and no award is made of them."""
    embedded = read(store, tmp_path / "a", WHOLE).rows("title, ects, country, awarding_body, offer_id")
    with open_store() as other:
        back = read(other, tmp_path / "b", ASSERTION, BADGE, ISSUER)

        assert back.rows("title, ects, country, awarding_body, offer_id") == embedded
        assert back.told == [("What stands behind badges was read", f"file {n}") for n in (2, 3)]


def test_a_bundle_by_address_is_read_like_single_files(store: RecordStore, tmp_path: Path) -> None:
    """What an agency fetched once: address -> document."""
    back = read(store, tmp_path / "in", {BADGE_AT: ASSERTION, CLASS_AT: BADGE, ISSUER_AT: ISSUER})

    assert back.rows("record_id, title, country") == [("f1-i1", "Bijen houden", ["NL"])]


@pytest.mark.parametrize(
    ("documents", "stated", "not_checked"),
    [
        ((ASSERTION,), {"learner", "issued"}, {"title", "country", "awarding_body", "workload", "learning_outcomes"}),
        ((ASSERTION, BADGE), {"learner", "issued", "title", "workload"}, {"country", "awarding_body"}),
    ],
)
def test_what_only_an_address_stands_for_could_not_be_checked(
    documents: tuple[Any, ...], stated: set[str], not_checked: set[str], store: RecordStore, tmp_path: Path
) -> None:
    """Nothing is fetched, and nothing is called missing that may well be there."""
    back = read(store, tmp_path / "in", *documents)

    for element in stated:
        assert back.rows(f"{element}_strength") == [("structured",)], element
    for element in not_checked:
        assert back.rows(f"{element}_strength, {element}_cause") == [(None, "not_carried")], element


def test_an_audit_of_hosted_assertions_fails_none_for_what_it_did_not_see(tmp_path: Path) -> None:
    """Neither title nor awarding body."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps(ASSERTION), encoding="utf-8")

    result = audit([tmp_path / "in"], as_of=AS_OF).result

    failed = {check.check_id for check in result.submissions[0].checks if check.failed}
    assert failed & {"EL-02", "EL-03", "EL-04", "EL-06", "EL-07"} == set()


@pytest.mark.parametrize(
    ("document", "column", "expected"),
    [
        (WHOLE | {"issuedOn": 1782907200}, "issued", date(2026, 7, 1)),
        (WHOLE | {"recipient": "sha256$" + "cd" * 32}, "learner_key", "sha256$" + "cd" * 32),
        (WHOLE | {"recipient": {"type": "email", "identity": "testa@example.org"}}, "learner_email",
         "testa@example.org"),
        ({**WHOLE, "issuedOn": None, "issued_on": "2011-06-01"}, "issued", date(2011, 6, 1)),
        (WHOLE | {"badge": BADGE | {"issuer": ISSUER, "alignment": [{"targetName": "EQF 6", "targetType": "ext:EQF",
         "targetCode": "6"}], "extensions:EQFExtension": {}}}, "eqf_level", 6.0),
        (WHOLE | {"badge": BADGE | {"issuer": ISSUER, "extensions:CompetencyExtension": [{"name": "finds queens",
         "framework_identifier": "http://data.europa.eu/esco/skill/S1"}]}}, "skills",
         ["http://data.europa.eu/esco/skill/S1"]),
    ],
)  # fmt: skip
def test_older_and_other_forms_are_read(
    document: Any, column: str, expected: Any, store: RecordStore, tmp_path: Path
) -> None:
    """Of version 0.5 and 1, and of the German platform."""
    assert read(store, tmp_path / "in", document).rows(column) == [(expected,)]


@pytest.mark.parametrize(
    ("documents", "verdict"),
    [
        ((WHOLE,), "not_checked"),
        ((WHOLE | {"revoked": True},), "does_not_hold"),
        ((WHOLE, {"@context": CONTEXT, "type": "RevocationList", "revokedAssertions": [BADGE_AT]}), "does_not_hold"),
        ((WHOLE, {"@context": CONTEXT, "type": "RevocationList", "revokedAssertions": [{"id": BADGE_AT}]}),
         "does_not_hold"),
        ((WHOLE, {"@context": CONTEXT, "type": "RevocationList", "revokedAssertions": ["x"]}), "not_checked"),
    ],
)  # fmt: skip
def test_a_badge_that_was_revoked_is_said_to_be(
    documents: tuple[Any, ...], verdict: str, store: RecordStore, tmp_path: Path
) -> None:
    """By itself, or by a list that was handed in beside it."""
    for number, document in enumerate(documents):
        (tmp_path / f"{number}.json").write_text(json.dumps(document), encoding="utf-8")

    read_submissions([tmp_path], store, [VOCABULARIES], proofs=Proofs())

    assert store.connection.execute("SELECT proof, status_verdict FROM credentials").fetchall() == [
        ("hosted", verdict)]  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [{"badge": None, "recipient": None}, ASSERTION | {"badge": 7}, ASSERTION | {"badge": [CLASS_AT]},
     WHOLE | {"recipient": [1]}, WHOLE | {"badge": {"issuer": 5, "alignment": "x", "criteria": [1]}},
     WHOLE | {"badge": BADGE | {"extensions:ECTSExtension": "many", "extensions:CompetencyExtension": "x"}}],
)  # fmt: skip
def test_odd_shapes_break_nothing(document: Any, store: RecordStore, tmp_path: Path) -> None:
    """Read as far as it goes, or left out by name; the badge beside it is read."""
    folder = tmp_path / "in"
    back = read(store, folder, document, WHOLE | {"id": "https://bees.example/a/2"})

    assert ("https://bees.example/a/2",) in back.rows("credential_id")


@pytest.mark.skipif(not SHARED_SAMPLES.is_dir(), reason="the folder of public samples is not beside the repository")
@pytest.mark.parametrize(
    ("name", "records", "issued"),
    [("basic-assertion-expired.json", 1, date(2016, 12, 31)), ("0_5_1_assertion.json", 1, date(2011, 6, 1)),
     ("1_1_basic_assertion.json", 1, None), ("badge-class-with-language.json", 0, None), ("key3.json", 0, None),
     ("simple-badge.png", 1, None), ("simple-revoked.jwt", 1, None)],
)  # fmt: skip
def test_published_badges_are_read_or_passed_over(
    name: str, records: int, issued: date | None, store: RecordStore
) -> None:
    """Assertions are records; classes, keys and lists are none, and none of them is refused."""
    path = next(iter(sorted(SHARED_SAMPLES.glob(f"**/{name}"))))
    back = ReadBack(store, path).again()

    rows = back.rows("source_format, issued")
    assert [row[0] for row in rows] == ["open_badge_2"] * records
    assert issued is None or rows[0][1] == issued
    assert not [problem for problem in back.problems if problem.what == "A file was not read"]
