"""The floor: the same predicates written by hand in SQL, straight on the CSV. Nothing general could be faster.

    python -m benchmarks.floor FOLDER

Prints seconds and peak memory as JSON, and the counts, which must be those of the toolkit.
"""

import json
import resource
import sys
import time
from pathlib import Path

import duckdb

_STATED = {
    "EL-02": "title", "EL-03:missing": "country", "EL-04": "awarding_body", "EL-05": "issued",
    "EL-06": "learning_outcomes", "EL-07": "coalesce(ects, workload_hours)", "EL-08:higher_education": "eqf_level",
    "EL-09": "assessment_type", "EL-10": "participation", "EL-11": "quality_assurance", "EL-12": "prerequisites",
    "EL-14": "grade", "EL-01": "learner_name", "VAL-16:missing": "credential_id",
}  # fmt: skip
FAILS = {
    **{check: f"{column} IS NULL" for check, column in _STATED.items()},
    "EL-13": "TRUE", "EL-15": "TRUE", "EL-16": "TRUE",
    "VAL-01:not_a_number": "eqf_level <> floor(eqf_level)",
    "VAL-01:out_of_range": "eqf_level NOT BETWEEN 1 AND 8",
    "VAL-02": "eqf_level <> CASE cycle WHEN 'short' THEN 5 WHEN 'first' THEN 6 WHEN 'second' THEN 7 END",
    "VAL-05:not_positive": "least(ects, workload_hours) <= 0",
    "VAL-06:too_long": "workload_hours > 1800",
    "SIZ-02": "ects > 0 AND workload_hours > 0 AND workload_hours / ects NOT BETWEEN 22.5 AND 33",
    "ASM-01:attendance_phrase": "assessment_type = 'attendance'",
    "ASM-08": "assessment_type IS NOT NULL AND issued < assessment_date",
    "AUT-04": "issued > DATE '2026-10-01'",
    "POR-03": "copies > 1",
}  # fmt: skip


def main(folder: Path) -> None:
    """Read, count, list every failing row."""
    connection = duckdb.connect()
    start = time.perf_counter()
    connection.execute(
        "CREATE TABLE c AS SELECT *, count(*) OVER (PARTITION BY credential_id) AS copies FROM read_csv(?, types="
        "{'issued': 'DATE', 'assessment_date': 'DATE', 'ects': 'DOUBLE', 'workload_hours': 'DOUBLE',"
        " 'eqf_level': 'DOUBLE', 'learner_number': 'VARCHAR', 'grade': 'VARCHAR'})",
        [str(folder / "credentials.csv")],
    )
    read = time.perf_counter()
    counted = ", ".join(f"count(*) FILTER (WHERE {sql})" for sql in FAILS.values())
    counts = connection.execute(f"SELECT {counted} FROM c").fetchone()
    counting = time.perf_counter()
    cases = ", ".join(f"CASE WHEN {sql} THEN {number} END" for number, sql in enumerate(FAILS.values()))
    connection.execute(
        f"CREATE TABLE f AS SELECT credential_id, unnest(list_filter([{cases}], lambda n: n IS NOT NULL)) AS n FROM c"
    )
    listing = time.perf_counter()
    result = {
        "read": read - start,
        "counts": counting - read,
        "findings": listing - counting,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "failed": dict(zip(FAILS, counts or (), strict=True)),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
