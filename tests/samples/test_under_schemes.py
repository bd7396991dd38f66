"""The samples under the schemes of their countries: what is planted for them is found, and nothing else differs."""

import csv
from datetime import date
from pathlib import Path

import duckdb
import pytest

from qa_toolkit.auditing import audit
from tests.samples.test_planted import SAMPLES

IN_WINDOW, AFTER_WINDOW = date(2027, 4, 30), date(2027, 5, 1)
Finding = tuple[str, str, str, str]


def findings(folder: Path, submission: str, scheme: str, day: date) -> set[Finding]:
    audit([SAMPLES / submission], folder, as_of=day, schemes=scheme, formats="json")
    rows = duckdb.sql(f"SELECT check_id, \"case\", record_id, place FROM '{folder / 'findings.parquet'}'").fetchall()
    return set(rows)


@pytest.mark.parametrize(
    ("submission", "scheme", "day", "case", "number"),
    [
        ("brillante-formacion-expres", "es", date(2026, 9, 30), "ects", 3),
        ("laanemere-rakenduskool", "ee", date(2026, 9, 30), "ects", 2),
        ("kullegg-hagar-fittizja", "mt", date(2026, 9, 30), "", 1),
        ("stichting-polderbadges", "nl-ho", IN_WINDOW, "ects_for_some", 3),
        ("stichting-polderbadges", "nl-ho", AFTER_WINDOW, "ects", 3),
    ],
)
def test_sizes_planted_for_a_scheme_are_found_and_nothing_else_differs(
    submission: str, scheme: str, day: date, case: str, number: int, tmp_path: Path
) -> None:
    """At record and place; within the Dutch window they are asked, after it they fail."""
    with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        planted = {
            (row["check"], case, row["record"], row["place"])
            for row in csv.DictReader(file)
            if row["check"] in ("SIZ-04", "SIZ-05") and row["submission"] == submission
        }

    alone, tailored = findings(tmp_path / "a", submission, "", day), findings(tmp_path / "b", submission, scheme, day)

    assert tailored - alone == planted
    assert alone <= tailored
    assert len(planted) == number
