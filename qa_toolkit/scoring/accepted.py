"""What decisions make of the outcomes: patterns in which accepted faults read as passed.

The patterns of the data stay as they are; scores with waivers are those of these patterns. A record keeps every check
that a waiver does not name, so that one accepted fault hides no other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa_toolkit.result import CaseKey, Pattern, State

Names = frozenset[tuple[str, str | None]]
"""(check, case) pairs; None stands for every case of the check."""
Parts = Mapping[int, Mapping[Names, int]]
"""Number of a pattern -> what is accepted on some of its records -> how many records."""


def accept(
    patterns: Sequence[Pattern],
    cases: Mapping[str, tuple[CaseKey, ...]],
    everywhere: Names = frozenset(),
    parts: Parts | None = None,
) -> tuple[Pattern, ...]:
    """The patterns with accepted faults as passed.

    Args:
        patterns: of one submission.
        cases: table -> its cases, in the order of the characters of a pattern.
        everywhere: what is accepted on every record.
        parts: what is accepted on some records only; they leave their pattern for one of their own.
    """
    changed = []
    for pattern in patterns:
        left = pattern.records
        for names, records in sorted(
            (parts or {}).get(pattern.number, {}).items(), key=lambda one: sorted(map(str, one[0]))
        ):
            changed.append(_passing(replace(pattern, records=records), cases, names | everywhere))
            left -= records
        if left:
            changed.append(_passing(replace(pattern, records=left), cases, everywhere))
    return tuple(changed)


def covers(names: Names, key: CaseKey) -> bool:
    """Whether a case is among those named."""
    return not names.isdisjoint(((key.check_id, None), (key.check_id, key.case)))


def _passing(pattern: Pattern, cases: Mapping[str, tuple[CaseKey, ...]], names: Names) -> Pattern:
    states = "".join(
        State.PASSED.value if state == State.FAILED and covers(names, key) else state
        for state, key in zip(pattern.states, cases[pattern.table], strict=True)
    )
    return replace(pattern, states=states)
