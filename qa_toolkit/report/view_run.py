"""What the page of the run shows: every submission beside the others, and the causes that several share."""

from collections import Counter
from dataclasses import dataclass

from qa_toolkit.result import (
    AuditResult,
    CaseUsed,
    CheckUsed,
    GateOutcome,
    PrincipleScore,
    PrincipleUsed,
    SubmissionResult,
)

MOST_CAUSES = 15


@dataclass(frozen=True)
class ProviderRow:
    """A submission in the table of all."""

    submission: SubmissionResult

    @property
    def name(self) -> str:
        """The provider, or the submission where no provider was named."""
        return self.submission.declared.provider_name or self.submission.submission_id

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
    scores: tuple[float, ...]
    """Of the submissions that have one."""


@dataclass(frozen=True)
class Cause:
    """A fault that several submissions share."""

    check: CheckUsed
    case: CaseUsed
    submissions: int
    records: int


@dataclass(frozen=True)
class RunView:
    """Everything the page of the run shows."""

    rows: tuple[ProviderRow, ...]
    spreads: tuple[Spread, ...]
    causes: tuple[Cause, ...]
    """Most submissions first."""
    small: tuple[str, ...]
    """Names of those with too few records to compare."""

    @property
    def credentials(self) -> int:
        """Credentials handed in, over all submissions."""
        return sum(row.submission.credentials for row in self.rows)


def run_view(result: AuditResult) -> RunView:
    """Set the submissions of an audit side by side."""
    rows = tuple(ProviderRow(submission) for submission in result.submissions)
    return RunView(
        rows=rows,
        spreads=tuple(
            Spread(principle, tuple(s for row in rows if (s := row.principles[place].score) is not None))
            for place, principle in enumerate(result.framework.principles)
        ),
        causes=_causes(result),
        small=tuple(row.name for row in rows if row.submission.credentials < result.framework.small_number),
    )


def _causes(result: AuditResult) -> tuple[Cause, ...]:
    submissions: Counter[tuple[str, str, str]] = Counter()
    records: Counter[tuple[str, str, str]] = Counter()
    for submission in result.submissions:
        for outcome in submission.checks:
            for case in outcome.cases:
                if case.failed:
                    submissions[outcome.check_id, case.case, case.table] += 1
                    records[outcome.check_id, case.case, case.table] += case.failed
    causes = [
        Cause(check, case, submissions[key], records[key])
        for check in result.checks
        for case in check.cases
        if case.role != "informs" and submissions[key := (check.check_id, case.case, case.table)] > 1
    ]
    return tuple(sorted(causes, key=lambda one: (-one.submissions, -one.records, one.check.check_id)))[:MOST_CAUSES]
