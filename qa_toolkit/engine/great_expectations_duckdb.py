"""Great Expectations' SQL engine on a DuckDB connection that we own.

Great Expectations has no DuckDB engine; this one is small enough to throw away when it gets its own. The module takes
three seconds to import: only ``run`` does so, when checks run. It must not run as ``__main__``.
"""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Literal

import duckdb
import great_expectations as gx
import sqlalchemy as sa
from duckdb_engine import ConnectionWrapper
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.metrics.map_metric_provider import (  # type: ignore[attr-defined]
    ColumnMapMetricProvider,
    column_condition_partial,
)
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.expectations.metrics.table_metrics.table_column_types import ColumnTypes
from sqlalchemy.pool import StaticPool


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Keeps one connection open: the stock engine closes it before DuckDB's rows are fetched."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.columns_of_batch: dict[str | None, Any] = {}

    def close(self) -> None:
        """Give the connection back now: left to the garbage collector, it may outlive its database, and complains."""
        if self._connection:
            self._connection.close()
            self._connection = None
        self.engine.dispose()

    @contextmanager
    def get_connection(self) -> Iterator[sa.Connection]:
        """The one connection; rolled back after an error, or every later check would fail with it."""
        if not self._connection:
            self._connection = self.engine.connect()
        try:
            yield self._connection
        except Exception:
            self._connection.rollback()
            raise


class DuckDBDatasource(SQLDatasource):
    """Registers ``add_duckdb`` on a context's data sources."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]

    @property
    def execution_engine_type(self) -> Any:
        """The engine above."""
        return DuckDBExecutionEngine


class ColumnTypesOnce(TableMetricProvider):
    """The columns of a table, asked for once: stock Great Expectations asks again for every row condition."""

    metric_name = "table.column_types"
    value_keys = ("include_nested",)
    default_kwarg_values: ClassVar[dict[str, Any]] = {"include_nested": True}  # type: ignore[misc]

    @metric_value(engine=DuckDBExecutionEngine)
    def _sqlalchemy(cls, execution_engine: DuckDBExecutionEngine, metric_domain_kwargs: Any, **others: Any) -> Any:  # noqa: N805
        stock: Any = ColumnTypes
        batch_id = metric_domain_kwargs.get("batch_id")
        if batch_id not in execution_engine.columns_of_batch:
            execution_engine.columns_of_batch[batch_id] = stock._sqlalchemy(
                stock, execution_engine=execution_engine, metric_domain_kwargs=metric_domain_kwargs, **others
            )
        return execution_engine.columns_of_batch[batch_id]


class MatchRegex(ColumnMapMetricProvider):
    """Great Expectations means *search*; DuckDB's ``~`` is a full match, so ``regexp_matches``."""

    condition_metric_name = "column_values.match_regex"
    condition_value_keys = ("regex",)

    @column_condition_partial(engine=DuckDBExecutionEngine)
    def _sqlalchemy(cls, column: Any, regex: str, _dialect: Any, **_: Any) -> Any:  # noqa: N805
        return sa.func.regexp_matches(sa.cast(column, sa.String), sa.literal(regex))


class NotMatchRegex(ColumnMapMetricProvider):
    """The opposite."""

    condition_metric_name = "column_values.not_match_regex"
    condition_value_keys = ("regex",)

    @column_condition_partial(engine=DuckDBExecutionEngine)
    def _sqlalchemy(cls, column: Any, regex: str, _dialect: Any, **_: Any) -> Any:  # noqa: N805
        return sa.not_(sa.func.regexp_matches(sa.cast(column, sa.String), sa.literal(regex)))


def open_datasource(connection: duckdb.DuckDBPyConnection) -> DuckDBDatasource:
    """A data source on our own database, in an ephemeral context: no stores, no files, no progress bars.

    It gets a cursor of its own, because SQLAlchemy closes what it was given whenever its pool is collected.
    """
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Without a configuration of its own the context would make temporary folders for pages nobody builds.
        stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
        context = gx.get_context(mode="ephemeral", project_config=DataContextConfig(store_backend_defaults=stores))
        context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
        datasource: DuckDBDatasource = context.data_sources.add_duckdb(
            "records",
            connection_string="duckdb:///:memory:",
            kwargs={"poolclass": StaticPool, "creator": lambda: ConnectionWrapper(connection.cursor())},
        )
    return datasource


def table_batch(datasource: DuckDBDatasource, table: str) -> Batch:
    """The whole of a table as a batch."""
    return datasource.add_table_asset(table, table_name=table).add_batch_definition_whole_table("all").get_batch()
