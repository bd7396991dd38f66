"""The workbook says what the result says, recomputes by formula, and holds nothing that runs."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qa_toolkit.auditing import Audit, audit
from qa_toolkit.messages import Messages
from qa_toolkit.report.agency import Agency, contrast
from qa_toolkit.report.excel import write_workbooks
from qa_toolkit.report.findings import Findings
from qa_toolkit.result import AuditResult, MappingUsed
from tests.report.build import example_result, with_text_everywhere, write_example_findings
from tests.submissions import credential, write_submission

AGENCY = Agency("R&D Agency of Exampleland", link="https://agency.example")
HOSTILE = '=HYPERLINK("http://evil.example";"click")'


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    base = tmp_path_factory.mktemp("excel")
    rows = [credential(number) for number in range(1, 8)]  # sevenths: no share ends within six decimals
    rows[1] |= {"quality_assurance": ""}
    rows[2] |= {"ects": "5", "workload_hours": "60"}
    rows[3] |= {"assessment_date": "2026-08-01"}
    rows[4] |= {"title": HOSTILE, "eqf_level": HOSTILE}
    rows[5] |= {"assessment_date": ""}
    folder = write_submission(base / "in", rows, submission_id="one")
    return audit([folder], base / "out", as_of=date(2026, 9, 30))


@pytest.fixture(scope="module")
def book(audited: Audit) -> Any:
    return openpyxl.load_workbook(audited.folder / "one" / "report.xlsx")


def written(result: AuditResult, folder: Path) -> Any:
    """The workbook of the first submission of a result, written and read back."""
    folder.mkdir(parents=True, exist_ok=True)
    write_example_findings(folder / "findings.parquet")
    with Findings.open(folder / "findings.parquet") as found:
        write_workbooks(result, found, folder, Messages(), AGENCY)
    return openpyxl.load_workbook(folder / result.submissions[0].submission_id / "report.xlsx")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[AuditResult, Any]:
    """A result with ways to a next band."""
    result = example_result()
    return result, written(result, tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Any:
    result = example_result()
    mapping = MappingUsed(beside_the_files=True, sha256="5e" * 32, headings=4)
    (one,) = result.submissions
    declared = replace(one.declared, period_start=date(2025, 10, 1))
    changed = replace(result, submissions=(replace(one, mapping=mapping, declared=declared),))
    return written(changed, tmp_path_factory.mktemp("mapped"))


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
    computed = openpyxl.load_workbook(tmp_path / "report.xlsx", data_only=True)

    verdicts = [
        cell.value
        for title in ("How the points came about", "Points of principles")
        for row in computed[title].iter_rows()
        for cell in row
        if cell.value in ("agrees", "differs")
    ]

    assert verdicts.count("differs") == 0
    assert verdicts.count("agrees") >= 54  # 44 criteria, 10 principles, and the heads of both columns


def test_a_text_that_looks_like_a_formula_stays_a_text(book: Any) -> None:
    """Nothing a provider hands in runs in the agency's spreadsheet."""
    live = [
        cell.coordinate
        for sheet in book.worksheets
        if sheet.title not in ("How the points came about", "Points of principles")
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    observed = [row["observed"] for row in table_rows(book["Findings"], "Findings")]

    assert live == []
    assert any("=HYPERLINK" in text for text in observed)


def test_elements_hold_the_counts_of_the_result(audited: Audit, book: Any) -> None:
    """Stated, faulty of these, not stated, could not be checked, does not apply: each a number of its own."""
    tallies = audited.result.submissions[0].elements

    rows = table_rows(book["Elements"], "Elements")

    heads = ("stated", "of these faulty", "not stated", "could not be checked", "does not apply")
    assert [tuple(row[head] for head in heads) for row in rows] == [
        (t.stated, t.faulty, t.missing, t.not_assessed, t.not_applicable) for t in tallies
    ]
    assert any(t.faulty for t in tallies)
    assert all(row["share stated"] == row["stated"] / 7 for row in rows)


def test_the_way_to_the_next_band_runs_as_in_the_result(example: Any) -> None:
    """From the score as handed in, fix by fix, to the score that reaches the band."""
    result, book = example

    rows = table_rows(book["Way to the next band"], "NextBands")

    ways = result.submissions[0].next_bands
    assert ways
    for way in ways:
        title = next(p.title for p in result.framework.principles if p.key == way.principle)
        own = [row for row in rows if row["principle"] == title]
        assert [row["step"] for row in own] == list(range(len(way.fixes) + 1))
        assert [row["check"] for row in own[1:]] == [check_id for check_id, _ in way.fixes]
        assert own[-1]["score of the principle then"] == way.score_after


def test_the_data_log_names_the_mapping_with_its_hash(mapped: Any) -> None:
    """A judgement rests on what a mapping said columns mean."""
    values = {row["fact"]: row["value"] for row in table_rows(mapped["Data log"], "DataLog")}

    assert values["SHA-256 of the mapping"] == "5e" * 32
    assert values["headings it says the meaning of"] == 4
    assert values["period from"] == datetime(2025, 10, 1)


def test_files_hold_hash_and_size(audited: Audit, book: Any) -> None:
    """By number, never by name."""
    (file,) = audited.result.submissions[0].files

    (row,) = table_rows(book["Files"], "Files")

    assert (row["SHA-256"], row["bytes"], row["file"]) == (file.sha256, file.size, "file 1")


def test_links_lead_to_the_first_finding_of_what_they_name(book: Any) -> None:
    """From a criterion, a check or a fix."""
    findings = book["Findings"]
    seen = 0
    for title, place in (("Criteria", 2), ("Checks", 1), ("Fix list", 1)):
        for row in book[title].iter_rows():
            for cell in row:
                if cell.hyperlink:
                    number = int(cell.hyperlink.location.rpartition("!A")[2])
                    column = [findings.cell(at, place).value for at in range(5, findings.max_row + 1)]
                    assert column.index(cell.value) + 5 == number
                    seen += 1
    assert seen > 10


def test_every_sheet_is_finished(book: Any) -> None:
    """Real tables, frozen heads, heads repeated on paper, one page wide, page numbers."""
    for sheet in book.worksheets:
        assert sheet.tables, sheet.title
        assert sheet.sheet_state == "visible"
        assert sheet.print_area
        assert {selection.activeCell for selection in sheet.sheet_view.selection} == {"A1"}
        assert not any(dimension.hidden for dimension in sheet.column_dimensions.values())
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text
        if sheet.title == "Read me":
            assert sheet.sheet_view.tabSelected
        else:
            assert not sheet.sheet_view.tabSelected
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
        if cell.hyperlink and cell.hyperlink.location
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


def test_the_agency_stands_on_the_workbook(example: Any) -> None:
    """On its first sheet with its page, as creator of the document, and on paper, where & would be a command."""
    _, book = example
    sheet = book["Read me"]
    row = next(row for row in table_rows(sheet, "Provenance") if row["fact"] == "agency")

    assert book.properties.creator == row["value"] == "R&D Agency of Exampleland"
    assert sheet["A4"].value == "By R&D Agency of Exampleland"
    assert "https://agency.example" in [cell.hyperlink.target for (cell,) in sheet["B1:B60"] if cell.hyperlink]
    assert sheet.oddHeader.right.text == "R&&D Agency of Exampleland"


def test_no_text_is_paler_than_can_be_read(book: Any) -> None:
    """Contrast of every text to its ground: at least 4.5 to 1 (WCAG 2.2)."""
    pairs = {
        (cell.font.color.rgb[-6:], cell.fill.fgColor.rgb[-6:] if cell.fill.fill_type else "FFFFFF")
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }

    assert len(pairs) > 5
    assert min(contrast(f"#{ink}", f"#{ground}") for ink, ground in pairs) >= 4.5


def test_charts_have_titles_and_text_alternatives(audited: Audit) -> None:
    """A chart says what it shows to whoever cannot see it."""
    with zipfile.ZipFile(audited.folder / "one" / "report.xlsx") as parts:
        names = parts.namelist()
        drawings = [parts.read(n).decode() for n in names if n.startswith("xl/drawings/drawing")]
        charts = [parts.read(n).decode() for n in names if n.startswith("xl/charts/chart")]

    assert len(drawings) == len(charts) == 2
    assert any('descr="Score by principle' in one and "Transparency 9" in one for one in drawings)
    assert any('descr="How the credentials state each element' in one for one in drawings)
    assert all(len(re.findall(r"<title>|<c:title>", one)) == 3 for one in charts)


def test_hostile_and_endless_texts_stay_texts(tmp_path: Path) -> None:
    """Formulas, control characters and 40,000 characters behind every text of a result."""
    hostile = with_text_everywhere(example_result(), "=1+1\x00\x0b<script>&\u202e")
    (one,) = hostile.submissions
    endless = replace(one.declared, provider_name="=" + "x" * 40_000)

    book = written(replace(hostile, submissions=(replace(one, declared=endless),)), tmp_path)

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    assert max(len(cell.value) for cell in cells) == 32_767
    assert any(cell.value.endswith("(cut)") for cell in cells)
    assert not any("\x00" in cell.value or "\x0b" in cell.value for cell in cells)


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    """Both workbooks, whatever the clock says."""
    written(example_result(), tmp_path / "one")
    written(example_result(), tmp_path / "two")

    names = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.xlsx"))
    assert len(names) == 2
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
