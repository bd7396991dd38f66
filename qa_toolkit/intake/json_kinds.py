"""What a JSON document is, by its content."""

from pathlib import Path
from typing import Any

from qa_toolkit.intake.json_documents import JsonError, items, payload_of

EUROPEAN_DIGITAL_CREDENTIAL = "european_digital_credential"
OPEN_BADGE = "open_badge"
ENDORSEMENT = "an endorsement, which is no award"


def recognise_json(path: Path) -> str:
    """``european_digital_credential``, ``open_badge``, or in words what the first readable document is instead."""
    first_error, first_kind = "", ""
    for item in items(path):
        if item.error is not None:
            first_error = first_error or item.error
            continue
        kind = kind_of(item.document)
        if kind in (EUROPEAN_DIGITAL_CREDENTIAL, OPEN_BADGE):
            return kind
        first_kind = first_kind or kind
    if first_kind:
        return OPEN_BADGE if first_kind == ENDORSEMENT else first_kind  # its reader passes endorsements over
    return f"broken JSON ({first_error})" if first_error else "JSON that holds no document"


def kind_of(document: Any) -> str:
    """What a JSON document is."""
    if not isinstance(document, dict):
        return "JSON that is no credential"
    if "payload" in document and ("signatures" in document or "protected" in document):
        try:
            payload, _ = payload_of(document)
        except JsonError:
            return "a signed document whose payload is no JSON"
        return kind_of(payload) if isinstance(payload, dict) and "payload" not in payload else "a signed document"
    for wrapped in ("credential", "vc"):
        if isinstance(document.get(wrapped), dict):
            return kind_of(document[wrapped])
    types = _words(document.get("type")) | _words(document.get("@type"))
    subject = document.get("credentialSubject")
    subjects = subject if isinstance(subject, list) else [subject]
    if "EuropeanDigitalCredential" in types or any(isinstance(s, dict) and "hasClaim" in s for s in subjects):
        return EUROPEAN_DIGITAL_CREDENTIAL
    if "ClrCredential" in types:
        return "a Comprehensive Learner Record"
    if "EndorsementCredential" in types:
        return ENDORSEMENT
    if types & {"OpenBadgeCredential", "AchievementCredential"} or any(
        isinstance(s, dict) and "achievement" in s for s in subjects
    ):
        return OPEN_BADGE
    if "verifiableCredential" in document:
        return "a presentation that holds no credential"
    if types & {"Assertion", "BadgeClass"} or "badge" in document:
        return "an Open Badge of version 2"
    if "vct" in document:
        return "an SD-JWT credential"
    return "JSON of an unknown kind"


def _words(value: Any) -> set[str]:
    return {item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)}
