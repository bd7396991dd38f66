"""Accepted deviations in an audit: by its day, by provider, by record; both scores shown, none hidden."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from qa_toolkit.auditing import Audit, audit
from qa_toolkit.cli.app import app
from qa_toolkit.decisions import WaiverRemark, WaiverState
from tests.conftest import AS_OF
from tests.submissions import credential, write_submission

CHECKS = "EL-06,EL-09,EL-02"
"""Outcomes, assessment and title stated."""
ROWS = [
    credential(1, learning_outcomes=""),
    credential(2, learning_outcomes="", assessment_type=""),
    credential(3, assessment_type=""),
    *(credential(number) for number in range(4, 11)),
]


def waiver(identifier: str, check: str, scope: str = "", expires: str = "2026-12-31", provider: str = "one") -> str:
    """A waiver of a waivers.yaml."""
    lines = [f"id: {identifier}", f"check: {check}", "reason: Stands in the supplement.", "approver: Zora Schvalovací"]
    lines += ["from: 2026-01-01", f"expires: {expires}", *([f"provider: {provider}"] if provider else []), scope]
    return "\n".join(f"{'  - ' if n == 0 else '    '}{line}" for n, line in enumerate(one for one in lines if one))


@dataclass(frozen=True)
class Handed:
    """Two providers, and a file of waivers."""

    folder: Path
    waivers: Path

    def audited(self, *waivers: str, day: date = AS_OF, output: Path | None = None) -> Audit:
        self.waivers.write_text("waivers:\n" + "\n".join(waivers) + "\n", encoding="utf-8")
        formats = "html,xlsx" if output else "json"
        return audit([self.folder], output, as_of=day, select=CHECKS, waivers=self.waivers, formats=formats)


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Handed:
    base = tmp_path_factory.mktemp("waived")
    for name, provider in (("one", "Hochschule Beispielstadt"), ("other", "Akademie Musterhausen")):
        write_submission(base / "in" / name, ROWS, provider_name=provider)
    return Handed(base / "in", base / "waivers.yaml")


def outcomes_score(one: Audit, place: int = 0) -> tuple[float | None, float | None]:
    """Points of the criterion on outcomes, by the data alone and with decisions."""
    submission = one.result.submissions[place]
    scores = (submission.before, submission.after)
    return tuple(  # type: ignore[return-value]
        next(c.score for c in each.criteria if c.criterion_id == "2.1") if each else None for each in scores
    )


@pytest.mark.parametrize(
    ("day", "state", "scores"),
    [
        (date(2026, 9, 29), WaiverState.ENDS_SOON, (80.0, 100.0)),
        (date(2026, 9, 30), WaiverState.ENDS_SOON, (80.0, 100.0)),
        (date(2026, 10, 1), WaiverState.EXPIRED, (80.0, None)),
    ],
)
def test_a_waiver_accepts_until_its_last_day_and_not_after(
    handed: Handed, day: date, state: WaiverState, scores: tuple[float, float | None]
) -> None:
    """Two of ten credentials state no outcomes: 8 of 10 points by the data alone on every day."""
    found = handed.audited(waiver("W-1", "EL-06", expires="2026-09-30"), day=day)

    (used,) = found.result.waivers
    assert used.state is state
    assert used.accepted == ({"one": 2} if state.holding else {})
    assert outcomes_score(found) == scores


def test_a_waiver_on_one_record_leaves_its_other_faults_and_the_other_records(handed: Handed) -> None:
    """Row 3 lacks outcomes and assessment: only the first is accepted. 9 of 10 points instead of 8."""
    found = handed.audited(waiver("W-1", "EL-06", 'records: ["file 1, row 3"]'))

    submission = found.result.submissions[0]
    assert submission.after is not None
    assert outcomes_score(found) == (80.0, 90.0)
    assessed = [next(c for c in s.criteria if c.criterion_id == "4.1") for s in (submission.before, submission.after)]
    assert assessed[0] == assessed[1]
    assert [(one.check_id, one.failed) for one in submission.checks_after] == [("EL-06", 1)]


def test_a_record_is_named_by_its_certificate_number_too(handed: Handed) -> None:
    """It is known again in a new file, where rows have moved."""
    found = handed.audited(waiver("W-1", "EL-06", "records: [HB-2026-0002]"))

    assert found.result.waivers[0].accepted == {"one": 1}


def test_a_waiver_of_one_provider_says_and_does_nothing_at_another(handed: Handed, tmp_path: Path) -> None:
    """Not in its scores, not in its report."""
    found = handed.audited(waiver("W-1", "EL-06", provider="Akademie Musterhausen"), output=tmp_path / "out")

    assert found.result.waivers[0].accepted == {"other": 2}
    assert found.result.submissions[0].after is None
    assert "W-1" not in (tmp_path / "out/one/report.html").read_text(encoding="utf-8")
    assert "W-1" in (tmp_path / "out/other/report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "remarks"),
    [
        (waiver("W-1", "EL-02"), [WaiverRemark.UNUSED]),
        (waiver("W-1", "EL-06", 'records: ["file 1, row 9"]'), [WaiverRemark.UNUSED]),
        (waiver("W-1", "EL-06", 'records: ["file 1"]'), [WaiverRemark.UNUSED]),
        (waiver("W-1", "EL-06", "records: [HB-2026-0002]\n    file: 0123456789abcdef"), [WaiverRemark.OTHER_FILE]),
        (waiver("W-1", "EL-06", provider="nobody"), [WaiverRemark.UNUSED]),
        (waiver("W-1", "EL-06", provider=""), [WaiverRemark.EVERY_PROVIDER]),
        (waiver("W-1", "EL-06", expires="2029-12-31"), [WaiverRemark.LONG]),
    ],
)
def test_what_is_unused_or_over_broad_is_said(handed: Handed, written: str, remarks: list[WaiverRemark]) -> None:
    """A place that stands for a whole file names no record."""
    assert list(handed.audited(written).result.waivers[0].remarks) == remarks


def test_a_waiver_that_accepts_more_than_half_of_the_records_is_over_broad(tmp_path: Path) -> None:
    """Three of four credentials lack an assessment."""
    rows = [credential(number, assessment_type="" if number < 4 else "written examination") for number in range(1, 5)]
    write_submission(tmp_path / "in" / "one", rows)
    handed = Handed(tmp_path / "in", tmp_path / "waivers.yaml")

    found = handed.audited(waiver("W-1", "EL-09"))

    assert found.result.waivers[0].remarks == (WaiverRemark.MOST_RECORDS,)


def test_reports_show_both_scores_and_hide_no_finding(handed: Handed, tmp_path: Path) -> None:
    """The finding stays in every list, with its badge; the workbook holds both columns."""
    found = handed.audited(waiver("W-1", "EL-06"), output=tmp_path / "out")

    page = (tmp_path / "out/one/report.html").read_text(encoding="utf-8")
    assert "2 records are accepted under W-1 until 31 December 2026. With decisions the check is: met." in page
    assert "Zora Schvalovací" in page
    assert sum(f.check_id == "EL-06" for f in found.findings("one")) == 2
    book = openpyxl.load_workbook(tmp_path / "out/one/report.xlsx")
    rows = {row[0]: row[1:3] for row in book["With decisions"].iter_rows(min_row=5, values_only=True)}
    before, after = rows["2 Transparency"]
    submission = found.result.submissions[0]
    assert submission.after is not None
    assert (before, after) == (submission.before.principles[1].score, submission.after.principles[1].score)
    assert before < after
    assert [c.value for c in book["Accepted deviations"][5]][:1] == ["W-1"]


def test_fail_on_looks_at_what_was_decided(handed: Handed, tmp_path: Path) -> None:
    """What is accepted does not fail a pipeline, until it expires."""
    handed.waivers.write_text("waivers:\n" + waiver("W-1", "EL-06", expires="2026-09-30"), encoding="utf-8")
    command = ["audit", str(handed.folder / "one"), "--select", "EL-06", "--fail-on", "critical", "--format", "json"]
    command += ["--waivers", str(handed.waivers), "--json", "-o", str(tmp_path / "out")]

    accepted, expired = (CliRunner().invoke(app, [*command, "--as-of", day]) for day in ("2026-09-30", "2026-10-01"))

    assert (accepted.exit_code, expired.exit_code) == (0, 1)
    assert [json.loads(one.stdout)["waivers"][0]["state"] for one in (accepted, expired)] == ["ends_soon", "expired"]


def test_mistakes_of_the_file_are_told_with_all_others(handed: Handed) -> None:
    """Before any work is done."""
    handed.waivers.write_text("waivers:\n" + waiver("W-1", "EL-6"), encoding="utf-8")

    ran = CliRunner().invoke(app, ["audit", "nothing-here", "--waivers", str(handed.waivers)])

    assert ran.exit_code == 2
    assert "There is no check 'EL-6' (waivers.yaml, line 3" in " ".join(ran.stderr.split())
    assert "There is no such file or folder" in ran.stderr


def test_list_names_the_first_to_expire_first(handed: Handed) -> None:
    """With what each is on the day."""
    written = [waiver("W-1", "EL-06")]
    written += [waiver("W-2", "EL-09", expires="2026-08-31"), waiver("W-3", "EL-02", expires="2026-10-02")]
    handed.waivers.write_text("waivers:\n" + "\n".join(written), encoding="utf-8")

    ran = CliRunner().invoke(app, ["waivers", "list", str(handed.waivers), "--as-of", "2026-09-30", "--json"])

    listed = json.loads(ran.stdout)
    assert [(one["id"], one["state"]) for one in listed] == [("W-2", "expired"), ("W-3", "ends_soon"), ("W-1", "holds")]


def test_lint_tells_mistakes_by_exit_code_and_the_rest_in_words(handed: Handed) -> None:
    """Over-broad is no mistake."""
    handed.waivers.write_text("waivers:\n" + waiver("W-1", "EL-06", provider=""), encoding="utf-8")
    broad = CliRunner().invoke(app, ["waivers", "lint", str(handed.waivers), "--as-of", "2026-06-30"])
    handed.waivers.write_text("waivers:\n" + waiver("W-1", "EL-6"), encoding="utf-8")
    wrong = CliRunner().invoke(app, ["waivers", "lint", str(handed.waivers), "--as-of", "2026-06-30"])

    assert broad.stdout.splitlines() == [
        "1 accepted deviation, no mistake.",
        "W-1: Over-broad: it names no provider.",
        "W-1: It names no records: it accepts every finding of its checks.",
    ]
    assert (broad.exit_code, wrong.exit_code) == (0, 2)
