"""What people type into a cell, in any language of the lists: words, days, texts. What is not safe is refused."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl.cell import Cell, MergedCell

from qa_toolkit.judgement.columns import SHEETS, Column, Kind
from qa_toolkit.messages import Messages

WORDS_FILE = "review_words.csv"
"""In ``checks/vocabularies``: family, code, language, word."""
LONGEST = 10_000
"""Characters of a text: a judgement is no report."""
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00:00)?")
_DOTS = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})")
_HEX = re.compile(r"[0-9a-f]{64}")

Words = Mapping[str, Mapping[str, str]]
"""Family -> word in small letters -> code."""


class NotTakenError(ValueError):
    """A cell cannot be taken; ``reason`` is the key of the texts that say why."""

    def __init__(self, reason: str, **fields: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields = fields


@dataclass(frozen=True)
class Taken:
    """What a cell said."""

    text: str | None = None
    day: date | None = None
    refused: bool = False
    """It said something that cannot be taken, and that was told: it is not missing."""

    @property
    def empty(self) -> bool:
        """Whether it said nothing."""
        return self.text is None and self.day is None and not self.refused


def load_words(folders: Sequence[Path], m: Messages) -> Words:
    """The words of all lists: those of the toolkit's language, and those of the vocabulary; its first folder wins."""
    words: dict[str, dict[str, str]] = {}
    for sheet in SHEETS:
        for column in sheet.filled:
            for choice in column.choices:
                words.setdefault(column.family, {})[_plain(m(f"{column.family}.{choice}"))] = str(choice)
    path = next((folder / WORDS_FILE for folder in folders if (folder / WORDS_FILE).is_file()), None)
    if path is not None:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                words.setdefault(row["family"], {}).setdefault(_plain(row["word"]), row["code"])
    return words


def take(cell: Cell | MergedCell, column: Column, choices: Sequence[str], words: Words, m: Messages) -> Taken:
    """What a cell says.

    Args:
        cell: as the workbook holds it, formulas not computed.
        column: what the cell should hold.
        choices: the codes that fit, of a choice.
        words: all words that are understood.
        m: for the words that are offered where none fits.

    Raises:
        NotTakenError: it holds a formula, an error, a word or day that is not safe to take.
    """
    if cell.data_type == "f":
        raise NotTakenError("formula")
    if cell.data_type == "e":
        raise NotTakenError("error_value")
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return Taken()
    if column.kind is Kind.DAY:
        return Taken(day=_day(value))
    if column.kind is Kind.CHOICE:
        return Taken(text=_choice(value, column, choices, words, m))
    text = _text(value)
    if column.kind is Kind.SHA256:
        text = text.lower()
        if not _HEX.fullmatch(text):
            raise NotTakenError("sha256")
    return Taken(text=text)


def _text(value: Any) -> str:
    if isinstance(value, bool | date | datetime):
        raise NotTakenError("no_text")
    text = f"{value:g}" if isinstance(value, float) else str(value).strip()
    if len(text) > LONGEST:
        raise NotTakenError("too_long", most=str(LONGEST))
    return text


def _choice(value: Any, column: Column, choices: Sequence[str], words: Words, m: Messages) -> str:
    offered = ", ".join(m(f"{column.family}.{choice}") for choice in choices)
    known = words.get(column.family, {})
    code = ("yes" if value else "no") if isinstance(value, bool) else known.get(_plain(str(value)))
    if code is None:
        raise NotTakenError("word", words=offered)
    if code not in choices:
        raise NotTakenError("choice", words=offered)
    return code


def _day(value: Any) -> date:
    """A day as a spreadsheet or a person writes it; what could be two days is neither."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip() if isinstance(value, str) else ""
    if found := _ISO.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if found := _DOTS.fullmatch(text):
        return _date(found[3], found[2], found[1])
    if found := _SLASHES.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12 and first != second:
            raise NotTakenError("two_days")
        return _date(found[3], found[1], found[2]) if second > 12 else _date(found[3], found[2], found[1])
    raise NotTakenError("day")


def _date(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NotTakenError("day") from None


def _plain(word: str) -> str:
    return " ".join(word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()).rstrip(".").casefold()
