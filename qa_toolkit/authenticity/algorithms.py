"""Signature algorithms: which key each one takes, and whether a signature is right.

A key that does not fit its algorithm is refused by name: who chooses the algorithm must not choose how a key is read.
Nothing symmetric, nothing with SHA-1, no key that anybody can break today.
Source: RFC 7518, RFC 8037, RFC 8812 (JOSE algorithms).
"""

from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256K1,
    SECP256R1,
    SECP384R1,
    SECP521R1,
    EllipticCurve,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from qa_toolkit.authenticity.verdicts import NotCheckedError, Reason

PublicKey = RSAPublicKey | EllipticCurvePublicKey | Ed25519PublicKey
SHORTEST_RSA = 2048
"""Bits; NIST SP 800-131A disallows shorter keys."""
LONGEST_RSA = 16384
"""Bits; a longer key only costs time."""

_Verify = Callable[[PublicKey, bytes, bytes], None]
"""Raises InvalidSignature where the signature over the message is wrong."""


def _rsa(hash_: hashes.HashAlgorithm, probabilistic: bool) -> _Verify:
    def verify(key: PublicKey, signature: bytes, message: bytes) -> None:
        if not isinstance(key, RSAPublicKey):
            raise NotCheckedError(Reason.KEY_DOES_NOT_FIT, f"{type_of(key)} key")
        if not SHORTEST_RSA <= key.key_size <= LONGEST_RSA:
            raise NotCheckedError(Reason.KEY_TOO_SHORT, f"RSA, {key.key_size} bits")
        scheme = padding.PSS(padding.MGF1(hash_), hash_.digest_size) if probabilistic else padding.PKCS1v15()
        key.verify(signature, message, scheme, hash_)

    return verify


def _ecdsa(curve: type[EllipticCurve], hash_: hashes.HashAlgorithm) -> _Verify:
    def verify(key: PublicKey, signature: bytes, message: bytes) -> None:
        if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, curve):
            raise NotCheckedError(Reason.KEY_DOES_NOT_FIT, f"{type_of(key)} key")
        size = (key.curve.key_size + 7) // 8
        if len(signature) != 2 * size:
            raise InvalidSignature
        halves = (int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big"))
        key.verify(encode_dss_signature(*halves), message, ECDSA(hash_))

    return verify


def _eddsa(key: PublicKey, signature: bytes, message: bytes) -> None:
    if not isinstance(key, Ed25519PublicKey):
        raise NotCheckedError(Reason.KEY_DOES_NOT_FIT, f"{type_of(key)} key")
    key.verify(signature, message)


ALGORITHMS: Mapping[str, _Verify] = {
    "RS256": _rsa(hashes.SHA256(), False),
    "RS384": _rsa(hashes.SHA384(), False),
    "RS512": _rsa(hashes.SHA512(), False),
    "PS256": _rsa(hashes.SHA256(), True),
    "PS384": _rsa(hashes.SHA384(), True),
    "PS512": _rsa(hashes.SHA512(), True),
    "ES256": _ecdsa(SECP256R1, hashes.SHA256()),
    "ES384": _ecdsa(SECP384R1, hashes.SHA384()),
    "ES512": _ecdsa(SECP521R1, hashes.SHA512()),
    "ES256K": _ecdsa(SECP256K1, hashes.SHA256()),
    "EdDSA": _eddsa,
    "Ed25519": _eddsa,
}


def refuse_unusable(algorithm: object) -> str:
    """The name of an algorithm that can be used.

    Raises:
        NotCheckedError: it is none, symmetric, or not supported.
    """
    if not isinstance(algorithm, str) or not algorithm:
        raise NotCheckedError(Reason.HEADER_UNREADABLE, "no alg")
    if algorithm.casefold() == "none":
        raise NotCheckedError(Reason.ALGORITHM_NONE, algorithm)
    if algorithm.upper().startswith("HS"):
        raise NotCheckedError(Reason.ALGORITHM_SYMMETRIC, algorithm)
    if algorithm not in ALGORITHMS:
        raise NotCheckedError(Reason.ALGORITHM_UNSUPPORTED, algorithm)
    return algorithm


def signature_is_right(algorithm: str, key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether the signature over the message was made with the other half of the key.

    Raises:
        NotCheckedError: the algorithm cannot be used, or the key does not fit it.
    """
    try:
        ALGORITHMS[refuse_unusable(algorithm)](key, signature, message)
    except InvalidSignature:
        return False
    except ValueError:
        return False  # numbers outside the curve, a length outside the modulus
    return True


def type_of(key: PublicKey) -> str:
    """The kind of a key in words."""
    if isinstance(key, RSAPublicKey):
        return "RSA"
    return key.curve.name if isinstance(key, EllipticCurvePublicKey) else "Ed25519"
