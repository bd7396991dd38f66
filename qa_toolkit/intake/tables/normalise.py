"""One text of a table cell -> canonical values, by kind of column; called once per distinct text.

Beside the values a reader may say ``repair``: the key of a repair that was made and is told, with its count.
"""

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from qa_toolkit.intake.grading import read_grading_scheme
from qa_toolkit.intake.values import SERIAL_DATE, UNREADABLE_DATE, parse_duration, parse_number, parse_table_day
from qa_toolkit.intake.words import ATTENDANCE_CODE, Words, folded

_AMOUNT = re.compile(
    r"(?:ca\.?|approx\.?|~)?\s*(?P<low>[0-9][0-9 ]*(?:[.,][0-9]+)?)(?:\s*(?:-|–|to|bis|až|à|a)\s*[0-9][0-9.,]*)?"
    r"\s*(?P<unit>[^\W\d_][^\d(]*)?(?:\s*[(\[].*)?",
    re.DOTALL,
)
_HOURS = frozenset(
    "h hr hrs hour hours hod hodin hodiny hodina std stunde stunden heure heures hora horas ore godzin horas"
    " tundi".split()
)
_CREDITS = frozenset(
    "ects ects-credits credit credits kredit kredity kreditů lp cp crédit crédits crédito créditos eap ap".split()
)
_OTHER_UNITS = frozenset(
    "day days week weeks month months session sessions den dny dní týden týdny týdnů měsíc tag tage tagen woche wochen"
    " monat monate jour jours semaine semaines mois séance séances día días dia dias semana semanas mes meses sesión"
    " sesiones giorno giorni dzień dni päev päeva nädal lesson lessons unit units".split()
)
_PART = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([^\W\d_]+)?")
"""A figure within the words that name a part, with the word that follows it."""
_NO_HOURS = _CREDITS | _OTHER_UNITS | frozenset("min minute minutes minuten minut minuty minutos minuti".split())
_LAST_BROAD_FIELD = 10
_AND = re.compile(r"\s+(?:a|and|und|sowie|et|y|e|i|oraz)\s+|[,+&/]", re.IGNORECASE)
_TAIL = re.compile(r"\s*[,;(\[–].*", re.DOTALL)
_EQF = re.compile(
    r"(?:eqf|eqr|rek|level|eqf level|eqr-niveau|niveau|stufe|úroveň|nivel|livello)?[ :]*"
    r"(?P<level>[0-9]+(?:[.,][0-9]+)?)"
)


@dataclass(frozen=True)
class Kind:
    """A kind of column: the fields one text gives, with their DuckDB types, and the function that reads it."""

    fields: Mapping[str, str]
    read: Callable[[str, "Context"], Mapping[str, Any]]


@dataclass(frozen=True)
class Context:
    """What a column as a whole tells about each of its cells."""

    words: Words
    month_first: bool = False
    """Whether 04/05/2026 is the fifth of April."""


def _day(text: str, context: Context) -> Mapping[str, Any]:
    read = parse_table_day(text, context.words.months, month_first=context.month_first)
    repair = {"repair": SERIAL_DATE} if read.serial else {} if read.day else {"repair": UNREADABLE_DATE}
    return {"day": read.day, "shifted": read.shifted, **repair}


def _isced(text: str, _: Context) -> Mapping[str, Any]:
    """Codes of ISCED-F 2013: a spreadsheet eats the zero in front. Fields begin with 00 to 10, so 613 is 0613."""
    codes, repaired = [], False
    for item in (part.strip() for part in re.split(r"[|;,\n]", text)):
        if not item:
            continue
        short = item.isdecimal() and len(item) in (2, 3) and int(item[:2]) > _LAST_BROAD_FIELD
        codes.append(f"0{item}" if short else item)
        repaired = repaired or short
    return {"codes": codes, **({"repair": "leading_zero"} if repaired else {})}


def _number(text: str, _: Context) -> Mapping[str, Any]:
    """A figure; a cell formatted as a time of day or a span of hours comes as an ISO 8601 duration."""
    duration = parse_duration(text)
    if duration is not None:
        return {"duration": text.strip(), "hours": duration.hours}
    return _amount(text, assumed="figure")


def _workload(text: str, _: Context) -> Mapping[str, Any]:
    duration = parse_duration(text)
    if duration is not None:
        return {"duration": text.strip(), "hours": duration.hours}
    return _amount(text, assumed="hours")


def _amount(text: str, assumed: str) -> Mapping[str, Any]:
    """A figure with or without a unit; of a range the lower bound is kept."""
    match = _AMOUNT.fullmatch(text.strip().casefold())
    if match is None:
        negative = parse_number(text)
        return {assumed: negative} if negative is not None else {"unreadable": text.strip()}
    value = parse_number(match["low"])
    unit = re.split(r"[^\w-]", (match["unit"] or "").strip())[0]
    if value is None:
        return {"unreadable": text.strip()}
    if not unit:
        return {assumed: value}
    if unit in _HOURS:
        return {"hours": value}
    if unit in _CREDITS:
        return {"ects": value} if "ects" in text.casefold() or assumed == "figure" else {"credits": value}
    if unit in _OTHER_UNITS:
        return {"other_unit": text.strip()}
    return {"unreadable": text.strip()}


def _language(text: str, context: Context) -> Mapping[str, Any]:
    """The code of one language; of several none is the language of the texts, but each is looked up."""
    code = context.words.language_code(text)
    if code is not None or context.words.is_placeholder(
        text, "title"
    ):  # what holds the place of a title is no language
        return {"code": code}
    items = [item.strip() for item in re.split(r"[,;|/\n]", text) if item.strip()]
    return {"code": code, "unrecognised": [item for item in items if context.words.language_code(item) is None]}


def _country(text: str, context: Context) -> Mapping[str, Any]:
    words = context.words
    items = [item.strip() for item in re.split(r"\n|\||;|,", text) if item.strip()]
    whole = words.country_code(text)
    codes = [whole] if whole else [words.country_code(item) for item in items]
    return {"codes": list(dict.fromkeys(code for code in codes if code)), "unrecognised": None in codes}


def _cycle(text: str, context: Context) -> Mapping[str, Any]:
    words = context.words
    return {"code": words.cycle(text)}


def _eqf(text: str, context: Context) -> Mapping[str, Any]:
    words = context.words
    if words.says_level_does_not_apply(text):
        return {"reason": text.strip()}
    match = _EQF.fullmatch(folded(text))
    return {"stated": text.strip(), "level": parse_number(match["level"]) if match else None}


def _assessment(text: str, context: Context) -> Mapping[str, Any]:
    words = context.words
    items = split(text)
    codes = [words.assessment_code(item) or words.assessment_code(_TAIL.sub("", item)) for item in items]
    within = [_named_within(item, words) for item, code in zip(items, codes, strict=True) if code is None]
    known = list(dict.fromkeys(code for code in (*codes, *itertools.chain(*within)) if code))
    return {
        "codes": known,
        "texts": items,
        # A cell holds words: attendance is read from them as a phrase, never as the code of a vocabulary.
        "reading": words.read_assessment([code for code in known if code != ATTENDANCE_CODE], items),
        "coded": None not in codes,
        "validation": "recognition_of_prior_learning" in known,
    }


def _named_within(item: str, words: Words) -> list[str]:
    """The assessments that words such as 'attendance and final test' name; attendance beside them is none."""
    found = [words.assessment_code(part.strip()) for part in _AND.split(item) if part.strip()]
    return [code for code in found if code and code != ATTENDANCE_CODE]


def _participation(text: str, context: Context) -> Mapping[str, Any]:
    words = context.words
    items = split(text)
    codes = [words.participation_code(item) or words.participation_code(_TAIL.sub("", item)) for item in items]
    return {"codes": list(dict.fromkeys(code for code in codes if code)), "coded": None not in codes}


def _quality_assurance(text: str, context: Context) -> Mapping[str, Any]:
    words = context.words
    items = split(text)
    codes = [words.quality_assurance_code(item) or words.quality_assurance_code(_TAIL.sub("", item)) for item in items]
    return {"types": [code or item for code, item in zip(codes, items, strict=True)], "coded": None not in codes}


def _supervision(text: str, context: Context) -> Mapping[str, Any]:
    return {"code": context.words.supervision_code(text)}


def _grading(text: str, context: Context) -> Mapping[str, Any]:
    read = read_grading_scheme(text, context.words.grading)
    return {"best": read.best, "worst": read.worst, "pass_mark": read.pass_mark} if read else {}


def _parts(text: str, _: Context) -> Mapping[str, Any]:
    """The hours of each part of a workload; a part without a figure, or in another unit, makes the rest say nothing."""
    hours = []
    for item in re.split(r"\n|\||;", text):
        figures = _PART.findall(item.casefold())
        if not item.strip():
            continue
        if len(figures) != 1 or "%" in item or figures[0][1] in _NO_HOURS:
            return {}
        hours.append(parse_number(figures[0][0]))
    return {"hours": hours}


def _route(text: str, context: Context) -> Mapping[str, Any]:
    return {"route": context.words.routes.get(folded(text))}


def split(text: str) -> list[str]:
    """The values of a cell: one a line, or separated by ' | '."""
    return [item.strip() for item in text.replace(" | ", "\n").splitlines() if item.strip()]


_FIGURES = {
    "figure": "DOUBLE",
    "hours": "DOUBLE",
    "ects": "DOUBLE",
    "credits": "DOUBLE",
    "duration": "VARCHAR",
    "other_unit": "VARCHAR",
    "unreadable": "VARCHAR",
}

KINDS: Mapping[str, Kind] = {
    "date": Kind({"day": "DATE", "shifted": "BOOLEAN"}, _day),
    "number": Kind(_FIGURES, _number),
    "workload": Kind(_FIGURES, _workload),
    "language": Kind({"code": "VARCHAR", "unrecognised": "VARCHAR[]"}, _language),
    "country": Kind({"codes": "VARCHAR[]", "unrecognised": "BOOLEAN"}, _country),
    "cycle": Kind({"code": "VARCHAR"}, _cycle),
    "eqf": Kind({"stated": "VARCHAR", "level": "DOUBLE", "reason": "VARCHAR"}, _eqf),
    "assessment": Kind(
        {"codes": "VARCHAR[]", "texts": "VARCHAR[]", "reading": "VARCHAR", "coded": "BOOLEAN", "validation": "BOOLEAN"},
        _assessment,
    ),
    "participation": Kind({"codes": "VARCHAR[]", "coded": "BOOLEAN"}, _participation),
    "quality_assurance": Kind({"types": "VARCHAR[]", "coded": "BOOLEAN"}, _quality_assurance),
    "supervision": Kind({"code": "VARCHAR"}, _supervision),
    "grading": Kind({"best": "DOUBLE", "worst": "DOUBLE", "pass_mark": "DOUBLE"}, _grading),
    "parts": Kind({"hours": "DOUBLE[]"}, _parts),
    "route": Kind({"route": "VARCHAR"}, _route),
    "isced": Kind({"codes": "VARCHAR[]"}, _isced),
}
"""Columns of kind ``text`` need no function: they are trimmed in SQL."""
