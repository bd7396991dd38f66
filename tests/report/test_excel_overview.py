"""The workbook of a run sets providers side by side, with the numbers of the result."""

import zipfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import openpyxl
import pytest

from qa_toolkit.messages import Messages
from qa_toolkit.report.excel import write_workbooks
from qa_toolkit.report.findings import Findings
from qa_toolkit.result import AuditResult
from tests.report.build import example_batch_result, example_result, write_example_findings
from tests.report.test_excel import table_rows


def overview(result: AuditResult, folder: Path) -> Any:
    """The workbook of the run, written and read back."""
    write_example_findings(folder / "findings.parquet")
    with Findings.open(folder / "findings.parquet") as found:
        write_workbooks(result, found, folder, Messages())
    return openpyxl.load_workbook(folder / "overview.xlsx")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[AuditResult, Any, Path]:
    """Eight submissions: seven alike, one far below; one of them has an id like a head of a table."""
    batch = example_batch_result()
    good, weak = max(batch.submissions, key=score_of), min(batch.submissions, key=score_of)
    ids = ["failed", *(f"provider-{number}" for number in range(1, 7))]
    alike = [replace(good, submission_id=one) for one in ids]
    result = replace(batch, submissions=(*alike, replace(weak, submission_id="weak")))
    folder = tmp_path_factory.mktemp("run")
    return result, overview(result, folder), folder


def score_of(submission: Any) -> float:
    return float(sum(p.score or 0 for p in submission.before.principles))


def test_every_provider_stands_with_the_scores_of_the_result(run: Any) -> None:
    """Where there is no score there is a word, never a nought."""
    result, book, _ = run

    rows = table_rows(book["Providers"], "Scores")

    for row, submission in zip(rows, result.submissions, strict=True):
        expected = ["not seen" if p.score is None else p.score for p in submission.before.principles]
        assert list(row.values())[5:] == expected


def test_a_score_shows_its_judgement_as_a_word(run: Any) -> None:
    """Colour only repeats it, and the cell stays a number that can be sorted."""
    result, book, _ = run
    sheet = book["Providers"]
    words = {"meets": "meets", "largely_meets": "largely", "partly_meets": "partly", "does_not_meet": "does not"}
    first = sheet[sheet.tables["Scores"].ref][1]

    for cell, principle in zip(first[5:], result.submissions[0].before.principles, strict=True):
        if principle.score is not None:
            word = words.get(principle.band or "", "no band")
            assert cell.data_type == "n"
            assert cell.number_format == f'0.0" {word}"'


def test_the_folder_of_a_provider_opens_its_workbook(run: Any) -> None:
    """A relative link: the audit folder can be moved."""
    _, book, folder = run
    targets = [c.hyperlink.target for row in book["Providers"].iter_rows() for c in row if c.hyperlink]

    assert len(targets) == 8
    assert all((folder / target).is_file() for target in targets)


def test_the_distribution_is_that_of_the_scores(run: Any) -> None:
    """Number scored, lowest, median, highest and the spread between."""
    result, book, _ = run

    for place, row in enumerate(table_rows(book["Distribution"], "Distribution")):
        scores = [
            s.before.principles[place].score for s in result.submissions if s.before.principles[place].score is not None
        ]
        assert row["with a score"] == len(scores)
        if scores:
            assert row["lowest"] == min(scores)
            assert row["median"] == pytest.approx(median(scores))
            assert row["highest"] == max(scores)
            assert row["spread, in points"] == pytest.approx(max(scores) - min(scores))


def test_who_is_far_from_the_others_is_named_with_the_distance(run: Any) -> None:
    """Below or above, in words."""
    _, book, _ = run

    rows = table_rows(book["Far from the others"], "Outliers")

    assert rows
    assert {row["submission"] for row in rows} == {"weak"}
    for row in rows:
        assert row["points from the median"] == pytest.approx(row["score"] - row["median"])
        assert row["where"] == "below the others"


def test_causes_are_all_findings_the_most_first(run: Any) -> None:
    """Counted from the outcomes of the result; the shares add up."""
    result, book, _ = run
    roles = {(c.check_id, case.case): case.role for c in result.checks for case in c.cases}
    total = sum(
        case.failed
        for s in result.submissions
        for outcome in s.checks
        for case in outcome.cases
        if roles[outcome.check_id, case.case] != "informs"
    )

    rows = table_rows(book["Causes"], "Causes")

    numbers = [row["findings"] for row in rows]
    assert sum(numbers) == total
    assert numbers == sorted(numbers, reverse=True)
    assert rows[-1]["share with those above"] == pytest.approx(1)
    assert table_rows(book["Pareto of causes"], "Pareto")[0]["findings"] == numbers[0]


def test_the_pareto_chart_is_bars_and_a_line_with_a_text_alternative(run: Any) -> None:
    """A native chart: it can be edited."""
    _, _, folder = run
    with zipfile.ZipFile(folder / "overview.xlsx") as parts:
        charts = [parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/charts/chart")]
        drawings = "".join(parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/drawings/drawing"))

    assert any("barChart" in one and "lineChart" in one for one in charts)
    assert 'descr="Findings by cause, and their share together: ' in drawings


def test_heads_of_a_table_are_unlike_each_other(run: Any) -> None:
    """Or a spreadsheet calls the file damaged: a submission may be called as a column."""
    _, book, _ = run

    for sheet in book.worksheets:
        for table in sheet.tables.values():
            heads = [cell.value.casefold() for cell in sheet[table.ref][0]]
            assert len(set(heads)) == len(heads), sheet.title
            assert [column.name for column in table.tableColumns] == [c.value for c in sheet[table.ref][0]]


def test_the_index_leads_to_every_other_sheet(run: Any) -> None:
    """In their order."""
    _, book, _ = run

    assert [row["sheet"] for row in table_rows(book["Read me"], "SheetIndex")] == book.sheetnames[1:]


def test_one_submission_is_not_compared_with_itself(tmp_path: Path) -> None:
    """No distribution, nobody far from the others."""
    book = overview(example_result(), tmp_path)

    assert "Providers" in book.sheetnames
    assert not {"Distribution", "Far from the others"} & set(book.sheetnames)
