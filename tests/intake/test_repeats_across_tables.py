"""The same award in two tables with different columns is counted once; two awards under one number are two."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder

VOCABULARIES = [shipped_folder("checks") / "vocabularies"]
FIRST = {
    "certificate number": "C1",
    "full name": "Testa Beispielfrau",
    "student number": "900001",
    "title": "Bees",
    "issued on": "2026-07-01",
}
SECOND = {
    "Zertifikatsnummer": "C1",
    "Matrikelnummer": "900001",
    "Vor- und Nachname": "testa beispielfrau",
    "Kurstitel": "Bees",
    "ECTS": "5",
}


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def read(store: RecordStore, folder: Path, *tables: dict[str, str], **beside: str) -> IntakeOutcome:
    """One table a file, one row each; ``beside`` is declared for the submission."""
    folder.mkdir(parents=True)
    for number, row in enumerate(tables, 1):
        with (folder / f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(row))
            writer.writeheader()
            writer.writerow(row)
    if beside:
        (folder / "submission.yaml").write_text("".join(f"{k}: {v}\n" for k, v in beside.items()), encoding="utf-8")
    return read_submissions([folder], store, VOCABULARIES)


def kept(store: RecordStore) -> list[str]:
    rows = store.connection.execute("SELECT record_id FROM credentials ORDER BY source_file").fetchall()
    return [record for (record,) in rows]


def test_an_award_in_two_tables_is_counted_once_and_that_is_told(store: RecordStore, tmp_path: Path) -> None:
    """Other columns, another language, another order; the second place is named."""
    outcome = read(store, tmp_path / "s", FIRST, SECOND)

    assert kept(store) == ["f1-r2"]
    assert store.connection.execute("SELECT repeats_left_out, credentials_found FROM submissions").fetchall() == [
        (1, 1)
    ]
    (problem,) = outcome.problems
    assert (problem.kind.value, problem.place) == ("note", "file 2, row 2")


@pytest.mark.parametrize("left_out", ["Matrikelnummer", "Vor- und Nachname"])
def test_a_name_or_a_number_is_enough_to_know_the_holder(left_out: str, store: RecordStore, tmp_path: Path) -> None:
    """Nothing that both state differs."""
    read(store, tmp_path / "s", FIRST, {key: text for key, text in SECOND.items() if key != left_out})

    assert kept(store) == ["f1-r2"]


def test_three_tables_of_one_award_are_one(store: RecordStore, tmp_path: Path) -> None:
    """The first one stays."""
    read(store, tmp_path / "s", FIRST, SECOND, {**SECOND, "Prüfungsform": "Klausur"})

    assert kept(store) == ["f1-r2"]


@pytest.mark.parametrize(
    "holder",
    [
        {"Vor- und Nachname": "Ada Andere", "Matrikelnummer": "900002"},
        {"Vor- und Nachname": "Testa Beispielfrau", "Matrikelnummer": "900002"},
        {"Vor- und Nachname": "Ada Andere", "Matrikelnummer": ""},
        {"Vor- und Nachname": "", "Matrikelnummer": ""},
    ],
    ids=["another person", "another number", "another name", "nobody"],
)
def test_another_holder_is_no_repeat(holder: dict[str, str], store: RecordStore, tmp_path: Path) -> None:
    """One number for two people is for a check to find, not for intake to hide; and who is not named is not known."""
    read(store, tmp_path / "s", FIRST, SECOND | holder)

    assert kept(store) == ["f1-r2", "f2-r2"]


@pytest.mark.parametrize(
    ("heading", "one", "other"),
    [
        ("title", "Bees", "Honey"),
        ("issued on", "2026-07-01", "2026-07-02"),
        ("date of birth", "1990-05-17", "1991-05-17"),
        ("e-mail", "testa@example.org", "other@example.org"),
        ("ECTS", "5", "6"),
        ("number of hours", "130", "120"),
        ("EQF level", "5", "6"),
        ("assessment type", "written examination", "portfolio"),
        ("assessment date", "2026-06-01", "2026-06-02"),
        ("learning outcomes", "keeps bees", "makes honey"),
        ("grade", "1,0", "2,0"),
        ("participation", "online", "onsite"),
        ("quality assurance", "institutional accreditation", "programme accreditation"),
        ("country", "DE", "AT"),
        ("awarding body", "Imkerschule", "Hochschule"),
        ("valid_from", "2026-07-01", "2026-08-01"),
        ("valid_until", "2027-07-01", "2028-07-01"),
        ("activity_start", "2026-03-01", "2026-04-01"),
        ("activity_end", "2026-05-01", "2026-06-01"),
        ("cycle", "first", "second"),
        ("nqf_level", "DQR 5", "DQR 6"),
    ],
)
def test_a_value_that_differs_is_no_repeat(
    heading: str, one: str, other: str, store: RecordStore, tmp_path: Path
) -> None:
    """Only where nothing that both state differs are two rows one award; stated alike they are."""
    second = {"student number": "900001", **FIRST, "remark": "another column"}
    read(store, tmp_path / "different", FIRST | {heading: one}, second | {heading: other})
    different = kept(store)
    with open_store() as again:
        read(again, tmp_path / "alike", FIRST | {heading: one}, second | {heading: one})
        alike = kept(again)

    assert different == ["f1-r2", "f2-r2"]
    assert alike == ["f1-r2"]


def test_what_is_declared_once_is_not_what_a_table_states(store: RecordStore, tmp_path: Path) -> None:
    """One table says online, the other has no such column and gets what holds for all: no contradiction."""
    read(store, tmp_path / "s", FIRST | {"participation": "online"}, SECOND, participation="onsite", country="AT")

    assert kept(store) == ["f1-r2"]


def test_another_number_is_another_award(store: RecordStore, tmp_path: Path) -> None:
    """All else alike; and where no number is stated nothing is left out."""
    read(store, tmp_path / "s", FIRST, SECOND | {"Zertifikatsnummer": "C2"}, SECOND | {"Zertifikatsnummer": ""})

    assert kept(store) == ["f1-r2", "f2-r2", "f3-r2"]


def test_two_submissions_are_never_compared(store: RecordStore, tmp_path: Path) -> None:
    """Two providers may use the same numbers."""
    for name in ("one", "two"):
        folder = tmp_path / "in" / name
        folder.mkdir(parents=True)
        lines = [",".join(FIRST), ",".join(FIRST.values())]
        (folder / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    read_submissions([tmp_path / "in"], store, VOCABULARIES)

    assert store.connection.execute("SELECT count(*) FROM credentials").fetchall() == [(2,)]
