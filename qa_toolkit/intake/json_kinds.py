"""What a JSON document is, by its content."""

from pathlib import Path
from typing import Any

from qa_toolkit.intake.json_documents import JsonError, items, payload_of

EUROPEAN_DIGITAL_CREDENTIAL = "european_digital_credential"
OPEN_BADGE = "open_badge"
OPEN_BADGE_2 = "open_badge_2"
LEARNER_RECORD = "comprehensive_learner_record"
READ = (EUROPEAN_DIGITAL_CREDENTIAL, OPEN_BADGE, OPEN_BADGE_2, LEARNER_RECORD)
"""What a reader reads."""
ENDORSEMENT = "an endorsement, which is no award"
_OF_BADGES_2 = {"Assertion", "BadgeClass", "Issuer", "IssuerOrg", "RevocationList", "CryptographicKey"}
_CONTEXTS_OF_BADGES_2 = (
    "https://w3id.org/openbadges/v1",
    "https://w3id.org/openbadges/v2",
    "https://openbadgespec.org/v1",
)


def recognise_json(path: Path) -> str:
    """The format of the first document that a reader reads, or in words what the first readable one is instead."""
    first_error, first_kind = "", ""
    for item in items(path):
        if item.error is not None:
            first_error = first_error or item.error
            continue
        kind = kind_of(item.document)
        if kind in READ:
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
    types = types_of(document)
    subject = document.get("credentialSubject")
    subjects = subject if isinstance(subject, list) else [subject]
    if "EuropeanDigitalCredential" in types or any(isinstance(s, dict) and "hasClaim" in s for s in subjects):
        return EUROPEAN_DIGITAL_CREDENTIAL
    if "ClrCredential" in types:
        return LEARNER_RECORD
    if "EndorsementCredential" in types:
        return ENDORSEMENT
    if types & {"OpenBadgeCredential", "AchievementCredential"} or any(
        isinstance(s, dict) and "achievement" in s for s in subjects
    ):
        return OPEN_BADGE
    if "verifiableCredential" in document:
        return "a presentation that holds no credential"
    if types & _OF_BADGES_2 or "badge" in document or _is_bundle(document) or _is_of_context(document):
        return OPEN_BADGE_2
    if "vct" in document:
        return "an SD-JWT credential"
    return "JSON of an unknown kind"


def types_of(document: dict[str, Any]) -> set[str]:
    """The types that an object says it is of."""
    return _words(document.get("type")) | _words(document.get("@type"))


def _is_of_context(document: dict[str, Any]) -> bool:
    """Whether it says by its context that it belongs to the older badges; ``Profile`` alone is a word of many."""
    return bool(_words(document.get("@context")) & set(_CONTEXTS_OF_BADGES_2))


def _is_bundle(document: dict[str, Any]) -> bool:
    """Whether it is what was fetched of badges: address -> document."""
    held = [one for address, one in document.items() if address.startswith(("http://", "https://"))]
    return bool(held) and len(held) == len(document) and any(kind_of(one) == OPEN_BADGE_2 for one in held)


def _words(value: Any) -> set[str]:
    return {item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)}
