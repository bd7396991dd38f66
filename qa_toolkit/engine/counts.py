"""What Great Expectations counts for the expectations of one table, and its conditions as predicates.

Imports Great Expectations: only ``run`` imports this module, when checks run.
"""

import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
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
from great_expectations.validator.validation_graph import ValidationGraph
from great_expectations.validator.validator import Validator

from qa_toolkit.engine.built_once import GraphOnce, build_once
from qa_toolkit.engine.compile import CompiledExpectation, Condition
from qa_toolkit.engine.great_expectations_duckdb import open_datasource, table_batch
from qa_toolkit.engine.predicates import Counted, Predicates
from qa_toolkit.result import CaseKey

VERDICT_ONLY = {"result_format": "BOOLEAN_ONLY"}
"""What is computed: the counts that a verdict needs. Everything above this asks for values of records too."""

COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}
"""What is told: the counts, never a row or a value."""


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
    """The expectation as an object of Great Expectations, as it is exported.

    Raises:
        ValueError: unknown type, or arguments that it does not take.
    """
    meta = {
        "check_id": compiled.key.check_id,
        "case": compiled.key.case,
        "table": compiled.key.table,
        "number": number,
    }
    return ExpectationConfiguration(
        type=compiled.type, kwargs=_arguments(compiled), meta=meta, severity=FailureSeverity(compiled.severity)
    ).to_domain_obj()


def _arguments(compiled: CompiledExpectation) -> dict[str, Any]:
    condition = row_condition(compiled.conditions)
    return {**compiled.kwargs, **({"row_condition": condition} if condition is not None else {})}


def count_with_great_expectations(
    connection: duckdb.DuckDBPyConnection, table: str, expectations: Sequence[CompiledExpectation]
) -> TableRun:
    """Validate the expectations of a table and take their conditions as SQL.

    The same steps as the validator's own, for all expectations at once: each says which metrics its verdict needs, one
    graph computes them, each gives its counts from their values.
    """
    run = TableRun()
    datasource = open_datasource(connection)
    with warnings.catch_warnings(), closing(datasource.get_execution_engine()) as engine:
        warnings.simplefilter("ignore")
        batch = table_batch(datasource, table)
        validator = Validator(execution_engine=engine, batches=[batch])
        validator.metrics_calculator.show_progress_bars = False
        built = {}
        for number, compiled in enumerate(expectations):
            try:
                built[number] = build_once(compiled.type, {**_arguments(compiled), "batch_id": batch.id})
            except Exception as error:  # whatever a check file makes Great Expectations say
                run.broken[compiled.key] = _first_line(error)
        _count(validator, expectations, built, run)
    return run


def _count(
    validator: Validator, expectations: Sequence[CompiledExpectation], built: Mapping[int, Any], run: TableRun
) -> None:
    """Compute the metrics of all expectations and their conditions in one graph: one by one costs ten times as much."""
    engine: Any = validator.execution_engine
    needed: dict[int, Any] = {}
    conditions: dict[int, MetricConfiguration] = {}
    for number, expectation in built.items():
        try:
            # A runtime configuration is changed by whom it is handed to.
            needed[number] = expectation.get_validation_dependencies(engine, {"result_format": dict(VERDICT_ONLY)})
            conditions[number] = _condition_metric(engine, expectation.batch_id, expectations[number])
        except Exception as error:  # whatever a check file makes Great Expectations say
            run.broken[expectations[number].key] = _first_line(error)
    metrics = [metric for one in needed.values() for metric in one.get_metric_configurations()]
    graph = GraphOnce(engine)
    for metric in (*metrics, *conditions.values()):
        graph.build_metric_dependency_graph(metric)
    values, aborted = graph.resolve(show_progress_bars=False)
    applicable: dict[CaseKey, int] = defaultdict(int)
    failed: dict[CaseKey, int] = defaultdict(int)
    parts: dict[CaseKey, list[Predicates]] = defaultdict(list)
    for number, condition in conditions.items():
        key = expectations[number].key
        wanted = {name: metric.id for name, metric in needed[number].metric_configurations.items()}
        if not all(metric in values for metric in (*wanted.values(), condition.id)):
            run.broken[key] = _reason(graph, (*wanted.values(), condition.id), aborted)
            continue
        counts = built[number]._validate(
            metrics={name: values[metric] for name, metric in wanted.items()},
            runtime_configuration={"result_format": dict(COUNTS_ONLY)},
            execution_engine=engine,
        )["result"]
        applicable[key] += counts["element_count"] - (counts.get("missing_count") or 0)
        failed[key] += counts.get("unexpected_count") or 0  # None where no row was in scope
        parts[key].append(_predicates(engine, expectations[number], values[condition.id][0]))
    run.counted = {key: Counted(applicable[key], failed[key]) for key in applicable if key not in run.broken}
    run.predicates = {
        key: Predicates(*(" OR ".join(f"({text})" for text in texts) for texts in zip(*_texts(several), strict=True)))
        for key, several in parts.items()
        if key not in run.broken
    }


def _condition_metric(engine: Any, batch_id: str, compiled: CompiledExpectation) -> MetricConfiguration:
    implementation: Any = get_expectation_impl(compiled.type)
    name = f"{implementation.map_metric}.condition"
    provider: Any = get_metric_provider(name, engine)[0]
    # Our own arguments: a configuration read back from Great Expectations drops values equal to a default.
    arguments = {**compiled.kwargs, "batch_id": batch_id}
    return MetricConfiguration(
        name,
        {key: value for key, value in arguments.items() if key in provider.condition_domain_keys},
        {key: value for key, value in arguments.items() if key in provider.condition_value_keys},
    )


def _predicates(engine: Any, compiled: CompiledExpectation, unexpected: Any) -> Predicates:
    """The condition of a metric holds neither row condition nor ``ignore_row_if``: scope and knowledge join it here."""
    implementation: Any = get_expectation_impl(compiled.type)
    provider: Any = get_metric_provider(f"{implementation.map_metric}.condition", engine)[0]
    condition = row_condition(compiled.conditions)
    scope = sa.true() if condition is None else engine.condition_to_filter_clause(condition)
    columns = [compiled.kwargs[side] for side in ("column_A", "column_B") if side in compiled.kwargs]
    if "column" in compiled.kwargs and getattr(provider, "filter_column_isnull", True):
        columns.append(compiled.kwargs["column"])
    applicable = sa.and_(scope, *(sa.column(column).is_not(None) for column in columns))

    def sql(clause: Any) -> str:
        return str(clause.compile(dialect=engine.engine.dialect, compile_kwargs={"literal_binds": True}))

    return Predicates(sql(scope), sql(applicable), sql(sa.and_(applicable, unexpected)))


def _texts(several: Sequence[Predicates]) -> list[tuple[str, str, str]]:
    return [(one.scope, one.applicable, one.failed) for one in several]


def _reason(graph: ValidationGraph, needed: Sequence[Any], aborted: Mapping[Any, Any]) -> str:
    """The first message of the metrics that an expectation needs, those that they need in turn included."""
    behind: dict[Any, list[Any]] = defaultdict(list)
    for edge in graph.edges:
        if edge.right is not None:
            behind[edge.left.id].append(edge.right.id)
    waiting, seen = list(needed), set()
    while waiting:
        metric = waiting.pop(0)
        if metric in seen:
            continue
        seen.add(metric)
        waiting += behind[metric]
        message = str((aborted.get(metric) or {}).get("exception_info", {}).get("exception_message") or "")
        if message:
            return message.splitlines()[0][:200]
    return "it gave no counts"


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines()
    return (lines[0] if lines else type(error).__name__)[:200]
