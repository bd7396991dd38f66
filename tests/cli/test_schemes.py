"""``qa-toolkit schemes`` and ``audit --scheme``: what is listed, shown, refused."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from tests.submissions import credential, write_submission

OVERLAY = """id: own
title: Our own rules
about: For tests.
as_of: 2026-09-01
issued_by: Invented Agency
source: [{ref: Decision 1, tag: judgement}]
changes:
  - {check: EL-06, severity: minor, why: Outcomes are looked at elsewhere.}
"""


def said(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "80"})
    assert result.exit_code == code, result.output
    return result.output


def test_the_list_says_of_each_scheme_whose_rules_it_is() -> None:
    """And that it is no official text."""
    text = said("schemes", "list")

    assert "nl-ho  Micro-credentials in higher education (Netherlands)" in text
    assert text.count("Unofficial: our reading") == 11
    assert max(map(len, text.splitlines())) <= 80


def test_the_list_as_json_has_the_same_schemes() -> None:
    """For scripts."""
    assert [one["scheme_id"] for one in json.loads(said("schemes", "list", "--json"))][:3] == ["au", "bac", "dc4eu"]


@pytest.mark.parametrize(
    ("day", "words", "there"),
    [
        ("2027-04-30", "SIZ-04, least ects: nothing → 1 (new)", True),
        ("2027-05-01", "SIZ-04, least ects: nothing → 1 (new)", True),
        ("2027-04-30", "Not applied: it holds from 1 May 2025 to 30 April", False),
        ("2027-05-01", "Not applied: it holds from 1 May 2025 to 30 April", True),
    ],
)
def test_a_scheme_is_shown_as_of_a_day(day: str, words: str, there: bool) -> None:
    """What does not hold then is shown, and said not to be applied."""
    text = " ".join(said("schemes", "show", "nl-ho", "--as-of", day).split())

    assert (words in text) is there


@pytest.mark.parametrize(
    ("words", "what", "fix"),
    [
        (("schemes", "show", "nl-h"), "There is no scheme 'nl-h'", "Did you mean"),
        (("schemes", "show", "es", "--as-of", "soon"), "--as-of does not take 'soon'", "2026-09-30"),
        (("schemes", "lint", "nowhere.yaml"), "The overlay cannot be read", "Give the YAML file"),
    ],
)
def test_wrong_usage_ends_with_2_and_what_to_do(words: tuple[str, ...], what: str, fix: str) -> None:
    """No traceback."""
    text = said(*words, code=2)

    assert what in text
    assert fix in text


def test_lint_shows_what_an_overlay_changes(tmp_path: Path) -> None:
    """From what to what, and whether that is looser."""
    (tmp_path / "own.yaml").write_text(OVERLAY, encoding="utf-8")

    text = said("schemes", "lint", str(tmp_path / "own.yaml"))

    assert "EL-06, severity: critical → minor (looser)" in text
    assert "Our own rules: no mistake found." in text


def test_lint_tells_every_mistake_with_its_line(tmp_path: Path) -> None:
    """Two entries, two mistakes."""
    text = OVERLAY + "  - {switch_off: EL-98, why: x}\n  - {switch_on: EL-01, why: x}\n"
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")

    told = said("schemes", "lint", str(tmp_path / "own.yaml"), code=2)

    assert "own.yaml, line 9" in told
    assert "own.yaml, line 10" in told


def test_an_audit_says_that_it_was_tailored(tmp_path: Path) -> None:
    """In the terminal and in what a script reads."""
    handed_in = write_submission(tmp_path / "in", [credential(1)])
    base = ("audit", str(handed_in), "--scheme", "es", "--as-of", "2026-09-30", "--exit-zero")

    text = " ".join(said(*base, "-o", str(tmp_path / "a")).split())
    found = json.loads(said(*base, "-o", str(tmp_path / "b"), "--json"))

    assert "Tailored by University micro-credentials (Spain): 7 changes of the checks." in text
    assert found["schemes"] == ["es"]
    assert "--scheme es" in json.loads((tmp_path / "a" / "result.json").read_text(encoding="utf-8"))["stamp"]["command"]


def test_an_unknown_scheme_of_an_audit_is_told_with_the_other_mistakes(tmp_path: Path) -> None:
    """All at once."""
    text = said("audit", str(tmp_path / "nowhere"), "--scheme", "ess", "-o", str(tmp_path / "a"), code=2)

    assert "There is no scheme 'ess'" in text
    assert "nowhere" in text
