"""Whether a mapping fits the tables it was used on: what it names that no table has, and what it says twice of one.

A heading may be a person's name, in a mapping as in a table: a line of the mapping and a column of a table are named,
their texts only where every word of them is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from qa_toolkit.intake.reader import FileOutcome
from qa_toolkit.intake.tables.columns import NOTHING, Headings, column_letter, normalised, without_accents
from qa_toolkit.intake.tables.found import FoundTable
from qa_toolkit.intake.tables.header import FoundColumn, UnknownColumn
from qa_toolkit.intake.tables.mapping import ColumnMapping
from qa_toolkit.problems import Problem, ProblemKind

_SEE = "'qa-toolkit inspect' shows the headings there are."
_LIKE = 0.6
_LIKELY = 2
"""Headings that are offered in place of one that is not there."""


@dataclass(frozen=True)
class _Place:
    """A heading of a table that was handed in."""

    file: str
    table: FoundTable
    index: int
    heading: str

    def shown(self, headings: Headings) -> str:
        """'column F (Titolo) of file 1, sheet 2'; the text only where every word of it is known."""
        text = f" ({self.heading})" if headings.is_known(self.heading) else ""
        sheet = f", sheet {self.table.label}" if self.table.sheet else ""
        return f"column {column_letter(self.index)}{text} of {self.file}{sheet}"


def said_twice(mapping: ColumnMapping, outcomes: Sequence[FileOutcome]) -> list[Problem]:
    """Two headings of one table that the mapping gives the same meaning: which one is meant is not guessed."""
    problems = []
    for outcome in outcomes:
        for table in outcome.tables:
            if table.header is None:
                continue
            read = {column.heading: column for column in table.header.columns if column.mapped}
            for column in table.header.unknown:
                first = read.get(column.suggestion or "") if column.reason == "twice" and column.mapped else None
                if first is None or normalised(first.heading) == normalised(column.heading):
                    continue
                sheet = f", sheet {table.label}" if table.sheet else ""
                problems.append(
                    Problem(
                        ProblemKind.FILE,
                        "The mapping cannot be used",
                        _line(mapping, _key(mapping, table.sheet, column.heading)),
                        f"In {outcome.file.place}{sheet}, columns {column_letter(first.index)} and"
                        f" {column_letter(column.index)} are both mapped to {first.target.column}.",
                        "Map one of them to nothing.",
                    )
                )
    return problems


def not_there(
    mapping: ColumnMapping, outcomes: Sequence[FileOutcome], headings: Headings, submission_id: str | None
) -> list[Problem]:
    """Headings and sheets of the mapping that nothing handed in has, each with what is spelled most like it.

    Args:
        mapping: a mapping that was used.
        outcomes: every file it was used on.
        headings: the headings that are known.
        submission_id: whose problems they are; None where the mapping is of several.
    """
    tables = [(outcome.file.place, table) for outcome in outcomes for table in outcome.tables]
    there = list(_headings(tables))
    if tables and not there:
        return []  # that no table was understood is told already
    problems = [*_sheets_not_there(mapping, tables), *_headings_not_there(mapping, there, headings)]
    return [_problem(mapping, *words, submission_id) for words in problems]


def _headings(tables: Sequence[tuple[str, FoundTable]]) -> Iterator[_Place]:
    for place, table in tables:
        if table.header is not None:
            columns: tuple[FoundColumn | UnknownColumn, ...] = (*table.header.columns, *table.header.unknown)
            for column in columns:
                yield _Place(place, table, column.index, column.heading)


_Words = tuple[tuple[str, ...], str, str, str]
"""Key, what, why, fix."""


def _headings_not_there(mapping: ColumnMapping, there: Sequence[_Place], headings: Headings) -> Iterator[_Words]:
    stated: list[tuple[tuple[str, ...], str | None, Any]] = [
        (("columns", heading), None, value) for heading, value in _section(mapping.stated, "columns")
    ]
    for name, own in _section(mapping.stated, "sheets"):
        stated += [(("sheets", name, "columns", heading), name, value) for heading, value in _section(own, "columns")]
    absent = []
    for key, sheet, value in stated:
        among = [place for place in there if sheet is None or place.table.sheet == sheet]
        if normalised(key[-1]) not in {normalised(place.heading) for place in among}:
            absent.append((key, str(value or NOTHING), among))
    what = "A heading of the mapping is in no table"
    if len(absent) > 1 and len(absent) == len(stated):
        why = f"None of its {len(absent)} headings is in a table that was read: is it the mapping of another provider?"
        yield ("columns",), "No heading of the mapping is in any table", why, f"Write one anew for these files. {_SEE}"
        return
    for key, column, among in absent:
        free = [place for place in among if normalised(place.heading) not in mapping.columns_of(place.table.sheet)]
        likely = _likely(key[-1], free)
        if column == NOTHING and not likely:
            continue  # what was not to be read is not there: nothing is lost
        text = f" ({key[-1]})" if headings.is_known(key[-1]) else ""
        lost = "its column is read as what its heading means" if column == NOTHING else f"nothing was read as {column}"
        why = f"No table that was read has the heading{text} of this line; by it {lost}."
        if likely:
            fix = f"Write the heading as it stands. Most like it is {_or(place.shown(headings) for place in likely)}."
        else:
            fix = f"Write the heading as it stands in the table, or remove the line. {_SEE}"
        yield key, what, why, fix


def _sheets_not_there(mapping: ColumnMapping, tables: Sequence[tuple[str, FoundTable]]) -> Iterator[_Words]:
    sheets = [(place, table) for place, table in tables if table.sheet]
    names = {table.sheet for _, table in sheets}
    free = {without_accents(normalised(t.sheet or "")): (p, t) for p, t in sheets if t.sheet not in mapping.sheets}
    for name in mapping.sheets:
        if name in names:
            continue
        close = get_close_matches(without_accents(normalised(name)), free, n=1, cutoff=_LIKE)
        if close:
            place, table = free[close[0]]
            named = f" ({table.label})" if table.label == table.sheet else ""
            fix = f"Write its name as it stands. Most like it is that of sheet {table.number}{named} of {place}."
        else:
            fix = "Write its name as it stands in the workbook, or remove the line; 'qa-toolkit inspect' shows them."
        why = "No workbook that was handed in has a sheet of the name on this line."
        yield ("sheets", name), "A sheet of the mapping is not there", why, fix


def _likely(heading: str, free: Sequence[_Place]) -> list[_Place]:
    by_text: dict[str, _Place] = {}
    for place in free:
        by_text.setdefault(without_accents(normalised(place.heading)), place)
    return [by_text[text] for text in get_close_matches(without_accents(normalised(heading)), by_text, _LIKELY, _LIKE)]


def _key(mapping: ColumnMapping, sheet: str | None, heading: str) -> tuple[str, ...]:
    """The key under which the mapping speaks of a heading."""
    wanted = normalised(heading)
    for name, own in _section(mapping.stated, "sheets"):
        if name == sheet:
            for stated, _ in _section(own, "columns"):
                if normalised(stated) == wanted:
                    return ("sheets", name, "columns", stated)
    return next(
        (("columns", h) for h, _ in _section(mapping.stated, "columns") if normalised(h) == wanted), ("columns",)
    )


def _section(stated: Any, name: str) -> list[tuple[str, Any]]:
    section = stated.get(name) if isinstance(stated, Mapping) else None
    return [(str(key), value) for key, value in section.items()] if isinstance(section, Mapping) else []


def _line(mapping: ColumnMapping, key: tuple[str, ...]) -> str:
    line = mapping.lines.get(key)
    return f"{mapping.source}, line {line}" if line else mapping.source


def _or(texts: Iterator[str]) -> str:
    return " or ".join(texts)


def _problem(
    mapping: ColumnMapping, key: tuple[str, ...], what: str, why: str, fix: str, submission_id: str | None
) -> Problem:
    return Problem(ProblemKind.ROW, what, _line(mapping, key), why, fix, submission_id=submission_id)
