"""The sixteen elements of an Open Badge of version 3: where each stands, in the standard and in its extensions.

Source: Open Badges 3.0 (1EdTech), its assessment extension, and the educredential extension of SURF. Where the standard
has no property for an element, a badge that uses no extension has not stated it.
"""

from collections.abc import Callable

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.open_badges_alignments import Alignments
from qa_toolkit.intake.open_badges_holder import read_holder
from qa_toolkit.intake.open_badges_parts import Parts, moment, own_text
from qa_toolkit.intake.open_badges_workload import read_workload
from qa_toolkit.intake.words import Words, folded


def read_elements(parts: Parts, words: Words) -> Record:
    """Every element and context column of a badge."""
    record = Record()
    alignments = Alignments.of(parts.achievement)
    read_holder(record, parts, words)
    read_workload(record, parts, words)
    for reading in (_title, _country, _awarding_body, _dates, _assessment):
        reading(record, parts, words)
    for reading in (_participation, _supervision, _grade, _stackability, _further, _context):
        reading(record, parts, words)
    alignments.read_outcomes(record, parts.achievement, words)
    alignments.read_level(record, words)
    alignments.read_quality_assurance(record, words)
    alignments.read_fields(record)
    record.finish(words, _would_stand(parts))
    if record.values.get("prerequisites_cause") == "empty":
        record.values["prerequisites_cause"] = "not_carried"
    return record


def _title(record: Record, parts: Parts, words: Words) -> None:
    spoken = next((n for n in (parts.achievement.first("inLanguage"), parts.credential.first("inLanguage")) if n), None)
    said = (spoken.literal() or "") if spoken is not None else ""
    own = words.language_code(said)
    record.put("language", own, spoken)
    record.put("languages_unrecognised", [said] if said and own is None else None, spoken)
    nodes = [*parts.achievement.all("name"), *parts.credential.all("name")]
    node = next((node for node in nodes if node.texts()), None)
    if node is None:
        return
    # Several of one name are the versions of it in a list of VC 2.0.
    beside = parts.achievement.all("name") if node in parts.achievement.all("name") else parts.credential.all("name")
    pairs = [pair for one in beside for pair in one.texts()]
    texts = [(words.language_code(language or "") or language or own, text) for language, text in pairs]
    language, title = texts[0]
    record.put("title", title, node)
    record.put("title_language", language, node)
    if own is None:
        record.put("language", language, node)
    record.put("titles", [{"language": one, "text": text} for one, text in texts], node)
    record.state("title", "structured", " | ".join(text for _, text in texts), node)


def _country(record: Record, parts: Parts, words: Words) -> None:
    for issuer in parts.credential.all("issuer"):
        for name in ("addressCountryCode", "addressCountry"):
            node = next((n for n in issuer.all("address", name) if n.literal()), None)
            if node is None:
                continue
            raw = node.literal() or ""
            code = words.country_code(raw)
            record.put("country", [code] if code else None, node)
            record.put("country_unrecognised", code is None, node)
            record.state("country", "structured" if code else "free_text", raw, node)
            return


def _awarding_body(record: Record, parts: Parts, _: Words) -> None:
    """The issuer: the standard knows no awarding body apart from it. Its names in several languages are one body's."""
    issuers = parts.credential.all("issuer")
    named = [[node for node in issuer.all("name") if node.texts()] for issuer in issuers]
    bodies = list(dict.fromkeys(nodes[0].texts()[0][1] for nodes in named if nodes))
    everything = dict.fromkeys(text for nodes in named for node in nodes for _, text in node.texts())
    first = next((nodes[0] for nodes in named if nodes), None)
    if first is not None:
        record.put("awarding_body", bodies, first)
        record.state("awarding_body", "structured", " | ".join(everything), first)
    found: list[tuple[str, Node]] = []
    for issuer in issuers:
        for entry in issuer.all("otherIdentifier"):
            kind = (own_text(entry, "identifierType") or "identifier").removeprefix("ext:")
            if value := own_text(entry, "identifier"):
                found.append((f"{kind}:{value}", entry))
        own_id = issuer.value.strip() if isinstance(issuer.value, str) else own_text(issuer, "id")
        if own_id:
            found.append((f"id:{own_id}", issuer))
    if not found and (own_id := own_text(parts.claims, "iss")):
        found.append((f"id:{own_id}", parts.claims))
    record.put("awarding_body_identifiers", [text for text, _ in found], found[0][1] if found else None)


def _dates(record: Record, parts: Parts, _: Words) -> None:
    """The day of issuing: awardedDate, else the day the credential is valid from, for the format has no other."""
    credential = parts.credential
    awarded = credential.first("awardedDate")
    begins = [
        ("validFrom", credential.first("validFrom")),
        ("issuanceDate", credential.first("issuanceDate")),
        ("nbf", moment(parts.claims, "nbf")),
    ]
    ends = (credential.first("validUntil"), credential.first("expirationDate"), moment(parts.claims, "exp"))
    record.day("awarded", awarded)
    for name, node in [("awardedDate", awarded), *begins]:
        if record.issued_on(name, node):
            break
    record.day("valid_from", next((node for _, node in begins if node is not None), None))
    record.day("valid_until", next((node for node in ends if node is not None), None))
    record.day("activity_start", parts.subject.first("activityStartDate"))
    record.day("activity_end", parts.subject.first("activityEndDate"))


def _assessment(record: Record, parts: Parts, words: Words) -> None:
    nodes = parts.achievement.all("assessmentType")
    nodes = nodes or parts.achievement.all("resultDescription", "assessmentType")
    _terms(record, "assessment_type", nodes, words, words.assessment_code, "assessment_types")
    if "assessment_type_strength" not in record.values:
        return
    codes = record.values.get("assessment_types", [])
    texts = [text for node in nodes if (text := node.literal())]
    record.put("assessment_texts", texts, nodes[0])
    record.put("assessment_reading", words.read_assessment(codes, [] if codes else texts), nodes[0])
    if "recognition_of_prior_learning" in codes:
        record.put("route", "validation", nodes[0])


def _participation(record: Record, parts: Parts, words: Words) -> None:
    nodes = parts.achievement.all("participationType")
    _terms(record, "participation", nodes, words, words.participation_code, "participation_modes")


def _terms(
    record: Record,
    element: str,
    nodes: list[Node],
    words: Words,
    code_of: Callable[[str], str | None],
    column: str,
) -> None:
    """Terms of an extension's own list; a term that the European list knows as well becomes its code."""
    stated = [(node, text) for node in nodes if (text := node.literal())]
    if not stated:
        return
    codes: list[str] = []
    known = True
    for _, text in stated:
        listed = words.badge_extension_terms.get((element, folded(text)))
        code = listed or (None if listed == "" else code_of(text))
        known = known and (listed is not None or code is not None)
        codes += [code] if code else []
    record.put(column, list(dict.fromkeys(codes)), stated[0][0])
    raw = " | ".join(dict.fromkeys(text for _, text in stated))
    record.state(element, "local_code" if known else "free_text", raw, stated[0][0])


def _supervision(record: Record, parts: Parts, _: Words) -> None:
    kind, checked = parts.achievement.first("supervisionType"), parts.achievement.first("identityChecked")
    node = kind or checked
    told = [text] if kind is not None and (text := kind.literal()) else []
    if checked is not None and (answer := checked.literal()) in ("true", "false"):
        told.append("identity checked" if answer == "true" else "identity not checked")
    if node is not None and told:
        record.state("supervision", "local_code", "; ".join(told), node)


def _grade(record: Record, parts: Parts, _: Words) -> None:
    """A result's value or level; its status (completed, enrolled) is no grade."""
    for result in parts.subject.all("result"):
        node = result.first("value") or result.first("achievedLevel")
        text = (node.literal() or node.label() or own_text(node, "name")) if node is not None else None
        if node is None or not text:
            continue
        record.state("grade", "free_text", text, node)
        scheme = result.first("resultDescription")
        if scheme is not None and isinstance(scheme.value, dict):
            low, high = own_text(scheme, "valueMin"), own_text(scheme, "valueMax")
            allowed = [text for one in scheme.all("allowedValue") if (text := one.literal())]
            kind = (own_text(scheme, "resultType") or "").removeprefix("ext:")
            of = f"{low} to {high}" if low and high else ", ".join(allowed)
            shown = " ".join(part for part in (kind, of) if part) or own_text(scheme, "name")
            record.put("grading_scheme", shown, scheme)
        return


def _stackability(record: Record, parts: Parts, _: Words) -> None:
    """Only a programme it belongs to: ``related`` names versions and translations of the same achievement."""
    node = parts.achievement.first("educationProgramIdentifier")
    if node is not None and (text := node.literal()):
        record.state("stackability", "local_code", f"part of the programme {text}", node)


def _further(record: Record, parts: Parts, _: Words) -> None:
    places = (("description",), ("criteria", "id"), ("humanCode",))
    for path in places:
        for node in parts.achievement.all(*path):
            if text := node.text() or node.literal():
                record.state("further_information", "free_text", text, node)
                return


def _context(record: Record, parts: Parts, _: Words) -> None:
    own_id = own_text(parts.credential, "id")
    if own_id:
        record.put("credential_id", own_id, None)
        record.origins["credential_id"] = f"{parts.credential.pointer}/id"
    elif token := own_text(parts.claims, "jti"):
        record.put("credential_id", token, None)
        record.origins["credential_id"] = f"{parts.claims.pointer}/jti"
    else:
        record.origins["credential_id"] = f"{parts.credential.pointer}/id"
    record.put("offer_id", own_text(parts.achievement, "id"), None)


def _would_stand(parts: Parts) -> dict[str, str]:
    """Element -> the pointer where it would stand if it is not stated."""
    achievement, credential = parts.achievement.pointer, parts.credential.pointer
    issuer = next(iter(parts.credential.all("issuer")), None)
    issuer_place = issuer.pointer if issuer is not None else f"{credential}/issuer"
    return {
        "learner": f"{parts.subject.pointer}/identifier",
        "title": f"{achievement}/name",
        "country": f"{issuer_place}/address",
        "awarding_body": f"{issuer_place}/name",
        "issued": f"{credential}/validFrom",
        "learning_outcomes": f"{achievement}/alignment",
        "workload": f"{achievement}/ECTS",
        "level": f"{achievement}/alignment",
        "assessment_type": f"{achievement}/assessmentType",
        "participation": f"{achievement}/participationType",
        "quality_assurance": f"{achievement}/alignment",
        "prerequisites": achievement,
        "supervision": f"{achievement}/supervisionType",
        "grade": f"{parts.subject.pointer}/result",
        "stackability": f"{achievement}/educationProgramIdentifier",
        "further_information": f"{achievement}/description",
    }
