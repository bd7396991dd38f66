"""The columns a table can be read into, and the headings that mean them in eight languages."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from qa_toolkit.intake.words import Words

NOTHING = "nothing"
"""What a mapping says of a column that is not to be read, and the list of headings of one that holds remarks."""
_LEARNER = "learner_"
"""Begins the names of the columns that say who the learner is."""
_SEPARATORS = re.compile(r"[\W_]+")
_UNREAD = re.compile("[º°\u00ad]")
"""Signs of ordinals, and hyphens that show only at the end of a line."""
_PARENTHESIS = re.compile(r"[(\[][^)\]]*[)\]]\s*$")
_BILINGUAL = re.compile(r"\s*(?:/|\n|\|)\s*")


ELEMENT_COLUMNS = {"learner": "learner_name"}
"""Elements whose name is no column and that have one column for what people hand in. Level has none: an EQF level, a
national one and a cycle are different columns."""


@dataclass(frozen=True)
class TemplateColumn:
    """A column of the template, or one that a table may have besides (``checks/vocabularies/template_columns.csv``)."""

    name: str
    element: str
    """'' where it belongs to none."""
    kind: str
    several: bool
    help: str
    example: str
    offered: bool = True
    """Whether the template has it; the others are only read."""


@dataclass(frozen=True, order=True)
class Target:
    """What a heading means: a column, for a title also its language, for a repeated column its number."""

    column: str
    language: str = ""
    number: int = 0


CREDENTIAL_COLUMNS, OFFER_COLUMNS, PROVIDER_COLUMNS = (
    "template_columns.csv",
    "offer_columns.csv",
    "provider_columns.csv",
)
"""What a row of awards, a row of a catalogue and a provider's profile can say."""


def load_template_columns(*folders: Path, name: str = CREDENTIAL_COLUMNS) -> tuple[TemplateColumn, ...]:
    """The columns in the template's order; the file of an earlier folder wins."""
    return tuple(
        TemplateColumn(
            r["column"],
            r["element"],
            r["kind"],
            r["several"] == "yes",
            r["help"],
            r["example"],
            r["offered"] == "yes",
        )
        for r in _rows(folders, name)
    )


def column_letter(index: int) -> str:
    """The letter of a column as spreadsheets write it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def normalised(heading: str) -> str:
    """How headings are compared: NFKC, case-folded, only letters and digits, single spaces; 'Nº' and 'N.°' are 'n'.

    A heading of signs alone, such as '#', is itself.
    """
    text = unicodedata.normalize("NFKC", _UNREAD.sub("", heading)).casefold()
    return _SEPARATORS.sub(" ", text).strip() or text.strip()


@dataclass(frozen=True)
class Alias:
    """A heading of a column, or of remarks (``nothing``), in one language."""

    column: str
    language: str
    text: str


class Headings:
    """Every heading that is known, by its normalised form.

    A heading may mean a column in one language and remarks in another: 'Note' is a grade in German and remarks in
    Italian. The other headings of its table decide (``spoken``); where they do not, it is not read.
    """

    def __init__(self, columns: Sequence[TemplateColumn], aliases: Iterable[Alias], words: Words) -> None:
        self._columns = {column.name: column for column in columns}
        meanings: dict[str, dict[str, set[str]]] = {}
        for alias in aliases:
            meanings.setdefault(normalised(alias.text), {}).setdefault(alias.column, set()).add(alias.language)
        for name in self._columns:
            meanings[normalised(name)] = {name: meanings.get(normalised(name), {}).get(name, set())}
        self._meanings = meanings
        self._known = {
            text: next(iter(columns))
            for text, columns in meanings.items()
            if len(columns) == 1 and NOTHING not in columns
        }
        self._plain = {without_accents(text): column for text, column in self._known.items()}
        self._likely = [text for text, column in self._plain.items() if not column.startswith(_LEARNER)]
        self._remarks = {without_accents(text) for text, columns in meanings.items() if NOTHING in columns}
        self._words = words

    @classmethod
    def load(cls, columns: Sequence[TemplateColumn], words: Words, *folders: Path) -> "Headings":
        """Read ``header_aliases.csv``; the file of an earlier folder wins."""
        rows = _rows(folders, "header_aliases.csv")
        return cls(columns, [Alias(row["column"], row["language"], row["alias"]) for row in rows], words)

    @classmethod
    def load_for_offers(cls, columns: Sequence[TemplateColumn], words: Words, *folders: Path) -> "Headings":
        """The headings of a catalogue: those of awards, but where ``offer_header_aliases.csv`` knows one better.

        'Price' is a remark beside an award, and what somebody looks for in a catalogue.
        """
        own = [Alias(r["column"], r["language"], r["alias"]) for r in _rows(folders, "offer_header_aliases.csv")]
        known = {normalised(alias.text) for alias in own}
        others = [Alias(r["column"], r["language"], r["alias"]) for r in _rows(folders, "header_aliases.csv")]
        return cls(columns, [*own, *(alias for alias in others if normalised(alias.text) not in known)], words)

    def target(self, heading: str, spoken: Mapping[str, int] | None = None) -> Target | None:
        """What a heading means; None where it is not known.

        Tried in turn: as it stands, with a language at its end ('Titel (de)'), with a number ('Lernergebnis 3',
        'learning_outcome[2]'), without a parenthesis at its end, and each part of a heading in two languages.

        Args:
            heading: as it stands.
            spoken: what the headings beside it speak, for one that means different things in different languages.
        """
        whole = normalised(heading)
        if not whole:
            return None
        found = self._of(whole)
        if found is None and (column := self._meant(whole, spoken or {})) not in (None, NOTHING):
            return Target(str(column))
        if found is None and (bare := _PARENTHESIS.sub("", heading)) != heading:
            found = self._of(normalised(bare))
        if found is None:
            parts = [self._of(normalised(part)) for part in _BILINGUAL.split(heading)]
            meant = {part.column for part in parts if part}
            found = Target(meant.pop()) if len(parts) > 1 and len(meant) == 1 else None
        return found

    def depends_on_language(self, heading: str) -> bool:
        """Whether a heading means a column in one language and remarks in another."""
        return len(self._meanings.get(normalised(heading), {})) > 1

    def means_remarks(self, heading: str, spoken: Mapping[str, int]) -> bool:
        """Whether a heading stands above remarks: in every language that knows it, or in the one of its table."""
        text = normalised(heading)
        if self.depends_on_language(heading):
            return self._meant(text, spoken) == NOTHING
        return without_accents(text) in self._remarks

    def spoken(self, cells: Iterable[str]) -> Counter[str]:
        """How many headings of a row each language knows."""
        votes: Counter[str] = Counter()
        for text in map(normalised, cells):
            columns = self._meanings.get(text, {})
            if len(columns) == 1:
                votes.update(set().union(*columns.values()))
        return votes

    def is_known(self, heading: str) -> bool:
        """Whether every word of a heading is known: nothing else stands in it, no unit and no name."""
        text = normalised(heading)
        return self._of(text) is not None or text in self._meanings

    def named(self, name: str) -> Target | None:
        """What a mapping calls a column: its name, with '_' and a language where it is one of several.

        An element of one column may stand for it ('learner'), one of several may not ('level'); an English heading
        that is known may ('learning outcomes').
        """
        if name in self._columns:
            return Target(name)
        base, _, language = name.rpartition("_")
        code = self._words.language_code(language) if base in self._columns else None
        if code:
            return Target(base, code)
        if column := ELEMENT_COLUMNS.get(name):
            return Target(column)
        if any(column.element == name for column in self._columns.values()):
            return None
        text = normalised(name)
        known = self._known.get(text)
        return Target(known) if known and "en" in self._meanings[text][known] else None

    def suggestion(self, heading: str) -> str | None:
        """The column whose name or heading is spelled most like it; accents do not count.

        A column of the learner is suggested for its own headings without their accents only: 'Nomi' may be anything.
        Nothing is suggested for remarks, however much 'Poznámka' looks like 'známka'.
        """
        plain = without_accents(normalised(heading))
        if plain in self._remarks and not self.depends_on_language(heading):
            return None
        if column := self._plain.get(plain):
            return column
        if self.depends_on_language(heading):
            return next(column for column in self._meanings[normalised(heading)] if column != NOTHING)
        close = get_close_matches(plain, [*self._likely, *self._remarks], n=1, cutoff=0.8)
        return self._plain.get(close[0]) if close else None

    def _meant(self, text: str, spoken: Mapping[str, int]) -> str | None:
        """What a heading of several meanings means where its table speaks one of its languages most."""
        columns = self._meanings.get(text, {})
        if len(columns) < 2:
            return None
        votes = {column: max(spoken.get(code, 0) for code in codes) for column, codes in columns.items()}
        best = max(votes.values())
        most = [column for column, number in votes.items() if number == best]
        return most[0] if len(most) == 1 else None

    def _of(self, text: str) -> Target | None:
        if column := self._known.get(text):
            return Target(column)
        head, _, last = text.rpartition(" ")
        if column := self._known.get(head):
            if code := self._words.language_code(last):
                return Target(column, code)
            if last.isdecimal() and len(last) <= 2 and self._columns[column].several:
                return Target(column, "", int(last))
        return None


def without_accents(text: str) -> str:
    """A text as it looks without the marks above and below its letters."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _rows(folders: Sequence[Path], name: str) -> list[dict[str, str]]:
    path = next(folder / name for folder in folders if (folder / name).is_file())
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
