"""Läänemere Rakenduskool, an invented Estonian school of applied higher education: 40 European Digital Credentials.

26 are sealed with a throw-away key made from fixed bytes (it proves nothing but that the text was not changed since),
10 are drafts before sealing, 4 are wrapped for upload. File names hold the learners' names, as they do in real life.
"""

import base64
import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from planting import Planted

SUBMISSION = "laanemere-rakenduskool"
SEALED, DRAFTS, WRAPPED = 26, 10, 4
RECORDS = SEALED + DRAFTS + WRAPPED
SNB = "http://data.europa.eu/snb"
AUTHORITY = "http://publications.europa.eu/resource/authority"

# et, en, ru titles; ECTS; EQF; assessment concept; mode concept; outcomes in English
OFFERS = (
    (("Mereäri alused", "Foundations of maritime business", "Основы морского бизнеса"), 6, 6,
     ("6e6cb2cc78", "written examination"), ("e92d221e4d", "Blended"),
     ("explains the parties to a charter", "calculates freight for a voyage", "compares ports by their services")),
    (("Puitlaeva restaureerimine", "Restoring wooden boats", "Реставрация деревянных лодок"), 8, 5,
     ("6a4db9f11d", "practical assessment"), ("9191af2ed9", "Presential"),
     ("replaces a damaged plank", "chooses timber for its purpose", "documents a restoration")),
    (("Andmeanalüüs logistikas", "Data analysis in logistics", "Анализ данных в логистике"), 5, 6,
     ("795dac4096", "project work"), ("920fbb3cbe", "Online"),
     ("cleans transport data", "builds a forecast of demand", "presents results to decision makers")),
    (("Rohepöörde juhtimine", "Leading the green transition", "Управление зелёным переходом"), 10, 7,
     ("4f03b91c0e", "portfolio"), ("e92d221e4d", "Blended"),
     ("assesses the footprint of an organisation", "plans measures with a team", "argues for a budget")),
)  # fmt: skip
GIVEN = ("Aleksa", "Birgit-Lee", "Dagmaria", "Eerika", "Gustav-Mikk", "Hendrika", "Ivo-Sten", "Jaagup", "Kaur-Erik",
         "Liisbeta", "Mairoos", "Norma-Liis", "Oskar-Tom", "Peetrus", "Raahel", "Siim-Joel", "Taavetus",
         "Urmela")  # fmt: skip
FAMILY = ("Kaldavesi", "Lainepuhkus", "Merekarv", "Pilliroog", "Rannaliiv", "Soolapuu", "Tuulepesa", "Udukallas",
          "Vahulind", "Õhtulaine")  # fmt: skip

DECLARED = f"""\
# What the school says once for all its credentials.
template_version: "1"
submission_id: {SUBMISSION}
provider_name: Läänemere Rakenduskool
provider_country: EE
provider_type: higher_education
provider_identifier: EE-REG-00000000
period_start: 2026-01-01
period_end: 2026-09-30
route: course
hours_basis: total
learner_data: full
awards_handed_in: selection
columns_handed_in: all
declared_total: {RECORDS}
"""

WITHOUT_QUALITY_ASSURANCE = (2, 9, 17, 28, 36)
MONTHS = (4, 19, 31)
SHIFTED_BIRTH = (1, 6, 12, 22, 30)
VALID_BEFORE_ACTIVITY = (8, 21)
WRONG_CYCLE = (3, 15)
WITHOUT_WORKLOAD = (11, 33)
TITLES_DIFFER = (5, 25)
NATIONAL_NUMBER = (7, 14, 29)
CHANGED_AFTER_SEALING = (10, 20)

MANDATED, NEW_ACCREDITATION, LOCAL_CONCEPT, NATIONAL_LEVEL_ONLY, DAYS_DURATION = 13, 16, 18, 23, 24
QUALITY_ASSURANCE_OF_BODY = 27


def make(folder: Path, seed: int) -> list[Planted]:
    """Write the files and return what is planted in them."""
    random = Random(seed)
    key = Ed25519PrivateKey.from_private_bytes(sha256(b"throw-away key of an invented school").digest())
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json*"):
        old.unlink()
    (folder / "submission.yaml").write_text(DECLARED, encoding="utf-8", newline="\n")
    files: dict[str, tuple[int, str, str]] = {}
    for index in range(RECORDS):
        credential = _credential(index, random)
        kind = "sealed" if index < SEALED else "draft" if index < SEALED + DRAFTS else "wrapped"
        given, family = _name(index)
        name = f"{family}_{given}_{index + 1:02d}.{'jsonld' if kind != 'wrapped' else 'json'}"
        text, prefix = _as_file(credential, kind, index, key)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        files[name] = (index, kind, prefix)
    numbers = {files[name][0]: number for number, name in enumerate(sorted(files), 1)}
    prefixes = {index: prefix for index, _, prefix in files.values()}
    return _planted(numbers, prefixes)


def _credential(index: int, random: Random) -> dict[str, Any]:
    (title_et, title_en, title_ru), ects, level, assessment, mode, outcomes = OFFERS[index % len(OFFERS)]
    given, family = _name(index)
    start = date(2026, 1, 12) + timedelta(days=random.randrange(0, 60))
    end = start + timedelta(days=70)
    issued = end + timedelta(days=21)
    titles = {"et": title_et, "en": title_en, "ru": title_ru}
    birth = date(1970, 2, 1) + timedelta(days=random.randrange(0, 11000))
    is_draft = index >= SEALED
    specification: dict[str, Any] = {
        "id": "urn:epass:qualification:1",
        "type": "Qualification",
        "title": dict(titles),
        "eqfLevel": _concept("eqf", str(level), f"Level {level}"),
        "educationLevel": _concept("education-level", f"cycle-{level}", _cycle(level)),
        "learningOutcome": [
            {"id": f"urn:epass:learningOutcome:{n}", "type": "LearningOutcome", "title": {"en": text}}
            for n, text in enumerate(outcomes, 1)
        ],
        "creditPoint": {
            "type": "CreditPoint",
            "framework": _concept("education-credit", "6fcec5c5af", "European Credit Transfer System"),
            "point": str(ects),
        },
        "volumeOfLearning": f"PT{ects * 26}H",
        "mode": _concept("learning-assessment", *mode),
        "accreditation": _accreditation("820101cba6", "Program QA"),
        "entryRequirement": {"type": "Note", "noteLiteral": {"en": "Secondary education"}},
        "isPartialQualification": False,
        "homepage": {"type": "WebResource", "contentURL": "https://laanemere.example/mikrokraad"},
        "additionalNote": {"type": "Note", "noteLiteral": {"en": "Part of the offer for adult learners"}},
        "thematicArea": _concept("isced-f", "1041", "Transport services"),
        "language": {"id": f"{AUTHORITY}/language/EST", "type": "Concept", "prefLabel": {"en": "Estonian"}},
    }
    if level == 5:
        specification["educationLevel"] = _concept("education-level", "short", "short cycle")
    body = _organisation("urn:epass:org:1")
    claim: dict[str, Any] = {
        "id": "urn:epass:learningAchievement:1",
        "type": "LearningAchievement",
        "title": dict(titles),
        "awardedBy": {
            "id": "urn:epass:awardingProcess:1",
            "type": "AwardingProcess",
            "awardingBody": body,
            "awardingDate": f"{issued.isoformat()}T10:00:00+02:00",
        },
        "influencedBy": {
            "type": "LearningActivity",
            "title": dict(titles),
            "temporal": {
                "type": "PeriodOfTime",
                "startDate": f"{start.isoformat()}T08:00:00+02:00",
                "endDate": f"{end.isoformat()}T16:00:00+02:00",
            },
            "specifiedBy": {"type": "LearningActivitySpecification", "volumeOfLearning": f"PT{ects * 26}H"},
        },
        "provenBy": {
            "type": "LearningAssessment",
            "title": {"en": "Final assessment"},
            "dateIssued": f"{(end + timedelta(days=7)).isoformat()}T12:00:00+02:00",
            "grade": {"type": "Note", "noteLiteral": {"en": random.choice(("A", "B", "C", "passed"))}},
            "idVerification": _concept("supervision-verification", "70be69aaf9", "Supervised with ID Verification"),
            "specifiedBy": {
                "type": "LearningAssessmentSpecification",
                "title": {"en": "Final assessment"},
                "dcType": _concept("assessment", *assessment),
            },
        },
        "specifiedBy": specification,
    }
    subject: dict[str, Any] = {
        "id": "urn:epass:person:1",
        "type": "Person",
        "givenName": {"et": given},
        "familyName": {"et": family},
        "fullName": {"et": f"{given} {family}"},
        "dateOfBirth": f"{birth.isoformat()}T00:00:00+02:00",
        "identifier": {"type": "Identifier", "schemeName": "Student number", "notation": f"LM{index + 1:05d}"},
        "hasClaim": claim,
    }
    credential: dict[str, Any] = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            f"{SNB}/model/context/edc-ap",
        ],
        "id": f"urn:credential:{_uuid(index)}",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialProfiles": _concept("credential", "e34929035b", "Generic"),
        "credentialSchema": {"id": f"{SNB}/model/ap/edc-generic-full", "type": "ShaclValidator2017"},
        "displayParameter": {"type": "DisplayParameter", "title": dict(titles)},
        "validFrom": f"{issued.isoformat()}T10:00:00+02:00",
        "credentialSubject": subject,
    }
    if not is_draft:
        stamp = f"{issued.isoformat()}T10:00:00+02:00"
        credential |= {"issued": stamp, "issuanceDate": stamp, "issuer": _organisation("urn:epass:org:2")}
    else:
        del claim["awardedBy"]["awardingDate"]
    _change(index, credential, subject, claim, specification, start, birth)
    return credential


def _change(
    index: int,
    credential: dict[str, Any],
    subject: dict[str, Any],
    claim: dict[str, Any],
    specification: dict[str, Any],
    start: date,
    birth: date,
) -> None:
    """Plant the defects and the traps."""
    if index in WITHOUT_QUALITY_ASSURANCE:
        del specification["accreditation"]
    if index in MONTHS:
        claim["influencedBy"]["specifiedBy"]["volumeOfLearning"] = "P60M"
    if index in SHIFTED_BIRTH:
        subject["dateOfBirth"] = f"{(birth - timedelta(days=1)).isoformat()}T22:00:00Z"
    if index in VALID_BEFORE_ACTIVITY:
        credential["validFrom"] = f"{(start - timedelta(days=30)).isoformat()}T00:00:00+02:00"
    if index in WRONG_CYCLE:
        specification["eqfLevel"] = _concept("eqf", "7", "Level 7")
        specification["educationLevel"] = _concept("education-level", "first", "first cycle")
    if index in WITHOUT_WORKLOAD:
        del specification["creditPoint"], specification["volumeOfLearning"], claim["influencedBy"]["specifiedBy"]
    if index in TITLES_DIFFER:
        specification["title"] = {"en": "Another edition of the course"}
    if index in NATIONAL_NUMBER:
        subject["nationalID"] = {
            "type": "LegalIdentifier",
            "notation": f"0{index:02d}00000000",
            "spatial": {"id": f"{AUTHORITY}/country/EST", "type": "Concept", "prefLabel": {"en": "Estonia"}},
        }
    if index == MANDATED:
        credential["evidence"] = {
            "type": "Evidence",
            "dcType": _concept("evidence-type", "c_18016257", "Mandate"),
            "evidenceStatement": "Issued by mandate of the awarding body.",
        }
        credential["issuer"]["legalName"] = {"en": "Baltic Credential Service (invented)"}
    if index == NEW_ACCREDITATION:
        specification["accreditation"] = _accreditation("c_1f1a469a", "EQAR Institutional accreditation")
    if index == LOCAL_CONCEPT:
        claim["provenBy"]["specifiedBy"]["dcType"] = {
            "id": "urn:epass:concept:0b7d",
            "type": "Concept",
            "prefLabel": {"en": "project work"},
        }
    if index == NATIONAL_LEVEL_ONLY:
        del specification["eqfLevel"], specification["educationLevel"]
        specification["nqfLevel"] = _concept("qdr", "c_ee600000", "EstQF Level 7")
    if index == DAYS_DURATION:
        specification["volumeOfLearning"] = "P6DT12H"
    if index == QUALITY_ASSURANCE_OF_BODY:
        del specification["accreditation"]
        claim["awardedBy"]["awardingBody"]["accreditation"] = _accreditation("bb4618238e", "Institutional QA")


def _planted(numbers: dict[int, int], prefixes: dict[int, str]) -> list[Planted]:
    achievement = "credentialSubject/hasClaim"
    rows: list[Planted] = []

    def row(check: str, index: int, pointer: str, note: str, case: str = "", kind: str = "planted") -> None:
        place = f"file {numbers[index]}, {prefixes[index]}/{pointer}"
        rows.append(Planted(SUBMISSION, check, case, f"f{numbers[index]}", place, kind, note))

    for index in WITHOUT_QUALITY_ASSURANCE:
        row("EL-11", index, f"{achievement}/specifiedBy/accreditation", "no accreditation anywhere")
    for index in MONTHS:
        row("VAL-06", index, f"{achievement}/influencedBy/specifiedBy/volumeOfLearning", "P60M", case="months")
    for index in VALID_BEFORE_ACTIVITY:
        row("AUT-06", index, "validFrom", "30 days before the activity began", case="before_activity")
    for index in WRONG_CYCLE:
        row("VAL-02", index, f"{achievement}/specifiedBy/eqfLevel", "EQF 7 with the first cycle")
    for index in WITHOUT_WORKLOAD:
        row("EL-07", index, f"{achievement}/specifiedBy/creditPoint", "no credits, no volume")
    for index in TITLES_DIFFER:
        row("VAL-20", index, f"{achievement}/title", "the qualification has another title")
    for index in NATIONAL_NUMBER:
        row("POR-06", index, "credentialSubject/nationalID", "a national number (asks)")
    for index in CHANGED_AFTER_SEALING:
        row("AUT-09", index, "", "one byte of the payload changed after sealing", case="content")
    for index in range(SEALED, RECORDS):
        row("EL-05", index, "issued", "a draft has no issue date yet", kind="trap")
    row("AUT-11", MANDATED, "evidence", "issued by mandate, the mandate is inside", kind="trap")
    row("EL-11", NEW_ACCREDITATION, f"{achievement}/specifiedBy/accreditation", "newer than the list", kind="trap")
    row("EL-09", LOCAL_CONCEPT, f"{achievement}/provenBy", "a local concept with a label", kind="trap")
    row("EL-08", NATIONAL_LEVEL_ONLY, f"{achievement}/specifiedBy/nqfLevel", "a national level alone", kind="trap")
    row("SIZ-02", DAYS_DURATION, f"{achievement}/specifiedBy", "six days and twelve hours are 156 hours", kind="trap")
    row("VAL-06", DAYS_DURATION, f"{achievement}/specifiedBy", "days are no months", kind="trap")
    row("EL-11", QUALITY_ASSURANCE_OF_BODY, "credentialSubject", "stated for the awarding body", kind="trap")
    for check, count, note in (
        ("VAL-17", len(SHIFTED_BIRTH), "birth dates at 22:00Z"),
        ("DAT-11", 0, "said: a selection"),
        ("DAT-05", 0, f"{RECORDS} declared, {RECORDS} handed in"),
        ("EL-20", 0, "no table was handed in"),
    ):
        rows.append(Planted(SUBMISSION, check, "", "*", "", "informs", f"count={count}; {note}"))
    return rows


def _as_file(credential: dict[str, Any], kind: str, index: int, key: Ed25519PrivateKey) -> tuple[str, str]:
    """The text of the file, and the JSON pointer of the credential in it."""
    if kind == "draft":
        return json.dumps(credential, ensure_ascii=False, indent=1) + "\n", ""
    if kind == "wrapped":
        wrapper: dict[str, Any] = {"credential": credential}
        if index % 2:
            wrapper["deliveryDetails"] = {"deliveryAddress": ["mikrokraad@laanemere.example"]}
        return json.dumps(wrapper, ensure_ascii=False, indent=1) + "\n", "/credential"
    payload = json.dumps(credential, ensure_ascii=False, separators=(",", ":"))
    protected = _base64({"alg": "EdDSA", "kid": "urn:example:throw-away-key", "cty": "json"})
    signed = f"{protected}.{_encoded(payload.encode())}".encode()
    signature = _encoded(key.sign(signed))
    if index in CHANGED_AFTER_SEALING:
        payload = payload.replace("adult learners", "Adult learners", 1)
    sealed = {"payload": payload, "signatures": [{"protected": protected, "header": {}, "signature": signature}]}
    return json.dumps(sealed, ensure_ascii=False) + "\n", "/payload#"


def _organisation(identifier: str) -> dict[str, Any]:
    country = {
        "id": f"{AUTHORITY}/country/EST",
        "type": "Concept",
        "inScheme": {"id": f"{AUTHORITY}/country", "type": "ConceptScheme"},
        "prefLabel": {"en": "Estonia", "et": "Eesti"},
    }
    return {
        "id": identifier,
        "type": "Organisation",
        "legalName": {"et": "Läänemere Rakenduskool", "en": "Baltic Sea School of Applied Studies"},
        "eIDASIdentifier": {"type": "LegalIdentifier", "notation": "EE-00000000", "spatial": country},
        "location": {"type": "Location", "address": {"type": "Address", "countryCode": country}},
        "homepage": {"type": "WebResource", "contentURL": "https://laanemere.example"},
    }


def _accreditation(concept: str, label: str) -> dict[str, Any]:
    return {
        "type": "Accreditation",
        "title": {"en": "Accreditation of continuing education"},
        "dcType": _concept("accreditation", concept, label),
        "accreditingAgent": {"type": "Organisation", "legalName": {"en": "Invented Quality Agency"}},
        "expiryDate": "2030-12-31T00:00:00+02:00",
    }


def _concept(scheme: str, code: str, label: str) -> dict[str, Any]:
    return {
        "id": f"{SNB}/{scheme}/{code}",
        "type": "Concept",
        "inScheme": {"id": f"{SNB}/{scheme}/25831c2", "type": "ConceptScheme"},
        "prefLabel": {"en": label},
    }


def _cycle(level: int) -> str:
    return {5: "short cycle", 6: "first cycle", 7: "second cycle"}[level]


def _name(index: int) -> tuple[str, str]:
    return GIVEN[index % len(GIVEN)], FAMILY[(index * 3 + index // len(GIVEN)) % len(FAMILY)]


def _uuid(index: int) -> str:
    digest = sha256(f"{SUBMISSION} {index}".encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def _base64(header: dict[str, Any]) -> str:
    return _encoded(json.dumps(header, separators=(",", ":")).encode())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
