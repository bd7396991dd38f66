"""Credentials signed in every way the toolkit verifies: the good hold, and one changed byte is always caught."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from qa_toolkit.authenticity.examine import Examiner
from qa_toolkit.authenticity.verdicts import Answer, Reason
from tests.authenticity.signing import (
    E_SEAL_ISSUER,
    WITH_CONTEXT,
    award,
    certificate,
    did_key,
    e_seal,
    ec_key,
    ed25519_key,
    jwk_of,
    jwt,
    method_of,
    rsa_key,
    sd_jwt,
    segment,
    with_proof,
    x5c_of,
)

EDWARDS, NIST, WIDE = ed25519_key(), ec_key(), ec_key("P-384")
WELLENBERG = {"issuer": {**E_SEAL_ISSUER}}


def did_jwk(key: Any) -> str:
    return f"did:jwk:{segment(jwk_of(key))}"


SAMPLES: dict[str, tuple[Callable[[], bytes], str]] = {
    "JWT, Ed25519, did:key": (lambda: jwt(award(did_key(EDWARDS)), EDWARDS, "EdDSA", kid=method_of(EDWARDS)), "jwt"),
    "JWT, P-256, did:jwk": (lambda: jwt(award(did_jwk(NIST)), NIST, "ES256", kid=f"{did_jwk(NIST)}#0"), "jwt"),
    "JWT of VC 1.1, claims around": (
        lambda: jwt({"iss": did_key(NIST), "vc": award(did_key(NIST))}, NIST, "ES256", kid=did_key(NIST)),
        "jwt",
    ),
    "JWT, RSA, did:jwk": (
        lambda: jwt(award(did_jwk(rsa_key())), rsa_key(), "RS256", kid=did_jwk(rsa_key())),
        "jwt",
    ),
    "JWT, certificate": (
        lambda: jwt(award({**E_SEAL_ISSUER}), NIST, "ES256", x5c=x5c_of(certificate(NIST))),
        "jwt",
    ),
    "JWT, secp256k1": (
        lambda: jwt(award(did_key(ec_key("secp256k1"))), ec_key("secp256k1"), "ES256K", kid="k"),
        "jwt",
    ),
    "e-seal": (lambda: e_seal(award({**E_SEAL_ISSUER}), rsa_key(), certificate(rsa_key())), "e_seal"),
    "eddsa-jcs-2022": (lambda: with_proof(award(did_key(EDWARDS)), EDWARDS, "eddsa-jcs-2022"), "data_integrity"),
    "ecdsa-jcs-2019": (lambda: with_proof(award(did_key(NIST)), NIST, "ecdsa-jcs-2019"), "data_integrity"),
    "ecdsa-jcs-2019, P-384": (lambda: with_proof(award(did_key(WIDE)), WIDE, "ecdsa-jcs-2019"), "data_integrity"),
    "eddsa-rdfc-2022": (lambda: with_proof(award(did_key(EDWARDS)), EDWARDS, "eddsa-rdfc-2022"), "data_integrity"),
    "ecdsa-rdfc-2019": (lambda: with_proof(award(did_key(NIST)), NIST, "ecdsa-rdfc-2019"), "data_integrity"),
    "ecdsa-rdfc-2019, P-384": (lambda: with_proof(award(did_key(WIDE)), WIDE, "ecdsa-rdfc-2019"), "data_integrity"),
    "Ed25519Signature2020": (
        lambda: with_proof(award(did_key(EDWARDS)), EDWARDS, "Ed25519Signature2020"),
        "data_integrity",
    ),
    "SD-JWT": (
        lambda: sd_jwt(
            {"iss": did_key(NIST), "vct": "urn:example:award", "iat": 1782900000},
            {"title": "Backen", "level": 4},
            NIST,
            ("title",),
            kid=did_key(NIST),
        ),
        "sd_jwt",
    ),
}


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(WITH_CONTEXT)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_an_honest_issuer_signed_holds(name: str, examiner: Examiner) -> None:
    """Content, signer and overall verdict; nothing was withdrawn that names no status."""
    make, kind = SAMPLES[name]

    found = examiner.examine(make())

    assert found.proof == kind
    assert found.content.reason is Reason.CONTENT_MATCHES
    assert found.signer.reason is Reason.SIGNER_IS_ISSUER
    assert found.status.reason is Reason.NO_STATUS_NAMED
    assert found.overall.answer is Answer.HOLDS


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_the_same_bytes_every_time(name: str) -> None:
    """Throw-away keys are made from words, and every signature is deterministic."""
    make, _ = SAMPLES[name]

    assert make() == make()


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "e-seal"])
def test_a_changed_byte_is_caught_wherever_it_stands(name: str, examiner: Examiner) -> None:
    """Header, payload and signature: no single letter can be exchanged unseen."""
    make, kind = SAMPLES[name]
    data = make()
    stride = 7 if kind == "data_integrity" else 3

    unseen = [
        place
        for place in (*range(0, len(data), stride), len(data) - 2)
        if data[place] < 128
        and examiner.examine(altered(data, place)).content.answer is Answer.HOLDS
        and not is_separator(data, place)
    ]

    assert not unseen


@pytest.mark.parametrize("part", ["payload", "protected", "signature"])
def test_a_changed_byte_of_an_e_seal_is_caught(part: str, examiner: Examiner) -> None:
    """What stands beside the seal, unsigned, may change: time-stamps are added later."""
    sealed = json.loads(SAMPLES["e-seal"][0]())
    holder = sealed if part == "payload" else sealed["signatures"][0]
    written = holder[part]

    for place in range(0, len(written), 5):
        letter = "B" if written[place] == "A" else "A"
        holder[part] = written[:place] + letter + written[place + 1 :]
        found = examiner.examine(json.dumps(sealed).encode())
        assert found.content.answer is not Answer.HOLDS, place


def test_a_changed_payload_does_not_hold_and_nothing_is_said_of_its_signer(examiner: Examiner) -> None:
    """Whose key it was says nothing where the content is not what was signed."""
    sealed = json.loads(SAMPLES["e-seal"][0]())
    sealed["payload"] = sealed["payload"].replace("Anfänger", "Anfänges")

    found = examiner.examine(json.dumps(sealed).encode())

    assert found.content.reason is Reason.CONTENT_DIFFERS
    assert found.content.answer is Answer.DOES_NOT_HOLD
    assert found.signer.reason is Reason.CONTENT_NOT_ESTABLISHED
    assert found.overall.answer is Answer.DOES_NOT_HOLD


@pytest.mark.parametrize("name", ["eddsa-jcs-2022", "eddsa-rdfc-2022"])
def test_the_order_of_keys_is_not_content(name: str, examiner: Examiner) -> None:
    """Canonical forms sign what a document says, not how it is laid out."""
    document = json.loads(SAMPLES[name][0]())
    turned = dict(reversed(document.items()))

    assert examiner.examine(json.dumps(turned, indent=2).encode()).content.answer is Answer.HOLDS


def altered(data: bytes, place: int) -> bytes:
    letter = b"B" if data[place : place + 1] == b"A" else b"A"
    return data[:place] + letter + data[place + 1 :]


def is_separator(data: bytes, place: int) -> bool:
    """The last '~' of an SD-JWT parts nothing: behind it a holder may add a proof of their own."""
    return data[place : place + 1] == b"~" and place == len(data) - 1
