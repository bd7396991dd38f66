"""Open Badges 3.0 by element, dialect and trap; tokens, presentations, pictures; files hostile or broken."""

import base64
import csv
import json
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.intake.limits import LARGEST_BAKED, LARGEST_CELL, LONGEST_LINE
from qa_toolkit.intake.open_badges import OpenBadges
from qa_toolkit.intake.reader import FileOutcome, HandedInFile
from qa_toolkit.intake.recognise import OPEN_BADGE, recognise
from qa_toolkit.intake.words import Words
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.records.tables import ELEMENTS
from qa_toolkit.resources import shipped_folder
from tests.conftest import SHARED_SAMPLES

WORDS = Words.load(shipped_folder("checks") / "vocabularies")
SURF = {"type": ["Achievement", "EducredentialAchievement"]}


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def badge(achievement: Any = None, subject: Any = None, issuer: Any = None, **top: Any) -> dict[str, Any]:
    """A small invented badge; each argument adds to one of its objects."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:0001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://school.example", "name": "Bakery School", **(issuer or {})},
        "validFrom": "2026-07-01T10:00:00Z",
        "credentialSubject": {
            "id": "did:example:1",
            "achievement": {"type": ["Achievement"], "name": "Baking bread", **(achievement or {})},
            **(subject or {}),
        },
        **top,
    }


def aligned(*alignments: dict[str, Any]) -> dict[str, Any]:
    return badge({"alignment": list(alignments)})


def identified(**entry: Any) -> dict[str, Any]:
    return badge(subject={"id": None, "identifier": [{"type": "IdentityObject", **entry}]})


def token(payload: Any) -> str:
    """A compact signature; its last segment signs nothing."""
    parts = ({"alg": "none"}, payload)
    return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + ".AAAA"


def picture(chunk: bytes, kind: bytes = b"iTXt", checksum: int | None = None) -> bytes:
    """A PNG with one chunk of text."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    written = b"\x89PNG\r\n\x1a\n"
    for name, content in ((b"IHDR", head), (kind, chunk), (b"IEND", b"")):
        code = zlib.crc32(name + content) if checksum is None or name != kind else checksum
        written += struct.pack(">I", len(content)) + name + content + struct.pack(">I", code)
    return written


def baked(text: str, keyword: bytes = b"openbadgecredential", packed: bool = False) -> bytes:
    content = zlib.compress(text.encode()) if packed else text.encode()
    return picture(keyword + b"\0" + (b"\1" if packed else b"\0") + b"\0\0\0" + content)


def svg(inside: str = "", verify: str = "", before: str = "") -> bytes:
    attribute = f' verify="{verify}"' if verify else ""
    return (
        f'<?xml version="1.0"?>{before}<svg xmlns="http://www.w3.org/2000/svg"'
        f' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential{attribute}>{inside}'
        f"</openbadges:credential><g/></svg>"
    ).encode()


def read(store: RecordStore, folder: Path, *contents: str | bytes) -> tuple[FileOutcome, ...]:
    files = []
    for number, content in enumerate(contents, 1):
        path = folder / str(number)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        files.append(HandedInFile("s", number, path, "0" * 64, len(content)))
    return OpenBadges(WORDS).read(files, store)


def value(store: RecordStore, folder: Path, column: str, document: Any) -> Any:
    read(store, folder, json.dumps(document))
    row = store.connection.execute(f"SELECT {column} FROM credentials").fetchone()
    return row[0] if row else None


def titles(store: RecordStore) -> list[str]:
    return [row[0] for row in store.connection.execute("SELECT title FROM credentials ORDER BY record_id").fetchall()]


EQF = {"targetType": "ext:EQF", "targetCode": "5", "targetName": "EQF level 5"}


@pytest.mark.parametrize(
    ("document", "column", "expected"),
    [
        # 1 learner
        (badge(), "learner_key", "did:example:1"),
        (badge(subject={"id": "mailto:a@b.example"}), "learner_email", "a@b.example"),
        (badge(subject={"id": "https://x.example/7"}), "learner_identifiers", ["id:https://x.example/7"]),
        (badge(subject={"name": "Testa Beispielfrau"}), "learner_name", "Testa Beispielfrau"),
        (badge(subject={"profile": {"givenName": "T", "familyName": "B"}}), "learner_name", "T B"),
        (identified(hashed=True, identityHash="sha256$ab", identityType="emailAddress"), "learner_key", "sha256$ab"),
        (identified(hashed=True, identityHash="sha256$ab", salt="x"), "learner_strength", "structured"),
        (identified(hashed=False, identityHash="a@b.example", identityType="emailAddress"),
         "learner_email", "a@b.example"),
        (identified(hashed=False, identityHash="77", identityType="studentId"), "learner_identifiers", ["number:77"]),
        (identified(identityHash="77", identityType="nationalIdentityNumber"), "personal_data", ["national_number"]),
        (badge(subject={"id": None}), "learner_cause", "empty"),
        (badge(subject={"profile": {"dateOfBirth": "1990-05-17"}}), "learner_birth_date::VARCHAR", "1990-05-17"),
        (badge(subject={"id": None, "name": "n/a"}), "learner_cause", "placeholder"),
        # 2 title
        (badge({"inLanguage": "xq"}), "languages_unrecognised", ["xq"]),
        (badge({"inLanguage": "xq"}), "language", None),
        (badge({"inLanguage": "nl-NL"}), "title_language", "nl"),
        (badge({"name": [{"@value": "Brood", "@language": "nl"}, {"@value": "Bread", "@language": "en"}]}),
         "len(titles)", 2),
        (badge({"name": None}, name="Baking"), "title", "Baking"),
        (badge({"achievementType": "Badge"}), "title", "Baking bread"),
        # 3, 4 issuer
        (badge(issuer={"address": {"addressCountryCode": "NL"}}), "country", ["NL"]),
        (badge(issuer={"address": {"addressCountry": "Netherlands"}}), "country", ["NL"]),
        (badge(issuer={"address": {"addressCountryCode": "XX"}}), "country_unrecognised", True),
        (badge(issuer={"name": [{"@value": "Bakkersschool", "@language": "nl"},
                                {"@value": "Bakery School", "@language": "en"}]}),
         "awarding_body", ["Bakkersschool"]),
        (badge(), "issuer", None),
        (badge(issuer={"otherIdentifier": [{"identifierType": "ext:BRIN", "identifier": "00AA"}]}),
         "awarding_body_identifiers", ["BRIN:00AA", "id:https://school.example"]),
        ({**badge(), "issuer": "did:web:school.example"}, "awarding_body_cause", "empty"),
        # 5 dates
        (badge(), "issued_source", "validFrom"),
        ({**badge(), "validFrom": "n/a"}, "issued_cause", "placeholder"),
        ({**badge(), "validFrom": "31.2.2026"}, "issued_cause", "unreadable"),
        (badge(awardedDate="2026-06-30T10:00:00Z"), "issued::VARCHAR", "2026-06-30"),
        (badge(awardedDate="2026-06-30T10:00:00Z"), "awarded::VARCHAR", "2026-06-30"),
        ({**badge(issuanceDate="2026-05-01"), "validFrom": None}, "issued_source", "issuanceDate"),
        (badge(validFrom="{{ date }}"), "issued_cause", "unreadable"),
        (badge(expirationDate="2027-01-01T00:00:00Z"), "valid_until::VARCHAR", "2027-01-01"),
        (badge(subject={"activityEndDate": "2026-06-01"}), "activity_end::VARCHAR", "2026-06-01"),
        # 6 learning outcomes
        (aligned({"targetType": "ceasn:Competency", "targetName": "bakes"},
                 {"targetType": "CFItem", "targetName": "b"}), "learning_outcomes", ["bakes", "b"]),
        (aligned({"targetUrl": "http://data.europa.eu/esco/skill/1", "targetName": "bake"}),
         "learning_outcomes_strength", "structured"),
        (badge({"criteria": {"narrative": "- bakes bread\n- keeps it fresh"}}),
         "learning_outcomes", ["bakes bread", "keeps it fresh"]),
        (badge({"criteria": {"narrative": "Bakes bread."}}), "learning_outcomes_strength", "free_text"),
        (badge({"criteria": {"narrative": "Zie website"}}), "learning_outcomes_cause", "placeholder"),
        (badge({"criteria": {"id": "https://x.example/criteria"}}), "learning_outcomes_cause", "empty"),
        (aligned({"targetType": "CTDL", "targetFramework": "O*NET-SOC", "targetName": "Baker"}),
         "learning_outcomes", None),
        # 7 workload
        (badge({"ECTS": 2.5}), "ects", 2.5),
        (badge({"ECTS": "2,5"}), "ects", 2.5),
        (badge({"ECTS": 0}), "ects", 0.0),
        (badge({"ECTS": "many"}), "workload_unreadable", ["many"]),
        (badge({"SBU": 240}), "workload_hours", 240.0),
        (badge({"timeInvestment": 40}), "workload_hours", 40.0),
        (badge({"creditsAvailable": 30}), "ects", None),
        (badge({"creditsAvailable": 30}), "credits", 30.0),
        (badge(subject={"creditsEarned": 3}), "credits", 3.0),
        (badge({"creditsAvailable": 30}), "credit_framework", None),
        (badge({"StudyLoad": 120, **SURF}), "workload_hours", 120.0),
        (badge({"StudyLoad": 120}, {"id": None}, {"id": "https://api.openbadges.education/7"}), "workload_hours", 2.0),
        (badge({"StudyLoad": 120}), "workload_hours", None),
        (badge({"StudyLoad": 120}), "workload_other_units", ["study load 120"]),
        (badge({"extensions:StudyLoadExtension": {"StudyLoad": 120}, **SURF}), "workload_hours", 120.0),
        (badge(), "workload_cause", "empty"),
        # 8 level
        (aligned(EQF), "eqf_level", 5.0),
        (aligned({"targetFramework": "EQF", "targetName": "EQF level 6"}), "eqf_level", 6.0),
        (aligned({"targetUrl": "http://data.europa.eu/snb/eqf/4", "targetName": "Level 4"}), "eqf_level", 4.0),
        (aligned({"targetType": "ext:EQF", "targetName": "high"}), "eqf_raw", "high"),
        (aligned({"targetType": "ext:NLQF", "targetName": "NLQF", "targetCode": "6"}), "nqf_level", ["NLQF 6"]),
        (aligned({"targetType": "ext:NLQF", "targetCode": "6"}), "level_strength", "local_code"),
        (aligned({"targetFramework": "QF-EHEA", "targetName": "first cycle"}), "cycle", "first"),
        # 9 assessment
        (badge({"assessmentType": "testing"}), "assessment_type_strength", "local_code"),
        (badge({"assessmentType": "testing"}), "assessment_types", None),
        (badge({"assessmentType": "testing"}), "assessment_reading", "other"),
        (badge({"assessmentType": "portfolio"}), "assessment_types", ["portfolio"]),
        (badge({"assessmentType": "application of a skill"}), "assessment_types", ["practical_assessment"]),
        (badge({"assessmentType": "recognition of prior learning"}), "route", "validation"),
        (badge({"assessmentType": "by pigeon"}), "assessment_type_strength", "free_text"),
        (badge({"assessmentType": "attendance"}), "assessment_reading", "attendance_only"),
        (badge({"resultDescription": [{"assessmentType": "Artifact"}]}), "assessment_types", ["artefact_assessment"]),
        (badge({"resultDescription": [{"assessmentType": "Exam"}]}), "assessment_type_raw", "Exam"),
        (badge({"criteria": {"narrative": "Pass the exam."}}), "assessment_type_cause", "empty"),
        (badge(evidence=[{"genre": "exam"}]), "assessment_type_strength", None),
        # 10 participation
        (badge({"participationType": "online"}), "participation_modes", ["online"]),
        (badge({"participationType": "onsite or blended"}), "participation_modes", None),
        (badge({"participationType": "onsite or blended"}), "participation_strength", "local_code"),
        (badge({"participationType": "by pigeon"}), "participation_strength", "free_text"),
        # 11 quality assurance
        (aligned({"targetType": "ext:QualityAssurance", "targetName": "Decision", "targetCode": "AV-0"}),
         "quality_assurance_raw", "AV-0 Decision"),
        (aligned({"targetType": "ext:QualityAssurance", "targetName": "Decision", "targetCode": "AV-0",
                  "targetUrl": "https://agency.example/0"}),
         "quality_assurance_references", ["https://agency.example/0", "AV-0"]),
        (aligned({"targetType": "ext:QualityAssurance", "targetName": "institutional accreditation"}),
         "quality_assurance_types", ["institutional"]),
        (badge(endorsement=[{"type": ["EndorsementCredential"]}]), "quality_assurance_strength", None),
        # optional elements
        (badge(), "prerequisites_cause", "not_carried"),
        (badge({"supervisionType": "supervised online", "identityChecked": True}),
         "supervision_raw", "supervised online; identity checked"),
        (badge({"identityChecked": False}), "supervision_raw", "identity not checked"),
        (badge({"resultDescription": [{"id": "urn:r", "valueMin": "1", "valueMax": "10"}]},
               {"result": [{"resultDescription": "urn:r", "value": "8.5"}]}), "grade_raw", "8.5"),
        (badge({"resultDescription": [{"id": "urn:r", "valueMin": "1", "valueMax": "10"}]},
               {"result": [{"resultDescription": "urn:r", "value": "8.5"}]}), "grading_scheme", "1 to 10"),
        (badge(subject={"result": [{"status": "Completed"}]}), "grade_strength", None),
        (badge({"educationProgramIdentifier": 90000001}), "stackability_raw", "part of the programme 90000001"),
        (badge({"related": [{"id": "urn:same", "inLanguage": "en"}]}), "stackability_strength", None),
        (badge({"description": "About bread."}), "further_information_raw", "About bread."),
        (aligned({"targetFramework": "ISCED-F", "targetCode": "0721", "targetName": "Food"}), "isced_f", ["0721"]),
        (badge(), "evidence_form", "document"),
        (badge(), "source_format", "open_badge"),
    ],
)  # fmt: skip
def test_an_element_is_read_from_where_badges_state_it(
    document: Any, column: str, expected: Any, store: RecordStore, tmp_path: Path
) -> None:
    """In the standard, in the extensions of SURF and 1EdTech; what is not stated says why."""
    assert value(store, tmp_path, column, document) == expected


@pytest.mark.parametrize(
    ("document", "column", "pointer"),
    [
        (badge(), "title", "/credentialSubject/achievement/name"),
        (badge({"ECTS": 5}), "ects", "/credentialSubject/achievement/ECTS"),
        (aligned({"targetName": "x"}, EQF), "eqf_level", "/credentialSubject/achievement/alignment/1"),
        (badge(), "issued", "/validFrom"),
        (badge(), "workload_raw", "/credentialSubject/achievement/ECTS"),
        (badge(), "assessment_type_raw", "/credentialSubject/achievement/assessmentType"),
        (badge(), "quality_assurance_raw", "/credentialSubject/achievement/alignment"),
        (badge(issuer={"name": None}), "awarding_body_raw", "/issuer/name"),
        (badge(id=None), "credential_id", "/id"),
    ],
)
def test_every_value_knows_its_place_and_every_gap_where_it_would_stand(
    document: Any, column: str, pointer: str, store: RecordStore, tmp_path: Path
) -> None:
    """A JSON pointer."""
    read(store, tmp_path, json.dumps(document))

    origins = dict(store.connection.execute("SELECT column_name, origin FROM origins").fetchall())
    assert origins[column] == pointer


def test_what_no_badge_can_carry_is_prerequisites_alone(store: RecordStore, tmp_path: Path) -> None:
    """For every other element at least an extension has a property: leaving it out is not stating it."""
    (outcome,) = read(store, tmp_path, json.dumps(badge()))

    assert set(ELEMENTS) - set(outcome.carried) == {"prerequisites"}


OLD = {**badge(), "@context": ["https://www.w3.org/2018/credentials/v1"], "validFrom": None}
MOVED = {"iss": "did:web:school.example", "jti": "urn:jti:1", "sub": "did:example:9", "nbf": 1782864000}


@pytest.mark.parametrize(
    ("payload", "column", "expected"),
    [
        (badge(), "title", "Baking bread"),
        (badge(), "credential_id", "urn:uuid:0001"),
        ({"vc": OLD, **MOVED}, "issued::VARCHAR", "2026-07-01"),
        ({"vc": OLD, **MOVED}, "issued_source", "nbf"),
        ({"vc": {**OLD, "id": None}, **MOVED}, "credential_id", "urn:jti:1"),
        ({"vc": {**OLD, "credentialSubject": {"achievement": {"name": "A"}}}, **MOVED}, "learner_key", "did:example:9"),
        ({"vc": {**OLD, "issuer": None}, **MOVED}, "awarding_body_identifiers", ["id:did:web:school.example"]),
        ({"vc": {**OLD, "issuanceDate": "2026-05-01"}, **MOVED}, "issued_source", "issuanceDate"),
        ({"vc": OLD, "nbf": 10**40}, "issued_strength", None),
        ({"vc": OLD, "nbf": True}, "issued_strength", None),
    ],
)
def test_a_token_is_read_by_its_payload(
    payload: Any, column: str, expected: Any, store: RecordStore, tmp_path: Path
) -> None:
    """Of the newer data model and of the older, whose claims stand outside; the signature is not looked at."""
    read(store, tmp_path, token(payload))

    row = store.connection.execute(f"SELECT {column} FROM credentials").fetchone()
    assert row == (expected,)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (json.dumps(badge()), [("f1", None)]),
        (token(badge()), [("f1", None)]),
        (json.dumps([badge(), token(badge())]), [("f1-i1", "item 1"), ("f1-i2", "item 2")]),
        (f"{json.dumps(badge())}\n\n{token(badge())}\n", [("f1-l1", "line 1"), ("f1-l3", "line 3")]),
        (f"{token(badge())}\r\n{token(badge())}\r\n", [("f1-l1", "line 1"), ("f1-l2", "line 2")]),
        (f"\ufeff{json.dumps(badge())}\n{json.dumps(badge())}", [("f1-l1", "line 1"), ("f1-l2", "line 2")]),
        (json.dumps({"verifiableCredential": [badge(), token(badge())]}),
         [("f1-c1", "credential 1"), ("f1-c2", "credential 2")]),
        (json.dumps({"verifiableCredential": {"type": "EnvelopedVerifiableCredential",
                                              "id": f"data:application/vc+jwt,{token(badge())}"}}),
         [("f1-c1", "credential 1")]),
        (token({"vp": {"verifiableCredential": [token({"vc": badge()})]}}), [("f1-c1", "credential 1")]),
        (f"{json.dumps(badge())}\n{json.dumps({'verifiableCredential': [badge()]})}\n",
         [("f1-l1", "line 1"), ("f1-l2-c1", "line 2, credential 1")]),
        (json.dumps({"payload": json.dumps(badge()), "signatures": []}), [("f1", None)]),
        (json.dumps({"payload": token(badge()).split(".")[1], "signatures": []}), [("f1", None)]),
        (json.dumps({**badge(), "credentialSubject": [badge()["credentialSubject"]] * 2}),
         [("f1-s1", None), ("f1-s2", None)]),
        (json.dumps(badge(subject={"achievement": [{"name": "A"}, {"name": "B"}]})),
         [("f1-a1", None), ("f1-a2", None)]),
        (baked(json.dumps(badge())), [("f1", None)]),
        (baked(token(badge())), [("f1", None)]),
        (baked(json.dumps(badge()), packed=True), [("f1", None)]),
        (svg(f"<![CDATA[{json.dumps(badge())}]]>"), [("f1", None)]),
        (svg(verify=token(badge())), [("f1", None)]),
        (svg(verify=token(badge()), before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'),
         [("f1", None)]),
    ],
    ids=["JSON", "token", "array", "lines of both", "lines of tokens", "lines with a mark", "presentation", "enveloped",
         "token of tokens", "presentation in a line", "signed JSON", "signed JSON in base64url", "two subjects",
         "two achievements", "PNG", "PNG with a token", "PNG packed", "SVG", "SVG with a token", "SVG with a DOCTYPE"],
)  # fmt: skip
def test_badges_are_found_in_every_shape(
    content: str | bytes, named: list[tuple[str, str | None]], store: RecordStore, tmp_path: Path
) -> None:
    """Recognised by content, each record named by its line or number."""
    (outcome,) = read(store, tmp_path, content)

    found = store.connection.execute("SELECT record_id, source_place FROM credentials ORDER BY record_id").fetchall()
    assert (found, outcome.state, outcome.problems) == (named, "read", ())
    assert recognise(outcome.file.path, WORDS.letters) == (OPEN_BADGE, "")


ENDORSEMENT = {"type": ["VerifiableCredential", "EndorsementCredential"], "credentialSubject": {"id": "urn:x"}}


@pytest.mark.parametrize(
    "content",
    [json.dumps(ENDORSEMENT), token(ENDORSEMENT), f"{json.dumps(ENDORSEMENT)}\n{json.dumps(badge())}\n"],
    ids=["JSON", "token", "first of several lines"],
)
def test_an_endorsement_is_no_award(content: str, store: RecordStore, tmp_path: Path) -> None:
    """It is passed over and noted; it makes no audit incomplete."""
    (outcome,) = read(store, tmp_path, content)

    assert recognise(outcome.file.path, WORDS.letters)[0] == OPEN_BADGE
    assert outcome.state == "read"
    assert [problem.what for problem in outcome.problems] == ["An endorsement was passed over"]
    assert outcome.records == content.count("Baking bread")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('{"type": ["OpenBadgeCredential"', "line 1"),
        ('{"a": ' * 300 + "1" + "}" * 300, "deep"),
        ('{"ECTS": ' + "9" * 5000 + "}", "number"),
        (json.dumps(badge()).replace('"Baking bread"', "NaN"), "number"),
        ("eyJhbGciOiJub25lIn0", "complete compact signature"),
        ("eyJhbGciOiJub25lIn0.e30.x.y.z", "encrypted"),
        ("eyJhbGciOiJub25lIn0.gggg.x", "base64url"),
        ('{"type": ["OpenBadgeCredential"]}', "credentialSubject"),
        ('{"type": ["Assertion"]}', "version 2"),
        ('{"type": ["ClrCredential"], "credentialSubject": {"achievement": []}}', "Comprehensive Learner Record"),
        ('{"vct": "urn:eudi:x"}', "SD-JWT"),
        ('{"credentialSubject": {"hasClaim": {}}}', "European Digital Credential among Open Badges"),
        ("7", "no credential"),
        (json.dumps(badge({"description": "x" * (LARGEST_CELL.value + 1)})), "longer than"),
        ('{"name": "' + "x" * (LONGEST_LINE.value + 10) + '"}', "longer than"),
        (b'{"name": "\xff"}', "UTF-8"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named_and_the_others_are_read(
    bad: str | bytes, why: str, store: RecordStore, tmp_path: Path
) -> None:
    """Hostile or broken: it costs itself and nothing else."""
    line = bad.encode() if isinstance(bad, str) else bad
    good = json.dumps(badge()).encode()

    (outcome,) = read(store, tmp_path, b"\n".join([good, line, good, b""]))

    (problem,) = outcome.problems
    assert (outcome.state, outcome.records) == ("partly_read", 2)
    assert (problem.kind, problem.place) == ("row", "file 1, line 2")
    assert why in problem.why


def test_a_first_line_that_was_cut_off_does_not_hide_the_others(store: RecordStore, tmp_path: Path) -> None:
    """A file of one document never goes on like that."""
    content = f'{{"type": ["OpenBadgeCredential"],\n{json.dumps(badge())}\n'

    (outcome,) = read(store, tmp_path, content)

    assert [problem.place for problem in outcome.problems] == ["file 1, line 1"]
    assert titles(store) == ["Baking bread"]


def test_a_document_over_several_lines_is_one(store: RecordStore, tmp_path: Path) -> None:
    """Whatever its lines begin with."""
    read(store, tmp_path, json.dumps({"credentials": [badge(), badge()]}, indent=0), json.dumps(badge(), indent=1))

    found = store.connection.execute("SELECT record_id FROM credentials ORDER BY 1").fetchall()
    assert found == [("f1-i1",), ("f1-i2",), ("f2",)]


def test_a_property_said_twice_is_noted(store: RecordStore, tmp_path: Path) -> None:
    """Readers differ on which one counts: a signature may say one thing, a screen another."""
    (outcome,) = read(store, tmp_path, json.dumps(badge()).replace('"id": "urn:uuid:0001"', '"id": "a", "id": "b"'))

    assert [problem.kind.value for problem in outcome.problems] == ["note"]


BOMB = zlib.compress(bytes(LARGEST_BAKED.value + 1))
ENTITY = '<!DOCTYPE svg [<!ENTITY a "x">]>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (picture(b"openbadgecredential\0\1\0\0\0" + BOMB), "larger than"),
        (picture(b"openbadgecredential\0\1\0\0\0xx"), "packed and damaged"),
        (picture(b"openbadgecredential\0\0\0"), "damaged"),
        (picture(b"openbadgecredential\0\0\0\0\0{}", checksum=1), "damaged"),
        (baked("{}")[:66], "damaged"),
        (baked("not JSON"), "broken JSON"),
        (baked(json.dumps({"type": "Assertion"}), b"openbadges"), "version 2"),
        (baked(json.dumps(badge()), b"comment"), "a PNG image"),
        (picture(json.dumps(badge()).encode(), b"tEXt"), "a PNG image"),
        (svg("&a;", before=ENTITY), "entities"),
        (svg("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>'), "entities"),
        (svg("&a;", before='<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://x.example/"> %a;]>'), "entities"),
        (svg("nothing")[:-20], "broken XML"),
        (svg(""), "an SVG image without a credential"),
        (b"<html>" + svg(json.dumps(badge())) + b"</html>", "a web page (HTML)"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>" + b" " * LARGEST_BAKED.value + b"</svg>", "larger than"),
    ],
)
def test_an_image_that_cannot_be_read_is_refused_by_name(content: bytes, why: str, tmp_path: Path) -> None:
    """Bombs, damage, entities, other keywords: a sentence each, in bounded memory."""
    path = tmp_path / "image"
    path.write_bytes(content)

    kind, instead = recognise(path, WORDS.letters)

    assert kind == "unknown"
    assert why in instead


@pytest.mark.parametrize("wrong", [7, "text", True, [], [[]], {"a": {"b": 1}}, None, [None, 3, "x"], 1e400, -1])
@pytest.mark.parametrize(
    "place",
    ["name", "alignment", "criteria", "ECTS", "assessmentType", "resultDescription", "type", "inLanguage", "StudyLoad"],
)
def test_wrong_types_in_the_achievement_are_stepped_over(
    wrong: Any, place: str, store: RecordStore, tmp_path: Path
) -> None:
    """Numbers where texts belong, texts where objects belong: the rest of the badge is read."""
    text = json.dumps(badge({place: wrong})).replace("Infinity", "1e400")

    (outcome,) = read(store, tmp_path, text)

    assert (outcome.state, outcome.records) == ("read", 1)


@pytest.mark.parametrize("wrong", [7, "text", True, [], [[]], {"a": {"b": 1}}, None, [None, 3, "x"]])
@pytest.mark.parametrize("place", ["issuer", "validFrom", "id", "awardedDate", "@context", "proof"])
def test_wrong_types_around_it_are_stepped_over(wrong: Any, place: str, store: RecordStore, tmp_path: Path) -> None:
    """In the envelope as well."""
    (outcome,) = read(store, tmp_path, json.dumps({**badge(), place: wrong}))

    assert (outcome.state, outcome.records) == ("read", 1)


@pytest.mark.parametrize("wrong", [7, "text", True, [[]], {"a": {"b": 1}}, [None, 3, "x"]])
@pytest.mark.parametrize("place", ["identifier", "id", "profile", "result", "name", "achievement"])
def test_wrong_types_in_the_subject_are_stepped_over(
    wrong: Any, place: str, store: RecordStore, tmp_path: Path
) -> None:
    """And in what is said of the holder."""
    (outcome,) = read(store, tmp_path, json.dumps(badge(subject={place: wrong})))

    assert (outcome.state, outcome.records) == ("read", 1)


# --- public samples ---------------------------------------------------------------------------------------------------

PUBLIC = pytest.mark.skipif(
    not SHARED_SAMPLES.is_dir(), reason="the folder of public samples is not beside the repository"
)
READ_OF_FAMILY = {
    "Open Badges 3.0 JSON": 39,  # of 40: one is made invalid by another type
    "baked PNG": 3,  # of 4: one carries a badge of version 2
    "baked SVG": 1,
    "VC-JWT / SD-JWT": 1,  # of 2: one is a badge of version 2
}


@PUBLIC
def test_public_samples_are_recognised_as_their_index_says() -> None:
    """Every Open Badge of version 3, in whatever shape, and nothing else."""
    with (SHARED_SAMPLES / "INDEX.csv").open(encoding="utf-8", newline="") as file:
        index = list(csv.DictReader(file))

    found = Counter(
        row["family"] for row in index if recognise(SHARED_SAMPLES / row["path"], WORDS.letters)[0] == OPEN_BADGE
    )

    assert found == READ_OF_FAMILY


@PUBLIC
@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("muisit__edubadges-demo/src/badges/uvh_fvhz_microcredential_full.json", 11),
        ("muisit__edubadges-demo/src/badges/mbo_eo_eov_extracurricular_full.json", 10),
        ("dc4eu__vc/standards/education_credential/micro_credential/mbob_ht_pf_microcredential_full.json", 10),
        ("learningeconomy__LearnCard/_converted/obv3/micro-credential.json", 5),
        ("learningeconomy__LearnCard/_converted/obv3/minimal-badge.json", 4),
    ],
)
def test_public_samples_state_as_many_mandatory_elements_as_is_known_of_them(
    name: str, number: int, store: RecordStore
) -> None:
    """With the extension of SURF ten or eleven, without it three to five."""
    file = HandedInFile("s", 1, SHARED_SAMPLES / name, "0" * 64, 0)
    OpenBadges(WORDS).read([file], store)

    stated = " + ".join(f"({element}_strength IS NOT NULL)::INT" for element in ELEMENTS[:11])
    assert store.connection.execute(f"SELECT {stated} FROM credentials").fetchall() == [(number,)]
