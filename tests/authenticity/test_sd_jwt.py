"""SD-JWT: what is withheld is not missing, and what was added is found out."""

import hashlib
from typing import Any

import pytest

from qa_toolkit.authenticity.examine import Examiner
from qa_toolkit.authenticity.material import Material
from qa_toolkit.authenticity.sd_jwt import disclosed
from qa_toolkit.authenticity.verdicts import Answer, Reason
from tests.authenticity.signing import base64url, did_key, ec_key, jwt, sd_jwt, segment

KEY = ec_key()
CLAIMS = {"iss": did_key(KEY), "vct": "urn:example:award"}
HIDDEN = {"title": "Backen", "level": 4}


def signed(*shown: str, **more: Any) -> bytes:
    return sd_jwt({**CLAIMS, **more}, HIDDEN, KEY, shown, kid=did_key(KEY))


@pytest.mark.parametrize("shown", [(), ("title",), ("title", "level")])
def test_what_is_withheld_takes_nothing_away(shown: tuple[str, ...]) -> None:
    """The holder chooses what to show; the issuer's signature holds for all of it."""
    assert Examiner(Material()).examine(signed(*shown)).overall.answer is Answer.HOLDS


def test_a_disclosure_that_nobody_signed_does_not_hold() -> None:
    """It belongs to no digest of the token."""
    data = signed("title") + segment(["salt", "level", 8]).encode() + b"~"

    found = Examiner(Material()).examine(data)

    assert (found.content.answer, found.content.reason) == (Answer.DOES_NOT_HOLD, Reason.DISCLOSURE_DIFFERS)


def test_a_proof_of_the_holder_at_the_end_is_no_disclosure() -> None:
    """It has three parts; whether it is right is the holder's matter and not the award's."""
    assert Examiner(Material()).examine(signed("title") + b"eyJhIjoxfQ.e30.AAAA").overall.answer is Answer.HOLDS


def test_a_broken_disclosure_is_not_checked() -> None:
    """It is no JSON at all, so nobody can say what it discloses."""
    found = Examiner(Material()).examine(signed("title") + b"AAAA~")

    assert (found.content.answer, found.content.reason) == (Answer.NOT_CHECKED, Reason.PROOF_MALFORMED)


def test_another_way_to_hash_is_unsupported() -> None:
    """Named, not taken for a fault."""
    data = jwt({**CLAIMS, "_sd_alg": "md5"}, KEY, "ES256", kid=did_key(KEY)) + b"~"

    found = Examiner(Material()).examine(data)

    assert (found.content.answer, found.content.reason) == (Answer.NOT_CHECKED, Reason.ALGORITHM_UNSUPPORTED)


def test_claims_come_back_to_their_places() -> None:
    """In objects, in lists, and one within another."""

    def digest(one: str) -> str:
        return base64url(hashlib.sha256(one.encode()).digest())

    street = segment(["s1", "street", "Hafenweg"])
    address = segment(["s2", "address", {"_sd": [digest(street)], "town": "Wellenberg"}])
    language = segment(["s3", "de"])
    claims = {"_sd": [digest(address)], "languages": ["en", {"...": digest(language)}, {"...": "withheld"}]}

    found, every_one = disclosed(claims, [street, address, language])

    assert every_one
    assert found == {"languages": ["en", "de"], "address": {"town": "Wellenberg", "street": "Hafenweg"}}
