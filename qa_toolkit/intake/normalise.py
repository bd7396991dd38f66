"""One text of a table cell -> canonical values, by kind of column; called once per distinct text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from qa_toolkit.intake.values import parse_day, parse_duration, parse_number
from qa_toolkit.intake.words import ATTENDANCE_CODE, Words, folded

_AMOUNT = re.compile(
    r"(?:ca\.?|approx\.?|~)?\s*(?P<low>[0-9][0-9 ]*(?:[.,][0-9]+)?)(?:\s*(?:-|–|to|bis|až|à|a)\s*[0-9][0-9.,]*)?"
    r"\s*(?P<unit>[^\W\d_][^\d]*)?",
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
_EQF = re.compile(
    r"(?:eqf|eqr|rek|level|eqf level|eqr-niveau|niveau|stufe|úroveň|nivel|livello)?[ :]*"
    r"(?P<level>[0-9]+(?:[.,][0-9]+)?)"
)


@dataclass(frozen=True)
class Kind:
    """A kind of column: the fields one text gives, with their DuckDB types, and the function that reads it."""

    fields: Mapping[str, str]
    read: Callable[[str, Words], Mapping[str, Any]]


def _day(text: str, _: Words) -> Mapping[str, Any]:
    read = parse_day(text)
    return {"day": read.day, "shifted": read.shifted}


def _number(text: str, _: Words) -> Mapping[str, Any]:
    return _amount(text, assumed="figure")


def _workload(text: str, _: Words) -> Mapping[str, Any]:
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


def _language(text: str, words: Words) -> Mapping[str, Any]:
    return {"code": words.language_code(text)}


def _country(text: str, words: Words) -> Mapping[str, Any]:
    items = [item.strip() for item in re.split(r"\n|\||;|,", text) if item.strip()]
    whole = words.country_code(text)
    codes = [whole] if whole else [words.country_code(item) for item in items]
    return {"codes": list(dict.fromkeys(code for code in codes if code)), "unrecognised": None in codes}


def _cycle(text: str, words: Words) -> Mapping[str, Any]:
    return {"code": words.cycle(text)}


def _eqf(text: str, words: Words) -> Mapping[str, Any]:
    if words.says_level_does_not_apply(text):
        return {"reason": text.strip()}
    match = _EQF.fullmatch(folded(text))
    return {"stated": text.strip(), "level": parse_number(match["level"]) if match else None}


def _assessment(text: str, words: Words) -> Mapping[str, Any]:
    items = split(text)
    codes = [words.assessment_code(item) for item in items]
    known = list(dict.fromkeys(code for code in codes if code))
    return {
        "codes": known,
        "texts": items,
        # A cell holds words: attendance is read from them as a phrase, never as the code of a vocabulary.
        "reading": words.read_assessment([code for code in known if code != ATTENDANCE_CODE], items),
        "coded": None not in codes,
        "validation": "recognition_of_prior_learning" in known,
    }


def _participation(text: str, words: Words) -> Mapping[str, Any]:
    codes = [words.participation_code(item) for item in split(text)]
    return {"codes": list(dict.fromkeys(code for code in codes if code)), "coded": None not in codes}


def _quality_assurance(text: str, words: Words) -> Mapping[str, Any]:
    items = split(text)
    codes = [words.quality_assurance_code(item) for item in items]
    return {"types": [code or item for code, item in zip(codes, items, strict=True)], "coded": None not in codes}


def _route(text: str, words: Words) -> Mapping[str, Any]:
    if words.says_validation(text):
        return {"route": "validation"}
    return {"route": "course" if folded(text) in ("course", "kurs", "kurz", "cours", "curso") else None}


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
    "language": Kind({"code": "VARCHAR"}, _language),
    "country": Kind({"codes": "VARCHAR[]", "unrecognised": "BOOLEAN"}, _country),
    "cycle": Kind({"code": "VARCHAR"}, _cycle),
    "eqf": Kind({"stated": "VARCHAR", "level": "DOUBLE", "reason": "VARCHAR"}, _eqf),
    "assessment": Kind(
        {"codes": "VARCHAR[]", "texts": "VARCHAR[]", "reading": "VARCHAR", "coded": "BOOLEAN", "validation": "BOOLEAN"},
        _assessment,
    ),
    "participation": Kind({"codes": "VARCHAR[]", "coded": "BOOLEAN"}, _participation),
    "quality_assurance": Kind({"types": "VARCHAR[]", "coded": "BOOLEAN"}, _quality_assurance),
    "route": Kind({"route": "VARCHAR"}, _route),
}
"""Columns of kind ``text`` need no function: they are trimmed in SQL."""
