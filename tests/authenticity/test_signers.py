"""Whose signature it is: certificates, identifiers, supplied keys, and lists of whom to trust."""

from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from qa_toolkit.authenticity.examine import Examiner
from qa_toolkit.authenticity.material import Material, Signer
from qa_toolkit.authenticity.verdicts import Answer, Reason
from tests.authenticity.signing import (
    E_SEAL_ISSUER,
    award,
    base58,
    certificate,
    did_key,
    e_seal,
    ec_key,
    ed25519_key,
    jwk_of,
    jwt,
    rsa_key,
    supplied,
    with_proof,
)

RSA, NIST, EDWARDS = rsa_key(), ec_key(), ed25519_key()
WEB = "did:web:wellenberg.example"


def sealed(issuer: Any = None, signed_on: str = "2026-07-01T10:00:00Z", **about: Any) -> bytes:
    return e_seal(award(issuer or {**E_SEAL_ISSUER}), RSA, certificate(RSA, **about), signed_on=signed_on)


@pytest.mark.parametrize(
    ("signed_on", "reason", "answer"),
    [
        ("2026-07-01T10:00:00Z", Reason.CERTIFICATE_WAS_VALID, Answer.HOLDS),
        ("2027-07-01T10:00:00Z", Reason.CERTIFICATE_EXPIRED, Answer.DOES_NOT_HOLD),
        ("2024-07-01T10:00:00Z", Reason.CERTIFICATE_NOT_YET_VALID, Answer.DOES_NOT_HOLD),
        ("yesterday", Reason.SIGNING_TIME_UNKNOWN, Answer.NOT_CHECKED),
    ],
)
def test_a_certificate_is_judged_on_the_day_of_signing(signed_on: str, reason: Reason, answer: Answer) -> None:
    """Not on the day of the audit: a seal outlives its certificate. The content is a fact of its own."""
    found = Examiner(Material()).examine(sealed(signed_on=signed_on))

    assert found.certificate.reason is reason
    assert found.content.answer is Answer.HOLDS
    assert found.overall.answer is answer


@pytest.mark.parametrize(
    ("issuer", "about", "reason"),
    [
        ({"legalName": {"en": "hochschule  WELLENBERG"}}, {}, Reason.SIGNER_IS_ISSUER),
        ({"legalName": "Uni Wellenberg", "eIDASIdentifier": {"notation": "VATDE 000000000"}}, {}, "signer_is_issuer"),
        ({"legalName": {"de": "Eine andere Hochschule"}}, {}, Reason.SIGNER_IS_NOT_ISSUER),
        ({"id": "urn:example:nameless"}, {}, Reason.ISSUER_NOT_NAMED),
        ({**E_SEAL_ISSUER}, {"organisation": None, "identifier": None}, Reason.CERTIFICATE_NAMES_NOBODY),
        ({**E_SEAL_ISSUER}, {"organisation": None}, Reason.SIGNER_IS_ISSUER),
    ],
)
def test_a_certificate_is_compared_with_the_issuer(issuer: Any, about: Any, reason: Reason) -> None:
    """By legal identifier or by name; a signer who is not the issuer may have a mandate, so it is asked."""
    found = Examiner(Material()).examine(sealed(issuer, **about))

    assert found.signer.reason == reason
    assert found.content.answer is Answer.HOLDS
    assert found.overall.answer is (Answer.HOLDS if reason == "signer_is_issuer" else Answer.NOT_CHECKED)


def test_another_certificate_than_the_one_named_does_not_hold() -> None:
    """The header names the fingerprint of the certificate that the signer meant."""
    data = e_seal(award({**E_SEAL_ISSUER}), RSA, certificate(RSA), **{"x5t#S256": "A" * 43})

    found = Examiner(Material()).examine(data)

    assert found.certificate.reason is Reason.CERTIFICATE_THUMBPRINT_DIFFERS
    assert found.overall.answer is Answer.DOES_NOT_HOLD


def test_a_key_of_another_identifier_is_not_the_issuer() -> None:
    """Anybody can sign in anybody's name with a key of their own."""
    found = Examiner(Material()).examine(with_proof(award("did:web:other.example"), EDWARDS, "eddsa-jcs-2022"))

    assert found.content.answer is Answer.HOLDS
    assert found.signer.reason is Reason.SIGNER_IS_NOT_ISSUER
    assert found.overall.answer is Answer.NOT_CHECKED


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            lambda: with_proof(
                award("https://wellenberg.example/issuer"),
                EDWARDS,
                "eddsa-jcs-2022",
                "https://wellenberg.example/issuer#" + did_key(EDWARDS).removeprefix("did:key:"),
            ),
            Reason.KEY_IN_ADDRESS,
        ),
        (lambda: jwt(award("https://wellenberg.example/issuer"), NIST, "ES256", jwk=jwk_of(NIST)), "key_in_header"),
    ],
)
def test_a_key_that_travels_along_proves_integrity_only(data: Any, reason: Reason) -> None:
    """Nothing was changed since, and nothing is known of who signed."""
    found = Examiner(Material()).examine(data())

    assert found.content.answer is Answer.HOLDS
    assert found.signer.reason == reason
    assert found.overall.answer is Answer.NOT_CHECKED


def web_document(**changes: Any) -> dict[str, Any]:
    raw = EDWARDS.public_key().public_bytes_raw()
    method = {
        "id": f"{WEB}#key-1",
        "type": "Multikey",
        "controller": WEB,
        "publicKeyMultibase": "z" + base58(b"\xed\x01" + raw),
    }
    return {"id": WEB, "verificationMethod": [method], "assertionMethod": [f"{WEB}#key-1"], **changes}


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (web_document(), Reason.CONTENT_MATCHES),
        (web_document(assertionMethod=["#key-1"]), Reason.CONTENT_MATCHES),
        (web_document(assertionMethod=[]), Reason.KEY_NOT_FOR_ASSERTIONS),
        (web_document(id="did:web:other.example"), Reason.KEY_NOT_FOUND),
        (web_document(verificationMethod=[]), Reason.KEY_NOT_FOUND),
        ([], Reason.KEY_UNREADABLE),
    ],
)
def test_a_supplied_document_of_a_did_says_which_key_counts(document: Any, reason: Reason) -> None:
    """did:web is never looked up: the document is supplied, with the day it was taken."""
    material = Material(keys={WEB: supplied(document, "keys", WEB)})
    data = with_proof(award(WEB), EDWARDS, "eddsa-jcs-2022", f"{WEB}#key-1")

    found = Examiner(material).examine(data)

    assert found.content.reason is reason
    assert (found.signer.reason is Reason.SIGNER_IS_ISSUER) == (reason is Reason.CONTENT_MATCHES)


@pytest.mark.parametrize(
    ("keys", "kid", "reason"),
    [
        ([{**jwk_of(NIST), "kid": "key-1"}, {**jwk_of(ec_key("P-384")), "kid": "key-2"}], "key-1", "content_matches"),
        ([jwk_of(NIST)], "key-9", Reason.CONTENT_MATCHES),
        ([{**jwk_of(NIST), "kid": "key-1"}], "key-9", Reason.KEY_NOT_FOUND),
        ([{**jwk_of(NIST), "kid": "key-1", "use": "enc"}], "key-1", Reason.KEY_NOT_FOUND),
    ],
)
def test_a_supplied_key_set_is_read_by_the_name_of_the_key(keys: Any, kid: str, reason: Reason) -> None:
    """It stands for the address of the issuer."""
    issuer = "https://wellenberg.example/issuer"
    material = Material(keys={issuer: supplied({"keys": keys}, "keys", issuer)})

    found = Examiner(material).examine(jwt(award(issuer), NIST, "ES256", kid=kid))

    assert found.content.reason == reason


AUTHORITY_KEY = rsa_key("Authority")
AUTHORITY = certificate(AUTHORITY_KEY, organisation="Trust Service", identifier=None, is_authority=True)
BETWEEN_KEY = rsa_key("Between")
BETWEEN = certificate(
    BETWEEN_KEY, organisation="Sub", identifier=None, issued_by=(AUTHORITY, AUTHORITY_KEY), is_authority=True
)
NO_AUTHORITY = certificate(BETWEEN_KEY, organisation="Sub", identifier=None, issued_by=(AUTHORITY, AUTHORITY_KEY))
PEM = supplied(AUTHORITY.public_bytes(Encoding.PEM), "certificates")
FINGERPRINT = f"sha256:{certificate(RSA).fingerprint(hashes.SHA256()).hex()}"


def known(identifier: str, since: date | None = None, until: date | None = None) -> Material:
    return Material(signers=(Signer("Wellenberg", identifier, since, until, "agency"),))


@pytest.mark.parametrize(
    ("chain", "material", "reason"),
    [
        ((certificate(RSA),), Material(), Reason.NO_LIST_SUPPLIED),
        ((certificate(RSA),), known(FINGERPRINT), Reason.SIGNER_LISTED),
        ((certificate(RSA),), known("sha256:" + "0" * 64), Reason.SIGNER_NOT_LISTED),
        ((certificate(RSA),), known(FINGERPRINT, until=date(2026, 1, 1)), Reason.SIGNER_NOT_LISTED_THEN),
        ((certificate(RSA),), Material(certificates=(PEM,)), Reason.SIGNER_NOT_LISTED),
        (
            (certificate(RSA, issued_by=(AUTHORITY, AUTHORITY_KEY)),),
            Material(certificates=(PEM,)),
            Reason.SIGNER_LISTED,
        ),
        (
            (certificate(RSA, issued_by=(BETWEEN, BETWEEN_KEY)), BETWEEN),
            Material(certificates=(PEM,)),
            Reason.SIGNER_LISTED,
        ),
        (
            (certificate(RSA, issued_by=(NO_AUTHORITY, BETWEEN_KEY)), NO_AUTHORITY),
            Material(certificates=(PEM,)),
            Reason.SIGNER_NOT_LISTED,
        ),
    ],
    ids=["no list", "listed", "another listed", "no longer", "self-made", "issued", "by way of", "no authority"],
)
def test_a_supplied_list_knows_the_signer_or_not(chain: Any, material: Material, reason: Reason) -> None:
    """A fact of its own: an intact signature of somebody whom no list knows is intact all the same."""
    found = Examiner(material).examine(e_seal(award({**E_SEAL_ISSUER}), RSA, *chain))

    assert found.trust.reason is reason
    assert found.overall.answer is Answer.HOLDS


def test_a_list_may_name_a_did() -> None:
    """As the registries of issuers do."""
    data = with_proof(award(did_key(EDWARDS)), EDWARDS, "eddsa-jcs-2022")

    assert Examiner(known(did_key(EDWARDS))).examine(data).trust.reason is Reason.SIGNER_LISTED
