"""The cross-walk between two frameworks: which criterion of the one is touched by which of the other.

Two criteria touch where the same check or the same question speaks to both. A criterion that nothing of the other
touches stays in the table, empty: that is what the table is for.
"""

from dataclasses import dataclass

from qa_toolkit.result import CriterionUsed, FrameworkUsed, PrincipleUsed


@dataclass(frozen=True)
class Touch:
    """A criterion of the other framework, with what both share."""

    group: PrincipleUsed
    criterion: CriterionUsed
    checks: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class CrossWalkRow:
    """A criterion of the first framework, and what of the other touches it."""

    group: PrincipleUsed
    criterion: CriterionUsed
    touches: tuple[Touch, ...]

    def under(self, group: PrincipleUsed) -> tuple[Touch, ...]:
        """Those that stand in one group of the other framework."""
        return tuple(touch for touch in self.touches if touch.group.key == group.key)


@dataclass(frozen=True)
class CrossWalk:
    """The criteria of one framework against those of another."""

    first: FrameworkUsed
    other: FrameworkUsed
    rows: tuple[CrossWalkRow, ...]
    """One for each criterion of the first, in its order."""
    untouched: tuple[tuple[PrincipleUsed, CriterionUsed], ...]
    """Criteria of the other that nothing of the first touches."""

    @property
    def empty(self) -> int:
        """Criteria of the first that nothing of the other touches."""
        return sum(not row.touches for row in self.rows)


def cross_walk(first: FrameworkUsed, other: FrameworkUsed) -> CrossWalk:
    """Set the criteria of two frameworks against each other."""
    rows = tuple(
        CrossWalkRow(group, criterion, _touches(criterion, other))
        for group in first.principles
        for criterion in group.criteria
    )
    touched = {touch.criterion.criterion_id for row in rows for touch in row.touches}
    return CrossWalk(
        first,
        other,
        rows,
        tuple(
            (group, criterion)
            for group in other.principles
            for criterion in group.criteria
            if criterion.criterion_id not in touched
        ),
    )


def _touches(criterion: CriterionUsed, other: FrameworkUsed) -> tuple[Touch, ...]:
    found = []
    for group in other.principles:
        for one in group.criteria:
            checks = tuple(name for name in criterion.checks if name in one.checks)
            questions = tuple(name for name in criterion.questions if name in one.questions)
            if checks or questions:
                found.append(Touch(group, one, checks, questions))
    return tuple(found)
