"""Rows of people who did not pass: they are no awards, unless they carry a number or a day of issue."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.problems import Problem
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder

HEAD = ("N. attestato", "Cognome e nome", "Titolo del corso", "Data di rilascio", "Voto", "Esito")


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def read(store: RecordStore, folder: Path, rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> IntakeOutcome:
    folder.mkdir()
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return read_submissions([folder], store, [shipped_folder("checks") / "vocabularies"])


def values(store: RecordStore, columns: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(f"SELECT {columns} FROM credentials ORDER BY source_place").fetchall()


def about_results(outcome: IntakeOutcome) -> list[Problem]:
    return [p for p in outcome.problems if "pass" in p.what]


def test_rows_of_failed_and_withdrawn_people_are_passed_over_and_counted(store: RecordStore, tmp_path: Path) -> None:
    """One note for the table, with how many of each."""
    outcome = read(
        store,
        tmp_path / "s",
        [
            ("A1", "Testa", "Corso", "2026-07-01", "27", "Superato"),
            ("", "Testo", "Corso", "", "", "Non superato"),
            ("", "Teste", "Corso", "", "", " RITIRATA "),
            ("", "Testi", "Corso", "", "", "non idoneo"),
        ],
    )

    (problem,) = about_results(outcome)
    assert values(store, "credential_id, grade_raw") == [("A1", "27")]
    assert (problem.kind.value, problem.place) == ("note", "file 1")
    assert "2 failed, 1 withdrawn" in problem.why


def test_an_award_that_says_failed_is_kept_and_told(store: RecordStore, tmp_path: Path) -> None:
    """It has a number or a day: whether the result or the award is wrong is for a person to say."""
    outcome = read(
        store,
        tmp_path / "s",
        [
            ("A1", "Testa", "Corso", "", "", "Non superato"),
            ("", "Testo", "Corso", "2026-07-01", "", "Ritirato"),
        ],
    )

    (problem,) = about_results(outcome)
    assert len(values(store, "credential_id")) == 2
    assert "2 rows" in problem.why


@pytest.mark.parametrize("result", ["Superato", "", "18", "n.d.", "non"])
def test_every_other_result_leaves_the_row_alone(result: str, store: RecordStore, tmp_path: Path) -> None:
    """Also where number and day are missing: that is a fault of the award, not a sign that there is none."""
    outcome = read(store, tmp_path / "s", [("", "Testa", "Corso", "", "", result)])

    assert len(values(store, "record_id")) == 1
    assert about_results(outcome) == []


def test_a_result_is_the_grade_where_there_is_no_other(store: RecordStore, tmp_path: Path) -> None:
    """'Superato' is all that many awards say."""
    head = [heading for heading in HEAD if heading != "Voto"]

    read(store, tmp_path / "s", [("A1", "Testa", "Corso", "2026-07-01", "Superato")], head)

    assert values(store, "grade_raw, grade_strength") == [("Superato", "free_text")]


def test_a_grade_that_says_failed_counts_as_well(store: RecordStore, tmp_path: Path) -> None:
    """Where no other column says the result."""
    head = ("Zertifikatsnummer", "Name", "Titel", "Ausstellungsdatum", "Endnote")

    read(
        store,
        tmp_path / "s",
        [("", "Testa", "Kurs", "", "nicht bestanden"), ("Z1", "Testo", "Kurs", "2026-07-01", "1,3")],
        head,
    )

    assert values(store, "credential_id") == [("Z1",)]
