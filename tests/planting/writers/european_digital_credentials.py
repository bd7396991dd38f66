"""Canonical values as European Digital Credentials: JSON Lines, sealed in shape or drafts."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qa_toolkit.resources import shipped_folder
from tests.planting.writers.writer import Values, declare

SNB = "http://data.europa.eu/snb"


class EuropeanDigitalCredentials:
    """JSON Lines of European Digital Credentials, sealed in shape (the seal itself is not looked at here) or drafts."""

    name = "european_digital_credential"
    evidence_forms = ("document", "draft")
    splits = False

    def holds(self, values: Values) -> bool:
        return elm(values) is not None

    def write(self, folder: Path, records: Sequence[Values], declared: Values, parts: Sequence[str] = ()) -> None:
        folder.mkdir(parents=True)
        lines = []
        for record in records:
            document = elm(record)
            sealed = {"payload": json.dumps(document), "signatures": [{"protected": "", "signature": ""}]}
            lines.append(json.dumps(document if record.get("evidence_form") == "draft" else sealed))
        (folder / "credentials.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        declare(folder, declared)


_CONCEPTS = {"assessment_types": "assessment", "participation_modes": "learning-assessment",
             "assessment_modes": "learning-assessment", "quality_assurance_types": "accreditation",
             "supervision_code": "supervision-verification"}  # fmt: skip
_FILES = {"assessment_types": "assessment_types", "participation_modes": "participation_modes",
          "assessment_modes": "participation_modes", "quality_assurance_types": "quality_assurance_types",
          "supervision_code": "supervision"}  # fmt: skip


def _concepts(column: str) -> dict[str, str]:
    path = shipped_folder("checks") / "vocabularies" / f"{_FILES[column]}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {r["code"]: r["concept"] for r in reversed(rows) if r["concept"]}


CODES = {column: _concepts(column) for column in _CONCEPTS}


def _concept(column: str, code: str) -> dict[str, Any]:
    if concept := CODES[column].get(code):
        return {"id": f"{SNB}/{_CONCEPTS[column]}/{concept}", "type": "Concept", "prefLabel": {"en": code}}
    return {"id": "urn:local:concept", "type": "Concept", "prefLabel": {"en": code.replace("_", " ")}}


def elm(values: Values) -> dict[str, Any] | None:
    """The values as a credential of the European Learning Model; None where a value has no place in it."""
    subject: dict[str, Any] = {"type": "Person"}
    whole: dict[str, Any] = {"type": ["VerifiableCredential", "EuropeanDigitalCredential"],
                             "@context": ["http://data.europa.eu/snb/model/context/edc-ap"]}  # fmt: skip
    s: dict[str, Any] = {"type": "Qualification"}
    claim: dict[str, Any] = {"type": "LearningAchievement"}
    test: dict[str, Any] = {"type": "LearningAssessment"}
    test_spec: dict[str, Any] = {"type": "LearningAssessmentSpecification"}
    activity: dict[str, Any] = {}
    awarding: dict[str, Any] = {}
    issuer: dict[str, Any] = {"type": "Organisation"}
    bodies: list[dict[str, Any]] = []
    decision: dict[str, Any] = {}
    ects = {"id": f"{SNB}/education-credit/6fcec5c5af", "prefLabel": {"en": "ECTS"}}
    language = values.get("title_language") or values.get("language") or "en"
    for name, value in values.items():
        text = value if isinstance(value, str) else None
        if name in ("title_language", "language", "evidence_form", "assessment_reading", "eqf_raw", "route",
                    "level_raw", "issuer", "grade_worst", "grade_pass_mark", "supervision_raw",
                    "awarding_body_identifiers", "quality_assurance_objects", "country_unrecognised", "issued_raw",
                    "issuer_is_awarding_body"):  # fmt: skip
            continue
        if name == "credential_id":
            whole["id"] = value if ":" in value else f"urn:credential:{value.lower()}"
        elif name == "learner_name":
            subject["fullName"] = {"en": value}
        elif name == "learner_key":
            subject["id"] = value
        elif name == "learner_email":
            subject["contactPoint"] = {"emailAddress": f"mailto:{value}"}
        elif name == "learner_identifiers":
            subject["identifier"] = [{"notation": item.partition(":")[2]} for item in value]
        elif name == "learner_birth_date":
            subject["dateOfBirth"] = str(value)
        elif name == "personal_data":
            subject |= {"national_number": {"nationalID": {"notation": "000"}},
                        "address": {"location": {"address": {"fullAddress": {"noteLiteral": "Somewhere 1"}}}},
                        "birth_place": {"placeOfBirth": {"address": {}}}}[value[0]]  # fmt: skip
        elif name in ("title", "title_raw"):
            claim["title"] = {language: value}
        elif name == "stated_otherwise" and len(value) == 1:
            key, _, other = value[0].partition(": ")
            if key == "title":
                s["title"] = {language: other}
            elif key == "ects":
                claim["creditReceived"] = {"framework": ects, "point": other}
            else:
                return None
        elif name in ("country", "country_raw"):
            codes = value if isinstance(value, list) else [value]
            issuer["location"] = [{"address": {"countryCode": {"notation": code}}} for code in codes]
        elif name == "awarding_body":
            bodies = [{"type": "Organisation", "legalName": {"en": body}} for body in value]
        elif name in ("issued", "valid_from", "valid_until"):
            whole[{"issued": "issued", "valid_from": "validFrom", "valid_until": "validUntil"}[name]] = str(
                values.get(f"{name}_raw", value)
            )
        elif name == "awarded":
            awarding["awardingDate"] = str(value)
        elif name == "learning_outcomes":
            s["learningOutcome"] = [{"title": {language: outcome}} for outcome in value]
        elif name in ("ects", "credits", "workload_unreadable"):
            framework = {"framework": ects} if name != "credits" else {}
            point = value[0] if isinstance(value, list) else f"{value:g}"
            s["creditPoint"] = [*s.get("creditPoint", []), {**framework, "point": point}]
        elif name == "credit_framework":
            return None
        elif name == "workload_hours" and isinstance(value, int | float) and value < 0:
            return None  # no duration is negative
        elif name in ("workload_hours", "durations"):
            hours = f"PT{value:g}H" if isinstance(value, int | float) else value
            s["volumeOfLearning"] = hours
        elif name == "eqf_level":
            s["eqfLevel"] = {"id": f"{SNB}/eqf/{value:g}", "prefLabel": {"en": f"Level {value:g}"}}
        elif name == "nqf_level":
            s["nqfLevel"] = [{"id": "urn:local:level", "prefLabel": {"en": level}} for level in value]
        elif name == "cycle":
            s["educationLevel"] = {"id": "urn:local:cycle", "prefLabel": {"en": f"{value} cycle"}}
        elif name == "assessment_types":
            test_spec["dcType"] = [_concept(name, code) for code in value]
        elif name == "assessment_texts":
            test["title"] = {"en": value[0]}
        elif name == "assessment_modes":
            test_spec["mode"] = [_concept(name, code) for code in value]
        elif name == "assessment_date":
            test["dateIssued"] = str(value)
        elif name == "supervision_code":
            test["idVerification"] = _concept(name, value)
        elif name == "grade_raw":
            test["grade"] = {"noteLiteral": {"en": value}}
        elif name == "grade_best":
            told = f"{values['grade_worst']:g} to {value:g} (best); pass mark {values['grade_pass_mark']:g}"
            test_spec["gradingScheme"] = {"title": {"en": told}}
        elif name == "participation_modes":
            s["mode"] = [_concept(name, code) for code in value]
        elif name == "quality_assurance_types":
            decision["dcType"] = _concept(name, value[0])
        elif name == "quality_assurance_raw":
            return None  # the model gives it a type, and no words
        elif name == "quality_assurance_bodies":
            decision["accreditingAgent"] = {"legalName": {"en": value[0]}}
        elif name == "stackability_raw":
            claim["isPartOf"] = {"title": {"en": value}}
        elif name == "further_information_raw":
            s["additionalNote"] = {"noteLiteral": {"en": value}}
        elif name == "isced_f":
            s["thematicArea"] = [{"id": f"{SNB}/isced-f/{code}"} for code in value]
        elif name in ("activity_start", "activity_end"):
            key = "startDate" if name == "activity_start" else "endDate"
            activity = {"type": "LearningActivity", "temporal": {**activity.get("temporal", {}), key: str(value)}}
        elif name == "languages_unrecognised" and text is None:
            s["language"] = {"notation": value[0]}
            claim["title"] = {value[0]: next(iter(claim.get("title", {"": "Leib"}).values()))}
        else:
            return None
    if "eqf_raw" in values and "eqf_level" not in values:
        s["eqfLevel"] = {"id": "urn:local:eqf", "prefLabel": {"en": values["eqf_raw"]}}
    if "awarding_body_identifiers" in values:
        for body, identifier in zip(bodies, values["awarding_body_identifiers"], strict=False):
            body["identifier"] = {"notation": identifier}
    issuer["legalName"] = {"en": values.get("issuer") or (values.get("awarding_body") or ["Somebody"])[0]}
    objects = (values.get("quality_assurance_objects") or [":"])[0].partition(":")[2]
    if "quality_assurance_types" not in values:
        decision = {}
    if decision and objects == "organisation":
        issuer["accreditation"] = decision
    elif decision:
        limited = {"limitQualification": {"title": {"en": "Leib"}}} if objects == "award" else {}
        s["accreditation"] = {**decision, **limited}
    if bodies:
        claim["awardedBy"] = {**awarding, "awardingBody": bodies}
    elif awarding:
        claim["awardedBy"] = awarding
    whole["issuer"] = issuer
    if test_spec.keys() - {"type"}:
        test["specifiedBy"] = test_spec
    if test.keys() - {"type"}:
        claim["provenBy"] = test
    if activity:
        claim["influencedBy"] = activity
    claim["specifiedBy"] = s
    whole["credentialSubject"] = {**subject, "hasClaim": claim}
    return whole
