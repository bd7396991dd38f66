"""European Digital Credentials in XML (model version 2): the elements of today's form, with paths of the file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from qa_toolkit.auditing import audit
from qa_toolkit.records.store import RecordStore, open_store
from tests.conftest import AS_OF, SHARED_SAMPLES
from tests.intake.read_back import ReadBack

SNB = "http://data.europa.eu/snb"


def concept(name: str, uri: str, label: str = "") -> str:
    return f'<{name} uri="{uri}"><targetName><text lang="en">{label}</text></targetName></{name}>'


def texts(name: str, **said: str) -> str:
    held = "".join(f'<text content-type="text/plain" lang="{lang}">{text}</text>' for lang, text in said.items())
    return f"<{name}>{held}</{name}>"


SUBJECT = f"""<nationalId spatialID="AT">9000413</nationalId>{texts("givenNames", de="Testa")}
{texts("familyName", de="Beispielfrau")}<dateOfBirth>1990-05-17</dateOfBirth>
<contactPoint><mailBox uri="mailto:testa@example.org"/></contactPoint>"""
ACHIEVEMENT = f"""<learningAchievement id="urn:a:1">{texts("title", de="Bienen", en="Bees")}
<wasDerivedFrom><issuedDate>2026-06-15</issuedDate>{texts("grade", de="2")}
{concept("idVerificationMethod", f"{SNB}/supervision-verification/44314532f9", "supervised")}
<specifiedBy idref="urn:as:1"/></wasDerivedFrom>
<wasInfluencedBy><workload>PT125H</workload><startedAtTime>2026-03-01</startedAtTime>
<endedAtTime>2026-06-01</endedAtTime></wasInfluencedBy>
<wasAwardedBy idref="urn:p:1"/><specifiedBy idref="urn:s:1"/></learningAchievement>"""
QUALIFICATION = f"""<qualification id="urn:s:1">{texts("title", de="Bienen", en="Bees")}
<volumeOfLearning>PT125H</volumeOfLearning><hasECTSCreditPoints>5</hasECTSCreditPoints>
{concept("mode", f"{SNB}/learning-assessment/920fbb3cbe", "Online")}{concept("hasISCED-FCode", f"{SNB}/isced-f/0811")}
{concept("eqfLevel", f"{SNB}/eqf/5", "Level 5")}{texts("entryRequirementsNote", de="keine")}
<learningOutcomes><learningOutcome idref="urn:o:1"/><learningOutcome idref="urn:o:2"/></learningOutcomes>
<isPartialQualification>false</isPartialQualification><homepage uri="https://bees.example/course"/>
<hasAccreditation idref="urn:d:1"/></qualification>"""
REFERENCES = f"""<learningSpecificationReferences>{QUALIFICATION}</learningSpecificationReferences>
<learningOutcomeReferences><learningOutcome id="urn:o:1">{texts("prefLabel", de="hält ein Volk")}
{concept("relatedEscoSkill", "http://data.europa.eu/esco/skill/S1", "beekeeping")}</learningOutcome>
<learningOutcome id="urn:o:2">{texts("prefLabel", de="erntet Honig")}</learningOutcome></learningOutcomeReferences>
<assessmentSpecificationReferences><assessmentSpecification id="urn:as:1">
{concept("type", f"{SNB}/assessment/d30284d7df", "oral examination")}</assessmentSpecification>
</assessmentSpecificationReferences>
<awardingProcessReferences><awardingProcess id="urn:p:1"><awardingBody idref="urn:org:1"/><date>2026-06-20</date>
</awardingProcess></awardingProcessReferences>
<accreditationReferences><accreditation id="urn:d:1">{concept("type", f"{SNB}/accreditation/820101cba6", "Programme")}
<accreditingAgent idref="urn:org:2"/></accreditation></accreditationReferences>
<agentReferences><organization id="urn:org:1"><registration spatialID="AT">AT-17</registration>
{texts("prefLabel", de="Imkerschule Beispiel")}<hasLocation><hasAddress>
{concept("country", "http://publications.europa.eu/resource/authority/country/AUT", "Austria")}
</hasAddress></hasLocation></organization>
<organization id="urn:org:2">{texts("prefLabel", en="Invented Agency")}</organization></agentReferences>"""
SIGNATURE = """<proof><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:SignatureMethod
Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/></ds:SignedInfo></ds:Signature></proof>"""


def credential(subject: str = SUBJECT, achievement: str = ACHIEVEMENT, references: str = REFERENCES,
               proof: str = "", name: str = "europassCredential") -> str:  # fmt: skip
    """A small invented credential."""
    return f"""<{name} xmlns="{SNB}" xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#"
    cred:id="urn:credential:b-1"><cred:validFrom>2026-07-01</cred:validFrom><cred:issued>2026-07-01</cred:issued>
    <cred:issuer idref="urn:org:1"/>{texts("title", de="Zeugnis")}<credentialSubject id="urn:person:1">{subject}
    <achievements>{achievement}</achievements></credentialSubject>{references}{proof}</{name}>"""


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def read(store: RecordStore, folder: Path, text: str) -> ReadBack:
    folder.mkdir(exist_ok=True)
    (folder / "credential.xml").write_text(text, encoding="utf-8")
    return ReadBack(store, folder).again()


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("source_format", "europass_xml"),
        ("source_place", None),
        ("evidence_form", "draft"),
        ("credential_id", "urn:credential:b-1"),
        ("learner_name", "Testa Beispielfrau"),
        ("learner_email", "testa@example.org"),
        ("learner_identifiers", ["national:9000413"]),
        ("learner_birth_date", date(1990, 5, 17)),
        ("personal_data", ["national_number"]),
        ("titles", [{"language": "de", "text": "Bienen"}, {"language": "en", "text": "Bees"}]),
        ("country", ["AT"]),
        ("country_strength", "structured"),
        ("awarding_body", ["Imkerschule Beispiel"]),
        ("awarding_body_identifiers", ["registration:AT-17"]),
        ("issuer_is_awarding_body", True),
        ("issued", date(2026, 7, 1)),
        ("awarded", date(2026, 6, 20)),
        ("assessment_date", date(2026, 6, 15)),
        ("learning_outcomes", ["hält ein Volk", "erntet Honig"]),
        ("skills", ["http://data.europa.eu/esco/skill/S1"]),
        ("ects", 5.0),
        ("workload_hours", 125.0),
        ("eqf_level", 5.0),
        ("assessment_types", ["oral_examination"]),
        ("participation_modes", ["online"]),
        ("quality_assurance_types", ["programme"]),
        ("quality_assurance_bodies", ["Invented Agency"]),
        ("prerequisites_raw", "keine"),
        ("supervision_code", "supervised_without_identity_check"),
        ("grade_raw", "2"),
        ("stackability_strength", "structured"),
        ("further_information_raw", "https://bees.example/course"),
        ("isced_f", ["0811"]),
        ("activity_start", date(2026, 3, 1)),
        ("activity_end", date(2026, 6, 1)),
    ],
)
def test_every_element_is_read(column: str, expected: Any, store: RecordStore, tmp_path: Path) -> None:
    """References are followed, codes are matched as in today's form."""
    assert read(store, tmp_path / "in", credential()).rows(column) == [(expected,)]


@pytest.mark.parametrize(
    ("column", "place"),
    [
        ("learner", "/europassCredential/credentialSubject"),
        ("title", "/europassCredential/credentialSubject/achievements/learningAchievement/title"),
        ("issued", "/europassCredential/issued"),
        ("ects", "/europassCredential/learningSpecificationReferences/qualification/hasECTSCreditPoints"),
        ("learning_outcomes", "/europassCredential/learningOutcomeReferences/learningOutcome[1]"),
        ("awarding_body", "/europassCredential/agentReferences/organization[1]/prefLabel"),
        ("supervision", "/europassCredential/credentialSubject/achievements/learningAchievement/wasDerivedFrom"
         "/idVerificationMethod"),
        ("credential_id", "/europassCredential"),
    ],
)  # fmt: skip
def test_each_value_names_the_path_where_it_stood(column: str, place: str, store: RecordStore, tmp_path: Path) -> None:
    """In the file as handed in, not in the form it is read through."""
    read(store, tmp_path / "in", credential())

    row = store.connection.execute("SELECT origin FROM origins WHERE column_name = ?", [column]).fetchone()
    assert row == (place,)


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        (credential(subject=""), "learner_cause", "empty"),
        (credential(achievement=""), "title", "Zeugnis"),
        (credential(achievement=ACHIEVEMENT.replace("title", "name"),
                    references=REFERENCES.replace("title", "name")), "title", "Zeugnis"),
        (credential(references=""), "country_cause", "empty"),
        (credential(references=""), "awarding_body_cause", "empty"),
        (credential(references=""), "learning_outcomes_cause", "empty"),
        (credential(references=""), "level_cause", "empty"),
        (credential(references=""), "participation_cause", "empty"),
        (credential(references=""), "quality_assurance_cause", "empty"),
        (credential(achievement="<learningAchievement/>", references=""), "workload_cause", "empty"),
        (credential(achievement="<learningAchievement/>", references=""), "assessment_type_cause", "empty"),
        (credential().replace("<cred:issued>2026-07-01</cred:issued>", ""), "issued_source", "awardingDate"),
        (credential().replace("<cred:issued>2026-07-01", "<cred:issued>soon"), "issued_source", "awardingDate"),
        (credential().replace("PT125H", "P2M"), "workload_hours", None),
        (credential(proof=SIGNATURE), "evidence_form", "document"),
    ],
)  # fmt: skip
def test_what_is_missing_or_written_otherwise_is_told(
    text: str, column: str, expected: Any, store: RecordStore, tmp_path: Path
) -> None:
    """Each with its cause; nothing is guessed."""
    assert read(store, tmp_path / "in", text).rows(column) == [(expected,)]


def test_the_credentials_of_a_presentation_are_records_of_their_own(store: RecordStore, tmp_path: Path) -> None:
    """Each named by its number."""
    inner = credential() + credential().replace("b-1", "b-2").replace("Bienen", "Wachs")
    text = f'<vp:verifiablePresentation xmlns:vp="{SNB}/vp">{inner}</vp:verifiablePresentation>'

    assert read(store, tmp_path / "in", text).rows("title, source_place, record_id") == [
        ("Bienen", "item 1", "f1-i1"), ("Wachs", "item 2", "f1-i2")]  # fmt: skip


def test_a_seal_is_seen_and_said_not_to_be_verified(tmp_path: Path) -> None:
    """Unsupported is not invalid."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "credential.xml").write_text(credential(proof=SIGNATURE), encoding="utf-8")

    result = audit([folder], tmp_path / "out", as_of=AS_OF).result

    assert result.submissions[0].evidence_forms == {"document": 1}
    with open_store() as store:
        from qa_toolkit.intake.proofs import Proofs
        from qa_toolkit.intake.read import read_submissions
        from tests.intake.read_back import VOCABULARIES

        read_submissions([folder], store, [VOCABULARIES], proofs=Proofs())
        rows = store.connection.execute(
            "SELECT proof, proof_suite, content_verdict, content_reason, trust_verdict FROM credentials"
        ).fetchall()
    assert rows == [("e_seal", "rsa-sha256", "not_checked", "suite_unsupported", "not_checked")]


def test_a_finding_names_the_path(tmp_path: Path) -> None:
    """So that it can be looked up."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "credential.xml").write_text(credential().replace(">5<", ">many<"), encoding="utf-8")

    audit([folder], tmp_path / "out", as_of=AS_OF)

    findings = tmp_path / "out" / "findings.parquet"
    found = duckdb.sql(f"SELECT DISTINCT place FROM '{findings}' WHERE check_id = 'VAL-05'")
    assert found.fetchall() == [
        ("file 1, /europassCredential/learningSpecificationReferences/qualification/hasECTSCreditPoints",)
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (credential()[:-9], "broken XML"),
        (credential().replace("<europassCredential", '<!DOCTYPE a [<!ENTITY a "x">]><europassCredential', 1),
         "declares entities"),
        (f'<verifiablePresentation xmlns="{SNB}/vp"/>', "holds no credential"),
        (f'<europassCredential xmlns="{SNB}"/>', "names no credentialSubject"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(
    text: str, why: str, store: RecordStore, tmp_path: Path
) -> None:
    """What, where, why and what to do."""
    back = read(store, tmp_path / "in", text)

    (problem,) = back.problems
    assert (problem.what, problem.place) == ("A file was not read", "file 1")
    assert why in problem.why
    assert problem.fix


@pytest.mark.skipif(not SHARED_SAMPLES.is_dir(), reason="the folder of public samples is not beside the repository")
@pytest.mark.parametrize(
    ("name", "stated"),
    [("credential-diploma-profile-xsd_v1.2.xml", 5), ("credential-generic-profile-xsd-ko.xml", 10),
     ("europass_credential_xml_example.xml", 6), ("credential_test.xml", 4),
     ("credential-generic-contactPoint-choice-KO.xml", 4)],
)  # fmt: skip
def test_published_credentials_are_read(name: str, stated: int, store: RecordStore) -> None:
    """How many of the eleven each states at least, one that breaks its schema included."""
    (path,) = SHARED_SAMPLES.glob(f"**/{name}")
    back = ReadBack(store, path).again()

    strengths = ", ".join(f"{element}_strength" for element in (
        "learner", "title", "country", "awarding_body", "issued", "learning_outcomes", "workload", "level",
        "assessment_type", "participation", "quality_assurance"))  # fmt: skip
    (row,) = back.rows(strengths)
    assert sum(value is not None for value in row) >= stated
