"""Who holds an Open Badge: by name, number, key, address, or what an address was hashed to."""

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.open_badges_parts import Parts, own_text
from qa_toolkit.intake.words import Words, folded

_NATIONAL = ("nationalidentitynumber", "nationalid")
_MAIL = ("emailaddress", "email")
_NAME = ("name", "ext:name")


def read_holder(record: Record, parts: Parts, words: Words) -> None:
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
        kind = folded(own_text(entry, "identityType") or "").replace(" ", "")
        value = own_text(entry, "identityHash") or own_text(entry, "identifier")
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
    own_id, id_node = own_text(subject, "id"), subject
    if own_id is None:
        own_id, id_node = own_text(parts.claims, "sub"), parts.claims
    if own_id and own_id.startswith("did:"):
        key = own_id if key is None else key
    elif own_id and own_id.startswith("mailto:"):
        address = address or own_id
    elif own_id:
        numbers.append(f"id:{own_id}")
    if name is not None and words.is_placeholder(name, "learner"):
        record.values["learner_cause"], name = "placeholder", None
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
        record.values.pop("learner_cause", None)


def _name_of(holder: Node) -> str | None:
    name = next((text for node in holder.all("name") if (text := node.text())), None)
    if name is None:
        parts = [text for part in ("givenName", "familyName") for n in holder.all(part) if (text := n.text())]
        name = " ".join(parts) or None
    return name
