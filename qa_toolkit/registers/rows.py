"""The rows of an extract: headings of registers understood, values read by the kind's columns, every mistake told."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qa_toolkit.problems import Problem, meant
from qa_toolkit.records.register_tables import RegisterColumn, RegisterKind
from qa_toolkit.registers.mistakes import mistake

LINES_NAMED = 5
"""Lines that a mistake names; of others it says how many there are."""
BETWEEN = "|"
"""What parts several values of one cell."""


@dataclass(frozen=True)
class Row:
    """One row of an extract: its line in the file, and its values by the kind's columns; empty cells left out."""

    line: int
    values: Mapping[str, Any]


@dataclass
class _Mistakes:
    """Mistakes of one file: the same one in many lines is told once, with its first lines."""

    file: str
    lines: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)

    def note(self, line: int, what: str, why: str, fix: str) -> None:
        self.lines.setdefault((what, why, fix), []).append(line)

    def problems(self) -> Iterator[Problem]:
        for (what, why, fix), lines in self.lines.items():
            named = ", ".join(str(line) for line in lines[:LINES_NAMED])
            more = f" and {len(lines) - LINES_NAMED:,} more" if len(lines) > LINES_NAMED else ""
            place = f"{self.file}, line{'s' if len(lines) > 1 else ''} {named}{more}"
            yield mistake(what, place, why, fix)


def read_rows(content: bytes, file: str, kind: RegisterKind, problems: list[Problem]) -> list[Row]:
    """The rows of a CSV in UTF-8, parted by comma or semicolon; mistakes go to ``problems``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        why = "Letters with accents would be damaged."
        problems.append(mistake("The extract is not UTF-8", file, why, "Save it as CSV UTF-8."))
        return []
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = _columns(next(reader, []), file, kind, problems)
        if columns is None:
            return []
        mistakes = _Mistakes(file)
        rows = list(_rows(reader, columns, kind, mistakes))
    except csv.Error:
        why = "A quotation mark is not closed, or stands inside a value."
        problems.append(mistake("The extract is no CSV", f"{file}, line {reader.line_num}", why, "Export it anew."))
        return []
    _duplicate_keys(rows, kind, mistakes)
    problems.extend(mistakes.problems())
    if not rows:
        problems.append(mistake("The extract is empty", file, "It has no row below its headings.", "Export it anew."))
    return rows


def _columns(
    headings: list[str], file: str, kind: RegisterKind, problems: list[Problem]
) -> list[RegisterColumn] | None:
    """The column of each heading; None where one is unknown, there twice or missing."""
    place = f"{file}, line 1"
    by_heading = {heading.casefold(): column for column in kind.columns for heading in (column.name, *column.headings)}
    names = [column.name for column in kind.columns]
    found: list[RegisterColumn] = []
    before = len(problems)
    for heading in headings:
        column = by_heading.get(heading.strip().casefold())
        if column is None:
            why = f"Extracts of the kind {kind.id} do not have it."
            fix = meant(heading, names, f"Columns are {', '.join(names)}. Remove what is not needed.")
            problems.append(mistake(f"Unknown column '{heading.strip()[:60]}'", place, why, fix))
        elif column in found:
            why = f"Two headings mean '{column.name}'."
            problems.append(mistake(f"A column is there twice: '{heading.strip()}'", place, why, "Keep one of them."))
        else:
            found.append(column)
    for column in kind.columns:
        if column.required and column not in found:
            fix = f"Add it: {column.what}."
            problems.append(mistake(f"The column '{column.name}' is missing", place, "It is needed.", fix))
    return found if len(problems) == before else None


def _rows(
    reader: Iterator[list[str]], columns: list[RegisterColumn], kind: RegisterKind, mistakes: _Mistakes
) -> Iterator[Row]:
    types = kind.column_types()
    line = 1
    for cells in reader:
        line = getattr(reader, "line_num", line + 1)
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            mistakes.note(
                line, "A row has more or fewer cells than headings", "Its values stand nowhere.", "Correct it."
            )
            continue
        values: dict[str, Any] = {}
        for column, cell in zip(columns, cells, strict=True):
            text = cell.strip()
            if text:
                values[column.name] = _value(text, column, types[column.name], line, mistakes)
            elif column.required:
                what, why = f"The cell of '{column.name}' is empty", "The row says nothing without it."
                mistakes.note(line, what, why, f"Fill it in: {column.what}.")
        for start, end in kind.periods:
            if (first := values.get(start)) and (last := values.get(end)) and last < first:
                what, why = f"'{end}' lies before '{start}'", "Nothing ends before it begins."
                mistakes.note(line, what, why, "Correct one of the two days.")
        yield Row(line, {name: value for name, value in values.items() if value is not None})


def _value(text: str, column: RegisterColumn, kind: str, line: int, mistakes: _Mistakes) -> Any:
    """A cell as a value of its column; None where it has a mistake."""
    if column.words is not None:
        return _word(text, column, column.words, line, mistakes)
    if kind == "DATE":
        try:
            return date.fromisoformat(text[:10] if text[10:11] == "T" else text)
        except ValueError:
            what, why = f"A value of '{column.name}' is no day", "Days are compared with days of issue."
            mistakes.note(line, what, why, "Write it as 2026-09-30.")
            return None
    parts = [part.strip() for part in text.split(BETWEEN) if part.strip()] if kind.endswith("[]") else [text]
    if kind.startswith("INTEGER"):
        if not all(part.isascii() and part.isdigit() for part in parts):
            what = f"A value of '{column.name}' is no whole number"
            mistakes.note(line, what, f"It is {column.what}.", "Write figures alone, for example 6.")
            return None
        numbers = [int(part) for part in parts]
        return numbers if kind.endswith("[]") else numbers[0]
    return parts if kind.endswith("[]") else text


def _word(
    text: str, column: RegisterColumn, words: Mapping[str, tuple[str, ...]], line: int, mistakes: _Mistakes
) -> str | None:
    for word, others in words.items():
        if text.casefold() in (word, *(other.casefold() for other in others)):
            return word
    known = ", ".join(words)
    what, why = f"'{column.name}' cannot be '{text[:40]}'", f"It is one of {known}."
    mistakes.note(line, what, why, meant(text, words, "Write one of them."))
    return None


def _duplicate_keys(rows: list[Row], kind: RegisterKind, mistakes: _Mistakes) -> None:
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = tuple(str(row.values.get(name, "")).casefold() for name in kind.key)
        if key in seen and all(key):
            what = f"A row is there twice by its {' and '.join(kind.key)}"
            mistakes.note(row.line, what, f"The first one stands in line {seen[key]}.", "Keep the one that holds.")
        seen.setdefault(key, row.line)
