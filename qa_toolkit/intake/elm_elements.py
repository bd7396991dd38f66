"""The sixteen elements of a European Digital Credential: where each stands, in which order of preference.

Source of the paths: European Learning Model v3 (application profile EDC), read tolerantly in all dialects met.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.grading import read_grading_scheme
from qa_toolkit.intake.values import parse_day, parse_duration, parse_number
from qa_toolkit.intake.words import ATTENDANCE_CODE, Words, folded

ECTS_CONCEPT = "6fcec5c5af"


@dataclass
class Parts:
    """The nodes of a credential that hold its elements."""

    credential: Node
    subject: Node
    issuers: list[Node]
    achievements: list[Node]
    specifications: list[Node]
    assessments: list[Node]
    activities: list[Node]
    awarding_processes: list[Node]
    awarding_bodies: list[Node]


def gather(credential: Node, subject: Node) -> Parts:
    """Find the parts of a credential; the parts of an achievement come after the whole."""
    claims = subject.all("hasClaim")
    achievements = [c for c in claims if "LearningAchievement" in c.types()] or [
        c for c in claims if c.all("specifiedBy", "learningOutcome") or (c.all("awardedBy") and not c.types())
    ]
    achievements = achievements or claims
    achievements = _with_parts(achievements)
    specifications = _with_parts([s for a in achievements for s in a.all("specifiedBy")])
    bare_assessments = [c for c in claims if "LearningAssessment" in c.types()]
    bare_activities = [c for c in claims if "LearningActivity" in c.types()]
    processes = [p for a in achievements for p in a.all("awardedBy")]
    return Parts(
        credential=credential,
        subject=subject,
        issuers=credential.all("issuer"),
        achievements=achievements,
        specifications=specifications,
        assessments=_with_parts([p for a in achievements for p in a.all("provenBy")] + bare_assessments),
        activities=_with_parts([p for a in achievements for p in a.all("influencedBy")] + bare_activities),
        awarding_processes=processes,
        awarding_bodies=[b for p in processes for b in p.all("awardingBody")],
    )


def read_elements(parts: Parts, words: Words) -> Record:
    """Every element and context column of a credential."""
    record = Record()
    for reading in (_learner, _title, _country, _place, _awarding_body, _dates, _outcomes, _workload, _level):
        reading(record, parts, words)
    for reading in (_assessment, _participation, _quality_assurance, _optional, _context, _stated_otherwise):
        reading(record, parts, words)
    record.finish(words, _would_stand(parts))
    return record


def _learner(record: Record, parts: Parts, words: Words) -> None:
    subject = parts.subject
    name = _first_text(subject, "fullName")
    if name is None:
        given, family = _first_text(subject, "givenName"), _first_text(subject, "familyName")
        name = " ".join(part for part in (given, family) if part) or _first_text(subject, "birthName")
    if name is not None and words.is_placeholder(name, "learner"):
        record.values["learner_cause"], name = "placeholder", None
    record.put("learner_name", name, subject)
    mail = subject.first("contactPoint", "emailAddress")
    address = (mail.codes()[:1] if mail else [None])[0]
    record.put("learner_email", address.removeprefix("mailto:") if address and "@" in address else None, mail)
    identifiers = [f"national:{n}" for n in _literals(subject.all("nationalID", "notation"))]
    identifiers += [f"number:{n}" for n in _literals(subject.all("identifier", "notation"))]
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


def _country(record: Record, parts: Parts, words: Words) -> None:
    organisations = [*parts.issuers, *parts.awarding_bodies]
    paths = (
        ("location", "address", "countryCode"),
        ("registration", "spatial"),
        ("eIDASIdentifier", "spatial"),
        ("vatIdentifier", "spatial"),
        ("location", "spatialCode"),
        ("location", "country"),
    )
    for organisation in organisations:
        for path in paths:
            nodes = organisation.all(*path)
            if not nodes:
                continue
            codes = [next((c for c in map(words.country_code, node.codes()) if c), None) for node in nodes]
            record.put("country", list(dict.fromkeys(code for code in codes if code)), nodes[0])
            record.put("country_unrecognised", not any(codes), nodes[0])
            shown = " | ".join(dict.fromkeys(node.label() or "" for node in nodes))
            record.state("country", "structured" if any(codes) else "free_text", shown, nodes[0])
            return


def _place(record: Record, parts: Parts, _: Words) -> None:
    """Where the award was issued, in words: town or address of the awarding process, else of the issuer."""
    for holder in (*parts.awarding_processes, *parts.issuers):
        for address in holder.all("location", "address"):
            for name in ("fullAddress", "postName", "spatialCode"):
                if (text := _first_text(address, name)) is not None:
                    record.put("place_of_issue", text, address)
                    return


def _awarding_body(record: Record, parts: Parts, _: Words) -> None:
    named = [(b, node) for b in parts.awarding_bodies for node in _named(b)[:1]]
    names = list(dict.fromkeys(text for _, node in named if (text := node.text())))
    if names:
        record.put("awarding_body", names, named[0][1])
        record.state("awarding_body", "structured", " | ".join(names), named[0][1])
    kinds = ("registration", "eIDASIdentifier", "vatIdentifier", "taxIdentifier", "identifier")
    found = [(k, n) for b in parts.awarding_bodies for k in kinds for n in b.all(k, "notation") if n.literal()]
    record.put("awarding_body_identifiers", [f"{k}:{n.literal()}" for k, n in found], found[0][1] if found else None)
    issuer = next((node for i in parts.issuers for node in _named(i)), None)
    record.put("issuer", issuer.text() if issuer else None, issuer)
    bodies, issuers = (_known_as(group) for group in (parts.awarding_bodies, parts.issuers))
    record.put("issuer_is_awarding_body", bool(bodies & issuers) if bodies and issuers else None, None)
    mandate = next((n for n in parts.credential.all("evidence", "dcType") if _says_mandate(n)), None)
    mandate = mandate or next((n for n in parts.credential.all("credentialProfiles") if _says_mandate(n)), None)
    record.put("mandate", mandate.label() if mandate else None, mandate)


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


def _outcomes(record: Record, parts: Parts, words: Words) -> None:
    nodes = [n for s in parts.specifications for n in s.all("learningOutcome")]
    skills = [k for n in nodes for name in ("relatedESCOSkill", "relatedSkill") for k in n.all(name)]
    record.put(
        "skills", list(dict.fromkeys(s for k in skills if (s := _address_or_name(k)))), skills[0] if skills else None
    )
    texts = []
    for node in nodes:
        text = _first_text(node, "title") or _first_text(node, "prefLabel")
        if text is None and (skill := node.first("relatedESCOSkill")) is not None:
            text = skill.label()
        if text and not words.is_placeholder(text, "learning_outcomes"):
            texts.append(text)
    if texts:
        record.put("learning_outcomes", texts, nodes[0])
        record.state("learning_outcomes", "structured", " | ".join(texts), nodes[0])
        return
    for specification in parts.specifications:
        summary = specification.first("learningOutcomeSummary")
        if summary is not None and (text := summary.text()):
            record.put("learning_outcomes", [text], summary)
            record.state("learning_outcomes", "free_text", text, summary)
            return


def _workload(record: Record, parts: Parts, _: Words) -> None:
    found: list[tuple[str, Node]] = []
    unreadable: list[str] = []
    for credit in [c for s in parts.specifications for c in s.all("creditPoint")] + [
        c for a in parts.achievements for c in a.all("creditReceived")
    ]:
        point = credit.first("point")
        raw = point.literal() if point else None
        if point is None or raw is None:
            continue
        found.append((raw, point))
        value = parse_number(raw)
        framework = credit.first("framework")
        names = [folded(code) for code in framework.codes()] if framework else []
        is_ects = any(name == ECTS_CONCEPT or "ects" in name or "european credit transfer" in name for name in names)
        if value is None:
            unreadable.append(raw)
        elif is_ects:
            if "ects" not in record.values:
                record.put("ects", value, point)
        elif "credits" not in record.values:
            record.put("credits", value, point)
            record.put("credit_framework", framework.label() if framework else None, framework)
    durations = _durations(parts)
    record.put("durations", [raw for raw, _ in durations], durations[0][1] if durations else None)
    for raw, node in durations:
        found.append((raw, node))
        duration = parse_duration(raw)
        if duration is None:
            unreadable.append(raw)
        elif duration.has_months:
            record.origins["durations"] = node.pointer  # point to the one that is wrong
        elif duration.hours is not None and "workload_hours" not in record.values:
            record.put("workload_hours", duration.hours, node)
    record.put("workload_unreadable", unreadable, None)
    if found:
        record.state("workload", "structured", " | ".join(dict.fromkeys(raw for raw, _ in found)), found[0][1])


def _durations(parts: Parts) -> list[tuple[str, Node]]:
    """Every stated volume of learning; maximumDuration is calendar time and none of them."""
    nodes = [n for s in parts.specifications for n in s.all("volumeOfLearning")]
    nodes += [n for a in parts.activities for n in a.all("workload")]
    nodes += [n for a in parts.activities for n in a.all("specifiedBy", "volumeOfLearning")]
    return [(raw, node) for node in nodes if (raw := node.literal())]


def _level(record: Record, parts: Parts, words: Words) -> None:
    eqf = next((n for s in parts.specifications for n in s.all("eqfLevel")), None)
    nqf = [n for s in parts.specifications for n in s.all("nqfLevel")]
    education = [n for s in parts.specifications for n in s.all("educationLevel")]
    shown: list[str] = []
    if eqf is not None:
        numbers = [
            n for c in eqf.codes() for n in (parse_number(folded(c).removeprefix("level").strip()),) if n is not None
        ]
        raw = eqf.codes()[0] if numbers and eqf.codes() else (eqf.label() or "")
        record.put("eqf_raw", raw, eqf)
        record.put("eqf_level", numbers[0] if numbers else None, eqf)
        shown.append(f"EQF {raw}")
    names = [label for node in nqf if (label := node.label())]
    record.put("nqf_level", names, nqf[0] if nqf else None)
    shown += names
    for node in [*education, *nqf]:
        cycle = next((c for c in map(words.cycle, node.codes()) if c), None)
        if cycle:
            record.put("cycle", cycle, node)
            break
    shown += [label for node in education if (label := node.label())]
    stated = eqf or next(iter(nqf or education), None)
    if stated is not None and shown:
        strength = "structured" if eqf is not None else "local_code"
        record.state("level", strength, " | ".join(shown), stated)


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
        _coded(record, "assessment_type", nodes, words.assessment_code, "assessment_types")
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


def _participation(record: Record, parts: Parts, words: Words) -> None:
    nodes = [n for s in parts.specifications for n in s.all("mode")]
    nodes = nodes or [n for a in parts.activities for n in a.all("specifiedBy", "mode")]
    nodes = nodes or [n for a in parts.achievements for n in a.all("learningOpportunity", "mode")]
    if nodes:
        _coded(record, "participation", nodes, words.participation_code, "participation_modes")


def _quality_assurance(record: Record, parts: Parts, words: Words) -> None:
    """Accreditation of the award, of its awarding body, of the issuer, or as evidence; a mandate is none."""
    organisations = [*parts.awarding_bodies, *parts.issuers]
    holders = [*parts.specifications, *organisations, *parts.credential.all("evidence")]
    nodes = [n for holder in holders for n in holder.all("accreditation")]
    if not nodes:
        return
    of_organisations = {n.pointer for holder in organisations for n in holder.all("accreditation")}
    kinds, objects = [], []
    for node in nodes:
        kind = node.first("dcType")
        code = next((c for c in map(words.quality_assurance_code, kind.codes()) if c), None) if kind else None
        kinds.append(code or (kind.label() if kind else None) or node.label() or "accreditation")
        if code and node.all("limitQualification"):
            objects.append(f"{code}:award")
        elif code and node.pointer in of_organisations:
            objects.append(f"{code}:organisation")
    record.put("quality_assurance_types", list(dict.fromkeys(kinds)), nodes[0])
    bodies = [text for n in nodes for b in n.all("accreditingAgent") for m in _named(b)[:1] if (text := m.text())]
    record.put("quality_assurance_bodies", list(dict.fromkeys(bodies)), nodes[0])
    pages = [n for one in nodes for name in ("report", "homepage", "landingPage") for n in one.all(name, "contentURL")]
    references = _literals(n for one in nodes for n in one.all("identifier", "notation")) + _literals(pages)
    record.put("quality_assurance_references", list(dict.fromkeys(references)), nodes[0])
    record.put("quality_assurance_objects", list(dict.fromkeys(objects)), nodes[0])
    record.state("quality_assurance", "structured", " | ".join(dict.fromkeys(kinds)), nodes[0])


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
            text = node.text() or node.label() or _first_text(node, "contentURL")
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
        told = " ; ".join(filter(None, (scheme.label(), _first_text(scheme, "description"))))
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


def _stated_otherwise(record: Record, parts: Parts, words: Words) -> None:
    """What the file says a second time about one award, and otherwise: titles of one language, credits, issue days."""
    found: list[tuple[str, Node]] = []
    achievement = next(iter(parts.achievements), None)
    specification = achievement.first("specifiedBy") if achievement is not None else None
    if achievement is not None and specification is not None:
        first = {words.language_code(language or "") or language: text for language, text in _titles_of(achievement)}
        for language, text in _titles_of(specification):
            other = first.get(words.language_code(language or "") or language)
            if other is not None and folded(other) != folded(text):
                found.append((f"title: {text}", achievement.all("title")[0]))
        received = {n.literal(): n for n in achievement.all("creditReceived", "point") if _is_ects(achievement)}
        stated = {n.literal() for n in specification.all("creditPoint", "point")}
        figures = {parse_number(text or "") for text in stated}
        found += [(f"ects: {t}", n) for t, n in received.items() if figures and parse_number(t or "") not in figures]
    for name in ("issued", "issuanceDate"):
        node = parts.credential.first(name)
        read = parse_day(node.literal() or "") if node is not None else None
        if node is not None and read is not None and read.day and record.values.get("issued") not in (None, read.day):
            found.append((f"issued: {read.day.isoformat()}", node))
    record.put("stated_otherwise", [text for text, _ in found], found[0][1] if found else None)


def _coded(record: Record, element: str, nodes: Sequence[Node], code_of: Any, column: str) -> None:
    """Concepts of one family: by identifier (structured), else by label (local code), else their text as it is."""
    codes, strengths = [], set()
    for node in nodes:
        matched = [(place, code) for place, text in enumerate(node.codes()) if (code := code_of(text))]
        if matched:
            codes.append(matched[0][1])
            strengths.add("structured" if matched[0][0] == 0 else "local_code")
        else:
            strengths.add("free_text")
    labels = list(dict.fromkeys(label for node in nodes if (label := node.label())))
    if not codes and not labels:
        return
    record.put(column, list(dict.fromkeys(codes)), nodes[0])
    strength = next(s for s in ("free_text", "local_code", "structured") if s in strengths)
    record.state(element, strength, " | ".join(labels), nodes[0])


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


def _with_parts(nodes: Sequence[Node]) -> list[Node]:
    """The nodes, then their parts, level by level; a part that is met twice counts once."""
    found: list[Node] = []
    seen, level = set[str](), list(nodes)
    while level:
        for node in level:
            if node.pointer not in seen:
                seen.add(node.pointer)
                found.append(node)
        level = [part for node in level for part in node.all("hasPart") if part.pointer not in seen]
    return found


def _named(organisation: Node) -> list[Node]:
    return [n for name in ("legalName", "altLabel", "prefLabel") for n in organisation.all(name) if n.text()]


def _known_as(organisations: Iterable[Node]) -> set[str]:
    """Every name and identifier of organisations, to find one behind two descriptions."""
    listed = list(organisations)
    names = ("legalName", "altLabel", "prefLabel")
    known = {folded(text) for o in listed for name in names for n in o.all(name) for _, text in n.texts()}
    kinds = ("registration", "eIDASIdentifier", "vatIdentifier", "taxIdentifier", "identifier")
    return known | {folded(text) for o in listed for kind in kinds for text in _literals(o.all(kind, "notation"))}


def _address_or_name(concept: Node) -> str | None:
    """The identifier of a concept where it is a whole address, else its label."""
    stated = concept.value.get("id", concept.value.get("@id")) if isinstance(concept.value, dict) else concept.literal()
    return stated if isinstance(stated, str) and "://" in stated else concept.label()


def _says_mandate(concept: Node) -> bool:
    return any("mandate" in folded(code) for code in concept.codes())


def _titles_of(node: Node) -> list[tuple[str | None, str]]:
    return [pair for title in node.all("title") for pair in title.texts()]


def _is_ects(achievement: Node) -> bool:
    """Whether what was received and what is specified are both credits of one framework."""
    received = {tuple(n.codes()) for n in achievement.all("creditReceived", "framework")}
    return received == {tuple(n.codes()) for n in achievement.all("specifiedBy", "creditPoint", "framework")}


def _first_text(node: Node, name: str) -> str | None:
    return next((text for child in node.all(name) if (text := child.text())), None)


def _literals(nodes: Iterable[Node]) -> list[str]:
    return [text for node in nodes if (text := node.literal())]
