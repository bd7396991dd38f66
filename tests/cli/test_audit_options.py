"""What the options of ``qa-toolkit audit`` do to what is said and written."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.report.result_json import read_result
from qa_toolkit.result import AuditResult, PrincipleScore, SubmissionResult
from tests.submissions import credential, write_submission


@dataclass(frozen=True)
class Run:
    """One audit by the command line."""

    code: int
    out: str
    words: str
    folder: Path

    @property
    def result(self) -> AuditResult:
        return read_result(self.folder)

    @property
    def submission(self) -> SubmissionResult:
        return self.result.submissions[0]

    def principles(self) -> dict[str, PrincipleScore]:
        return {score.key: score for score in self.submission.before.principles}


def audited(folder: Path, into: Path, options: Sequence[str] = ()) -> Run:
    arguments = ["audit", str(folder), "-o", str(into), "--as-of", "2026-09-30", *options]
    result = CliRunner().invoke(app, arguments)
    return Run(result.exit_code, result.stdout, result.stderr, into)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A long name, and faults that cost points, ask, and cap."""
    rows = [
        credential(1, quality_assurance="", ects="5", workload_hours="60"),
        credential(2, assessment_type="attendance", assessment_date="", learning_outcomes=""),
        credential(3, title="=1+1 in spreadsheets", quality_assurance=""),
        credential(4, assessment_type="attendance", assessment_date="", learning_outcomes=""),
    ]
    name = "Fachhochschule für angewandte Datenkunde und sonstige Beispiele in der Region Nirgendwo an der Erfunden"
    return write_submission(tmp_path_factory.mktemp("in") / "s", rows, provider_name=name)


@pytest.fixture(scope="module")
def whole(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return audited(handed_in, tmp_path_factory.mktemp("whole") / "out", ["--format", "json", "-v"])


@pytest.fixture(scope="module")
def part(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    options = ["--select", "SIZ,valid_assessment", "--ignore", "SIZ-02", "--format", "html,xlsx", "--format", "csv"]
    return audited(handed_in, tmp_path_factory.mktemp("part") / "out", [*options, "--json", "--fail-on", "minor"])


def test_a_check_that_was_left_out_could_not_be_checked(part: Run) -> None:
    """Never met, with the reason; what was asked for is judged as ever."""
    outcomes = {outcome.check_id: outcome for outcome in part.submission.checks}
    left_out = part.result.selection
    assert left_out is not None

    assert {"EL-11", "SIZ-02"} < set(left_out.left_out)
    for check_id in left_out.left_out:
        assert (outcomes[check_id].status, outcomes[check_id].reason) == ("not_assessed", "Left out of this run.")
        assert outcomes[check_id].failed == 0
    assert outcomes["ASM-01"].status == "fail"


def test_a_selection_covers_less_and_never_more(whole: Run, part: Run) -> None:
    """On every principle; no judgement where too little was seen."""
    full, less = whole.principles(), part.principles()

    assert all(less[key].coverage <= full[key].coverage for key in full)
    assert less["transparency"].coverage < full["transparency"].coverage / 2
    assert less["transparency"].band is None
    assert less["quality"].score is None


def test_a_knock_out_criterion_of_checks_that_were_left_out_is_not_said_to_hold(whole: Run, part: Run) -> None:
    """It did not fire, because nobody looked."""
    everything = {gate.gate_id: gate.state for gate in whole.submission.before.gates}
    looked_at = {gate.gate_id: gate.state for gate in part.submission.before.gates}

    assert set(looked_at) < set(everything)
    assert all(looked_at[gate] == everything[gate] for gate in looked_at)


def test_a_selection_is_said_everywhere(part: Run) -> None:
    """result.json, page one, method, workbook, provenance, terminal: nobody publishes three checks as an audit."""
    text = "A selection, not an audit of the whole framework"
    page = (part.folder / "s" / "report.html").read_text(encoding="utf-8")
    workbook = openpyxl.load_workbook(part.folder / "s" / "report.xlsx")
    overview = openpyxl.load_workbook(part.folder / "overview.xlsx")
    words = [str(cell.value) for book in (workbook, overview) for sheet in book for row in sheet for cell in row]

    assert page.index(text) < page.index('class="sentence"')
    assert "checks were left out of this run" in page
    assert text in (part.folder / "index.html").read_text(encoding="utf-8")
    assert sum(text in word for word in words) == 2
    assert "--select SIZ,valid_assessment --ignore SIZ-02" in part.result.stamp.command
    assert json.loads(part.out)["selection"]["ignore"] == ["SIZ-02"]


def test_without_a_selection_nothing_of_it_is_said(whole: Run) -> None:
    """A whole audit is whole."""
    assert whole.result.selection is None
    assert "A selection" not in whole.out


def test_json_is_for_machines(part: Run) -> None:
    """One document on stdout, with the exit code and what --fail-on found; words stay on stderr."""
    said = json.loads(part.out)

    assert said["exit_code"] == part.code == 1
    assert list(said["fail_on"]) == ["minor"]
    (submission,) = said["submissions"]
    assert submission["credentials"] == 4
    assert submission["principles"]["quality"]["score"] is None
    assert submission["checks"]["EL-11"] == "not_assessed"
    assert "--fail-on minor found" in part.words


def test_formats(whole: Run, part: Run) -> None:
    """What was asked for beside result.json and the Parquet files, and nothing else."""
    always = {"result.json"} | {path.name for path in whole.folder.glob("*.parquet")}

    assert {path.name for path in whole.folder.rglob("*") if path.is_file()} == always
    assert {path.name for path in part.folder.rglob("*") if path.is_file()} == always | {
        "index.html", "overview.xlsx", "findings.csv", "report.html", "report.xlsx",
    }  # fmt: skip


def test_the_csv_holds_every_finding_and_no_formula(part: Run) -> None:
    """As many rows as the result counts; a text that a spreadsheet would run is a text."""
    with (part.folder / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == part.submission.findings + part.submission.notes
    assert {row["check_id"] for row in rows} >= {"ASM-01"}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert "Beispielfrau" not in str(rows)


def test_the_summary_fits_and_cuts_nothing(whole: Run) -> None:
    """80 columns, long names and judgements in full; points say on what."""
    assert max(len(line) for line in whole.out.splitlines()) <= 80
    assert "…" not in whole.out
    assert "points on Transparency" in " ".join(whole.out.split())
    assert "Nirgendwo an der Erfunden" in " ".join(whole.out.split())
    assert "capped: a knock-out criterion is not met" in whole.out


def test_verbose_tells_every_fix_and_file(whole: Run) -> None:
    """More than the first three."""
    for fix in whole.submission.fixes:
        assert fix.check_id in whole.out
    assert "findings.parquet" in whole.out


def test_quiet_says_nothing_but_errors(handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the environment hold as well as options."""
    monkeypatch.setenv("QA_TOOLKIT_QUIET", "1")
    monkeypatch.setenv("QA_TOOLKIT_FORMAT", "json")

    run = audited(handed_in, tmp_path / "out")

    assert (run.code, run.out, run.words) == (0, "", "")
    assert (tmp_path / "out" / "result.json").is_file()


def test_settings_of_a_file_hold_and_are_shown_with_their_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a path to audit."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.toml").write_text('[audit]\nselect = "SIZ"\n[agency]\nname = "Agentur"\n', encoding="utf-8")

    result = CliRunner().invoke(app, ["audit", "--config", "own.toml", "--show-config", "--fail-on", "major"])

    assert result.exit_code == 0
    lines = {line.split(" = ")[0]: " ".join(line.split()) for line in result.stdout.splitlines() if " = " in line}
    assert lines["select"] == 'select = ["SIZ"] # own.toml, line 2'
    assert lines["fail-on"] == 'fail-on = ["major"] # --fail-on'
    assert lines["framework"] == 'framework = ["eu-2022"] # default'
    assert lines["name"] == 'name = "Agentur"'
