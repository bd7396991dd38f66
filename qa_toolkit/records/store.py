"""The database of one run: a DuckDB file in a private folder that is removed on every way out."""

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from qa_toolkit.records.register_tables import REGISTER_TABLES
from qa_toolkit.records.tables import TABLES, Column

_ALL_TABLES = {**TABLES, **REGISTER_TABLES}


class RecordStore:
    """Holds the canonical tables of all submissions of a run.

    ``connection`` is the one DuckDB connection of the run; ``folder`` is private to it and may hold scratch files.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.connection = connection
        self.folder = folder

    def create_tables(self) -> None:
        """Create every canonical table, and those of registers, empty."""
        for name, columns in _ALL_TABLES.items():
            self.connection.execute(f"CREATE TABLE {name} ({', '.join(f'{c.name} {c.type}' for c in columns)})")

    def append(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Append rows given as mappings from column to value; missing columns and empty lists or texts become NULL.

        Returns the number of rows written.

        Raises:
            KeyError: a row has a column that the table lacks.
        """
        columns = _ALL_TABLES[table]
        known = {column.name for column in columns}
        scratch = self.folder / f"{table}.ndjson"
        count = 0
        encode = json.JSONEncoder(ensure_ascii=False, default=_iso).encode
        with scratch.open("w", encoding="utf-8", newline="\n") as lines:
            for row in rows:
                if unknown := row.keys() - known:
                    raise KeyError(f"{table} has no column {', '.join(sorted(unknown))}")
                stated = {key: value for key, value in row.items() if value is not None and value not in ("", [])}
                lines.write(encode(stated) + "\n")
                count += 1
        try:
            if count:
                self.connection.execute(
                    f"INSERT INTO {table} SELECT {', '.join(c.name for c in columns)}"
                    f" FROM read_json(?, format='newline_delimited', maximum_object_size=67108864,"
                    f" columns={_column_types(columns)})",
                    [str(scratch)],
                )
        finally:
            scratch.unlink(missing_ok=True)
        return count


@contextmanager
def open_store(memory_limit: str = "1GB", threads: int | None = None) -> Iterator[RecordStore]:
    """Open an empty store in a private folder; folder and database are gone afterwards, whatever happened."""
    folder = Path(tempfile.mkdtemp(prefix="qa-toolkit-"))
    connection: duckdb.DuckDBPyConnection | None = None
    try:
        settings: dict[str, Any] = {"memory_limit": memory_limit, "temp_directory": str(folder / "spill")}
        if threads:
            settings["threads"] = threads
        connection = duckdb.connect(str(folder / "records.duckdb"), config=settings)
        store = RecordStore(connection, folder)
        store.create_tables()
        yield store
    finally:
        if connection is not None:
            connection.close()
        shutil.rmtree(folder, ignore_errors=True)


def _column_types(columns: tuple[Column, ...]) -> str:
    return "{" + ", ".join(f"'{c.name}': '{c.type}'" for c in columns) + "}"


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a canonical table")
