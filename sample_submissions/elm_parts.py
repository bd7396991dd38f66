"""Parts of a European Digital Credential (European Learning Model v3) as an invented school would fill them.

Also how a file is made of a credential: sealed, draft before sealing, wrapped for upload.
"""

import base64
import json
from datetime import date, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SNB = "http://data.europa.eu/snb"
AUTHORITY = "http://publications.europa.eu/resource/authority"
# A white picture of one pixel: the model wants a picture, and real ones are a hundred kilobytes of base64.
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="


def concept(scheme: str, code: str, label: str) -> dict[str, Any]:
    """A concept of one of the Commission's lists."""
    return {
        "id": f"{SNB}/{scheme}/{code}",
        "type": "Concept",
        "inScheme": {"id": f"{SNB}/{scheme}/25831c2", "type": "ConceptScheme"},
        "prefLabel": {"en": label},
    }


def local_concept(code: str, label: str) -> dict[str, Any]:
    """A concept of the school's own, as issuing tools make them where no list has what is meant."""
    return {
        "id": f"urn:epass:concept:{code}",
        "type": "Concept",
        "inScheme": {"id": "urn:epass:conceptScheme:1", "type": "ConceptScheme"},
        "prefLabel": {"en": label},
    }


def authority_concept(family: str, code: str, label: str) -> dict[str, Any]:
    """A concept of the Publications Office: a country, a language, a file type."""
    return {
        "id": f"{AUTHORITY}/{family}/{code}",
        "type": "Concept",
        "inScheme": {"id": f"{AUTHORITY}/{family}", "type": "ConceptScheme"},
        "notation": family,
        "prefLabel": {"en": label},
    }


def language(code: str) -> dict[str, Any]:
    """One of the three languages of the school: EST, ENG, RUS."""
    return authority_concept("language", code, {"EST": "Estonian", "ENG": "English", "RUS": "Russian"}[code])


def estonia() -> dict[str, Any]:
    """The country, as organisations and identifiers state it."""
    return authority_concept("country", "EST", "Estonia")


def organisation(number: int) -> dict[str, Any]:
    """The school; its register number is one of zeros."""
    return {
        "id": f"urn:epass:org:{number}",
        "type": "Organisation",
        "legalName": {"et": "Läänemere Rakenduskool", "en": "Baltic Sea School of Applied Studies"},
        "registration": legal_identifier(number, "00000000"),
        "location": _location(number),
        "homepage": {
            "id": f"urn:epass:webResource:{number}",
            "type": "WebResource",
            "contentURL": "https://laanemere.example",
        },
    }


def _location(number: int) -> dict[str, Any]:
    return {
        "id": f"urn:epass:location:{number}",
        "type": "Location",
        "address": {"id": f"urn:epass:address:{number}", "type": "Address", "countryCode": estonia()},
    }


def legal_identifier(number: int, notation: str) -> dict[str, Any]:
    """An identifier in an Estonian register."""
    return {
        "id": f"urn:epass:legalIdentifier:{number}",
        "type": "LegalIdentifier",
        "notation": notation,
        "spatial": estonia(),
    }


def accreditation(code: str, label: str) -> dict[str, Any]:
    """A decision of an invented agency, of a type of the Commission's list."""
    return {
        "id": "urn:epass:accreditation:1",
        "type": "Accreditation",
        "title": {"en": "Accreditation of continuing education"},
        "dcType": concept("accreditation", code, label),
        "accreditingAgent": {
            "id": "urn:epass:org:3",
            "type": "Organisation",
            "legalName": {"en": "Invented Quality Agency"},
            "location": _location(3),
        },
        "expiryDate": "2030-12-31T00:00:00+02:00",
    }


def display(titles: dict[str, str]) -> dict[str, Any]:
    """What a viewer shows: titles, languages, one page of one pixel."""
    image = {
        "id": "urn:epass:mediaObject:1",
        "type": "MediaObject",
        "content": PICTURE,
        "contentEncoding": concept("encoding", "6146cde7dd", "base64"),
        "contentType": authority_concept("file-type", "PNG", "PNG"),
    }
    return {
        "id": "urn:epass:displayParameter:1",
        "type": "DisplayParameter",
        "title": titles,
        "primaryLanguage": language("EST"),
        "language": [language("EST"), language("ENG"), language("RUS")],
        "individualDisplay": {
            "id": "urn:epass:individualDisplay:1",
            "type": "IndividualDisplay",
            "language": language("EST"),
            "displayDetail": {"id": "urn:epass:displayDetail:1", "type": "DisplayDetail", "image": image, "page": 1},
        },
    }


def moment(day: date, hour: int) -> str:
    """A date-time on Estonian clocks, which go forward on the last Sunday of March and back on that of October."""
    summer = _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)
    return f"{day.isoformat()}T{hour:02d}:00:00+0{3 if summer else 2}:00"


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def draft(credential: dict[str, Any]) -> str:
    """The text of a credential before sealing."""
    return json.dumps(credential, ensure_ascii=False, indent=1) + "\n"


def wrapped(credential: dict[str, Any], address: str | None) -> str:
    """The text of a draft as issuing services take it, with or without where to deliver it."""
    wrapper: dict[str, Any] = {"credential": credential}
    if address is not None:
        wrapper["deliveryDetails"] = {"deliveryAddress": [address]}
    return json.dumps(wrapper, ensure_ascii=False) + "\n"


def sealed(credential: dict[str, Any], key: Ed25519PrivateKey, change: tuple[str, str] | None) -> str:
    """The text of a sealed credential; ``change`` replaces a text of the payload after the seal is made.

    As European Digital Credentials do it, the payload is signed as it stands (``b64`` false, RFC 7797), not encoded.
    The public key travels along: the seal shows that the text is as it was sealed, and by whom it does not show.
    """
    payload = json.dumps(credential, ensure_ascii=False, separators=(",", ":"))
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    header = {
        "alg": "EdDSA",
        "cty": "json",
        "kid": "urn:example:throw-away-key",
        "jwk": {"kty": "OKP", "crv": "Ed25519", "x": _encoded(public)},
        "b64": False,
        "crit": ["b64"],
    }
    protected = _encoded(json.dumps(header, separators=(",", ":")).encode())
    signature = _encoded(key.sign(f"{protected}.{payload}".encode()))
    if change is not None:
        before, after = change
        assert payload.count(before) == 1
        payload = payload.replace(before, after)
    signatures = [{"protected": protected, "header": {}, "signature": signature}]
    return json.dumps({"payload": payload, "signatures": signatures}, ensure_ascii=False) + "\n"


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
