"""Signs invented credentials with throw-away keys, in every way the toolkit verifies; the same bytes every time.

Written from the specifications, apart from the code under test: what it makes is what an honest issuer would make.
"""

import base64
import gzip
import hashlib
import json
import zlib
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from pyld import jsonld

from qa_toolkit.authenticity.material import Material, Supplied

CONTEXT = "https://context.example/award/v1"
SUBJECT_TERMS = {"achievement": "https://context.example/achievement", "title": "https://context.example/title"}
CONTEXT_DOCUMENT = {
    "@context": {
        "@version": 1.1,
        "id": "@id",
        "type": "@type",
        "VerifiableCredential": "https://context.example/VerifiableCredential",
        "OpenBadgeCredential": "https://context.example/OpenBadgeCredential",
        "issuer": {"@id": "https://context.example/issuer", "@type": "@id"},
        "validFrom": "https://context.example/validFrom",
        "credentialSubject": {"@id": "https://context.example/subject", "@type": "@id"},
        "credentialStatus": {"@id": "https://context.example/status", "@type": "@id"},
        "DataIntegrityProof": "https://context.example/DataIntegrityProof",
        "Ed25519Signature2020": "https://context.example/Ed25519Signature2020",
        "cryptosuite": "https://context.example/cryptosuite",
        "created": "https://context.example/created",
        "proofPurpose": {"@id": "https://context.example/purpose", "@type": "@vocab"},
        "assertionMethod": "https://context.example/assertionMethod",
        "verificationMethod": {"@id": "https://context.example/method", "@type": "@id"},
        **SUBJECT_TERMS,
    }
}


def supplied(content: Any, kind: str, address: str = "", file: str = "file.json", day: date = date(2026, 9, 1)) -> Any:
    """A file as an agency supplies it."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Supplied(file, kind, address, day, hashlib.sha256(data).hexdigest(), data)


WITH_CONTEXT = Material(contexts={CONTEXT: supplied(CONTEXT_DOCUMENT, "context", CONTEXT)})


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def segment(value: Any) -> str:
    return base64url(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())


def base58(data: bytes) -> str:
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = alphabet[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


@cache
def ed25519_key(seed: str = "Hochschule Wellenberg") -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest())


@cache
def ec_key(curve: str = "P-256") -> ec.EllipticCurvePrivateKey:
    curves = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1(), "secp256k1": ec.SECP256K1()}
    return ec.derive_private_key(int.from_bytes(hashlib.sha256(curve.encode()).digest(), "big") >> 1, curves[curve])


@cache
def rsa_key(name: str = "Hochschule Wellenberg", bits: int = 2048) -> rsa.RSAPrivateKey:
    """A key from two primes found by counting up from a hash: weak by intent, the same on every machine."""
    p, q = _prime(f"{name} p", bits // 2), _prime(f"{name} q", bits // 2)
    e = 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(e, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


def _prime(seed: str, bits: int) -> int:
    digest = b"".join(hashlib.sha256(f"{seed} {n}".encode()).digest() for n in range(bits // 256))
    number = int.from_bytes(digest, "big") | (3 << (bits - 2)) | 1
    small = [n for n in range(3, 2000, 2) if all(n % m for m in range(3, int(n**0.5) + 1, 2))]
    while any(number % n == 0 for n in small) or pow(2, number - 1, number) != 1 or number % 65537 == 1:
        number += 2
    return number


def did_key(key: Any) -> str:
    public = key.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        data = b"\xed\x01" + public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    else:
        code = {"secp256r1": b"\x80\x24", "secp384r1": b"\x81\x24", "secp256k1": b"\xe7\x01"}[public.curve.name]
        data = code + public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return "did:key:z" + base58(data)


def method_of(key: Any) -> str:
    did = did_key(key)
    return f"{did}#{did.removeprefix('did:key:')}"


def jwk_of(key: Any) -> dict[str, str]:
    public = key.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(public.public_bytes(Encoding.Raw, PublicFormat.Raw))}
    numbers = public.public_numbers()
    if isinstance(numbers, rsa.RSAPublicNumbers):
        return {"kty": "RSA", "n": base64url(numbers.n.to_bytes(256, "big")), "e": "AQAB"}
    size = (public.curve.key_size + 7) // 8
    curve = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}.get(public.curve.name, "secp256k1")
    x, y = (base64url(n.to_bytes(size, "big")) for n in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": curve, "x": x, "y": y}


def sign(key: Any, message: bytes, algorithm: str) -> bytes:
    if algorithm == "EdDSA":
        return key.sign(message)
    hash_ = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}[algorithm[2:5]]
    if algorithm.startswith("ES"):
        r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hash_, deterministic_signing=True)))
        size = (key.curve.key_size + 7) // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")
    scheme = padding.PSS(padding.MGF1(hash_), hash_.digest_size) if algorithm.startswith("PS") else padding.PKCS1v15()
    return key.sign(message, scheme, hash_)


def certificate(
    key: Any,
    *,
    organisation: str | None = "Hochschule Wellenberg",
    identifier: str | None = "VATDE-000000000",
    since: date = date(2025, 1, 1),
    until: date = date(2027, 1, 1),
    issued_by: tuple[x509.Certificate, Any] | None = None,
    is_authority: bool = False,
) -> x509.Certificate:
    names = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)] if organisation else []
    names += [x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, identifier)] if identifier else []
    subject = x509.Name(names)
    issuer, signing = (issued_by[0].subject, issued_by[1]) if issued_by else (subject, key)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(datetime(since.year, since.month, since.day, tzinfo=UTC))
        .not_valid_after(datetime(until.year, until.month, until.day, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .sign(signing, hashes.SHA256(), ecdsa_deterministic=isinstance(signing, ec.EllipticCurvePrivateKey) or None)
    )


def x5c_of(*chain: x509.Certificate) -> list[str]:
    return [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in chain]


def award(issuer: Any, **more: Any) -> dict[str, Any]:
    """An invented badge."""
    return {
        "@context": [CONTEXT],
        "id": "urn:example:award:4711",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": issuer,
        "validFrom": "2026-07-01T10:00:00Z",
        "credentialSubject": {"id": "did:example:learner", "title": "Backen für Anfänger"},
        **more,
    }


def jwt(claims: dict[str, Any], key: Any, algorithm: str, **header: Any) -> bytes:
    start = f"{segment({'alg': algorithm, **header})}.{segment(claims)}"
    return f"{start}.{base64url(sign(key, start.encode(), algorithm))}".encode()


E_SEAL_ISSUER = {
    "id": "urn:example:org:1",
    "legalName": {"de": "Hochschule Wellenberg"},
    "eIDASIdentifier": {"notation": "VATDE-000000000"},
}


def e_seal(
    credential: dict[str, Any], key: Any, *chain: x509.Certificate, signed_on: str = "2026-07-01T10:00:00Z", **more: Any
) -> bytes:
    """A JAdES seal as European Digital Credentials carry it: the payload stands as it is."""
    header = {
        "alg": "RS256",
        "x5c": x5c_of(*chain),
        "x5t#S256": base64url(chain[0].fingerprint(hashes.SHA256())),
        "sigT": signed_on,
        "b64": False,
        "crit": ["b64", "sigT"],
        **more,
    }
    protected, payload = segment(header), json.dumps(credential, ensure_ascii=False)
    signature = base64url(sign(key, f"{protected}.{payload}".encode(), "RS256"))
    sealed = {"payload": payload, "signatures": [{"protected": protected, "signature": signature, "header": {}}]}
    return json.dumps(sealed, ensure_ascii=False).encode()


def with_proof(credential: dict[str, Any], key: Any, suite: str, method: str | None = None, **more: Any) -> bytes:
    """A credential with a Data Integrity proof."""
    kind = {"type": suite} if suite.startswith("Ed25519") else {"type": "DataIntegrityProof", "cryptosuite": suite}
    options = {
        **kind,
        "created": "2026-07-01T10:00:00Z",
        "verificationMethod": method or method_of(key),
        "proofPurpose": "assertionMethod",
        **more,
    }
    canonical = rfc8785.dumps if "jcs" in suite else _quads
    context = {"@context": credential["@context"]}
    wide = getattr(getattr(key, "curve", None), "name", "") == "secp384r1"
    digest = hashlib.sha384 if wide else hashlib.sha256
    message = b"".join(digest(canonical(part)).digest() for part in ({**context, **options}, credential))
    algorithm = "EdDSA" if suite.lower().startswith("ed") else "ES384" if wide else "ES256"
    value = "z" + base58(sign(key, message, algorithm))
    # In a proof over canonical JSON the context is a part of the options; in one over RDF it is not written.
    proof = {**(context if "jcs" in suite else {}), **options, "proofValue": value}
    return json.dumps({**credential, "proof": proof}, ensure_ascii=False, separators=(",", ":")).encode()


def _quads(document: Any) -> bytes:
    def load(url: str, _options: Any) -> Any:
        assert url == CONTEXT
        return {"document": CONTEXT_DOCUMENT, "documentUrl": url, "contextUrl": None, "contentType": "application/json"}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    return jsonld.normalize(document, options).encode()


def sd_jwt(claims: dict[str, Any], hidden: dict[str, Any], key: Any, shown: tuple[str, ...], **header: Any) -> bytes:
    """Claims of which some are hidden behind digests; of those, what is shown."""
    disclosures = {name: segment([f"salt-{name}", name, value]) for name, value in hidden.items()}
    digests = sorted(base64url(hashlib.sha256(one.encode()).digest()) for one in disclosures.values())
    token = jwt({**claims, "_sd": digests, "_sd_alg": "sha-256"}, key, "ES256", typ="dc+sd-jwt", **header)
    return token + b"~" + b"".join(disclosures[name].encode() + b"~" for name in shown)


def bitstring(withdrawn: set[int], length: int = 131_072) -> str:
    """The list of Bitstring Status List: the first bit is the leftmost."""
    data = bytearray(length // 8)
    for index in withdrawn:
        data[index // 8] |= 128 >> index % 8
    return "u" + base64url(gzip.compress(bytes(data), mtime=0))


def token_list(values: dict[int, int], bits: int, length: int = 1024) -> dict[str, Any]:
    """The list of Token Status List: the first status is in the lowest bits."""
    data = bytearray(length * bits // 8)
    for index, value in values.items():
        data[index * bits // 8] |= value << index * bits % 8
    return {"bits": bits, "lst": base64url(zlib.compress(bytes(data)))}
