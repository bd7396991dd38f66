"""Further frameworks in reports: scores of their own, a cross-walk with its empty rows, adoption on the cover."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qa_toolkit.auditing import Audit, audit
from qa_toolkit.catalogue.models import Adoption
from qa_toolkit.messages import Messages
from qa_toolkit.report.view_cross_walk import cross_walk
from qa_toolkit.report.view_frameworks import adoption_words
from qa_toolkit.result import AdoptionUsed, AuditResult, CriterionUsed, FrameworkUsed
from tests.report.example_catalogue import example_framework
from tests.report.pages import Page
from tests.submissions import credential, write_submission

AS_OF = date(2026, 9, 30)
ADOPTIONS = {
    "eu-2022": Adoption("Agentur Musterland", "Act 1, section 2", "2026-01-01", "2027-12-31"),
    "esg-2015": Adoption("Agentur Musterland", "Act 3", "2016-01-01", "2025-12-31"),
}


@pytest.fixture(scope="module")
def submission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [credential(number) for number in range(1, 5)]
    rows[0] |= {"quality_assurance": ""}
    rows[1] |= {"eqf_level": "9"}
    return write_submission(tmp_path_factory.mktemp("in") / "one", rows, submission_id="one")


@pytest.fixture(scope="module")
def several(submission: Path, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    return audit(
        [submission],
        tmp_path_factory.mktemp("several") / "out",
        as_of=AS_OF,
        framework=["eu-2022", "esg-2015", "deqar-preflight"],
        adoptions=ADOPTIONS,
    )


@pytest.fixture(scope="module")
def page(several: Audit) -> Page:
    return Page(several.folder / "one" / "report.html")


@pytest.fixture(scope="module")
def book(several: Audit) -> Any:
    return openpyxl.load_workbook(several.folder / "one" / "report.xlsx")


def without_further(result: AuditResult) -> AuditResult:
    """The result as if its main framework had been alone."""
    framework = replace(result.framework, adoption=None)
    submissions = tuple(replace(one, further=()) for one in result.submissions)
    return replace(result, framework=framework, submissions=submissions, further=())


def test_the_main_framework_comes_out_the_same_beside_others(several: Audit, submission: Path, tmp_path: Path) -> None:
    """Every check of the others stands in it too, so that not even a count differs."""
    alone = audit([submission], tmp_path / "alone", as_of=AS_OF, formats="json").result

    assert without_further(several.result) == alone


def test_each_further_framework_has_scores_of_its_own(several: Audit) -> None:
    """EQF 9 is a fault of level under both; staff are nothing that data show."""
    esg, deqar = several.result.submissions[0].further
    by_key = {score.key: score for score in esg.scores.principles}

    assert (esg.framework_id, deqar.framework_id) == ("esg-2015", "deqar-preflight")
    assert len(by_key) == 10
    assert by_key["esg_teaching_staff"].score is None
    assert (by_key["esg_design"].score or 100) < 100
    assert deqar.verdict.criteria == 14


def test_a_framework_alone_scores_as_it_does_beside_another(several: Audit, submission: Path, tmp_path: Path) -> None:
    """Its groups are no principles."""
    alone = audit([submission], tmp_path / "alone", as_of=AS_OF, framework="esg-2015", formats="html,xlsx")

    assert alone.result.submissions[0].before == several.result.submissions[0].further[0].scores
    text = Page(alone.folder / "one" / "report.html").all("main")[0].text
    assert "The standards" in text
    assert "ten principles" not in text


def test_the_report_shows_every_further_framework_and_the_cross_walk(page: Page) -> None:
    """In sections of their own."""
    headings = [one.text for one in page.all("h2")]

    assert [one for one in headings if one.endswith(("Further frameworks", "Cross-walk"))] != []
    section = next(one for one in page.all("section") if one.attributes.get("id") == "frameworks")
    assert "Teaching staff (ESG 1.5)" in section.text
    assert "Preflight for the Database of External Quality Assurance Results" in section.text


def test_a_report_under_one_framework_has_neither_section(submission: Path, tmp_path: Path) -> None:
    """Nothing to walk across."""
    alone = audit([submission], tmp_path / "alone", as_of=AS_OF, formats="html")

    ids = {one.attributes.get("id") for one in Page(alone.folder / "one" / "report.html").all("section")}

    assert not {"frameworks", "cross_walk"} & ids


def test_the_cover_says_who_adopted_what_and_what_no_longer_holds(page: Page) -> None:
    """An adoption that ended before the day of the audit is told as such."""
    cover = page.all("header")[0].text

    assert "Adopted by Agentur Musterland (Act 1, section 2) from 1 January 2026 until 31 December 2027" in cover
    assert "(Act 3) from 1 January 2016 until 31 December 2025: not in force on the day of the audit" in cover
    assert "Council of the European Union, since 16 June 2022" in cover


def test_the_workbook_has_a_sheet_for_each_and_the_cross_walk(book: Any) -> None:
    """The scores of the result, unrounded; rows that nothing touches."""
    assert book.sheetnames[-3:] == ["esg-2015", "deqar-preflight", "Cross-walk"]
    rows = [row for row in book["Cross-walk"].iter_rows(min_row=5, values_only=True) if row[0]]
    assert ("esg-2015", "1.5") in {(row[0], row[1]) for row in rows if row[4] is None}
    facts = {row[0]: row[1] for row in book["Read me"].iter_rows(values_only=True) if row[0]}
    assert "Adopted by Agentur Musterland" in facts["adopted by"]
    assert "Council of the European Union" in facts["agreed by"]


def test_the_numbers_of_the_workbook_are_those_of_the_result(several: Audit, book: Any) -> None:
    """Group by group."""
    scores = {n: one.score for n, one in enumerate(several.result.submissions[0].further[0].scores.principles, 1)}
    names = {n: one.title for n, one in enumerate(several.result.further[0].framework.principles, 1)}

    rows = {row[1]: row[5] for row in book["esg-2015"].iter_rows(values_only=True)}

    assert {names[n]: rows[names[n]] for n in names} == {names[n]: scores[n] for n in names}


# ---------------------------------------------------------------- cross-walk and adoption, by hand


def with_criteria(framework: FrameworkUsed, *criteria: CriterionUsed) -> FrameworkUsed:
    return replace(framework, principles=(replace(framework.principles[0], criteria=criteria),))


def test_criteria_touch_by_a_shared_check_or_question() -> None:
    """And a row without either stays, empty."""
    first = with_criteria(
        example_framework(),
        CriterionUsed("A", "a", 1, "partial", ("X-1", "X-2"), ("Q1",)),
        CriterionUsed("B", "b", 1, "human", (), ("Q9",)),
    )
    other = with_criteria(
        example_framework(),
        CriterionUsed("1", "one", 1, "partial", ("X-2", "X-3"), ()),
        CriterionUsed("2", "two", 1, "human", (), ("Q1",)),
        CriterionUsed("3", "three", 1, "human", (), ()),
    )

    walk = cross_walk(first, other)

    touches = [[(one.criterion.criterion_id, one.checks, one.questions) for one in row.touches] for row in walk.rows]
    assert touches == [[("1", ("X-2",), ()), ("2", (), ("Q1",))], []]
    assert walk.empty == 1
    assert [criterion.criterion_id for _, criterion in walk.untouched] == ["3"]


@pytest.mark.parametrize(
    ("adoption", "said"),
    [
        (None, "Used for orientation: no agency has adopted it"),
        (AdoptionUsed("A", "B", "2026-01-01", None), "Adopted by A (B) since 1 January 2026"),
        (
            AdoptionUsed("A", "B", "2026-01-01", "2027-01-01"),
            "Adopted by A (B) from 1 January 2026 until 1 January 2027",
        ),
    ],
)
def test_adoption_is_said_with_its_days(adoption: AdoptionUsed | None, said: str) -> None:
    """Or that there is none."""
    assert adoption_words(replace(example_framework(), adoption=adoption), Messages()) == said


def test_every_text_on_principles_has_one_for_standards_and_areas() -> None:
    """A framework of standards never speaks of principles."""
    from babel.messages.pofile import read_po

    from tests.conftest import ROOT

    missing = []
    for name in ("report", "workbook", "terminal"):
        with (ROOT / "qa_toolkit" / "locale" / "en" / f"{name}.po").open("rb") as file:
            for message in read_po(file, locale="en"):
                key = message.id[0] if isinstance(message.id, tuple) else message.id
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                plain = " ".join(str(text) for text in texts)
                for field in ("{principle}", "{principles}"):
                    plain = plain.replace(field, "")
                if key and "principle" in plain.lower():
                    missing += [(key, word) for word in ("standard", "area") if not Messages().has(f"{key}@{word}")]

    assert missing == []
