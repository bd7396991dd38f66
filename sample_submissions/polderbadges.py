"""Stichting Polderbadges, an invented Dutch foundation that issues Open Badges for two hogescholen: 150 badges.

120 use the extension for educational credentials of the Dutch universities, 30 are plain Open Badges 3.0. One file of
JSON Lines (two of its lines are tokens), three tokens of their own and one picture. The key is a throw-away one.
"""

import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from badge_parts import alignment, old_token, picture, token
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from planting import Planted, informs, write_declarations

SUBMISSION = "stichting-polderbadges"
EXTENDED, PLAIN = 120, 30
RECORDS = EXTENDED + PLAIN
HOME = "https://polderbadges.example"
SCHOOLS = (
    ("hogeschool-nergenshuizen", "00AA", "Hogeschool Nergenshuizen", "Nergenshuizen University of Applied Sciences"),
    ("hogeschool-wadrand", "00ZZ", "Hogeschool Wadrand", "Wadrand University of Applied Sciences"),
)

# title, language, property and figure of the size, EQF, assessment, participation, field, outcomes one by one
EXTENDED_BADGES = (
    ("Waterbeheer in de polder", "nl-NL", ("ECTS", 5), "6", "testing", "onsite or blended", "0732",
     ("ontwerpt een eenvoudig peilbesluit", "berekent de afvoer van een gemaal", "verdedigt keuzes voor bewoners")),
    ("Data voor dijken", "nl-NL", ("ECTS", 3), "6", "portfolio", "online", "0612",
     ("leest meetreeksen van sensoren uit", "voorspelt een waterstand", "presenteert resultaten aan beheerders")),
    ("Zorg op afstand", "nl-NL", ("SBU", 240), "5", "application of a skill", "work experience", "0913",
     ("begeleidt een cliënt via beeldbellen", "kiest passende hulpmiddelen", "borgt de privacy van de cliënt")),
    ("Circular building basics", "en", ("ECTS", 3), "6", "application of a skill", "onsite or blended", "0732",
     ("selects materials for reuse", "calculates the footprint of a wall", "plans the dismantling of a building")),
    ("Teaching with simulations", "en", ("timeInvestment", 84), "7", "portfolio", "online", "0114",
     ("designs a simulation for a class", "evaluates how learners act in it", "explains choices to colleagues")),
    ("Duurzaam inkopen", "nl-NL", ("ECTS", 4), "6", "testing", "online", "0413",
     ("schrijft een duurzame uitvraag", "vergelijkt offertes op levensduur", "onderhandelt met leveranciers")),
)  # fmt: skip
SMALL_BADGE = ("Veilig werken langs het water", "nl-NL", ("ECTS", 1), "5", "testing", "onsite or blended", "1022",
               ("herkent gevaren langs het water", "redt een drenkeling volgens protocol"))  # fmt: skip
PLAIN_BADGES = (
    ("Host of an open day", "Welcomes visitors, answers questions about studying and shows the way."),
    ("Buddy voor nieuwe studenten", "Begeleidt een nieuwe student in de eerste maand en wijst de weg."),
    ("Podcast maker", "Writes, records and edits an episode of a podcast."),
)
GIVEN = ("Wietske", "Sjoerdje", "Teunis", "Machteld", "Krijn", "Aaltje", "Hidde", "Femmeke", "Douwe", "Geertrui")
FAMILY = ("Biezenveld", "Kweldermans", "Sluiswachter", "Terpstrander", "Windvaan", "Zilverwier")

DECLARED = {
    "submission_id": SUBMISSION,
    "provider_name": "Stichting Polderbadges",
    "provider_country": "NL",
    "provider_type": "platform",
    "provider_identifier": "NL-KVK-00000000",
    "period_start": "2026-01-01",
    "period_end": "2026-08-31",
    "hours_basis": "total",
    "learner_data": "full",
    "awards_handed_in": "all",
    "columns_handed_in": "all",
    "declared_total": RECORDS,
}

# Planted in the badges that use the extension, by place in the order of making.
NO_OUTCOMES, OUTCOMES_ELSEWHERE = (3, 15, 27, 39, 51, 63), (9, 33, 57, 81)
NO_QUALITY_ASSURANCE = (4, 22, 40, 58, 76, 94)
NO_LEVEL = (10, 34, 70, 106)
NO_PARTICIPATION = (16, 46, 88)
NO_CREDITS_AT_ALL = (5, 65)
NOBODY = (20, 80)
SAME_ID = (11, 77)
NO_ID = 45
ONE_CREDIT = (117, 118, 119)

# Honest oddities.
CREDITS_AVAILABLE = (12, 60, 108)
STUDY_LOAD_HOURS, STUDY_LOAD_MINUTES = 24, 48
PRIOR_LEARNING = (14, 44, 74)
TWO_NAMES = (7, 67, 103)
IS_BADGE = (1, 61)
STUDY_LOAD_OF_240 = 2
WITH_DID, WITH_NAME = 8, 11
"""Every eighth holder is known by a key, every eleventh by name and address; the others by a hashed e-mail address."""
WITHOUT_PROGRAMME, WITHOUT_SUPERVISION, IN_A_NARRATIVE = 5, 9, 3
"""Every fifth belongs to no programme, every ninth says nothing on supervision."""

TOKEN_LINES = (35, 121)
TOKEN_FILES = {71: "Terpstrander_Douwe.jwt", 72: "Windvaan_Geertrui.jwt", 73: "Biezenveld_Krijn.txt"}
OLD_TOKEN = 73
PICTURE, PICTURE_FILE = 110, "Zilverwier_Machteld.png"
LINES = "badges-2026.jsonl"


def make(folder: Path, seed: int) -> list[Planted]:
    """Write the files and return what is planted in them."""
    random = Random(seed)
    key = Ed25519PrivateKey.from_private_bytes(sha256(b"throw-away key of an invented foundation").digest())
    write_declarations(folder, "What the foundation says once for all its badges.", DECLARED)
    badges = [_badge(index, random) for index in range(RECORDS)]
    files: dict[str, bytes] = {PICTURE_FILE: picture(json.dumps(badges[PICTURE], ensure_ascii=False))}
    for index, name in TOKEN_FILES.items():
        payload = old_token(badges[index]) if index == OLD_TOKEN else badges[index]
        files[name] = token(payload, key).encode() + b"\n"
    apart = {PICTURE, *TOKEN_FILES}
    together = [index for index in range(RECORDS) if index not in apart]
    lines = [
        token(badges[index], key) if index in TOKEN_LINES else json.dumps(badges[index], ensure_ascii=False)
        for index in together
    ]
    files[LINES] = ("\n".join(lines) + "\n").encode()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    numbers = {name: number for number, name in enumerate(sorted(files), 1)}
    places: dict[int, tuple[str, str, str]] = {}
    for line, index in enumerate(together, 1):
        pointer = "/payload#" if index in TOKEN_LINES else ""
        places[index] = (f"f{numbers[LINES]}-l{line}", f"file {numbers[LINES]}, line {line}", pointer)
    for index, name in {**TOKEN_FILES, PICTURE: PICTURE_FILE}.items():
        pointer = "" if index == PICTURE else "/payload#/vc" if index == OLD_TOKEN else "/payload#"
        places[index] = (f"f{numbers[name]}", f"file {numbers[name]}", pointer)
    return [*_planted(places), *_informs(badges)]


def _offer(index: int) -> tuple[Any, ...]:
    return SMALL_BADGE if index in ONE_CREDIT else EXTENDED_BADGES[index % len(EXTENDED_BADGES)]


def _badge(index: int, random: Random) -> dict[str, Any]:
    school, register_number, name_nl, name_en = SCHOOLS[index % 2]
    issued = date(2026, 1, 12) + timedelta(days=random.randrange(0, 200))
    moment = f"{issued.isoformat()}T10:00:00Z"
    issuer: dict[str, Any] = {
        "id": f"{HOME}/issuers/{school}",
        "type": ["Profile"],
        "name": name_nl,
        "otherIdentifier": [{"type": "IdentifierEntry", "identifier": register_number, "identifierType": "ext:BRIN"}],
        "address": {"type": ["Address"], "addressCountry": "Nederland", "addressCountryCode": "NL"},
    }
    if index in TWO_NAMES:
        issuer["name"] = [{"@value": name_nl, "@language": "nl"}, {"@value": name_en, "@language": "en"}]
    extended = index < EXTENDED
    contexts = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
    badge: dict[str, Any] = {
        "@context": [*contexts, f"{HOME}/contexts/educredential.json"] if extended else contexts,
        "id": _identifier(index),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": issuer,
        "validFrom": moment,
        "credentialSubject": {
            **_holder(index),
            "type": ["AchievementSubject"],
            "achievement": _extended(index) if extended else _plain(index),
        },
    }
    if index % 4 == 0:
        badge["awardedDate"] = moment
    if extended and index not in PRIOR_LEARNING:
        grade = str(random.choice((6, 6.5, 7, 7.5, 8, 9)))
        badge["credentialSubject"]["result"] = [
            {"type": ["Result"], "resultDescription": f"{HOME}/results/{index % 6 + 1}", "value": grade}
        ]
    if index == NO_ID:
        del badge["id"]
    return badge


def _holder(index: int) -> dict[str, Any]:
    if index in NOBODY:
        return {}
    if index % WITH_DID == 0:
        return {"id": f"did:example:{sha256(f'holder {index}'.encode()).hexdigest()[:32]}"}
    if index % WITH_NAME == 0:
        given, family = GIVEN[index % len(GIVEN)], FAMILY[index // 11 % len(FAMILY)]
        return {"id": f"{HOME}/students/{index + 1:04d}", "name": f"{given} {family}"}
    salt = sha256(f"salt {index}".encode()).hexdigest()[:8]
    hashed = sha256(f"student{index:04d}@nergenshuizen.example{salt}".encode()).hexdigest()
    return {
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": f"sha256${hashed}",
                "identityType": "emailAddress",
                "salt": salt,
            }
        ]
    }


def _extended(index: int) -> dict[str, Any]:
    title, language, (size, figure), level, assessment, participation, field, outcomes = _offer(index)
    number = 7 if index in ONE_CREDIT else index % len(EXTENDED_BADGES) + 1
    competences = [
        alignment("ceasn:Competency", text, f"{HOME}/competences/{number}-{place}")
        for place, text in enumerate(outcomes, 1)
    ]
    achievement: dict[str, Any] = {
        "id": f"{HOME}/achievements/{number}",
        "type": ["Achievement", "EducredentialAchievement"],
        "name": title,
        "description": f"{title}: {outcomes[0]}.",
        "criteria": {"id": f"{HOME}/achievements/{number}/criteria"},
        "inLanguage": language,
        "educationProgramIdentifier": 90000000 + number,
        size: figure,
        "alignment": [
            *competences,
            alignment("ext:EQF", f"EQF level {level}", f"{HOME}/eqf/{level}", level),
            alignment("ext:QualityAssurance", "Instellingstoets kwaliteitszorg", f"{HOME}/decisions/0", "AV-0000"),
            alignment("ext:ISCED-F", "ISCED-F", f"{HOME}/fields/{field}", field),
        ],
        "assessmentType": assessment,
        "participationType": participation,
        "supervisionType": "onsite with identity verification",
        "identityChecked": True,
        "resultDescription": [
            {
                "id": f"{HOME}/results/{index % 6 + 1}",
                "type": ["ResultDescription"],
                "name": "Eindcijfer",
                "resultType": "ext:ECTSGradeScore",
                "valueMin": "1",
                "valueMax": "10",
            }
        ],
    }
    if index % IN_A_NARRATIVE == 1:  # outcomes as a list in the criteria, as many write them
        achievement["criteria"]["narrative"] = "\n".join(f"- {text}" for text in outcomes)
        _without(achievement, "ceasn:Competency")
    _change(index, achievement)
    return achievement


def _change(index: int, achievement: dict[str, Any]) -> None:
    """Plant the defects and the oddities."""
    if index in NO_OUTCOMES + OUTCOMES_ELSEWHERE:
        _without(achievement, "ceasn:Competency")
        achievement["criteria"].pop("narrative", None)
    if index in OUTCOMES_ELSEWHERE:
        achievement["criteria"]["narrative"] = "Zie website"
    if index in NO_QUALITY_ASSURANCE:
        _without(achievement, "ext:QualityAssurance")
    if index in NO_LEVEL:
        _without(achievement, "ext:EQF")
    if index in NO_PARTICIPATION:
        del achievement["participationType"]
    if index in NO_CREDITS_AT_ALL:
        achievement["ECTS"] = 0
    if index in CREDITS_AVAILABLE:
        achievement["creditsAvailable"] = 30
    if index == STUDY_LOAD_HOURS:
        achievement["StudyLoad"] = 140
    if index == STUDY_LOAD_MINUTES:  # nothing says that it is the extension, nor what its unit is
        achievement["type"] = ["Achievement"]
        achievement["StudyLoad"] = 8400
    if index in PRIOR_LEARNING:
        achievement["assessmentType"] = "recognition of prior learning"
        del achievement["participationType"], achievement["resultDescription"]
    if index in IS_BADGE:
        achievement["achievementType"] = "Badge"
    if index % WITHOUT_PROGRAMME == 0:
        del achievement["educationProgramIdentifier"]
    if index % WITHOUT_SUPERVISION == 0:
        del achievement["supervisionType"], achievement["identityChecked"]


def _plain(index: int) -> dict[str, Any]:
    place = index % len(PLAIN_BADGES)
    title, narrative = PLAIN_BADGES[place]
    return {
        "id": f"{HOME}/achievements/plain-{place + 1}",
        "type": ["Achievement"],
        "achievementType": "Badge",
        "name": title,
        "description": f"Earned in the life of the school: {title}.",
        "criteria": {"narrative": narrative},
    }


def _without(achievement: dict[str, Any], kind: str) -> None:
    achievement["alignment"] = [one for one in achievement["alignment"] if one["targetType"] != kind]


def _identifier(index: int) -> str:
    if index == SAME_ID[1]:
        index = SAME_ID[0]
    digest = sha256(f"{SUBMISSION} {index}".encode()).hexdigest()
    return f"urn:uuid:{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def _planted(places: dict[int, tuple[str, str, str]]) -> list[Planted]:
    achievement = "credentialSubject/achievement"
    rows: list[Planted] = []

    def row(check: str, index: int, pointer: str, note: str, case: str = "", kind: str = "planted") -> None:
        record, place, prefix = places[index]
        place = f"{place}, {prefix}/{pointer}" if pointer else place  # a signature is over the whole badge
        rows.append(Planted(SUBMISSION, check, case, record, place, kind, note))

    for index in range(EXTENDED, RECORDS):
        note = "a plain Open Badge: the extension would say it"
        row("EL-07", index, f"{achievement}/ECTS", note)
        row("EL-08", index, f"{achievement}/alignment", note, case="other")
        row("EL-09", index, f"{achievement}/assessmentType", note)
        row("EL-10", index, f"{achievement}/participationType", note)
        row("EL-11", index, f"{achievement}/alignment", note)
        row("EL-06", index, f"{achievement}/criteria/narrative", "outcomes in the criteria, as free text", kind="trap")
        row("EL-12", index, achievement, "no badge can state prerequisites", kind="trap")
    for index in NO_OUTCOMES:
        row("EL-06", index, f"{achievement}/alignment", "no competence aligned and no narrative")
    for index in OUTCOMES_ELSEWHERE:
        row("EL-06", index, f"{achievement}/criteria/narrative", "'Zie website'")
    for index in NO_QUALITY_ASSURANCE:
        row("EL-11", index, f"{achievement}/alignment", "no alignment with quality assurance")
    for index in NO_LEVEL:
        row("EL-08", index, f"{achievement}/alignment", "no alignment with the EQF", case="other")
    for index in NO_PARTICIPATION:
        row("EL-10", index, f"{achievement}/participationType", "the extension is used, this is left out")
    for index in NO_CREDITS_AT_ALL:
        row("VAL-05", index, f"{achievement}/ECTS", "0 ECTS", case="not_positive")
    for index in NOBODY:
        row("EL-01", index, "credentialSubject/identifier", "neither an id nor an identifier")
    for index in range(RECORDS):
        if index not in (*TOKEN_LINES, *TOKEN_FILES):
            row("AUT-08", index, "", "the platform exports it unsigned")
    row("POR-03", SAME_ID[1], "id", "the identifier of an award to somebody else")
    row("VAL-16", NO_ID, "id", "no identifier", case="missing")
    for index in ONE_CREDIT:
        row("SIZ-04", index, f"{achievement}/ECTS", "1 EC, too small under the scheme nl-ho", case="ects")
    for index in (0, 1, 2, 121):
        row("EL-01", index, "credentialSubject", "a key or a hashed address identifies the holder", kind="trap")
    row("AUT-01", 1, "credentialSubject", "a hashed address tells the holder from namesakes", kind="trap")
    for index in CREDITS_AVAILABLE:
        for check in ("SIZ-01", "SIZ-02", "VAL-07", "SIZ-11"):
            row(check, index, achievement, "30 credits available, of no named framework, are no ECTS", kind="trap")
    row("SIZ-02", STUDY_LOAD_OF_240, achievement, "240 hours of study load are fine", kind="trap")
    row("VAL-06", STUDY_LOAD_OF_240, achievement, "240 hours of study load are fine", kind="trap")
    for index, note in ((STUDY_LOAD_HOURS, "hours"), (STUDY_LOAD_MINUTES, "minutes, which nothing says")):
        for check in ("SIZ-02", "VAL-05", "VAL-06"):
            row(check, index, achievement, f"a study load in {note}", kind="trap")
    for index in PRIOR_LEARNING:
        row("EL-10", index, achievement, "prior learning recognised: nobody took part in anything", kind="trap")
        row("EL-09", index, achievement, "recognition of prior learning is an assessment", kind="trap")
    for index in TWO_NAMES:
        row("AUT-11", index, "issuer/name", "one school, named in Dutch and in English", kind="trap")
        row("EL-04", index, "issuer/name", "one school, named in Dutch and in English", kind="trap")
    for index in IS_BADGE:
        row("EL-02", index, achievement, "'Badge' is a type, and says nothing against it", kind="trap")
    row("EL-05", OLD_TOKEN, "nbf", "the date stands in the token around the credential", kind="trap")
    row("VAL-16", OLD_TOKEN, "jti", "so does the identifier", kind="trap")
    return rows


def _informs(badges: list[dict[str, Any]]) -> list[Planted]:
    """What weighs nothing: counted from how the badges were made."""
    extended = range(EXTENDED)
    english = [index for index in extended if _offer(index)[1] == "en"]
    with_key = [
        index for index in range(RECORDS) if index not in NOBODY and (index % WITH_DID == 0 or index % WITH_NAME)
    ]
    counts = (
        ("EL-12", "", 0, "no badge can state prerequisites"),
        ("EL-13", "", PLAIN + sum(index % WITHOUT_SUPERVISION == 0 for index in extended), "nothing on supervision"),
        ("EL-14", "", PLAIN + len(PRIOR_LEARNING), "no result"),
        ("EL-15", "", PLAIN + sum(index % WITHOUT_PROGRAMME == 0 for index in extended), "part of no programme"),
        ("EL-16", "", 0, "every badge has a description"),
        ("VAL-15", "", PLAIN, "plain badges do not say their language"),
        ("POR-05", "", RECORDS - len(with_key), "neither a key nor a hashed address"),
        ("POR-08", "", RECORDS - len(english), "titles in Dutch alone, or in a language not said"),
        ("ASM-06", "", 0, "grades from 1 to 10, and it is said"),
        ("VAL-16", "not_uri", 0, "identifiers are URIs"),
        ("VAL-17", "", 0, "no midnight is shifted"),
        ("AUT-06", "before_issue", 0, "valid from the day of issue"),
        ("DAT-04", "", 0, "all within the period"),
        ("DAT-05", "", 0, f"{RECORDS} declared, {RECORDS} handed in"),
        ("DAT-11", "", 0, "said: all"),
        ("EL-20", "", 0, "no table was handed in"),
        ("EL-18", "", 1, "quality assurance on 114 of 150"),
        (
            "LO-07",
            "",
            PLAIN + sum(index % IN_A_NARRATIVE == 1 for index in extended),
            "outcomes told in a narrative, without links: plain badges, and every third of the others",
        ),
        (
            "REC-01",
            "",
            PLAIN + len({*NOBODY, *NO_OUTCOMES, *OUTCOMES_ELSEWHERE, *NO_QUALITY_ASSURANCE, *NO_LEVEL}),
            "plain badges, and no holder, outcomes, quality assurance or level",
        ),
    )
    assert len(badges) == RECORDS
    return [informs(SUBMISSION, check, count, note, case) for check, case, count, note in counts]
