"""What Great Expectations counts for the expectations of one table, and its conditions as predicates.

Imports Great Expectations: only ``run`` imports this module, when checks run.
"""

import warnings
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import duckdb
import great_expectations as gx
import sqlalchemy as sa
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.expectations.registry import get_expectation_impl, get_metric_provider
from great_expectations.expectations.row_conditions import Column
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import Validator

from qa_toolkit.engine.compile import CompiledExpectation, Condition
from qa_toolkit.engine.great_expectations_duckdb import open_datasource, table_batch
from qa_toolkit.engine.predicates import Counted, Predicates
from qa_toolkit.result import CaseKey

NO_ROWS = {"result_format": "BASIC", "partial_unexpected_count": 0, "return_unexpected_index_query": False}
"""Counts only: no row lists, no values, ever."""


@dataclass
class TableRun:
    """Counts and predicates of a table's cases; ``broken`` says why a case could not run."""

    version: str = gx.__version__
    counted: dict[CaseKey, Counted] = field(default_factory=dict)
    predicates: dict[CaseKey, Predicates] = field(default_factory=dict)
    broken: dict[CaseKey, str] = field(default_factory=dict)


def row_condition(conditions: Sequence[Condition]) -> Any:
    """Great Expectations' own object for conditions that must all hold; None where there are none."""
    combined: Any = None
    for condition in conditions:
        column = Column(condition.fact)
        one = column == condition.value if condition.operator == "is" else column.is_not_in(list(condition.value))
        combined = one if combined is None else combined & one
    return combined


def to_expectation(compiled: CompiledExpectation, number: int) -> Any:
    """The expectation as an object of Great Expectations.

    Raises:
        ValueError: unknown type, or arguments that it does not take.
    """
    condition = row_condition(compiled.conditions)
    meta = {
        "check_id": compiled.key.check_id,
        "case": compiled.key.case,
        "table": compiled.key.table,
        "number": number,
    }
    return ExpectationConfiguration(
        type=compiled.type,
        kwargs={**compiled.kwargs, **({"row_condition": condition} if condition is not None else {})},
        meta=meta,
        severity=FailureSeverity(compiled.severity),
    ).to_domain_obj()


def count_with_great_expectations(
    connection: duckdb.DuckDBPyConnection, table: str, expectations: Sequence[CompiledExpectation]
) -> TableRun:
    """Validate the expectations of a table and take their conditions as SQL."""
    run = TableRun()
    datasource = open_datasource(connection)
    with warnings.catch_warnings(), closing(datasource.get_execution_engine()) as engine:
        warnings.simplefilter("ignore")
        batch = table_batch(datasource, table)
        objects = {}
        for number, compiled in enumerate(expectations):
            try:
                objects[number] = to_expectation(compiled, number)
            except Exception as error:  # whatever a check file makes Great Expectations say
                run.broken[compiled.key] = _first_line(error)
        _count(batch, expectations, objects, run)
        _conditions(engine, batch, expectations, run)
    return run


def _count(batch: Any, expectations: Sequence[CompiledExpectation], objects: dict[int, Any], run: TableRun) -> None:
    suite = gx.ExpectationSuite(name="checks", expectations=list(objects.values()))
    applicable: dict[CaseKey, int] = defaultdict(int)
    failed: dict[CaseKey, int] = defaultdict(int)
    for result in batch.validate(suite, result_format=NO_ROWS).results:  # not in suite order
        key = expectations[result.expectation_config.meta["number"]].key
        counts = result.result
        if "element_count" not in counts:
            run.broken[key] = _reason(result.exception_info)
            continue
        applicable[key] += counts["element_count"] - (counts.get("missing_count") or 0)
        failed[key] += counts.get("unexpected_count") or 0  # None where no row was in scope
    run.counted = {key: Counted(applicable[key], failed[key]) for key in applicable if key not in run.broken}


def _conditions(engine: Any, batch: Any, expectations: Sequence[CompiledExpectation], run: TableRun) -> None:
    """The condition of a metric holds neither row condition nor ``ignore_row_if``: scope and knowledge join it here."""
    validator = Validator(execution_engine=engine, batches=[batch])
    validator.metrics_calculator.show_progress_bars = False
    metrics: dict[int, MetricConfiguration] = {}
    scopes: dict[int, Any] = {}
    known: dict[int, Any] = {}
    for number, compiled in enumerate(expectations):
        if compiled.key in run.broken:
            continue
        implementation: Any = get_expectation_impl(compiled.type)
        name = f"{implementation.map_metric}.condition"
        provider: Any = get_metric_provider(name, engine)[0]
        # Our own arguments: a configuration read back from Great Expectations drops values equal to a default.
        arguments = {**compiled.kwargs, "batch_id": batch.id}
        metrics[number] = MetricConfiguration(
            name,
            {key: value for key, value in arguments.items() if key in provider.condition_domain_keys},
            {key: value for key, value in arguments.items() if key in provider.condition_value_keys},
        )
        condition = row_condition(compiled.conditions)
        scopes[number] = sa.true() if condition is None else engine.condition_to_filter_clause(condition)
        columns = [compiled.kwargs[side] for side in ("column_A", "column_B") if side in compiled.kwargs]
        if "column" in compiled.kwargs and getattr(provider, "filter_column_isnull", True):
            columns.append(compiled.kwargs["column"])
        known[number] = sa.and_(sa.true(), *(sa.column(column).is_not(None) for column in columns))
    # One graph for all: one by one costs ten times as much.
    computed, _ = validator.metrics_calculator.compute_metrics(metric_configurations=list(metrics.values()))

    def sql(clause: Any) -> str:
        return str(clause.compile(dialect=engine.engine.dialect, compile_kwargs={"literal_binds": True}))

    parts: dict[CaseKey, list[Predicates]] = defaultdict(list)
    for number, metric in metrics.items():
        scope = scopes[number]
        applicable = sa.and_(scope, known[number])
        failed = sa.and_(applicable, computed[metric.id][0])
        parts[expectations[number].key].append(Predicates(sql(scope), sql(applicable), sql(failed)))
    run.predicates = {
        key: Predicates(*(" OR ".join(f"({text})" for text in texts) for texts in zip(*_texts(several), strict=True)))
        for key, several in parts.items()
    }


def _texts(several: Sequence[Predicates]) -> list[tuple[str, str, str]]:
    return [(one.scope, one.applicable, one.failed) for one in several]


def _reason(exception_info: Any) -> str:
    """The first message of either shape that ``exception_info`` takes."""
    info = exception_info or {}
    shapes = [info] if "exception_message" in info else [value for value in info.values() if isinstance(value, dict)]
    messages = [str(shape.get("exception_message") or "") for shape in shapes]
    return next((message.splitlines()[0][:200] for message in messages if message), "it gave no counts")


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines()
    return (lines[0] if lines else type(error).__name__)[:200]
