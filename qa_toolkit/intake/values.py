"""Dates, durations and numbers as providers write them, read without ever raising."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

HOURS_A_DAY = 24
"""An ISO 8601 duration counts days of 24 hours: P2DT12H is 60 hours."""


@dataclass(frozen=True)
class Day:
    """A calendar day. ``shifted``: the text was a midnight moved by a time zone, and the day meant is the next one."""

    day: date | None
    shifted: bool = False
    serial: bool = False
    """The text was the number under which a spreadsheet keeps a day."""


SERIAL_DATE, UNREADABLE_DATE = "serial_date", "unreadable_date"
"""What is told of the dates of a column, with their number."""
DAY_FIRST, MONTH_FIRST, EITHER = "day_first", "month_first", "either"
"""What the dates of a column show of the order they are written in."""


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
_DAY_FIRST = re.compile(r"([0-9]{1,2})[. /-]\s*([0-9]{1,2})[. /-]\s*([0-9]{4})\.?(?:\s+[0-9:]+)?")
_SLASHED = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?:\s+[0-9:]+)?")
_SHORT_YEAR = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{2})")
_NAMED_MONTH = re.compile(
    r"([0-9]{1,2})(?:\.|er|[º°]|st|nd|rd|th)?[\s-]+(?:de\s+)?([^\W\d_]+)[.,]?[\s-]+(?:de\s+)?"
    r"([0-9]{4}|[0-9]{2})(?:\s*r\.?)?"
)
_MONTH_NAMED_FIRST = re.compile(r"([^\W\d_]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")
_SERIAL = re.compile(r"([0-9]{5})(?:[.,][0-9]+)?")
_SERIALS = (20_000, 80_000)
"""Spreadsheet days from 1954 to 2119."""
_SPREADSHEET_DAY_ZERO = date(1899, 12, 30)
_LATEST_SHORT_YEAR = 68
"""Of a year in two digits: 69 is 1969, 68 is 2068, as POSIX reads it."""
_YEAR_FIRST = re.compile(r"([0-9]{4})[./]\s*([0-9]{1,2})[./]\s*([0-9]{1,2})\.?")
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


def parse_table_day(raw: str, months: Mapping[str, int], *, month_first: bool = False) -> Day:
    """The calendar day a cell of a table means: as ``parse_day``, and as spreadsheets and people write it besides.

    Args:
        raw: the text of the cell.
        months: folded name of a month -> its number.
        month_first: whether 04/05/2026 is the fifth of April; dates with dots always begin with the day.
    """
    text = raw.strip()
    if match := _SLASHED.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), _year(match[4])
        day, month = (second, first) if month_first else (first, second)
        found = _date(year, month, day)
        return Day(found if found else _date(year, day, month))  # the other order is the only one that is a date
    read = parse_day(text)
    if read.day is not None:
        return read
    if match := _SHORT_YEAR.fullmatch(text):
        return Day(_date(_year(match[3]), int(match[2]), int(match[1])))
    if match := _NAMED_MONTH.fullmatch(text):
        return Day(_date(_year(match[3]), months.get(match[2].casefold(), 0), int(match[1])))
    if match := _MONTH_NAMED_FIRST.fullmatch(text):
        return Day(_date(int(match[3]), months.get(match[1].casefold(), 0), int(match[2])))
    if (match := _SERIAL.fullmatch(text)) and _SERIALS[0] <= int(match[1]) <= _SERIALS[1]:
        return Day(_SPREADSHEET_DAY_ZERO + timedelta(days=int(match[1])), serial=True)
    return Day(None)


def date_order(texts: Iterable[str]) -> str | None:
    """What the dates of a column with strokes show: day first, month first, either; None where none has strokes.

    A single 13 tells for all. Where some say one thing and some the other, the day comes first, as in Europe.
    """
    parts = [(int(match[1]), int(match[3])) for text in texts if (match := _SLASHED.fullmatch(text.strip()))]
    if not parts:
        return None
    if any(first > 12 for first, _ in parts):
        return DAY_FIRST
    return MONTH_FIRST if any(second > 12 for _, second in parts) else EITHER


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year <= _LATEST_SHORT_YEAR else 1900)


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
