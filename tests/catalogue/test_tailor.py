"""Schemes laid over a catalogue: what is set, on which days, what contradicts, and what is refused with its place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from qa_toolkit.catalogue.lint import lint
from qa_toolkit.catalogue.lint_schemes import days_of, scheme_problems
from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.loosening import Direction
from qa_toolkit.catalogue.models import Catalogue
from qa_toolkit.catalogue.read_schemes import read_overlay_file
from qa_toolkit.catalogue.scheme_models import Scheme
from qa_toolkit.catalogue.tailor import What, tailor
from qa_toolkit.problems import UsageError
from qa_toolkit.resources import shipped_folder
from tests.catalogue.build import between, catalogue_with, check, framework

DAY = "2026-09-30"
ON = {"switch_on": "TST-03", "parameters": {"least": 2}}
HEAD = {
    "id": "own",
    "title": "Own",
    "about": "For tests.",
    "as_of": "2026-09-01",
    "source": [{"ref": "A decision", "tag": "judgement"}],
}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A check on a bound, one that always holds, and one that only schemes switch on."""
    bounds = {"type": "expect_column_values_to_be_between", "column": "ects", "min_value": "$least"}
    most = {"type": "expect_column_values_to_be_between", "column": "ects", "max_value": "$most"}
    examples = {"pass": [{"ects": 5}], "fail": [{"ects": 100}]}
    bands = [
        {"key": "meets", "lowest": 90},
        {"key": "partly_meets", "lowest": 50},
        {"key": "does_not_meet", "lowest": 0},
    ]
    made = catalogue_with(
        tmp_path_factory.mktemp("catalogue"),
        check("TST-01"),
        between("TST-02", parameters={"most": 60}, expect=most, examples=examples),
        between("TST-03", only_in_schemes=True, parameters={"least": 1}, expect=bounds),
        framework=framework("TST-01", "TST-02", "TST-03", bands=bands),
    )
    assert lint(made) == ()
    return made


def scheme(folder: Path, *changes: dict[str, Any], **head: Any) -> Scheme:
    """A scheme as an agency would hand it in."""
    entries = [{"why": "Because."} | change for change in changes]
    path = folder / f"{head.get('id', 'own')}.yaml"
    path.write_text(yaml.safe_dump(HEAD | head | {"changes": entries}, sort_keys=False), encoding="utf-8")
    return read_overlay_file(path)


def test_without_schemes_what_only_schemes_switch_on_stands_in_no_criterion(catalogue: Catalogue) -> None:
    """It is not run, and its absence costs no coverage."""
    tailored = tailor(catalogue, (), DAY)

    (criterion,) = tailored.catalogue.frameworks["own"].principles[0].criteria
    assert criterion.checks == ("TST-01", "TST-02")
    assert tailored.changes == ()


def test_what_is_switched_on_has_the_figures_of_the_scheme(catalogue: Catalogue, tmp_path: Path) -> None:
    """And stands in its criterion, with the scheme's source first."""
    tailored = tailor(catalogue, [scheme(tmp_path, ON)], DAY)

    check = tailored.catalogue.checks["TST-03"]
    assert (check.parameters, check.only_in_schemes) == ({"least": 2}, False)
    assert [source.ref for source in check.sources] == ["A decision", "A law"]
    assert "TST-03" in tailored.catalogue.frameworks["own"].principles[0].criteria[0].checks


@pytest.mark.parametrize(
    ("change", "direction", "below"),
    [
        ({"check": "TST-02", "parameters": {"most": 30}}, Direction.TIGHTENED, False),
        ({"check": "TST-02", "parameters": {"most": 90}}, Direction.LOOSENED, True),
        ({"check": "TST-02", "parameters": {"most": None}}, Direction.LOOSENED, True),
        ({"check": "TST-01", "severity": "blocker"}, Direction.TIGHTENED, False),
        ({"check": "TST-01", "severity": "minor"}, Direction.LOOSENED, True),
        ({"check": "TST-01", "role": "asks"}, Direction.LOOSENED, True),
        ({"switch_off": "TST-01"}, Direction.LOOSENED, True),
        ({"criterion": "2.1", "framework": "own", "weight": 3}, Direction.CHANGED, False),
        ({"principle": "transparency", "framework": "own", "weight": 3}, Direction.CHANGED, False),
        ({"band": "meets", "framework": "own", "lowest": 95}, Direction.TIGHTENED, False),
        ({"band": "meets", "framework": "own", "lowest": 80}, Direction.LOOSENED, False),
        (ON, Direction.ADDED, False),
    ],
)
def test_each_change_is_called_stricter_looser_or_neither(
    change: dict[str, Any], direction: Direction, below: bool, catalogue: Catalogue, tmp_path: Path
) -> None:
    """What asks less of a check lies below the standard."""
    tailored = tailor(catalogue, [scheme(tmp_path, change)], DAY)

    assert {one.direction for one in tailored.changes} == {direction}
    assert bool(tailored.below_standard) is below


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        ("2026-01-01", "2026-09-30", "2026-09-30", True),
        ("2026-01-01", "2026-09-30", "2026-10-01", False),
        ("2026-01-01", "2026-09-30", "2025-12-31", False),
        ("2026-01-01", None, "2026-01-01", True),
        (None, "2026-09-30", "1999-01-01", True),
    ],
)
@pytest.mark.parametrize("of_entry", [True, False])
def test_a_scheme_or_an_entry_holds_from_its_first_to_its_last_day(
    since: str | None, until: str | None, day: str, holds: bool, of_entry: bool, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Both included; what does not hold is listed and not applied."""
    window = {key: value for key, value in (("since", since), ("until", until)) if value}
    change = {"check": "TST-02", "parameters": {"most": 30}}
    one = scheme(tmp_path, change | window) if of_entry else scheme(tmp_path, change, **window)

    tailored = tailor(catalogue, [one], day)

    assert tailored.catalogue.checks["TST-02"].parameters["most"] == (30 if holds else 60)
    assert [change.in_force for change in tailored.changes] == [holds]


def test_an_entry_for_a_time_goes_before_one_that_always_holds(catalogue: Catalogue, tmp_path: Path) -> None:
    """Whatever their order."""
    timed = {"check": "TST-03", "parameters": {"least": 1}, "since": "2026-01-01", "until": "2026-12-31"}
    one = scheme(tmp_path, timed, ON)

    figures = [
        tailor(catalogue, [one], day).catalogue.checks["TST-03"].parameters["least"] for day in (DAY, "2027-01-01")
    ]

    assert figures == [1, 2]


def test_the_catalogue_itself_stays_as_it_is(catalogue: Catalogue, tmp_path: Path) -> None:
    """Another audit of the same process starts from it."""
    tailor(catalogue, [scheme(tmp_path, {"check": "TST-02", "parameters": {"most": 30}})], DAY)

    assert catalogue.checks["TST-02"].parameters == {"most": 60}


def test_two_schemes_that_set_one_thing_otherwise_contradict_each_other(catalogue: Catalogue, tmp_path: Path) -> None:
    """Both places are named; nothing goes before anything."""
    schemes = [
        scheme(tmp_path, {"check": "TST-02", "parameters": {"most": most}}, id=name)
        for name, most in (("one", 30), ("other", 40))
    ]

    (problem,) = scheme_problems(schemes, catalogue, (DAY,))

    assert problem.what == "one and other contradict each other on TST-02 most"
    assert problem.place.startswith("one.yaml, line ")
    assert "other.yaml, line " in problem.why


def test_two_schemes_that_agree_do_not_contradict_and_are_told_once(catalogue: Catalogue, tmp_path: Path) -> None:
    """The same figure from both."""
    schemes = [scheme(tmp_path, {"check": "TST-02", "parameters": {"most": 30}}, id=name) for name in ("one", "other")]

    assert scheme_problems(schemes, catalogue, (DAY,)) == ()
    assert len(tailor(catalogue, schemes, DAY).changes) == 1


def test_schemes_whose_days_do_not_meet_do_not_contradict(catalogue: Catalogue, tmp_path: Path) -> None:
    """Looked at on the day of the audit."""
    change = {"check": "TST-02", "parameters": {"most": 30}}
    schemes = [scheme(tmp_path, change, id="one", until="2026-06-30"),
               scheme(tmp_path, change | {"parameters": {"most": 40}}, id="other", since="2026-07-01")]  # fmt: skip

    assert scheme_problems(schemes, catalogue, (DAY,)) == ()


def test_days_of_a_scheme_are_the_first_of_each_stretch(tmp_path: Path) -> None:
    """Every other day is like one of them."""
    one = scheme(
        tmp_path, {"check": "TST-02", "role": "asks", "since": "2026-03-01", "until": "2026-05-31"}, until="2027-12-31"
    )

    assert days_of(one) == ("0001-01-01", "2026-03-01", "2026-06-01", "2028-01-01")


WRONG: list[tuple[str, list[dict[str, Any]], str, str]] = [
    # what is wrong, the entries, words of the problem, words of the fix
    ("unknown check", [{"check": "TST-09", "role": "asks"}], "Unknown check 'TST-09'", "TST-0"),
    ("switched on, though on", [{"switch_on": "TST-01"}], "cannot be switched on", "check: TST-01"),
    ("switched off, though off", [{"switch_off": "TST-03"}], "cannot be switched off", "Remove the entry"),
    (
        "changed, though off",
        [{"check": "TST-03", "parameters": {"least": 4}}],
        "is not switched on",
        "switch_on: TST-03",
    ),
    ("unknown case", [ON | {"cases": ["ect"]}], "has no case 'ect'", "Leave out 'cases'"),
    ("unknown parameter", [{"check": "TST-02", "parameters": {"mots": 3}}], "has no parameter 'mots'", "most"),
    (
        "parameter of another kind",
        [{"check": "TST-02", "parameters": {"most": "x"}}],
        "takes a number",
        "Write it like 60",
    ),
    ("unknown fact", [ON | {"where": ["not_drafts"]}], "unknown fact 'not_drafts'", "not_draft"),
    ("a fact that is no yes or no", [ON | {"where": ["ects"]}], "unknown fact 'ects'", "yes or no"),
    ("unknown framework", [{"criterion": "2.1", "framework": "owm", "weight": 2}], "unknown framework 'owm'", "own"),
    ("unknown criterion", [{"criterion": "2.9", "framework": "own", "weight": 2}], "has no criterion '2.9'", "2.1"),
    ("unknown band", [{"band": "meet", "framework": "own", "lowest": 2}], "has no band 'meet'", "meets"),
    (
        "severity of what informs",
        [{"check": "TST-01", "role": "informs", "severity": "minor"}],
        "no severity there",
        "Remove it",
    ),
    (
        "a contradiction with itself",
        [ON, ON | {"parameters": {"least": 3}}],
        "contradicts itself on TST-03 least",
        "Leave one",
    ),
    (
        "off and changed",
        [{"switch_off": "TST-02"}, {"check": "TST-02", "role": "asks"}],
        "contradicts itself",
        "Leave one",
    ),
    ("bands out of order", [{"band": "meets", "framework": "own", "lowest": 40}], "band", ""),
]


@pytest.mark.parametrize(("entries", "what", "fix"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_mistake_of_an_entry_is_told_with_its_line(
    entries: list[dict[str, Any]], what: str, fix: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    """And with what to do."""
    one = scheme(tmp_path, *entries)

    problems = scheme_problems([one], catalogue, days_of(one))

    assert len(problems) == 1, problems
    assert what.lower() in problems[0].what.lower()
    assert fix in problems[0].fix
    assert problems[0].place.startswith("own.yaml, line ")


UNREADABLE: list[tuple[str, dict[str, Any], str]] = [
    ("two targets", {"check": "TST-01", "switch_off": "TST-01"}, "names switch_off and check"),
    ("nothing changed", {"check": "TST-01"}, "changes nothing"),
    ("an unknown key", {"switch_off": "TST-01", "untill": "2026-01-01"}, "untill"),
    ("no day", {"switch_off": "TST-01", "until": "soon"}, "until"),
    ("last day before the first", {"switch_off": "TST-01", "since": "2026-02-01", "until": "2026-01-01"}, ""),
    ("no reason", {"switch_off": "TST-01", "why": None}, "why"),
    ("a weight that is no number", {"criterion": "2.1", "framework": "own", "weight": "much"}, "weight"),
]


@pytest.mark.parametrize(("entry", "what"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE])
def test_an_overlay_that_cannot_be_read_is_refused_with_every_mistake(
    entry: dict[str, Any], what: str, tmp_path: Path
) -> None:
    """Two such entries, two mistakes at least."""
    with pytest.raises(UsageError) as refused:
        scheme(tmp_path, entry, entry)

    assert len(refused.value.problems) >= 2
    assert any(what in problem.what or what in problem.place for problem in refused.value.problems)
    assert all(problem.place.startswith("own.yaml, line ") and problem.fix for problem in refused.value.problems)


SHIPPED: list[tuple[str, str, str, dict[str, float]]] = [
    # scheme, day, check, its figures; from policy.md, section on national limits
    ("es", DAY, "SIZ-04", {"least_ects": 1, "most_ects": 15, "least_hours": 25, "most_hours": 375}),
    ("ee", DAY, "SIZ-04", {"least_ects": 5, "most_ects": 30}),
    ("nl-ho", DAY, "SIZ-04", {"least_ects": 1, "most_ects": 30, "least_ects_for_all": 3}),
    ("nl-ho", "2027-05-01", "SIZ-04", {"least_ects": 3, "most_ects": 30}),
    ("mt", DAY, "SIZ-05", {"least_share": 0.2}),
    ("es-ct-aqu", DAY, "SIZ-04", {"least_ects": 4, "most_ects": 30}),
]


@pytest.mark.parametrize(("name", "day", "check_id", "figures"), SHIPPED)
def test_a_shipped_scheme_sets_its_figures(name: str, day: str, check_id: str, figures: dict[str, float]) -> None:
    """Those of its document, on the day."""
    shipped = load_catalogue(shipped_folder("checks"))

    tailored = tailor(shipped, [shipped.schemes[name]], day)

    parameters = tailored.catalogue.checks[check_id].parameters
    assert {key: parameters.get(key) for key in figures} == figures


def test_the_shipped_schemes_are_without_mistake_and_without_official_claim() -> None:
    """Each names its source and the day of our reading; none is issued by us in somebody's name."""
    shipped = load_catalogue(shipped_folder("checks"))

    assert len(shipped.schemes) == 11
    for one in shipped.schemes.values():
        assert scheme_problems([one], shipped, days_of(one)) == ()
        assert one.sources
        assert (one.as_of, one.issued_by) == ("2026-11-26", None)


def test_what_a_change_is_about_is_one_of_few_things() -> None:
    """The words of reports are made for these."""
    assert {what.value for what in What} == {
        "switch", "where", "parameter", "role", "severity", "weight", "lowest", "share"}  # fmt: skip
