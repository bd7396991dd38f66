"""Out and back: audit, export, filled as a reviewer would, import, audit again: every figure recomputed by hand."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from qa_toolkit.auditing import Audit, audit
from qa_toolkit.cli.app import app
from qa_toolkit.decisions import AuditState, JudgedState
from qa_toolkit.judgement.judgements import JudgementsError
from qa_toolkit.result import CriterionScore, PrincipleScore, Scores, SubmissionResult
from tests.conftest import AS_OF
from tests.judgement.audits import ROWS, SUBMISSION, reviewed_audit
from tests.judgement.filled import Answers, exported, fill, imported, judged
from tests.submissions import credential, write_submission

ANSWERS: Answers = {
    "questions": {
        "Q1.4": judged("does not apply"),
        "Q4.2": judged("yes"),
        "Q4.4": judged("partly", statement="yes", statement_text="Tutors are trained.", note="doubtful"),
        "Q4.5": judged("no"),
        "Q7.1": {"statement": "yes", "statement_text": "Awards are kept in a wallet.", "evidence_title": "Contract"},
        "Q8.1": judged("not yet"),
    },
    "checks": {"SIZ-01": judged("partly"), "SIZ-02": judged("yes"), "SIZ-11": judged("does not apply")},
    "gates": {"eu-2022/learning_outcomes": judged("yes")},
}
"""Of twelve credentials, one lacks outcomes (EL-06) and one has 2 hours a credit (SIZ-01, SIZ-02, SIZ-11)."""


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reviewed_audit(tmp_path_factory.mktemp("round-trip"))


@pytest.fixture(scope="module", params=["as saved", "through LibreOffice"])
def again(request: pytest.FixtureRequest, audited: Path, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """The audit with the judgements of the filled workbook, once saved again by another program."""
    base = tmp_path_factory.mktemp("again")
    workbook = fill(exported(audited, base), ANSWERS)
    if request.param == "through LibreOffice":
        workbook = saved_by_libreoffice(workbook, base / "office")
    return audit(
        [audited.parent / "in" / SUBMISSION],
        base / "audit",
        as_of=AS_OF,
        judgements=imported(audited, workbook, to=base),
    )


def saved_by_libreoffice(workbook: Path, to: Path) -> Path:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    command = [office, f"-env:UserInstallation={(to / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(to), str(workbook)], check=True, capture_output=True, timeout=120)
    return to / workbook.name


def both(found: Audit) -> tuple[SubmissionResult, Scores, Scores]:
    (submission,) = found.result.submissions
    assert submission.after is not None
    return submission, submission.before, submission.after


def criterion(scores: Scores, criterion_id: str) -> CriterionScore:
    return next(one for one in scores.criteria if one.criterion_id == criterion_id)


def principle(scores: Scores, key: str) -> PrincipleScore:
    return next(one for one in scores.principles if one.key == key)


def test_answers_of_people_raise_coverage_and_narrow_the_range(again: Audit) -> None:
    """Principle 4 has criteria of weight 3, 2, 1, 1 and 1.

    By the data: 4.1 and 4.3 have 100 points, the others nobody has seen: coverage (3 + 1) / 8, range 50 to 100. With
    yes, partly and no on 4.2, 4.4 and 4.5: (3 x 100 + 2 x 100 + 100 + 50 + 0) / 8 points. Of 4.2, a weight of 4 in 14
    is done, the rest are checks on offers that were not handed in: coverage (3 + 2 x 4/14 + 1 + 1 + 1) / 8.
    """
    _, by_data, with_people = both(again)
    before, after = (principle(one, "valid_assessment") for one in (by_data, with_people))

    assert (before.score, before.coverage, before.low, before.high) == (100, 0.5, 50, 100)
    coverage = (3 + 2 * 4 / 14 + 1 + 1 + 1) / 8
    assert after.score == pytest.approx(650 / 8)
    assert after.coverage == pytest.approx(coverage, abs=1e-6)
    assert after.low == pytest.approx(650 / 8 * coverage, abs=1e-4)
    assert after.high == pytest.approx(650 / 8 * coverage + 100 * (1 - coverage), abs=1e-4)
    assert (before.band, before.provisional, after.band, after.provisional) == ("meets", True, "largely_meets", False)


def test_an_overruled_fault_costs_nothing_and_an_answered_check_counts_by_its_weight(again: Audit) -> None:
    """Criterion 2.2: of twelve records one lost half a point by SIZ-02: 11.5 of 12 points, 16 of 20 in weight seen.

    Overruled: 12 of 12, weight 16. SIZ-01 asked with a weight of 2 and was answered partly: (16 x 100 + 2 x 50) / 18
    points, 18 of 20 in weight.
    """
    _, by_data, with_people = both(again)
    before, after = (criterion(one, "2.2") for one in (by_data, with_people))

    assert (before.score, before.coverage) == (pytest.approx(100 * 11.5 / 12, abs=1e-6), 0.8)
    assert (after.data_score, after.judged_score) == (100, 50)
    assert (after.score, after.coverage) == (pytest.approx(1700 / 18, abs=1e-6), 0.9)


def test_what_does_not_apply_leaves_both_sides_of_coverage(again: Audit) -> None:
    """Question Q1.4 has a weight of 2 of 4; SIZ-11 asks with 2 of 24 in criterion 2.1."""
    _, by_data, with_people = both(again)

    assert [criterion(one, "1.4").weight_in_scope for one in (by_data, with_people)] == [4, 2]
    assert [criterion(one, "2.1").weight_in_scope for one in (by_data, with_people)] == [24, 22]


def test_a_confirmed_knock_out_criterion_caps_its_principle(again: Audit) -> None:
    """It rests on a single record, so the data alone only propose it."""
    _, by_data, with_people = both(again)
    before, after = (principle(one, "transparency") for one in (by_data, with_people))

    assert (before.capped_by, before.cap_proposed_by) == ((), ("learning_outcomes",))
    assert (after.capped_by, after.cap_proposed_by, after.band) == (("learning_outcomes",), (), "partly_meets")


def test_a_statement_and_an_open_answer_change_nothing(again: Audit) -> None:
    """Q7.1 was only stated, Q8.1 answered 'not yet'."""
    _, by_data, with_people = both(again)

    for name in ("7.1", "8.1"):
        assert criterion(by_data, name) == criterion(with_people, name)


def test_the_data_alone_come_out_as_ever(again: Audit, audited: Path) -> None:
    """The first column is the one of the audit without judgements, in every figure."""
    submission, before, _ = both(again)
    alone = json.loads((audited / "result.json").read_text(encoding="utf-8"))["submissions"][0]
    with_people = json.loads((again.folder / "result.json").read_text(encoding="utf-8"))["submissions"][0]

    for part in ("before", "checks", "verdict", "fixes", "next_bands", "findings", "elements"):
        assert alone[part] == with_people[part]
    changed = {one.check_id: one.status.value for one in submission.checks_after}
    assert changed == {"SIZ-01": "fail", "SIZ-02": "pass", "SIZ-11": "not_applicable"}
    assert before != submission.after


def test_reports_show_who_judged_what_and_why_and_keep_the_finding(again: Audit) -> None:
    """The internal note stays behind."""
    page = (again.folder / SUBMISSION / "report.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(again.folder / SUBMISSION / "report.xlsx")

    assert "Zora Schvalovací, 5 October 2026: yes. Seen in the file. With decisions the check is: met." in page
    assert "Draft: a machine&#39;s proposal with judgements of people, not a decision." in page
    assert any(finding.check_id == "SIZ-02" for finding in again.findings())
    listed = {row[0]: row[2] for row in book["Judged by people"].iter_rows(min_row=6, values_only=True)}
    assert listed["Q4.4"] == "partly"
    assert listed["eu-2022/learning_outcomes"] == "yes"
    assert "doubtful" not in page
    assert "doubtful" not in (again.folder / "result.json").read_text(encoding="utf-8")


def test_a_judgement_counts_until_its_last_day_and_not_after(audited: Path, tmp_path: Path) -> None:
    """By the day of the audit."""
    workbook = fill(exported(audited, tmp_path), {"questions": {"Q4.4": judged("yes", valid_until="2027-03-31")}})
    judgements = imported(audited, workbook, to=tmp_path)

    def state_on(day: date) -> tuple[JudgedState, bool]:
        (one,) = audit([audited.parent / "in" / SUBMISSION], as_of=day, judgements=judgements).result.submissions
        assert one.review is not None
        return one.review.judged[0].state, one.after is not None

    assert state_on(date(2027, 2, 28)) == (JudgedState.HOLDS, True)
    assert state_on(date(2027, 3, 31)) == (JudgedState.ENDS_SOON, True)
    assert state_on(date(2027, 4, 1)) == (JudgedState.ENDED, False)


def test_on_other_data_only_answers_to_questions_count(audited: Path, tmp_path: Path) -> None:
    """What a check showed of the old file says nothing of the new one; nor is the audit signed."""
    judgements = imported(audited, fill(exported(audited, tmp_path), ANSWERS), to=tmp_path)
    handed = write_submission(tmp_path / "in" / SUBMISSION, [*ROWS, credential(13)])

    (found,) = audit([handed], as_of=AS_OF, judgements=judgements).result.submissions

    assert found.review is not None
    states = {one.judged.id: one.state.holding for one in found.review.judged}
    assert (states["Q4.4"], states["SIZ-02"], states["eu-2022/learning_outcomes"]) == (True, False, False)
    assert found.checks_after == ()
    assert found.review.state is AuditState.DRAFT


def test_judgements_of_a_submission_that_is_not_audited_are_refused(audited: Path, tmp_path: Path) -> None:
    """Nothing is passed over in silence."""
    judgements = imported(audited, fill(exported(audited, tmp_path), ANSWERS), to=tmp_path)
    other = write_submission(tmp_path / "in" / "akademie", [credential(1)])

    with pytest.raises(JudgementsError, match="'hochschule' was judged and is not audited"):
        audit([other], as_of=AS_OF, judgements=judgements)


def test_judgements_under_another_framework_are_refused(audited: Path, tmp_path: Path) -> None:
    """Before any work is done, with all other mistakes."""
    judgements = imported(audited, fill(exported(audited, tmp_path), ANSWERS), to=tmp_path)

    ran = CliRunner().invoke(app, ["audit", "nothing-here", "-f", "esg-2015", "--judgements", str(judgements)])

    assert ran.exit_code == 2
    assert "The judgements are of other frameworks" in ran.stderr
    assert "There is no such file or folder" in ran.stderr


def test_status_says_what_is_open(audited: Path, tmp_path: Path) -> None:
    """Questions nobody answered or answered 'not yet', checks, knock-out criteria, the sample, and what ended."""
    answers = {**ANSWERS, "questions": {**ANSWERS["questions"], "Q4.2": judged("yes", valid_until="2026-10-31")}}
    judgements = imported(audited, fill(exported(audited, tmp_path), answers), to=tmp_path)
    command = ["review", "status", str(audited)]

    ran = CliRunner().invoke(app, [*command, "--judgements", str(judgements), "--as-of", "2026-11-01"])
    fresh = CliRunner().invoke(app, command)

    told, before = (" ".join(one.stdout.split()) for one in (ran, fresh))
    assert "24 questions are open: Q1.2, Q1.3a" in told
    assert "Q4.2, judged by Zora Schvalovací, ended on 31 October 2026: it is open again." in told
    assert "SIZ-02" not in told
    assert "9 credentials of the sample are to be read." in told
    assert "27 questions are open" in before
    assert "1 knock-out criterion waits for a person: eu-2022/learning_outcomes." in before
