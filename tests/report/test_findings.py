"""Findings are read a few at a time, in the order in which a reader goes through the file."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from qa_toolkit.report.findings import Findings
from qa_toolkit.result import CaseKey

ROWS = [
    # check, case, table, submission, record
    ("EL-02", "", "credentials", "one", "f1-r10"),
    ("EL-02", "", "credentials", "one", "f10-r1"),
    ("EL-02", "", "credentials", "one", "f1-r9"),
    ("EL-02", "", "credentials", "one", "f2-i3"),
    ("EL-02", "", "credentials", "two", "f1-r2"),
    ("EL-03", "missing", "credentials", "one", "f1-r2"),
    ("EL-03", "unrecognised", "credentials", "one", "f1-r4"),
    ("EL-20", "", "submissions", "one", ""),
]


@pytest.fixture
def findings(tmp_path: Path) -> Iterator[Findings]:
    path = tmp_path / "it's findings.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            'CREATE TABLE findings (check_id VARCHAR, "case" VARCHAR, table_name VARCHAR, submission_id VARCHAR,'
            " record_id VARCHAR, record_key VARCHAR, place VARCHAR, pattern INTEGER, observed VARCHAR)"
        )
        connection.executemany(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, NULL, 'somewhere', 1, '(not stated)')", ROWS
        )
        connection.execute(f"COPY findings TO '{path.as_posix().replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")
    with Findings.open(path) as opened:
        yield opened


def test_the_first_findings_of_a_case_come_in_the_order_of_files_and_rows(findings: Findings) -> None:
    """Row 9 before row 10, file 2 before file 10."""
    first = findings.first("one", "EL-02", "", 10)

    assert [finding.record_id for finding in first] == ["f1-r9", "f1-r10", "f2-i3", "f10-r1"]


def test_no_more_than_the_limit_is_read(findings: Findings) -> None:
    """A report shows ten of a million."""
    assert [finding.record_id for finding in findings.first("one", "EL-02", "", 2)] == ["f1-r9", "f1-r10"]


def test_the_first_of_each_case_come_from_one_scan(findings: Findings) -> None:
    """Every case of the submission with its first findings, as asking one by one would give them."""
    found = findings.first_of_each("one", 2)

    assert {key: [finding.record_id for finding in first] for key, first in found.items()} == {
        CaseKey("EL-02", "", "credentials"): ["f1-r9", "f1-r10"],
        CaseKey("EL-03", "missing", "credentials"): ["f1-r2"],
        CaseKey("EL-03", "unrecognised", "credentials"): ["f1-r4"],
        CaseKey("EL-20", "", "submissions"): [""],
    }
    assert found[CaseKey("EL-02", "", "credentials")] == findings.first("one", "EL-02", "", 2)


def test_counts_are_of_one_submission(findings: Findings) -> None:
    """What another provider has does not count here."""
    assert findings.counts("two") == {CaseKey("EL-02", "", "credentials"): 1}
    assert findings.counts("one")[CaseKey("EL-02", "", "credentials")] == 4


def test_a_submission_without_findings_has_none(findings: Findings) -> None:
    """Nothing found is an empty answer, not an error."""
    assert findings.counts("three") == {}
    assert findings.first_of_each("three", 10) == {}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Rendering a result without its findings says what is missing."""
    with pytest.raises(FileNotFoundError, match=r"findings\.parquet"):
        Findings.open(tmp_path / "findings.parquet")
