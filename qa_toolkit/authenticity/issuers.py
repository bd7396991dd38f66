"""Who a credential says issued it, and when: what a signature is held against."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_NAMES = ("legalName", "name", "prefLabel", "altLabel")
_IDENTIFIERS = (
    "eIDASIdentifier",
    "eIDASLegalIdentifier",
    "registration",
    "vatIdentifier",
    "taxIdentifier",
    "otherIdentifier",
    "identifier",
)
_TIMES = ("issued", "issuanceDate", "validFrom", "issuedOn")


@dataclass(frozen=True)
class Issuer:
    """The issuer as the credential names it."""

    id: str
    """A DID or an address; '' where there is none."""
    names: frozenset[str]
    """Its names in every language, folded for comparison."""
    identifiers: frozenset[str]
    """Its legal and other identifiers, folded for comparison."""


def issuer_of(credential: Mapping[str, Any], claims: Mapping[str, Any] | None = None) -> Issuer:
    """The issuer of a credential; ``claims`` are those of the token around it, whose ``iss`` says the same."""
    issuer = credential.get("issuer")
    named = (claims or {}).get("iss") or credential.get("iss")
    if isinstance(issuer, list):
        issuer = issuer[0] if issuer else None
    if not isinstance(issuer, Mapping):
        identifier = issuer if isinstance(issuer, str) else ""
        return Issuer(identifier or (named if isinstance(named, str) else ""), frozenset(), frozenset())
    identifier = str(issuer.get("id") or issuer.get("@id") or named or "")
    names = {folded(text) for name in _NAMES for text in _texts(issuer.get(name))}
    identifiers = {folded_identifier(text) for name in _IDENTIFIERS for text in _notations(issuer.get(name))}
    return Issuer(identifier, frozenset(names - {""}), frozenset(identifiers))


def claimed_time(credential: Mapping[str, Any], claims: Mapping[str, Any]) -> datetime | None:
    """When the credential says it was issued: its token's ``iat``, else its own dates, else the token's ``nbf``."""
    for value in (claims.get("iat"), *(credential.get(name) for name in _TIMES), claims.get("nbf")):
        if (time := time_of(value)) is not None:
            return time
    return None


def time_of(value: Any) -> datetime | None:
    """A time as seconds since 1970 or in ISO 8601; without an offset it counts as UTC."""
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, str):
            time = datetime.fromisoformat(value)
            return time if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def folded(text: str) -> str:
    """A name as it is compared: letters and digits, case folded."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def folded_identifier(text: str) -> str:
    """An identifier as it is compared: without spaces, points and dashes."""
    return re.sub(r"[\W_]+", "", text).upper()


def _texts(value: Any, depth: int = 3) -> Iterator[str]:
    """The texts of a name: one, several, or one a language."""
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, (list, Mapping)):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one, depth - 1)


def _notations(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        text = one.get("notation") or one.get("identifier") or one.get("value") if isinstance(one, Mapping) else one
        if isinstance(text, str) and folded_identifier(text):
            yield text
