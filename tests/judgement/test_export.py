"""The workbook that goes out: everything that waits for people, and nothing of a learner."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.judgement.columns import FIRST_ROW, HEAD_ROW, KEY_ROW, SHEETS
from qa_toolkit.report.result_json import read_result
from tests.judgement.audits import SUBMISSION, reviewed_audit


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reviewed_audit(tmp_path_factory.mktemp("export"))


@pytest.fixture(scope="module")
def book(audited: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(exported(audited))


def exported(audited: Path, *more: str) -> Path:
    ran = CliRunner().invoke(app, ["review", "export", str(audited), "-o", str(audited.parent), "--force", *more])
    assert ran.exit_code == 0, ran.stderr
    return audited.parent / f"review-{SUBMISSION}.xlsx"


def ids(sheet: Worksheet) -> list[object]:
    return [sheet.cell(row, 1).value for row in range(FIRST_ROW, sheet.max_row + 1)]


def test_every_open_question_goes_out_with_its_guidance(audited: Path, book: openpyxl.Workbook) -> None:
    """In the order of the framework, with what good evidence looks like and what is not enough."""
    questions = read_result(audited).questions
    sheet = book["Questions"]

    assert ids(sheet) == [question.question_id for question in questions]
    assert len(questions) == 27
    assert [sheet.cell(FIRST_ROW, column).value for column in (4, 5)] == [
        questions[0].good_evidence,
        questions[0].not_enough,
    ]


def test_checks_that_failed_or_ask_go_out_and_no_others(audited: Path, book: openpyxl.Workbook) -> None:
    """With the status by the data, counts and the first place."""
    result = read_result(audited)
    informing = {c.check_id for c in result.checks if all(case.role == "informs" for case in c.cases)}
    open_ones = [o.check_id for o in result.submissions[0].checks if o.status.value in ("fail", "review")]
    expected = [check_id for check_id in open_ones if check_id not in informing]
    sheet = book["Checks"]
    row = ids(sheet).index("EL-06") + FIRST_ROW

    assert ids(sheet) == expected
    assert [sheet.cell(row, column).value for column in (4, 5, 6)] == [
        "not met",
        "1 of 12",
        "file 1, row 2, column learning_outcomes",
    ]


def test_a_knock_out_criterion_that_is_proposed_waits_for_a_reviewer(book: openpyxl.Workbook) -> None:
    """It rests on a single record."""
    sheet = book["Knock-out criteria"]

    assert ids(sheet) == ["eu-2022/learning_outcomes"]
    assert sheet.cell(FIRST_ROW, 5).value == "proposed: waits for a reviewer"


def test_the_sample_says_how_it_was_drawn(book: openpyxl.Workbook) -> None:
    """Eight of twelve, by place, with seed, confidence and margin."""
    sheet, told = book["Credentials to read"], [row[0].value for row in book["Read me"]["A1:A20"]]

    assert len(ids(sheet)) == 9
    assert all(str(sheet.cell(row, 2).value).startswith("file 1, row ") for row in range(FIRST_ROW, FIRST_ROW + 9))
    assert any("confidence 90.0 %, margin 15.0 %, seed" in str(line) for line in told)


def test_answers_can_be_typed_and_nothing_else(book: openpyxl.Workbook) -> None:
    """Keys, ids and guidance are locked; every answer has a list of words to pick from."""
    for spec in SHEETS:
        sheet = next(
            one for one in book.worksheets if one.cell(KEY_ROW, len(spec.columns) + 1).value == f"qa-toolkit:{spec.key}"
        )
        assert sheet.protection.sheet
        for place, column in enumerate((*spec.columns, None), 1):
            ours = column is None or column.side.value == "ours"
            assert sheet.cell(FIRST_ROW, place).protection.locked is ours, (spec.key, column)
        listed = {str(cell) for one in sheet.data_validations.dataValidation for cell in one.sqref.ranges}
        assert bool(listed) == any(column.kind.value == "choice" for column in spec.columns)


def test_a_check_that_failed_cannot_be_partly_met(book: openpyxl.Workbook) -> None:
    """That is said record by record, in a waiver."""
    sheet = book["Checks"]
    row = ids(sheet).index("EL-06") + FIRST_ROW
    column = [cell.value for cell in sheet[HEAD_ROW]].index("Reviewer: answer") + 1
    cell = sheet.cell(row, column).coordinate

    (words,) = [one.formula1 for one in sheet.data_validations.dataValidation if cell in one.sqref]

    assert words == '"yes,no,not yet,does not apply,don\'t know"'


def test_the_same_audit_gives_the_same_bytes(audited: Path) -> None:
    """And another seed another sample."""
    one, other = exported(audited).read_bytes(), exported(audited).read_bytes()
    seeded = exported(audited, "--seed", "1").read_bytes()

    assert one == other
    assert one != seeded


def test_no_learner_is_in_the_workbook(audited: Path) -> None:
    """Packed XML included."""
    with zipfile.ZipFile(exported(audited)) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())

    assert b"Beispielfrau" not in content
    assert b"1990-05-17" not in content


def test_a_workbook_that_is_there_is_not_written_over(audited: Path, tmp_path: Path) -> None:
    """Somebody may have filled it."""
    command = ["review", "export", str(audited), "-o", str(tmp_path)]
    first, second = (CliRunner().invoke(app, command) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 2)
    assert "There is a file of this name already" in second.stderr


def test_wrong_wishes_are_told_all_at_once(audited: Path) -> None:
    """A submission that is not there, a share that is none."""
    ran = CliRunner().invoke(
        app, ["review", "export", str(audited), "--submission", "hochschul", "--confidence", "90", "--margin", "0"]
    )

    assert ran.exit_code == 2
    assert ran.stderr.count("error: ") == 3
    assert f"Did you mean '{SUBMISSION}'?" in ran.stderr
