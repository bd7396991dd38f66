"""Run checks over the facts of all submissions at once: counts by Great Expectations, patterns from one scan.

Great Expectations counts; the same conditions, taken from its own metrics, sort every record into a pattern. The two
must agree case by case: a check that disagrees or could not run is broken, could not be checked anywhere, and never
enters the combined statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from qa_toolkit.catalogue.models import Check
from qa_toolkit.engine.compile import compile_checks
from qa_toolkit.engine.findings import create_findings
from qa_toolkit.engine.predicates import Counted, Predicates
from qa_toolkit.records.facts import FACT_TABLE
from qa_toolkit.result import BrokenCheck, CaseKey, Pattern, State


@dataclass(frozen=True)
class EngineOutcome:
    """What a run of checks leaves: the patterns of all submissions, and what broke."""

    cases: Mapping[str, tuple[CaseKey, ...]]
    """Table -> its cases, in the order of the characters of ``Pattern.states``."""
    patterns: tuple[Pattern, ...]
    broken: tuple[BrokenCheck, ...]
    great_expectations_version: str


def run_checks(
    connection: duckdb.DuckDBPyConnection, checks: Sequence[Check], left_out: frozenset[str] = frozenset()
) -> EngineOutcome:
    """Run the checks over the facts in the connection and leave the tables ``patterns`` and ``findings`` there.

    ``left_out`` names checks that this run does not ask for: they are not run, and every record reads UNKNOWN there.
    """
    # Great Expectations takes three seconds to import: only who runs checks waits for it.
    from qa_toolkit.engine.counts import count_with_great_expectations

    expectations = compile_checks(checks)
    tables = sorted({expectation.key.table for expectation in expectations})
    cases = {table: tuple(dict.fromkeys(e.key for e in expectations if e.key.table == table)) for table in tables}
    broken: dict[CaseKey, str] = {}
    predicates: dict[CaseKey, Predicates] = {}
    counted: dict[CaseKey, Counted] = {}
    known = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    version = ""
    for table in tables:
        if FACT_TABLE.get(table) not in known:
            broken |= dict.fromkeys(cases[table], f"there is no table of {table}")
            continue
        wanted = [e for e in expectations if e.key.table == table and e.key.check_id not in left_out]
        if not wanted:
            continue
        run = count_with_great_expectations(connection, FACT_TABLE[table], wanted)
        version = run.version
        broken |= run.broken
        predicates |= run.predicates
        counted |= run.counted
    _create_patterns(connection, cases, predicates)
    disagreeing = _disagreements(connection, cases, predicates, counted)
    if disagreeing:
        broken |= disagreeing
        predicates = {key: value for key, value in predicates.items() if key not in disagreeing}
        _create_patterns(connection, cases, predicates)
    create_findings(connection, checks, cases)
    return EngineOutcome(
        cases=cases,
        patterns=_read_patterns(connection),
        broken=tuple(BrokenCheck(key.check_id, key.case, key.table, broken[key]) for key in sorted(broken)),
        great_expectations_version=version,
    )


def _create_patterns(
    connection: duckdb.DuckDBPyConnection,
    cases: Mapping[str, tuple[CaseKey, ...]],
    predicates: Mapping[CaseKey, Predicates],
) -> None:
    connection.execute(
        "CREATE OR REPLACE TABLE patterns"
        " (number INTEGER, submission_id VARCHAR, table_name VARCHAR, evidence_form VARCHAR, states VARCHAR,"
        " records BIGINT)"
    )
    known = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for table, keys in cases.items():
        if FACT_TABLE.get(table) not in known:
            continue
        connection.execute(
            f"CREATE OR REPLACE TABLE {table}_states AS SELECT submission_id, record_id, evidence_form,"
            f" {states_expression(keys, predicates)} AS states FROM {FACT_TABLE[table]}"
        )
        connection.execute(
            f"INSERT INTO patterns SELECT (SELECT count(*) FROM patterns)"
            f" + row_number() OVER (ORDER BY submission_id, evidence_form, states), submission_id, ?, evidence_form,"
            f" states, count(*) FROM {table}_states GROUP BY submission_id, evidence_form, states",
            [table],
        )


def states_expression(keys: Sequence[CaseKey], predicates: Mapping[CaseKey, Predicates]) -> str:
    """One character per case: the pattern of a record, as SQL."""
    characters = []
    for key in keys:
        p = predicates.get(key)
        characters.append(
            f"'{State.UNKNOWN.value}'"
            if p is None
            else f"CASE WHEN {p.failed} THEN '{State.FAILED.value}' WHEN {p.applicable} THEN '{State.PASSED.value}'"
            f" WHEN {p.scope} THEN '{State.UNKNOWN.value}' ELSE '{State.OUT_OF_SCOPE.value}' END"
        )
    return f"concat({', '.join(characters)})"


def _disagreements(
    connection: duckdb.DuckDBPyConnection,
    cases: Mapping[str, tuple[CaseKey, ...]],
    predicates: Mapping[CaseKey, Predicates],
    counted: Mapping[CaseKey, Counted],
) -> dict[CaseKey, str]:
    applicable: dict[CaseKey, int] = dict.fromkeys(predicates, 0)
    failed: dict[CaseKey, int] = dict.fromkeys(predicates, 0)
    for pattern in _read_patterns(connection):
        for key, state in zip(cases[pattern.table], pattern.states, strict=True):
            if key in predicates:
                applicable[key] += pattern.records * (state in (State.PASSED, State.FAILED))
                failed[key] += pattern.records * (state == State.FAILED)
    return {
        key: f"Great Expectations counted {counts.failed} of {counts.applicable},"
        f" the scan {failed[key]} of {applicable[key]}"
        for key, counts in counted.items()
        if (applicable[key], failed[key]) != (counts.applicable, counts.failed)
    }


def _read_patterns(connection: duckdb.DuckDBPyConnection) -> tuple[Pattern, ...]:
    rows = connection.execute("SELECT * FROM patterns ORDER BY number").fetchall()
    return tuple(Pattern(*row) for row in rows)
