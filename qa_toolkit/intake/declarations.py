"""What a provider says once for its whole submission: the Submission sheet or submission.yaml.

All mistakes are told at once; what is right is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qa_toolkit.intake.values import parse_day, parse_number
from qa_toolkit.intake.words import Words
from qa_toolkit.intake.yaml_documents import YamlError, read_mapping
from qa_toolkit.problems import Problem, ProblemKind, meant
from qa_toolkit.records.tables import TEMPLATE_VERSION

CHOICES = {
    "provider_type": ("higher_education", "vet", "non_formal", "employer", "platform"),
    "route": ("course", "validation"),
    "hours_basis": ("total", "contact", "teaching_45", "unknown"),
    "learner_data": ("full", "pseudonymised", "withheld"),
    "awards_handed_in": ("all", "selection"),
    "columns_handed_in": ("all", "some"),
}
TEXTS = ("submission_id", "provider_name", "provider_identifier")
DATES = ("period_start", "period_end")
COUNTRIES = ("provider_country", "country")
LISTS = ("awarding_body", "quality_assurance", "participation")
COUNTS = ("declared_total", "entrants", "completions")
KEYS = (
    "template_version", *TEXTS, *CHOICES, *DATES, *COUNTRIES, *LISTS, *COUNTS, "groups_reported", "credential_format",
    "language",
)  # fmt: skip
_EXAMPLE_OF_COUNT = {
    "declared_total": "the number of awards handed in, for example 240",
    "entrants": "the number of people who entered in the period, for example 310",
    "completions": "the number of people who completed in the period, for example 240",
}


@dataclass(frozen=True)
class Declaration:
    """Values for the ``submissions`` table, and what was wrong."""

    values: Mapping[str, Any]
    problems: tuple[Problem, ...]
    readable: bool = True
    """False where the template's version is unknown: its columns cannot be trusted."""


def read_yaml(path: Path, words: Words, submission_id: str) -> Declaration:
    """Read a submission.yaml."""
    try:
        stated = read_mapping(path)
    except YamlError as error:
        return _refused(_problem("The declarations cannot be read", error.place, str(error), submission_id))
    return read_declarations(stated, words, path.name, submission_id)


def read_declarations(stated: Mapping[str, Any], words: Words, source: str, submission_id: str) -> Declaration:
    """Check declared values, key by key.

    Args:
        stated: key -> value as found (text, number, date or list).
        words: the vocabularies.
        source: what to call the place of a problem: 'submission.yaml' or 'sheet Submission'.
        submission_id: the submission the problems belong to.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    readable = True

    def wrong(key: str, why: str, fix: str) -> None:
        place = f"{source}, key {_safe_key(key)}"
        problems.append(
            Problem(ProblemKind.ROW, "A declaration cannot be used", place, why, fix, submission_id=submission_id)
        )

    for key, value in stated.items():
        text = "" if value is None else str(value).strip()
        if key not in KEYS:
            wrong(key, "There is no such key.", meant(key, KEYS, f"Known keys: {', '.join(KEYS)}."))
        elif not text:
            continue
        elif key == "template_version":
            if text not in (TEMPLATE_VERSION, f"{TEMPLATE_VERSION}.0"):
                readable = False
                wrong(key, "This version of the template is not known.", f"Known: {TEMPLATE_VERSION}. Use its columns.")
        elif key in CHOICES:
            if text.casefold() in CHOICES[key]:
                values[key] = text.casefold()
            else:
                wrong(key, "The value is not one of those that can be used.", f"Use one of {', '.join(CHOICES[key])}.")
        elif key in DATES:
            day = value if isinstance(value, date) else parse_day(text).day
            if day is None:
                wrong(key, "The value is no date.", "Write it as 2026-09-30.")
            else:
                values[key] = day
        elif key in COUNTS:
            number = parse_number(text)
            if number is None or number < 0 or number != int(number) or number > 2_000_000_000:
                wrong(key, "The value is no whole number.", f"Write {_EXAMPLE_OF_COUNT[key]}.")
            else:
                values[key] = int(number)
        elif key in COUNTRIES:
            codes = [words.country_code(item) for item in _items(value)]
            if None in codes:
                wrong(key, "A country is not on the list.", "Write an ISO 3166-1 code, for example DE.")
            values[key] = [code for code in codes if code]
        elif key == "language":
            code = words.language_code(text)
            if code is None:
                wrong(key, "The language is not on the list.", "Write an ISO 639-1 code, for example de.")
            else:
                values[key] = code
        elif key in (*LISTS, "groups_reported"):
            values[key] = [item for item in _items(value) if not words.is_placeholder(item, key)]
        else:
            values[key] = text
    return Declaration(values, tuple(problems), readable)


def _items(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else str(value).replace(" | ", "\n").splitlines()
    return [str(item).strip() for item in listed if str(item).strip()]


def _safe_key(key: str) -> str:
    """A key is shown only if it is one word: it might be a value that slipped into the wrong column."""
    return key if key.replace("_", "").isalpha() and key.isascii() and len(key) <= 30 else "(not shown)"


def _problem(what: str, place: str, why: str, submission_id: str) -> Problem:
    fix = "Write one 'key: value' a line, in UTF-8; the user guide lists the keys."
    return Problem(ProblemKind.FILE, what, place, why, fix, submission_id=submission_id)


def _refused(problem: Problem) -> Declaration:
    return Declaration({}, (problem,))
