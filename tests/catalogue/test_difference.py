"""What differs between two frameworks or versions: everything, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.catalogue.difference import Difference, Kind, differences
from qa_toolkit.catalogue.models import Framework
from tests.catalogue.build import catalogue_with, check, framework

BANDS = [{"key": "meets", "lowest": 80}, {"key": "does_not_meet", "lowest": 0}]
GATE = {"id": "named", "title": "It is named", "checks": ["TST-01"], "share": 0.01}


def loaded(folder: Path, change: Callable[[dict[str, Any]], object] | None = None) -> Framework:
    own = framework("TST-01", gates=[GATE])
    if change:
        change(own)
    return catalogue_with(folder, check("TST-01"), check("TST-02"), framework=own).frameworks["own"]


def criterion(own: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = own["principles"][0]["criteria"][0]
    return first


CHANGES: list[tuple[Callable[[dict[str, Any]], object], Difference]] = [
    (lambda own: own.update(version="2"), Difference(Kind.CHANGED, "framework", "own", "version", "1", "2")),
    (lambda own: own.update(bands=BANDS), Difference(Kind.CHANGED, "band", "meets", "lowest", "90", "80")),
    (
        lambda own: criterion(own).update(weight=3),
        Difference(Kind.CHANGED, "criterion", "2.1", "weight", "1", "3"),
    ),
    (
        lambda own: criterion(own).update(checks=["TST-02", "TST-01"]),
        Difference(Kind.CHANGED, "criterion", "2.1", "checks", "", "TST-02"),
    ),
    (
        lambda own: own["principles"][0].update(weight=2),
        Difference(Kind.CHANGED, "group", "transparency", "weight", "1", "2"),
    ),
    (lambda own: own.update(gates=[]), Difference(Kind.REMOVED, "gate", "named", "", "It is named", "")),
    (
        lambda own: own.update(gates=[GATE | {"share": 0.05}]),
        Difference(Kind.CHANGED, "gate", "named", "share", "0.01", "0.05"),
    ),
    (
        lambda own: own["principles"][0]["criteria"].append(
            {"id": "2.2", "title": "It is new", "weight": 1, "mode": "human"}
        ),
        Difference(Kind.ADDED, "criterion", "2.2", "", "", "It is new"),
    ),
]


@pytest.mark.parametrize(("change", "expected"), CHANGES, ids=[f"{one.what} {one.key}" for _, one in CHANGES])
def test_a_change_is_told_as_what_it_is(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], expected: Difference
) -> None:
    """With what stood there before and what stands there now."""
    before, after = loaded(tmp_path / "before"), loaded(tmp_path / "after", change)

    assert differences(before, after) == (expected,)


def test_the_same_framework_does_not_differ(tmp_path: Path) -> None:
    """Read twice."""
    assert differences(loaded(tmp_path / "one"), loaded(tmp_path / "other")) == ()
