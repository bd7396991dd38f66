"""Intake beside its floors: tables into records against reading alone.

    python -m benchmarks.intake WHAT FOLDER

WHAT is ``csv-floor`` (DuckDB's own ``read_csv`` of the same file, plus normalising its distinct values),
``xlsx-floor`` (python-calamine alone) or ``intake`` (everything from the files to canonical records). Prints seconds
and peak memory as JSON.
"""

import json
import resource
import sys
import time
from pathlib import Path

import duckdb

from qa_toolkit.intake.read import read_submissions
from qa_toolkit.intake.tables.columns import load_template_columns
from qa_toolkit.intake.tables.normalise import KINDS, Context
from qa_toolkit.intake.words import Words
from qa_toolkit.records.store import open_store
from qa_toolkit.resources import shipped_folder

VOCABULARIES = shipped_folder("checks") / "vocabularies"


def csv_floor(folder: Path) -> None:
    """Read every cell as text, and read each distinct text of the columns that are more than text once."""
    words = Words.load(VOCABULARIES)
    kinds = {column.name: KINDS.get(column.kind) for column in load_template_columns(VOCABULARIES)}
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE raw AS SELECT * FROM read_csv(?, header=true, auto_detect=false, delim=',', quote='\"',"
        " escape='\"', all_varchar=true, columns=" + _columns(folder) + ")",
        [str(folder / "credentials.csv")],
    )
    context = Context(words)
    for name, *_ in connection.execute("DESCRIBE raw").fetchall():
        if kind := kinds.get(name):
            texts = connection.execute(f'SELECT DISTINCT "{name}" FROM raw WHERE "{name}" IS NOT NULL').fetchall()
            for (text,) in texts:
                kind.read(text, context)


def xlsx_floor(folder: Path) -> None:
    """Every cell of the sheet as a Python object."""
    import python_calamine

    path = next(folder.glob("*.xlsx"))
    python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def intake(folder: Path) -> None:
    """Everything ``qa-toolkit inspect`` waits for."""
    with open_store() as store:
        outcome = read_submissions([folder], store, [VOCABULARIES])
        assert outcome.submissions, [problem.what for problem in outcome.run_problems]


def _columns(folder: Path) -> str:
    with (folder / "credentials.csv").open(encoding="utf-8") as file:
        names = file.readline().strip().split(",")
    return "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"


def main(what: str, folder: Path) -> None:
    """Run one of them and print its figures."""
    start, before = time.perf_counter(), time.process_time()
    {"csv-floor": csv_floor, "xlsx-floor": xlsx_floor, "intake": intake}[what](folder)
    figures = {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - before,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
