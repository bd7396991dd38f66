"""The check catalogue as a page."""

from pathlib import Path

import pytest

from qa_toolkit.catalogue.document import catalogue_page
from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.messages import Messages
from tests.catalogue.build import QUESTION, between, catalogue_with, check, folder_with, framework, write
from tests.conftest import ROOT


def page(folder: Path, *checks: dict[str, object]) -> str:
    return catalogue_page(catalogue_with(folder, *checks), Messages())


def test_the_page_in_docs_is_the_one_made_from_the_shipped_checks() -> None:
    """`python -m qa_toolkit.catalogue.document` writes it anew."""
    made = catalogue_page(load_catalogue(ROOT / "checks"), Messages())

    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == made


@pytest.mark.parametrize(
    "text",
    [
        "### TST-01",
        "The title is stated",
        "The title is missing",
        "may cost points, major",
        "Nobody can ask for an award without a name.",
        "Write the title, for example Welding.",
        "A law, Article 1 (cited)",
        "own 2.1, It is named",
        "`title: Welding`",
        "`title_cause: empty`",
        "## 2 Transparency",
    ],
)
def test_a_check_is_told_whole(tmp_path: Path, text: str) -> None:
    """What must hold, what it finds, what that costs, why, how to fix, source, criterion, examples."""
    assert text in page(tmp_path, check())


def test_parameters_are_filled_in_and_told_where_they_differ(tmp_path: Path) -> None:
    """Nobody should have to look up what $least is."""
    expect = {"type": "expect_column_values_to_be_between", "column": "ects", "min_value": "$least"}
    parameters = {"least": 1, "by": {"country": {"IE": {"least": 2}}}}

    made = page(tmp_path, between(expect=expect, parameters=parameters))

    assert "min_value 1" in made
    assert "where country is IE: least 2" in made
    assert "$" not in made


def test_a_question_is_told_with_what_counts_and_what_does_not(tmp_path: Path) -> None:
    """For whoever prepares the evidence."""
    own = framework("TST-01")
    own["principles"][0]["criteria"][0]["questions"] = ["Q2.1"]
    folder = folder_with(tmp_path, check(), framework=own)
    write(folder, {"questions/02.yaml": {"principle": "transparency", "questions": [QUESTION | {"core": True}]}})

    made = catalogue_page(load_catalogue(folder), Messages())

    assert "**Q2.1** (weight 4, core set): Is it true?" in made
    assert "Good evidence: A reading." in made
    assert "Not enough: A claim." in made


def test_texts_of_own_checks_cannot_break_the_page(tmp_path: Path) -> None:
    """A bar is no column, a bracket no element."""
    made = page(tmp_path, check(failed="a | b <script>"))

    assert "a &#124; b &lt;script>" in made
