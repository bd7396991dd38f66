"""Words, not regular expressions: the lists of ``checks/vocabularies`` and what a text says in their light.

Texts are compared as NFC, case-folded, with single spaces. A language that no list covers is silent, not wrong.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ATTENDANCE_CODE = "level_of_attendance"
ATTENDANCE_ONLY, ATTENDANCE_PHRASE, ATTENDANCE_WORD, OTHER = (
    "attendance_only",
    "attendance_phrase",
    "attendance_word",
    "other",
)
"""Readings of an assessment: attendance only, by its code; by an exact phrase standing alone; an attendance word and no
assessment word; the rest."""

_LISTS_OF_WORDS = (
    "header_aliases.csv",
    "assessment_types.csv",
    "participation_modes.csv",
    "quality_assurance_types.csv",
    "months.csv",
    "countries.csv",
    "placeholders.csv",
    "sum_words.csv",
    "outcome_words.csv",
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Spelling:
    """What a text is told by that is written in an unknown code page."""

    letters: Mapping[str, frozenset[str]]
    """Language -> the letters beyond ASCII that it writes."""
    words: frozenset[str]
    """Words with such letters that tables hold: of headings, codes, months and learning outcomes."""


@dataclass(frozen=True)
class Words:
    """The vocabularies, indexed for look-up. Make one with ``Words.load``."""

    countries: dict[str, str]
    languages: dict[str, str]
    assessment_types: dict[str, str]
    participation_modes: dict[str, str]
    supervision: dict[str, str]
    quality_assurance_types: dict[str, str]
    cycles: dict[str, str]
    placeholders: dict[str, frozenset[str]]
    attendance: dict[str, frozenset[str]]
    level_not_applicable: frozenset[str]
    routes: dict[str, str]
    months: dict[str, int]
    yes_no: dict[str, bool]
    sums: frozenset[str]
    """Words that open the sum line below a table."""
    not_passed: dict[str, str]
    """Word of a result that is no pass -> failed or withdrawn."""
    sheets: dict[str, str]
    """Word in the name of a sheet -> credentials or offers."""
    grading: dict[str, frozenset[str]]
    """What a word says in a grading scheme (best, pass, to) -> the words."""
    letters: Spelling
    """How languages write, to tell code pages apart."""
    badge_extension_terms: dict[tuple[str, str], str]
    """(element, term of an extension of Open Badges) -> code of the European list, '' where it has no one code."""
    study_load_units: dict[str, str]
    """Host of a badge platform -> the unit of its study load: hours or minutes."""
    offers: dict[str, str]
    """Word of a catalogue -> open, closed or all."""

    @classmethod
    def load(cls, *folders: Path) -> "Words":
        """Read the lists; a file of an earlier folder wins over the same file of a later one.

        Raises:
            FileNotFoundError: a list is in none of the folders.
        """
        placeholders: dict[str, set[str]] = {}
        for row in _rows(folders, "placeholders.csv"):
            placeholders.setdefault(row["element"], set()).add(folded(row["text"]))
        grading: dict[str, set[str]] = {"best": set(), "pass": set(), "to": set()}
        for row in _rows(folders, "grading_words.csv"):
            grading[row["kind"]].add(folded(row["text"]))
        attendance: dict[str, set[str]] = {"phrase": set(), "attendance": set(), "assessment": set()}
        for row in _rows(folders, "attendance_words.csv"):
            attendance[row["kind"]].add(folded(row["text"]))
        return cls(
            countries=_codes(_rows(folders, "countries.csv"), "iso3", "other_codes", "names"),
            languages=_codes(_rows(folders, "languages.csv"), "other_codes", "names"),
            assessment_types=_codes(_rows(folders, "assessment_types.csv"), "concept", "labels"),
            participation_modes=_codes(_rows(folders, "participation_modes.csv"), "concept", "labels"),
            supervision=_codes(_rows(folders, "supervision.csv"), "concept", "labels"),
            quality_assurance_types=_codes(_rows(folders, "quality_assurance_types.csv"), "concept", "labels"),
            cycles=_codes(_rows(folders, "cycles.csv"), "labels"),
            placeholders={element: frozenset(texts) for element, texts in placeholders.items()},
            attendance={kind: frozenset(texts) for kind, texts in attendance.items()},
            level_not_applicable=frozenset(folded(r["text"]) for r in _rows(folders, "level_not_applicable.csv")),
            routes={folded(row["text"]): row["route"] for row in _rows(folders, "route_words.csv")},
            months={folded(row["name"]): int(row["month"]) for row in _rows(folders, "months.csv")},
            yes_no={folded(row["text"]): row["answer"] == "yes" for row in _rows(folders, "yes_no_words.csv")},
            sums=frozenset(folded(row["text"]) for row in _rows(folders, "sum_words.csv")),
            not_passed={folded(row["text"]): row["result"] for row in _rows(folders, "result_words.csv")},
            sheets={folded(row["text"]): row["kind"] for row in _rows(folders, "provider_sheet_words.csv")},
            grading={kind: frozenset(texts) for kind, texts in grading.items()},
            letters=Spelling(
                {row["language"]: frozenset(row["letters"]) for row in _rows(folders, "letters.csv")},
                _words_beyond_ascii(folders),
            ),
            badge_extension_terms={
                (row["element"], folded(row["term"])): row["code"]
                for row in _rows(folders, "badge_extension_terms.csv")
            },
            study_load_units={row["host"]: row["unit"] for row in _rows(folders, "study_load_units.csv")},
            offers={folded(row["text"]): row["kind"] for row in _rows(folders, "offer_words.csv")},
        )

    def is_placeholder(self, text: str, element: str) -> bool:
        """Whether the whole text only holds the place of a value of the element."""
        words = folded(text)
        return not words or words in self.placeholders["*"] or words in self.placeholders.get(element, frozenset())

    def country_code(self, text: str) -> str | None:
        """ISO 3166-1 alpha-2 code of a code or name; a sub-system (BE-fl, UK-SCT, a NUTS or ATU code) counts as its
        country."""
        words = folded(text)
        if code := self.countries.get(words):
            return code
        head = re.split(r"[-_/ ]", words, maxsplit=1)[0]
        if head != words and len(head) in (2, 3):
            return self.countries.get(head)
        if re.fullmatch(r"[a-z]{2}[0-9][0-9a-z]{0,3}", words):  # NUTS: DE21, CZ010
            return self.countries.get(words[:2])
        return None

    def language_code(self, text: str) -> str | None:
        """ISO 639-1 code of a code, tag or name."""
        words = folded(text)
        return self.languages.get(words) or self.languages.get(re.split(r"[-_]", words, maxsplit=1)[0])

    def assessment_code(self, text: str) -> str | None:
        """Code of a type of assessment."""
        return self.assessment_types.get(folded(text))

    def participation_code(self, text: str) -> str | None:
        """Code of a form of participation."""
        return self.participation_modes.get(folded(text))

    def quality_assurance_code(self, text: str) -> str | None:
        """Code of a type of quality assurance."""
        return self.quality_assurance_types.get(folded(text))

    def supervision_code(self, text: str) -> str | None:
        """Code of a form of supervision and identity check."""
        return self.supervision.get(folded(text))

    def cycle(self, text: str) -> str | None:
        """short, first, second or third."""
        return self.cycles.get(folded(text))

    def says_level_does_not_apply(self, text: str) -> bool:
        """Whether a text in place of a level says that none applies: that is an answer."""
        return folded(text) in self.level_not_applicable

    def read_assessment(self, codes: Sequence[str], texts: Sequence[str]) -> str | None:
        """What the assessments of an award amount to; None where none is stated.

        attendance_only: nothing but the code. attendance_phrase: nothing but exact phrases standing alone.
        attendance_word: an attendance word and no assessment word in any of the languages. "účast a závěrečný test" is
        other.
        """
        readings = [ATTENDANCE_ONLY if code == ATTENDANCE_CODE else OTHER for code in codes]
        for text in texts:
            words = folded(text)
            own_code = self.assessment_types.get(words)
            if own_code is not None and own_code in codes:
                continue
            parts = set(_WORD.findall(words))
            if words in self.attendance["phrase"]:
                readings.append(ATTENDANCE_PHRASE)
            elif parts & self.attendance["attendance"] and not parts & self.attendance["assessment"]:
                readings.append(ATTENDANCE_WORD)
            else:
                readings.append(OTHER)
        for reading in (OTHER, ATTENDANCE_WORD, ATTENDANCE_PHRASE, ATTENDANCE_ONLY):
            if reading in readings:
                return reading
        return None


def folded(text: str) -> str:
    """NFC, case-folded, single spaces, trimmed: how texts are compared."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _rows(folders: Sequence[Path], name: str) -> list[dict[str, str]]:
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        raise FileNotFoundError(f"the vocabulary {name} is missing")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _words_beyond_ascii(folders: Sequence[Path]) -> frozenset[str]:
    """The words of the lists that have a letter beyond ASCII, case-folded."""
    texts = (
        value
        for name in _LISTS_OF_WORDS
        for row in _rows(folders, name)
        for value in row.values()
        if value and not value.isascii()
    )
    return frozenset(
        word for text in texts for word in _WORD.findall(folded(text)) if len(word) > 1 and not word.isascii()
    )


def _codes(rows: Iterable[dict[str, str]], *columns: str) -> dict[str, str]:
    """Every code and label of a list, folded -> its code: codes before labels, then the first row that uses a word."""
    listed = list(rows)
    codes = {folded(row["code"]): row["code"] for row in listed}
    for row in listed:
        codes.setdefault(folded(row["code"].replace("_", " ")), row["code"])
        for column in columns:
            for word in row[column].split("|"):
                if word.strip():
                    codes.setdefault(folded(word), row["code"])
    return codes
