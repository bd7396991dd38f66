"""The shipped frameworks and the register of agreed standards, and what a framework file may say."""

import re
from datetime import date
from pathlib import Path

import pytest

from qa_toolkit.catalogue.load import CatalogueError, load_catalogue
from qa_toolkit.catalogue.models import Adoption, Catalogue, Grouping, StandardKind
from tests.catalogue.build import QUESTION, catalogue_with, check, folder_with, framework, write
from tests.conftest import ROOT

# id: what its groups are called, how many there are, where its first criterion comes from
SHIPPED = {
    "deqar-preflight": (Grouping.AREA, 3, "DEQAR documentation (EQAR)", "report data: agency, activities"),
    "eqavet": (Grouping.AREA, 5, "CELEX 32020H1202(01)", "Annex II, quality criteria and descriptors"),
    "esg-2015": (Grouping.STANDARD, 10, "ESG 2015", "Part 1, standard 1.1"),
    "eu-2022": (Grouping.PRINCIPLE, 10, "CELEX 32022H0627(02)", "Annex II, principle 1"),
    "eu-2022-offer": (Grouping.PRINCIPLE, 10, "CELEX 32022H0627(02)", "Annex II, principle 1"),
    "recognition-readiness": (Grouping.AREA, 7, "ETF guide", "criterion quality"),
}
TEXTS = [
    path
    for folder in ("checks", "qa_toolkit", "report_templates", "docs")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".yaml", ".csv", ".po", ".py", ".j2", ".md", ".js", ".css", ".sql")
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "checks")


def test_these_frameworks_ship(catalogue: Catalogue) -> None:
    """And no other."""
    assert list(catalogue.frameworks) == list(SHIPPED)


@pytest.mark.parametrize("framework_id", SHIPPED)
def test_a_framework_has_its_groups_and_every_criterion_document_and_place(
    catalogue: Catalogue, framework_id: str
) -> None:
    """What is asked can be looked up."""
    grouping, groups, ref, place = SHIPPED[framework_id]
    shipped = catalogue.frameworks[framework_id]
    criteria = [criterion for group in shipped.principles for criterion in group.criteria]

    assert (shipped.grouped_by, len(shipped.principles)) == (grouping, groups)
    assert criteria[0].sources[0].ref.startswith(ref)
    assert str(criteria[0].sources[0].place).startswith(place)
    assert all(source.place for criterion in criteria for source in criterion.sources)
    assert [group.number for group in shipped.principles] == list(range(1, groups + 1))


def test_the_ten_standards_of_part_1_are_all_there(catalogue: Catalogue) -> None:
    """1.1 to 1.10: agencies are judged on whether each is looked at."""
    titles = [group.title for group in catalogue.frameworks["esg-2015"].principles]

    assert [re.findall(r"\(ESG (1\.\d+)\)", title) for title in titles] == [[f"1.{n}"] for n in range(1, 11)]


def test_the_ten_indicators_of_eqavet_are_asked_by_a_question_each(catalogue: Catalogue) -> None:
    """Under EQAVET, with a place in the annex."""
    indicators = catalogue.frameworks["eqavet"].principles[-1].criteria

    assert [criterion.id for criterion in indicators] == [f"N{n}" for n in range(1, 11)]
    assert [criterion.sources[0].place for criterion in indicators] == [
        f"Annex II, indicator {n}" for n in range(1, 11)
    ]
    assert all(len(criterion.questions) == 1 for criterion in indicators)


def test_questions_of_one_framework_are_asked_by_no_other(catalogue: Catalogue) -> None:
    """Higher education is not asked for EQAVET's figures."""
    own = {question.id: question.framework for question in catalogue.questions.values() if question.framework}
    asked = [
        (framework_id, name)
        for framework_id, one in catalogue.frameworks.items()
        for group in one.principles
        for criterion in group.criteria
        for name in criterion.questions
    ]

    assert set(own.values()) == {"deqar-preflight", "eqavet", "esg-2015", "eu-2022-offer"}
    assert sorted(name for _, name in asked if name in own) == sorted(own)
    assert [(where, name) for where, name in asked if own.get(name, where) != where] == []


def test_one_check_serves_several_frameworks(catalogue: Catalogue) -> None:
    """The statement of outcomes, for one."""
    naming = {
        framework_id
        for framework_id, one in catalogue.frameworks.items()
        if any("EL-06" in criterion.checks for group in one.principles for criterion in group.criteria)
    }

    assert naming == set(SHIPPED) - {"eu-2022-offer"}


def test_the_register_says_who_agreed_every_framework_and_since_when(catalogue: Catalogue) -> None:
    """The document of the house of law, not of the day it was printed."""
    agreed = {one.standard: one.since for one in catalogue.agreements.values() if one.kind is StandardKind.FRAMEWORK}

    assert set(agreed) == set(SHIPPED)
    assert (agreed["eu-2022"], agreed["eqavet"], agreed["esg-2015"]) == ("2022-06-16", "2020-11-24", "2015-05-14")
    assert all(one.sources and one.agreed_by for one in catalogue.agreements.values())


def test_nobody_adopted_a_framework_as_shipped(catalogue: Catalogue) -> None:
    """An agency does that itself."""
    assert [one.adoption for one in catalogue.frameworks.values() if one.adoption] == []
    assert [one.standard for one in catalogue.agreements.values() if one.adoptions] == []


def test_no_text_says_that_the_esg_certify_anybody() -> None:
    """The ESG prescribe no outcome; nobody is certified by them."""
    wrong = re.compile(r"ESG[- ](?:2015 )?(?:certif|accredited|compliant)|certified (?:by|under|against) the ESG", re.I)

    assert len(TEXTS) > 100
    assert [path.name for path in TEXTS if wrong.search(path.read_text(encoding="utf-8"))] == []


# ---------------------------------------------------------------- what a file may say


def test_criteria_may_stand_in_groups_of_their_own(tmp_path: Path) -> None:
    """With a document that their places lie in."""
    own = framework("TST-01", grouped_by="standard", document={"ref": "Decree 7", "tag": "cited"})
    (group,) = own.pop("principles")
    own["groups"] = [group | {"key": "one", "number": 1, "title": "One", "summary": "It.", "place": "section 3"}]

    loaded = catalogue_with(tmp_path, check(), framework=own).frameworks["own"]

    assert loaded.grouped_by is Grouping.STANDARD
    assert [group.key for group in loaded.principles] == ["one"]
    assert [(one.ref, one.place) for one in loaded.principles[0].criteria[0].sources] == [("Decree 7", "section 3")]


def test_a_check_that_is_awaited_counts_once_it_is_there(tmp_path: Path) -> None:
    """One that is not there is no mistake, and speaks to nothing yet."""
    own = framework()
    own["principles"][0]["criteria"][0]["awaits"] = ["TST-01", "TST-02"]

    criterion = catalogue_with(tmp_path, check("TST-01"), framework=own).frameworks["own"].principles[0].criteria[0]

    assert (criterion.checks, criterion.awaits) == (("TST-01",), ("TST-02",))


WRONG_FILES = [
    ("groups twice", {"groups": []}, "grouped twice"),
    ("a day that does not exist", {"adoption": {"by": "A", "legal_basis": "B", "since": "2026-02-30"}}, "2026-02-30"),
    (
        "an adoption that ends before it begins",
        {"adoption": {"by": "A", "legal_basis": "B", "since": date(2026, 1, 1), "until": date(2025, 1, 1)}},
        "before it begins",
    ),
    ("an unknown grouping", {"grouped_by": "standards"}, "standards"),
]


@pytest.mark.parametrize(("changes", "said"), [row[1:] for row in WRONG_FILES], ids=[row[0] for row in WRONG_FILES])
def test_a_framework_file_that_is_wrong_is_refused_with_its_line(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    """Whatever else it says."""
    with pytest.raises(CatalogueError) as error:
        catalogue_with(tmp_path, check(), framework=framework("TST-01", **changes))

    assert said in error.value.problems[0].what
    assert error.value.problems[0].place.startswith("frameworks/own.yaml, line ")


def test_a_place_without_a_document_is_refused(tmp_path: Path) -> None:
    """It lies nowhere."""
    own = framework("TST-01")
    own["principles"][0]["criteria"][0]["place"] = "section 3"

    with pytest.raises(CatalogueError) as error:
        catalogue_with(tmp_path, check(), framework=own)

    assert "lies in no document" in error.value.problems[0].what


def test_an_adoption_of_a_framework_file_is_read(tmp_path: Path) -> None:
    """Days as YAML dates or as texts."""
    adoption = {"by": "Agency", "legal_basis": "Act 1", "since": date(2026, 1, 1), "until": "2027-12-31"}

    loaded = catalogue_with(tmp_path, check(), framework=framework("TST-01", adoption=adoption)).frameworks["own"]

    assert loaded.adoption == Adoption("Agency", "Act 1", "2026-01-01", "2027-12-31")


def test_the_register_is_read_with_its_adoptions(tmp_path: Path) -> None:
    """Who agreed a standard, and who adopted it."""
    entry = {
        "id": "own",
        "kind": "framework",
        "title": "Our own",
        "agreed_by": "Ministers",
        "since": date(2026, 1, 1),
        "source": [{"ref": "A law", "tag": "cited"}],
        "adoptions": [{"by": "Agency", "legal_basis": "Act 1", "since": "2026-02-01"}],
    }
    folder = write(folder_with(tmp_path, check()), {"agreements.yaml": {"agreements": [entry]}})

    agreement = load_catalogue(folder).agreements["own"]

    assert (agreement.agreed_by, agreement.since, agreement.until) == ("Ministers", "2026-01-01", None)
    assert agreement.adoptions == (Adoption("Agency", "Act 1", "2026-02-01"),)


def test_questions_of_a_framework_need_no_principle(tmp_path: Path) -> None:
    """They belong to their framework."""
    folder = folder_with(tmp_path, check())
    write(folder, {"questions/own.yaml": {"framework": "own", "questions": [QUESTION]}})

    question = load_catalogue(folder).questions["Q2.1"]

    assert (question.framework, question.principle) == ("own", "")
