"""Parquet files as texts, by DuckDB: a list in a cell becomes several values, one a line."""

import glob
from collections.abc import Iterator
from pathlib import Path

import duckdb

from qa_toolkit.intake.limits import LARGEST_CELL, LARGEST_TABLE_FILE
from qa_toolkit.intake.tables.workbooks import WorkbookError

MAGIC = b"PAR1"


def is_parquet(path: Path) -> bool:
    """By its first bytes."""
    with path.open("rb") as file:
        return file.read(4) == MAGIC


def headings(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """The names of its columns."""
    return [name for name, *_ in _described(connection, path)]


def load(connection: duckdb.DuckDBPyConnection, path: Path, width: int) -> None:
    """Read its first columns into the table ``raw`` (``c0`` …); the row number is ``rowid + 1``.

    Raises:
        WorkbookError: a cell or the whole is larger than is read: a value said once can stand for millions of rows.
    """
    texts = []
    for index, (name, kind, *_) in enumerate(_described(connection, path)[:width]):
        column = '"' + name.replace('"', '""') + '"'
        text = f"array_to_string({column}, chr(10))" if kind.endswith("[]") else f"CAST({column} AS VARCHAR)"
        if kind.startswith("TIMESTAMP"):
            text = f"replace({text}, ' 00:00:00', '')"
        texts.append(f"nullif(trim({text}), '') AS c{index}")
    selected = f"SELECT {', '.join(texts)} FROM read_parquet(?)"
    longest = ", ".join(f"max(length(c{index}))" for index in range(len(texts)))
    whole = " + ".join(f"coalesce(sum(strlen(c{index})), 0)" for index in range(len(texts)))
    sizes = connection.execute(f"SELECT greatest({longest}), {whole} FROM ({selected})", [_only(path)]).fetchone()
    assert sizes is not None
    if (sizes[0] or 0) > LARGEST_CELL.value:
        raise WorkbookError(f"a cell is longer than {LARGEST_CELL}", "Shorten the cell and hand it in again.")
    if sizes[1] > LARGEST_TABLE_FILE.value:
        raise WorkbookError(f"its cells hold more than {LARGEST_TABLE_FILE}", "Split it and hand in the parts.")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE raw AS {selected}", [_only(path)])


def rows(connection: duckdb.DuckDBPyConnection, width: int) -> Iterator[list[str]]:
    """The rows of ``raw`` as texts."""
    listed = ", ".join(f"coalesce(c{index}, '')" for index in range(width))
    for row in connection.execute(f"SELECT {listed} FROM raw ORDER BY rowid").fetchall():
        yield list(row)


def _described(connection: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, ...]]:
    return connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [_only(path)]).fetchall()


def _only(path: Path) -> str:
    """The path as a pattern that names this file: '*' in a name would stand for its neighbours too."""
    return glob.escape(str(path))
