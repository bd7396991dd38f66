"""What a report shows of one submission: the result joined with the catalogue's words, ready for the templates.

Nothing is judged here and no score is computed: outcomes are named, records counted apart, texts chosen.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from qa_toolkit.result import (
    AuditResult,
    CaseKey,
    CaseOutcome,
    CaseUsed,
    CheckOutcome,
    CheckUsed,
    CriterionScore,
    CriterionUsed,
    Finding,
    Fix,
    GateOutcome,
    LevelPoints,
    NextBand,
    PrincipleScore,
    PrincipleUsed,
    QuestionUsed,
    Status,
    SubmissionResult,
)

NOTE = "note"
"""Shown for a check that only informs and has something to say: no fault, no points."""
IN_PART = "in_part"
CRITERION_OUTCOMES = ("pass", IN_PART, "fail", "review", "not_assessed", "not_applicable")
"""What becomes of a criterion, in the order of the verdict."""
MOST_NOTES = 3
"""Examples of a case that only informs: faults come first on the page."""
_SEVEREST_FIRST = ("blocker", "major", "minor")

Examples = Mapping[CaseKey, tuple[Finding, ...]]


@dataclass(frozen=True)
class CaseView:
    """A case of a check that has something to show."""

    used: CaseUsed
    outcome: CaseOutcome
    examples: tuple[Finding, ...]

    @property
    def more(self) -> int:
        """Findings beyond the examples."""
        return self.outcome.failed - len(self.examples)


@dataclass(frozen=True)
class CheckView:
    """A check with its outcome."""

    used: CheckUsed
    outcome: CheckOutcome
    records: int
    """Records of the tables it looks at."""
    cases: tuple[CaseView, ...]
    """Those under which a record counts."""

    @property
    def kind(self) -> str:
        """Its status, or ``note`` where it only informs and has something to say."""
        informs = all(case.role == "informs" for case in self.used.cases)
        return NOTE if informs and self.outcome.status is Status.FAIL else self.outcome.status.value

    @property
    def title(self) -> str:
        """The state found: what does not comply, or what does."""
        role = {"fail": "scores", "review": "asks", NOTE: "informs"}.get(self.kind)
        return next((case.used.failed for case in self.cases if case.used.role == role), self.used.title)

    @property
    def severity(self) -> str | None:
        """Of the severest case at fault; of the severest at all where none is."""
        cases = [case.used for case in self.cases] or list(self.used.cases)
        there = {case.severity for case in cases}
        return next((severity for severity in _SEVEREST_FIRST if severity in there), None)

    @property
    def role(self) -> str:
        """The strongest role of its cases: scores, asks or informs."""
        there = {case.role for case in self.used.cases}
        return next(role for role in ("scores", "asks", "informs") if role in there)

    @property
    def not_applicable(self) -> int:
        """Records that do not fall under it."""
        return self.records - self.outcome.in_scope

    @property
    def not_seen(self) -> int:
        """Records that fall under it and do not say what it needs."""
        return self.outcome.in_scope - self.outcome.applicable

    @property
    def first_place(self) -> str | None:
        """Where the first record stands that it speaks of."""
        return next((finding.place for case in self.cases for finding in case.examples), None)

    @property
    def speaks(self) -> bool:
        """Whether it is shown in full: something was found, or it is for a person."""
        return bool(self.cases)


@dataclass(frozen=True)
class CriterionView:
    """A criterion with its score, its checks and its questions."""

    used: CriterionUsed
    score: CriterionScore
    checks: tuple[CheckView, ...]
    questions: tuple[QuestionUsed, ...]

    @property
    def kind(self) -> str:
        """What became of it, one of ``CRITERION_OUTCOMES``: as the verdict counts."""
        seen = bool(self.score.levels) or self.score.judged_score is not None
        if seen and self.score.status in (Status.REVIEW, Status.NOT_ASSESSED):
            return IN_PART
        return self.score.status.value

    @property
    def looked_at(self) -> bool:
        """Whether the catalogue has anything to judge it with."""
        return bool(self.questions) or any(check.role != "informs" for check in self.checks)

    @property
    def open_questions(self) -> tuple[QuestionUsed, ...]:
        """Those that nobody has judged."""
        return tuple(question for question in self.questions if question.question_id in self.score.open_questions)

    @property
    def faults(self) -> int:
        """Records with a fault, over its levels."""
        return sum(level.records - level.no_fault for level in self.score.levels)


@dataclass(frozen=True)
class PrincipleView:
    """A principle with its score and its criteria."""

    used: PrincipleUsed
    score: PrincipleScore
    after: PrincipleScore | None
    criteria: tuple[CriterionView, ...]
    gates: tuple[GateOutcome, ...]
    """Knock-out criteria that touch it and fired."""


@dataclass(frozen=True)
class FixView:
    """A fix with the words of its check."""

    fix: Fix
    used: CheckUsed
    case: CaseUsed
    principle: PrincipleUsed
    gate: GateOutcome | None
    """The knock-out criterion it would open."""


@dataclass(frozen=True)
class NextBandView:
    """A next band with its principle and the words of its fixes."""

    step: NextBand
    principle: PrincipleUsed
    score_now: float | None
    records: Mapping[tuple[str, str], int]
    """(check id, case) -> records at fault."""
    fixes: tuple[tuple[CheckUsed, CaseUsed], ...]

    @property
    def steps(self) -> tuple[tuple[CheckUsed, CaseUsed, int | None, float | None], ...]:
        """Each fix with its records and the score once it and those before it are done, where that is known."""
        running = self.step.scores_on_the_way or (None,) * (len(self.fixes) - 1) + (self.step.score_after,)
        return tuple(
            (check, case, self.records.get((check.check_id, case.case)), score)
            for (check, case), score in zip(self.fixes, running, strict=True)
        )


@dataclass(frozen=True)
class SubmissionView:
    """Everything the report of one submission shows."""

    result: AuditResult
    submission: SubmissionResult
    principles: tuple[PrincipleView, ...]
    hand_in: tuple[CheckView, ...]
    fixes: tuple[FixView, ...]
    next_bands: tuple[NextBandView, ...]

    @property
    def name(self) -> str:
        """The provider, or the submission where no provider was named."""
        return self.submission.name

    @property
    def criteria(self) -> tuple[CriterionView, ...]:
        """Every criterion, in the order of the framework."""
        return tuple(criterion for principle in self.principles for criterion in principle.criteria)

    @property
    def checks(self) -> tuple[CheckView, ...]:
        """Every check, those of the hand-in last."""
        return (*(check for criterion in self.criteria for check in criterion.checks), *self.hand_in)

    @property
    def gates_fired(self) -> tuple[GateOutcome, ...]:
        """Knock-out criteria that cap, or propose to."""
        return tuple(gate for gate in self.submission.before.gates if gate.state != "open")

    @property
    def weakest(self) -> CriterionView | None:
        """The criterion with the lowest score of those at fault."""
        at_fault = [criterion for criterion in self.criteria if criterion.faults]
        return min(at_fault, key=lambda criterion: criterion.score.score or 0.0, default=None)

    @property
    def worked_example(self) -> tuple[CriterionView, LevelPoints] | None:
        """A criterion to show the method on: one at fault where there is one."""
        chosen = self.weakest or next((criterion for criterion in self.criteria if criterion.score.levels), None)
        return (chosen, chosen.score.levels[0]) if chosen else None


def submission_view(result: AuditResult, submission: SubmissionResult, examples: Examples) -> SubmissionView:
    """Join a submission's outcomes with the catalogue's words and its first findings."""
    checks = {check.check_id: check for check in result.checks}
    outcomes = {
        outcome.check_id: _check_view(checks[outcome.check_id], outcome, submission, examples)
        for outcome in submission.checks
        if outcome.check_id in checks
    }
    questions = {question.question_id: question for question in result.questions}
    scores = {score.criterion_id: score for score in submission.before.criteria}
    after = {score.key: score for score in submission.after.principles} if submission.after else {}
    used = {principle.key: principle for principle in result.framework.principles}
    gates = {gate.gate_id: gate for gate in submission.before.gates}
    principles = tuple(
        PrincipleView(
            used=used[score.key],
            score=score,
            after=after.get(score.key),
            criteria=tuple(
                CriterionView(
                    used=criterion,
                    score=scores[criterion.criterion_id],
                    checks=tuple(outcomes[check_id] for check_id in criterion.checks if check_id in outcomes),
                    questions=tuple(questions[number] for number in criterion.questions if number in questions),
                )
                for criterion in used[score.key].criteria
            ),
            gates=tuple(gates[gate_id] for gate_id in (*score.capped_by, *score.cap_proposed_by)),
        )
        for score in submission.before.principles
    )
    return SubmissionView(
        result=result,
        submission=submission,
        principles=principles,
        hand_in=tuple(
            view for view in outcomes.values() if view.used.criterion_id is None and not view.used.further_only
        ),
        fixes=tuple(
            FixView(
                fix=fix,
                used=checks[fix.check_id],
                case=_case(checks[fix.check_id], fix.case),
                principle=used[fix.principle],
                gate=gates.get(fix.opens_gate) if fix.opens_gate else None,
            )
            for fix in submission.fixes
        ),
        next_bands=tuple(
            NextBandView(
                step=step,
                principle=used[step.principle],
                score_now=next(one.score for one in submission.before.principles if one.key == step.principle),
                records={(fix.check_id, fix.case): fix.records for fix in submission.fixes},
                fixes=tuple((checks[check_id], _case(checks[check_id], case)) for check_id, case in step.fixes),
            )
            for step in submission.next_bands
        ),
    )


def record_counts(submission: SubmissionResult) -> Mapping[str, Mapping[str, int]]:
    """Records by ``evidence_form`` and ``format``, values of mandatory elements by ``strength``; the most first."""
    strengths: Counter[str] = Counter()
    for element in submission.elements:
        if element.mandatory:
            strengths.update(element.strengths)
    families = {"evidence_form": submission.evidence_forms, "format": submission.formats, "strength": strengths}
    return {
        family: dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        for family, counts in families.items()
    }


def records_of(submission: SubmissionResult, table: str) -> int:
    """How many records of a table a submission holds."""
    counts = {"credentials": submission.credentials, "offers": submission.offers, "providers": int(submission.profile)}
    return counts.get(table, 1)


def _check_view(used: CheckUsed, outcome: CheckOutcome, submission: SubmissionResult, examples: Examples) -> CheckView:
    cases = {(case.case, case.table): case for case in used.cases}
    tables = {case.table for case in used.cases}
    return CheckView(
        used=used,
        outcome=outcome,
        records=sum(records_of(submission, table) for table in tables),
        cases=tuple(
            CaseView(
                used=cases[case.case, case.table],
                outcome=case,
                examples=examples.get(CaseKey(used.check_id, case.case, case.table), ())[
                    : MOST_NOTES if cases[case.case, case.table].role == "informs" else None
                ],
            )
            for case in outcome.cases
            if case.failed and (case.case, case.table) in cases
        ),
    )


def _case(check: CheckUsed, key: str) -> CaseUsed:
    return next(case for case in check.cases if case.case == key)
