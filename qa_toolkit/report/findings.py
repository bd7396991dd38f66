"""The findings of an audit, read from ``findings.parquet`` a few at a time.

There may be millions: nothing here loads more of them than are shown.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

import duckdb

from qa_toolkit.result import CaseKey, Finding

_COLUMNS = 'check_id, "case", table_name, submission_id, record_id, record_key, place, pattern, observed'
_PLACE = (
    "{'file': coalesce(try_cast(regexp_extract(record_id, 'f([0-9]+)', 1) AS BIGINT), 0),"
    " 'number': coalesce(try_cast(regexp_extract(record_id, '([0-9]+)$', 1) AS BIGINT), 0), 'id': record_id}"
)
"""The natural order of records: by file number, then by the number of row or item, never 'row 10' before 'row 9'."""
_AT_ONCE = 10_000
"""Rows in memory where all are read."""


class Findings:
    """Findings by submission, check and case. Use it as a context manager, or close it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> "Findings":
        """Open a ``findings.parquet``.

        Raises:
            FileNotFoundError: there is no such file.
        """
        if not path.is_file():
            raise FileNotFoundError(f"there is no {path.name}")
        connection = duckdb.connect()
        source = path.as_posix().replace("'", "''")
        connection.execute("SET temp_directory = ''")
        connection.execute(f"CREATE VIEW findings AS SELECT * FROM read_parquet('{source}')")
        return cls(connection)

    def counts(self, submission_id: str) -> Mapping[CaseKey, int]:
        """Case of a check -> its findings in the submission; cases without any are left out."""
        rows = self._connection.execute(
            'SELECT check_id, "case", table_name, count(*) FROM findings WHERE submission_id = ?'
            " GROUP BY ALL ORDER BY ALL",
            [submission_id],
        ).fetchall()
        return {CaseKey(check_id, case, table): number for check_id, case, table, number in rows}

    def first(self, submission_id: str, check_id: str, case: str, limit: int) -> tuple[Finding, ...]:
        """The first findings of a case, in the order of the records."""
        return self._query(
            f'SELECT {_COLUMNS} FROM findings WHERE submission_id = ? AND check_id = ? AND "case" = ?'
            f" ORDER BY table_name, {_PLACE} LIMIT ?",
            [submission_id, check_id, case, limit],
        )

    def first_of_each(self, submission_id: str, limit: int) -> Mapping[CaseKey, tuple[Finding, ...]]:
        """The first findings of every case of the submission, from one scan that keeps ``limit`` of each."""
        rows = self._connection.execute(
            f'SELECT check_id, "case", table_name, min_by({{{_struct()}}}, {_PLACE}, ?) FROM findings'
            ' WHERE submission_id = ? GROUP BY ALL ORDER BY check_id, "case", table_name',
            [limit, submission_id],
        ).fetchall()
        return {
            CaseKey(check_id, case, table): tuple(
                Finding(check_id, case, table, submission_id, **finding) for finding in findings
            )
            for check_id, case, table, findings in rows
        }

    def every(self, submission_id: str | None = None) -> Iterator[Finding]:
        """Every finding, of one submission or of all, in the order of the file, a few in memory at a time."""
        one, given = (" WHERE submission_id = ?", [submission_id]) if submission_id is not None else ("", [])
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM findings{one}", given)
        while some := rows.fetchmany(_AT_ONCE):
            yield from (Finding(*row) for row in some)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> "Findings":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _query(self, query: str, parameters: list[object]) -> tuple[Finding, ...]:
        return tuple(Finding(*row) for row in self._connection.execute(query, parameters).fetchall())


def _struct() -> str:
    return ", ".join(f"'{name}': {name}" for name in ("record_id", "record_key", "place", "pattern", "observed"))
