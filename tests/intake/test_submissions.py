"""From paths to submissions: what belongs together, what it is called, what is told, what is counted once."""

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.intake.recognise import recognise
from qa_toolkit.problems import ProblemKind
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder
from tests.intake.test_european_digital_credentials import credential as digital
from tests.submissions import credential, write_submission


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def read(store: RecordStore, *paths: Path) -> IntakeOutcome:
    return read_submissions(paths, store, [shipped_folder("checks") / "vocabularies"])


def test_each_subfolder_is_a_submission(store: RecordStore, tmp_path: Path) -> None:
    """Named by its folder."""
    for name in ("Zweite Schule", "erste"):
        write_submission(tmp_path / "all" / name, [credential(1)])

    assert read(store, tmp_path / "all").submissions == ("zweite-schule", "erste")


def test_a_declared_id_wins_and_ids_are_unique(store: RecordStore, tmp_path: Path) -> None:
    """Two providers that call themselves alike stay two."""
    one = write_submission(tmp_path / "a", [credential(1)], submission_id="School")
    two = write_submission(tmp_path / "b", [credential(1)], submission_id="school")

    assert read(store, one, two).submissions == ("school", "b")


def test_loose_files_are_one_submission_not_named_by_a_file(store: RecordStore, tmp_path: Path) -> None:
    """A file's name may hold a learner's."""
    for number in (1, 2):
        (tmp_path / f"Beispielfrau_{number}.json").write_text(json.dumps(digital(id=f"urn:{number}")), encoding="utf-8")

    outcome = read(store, *sorted(tmp_path.glob("*.json")))

    assert outcome.submissions == ("submission",)
    assert store.connection.execute("SELECT count(*) FROM credentials").fetchone() == (2,)


def test_files_are_numbered_by_sorted_path(store: RecordStore, tmp_path: Path) -> None:
    """Hidden files, lock files and notes are not counted."""
    for name in ("b.json", "a/c.json", ".hidden.json", "~$lock.xlsx", "README.md"):
        path = tmp_path / "s" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(digital(id=f"urn:{name}")), encoding="utf-8")
    (tmp_path / "s" / "submission.yaml").write_text("provider_name: X\n", encoding="utf-8")

    read(store, tmp_path / "s")

    assert store.connection.execute("SELECT file_number, file_name FROM files ORDER BY 1").fetchall() == [
        (1, "c.json"),
        (2, "b.json"),
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_not_followed(store: RecordStore, tmp_path: Path) -> None:
    """What was handed in is what lies in the folder."""
    (tmp_path / "secret.json").write_text(json.dumps(digital()), encoding="utf-8")
    folder = write_submission(tmp_path / "s", [credential(1)])
    (folder / "link.json").symlink_to(tmp_path / "secret.json")

    read(store, folder)

    assert store.connection.execute("SELECT count(*) FROM files").fetchone() == (1,)


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("provider_typ: vet", "provider_type"),
        ("provider_type: school", "higher_education"),
        ("period_start: soon", "2026-09-30"),
        ("declared_total: many", "240"),
        ("country: Atlantis", "ISO 3166-1"),
        ("language: Elvish", "ISO 639-1"),
        ("template_version: '9'", "Known: 1"),
    ],
)
def test_a_wrong_declaration_is_told_with_its_fix(line: str, fix: str, store: RecordStore, tmp_path: Path) -> None:
    """Key by key; the records are read all the same."""
    folder = write_submission(tmp_path / "s", [credential(1)])
    (folder / "submission.yaml").write_text(f"provider_name: X\n{line}\n", encoding="utf-8")

    outcome = read(store, folder)

    (problem,) = outcome.problems
    assert fix in problem.fix
    assert "submission.yaml, key " in problem.place
    assert outcome.submissions == ("s",)


def test_all_wrong_declarations_are_told_at_once(store: RecordStore, tmp_path: Path) -> None:
    """Not the first only."""
    folder = write_submission(tmp_path / "s", [credential(1)])
    (folder / "submission.yaml").write_text("a: 1\nroute: by boat\nperiod_end: x\n", encoding="utf-8")

    assert len(read(store, folder).problems) == 3


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2\n", "just words", "\xff\xfe", "- a\n- b\n"])
def test_declarations_that_cannot_be_read_are_told(text: str, store: RecordStore, tmp_path: Path) -> None:
    """Broken, said twice, no keys, no UTF-8."""
    folder = write_submission(tmp_path / "s", [credential(1)])
    (folder / "submission.yaml").write_bytes(text.encode("latin-1"))

    (problem,) = read(store, folder).problems

    assert problem.kind is ProblemKind.FILE
    assert problem.fix


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"<html></html>", "a web page (HTML)"),
        (b"", "empty"),
        (bytes(range(256)) * 4, "no text"),
        (b"PK\x03\x04broken", "archive"),
        (b"aaa.bbb.ccc", "signature"),
        (b'{"type": ["Assertion"]}', "Open Badge of version 2"),
        (b'{"hello": 1}', "unknown kind"),
        (b'{"a": ', "broken JSON"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_content(content: bytes, what: str, tmp_path: Path) -> None:
    """Never by its extension; and told what to do."""
    path = tmp_path / "x.csv"
    path.write_bytes(content)

    kind, instead = recognise(path, {"de": frozenset("äöüß")})

    said, _, fix = instead.partition("\n")
    assert kind == "unknown"
    assert what in said
    assert fix


def test_a_zip_that_unpacks_to_too_much_is_refused(store: RecordStore, tmp_path: Path) -> None:
    """A bomb dressed as a workbook."""
    folder = write_submission(tmp_path / "s", [credential(1)])
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)

    outcome = read(store, folder)

    (problem,) = outcome.problems
    assert "unpack" in problem.why
    assert outcome.submissions == ("s",)


def test_an_exact_repeat_is_counted_once_and_noted(store: RecordStore, tmp_path: Path) -> None:
    """The numbers stay comparable, and nobody wonders where a row went."""
    outcome = read(store, write_submission(tmp_path / "s", [credential(1), credential(2), credential(1)]))

    assert store.connection.execute("SELECT credentials_found, repeats_left_out FROM submissions").fetchall() == [
        (2, 1)
    ]
    (problem,) = outcome.problems
    assert (problem.kind, problem.place) == (ProblemKind.NOTE, "file 1, row 4")


def test_a_draft_beside_its_sealed_credential_is_counted_once(store: RecordStore, tmp_path: Path) -> None:
    """The sealed one wins."""
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(digital()), encoding="utf-8")
    sealed = {"payload": json.dumps(digital(issued="2026-07-01")), "signatures": []}
    (folder / "b.json").write_text(json.dumps(sealed), encoding="utf-8")

    read(store, folder)

    assert store.connection.execute("SELECT evidence_form FROM credentials").fetchall() == [("document",)]


def test_one_number_for_two_people_stays_two_records(store: RecordStore, tmp_path: Path) -> None:
    """That is for a check to judge."""
    read(
        store,
        write_submission(tmp_path / "s", [credential(1), credential(1, learner_name="Other", learner_number="5")]),
    )

    assert store.connection.execute("SELECT count(*) FROM credentials").fetchone() == (2,)


def test_a_file_alone_is_named_by_the_provider_that_is_declared(tmp_path: Path) -> None:
    """Its own name may hold a learner's; without a declaration it is 'submission'."""
    folder = write_submission(tmp_path / "in", [credential(1)], provider_name="Čížkova škola")
    with zipfile.ZipFile(tmp_path / "Testa.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    (tmp_path / "Testa.csv").write_bytes((folder / "credentials.csv").read_bytes())
    found = []
    for path in (tmp_path / "Testa.zip", folder / "credentials.csv", tmp_path / "Testa.csv", folder):
        with open_store() as store:
            found += read(store, path).submissions

    assert found == ["cizkova-skola", "cizkova-skola", "submission", "in"]


def test_a_file_that_cannot_be_read_can_be_found_among_the_others(store: RecordStore, tmp_path: Path) -> None:
    """By its place in order, its kind and its size; an ending that may be part of a name is not said."""
    folder = write_submission(tmp_path / "in", [credential(1)])
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7 invented")
    (folder / "z.Beispielfrau").write_bytes(b"%PDF-1.7")

    problems = read(store, folder).problems

    assert [problem.why for problem in problems] == [
        "It is a PDF document. It is the 2nd of 3 files by name (.pdf, 17 bytes).",
        "It is a PDF document. It is the 3rd of 3 files by name (8 bytes).",
    ]
