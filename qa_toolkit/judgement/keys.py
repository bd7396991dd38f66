"""The key of a row: it names the row, and shows whether that name was changed."""

from hashlib import sha256

from qa_toolkit.judgement.review import Identity

_DIGITS = 12


def row_key(identity: Identity, sheet: str, row_id: str) -> str:
    """Sheet and id of a row, with a digest over both and the audit they belong to."""
    digest = sha256(f"{identity.audit_id}|{sheet}|{row_id}".encode()).hexdigest()[:_DIGITS]
    return f"{sheet}|{row_id}|{digest}"


def row_of(key: str) -> tuple[str, str] | None:
    """Sheet and id that a key names; None where it is no key."""
    parts = key.split("|")
    return (parts[0], parts[1]) if len(parts) == 3 else None
