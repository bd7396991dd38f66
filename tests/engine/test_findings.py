"""A finding names a record by its place and shows what was observed, never the learner."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.engine.findings import write_parquet
from qa_toolkit.engine.run import run_checks
from qa_toolkit.records.facts import derive_facts
from qa_toolkit.records.store import RecordStore, open_store
from tests.engine.test_run import IN_SET, STATED, case, check


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        opened.append("submissions", [{"submission_id": "s", "hours_basis": "total"}])
        yield opened


def findings(store: RecordStore, *checks: Any) -> list[tuple[str, str | None, str, str]]:
    derive_facts(store.connection, date(2026, 9, 30))
    run_checks(store.connection, list(checks))
    return store.connection.execute(
        "SELECT check_id || coalesce(':' || nullif(\"case\", ''), ''), record_key, place, observed"
        " FROM findings ORDER BY ALL"
    ).fetchall()


def record(**values: Any) -> dict[str, Any]:
    return {
        "submission_id": "s",
        "record_id": "f1-r19",
        "source_file": 1,
        "source_place": "row 19",
        "evidence_form": "extract",
        "credential_id": "2026/0413",
        "workload_cause": "empty",
        **values,
    }


def origin(column: str, where: str, **values: Any) -> dict[str, Any]:
    return {"submission_id": "s", "source_file": 1, "column_name": column, "origin": where, **values}


@pytest.mark.parametrize(
    ("source_place", "where", "place"),
    [
        ("sheet Credentials, row 19", "H", "file 1, sheet Credentials, row 19, cell H19"),
        ("row 19", "ects", "file 1, row 19, column ects"),
        ("", "/payload#/credentialSubject", "file 1, /payload#/credentialSubject"),
        ("item 3", "/2/credentialSubject", "file 1, item 3, /2/credentialSubject"),
    ],
)
def test_the_place_is_where_a_person_finds_the_value(
    store: RecordStore, source_place: str, where: str, place: str
) -> None:
    """Cell of a sheet, column of a CSV, JSON pointer."""
    store.append("credentials", [record(source_place=source_place)])
    store.append("origins", [origin("ects", where)])

    assert findings(store, STATED) == [("EL-07", "2026/0413", place, "(not stated)")]


def test_the_origin_of_the_record_wins_over_that_of_the_file(store: RecordStore) -> None:
    """JSON has a pointer for each record."""
    store.append("credentials", [record(source_place="")])
    store.append("origins", [origin("ects", "/any"), origin("ects", "/own", record_id="f1-r19")])

    assert findings(store, STATED)[0][2] == "file 1, /own"


def test_a_record_is_reported_under_the_first_case_that_fails(store: RecordStore) -> None:
    """One fault, one finding."""
    both = check(
        "A",
        case(IN_SET, "worst", column="workload_stated", value_set=[True]),
        case(IN_SET, "less", column="title_stated", value_set=[True]),
    )
    store.append(
        "credentials", [record(), record(record_id="f1-r20", workload_cause=None, workload_strength="structured")]
    )

    assert [row[0] for row in findings(store, both)] == ["A:less", "A:worst"]


HIDING = check("T", case(IN_SET, column="workload_stated", value_set=[True]), shows=("title", "learner_name", "ects"))


def test_columns_of_the_learner_are_hidden(store: RecordStore) -> None:
    """Their kind is told, never their value."""
    store.append("credentials", [record(learner_name="Testa Beispielfrau", ects=5)])

    assert findings(store, HIDING)[0][3] == "learner_name: (hidden) · ects: 5"


@pytest.mark.parametrize(
    "title",
    [
        "Certificate of Beispielfrau",
        "award for BEISPIELFRAU, Testa",
        "number 9000413",
        "testa@mail.example",
        "born 1990-05-17",
    ],
)
def test_a_value_that_names_the_learner_is_hidden(store: RecordStore, title: str) -> None:
    """Names hide in titles, numbers and dates."""
    learner = {
        "learner_name": "Testa Beispielfrau",
        "learner_identifiers": ["number:9000413"],
        "learner_email": "testa@mail.example",
        "learner_birth_date": date(1990, 5, 17),
    }
    store.append("credentials", [record(title=title, title_raw=title, **learner)])

    assert findings(store, HIDING)[0][3].startswith("title: (hidden: names the learner)")


def test_a_certificate_number_that_names_the_learner_is_left_out(store: RecordStore) -> None:
    """The place is enough to find the record."""
    store.append("credentials", [record(credential_id="HB-Beispielfrau-1", learner_name="Testa Beispielfrau")])

    assert findings(store, STATED)[0][1] is None


def test_a_long_value_is_cut_and_lines_are_joined(store: RecordStore) -> None:
    """A finding is a line, not a page."""
    text = "first line\nsecond line " + "x" * 500
    store.append("credentials", [record(title=text, title_raw=text)])

    observed = findings(store, HIDING)[0][3]

    assert observed.startswith("title: first line second line")
    assert observed.endswith("…")
    assert len(observed) == len("title: ") + 200


SLIPPED = {
    "learner_name": "Mária Beispielová Testa",
    "learner_identifiers": ["number:9000413"],
    "learner_email": "m.testa@mail.example",
    "learner_birth_date": date(1990, 5, 17),
}


@pytest.mark.parametrize(
    ("title", "hidden"),
    [
        ("award for BEISPIELOVA, Maria", True),
        ("Maria B. Testa", True),
        ("Testa", True),
        ("student 9000413.0", True),
        ("ask m.testa@mail.example", True),
        ("born 17. 5. 1990", True),
        ("Testa and other grapes", False),
        ("course of 17 May 1990", False),
        ("code 900041", False),
    ],
)
def test_a_value_that_names_the_learner_of_another_record_is_hidden(
    store: RecordStore, title: str, hidden: bool
) -> None:
    """Whole names in any order, numbers, addresses, dates; a single word only where it stands alone."""
    other = record(
        record_id="f1-r20", workload_cause=None, workload_strength="structured", credential_id="2", **SLIPPED
    )
    store.append("credentials", [record(title=title, title_raw=title), other])

    shown = "(hidden: names another learner)" if hidden else title
    assert findings(store, HIDING)[0][3] == f"title: {shown}"


@pytest.mark.parametrize(("awards", "shown"), [(10, "(hidden: names another learner)"), (11, "Testa")])
def test_a_word_that_ten_times_as_many_awards_hold_is_ordinary(store: RecordStore, awards: int, shown: str) -> None:
    """A learner called so must not hide the title of everybody."""
    other = record(record_id="f1-r1", workload_cause=None, workload_strength="structured", **SLIPPED)
    titled = [record(record_id=f"f1-r{20 + number}", title="Testa", title_raw="Testa") for number in range(awards)]
    store.append("credentials", [other, *titled])

    assert {row[3] for row in findings(store, HIDING)} == {f"title: {shown}"}


def test_another_submission_s_learner_hides_nothing(store: RecordStore) -> None:
    """Audited alone and in a batch, a submission says the same."""
    other = record(record_id="f1-r20", **SLIPPED) | {"submission_id": "t"}
    store.append("credentials", [record(title="Testa", title_raw="Testa"), other])

    assert "title: Testa" in {row[3] for row in findings(store, HIDING)}


@pytest.mark.parametrize(("title", "hidden"), [("Quality of care", False), ("Award of Ali", True)])
def test_a_short_word_of_the_own_learner_hides_only_as_a_word(store: RecordStore, title: str, hidden: bool) -> None:
    """'ali' is in 'quality'."""
    store.append("credentials", [record(title=title, title_raw=title, learner_name="Ali Beispiel")])

    assert findings(store, HIDING)[0][3].startswith("title: (hidden: names the learner)") == hidden


def test_findings_of_more_records_than_one_thread_reads_lie_in_the_order_of_the_records(
    store: RecordStore, tmp_path: Path
) -> None:
    """A database hands such tables to several threads, whose rows come back in any order."""
    records = 500_000
    store.append("origins", [origin("ects", "ects")])
    store.connection.execute(
        "INSERT INTO credentials BY NAME SELECT 's' AS submission_id, 'f1-r' || i AS record_id, 1 AS source_file,"
        " 'row ' || i AS source_place, 'extract' AS evidence_form, 'empty' AS workload_cause FROM range(?) AS t(i)",
        [records],
    )
    findings(store, STATED)

    write_parquet(store.connection, tmp_path)

    written = store.connection.execute(
        f"SELECT record_id FROM read_parquet('{(tmp_path / 'findings.parquet').as_posix()}', file_row_number=true)"
        " ORDER BY file_row_number"
    ).fetchall()
    assert [record_id for (record_id,) in written] == [f"f1-r{number}" for number in range(records)]
