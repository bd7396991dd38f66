"""Whether a credential was withdrawn, by the status lists that were supplied: never asked over the network.

Source: W3C Bitstring Status List 1.0 and StatusList2021, 1EdTech Revocation List 1.0, IETF Token Status List. A list
says what held on the day it was taken; that day is told with every answer.
"""

import zlib
from collections.abc import Callable, Mapping
from typing import Any

from qa_toolkit.authenticity.encodings import from_base64url
from qa_toolkit.authenticity.material import Material, Supplied
from qa_toolkit.authenticity.verdicts import (
    Answer,
    NotCheckedError,
    Reason,
    Verdict,
    does_not_hold,
    holds,
    not_checked,
)

LARGEST_LIST = 32 << 20
"""Bytes of an unpacked list: 268 million credentials of one bit."""
_MOST_ENTRIES = 20
_BITSTRING = ("BitstringStatusListEntry", "StatusList2021Entry")
_REVOCATION_LIST = "1EdTechRevocationList"
_WITHDRAWALS = {"revocation": Reason.REVOKED, "suspension": Reason.SUSPENDED}
_ZLIB, _GZIP = 15, 31

Opened = Callable[[Supplied], tuple[Mapping[str, Any], Verdict]]
"""Reads a supplied list: what it says, and whether it matches its own signature."""


def status_of(credential: Mapping[str, Any], claims: Mapping[str, Any], material: Material, opened: Opened) -> Verdict:
    """Whether the credential was not withdrawn, by every status that it names; the worst answer counts."""
    entries = credential.get("credentialStatus")
    entries = entries if isinstance(entries, list) else [entries] if entries is not None else []
    verdicts = [_answered(_by_entry, one, credential, material, opened) for one in entries[:_MOST_ENTRIES]]
    if len(entries) > _MOST_ENTRIES:
        verdicts.append(not_checked(Reason.STATUS_ENTRY_MALFORMED, f"{len(entries)} entries"))
    token = claims.get("status", credential.get("status"))
    if isinstance(token, Mapping) and "status_list" in token:
        verdicts.append(_answered(_by_token, token["status_list"], credential, material, opened))
    for answer in (Answer.DOES_NOT_HOLD, Answer.NOT_CHECKED, Answer.HOLDS):
        for verdict in verdicts:
            if verdict.answer is answer:
                return verdict
    return not_checked(Reason.NO_STATUS_NAMED)


def _answered(by: Callable[..., Verdict], *arguments: Any) -> Verdict:
    try:
        return by(*arguments)
    except NotCheckedError as stopped:
        return stopped.verdict


def _by_entry(entry: Any, credential: Mapping[str, Any], material: Material, opened: Opened) -> Verdict:
    if not isinstance(entry, Mapping):
        raise NotCheckedError(Reason.STATUS_ENTRY_MALFORMED, "credentialStatus")
    kind = entry.get("type")
    kind = next((one for one in kind if isinstance(one, str)), None) if isinstance(kind, list) else kind
    if kind in _BITSTRING:
        return _by_bitstring(entry, material, opened)
    if kind == _REVOCATION_LIST:
        return _by_revocation_list(entry, credential, material, opened)
    raise NotCheckedError(Reason.STATUS_KIND_UNSUPPORTED, str(kind))


def _by_bitstring(entry: Mapping[str, Any], material: Material, opened: Opened) -> Verdict:
    purpose, size = entry.get("statusPurpose"), entry.get("statusSize", 1)
    if purpose not in _WITHDRAWALS:
        return holds(Reason.NOT_WITHDRAWN, f"a status for {purpose} only")
    if size != 1:
        raise NotCheckedError(Reason.STATUS_KIND_UNSUPPORTED, f"statusSize {size}")
    supplied, document, seen = _opened(entry.get("statusListCredential"), material, opened)
    subject = document.get("credentialSubject")
    subject = subject if isinstance(subject, Mapping) else {}
    purposes = subject.get("statusPurpose")
    if purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        raise NotCheckedError(Reason.STATUS_LIST_OF_ANOTHER, f"{supplied.file} is for {purposes}")
    bits = _unpacked(subject.get("encodedList"), _GZIP, supplied)
    index = _index(entry.get("statusListIndex"), len(bits) * 8)
    withdrawn = bits[index // 8] >> (7 - index % 8) & 1
    return does_not_hold(_WITHDRAWALS[purpose], seen) if withdrawn else holds(Reason.NOT_WITHDRAWN, seen)


def _by_revocation_list(
    entry: Mapping[str, Any], credential: Mapping[str, Any], material: Material, opened: Opened
) -> Verdict:
    supplied, document, seen = _opened(entry.get("id"), material, opened)
    revoked = document.get("revokedCredential", document.get("revokedCredentials"))
    if not isinstance(revoked, list):
        raise NotCheckedError(Reason.STATUS_LIST_UNREADABLE, supplied.file)
    own = credential.get("id")
    if not isinstance(own, str):
        raise NotCheckedError(Reason.STATUS_ENTRY_MALFORMED, "the credential has no id to look for")
    for one in revoked:
        named = one.get("id") if isinstance(one, Mapping) else one
        if named == own and not (isinstance(one, Mapping) and one.get("revoked") is False):
            return does_not_hold(Reason.REVOKED, seen)
    return holds(Reason.NOT_WITHDRAWN, seen)


def _by_token(entry: Any, _credential: Mapping[str, Any], material: Material, opened: Opened) -> Verdict:
    if not isinstance(entry, Mapping):
        raise NotCheckedError(Reason.STATUS_ENTRY_MALFORMED, "status_list")
    supplied, document, seen = _opened(entry.get("uri"), material, opened)
    if isinstance(document.get("sub"), str) and document["sub"] != supplied.address:
        raise NotCheckedError(Reason.STATUS_LIST_OF_ANOTHER, supplied.file)
    found = document.get("status_list")
    size = found.get("bits") if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping) or size not in (1, 2, 4, 8):
        raise NotCheckedError(Reason.STATUS_LIST_UNREADABLE, supplied.file)
    packed = _unpacked(found.get("lst"), _ZLIB, supplied)
    place = _index(entry.get("idx"), len(packed) * 8 // size) * size
    value = packed[place // 8] >> place % 8 & ((1 << size) - 1)
    if value == 0:
        return holds(Reason.NOT_WITHDRAWN, seen)
    if value in (1, 2):
        return does_not_hold(Reason.REVOKED if value == 1 else Reason.SUSPENDED, seen)
    raise NotCheckedError(Reason.STATUS_KIND_UNSUPPORTED, f"value {value}")


def _opened(address: Any, material: Material, opened: Opened) -> tuple[Supplied, Mapping[str, Any], str]:
    if not isinstance(address, str) or not address:
        raise NotCheckedError(Reason.STATUS_ENTRY_MALFORMED, "no address of a list")
    supplied = material.status_lists.get(address)
    if supplied is None:
        raise NotCheckedError(Reason.STATUS_LIST_MISSING, address)
    document, own = opened(supplied)
    if own.answer is Answer.DOES_NOT_HOLD:
        raise NotCheckedError(Reason.STATUS_LIST_DIFFERS, supplied.file)
    how = "" if own.answer is Answer.HOLDS else ", its own signature not checked"
    return supplied, document, f"list of {supplied.day:%Y-%m-%d}{how}"


def _unpacked(text: Any, window: int, supplied: Supplied) -> bytes:
    """The bytes of a packed list; a list that unpacks to more than is taken is refused before it does."""
    try:
        packed = from_base64url(text.removeprefix("u").rstrip("="))
        unpacking = zlib.decompressobj(window)
        data = unpacking.decompress(packed, LARGEST_LIST)
    except (ValueError, AttributeError, zlib.error):
        raise NotCheckedError(Reason.STATUS_LIST_UNREADABLE, supplied.file) from None
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise NotCheckedError(Reason.STATUS_LIST_UNREADABLE, f"{supplied.file} unpacks to too much, or not at all")
    return data


def _index(value: Any, length: int) -> int:
    """A place in a list, written as a number or its figures."""
    written = str(value)
    if isinstance(value, bool) or not written.isascii() or not written.isdigit() or len(written) > 12:
        raise NotCheckedError(Reason.STATUS_ENTRY_MALFORMED, "index")
    if int(written) >= length:
        raise NotCheckedError(Reason.STATUS_INDEX_OUT_OF_RANGE, f"{written} of {length:,}")
    return int(written)
