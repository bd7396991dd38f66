"""The scores of one submission: criteria, principles, overall (design section 7; method in docs/method.md).

Pure functions of the evidence: the same patterns scored under other severities, weights or waivers give other scores
without running a check again. Nothing assessed has no score, never 100.
"""

from collections.abc import Sequence

from qa_toolkit.catalogue.models import Criterion, FrameworkPrinciple, Role, Severity
from qa_toolkit.decisions import Answer
from qa_toolkit.result import (
    CheckOutcome,
    CriterionScore,
    GateOutcome,
    LevelPoints,
    OverallScore,
    PrincipleScore,
    Scores,
    Status,
)
from qa_toolkit.scoring.bands import band_of, by_state, capped, seen_enough
from qa_toolkit.scoring.evidence import Evidence
from qa_toolkit.scoring.gates import gate_outcomes
from qa_toolkit.scoring.judged import SHARE, Answers, settles
from qa_toolkit.scoring.points import Coverage, coverage, data_score, level_points, weight_asked
from qa_toolkit.scoring.states import Fixed, only
from qa_toolkit.scoring.status import Reasons, check_outcome

_NO_WORDS = Reasons("", "", "", "")


def score_submission(
    evidence: Evidence, *, judgements: Answers | None = None, accepted: frozenset[str] = frozenset()
) -> Scores:
    """Score a submission.

    Args:
        evidence: its patterns, seen through a framework.
        judgements: a reviewer's answers, by id of a question, check or gate.
        accepted: checks whose failures a waiver accepts; they count as passed.
    """
    judged = judgements or {}
    fixed: Fixed = frozenset((check_id, case.key) for check_id in accepted for case in evidence.checks[check_id].cases)
    gates = gate_outcomes(evidence, judged, fixed)
    criteria: list[CriterionScore] = []
    principles: list[PrincipleScore] = []
    for principle in evidence.framework.principles:
        own = [score_criterion(criterion, evidence, judged, fixed) for criterion in principle.criteria]
        criteria += own
        principles.append(score_principle(principle, own, evidence, gates, judged, fixed))
    return Scores(tuple(criteria), tuple(principles), score_overall(principles, evidence, gates), gates)


def score_criterion(
    criterion: Criterion, evidence: Evidence, judgements: Answers, fixed: Fixed = frozenset()
) -> CriterionScore:
    """Points, coverage and range of a criterion."""
    views = evidence.criteria[criterion.id]
    levels = tuple(level for level in (level_points(one, fixed) for one in views) if level is not None)
    covered = coverage(criterion, views, evidence.questions, judgements, fixed)
    data = data_score(levels)
    judged, judged_weight = _judged(criterion, evidence, judgements, fixed)
    score = _together(data, covered.done - judged_weight, judged, judged_weight)
    looked_at = bool(criterion.questions) or any(
        case.role is not Role.INFORMS and evidence.records.get(case.table)
        for check_id in criterion.checks
        if check_id in evidence.checks
        for case in evidence.checks[check_id].cases
    )
    # What the catalogue has nothing to look with, or nothing to look at, is unseen; what does not apply leaves both
    # sides.
    share = covered.share if looked_at else 0.0
    low, high = _range(score, share)
    outcomes = list(_outcomes(criterion.id, criterion.checks, evidence, judgements, fixed).values())
    answered = [judgements[question_id] for question_id in criterion.questions if question_id in judgements]
    return CriterionScore(
        criterion_id=criterion.id,
        data_score=data,
        judged_score=judged,
        score=score,
        weight_done=covered.done,
        weight_in_scope=covered.in_scope,
        coverage=share,
        low=low,
        high=high,
        levels=levels,
        status=_status(evidence, outcomes, covered, levels, answered, judged) if looked_at else Status.NOT_ASSESSED,
        open_questions=covered.open_questions,
    )


def score_principle(
    principle: FrameworkPrinciple,
    criteria: Sequence[CriterionScore],
    evidence: Evidence,
    gates: Sequence[GateOutcome],
    judgements: Answers,
    fixed: Fixed = frozenset(),
) -> PrincipleScore:
    """Score, coverage, range and band of a principle: means of its criteria by weight."""
    weights = {criterion.id: criterion.weight for criterion in principle.criteria}
    score = weighted_mean([(c.score, weights[c.criterion_id]) for c in criteria])
    in_scope = [c for c in criteria if c.coverage is not None]
    share = (
        weighted_mean([(c.coverage if c.score is not None else 0.0, weights[c.criterion_id]) for c in in_scope]) or 0.0
    )
    low, high = _range(score, share)
    outcomes = {
        check_id: outcome
        for c in principle.criteria
        for check_id, outcome in _outcomes(c.id, c.checks, evidence, judgements, fixed).items()
    }
    own_gates = [gate for gate in gates if principle.key in gate.principles]
    closed, proposed = by_state(own_gates)
    barring = tuple(sorted(check_id for check_id, o in outcomes.items() if _bars_top_band(evidence, o, judgements)))
    bands = evidence.framework.bands
    gives, provisional = seen_enough(share, evidence.framework)
    band = before_gates = None
    if score is not None and gives:
        place = max(band_of(score, bands), 1 if barring else 0)
        before_gates = bands[place].key
        band = bands[capped(place, own_gates, bands)].key
    judging = [o for o in outcomes.values() if any(c.role != "informs" for c in evidence.checks[o.check_id].cases)]
    return PrincipleScore(
        key=principle.key,
        data_score=weighted_mean([(c.data_score, weights[c.criterion_id]) for c in criteria]),
        judged_score=weighted_mean([(c.judged_score, weights[c.criterion_id]) for c in criteria]),
        score=score,
        coverage=share,
        low=low,
        high=high,
        band=band,
        provisional=band is not None and provisional,
        band_before_gates=before_gates,
        capped_by=closed,
        cap_proposed_by=proposed,
        top_band_barred_by=barring,
        records=max((level.records for c in criteria for level in c.levels), default=0),
        statuses={status.value: sum(o.status is status for o in judging) for status in Status},
    )


def score_overall(
    principles: Sequence[PrincipleScore], evidence: Evidence, gates: Sequence[GateOutcome]
) -> OverallScore:
    """The overall score, where enough principles have one; its band is at most a step above the lowest of theirs."""
    framework = evidence.framework
    weights = {principle.key: principle.weight for principle in framework.principles}
    scored = sum(principle.score is not None for principle in principles)
    share = weighted_mean([(p.coverage if p.score is not None else 0.0, weights[p.key]) for p in principles]) or 0.0
    closed, proposed = by_state(gates)
    if scored < framework.least_scored_principles:
        return OverallScore(None, share, None, None, None, False, closed, proposed, (), scored)
    score = weighted_mean([(p.score, weights[p.key]) for p in principles])
    assert score is not None
    low, high = _range(score, share)
    gives, provisional = seen_enough(share, framework)
    band: str | None = None
    holding: tuple[str, ...] = ()
    if gives:
        keys = [one.key for one in framework.bands]
        barred = any(p.top_band_barred_by for p in principles)
        place = capped(max(band_of(score, framework.bands), 1 if barred else 0), gates, framework.bands)
        lowest = max((keys.index(p.band) for p in principles if p.band), default=0)
        if place < lowest - 1:
            holding = tuple(p.key for p in principles if p.band == keys[lowest])
            place = lowest - 1
        band = keys[place]
    return OverallScore(
        score, share, low, high, band, band is not None and provisional, closed, proposed, holding, scored
    )


def weighted_mean(values: Sequence[tuple[float | None, float]]) -> float | None:
    """Mean of the values that are there, by weight; None where there are none."""
    present = [(value, weight) for value, weight in values if value is not None]
    total = sum(weight for _, weight in present)
    return sum(value * weight for value, weight in present) / total if total else None


def _range(score: float | None, share: float | None) -> tuple[float | None, float | None]:
    """[score x coverage, score x coverage + 100 x (1 - coverage)]: what the unseen part could still make of it."""
    if score is None or share is None:
        return None, None
    return score * share, score * share + 100 * (1 - share)


def _outcomes(
    criterion_id: str, checks: Sequence[str], evidence: Evidence, judgements: Answers, fixed: Fixed
) -> dict[str, CheckOutcome]:
    """The outcomes of the checks of a criterion that there are."""
    views = evidence.criteria[criterion_id]
    return {
        check_id: check_outcome(
            evidence.checks[check_id],
            [only(one, check_id) for one in views],
            _NO_WORDS,
            fixed,
            answer=judgements.get(check_id),
        )
        for check_id in checks
        if check_id in evidence.checks
    }


def _judged(criterion: Criterion, evidence: Evidence, judgements: Answers, fixed: Fixed) -> tuple[float | None, float]:
    """The reviewer's part of a score, and the weight of what was answered: questions, and what checks ask."""
    weights = {q: evidence.questions[q].weight for q in criterion.questions}
    for check_id in criterion.checks:
        weights[check_id] = sum(weight_asked(one, check_id, fixed) for one in evidence.criteria[criterion.id])
    decided = [(100 * SHARE[judgements[k]], w) for k, w in weights.items() if settles(judgements.get(k))]
    return weighted_mean(list(decided)), sum(weight for _, weight in decided)


def _together(data: float | None, data_weight: float, judged: float | None, judged_weight: float) -> float | None:
    if data is None or judged is None:
        return data if judged is None else judged
    return weighted_mean([(data, data_weight), (judged, judged_weight)])


def _status(
    evidence: Evidence,
    outcomes: Sequence[CheckOutcome],
    covered: Coverage,
    levels: Sequence[LevelPoints],
    answered: Sequence[Answer],
    judged: float | None,
) -> Status:
    """The status of a criterion.

    fail: a check is not met, or a reviewer answered partly or no; review: something waits for a person; pass: all that
    is in scope was seen and met.
    """
    judging = [o for o in outcomes if any(case.role != "informs" for case in evidence.checks[o.check_id].cases)]
    not_met = any(outcome.status is Status.FAIL for outcome in judging)
    if not_met or any(settles(answer) and answer is not Answer.YES for answer in answered):
        return Status.FAIL
    if covered.open_questions or any(outcome.status is Status.REVIEW for outcome in judging):
        return Status.REVIEW
    if not covered.in_scope:
        return Status.NOT_APPLICABLE
    if any(outcome.status is Status.NOT_ASSESSED for outcome in judging) or not (levels or judged is not None):
        return Status.NOT_ASSESSED
    # A reviewer's yes speaks for what was asked: checks beside it that had nothing to look at saw nothing.
    if judged is not None and covered.done < covered.in_scope:
        return Status.NOT_ASSESSED
    return Status.PASS


def _bars_top_band(evidence: Evidence, outcome: CheckOutcome, judgements: Answers) -> bool:
    """Whether a failed check is severe enough; what it only asks counts once a reviewer has answered."""
    roles = (Role.SCORES, Role.ASKS) if settles(judgements.get(outcome.check_id)) else (Role.SCORES,)
    severe = {
        (case.key, case.table)
        for case in evidence.checks[outcome.check_id].cases
        if case.role in roles and case.severity in (Severity.BLOCKER, Severity.MAJOR)
    }
    return outcome.status is Status.FAIL and any(c.failed and (c.case, c.table) in severe for c in outcome.cases)
