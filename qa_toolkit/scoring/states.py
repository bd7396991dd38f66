"""Patterns read for scoring: what the checks of a criterion found on records that look alike there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from qa_toolkit.catalogue.models import Case, Check, Role, Severity
from qa_toolkit.result import CaseKey, Pattern, State

COST = {Severity.BLOCKER: 1.0, Severity.MAJOR: 0.5, Severity.MINOR: 0.25}
"""Points a record loses by its worst fault (criteria.md 4.2: blocker all, major half, minor a quarter)."""
WEIGHT = {Severity.BLOCKER: 8.0, Severity.MAJOR: 4.0, Severity.MINOR: 2.0}
"""Weight of a check in coverage, by severity."""


@dataclass(frozen=True)
class Column:
    """A case of a check, with its place in the view's states."""

    index: int
    check: Check
    case: Case
    key: CaseKey
    not_run: bool
    """It broke, or was left out of the run: nobody knows what it would have found."""

    @property
    def scores(self) -> bool:
        """Whether its faults cost points."""
        return self.case.role is Role.SCORES


@dataclass(frozen=True)
class View:
    """The records of one table, reduced to the cases of interest: states there -> records."""

    table: str
    columns: tuple[Column, ...]
    states: Mapping[str, int]


Fixed = frozenset[tuple[str, str]]
"""(check id, case) pairs whose failures count as passed: waived, or repaired in thought."""


def view(
    patterns: Sequence[Pattern],
    cases: Mapping[str, tuple[CaseKey, ...]],
    checks: Mapping[str, Check],
    wanted: Iterable[str],
    not_run: frozenset[CaseKey] = frozenset(),
    evidence_forms: Sequence[str] = (),
) -> tuple[View, ...]:
    """The wanted checks on every table that has any of them; only records of the evidence forms, if given."""
    ids = set(wanted)
    views = []
    for table, keys in cases.items():
        places = [index for index, key in enumerate(keys) if key.check_id in ids]
        if not places:
            continue
        columns = tuple(
            Column(place, checks[keys[index].check_id], _case(checks, keys[index]), keys[index], keys[index] in not_run)
            for place, index in enumerate(places)
        )
        counted: Counter[str] = Counter()
        pick = itemgetter(*places)
        for pattern in patterns:
            if pattern.table == table and (not evidence_forms or pattern.evidence_form in evidence_forms):
                counted["".join(pick(pattern.states))] += pattern.records
        views.append(View(table, columns, dict(counted)))
    return tuple(views)


def only(one: View, check_id: str) -> View:
    """The view with the cases of one check."""
    return View(one.table, tuple(column for column in one.columns if column.check.id == check_id), one.states)


def first_failures(states: str, columns: Sequence[Column], fixed: Fixed = frozenset()) -> list[Column]:
    """The failing case of each check on a record: the first that fails, unless it is fixed, then the next."""
    failing: dict[str, Column] = {}
    for column in columns:
        if (
            states[column.index] == State.FAILED
            and column.check.id not in failing
            and (column.check.id, column.case.key) not in fixed
        ):
            failing[column.check.id] = column
    return list(failing.values())


def in_scope(states: str, columns: Iterable[Column]) -> bool:
    """Whether any of the cases applies to the record, known or not."""
    return any(states[column.index] != State.OUT_OF_SCOPE for column in columns)


def applicable(states: str, columns: Iterable[Column]) -> bool:
    """Whether any of the cases passed or failed on the record."""
    return any(states[column.index] in (State.PASSED, State.FAILED) for column in columns)


def _case(checks: Mapping[str, Check], key: CaseKey) -> Case:
    return next(case for case in checks[key.check_id].cases if case.key == key.case and case.table == key.table)
