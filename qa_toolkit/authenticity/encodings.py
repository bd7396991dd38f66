"""The encodings of signatures and keys: base64url, base58 (multibase), strictly, and JSON of a header.

Lenient decoders accept several spellings of the same bytes; a changed byte could then go unseen.
"""

import base64
import binascii
import json
import re
from typing import Any

_BASE64URL = re.compile(r"[A-Za-z0-9_-]*\Z")
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PLACES = {letter: place for place, letter in enumerate(_BASE58)}
_LONGEST_BASE58 = 4096
"""Decoding base58 costs the square of the length; keys and signatures are short."""
_DEEPEST = 20


def from_base64url(text: str) -> bytes:
    """The bytes; only the one canonical spelling without padding is taken.

    Raises:
        ValueError: the text is spelt otherwise.
    """
    if not _BASE64URL.match(text):
        raise ValueError("not base64url")
    decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_base64url(decoded) != text:
        raise ValueError("not the canonical spelling")
    return decoded


def to_base64url(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """The bytes of ordinary base64, as certificates in ``x5c`` are written.

    Raises:
        ValueError: it is none.
    """
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def from_multibase(text: str) -> bytes:
    """The bytes of a multibase text: ``z`` base58 (Bitcoin), ``u`` base64url.

    Raises:
        ValueError: another base, or a letter outside it.
    """
    if text.startswith("u"):
        return from_base64url(text[1:])
    if not text.startswith("z") or len(text) > _LONGEST_BASE58:
        raise ValueError("not multibase")
    digits = text[1:]
    number = 0
    for letter in digits:
        if letter not in _PLACES:
            raise ValueError("not base58")
        number = number * 58 + _PLACES[letter]
    zeros = len(digits) - len(digits.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def to_multibase(data: bytes) -> str:
    """Base58 multibase."""
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = _BASE58[digit] + text
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def header_of(segment: str) -> dict[str, Any]:
    """The protected header of a signature.

    Raises:
        ValueError: it is no JSON object, says a key twice, or is nested deeply.
    """
    try:
        found = json.loads(from_base64url(segment).decode("utf-8"), object_pairs_hook=without_repeats)
    except RecursionError:
        raise ValueError("nested deeply") from None
    if not isinstance(found, dict) or _deeper_than(found, _DEEPEST):
        raise ValueError("no object")
    return found


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON.

    Raises:
        ValueError: it says a key twice.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is said twice")
    return found


def _deeper_than(value: Any, levels: int) -> bool:
    if not isinstance(value, (dict, list)):
        return False
    return levels == 0 or any(
        _deeper_than(child, levels - 1) for child in (value.values() if isinstance(value, dict) else value)
    )
