"""Days and hours of a table, as people write them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.intake.read import read_submissions
from qa_toolkit.intake.values import (
    DAY_FIRST,
    EITHER,
    MONTH_FIRST,
    Day,
    date_order,
    parse_table_day,
)
from qa_toolkit.intake.words import Words
from qa_toolkit.records.store import RecordStore, open_store
from tests.intake.text_tables import VOCABULARIES, Read


@pytest.fixture
def read(opened: tuple[RecordStore, Path]) -> Read:
    return Read(*opened)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load(VOCABULARIES)


# --- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["13/04/2026", "05/04/2026"], DAY_FIRST),
        (["04/13/2026", "04/05/2026"], MONTH_FIRST),
        (["04/05/2026", "12/12/2026"], EITHER),
        (["04-05-2026"], EITHER),
        (["31-01-26"], DAY_FIRST),
        (["1/31/26"], MONTH_FIRST),
        (["13/04/2026", "04/13/2026"], DAY_FIRST),
        (["04/13/2026", "soon", "2026-07-01"], MONTH_FIRST),
        (["04/05/2026 10:30"], EITHER),
        (["4. 5. 2026", "2026-05-04", "2026/05/04", "46204", "May 2026"], None),
        ([], None),
    ],
)
def test_a_column_shows_whether_the_day_comes_first(texts: list[str], order: str | None) -> None:
    """A single 13 tells for all; dots, ISO dates and names of months say nothing about strokes."""
    assert date_order(texts) == order


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1.7.2026", date(2026, 7, 1)),
        ("1. 7. 2026", date(2026, 7, 1)),
        ("01.07.26", date(2026, 7, 1)),
        ("1. 7. 69", date(1969, 7, 1)),
        ("1. 7. 68", date(2068, 7, 1)),
        ("01/07/2026", date(2026, 7, 1)),
        ("1/7/26", date(2026, 7, 1)),
        ("01-07-2026", date(2026, 7, 1)),
        ("07/13/2026", date(2026, 7, 13)),
        ("2026/07/01", date(2026, 7, 1)),
        ("2026.07.01", date(2026, 7, 1)),
        ("2026. 07. 01.", date(2026, 7, 1)),
        ("2026-07-01 13:45:00", date(2026, 7, 1)),
        ("01.07.2026 13:45", date(2026, 7, 1)),
        ("1.7.2026.", date(2026, 7, 1)),
        ("31.2.2026", None),
        ("29/02/2025", None),
        ("29.2.2024", date(2024, 2, 29)),
        ("32/13/2026", None),
        ("0.0.2026", None),
        ("00/00/0000", None),
        ("0000-00-00", None),
        ("7/2026", None),
        ("2026", None),
        ("1. 7.", None),
        ("soon", None),
    ],
)
def test_a_cell_is_the_day_it_means(text: str, day: date | None, words: Words) -> None:
    """Day first where nothing else is known; a day that no calendar has is none."""
    assert parse_table_day(text, words.months) == Day(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04/05/2026", date(2026, 4, 5)),
        ("4-5-26", date(2026, 4, 5)),
        ("13/05/2026", date(2026, 5, 13)),
        ("4. 5. 2026", date(2026, 5, 4)),
        ("2026-05-04", date(2026, 5, 4)),
    ],
)
def test_month_first_holds_for_strokes_alone(text: str, day: date, words: Words) -> None:
    """And not where it would give no date."""
    assert parse_table_day(text, words.months, month_first=True) == Day(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 July 2026", date(2026, 7, 1)),
        ("July 1, 2026", date(2026, 7, 1)),
        ("1st July 2026", date(2026, 7, 1)),
        ("Sept. 30th, 2026", date(2026, 9, 30)),
        ("1. července 2026", date(2026, 7, 1)),
        ("30. ZÁŘÍ 2026", date(2026, 9, 30)),
        ("1. Juli 2026", date(2026, 7, 1)),
        ("24. Jänner 2026", date(2026, 1, 24)),
        ("1er juillet 2026", date(2026, 7, 1)),
        ("15 août 2026", date(2026, 8, 15)),
        ("1 de julio de 2026", date(2026, 7, 1)),
        ("1º de julho de 2026", date(2026, 7, 1)),
        ("1 luglio 2026", date(2026, 7, 1)),
        ("1° luglio 2026", date(2026, 7, 1)),
        ("1 lipca 2026", date(2026, 7, 1)),
        ("1 lipca 2026 r.", date(2026, 7, 1)),
        ("15-Jul-2026", date(2026, 7, 15)),
        ("15 July, 2026", date(2026, 7, 15)),
        ("1. Brumaire 2026", None),
        ("31 de junio de 2026", None),
    ],
)
def test_months_have_names_in_eight_languages(text: str, day: date | None, words: Words) -> None:
    """As they are written in letters and on certificates."""
    assert parse_table_day(text, words.months) == Day(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("46204", date(2026, 7, 1)),
        ("46204.0", date(2026, 7, 1)),
        ("46204.75", date(2026, 7, 1)),
        ("32874", date(1990, 1, 1)),
        ("80001", None),
        ("19999", None),
        ("462040", None),
    ],
)
def test_the_number_of_a_spreadsheet_is_a_day_and_said_to_be(text: str, day: date | None, words: Words) -> None:
    """Day 46204 is the first of July 2026; numbers beyond a lifetime are none."""
    assert parse_table_day(text, words.months) == Day(day, serial=day is not None)


def _issued(*days: str) -> bytes:
    rows = [f"A-{number};Title of a course;{day}" for number, day in enumerate(days, 1)]
    return ("certificate number;title;date of issue\n" + "\n".join(rows) + "\n").encode()


def test_one_thirteenth_month_turns_the_whole_column(read: Read) -> None:
    """An export from the United States is read as such, and there is nothing to tell."""
    read(_issued("07/01/2026", "07/31/2026"))

    assert read.rows("issued") == [(date(2026, 7, 1),), (date(2026, 7, 31),)]
    assert read.told == []


def test_a_column_that_can_be_read_in_two_ways_is_told(read: Read) -> None:
    """Only the cells with strokes are counted."""
    read(_issued("07/01/2026", "08/02/2026", "2026-07-31"))

    assert read.rows("issued") == [(date(2026, 1, 7),), (date(2026, 2, 8),), (date(2026, 7, 31),)]
    assert read.told == [("Dates could be read in two ways", "file 1, column C (issued)")]
    assert "None of 2 dates" in read.problems[0].why


def test_an_impossible_day_keeps_its_text(read: Read) -> None:
    """And is unreadable, not missing."""
    read(_issued("31.2.2026"))

    assert read.rows("issued, issued_raw, issued_cause") == [(None, "31.2.2026", "unreadable")]


# --- hours ------------------------------------------------------------------------------------------------------------

HOURS = {
    "130": {"workload_hours": 130.0},
    "1 250": {"workload_hours": 1250.0},
    "40 (z toho 24 praxe)": {"workload_hours": 40.0},
    "40 hodin (z toho 24 praxe)": {"workload_hours": 40.0},
    "20–30 h": {"workload_hours": 20.0},
    "20-30": {"workload_hours": 20.0},
    "20 až 30 hodin": {"workload_hours": 20.0},
    "20 bis 30 Std.": {"workload_hours": 20.0},
    "ca. 40 Stunden": {"workload_hours": 40.0},
    "12,5 heures": {"workload_hours": 12.5},
    "1,5 ECTS": {"ects": 1.5},
    "PT60H": {"workload_hours": 60.0, "durations": ["PT60H"]},
    "PT1H30M": {"workload_hours": 1.5, "durations": ["PT1H30M"]},
    "P60M": {"durations": ["P60M"]},
    "2 dny": {"workload_other_units": ["2 dny"]},
    "3 Wochen": {"workload_other_units": ["3 Wochen"]},
    "fünf": {"workload_unreadable": ["fünf"]},
    "-8": {"workload_hours": -8.0},
    "0": {"workload_hours": 0.0},
}
"""Text -> what it says; everything else is not stated."""
_WORKLOAD = ("workload_hours", "ects", "durations", "workload_other_units", "workload_unreadable")


@pytest.fixture(scope="module")
def hours_read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Text -> what was read of it, all from one table."""
    folder = tmp_path_factory.mktemp("hours")
    rows = [f'A-{number},Title of a course,"{text}"' for number, text in enumerate(HOURS, 1)]
    (folder / "table.csv").write_text("certificate number,title,workload\n" + "\n".join(rows) + "\n", encoding="utf-8")
    with open_store() as store:
        read_submissions([folder], store, [VOCABULARIES])
        found = store.connection.execute(f"SELECT workload_raw, {', '.join(_WORKLOAD)} FROM credentials").fetchall()
    return {text: dict(zip(_WORKLOAD, values, strict=True)) for text, *values in found}


@pytest.mark.parametrize("text", HOURS)
def test_hours_are_read_as_people_write_them(text: str, hours_read: dict[str, dict[str, Any]]) -> None:
    """Of a range the lower bound; days are no hours; what is no number is kept as it stands."""
    stated = {name: value for name, value in hours_read[text].items() if value is not None}

    assert stated == HOURS[text]
