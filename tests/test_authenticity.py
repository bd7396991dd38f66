"""The third verdict of an audit: from signed files to result, page and workbook."""

import builtins
import csv
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qa_toolkit.auditing import Audit, audit
from qa_toolkit.authenticity.examine import Examiner
from qa_toolkit.authenticity.material import Material
from qa_toolkit.authenticity.verdicts import Reason
from qa_toolkit.messages import Messages
from qa_toolkit.result import AuthenticityResult, SubmissionResult
from tests.authenticity.signing import (
    CONTEXT,
    CONTEXT_DOCUMENT,
    award,
    bitstring,
    certificate,
    did_key,
    e_seal,
    ec_key,
    ed25519_key,
    jwt,
    rsa_key,
    with_proof,
)
from tests.conftest import AS_OF, SHARED_SAMPLES

KEY = ed25519_key()
STATUS = "https://wellenberg.example/status/3"


def badge(number: int, **more: Any) -> dict[str, Any]:
    subject = {"id": f"did:example:learner-{number}", "achievement": {"id": "urn:example:a", "name": "Backen"}}
    found = award(did_key(KEY), credentialSubject=subject)
    return {**found, "id": f"urn:example:award:{number}", **more}


def entry(index: int) -> dict[str, Any]:
    return {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": STATUS,
    }


def changed(data: bytes) -> bytes:
    return data.replace(b"Backen", b"Becken")


FILES: Mapping[str, Callable[[], bytes]] = {
    "1-good.json": lambda: with_proof(badge(1), KEY, "eddsa-jcs-2022"),
    "2-altered.json": lambda: changed(with_proof(badge(2), KEY, "eddsa-jcs-2022")),
    "3-revoked.json": lambda: with_proof(badge(3, credentialStatus=entry(7)), KEY, "eddsa-jcs-2022"),
    "4-not-revoked.json": lambda: with_proof(badge(4, credentialStatus=entry(8)), KEY, "eddsa-jcs-2022"),
    "5-unsigned.json": lambda: json.dumps(badge(5)).encode(),
    "6-unsupported.json": lambda: json.dumps({**badge(6), "proof": {"type": "RsaSignature2018"}}).encode(),
    "7-token.jwt": lambda: jwt(badge(7, issuer=did_key(ec_key())), ec_key(), "ES256", kid=did_key(ec_key())),
    "8-expired.json": lambda: with_proof(badge(8, validUntil="2026-08-31T00:00:00Z"), KEY, "eddsa-jcs-2022"),
}
EXPECTED = {
    "file 1": ("holds", "content_matches"),
    "file 2": ("does_not_hold", "content_differs"),
    "file 3": ("does_not_hold", "revoked"),
    "file 4": ("holds", "content_matches"),
    "file 5": ("not_checked", "unsigned"),
    "file 6": ("not_checked", "suite_unsupported"),
    "file 7": ("holds", "content_matches"),
    "file 8": ("holds", "content_matches"),
}


def hand_in(folder: Path, files: Mapping[str, Callable[[], bytes]] = FILES) -> Path:
    folder.mkdir()
    for name, make in files.items():
        (folder / name).write_bytes(make())
    return folder


def material(folder: Path) -> Path:
    """A status list, a list of signers that knows one of the two keys."""
    folder.mkdir()
    subject = {"statusPurpose": "revocation", "encodedList": bitstring({7})}
    (folder / "status.json").write_text(json.dumps({"credentialSubject": subject}), encoding="utf-8")
    (folder / "signers.csv").write_text(f"signer,identifier\nWellenberg,{did_key(KEY)}\n", encoding="utf-8")
    rows = f"status.json,status_list,{STATUS},2026-09-28\nsigners.csv,signers,,2026-09-01\n"
    (folder / "material.csv").write_text("file,kind,address,date\n" + rows, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    root = tmp_path_factory.mktemp("authenticity")
    supplied = material(root / "material")
    return audit(hand_in(root / "in"), root / "out", as_of=AS_OF, trust_material=supplied)


def third_verdict(finished: Audit) -> AuthenticityResult:
    found = finished.result.submissions[0].authenticity
    assert found is not None
    return found


def statuses(submission: SubmissionResult) -> dict[str, tuple[str, int]]:
    return {one.check_id: (one.status.value, one.failed) for one in submission.checks}


def test_each_credential_has_its_verdict_and_its_reason(audited: Audit) -> None:
    """Those that do not hold come first."""
    found = third_verdict(audited).credentials

    assert {one.place: (one.answer, one.reason) for one in found} == EXPECTED
    assert [one.answer for one in found[:2]] == ["does_not_hold", "does_not_hold"]


def test_the_answers_add_up(audited: Audit) -> None:
    """Expiry is shown, and is no fault."""
    found = third_verdict(audited)

    assert (found.examined, found.holds, found.does_not_hold, found.not_checked) == (8, 4, 2, 2)
    assert found.expired == 1
    for fact in ("content", "certificate", "signer", "trust", "status"):
        assert sum(one.credentials for one in found.facts if one.fact == fact) == 8


def test_the_checks_say_what_was_found(audited: Audit) -> None:
    """One unsigned, one altered, one withdrawn, one whose signer no list knows."""
    found = statuses(audited.result.submissions[0])

    assert found["AUT-08"] == ("fail", 1)
    assert found["AUT-09"] == ("fail", 1)
    assert found["AUT-10"] == ("fail", 1)
    assert found["AUT-17"] == ("review", 1)


def test_a_broken_signature_only_proposes_its_cap(audited: Audit) -> None:
    """A named reviewer confirms: an export can break a signature too."""
    gates = {gate.gate_id: gate.state for gate in audited.result.submissions[0].before.gates}

    assert (gates["intact"], gates["not_withdrawn"]) == ("cap_proposed", "cap_proposed")


def test_what_was_supplied_stands_in_the_result_with_its_day(audited: Audit) -> None:
    """An answer of a list is worth what the list is."""
    used = audited.result.trust_material

    assert [(one.file, one.kind, one.day.isoformat()) for one in used] == [
        ("status.json", "status_list", "2026-09-28"),
        ("signers.csv", "signers", "2026-09-01"),
    ]


def test_page_and_workbook_say_the_same(audited: Audit) -> None:
    """The sentence with its counts, and every reason in words."""
    m = Messages()
    folder = audited.folder / audited.result.submissions[0].submission_id
    page = (folder / "report.html").read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook(folder / "report.xlsx")[m("workbook.sheet.authenticity")]
    cells = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
    sentence = m("authenticity.sentence", n=8, holds="4", does_not_hold="2", not_checked="2")

    assert sentence in page
    assert any(cell.startswith(sentence) for cell in cells)
    for _, reason in EXPECTED.values():
        assert m(f"authenticity.reason.{reason}") in page
        assert m(f"authenticity.reason.{reason}") in cells


def test_what_is_missing_is_named_with_what_would_supply_it(tmp_path: Path) -> None:
    """A context with its command, a list with its address."""
    files = {
        "1.json": lambda: with_proof(
            award(did_key(KEY), type=["VerifiableCredential", "OpenBadgeCredential"]), KEY, "eddsa-rdfc-2022"
        ),
        "2.json": FILES["3-revoked.json"],
    }

    finished = audit(hand_in(tmp_path / "in", files), tmp_path / "out", as_of=AS_OF)

    wanted = {(one.kind, one.address, one.credentials) for one in third_verdict(finished).missing}
    page = (tmp_path / "out" / finished.result.submissions[0].submission_id / "report.html").read_text("utf-8")
    assert wanted == {("context", CONTEXT, 1), ("status_list", STATUS, 1)}
    assert f"qa-toolkit contexts add FILE --url {CONTEXT}" in page


def test_a_supplied_context_lets_the_proof_be_verified(tmp_path: Path) -> None:
    """As the command adds it."""
    folder = tmp_path / "material"
    folder.mkdir()
    (folder / "c.json").write_text(json.dumps(CONTEXT_DOCUMENT), encoding="utf-8")
    (folder / "material.csv").write_text(
        f"file,kind,address,date\nc.json,context,{CONTEXT},2026-09-01\n", encoding="utf-8"
    )
    files = {"1.json": lambda: with_proof(award(did_key(KEY)), KEY, "eddsa-rdfc-2022")}

    finished = audit(hand_in(tmp_path / "in", files), tmp_path / "out", as_of=AS_OF, trust_material=folder)

    assert third_verdict(finished).holds == 1


def test_without_the_libraries_it_is_not_checked_and_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That a file is signed is seen all the same."""
    for name in [name for name in sys.modules if name.startswith("qa_toolkit.authenticity.examine")]:
        monkeypatch.delitem(sys.modules, name)
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "qa_toolkit.authenticity.examine":
            raise ModuleNotFoundError("No module named 'cryptography'", name="cryptography")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    finished = audit(hand_in(tmp_path / "in"), tmp_path / "out", as_of=AS_OF)
    monkeypatch.undo()

    found = third_verdict(finished)
    assert (found.holds, found.does_not_hold, found.not_checked) == (0, 0, 8)
    assert {one.reason for one in found.credentials} == {"extra_not_installed", "unsigned"}
    assert "pip install" in Messages()("authenticity.reason.extra_not_installed")
    assert statuses(finished.result.submissions[0])["AUT-08"] == ("fail", 1)


def test_a_table_has_no_third_verdict(honest_submission: Path, tmp_path: Path) -> None:
    """A row is no credential: nothing is signed, and nothing is missing."""
    finished = audit(honest_submission, tmp_path / "out", as_of=AS_OF)

    assert finished.result.submissions[0].authenticity is None
    assert statuses(finished.result.submissions[0])["AUT-08"] == ("not_applicable", 0)


def test_every_reason_has_its_words() -> None:
    """In the language of the reports."""
    m = Messages()

    assert [one.value for one in Reason if not m.has(f"authenticity.reason.{one.value}")] == []


def test_a_property_said_twice_leaves_a_signature_unchecked(tmp_path: Path) -> None:
    """Which of the two was signed depends on who reads it."""
    twice = FILES["1-good.json"]().replace(b'"validFrom"', b'"id":"urn:example:award:1","validFrom"', 1)

    finished = audit(hand_in(tmp_path / "in", {"1.json": lambda: twice}), tmp_path / "out", as_of=AS_OF)

    assert [one.reason for one in third_verdict(finished).credentials] == ["said_twice"]


def test_a_seal_of_a_certificate_is_read_from_a_file(tmp_path: Path) -> None:
    """As Europass seals: the issuer is named by its certificate."""
    issuer = {"id": "urn:example:org:1", "legalName": {"de": "Hochschule Wellenberg"}}
    credential = {
        **badge(1),
        "issuer": issuer,
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSubject": {"id": "urn:example:p:1", "hasClaim": {"title": {"en": "Baking"}}},
    }
    files = {"1.jsonld": lambda: e_seal(credential, rsa_key(), certificate(rsa_key()))}

    finished = audit(hand_in(tmp_path / "in", files), tmp_path / "out", as_of=AS_OF)

    (found,) = third_verdict(finished).credentials
    assert (found.proof, found.answer, found.certificate, found.signer) == (
        "e_seal",
        "holds",
        "certificate_was_valid",
        "signer_is_issuer",
    )


# ---------------------------------------------------------------- public samples

SHARED = pytest.mark.skipif(
    not (SHARED_SAMPLES / "INDEX.csv").is_file(), reason="the folder of public samples is not beside the repository"
)
# What the index says of a signature -> what may be found without any context supplied.
ALLOWED = {
    "OK(x5c)": {"content_matches"},
    "OK(": {"content_matches", "context_missing", "key_not_found"},
    "FAIL": {"content_differs", "context_missing"},
    "unsupported": {"suite_unsupported"},
    "unresolved-key": {"key_not_found"},
    "ctx-missing": {"context_missing"},
}


@SHARED
def test_the_public_samples_come_out_as_their_index_says() -> None:
    """An e-seal needs nothing but itself; what needs a context that is not supplied says so."""
    examiner, astray = Examiner(Material()), []
    with (SHARED_SAMPLES / "INDEX.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["signature"] and "ERR" not in row["signature"]]
    for row in rows:
        allowed = next(reasons for start, reasons in ALLOWED.items() if row["signature"].startswith(start))
        found = examiner.examine((SHARED_SAMPLES / row["path"]).read_bytes()).content
        if found.reason.value not in allowed:
            astray.append((row["path"], row["signature"], found))

    assert len(rows) >= 40
    assert astray == []
