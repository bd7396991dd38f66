"""The checks as plain Great Expectations: suites that run with the stock pandas engine, without this toolkit.

Whoever does not trust our engine, or has none of it, runs the same expectations on the same facts and compares counts.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from qa_toolkit.catalogue.models import Check
from qa_toolkit.engine.compile import compile_checks
from qa_toolkit.records.facts import FACT_TABLE

RUN_SCRIPT = '''\
"""Run the exported suites with Great Expectations on pandas and print the counts of each case as JSON."""

import json, pathlib, warnings
warnings.simplefilter("ignore")
import duckdb, great_expectations as gx

here, counts = pathlib.Path(__file__).parent, {}
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
for path in sorted(here.glob("*.suite.json")):
    table = path.name.removesuffix(".suite.json")
    facts = here / f"{table}.parquet"
    if not facts.exists():
        continue
    # Yes, no and not known as objects: pandas' own truth values have no third one.
    frame = duckdb.sql(f"SELECT * FROM '{facts}'").df().astype(object)
    frame = frame.where(frame.notna(), None)
    asset = context.data_sources.add_pandas(table).add_dataframe_asset(table)
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": frame})
    suite = gx.ExpectationSuite(**json.loads(path.read_text(encoding="utf-8")))
    for result in batch.validate(suite, result_format="BASIC").results:
        meta, found = result.expectation_config.meta, result.result
        name = ":".join(filter(None, (meta["check_id"], meta["case"])))
        case = counts.setdefault(name, {"looked_at": 0, "failed": 0})
        case["looked_at"] += found["element_count"] - (found.get("missing_count") or 0)
        case["failed"] += found.get("unexpected_count") or 0
print(json.dumps(counts, indent=1, sort_keys=True))
'''

README = """\
The checks of an audit as Great Expectations suites.

*.suite.json   one suite for each table of facts; meta names check and case
*.parquet      the facts: numbers, yes or no, one row a record, no texts of records
run.py         runs the suites with stock Great Expectations on pandas:
               pip install great-expectations duckdb && python run.py

A case counts independently here. In the audit a record counts under the first case of a check that fails.
"""


def export_suites(checks: Sequence[Check], folder: Path, audit_folder: Path | None = None) -> tuple[Path, ...]:
    """Write the suites of the checks, with a script that runs them; with the facts of an audit, if given.

    Returns the files written, sorted.

    Raises:
        OSError: the folder cannot be written.
    """
    # Great Expectations takes three seconds to import: only who exports waits for it.
    from qa_toolkit.engine.counts import to_expectation

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    expectations = compile_checks(checks)
    for table in sorted({expectation.key.table for expectation in expectations}):
        own = [expectation for expectation in expectations if expectation.key.table == table]
        configurations = [to_expectation(one, number).configuration.to_json_dict() for number, one in enumerate(own)]
        for configuration in configurations:
            configuration.pop("id", None)
        suite = {"name": f"{table} checks", "expectations": configurations}
        path = folder / f"{FACT_TABLE[table]}.suite.json"
        path.write_text(json.dumps(suite, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        written.append(path)
        if audit_folder is not None:
            copied = folder / f"{FACT_TABLE[table]}.parquet"
            shutil.copyfile(audit_folder / copied.name, copied)
            written.append(copied)
    for name, text in (("run.py", RUN_SCRIPT), ("README.txt", README)):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        written.append(folder / name)
    return tuple(sorted(written))
