"""What it would take: fixes ranked by the points they gain, and the smallest set that reaches the next band.

A fix repairs one case of one check on every record. What another check would then say of a value that was not there
before is not guessed: a repaired element counts as stated and right.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from qa_toolkit.catalogue.models import FrameworkPrinciple, Severity
from qa_toolkit.result import CriterionScore, Fix, GateOutcome, NextBand, PrincipleScore, Scores
from qa_toolkit.scoring.evidence import Evidence
from qa_toolkit.scoring.gates import CLOSED, gate_outcome, gate_outcomes
from qa_toolkit.scoring.points import data_score, level_points
from qa_toolkit.scoring.score import score_criterion, score_principle, weighted_mean
from qa_toolkit.scoring.states import COST, Fixed, first_failures

EXACT_UP_TO = 4
"""Sets of up to so many fixes are tried exhaustively; larger ones grow by the best next fix."""

Pair = tuple[str, str]


def fixes(evidence: Evidence, scores: Scores) -> tuple[Fix, ...]:
    """A fix for every scored case that fails, the most points on its principle first."""
    listed = []
    by_id = {criterion.criterion_id: criterion for criterion in scores.criteria}
    for principle in evidence.framework.principles:
        for criterion in principle.criteria:
            before = by_id[criterion.id]
            for pair, records in _failing(evidence, criterion.id).items():
                after = _scores_with(evidence, principle, scores, frozenset({pair}))
                gained = (_criterion_score(evidence, criterion.id, frozenset({pair})) or 0) - (before.data_score or 0)
                now = next(p.score for p in scores.principles if p.key == principle.key) or 0
                listed.append(
                    Fix(
                        check_id=pair[0],
                        case=pair[1],
                        criterion_id=criterion.id,
                        principle=principle.key,
                        records=records,
                        criterion_points=gained,
                        principle_points=after - now,
                        principle_score_after=after,
                        opens_gate=_gate_opened(evidence, scores, pair),
                    )
                )
    cost = {fix: COST[_severity(evidence, (fix.check_id, fix.case))] for fix in listed}
    return tuple(
        sorted(
            listed, key=lambda fix: (-round(fix.principle_points, 9), -cost[fix], -fix.records, fix.check_id, fix.case)
        )
    )


def next_bands(evidence: Evidence, scores: Scores) -> tuple[NextBand, ...]:
    """For each principle with a band below the best: the smallest set of fixes that lifts it to a better one."""
    found = []
    for principle, score in zip(evidence.framework.principles, scores.principles, strict=True):
        step = _next_band(evidence, principle, score)
        if step is not None:
            found.append(step)
    return tuple(found)


def _next_band(evidence: Evidence, principle: FrameworkPrinciple, score: PrincipleScore) -> NextBand | None:
    keys = [band.key for band in evidence.framework.bands]
    if score.band is None or score.band == keys[0]:
        return None
    failing: dict[Pair, int] = {}
    for criterion in principle.criteria:
        failing |= _failing(evidence, criterion.id)
    for chosen in _sets(evidence, principle, list(failing)):
        after = _principle_with(evidence, principle, frozenset(chosen))
        if after.band is not None and keys.index(after.band) < keys.index(score.band):
            return NextBand(
                principle=principle.key,
                band_now=score.band,
                next_band=after.band,
                fixes=tuple(chosen),
                records=sum(failing[pair] for pair in chosen),
                score_after=after.score or 0.0,
                scores_on_the_way=tuple(
                    _principle_with(evidence, principle, frozenset(chosen[:done])).score or 0.0
                    for done in range(1, len(chosen) + 1)
                ),
            )
    return None


def _sets(evidence: Evidence, principle: FrameworkPrinciple, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, ...]]:
    """Every set of up to four fixes, small ones and high gains first; then ever larger ones, grown by the best fix."""
    gain = {pair: _principle_with(evidence, principle, frozenset({pair})).score or 0.0 for pair in pairs}
    ranked = sorted(pairs, key=lambda pair: (-gain[pair], pair))
    for size in range(1, min(EXACT_UP_TO, len(ranked)) + 1):
        yield from combinations(ranked, size)
    for size in range(EXACT_UP_TO + 1, len(ranked) + 1):
        yield tuple(ranked[:size])


def _principle_with(evidence: Evidence, principle: FrameworkPrinciple, fixed: Fixed) -> PrincipleScore:
    gates = gate_outcomes(evidence, {}, fixed)
    criteria = [score_criterion(criterion, evidence, {}, fixed) for criterion in principle.criteria]
    return score_principle(principle, criteria, evidence, gates, {}, fixed)


def _scores_with(evidence: Evidence, principle: FrameworkPrinciple, scores: Scores, fixed: Fixed) -> float:
    weights = {criterion.id: criterion.weight for criterion in principle.criteria}
    before: dict[str, CriterionScore] = {criterion.criterion_id: criterion for criterion in scores.criteria}
    touched = {check_id for check_id, _ in fixed}
    values = [
        (
            _criterion_score(evidence, criterion.id, fixed)
            if touched & set(criterion.checks)
            else before[criterion.id].data_score,
            weights[criterion.id],
        )
        for criterion in principle.criteria
    ]
    return weighted_mean(values) or 0.0


def _criterion_score(evidence: Evidence, criterion_id: str, fixed: Fixed) -> float | None:
    levels = [level_points(one, fixed) for one in evidence.criteria[criterion_id]]
    return data_score([level for level in levels if level is not None])


def _failing(evidence: Evidence, criterion_id: str) -> dict[Pair, int]:
    """Scored cases that fail -> records that count under them."""
    counts: dict[Pair, int] = {}
    for one in evidence.criteria[criterion_id]:
        for states, records in one.states.items():
            for column in first_failures(states, one.columns):
                if column.scores:
                    pair = (column.check.id, column.case.key)
                    counts[pair] = counts.get(pair, 0) + records
    return counts


def _severity(evidence: Evidence, pair: Pair) -> Severity:
    return next(case.severity or Severity.MINOR for case in evidence.checks[pair[0]].cases if case.key == pair[1])


def _gate_opened(evidence: Evidence, scores: Scores, pair: Pair) -> str | None:
    """The gate that this fix alone would open."""
    closed: list[GateOutcome] = [gate for gate in scores.gates if gate.state == CLOSED]
    by_id = {gate.id: gate for gate in evidence.framework.gates}
    for gate in closed:
        if gate_outcome(by_id[gate.gate_id], evidence, {}, frozenset({pair})).state != CLOSED:
            return gate.gate_id
    return None
