"""The workbook says what the result says, recomputes by formula, and holds nothing that runs."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qa_toolkit.auditing import Audit, audit
from tests.submissions import credential, write_submission

HOSTILE = '=HYPERLINK("http://evil.example";"click")'


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    base = tmp_path_factory.mktemp("excel")
    rows = [credential(number) for number in range(1, 9)]
    rows[1] |= {"quality_assurance": ""}
    rows[2] |= {"ects": "5", "workload_hours": "60"}
    rows[3] |= {"assessment_date": "2026-08-01"}
    rows[4] |= {"title": HOSTILE, "eqf_level": HOSTILE}
    folder = write_submission(base / "in", rows, submission_id="one")
    return audit([folder], base / "out", as_of=date(2026, 9, 30))


@pytest.fixture(scope="module")
def book(audited: Audit) -> Any:
    return openpyxl.load_workbook(audited.folder / "one" / "report.xlsx")


def table_rows(sheet: Any, name: str) -> list[dict[str, Any]]:
    """Rows of a table as mappings from head to value."""
    head, *rows = sheet[sheet.tables[name].ref]
    names = [cell.value for cell in head]
    return [dict(zip(names, [cell.value for cell in row], strict=True)) for row in rows]


def test_principles_hold_the_numbers_of_the_result_to_the_last_digit(audited: Audit, book: Any) -> None:
    """Score, range and coverage, unrounded; the number format rounds for the eye."""
    scores = audited.result.submissions[0].before.principles

    rows = table_rows(book["Summary"], "Principles")

    assert [(r["score"], r["at least"], r["at most"], r["coverage"]) for r in rows] == [
        (p.score, p.low, p.high, p.coverage) for p in scores
    ]


def test_criteria_hold_the_numbers_of_the_result(audited: Audit, book: Any) -> None:
    """One row for each of the framework's criteria."""
    scores = audited.result.submissions[0].before.criteria

    rows = table_rows(book["Criteria"], "Criteria")

    assert [(r["criterion"], r["score"], r["coverage"]) for r in rows] == [
        (c.criterion_id, c.score, c.coverage) for c in scores
    ]


def test_every_finding_is_a_row(audited: Audit, book: Any) -> None:
    """Findings and notes together, the costly ones first."""
    submission = audited.result.submissions[0]

    rows = table_rows(book["Findings"], "Findings")

    assert len(rows) == submission.findings + submission.notes
    assert rows[0]["severity"] == "critical"


def test_points_recompute_by_hand(book: Any) -> None:
    """no fault + 3/4 minor + 1/2 major, over the records."""
    for row in table_rows(book["How the points came about"], "PointsOfCriteria"):
        if row["no fault"] is None:
            continue
        points = row["no fault"] + 0.75 * row["minor"] + 0.5 * row["major"]
        records = row["no fault"] + row["minor"] + row["major"] + row["critical"]
        assert row["score of the audit"] == pytest.approx(100 * points / records, abs=1e-6)
        assert str(row["points"]).startswith("=")


def test_formulas_compute_to_the_numbers_of_the_audit(audited: Audit, tmp_path: Path) -> None:
    """A spreadsheet program recalculates every row and finds that it agrees."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    source = audited.folder / "one" / "report.xlsx"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    computed = openpyxl.load_workbook(tmp_path / "report.xlsx", data_only=True)["How the points came about"]

    verdicts = [cell.value for row in computed.iter_rows() for cell in row if cell.value in ("agrees", "differs")]

    assert verdicts.count("differs") == 0
    assert verdicts.count("agrees") >= 54  # 44 criteria, 10 principles, and the heads of both columns


def test_a_text_that_looks_like_a_formula_stays_a_text(book: Any) -> None:
    """Nothing a provider hands in runs in the agency's spreadsheet."""
    live = [
        cell.coordinate
        for sheet in book.worksheets
        if sheet.title != "How the points came about"
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    observed = [row["observed"] for row in table_rows(book["Findings"], "Findings")]

    assert live == []
    assert any("=HYPERLINK" in text for text in observed)


def test_every_sheet_is_finished(book: Any) -> None:
    """Real tables, frozen heads, heads repeated on paper, one page wide, page numbers."""
    for sheet in book.worksheets:
        assert sheet.tables, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text
        if sheet.title != "Read me":
            assert sheet.freeze_panes, sheet.title
            assert sheet.print_title_rows, sheet.title
        assert not sheet.merged_cells.ranges


def test_links_lead_to_sheets_that_exist(book: Any) -> None:
    """Every internal link names a sheet of the workbook."""
    targets = {
        re.match(r"'?([^'!]+)'?!", cell.hyperlink.location).group(1)  # type: ignore[union-attr]
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }

    assert targets
    assert targets <= set(book.sheetnames)


def test_document_properties_are_set_and_fixed(book: Any) -> None:
    """Title, subject, creator and language; the date of the audit, not of the moment."""
    properties = book.properties

    assert properties.creator == "qa-toolkit"
    assert properties.title.startswith("Audit report")
    assert properties.language == "en"
    assert properties.created.date() == properties.modified.date() == date(2026, 9, 30)


def test_the_overview_holds_every_provider_with_the_same_numbers(audited: Audit) -> None:
    """Provider by principle."""
    sheet = openpyxl.load_workbook(audited.folder / "overview.xlsx")["Providers"]

    (row,) = table_rows(sheet, "Scores")

    scores = [p.score for p in audited.result.submissions[0].before.principles]
    assert list(row.values())[3:] == scores
