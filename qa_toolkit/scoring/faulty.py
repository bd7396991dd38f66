"""Elements that are stated and wrong: told apart from those that are missing, record by record."""

from collections.abc import Mapping, Sequence

from qa_toolkit.catalogue.models import Check
from qa_toolkit.records.tables import ELEMENTS
from qa_toolkit.result import CaseKey, Pattern
from qa_toolkit.scoring.states import first_failures, view

PRESENCE = "EL-"
"""Checks of this family ask whether an element is stated; every other check of an element looks at what it says."""


def faulty_elements(
    patterns: Sequence[Pattern],
    cases: Mapping[str, tuple[CaseKey, ...]],
    checks: Mapping[str, Check],
    broken: frozenset[CaseKey] = frozenset(),
) -> dict[str, int]:
    """Element -> credentials that state it and fail at least one check that may cost points on what it says."""
    faulty: dict[str, int] = {}
    for element in ELEMENTS:
        ids = sorted(
            check.id for check in checks.values() if check.element == element and not check.id.startswith(PRESENCE)
        )
        faulty[element] = sum(
            records
            for one in view(patterns, cases, checks, ids, broken)
            if one.table == "credentials"
            for states, records in one.states.items()
            if any(column.scores for column in first_failures(states, one.columns))
        )
    return faulty
