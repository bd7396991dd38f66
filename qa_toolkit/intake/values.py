"""Dates, durations and numbers as providers write them, read without ever raising."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

HOURS_A_DAY = 24
"""An ISO 8601 duration counts days of 24 hours: P2DT12H is 60 hours."""


@dataclass(frozen=True)
class Day:
    """A calendar day. ``shifted``: the text was a midnight moved by a time zone, and the day meant is the next one."""

    day: date | None
    shifted: bool = False


@dataclass(frozen=True)
class Duration:
    """An ISO 8601 duration. ``hours`` is None where it holds months or years: P60M is sixty months, no hours."""

    hours: float | None
    has_months: bool


_ISO = re.compile(
    r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"
    r"(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r" ?(?P<zone>Z|z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[. /-]\s*([0-9]{1,2})[. /-]\s*([0-9]{4})(?:\s+[0-9:]+)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})")
_DURATION = re.compile(
    r"P(?:(?P<years>[0-9.,]+)Y)?(?:(?P<months>[0-9.,]+)M)?(?:(?P<weeks>[0-9.,]+)W)?(?:(?P<days>[0-9.,]+)D)?"
    r"(?:T(?:(?P<hours>[0-9.,]+)H)?(?:(?P<minutes>[0-9.,]+)M)?(?:(?P<seconds>[0-9.,]+)S)?)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,9})?")


def parse_day(raw: str) -> Day:
    """The calendar day that a text means.

    ISO dates and date-times, day.month.year, year/month/day. A UTC date-time at exactly 22:00 or 23:00 is a European
    midnight that a time zone moved: the day meant is the next one. Otherwise the day as written, in its own zone.
    """
    text = raw.strip()
    if match := _ISO.fullmatch(text):
        day = _date(int(match["y"]), int(match["m"]), int(match["d"]))
        utc = (match["zone"] or "").upper() in ("Z", "+00:00", "+0000")
        shifted = utc and match["hour"] in ("22", "23") and match["minute"] == "00" and match["second"] in ("00", None)
        if day and shifted:
            return Day(day + timedelta(days=1) if day < date.max else day, shifted=True)
        return Day(day)
    if match := _DAY_FIRST.fullmatch(text):
        return Day(_date(int(match[3]), int(match[2]), int(match[1])))
    if match := _YEAR_FIRST.fullmatch(text):
        return Day(_date(int(match[1]), int(match[2]), int(match[3])))
    return Day(None)


def parse_duration(raw: str) -> Duration | None:
    """An ISO 8601 duration in hours; None where the text is none."""
    text = raw.strip()
    match = _DURATION.fullmatch(text)
    if not match or not any(match.groupdict().values()):
        return None
    parts = {name: parse_number(value) or 0.0 for name, value in match.groupdict().items() if value}
    if "years" in parts or "months" in parts:
        return Duration(None, has_months=True)
    hours = parts.get("hours", 0) + parts.get("minutes", 0) / 60 + parts.get("seconds", 0) / 3600
    days = parts.get("days", 0) + 7 * parts.get("weeks", 0)
    return Duration(hours + HOURS_A_DAY * days, has_months=False)


def parse_number(raw: str) -> float | None:
    """A number with decimal point or comma and spaces between thousands; None where the text is none."""
    text = raw.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if not _NUMBER.fullmatch(text):
        return None
    return float(text.replace(",", "."))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
