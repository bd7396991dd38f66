"""Data Integrity proofs: eddsa and ecdsa, over canonical JSON or canonical RDF, and their forerunner of 2020.

Source: W3C VC Data Integrity 1.0, its EdDSA and ECDSA Cryptosuites 1.0, Ed25519Signature2020; RFC 8785 (JCS).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from qa_toolkit.authenticity.algorithms import PublicKey, signature_is_right, type_of
from qa_toolkit.authenticity.encodings import from_multibase
from qa_toolkit.authenticity.key_search import FoundKey, key_for_method
from qa_toolkit.authenticity.linked_data import Canonical, CanonicalLines
from qa_toolkit.authenticity.material import Material
from qa_toolkit.authenticity.verdicts import NotCheckedError, Reason, Verdict, does_not_hold, holds

_MOST_PROOFS = 10
_PURPOSE = ("assertionMethod", "https://w3id.org/security#assertionMethod")


@dataclass(frozen=True)
class Suite:
    """A cryptosuite."""

    curve: str
    """eddsa or ecdsa."""
    canonical: str
    """jcs or rdfc."""


SUITES: Mapping[str, Suite] = {
    "eddsa-rdfc-2022": Suite("eddsa", "rdfc"),
    "eddsa-2022": Suite("eddsa", "rdfc"),
    "eddsa-jcs-2022": Suite("eddsa", "jcs"),
    "ecdsa-rdfc-2019": Suite("ecdsa", "rdfc"),
    "ecdsa-2019": Suite("ecdsa", "rdfc"),
    "ecdsa-jcs-2019": Suite("ecdsa", "jcs"),
    "Ed25519Signature2020": Suite("eddsa", "rdfc"),
}
"""By the name in ``cryptosuite``, or in ``type`` for the forerunner."""
_ECDSA = {"secp256r1": ("ES256", "sha256"), "secp384r1": ("ES384", "sha384")}


def proofs_of(document: Mapping[str, Any]) -> list[Any]:
    """The proofs of a document."""
    proof = document.get("proof")
    return proof if isinstance(proof, list) else [proof] if proof is not None else []


def name_of(proof: Any) -> str:
    """The suite as the proof names it."""
    if not isinstance(proof, Mapping):
        return ""
    name = proof.get("cryptosuite") if proof.get("type") == "DataIntegrityProof" else proof.get("type")
    return name if isinstance(name, str) else ""


def verify(
    document: Mapping[str, Any], proof: Any, material: Material, lines: CanonicalLines
) -> tuple[Verdict, FoundKey | None]:
    """Whether a document matches one of its proofs, and the key that says so."""
    try:
        if not isinstance(proof, Mapping):
            raise NotCheckedError(Reason.PROOF_MALFORMED, "proof")
        name = name_of(proof)
        suite = SUITES.get(name)
        if suite is None:
            raise NotCheckedError(Reason.SUITE_UNSUPPORTED, name)
        if "previousProof" in proof:
            raise NotCheckedError(Reason.SUITE_UNSUPPORTED, f"{name} in a chain of proofs")
        if proof.get("proofPurpose") not in _PURPOSE:
            raise NotCheckedError(Reason.PROOF_FOR_OTHER_PURPOSE, str(proof.get("proofPurpose", "")))
        found = key_for_method(proof.get("verificationMethod"), material)
        algorithm, digest = _algorithm(suite, found.key)
        signature = _value(proof)
        signed, outside = _signed(document, proof, suite, digest, lines)
        if not signature_is_right(algorithm, found.key, signature, signed):
            return does_not_hold(Reason.CONTENT_DIFFERS, name), found
        if outside:
            raise NotCheckedError(Reason.TERMS_OUTSIDE_SIGNATURE, ", ".join(outside))
    except NotCheckedError as stopped:
        return stopped.verdict, None
    return holds(Reason.CONTENT_MATCHES, name), found


def number_taken(proofs: list[Any]) -> list[Any]:
    """The proofs that are looked at.

    Raises:
        NotCheckedError: there are more than anybody signs with.
    """
    if len(proofs) > _MOST_PROOFS:
        raise NotCheckedError(Reason.TOO_COMPLEX, f"{len(proofs)} proofs")
    return proofs


def _algorithm(suite: Suite, key: PublicKey) -> tuple[str, str]:
    """The algorithm of a suite with this key, and its hash."""
    if suite.curve == "eddsa":
        return "EdDSA", "sha256"
    if not isinstance(key, EllipticCurvePublicKey) or key.curve.name not in _ECDSA:
        raise NotCheckedError(Reason.KEY_DOES_NOT_FIT, f"{type_of(key)} key")
    return _ECDSA[key.curve.name]


def _value(proof: Mapping[str, Any]) -> bytes:
    try:
        return from_multibase(proof["proofValue"])
    except (KeyError, ValueError, AttributeError, TypeError):
        raise NotCheckedError(Reason.PROOF_MALFORMED, "proofValue") from None


def _signed(
    document: Mapping[str, Any], proof: Mapping[str, Any], suite: Suite, digest: str, lines: CanonicalLines
) -> tuple[bytes, tuple[str, ...]]:
    """What is signed: the hash of the options of the proof, then of the document without proofs; and what is not."""
    bare = {key: value for key, value in document.items() if key != "proof"}
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    canonical: Canonical
    if suite.canonical == "jcs":
        if "@context" in options:
            if not _starts_with(bare.get("@context"), options["@context"]):
                raise NotCheckedError(Reason.PROOF_MALFORMED, "@context of the proof")
            bare["@context"] = options["@context"]
        canonical = _jcs
    else:
        options["@context"] = bare.get("@context")
        canonical = lines.of
    parts = [canonical(part) for part in (options, bare)]
    hashed = b"".join(hashlib.new(digest, data).digest() for data, _ in parts)
    return hashed, tuple(name for _, outside in parts for name in outside)


def _starts_with(context: Any, start: Any) -> bool:
    several, first = (one if isinstance(one, list) else [one] for one in (context, start))
    return several[: len(first)] == first


def _jcs(value: Any) -> tuple[bytes, tuple[str, ...]]:
    try:
        return rfc8785.dumps(value), ()
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeEncodeError):
        raise NotCheckedError(Reason.NOT_CANONICAL) from None
