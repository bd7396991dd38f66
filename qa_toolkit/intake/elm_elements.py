"""The sixteen elements of a European Digital Credential: where each stands, in which order of preference.

Source of the paths: European Learning Model v3 (application profile EDC), read tolerantly in all dialects met.
"""

from collections.abc import Iterable

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_bodies import read_awarding_body, read_country, read_place, read_quality_assurance
from qa_toolkit.intake.elm_learning import read_level, read_outcomes, read_participation, read_workload
from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.elm_parts import Parts, first_text, literals, read_coded
from qa_toolkit.intake.elm_stated_otherwise import read_stated_otherwise
from qa_toolkit.intake.grading import read_grading_scheme
from qa_toolkit.intake.words import ATTENDANCE_CODE, Words


def read_elements(parts: Parts, words: Words) -> Record:
    """Every element and context column of a credential."""
    record = Record()
    for reading in (
        _learner,
        _title,
        read_country,
        read_place,
        read_awarding_body,
        _dates,
        read_outcomes,
        read_workload,
        read_level,
    ):
        reading(record, parts, words)
    for reading in (
        _assessment,
        read_participation,
        read_quality_assurance,
        _optional,
        _context,
        read_stated_otherwise,
    ):
        reading(record, parts, words)
    record.finish(words, _would_stand(parts))
    return record


def _learner(record: Record, parts: Parts, words: Words) -> None:
    subject = parts.subject
    name = first_text(subject, "fullName")
    if name is None:
        given, family = first_text(subject, "givenName"), first_text(subject, "familyName")
        name = " ".join(part for part in (given, family) if part) or first_text(subject, "birthName")
    if name is not None and words.is_placeholder(name, "learner"):
        record.values["learner_cause"], name = "placeholder", None
    record.put("learner_name", name, subject)
    mail = subject.first("contactPoint", "emailAddress")
    address = (mail.codes()[:1] if mail else [None])[0]
    record.put("learner_email", address.removeprefix("mailto:") if address and "@" in address else None, mail)
    identifiers = [f"national:{n}" for n in literals(subject.all("nationalID", "notation"))]
    identifiers += [f"number:{n}" for n in literals(subject.all("identifier", "notation"))]
    record.put("learner_identifiers", identifiers, subject)
    own_id = subject.value.get("id") if isinstance(subject.value, dict) else None
    record.put("learner_key", own_id if isinstance(own_id, str) and own_id.startswith("did:") else None, subject)
    record.day("learner_birth_date", subject.first("dateOfBirth"))
    beyond = {
        "national_number": subject.first("nationalID"),
        "birth_place": subject.first("placeOfBirth"),
        "address": subject.first("location", "address") or subject.first("contactPoint", "address"),
    }
    held = {kind: node for kind, node in beyond.items() if node is not None}
    record.put("personal_data", list(held), next(iter(held.values()), None))
    if record.values.keys() & {"learner_name", "learner_email", "learner_identifiers", "learner_key"}:
        record.state("learner", "structured", None, subject)
        record.values.pop("learner_cause", None)


def _title(record: Record, parts: Parts, words: Words) -> None:
    places = [node for group in (parts.achievements, parts.specifications) for node in group[:1]]
    nodes = [node for place in places for node in place.all("title")]
    nodes += parts.credential.all("displayParameter", "title")
    tags = dict.fromkeys(tag for one in nodes for tag, _ in one.texts() if tag and not words.language_code(tag))
    record.put("languages_unrecognised", list(tags), nodes[0] if tags else None)
    node = next((node for node in nodes if node.texts()), None)
    if node is None:
        return
    texts = [(words.language_code(language or "") or language, text) for language, text in node.texts()]
    language, title = texts[0]
    record.put("title", title, node)
    record.put("title_language", language, node)
    record.put("language", language, node)
    record.put("titles", [{"language": one, "text": text} for one, text in texts], node)
    record.state("title", "structured", " | ".join(text for _, text in texts), node)


def _dates(record: Record, parts: Parts, _: Words) -> None:
    """validFrom never stands for the issue date: it says from when claims hold, not when they were made."""
    awarded = next((n for p in parts.awarding_processes for n in p.all("awardingDate")), None)
    record.day("awarded", awarded)
    for name, node in (
        ("issued", parts.credential.first("issued")),
        ("issuanceDate", parts.credential.first("issuanceDate")),
        ("awardingDate", awarded),
    ):
        if record.issued_on(name, node):
            break
    record.day("valid_from", parts.credential.first("validFrom"))
    until = parts.credential.first("validUntil") or parts.credential.first("expirationDate")
    record.day("valid_until", until)


def _assessment(record: Record, parts: Parts, words: Words) -> None:
    nodes = [n for a in parts.assessments for n in a.all("specifiedBy", "dcType")]
    nodes = nodes or [n for a in parts.assessments for n in a.all("dcType")]
    nodes = nodes or [n for s in parts.specifications for n in s.all("provenBy", "dcType")]
    node = next((a.first("awardedBy", "awardingDate") for a in parts.assessments if a.first("awardedBy")), None)
    dated = next((n for a in parts.assessments for name in ("issued", "dateIssued", "date") for n in a.all(name)), None)
    if dated is not None or (node is not None and len(parts.awarding_processes) > 1):
        record.day("assessment_date", dated or node)
    held = [n for a in parts.assessments for n in a.all("specifiedBy", "mode")]
    modes = [
        code for n in held for code in [next(filter(None, map(words.participation_code, n.codes())), None)] if code
    ]
    record.put("assessment_modes", list(dict.fromkeys(modes)), held[0] if held else None)
    if nodes:
        read_coded(record, "assessment_type", nodes, words.assessment_code, "assessment_types")
        texts = [label for one in nodes if (label := one.label())]
        record.put("assessment_texts", texts, nodes[0])
        unmatched = [text for text in texts if words.assessment_code(text) is None]
        codes = record.values.get("assessment_types", [])
        record.put("assessment_reading", words.read_assessment(codes, [] if codes else unmatched or texts), nodes[0])
        return
    titled = [n for a in parts.assessments for n in (a.all("specifiedBy", "title") or a.all("title")) if n.text()]
    if titled:
        texts = [text for node in titled if (text := node.text())]
        record.put("assessment_texts", texts, titled[0])
        codes = [code for text in texts if (code := words.assessment_code(text))]
        record.put("assessment_types", codes, titled[0])
        read = words.read_assessment([code for code in codes if code != ATTENDANCE_CODE], texts)
        record.put("assessment_reading", read, titled[0])
        record.state("assessment_type", "free_text", " | ".join(texts), titled[0])


def _optional(record: Record, parts: Parts, words: Words) -> None:
    places: dict[str, Iterable[Node]] = {
        "prerequisites": [n for s in parts.specifications for n in s.all("entryRequirement")],
        "supervision": [n for a in parts.assessments for n in a.all("idVerification")],
        "grade": [n for a in parts.assessments for n in a.all("grade")],
        "further_information": [
            n
            for node in (*parts.specifications, *parts.achievements)
            for name in ("additionalNote", "supplementaryDocument", "homepage", "description")
            for n in node.all(name)
        ],
    }
    for element, nodes in places.items():
        for node in nodes:
            text = node.text() or node.label() or first_text(node, "contentURL")
            if text:
                record.state(element, "structured" if element == "supervision" else "free_text", text, node)
                break
    for specification in parts.specifications:
        partial = specification.first("isPartialQualification")
        if partial is not None and partial.literal() is not None:
            named = next((w for a in parts.achievements for w in a.all("isPartOf") + a.all("entitlesTo")), None)
            whole = named.label() if named is not None and partial.literal() == "true" else None
            text = f"part of a larger qualification: {whole or partial.literal()}"
            record.state("stackability", "structured", text, partial)
            break
    else:
        leads = [n for a in parts.achievements for name in ("entitlesTo", "isPartOf") for n in a.all(name)]
        if leads and leads[0].label():
            record.state("stackability", "free_text", leads[0].label(), leads[0])
    watched = next(iter(places["supervision"]), None)
    code = next(filter(None, map(words.supervision_code, watched.codes())), None) if watched is not None else None
    record.put("supervision_code", code, watched)
    scheme = next((n for a in parts.assessments for n in a.all("specifiedBy", "gradingScheme")), None)
    if scheme is not None:
        record.put("grading_scheme", scheme.label(), scheme)
        told = " ; ".join(filter(None, (scheme.label(), first_text(scheme, "description"))))
        if (read := read_grading_scheme(told, words.grading)) is not None:
            record.put("grade_best", read.best, scheme)
            record.put("grade_worst", read.worst, scheme)
            record.put("grade_pass_mark", read.pass_mark, scheme)


def _context(record: Record, parts: Parts, words: Words) -> None:
    identifier = parts.credential.value.get("id") if isinstance(parts.credential.value, dict) else None
    notation = parts.credential.first("identifier", "notation")
    if isinstance(identifier, str) and identifier.strip():
        record.put("credential_id", identifier.strip(), None)
        record.origins["credential_id"] = f"{parts.credential.pointer}/id"
    elif notation is not None:
        record.put("credential_id", notation.literal(), notation)
    start = next((n for a in parts.activities for n in a.all("temporal", "startDate") + a.all("startDate")), None)
    end = next((n for a in parts.activities for n in a.all("temporal", "endDate") + a.all("endDate")), None)
    record.put("learning_activity", True if parts.activities else None, next(iter(parts.activities), None))
    record.day("activity_start", start)
    record.day("activity_end", end)
    fields = [n for s in parts.specifications for name in ("thematicArea", "iscedFCode") for n in s.all(name)]
    record.put("isced_f", [n.codes()[0] for n in fields if n.codes()], fields[0] if fields else None)
    if "recognition_of_prior_learning" in record.values.get("assessment_types", []):
        record.put("route", "validation", None)
    if "language" not in record.values:
        spoken = next((n for s in parts.specifications for n in s.all("language")), None)
        record.put(
            "language",
            next((c for c in map(words.language_code, spoken.codes()) if c), None) if spoken else None,
            spoken,
        )


def _would_stand(parts: Parts) -> dict[str, str]:
    """Element -> the pointer where it would stand if it is not stated."""
    specification = next(iter(parts.specifications or parts.achievements), parts.subject)
    assessment = next(iter(parts.assessments or parts.achievements), parts.subject)
    issuer = next(iter([*parts.issuers, *parts.awarding_bodies]), parts.credential)
    return {
        "learner": parts.subject.pointer,
        "country": f"{issuer.pointer}/location",
        "awarding_body": next(iter(parts.awarding_processes or parts.achievements), parts.subject).pointer,
        "issued": f"{parts.credential.pointer}/issued",
        "title": f"{specification.pointer}/title",
        "learning_outcomes": f"{specification.pointer}/learningOutcome",
        "workload": f"{specification.pointer}/creditPoint",
        "level": f"{specification.pointer}/eqfLevel",
        "assessment_type": f"{assessment.pointer}/specifiedBy/dcType",
        "participation": f"{specification.pointer}/mode",
        "quality_assurance": f"{specification.pointer}/accreditation",
        "prerequisites": f"{specification.pointer}/entryRequirement",
        "supervision": f"{assessment.pointer}/idVerification",
        "grade": f"{assessment.pointer}/grade",
        "stackability": f"{specification.pointer}/isPartialQualification",
        "further_information": f"{specification.pointer}/additionalNote",
    }
