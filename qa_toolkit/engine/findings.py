"""Findings: every record that fails a check, with its place and what was observed.

A finding names a record by its place, never by a person; what it may show lies in ``shown.py``. All that findings of a
table show is put beside each failing record once; each case then takes its records from there.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from qa_toolkit.catalogue.models import Check
from qa_toolkit.engine.shown import (
    KEYS,
    hide_learners,
    is_placed,
    names_another,
    names_shown,
    origin_columns,
    shown_expressions,
)
from qa_toolkit.privacy import LEARNER_WORDS, names_learner
from qa_toolkit.records.facts import FACT_TABLE, SHOWN_ONLY
from qa_toolkit.result import CaseKey, State

NOT_STATED = "(not stated)"


def create_findings(
    connection: duckdb.DuckDBPyConnection,
    checks: Sequence[Check],
    cases: Mapping[str, tuple[CaseKey, ...]],
) -> None:
    """Create the table ``findings`` from ``patterns`` and the states of the records.

    The first failing case of a check counts; places and values are ready to show.

    Args:
        connection: the run's database.
        checks: the catalogue.
        cases: table -> its cases, in the order of the characters of a pattern.
    """
    connection.execute(
        'CREATE OR REPLACE TABLE findings (check_id VARCHAR, "case" VARCHAR, table_name VARCHAR,'
        " submission_id VARCHAR, record_id VARCHAR, record_key VARCHAR, place VARCHAR, pattern INTEGER,"
        " observed VARCHAR)"
    )
    by_id = {check.id: check for check in checks}
    failing = {table: failing_cases(connection, table, keys) for table, keys in sorted(cases.items())}
    hidden = hide_learners(connection, [(key.table, by_id[key.check_id]) for some in failing.values() for key in some])
    for table, some in failing.items():
        if not some:
            continue
        _create_failing_records(connection, table, [by_id[key.check_id] for key in some], hidden)
        for key in sorted(some):
            _describe(connection, key, cases[table], by_id[key.check_id], hidden)
    connection.execute("DROP TABLE IF EXISTS failing_records")


def failing_cases(connection: duckdb.DuckDBPyConnection, table: str, keys: Sequence[CaseKey]) -> tuple[CaseKey, ...]:
    """The cases of a table that any record fails, as the first of their check."""
    counted = ", ".join(f"count(*) FILTER (WHERE {first_failure(key, keys)})" for key in keys)
    row = connection.execute(f"SELECT {counted} FROM patterns WHERE table_name = ?", [table]).fetchone() or ()
    return tuple(key for key, number in zip(keys, row, strict=False) if number)


def first_failure(key: CaseKey, keys: Sequence[CaseKey]) -> str:
    """SQL for whether a pattern's ``states`` fail this case of a check and none of its earlier ones."""
    own = list(keys).index(key)
    earlier = [index for index, other in enumerate(keys[:own]) if other.check_id == key.check_id]
    conditions = [f"states[{own + 1}] = '{State.FAILED.value}'"]
    return " AND ".join([*conditions, *(f"states[{index + 1}] <> '{State.FAILED.value}'" for index in earlier)])


def write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write findings, patterns and facts into the folder: sorted, the same bytes for the same data."""
    # The natural order of records: by file, then by the number of row or item, never 'row 10' before 'row 9'.
    natural = "source_file_of(record_id), number_of(record_id), record_id"
    connection.execute(
        "CREATE OR REPLACE MACRO source_file_of(id) AS"
        " coalesce(try_cast(regexp_extract(id, 'f([0-9]+)', 1) AS INT), 0);"
        "CREATE OR REPLACE MACRO number_of(id) AS coalesce(try_cast(regexp_extract(id, '([0-9]+)$', 1) AS INT), 0)"
    )
    connection.execute(
        "CREATE OR REPLACE TABLE credential_places AS SELECT submission_id, record_id,"
        " concat_ws(', ', 'file ' || source_file, nullif(source_place, '')) AS place FROM credentials"
    )
    orders = {
        "findings": f'submission_id, table_name, check_id, "case", {natural}',
        "patterns": "number",
        "credential_places": f"submission_id, {natural}",
        "credential_facts": f"submission_id, {natural}",
        "offer_facts": f"submission_id, {natural}",
        "provider_facts": "submission_id",
        "submission_facts": "submission_id",
    }
    threads = connection.execute("SELECT current_setting('threads')").fetchone()
    for table, order in orders.items():
        target = (folder / f"{table}.parquet").as_posix().replace("'", "''")
        # No place and no text of a record leaves with the facts: they are numbers, yes and no.
        left_out = SHOWN_ONLY.get(table)
        columns = f"* EXCLUDE ({', '.join(left_out)})" if left_out else "*"
        # Rows come out of joins in any order: what is not sorted here differs from run to run.
        connection.execute(f"CREATE OR REPLACE TEMP TABLE ordered AS SELECT {columns} FROM {table} ORDER BY {order}")
        connection.execute("SET threads = 1")  # groups of rows in the file must not depend on the number of processors
        connection.execute(f"COPY ordered TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        connection.execute(f"SET threads = {threads[0] if threads else 1}")
    connection.execute("DROP TABLE ordered")


def _create_failing_records(
    connection: duckdb.DuckDBPyConnection, table: str, checks: Iterable[Check], hidden: frozenset[str]
) -> None:
    """Create ``failing_records``: each record that fails any check, with all that its findings show."""
    facts = FACT_TABLE[table]
    canonical, derived = names_shown(table, checks)
    selected = ["facts.submission_id", "facts.record_id", "p.number AS pattern"]
    selected += [f"c.{name}" for name in canonical] + [f"facts.{name}" for name in derived]
    joins = ""
    if is_placed(table):
        joins += f" JOIN {table} AS c ON c.submission_id = facts.submission_id AND c.record_id = facts.record_id"
    if hidden:
        selected.append("h.columns AS hidden_columns")
        joins += (
            " LEFT JOIN hidden_cells AS h ON h.submission_id = facts.submission_id AND h.record_id = facts.record_id"
        )
    key = KEYS.get(table)
    hides_key = [names_another(key, hidden)] if key else []
    if table == "credentials":
        selected.append(f"{LEARNER_WORDS} AS learner_words")
        hides_key.append(names_learner(f"c.{key}"))
    # The key is the same in every finding of a record: it is looked at once.
    shown_key = f", CASE WHEN NOT ({' OR '.join(hides_key)}) THEN c.{key} END AS record_key" if key else ""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE failing_records AS SELECT c.*{shown_key} FROM (SELECT {', '.join(selected)}"
        f" FROM {facts} AS facts JOIN {table}_states AS s ON s.rowid = facts.rowid"
        f" JOIN patterns AS p ON p.table_name = '{table}' AND p.submission_id = s.submission_id"
        f" AND p.evidence_form = s.evidence_form AND p.states = s.states {joins}"
        f" WHERE contains(p.states, '{State.FAILED.value}')) AS c"
    )


def _describe(
    connection: duckdb.DuckDBPyConnection, key: CaseKey, keys: Sequence[CaseKey], check: Check, hidden: frozenset[str]
) -> None:
    """Insert the findings of one case."""
    shown = ", ".join(shown_expressions(key.table, check, hidden)) or "NULL"
    place, joins = _place(connection, key.table, check) if is_placed(key.table) else ("'submission'", "")
    connection.execute(
        f"""
        INSERT INTO findings
        SELECT ?, ?, ?, c.submission_id, c.record_id, {"c.record_key" if key.table in KEYS else "NULL"},
            {place}, c.pattern, coalesce(nullif(concat_ws(' · ', {shown}), ''), '{NOT_STATED}')
        FROM failing_records AS c
        SEMI JOIN (SELECT number FROM patterns WHERE table_name = ? AND {first_failure(key, keys)}) AS p
          ON p.number = c.pattern
        {joins}
        """,
        [key.check_id, key.case, key.table, key.table],
    )


def _place(connection: duckdb.DuckDBPyConnection, table: str, check: Check) -> tuple[str, str]:
    """SQL for the place of a record ``c``, its cell or JSON pointer included, and the joins that tell those."""
    columns = origin_columns(table, check)
    listed = ", ".join(f"'{column}'" for column in columns) or "''"
    first = f"arg_min(origin, list_position([{listed}], column_name)) AS origin"
    joins = (
        f"LEFT JOIN (SELECT submission_id, source_file, coalesce(source_sheet, 0) AS source_sheet, {first}"
        f" FROM origins WHERE record_id IS NULL AND column_name IN ({listed}) GROUP BY ALL) AS in_table"
        f" ON in_table.submission_id = c.submission_id AND in_table.source_file = c.source_file"
        f" AND in_table.source_sheet = coalesce(c.source_sheet, 0)"
    )
    origin = "in_table.origin"
    of_records = f"FROM origins WHERE record_id IS NOT NULL AND column_name IN ({listed})"
    if connection.execute(f"SELECT 1 {of_records} LIMIT 1").fetchone():
        joins += (
            f" LEFT JOIN (SELECT submission_id, record_id, {first} {of_records} GROUP BY ALL) AS of_record"
            f" ON of_record.submission_id = c.submission_id AND of_record.record_id = c.record_id"
        )
        origin = "coalesce(of_record.origin, in_table.origin)"  # what is known of one record goes before its table
    place = f"""concat_ws(', ', 'file ' || c.source_file,
        CASE WHEN starts_with(c.source_place, 'sheet ') AND {origin} IS NOT NULL
             THEN c.source_place || ', cell ' || {origin} || regexp_extract(c.source_place, '([0-9]+)$', 1)
             ELSE nullif(c.source_place, '') END,
        CASE WHEN starts_with({origin}, '/') OR starts_with({origin}, 'key ') THEN {origin}
             WHEN NOT starts_with(c.source_place, 'sheet ') THEN 'column ' || {origin} END)"""
    return place, joins
