"""What the exit code of a command means: one test per code."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.cli.exit_codes import ExitCode, worst
from tests.submissions import credential, write_submission

runner = CliRunner()
FEW = ("--as-of", "2026-09-30", "--select", "EL-11,SIZ-02", "--format", "json")


def run(*arguments: object) -> tuple[int, str, str]:
    result = runner.invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_0_the_audit_is_done_whatever_it_found(tmp_path: Path) -> None:
    """Findings are for the report to tell."""
    folder = write_submission(tmp_path / "s", [credential(1, quality_assurance="")])

    code, _, _ = run("audit", folder, "-o", tmp_path / "out", "--as-of", "2026-09-30", "--select", "EL-11")

    assert code == 0
    assert "EL-11" in (tmp_path / "out" / "s" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("fail_on", "exit_zero", "code"),
    [("never", [], 0), ("major", [], 1), ("critical", [], 0), ("major", ["--exit-zero"], 0), ("score<100", [], 1)],
)
def test_1_what_fail_on_names_was_found(
    fail_on: str, exit_zero: list[str], code: int, faulty_result: Callable[[list[str]], tuple[int, str]]
) -> None:
    """Hours that do not fit the credits are major, not critical; with --exit-zero it is said all the same."""
    ended, words = faulty_result(["--fail-on", fail_on, *exit_zero])

    assert ended == code
    assert ("--fail-on major found" in words) is (fail_on == "major")


@pytest.fixture
def faulty_result(tmp_path: Path) -> Callable[[list[str]], tuple[int, str]]:
    """An audit of a submission with one major fault."""
    rows = [credential(1), credential(2), credential(3, ects="5", workload_hours="60")]
    folder = write_submission(tmp_path / "s", rows)

    def end(options: list[str]) -> tuple[int, str]:
        code, _, words = run("audit", folder, "-o", tmp_path / "out", *FEW, *options)
        return code, words

    return end


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ([], 0),
        ([0, 1], 1),
        ([1, 3], 3),
        ([3, 4, 1], 4),
        ([2, 4], 2),
        ([70, 2, 3], 70),
        ([1, 70, 130], 130),
    ],
)
def test_when_several_apply_what_makes_a_result_doubtful_goes_first(codes: list[int], code: int) -> None:
    """130, 70, 2, 4, 3, 1, 0."""
    assert worst(ExitCode(one) for one in codes) == code


def test_3_goes_before_1(tmp_path: Path) -> None:
    """A file that could not be read says more about a result than what it found."""
    folder = write_submission(tmp_path / "s", [credential(1, quality_assurance="")])
    (folder / "broken.json").write_text('{"type": [', encoding="utf-8")

    code, _, words = run("audit", folder, "-o", tmp_path / "out", *FEW, "--fail-on", "major")

    assert code == 3
    assert "--fail-on major found" in words


def test_4_every_check_was_left_out(honest_submission: Path, tmp_path: Path) -> None:
    """Selected and ignored: nothing can be judged, nothing is written."""
    code, out, words = run("audit", honest_submission, "-o", tmp_path / "out", "--select", "SIZ", "--ignore", "SIZ")

    assert (code, out) == (4, "")
    assert "Every check was left out (--select SIZ --ignore SIZ)" in words
    assert not (tmp_path / "out").exists()


def test_2_all_missing_paths_are_named_at_once(tmp_path: Path) -> None:
    """A misspelt path is wrong usage; nothing is judged."""
    code, _, words = run("audit", tmp_path / "kotehulky", tmp_path / "wellenberg", "-o", tmp_path / "out")

    assert code == 2
    assert words.count("There is no such file or folder") == 2
    assert "kotehulky" in words
    assert "wellenberg" in words
    assert not (tmp_path / "out").exists()


def test_2_a_check_file_with_five_mistakes_gives_five_problems(honest_submission: Path, tmp_path: Path) -> None:
    """Configuration is refused before anything is read, with every mistake and its place."""
    checks = tmp_path / "checks" / "principles"
    checks.mkdir(parents=True)
    (checks / "99-own.yaml").write_text(
        "principle: portable\n"
        "checks:\n"
        "  - id: OWN-01\n"
        "    titel: misspelt key\n"
        "    tables: [credentials]\n"
        "    role: scored\n"
        "    severity: huge\n"
        "    requires: EL-01\n"
        "    expect: {type: expect_column_values_to_be_in_set, column: title_stated, value_set: [true]}\n"
        "    tolerance: much\n",
        encoding="utf-8",
    )

    code, _, words = run("audit", honest_submission, "-o", tmp_path / "out", "--checks", tmp_path / "checks")

    assert code == 2
    assert words.count("error:") >= 5
    assert "99-own.yaml" in words
    assert "Traceback" not in words


def test_2_an_output_folder_that_cannot_be_written(honest_submission: Path, tmp_path: Path) -> None:
    """Known before any work is done."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    code, _, words = run("audit", honest_submission, "-o", tmp_path / "file" / "out")

    assert code == 2
    assert "fix:" in words


def test_2_an_output_folder_that_holds_other_files(honest_submission: Path, tmp_path: Path) -> None:
    """Nobody's files are mixed with a report."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")

    code, _, words = run("audit", honest_submission, "-o", tmp_path / "mine")

    assert code == 2
    assert "holds other files" in words


def test_2_a_date_that_is_none(honest_submission: Path, tmp_path: Path) -> None:
    """Typer's own usage errors keep their code."""
    code, _, _ = run("audit", honest_submission, "-o", tmp_path / "out", "--as-of", "30.9.2026")

    assert code == 2


def test_3_a_broken_file_beside_good_ones(tmp_path: Path) -> None:
    """The rest is audited and written; the gap is said."""
    folder = write_submission(tmp_path / "s", [credential(1)])
    (folder / "broken.json").write_text('{"type": [', encoding="utf-8")

    code, out, words = run("audit", folder, "-o", tmp_path / "out", "--as-of", "2026-09-30", "--select", "EL-11")

    assert code == 3
    assert "1 credential" in out
    assert "file 1" in words
    assert (tmp_path / "out" / "index.html").is_file()


@pytest.mark.parametrize("name", ["empty folder", "broken JSON", "a PDF"])
def test_4_nothing_to_audit(name: str, tmp_path: Path) -> None:
    """No credential, no report: an empty audit must not look like a clean one."""
    folder = tmp_path / "s"
    folder.mkdir()
    if name == "broken JSON":
        (folder / "a.json").write_text('{"type": [', encoding="utf-8")
    if name == "a PDF":
        (folder / "a.pdf").write_bytes(b"%PDF-1.7 invented")

    code, _, words = run("audit", folder, "-o", tmp_path / "out")

    assert code == 4
    assert "fix:" in words
    assert not (tmp_path / "out" / "result.json").exists()


def test_70_a_check_that_disagrees_with_its_engine_ends_as_a_bug_and_the_rest_stands(
    honest_submission: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never silence, never a wrong number: it could not be checked."""
    from qa_toolkit.engine import run as engine

    right = engine.states_expression
    monkeypatch.setattr(engine, "states_expression", lambda *given: right(*given).replace("'x'", "'.'"))

    code, out, words = run("audit", honest_submission, "-o", tmp_path / "out", "--as-of", "2026-09-30")

    assert code == 70
    assert "EL-12" in words  # the optional element that the honest submission leaves out
    assert "3 credentials" in out
    assert (tmp_path / "out" / "index.html").is_file()


def test_2_a_check_whose_expectation_does_not_fit_its_fact(honest_submission: Path, tmp_path: Path) -> None:
    """Lint runs before an audit with own checks: a mistake is told, not found out by a crash."""
    source = Path(__file__).parents[2] / "checks" / "principles" / "02-transparency.yaml"
    text = source.read_text(encoding="utf-8").replace("column: hours_per_ects", "column: country_key", 1)
    own = tmp_path / "checks" / "principles"
    own.mkdir(parents=True)
    (own / source.name).write_text(text, encoding="utf-8")

    code, _, words = run("audit", honest_submission, "-o", tmp_path / "out", "--checks", tmp_path / "checks")

    assert code == 2
    assert "SIZ-02" in words


def test_130_an_interrupt_leaves_by_its_own_code(tmp_path: Path) -> None:
    """Ctrl-C during an audit: no traceback, the scratch folder gone."""
    import os
    import signal
    import subprocess
    import sys
    import time

    if os.name == "nt":
        pytest.skip("signals differ on Windows")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    folder = write_submission(tmp_path / "s", [credential(number) for number in range(1, 3000)])
    process = subprocess.Popen(
        [sys.executable, "-m", "qa_toolkit", "audit", str(folder), "-o", str(tmp_path / "out")],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"TMPDIR": str(scratch)},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not any(scratch.iterdir()):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=60)

    assert process.returncode == 130
    assert words.strip() == "Interrupted. The records that had been read are removed; reports may be missing."
    assert list(scratch.iterdir()) == []


def test_an_interrupt_that_a_library_swallowed_ends_the_run_at_its_next_step() -> None:
    """DuckDB and Great Expectations turn an interrupt into an error, and an error into a result."""
    import signal

    from qa_toolkit.cli.interrupts import Interrupts
    from qa_toolkit.cli.output import Steps
    from qa_toolkit.messages import Messages

    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    interrupts = Interrupts()
    interrupts.install()
    try:
        steps = Steps(Messages())
        steps("check")
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)  # swallowed here, as a library would

        with pytest.raises(KeyboardInterrupt):
            steps("score")
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])
