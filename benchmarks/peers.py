"""The same expectations on the same facts by other tools.

    python -m benchmarks.peers TOOL AUDIT_FOLDER

TOOL is gx-pandas (COMPLETE with ids), gx-duckdb (our engine: counts, patterns, findings), pointblank or pandera (on
polars).
Each prints seconds, peak memory and the sum of failures as JSON.
"""

import json
import os
import resource
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.engine.compile import CompiledExpectation, compile_checks
from qa_toolkit.resources import shipped_folder


def expectations() -> list[CompiledExpectation]:
    """Every expectation on credentials."""
    checks = tuple(load_catalogue(shipped_folder("checks")).checks.values())
    return [one for one in compile_checks(checks) if one.key.table == "credentials"]


def gx_pandas(facts: Path) -> int:
    """Great Expectations on pandas, every failing row with its id."""
    import great_expectations as gx

    from qa_toolkit.engine.counts import to_expectation

    frame = duckdb.sql(f"SELECT * FROM '{facts}'").df().astype(object)
    frame = frame.where(frame.notna(), None)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
    batch = asset.add_batch_definition_whole_dataframe("b").get_batch(batch_parameters={"dataframe": frame})
    suite = gx.ExpectationSuite("s", [to_expectation(one, number) for number, one in enumerate(expectations())])
    form = {"result_format": "COMPLETE", "unexpected_index_column_names": ["record_id"]}
    return sum(
        result.result.get("unexpected_count") or 0 for result in batch.validate(suite, result_format=form).results
    )


def gx_duckdb(facts: Path) -> int:
    """Our engine on the same facts: counts, patterns and every finding with its record."""
    from qa_toolkit.engine import counts, run
    from qa_toolkit.engine.findings import failing_cases, first_failure

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE credential_facts AS SELECT * FROM '{facts}'")
    one = counts.count_with_great_expectations(connection, "credential_facts", expectations())
    keys = tuple(dict.fromkeys(expectation.key for expectation in expectations()))
    run._create_patterns(connection, {"credentials": keys}, one.predicates)
    for number, key in enumerate(failing_cases(connection, "credentials", keys)):
        connection.execute(
            f"CREATE TABLE failures_{number} AS SELECT s.record_id FROM credentials_states AS s"
            f" WHERE {first_failure(key, keys)}"
        )
    return sum(counted.failed for counted in one.counted.values())


def _in_scope(facts: Path) -> tuple[Any, list[tuple[str, CompiledExpectation]]]:
    """A polars frame with one column per expectation: the value where it is in scope, else null."""
    import polars as pl

    frame = pl.read_parquet(facts)
    columns, named = [], []
    for number, one in enumerate(expectations()):
        scope = pl.lit(value=True)
        for condition in one.conditions:
            fact = pl.col(condition.fact)
            scope = scope & (
                fact == condition.value if condition.operator == "is" else ~fact.is_in(list(condition.value))
            )
        columns.append(pl.when(scope).then(pl.col(one.kwargs["column"])).alias(f"v{number}"))
        named.append((f"v{number}", one))
    return frame.select("record_id", *columns), named


def pointblank(facts: Path) -> int:
    """Pointblank on polars."""
    import pointblank as pb
    import polars as pl

    frame, named = _in_scope(facts)
    validation = pb.Validate(frame)
    for column, one in named:
        if "value_set" in one.kwargs:
            known = pl.col(column).is_not_null()
            validation = validation.col_vals_expr(expr=~known | pl.col(column).is_in(list(one.kwargs["value_set"])))
        else:
            low, high = one.kwargs.get("min_value", -1e18), one.kwargs.get("max_value", 1e18)
            validation = validation.col_vals_between(columns=column, left=low, right=high, na_pass=True)
    done = validation.interrogate(collect_extracts=True)
    return sum(int(number or 0) for number in done.n_failed().values())


def pandera(facts: Path) -> int:
    """pandera on polars, lazily: every failure case."""
    import pandera.polars as pa

    frame, named = _in_scope(facts)
    columns = {}
    for column, one in named:
        if "value_set" in one.kwargs:
            check = pa.Check.isin(list(one.kwargs["value_set"]))
        else:
            low, high = one.kwargs.get("min_value", -1e18), one.kwargs.get("max_value", 1e18)
            check = pa.Check.in_range(low, high)
        columns[column] = pa.Column(checks=check, nullable=True, coerce=False)
    schema = pa.DataFrameSchema(columns)
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return len(errors.failure_cases)
    return 0


TOOLS: dict[str, Callable[[Path], int]] = {
    "gx-pandas": gx_pandas,
    "gx-duckdb": gx_duckdb,
    "pointblank": pointblank,
    "pandera": pandera,
}


def main(tool: str, folder: Path) -> None:
    """Run one tool in this process and print what it took, the import of its library left out."""
    warnings.simplefilter("ignore")
    imports = {"gx-pandas": "great_expectations", "gx-duckdb": "qa_toolkit.engine.counts", "pandera": "pandera.polars"}
    __import__(imports.get(tool, tool))
    start = time.perf_counter()
    failures = TOOLS[tool](folder / "credential_facts.parquet")
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "failures": failures}))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
