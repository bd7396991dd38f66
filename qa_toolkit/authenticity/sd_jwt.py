"""SD-JWT: what of a credential is disclosed, each disclosure held against a digest that was signed.

Source: RFC 9901 (SD-JWT). A disclosure that belongs to no signed digest was added by somebody else.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from qa_toolkit.authenticity.encodings import from_base64url, to_base64url, without_repeats
from qa_toolkit.authenticity.verdicts import NotCheckedError, Reason

_HASHES = {"sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
_MOST = 10_000
_DEEPEST = 50
_RESERVED = ("_sd", "...", "_sd_alg")


def parts_of(text: str) -> tuple[str, list[str]]:
    """The signed token and the disclosures; a proof that the holder added at the end is left out."""
    token, *rest = text.split("~")
    return token, [one for one in rest if one and one.count(".") != 2]


def disclosed(claims: Mapping[str, Any], disclosures: list[str]) -> tuple[dict[str, Any], bool]:
    """The claims with what is disclosed in its place, and whether every disclosure was signed for.

    Raises:
        NotCheckedError: the digests are of a kind that is not supported, or a disclosure cannot be read.
    """
    algorithm = _HASHES.get(str(claims.get("_sd_alg", "sha-256")))
    if algorithm is None:
        raise NotCheckedError(Reason.ALGORITHM_UNSUPPORTED, str(claims.get("_sd_alg")))
    if len(disclosures) > _MOST:
        raise NotCheckedError(Reason.TOO_COMPLEX, f"{len(disclosures)} disclosures")
    by_digest = {_digest(one, algorithm): _read(one) for one in disclosures}
    if len(by_digest) != len(disclosures):
        raise NotCheckedError(Reason.SAID_TWICE, "a disclosure")
    used: set[str] = set()
    try:
        found = _filled(dict(claims), by_digest, used, _DEEPEST)
    except RecursionError:
        raise NotCheckedError(Reason.TOO_COMPLEX, "nested deeply") from None
    return {key: value for key, value in found.items() if key != "_sd_alg"}, used == by_digest.keys()


def _digest(disclosure: str, algorithm: str) -> str:
    return to_base64url(hashlib.new(algorithm, disclosure.encode("ascii", "replace")).digest())


def _read(disclosure: str) -> list[Any]:
    try:
        found = json.loads(from_base64url(disclosure).decode("utf-8"), object_pairs_hook=without_repeats)
    except (ValueError, RecursionError):
        raise NotCheckedError(Reason.PROOF_MALFORMED, "a disclosure") from None
    if not isinstance(found, list) or len(found) not in (2, 3):
        raise NotCheckedError(Reason.PROOF_MALFORMED, "a disclosure")
    return found


def _filled(value: Any, by_digest: Mapping[str, list[Any]], used: set[str], levels: int) -> Any:
    if levels == 0:
        raise NotCheckedError(Reason.TOO_COMPLEX, "nested deeply")
    if isinstance(value, list):
        return [
            _filled(one, by_digest, used, levels - 1)
            for item in value
            for one in (_item(item, by_digest, used) if _is_digest(item) else [item])
        ]
    if not isinstance(value, Mapping):
        return value
    filled = {key: _filled(one, by_digest, used, levels - 1) for key, one in value.items() if key != "_sd"}
    digests = value.get("_sd", [])
    for digest in digests if isinstance(digests, list) else []:
        found = _taken(digest, by_digest, used, 3)
        if found is None:
            continue
        _, name, claim = found
        if not isinstance(name, str) or name in _RESERVED or name in filled:
            raise NotCheckedError(Reason.PROOF_MALFORMED, "a disclosure")
        filled[name] = _filled(claim, by_digest, used, levels - 1)
    return filled


def _is_digest(item: Any) -> bool:
    return isinstance(item, Mapping) and set(item) == {"..."}


def _item(item: Mapping[str, Any], by_digest: Mapping[str, list[Any]], used: set[str]) -> list[Any]:
    found = _taken(item["..."], by_digest, used, 2)
    return [] if found is None else [found[1]]


def _taken(digest: Any, by_digest: Mapping[str, list[Any]], used: set[str], length: int) -> list[Any] | None:
    """The disclosure of a digest; None where it is withheld."""
    found = by_digest.get(digest) if isinstance(digest, str) else None
    if found is None:
        return None
    if digest in used or len(found) != length:
        raise NotCheckedError(Reason.PROOF_MALFORMED, "a disclosure")
    used.add(digest)
    return found
