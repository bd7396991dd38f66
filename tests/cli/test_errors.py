"""Every error has one shape, says all mistakes at once, and is never cut."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stderr


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["audti", "x"], "audit"),
        (["audit", "x", "--selct", "SIZ"], "--select"),
        (["audit", "x", "--select", "SIZ-2"], "'SIZ-02'"),
        (["audit", "x", "--select", "quailty"], "'quality'"),
        (["audit", "x", "--ignore", "role:aks"], "'role:asks'"),
        (["audit", "x", "--framework", "eu-2023"], "'eu-2022'"),
        (["audit", "x", "--format", "htm"], "'html'"),
        (["audit", "x", "--fail-on", "majr"], "'major'"),
        (["audit", "x", "--fail-on", "band:partly"], "'band:partly_meets'"),
        (["audit", "x", "--framework", "nothing", "--fail-on", "band:party_meets"], "'band:partly_meets'"),
        (["checks", "show", "SIZ-2"], "'SIZ-02'"),
        (["checks", "list", "--role", "aks"], "'asks'"),
        (["checks", "list", "--principle", "quailty"], "'quality'"),
        (["checks", "list", "--severity", "crtical"], "'critical'"),
        (["checks", "list", "--element", "worklod"], "'workload'"),
        (["frameworks", "show", "eu-2023"], "'eu-2022'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_misspelt_is_told_with_what_was_meant(arguments: list[str], near: str) -> None:
    """Commands, options, ids and values alike."""
    code, words = run(*arguments)

    assert code == 2
    assert f"fix: Did you mean {near}" in words


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit"],
        ["audit", "not-there", "--select", "nonsense,SIZ-2", "--format", "pdf", "--as-of", "30.9.2026"],
        ["audit", "not-there", "--quiet", "--verbose"],
        ["audit", "x", "--config", "not-there.toml"],
        ["audit", "x", "--color", "purple"],
        ["inspect", "not-there"],
        ["inspect"],
        ["report", "not-there"],
        ["checks", "lint", "not-there"],
        ["checks", "list", "--checks", "not-there"],
        ["checks", "export", "--with", "not-there"],
        ["init", "--checks", "not-there"],
        ["init", "--format", "docx"],
        ["frameworks", "show", "none"],
    ],
    ids=" ".join,
)
def test_every_command_words_its_errors_alike(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """error: what (where), why, fix; exit code 2; at most 80 characters a line, and nothing cut."""
    monkeypatch.chdir(tmp_path)

    code, words = run(*arguments)

    assert code == 2
    kinds = [line.split(":")[0] for line in words.splitlines() if not line.startswith("    ")]
    errors = [place for place, kind in enumerate(kinds) if kind == "error"]
    assert errors
    assert errors[0] == 0
    for first, after in zip(errors, [*errors[1:], len(kinds)], strict=True):
        assert [kind for kind in kinds[first:after] if kind in ("  why", "  fix")] == ["  why", "  fix"]
    assert max(len(line) for line in words.splitlines()) <= 80
    assert "…" not in words.replace('"…"', "")
    assert "Traceback" not in words


def test_all_mistakes_of_a_command_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of options, environment, file of settings, paths and selection."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QA_TOOLKIT_AS_OF", "soon")
    (tmp_path / "qa-toolkit.toml").write_text("[audit]\nselct = 3\n", encoding="utf-8")

    code, words = run("audit", "one", "two", "--select", "SIZ-2", "--fail-on", "majr", "--format", "htm")

    assert code == 2
    assert words.count("error: ") == 7
    assert not (tmp_path / "audit-report").exists()


def test_an_agency_that_cannot_be_shown_is_told_with_paths_that_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once each: its logo is looked for before the audit begins."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qa-toolkit.toml").write_text('[agency]\nname = "A"\nlogo = "none.png"\n', encoding="utf-8")

    code, words = run("audit", "not-there")

    assert code == 2
    assert words.count("error: ") == 2
    assert "There is no such file or folder (not-there)" in words
    assert "The agency cannot be shown as asked ([agency], key logo)" in words


def test_all_mistakes_of_a_report_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The result, the format, the templates and the agency."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qa-toolkit.toml").write_text('[agency]\nname = ""\n', encoding="utf-8")

    code, words = run("report", "not-there", "--format", "htm", "--templates", "none")

    assert code == 2
    assert words.count("error: ") == 4


def test_a_band_in_capitals_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the path is told."""
    monkeypatch.chdir(tmp_path)

    _, words = run("audit", "not-there", "--fail-on", "BAND:does_not_meet")

    assert words.count("error: ") == 1


def test_a_narrow_terminal_gets_narrow_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrapped to its width."""
    monkeypatch.setenv("COLUMNS", "50")

    _, words = run("audit", "x", "--select", "SIZ-2")

    assert max(len(line) for line in words.splitlines()) <= 50


@pytest.mark.parametrize(
    ("arguments", "variable", "coloured"),
    [
        (["--color", "always", "checks", "show", "X"], "", True),
        (["--color", "always", "checks", "show", "X"], "1", True),
        (["checks", "show", "X"], "", False),
        (["--color", "never", "checks", "show", "X"], "", False),
        (["audit", "x", "--color", "always"], "1", True),
    ],
)
def test_colour_is_for_who_asks(
    arguments: list[str], variable: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never in a pipe by itself; the option goes before NO_COLOR."""
    monkeypatch.setenv("NO_COLOR", variable)

    result = CliRunner().invoke(app, arguments)

    assert ("\x1b[" in result.stderr) is coloured
