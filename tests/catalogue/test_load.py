"""Loading checks: what a folder becomes, and every mistake at once with its place."""

from pathlib import Path

import pytest
import yaml

from qa_toolkit.catalogue.load import CatalogueError, load_catalogue
from qa_toolkit.catalogue.models import Role, Severity
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


def problems_of(folder: Path, overlay: Path | None = None) -> tuple[Problem, ...]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder, overlay)
    return caught.value.problems


def test_a_check_of_one_case_has_the_key_of_no_case(tmp_path: Path) -> None:
    """What stands at the top of the check is its case."""
    loaded = catalogue_with(tmp_path, check(applies="not_draft")).checks["TST-01"]

    (only,) = loaded.cases
    assert (only.key, only.table, only.role, only.severity) == ("", "credentials", Role.SCORES, Severity.MAJOR)
    assert only.applies == "not_draft"
    assert only.expectation.type == "expect_column_values_to_be_in_set"
    assert only.expectation.kwargs == {"column": "title_stated", "value_set": [True]}
    assert loaded.principle == "transparency"


def test_cases_take_what_they_do_not_say_from_the_check(tmp_path: Path) -> None:
    """Tables and condition are written once."""
    asks = case("second", role="asks", severity="minor", fix="Look again.")
    loaded = catalogue_with(tmp_path, with_cases(case("first"), asks, applies="not_draft")).checks["TST-01"]

    first, second = loaded.cases
    assert (first.key, first.table, first.applies, first.fix) == ("first", "credentials", "not_draft", None)
    assert (second.role, second.severity, second.fix) == (Role.ASKS, Severity.MINOR, "Look again.")


def test_a_check_on_two_tables_has_a_case_for_each(tmp_path: Path) -> None:
    """Results are kept by table."""
    loaded = catalogue_with(tmp_path, check(tables=["credentials", "submissions"])).checks["TST-01"]

    assert [one.table for one in loaded.cases] == ["credentials", "submissions"]


def test_parameters_that_differ_by_a_fact_are_kept_apart(tmp_path: Path) -> None:
    """`by` is no parameter."""
    parameters = {"least": 1, "by": {"country": {"IE": {"least": 2}}}}
    loaded = catalogue_with(tmp_path, between(parameters=parameters)).checks["TST-01"]

    assert loaded.parameters == {"least": 1}
    assert loaded.parameters_by == {"country": {"IE": {"least": 2}}}


@pytest.mark.parametrize(
    ("role", "severity", "tolerance"),
    [
        ("scores", "blocker", 0.0),
        ("scores", "major", 0.01),
        ("scores", "minor", 0.02),
        ("asks", "major", 0.0),
        ("informs", None, 0.0),
    ],
)
def test_tolerance_follows_severity_where_nothing_is_said(
    tmp_path: Path, role: str, severity: str | None, tolerance: float
) -> None:
    """None for a blocker, one in a hundred for a major fault, two for a minor one."""
    loaded = catalogue_with(tmp_path, check(role=role, severity=severity))

    assert loaded.checks["TST-01"].tolerance == tolerance


def test_a_tolerance_that_is_written_counts(tmp_path: Path) -> None:
    """A default is only a default."""
    assert catalogue_with(tmp_path, check(tolerance=0.05)).checks["TST-01"].tolerance == 0.05


def test_folded_texts_come_on_one_line(tmp_path: Path) -> None:
    """Line breaks of the file are not line breaks of the report."""
    assert catalogue_with(tmp_path, check(why="One\n  two.\n")).checks["TST-01"].why == "One two."


def test_principles_of_a_framework_take_title_and_summary_from_their_file(tmp_path: Path) -> None:
    """Said once is said."""
    (principle,) = catalogue_with(tmp_path, check()).frameworks["own"].principles

    assert (principle.number, principle.title, principle.summary) == (2, "Transparency", "One can read it.")


def test_a_framework_may_word_its_principles_itself(tmp_path: Path) -> None:
    """A scheme of ten standards has its own titles."""
    own = framework("TST-01")
    own["principles"][0] |= {"key": "1.2", "number": 2, "title": "Design", "summary": "Of programmes."}

    (principle,) = catalogue_with(tmp_path, check(), framework=own).frameworks["own"].principles

    assert (principle.key, principle.title) == ("1.2", "Design")


def test_a_gate_caps_the_principle_that_its_checks_sit_in(tmp_path: Path) -> None:
    """Unless it names others."""
    gate = {"id": "named", "title": "It is named", "checks": ["TST-01"], "share": 0.01}
    (loaded,) = catalogue_with(tmp_path, check(), framework=framework("TST-01", gates=[gate])).frameworks["own"].gates

    assert loaded.principles == ("transparency",)
    assert (loaded.share, loaded.every, loaded.evidence_forms, loaded.confirm) == (0.01, False, (), False)


def test_adoption_dates_may_stand_without_quotes(tmp_path: Path) -> None:
    """YAML reads 2026-01-01 as a date; people write it like that."""
    adoption = {"by": "An agency", "legal_basis": "A law", "since": yaml.safe_load("2026-01-01")}
    loaded = catalogue_with(tmp_path, check(), framework=framework("TST-01", adoption=adoption))

    adopted = loaded.frameworks["own"].adoption
    assert adopted is not None
    assert (adopted.since, adopted.until) == ("2026-01-01", None)


def test_a_question_weighs_four_and_is_not_core_unless_it_says_so(tmp_path: Path) -> None:
    """The defaults of a question."""
    folder = folder_with(tmp_path, check())
    write(folder, {"questions/02.yaml": {"principle": "transparency", "questions": [QUESTION]}})

    question = load_catalogue(folder).questions["Q2.1"]

    assert (question.principle, question.weight, question.core) == ("transparency", 4, False)


# ---------------------------------------------------------------- overlay


def test_an_own_file_with_the_same_path_replaces_the_shipped_one(tmp_path: Path) -> None:
    """Whole files, no merging: what is read is what is written."""
    shipped = folder_with(tmp_path / "shipped", check("TST-01"))
    own = write(tmp_path / "own", {"principles/02-transparency.yaml": HEADING | {"checks": [check("TST-02")]}})

    assert list(load_catalogue(shipped, own).checks) == ["TST-02"]


def test_an_own_file_with_another_path_is_added(tmp_path: Path) -> None:
    """An own file needs no heading, only the key of its principle."""
    shipped = folder_with(tmp_path / "shipped", check("TST-01"))
    own = write(tmp_path / "own", {"principles/99-own.yaml": {"key": "portable", "checks": [check("OWN-01")]}})

    loaded = load_catalogue(shipped, own)

    assert set(loaded.checks) == {"TST-01", "OWN-01"}
    assert loaded.checks["OWN-01"].principle == "portable"


def test_a_folder_of_own_checks_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """A misspelt folder must not mean: no own checks."""
    (problem,) = problems_of(folder_with(tmp_path / "shipped", check()), tmp_path / "absent")

    assert problem.place == "absent"


# ---------------------------------------------------------------- the stamp


def test_the_stamp_depends_on_contents_and_paths_alone(tmp_path: Path) -> None:
    """The same files elsewhere have the same stamp."""
    one = catalogue_with(tmp_path / "one", check())
    two = catalogue_with(tmp_path / "two", check())

    assert one.sha256 == two.sha256
    assert len(one.sha256) == 64


@pytest.mark.parametrize("changed", ["vocabularies/words.csv", "principles/02-transparency.yaml", "renamed"])
def test_the_stamp_changes_with_any_file(tmp_path: Path, changed: str) -> None:
    """Vocabularies are part of what was checked."""
    folder = folder_with(tmp_path, check())
    write(folder, {"vocabularies/words.csv": "a,b\n"})
    before = load_catalogue(folder).sha256

    if changed == "renamed":
        (folder / "vocabularies" / "words.csv").rename(folder / "vocabularies" / "other.csv")
    else:
        with (folder / changed).open("a", encoding="utf-8") as file:
            file.write("\n")

    assert load_catalogue(folder).sha256 != before


def test_hidden_files_of_an_editor_do_not_count(tmp_path: Path) -> None:
    """They are nobody's checks."""
    folder = folder_with(tmp_path, check())
    before = load_catalogue(folder).sha256

    write(folder, {".DS_Store": "x", "principles/.02.yaml.swp": "x"})

    assert load_catalogue(folder).sha256 == before


# ---------------------------------------------------------------- mistakes

FIVE_MISTAKES = """\
key: transparency
number: 2
title: Transparency
summary: One can read it.
source: [{ref: A law, tag: judgement}]
checks:
  - id: TST-01
    title: The title is stated
    tables: [credentials]
    role: score
    serverity: major
    failed: The title is missing
    expect: {type: expect_column_values_to_be_in_set, column: title_stated, value_set: [true]}
    tolerance: much
    why: Because.
    why: Because twice.
    fix: 12
    source: [{ref: A law, tag: judgement}]
"""


def test_five_mistakes_in_a_file_are_five_problems_each_at_its_line(tmp_path: Path) -> None:
    """Nobody wants to run a program five times to hear of five mistakes."""
    problems = problems_of(write(tmp_path, {"principles/02-transparency.yaml": FIVE_MISTAKES}))

    file, key = "principles/02-transparency.yaml", "key checks[TST-01]"
    assert {problem.place for problem in problems} == {
        f"{file}, line 10, {key}.role",
        f"{file}, line 11, {key}.serverity",
        f"{file}, line 14, {key}.tolerance",
        f"{file}, line 16, {key}.why",
        f"{file}, line 17, {key}.fix",
    }
    assert len(problems) == 5
    assert all(problem.what and problem.why and problem.fix for problem in problems)


def test_a_wrong_role_does_not_hide_a_wrong_severity(tmp_path: Path) -> None:
    """Each mistake is told, whatever stands beside it."""
    problems = problems_of(folder_with(tmp_path, check(role="scored", severity="huge")))

    assert [problem.place.rsplit(".", 1)[-1] for problem in problems] == ["role", "severity"]


def test_mistakes_of_all_files_come_together(tmp_path: Path) -> None:
    """Every file is read, whatever the others hold."""
    files = {
        "principles/02-transparency.yaml": "key: [",
        "questions/02.yaml": {"principle": "transparencies", "questions": []},
        "frameworks/own.yaml": {"id": "own"},
    }

    places = {problem.place.split(",")[0] for problem in problems_of(write(tmp_path, files))}

    assert places == set(files)


@pytest.mark.parametrize(
    ("changes", "line_says"),
    [
        ({"titel": "x", "title": None}, "Did you mean 'title'?"),
        ({"require": ["TST-02"]}, "Did you mean 'requires'?"),
        ({"role": "scored"}, "Did you mean 'scores'?"),
        ({"severity": "mayor"}, "Did you mean 'major'?"),
        ({"source": [{"ref": "A law", "tag": "sited"}]}, "Did you mean 'cited'?"),
    ],
)
def test_a_misspelt_key_or_word_is_answered_with_the_one_meant(
    tmp_path: Path, changes: dict[str, object], line_says: str
) -> None:
    """One mistake, one problem, and the way out."""
    (problem,) = problems_of(folder_with(tmp_path, check(**changes)))

    assert line_says in problem.fix


@pytest.mark.parametrize("key", ["title", "failed", "expect", "why", "fix", "source", "role", "severity", "tables"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    """Every check needs these."""
    (problem,) = problems_of(folder_with(tmp_path, check(**{key: None})))

    assert key in problem.what + problem.fix
    assert problem.place.startswith("principles/02-transparency.yaml, line ")


@pytest.mark.parametrize(
    "text",
    ["key: [unclosed", "key: a: b", "\tkey: x", "", "- a\n- list", "key: !!python/object:os.system {}", "a: &a [*a]"],
)
def test_what_is_no_readable_yaml_is_a_problem_of_its_file(tmp_path: Path, text: str) -> None:
    """Never a traceback, never code."""
    problems = problems_of(write(tmp_path, {"principles/02-transparency.yaml": text}))

    assert all(problem.place.startswith("principles/02-transparency.yaml") for problem in problems)


def test_bytes_that_are_no_text_are_a_problem_of_their_file(tmp_path: Path) -> None:
    """Windows-1250 is not UTF-8."""
    folder = folder_with(tmp_path, check())
    (folder / "principles" / "02-transparency.yaml").write_bytes("key: čísla".encode("cp1250"))

    assert "UTF-8" in problems_of(folder)[0].what


def test_norway_without_quotes_is_answered_with_quotes(tmp_path: Path) -> None:
    """YAML reads NO as no."""
    text = yaml.safe_dump(HEADING | {"checks": [between(parameters={"least": 1, "by": {"country": {"XX": {}}}})]})

    (problem,) = problems_of(write(tmp_path, {"principles/02-transparency.yaml": text.replace("XX", "NO")}))

    assert "'NO'" in problem.fix


def test_a_day_that_does_not_exist_is_named_with_its_line(tmp_path: Path) -> None:
    """A date of an example can be wrong too."""
    text = yaml.safe_dump(HEADING | {"checks": [check(examples={"pass": [{"issued": "DAY"}]})]}).replace(
        "DAY", "2026-13-45"
    )

    (problem,) = problems_of(write(tmp_path, {"principles/02-transparency.yaml": text}))

    assert "issued" in problem.place


def test_an_id_used_twice_names_the_other_place(tmp_path: Path) -> None:
    """Ids are never reused, not even across files."""
    folder = folder_with(tmp_path, check("TST-01"))
    write(folder, {"principles/99-own.yaml": {"key": "portable", "checks": [check("TST-01")]}})

    (problem,) = problems_of(folder)

    assert "TST-01" in problem.what
    assert problem.place.startswith("principles/99-own.yaml")
    assert "principles/02-transparency.yaml" in problem.why


@pytest.mark.parametrize("path", ["own.yaml", "principles/deeper/own.yaml", "principles/own.yml", "checks/own.yaml"])
def test_a_yaml_file_that_nothing_reads_is_a_problem(tmp_path: Path, path: str) -> None:
    """A check in the wrong place must not be passed over in silence."""
    folder = write(folder_with(tmp_path, check()), {path: {"key": "portable"}})

    (problem,) = problems_of(folder)

    assert problem.place == path


def test_what_informs_has_no_severity(tmp_path: Path) -> None:
    """It weighs nothing."""
    (problem,) = problems_of(folder_with(tmp_path, check(role="informs", severity="minor")))

    assert problem.place.endswith("severity")


def test_a_principle_that_nobody_introduces_is_named(tmp_path: Path) -> None:
    """A misspelt principle of a framework."""
    own = framework("TST-01")
    own["principles"][0]["key"] = "transparent"

    (problem,) = problems_of(folder_with(tmp_path, check(), framework=own))

    assert problem.place.startswith("frameworks/own.yaml")
    assert "transparency" in problem.fix
