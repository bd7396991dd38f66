"""The workbook that comes back: what keeps its meaning is taken, what does not is refused by sheet and cell."""

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.decisions import Answer, AuditState, ConclusionKind, Method
from qa_toolkit.judgement.columns import HIDDEN_SHEET, KEY_ROW
from qa_toolkit.judgement.judgements import Judgements, JudgementsError
from qa_toolkit.judgement.judgements_file import read_judgements, to_yaml
from tests.judgement.audits import SUBMISSION, reviewed_audit
from tests.judgement.filled import JUDGE, SECOND, cell_of, exported, fill, imported, judged, sheet_of

Change = Callable[[Workbook], None]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reviewed_audit(tmp_path_factory.mktemp("import"))


@pytest.fixture(scope="module")
def blank(audited: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook as it went out."""
    return exported(audited, tmp_path_factory.mktemp("blank"))


def changed(blank: Path, to: Path, *changes: Change) -> Path:
    book = openpyxl.load_workbook(blank)
    for change in changes:
        change(book)
    book.save(to / blank.name)
    return to / blank.name


def typed(key: str, row_id: str, **cells: Any) -> Change:
    def change(book: Workbook) -> None:
        for column, value in cells.items():
            cell_of(sheet_of(book, key), key, row_id, column).value = value

    return change


def answered(answer: Any = "yes", **cells: Any) -> Change:
    return typed("questions", "Q4.4", **judged(answer, **cells))


def read(audited: Path, workbook: Path, to: Path, *more: str) -> Judgements:
    (judgements,) = read_judgements(imported(audited, workbook, to=to, more=more))
    return judgements


def refused(audited: Path, *workbooks: Path, to: Path) -> str:
    """What is said of workbooks that are refused; nothing is written."""
    command = ["review", "import", str(audited), *map(str, workbooks), "-o", str(to), "--as-of", "2026-10-06"]
    ran = CliRunner().invoke(app, command)
    assert ran.exit_code == 2, ran.stdout
    assert not list(to.glob("judgements-*"))
    return " ".join(ran.stderr.split())


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("Yes", Answer.YES),
        ("ano", Answer.YES),
        ("zčásti", Answer.PARTLY),
        ("teilweise", Answer.PARTLY),
        ("non", Answer.NO),
        ("todavía no", Answer.NOT_YET),
        ("ne s’applique pas", Answer.DOES_NOT_APPLY),
        ("weiss nicht", Answer.DO_NOT_KNOW),
        (True, Answer.YES),
        (False, Answer.NO),
    ],
)
def test_answers_are_understood_in_five_languages(
    audited: Path, blank: Path, tmp_path: Path, word: Any, answer: Answer
) -> None:
    """And as a spreadsheet of another language stores them."""
    workbook = changed(blank, tmp_path, answered(word))

    assert [one.answer for one in read(audited, workbook, tmp_path).judged] == [answer]


@pytest.mark.parametrize(
    "day",
    ["2026-09-30", "2026-09-30 00:00:00", "30. 9. 2026", "30.09.2026", "30/9/2026", "9/30/2026", datetime(2026, 9, 30)],
)
def test_a_day_is_taken_where_it_can_be_only_one(audited: Path, blank: Path, tmp_path: Path, day: Any) -> None:
    """As typed in the countries the toolkit is for, or as a real date."""
    workbook = changed(blank, tmp_path, answered(date=day))

    assert read(audited, workbook, tmp_path).judged[0].on == date(2026, 9, 30)


def moved_about(book: Workbook) -> None:
    """Another order of sheets and rows, another name, a row above, a column moved to the end."""
    sheet = sheet_of(book, "questions")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    for row, values in zip(sheet.iter_rows(min_row=5), reversed(rows), strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value = value
    last = sheet.max_column + 1
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, last).value, sheet.cell(row, 13).value = sheet.cell(row, 13).value, None
    sheet.insert_rows(1)
    sheet.title = "Fragen"
    book.move_sheet(sheet, 3)


def test_sorted_rows_moved_columns_and_renamed_sheets_keep_their_meaning(
    audited: Path, blank: Path, tmp_path: Path
) -> None:
    """Column 13 holds the answer."""
    workbook = changed(blank, tmp_path, answered("no"), moved_about)

    (one,) = read(audited, workbook, tmp_path).judged
    assert (one.id, one.answer, one.explanation, one.method) == (
        "Q4.4",
        Answer.NO,
        "Seen in the file.",
        Method.DOCUMENT_REVIEW,
    )


REFUSED = {
    "a word that is none": (answered("maybe"), "The word is not known", "cell M17"),
    "an answer of another row": (typed("checks", "EL-06", **judged("partly")), "The answer does not fit this row", "I"),
    "a formula": (answered('=IF(TRUE,"yes")'), "The answer is a formula", "cell M17"),
    "an error value": (answered("#REF!"), "error of the spreadsheet", "cell M17"),
    "no explanation": (answered(explanation=None), "The row 'Q4.4' has no explanation", "cell N17"),
    "no method": (answered(method=None), "The row 'Q4.4' has no method", "cell O17"),
    "no judge": (answered(judge=None), "The row 'Q4.4' names no judge", "cell P17"),
    "no date": (answered(date=None), "The row 'Q4.4' has no date", "cell Q17"),
    "no answer": (answered(None), "The row 'Q4.4' has no answer", "cell M17"),
    "two days in one": (answered(date="3/4/2026"), "The day could be two days", "cell Q17"),
    "no day": (answered(date="last week"), "The day cannot be read", "cell Q17"),
    "no day of the calendar": (answered(date="2026-02-30"), "The day cannot be read", "cell Q17"),
    "a day in the future": (answered(date="2026-10-07"), "The day lies in the future", "cell Q17"),
    "an end before the beginning": (answered(valid_until="2026-10-04"), "ends before it was made", "cell R17"),
    "an end that is over": (
        answered(date="2026-01-05", valid_until="2026-10-05"),
        "The judgement has ended",
        "cell R17",
    ),
    "evidence without a title": (typed("questions", "Q4.4", evidence_place="x.pdf"), "has no title", "cell I17"),
    "a digest of nothing": (
        typed("questions", "Q4.4", evidence_title="x", evidence_sha256="0" * 64),
        "The sha256 cannot be checked",
        "cell L17",
    ),
    "a condition without a deadline": (
        typed("conclusions", "1", kind="condition", text="Regulate appeals.", owner="Rector"),
        "The condition 1 has no deadline",
        "sheet Conclusions",
    ),
    "a criterion that is none": (
        typed("conclusions", "1", kind="commendation", text="Good.", criterion="99"),
        "There is no such criterion",
        "sheet Conclusions",
    ),
    "a conflict without words": (
        typed("people", "1", role="reviewer", name=JUDGE, conflict="declared"),
        "is not described",
        "sheet People",
    ),
    "a signature without a word on conflicts": (
        typed("people", "1", role="reviewer", name=JUDGE, signed="2026-10-05"),
        "without a word on conflicts",
        "sheet People",
    ),
    "final without signatures": (typed("state", "1", state="final"), "The audit is not final", "sheet State"),
}


@pytest.mark.parametrize(("change", "said", "where"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_safe_is_refused_by_its_cell(
    audited: Path, blank: Path, tmp_path: Path, change: Change, said: str, where: str
) -> None:
    """What, where, why, how to fix."""
    told = refused(audited, changed(blank, tmp_path, change), to=tmp_path)

    assert told.count("error: ") == (2 if "final" in told else 1)
    assert said in told
    assert where in told
    assert "why: " in told
    assert "fix: " in told


def key_of(book: Workbook, row_id: str) -> Any:
    sheet = sheet_of(book, "questions")
    column = next(cell.column for cell in sheet[KEY_ROW] if cell.value == "qa-toolkit:questions")
    return sheet.cell(cell_of(sheet, "questions", row_id, "id").row, column)


def other_key(book: Workbook) -> None:
    key_of(book, "Q4.4").value = "questions:Q4.4:0000000000000000"


def other_id(book: Workbook) -> None:
    cell_of(sheet_of(book, "questions"), "questions", "Q4.4", "id").value = "Q4.9"


def same_row_twice(book: Workbook) -> None:
    sheet = sheet_of(book, "questions")
    for cell in sheet[cell_of(sheet, "questions", "Q4.5", "id").row]:
        cell.value = sheet.cell(cell_of(sheet, "questions", "Q4.4", "id").row, cell.column).value


def no_sheet(book: Workbook) -> None:
    del book["Checks"]


def no_column(book: Workbook) -> None:
    sheet_of(book, "questions").delete_cols(14)


def merged(book: Workbook) -> None:
    sheet_of(book, "questions").merge_cells("M17:M18")


def no_origin(book: Workbook) -> None:
    del book[HIDDEN_SHEET]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (other_key, "The key of a row was changed"),
        (other_id, "The id of the row 'Q4.4' was changed"),
        (same_row_twice, "The row 'Q4.4' is there twice"),
        (no_sheet, "The sheet 'Checks' is missing"),
        (no_column, "The column 'Reviewer: explanation' is missing"),
        (merged, "Cells are merged"),
        (no_origin, "The file is no review workbook"),
    ],
)
def test_a_workbook_that_lost_its_frame_is_refused(
    audited: Path, blank: Path, tmp_path: Path, change: Change, said: str
) -> None:
    """Nobody can tell what its answers mean."""
    assert said in refused(audited, changed(blank, tmp_path, answered("yes"), change), to=tmp_path)


def test_every_mistake_is_told_at_once_and_nothing_is_half_imported(audited: Path, blank: Path, tmp_path: Path) -> None:
    """On three sheets."""
    changes = (
        answered("maybe"),
        typed("checks", "EL-06", **judged("yes", method=None)),
        typed("sample", "1", answer="no", judge=JUDGE, date="2026-10-05"),
    )

    assert refused(audited, changed(blank, tmp_path, *changes), to=tmp_path).count("error: ") == 3


def test_a_workbook_of_another_audit_is_refused(audited: Path, blank: Path, tmp_path: Path) -> None:
    """Other data of the same provider, a file that is no workbook, and none at all."""
    other = reviewed_audit(tmp_path, faults=False)
    nothing = tmp_path / "notes.xlsx"
    nothing.write_text("not a workbook", encoding="utf-8")

    assert "The workbook is of another audit" in refused(other, blank, to=tmp_path)
    assert "The file is no workbook" in refused(audited, nothing, to=tmp_path)
    assert "There is no such workbook" in refused(audited, tmp_path / "none.xlsx", to=tmp_path)


def test_evidence_that_was_handed_in_gets_its_digest(audited: Path, blank: Path, tmp_path: Path) -> None:
    """Files that were not have none; nothing outside the folder is looked at."""
    (tmp_path / "handed").mkdir()
    (tmp_path / "handed" / "rules.pdf").write_bytes(b"rules of assessment")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    changes = [
        typed("questions", row_id, statement="yes", evidence_title="Rules", evidence_place=place)
        for row_id, place in (("Q4.4", "rules.pdf"), ("Q4.5", "page 12"), ("Q7.1", "../secret.txt"))
    ]
    workbook = changed(blank, tmp_path, *changes)

    stated = read(audited, workbook, tmp_path, "--evidence", str(tmp_path / "handed")).stated

    digests = [one.evidence.sha256 if one.evidence else "" for one in stated]
    assert digests == [hashlib.sha256(b"rules of assessment").hexdigest(), None, None]


def test_conclusions_people_sample_and_state_come_back(audited: Path, blank: Path, tmp_path: Path) -> None:
    """Two named people signed, one of them leads: the audit is final."""
    workbook = changed(
        blank,
        tmp_path,
        typed("conclusions", "1", kind="Auflage", text="Regulate appeals.", deadline="31. 1. 2027", owner="Rector"),
        typed("people", "1", role="lead reviewer", name=JUDGE, conflict="none", signed="2026-10-05"),
        typed("people", "2", role="second signatory", name=SECOND, conflict="keiner", signed="2026-10-06"),
        typed("sample", "2", answer="no", explanation="Lower level.", judge=JUDGE, date="2026-10-05"),
        typed("state", "1", state="final"),
    )

    found = read(audited, workbook, tmp_path)

    assert [(c.kind, c.deadline, c.owner) for c in found.conclusions] == [
        (ConclusionKind.CONDITION, date(2027, 1, 31), "Rector")
    ]
    assert found.signatories == (JUDGE, SECOND)
    assert [(one.number, one.place) for one in found.read] == [(2, found.sample.drawn[1][1])]
    assert found.state is AuditState.FINAL


def test_a_file_of_judgements_says_what_was_read(audited: Path, blank: Path, tmp_path: Path) -> None:
    """Written and read back it is the same, byte for byte."""
    workbook = changed(blank, tmp_path, answered("partly", valid_until="2027-10-05", note="ask again"))
    path = imported(audited, workbook, to=tmp_path)

    (found,) = read_judgements(path)

    assert to_yaml(found) == path.read_text(encoding="utf-8")
    assert found.notes == {"question Q4.4": "ask again"}


def test_mistakes_in_a_file_of_judgements_are_told_with_their_lines(audited: Path, blank: Path, tmp_path: Path) -> None:
    """Somebody may have edited it."""
    path = imported(audited, changed(blank, tmp_path, answered("no")), to=tmp_path)
    text = (
        path.read_text(encoding="utf-8")
        .replace("answer: 'no'", "answer: never")
        .replace("state: draft", "state: final")
    )
    path.write_text(text, encoding="utf-8")

    with pytest.raises(JudgementsError) as error:
        read_judgements(path)

    said = {problem.what: problem.place for problem in error.value.problems}
    assert "'answer' cannot be 'never'" in said
    assert "The audit is not final" in said
    assert all(re.search(r"line \d+", place) for place in said.values())


def test_judgements_that_are_there_are_not_written_over(audited: Path, blank: Path, tmp_path: Path) -> None:
    """Without --force."""
    workbook = changed(blank, tmp_path, answered("yes"))
    imported(audited, workbook, to=tmp_path)

    ran = CliRunner().invoke(
        app, ["review", "import", str(audited), str(workbook), "-o", str(tmp_path), "--as-of", "2026-10-06"]
    )

    assert ran.exit_code == 2
    assert f"judgements-{SUBMISSION}.yaml" in ran.stderr


def test_two_reviewers_are_merged_with_their_agreement_and_what_stays_open(
    audited: Path, blank: Path, tmp_path: Path
) -> None:
    """Of five that both answered, four alike. Yes 3 and 3, no 1 and 2, partly 1 and 0 of five each:
    by chance (3 x 3 + 1 x 2) / 25 = 0.44, kappa (0.8 - 0.44) / 0.56 = 0.643."""
    first = {"Q1.2": "yes", "Q1.5": "yes", "Q2.1": "yes", "Q4.4": "no", "Q4.5": "partly", "Q7.1": "yes"}
    second = {"Q1.2": "yes", "Q1.5": "yes", "Q2.1": "yes", "Q4.4": "no", "Q4.5": "no"}
    for name, answers, judge in (("one", first, JUDGE), ("two", second, SECOND)):
        (tmp_path / name).mkdir()
        rows = {row: judged(answer, judge=judge) for row, answer in answers.items()}
        fill(blank, {"questions": rows}, tmp_path / name / blank.name)
    workbooks = [tmp_path / name / blank.name for name in ("one", "two")]

    (found,) = read_judgements(imported(audited, *workbooks, to=tmp_path))

    assert found.agreement is not None
    assert (found.agreement.compared, found.agreement.alike) == (5, 4)
    assert found.agreement.kappa == pytest.approx(0.36 / 0.56, abs=1e-6)
    assert [(one.id, one.judge, one.also) for one in found.judged] == [
        *((row, JUDGE, (SECOND,)) for row in ("Q1.2", "Q1.5", "Q2.1", "Q4.4")),
        ("Q7.1", JUDGE, ()),
    ]
    assert [(one.id, one.answers) for one in found.differences] == [
        ("Q4.5", ((JUDGE, Answer.PARTLY), (SECOND, Answer.NO)))
    ]


def test_two_workbooks_that_do_not_belong_together_are_refused(audited: Path, blank: Path, tmp_path: Path) -> None:
    """The same reviewer twice, or another statement of the provider in each."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        rows = {"Q1.2": judged("yes", statement_text=f"statement {name}")}
        fill(blank, {"questions": rows}, tmp_path / name / blank.name)

    told = refused(audited, *(tmp_path / name / blank.name for name in ("one", "two")), to=tmp_path)

    assert "Both workbooks were judged by the same people" in told
    assert "The provider's statement is not the same in both workbooks" in told
