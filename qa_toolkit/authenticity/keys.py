"""Public keys as credentials and DID documents write them: JWK, multikey, did:key, did:jwk.

Source: RFC 7517 (JWK), W3C CID (multikey), did:key and did:jwk method specifications.
"""

import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256K1,
    SECP256R1,
    SECP384R1,
    SECP521R1,
    EllipticCurve,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from qa_toolkit.authenticity.algorithms import LONGEST_RSA, PublicKey
from qa_toolkit.authenticity.encodings import from_base64url, from_multibase, without_repeats
from qa_toolkit.authenticity.verdicts import NotCheckedError, Reason

_CURVES: dict[str, type[EllipticCurve]] = {
    "P-256": SECP256R1,
    "P-384": SECP384R1,
    "P-521": SECP521R1,
    "secp256k1": SECP256K1,
}
_MULTICODECS: dict[bytes, type[EllipticCurve] | None] = {
    b"\xed\x01": None,  # Ed25519
    b"\xe7\x01": SECP256K1,
    b"\x80\x24": SECP256R1,
    b"\x81\x24": SECP384R1,
    b"\x82\x24": SECP521R1,
}


def key_of_jwk(jwk: Any) -> PublicKey:
    """The public key of a JWK.

    Raises:
        NotCheckedError: it is symmetric, of a kind that is not supported, or broken.
    """
    if not isinstance(jwk, Mapping):
        raise NotCheckedError(Reason.KEY_UNREADABLE, "JWK")
    kind, curve = jwk.get("kty"), jwk.get("crv")
    if kind == "oct":
        raise NotCheckedError(Reason.ALGORITHM_SYMMETRIC, "kty oct")
    try:
        if kind == "RSA":
            exponent, modulus = _number(jwk["e"]), _number(jwk["n"])
            if modulus.bit_length() > LONGEST_RSA or exponent.bit_length() > 64:
                raise NotCheckedError(Reason.KEY_UNREADABLE, "RSA key of unusual size")
            return RSAPublicNumbers(exponent, modulus).public_key()
        if kind == "EC" and curve in _CURVES:
            return EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), _CURVES[curve]()).public_key()
        if kind == "OKP" and curve == "Ed25519":
            return Ed25519PublicKey.from_public_bytes(from_base64url(jwk["x"]))
    except (ValueError, KeyError, TypeError, UnsupportedAlgorithm):
        raise NotCheckedError(Reason.KEY_UNREADABLE, f"JWK {kind}") from None
    raise NotCheckedError(Reason.ALGORITHM_UNSUPPORTED, f"JWK {kind} {curve or ''}".strip())


def key_of_multikey(text: Any) -> PublicKey:
    """The public key of a multikey (multibase of a multicodec).

    Raises:
        NotCheckedError: it is of a kind that is not supported, or broken.
    """
    try:
        data = from_multibase(text)
        code, rest = data[:2], data[2:]
        if code not in _MULTICODECS:
            raise NotCheckedError(Reason.ALGORITHM_UNSUPPORTED, f"multicodec {code.hex()}")
        curve = _MULTICODECS[code]
        if curve is None:
            return Ed25519PublicKey.from_public_bytes(rest)
        return EllipticCurvePublicKey.from_encoded_point(curve(), rest)
    except (ValueError, TypeError, AttributeError, UnsupportedAlgorithm):
        raise NotCheckedError(Reason.KEY_UNREADABLE, "multikey") from None


def key_of_did(did: str) -> PublicKey | None:
    """The key that a did:key or did:jwk is; None for every other identifier.

    Raises:
        NotCheckedError: its key cannot be used.
    """
    did = did.partition("#")[0].partition("?")[0]
    if did.startswith("did:key:"):
        return key_of_multikey(did.removeprefix("did:key:"))
    if did.startswith("did:jwk:"):
        try:
            text = from_base64url(did.removeprefix("did:jwk:")).decode("utf-8")
            jwk = json.loads(text, object_pairs_hook=without_repeats)
        except (ValueError, RecursionError):
            raise NotCheckedError(Reason.KEY_UNREADABLE, "did:jwk") from None
        return key_of_jwk(jwk)
    return None


def _number(text: str) -> int:
    return int.from_bytes(from_base64url(text), "big")
