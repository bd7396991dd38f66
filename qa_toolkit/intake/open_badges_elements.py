"""The sixteen elements of an Open Badge of version 3: where each stands, in the standard and in its extensions.

Source: Open Badges 3.0 (1EdTech), its assessment extension, and the educredential extension of SURF. Where the standard
has no property for an element, a badge that uses no extension has not stated it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.open_badges_alignments import Alignments
from qa_toolkit.intake.values import parse_day, parse_number
from qa_toolkit.intake.words import Words, folded

HOURS, MINUTES = "hours", "minutes"
_NATIONAL = ("nationalidentitynumber", "nationalid")
_MAIL = ("emailaddress", "email")
_NAME = ("name", "ext:name")


@dataclass(frozen=True)
class Parts:
    """The nodes of a badge that hold its elements."""

    credential: Node
    claims: Node
    """Claims of the token around it: iss, sub, jti, nbf, exp stand for what the credential leaves out."""
    subject: Node
    achievement: Node


def read_elements(parts: Parts, words: Words) -> Record:
    """Every element and context column of a badge."""
    record = Record()
    alignments = Alignments.of(parts.achievement)
    for reading in (_learner, _title, _country, _awarding_body, _dates, _workload, _assessment):
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


def _learner(record: Record, parts: Parts, _: Words) -> None:
    """A hashed address or a DID identifies a holder as much as a name: it is compared, not read."""
    subject = parts.subject
    profile = subject.first("profile")
    holders = [subject, *([profile] if profile is not None and isinstance(profile.value, dict) else [])]
    name = next((text for holder in holders for text in [_name_of(holder)] if text), None)
    mail = next((node for holder in holders if (node := holder.first("email")) is not None), None)
    key, address = None, mail.literal() if mail is not None else None
    numbers: list[str] = []
    beyond: dict[str, Node] = {}
    for entry in subject.all("identifier"):
        kind = folded(_own_text(entry, "identityType") or "").replace(" ", "")
        value = _own_text(entry, "identityHash") or _own_text(entry, "identifier")
        if value is None and isinstance(entry.value, str):
            value = entry.value.strip()
        if not value:
            continue
        hashed = isinstance(entry.value, dict) and entry.value.get("hashed") in (True, "true", "True")
        if hashed or value.lower().startswith(("sha256$", "md5$")):
            key = key or value
        elif kind in _MAIL or value.startswith("mailto:"):
            address = address or value
        elif kind in _NAME:
            name = name or value
        else:
            national = kind in _NATIONAL
            numbers.append(f"{'national' if national else 'number'}:{value}")
            if national:
                beyond["national_number"] = entry
    own_id, id_node = _own_text(subject, "id"), subject
    if own_id is None:
        own_id, id_node = _own_text(parts.claims, "sub"), parts.claims
    if own_id and own_id.startswith("did:"):
        key = own_id if key is None else key
    elif own_id and own_id.startswith("mailto:"):
        address = address or own_id
    elif own_id:
        numbers.append(f"id:{own_id}")
    record.put("learner_name", name, subject)
    record.put("learner_email", address.removeprefix("mailto:") if address and "@" in address else None, mail)
    record.put("learner_key", key, subject.first("identifier") or id_node)
    record.put("learner_identifiers", numbers, subject.first("identifier") or id_node)
    for holder in holders:
        record.day("learner_birth_date", holder.first("dateOfBirth"))
        if (living := holder.first("address")) is not None:
            beyond.setdefault("address", living)
        if (number := holder.first("nationalID")) is not None:
            beyond.setdefault("national_number", number)
    record.put("personal_data", list(beyond), next(iter(beyond.values()), None))
    if record.values.keys() & {"learner_name", "learner_email", "learner_identifiers", "learner_key"}:
        record.state("learner", "structured", None, subject)


def _title(record: Record, parts: Parts, words: Words) -> None:
    spoken = next((n for n in (parts.achievement.first("inLanguage"), parts.credential.first("inLanguage")) if n), None)
    said = (spoken.literal() or "") if spoken is not None else ""
    own = words.language_code(said) or said or None
    record.put("language", own, spoken)
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
    named = [node for issuer in issuers for node in issuer.all("name") if node.texts()]
    names = list(dict.fromkeys(text for node in named for _, text in node.texts()))
    if names:
        record.put("awarding_body", names, named[0])
        record.state("awarding_body", "structured", " | ".join(names), named[0])
    found: list[tuple[str, Node]] = []
    for issuer in issuers:
        for entry in issuer.all("otherIdentifier"):
            kind = (_own_text(entry, "identifierType") or "identifier").removeprefix("ext:")
            if value := _own_text(entry, "identifier"):
                found.append((f"{kind}:{value}", entry))
        own_id = issuer.value.strip() if isinstance(issuer.value, str) else _own_text(issuer, "id")
        if own_id:
            found.append((f"id:{own_id}", issuer))
    if not found and (own_id := _own_text(parts.claims, "iss")):
        found.append((f"id:{own_id}", parts.claims))
    record.put("awarding_body_identifiers", [text for text, _ in found], found[0][1] if found else None)


def _dates(record: Record, parts: Parts, _: Words) -> None:
    """The day of issuing: awardedDate, else the day the credential is valid from, for the format has no other."""
    credential = parts.credential
    awarded = credential.first("awardedDate")
    begins = [
        ("validFrom", credential.first("validFrom")),
        ("issuanceDate", credential.first("issuanceDate")),
        ("nbf", _moment(parts.claims, "nbf")),
    ]
    ends = (credential.first("validUntil"), credential.first("expirationDate"), _moment(parts.claims, "exp"))
    record.day("awarded", awarded)
    for name, node in [("awardedDate", awarded), *begins]:
        if record.issued_on(name, node):
            break
    record.day("valid_from", next((node for _, node in begins if node is not None), None))
    record.day("valid_until", next((node for node in ends if node is not None), None))
    record.day("activity_start", parts.subject.first("activityStartDate"))
    record.day("activity_end", parts.subject.first("activityEndDate"))


def _workload(record: Record, parts: Parts, words: Words) -> None:
    """creditsAvailable names no framework and is never taken for ECTS; a study load is hours or minutes by platform."""
    achievement = parts.achievement
    found: list[tuple[str, Node]] = []
    unreadable: list[str] = []
    others: list[str] = []

    def figures(nodes: Iterable[Node], take: Callable[[float, Node], None]) -> None:
        for node in nodes:
            raw = node.literal()
            if raw is None:
                continue
            found.append((raw, node))
            value = parse_number(raw)
            if value is None:
                unreadable.append(raw)
            else:
                take(value, node)

    def into(column: str) -> Callable[[float, Node], None]:
        return lambda value, node: None if column in record.values else record.put(column, value, node)

    figures(achievement.all("ECTS") + achievement.all("extensions:ECTSExtension", "ECTS"), into("ects"))
    figures(achievement.all("SBU") + achievement.all("timeInvestment"), into("workload_hours"))
    figures(achievement.all("creditsAvailable") + parts.subject.all("creditsEarned"), into("credits"))
    unit = _study_load_unit(parts, words)
    loads = achievement.all("StudyLoad") + achievement.all("extensions:StudyLoadExtension", "StudyLoad")

    def load(value: float, node: Node) -> None:
        if unit is None:
            others.append(f"study load {node.literal()}")
        else:
            into("workload_hours")(value / 60 if unit == MINUTES else value, node)

    figures(loads, load)
    record.put("workload_unreadable", unreadable, None)
    record.put("workload_other_units", others, None)
    if found:
        record.state("workload", "structured", " | ".join(dict.fromkeys(raw for raw, _ in found)), found[0][1])


def _study_load_unit(parts: Parts, words: Words) -> str | None:
    """hours or minutes, by who issues the badge; None where nothing tells."""
    if "EducredentialAchievement" in parts.achievement.types():
        return HOURS
    addresses = [_own_text(parts.credential, "id"), _own_text(parts.achievement, "id")]
    for issuer in parts.credential.all("issuer"):
        addresses += [issuer.value if isinstance(issuer.value, str) else _own_text(issuer, "id")]
        addresses += [_own_text(issuer, "url")]
    for address in addresses:
        host = _host(address or "")
        for known, unit in words.study_load_units.items():
            if host == known or host.endswith(f".{known}"):
                return unit
    return None


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
        text = (node.literal() or node.label() or _own_text(node, "name")) if node is not None else None
        if node is None or not text:
            continue
        record.state("grade", "free_text", text, node)
        scheme = result.first("resultDescription")
        if scheme is not None and isinstance(scheme.value, dict):
            low, high = _own_text(scheme, "valueMin"), _own_text(scheme, "valueMax")
            allowed = [text for one in scheme.all("allowedValue") if (text := one.literal())]
            kind = (_own_text(scheme, "resultType") or "").removeprefix("ext:")
            of = f"{low} to {high}" if low and high else ", ".join(allowed)
            shown = " ".join(part for part in (kind, of) if part) or _own_text(scheme, "name")
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
    own_id = _own_text(parts.credential, "id")
    if own_id:
        record.put("credential_id", own_id, None)
        record.origins["credential_id"] = f"{parts.credential.pointer}/id"
    elif token := _own_text(parts.claims, "jti"):
        record.put("credential_id", token, None)
        record.origins["credential_id"] = f"{parts.claims.pointer}/jti"
    else:
        record.origins["credential_id"] = f"{parts.credential.pointer}/id"
    record.put("offer_id", _own_text(parts.achievement, "id"), None)


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


def _name_of(holder: Node) -> str | None:
    name = next((text for node in holder.all("name") if (text := node.text())), None)
    if name is None:
        parts = [text for part in ("givenName", "familyName") for n in holder.all(part) if (text := n.text())]
        name = " ".join(parts) or None
    return name


def _own_text(node: Node, name: str) -> str | None:
    """A text or number of the object itself: an identifier is not a reference to follow."""
    value: Any = node.value.get(name) if isinstance(node.value, dict) else None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return str(value).strip() or None


def _moment(claims: Node, name: str) -> Node | None:
    """A time of a token, seconds since 1970, as a date-time."""
    value = claims.value.get(name) if isinstance(claims.value, dict) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        text = datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return None
    return Node(text, f"{claims.pointer}/{name}", claims.document) if parse_day(text).day else None


def _host(address: str) -> str:
    if address.startswith("did:web:"):
        return address.removeprefix("did:web:").split(":")[0].lower()
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
