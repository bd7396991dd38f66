"""Findings: every record that fails a check, with its place and what was observed, from one scan.

A finding names a record by its place, never by a person; what it may show lies in ``shown.py``.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from qa_toolkit.catalogue.models import Check
from qa_toolkit.engine.predicates import Predicates
from qa_toolkit.engine.shown import KEY, hide_learners, names_another, origin_columns, shown_columns, shown_facts
from qa_toolkit.privacy import names_learner
from qa_toolkit.records.facts import FACT_TABLE, SHOWN_ONLY
from qa_toolkit.result import CaseKey

NOT_STATED = "(not stated)"


def create_findings(
    connection: duckdb.DuckDBPyConnection,
    checks: Sequence[Check],
    cases: Mapping[str, tuple[CaseKey, ...]],
    predicates: Mapping[CaseKey, Predicates],
) -> None:
    """Create the table ``findings``: the first failing case of a check counts, places and values are ready to show."""
    connection.execute(
        'CREATE OR REPLACE TABLE failures (check_id VARCHAR, "case" VARCHAR, table_name VARCHAR,'
        " submission_id VARCHAR, record_id VARCHAR, pattern INTEGER)"
    )
    for table, keys in cases.items():
        if any(key in predicates for key in keys):
            _collect_failures(connection, table, keys, predicates)
    by_id = {check.id: check for check in checks}
    connection.execute(
        'CREATE OR REPLACE TABLE findings (check_id VARCHAR, "case" VARCHAR, table_name VARCHAR,'
        " submission_id VARCHAR, record_id VARCHAR, record_key VARCHAR, place VARCHAR, pattern INTEGER,"
        " observed VARCHAR)"
    )
    failing = connection.execute("SELECT DISTINCT table_name, check_id FROM failures ORDER BY ALL").fetchall()
    hidden = hide_learners(connection, [(table, by_id[check_id]) for table, check_id in failing])
    for table, check_id in failing:
        if table == "credentials":
            _describe_credentials(connection, by_id[check_id], hidden)
        else:
            _describe_submissions(connection, by_id[check_id], table, hidden)


def write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write findings, patterns and facts into the folder: sorted, the same bytes for the same data."""
    natural = "source_file_of(record_id), number_of(record_id), record_id"
    connection.execute(
        "CREATE OR REPLACE MACRO source_file_of(id) AS"
        " coalesce(try_cast(regexp_extract(id, 'f([0-9]+)', 1) AS INT), 0);"
        "CREATE OR REPLACE MACRO number_of(id) AS coalesce(try_cast(regexp_extract(id, '([0-9]+)$', 1) AS INT), 0)"
    )
    orders = {
        "findings": f'submission_id, table_name, check_id, "case", {natural}',
        "patterns": "number",
        "credential_facts": f"submission_id, {natural}",
        "submission_facts": "submission_id",
    }
    threads = connection.execute("SELECT current_setting('threads')").fetchone()
    for table, order in orders.items():
        target = (folder / f"{table}.parquet").as_posix().replace("'", "''")
        # No place and no text of a record leaves with the facts: they are numbers, yes and no.
        left_out = SHOWN_ONLY.get(table)
        columns = f"* EXCLUDE ({', '.join(left_out)})" if left_out else "*"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE ordered AS SELECT {columns} FROM {table} ORDER BY {order}")
        connection.execute("SET threads = 1")  # groups of rows in the file must not depend on the number of processors
        connection.execute(f"COPY ordered TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        connection.execute(f"SET threads = {threads[0] if threads else 1}")
    connection.execute("DROP TABLE ordered")


def _collect_failures(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    keys: Sequence[CaseKey],
    predicates: Mapping[CaseKey, Predicates],
) -> None:
    """One scan of the facts: each record unnests into the numbers of the cases it fails."""
    numbers = []
    for index, key in enumerate(keys):
        if key not in predicates:
            continue
        earlier = [
            f"NOT coalesce(({predicates[other].failed}), FALSE)"
            for other in keys[:index]
            if other.check_id == key.check_id and other in predicates
        ]
        condition = " AND ".join([f"({predicates[key].failed})", *earlier])
        numbers.append(f"CASE WHEN {condition} THEN {index} END")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE failed_cases AS SELECT submission_id, record_id, evidence_form,"
        f" unnest(list_filter([{', '.join(numbers)}], lambda number: number IS NOT NULL)) AS number"
        f" FROM {FACT_TABLE[table]}"
    )
    connection.execute('CREATE OR REPLACE TEMP TABLE case_names (number INTEGER, check_id VARCHAR, "case" VARCHAR)')
    connection.executemany(
        "INSERT INTO case_names VALUES (?, ?, ?)", [[i, key.check_id, key.case] for i, key in enumerate(keys)]
    )
    connection.execute(
        f'INSERT INTO failures SELECT n.check_id, n."case", ?, f.submission_id, f.record_id, p.number'
        f" FROM failed_cases AS f JOIN case_names AS n USING (number)"
        f" JOIN {table}_states AS s USING (submission_id, record_id)"
        f" JOIN patterns AS p ON p.table_name = ? AND p.submission_id = s.submission_id"
        f" AND p.evidence_form = s.evidence_form AND p.states = s.states",
        [table, table],
    )


def _describe_credentials(connection: duckdb.DuckDBPyConnection, check: Check, hidden: frozenset[str]) -> None:
    shown = shown_columns(check, hidden)
    listed = ", ".join(f"'{column}'" for column in origin_columns(check)) or "''"
    origin = "coalesce(of_record.origin, in_table.origin)"  # what is known of one record goes before its table
    connection.execute(
        f"""
        INSERT INTO findings
        WITH failing AS (
            SELECT * FROM failures WHERE table_name = 'credentials' AND check_id = ?
        ), origin_of_record AS (
            SELECT submission_id, record_id, arg_min(origin, list_position([{listed}], column_name)) AS origin
            FROM origins SEMI JOIN failing USING (submission_id, record_id)
            WHERE record_id IS NOT NULL AND column_name IN ({listed})
            GROUP BY ALL
        ), origin_in_table AS (
            SELECT submission_id, source_file, coalesce(source_sheet, 0) AS source_sheet,
                   arg_min(origin, list_position([{listed}], column_name)) AS origin
            FROM origins WHERE record_id IS NULL AND column_name IN ({listed}) GROUP BY ALL
        )
        SELECT f.check_id, f."case", f.table_name, f.submission_id, f.record_id,
            CASE WHEN NOT ({names_another(KEY, hidden)} OR {names_learner("c.credential_id")})
                 THEN c.credential_id END,
            concat_ws(', ', 'file ' || c.source_file,
                CASE WHEN starts_with(c.source_place, 'sheet ') AND {origin} IS NOT NULL
                     THEN c.source_place || ', cell ' || {origin} || regexp_extract(c.source_place, '([0-9]+)$', 1)
                     ELSE nullif(c.source_place, '') END,
                CASE WHEN starts_with({origin}, '/') THEN {origin}
                     WHEN NOT starts_with(c.source_place, 'sheet ') THEN 'column ' || {origin} END),
            f.pattern,
            coalesce(nullif(concat_ws(' · ', {", ".join(shown) or "NULL"}), ''), '{NOT_STATED}')
        FROM failing AS f
        JOIN credentials AS c USING (submission_id, record_id)
        JOIN credential_facts AS facts USING (submission_id, record_id)
        LEFT JOIN learner_words AS w USING (submission_id, record_id)
        {"LEFT JOIN hidden_cells AS h USING (submission_id, record_id)" if hidden else ""}
        LEFT JOIN origin_of_record AS of_record USING (submission_id, record_id)
        LEFT JOIN origin_in_table AS in_table ON in_table.submission_id = c.submission_id
             AND in_table.source_file = c.source_file AND in_table.source_sheet = coalesce(c.source_sheet, 0)
        """,
        [check.id],
    )


def _describe_submissions(
    connection: duckdb.DuckDBPyConnection, check: Check, table: str, hidden: frozenset[str]
) -> None:
    shown = shown_facts(check, table, hidden)
    connection.execute(
        f'INSERT INTO findings SELECT f.check_id, f."case", f.table_name, f.submission_id, f.record_id, NULL,'
        f" 'submission', f.pattern,"
        f" coalesce(nullif(concat_ws(' · ', {', '.join(shown) or 'NULL'}), ''), '{NOT_STATED}')"
        f" FROM failures AS f JOIN {FACT_TABLE[table]} AS facts USING (submission_id, record_id)"
        f" LEFT JOIN hidden_cells AS h USING (submission_id, record_id)"
        f" WHERE f.table_name = ? AND f.check_id = ?",
        [table, check.id],
    )
