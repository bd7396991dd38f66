"""Certificates in a signature: what they say of the signer, whether they were valid, and who stands behind them.

Source: RFC 5280; ETSI EN 319 412-3 (a legal person's certificate names organizationName and organizationIdentifier).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID, ObjectIdentifier

from qa_toolkit.authenticity.algorithms import PublicKey
from qa_toolkit.authenticity.encodings import from_base64, from_base64url
from qa_toolkit.authenticity.issuers import Issuer, folded, folded_identifier
from qa_toolkit.authenticity.verdicts import Answer, NotCheckedError, Reason, Verdict, does_not_hold, holds, not_checked

_LONGEST_CHAIN = 10
_LARGEST = 1 << 16
"""Base64 characters of a certificate."""
_BROKEN = (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension)


@dataclass(frozen=True)
class Certificate:
    """A certificate and what is asked of it."""

    x509: x509.Certificate

    @cached_property
    def fingerprint(self) -> bytes:
        """SHA-256."""
        return self.x509.fingerprint(hashes.SHA256())

    @cached_property
    def key(self) -> PublicKey:
        """Its public key.

        Raises:
            NotCheckedError: it is of a kind that is not supported.
        """
        try:
            key = self.x509.public_key()
        except _BROKEN:
            raise NotCheckedError(Reason.KEY_UNREADABLE, "certificate") from None
        if not isinstance(key, (RSAPublicKey, EllipticCurvePublicKey, Ed25519PublicKey)):
            raise NotCheckedError(Reason.ALGORITHM_UNSUPPORTED, "key of the certificate")
        return key

    def named(self, *kinds: ObjectIdentifier) -> frozenset[str]:
        """What its subject says under these kinds of name."""
        try:
            subject = self.x509.subject
            return frozenset(str(a.value) for kind in kinds for a in subject.get_attributes_for_oid(kind))
        except _BROKEN:
            return frozenset()

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Addresses and host names it was made for."""
        try:
            found = self.x509.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            uris = found.get_values_for_type(x509.UniformResourceIdentifier)
            return frozenset({*uris, *found.get_values_for_type(x509.DNSName)})
        except (x509.ExtensionNotFound, *_BROKEN):
            return frozenset()


def chain_of(x5c: Any) -> tuple[Certificate, ...]:
    """The certificates of a header, the signer's first.

    Raises:
        NotCheckedError: one of them cannot be read.
    """
    if not isinstance(x5c, list) or not 0 < len(x5c) <= _LONGEST_CHAIN:
        raise NotCheckedError(Reason.CERTIFICATE_UNREADABLE, "x5c")
    return tuple(_certificate(text) for text in x5c)


def _certificate(text: Any) -> Certificate:
    if not isinstance(text, str) or len(text) > _LARGEST:
        raise NotCheckedError(Reason.CERTIFICATE_UNREADABLE, "x5c")
    return _read(text)


@lru_cache(maxsize=256)
def _read(text: str) -> Certificate:
    """A provider seals thousands of credentials with one certificate."""
    try:
        return Certificate(x509.load_der_x509_certificate(from_base64(text)))
    except _BROKEN:
        raise NotCheckedError(Reason.CERTIFICATE_UNREADABLE, "x5c") from None


@lru_cache(maxsize=64)
def certificates_in(pem: bytes) -> tuple[Certificate, ...]:
    """The certificates of a PEM file; none where it holds none."""
    try:
        return tuple(Certificate(one) for one in x509.load_pem_x509_certificates(pem))
    except _BROKEN:
        return ()


def thumbprint_agrees(certificate: Certificate, stated: Any) -> bool:
    """Whether a stated ``x5t#S256`` is the fingerprint of the certificate; nothing stated agrees."""
    try:
        return stated is None or from_base64url(stated) == certificate.fingerprint
    except (ValueError, TypeError):
        return False


def validity(certificate: Certificate, at: datetime | None) -> Verdict:
    """Whether a certificate was valid at a time, which is the one the signer claims."""
    if at is None:
        return not_checked(Reason.SIGNING_TIME_UNKNOWN)
    try:
        start, end = certificate.x509.not_valid_before_utc, certificate.x509.not_valid_after_utc
    except _BROKEN:
        return not_checked(Reason.CERTIFICATE_UNREADABLE, "validity")
    seen = f"signed {at:%Y-%m-%d}, certificate valid {start:%Y-%m-%d} to {end:%Y-%m-%d}"
    if at < start:
        return does_not_hold(Reason.CERTIFICATE_NOT_YET_VALID, seen)
    return does_not_hold(Reason.CERTIFICATE_EXPIRED, seen) if at > end else holds(Reason.CERTIFICATE_WAS_VALID, seen)


def names_issuer(certificate: Certificate, issuer: Issuer) -> Verdict:
    """Whether the subject of a certificate is the issuer: by legal identifier, by name, or by address."""
    identifiers = certificate.named(NameOID.ORGANIZATION_IDENTIFIER)
    organisations = certificate.named(NameOID.ORGANIZATION_NAME)
    names = organisations or certificate.named(NameOID.COMMON_NAME)
    subject = " / ".join(sorted(organisations) + sorted(identifiers)) or "; ".join(sorted(names))
    if not identifiers and not names and not certificate.addresses:
        return not_checked(Reason.CERTIFICATE_NAMES_NOBODY)
    if not issuer.identifiers and not issuer.names and not issuer.id:
        return not_checked(Reason.ISSUER_NOT_NAMED)
    same = (
        {folded_identifier(one) for one in identifiers} & issuer.identifiers
        or {folded(one) for one in names} & issuer.names
        or _same_address(certificate.addresses, issuer.id)
    )
    if same:
        return holds(Reason.SIGNER_IS_ISSUER, subject)
    if not issuer.identifiers and not issuer.names and not certificate.addresses:
        return not_checked(Reason.ISSUER_NOT_NAMED, subject)
    return does_not_hold(Reason.SIGNER_IS_NOT_ISSUER, subject)


def _same_address(addresses: Iterable[str], issuer_id: str) -> bool:
    if not issuer_id:
        return False
    host = issuer_id.removeprefix("did:web:").split(":")[0] if issuer_id.startswith("did:web:") else None
    try:
        host = host or urlsplit(issuer_id).hostname
    except ValueError:
        host = None
    return any(one == issuer_id or (host is not None and one.casefold() == host.casefold()) for one in addresses)


def issued_by_one_of(
    chain: Sequence[Certificate], trusted: Iterable[Certificate], at: datetime | None
) -> Certificate | None:
    """The trusted certificate that stands behind the first of a chain: itself, or by way of the others; None: none.

    Every certificate on the way must have issued the one before it, and one that issues must be allowed to.
    """
    known = {one.fingerprint: one for one in trusted}
    current, rest = chain[0], list(chain[1:])
    for _ in range(_LONGEST_CHAIN):
        if current.fingerprint in known:
            return known[current.fingerprint]
        for anchor in known.values():
            if _issued(anchor, current, at):
                return anchor
        following = next((one for one in rest if _issued(one, current, at)), None)
        if following is None:
            return None
        rest.remove(following)
        current = following
    return None


def _issued(issuer: Certificate, subject: Certificate, at: datetime | None) -> bool:
    try:
        subject.x509.verify_directly_issued_by(issuer.x509)
        constraints = issuer.x509.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (InvalidSignature, x509.ExtensionNotFound, *_BROKEN):
        return False
    return constraints.ca and (at is None or validity(issuer, at).answer is not Answer.DOES_NOT_HOLD)
