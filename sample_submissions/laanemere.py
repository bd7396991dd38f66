"""Läänemere Rakenduskool, an invented Estonian school of applied higher education: 40 European Digital Credentials.

26 are sealed with a throw-away key made from fixed bytes (it proves nothing but that the text was not changed since),
10 are drafts before sealing, 4 are wrapped for upload. File names hold the learners' names, as they do in real life.
"""

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from elm_parts import (
    accreditation,
    concept,
    display,
    draft,
    language,
    legal_identifier,
    local_concept,
    moment,
    organisation,
    sealed,
    wrapped,
)
from planting import Planted

SUBMISSION = "laanemere-rakenduskool"
SEALED, DRAFTS, WRAPPED = 26, 10, 4
RECORDS = SEALED + DRAFTS + WRAPPED
HOURS_PER_ECTS = 26

# et, en, ru titles; ECTS; EQF; field; assessment concept; mode concept; outcomes in English
OFFERS = (
    (("Mereäri alused", "Foundations of maritime business", "Основы морского бизнеса"), 6, 6,
     ("1041", "Transport services"),
     ("6e6cb2cc78", "written examination"), ("e92d221e4d", "Blended"),
     ("explains the parties to a charter", "calculates freight for a voyage", "compares ports by their services")),
    (("Puitlaeva restaureerimine", "Restoring wooden boats", "Реставрация деревянных лодок"), 8, 5,
     ("0716", "Motor vehicles, ships and aircraft"),
     ("6a4db9f11d", "practical assessment"), ("9191af2ed9", "Presential"),
     ("replaces a damaged plank", "chooses timber for its purpose", "documents a restoration")),
    (("Andmeanalüüs logistikas", "Data analysis in logistics", "Анализ данных в логистике"), 5, 6,
     ("0612", "Database and network design and administration"),
     ("795dac4096", "project work"), ("920fbb3cbe", "Online"),
     ("cleans transport data", "builds a forecast of demand", "presents results to decision makers")),
    (("Rohepöörde juhtimine", "Leading the green transition", "Управление зелёным переходом"), 10, 7,
     ("0413", "Management and administration"),
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

# Places in the order of making (0 to 25 sealed, 26 to 35 drafts, 36 to 39 wrapped).
WITHOUT_QUALITY_ASSURANCE = (2, 9, 17, 28, 36)
MONTHS = (4, 19, 31)
SHIFTED_BIRTH = (1, 6, 12, 22, 30)
VALID_BEFORE_ACTIVITY = (8, 21)
WRONG_CYCLE = (3, 15)
WITHOUT_WORKLOAD = (11, 33)
TITLES_DIFFER = (5, 25)
NATIONAL_NUMBER = (7, 14, 29)
TWO_CREDITS = (0, 22)
CHANGED_AFTER_SEALING = (10, 20)

# Honest oddities.
SEALED_LATER = (1, 6, 18)  # sealed twelve days after the award, valid from the award
MANDATED, NEW_ACCREDITATION, LOCAL_CONCEPT, NATIONAL_LEVEL_ONLY, DAYS_DURATION = 13, 16, 18, 23, 24
QUALITY_ASSURANCE_OF_BODY = 27
WITHOUT_PREREQUISITES = (1, 9, 14, 26, 34, 38)
WITHOUT_SUPERVISION = (6, 22, 32)
WITHOUT_STACKABILITY = (10, 19, 30, 37)


def make(folder: Path, seed: int) -> list[Planted]:
    """Write the files and return what is planted in them."""
    random = Random(seed)
    key = Ed25519PrivateKey.from_private_bytes(sha256(b"throw-away key of an invented school").digest())
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json*"):
        old.unlink()
    (folder / "submission.yaml").write_text(DECLARED, encoding="utf-8", newline="\n")
    files: dict[str, tuple[int, str]] = {}
    letters = 0
    for index in range(RECORDS):
        credential = _credential(index, random)
        grade = credential["credentialSubject"]["hasClaim"]["provenBy"]["grade"]["noteLiteral"]["en"]
        letters += grade != "passed"
        given, family = _name(index)
        text, prefix, suffix = _as_file(credential, index, key)
        name = f"{family}_{given}_{index + 1:02d}.{suffix}"
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        files[name] = (index, prefix)
    numbers = {files[name][0]: number for number, name in enumerate(sorted(files), 1)}
    return [*_planted(numbers, dict(files.values())), _grades_without_scheme(letters)]


def _credential(index: int, random: Random) -> dict[str, Any]:
    (title_et, title_en, title_ru), ects, level, field, assessment, mode, outcomes = OFFERS[index % len(OFFERS)]
    titles = {"et": title_et, "en": title_en, "ru": title_ru}
    start = date(2026, 1, 12) + timedelta(days=random.randrange(0, 60))
    end = start + timedelta(days=70)
    awarded = end + timedelta(days=21)
    issued = awarded + timedelta(days=12 if index in SEALED_LATER else 0)
    birth = date(1970, 2, 1) + timedelta(days=random.randrange(0, 11000))
    is_draft = index >= SEALED
    ects = 2 if index in TWO_CREDITS else ects
    awarding: dict[str, Any] = {
        "id": "urn:epass:awardingProcess:1",
        "type": "AwardingProcess",
        "awardingBody": organisation(1),
        **({} if is_draft else {"awardingDate": moment(awarded, 10)}),
    }
    claim: dict[str, Any] = {
        "id": "urn:epass:learningAchievement:1",
        "type": "LearningAchievement",
        "title": dict(titles),
        "awardedBy": awarding,
        "influencedBy": {
            "id": "urn:epass:activity:1",
            "type": "LearningActivity",
            "title": dict(titles),
            "awardedBy": awarding,
            "temporal": {
                "id": "urn:epass:period:1",
                "type": "PeriodOfTime",
                "startDate": moment(start, 8),
                "endDate": moment(end, 16),
            },
            "specifiedBy": {
                "id": "urn:epass:learningActivitySpec:1",
                "type": "LearningActivitySpecification",
                "title": dict(titles),
                "volumeOfLearning": f"PT{ects * HOURS_PER_ECTS}H",
            },
        },
        "provenBy": {
            "id": "urn:epass:learningAssessment:1",
            "type": "LearningAssessment",
            "title": {"en": "Final assessment"},
            "awardedBy": awarding,
            "dateIssued": moment(end + timedelta(days=7), 12),
            "grade": _note(1, random.choice(("A", "B", "C", "passed"))),
            "idVerification": concept("supervision-verification", "70be69aaf9", "Supervised with ID Verification"),
            "specifiedBy": {
                "id": "urn:epass:learningAssessmentSpec:1",
                "type": "LearningAssessmentSpecification",
                "title": {"en": "Final assessment"},
                "dcType": concept("assessment", *assessment),
            },
        },
        "specifiedBy": _specification(titles, ects, level, field, mode, outcomes),
    }
    given, family = _name(index)
    credential: dict[str, Any] = {
        "@context": ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"],
        "id": f"urn:credential:{_uuid(index)}",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialProfiles": concept("credential", "e34929035b", "Generic"),
        "credentialSchema": {
            "id": "http://data.europa.eu/snb/model/ap/edc-generic-full",
            "type": "ShaclValidator2017",
        },
        "displayParameter": display(titles),
        "validFrom": moment(awarded, 10),
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "givenName": {"et": given},
            "familyName": {"et": family},
            "fullName": {"et": f"{given} {family}"},
            "dateOfBirth": f"{birth.isoformat()}T00:00:00+02:00",
            "identifier": {
                "id": "urn:epass:identifier:1",
                "type": "Identifier",
                "schemeName": "Student number",
                "notation": f"LM{index + 1:05d}",
            },
            "hasClaim": claim,
        },
    }
    if not is_draft:  # the sealing service adds them
        issuer = organisation(2) | {"eIDASIdentifier": legal_identifier(4, "NTREE-00000000")}
        credential |= {"issued": moment(issued, 10), "issuanceDate": moment(issued, 10), "issuer": issuer}
    _change(index, credential, start, birth)
    return credential


def _specification(
    titles: dict[str, str],
    ects: int,
    level: int,
    field: tuple[str, str],
    mode: tuple[str, str],
    outcomes: tuple[str, ...],
) -> dict[str, Any]:
    return {
        "id": "urn:epass:qualification:1",
        "type": "Qualification",
        "title": dict(titles),
        "eqfLevel": concept("eqf", str(level), f"Level {level}"),
        "educationLevel": _cycle({5: "short", 6: "first", 7: "second"}[level]),
        "learningOutcome": [
            {"id": f"urn:epass:learningOutcome:{n}", "type": "LearningOutcome", "title": {"en": text}}
            for n, text in enumerate(outcomes, 1)
        ],
        "creditPoint": {
            "id": "urn:epass:creditPoint:1",
            "type": "CreditPoint",
            "framework": concept("education-credit", "6fcec5c5af", "European Credit Transfer System"),
            "point": str(ects),
        },
        "volumeOfLearning": f"PT{ects * HOURS_PER_ECTS}H",
        "mode": concept("learning-assessment", *mode),
        "accreditation": accreditation("820101cba6", "Program QA"),
        "entryRequirement": _note(2, "Secondary education"),
        "isPartialQualification": False,
        "homepage": {
            "id": "urn:epass:webResource:4",
            "type": "WebResource",
            "contentURL": "https://laanemere.example/mikrokraad",
        },
        "additionalNote": _note(3, "Part of the offer for adult learners"),
        "thematicArea": concept("isced-f", *field),
        "language": language("EST"),
    }


def _change(index: int, credential: dict[str, Any], start: date, birth: date) -> None:
    """Plant the defects and the oddities."""
    subject = credential["credentialSubject"]
    claim = subject["hasClaim"]
    specification = claim["specifiedBy"]
    if index in WITHOUT_QUALITY_ASSURANCE:
        del specification["accreditation"]
    if index in MONTHS:
        claim["influencedBy"]["specifiedBy"]["volumeOfLearning"] = "P60M"
    if index in SHIFTED_BIRTH:
        subject["dateOfBirth"] = f"{(birth - timedelta(days=1)).isoformat()}T22:00:00Z"
    if index in VALID_BEFORE_ACTIVITY:
        credential["validFrom"] = moment(start - timedelta(days=30), 10)
    if index in WRONG_CYCLE:
        specification["eqfLevel"] = concept("eqf", "7", "Level 7")
        specification["educationLevel"] = _cycle("first")
    if index in WITHOUT_WORKLOAD:
        del specification["creditPoint"], specification["volumeOfLearning"], claim["influencedBy"]["specifiedBy"]
    if index in TITLES_DIFFER:
        specification["title"] = {"en": "Another edition of the course"}
    if index in NATIONAL_NUMBER:
        subject["nationalID"] = legal_identifier(5, f"0{index:02d}00000000")
    if index == MANDATED:
        credential["evidence"] = {
            "id": "urn:epass:evidence:1",
            "type": "Evidence",
            "dcType": concept("evidence-type", "c_18016257", "Mandate"),
            "evidenceStatement": "Issued by mandate of the awarding body.",
        }
        credential["issuer"]["legalName"] = {"en": "Baltic Credential Service (invented)"}
    if index == NEW_ACCREDITATION:
        specification["accreditation"] = accreditation("c_1f1a469a", "EQAR Institutional accreditation")
    if index == LOCAL_CONCEPT:
        claim["provenBy"]["specifiedBy"]["dcType"] = local_concept("0b7d", "project work")
    if index == NATIONAL_LEVEL_ONLY:
        del specification["eqfLevel"], specification["educationLevel"]
        specification["nqfLevel"] = concept("qdr", "c_ee600000", "EstQF Level 7")
    if index == DAYS_DURATION:
        specification["volumeOfLearning"] = "P6DT12H"
    if index == QUALITY_ASSURANCE_OF_BODY:
        del specification["accreditation"]
        claim["awardedBy"]["awardingBody"]["accreditation"] = accreditation("bb4618238e", "Institutional QA")
    if index in WITHOUT_PREREQUISITES:
        del specification["entryRequirement"]
    if index in WITHOUT_SUPERVISION:
        del claim["provenBy"]["idVerification"]
    if index in WITHOUT_STACKABILITY:
        del specification["isPartialQualification"]


def _planted(numbers: dict[int, int], prefixes: dict[int, str]) -> list[Planted]:
    achievement = "credentialSubject/hasClaim"
    rows: list[Planted] = []

    def row(check: str, index: int, pointer: str, note: str, case: str = "", kind: str = "planted") -> None:
        place = f"file {numbers[index]}"
        if pointer:  # a seal is over the whole file
            place += f", {prefixes[index]}/{pointer}"
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
    for index in TWO_CREDITS:
        row(
            "SIZ-04",
            index,
            f"{achievement}/specifiedBy/creditPoint/point",
            "2 EAP, too small under the scheme ee",
            case="ects",
        )
        row("SIZ-11", index, f"{achievement}/specifiedBy/creditPoint/point", "6 and 5 ECTS are usual for these titles")
    for index in CHANGED_AFTER_SEALING:
        row("AUT-09", index, "", "one byte of the payload changed after sealing", case="content")
    for index in range(SEALED, RECORDS):
        row("EL-05", index, "issued", "a draft has no issue date yet", kind="trap")
    for index in SEALED_LATER:
        note = "valid from the day of the award, sealed twelve days later"
        row("AUT-06", index, "validFrom", note, case="before_activity", kind="trap")
    row("AUT-11", MANDATED, "evidence", "issued by mandate, the mandate is inside", kind="trap")
    row("EL-11", NEW_ACCREDITATION, f"{achievement}/specifiedBy/accreditation", "newer than the list", kind="trap")
    row("QUA-10", NEW_ACCREDITATION, f"{achievement}/specifiedBy", "of the school, on the qualification", kind="trap")
    row("QUA-10", QUALITY_ASSURANCE_OF_BODY, f"{achievement}/awardedBy", "of the school, on the school", kind="trap")
    row("EL-09", LOCAL_CONCEPT, f"{achievement}/provenBy", "a local concept with a label", kind="trap")
    row("EL-08", NATIONAL_LEVEL_ONLY, f"{achievement}/specifiedBy/nqfLevel", "a national level alone", kind="trap")
    row("SIZ-02", DAYS_DURATION, f"{achievement}/specifiedBy", "six days and twelve hours are 156 hours", kind="trap")
    row("VAL-06", DAYS_DURATION, f"{achievement}/specifiedBy", "days are no months", kind="trap")
    row("EL-11", QUALITY_ASSURANCE_OF_BODY, "credentialSubject", "stated for the awarding body", kind="trap")
    for check, case, count, note in (
        ("EL-12", "", len(WITHOUT_PREREQUISITES), "no entry requirement"),
        ("EL-13", "", len(WITHOUT_SUPERVISION), "nothing on supervision"),
        ("EL-14", "", 0, "every assessment has its grade"),
        ("EL-15", "", len(WITHOUT_STACKABILITY), "not said whether it is part of something larger"),
        ("EL-16", "", 0, "every award has a note and a homepage"),
        ("EL-18", "", 1, "quality assurance on 35 of 40"),
        ("LO-07", "", RECORDS, "no links to ESCO"),
        ("REC-01", "", len({*WITHOUT_QUALITY_ASSURANCE, *WITHOUT_WORKLOAD}), "no quality assurance, or no workload"),
        ("VAL-16", "not_uri", 0, "every credential id is a URN"),
        ("POR-05", "", RECORDS, "holders have numbers, no keys"),
        ("POR-08", "", 0, "titles in Estonian, English and Russian"),
        ("VAL-15", "", 0, "every title has its language"),
        ("VAL-17", "", len(SHIFTED_BIRTH), "birth dates at 22:00Z"),
        ("AUT-06", "before_issue", len(SEALED_LATER), "valid from the award; those before the activity count there"),
        ("DAT-05", "", 0, f"{RECORDS} declared, {RECORDS} handed in"),
        ("DAT-11", "", 0, "said: a selection"),
        ("EL-20", "", 0, "no table was handed in"),
    ):
        rows.append(Planted(SUBMISSION, check, case, "*", "", "informs", f"count={count}; {note}"))
    return rows


def _grades_without_scheme(letters: int) -> Planted:
    """The school grades from A to C and nowhere says on which scheme."""
    note = f"count={letters}; letters without a scheme, the rest says 'passed'"
    return Planted(SUBMISSION, "ASM-06", "", "*", "", "informs", note)


def _as_file(credential: dict[str, Any], index: int, key: Ed25519PrivateKey) -> tuple[str, str, str]:
    """The text of the file, the JSON pointer of the credential in it, and how its name ends."""
    if index < SEALED:
        change = ("adult learners", "Adult learners") if index in CHANGED_AFTER_SEALING else None
        return sealed(credential, key, change), "/payload#", "jsonld"
    if index < SEALED + DRAFTS:
        return draft(credential), "", "jsonld"
    return wrapped(credential, "mikrokraad@laanemere.example" if index % 2 else None), "/credential", "json"


def _cycle(name: str) -> dict[str, Any]:
    """No list has the cycles of the Bologna process: a concept of the school's own."""
    return local_concept(f"cycle-{name}", f"{name} cycle")


def _note(number: int, text: str) -> dict[str, Any]:
    return {"id": f"urn:epass:note:{number}", "type": "Note", "noteLiteral": {"en": text}}


def _name(index: int) -> tuple[str, str]:
    return GIVEN[index % len(GIVEN)], FAMILY[(index * 3 + index // len(GIVEN)) % len(FAMILY)]


def _uuid(index: int) -> str:
    digest = sha256(f"{SUBMISSION} {index}".encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
