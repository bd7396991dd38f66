"""Whether a credential was withdrawn: only by supplied, dated lists, within their bounds."""

import gzip
import json
from typing import Any

import pytest

from qa_toolkit.authenticity import status_lists
from qa_toolkit.authenticity.examine import Examiner
from qa_toolkit.authenticity.material import Material
from qa_toolkit.authenticity.verdicts import Answer, Reason
from tests.authenticity.signing import (
    award,
    base64url,
    bitstring,
    did_key,
    ec_key,
    ed25519_key,
    jwt,
    sd_jwt,
    supplied,
    token_list,
    with_proof,
)

KEY, NIST = ed25519_key(), ec_key()
ADDRESS = "https://wellenberg.example/status/3"


def entry(kind: str = "BitstringStatusListEntry", index: Any = "42", **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": ADDRESS,
    } | more


def listed(withdrawn: set[int], purpose: str = "revocation", **more: Any) -> dict[str, Any]:
    subject = {"type": "BitstringStatusList", "statusPurpose": purpose, "encodedList": bitstring(withdrawn), **more}
    return {"id": ADDRESS, "issuer": did_key(KEY), "credentialSubject": subject, "@context": []}


def answer(status: Any, content: Any) -> tuple[Reason, Answer]:
    lists = {} if content is None else {ADDRESS: supplied(content, "status_list", ADDRESS)}
    data = with_proof(award(did_key(KEY), credentialStatus=status), KEY, "eddsa-jcs-2022")
    found = Examiner(Material(status_lists=lists)).examine(data)
    assert found.content.answer is Answer.HOLDS
    return found.status.reason, found.overall.answer


@pytest.mark.parametrize(
    ("status", "content", "reason", "overall"),
    [
        (entry(), listed({41, 43}), Reason.NOT_WITHDRAWN, Answer.HOLDS),
        (entry(), listed({42}), Reason.REVOKED, Answer.DOES_NOT_HOLD),
        (entry(index=42), listed({42}), Reason.REVOKED, Answer.DOES_NOT_HOLD),
        (entry(kind="StatusList2021Entry"), listed({42}), Reason.REVOKED, Answer.DOES_NOT_HOLD),
        (
            entry(statusPurpose="suspension"),
            listed({42}, "suspension"),
            Reason.SUSPENDED,
            Answer.DOES_NOT_HOLD,
        ),
        (entry(statusPurpose="message"), listed({42}, "message"), Reason.NOT_WITHDRAWN, Answer.HOLDS),
        ([entry(index=1), entry()], listed({42}), Reason.REVOKED, Answer.DOES_NOT_HOLD),
        (entry(), None, Reason.STATUS_LIST_MISSING, Answer.NOT_CHECKED),
        (entry(), listed({42}, "suspension"), Reason.STATUS_LIST_OF_ANOTHER, Answer.NOT_CHECKED),
        (entry(index=131_072), listed(set()), Reason.STATUS_INDEX_OUT_OF_RANGE, Answer.NOT_CHECKED),
        (entry(index="9" * 40), listed(set()), Reason.STATUS_ENTRY_MALFORMED, Answer.NOT_CHECKED),
        (entry(index="-1"), listed(set()), Reason.STATUS_ENTRY_MALFORMED, Answer.NOT_CHECKED),
        (entry(index=True), listed(set()), Reason.STATUS_ENTRY_MALFORMED, Answer.NOT_CHECKED),
        (entry(statusSize=2), listed(set()), Reason.STATUS_KIND_UNSUPPORTED, Answer.NOT_CHECKED),
        (entry(kind="StatusList2017"), listed(set()), Reason.STATUS_KIND_UNSUPPORTED, Answer.NOT_CHECKED),
        ("https://x.example", listed(set()), Reason.STATUS_ENTRY_MALFORMED, Answer.NOT_CHECKED),
        (entry(), listed(set(), encodedList="uAAAA"), Reason.STATUS_LIST_UNREADABLE, Answer.NOT_CHECKED),
        (entry(), b"no JSON", Reason.STATUS_LIST_OF_ANOTHER, Answer.NOT_CHECKED),
    ],
)
def test_a_bitstring_answers_for_its_index(status: Any, content: Any, reason: Reason, overall: Answer) -> None:
    """The first bit is the leftmost; an index out of range is no answer."""
    assert answer(status, content) == (reason, overall)


def test_a_list_that_does_not_match_its_own_signature_is_no_answer() -> None:
    """A list is a credential itself: somebody could have taken a withdrawal out of it."""
    signed = json.loads(with_proof(listed({42}), KEY, "eddsa-jcs-2022"))
    assert answer(entry(), signed) == (Reason.REVOKED, Answer.DOES_NOT_HOLD)

    signed["credentialSubject"]["encodedList"] = bitstring(set())

    assert answer(entry(), signed) == (Reason.STATUS_LIST_DIFFERS, Answer.NOT_CHECKED)


def test_a_list_may_be_a_token() -> None:
    """VC-JOSE lists are signed as a whole."""
    token = jwt(listed({42}), NIST, "ES256", kid=did_key(NIST))

    assert answer(entry(), token) == (Reason.REVOKED, Answer.DOES_NOT_HOLD)


def test_the_day_of_the_list_is_told() -> None:
    """A list says what held on the day it was taken."""
    lists = {ADDRESS: supplied(listed(set()), "status_list", ADDRESS)}
    data = with_proof(award(did_key(KEY), credentialStatus=entry()), KEY, "eddsa-jcs-2022")

    seen = Examiner(Material(status_lists=lists)).examine(data).status.seen

    assert seen == "list of 2026-09-01, its own signature not checked"


def test_a_list_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kilobytes can unpack to gigabytes."""
    monkeypatch.setattr(status_lists, "LARGEST_LIST", 1000)
    packed = "u" + base64url(gzip.compress(bytes(100_000), mtime=0))

    reason, _ = answer(entry(), listed(set(), encodedList=packed))

    assert reason is Reason.STATUS_LIST_UNREADABLE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"revokedCredential": [{"id": "urn:example:award:4711", "revoked": True}]}, Reason.REVOKED),
        ({"revokedCredential": [{"id": "urn:example:award:4711", "revoked": False}]}, Reason.NOT_WITHDRAWN),
        ({"revokedCredential": [{"id": "urn:example:award:1"}]}, Reason.NOT_WITHDRAWN),
        ({"revokedCredential": []}, Reason.NOT_WITHDRAWN),
        ({}, Reason.STATUS_LIST_UNREADABLE),
    ],
)
def test_a_revocation_list_names_the_credentials(content: Any, reason: Reason) -> None:
    """1EdTech's method: the identifiers of what was withdrawn."""
    assert answer({"type": "1EdTechRevocationList", "id": ADDRESS}, content)[0] is reason


@pytest.mark.parametrize(
    ("values", "bits", "index", "reason"),
    [
        ({9: 1}, 1, 9, Reason.REVOKED),
        ({9: 1}, 1, 8, Reason.NOT_WITHDRAWN),
        ({5: 2}, 2, 5, Reason.SUSPENDED),
        ({5: 3}, 4, 5, Reason.STATUS_KIND_UNSUPPORTED),
        ({5: 1}, 8, 5, Reason.REVOKED),
        ({}, 2, 1024, Reason.STATUS_INDEX_OUT_OF_RANGE),
    ],
)
def test_a_token_status_list_answers_for_its_index(values: Any, bits: int, index: int, reason: Reason) -> None:
    """The first status is in the lowest bits of its byte."""
    status_token = jwt({"sub": ADDRESS, "status_list": token_list(values, bits)}, NIST, "ES256", kid=did_key(NIST))
    claims = {"iss": did_key(NIST), "status": {"status_list": {"idx": index, "uri": ADDRESS}}}
    data = sd_jwt(claims, {"title": "Backen"}, NIST, ("title",), kid=did_key(NIST))

    lists = {ADDRESS: supplied(status_token, "status_list", ADDRESS)}

    assert Examiner(Material(status_lists=lists)).examine(data).status.reason is reason
