"""Counts over the canonical tables that the audit result holds: who handed in what, how each element is stated."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import duckdb

from qa_toolkit.records.tables import ELEMENTS


@dataclass
class ElementCounts:
    """How one element is stated across the records of a submission."""

    stated: int = 0
    missing: int = 0
    not_applicable: int = 0
    not_assessed: int = 0
    strengths: dict[str, int] = field(default_factory=dict)
    causes: dict[str, int] = field(default_factory=dict)


_DOES_NOT_APPLY = {
    "issued": "NOT f.not_draft",
    "participation": "NOT f.learning_activity_expected AND NOT coalesce(f.participation_stated, FALSE)",
    "level": "f.provider_is_not_higher_education AND NOT coalesce(f.level_stated, FALSE)",
}
"""Where an element may lawfully be absent: before sealing, after validation, where no level applies."""


def element_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, ElementCounts]]:
    """submission id -> element -> counts; the four outcomes of an element add up to the submission's credentials."""
    counts: dict[str, dict[str, ElementCounts]] = defaultdict(lambda: {e: ElementCounts() for e in ELEMENTS})
    outcomes = ", ".join(
        f"CASE WHEN {_DOES_NOT_APPLY.get(element, 'FALSE')} THEN 'not_applicable'"
        f" WHEN f.{element}_stated IS NULL THEN 'not_assessed' WHEN f.{element}_stated THEN 'stated' ELSE 'missing' END"
        f" AS {element}_outcome, c.{element}_strength, c.{element}_cause"
        for element in ELEMENTS
    )
    # Records state their elements in few ways: one scan groups them, and each way is counted once for every element.
    ways = connection.execute(
        f"SELECT f.submission_id, count(*), {outcomes}"
        " FROM credential_facts AS f JOIN credentials AS c USING (submission_id, record_id) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for submission_id, number, *way in ways:
        for place, element in enumerate(ELEMENTS):
            outcome, strength, cause = way[3 * place : 3 * place + 3]
            tally = counts[submission_id][element]
            setattr(tally, outcome, getattr(tally, outcome) + number)
            if outcome == "stated" and strength:
                tally.strengths[strength] = tally.strengths.get(strength, 0) + number
            elif outcome in ("missing", "not_assessed") and cause:
                tally.causes[cause] = tally.causes.get(cause, 0) + number
    return counts


def counts_by(connection: duckdb.DuckDBPyConnection, column: str) -> dict[str, dict[str, int]]:
    """submission id -> value of a column of ``credentials`` -> records, by value."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for submission_id, value, number in connection.execute(
        f"SELECT submission_id, {column}, count(*) FROM credentials GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        counts[submission_id][value] = number
    return counts


def rows_of(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, list[dict[str, Any]]]:
    """submission id -> rows of ``submissions`` or ``files`` as mappings, in order of their keys."""
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY ALL")
    names = [column[0] for column in cursor.description]
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in cursor.fetchall():
        rows[row[0]].append(dict(zip(names, row, strict=True)))
    return rows


def finding_counts(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str, str], int]:
    """(submission id, check id, case, table) -> findings."""
    return {
        (submission_id, check_id, case, table): number
        for submission_id, check_id, case, table, number in connection.execute(
            'SELECT submission_id, check_id, "case", table_name, count(*) FROM findings GROUP BY ALL'
        ).fetchall()
    }
