"""The profile of a provider: a sheet Provider or a provider.yaml, keys with values."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook

from qa_toolkit import audit
from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder

VOCABULARIES = [shipped_folder("checks") / "vocabularies"]
OFFER = "title,ects,learning outcomes\nKeeping bees,5,keeps bees\n"


def handed_in(folder: Path, profile: str) -> Path:
    """A catalogue of one offer with a provider.yaml beside it."""
    folder.mkdir(parents=True)
    (folder / "offers.csv").write_text(OFFER, encoding="utf-8")
    (folder / "provider.yaml").write_text(profile, encoding="utf-8")
    return folder


def read(folder: Path, columns: str) -> tuple[list[tuple[Any, ...]], IntakeOutcome]:
    """The profile's columns, and what was told."""
    with open_store() as store:
        outcome = read_submissions([folder], store, VOCABULARIES)
        return rows(store, columns), outcome


def rows(store: RecordStore, columns: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(f"SELECT {columns} FROM providers").fetchall()


def test_keys_of_a_yaml_file_are_read_by_their_kind(tmp_path: Path) -> None:
    """Texts, lists, days, yes and no, countries by name."""
    folder = handed_in(
        tmp_path / "s",
        "name: Invented Beekeepers\ncountry: Malta\nidentifiers: [registration:C 00000, eter:MT0000]\n"
        "admits_on_credentials: no\nexternal_review: 2024-01-31\n"
        "former_names: [Old Bees (1999-01-01 to 2005-01-01), Older Bees]\n",
    )

    found, outcome = read(
        folder, "name, country, identifiers, admits_on_credentials, external_review, former_names[1].valid_until"
    )

    assert found == [
        (
            "Invented Beekeepers",
            ["MT"],
            ["registration:C 00000", "eter:MT0000"],
            False,
            date(2024, 1, 31),
            date(2005, 1, 1),
        )
    ]
    assert outcome.problems == ()


@pytest.mark.parametrize(
    ("line", "place", "fix"),
    [
        ("recognition_polcy: x", "key recognition_polcy", "recognition_policy"),
        ("external_review: soon", "key external_review", "2026-09-30"),
        ("country: Atlantis", "key country", "ISO 3166-1"),
        ("natural_person: perhaps", "key natural_person", "yes or no"),
        ("provider_type: club", "key provider_type", "higher_education"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_costs_no_other(line: str, place: str, fix: str, tmp_path: Path) -> None:
    """With its key, and what may be written."""
    found, outcome = read(handed_in(tmp_path / "s", f"name: Invented Beekeepers\n{line}\n"), "name")

    (problem,) = outcome.problems
    assert place in problem.place
    assert fix in problem.fix
    assert found == [("Invented Beekeepers",)]


def test_a_profile_of_blank_lines_is_none(tmp_path: Path) -> None:
    """A template that nobody filled in says nothing of its provider."""
    assert read(handed_in(tmp_path / "s", "name:\nwebsite:\nvat_number: n/a\n"), "name")[0] == []


def test_a_finding_on_a_profile_names_its_cell_and_never_the_vat_number(tmp_path: Path) -> None:
    """The number of a person can hold a birth number."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Provider"
    for line in (["key", "value"], ["name", "Invented Beekeepers"], ["vat_number", "MT0707070"], ["country", "MT"]):
        sheet.append(line)
    folder = tmp_path / "s"
    folder.mkdir()
    book.save(folder / "a.xlsx")

    audited = audit(folder, tmp_path / "out", as_of=date(2026, 9, 30), formats="json")
    outcomes = {one.check_id: one.status.value for one in audited.result.submissions[0].checks}

    found = duckdb.sql(
        f"SELECT place, observed FROM '{tmp_path / 'out' / 'findings.parquet'}' WHERE check_id = 'VAL-19'"
    ).fetchall()
    assert found == [("file 1, sheet Provider, cell B3", "vat_number: (hidden)")]
    assert (outcomes["VAL-19"], outcomes["AUT-02"], outcomes["REC-02"]) == ("review", "pass", "fail")
    assert b"0707070" not in b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
