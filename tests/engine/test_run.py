"""Patterns and counts: Great Expectations and the scan agree, and what breaks stays alone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from qa_toolkit.catalogue.models import Case, Check, Expectation, Role, Severity
from qa_toolkit.engine import run as run_module
from qa_toolkit.engine.run import EngineOutcome, run_checks
from qa_toolkit.records.facts import derive_facts
from qa_toolkit.records.store import RecordStore, open_store

BETWEEN = "expect_column_values_to_be_between"
IN_SET = "expect_column_values_to_be_in_set"


def check(check_id: str, *cases: Case, **changes: Any) -> Check:
    values: dict[str, Any] = {
        "title": "complies", "principle": "transparency", "element": "workload", "requires": (), "parameters": {},
        "parameters_by": {}, "shows": ("ects", "workload_hours"), "tolerance": 0.0, "why": "w", "fix": "f",
        "sources": (),
    }  # fmt: skip
    return Check(id=check_id, cases=cases, **(values | changes))


def case(expectation_type: str = IN_SET, key: str = "", applies: str | None = None, **kwargs: Any) -> Case:
    return Case(
        key, "credentials", Role.SCORES, Severity.MAJOR, "fails", applies, Expectation(expectation_type, kwargs)
    )


STATED = check("EL-07", case(column="workload_stated", value_set=[True]))
RATIO = check(
    "SIZ-02",
    case(BETWEEN, column="hours_per_ects", min_value="$low", max_value="$high"),
    requires=("EL-07",),
    parameters={"low": 22.5, "high": 33},
    parameters_by={"country": {"IE": {"low": 18}}},
)


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        opened.append("submissions", [{"submission_id": "s", "hours_basis": "total"}])
        rows = [
            ({"ects": 5, "workload_hours": 130}, "DE"),
            ({"ects": 5, "workload_hours": 60}, "DE"),
            ({"ects": 5, "workload_hours": 95}, "DE"),
            ({"ects": 5, "workload_hours": 95}, "IE"),
            ({"ects": 5}, "DE"),
            ({}, "DE"),
        ]
        opened.append(
            "credentials",
            [
                {
                    "submission_id": "s",
                    "record_id": f"f1-r{number}",
                    "source_file": 1,
                    "source_place": f"row {number}",
                    "evidence_form": "extract",
                    "country": [country],
                    **values,
                    **({"workload_strength": "structured"} if values else {"workload_cause": "empty"}),
                }
                for number, (values, country) in enumerate(rows, 2)
            ],
        )
        derive_facts(opened.connection, date(2026, 9, 30))
        yield opened


def states(store: RecordStore) -> dict[str, str]:
    return dict(store.connection.execute("SELECT record_id, states FROM credentials_states").fetchall())


def test_each_record_has_one_character_per_case(store: RecordStore) -> None:
    """Passed, failed, known too little, out of scope; parameters differ by country."""
    outcome = run_checks(store.connection, [STATED, RATIO])

    assert outcome.broken == ()
    assert states(store) == {
        "f1-r2": "..",
        "f1-r3": ".x",
        "f1-r4": ".x",  # 19 hours a credit: too few in Germany
        "f1-r5": "..",  # enough in Ireland
        "f1-r6": ".?",  # no hours
        "f1-r7": "x-",  # counted under EL-07
    }


def test_patterns_count_records_that_came_out_alike(store: RecordStore) -> None:
    """Everything that scores reads these."""
    outcome = run_checks(store.connection, [STATED, RATIO])

    assert {(p.states, p.records) for p in outcome.patterns} == {("..", 2), (".x", 2), (".?", 1), ("x-", 1)}
    assert [p.number for p in outcome.patterns] == [1, 2, 3, 4]


def broken_ids(outcome: EngineOutcome) -> set[str]:
    return {broken.check_id for broken in outcome.broken}


@pytest.mark.parametrize(
    "bad",
    [
        case(BETWEEN, column="country_key", min_value=1),  # numbers against texts
        case(IN_SET, column="no_such_fact", value_set=[True]),
        case("expect_nothing_of_the_kind", column="ects"),
        case(IN_SET, column="ects"),  # an argument is missing
    ],
    ids=["type mismatch", "unknown column", "unknown expectation", "missing argument"],
)
def test_a_broken_check_stays_alone(bad: Case, store: RecordStore) -> None:
    """It could not be checked anywhere; the others stand."""
    outcome = run_checks(store.connection, [STATED, check("BAD", bad), RATIO])

    assert broken_ids(outcome) == {"BAD"}
    assert {p.states[1] for p in outcome.patterns} == {"?"}
    assert {p.states[::2] for p in outcome.patterns} == {"..", ".x", ".?", "x-"}


def test_a_check_that_disagrees_with_great_expectations_is_broken(
    store: RecordStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scan that counts otherwise than Great Expectations must not be believed."""
    right = run_module.states_expression

    def wrong(keys: Any, predicates: Any) -> str:
        return right(keys, predicates).replace("'x'", "'.'", 1)

    monkeypatch.setattr(run_module, "states_expression", wrong)

    outcome = run_checks(store.connection, [STATED, RATIO])

    assert "EL-07" in broken_ids(outcome)
    assert "Great Expectations counted 1 of 6" in outcome.broken[0].reason


def test_a_table_that_is_not_there_breaks_its_checks_only(store: RecordStore) -> None:
    """Offers are judged when there is a table of offers."""
    offers = check(
        "OFF", Case("", "offers", Role.SCORES, Severity.MAJOR, "f", None, Expectation(IN_SET, {"column": "x"}))
    )

    outcome = run_checks(store.connection, [STATED, offers])

    assert broken_ids(outcome) == {"OFF"}


def test_the_connection_is_still_ours_afterwards(store: RecordStore) -> None:
    """Great Expectations' own pool closes what it was given; that must not be our connection."""
    import gc

    run_checks(store.connection, [STATED])
    gc.collect()

    assert isinstance(store.connection, duckdb.DuckDBPyConnection)
    assert store.connection.execute("SELECT count(*) FROM patterns").fetchone() == (2,)


def test_importing_the_engine_does_not_import_great_expectations() -> None:
    """Three seconds nobody waits for who does not run checks."""
    import subprocess
    import sys

    script = "import sys, qa_toolkit.auditing; print('great_expectations' in sys.modules)"

    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False\n"
    )
