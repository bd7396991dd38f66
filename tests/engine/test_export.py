"""The exported suites run where the toolkit cannot be imported, with the same counts."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from qa_toolkit.auditing import audit
from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.engine.export import RUN_SCRIPT, export_suites
from qa_toolkit.resources import shipped_folder
from tests.submissions import credential, write_submission


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    base = tmp_path_factory.mktemp("export")
    rows = [credential(number) for number in range(1, 7)]
    rows[0] |= {"quality_assurance": ""}
    rows[1] |= {"ects": "5", "workload_hours": "60"}
    rows[2] |= {"assessment_type": "attendance"}
    rows[3] |= {"country": "IE", "workload_hours": "95"}
    rows[4] |= {"issued": "2027-01-01", "assessment_date": "2027-02-01"}
    audit([write_submission(base / "in", rows)], base / "audit", as_of=date(2026, 9, 30))
    catalogue = load_catalogue(shipped_folder("checks"))
    checks = tuple(check for check in catalogue.checks.values() if not check.only_in_schemes)
    export_suites(checks, base / "suites", base / "audit")
    return base / "suites", base / "audit"


def test_stock_great_expectations_counts_the_same_without_the_toolkit(exported: tuple[Path, Path]) -> None:
    """In a process whose import of the toolkit is blocked."""
    suites, audited = exported
    blocked = "import sys; sys.modules['qa_toolkit'] = None; import runpy; runpy.run_path('run.py')"

    ran = subprocess.run([sys.executable, "-c", blocked], cwd=suites, capture_output=True, text=True, check=True)

    theirs = {key: (value["looked_at"], value["failed"]) for key, value in json.loads(ran.stdout).items()}
    assert theirs == counts_of_patterns(audited)
    assert theirs["SIZ-02"] == (6, 1)  # 60 hours; the Irish award is within its country's range
    assert theirs["EL-11"] == (6, 1)


def counts_of_patterns(folder: Path) -> dict[str, tuple[int, int]]:
    """What our engine counted, case by case, from the result's own catalogue and the patterns."""
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    cases: dict[str, list[str]] = {"credentials": [], "offers": [], "providers": [], "submissions": []}
    for check in result["checks"]:
        for case in check["cases"]:
            cases[case["table"]].append(":".join(filter(None, (check["check_id"], case["case"]))))
    known, failed = Counter[str](), Counter[str]()
    rows = duckdb.sql(f"SELECT table_name, states, records FROM '{folder / 'patterns.parquet'}'").fetchall()
    for table, states, records in rows:
        for name, state in zip(cases[table], states, strict=True):
            known[name] += records * (state in ".x")
            failed[name] += records * (state == "x")
    return {name: (known[name], failed[name]) for names in cases.values() for name in names}


def test_the_script_is_short_enough_to_be_read() -> None:
    """Whoever does not trust us reads it first."""
    assert len([line for line in RUN_SCRIPT.splitlines() if line.strip()]) <= 30


def test_the_facts_hold_no_text_of_a_record(exported: tuple[Path, Path]) -> None:
    """Numbers, yes or no, keys, and words of ours for what a register says."""
    suites, _ = exported
    texts = duckdb.sql(
        f"SELECT column_name FROM (DESCRIBE SELECT * FROM '{suites / 'credential_facts.parquet'}')"
        " WHERE column_type = 'VARCHAR'"
    ).fetchall()

    assert {name for (name,) in texts} == {
        *("submission_id", "record_id", "evidence_form", "country_key"),
        *("validity_on_issue_date", "decision_on_issue_date", "awarding_body_in_registers"),
    }
