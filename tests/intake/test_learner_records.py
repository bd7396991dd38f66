"""Comprehensive Learner Records: each credential in one is a record; what it is part of, and whose signature counts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.intake.proofs import Proofs
from qa_toolkit.intake.read import read_submissions
from qa_toolkit.records.store import RecordStore, open_store
from tests.conftest import SHARED_SAMPLES
from tests.intake.read_back import VOCABULARIES, ReadBack

ISSUER = {"id": "did:web:bees.example", "type": ["Profile"], "name": "Imkerschule Beispiel"}
LEARNER = {"id": "did:example:learner-1", "type": ["ClrSubject"], "name": "Testa Beispielfrau"}


def badge(number: int, **changes: Any) -> dict[str, Any]:
    """A small invented credential of a record."""
    achievement = {
        "id": f"https://bees.example/course/{number}",
        "type": ["Achievement"],
        "name": f"Course {number}",
        "criteria": {"narrative": f"keeps {number} hives"},
    }
    subject = {"id": LEARNER["id"], "type": ["AchievementSubject"], "achievement": achievement}
    return {
        "id": f"urn:uuid:badge-{number}",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": f"Award {number}",
        "issuer": ISSUER,
        "validFrom": "2026-07-01T00:00:00Z",
        "credentialSubject": subject,
    } | changes


def record(*held: Any, **changes: Any) -> dict[str, Any]:
    """A record that holds them."""
    subject = {**LEARNER, "verifiableCredential": list(held), **changes.pop("subject", {})}
    return {
        "id": "urn:uuid:record-1",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-07-02T00:00:00Z",
        "credentialSubject": subject,
    } | changes


def linked(kind: str, source: str, target: str) -> dict[str, Any]:
    return {"subject": {"association": [{"associationType": kind, "sourceId": source, "targetId": target}]}}


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def read(store: RecordStore, folder: Path, document: Any) -> ReadBack:
    folder.mkdir(exist_ok=True)
    (folder / "record.json").write_text(json.dumps(document), encoding="utf-8")
    return ReadBack(store, folder).again()


def test_each_credential_of_a_record_is_read_with_its_place(store: RecordStore, tmp_path: Path) -> None:
    """By its number in the record, and with the pointer of each value."""
    back = read(store, tmp_path / "in", record(badge(1), badge(2)))

    assert back.rows("record_id, source_place, source_format, title, offer_id, issued_raw") == [
        ("f1-c1", "credential 1", "comprehensive_learner_record", "Course 1", "https://bees.example/course/1",
         "2026-07-01T00:00:00Z"),
        ("f1-c2", "credential 2", "comprehensive_learner_record", "Course 2", "https://bees.example/course/2",
         "2026-07-01T00:00:00Z"),
    ]  # fmt: skip
    places = store.connection.execute("SELECT origin FROM origins WHERE column_name = 'title' ORDER BY ALL").fetchall()
    assert places == [
        (f"/credentialSubject/verifiableCredential/{n}/credentialSubject/achievement/name",) for n in (0, 1)
    ]


@pytest.mark.parametrize(
    ("kind", "source", "target", "expected"),
    [
        ("isChildOf", "urn:uuid:badge-1", "urn:uuid:badge-2", "part of Award 2"),
        ("isPartOf", "https://bees.example/course/1", "https://bees.example/course/2", "part of Course 2"),
        ("precedes", "urn:uuid:badge-1", "urn:uuid:badge-2", None),
        ("isChildOf", "urn:uuid:badge-1", "urn:uuid:nowhere", None),
        ("isChildOf", "urn:uuid:badge-1", LEARNER["id"], None),
    ],
)
def test_what_a_credential_is_part_of_is_taken_from_the_associations(
    kind: str, source: str, target: str, expected: str | None, store: RecordStore, tmp_path: Path
) -> None:
    """By the name of what it belongs to, which is never that of a person."""
    back = read(store, tmp_path / "in", record(badge(1), badge(2), **linked(kind, source, target)))

    assert back.rows("stackability_raw")[0] == (expected,)


def test_a_record_without_credentials_is_its_own_achievements(store: RecordStore, tmp_path: Path) -> None:
    """One record for each."""
    achievements = [badge(n)["credentialSubject"]["achievement"] for n in (1, 2)]

    back = read(store, tmp_path / "in", record(subject={"achievement": achievements}))

    assert back.rows("record_id, title") == [("f1-a1", "Course 1"), ("f1-a2", "Course 2")]


def test_a_broken_credential_does_not_lose_the_others(store: RecordStore, tmp_path: Path) -> None:
    """It is named by its number in the record."""
    back = read(store, tmp_path / "in", record(badge(1), "eyJhbGciOiJub25lIn0.e30", badge(3)))

    assert back.rows("title") == [("Course 1",), ("Course 3",)]
    (problem,) = back.problems
    assert (problem.what, problem.place) == ("An item was left out", "file 1, credential 2")


@pytest.mark.parametrize(
    "odd", ["a text", 7, [], [[]], {"credentialSubject": 3}, {"credentialSubject": {"achievement": 1}}]
)
def test_what_is_no_credential_in_a_record_does_not_lose_the_others(
    odd: Any, store: RecordStore, tmp_path: Path
) -> None:
    """Whatever stands in its place."""
    back = read(store, tmp_path / "in", record(badge(1), odd, badge(3)))

    assert {("Course 1",), ("Course 3",)} <= set(back.rows("title"))


def test_a_document_of_another_kind_behind_a_record_is_told(store: RecordStore, tmp_path: Path) -> None:
    """In a file of several."""
    back = read(store, tmp_path / "in", [record(badge(1)), badge(2)])

    assert back.rows("title") == [("Course 1",)]
    assert [problem.place for problem in back.problems] == ["file 1, item 2"]


@pytest.mark.parametrize(
    ("outer", "inner", "proof"),
    [
        ({"proof": {"type": "DataIntegrityProof", "cryptosuite": "of-record"}}, {}, ("data_integrity", "of-record")),
        ({"proof": {"type": "DataIntegrityProof", "cryptosuite": "of-record"}},
         {"proof": {"type": "DataIntegrityProof", "cryptosuite": "of-badge"}}, ("data_integrity", "of-record")),
        ({}, {"proof": {"type": "DataIntegrityProof", "cryptosuite": "of-badge"}}, ("data_integrity", "of-badge")),
        ({}, {}, (None, None)),
    ],
)  # fmt: skip
def test_the_signature_of_the_record_counts_before_that_of_the_credential(
    outer: dict[str, Any], inner: dict[str, Any], proof: tuple[str | None, ...], store: RecordStore, tmp_path: Path
) -> None:
    """Where the record is signed it vouches for all that it holds."""
    (tmp_path / "record.json").write_text(json.dumps(record(badge(1, **inner), **outer)), encoding="utf-8")

    read_submissions([tmp_path / "record.json"], store, [VOCABULARIES], proofs=Proofs())

    rows = store.connection.execute("SELECT proof, proof_suite, content_verdict FROM credentials").fetchall()
    assert rows == [(*proof, "not_checked")]


@pytest.mark.skipif(not SHARED_SAMPLES.is_dir(), reason="the folder of public samples is not beside the repository")
@pytest.mark.parametrize(
    ("name", "credentials"),
    [("university-transcript.json", 6), ("competency-aligned.json", 8), ("westbridge-full.json", 29),
     ("nd-student-transcript.json", 3), ("simple-noproof.json", 1), ("simple_v1.json", 6), ("complex.json", 6)],
)  # fmt: skip
def test_published_records_are_read_credential_by_credential(name: str, credentials: int, store: RecordStore) -> None:
    """As many as each holds."""
    (path,) = (one for one in SHARED_SAMPLES.glob(f"**/{name}") if "clr" in str(one))
    back = ReadBack(store, path).again()

    assert len(back.rows("record_id")) == credentials
