"""Every rule of the rule catalogue is a check, or is listed with what it needs; none is both, none is forgotten."""

import re

import pytest

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.models import Catalogue
from tests.conftest import ROOT

# family: how many rules it has, numbered from 1
FAMILIES = {
    "EL": 20,
    "VAL": 20,
    "SIZ": 15,
    "LO": 7,
    "ASM": 14,
    "QUA": 25,
    "REL": 9,
    "PTH": 7,
    "REC": 5,
    "POR": 10,
    "AUT": 17,
    "LCD": 7,
    "INF": 9,
    "DAT": 11,
}
RULES = [f"{family}-{number:02d}" for family, count in FAMILIES.items() for number in range(1, count + 1)]

PAGE = (ROOT / "docs" / "checks-to-come.md").read_text(encoding="utf-8")
ROWS = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in PAGE.splitlines() if line[:2] == "| "]
TO_COME = {row[0]: row[1:] for row in ROWS if re.fullmatch(r"[A-Z]+-[0-9]{2}", row[0])}
NEEDS = {row[0] for row in ROWS if len(row) == 2} - {"needs", "---"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "checks")


def test_a_rule_is_a_check_or_to_come_and_never_both(catalogue: Catalogue) -> None:
    """A check that is built leaves the list."""
    assert set(catalogue.checks) & TO_COME.keys() == set()
    assert set(catalogue.checks) | TO_COME.keys() == set(RULES)


def test_the_page_counts_right(catalogue: Catalogue) -> None:
    """Its first sentence says how many there are."""
    counts = re.search(r"Of the (\d+) rules .* has (\d+) as checks", PAGE)

    assert counts is not None
    assert [int(count) for count in counts.groups()] == [len(RULES), len(catalogue.checks)]


@pytest.mark.parametrize("rule", TO_COME)
def test_a_rule_to_come_asks_something_and_says_what_it_needs(rule: str) -> None:
    """In the words of the table above it; a question that it names is one that the catalogue asks."""
    asks, needs = TO_COME[rule]

    assert asks.endswith("?")
    assert needs.partition(":")[0] in NEEDS


def test_questions_named_are_asked(catalogue: Catalogue) -> None:
    """What a person answers stands in the review already."""
    named = {name for _, needs in TO_COME.values() for name in re.findall(r"Q[0-9]+\.[0-9]+[a-z]?", needs)}

    assert named
    assert named <= set(catalogue.questions)


def test_rules_stand_in_order() -> None:
    """By family and number, each once."""
    listed = [row[0] for row in ROWS if row[0] in TO_COME]

    assert listed == [rule for rule in RULES if rule in TO_COME]
