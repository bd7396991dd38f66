"""Canonical values as Open Badges of version 3, with the extensions that name what the standard has no property for."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.planting.plants import clean
from tests.planting.writers.writer import Values, declare

NO_PLACE = ("assessment_date", "assessment_modes", "supervision_code", "quality_assurance_objects", "issuer",
            "issuer_is_awarding_body", "durations", "workload_part_hours", "grade_best", "stackability_raw",
            "stated_otherwise")  # fmt: skip
"""Columns that no badge states. What a clean record says there is left out; an award is judged without it."""
_FOLLOW = ("evidence_form", "title_language", "assessment_reading", "level_raw", "route", "valid_from", "eqf_raw",
           "grade_worst", "grade_pass_mark", "country_unrecognised", "quality_assurance_bodies",
           "quality_assurance_references")  # fmt: skip
"""Read from what is written anyway, or written with another column."""
_ALIGNED = {"learning_outcomes": "ceasn:Competency", "nqf_level": "ext:NLQF", "cycle": "ext:QF-EHEA",
            "isced_f": "ext:ISCED-F"}  # fmt: skip
DECISION = "https://agency.example/decisions/17"
"""A badge names no agency: where its decision can be looked up stands for it."""
_OF_SUBJECT = {"learner_name": "name", "learner_email": "email", "activity_start": "activityStartDate",
               "activity_end": "activityEndDate"}  # fmt: skip
_OF_ACHIEVEMENT = {
    "ects": "ECTS", "credits": "creditsAvailable", "workload_hours": "timeInvestment", "workload_unreadable": "ECTS",
    "workload_other_units": "StudyLoad", "assessment_types": "assessmentType", "assessment_texts": "assessmentType",
    "participation_modes": "participationType", "participation_raw": "participationType",
    "supervision_raw": "supervisionType", "further_information_raw": "description",
    "languages_unrecognised": "inLanguage", "language": "inLanguage",
}  # fmt: skip


class OpenBadges:
    """JSON Lines of Open Badges, signed in shape (the signature itself is not looked at here)."""

    name = "open_badge"
    evidence_forms = ("document",)
    splits = False

    def holds(self, values: Values) -> bool:
        return badge(values) is not None

    def write(self, folder: Path, records: Sequence[Values], declared: Values, parts: Sequence[str] = ()) -> None:
        folder.mkdir(parents=True)
        text = "".join(json.dumps(badge(record)) + "\n" for record in records)
        (folder / "badges.jsonl").write_text(text, encoding="utf-8")
        declare(folder, declared)


def badge(values: Values) -> dict[str, Any] | None:
    """The values as an Open Badge; None where a value has no place in it."""
    honest = clean(1)
    if any(name in NO_PLACE and value != honest.get(name) for name, value in values.items()):
        return None
    if any(honest[name] is not None and values.get(name) is None for name in NO_PLACE if name in honest):
        return None  # what no badge states none leaves out
    if values.get("assessment_reading") == "attendance_phrase":
        return None  # a phrase of the list is read as the code of the list
    achievement: dict[str, Any] = {"id": "urn:achievement:1", "type": ["Achievement"]}
    subject: dict[str, Any] = {"type": ["AchievementSubject"]}
    issuer: dict[str, Any] = {"type": ["Profile"]}
    whole: dict[str, Any] = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "proof": {"type": "DataIntegrityProof"},
    }
    identifiers: list[dict[str, Any]] = []
    alignments: list[dict[str, str]] = []
    for name, value in values.items():
        if name in NO_PLACE or name in _FOLLOW:
            continue
        if name == "credential_id":
            whole["id"] = value if ":" in value else f"urn:credential:{value.lower()}"
        elif name in _OF_SUBJECT:
            subject[_OF_SUBJECT[name]] = str(value)
        elif name == "learner_identifiers":
            identifiers += [_identifier(*item.split(":", 1)) for item in value]
        elif name == "learner_birth_date":
            subject["profile"] = {**subject.get("profile", {}), "dateOfBirth": str(value)}
        elif name == "personal_data" and value == ["national_number"]:
            identifiers.append(_identifier("national", "000"))
        elif name in ("title", "title_raw"):
            language = values.get("title_language")
            tagged = language and language != values.get("language")
            achievement["name"] = [{"@value": value, "@language": language}] if tagged else value
        elif name in ("country", "country_raw") and (isinstance(value, str) or len(value) == 1):
            issuer["address"] = {"addressCountryCode": value if isinstance(value, str) else value[0]}
        elif name == "awarding_body" and len(value) == 1:
            issuer |= {"id": "https://beispielstadt.example", "name": value[0]}
        elif name == "awarding_body_identifiers":
            parts = [item.rpartition(":") for item in value]
            issuer["otherIdentifier"] = [
                {"identifier": number} | ({"identifierType": f"ext:{kind}"} if kind else {})
                for kind, _, number in parts
            ]
        elif name in ("issued", "issued_raw"):
            day = values.get("issued_raw") or value
            whole["validFrom"] = str(values.get("valid_from", day) if isinstance(day, date) else day)
            if str(day) != whole["validFrom"]:
                whole["awardedDate"] = str(day)
        elif name == "valid_until":
            whole["validUntil"] = str(value)
        elif name == "eqf_level":
            alignments.append(_alignment("ext:EQF", values.get("eqf_raw", f"{value:g}")))
        elif name in _ALIGNED:
            texts = value if isinstance(value, list) else [f"{value} cycle"]
            alignments += [_alignment(_ALIGNED[name], text) for text in texts]
        elif name == "quality_assurance_types":
            address = values.get("quality_assurance_references", [DECISION] * ("quality_assurance_bodies" in values))
            for text in value:
                decision = {
                    "type": "Alignment",
                    "targetType": "ext:QualityAssurance",
                    "targetName": text.replace("_", " "),
                }
                alignments.append({**decision, "targetUrl": address[0]} if address else decision)
        elif name in _OF_ACHIEVEMENT:
            achievement[_OF_ACHIEVEMENT[name]] = _plain(name, value)
        elif name == "grade_raw":
            subject["result"] = [{"type": ["Result"], "value": value}]
        else:
            return None
    if "eqf_raw" in values and "eqf_level" not in values:
        alignments.append(_alignment("ext:EQF", values["eqf_raw"]))
    achievement["alignment"] = alignments
    whole["issuer"] = issuer
    whole["credentialSubject"] = {**subject, "identifier": identifiers, "achievement": achievement}
    return whole


def _identifier(kind: str, number: str) -> dict[str, Any]:
    kind = "nationalIdentityNumber" if kind == "national" else "studentId"
    return {"type": "IdentityObject", "hashed": False, "identityHash": number, "identityType": kind}


def _alignment(kind: str, text: str) -> dict[str, str]:
    named = text.replace("_", " ")
    return {"type": "Alignment", "targetType": kind, "targetCode": text, "targetName": named}


def _plain(name: str, value: Any) -> Any:
    """A word or number of an extension; a code in its words."""
    one = value[0] if isinstance(value, list) else value
    if name == "workload_other_units":
        return int(one.split()[0])
    return one.replace("_", " ") if name in ("assessment_types", "participation_modes") else one
