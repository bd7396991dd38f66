"""Delimited text (CSV, TSV and their kin): its delimiter, its rows, and the way into a table of texts.

DuckDB reads a well-formed file; a file with any row it does not take goes through Python's reader, which says which row
and why. Rows count as a spreadsheet counts them: a line break within quotes starts no row.
"""

import csv
import glob
import io
import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from qa_toolkit.intake.limits import HEADER_ROWS, LARGEST_CELL, LONGEST_LINE, MOST_COLUMNS
from qa_toolkit.intake.tables.columns import Headings
from qa_toolkit.intake.tables.header import find_header
from qa_toolkit.intake.tables.mapping import ColumnMapping

DELIMITERS = (",", ";", "\t", "|")
BROKEN = "\0"
"""Stands alone in a row that cannot be read."""
_HEAD = 1 << 18
_BLOCK = 1 << 20
_TOO_LONG = "\0\0"
"""Stands for a line beyond the limit."""
_READ_AGAIN = 64 << 20
"""Characters of rows with an open quotation mark that are read a second time, so that a file of nothing but such rows
costs no more than twice its size."""


@dataclass(frozen=True)
class BadRow:
    """A row that was left out: its number, and why."""

    number: int
    why: str


def delimiter_of(path: Path, headings: Headings, mapping: ColumnMapping) -> str:
    """The delimiter under which the most headings are known; else under which most rows are equally wide.

    ``path`` is a text in UTF-8.
    """
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read(_HEAD)
    if len(text) == _HEAD:
        text = text[: text.rfind("\n") + 1] or text
    best = (-1, -1.0, DELIMITERS[0])
    for delimiter in DELIMITERS:
        rows = list(itertools.islice(_parsed(io.StringIO(text, newline=""), delimiter), HEADER_ROWS.value))
        header = find_header(rows, headings, mapping)
        widths = [len(row) for row in rows if len(row) > 1]
        common = max(map(widths.count, widths), default=0) / max(len(rows), 1)
        score = (len(header.columns) if header else 0, common)
        if score > best[:2]:
            best = (*score, delimiter)
    return best[2]


def first_rows(path: Path, delimiter: str, count: int = HEADER_ROWS.value) -> list[list[str]]:
    """The first rows of a text in UTF-8."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(itertools.islice(_parsed(file, delimiter), count))


def rows_of(path: Path, delimiter: str) -> Iterator[list[str]]:
    """Every row; one that cannot be read is ``[BROKEN]``."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from _parsed(file, delimiter)


def load_fast(connection: duckdb.DuckDBPyConnection, path: Path, delimiter: str, header_row: int, width: int) -> bool:
    """Read the rows below the header into the table ``raw`` (``c0`` …) by DuckDB; False where it does not take them.

    It skips blank lines silently, and the numbers of the rows would no longer be those of a spreadsheet; of a file with
    a very long line it drops the rest without a word. Such files are not read here. The row number is
    ``rowid + header_row + 1``.
    """
    lines = _lines_before(path, delimiter, header_row)
    if lines is None or _has_blank_or_long_line(path, lines):
        return False
    columns = "{" + ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width)) + "}"
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE raw AS SELECT * FROM read_csv(?, header=true, skip=?, auto_detect=false,"
            f" delim=?, quote='\"', escape='\"', columns={columns}, all_varchar=true, nullstr='',"
            f" max_line_size={4 * LARGEST_CELL.value})",
            [glob.escape(str(path)), lines, delimiter],  # '*' in a name would stand for its neighbours too
        )
    except duckdb.Error:
        return False
    return True


def load_rows(
    connection: duckdb.DuckDBPyConnection, rows: Iterator[list[str]], header_row: int, width: int, scratch: Path
) -> list[BadRow]:
    """Write rows (from the one below the header on) into the table ``raw`` (``row``, ``c0`` …); those left out."""
    bad: list[BadRow] = []
    with scratch.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(_checked(rows, header_row, width, bad))
    columns = "{'row': 'BIGINT', " + ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width)) + "}"
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE raw AS SELECT * FROM read_csv(?, header=false, auto_detect=false, delim=',',"
            f" quote='\"', escape='\"', columns={columns}, nullstr='', max_line_size={64 * LARGEST_CELL.value})",
            [str(scratch)],
        )
    finally:
        scratch.unlink(missing_ok=True)
    return bad


def _checked(rows: Iterator[list[str]], header_row: int, width: int, bad: list[BadRow]) -> Iterator[Sequence[object]]:
    for number, row in enumerate(rows, header_row + 1):
        if row == [BROKEN]:
            bad.append(BadRow(number, f"A cell is longer than {LARGEST_CELL}, or a quotation mark is not closed."))
            continue
        joined = "".join(row)
        if not joined or joined.isspace():
            continue
        cells = row[:width]
        if max(map(len, cells), default=0) > LARGEST_CELL.value:
            bad.append(BadRow(number, f"A cell is longer than {LARGEST_CELL}."))
        elif sum(map(len, cells)) > LONGEST_LINE.value:
            bad.append(BadRow(number, f"It is longer than {LONGEST_LINE}."))
        elif len(row) > width and any(cell and not cell.isspace() for cell in row[width:]):
            why = f"It has more cells than the header has columns ({width}): its values may have slipped."
            bad.append(BadRow(number, why))
        else:
            if "\r" in joined:
                # Python's writer leaves a lone carriage return unquoted, which DuckDB takes for the end of the row.
                cells = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
            yield [number, *cells, *[""] * (width - len(cells))]


def _parsed(file: io.TextIOBase | io.StringIO, delimiter: str) -> Iterator[list[str]]:
    """Every row, none wider than one column beyond the limit; one that cannot be read is ``[BROKEN]``.

    A quotation mark that is not closed costs its own row: the lines it swallowed are read again as rows. Those without
    a second cell are what is left of the broken one.
    """
    csv.field_size_limit(LARGEST_CELL.value)
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    within_broken = False
    while True:
        lines.taken.clear()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            first = lines.taken[0]
            if len(lines.taken) == 1 and (lenient := _leniently(first, delimiter)):
                row = lenient
            else:
                lines.give_back()
                if not within_broken or delimiter in first:
                    yield [BROKEN]
                within_broken = first is not _TOO_LONG
                continue
        if within_broken and len(row) < 2:
            continue
        within_broken = False
        yield row[: MOST_COLUMNS.value + 1]


def _leniently(line: str, delimiter: str) -> list[str] | None:
    """A line with a stray quotation mark, as spreadsheets take it; None where one stays open, or it is too long."""
    if line is _TOO_LONG:
        return None
    try:
        row = next(csv.reader([line.rstrip("\r\n") + "\n"], delimiter=delimiter))
    except csv.Error:
        return None
    return None if row and row[-1].endswith("\n") else row


class _Lines:
    """The lines of a text, none longer than the limit, nor those of one row together."""

    def __init__(self, file: io.TextIOBase | io.StringIO) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self._read_again = _READ_AGAIN
        self._size = 0
        self.taken: list[str] = []
        """Those of the row at hand."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._next()
        if not line:
            raise StopIteration
        self.taken.append(line)
        if line is _TOO_LONG:
            raise csv.Error("line too long")
        if len(self.taken) == 1:
            self._size = 0
        self._size += len(line)
        if self._size > LONGEST_LINE.value:
            raise csv.Error("row too long")
        return line

    def give_back(self) -> None:
        """Read all lines but the first of the row at hand again, unless too much was read again already."""
        rest = self.taken[1:]
        self._read_again -= sum(map(len, rest))
        if self._read_again >= 0:
            self._again.extendleft(reversed(rest))

    def _next(self) -> str:
        line = self._file.readline(LONGEST_LINE.value)
        if len(line) < LONGEST_LINE.value or line.endswith("\n"):
            return line
        while (rest := self._file.readline(LONGEST_LINE.value)) and not rest.endswith("\n"):
            pass
        return _TOO_LONG


def _lines_before(path: Path, delimiter: str, header_row: int) -> int | None:
    """Physical lines above the header; None where a blank one among them would be counted differently by DuckDB."""
    if header_row == 1:
        return 0
    with path.open(encoding="utf-8", newline="") as file:
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for _ in range(header_row - 1):
                lines.taken.clear()
                next(reader)
        except (csv.Error, StopIteration):
            return None
        return reader.line_num


def _has_blank_or_long_line(path: Path, lines: int) -> bool:
    """Whether a line below the first ``lines`` is blank, those at the very end left aside, or longer than a block."""
    blank = False
    with path.open("rb") as file:
        for _ in range(lines):
            file.readline()
        last = b""
        while block := file.read(_BLOCK):
            joined = (last + block).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            if len(block) == _BLOCK and b"\n" not in joined:
                return True
            if blank and joined.strip(b"\n"):
                return True
            if b"\n\n" in joined.rstrip(b"\n"):
                return True
            blank = blank or joined.endswith(b"\n\n")
            last = joined[-1:]
    return False
