"""Who can look at how much of a framework: by what is there, not by what is meant to be."""

from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.catalogue.coverage import SeenBy, framework_coverage
from qa_toolkit.catalogue.load import load_catalogue
from tests.catalogue.build import QUESTION, check, folder_with, framework, write
from tests.conftest import ROOT

# weight, mode, checks, questions; who can look at it
CRITERIA: list[tuple[float, str, list[str], list[str], SeenBy]] = [
    (4, "automated", ["SCORES-1"], [], SeenBy.AUTOMATED),
    (2, "automated", ["ASKS-1"], ["Q1"], SeenBy.PARTIAL),
    (1, "automated", ["INFORMS-1"], ["Q2"], SeenBy.HUMAN),
    (1, "partial", ["SCORES-2"], ["Q3"], SeenBy.PARTIAL),
    (1, "human", [], ["Q4"], SeenBy.HUMAN),
    (1, "partial", [], [], SeenBy.NOTHING),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    criteria = [
        {"id": f"1.{n}", "title": "It is so", "weight": weight, "mode": mode, "checks": checks, "questions": questions}
        for n, (weight, mode, checks, questions, _) in enumerate(CRITERIA, 1)
    ]
    own: dict[str, Any] = framework()
    own["principles"][0]["criteria"] = criteria
    informs = check("INFORMS-1", role="informs", severity=None)
    checks = [check("SCORES-1"), check("SCORES-2"), check("ASKS-1", role="asks"), informs]
    folder = folder_with(tmp_path, *checks, framework=own)
    questions = [QUESTION | {"id": f"Q{n}"} for n in range(1, 5)]
    return write(folder, {"questions/02.yaml": {"principle": "transparency", "questions": questions}})


def test_a_criterion_is_seen_by_what_is_there(folder: Path) -> None:
    """An automated one without a check that scores is no automated one."""
    catalogue = load_catalogue(folder)

    (group,) = framework_coverage(catalogue.frameworks["own"], catalogue).groups

    assert [one.seen_by for one in group.criteria] == [row[-1] for row in CRITERIA]


def test_shares_go_by_weight_and_add_up(folder: Path) -> None:
    """Four tenths, three, two, one."""
    catalogue = load_catalogue(folder)

    covered = framework_coverage(catalogue.frameworks["own"], catalogue)

    expected = {SeenBy.AUTOMATED: 0.4, SeenBy.PARTIAL: 0.3, SeenBy.HUMAN: 0.2, SeenBy.NOTHING: 0.1}
    assert covered.groups[0].shares == pytest.approx(expected)
    assert covered.shares == pytest.approx(expected)
    assert [criterion.id for criterion in covered.unseen] == ["1.6"]


def test_tables_are_those_of_checks_that_may_cost_points(folder: Path) -> None:
    """What asks or informs does not count there."""
    catalogue = load_catalogue(folder)

    (group,) = framework_coverage(catalogue.frameworks["own"], catalogue).groups

    assert group.scoring == {"credentials": ("SCORES-1", "SCORES-2")}


@pytest.mark.parametrize("framework_id", load_catalogue(ROOT / "checks").frameworks)
def test_every_group_of_a_shipped_framework_adds_up(framework_id: str) -> None:
    """To one whole."""
    catalogue = load_catalogue(ROOT / "checks")

    covered = framework_coverage(catalogue.frameworks[framework_id], catalogue)

    assert [sum(group.shares.values()) for group in covered.groups] == pytest.approx([1.0] * len(covered.groups))
    assert sum(covered.shares.values()) == pytest.approx(1.0)
