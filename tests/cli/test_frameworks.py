"""``qa-toolkit frameworks``: what it prints for people and for machines, and what it refuses."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from tests.conftest import ROOT
from tests.submissions import credential, write_submission


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["frameworks", *words])


def own_version(folder: Path, before: str, after: str) -> Path:
    """A folder that holds eu-2022 with one text changed."""
    path = folder / "frameworks" / "eu-2022.yaml"
    path.parent.mkdir(parents=True)
    text = (ROOT / "checks" / "frameworks" / "eu-2022.yaml").read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return folder


def test_the_list_says_who_agreed_what() -> None:
    """And that nobody adopted it."""
    text = " ".join(run("list").stdout.split())

    assert "eu-2022 European approach to micro-credentials (2022) 44 criteria in 10 principles" in text
    assert "agreed by Council of the European Union, since 2022-06-16" in text
    assert "23 criteria in 10 standards" in text
    assert "Not adopted by an agency: used for orientation." in text
    assert len(json.loads(run("list", "--json").stdout)["frameworks"]) == 6


def test_show_names_document_and_place_of_a_criterion() -> None:
    """What is asked can be looked up."""
    assert "Source: ESG 2015, Part 1, standard 1.8" in " ".join(run("show", "esg-2015").stdout.split())


def test_coverage_says_shares_and_tables() -> None:
    """The same for machines."""
    text, document = run("coverage", "eu-2022").stdout, json.loads(run("coverage", "eu-2022", "--json").stdout)

    assert "10 Information and guidance" in text
    assert len(document["groups"]) == 10
    for group in document["groups"]:
        assert sum(group["shares"].values()) == pytest.approx(1, abs=0.001)
    transparency = document["groups"][1]
    assert "EL-06" in transparency["scoring_checks"]["credentials"]


def test_lint_is_content_with_what_ships() -> None:
    """And says how much it looked at."""
    result = run("lint")

    assert (result.exit_code, result.stdout.startswith("6 frameworks, ")) == (0, True)


def test_lint_tells_every_mistake_with_file_line_and_the_nearest_name(tmp_path: Path) -> None:
    """Two mistakes, two errors."""
    folder = own_version(tmp_path, "checks: [EL-07,", "checks: [EL-7,")
    path = folder / "frameworks" / "eu-2022.yaml"
    text = path.read_text(encoding="utf-8").replace("questions: [Q1.5]", "questions: [Q1.55]")
    path.write_text(text, encoding="utf-8")

    result = run("lint", str(folder))

    assert result.exit_code == 2
    said = " ".join(result.stderr.split())
    assert "unknown check 'EL-7'" in said
    assert "unknown question 'Q1.55'" in said
    assert "frameworks/eu-2022.yaml, line" in said
    assert "Did you mean 'Q1.5'?" in said


def test_diff_with_another_folder_tells_what_changed(tmp_path: Path) -> None:
    """One weight."""
    before = (
        "is looked at from outside, by a body and in a scope that fit its sector, and was so\n          when the award"
    )
    folder = own_version(tmp_path, before, before.replace("is looked at", "was looked at"))

    result = run("diff", "eu-2022", "--with", str(folder))

    assert result.exit_code == 0
    assert "~ criterion 1.2, title:" in result.stdout
    assert result.stdout.strip().endswith("1 difference")


def test_diff_of_one_framework_with_itself_is_refused() -> None:
    """It would say nothing."""
    assert run("diff", "eu-2022").exit_code == 2


def test_cross_walk_shows_what_nothing_touches() -> None:
    """Staff of ESG 1.5 stand in no principle."""
    document = json.loads(run("cross-walk", "esg-2015", "eu-2022", "--json").stdout)
    rows = {row["criterion_id"]: row["touches"] for row in document["rows"]}

    assert rows["1.5"] == []
    assert [touch["criterion_id"] for touch in rows["1.2d"]] == ["2.2"]
    assert "9.4" in document["untouched"]
    assert "nothing of eu-2022" in run("cross-walk", "esg-2015", "eu-2022").stdout


@pytest.mark.parametrize("words", [("coverage",), ("show",), ("diff", "eu-2022"), ("cross-walk", "eu-2022")])
def test_an_unknown_framework_is_refused_with_the_nearest_name(words: tuple[str, ...]) -> None:
    """In every command."""
    result = run(*words, "esg-2016")

    assert result.exit_code == 2
    assert "'esg-2015'" in result.stderr


def test_an_audit_against_several_tells_each(tmp_path: Path) -> None:
    """To people and to machines."""
    folder = write_submission(tmp_path / "in", [credential(1)])
    words = ["audit", str(folder), "-o", str(tmp_path / "out"), "--format", "json", "-f", "eu-2022,eqavet"]

    text = " ".join(CliRunner().invoke(app, words).stdout.split())
    document = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)

    assert "Beside it, European quality assurance reference framework" in text
    assert set(document["submissions"][0]["further_frameworks"]["eqavet"]["groups"]) >= {"eqavet_planning"}


def test_lines_fit_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """At eighty columns."""
    monkeypatch.setattr(shutil, "get_terminal_size", lambda _=None: __import__("os").terminal_size((80, 24)))
    for words in (("list",), ("show", "eqavet"), ("coverage", "esg-2015"), ("cross-walk", "esg-2015", "eu-2022")):
        assert [line for line in run(*words).stdout.splitlines() if len(line) > 80] == []
