"""A finding points at the cell that is at fault, and a date that is none is told as what it is."""

from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from qa_toolkit.auditing import audit
from tests.conftest import AS_OF
from tests.submissions import COLUMNS, credential, write_submission


def places(folder: Path, out: Path, check: str) -> list[tuple[str, str]]:
    """(case, place) of the findings of a check."""
    audit([folder], out, as_of=AS_OF)
    with duckdb.connect() as connection:
        return connection.execute(
            'SELECT "case", place FROM read_parquet(?) WHERE check_id = ? ORDER BY place',
            [str(out / "findings.parquet"), check],
        ).fetchall()


@pytest.mark.parametrize(
    ("changes", "case", "heading"),
    [
        ({"workload_hours": "forty"}, "unreadable", "workload_hours"),
        ({"ects": "five"}, "unreadable", "ects"),
        ({"ects": "five", "workload_hours": "130"}, "unreadable", "ects"),
        ({"workload_hours": "-8"}, "not_positive", "workload_hours"),
        ({"ects": "0"}, "not_positive", "ects"),
        ({"ects": "", "workload_hours": "2 days"}, "other_unit", "workload_hours"),
        ({"ects": "five", "workload_hours": "-8"}, "unreadable", "ects"),
    ],
)
def test_of_several_cells_of_workload_the_one_at_fault_is_named(
    changes: dict[str, str], case: str, heading: str, tmp_path: Path
) -> None:
    """Beside others that are honest."""
    folder = write_submission(tmp_path / "in", [credential(1), credential(2, **changes)])

    assert places(folder, tmp_path / "out", "VAL-05") == [(case, f"file 1, row 3, column {heading}")]


def test_in_a_workbook_it_is_named_by_its_letter(tmp_path: Path) -> None:
    """And each part of a split table has the places of its own records."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Credentials"
    columns = [*COLUMNS, "Hive"]
    rows = [credential(n, Hive=hive, workload_hours=hours) for n, hive, hours in ((1, "N", "x y"), (2, "S", "x z"))]
    for row in (columns, *([row[column] for column in columns] for row in rows)):
        sheet.append(row)
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "a.xlsx")
    letter = openpyxl.utils.get_column_letter(columns.index("workload_hours") + 1)

    audit([tmp_path / "in"], tmp_path / "out", as_of=AS_OF, split_by="Hive")

    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT submission_id, place FROM read_parquet(?) WHERE check_id = 'VAL-05' ORDER BY ALL",
            [str(tmp_path / "out" / "findings.parquet")],
        ).fetchall()
    assert found == [
        ("n", f"file 1, sheet Credentials, row 2, cell {letter}2"),
        ("s", f"file 1, sheet Credentials, row 3, cell {letter}3"),
    ]


@pytest.mark.parametrize(
    ("cell", "case"),
    [
        ("31.02.2025", "unreadable"),
        ("2025-13-01", "unreadable"),
        ("soon after", "unreadable"),
        ("n/a", "missing"),
        ("", "missing"),
    ],
)
def test_a_day_of_issue_that_does_not_exist_is_no_missing_one(cell: str, case: str, tmp_path: Path) -> None:
    """Both cost the same; what to do about them differs."""
    folder = write_submission(tmp_path / "in", [credential(1), credential(2, issued=cell)])

    assert places(folder, tmp_path / "out", "EL-05") == [(case, "file 1, row 3, column issued")]


def test_dates_that_cannot_be_read_are_counted_for_their_column(tmp_path: Path) -> None:
    """A check that needs one of them would be silent: intake is not."""
    rows = [credential(1, assessment_date="31.02.2026"), credential(2, assessment_date="in May"), credential(3)]

    result = audit([write_submission(tmp_path / "in", rows)], tmp_path / "out", as_of=AS_OF).result

    (problem,) = [p for s in result.submissions for p in s.problems if p.what == "Dates could not be read"]
    assert problem.place == "file 1, column Q (assessment_date)"
    assert problem.why.startswith("2 cells")
