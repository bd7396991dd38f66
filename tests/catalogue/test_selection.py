"""Which checks ``--select`` and ``--ignore`` mean."""

import pytest

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.models import Check
from qa_toolkit.catalogue.selection import left_out, split_terms
from qa_toolkit.problems import UsageError
from qa_toolkit.resources import shipped_folder

CHECKS = tuple(load_catalogue(shipped_folder("checks")).checks.values())


def run_with(select: str = "", ignore: str = "") -> set[str]:
    """Ids of the checks that are run."""
    return {c.id for c in CHECKS} - left_out(CHECKS, split_terms(select), split_terms(ignore))


def severities(check: Check) -> set[str | None]:
    return {case.severity.value if case.severity else None for case in check.cases}


def test_without_a_word_every_check_is_run() -> None:
    """Nothing is left out that nobody named."""
    assert run_with() == {check.id for check in CHECKS}


def test_ids_and_families_in_any_case() -> None:
    """SIZ is every SIZ-…; EL is not ELM."""
    chosen = run_with("siz,EL-01")

    assert "EL-01" in chosen
    assert chosen - {"EL-01"} == {check.id for check in CHECKS if check.id.startswith("SIZ-")}


def test_a_principle_and_an_element() -> None:
    """By the keys that the reports and the files use."""
    assert run_with("portable") == {check.id for check in CHECKS if check.principle == "portable"}
    assert run_with("workload") == {check.id for check in CHECKS if check.element == "workload"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("severity>=major", {"blocker", "major"}),
        ("severity>=critical", {"blocker"}),
        ("severity=blocker", {"blocker"}),
        ("severity<major", {"minor"}),
        ("severity > minor", {"blocker", "major"}),
        ("severity<=minor", {"minor"}),
    ],
)
def test_severities_in_the_words_of_the_page_or_the_key(word: str, meant: set[str]) -> None:
    """A check is selected by any of its outcomes."""
    assert run_with(word) == {check.id for check in CHECKS if severities(check) & meant}


def test_an_exclusion_takes_away_no_outcome_that_it_does_not_name() -> None:
    """A check that may also cost points stays when those that ask are ignored."""
    roles = {check.id: {case.role.value for case in check.cases} for check in CHECKS}

    assert run_with(ignore="role:asks") == {check_id for check_id, own in roles.items() if own != {"asks"}}
    assert any(len(own) > 1 and "asks" in own for own in roles.values())


def test_ignore_goes_before_select() -> None:
    """Both named: not run."""
    assert "SIZ-02" not in run_with("SIZ", "SIZ-02")


def test_every_misspelt_word_is_told_with_what_was_meant() -> None:
    """At once, those of both options; SIZ-2 is SIZ-02 before it is SIZ-12."""
    with pytest.raises(UsageError) as error:
        run_with("SIZ-2,quailty", "xyzzy,role:aks")

    told = [(problem.place, problem.fix) for problem in error.value.problems]
    assert told == [
        ("--select", "Did you mean 'SIZ-02'?"),
        ("--select", "Did you mean 'quality'?"),
        ("--ignore", told[2][1]),
        ("--ignore", "Did you mean 'role:asks'?"),
    ]
    assert "severity>=major" in told[2][1]
