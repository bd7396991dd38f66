"""The second column of an audit: its outcomes and scores with what people decided, beside those of the data alone.

What the data alone came to is taken as it is and never computed anew: no decision can change it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from qa_toolkit.auditing.waived import Accepted, Scope, apply_waivers
from qa_toolkit.catalogue.models import Catalogue, Check, Framework
from qa_toolkit.decisions import WaiverUsed
from qa_toolkit.engine.run import EngineOutcome
from qa_toolkit.judgement.waivers import Waiver
from qa_toolkit.records.summaries import finding_counts
from qa_toolkit.result import CaseKey, CheckOutcome, Pattern, Scores, SubmissionResult
from qa_toolkit.scoring.accepted import accept
from qa_toolkit.scoring.as_used import checks_of
from qa_toolkit.scoring.evidence import gather
from qa_toolkit.scoring.score import score_submission
from qa_toolkit.scoring.status import Reasons, check_outcomes
from qa_toolkit.scoring.verdict import verdict


@dataclass(frozen=True)
class Scorer:
    """What outcomes and scores of patterns are worked out with, once the engine has run."""

    engine: EngineOutcome
    catalogue: Catalogue
    frameworks: Sequence[Framework]
    """The main one first."""
    left_out: frozenset[str]
    """Checks that the run was not asked for."""
    reasons: Reasons

    @property
    def checks(self) -> dict[str, Check]:
        """Those of all frameworks, by id."""
        return {check.id: check for check in checks_of(self.catalogue, *self.frameworks)}

    @property
    def broken(self) -> frozenset[CaseKey]:
        """Cases that could not run."""
        return frozenset(CaseKey(one.check_id, one.case, one.table) for one in self.engine.broken)

    def outcomes(self, patterns: Sequence[Pattern]) -> tuple[CheckOutcome, ...]:
        """The outcome of every check on the patterns of a submission."""
        return check_outcomes(
            patterns,
            self.engine.cases,
            self.checks,
            reasons=self.reasons,
            broken=self.broken,
            left_out=self.left_out,
        )

    def scores(self, patterns: Sequence[Pattern], framework: Framework) -> Scores:
        """The scores of a submission under a framework."""
        cases = self.engine.cases
        not_run = self.broken | {key for keys in cases.values() for key in keys if key.check_id in self.left_out}
        evidence = gather(patterns, cases, self.checks, self.catalogue.questions, framework, not_run)
        return score_submission(evidence)


def with_decisions(
    submissions: Sequence[SubmissionResult],
    scorer: Scorer,
    connection: duckdb.DuckDBPyConnection,
    waivers: Sequence[Waiver],
    day: date,
) -> tuple[tuple[SubmissionResult, ...], tuple[WaiverUsed, ...]]:
    """The submissions with a second column where a decision touches them, and what became of the waivers.

    Args:
        submissions: as the data alone came out.
        scorer: the engine's outcome and what it is scored with.
        connection: the run's database, with its table ``findings``.
        waivers: accepted deviations, whether they hold or not.
        day: the day of the audit.
    """
    if not waivers:
        return tuple(submissions), ()
    accepted, used = apply_waivers(waivers, day, _scopes(submissions, connection), connection)
    patterns: dict[str, list[Pattern]] = {one.submission_id: [] for one in submissions}
    for pattern in scorer.engine.patterns:
        patterns[pattern.submission_id].append(pattern)
    decided = tuple(
        _decided(one, patterns[one.submission_id], accepted[one.submission_id], scorer)
        if accepted[one.submission_id].anything
        else one
        for one in submissions
    )
    return decided, used


def _decided(
    submission: SubmissionResult, patterns: Sequence[Pattern], accepted: Accepted, scorer: Scorer
) -> SubmissionResult:
    changed = accept(patterns, scorer.engine.cases, accepted.everywhere, accepted.parts)
    main, *further = scorer.frameworks
    after = scorer.scores(changed, main)
    by_data = {outcome.check_id: outcome for outcome in submission.checks}
    return replace(
        submission,
        after=after,
        verdict_after=verdict(after),
        checks_after=tuple(one for one in scorer.outcomes(changed) if one != by_data[one.check_id]),
        further=tuple(
            replace(one, after=scorer.scores(changed, framework))
            for one, framework in zip(submission.further, further, strict=True)
        ),
    )


def _scopes(submissions: Sequence[SubmissionResult], connection: duckdb.DuckDBPyConnection) -> dict[str, Scope]:
    findings: dict[str, dict[CaseKey, int]] = {one.submission_id: {} for one in submissions}
    for (submission_id, *case), number in finding_counts(connection).items():
        findings[submission_id][CaseKey(*case)] = number
    return {
        one.submission_id: Scope(
            names=frozenset(
                name.casefold()
                for name in (one.submission_id, one.declared.provider_name, one.declared.provider_identifier)
                if name
            ),
            files={file.file_number: file.sha256 for file in one.files},
            findings=findings[one.submission_id],
            outcomes=_by_id(one.checks),
        )
        for one in submissions
    }


def _by_id(outcomes: Sequence[CheckOutcome]) -> Mapping[str, CheckOutcome]:
    return {outcome.check_id: outcome for outcome in outcomes}
