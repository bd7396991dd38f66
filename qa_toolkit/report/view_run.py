"""What the page of the run shows: every submission beside the others, outliers, and the causes behind the findings."""

from collections import Counter
from dataclasses import dataclass
from statistics import median, quantiles

from qa_toolkit.result import (
    AuditResult,
    CaseUsed,
    CheckUsed,
    Fix,
    GateOutcome,
    PrincipleScore,
    PrincipleUsed,
    SubmissionResult,
)

MOST_CAUSES = 15
ENOUGH_TO_COMPARE = 5
"""Scores below which no submission is called an outlier: among four, one is always the lowest."""
FAR_OUT = 1.5
"""Times the middle half beyond its ends: Tukey's fences."""
LEAST_DISTANCE = 5.0
"""Points from the median below which nobody stands out, however close together the others are."""


@dataclass(frozen=True)
class FirstFix:
    """One of the fixes that gain most, in the words of its check."""

    fix: Fix
    case: CaseUsed
    principle: PrincipleUsed


@dataclass(frozen=True)
class ProviderRow:
    """A submission in the table of all."""

    submission: SubmissionResult
    shares_its_name: bool = False
    """Whether another submission of the run is by a provider of the same name."""
    first_fixes: tuple[FirstFix, ...] = ()

    @property
    def name(self) -> str:
        """The provider, or the submission where no provider was named."""
        return self.submission.name

    @property
    def principles(self) -> tuple[PrincipleScore, ...]:
        """Its ten principles, in the order of the framework."""
        return self.submission.before.principles

    @property
    def gates(self) -> tuple[GateOutcome, ...]:
        """Knock-out criteria that cap, or propose to."""
        return tuple(gate for gate in self.submission.before.gates if gate.state != "open")


@dataclass(frozen=True)
class Spread:
    """The scores of a principle across the run."""

    principle: PrincipleUsed
    scored: tuple[tuple[ProviderRow, float], ...]
    """The submissions that have a score, with it."""

    @property
    def scores(self) -> tuple[float, ...]:
        """Of the submissions that have one."""
        return tuple(score for _, score in self.scored)

    @property
    def lowest(self) -> float | None:
        """The lowest score."""
        return min(self.scores, default=None)

    @property
    def highest(self) -> float | None:
        """The highest score."""
        return max(self.scores, default=None)

    @property
    def width(self) -> float | None:
        """Points from the lowest score to the highest."""
        return max(self.scores) - min(self.scores) if self.scores else None

    @property
    def median(self) -> float | None:
        """Half of the submissions have a higher score, half a lower one."""
        return median(self.scores) if self.scores else None

    @property
    def outliers(self) -> tuple[tuple[ProviderRow, float], ...]:
        """Submissions far below or above the others, the lowest first; none among too few."""
        if len(self.scored) < ENOUGH_TO_COMPARE:
            return ()
        lower, _, upper = quantiles(self.scores, n=4, method="inclusive")
        reach = max(FAR_OUT * (upper - lower), LEAST_DISTANCE)
        far = [(row, score) for row, score in self.scored if score < lower - reach or score > upper + reach]
        return tuple(sorted(far, key=lambda one: (one[1], one[0].submission.submission_id)))


@dataclass(frozen=True)
class Cause:
    """A fault and how much of all findings it explains."""

    check: CheckUsed
    case: CaseUsed
    submissions: int
    records: int
    share: float
    """Of all findings that may cost points or ask, over the run."""
    cumulative: float
    """The same, with the causes above it."""


@dataclass(frozen=True)
class RunView:
    """Everything the page of the run shows."""

    rows: tuple[ProviderRow, ...]
    spreads: tuple[Spread, ...]
    causes: tuple[Cause, ...]
    """The most findings first."""
    more_causes: int
    """Causes beyond those."""
    small: tuple[str, ...]
    """Names of those with too few records to compare."""

    @property
    def credentials(self) -> int:
        """Credentials handed in, over all submissions."""
        return sum(row.submission.credentials for row in self.rows)


def run_view(result: AuditResult) -> RunView:
    """Set the submissions of an audit side by side."""
    names = Counter(submission.name.casefold() for submission in result.submissions)
    rows = tuple(
        ProviderRow(submission, names[submission.name.casefold()] > 1, _first_fixes(result, submission))
        for submission in result.submissions
    )
    causes = causes_of(result)
    return RunView(
        rows=rows,
        spreads=tuple(
            Spread(principle, tuple((row, s) for row in rows if (s := row.principles[place].score) is not None))
            for place, principle in enumerate(result.framework.principles)
        ),
        causes=causes[:MOST_CAUSES],
        more_causes=len(causes[MOST_CAUSES:]),
        small=tuple(
            row.name
            for row in rows
            if (row.submission.credentials or row.submission.offers) < result.framework.small_number
        ),
    )


def _first_fixes(result: AuditResult, submission: SubmissionResult, most: int = 3) -> tuple[FirstFix, ...]:
    cases = {(check.check_id, case.case): case for check in result.checks for case in check.cases}
    principles = {principle.key: principle for principle in result.framework.principles}
    return tuple(
        FirstFix(fix, cases[fix.check_id, fix.case], principles[fix.principle]) for fix in submission.fixes[:most]
    )


def causes_of(result: AuditResult) -> tuple[Cause, ...]:
    """Every fault of a run that may cost points or asks, the most findings first."""
    submissions: Counter[tuple[str, str, str]] = Counter()
    records: Counter[tuple[str, str, str]] = Counter()
    for submission in result.submissions:
        for outcome in submission.checks:
            for case in outcome.cases:
                if case.failed:
                    submissions[outcome.check_id, case.case, case.table] += 1
                    records[outcome.check_id, case.case, case.table] += case.failed
    found = [
        (check, case, submissions[key], records[key])
        for check in result.checks
        for case in check.cases
        if case.role != "informs" and records[key := (check.check_id, case.case, case.table)]
    ]
    total = sum(number for *_, number in found)
    causes, so_far = [], 0
    for check, used, touched, number in sorted(found, key=lambda one: (-one[3], -one[2], one[0].check_id, one[1].case)):
        so_far += number
        causes.append(Cause(check, used, touched, number, number / total, so_far / total))
    return tuple(causes)
