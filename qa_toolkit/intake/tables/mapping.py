"""``mapping.yaml``: what the columns and cells of one provider mean, said once and used again next year.

``columns`` names the column of the template behind a heading, or ``nothing``; ``sheets`` says what a sheet holds,
where its header stands, and which of its headings mean something else there; ``values`` translates cells; ``dates``
says whether the day or the month comes first. All mistakes are told at once, and a mapping with any is not used:
nothing is judged on a guess. Whether it fits the tables shows when they are read: ``mapping_fit.py``.

A heading or a cell may be a person's name, in a mapping as in a table: a mistake is told by its line, and of the words
that were typed only those that the toolkit itself knows are said again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Any

from qa_toolkit.intake.tables.columns import NOTHING, Headings, Target, TemplateColumn, normalised
from qa_toolkit.intake.words import folded
from qa_toolkit.intake.yaml_documents import YamlError, key_lines, read_mapping
from qa_toolkit.problems import AuditError, Problem, ProblemKind, meant
from qa_toolkit.records.tables import ELEMENTS

FILE_NAME = "mapping.yaml"
VERSION = "1"
HOLDS = ("credentials", "offers", NOTHING)
DATES = ("day_first", "month_first")
LAST_ROW = 1_048_576
"""Of a spreadsheet."""
_NUMBERS = 100
"""Headings of a column with several values are told apart by numbers beyond those that stand in a heading."""
SHEET_KEYS = ("holds", "header_row", "columns")
KEYS = ("mapping_version", "columns", "sheets", "header_row", "holds", "dates", "values")


class MappingError(AuditError):
    """A mapping that cannot be used; ``problems`` say every mistake."""


@dataclass(frozen=True)
class SheetMapping:
    """What is said of one sheet, or of a table without sheets."""

    holds: str | None = None
    header_row: int | None = None
    """As a spreadsheet counts, from 1."""
    columns: Mapping[str, Target | None] = field(default_factory=dict)
    """Headings that mean something else on this sheet than on the others."""


@dataclass(frozen=True)
class ColumnMapping:
    """A provider's own words. Empty where there is no mapping."""

    columns: Mapping[str, Target | None] = field(default_factory=dict)
    """Normalised heading -> what it means; None for nothing."""
    sheets: Mapping[str, SheetMapping] = field(default_factory=dict)
    everywhere: SheetMapping = SheetMapping()
    dates: str | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Column -> folded text of a cell -> the text to read instead."""
    stated: Mapping[str, Any] = field(default_factory=dict)
    """As it was written."""
    source: str = FILE_NAME
    """The name of its file."""
    sha256: str = ""
    """Of its bytes: what a judgement rests on can be shown to be this file and no other."""
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    """Keys, from the outermost on -> the line they stand on."""

    def columns_of(self, sheet: str | None) -> Mapping[str, Target | None]:
        """Normalised heading of a sheet -> what it means there."""
        own = self.sheet(sheet).columns
        return {**self.columns, **own} if own else self.columns

    @property
    def headings(self) -> int:
        """How many headings it says the meaning of, over all sheets."""
        return len(self.columns) + sum(len(sheet.columns) for sheet in (*self.sheets.values(), self.everywhere))

    def sheet(self, name: str | None) -> SheetMapping:
        """What is said of a sheet; of a CSV, which has none, what is said at the top."""
        return self.sheets.get(name or "", self.everywhere)


def load_mapping(path: Path, headings: Headings, columns: Mapping[str, TemplateColumn]) -> ColumnMapping:
    """Read a mapping.yaml.

    Raises:
        MappingError: with every mistake, each with its place and its fix.
    """
    try:
        stated = read_mapping(path, texts=True)
    except YamlError as error:
        raise MappingError((_problem(error.place, str(error), "Write it as the user guide shows."),)) from None
    lines = key_lines(path)
    reading = _Reading(path.name, lines, headings, columns)
    mapping = reading.mapping(stated)
    if reading.problems:
        raise MappingError(tuple(reading.problems))
    return replace(mapping, stated=stated, source=path.name, sha256=sha256(path.read_bytes()).hexdigest(), lines=lines)


_Key = tuple[str, ...]
"""Keys of a mapping, from the outermost on."""


class _Reading:
    """One pass over a mapping that collects its mistakes."""

    def __init__(
        self, source: str, lines: Mapping[_Key, int], headings: Headings, columns: Mapping[str, TemplateColumn]
    ) -> None:
        self._source, self._lines, self._headings, self._columns = source, lines, headings, columns
        self.problems: list[Problem] = []

    def mapping(self, stated: Mapping[str, Any]) -> ColumnMapping:
        for key in stated:
            if key not in KEYS:
                self._wrong((key,), "There is no such key.", _did_you_mean(key, KEYS))
        version = str(stated.get("mapping_version", VERSION))
        if version != VERSION:
            self._wrong(("mapping_version",), "The version is not known.", f"Known: {VERSION}.")
        dates = stated.get("dates")
        if dates is not None and dates not in DATES:
            self._wrong(("dates",), "The value is not known.", f"Use one of {', '.join(DATES)}.")
        return ColumnMapping(
            columns=self._targets(self._section(stated, ("columns",)), ("columns",)),
            sheets={
                name: self._sheet(("sheets", name), value) for name, value in self._section(stated, ("sheets",)).items()
            },
            everywhere=self._sheet((), {key: stated[key] for key in ("holds", "header_row") if key in stated}),
            dates=dates,
            values=self._values(self._section(stated, ("values",))),
        )

    def _targets(self, stated: Mapping[str, Any], place: _Key) -> dict[str, Target | None]:
        targets: dict[str, Target | None] = {}
        for heading, value in stated.items():
            if value is None or str(value) == NOTHING:
                targets[normalised(heading)] = None
            elif (target := self._column(str(value), (*place, heading))) is not None:
                if self._columns[target.column].several:
                    target = replace(target, number=_NUMBERS + len(targets))
                targets[normalised(heading)] = target
        return targets

    def _column(self, name: str, place: _Key) -> Target | None:
        """The column that a name means; told where it means none, or an element that stands in several."""
        target = self._headings.named(name)
        if target is not None:
            return target
        of_element = [column.name for column in self._columns.values() if column.element == name]
        if name in ELEMENTS and of_element:
            self._wrong(place, f"{name} stands in several columns.", f"Write one of {', '.join(of_element)}.")
        else:
            self._wrong(place, "The template has no such column.", _did_you_mean(name, [*self._columns, NOTHING]))
        return None

    def _sheet(self, place: _Key, stated: Any) -> SheetMapping:
        if not isinstance(stated, dict):
            self._wrong(place, "It holds no 'key: value' lines.", "Write for example {holds: credentials}.")
            return SheetMapping()
        for key in stated:
            if key not in SHEET_KEYS:
                self._wrong((*place, key), "There is no such key.", f"Known: {', '.join(SHEET_KEYS)}.")
        holds, row = stated.get("holds"), stated.get("header_row")
        if holds is not None and holds not in HOLDS:
            self._wrong((*place, "holds"), "The value is not known.", f"Use one of {', '.join(HOLDS)}.")
        number = int(row) if isinstance(row, str) and row.isascii() and row.isdecimal() and len(row) <= 7 else 0
        if row is not None and not 1 <= number <= LAST_ROW:
            self._wrong(
                (*place, "header_row"), "It is no row number.", "Write the row as a spreadsheet counts, from 1."
            )
        of_columns = (*place, "columns")
        columns = self._targets(self._section(stated, of_columns), of_columns) if place else {}
        return SheetMapping(holds, number or None, columns)

    def _values(self, stated: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        values: dict[str, dict[str, str]] = {}
        for column, pairs in stated.items():
            target = self._column(column, ("values", column))
            if target is None:
                continue
            if not isinstance(pairs, dict):
                self._wrong(("values", column), "It holds no 'cell: value' lines.", "Write for example Klausur: exam.")
            else:
                values[target.column] = {folded(str(cell)): str(value or "") for cell, value in pairs.items()}
                for cell in (cell for cell, value in pairs.items() if isinstance(value, (dict, list))):
                    self._wrong(
                        ("values", column, str(cell)), "It is no text.", "Write several values with ' | ' between."
                    )
        return values

    def _section(self, stated: Mapping[str, Any], place: _Key) -> dict[str, Any]:
        section = stated.get(place[-1]) or {}
        if not isinstance(section, dict):
            self._wrong(place, "It holds no 'key: value' lines.", "Write one 'key: value' a line below it.")
            return {}
        return {str(key): value for key, value in section.items()}

    def _wrong(self, place: _Key, why: str, fix: str) -> None:
        known = {*KEYS, *SHEET_KEYS, *self._columns}
        said = ".".join(takewhile(known.__contains__, place))
        line = self._lines.get(place)
        where = [self._source, f"line {line}" if line else "", f"key {said}" if said else ""]
        self.problems.append(_problem(", ".join(filter(None, where)), why, fix))


def _problem(place: str, why: str, fix: str) -> Problem:
    return Problem(ProblemKind.FILE, "The mapping cannot be used", place, why, fix)


def _did_you_mean(name: str, known: Sequence[str]) -> str:
    return meant(name, known, f"Known: {', '.join(known)}.")
