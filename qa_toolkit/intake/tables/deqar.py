"""DEQAR's submission template: rows of decisions about institutions and their programmes, read as offers.

Headings repeat in brackets (``programme[2].name_primary``), and a value comes as a code or in words in the same column,
because spreadsheets turn codes into decimal numbers. Source: DEQAR's submission template and its field guide.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from qa_toolkit.intake.tables.columns import normalised
from qa_toolkit.intake.values import parse_number, parse_table_day
from qa_toolkit.intake.words import Words, folded

_HEADING = re.compile(r"(?:(?P<group>[a-z_]+)\[(?P<number>[0-9]+)\]\.)?(?P<name>[a-z_]+)(?:\[(?P<item>[0-9]+)\])?")
_OWN = re.compile(r"(?:programme|institution|platform|activities)\[[0-9]+\]\.[a-z_]+")
_CYCLES = {"0": "short", "1": "first", "2": "second", "3": "third"}
_ASSESSMENT = {
    "1": "level_of_attendance",
    "attendance certificate": "level_of_attendance",
    "2": "assessment_based_certificate",
    "3": "no_certificate",
    "none": "no_certificate",
}
_DEGREE = {"1": True, "yes": True, "full degree": True, "2": False, "no": False}
_HINTS = frozenset({"required", "optional", "conditional", "required if", "recommended"})


def deqar_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The number of the row that holds DEQAR's headings; None where none does."""
    for number, row in enumerate(rows, 1):
        if sum(bool(_OWN.match(cell.strip())) for cell in row) >= 2:
            return number
    return None


def decisions_of(header: Sequence[str], row: Sequence[str], words: Words) -> list[dict[str, Any]]:
    """An offer for each programme of a row; one for the institution where the row names none.

    Args:
        header: the headings.
        row: the texts of a row; a row of hints ('required') or of blanks has no decision.
        words: the vocabularies.
    """
    top: dict[str, list[str]] = defaultdict(list)
    inner: list[str] = []
    groups: dict[str, dict[int, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for heading, cell in zip(header, row, strict=False):
        match = _HEADING.fullmatch(heading.strip().lower())
        text = _plain(cell)
        if not match or not text:
            continue
        if match["group"]:
            groups[match["group"]][int(match["number"])][match["name"]].append(text)
            inner.append(text)
        else:
            top[match["name"]].append(text)
    stated = [text for texts in top.values() for text in texts]
    if all(folded(text) in _HINTS for text in stated or inner):
        return []
    shared = _decision(top, groups, words)
    programmes = groups.get("programme", {})
    if not programmes:
        return [{**shared, "title": next(iter(shared["awarding_body"]), None)}]
    return [{**shared, **_programme(programmes[number], words)} for number in sorted(programmes)]


def _decision(
    top: Mapping[str, list[str]], groups: Mapping[str, Mapping[int, Mapping[str, list[str]]]], words: Words
) -> dict[str, Any]:
    bodies = [one for group in ("institution", "platform") for one in groups.get(group, {}).values()]
    pattern = _one(top, "date_format")
    return {
        "decision_agency": _one(top, "agency"),
        "decision": _one(top, "decision"),
        "decision_status": _one(top, "status"),
        "decision_valid_from": _day(_one(top, "valid_from"), pattern, words),
        "decision_valid_until": _day(_one(top, "valid_to"), pattern, words),
        "decision_report": _one(top, "report_id") or _one(top, "local_identifier"),
        "awarding_body": [text for one in bodies for text in one.get("name", one.get("resource", []))],
        "awarding_body_identifiers": [
            f"{kind}:{text}"
            for one in bodies
            for kind, name in (("deqar", "deqar_id"), ("eter", "eter_id"), ("local", "identifier"))
            for text in one.get(name, [])
        ],
    }


def _programme(cells: Mapping[str, list[str]], words: Words) -> dict[str, Any]:
    title = _one(cells, "name_primary")
    cycle = _one(cells, "qf_ehea_level")
    degree = _one(cells, "degree_outcome")
    certificate = _one(cells, "assessment_certification")
    ects = _one(cells, "workload_ects")
    described = [*cells.get("learning_outcome", []), *cells.get("learning_outcome_description", [])]
    return {
        "offer_id": _one(cells, "identifier"),
        "title": title,
        "titles": [{"language": None, "text": text} for text in (title, *cells.get("name_alternative", [])) if text],
        "country": [code for text in cells.get("country", []) if (code := words.country_code(text))],
        "cycle": (_CYCLES.get(cycle) or words.cycle(cycle)) if cycle else None,
        "nqf_level": cells.get("nqf_level", []),
        "full_degree": _DEGREE.get(normalised(degree)) if degree else None,
        "ects": parse_number(ects) if ects else None,
        "assessment_types": [_ASSESSMENT.get(normalised(certificate), normalised(certificate).replace(" ", "_"))]
        if certificate
        else [],
        "learning_outcomes": described,
        "isced_f": cells.get("field_study", []),
    }


def _day(text: str | None, pattern: str | None, words: Words) -> date | None:
    """A date by the pattern the row itself gives, else as any table writes it."""
    if text is None:
        return None
    if pattern:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            pass
    return parse_table_day(text, words.months).day


def _one(cells: Mapping[str, list[str]], name: str) -> str | None:
    return next(iter(cells.get(name, [])), None)


def _plain(cell: str) -> str:
    """A cell trimmed, a code that became a decimal number put back (183.0 is 183)."""
    return re.sub(r"^([0-9]+)\.0$", r"\1", cell.strip())
