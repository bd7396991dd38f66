"""Whether a change asks less than the catalogue does. What cannot be told counts as less: the careful reading."""

from enum import StrEnum
from typing import Any

from qa_toolkit.catalogue.models import Check, Role, Severity

_RANK: dict[Any, int] = {
    Role.INFORMS: 0,
    Role.ASKS: 1,
    Role.SCORES: 2,
    None: 0,
    Severity.MINOR: 1,
    Severity.MAJOR: 2,
    Severity.BLOCKER: 3,
}


class Direction(StrEnum):
    """What a change does to the standard."""

    ADDED = "added"
    """Nothing of the kind was asked before."""
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    CHANGED = "changed"
    """Neither more nor less is asked: a weight."""


def of_rank(before: Role | Severity | None, after: Role | Severity) -> Direction:
    """Of a role or a severity."""
    return of_figure(_RANK[before], _RANK[after], more_is_stricter=True)


def of_figure(before: float, after: float, *, more_is_stricter: bool) -> Direction:
    """Of a figure that is stricter the higher, or the lower, it stands."""
    if before == after:
        return Direction.CHANGED
    return Direction.TIGHTENED if (after > before) is more_is_stricter else Direction.LOOSENED


def direction_of(check: Check, name: str, before: Any, after: Any) -> Direction:
    """Of a parameter: by the bounds and sets that read it. A check with several cases is loosened where one is."""
    found = {
        _of_argument(argument, case.expectation.type, before, after)
        for case in check.cases
        for argument, value in case.expectation.kwargs.items()
        if value == f"${name}"
    }
    for direction in (Direction.LOOSENED, Direction.TIGHTENED):
        if direction in found:
            return direction
    return Direction.CHANGED


def _of_argument(argument: str, expectation: str, before: Any, after: Any) -> Direction:
    if before == after:
        return Direction.CHANGED
    if argument in ("min_value", "max_value"):
        if before is None or after is None:
            return Direction.TIGHTENED if before is None else Direction.LOOSENED
        return of_figure(before, after, more_is_stricter=argument == "min_value")
    if argument == "value_set" and isinstance(before, list) and isinstance(after, list):
        old, new = {repr(one) for one in before}, {repr(one) for one in after}
        stricter = new < old if "not_be_in_set" not in expectation else new > old
        return Direction.TIGHTENED if stricter else Direction.LOOSENED
    return Direction.LOOSENED
