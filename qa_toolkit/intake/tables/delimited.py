"""Delimited text (CSV, TSV and their kin): its delimiter, its rows, and the way into a table of texts.

DuckDB reads a well-formed file; a file with any row it does not take goes through Python's reader, which says which row
and why. Rows count as a spreadsheet counts them: a line break within quotes starts no row.
"""

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from qa_toolkit.intake.limits import HEADER_ROWS, LARGEST_CELL, LONGEST_LINE
from qa_toolkit.intake.tables.columns import Headings
from qa_toolkit.intake.tables.header import find_header
from qa_toolkit.intake.tables.mapping import ColumnMapping

DELIMITERS = (",", ";", "\t", "|")
BROKEN = "\0"
"""Stands alone in a row that cannot be read."""
_HEAD = 1 << 18


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
        rows = list(itertools.islice(_parsed(io.StringIO(text), delimiter), HEADER_ROWS.value))
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

    It skips blank lines silently, and the numbers of the rows would no longer be those of a spreadsheet: a file with
    any between its rows is not read here. The row number is ``rowid + header_row + 1``.
    """
    lines = _lines_before(path, delimiter, header_row)
    if lines is None or _has_blank_line(path, lines):
        return False
    columns = "{" + ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width)) + "}"
    try:
        connection.execute(
            f"CREATE OR REPLACE TABLE raw AS SELECT * FROM read_csv(?, header=true, skip=?, auto_detect=false, delim=?,"
            f" quote='\"', escape='\"', columns={columns}, all_varchar=true, nullstr='',"
            f" max_line_size={4 * LARGEST_CELL.value})",
            [str(path), lines, delimiter],
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
            f"CREATE OR REPLACE TABLE raw AS SELECT * FROM read_csv(?, header=false, auto_detect=false, delim=',',"
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
        cells = row[:width]
        if not any(cell and not cell.isspace() for cell in row):
            continue
        if any(len(cell) > LARGEST_CELL.value for cell in cells):
            bad.append(BadRow(number, f"A cell is longer than {LARGEST_CELL}."))
        elif len(row) > width and any(cell and not cell.isspace() for cell in row[width:]):
            why = f"It has more cells than the header has columns ({width}): its values may have slipped."
            bad.append(BadRow(number, why))
        else:
            yield [number, *cells, *[""] * (width - len(cells))]


def _parsed(file: io.TextIOBase | io.StringIO, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_CELL.value)
    reader = csv.reader(_bounded(file), delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield [BROKEN]


def _bounded(file: io.TextIOBase | io.StringIO) -> Iterator[str]:
    """Lines, none longer than the limit: the rest of a longer one is passed over, and what is left does not parse."""
    while line := file.readline(LONGEST_LINE.value):
        if len(line) == LONGEST_LINE.value and not line.endswith("\n"):
            while (rest := file.readline(LONGEST_LINE.value)) and not rest.endswith("\n"):
                pass
            line += "\n"
        yield line


def _lines_before(path: Path, delimiter: str, header_row: int) -> int | None:
    """Physical lines above the header; None where a blank one among them would be counted differently by DuckDB."""
    if header_row == 1:
        return 0
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(_bounded(file), delimiter=delimiter)
        try:
            for _ in range(header_row - 1):
                next(reader)
        except (csv.Error, StopIteration):
            return None
        return reader.line_num


def _has_blank_line(path: Path, lines: int) -> bool:
    """Whether a line below the first ``lines`` is blank, those at the very end left aside."""
    blank = False
    with path.open("rb") as file:
        for _ in range(lines):
            file.readline()
        last = b""
        while block := file.read(1 << 20):
            joined = (last + block).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            if blank and joined.strip(b"\n"):
                return True
            if b"\n\n" in joined.rstrip(b"\n"):
                return True
            blank = blank or joined.endswith(b"\n\n")
            last = joined[-1:]
    return False
