"""Parquet files as texts, by DuckDB: a list in a cell becomes several values, one a line."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

MAGIC = b"PAR1"


def is_parquet(path: Path) -> bool:
    """By its first bytes."""
    with path.open("rb") as file:
        return file.read(4) == MAGIC


def headings(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """The names of its columns."""
    return [name for name, *_ in _described(connection, path)]


def load(connection: duckdb.DuckDBPyConnection, path: Path, width: int) -> None:
    """Read its first columns into the table ``raw`` (``c0`` …); the row number is ``rowid + 1``."""
    texts = []
    for index, (name, kind, *_) in enumerate(_described(connection, path)[:width]):
        column = '"' + name.replace('"', '""') + '"'
        text = f"array_to_string({column}, chr(10))" if kind.endswith("[]") else f"CAST({column} AS VARCHAR)"
        if kind.startswith("TIMESTAMP"):
            text = f"replace({text}, ' 00:00:00', '')"
        texts.append(f"nullif(trim({text}), '') AS c{index}")
    connection.execute(f"CREATE OR REPLACE TABLE raw AS SELECT {', '.join(texts)} FROM read_parquet(?)", [str(path)])


def rows(connection: duckdb.DuckDBPyConnection, width: int) -> Iterator[list[str]]:
    """The rows of ``raw`` as texts."""
    listed = ", ".join(f"coalesce(c{index}, '')" for index in range(width))
    for row in connection.execute(f"SELECT {listed} FROM raw ORDER BY rowid").fetchall():
        yield list(row)


def _described(connection: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, ...]]:
    return connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
