"""The parts of an invented Open Badge, and the shapes in which it is handed in: a token, a token of old, a picture."""

import base64
import json
import struct
import zlib
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def alignment(kind: str, name: str, address: str, code: str | None = None) -> dict[str, Any]:
    coded = {"targetCode": code} if code is not None else {}
    return {"type": ["Alignment"], "targetType": kind, "targetName": name, "targetUrl": address, **coded}


def token(payload: dict[str, Any], key: Ed25519PrivateKey) -> str:
    header = {"alg": "EdDSA", "typ": "vc+jwt", "kid": "urn:example:throw-away-key"}
    signed = f"{_encoded(json.dumps(header).encode())}.{_encoded(json.dumps(payload, ensure_ascii=False).encode())}"
    return f"{signed}.{_encoded(key.sign(signed.encode()))}"


def old_token(badge: dict[str, Any]) -> dict[str, Any]:
    """The claims of a token as W3C VC 1.1 has them: identifier, issuer and dates move out of the credential."""
    inner = {name: value for name, value in badge.items() if name not in ("id", "validFrom", "awardedDate")}
    inner["@context"] = ["https://www.w3.org/2018/credentials/v1", *badge["@context"][1:]]
    begins = datetime.fromisoformat(badge["validFrom"]).astimezone(UTC)
    return {"iss": badge["issuer"]["id"], "jti": badge["id"], "nbf": int(begins.timestamp()), "vc": inner}


def picture(text: str) -> bytes:
    """A PNG of one pixel that carries the badge, stored without compression so that its bytes are always the same."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"iTXt", b"openbadgecredential\0\0\0\0\0" + text.encode()),
        (b"IDAT", zlib.compress(b"\0\x80", 0)),
        (b"IEND", b""),
    )
    written = b"\x89PNG\r\n\x1a\n"
    for kind, content in chunks:
        written += struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return written


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
