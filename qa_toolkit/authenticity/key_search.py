"""Which key a signature was made with, and whose it is: from the credential itself, else from what was supplied.

Where a key comes from decides what a right signature proves. A key that only travels along with the credential, in its
header or in the fragment of an address, proves that nothing was changed since, and nothing about who signed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from qa_toolkit.authenticity.algorithms import PublicKey
from qa_toolkit.authenticity.certificates import Certificate, chain_of, names_issuer
from qa_toolkit.authenticity.issuers import Issuer
from qa_toolkit.authenticity.keys import key_of_did, key_of_jwk, key_of_multikey
from qa_toolkit.authenticity.material import Material, Supplied, json_of
from qa_toolkit.authenticity.verdicts import NotCheckedError, Reason, Verdict, does_not_hold, holds, not_checked

_MULTIKEY = re.compile(r"z[1-9A-HJ-NP-Za-km-z]{40,200}\Z")


class Source(StrEnum):
    """Where a key was found."""

    CERTIFICATE = "certificate"
    IDENTIFIER = "identifier"
    """The identifier is the key: did:key, did:jwk."""
    SUPPLIED = "supplied"
    FRAGMENT = "fragment"
    """Behind the # of an address that nobody looked up."""
    HEADER = "header"
    """A bare key in the header."""


@dataclass(frozen=True)
class FoundKey:
    """A key, and what is known of its holder."""

    key: PublicKey
    source: Source
    holder: str = ""
    """The DID or address whose key it is; '' where that is not known."""
    chain: tuple[Certificate, ...] = ()


def key_for_header(header: Mapping[str, Any], issuer: Issuer, material: Material) -> FoundKey:
    """The key of a JOSE signature, by its protected header.

    Raises:
        NotCheckedError: no key was found, or the one found cannot be used.
    """
    if "x5c" in header:
        chain = chain_of(header["x5c"])
        return FoundKey(chain[0].key, Source.CERTIFICATE, chain=chain)
    kid = header.get("kid")
    kid = kid if isinstance(kid, str) else ""
    for reference in (kid, issuer.id):
        found = _by_reference(reference, kid, material) if reference else None
        if found is not None:
            return found
    if "jwk" in header:
        return FoundKey(key_of_jwk(header["jwk"]), Source.HEADER)
    if (found := _in_fragment(kid)) is not None:
        return found
    raise NotCheckedError(Reason.KEY_NOT_FOUND, kid or issuer.id)


def key_for_method(method: Any, material: Material) -> FoundKey:
    """The key of a Data Integrity proof, by its verification method.

    Raises:
        NotCheckedError: no key was found, or the one found cannot be used.
    """
    if isinstance(method, Mapping):
        method = method.get("id")
    if not isinstance(method, str) or not method:
        raise NotCheckedError(Reason.PROOF_MALFORMED, "verificationMethod")
    found = _by_reference(method, method, material) or _in_fragment(method)
    if found is None:
        raise NotCheckedError(Reason.KEY_NOT_FOUND, method)
    return found


def signer_is_issuer(found: FoundKey, issuer: Issuer) -> Verdict:
    """Whether whoever holds the key is the issuer that the credential names."""
    if found.source is Source.CERTIFICATE:
        return names_issuer(found.chain[0], issuer)
    if found.source is Source.FRAGMENT:
        return not_checked(Reason.KEY_IN_ADDRESS)
    if found.source is Source.HEADER:
        return not_checked(Reason.KEY_IN_HEADER)
    if not issuer.id:
        return not_checked(Reason.ISSUER_NOT_NAMED, found.holder)
    if found.holder == issuer.id.partition("#")[0] or found.holder == issuer.id:
        return holds(Reason.SIGNER_IS_ISSUER, found.holder)
    if found.holder.startswith("did:"):
        return does_not_hold(Reason.SIGNER_IS_NOT_ISSUER, found.holder)
    return not_checked(Reason.KEY_HOLDER_UNKNOWN, found.holder)  # a key set lies where it likes


def _by_reference(reference: str, kid: str, material: Material) -> FoundKey | None:
    base, _, _ = reference.partition("#")
    key = key_of_did(base)
    if key is not None:
        return FoundKey(key, Source.IDENTIFIER, base)
    for address in dict.fromkeys((reference, base)):
        supplied = material.keys.get(address)
        if supplied is not None:
            return FoundKey(_in_document(supplied, kid), Source.SUPPLIED, address)
    return None


def _in_fragment(reference: str) -> FoundKey | None:
    base, _, fragment = reference.partition("#")
    if not base or not _MULTIKEY.match(fragment):
        return None
    return FoundKey(key_of_multikey(fragment), Source.FRAGMENT)


@lru_cache(maxsize=256)
def _document(content: Supplied) -> Any:
    try:
        return json_of(content)
    except ValueError:
        raise NotCheckedError(Reason.KEY_UNREADABLE, content.file) from None


def _in_document(supplied: Supplied, kid: str) -> PublicKey:
    """The key of that name in a DID document, a key set or a single key.

    Raises:
        NotCheckedError: there is none, or it is not for assertions.
    """
    document = _document(supplied)
    if not isinstance(document, Mapping):
        raise NotCheckedError(Reason.KEY_UNREADABLE, supplied.file)
    if "kty" in document:
        return key_of_jwk(document)
    fragment = kid.partition("#")[2] or kid
    if isinstance(document.get("keys"), list):
        keys = [one for one in document["keys"] if isinstance(one, Mapping) and one.get("use") != "enc"]
        named = [one for one in keys if one.get("kid") in (kid, fragment)]
        chosen = named or (keys if len(keys) == 1 and not any("kid" in one for one in keys) else [])
        if len(chosen) != 1:
            raise NotCheckedError(Reason.KEY_NOT_FOUND, f"{kid} in {supplied.file}")
        return key_of_jwk(chosen[0])
    return _in_did_document(document, supplied, fragment)


def _in_did_document(document: Mapping[str, Any], supplied: Supplied, fragment: str) -> PublicKey:
    if document.get("id") != supplied.address:
        raise NotCheckedError(Reason.KEY_NOT_FOUND, f"{supplied.file} is of another identifier")
    names = {f"#{fragment}", f"{supplied.address}#{fragment}"}
    assertions = document.get("assertionMethod")
    assertions = assertions if isinstance(assertions, list) else [assertions]
    embedded = [one for one in assertions if isinstance(one, Mapping)]
    methods = document.get("verificationMethod")
    listed = [one for one in methods if isinstance(one, Mapping)] if isinstance(methods, list) else []
    method = next((one for one in (*embedded, *listed) if one.get("id") in names), None)
    if method is None:
        raise NotCheckedError(Reason.KEY_NOT_FOUND, f"#{fragment} in {supplied.file}")
    if method not in embedded and not names & {one for one in assertions if isinstance(one, str)}:
        raise NotCheckedError(Reason.KEY_NOT_FOR_ASSERTIONS, f"#{fragment}")
    if "publicKeyJwk" in method:
        return key_of_jwk(method["publicKeyJwk"])
    return key_of_multikey(method.get("publicKeyMultibase"))
