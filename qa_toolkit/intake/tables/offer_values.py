"""Cells that only a catalogue or a profile has: yes or no, for whom, how many, the parts of an assessment."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from qa_toolkit.intake.tables.normalise import split
from qa_toolkit.intake.values import parse_number, parse_table_day
from qa_toolkit.intake.words import Words, folded

WITHOUT_ELEMENT = "further_information"
"""The element whose placeholders hold for columns of no element: a dash or "n/a" is none of their values, but "none"
may be an answer."""
_WEIGHT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*%")
_NUMBERS = re.compile(r"[0-9]+")
_RANGE = re.compile(r"([0-9]+)\s*[-–]\s*([0-9]+)")
_MOST_OUTCOMES = 1_000
_LARGEST_COUNT = 2_000_000_000
_DAYS = re.compile(r"^(?P<name>.*?)\s*[(\[](?P<days>[^()\[\]]*)[)\]]\s*$", re.DOTALL)
_BETWEEN = re.compile(r"\s+(?:to|until|bis|až|à|a|al|do|–|-)\s+|\s*–\s*")


def _answer(text: str, words: Words) -> Mapping[str, Any]:
    """True or False; nothing where it is neither yes nor no."""
    return {"answer": words.yes_no.get(folded(text))}


def _audience(text: str, words: Words) -> Mapping[str, Any]:
    code = words.offers.get(folded(text))
    return {"code": code if code in ("open", "closed") else None}


def _count(text: str, _: Words) -> Mapping[str, Any]:
    """A whole number of people; anything else says nothing."""
    number = parse_number(text)
    whole = number is not None and number == int(number) and 0 <= number <= _LARGEST_COUNT
    return {"count": int(number) if whole and number is not None else None}


def _parts_of_assessment(text: str, words: Words) -> Mapping[str, Any]:
    """The weights of the parts in per cent, where every part has one, and the outcomes they cover.

    A part is 'project 60 %: 1, 2' or 'oral examination: all'; what stands after the last colon are numbers of outcomes,
    or a word for all of them.
    """
    weights: list[float | None] = []
    outcomes: set[int] = set()
    covers_all = False
    for part in split(text):
        head, colon, tail = part.rpartition(":")
        match = _WEIGHT.search(head if colon else part)
        weights.append(parse_number(match[1]) if match else None)
        if not colon:
            continue
        covers_all = covers_all or words.offers.get(folded(tail)) == "all"
        for first, last in _RANGE.findall(tail):
            if int(first) <= int(last) <= _MOST_OUTCOMES:
                outcomes |= set(range(int(first), int(last) + 1))
        outcomes |= {int(one) for one in _NUMBERS.findall(_RANGE.sub(" ", tail)) if int(one) <= _MOST_OUTCOMES}
    return {
        "weights": weights if weights and None not in weights else None,
        "outcomes": sorted(outcomes),
        "all": True if covers_all else None,
    }


def _former_names(text: str, words: Words) -> Mapping[str, Any]:
    """Names, one a line, with the days they held in brackets: 'Fachschule Wellenberg (1971-10-01 to 2004-09-30)'."""
    names = []
    for line in split(text):
        match = _DAYS.match(line)
        days: list[date | None] = []
        if match:
            days = [parse_table_day(one.strip(), words.months).day for one in _BETWEEN.split(match["days"])]
        if match and any(days):
            first, last = (days[0], days[1]) if len(days) > 1 else (None, days[0])
            names.append({"name": match["name"], "valid_from": _iso(first), "valid_until": _iso(last)})
        else:
            names.append({"name": line, "valid_from": None, "valid_until": None})
    return {"names": names}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


READERS: Mapping[str, Callable[[str, Words], Mapping[str, Any]]] = {
    "yes_no": _answer,
    "audience": _audience,
    "count": _count,
    "parts_of_assessment": _parts_of_assessment,
    "former_names": _former_names,
}
"""Kind of column -> its reader; kinds that awards have too are read in ``normalise``."""
