"""JSON Web Signatures over credentials: compact and JSON, with the payload encoded or as it stands, and JAdES e-seals.

The signature is over the bytes as received: nothing is written anew before it is compared.
Source: RFC 7515 (JWS), RFC 7797 (unencoded payload), ETSI TS 119 182-1 (JAdES), W3C VC-JOSE-COSE.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qa_toolkit.authenticity.algorithms import refuse_unusable, signature_is_right
from qa_toolkit.authenticity.certificates import thumbprint_agrees
from qa_toolkit.authenticity.encodings import from_base64url, header_of
from qa_toolkit.authenticity.issuers import Issuer
from qa_toolkit.authenticity.key_search import FoundKey, key_for_header
from qa_toolkit.authenticity.material import Material
from qa_toolkit.authenticity.verdicts import NotCheckedError, Reason, Verdict, does_not_hold, holds, not_checked

UNDERSTOOD = frozenset({"b64", "sigT", "adoTst"})
"""Headers that may be critical: how the payload is written, and when it was signed."""
_MOST_SIGNATURES = 10
_BY_REFERENCE = "sigD"
_LONGEST_HEADER = 1 << 21
"""Characters; an e-seal's header holds certificates and time-stamps."""


@dataclass(frozen=True)
class Signature:
    """One signature over a payload."""

    protected: str
    """The header as it stands, in base64url: a part of what is signed."""
    header: Mapping[str, Any]
    value: bytes
    unprotected: Mapping[str, Any]

    @property
    def is_e_seal(self) -> bool:
        """Whether it is a JAdES signature: it claims a signing time, or holds ETSI's unsigned headers."""
        return "sigT" in self.header or "etsiU" in self.unprotected or _BY_REFERENCE in self.header


def of_compact(text: str) -> tuple[Signature, str]:
    """The signature and the payload of a compact serialisation, the payload as it stands.

    Raises:
        NotCheckedError: parts of it are missing or cannot be read.
    """
    parts = text.split(".")
    if len(parts) != 3 or not parts[0] or not parts[2]:
        raise NotCheckedError(Reason.SIGNATURE_INCOMPLETE, f"{len([part for part in parts if part])} of 3 parts")
    if not parts[1]:
        raise NotCheckedError(Reason.PAYLOAD_ABSENT)
    return _signature({"protected": parts[0], "signature": parts[2]}), parts[1]


def of_json(document: Mapping[str, Any]) -> tuple[tuple[Signature, ...], str]:
    """The signatures and the payload of a JSON serialisation, the payload as it stands.

    Raises:
        NotCheckedError: parts of it are missing or cannot be read.
    """
    several, payload = document.get("signatures"), document.get("payload")
    if several is not None and ("protected" in document or "signature" in document):
        raise NotCheckedError(Reason.HEADER_UNREADABLE, "signed twice over, as one and as several")
    written = several if several is not None else [document]
    if not isinstance(written, list) or not 0 < len(written) <= _MOST_SIGNATURES:
        raise NotCheckedError(Reason.SIGNATURE_INCOMPLETE, "signatures")
    if not isinstance(payload, str) or not payload:
        raise NotCheckedError(Reason.PAYLOAD_ABSENT)
    return tuple(_signature(one) for one in written), payload


def _signature(written: Any) -> Signature:
    if not isinstance(written, Mapping):
        raise NotCheckedError(Reason.SIGNATURE_INCOMPLETE, "signatures")
    protected, value, unprotected = written.get("protected"), written.get("signature"), written.get("header", {})
    if not isinstance(protected, str) or not isinstance(value, str) or not value:
        raise NotCheckedError(Reason.SIGNATURE_INCOMPLETE, "no protected header" if value else "no signature")
    if len(protected) > _LONGEST_HEADER:
        raise NotCheckedError(Reason.HEADER_UNREADABLE, "too long")
    try:
        header = header_of(protected)
    except ValueError:
        raise NotCheckedError(Reason.HEADER_UNREADABLE) from None
    try:
        signature = from_base64url(value)
    except ValueError:
        raise NotCheckedError(Reason.SIGNATURE_INCOMPLETE, "a signature that is no base64url") from None
    return Signature(protected, header, signature, unprotected if isinstance(unprotected, Mapping) else {})


def refuse_unprocessable(signature: Signature) -> None:
    """Look at all that the header asks for before any key is touched.

    Raises:
        NotCheckedError: it asks for something that is not understood.
    """
    header = signature.header
    refuse_unusable(header.get("alg"))
    if "crit" in header:
        critical = header["crit"]
        if not isinstance(critical, list) or not critical or not all(isinstance(one, str) for one in critical):
            raise NotCheckedError(Reason.HEADER_UNREADABLE, "crit")
        unknown = [one for one in critical if one not in UNDERSTOOD or one not in header]
        if unknown and _BY_REFERENCE in unknown:
            raise NotCheckedError(Reason.PAYLOAD_BY_REFERENCE, _BY_REFERENCE)
        if unknown:
            raise NotCheckedError(Reason.CRITICAL_HEADER_UNKNOWN, ", ".join(unknown))
    if _BY_REFERENCE in header:
        raise NotCheckedError(Reason.PAYLOAD_BY_REFERENCE, _BY_REFERENCE)
    encoded = header.get("b64", True)
    if not isinstance(encoded, bool) or (not encoded and "b64" not in header.get("crit", ())):
        raise NotCheckedError(Reason.HEADER_UNREADABLE, "b64 that is not critical")


def content(signature: Signature, payload: str, issuer: Issuer, material: Material) -> tuple[Verdict, FoundKey | None]:
    """Whether the payload matches the signature byte for byte, and the key that says so."""
    try:
        refuse_unprocessable(signature)
        found = key_for_header(signature.header, issuer, material)
        signed = f"{signature.protected}.{payload}".encode()
        algorithm = str(signature.header["alg"])
        if not signature_is_right(algorithm, found.key, signature.value, signed):
            return does_not_hold(Reason.CONTENT_DIFFERS, algorithm), found
    except NotCheckedError as stopped:
        return stopped.verdict, None
    except UnicodeEncodeError:
        return not_checked(Reason.NOT_CANONICAL, "half a character"), None
    if found.chain and not thumbprint_agrees(found.chain[0], signature.header.get("x5t#S256")):
        return holds(Reason.CONTENT_MATCHES, f"{algorithm}; another certificate is named"), found
    return holds(Reason.CONTENT_MATCHES, algorithm), found
