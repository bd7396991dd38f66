"""Lint: what can be read and still cannot work, or breaks a rule of the house."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.catalogue.lint import lint
from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.models import Catalogue
from qa_toolkit.problems import Problem
from tests.catalogue.build import (
    HEADING,
    QUESTION,
    between,
    case,
    catalogue_with,
    check,
    folder_with,
    framework,
    with_cases,
    write,
)


def linted(folder: Path, *checks: dict[str, Any], **files: Any) -> tuple[Problem, ...]:
    return lint(catalogue_with(folder, *checks, **files))


def expecting(kind: str, **kwargs: Any) -> dict[str, Any]:
    return {"expect": {"type": kind, **kwargs}}


def true(column: str, value: object = True) -> dict[str, Any]:
    return check(**expecting(IN_SET, column=column, value_set=[value]))


BETWEEN = "expect_column_values_to_be_between"
REGEX = "expect_column_values_to_match_regex"
IN_SET = "expect_column_values_to_be_in_set"


def test_a_right_catalogue_has_no_problem(tmp_path: Path) -> None:
    """What follows takes one thing away from these."""
    value = between("TST-02", requires=["TST-01"], severity="major", applies="not_draft")

    assert linted(tmp_path, check("TST-01"), value) == ()


WRONG_CHECKS: list[tuple[str, dict[str, Any], str, str]] = [
    # what is wrong, the check, words of the problem, words of the fix
    ("unknown column", true("titel_stated"), "titel_stated", "title_stated"),
    ("canonical column, no fact", true("isced_f"), "isced_f", "fact"),
    ("unknown condition", check(applies="not_drafts"), "not_drafts", "not_draft"),
    ("condition on a number", check(applies="ects"), "ects", "boolean"),
    ("column of another table", true("columns_are_complete"), "columns_are_complete", "fact"),
    ("unknown table", check(tables=["offer"]), "offer", "credentials"),
    ("shows nothing that exists", check(shows=["titels"]), "titels", "title"),
    ("unknown element", check(element="titel"), "titel", "title"),
    ("not agreed", check(**expecting("expect_column_values_to_be_unique", column="title_stated")), "unique", "Agreed"),
    (
        "misspelt expectation",
        check(**expecting("expect_column_value_to_be_between", column="ects", min_value=0)),
        "value_to_be_between",
        BETWEEN,
    ),
    ("misspelt argument", between(**expecting(BETWEEN, column="ects", min_val=0, max_value=9)), "min_val", "min_value"),
    ("mostly", between(**expecting(BETWEEN, column="ects", min_value=0, mostly=0.9)), "mostly", "It takes"),
    ("no bound", between(**expecting(BETWEEN, column="ects")), "no bound", "min_value"),
    ("bound in words", between(**expecting(BETWEEN, column="ects", min_value="five")), "min_value", "number"),
    ("date bound", between(**expecting(BETWEEN, column="ects", max_value="2026-01-01")), "date", "days"),
    (
        "date bound by parameter",
        between(parameters={"last": "2026-01-01"}, **expecting(BETWEEN, column="ects", max_value="$last")),
        "date",
        "days",
    ),
    ("between on yes or no", between(**expecting(BETWEEN, column="title_stated", min_value=0)), "does not fit", "type"),
    (
        "set of words on yes or no",
        check(**expecting(IN_SET, column="title_stated", value_set=["yes"])),
        "fit",
        "[true]",
    ),
    ("no set", check(**expecting(IN_SET, column="title_stated")), "value_set", "Add"),
    ("empty set", check(**expecting(IN_SET, column="title_stated", value_set=[])), "value_set", "brackets"),
    ("regex on a number", check(**expecting(REGEX, column="ects", regex="^a")), "does not fit", "type"),
    ("regex that cannot be read", check(**expecting(REGEX, column="country_key", regex="(")), "regular", "quotes"),
    ("unknown parameter", between(**expecting(BETWEEN, column="ects", min_value="$least")), "$least", "parameters"),
    (
        "misspelt parameter",
        between(parameters={"least": 1}, **expecting(BETWEEN, column="ects", min_value="$laest")),
        "",
        "",
    ),
    ("unused parameter", check(parameters={"least": 1}), "least", "drop"),
    (
        "parameter by an unknown fact",
        between(
            parameters={"least": 1, "by": {"contry": {"IE": {"least": 2}}}},
            **expecting(BETWEEN, column="ects", min_value="$least"),
        ),
        "contry",
        "country",
    ),
    (
        "unknown parameter under by",
        between(
            parameters={"least": 1, "by": {"country": {"IE": {"laest": 2}}}},
            **expecting(BETWEEN, column="ects", min_value="$least"),
        ),
        "laest",
        "least",
    ),
    ("tolerance below nothing", check(tolerance=-0.01), "tolerance", "0.01"),
    ("tolerance for half", check(tolerance=0.5), "tolerance", "0.01"),
    ("major by judgement", check(source=[{"ref": "We", "place": "here", "tag": "judgement"}]), "source", "asks"),
    ("major cited without place", check(source=[{"ref": "A law", "tag": "cited"}]), "source", "place"),
    ("blocker by judgement", check(severity="blocker", source=[{"ref": "We", "tag": "judgement"}]), "source", "asks"),
    ("lower-case id", check("tst-01"), "shape", "SIZ-02"),
    ("two cases of one key", with_cases(case("one"), case("one")), "two cases", "key"),
    ("not worst first", with_cases(case("asks", role="asks"), case("scores")), "worst first", "severest"),
    ("minor before major", with_cases(case("minor", severity="minor"), case("major")), "worst first", "severest"),
    ("no passing example", check(examples={"fail": [{"title_cause": "empty"}]}), "passing", "pass"),
    ("no failing example", check(examples={"pass": [{"title": "Welding"}]}), "failing", "fail"),
    (
        "no failing example of a case",
        with_cases(
            case("one"),
            case("two"),
            examples={"pass": [{"title": "W"}], "fail": [{"case": "one", "title_cause": "empty"}]},
        ),
        "'two'",
        "case: two",
    ),
    ("unknown column in an example", check(examples={"pass": [{"titel": "W"}], "fail": [{}]}), "titel", "title"),
    (
        "unknown column of the submission",
        check(examples={"pass": [{"submission": {"rute": "course"}}], "fail": [{}]}),
        "rute",
        "route",
    ),
    (
        "unknown column of a sibling",
        check(examples={"pass": [{"also": [{"titel": "W"}]}], "fail": [{}]}),
        "titel",
        "title",
    ),
    ("requires itself", check(requires=["TST-01"]), "requires itself", ""),
    ("requires an unknown check", check(requires=["TST-99"]), "TST-99", ""),
]


@pytest.mark.parametrize(
    ("wrong", "what", "fix"), [row[1:] for row in WRONG_CHECKS], ids=[row[0] for row in WRONG_CHECKS]
)
def test_a_wrong_check_has_a_problem_with_its_place_and_a_way_out(
    tmp_path: Path, wrong: dict[str, Any], what: str, fix: str
) -> None:
    """One mistake, one problem."""
    (problem,) = linted(tmp_path, wrong)

    assert wrong["id"] in problem.what
    assert what in problem.what
    assert fix in problem.fix
    assert problem.why
    assert problem.place.startswith("principles/02-transparency.yaml, line ")


UNPORTABLE = [r"\bword", r"\w+", r"a\s", r"\d{4}", r"\p{L}", r"\D", "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", r"(a)\1"]


@pytest.mark.parametrize("regex", UNPORTABLE)
def test_patterns_that_differ_between_engines_are_refused(tmp_path: Path, regex: str) -> None:
    """RE2 is ASCII where Python is not, and has no look-around."""
    (problem,) = linted(tmp_path, check(**expecting(REGEX, column="country_key", regex=regex)))

    assert "not portable" in problem.what


@pytest.mark.parametrize("regex", ["^[A-Z]{2}$", "(?:a|b)", "[0-9]+", r"^\.", r"\\d", "(?i)abc"])
def test_patterns_that_both_engines_read_alike_are_fine(tmp_path: Path, regex: str) -> None:
    """Characters, classes and groups."""
    assert linted(tmp_path, check(**expecting(REGEX, column="country_key", regex=regex))) == ()


@pytest.mark.parametrize(
    "source",
    [
        [{"ref": "A law", "place": "Article 1", "tag": "cited"}],
        [{"ref": "A guide", "tag": "verified"}],
        [{"ref": "We", "tag": "judgement"}, {"ref": "A law", "place": "Article 1", "tag": "cited"}],
    ],
)
def test_a_blocker_with_one_good_source_is_fine(tmp_path: Path, source: list[dict[str, str]]) -> None:
    """One suffices."""
    assert linted(tmp_path, check(severity="blocker", source=source)) == ()


@pytest.mark.parametrize("changes", [{"role": "asks"}, {"severity": "minor"}, {"role": "informs", "severity": None}])
def test_judgement_may_ask_inform_or_cost_a_little(tmp_path: Path, changes: dict[str, Any]) -> None:
    """No source, no failure: but a question is allowed."""
    assert linted(tmp_path, check(source=[{"ref": "We", "tag": "judgement"}], **changes)) == ()


# ---------------------------------------------------------------- requires


def test_a_value_check_must_not_cost_more_than_the_presence_check_it_requires(tmp_path: Path) -> None:
    """Otherwise blank cells beat honest ones."""
    (problem,) = linted(tmp_path, check("TST-01"), between("TST-02", severity="blocker", requires=["TST-01"]))

    assert "TST-02" in problem.what
    assert "costs more than 'TST-01'" in problem.what


def test_a_value_check_that_scores_must_not_require_one_that_only_asks(tmp_path: Path) -> None:
    """A blank cell would cost nothing at all."""
    presence = check("TST-01", role="asks", severity="major")

    (problem,) = linted(tmp_path, presence, between("TST-02", severity="minor", requires=["TST-01"]))

    assert "costs more" in problem.what


@pytest.mark.parametrize(
    "required",
    [
        between("TST-01"),
        with_cases(case("one"), case("two", expect={"type": IN_SET, "column": "country_stated", "value_set": [True]})),
        check("TST-01", **expecting(IN_SET, column="title_stated", value_set=[True, False])),
    ],
    ids=["a number", "two facts", "yes or no"],
)
def test_what_is_required_must_come_down_to_one_fact_that_is_true(tmp_path: Path, required: dict[str, Any]) -> None:
    """`requires` becomes the condition that this fact is true."""
    (problem,) = linted(tmp_path, required, between("TST-02", requires=["TST-01"]))

    assert "cannot require 'TST-01'" in problem.what


def test_cases_that_only_inform_do_not_stand_in_the_way(tmp_path: Path) -> None:
    """An identifier may be required although a note speaks of its form."""
    note = case("note", role="informs", expect={"type": IN_SET, "column": "credential_id_is_uri", "value_set": [True]})
    del note["severity"]

    assert linted(tmp_path, with_cases(case("missing"), note), between("TST-02", requires=["TST-01"])) == ()


def test_two_cases_on_the_same_fact_may_be_required(tmp_path: Path) -> None:
    """A level is missing in higher education or elsewhere: one fact."""
    presence = with_cases(
        case("higher_education", applies="provider_is_higher_education"),
        case("other", role="asks", severity="minor", applies="provider_is_not_higher_education"),
    )

    assert linted(tmp_path, presence, between("TST-02", requires=["TST-01"])) == ()


def test_what_is_required_must_be_on_the_same_table(tmp_path: Path) -> None:
    """A submission has no title."""
    value = between(
        "TST-02",
        tables=["submissions"],
        requires=["TST-01"],
        shows=[],
        examples={"pass": [{"submission": {}}], "fail": [{"submission": {}}]},
        **expecting(BETWEEN, column="declared_total", min_value=0),
    )

    (problem,) = linted(tmp_path, check("TST-01"), value)

    assert "on submissions" in problem.what


def test_what_is_required_must_be_in_the_framework_too(tmp_path: Path) -> None:
    """Otherwise the ground is never checked."""
    own = framework("TST-02")
    other = framework("TST-01", id="other")
    catalogue = catalogue_with(tmp_path, check("TST-01"), between("TST-02", requires=["TST-01"]), framework=own)
    write(tmp_path, {"frameworks/other.yaml": other})

    (problem,) = lint(load_catalogue(tmp_path))

    assert "own names it, but not 'TST-01'" in problem.what
    assert catalogue.frameworks.keys() == {"own"}


# ---------------------------------------------------------------- frameworks

GATE = {"id": "named", "title": "It is named", "checks": ["TST-01"], "share": 0.01}
BANDS = [{"key": "meets", "lowest": 90}, {"key": "does_not_meet", "lowest": 0}]

WRONG_FRAMEWORKS: list[tuple[str, dict[str, Any], str, str]] = [
    ("unknown check", framework("TST-01", "TST-10"), "TST-10", "TST-01"),
    ("unknown hand-in check", framework("TST-01", hand_in=["TST-10"]), "TST-10", "TST-01"),
    ("check in two criteria", framework("TST-01", hand_in=["TST-01"]), "two criteria", "one"),
    ("gate without checks", framework("TST-01", gates=[GATE | {"checks": []}]), "no check", "Name"),
    ("gate on an unknown check", framework("TST-01", gates=[GATE | {"checks": ["TST-10"]}]), "TST-10", "TST-01"),
    ("gate on an unknown case", framework("TST-01", gates=[GATE | {"checks": ["TST-01:missing"]}]), "case", "Cases"),
    ("gate that never fires", framework("TST-01", gates=[GATE | {"share": 1}]), "share", "0.01"),
    (
        "gate on an unknown form",
        framework("TST-01", gates=[GATE | {"evidence_forms": ["documents"]}]),
        "form",
        "document",
    ),
    ("gate on an unknown principle", framework("TST-01", gates=[GATE | {"principles": ["portable"]}]), "portable", ""),
    (
        "bands that leave a gap",
        framework("TST-01", bands=[BANDS[0], {"key": "b", "lowest": 50}]),
        "bands",
        "lowest: 0",
    ),
    ("bands upside down", framework("TST-01", bands=BANDS[::-1]), "bands", "best first"),
    ("coverage above all", framework("TST-01", coverage={"band": 80, "provisional_band": 50}), "coverage", "0.8"),
    (
        "provisional above final",
        framework("TST-01", coverage={"band": 0.5, "provisional_band": 0.8}),
        "coverage",
        "0.8",
    ),
    ("more principles than there are", framework("TST-01", least_scored_principles=7), "least_scored", "reached"),
]


@pytest.mark.parametrize(
    ("wrong", "what", "fix"), [row[1:] for row in WRONG_FRAMEWORKS], ids=[row[0] for row in WRONG_FRAMEWORKS]
)
def test_a_wrong_framework_has_a_problem_with_its_place_and_a_way_out(
    tmp_path: Path, wrong: dict[str, Any], what: str, fix: str
) -> None:
    """One mistake, one problem."""
    (problem,) = linted(tmp_path, check("TST-01"), framework=wrong)

    assert what in problem.what
    assert fix in problem.fix
    assert problem.place.startswith("frameworks/own.yaml, line ")


def criterion_of(own: dict[str, Any]) -> dict[str, Any]:
    criterion: dict[str, Any] = own["principles"][0]["criteria"][0]
    return criterion


WRONG_CRITERIA: list[tuple[str, dict[str, Any], str, str]] = [
    ("points at nothing", {"checks": []}, "points at nothing", "awaits"),
    ("human, and its check scores", {"mode": "human"}, "no human one", "partial"),
    ("automated, and nothing scores", {"mode": "automated", "checks": ["TST-02"]}, "no automated one", "partial"),
    ("awaits what it has", {"awaits": ["TST-10"], "checks": ["TST-01", "TST-02", "TST-10"]}, "two criteria", "one"),
    ("a check twice in one criterion", {"checks": ["TST-01", "TST-01"]}, "two criteria", "one"),
    ("a question of another framework", {"questions": ["Q2.1"]}, "not asked here", "own"),
]


@pytest.mark.parametrize(
    ("changes", "said", "fix"), [row[1:] for row in WRONG_CRITERIA], ids=[row[0] for row in WRONG_CRITERIA]
)
def test_a_wrong_criterion_has_a_problem_at_its_line_and_a_way_out(
    tmp_path: Path, changes: dict[str, Any], said: str, fix: str
) -> None:
    """Nobody can judge by it, or it would be judged twice."""
    own = framework("TST-01", hand_in=[])
    criterion_of(own).update(changes)
    other = framework("TST-01", "TST-02", id="other")
    criterion_of(other)["questions"] = ["Q2.1"]
    folder = folder_with(tmp_path, check("TST-01"), check("TST-02", role="asks"), framework=own)
    questions = {"framework": "other", "questions": [QUESTION]}
    write(folder, {"questions/other.yaml": questions, "frameworks/other.yaml": other})

    (problem,) = lint(load_catalogue(folder))

    assert said in problem.what
    assert fix in problem.fix
    assert problem.place.startswith("frameworks/own.yaml, line ")


def test_a_criterion_without_a_source_is_refused(tmp_path: Path) -> None:
    """A requirement that nobody can look up convinces nobody."""
    own = framework("TST-01")
    own["principles"][0] |= {"key": "ours", "number": 1, "title": "Ours", "summary": "It."}

    (problem,) = linted(tmp_path, check("TST-01"), framework=own)

    assert "has no source" in problem.what


def test_a_question_stands_in_one_criterion_of_a_framework(tmp_path: Path) -> None:
    """Its answer would count twice."""
    own = framework("TST-01")
    criterion_of(own)["questions"] = ["Q2.1", "Q2.1"]
    write(tmp_path, {"questions/02.yaml": {"principle": "transparency", "questions": [QUESTION]}})

    (problem,) = linted(tmp_path, check("TST-01"), framework=own)

    assert "question 'Q2.1' in two criteria" in problem.what


def test_an_agreement_on_what_is_not_there_is_refused(tmp_path: Path) -> None:
    """A framework with the nearest name; a scheme among schemes."""
    agreements = [
        {"id": name, "kind": kind, "title": "T", "agreed_by": "A", "source": [{"ref": "A law", "tag": "cited"}]}
        for name, kind in (("owm", "framework"), ("nowhere", "scheme"))
    ]
    write(tmp_path, {"agreements.yaml": {"agreements": agreements}})

    framework_there, scheme_there = linted(tmp_path, check("TST-01"))

    assert "unknown framework 'owm'" in framework_there.what
    assert "own" in framework_there.fix
    assert "unknown scheme 'nowhere'" in scheme_there.what
    assert scheme_there.place.startswith("agreements.yaml, line ")


def test_a_gate_on_what_does_not_score_is_refused(tmp_path: Path) -> None:
    """Only what costs points may cap a judgement."""
    (problem,) = linted(tmp_path, check(role="asks"), framework=framework("TST-01", gates=[GATE]))

    assert "does not score" in problem.what


def test_a_check_in_two_criteria_is_paid_for_twice(tmp_path: Path) -> None:
    """Named with both."""
    own = framework("TST-01")
    (criterion,) = own["principles"][0]["criteria"]
    own["principles"][0]["criteria"].append(criterion | {"id": "2.2", "checks": ["TST-01"]})

    (problem,) = linted(tmp_path, check("TST-01"), framework=own)

    assert "2.1" in problem.why
    assert "2.2" in problem.why


@pytest.mark.parametrize("weight", [0, -1])
def test_a_weight_of_nothing_is_refused(tmp_path: Path, weight: float) -> None:
    """Means are taken by weight."""
    own = framework("TST-01")
    own["principles"][0]["criteria"][0]["weight"] = weight

    (problem,) = linted(tmp_path, check("TST-01"), framework=own)

    assert "weight" in problem.what


def test_a_criterion_with_an_unknown_question_names_the_close_one(tmp_path: Path) -> None:
    """A question that is not there cannot be asked."""
    own = framework("TST-01")
    own["principles"][0]["criteria"][0]["questions"] = ["Q2.1", "Q2.1a"]
    write(tmp_path, {"questions/02.yaml": {"principle": "transparency", "questions": [QUESTION]}})

    (problem,) = linted(tmp_path, check("TST-01"), framework=own)

    assert "Q2.1a" in problem.what
    assert "'Q2.1'" in problem.fix


def test_a_check_in_no_criterion_is_unreachable(tmp_path: Path) -> None:
    """Nobody would ever see it fail."""
    (problem,) = linted(tmp_path, check("TST-01"), check("TST-02"), framework=framework("TST-01"))

    assert problem.what == "TST-02: unreachable check"


def test_a_question_in_no_criterion_is_unreachable(tmp_path: Path) -> None:
    """Nobody would ever be asked."""
    write(tmp_path, {"questions/02.yaml": {"principle": "transparency", "questions": [QUESTION]}})

    (problem,) = linted(tmp_path, check("TST-01"))

    assert problem.what == "Q2.1: unreachable question"


def test_a_check_on_the_hand_in_must_not_score(tmp_path: Path) -> None:
    """How data are handed in is no fault of a micro-credential."""
    heading = HEADING | {"key": "hand_in", "number": 0, "title": "Hand-in"}
    write(tmp_path, {"00-hand-in.yaml": heading | {"checks": [check("TST-02")]}})

    problems = linted(tmp_path, check("TST-01"), framework=framework("TST-01", hand_in=["TST-02"]))

    assert [problem.what for problem in problems] == ["TST-02: a check on the hand-in scores"]


def test_a_catalogue_made_without_files_is_linted_too(tmp_path: Path) -> None:
    """Without a place, the id says which check is meant."""
    loaded = catalogue_with(tmp_path, check("TST-01"))
    bare = Catalogue({"TST-01": replace(loaded.checks["TST-01"], fix=" ")}, {}, loaded.frameworks, "")

    (problem,) = lint(bare)

    assert problem.place == "TST-01"
    assert "'fix' is missing" in problem.what
