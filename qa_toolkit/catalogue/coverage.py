"""Who can look at what of a framework: the share of each group that machines, both, people or nobody can judge today.

A criterion says how it is meant to be assessed (its mode); what counts here is what is there: a criterion meant to be
automated that has no check yet is left to people where it has a question, and to nobody where it has none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa_toolkit.catalogue.models import Catalogue, Criterion, Framework, FrameworkPrinciple, Mode, Role


class SeenBy(StrEnum):
    """Who can look at a criterion today."""

    AUTOMATED = "automated"
    """Scored checks, and it is meant to need nothing else."""
    PARTIAL = "partial"
    """Checks that score or ask, and people."""
    HUMAN = "human"
    """Questions only."""
    NOTHING = "nothing"
    """Neither a check that judges nor a question."""


@dataclass(frozen=True)
class CriterionCoverage:
    """A criterion, and who can look at it."""

    criterion: Criterion
    seen_by: SeenBy


@dataclass(frozen=True)
class GroupCoverage:
    """A principle, standard or area, and who can look at how much of it."""

    group: FrameworkPrinciple
    criteria: tuple[CriterionCoverage, ...]
    scoring: Mapping[str, tuple[str, ...]]
    """Table -> ids of the checks that may cost points on it."""

    @property
    def shares(self) -> Mapping[SeenBy, float]:
        """Shares of its criteria by weight; they add up to 1."""
        return _shares((one.seen_by, one.criterion.weight) for one in self.criteria)


@dataclass(frozen=True)
class FrameworkCoverage:
    """A framework, and who can look at how much of it."""

    framework: Framework
    groups: tuple[GroupCoverage, ...]

    @property
    def shares(self) -> Mapping[SeenBy, float]:
        """Means over its groups by weight; they add up to 1."""
        weighed = [(one, share, group.group.weight) for group in self.groups for one, share in group.shares.items()]
        return _shares((one, share * weight) for one, share, weight in weighed)

    @property
    def unseen(self) -> tuple[Criterion, ...]:
        """Criteria that nobody can look at."""
        return tuple(one.criterion for group in self.groups for one in group.criteria if one.seen_by is SeenBy.NOTHING)


def framework_coverage(framework: Framework, catalogue: Catalogue) -> FrameworkCoverage:
    """Who can look at what of a framework, with the checks and questions that are there."""
    return FrameworkCoverage(framework, tuple(_group(group, catalogue) for group in framework.principles))


def _group(group: FrameworkPrinciple, catalogue: Catalogue) -> GroupCoverage:
    scoring: dict[str, list[str]] = {}
    for criterion in group.criteria:
        for check_id in criterion.checks:
            if check_id in catalogue.checks:
                for table in _tables(check_id, catalogue, (Role.SCORES,)):
                    scoring.setdefault(table, []).append(check_id)
    return GroupCoverage(
        group,
        tuple(CriterionCoverage(criterion, _seen_by(criterion, catalogue)) for criterion in group.criteria),
        {table: tuple(ids) for table, ids in sorted(scoring.items())},
    )


def _seen_by(criterion: Criterion, catalogue: Catalogue) -> SeenBy:
    there = [check_id for check_id in criterion.checks if check_id in catalogue.checks]
    if criterion.mode is Mode.AUTOMATED and any(_tables(one, catalogue, (Role.SCORES,)) for one in there):
        return SeenBy.AUTOMATED
    if any(_tables(one, catalogue, (Role.SCORES, Role.ASKS)) for one in there):
        return SeenBy.PARTIAL
    return SeenBy.HUMAN if criterion.questions else SeenBy.NOTHING


def _tables(check_id: str, catalogue: Catalogue, roles: Sequence[Role]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(case.table for case in catalogue.checks[check_id].cases if case.role in roles))


def _shares(weighed: Iterable[tuple[SeenBy, float]]) -> Mapping[SeenBy, float]:
    sums = dict.fromkeys(SeenBy, 0.0)
    for one, weight in weighed:
        sums[one] += weight
    total = sum(sums.values())
    return {one: weight / total if total else 0.0 for one, weight in sums.items()}
