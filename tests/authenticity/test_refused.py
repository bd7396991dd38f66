"""What cannot be verified is refused by name, never called invalid; what is made to cost, costs little."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from qa_toolkit.authenticity.examine import Examiner
from qa_toolkit.authenticity.material import Material
from qa_toolkit.authenticity.verdicts import Answer, Reason
from tests.authenticity.signing import (
    CONTEXT,
    E_SEAL_ISSUER,
    WITH_CONTEXT,
    award,
    base64url,
    certificate,
    did_key,
    e_seal,
    ec_key,
    ed25519_key,
    jwk_of,
    jwt,
    method_of,
    rsa_key,
    segment,
    with_proof,
    x5c_of,
)

EDWARDS, NIST = ed25519_key(), ec_key()
OWN = award(did_key(NIST))


def unsigned(header: dict[str, Any]) -> bytes:
    claims = award("https://wellenberg.example/issuer")
    return f"{segment(header)}.{segment(claims)}.{base64url(b'x' * 64)}".encode()


def proof(**changes: Any) -> bytes:
    document = json.loads(with_proof(award(did_key(EDWARDS)), EDWARDS, "eddsa-jcs-2022"))
    document["proof"] = {key: value for key, value in {**document["proof"], **changes}.items() if value is not None}
    return json.dumps(document).encode()


def sealed(**changes: Any) -> bytes:
    document = json.loads(e_seal(award({**E_SEAL_ISSUER}), rsa_key(), certificate(rsa_key())))
    return json.dumps({key: value for key, value in {**document, **changes}.items() if value is not None}).encode()


SMALL_RSA = rsa_key("short", 1024)
TWICE = b'{"a": 1, "a": 2}'

REFUSED: dict[str, tuple[Callable[[], bytes], Reason]] = {
    "alg none": (lambda: unsigned({"alg": "none"}), Reason.ALGORITHM_NONE),
    "alg NoNe": (lambda: unsigned({"alg": "NoNe"}), Reason.ALGORITHM_NONE),
    "alg none without a signature": (
        lambda: f"{segment({'alg': 'none'})}.{segment(OWN)}.".encode(),
        Reason.SIGNATURE_INCOMPLETE,
    ),
    "a shared secret": (lambda: unsigned({"alg": "HS256"}), Reason.ALGORITHM_SYMMETRIC),
    "a shared secret as a key in the header": (
        lambda: unsigned({"alg": "ES256", "jwk": {"kty": "oct", "k": "AAAA"}}),
        Reason.ALGORITHM_SYMMETRIC,
    ),
    "an algorithm of tomorrow": (lambda: unsigned({"alg": "ML-DSA-44"}), Reason.ALGORITHM_UNSUPPORTED),
    "no algorithm": (lambda: unsigned({"typ": "JWT"}), Reason.HEADER_UNREADABLE),
    "an algorithm that is a list": (lambda: unsigned({"alg": ["ES256"]}), Reason.HEADER_UNREADABLE),
    "a critical header that is not understood": (
        lambda: jwt(OWN, NIST, "ES256", kid=did_key(NIST), crit=["exp"], exp=1),
        Reason.CRITICAL_HEADER_UNKNOWN,
    ),
    "a critical header that is not there": (
        lambda: jwt(OWN, NIST, "ES256", kid=did_key(NIST), crit=["sigT"]),
        Reason.CRITICAL_HEADER_UNKNOWN,
    ),
    "an empty list of critical headers": (
        lambda: jwt(OWN, NIST, "ES256", kid=did_key(NIST), crit=[]),
        Reason.HEADER_UNREADABLE,
    ),
    "an unencoded payload that is not critical": (
        lambda: jwt(OWN, NIST, "ES256", kid=did_key(NIST), b64=False),
        Reason.PROOF_MALFORMED,
    ),
    "a header only": (lambda: segment({"alg": "RS256", "typ": "JWT"}).encode(), Reason.SIGNATURE_INCOMPLETE),
    "a header that is no JSON": (lambda: f"eyJx.{segment(OWN)}.AAAA".encode(), Reason.HEADER_UNREADABLE),
    "a payload that is left out": (
        lambda: f"{segment({'alg': 'ES256'})}..{base64url(b'x' * 64)}".encode(),
        Reason.PAYLOAD_ABSENT,
    ),
    "an RSA algorithm with a key on a curve": (
        lambda: unsigned({"alg": "RS256", "kid": did_key(NIST)}),
        Reason.KEY_DOES_NOT_FIT,
    ),
    "an algorithm on a curve with an RSA key": (
        lambda: unsigned({"alg": "ES256", "jwk": jwk_of(rsa_key())}),
        Reason.KEY_DOES_NOT_FIT,
    ),
    "another curve than the algorithm's": (
        lambda: unsigned({"alg": "ES384", "kid": did_key(NIST)}),
        Reason.KEY_DOES_NOT_FIT,
    ),
    "a certificate whose key is too short": (
        lambda: jwt(award({**E_SEAL_ISSUER}), SMALL_RSA, "RS256", x5c=x5c_of(certificate(SMALL_RSA))),
        Reason.KEY_TOO_SHORT,
    ),
    "a certificate that is none": (
        lambda: unsigned({"alg": "RS256", "x5c": ["AAAA"]}),
        Reason.CERTIFICATE_UNREADABLE,
    ),
    "no certificate in its list": (lambda: unsigned({"alg": "RS256", "x5c": []}), Reason.CERTIFICATE_UNREADABLE),
    "a point that is on no curve": (
        lambda: unsigned({"alg": "ES256", "jwk": {"kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA"}}),
        Reason.KEY_UNREADABLE,
    ),
    "a key nobody supplied": (
        lambda: jwt(award("https://wellenberg.example/issuer"), NIST, "ES256", kid="key-1"),
        Reason.KEY_NOT_FOUND,
    ),
    "a payload that says a key twice": (
        lambda: ".".join((segment({"alg": "ES256"}), base64url(TWICE), base64url(b"x" * 64))).encode(),
        Reason.SAID_TWICE,
    ),
    "a document that says a key twice": (lambda: b'{"proof": {}, "proof": {}}', Reason.SAID_TWICE),
    "an e-seal without its payload": (lambda: sealed(payload=""), Reason.PAYLOAD_ABSENT),
    "an e-seal without a signature": (lambda: sealed(signatures=[]), Reason.SIGNATURE_INCOMPLETE),
    "an e-seal that is signed as one and as several": (lambda: sealed(protected="eyJ9"), Reason.HEADER_UNREADABLE),
    "an e-seal over something elsewhere": (
        lambda: e_seal(award({**E_SEAL_ISSUER}), rsa_key(), certificate(rsa_key()), sigD={"mId": "x"}),
        Reason.PAYLOAD_BY_REFERENCE,
    ),
    "a suite that is not supported": (lambda: proof(cryptosuite="bbs-2023"), Reason.SUITE_UNSUPPORTED),
    "a suite of the past": (lambda: proof(type="RsaSignature2018"), Reason.SUITE_UNSUPPORTED),
    "a chain of proofs": (lambda: proof(previousProof="urn:example:1"), Reason.SUITE_UNSUPPORTED),
    "a proof for another purpose": (lambda: proof(proofPurpose="authentication"), Reason.PROOF_FOR_OTHER_PURPOSE),
    "a proof without a value": (lambda: proof(proofValue=None), Reason.PROOF_MALFORMED),
    "a proof without a method": (lambda: proof(verificationMethod=None), Reason.PROOF_MALFORMED),
    "a proof of another context": (lambda: proof(**{"@context": ["https://other.example"]}), Reason.PROOF_MALFORMED),
    "an ecdsa suite with an Ed25519 key": (lambda: proof(cryptosuite="ecdsa-jcs-2019"), Reason.KEY_DOES_NOT_FIT),
    "no proof at all": (lambda: json.dumps(OWN).encode(), Reason.UNSIGNED),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_not_checked_and_says_why(name: str) -> None:
    """Not supported, not complete, not safe: three things, none of them 'invalid'."""
    make, reason = REFUSED[name]

    found = Examiner(WITH_CONTEXT).examine(make())

    assert found.content.reason is reason
    assert found.content.answer is Answer.NOT_CHECKED
    assert found.overall.answer is Answer.NOT_CHECKED


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "Ed25519Signature2020"])
def test_a_missing_context_names_itself(suite: str) -> None:
    """Nobody fetches it: it has to be supplied."""
    data = with_proof(award(did_key(EDWARDS)), EDWARDS, suite)

    found = Examiner(Material()).examine(data)

    assert (found.content.reason, found.content.seen) == (Reason.CONTEXT_MISSING, CONTEXT)


def test_a_term_that_no_context_defines_is_not_signed() -> None:
    """Anybody could add it or change it: the signature is right, and the document is more than what it covers."""
    document = json.loads(with_proof(award(did_key(EDWARDS)), EDWARDS, "eddsa-rdfc-2022"))
    document["credentialSubject"]["honours"] = "summa cum laude"

    found = Examiner(WITH_CONTEXT).examine(json.dumps(document).encode())

    assert found.content.reason is Reason.TERMS_OUTSIDE_SIGNATURE
    assert "honours" in found.content.seen


def test_an_identifier_that_is_no_address_is_not_signed() -> None:
    """RDF leaves out a relative identifier with all that is said of it."""
    about_nobody = {key: value for key, value in award(did_key(EDWARDS)).items() if key != "credentialSubject"}
    document = json.loads(with_proof(about_nobody, EDWARDS, "eddsa-rdfc-2022"))
    document["credentialSubject"] = {"id": "learner", "title": "Backen"}

    found = Examiner(WITH_CONTEXT).examine(json.dumps(document).encode())

    assert found.content.reason is Reason.TERMS_OUTSIDE_SIGNATURE


def test_a_poisoned_graph_ends_in_bounded_time() -> None:
    """Ten nodes, each linked with each other, would be tried in millions of orders."""
    nodes = [{"id": f"_:n{n}", "achievement": [{"id": f"_:n{m}"} for m in range(10) if m != n]} for n in range(10)]
    document = {**award(did_key(EDWARDS)), "credentialSubject": nodes}
    document["proof"] = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "proofPurpose": "assertionMethod",
        "verificationMethod": method_of(EDWARDS),
        "proofValue": "z" + "1" * 64,
    }
    start = time.perf_counter()

    found = Examiner(WITH_CONTEXT).examine(json.dumps(document).encode())

    assert found.content.reason is Reason.TOO_COMPLEX
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"proof":' * 50_000,
        b"eyJ" + b"A" * 5_000_000 + b".AAAA.AAAA",
        b'{"payload":"x","signatures":[' + b'{"protected":"eyJhIjoxfQ","signature":"AA"},' * 10_000 + b"{}]}",
        b'{"proof":[' + b'{"type":"DataIntegrityProof"},' * 10_000 + b"{}]}",
        b"\xff\xfe\x00",
        b"",
        b"null",
        b'{"proof": 7}',
        b'{"proof": {"type": {"a": 1}}}',
        b'{"payload": 7, "signatures": 7}',
        b'{"credential": {"vc": {"proof": []}}}',
        b"eyJhbGciOiJFUzI1NiJ9." + b"~" * 20_000,
    ],
)
def test_what_is_no_credential_is_no_crash(data: bytes) -> None:
    """Deep, long, broken or beside the point."""
    start = time.perf_counter()

    assert Examiner(Material()).examine(data).overall.answer is Answer.NOT_CHECKED
    assert time.perf_counter() - start < 2
