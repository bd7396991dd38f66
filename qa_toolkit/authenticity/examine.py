"""One credential from its bytes to what can be said of it: the room's one way in.

What is signed is taken as received; what is compared with it is the issuer, the time and the status that the signed
content names, never what stands around it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from qa_toolkit.authenticity import data_integrity, jose, sd_jwt
from qa_toolkit.authenticity.certificates import (
    Certificate,
    certificates_in,
    chain_of,
    issued_by_one_of,
    thumbprint_agrees,
    validity,
)
from qa_toolkit.authenticity.encodings import from_base64url, without_repeats
from qa_toolkit.authenticity.issuers import Issuer, claimed_time, issuer_of, time_of
from qa_toolkit.authenticity.key_search import FoundKey, Source, signer_is_issuer
from qa_toolkit.authenticity.kinds import (
    DATA_INTEGRITY,
    E_SEAL,
    HOSTED,
    JWT,
    SD_JWT,
    WRAPPERS,
    is_signed_json,
    kind_of,
    wrapped_in,
)
from qa_toolkit.authenticity.linked_data import CanonicalLines
from qa_toolkit.authenticity.material import Material, Supplied
from qa_toolkit.authenticity.status_lists import status_of
from qa_toolkit.authenticity.verdicts import (
    Answer,
    Authenticity,
    NotCheckedError,
    Reason,
    Verdict,
    does_not_hold,
    holds,
    not_checked,
)

_NONE = not_checked(Reason.UNSIGNED)


class Examiner:
    """Examines credentials against one set of supplied material; keeps what it read of it."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._lines = CanonicalLines(material.contexts)
        self._lists: dict[str, tuple[Mapping[str, Any], Verdict]] = {}

    def examine(self, data: bytes) -> Authenticity:
        """What can be said of the credential in a file: a compact signature, or JSON with a signature or proof."""
        try:
            text = data.decode("utf-8-sig").strip()
            if text.startswith("eyJ"):
                return self.of_compact(text)
            document = json.loads(text, object_pairs_hook=without_repeats)
        except UnicodeDecodeError:
            return _unread(None, not_checked(Reason.HEADER_UNREADABLE, "no UTF-8"))
        except RecursionError:
            return _unread(None, not_checked(Reason.TOO_COMPLEX, "nested deeply"))
        except ValueError as error:
            twice = "twice" in str(error)
            return _unread(None, not_checked(Reason.SAID_TWICE if twice else Reason.PROOF_MALFORMED, "JSON"))
        return self.of_document(document)

    def of_compact(self, text: str) -> Authenticity:
        """A JWT, or an SD-JWT with its disclosures."""
        kind = SD_JWT if "~" in text else JWT
        token, disclosures = sd_jwt.parts_of(text.strip())
        try:
            signature, payload = jose.of_compact(token)
            claims = _claims(payload if signature.header.get("b64") is False else from_base64url(payload).decode())
            every_one_signed = True
            if kind == SD_JWT:
                claims, every_one_signed = sd_jwt.disclosed(claims, disclosures)
        except NotCheckedError as stopped:
            return _unread(kind, stopped.verdict)
        except (ValueError, RecursionError):
            return _unread(kind, not_checked(Reason.PROOF_MALFORMED, "payload"))
        found = self._of_signatures((signature,), payload, claims, kind)
        if not every_one_signed and found.content.answer is Answer.HOLDS:
            found = replace(found, content=does_not_hold(Reason.DISCLOSURE_DIFFERS, found.suite))
        return found

    def of_document(self, document: Any, *, said_twice: bool = False) -> Authenticity:
        """A document of JSON: signed as a whole, or with a proof in it.

        Args:
            document: as parsed from what was received, nothing changed.
            said_twice: whether any object of it says a key twice: readers differ on what was signed.
        """
        if said_twice:
            return _unread(kind_of(document), not_checked(Reason.SAID_TWICE))
        if not isinstance(document, Mapping):
            return _unread(None, _NONE)
        if is_signed_json(document):
            return self._of_signed_json(document)
        inner = wrapped_in(document)
        return self._of_proofs(document) if inner is None else self.of_document(inner)

    def _of_signed_json(self, document: Mapping[str, Any]) -> Authenticity:
        kind = JWT
        try:
            signatures, payload = jose.of_json(document)
            kind = E_SEAL if any(one.is_e_seal for one in signatures) else JWT
            as_it_stands = signatures[0].header.get("b64") is False
            claims = _claims(payload if as_it_stands else from_base64url(payload).decode())
        except NotCheckedError as stopped:
            return _unread(kind, stopped.verdict)
        except (ValueError, RecursionError):
            return _unread(kind, not_checked(Reason.PROOF_MALFORMED, "payload"))
        return self._of_signatures(signatures, payload, claims, kind)

    def _of_signatures(
        self, signatures: Sequence[jose.Signature], payload: str, claims: Mapping[str, Any], kind: str
    ) -> Authenticity:
        credential = _credential_in(claims)
        issuer = issuer_of(credential, claims)
        results = [jose.content(one, payload, issuer, self._material) for one in signatures]
        content = _worst([verdict for verdict, _ in results])
        found = next((key for _, key in results if key is not None), None)
        first = signatures[0]
        at = time_of(first.header.get("sigT")) or time_of(first.header.get("iat"))
        return self._assembled(
            kind,
            str(first.header.get("alg", "")),
            content,
            found,
            issuer,
            at or (claimed_time(credential, claims) if kind != E_SEAL else None),
            self._status(credential, claims),
            first,
        )

    def _of_proofs(self, document: Mapping[str, Any]) -> Authenticity:
        proofs = data_integrity.proofs_of(document)
        status = self._status(document, {})
        if not proofs:
            hosted = kind_of(document) == HOSTED
            bare = _unread(HOSTED, not_checked(Reason.HOSTED)) if hosted else _unread(None, _NONE)
            return replace(bare, status=status)
        issuer = issuer_of(document)
        try:
            results = [
                data_integrity.verify(document, proof, self._material, self._lines)
                for proof in data_integrity.number_taken(proofs)
            ]
        except NotCheckedError as stopped:
            return replace(_unread(DATA_INTEGRITY, stopped.verdict), status=status)
        content = _worst([verdict for verdict, _ in results])
        found = next((key for _, key in results if key is not None), None)
        suite = ", ".join(dict.fromkeys(filter(None, map(data_integrity.name_of, proofs))))
        at = time_of(proofs[0].get("created")) if isinstance(proofs[0], Mapping) else None
        return self._assembled(DATA_INTEGRITY, suite, content, found, issuer, at, status, None)

    def _assembled(
        self,
        kind: str,
        suite: str,
        content: Verdict,
        found: FoundKey | None,
        issuer: Issuer,
        at: datetime | None,
        status: Verdict,
        signature: jose.Signature | None,
    ) -> Authenticity:
        certificate = not_checked(Reason.NO_CERTIFICATE)
        if found is not None and found.chain:
            certificate = validity(found.chain[0], at)
            if signature is not None and not thumbprint_agrees(found.chain[0], signature.header.get("x5t#S256")):
                certificate = does_not_hold(Reason.CERTIFICATE_THUMBPRINT_DIFFERS)
        if content.answer is not Answer.HOLDS or found is None:
            unknown = not_checked(Reason.CONTENT_NOT_ESTABLISHED)
            return Authenticity(kind, suite, content, certificate, unknown, unknown, status)
        signer = signer_is_issuer(found, issuer)
        trust = self._trust(found, at, signature)
        return Authenticity(kind, suite, content, certificate, signer, trust, status)

    def _trust(self, found: FoundKey, at: datetime | None, signature: jose.Signature | None) -> Verdict:
        """Whether a list knows the signer: by identifier, by certificate, or by who issued the certificate."""
        if not self._material.has_signers:
            return not_checked(Reason.NO_LIST_SUPPLIED)
        names = {found.holder} - {""} | ({f"sha256:{found.chain[0].fingerprint.hex()}"} if found.chain else set())
        listed = [one for one in self._material.signers if one.identifier in names]
        day = at.date() if at is not None else None
        for one in listed:
            early = one.valid_from is not None and day is not None and day < one.valid_from
            late = one.valid_until is not None and day is not None and day > one.valid_until
            if not early and not late:
                return holds(Reason.SIGNER_LISTED, one.name)
        if listed:
            return does_not_hold(Reason.SIGNER_NOT_LISTED_THEN, listed[0].name)
        if found.source is Source.CERTIFICATE:
            trusted = [one for file in self._material.certificates for one in certificates_in(file.content)]
            chain = (*found.chain, *_further_certificates(signature))
            if (anchor := issued_by_one_of(chain, trusted, at)) is not None:
                return holds(Reason.SIGNER_LISTED, f"certificate issued by {_name(anchor)}")
        return does_not_hold(Reason.SIGNER_NOT_LISTED, found.holder or ", ".join(sorted(names)))

    def _status(self, credential: Mapping[str, Any], claims: Mapping[str, Any]) -> Verdict:
        return status_of(credential, claims, self._material, self._opened)

    def _opened(self, supplied: Supplied) -> tuple[Mapping[str, Any], Verdict]:
        """A supplied status list: what it says, and whether it matches its own signature; read once."""
        if supplied.address not in self._lists:
            unread: tuple[Mapping[str, Any], Verdict] = ({}, not_checked(Reason.STATUS_LIST_UNREADABLE))
            self._lists[supplied.address] = unread  # a list that names itself as its own status ends here
            self._lists[supplied.address] = self._read_list(supplied)
        return self._lists[supplied.address]

    def _read_list(self, supplied: Supplied) -> tuple[Mapping[str, Any], Verdict]:
        try:
            text = supplied.content.decode("utf-8-sig").strip()
            if text.startswith("eyJ"):
                _, payload = jose.of_compact(text)
                return _credential_in(_claims(from_base64url(payload).decode())), self.of_compact(text).content
            document = json.loads(text, object_pairs_hook=without_repeats)
        except (ValueError, RecursionError, NotCheckedError):
            return {}, not_checked(Reason.STATUS_LIST_UNREADABLE)
        if not isinstance(document, Mapping):
            return {}, not_checked(Reason.STATUS_LIST_UNREADABLE)
        return document, self.of_document(document).content


def _unread(kind: str | None, content: Verdict) -> Authenticity:
    """Where a signature could not even be followed: nothing that hangs on it is said."""
    unknown = not_checked(Reason.UNSIGNED if kind is None else Reason.CONTENT_NOT_ESTABLISHED)
    none, silent = not_checked(Reason.NO_CERTIFICATE), not_checked(Reason.NO_STATUS_NAMED)
    return Authenticity(kind, "", content, none, unknown, unknown, silent)


def _claims(text: str) -> Mapping[str, Any]:
    """The payload of a signature.

    Raises:
        NotCheckedError: it says a key twice.
        ValueError: it is no object of JSON.
    """
    try:
        claims = json.loads(text, object_pairs_hook=without_repeats)
    except json.JSONDecodeError:
        raise
    except ValueError:
        raise NotCheckedError(Reason.SAID_TWICE, "payload") from None
    if not isinstance(claims, Mapping):
        raise ValueError("no object")
    return claims


def _credential_in(claims: Mapping[str, Any]) -> Mapping[str, Any]:
    for wrapper in WRAPPERS:
        if isinstance(claims.get(wrapper), Mapping):
            return claims[wrapper]  # type: ignore[no-any-return]
    return claims


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    """Of several signatures one that differs counts, then one that holds: those not supported take nothing away."""
    for answer in (Answer.DOES_NOT_HOLD, Answer.HOLDS, Answer.NOT_CHECKED):
        for verdict in verdicts:
            if verdict.answer is answer:
                return verdict
    return _NONE


def _further_certificates(signature: jose.Signature | None) -> tuple[Certificate, ...]:
    """Certificates that an e-seal keeps beside its signature, to stand between the signer's and a known one."""
    found: list[Certificate] = []
    written = signature.unprotected.get("etsiU") if signature is not None else None
    for one in written[:20] if isinstance(written, list) else []:
        try:
            held = json.loads(from_base64url(one)) if isinstance(one, str) else one
            for entry in held.get("xVals", [])[:20] if isinstance(held, Mapping) else []:
                found += chain_of([entry["x509Cert"]["val"]])
        except (ValueError, KeyError, TypeError, RecursionError, AttributeError, NotCheckedError):
            continue  # an unsigned extra that cannot be read proves nothing and costs nothing
    return tuple(found)


def _name(certificate: Certificate) -> str:
    from cryptography.x509.oid import NameOID

    named = certificate.named(NameOID.COMMON_NAME) or certificate.named(NameOID.ORGANIZATION_NAME)
    return ", ".join(sorted(named))
