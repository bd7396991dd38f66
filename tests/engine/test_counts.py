"""Counting with Great Expectations: its own verdicts, what breaks named by its reason, its registry untouched."""

from collections.abc import Iterator

import duckdb
import great_expectations as gx
import pytest
from great_expectations.expectations.registry import get_expectation_impl

from qa_toolkit.engine.compile import CompiledExpectation, Condition
from qa_toolkit.engine.counts import count_with_great_expectations
from qa_toolkit.engine.predicates import Counted
from qa_toolkit.result import CaseKey


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Five records: hours 10, 20, 30, 40 and not known; the last two of another country."""
    with duckdb.connect() as opened:
        opened.execute("CREATE TABLE facts (hours INTEGER, least INTEGER, country VARCHAR)")
        opened.execute(
            "INSERT INTO facts VALUES (10, 15, 'MT'), (20, 15, 'MT'), (30, NULL, 'MT'), (40, 15, 'IE'),"
            " (NULL, 15, 'IE')"
        )
        yield opened


def expectation(name: str, type_: str, *conditions: Condition, **arguments: object) -> CompiledExpectation:
    return CompiledExpectation(CaseKey(name, "", "credentials"), type_, arguments, conditions, "warning")


AT_LEAST_15 = expectation("column", "expect_column_values_to_be_between", column="hours", min_value=15)
IN_MALTA = expectation(
    "scope", "expect_column_values_to_be_between", Condition("country", "is", "MT"), column="hours", min_value=25
)
PAIR = expectation(
    "pair", "expect_column_pair_values_a_to_be_greater_than_b", column_A="hours", column_B="least",
    ignore_row_if="either_value_is_missing",
)  # fmt: skip
NO_COLUMN = expectation("no column", "expect_column_values_to_be_between", column="minutes", min_value=1)
NO_TYPE = expectation("no type", "expect_column_values_to_be_kind", column="hours")


def test_a_record_without_a_value_is_not_applicable(connection: duckdb.DuckDBPyConnection) -> None:
    run = count_with_great_expectations(connection, "facts", [AT_LEAST_15])
    assert run.counted[AT_LEAST_15.key] == Counted(applicable=4, failed=1)


def test_a_record_outside_the_scope_is_not_applicable(connection: duckdb.DuckDBPyConnection) -> None:
    run = count_with_great_expectations(connection, "facts", [IN_MALTA])
    assert run.counted[IN_MALTA.key] == Counted(applicable=3, failed=2)


def test_a_pair_with_one_side_missing_is_not_applicable(connection: duckdb.DuckDBPyConnection) -> None:
    run = count_with_great_expectations(connection, "facts", [PAIR])
    assert run.counted[PAIR.key] == Counted(applicable=3, failed=1)


def test_two_expectations_of_a_case_are_counted_together(connection: duckdb.DuckDBPyConnection) -> None:
    elsewhere = expectation(
        "scope", "expect_column_values_to_be_between", Condition("country", "is not in", ("MT",)), column="hours",
        min_value=50,
    )  # fmt: skip
    run = count_with_great_expectations(connection, "facts", [IN_MALTA, elsewhere])
    assert run.counted == {IN_MALTA.key: Counted(applicable=4, failed=3)}


def test_the_predicates_pick_the_records_that_were_counted(connection: duckdb.DuckDBPyConnection) -> None:
    predicates = count_with_great_expectations(connection, "facts", [PAIR]).predicates[PAIR.key]
    picked = connection.execute(f"SELECT hours FROM facts WHERE {predicates.failed}").fetchall()
    assert picked == [(10,)]


def test_what_breaks_is_named_with_its_reason_and_stops_nothing_else(connection: duckdb.DuckDBPyConnection) -> None:
    run = count_with_great_expectations(connection, "facts", [NO_COLUMN, AT_LEAST_15, NO_TYPE])
    assert set(run.broken) == {NO_COLUMN.key, NO_TYPE.key}
    assert "minutes" in run.broken[NO_COLUMN.key]
    assert "expect_column_values_to_be_kind" in run.broken[NO_TYPE.key]
    assert run.counted == {AT_LEAST_15.key: Counted(applicable=4, failed=1)}


def test_the_stock_classes_stay_registered(connection: duckdb.DuckDBPyConnection) -> None:
    count_with_great_expectations(connection, "facts", [AT_LEAST_15])
    assert get_expectation_impl(AT_LEAST_15.type) is gx.expectations.ExpectColumnValuesToBeBetween
