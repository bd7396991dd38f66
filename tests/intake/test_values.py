"""Dates, durations and numbers as providers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.intake.values import Day, Duration, parse_day, parse_duration, parse_number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-01", date(2026, 7, 1)),
        (" 2026-07-01 ", date(2026, 7, 1)),
        ("3. 2. 2026", date(2026, 2, 3)),
        ("31.12.2026", date(2026, 12, 31)),
        ("31/12/2026", date(2026, 12, 31)),
        ("2026/02/03", date(2026, 2, 3)),
        ("2023-09-27T13:54:17+02:00", date(2023, 9, 27)),
        ("2026-07-01 00:00:00", date(2026, 7, 1)),
        ("2026-02-30", None),
        ("31.2.2026", None),
        ("soon", None),
        ("", None),
        ("{{ awardedDate }}", None),
    ],
)
def test_a_date_is_the_day_it_means(text: str, day: date | None) -> None:
    """Day before month in Europe; what is no day is none."""
    assert parse_day(text) == Day(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1999-10-01T22:00:00Z", date(1999, 10, 2)),
        ("2022-12-31T23:00:00Z", date(2023, 1, 1)),
        ("2022-12-31T23:00:00+00:00", date(2023, 1, 1)),
    ],
)
def test_a_midnight_moved_by_a_time_zone_is_put_right_and_told(text: str, day: date) -> None:
    """22:00 or 23:00 UTC sharp is a European midnight."""
    assert parse_day(text) == Day(day, shifted=True)


@pytest.mark.parametrize("text", ["2026-06-15T22:15:00Z", "2026-06-15T22:00:00+02:00", "2026-06-15T21:00:00Z"])
def test_an_evening_is_no_midnight(text: str) -> None:
    """Only sharp hours in UTC are."""
    assert parse_day(text) == Day(date(2026, 6, 15))


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("PT60H", Duration(60.0, False)),
        ("P2DT12H", Duration(60.0, False)),
        ("PT90M", Duration(1.5, False)),
        ("P1W", Duration(168.0, False)),
        ("P60M", Duration(None, True)),
        ("P1Y", Duration(None, True)),
        ("P", None),
        ("PT", None),
        ("60 hours", None),
        ("", None),
    ],
)
def test_a_duration_in_hours(text: str, duration: Duration | None) -> None:
    """P60M is sixty months, PT60M one hour."""
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,5", 1.5),
        ("2.5", 2.5),
        ("1 200", 1200),
        ("1\u00a0200", 1200),
        ("-8", -8),
        ("fünf", None),
        ("1e9", None),
        ("", None),
    ],
)
def test_a_number_with_comma_or_point(text: str, number: float | None) -> None:
    """And spaces between thousands."""
    assert parse_number(text) == number


@given(st.text(max_size=40))
def test_nothing_raises(text: str) -> None:
    """Whatever a cell holds."""
    parse_day(text)
    parse_duration(text)
    parse_number(text)
