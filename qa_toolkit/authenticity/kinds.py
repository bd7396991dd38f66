"""How a credential is signed, by its shape alone: no library is needed to see that it is."""

from collections.abc import Mapping
from typing import Any

E_SEAL, JWT, SD_JWT, DATA_INTEGRITY, HOSTED = "e_seal", "jwt", "sd_jwt", "data_integrity", "hosted"
PROOFS = (E_SEAL, JWT, SD_JWT, DATA_INTEGRITY, HOSTED)
WRAPPERS = ("credential", "vc")
"""Properties that hold a credential in a document that is none itself."""
_HOSTED = ("hosted", "HostedBadge", "hostedBadge")


def kind_of(document: Any, compact: str | None = None) -> str | None:
    """The kind of signature; None where there is none.

    Args:
        document: the JSON as received.
        compact: the compact signature that it came in.
    """
    if compact is not None:
        return SD_JWT if "~" in compact else JWT
    if not isinstance(document, Mapping):
        return None
    if is_signed_json(document):
        several = document.get("signatures")
        signatures = several if isinstance(several, list) else []
        unprotected = [one.get("header") for one in signatures if isinstance(one, Mapping)]
        sealed = any(isinstance(header, Mapping) and "etsiU" in header for header in unprotected)
        return E_SEAL if sealed or not isinstance(document.get("payload"), str) or "{" in document["payload"] else JWT
    if document.get("proof"):
        return DATA_INTEGRITY
    verification = document.get("verification", document.get("verify"))
    if isinstance(verification, Mapping) and verification.get("type") in _HOSTED:
        return HOSTED
    inner = wrapped_in(document)
    return kind_of(inner) if inner is not None else None


def is_signed_json(document: Mapping[str, Any]) -> bool:
    """Whether a document is a signature in JSON."""
    return "payload" in document and ("signatures" in document or "protected" in document)


def wrapped_in(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The credential that a document wraps; None where it wraps none."""
    if "credentialSubject" in document:
        return None
    return next((document[name] for name in WRAPPERS if isinstance(document.get(name), Mapping)), None)
