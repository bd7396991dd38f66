"""The columns a table can be read into, and the headings that mean them in eight languages."""

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from qa_toolkit.intake.words import Words

NOTHING = "nothing"
"""What a mapping says of a column that is not to be read."""
_SEPARATORS = re.compile(r"[\W_]+")
_UNREAD = re.compile("[º°\u00ad]")
"""Signs of ordinals, and hyphens that show only at the end of a line."""
_PARENTHESIS = re.compile(r"[(\[][^)\]]*[)\]]\s*$")
_BILINGUAL = re.compile(r"\s*(?:/|\n|\|)\s*")


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


def load_template_columns(*folders: Path) -> tuple[TemplateColumn, ...]:
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
        for r in _rows(folders, "template_columns.csv")
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


class Headings:
    """Every heading that is known, by its normalised form."""

    def __init__(self, columns: Sequence[TemplateColumn], aliases: Mapping[str, str], words: Words) -> None:
        self._columns = {column.name: column for column in columns}
        self._known = {normalised(alias): column for alias, column in aliases.items()}
        self._known |= {normalised(name): name for name in self._columns}
        self._plain = {_without_accents(text): column for text, column in self._known.items()}
        self._words = words

    @classmethod
    def load(cls, columns: Sequence[TemplateColumn], words: Words, *folders: Path) -> "Headings":
        """Read ``header_aliases.csv``; the file of an earlier folder wins."""
        return cls(columns, {row["alias"]: row["column"] for row in _rows(folders, "header_aliases.csv")}, words)

    def target(self, heading: str) -> Target | None:
        """What a heading means; None where it is not known.

        Tried in turn: as it stands, with a language at its end ('Titel (de)'), with a number ('Lernergebnis 3',
        'learning_outcome[2]'), without a parenthesis at its end, and each part of a heading in two languages.
        """
        whole = normalised(heading)
        if not whole:
            return None
        found = self._of(whole)
        if found is None and (bare := _PARENTHESIS.sub("", heading)) != heading:
            found = self._of(normalised(bare))
        if found is None:
            parts = [self._of(normalised(part)) for part in _BILINGUAL.split(heading)]
            meant = {part.column for part in parts if part}
            found = Target(meant.pop()) if len(parts) > 1 and len(meant) == 1 else None
        return found

    def is_known(self, heading: str) -> bool:
        """Whether every word of a heading is known: nothing else stands in it, no unit and no name."""
        return self._of(normalised(heading)) is not None

    def named(self, name: str) -> Target | None:
        """What a mapping calls a column: its name, with '_' and a language where it is one of several."""
        if name in self._columns:
            return Target(name)
        base, _, language = name.rpartition("_")
        code = self._words.language_code(language) if base in self._columns else None
        return Target(base, code) if code else None

    def suggestion(self, heading: str) -> str | None:
        """The column whose name or heading is spelled most like it; accents do not count."""
        close = get_close_matches(_without_accents(normalised(heading)), self._plain, n=1, cutoff=0.8)
        return self._plain[close[0]] if close else None

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


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _rows(folders: Sequence[Path], name: str) -> list[dict[str, str]]:
    path = next(folder / name for folder in folders if (folder / name).is_file())
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
