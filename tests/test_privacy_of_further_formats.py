"""A canary learner in every place of the further formats appears in nothing that leaves the records."""

import json
from xml.sax.saxutils import escape

import pytest

from tests.canary import BIRTH, CANARY, EMAIL, IN_A_NAME, NEEDLES, NUMBER, WHOLE, holding, run
from tests.test_privacy_of_badges import HASH, SALT, open_badge

ELMO = f"""<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1">
<learner><citizenship>EE</citizenship><identifier type="nationalIdentifier">{NUMBER}</identifier>
<givenNames>Zlatka</givenNames><familyName>{CANARY}</familyName><bday>{BIRTH}</bday></learner>
<report><issuer><country>of {WHOLE}</country><identifier type="erasmus">{WHOLE}</identifier>
<title xml:lang="en">College of {WHOLE}</title></issuer>
<learningOpportunitySpecification><identifier type="local">{WHOLE}</identifier>
<title xml:lang="{CANARY}">Course of {WHOLE}</title><description>{WHOLE} learned it</description>
<url>https://college.example/{CANARY}</url>
<specifies><learningOpportunityInstance><identifier type="local">{WHOLE}</identifier><date>day of {WHOLE}</date>
<status>passed</status><resultLabel>10 for {WHOLE}</resultLabel>
<credit><scheme>ects</scheme><value>five for {WHOLE}</value></credit>
<level><type>EQF</type><value>level of {WHOLE}</value></level></learningOpportunityInstance></specifies>
</learningOpportunitySpecification><issueDate>{WHOLE}</issueDate></report></elmo>"""
EUROPASS = f"""<europassCredential xmlns="http://data.europa.eu/snb" xmlns:c="urn:c" c:id="urn:{CANARY}">
<c:issued>on the day of {WHOLE}</c:issued><issuer idref="urn:org"/>
<credentialSubject><nationalId spatialID="EE">{NUMBER}</nationalId>
<givenNames><text lang="en">Zlatka</text></givenNames><familyName><text lang="en">{CANARY}</text></familyName>
<dateOfBirth>{BIRTH}</dateOfBirth><contactPoint><mailBox uri="mailto:{EMAIL}"/></contactPoint>
<achievements><learningAchievement><title><text lang="{CANARY}">Award for {WHOLE}</text></title>
<wasDerivedFrom><grade><text lang="en">10 for {WHOLE}</text></grade></wasDerivedFrom>
<specifiedBy idref="urn:s"/></learningAchievement></achievements></credentialSubject>
<learningSpecificationReferences><qualification id="urn:s"><volumeOfLearning>{WHOLE}</volumeOfLearning>
<hasECTSCreditPoints>five for {WHOLE}</hasECTSCreditPoints></qualification></learningSpecificationReferences>
<agentReferences><organization id="urn:org"><prefLabel><text lang="en">College of {WHOLE}</text></prefLabel>
</organization></agentReferences></europassCredential>"""
BADGE_2 = {
    "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": f"https://badges.example/{IN_A_NAME}",
    "recipient": {"type": "email", "hashed": True, "salt": SALT, "identity": HASH},
    "issuedOn": f"on the day of {WHOLE}", "narrative": WHOLE, "evidence": {"narrative": WHOLE},
    "badge": {
        "id": f"https://badges.example/class/{CANARY}", "name": f"Award for {WHOLE}", "description": WHOLE,
        "criteria": {"narrative": WHOLE}, "assessmentType": f"a talk by {WHOLE}", "participation": f"{WHOLE} came",
        "extensions:ECTSExtension": {"ECTS": f"five for {WHOLE}"}, "extensions:EQFExtension": {"EQF": WHOLE},
        "extensions:LanguageExtension": {"Language": WHOLE}, "qualityAssuranceName": f"{WHOLE} looked",
        "issuer": {"id": f"https://badges.example/{CANARY}", "name": "Example College",
                   "extensions:InstitutionCountryExtension": {"InstitutionCountry": f"of {WHOLE}"}},
    },
}  # fmt: skip
RECORD = {
    "id": f"urn:{CANARY}", "type": ["VerifiableCredential", "ClrCredential"], "name": WHOLE,
    "credentialSubject": {
        "id": f"https://badges.example/students/{IN_A_NAME}", "name": f"Zlatka {CANARY}",
        "verifiableCredential": [open_badge(), open_badge(id="urn:whole", type=["AchievementCredential"]), WHOLE],
        "association": [{"associationType": "isChildOf", "sourceId": f"https://badges.example/{CANARY}/1",
                         "targetId": "urn:whole"}],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an audit and an inspection leave of the canary in four formats, whole and broken."""
    base = tmp_path_factory.mktemp("further")
    folder = base / "in"
    folder.mkdir()
    written = {
        "elmo.xml": ELMO,
        "europass.xml": EUROPASS,
        "broken.xml": ELMO[:-20],
        "entities.xml": f'<!DOCTYPE elmo [<!ENTITY a "{escape(WHOLE)}">]>{ELMO}',
        "badge.json": json.dumps(BADGE_2),
        "hosted.json": json.dumps(
            BADGE_2 | {"id": f"urn:{IN_A_NAME}:2", "badge": f"https://badges.example/{CANARY}/c"}
        ),
        "odd.json": json.dumps(BADGE_2 | {"badge": [WHOLE]}),
        "record.json": json.dumps(RECORD),
    }
    for name, text in written.items():
        (folder / f"{IN_A_NAME}-{name}").write_text(text, encoding="utf-8")
    found = run(base, ["audit", folder, "-o", base / "out", "--as-of", "2026-09-30"], code=3)
    inspected = run(base, ["inspect", folder], code=3)
    return found | {"inspected": inspected["stdout"] + inspected["stderr"]}


@pytest.mark.parametrize("needle", [*NEEDLES, HASH, SALT])
def test_no_trace_of_the_learner_is_left(needle: str, left: dict[str, bytes]) -> None:
    """Names, addresses, numbers, days of birth, and what an address was hashed to."""
    assert holding(needle, left) == []


def test_the_awards_of_the_canary_were_audited(left: dict[str, bytes]) -> None:
    """One of ELMO, one in XML, three badges of version 2, two of the record; what could not be read was told."""
    submission = json.loads(left["out/result.json"])["submissions"][0]

    assert submission["formats"] == {
        "comprehensive_learner_record": 2, "elmo": 1, "europass_xml": 1, "open_badge_2": 3}  # fmt: skip
    assert "A file was not read" in {problem["what"] for problem in submission["problems"]}
