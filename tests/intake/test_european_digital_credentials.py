"""European Digital Credentials in all the shapes that one element takes, and files that are hostile or broken."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.intake.european_digital_credentials import EuropeanDigitalCredentials
from qa_toolkit.intake.reader import FileOutcome, HandedInFile
from qa_toolkit.intake.words import Words
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder

WORDS = Words.load(shipped_folder("checks") / "vocabularies")


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def credential(specification: Any = None, claim: Any = None, subject: Any = None, **top: Any) -> dict[str, Any]:
    """A small invented credential; each argument adds to one of its objects."""
    return {
        "@context": ["http://data.europa.eu/snb/model/context/edc-ap"],
        "id": "urn:credential:0001",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "fullName": {"en": "Testa Beispielfrau"},
            "hasClaim": {
                "type": "LearningAchievement",
                "title": {"en": "Baking bread"},
                "specifiedBy": {"type": "Qualification", **(specification or {})},
                **(claim or {}),
            },
            **(subject or {}),
        },
        **top,
    }


def read(store: RecordStore, tmp_path: Path, *texts: str) -> tuple[FileOutcome, ...]:
    files = []
    for number, text in enumerate(texts, 1):
        path = tmp_path / f"{number}.json"
        path.write_text(text, encoding="utf-8")
        files.append(HandedInFile("s", number, path, "0" * 64, len(text)))
    return EuropeanDigitalCredentials(WORDS).read(files, store)


def value(store: RecordStore, tmp_path: Path, column: str, document: Any) -> Any:
    read(store, tmp_path, json.dumps(document))
    row = store.connection.execute(f"SELECT {column} FROM credentials").fetchone()
    return row[0] if row else None


SUPERVISED = {"id": "http://data.europa.eu/snb/supervision-verification/44314532f9"}
ONLINE = {"id": "http://data.europa.eu/snb/learning-assessment/920fbb3cbe"}
PROGRAMME = {"id": "http://data.europa.eu/snb/accreditation/820101cba6"}
ECTS = {"id": "http://data.europa.eu/snb/education-credit/6fcec5c5af", "prefLabel": {"en": "ECTS"}}


@pytest.mark.parametrize(
    ("document", "column", "expected"),
    [
        (credential(), "title", "Baking bread"),
        (credential(claim={"title": {"en": ["Baking bread"]}}), "title", "Baking bread"),
        (credential(claim={"title": [{"@value": "Pain", "@language": "fr"}]}), "title_language", "fr"),
        (credential(claim={"title": None}, specification={"title": {"et": "Leib"}}), "title", "Leib"),
        (credential(specification={"creditPoint": {"framework": ECTS, "point": "2"}}), "ects", 2.0),
        (credential(specification={"creditPoint": [{"framework": ECTS, "point": 2.5}]}), "ects", 2.5),
        (credential(specification={"creditPoint": {"framework": {"notation": "ECTS"}, "point": "3"}}), "ects", 3.0),
        (credential(specification={"creditPoint": {"point": "4"}}), "credits", 4.0),
        (credential(specification={"creditPoint": {"framework": ECTS, "point": "many"}}),
         "workload_unreadable", ["many"]),
        (credential(claim={"provenBy": {"idVerification": SUPERVISED}}),
         "supervision_code", "supervised_without_identity_check"),
        (credential(claim={"provenBy": {"specifiedBy": {"mode": ONLINE}}}), "assessment_modes", ["online"]),
        (credential(claim={"provenBy": {"specifiedBy": {"gradingScheme": {
            "title": {"en": "0 to 30 (best)"}, "description": {"en": "pass mark 18"}}}}}), "grade_pass_mark", 18.0),
        (credential(claim={"influencedBy": {"type": "LearningActivity"}}), "learning_activity", True),
        (credential(), "learning_activity", None),
        (credential(claim={"title": {"xq": "Leib"}}), "languages_unrecognised", ["xq"]),
        (credential(specification={"learningOutcome": {"title": {"en": "bakes"}, "relatedESCOSkill": [
            {"id": "http://data.europa.eu/esco/skill/S1", "prefLabel": {"en": "baking"}},
            {"id": "urn:local:1", "prefLabel": {"en": "kneading"}}]}}),
         "skills", ["http://data.europa.eu/esco/skill/S1", "kneading"]),
        (credential(specification={"accreditation": {"accreditingAgent": {"legalName": {"en": "Invented Agency"}}}}),
         "quality_assurance_bodies", ["Invented Agency"]),
        (credential(specification={"accreditation": {"report": {"contentURL": "https://agency.example/17"}}}),
         "quality_assurance_references", ["https://agency.example/17"]),
        (credential(issuer={"accreditation": {"dcType": PROGRAMME}}),
         "quality_assurance_objects", ["programme:organisation"]),
        (credential(issuer={"accreditation": {"dcType": PROGRAMME, "limitQualification": {"title": {"en": "Bread"}}}}),
         "quality_assurance_objects", ["programme:award"]),
        (credential(specification={"accreditation": {"dcType": PROGRAMME}}), "quality_assurance_objects", None),
        (credential(issuer={"location": {"address": {"fullAddress": {"noteLiteral": {"en": "Beispielstadt"}}}}}),
         "place_of_issue", "Beispielstadt"),
        (credential(specification={"volumeOfLearning": "P2DT12H"}), "workload_hours", 60.0),
        (credential(specification={"volumeOfLearning": "P60M"}), "workload_hours", None),
        (credential(specification={"volumeOfLearning": "P60M"}), "durations", ["P60M"]),
        (credential(specification={"maximumDuration": "P1M"}), "workload_strength", None),
        (credential(specification={"eqfLevel": {"id": "http://data.europa.eu/snb/eqf/6"}}), "eqf_level", 6.0),
        (credential(specification={"eqfLevel": {"notation": "5"}}), "eqf_level", 5.0),
        (credential(specification={"eqfLevel": {"prefLabel": {"en": "Level 4"}}}), "eqf_level", 4.0),
        (credential(specification={"nqfLevel": {"prefLabel": {"en": "RQF 3"}}}), "level_strength", "local_code"),
        (credential(specification={"educationLevel": {"prefLabel": {"en": "first cycle"}}}), "cycle", "first"),
        (credential(specification={"mode": {"id": "http://data.europa.eu/snb/learning-assessment/920fbb3cbe"}}),
         "participation_modes", ["online"]),
        (credential(specification={"mode": {"id": "urn:own:1", "prefLabel": {"en": "By pigeon"}}}),
         "participation_strength", "free_text"),
        (credential(claim={"provenBy": {"specifiedBy": {"dcType": {"id": "urn:x", "prefLabel": {"en": "portfolio"}}}}}),
         "assessment_type_strength", "local_code"),
        (credential(claim={"provenBy": {"title": {"en": "attendance"}}}), "assessment_reading", "attendance_phrase"),
        (credential(specification={"learningOutcomeSummary": {"noteLiteral": {"en": "Bakes bread."}}}),
         "learning_outcomes_strength", "free_text"),
        (credential(specification={"accreditation": {"dcType": {"id": "http://x/c_1f1a469a"}}}),
         "quality_assurance_types", ["institutional"]),
        (credential(evidence={"dcType": {"prefLabel": {"en": "Mandate"}}}), "quality_assurance_strength", None),
        (credential(issuanceDate="2026-07-01T10:00:00Z"), "issued_source", "issuanceDate"),
        (credential(validFrom="2026-07-01T10:00:00Z"), "issued_strength", None),
        (credential(issued="{{ date }}"), "issued_cause", "unreadable"),
        (credential(issuer={"location": {"address": {"countryCode": {"id": "http://x/country/IRL"}}}}),
         "country", ["IE"]),
        (credential(subject={"fullName": None, "id": "did:key:z6Mk"}), "learner_key", "did:key:z6Mk"),
        (credential(subject={"fullName": None}), "learner_cause", "empty"),
        (credential(specification={"isPartialQualification": False}), "stackability_strength", "structured"),
    ],
)  # fmt: skip
def test_an_element_is_found_in_every_shape(
    document: Any, column: str, expected: Any, store: RecordStore, tmp_path: Path
) -> None:
    """Scalars and lists, language maps, concepts by identifier, notation or label."""
    assert value(store, tmp_path, column, document) == expected


def test_a_reference_is_followed_within_the_document(store: RecordStore, tmp_path: Path) -> None:
    """An awarding body that is only an identifier stands somewhere else in the file."""
    issuer = {"id": "urn:org:1", "legalName": {"en": "Bakery School"}}
    document = credential(claim={"awardedBy": {"awardingBody": {"id": "urn:org:1"}}}, issuer=issuer)

    assert value(store, tmp_path, "awarding_body", document) == ["Bakery School"]


def test_a_sealed_file_is_a_document_read_from_its_payload(store: RecordStore, tmp_path: Path) -> None:
    """Byte for byte: the payload is a text inside the file."""
    sealed = {"payload": json.dumps(credential()), "signatures": [{"signature": "x"}]}

    read(store, tmp_path, json.dumps(sealed))

    assert store.connection.execute("SELECT evidence_form, title FROM credentials").fetchall() == [
        ("document", "Baking bread")
    ]
    pointers = dict(store.connection.execute("SELECT column_name, origin FROM origins").fetchall())
    assert pointers["title"] == "/payload#/credentialSubject/hasClaim/title"


@pytest.mark.parametrize("extra", [{}, {"deliveryDetails": {}}])
def test_an_upload_wrapper_holds_a_draft(extra: dict[str, Any], store: RecordStore, tmp_path: Path) -> None:
    """With or without details of delivery."""
    assert value(store, tmp_path, "evidence_form", {"credential": credential(), **extra}) == "draft"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (json.dumps([credential(), credential()]), [("f1-i1", "item 1"), ("f1-i2", "item 2")]),
        (json.dumps({"credentials": [credential(), credential()]}), [("f1-i1", "item 1"), ("f1-i2", "item 2")]),
        (
            json.dumps(credential()) + "\n\n" + json.dumps(credential()) + "\n",
            [("f1-l1", "line 1"), ("f1-l3", "line 3")],
        ),
        (
            json.dumps({"type": "VerifiablePresentation", "verifiableCredential": [credential(), credential()]}),
            [("f1-c1", "credential 1"), ("f1-c2", "credential 2")],
        ),
    ],
    ids=["array", "credentials", "JSON Lines", "presentation"],
)
def test_a_file_may_hold_several(text: str, named: list[tuple[str, str]], store: RecordStore, tmp_path: Path) -> None:
    """Each is named by its number, in JSON Lines by its line."""
    read(store, tmp_path, text)

    assert store.connection.execute("SELECT record_id, source_place FROM credentials ORDER BY 1").fetchall() == named


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"type": [', "line 1"),
        ("[" * 5000 + "]" * 5000, "deep"),
        ('{"a": ' * 300 + "1" + "}" * 300, "deep"),
        ('{"credentialSubject": {"hasClaim": {"point": ' + "9" * 5000 + "}}}", "number"),
        ('{"payload": "not json", "signatures": []}', "signed document"),
        ("[1, 2, 3]", "no credential"),
        (json.dumps({"type": "EuropeanDigitalCredential"}), "credentialSubject"),
    ],
    ids=["broken", "deep list", "deep object", "huge number", "broken payload", "no objects", "no subject"],
)
def test_hostile_and_broken_files_end_as_problems(text: str, why: str, store: RecordStore, tmp_path: Path) -> None:
    """Place and reason, never a traceback; the other file is read."""
    bad, good = read(store, tmp_path, text, json.dumps(credential()))

    assert bad.state == "refused"
    assert why in " ".join(problem.why for problem in bad.problems)
    assert (good.state, good.records) == ("read", 1)


@pytest.mark.parametrize("wrong", [7, "text", True, [], [[]], {"a": {"b": 1}}, None, [None, 3, "x"]])
@pytest.mark.parametrize("place", ["title", "specifiedBy", "awardedBy", "provenBy", "influencedBy", "hasPart"])
def test_wrong_types_anywhere_are_stepped_over(wrong: Any, place: str, store: RecordStore, tmp_path: Path) -> None:
    """Numbers where texts belong, texts where objects belong: the rest of the credential is read."""
    (outcome,) = read(store, tmp_path, json.dumps(credential(claim={place: wrong})))

    assert (outcome.state, outcome.records) == ("read", 1)


def test_a_part_that_contains_itself_is_read_once(store: RecordStore, tmp_path: Path) -> None:
    """References may go in circles."""
    document = credential(
        claim={"id": "urn:a", "hasPart": {"id": "urn:b", "hasPart": "urn:a", "title": {"en": "Part"}}}
    )

    assert value(store, tmp_path, "title", document) == "Baking bread"


def test_a_property_said_twice_is_noted(store: RecordStore, tmp_path: Path) -> None:
    """Readers differ on which one counts: a signature may say one thing, a screen another."""
    text = json.dumps(credential()).replace('"id": "urn:credential:0001"', '"id": "urn:a", "id": "urn:b"')

    (outcome,) = read(store, tmp_path, text)

    assert [problem.kind.value for problem in outcome.problems] == ["note"]


MANDATE = {"type": "Evidence", "dcType": {"type": "Concept", "prefLabel": {"en": "Mandate"}}}
BODY = {"awardedBy": {"awardingBody": {"legalName": {"et": "Meri", "en": "Sea"}}}}


@pytest.mark.parametrize(
    ("document", "column", "expected"),
    [
        (credential({"title": {"en": "Baking cakes"}}), "stated_otherwise", ["title: Baking cakes"]),
        (credential({"title": {"en": "baking  bread"}}), "stated_otherwise", None),
        (credential({"title": {"et": "Leiva küpsetamine"}}), "stated_otherwise", None),
        (credential(issued="2026-07-01", issuanceDate="2026-07-03"), "stated_otherwise", ["issued: 2026-07-03"]),
        (credential(subject={"nationalID": {"notation": "0000"}}), "personal_data", ["national_number"]),
        (credential(subject={"placeOfBirth": {"id": "urn:a"}}), "personal_data", ["birth_place"]),
        (credential(subject={"dateOfBirth": "1990-05-17"}), "personal_data", None),
        (credential(claim=BODY, issuer={"legalName": {"et": "Meri"}}), "issuer_is_awarding_body", True),
        (credential(claim=BODY, issuer={"legalName": {"en": "Badges"}}), "issuer_is_awarding_body", False),
        (credential(claim=BODY), "issuer_is_awarding_body", None),
        (credential(claim=BODY, evidence=MANDATE), "mandate", "Mandate"),
        (credential({"isPartialQualification": True}), "stackability_raw", "part of a larger qualification: true"),
        (
            credential({"isPartialQualification": True}, {"isPartOf": {"title": {"en": "Baker"}}}),
            "stackability_raw",
            "part of a larger qualification: Baker",
        ),
    ],
)
def test_what_a_file_says_twice_of_its_holder_and_its_issuer(
    document: dict[str, Any], column: str, expected: object, store: RecordStore, tmp_path: Path
) -> None:
    """Titles are compared within a language, issuers in any; of personal data the kind is kept, not the value."""
    assert value(store, tmp_path, column, document) == expected
