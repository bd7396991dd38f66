"""The scores of the example submissions, worked out from what is planted by the rules of the method.

The shortest form that gives a whole result: a record loses by its worst fault, means by weight, caps by knock-outs.
"""

from qa_toolkit.result import (
    CaseOutcome,
    CheckOutcome,
    CheckUsed,
    CriterionScore,
    CriterionUsed,
    Fix,
    GateOutcome,
    LevelPoints,
    NextBand,
    OverallScore,
    PrincipleScore,
    PrincipleUsed,
    Scores,
    Status,
    Verdict,
)
from tests.report.example_catalogue import example_framework, example_questions
from tests.report.example_plans import CHECKS, NOTHING, Fixed, Plan, applicable, first_failures, in_scope, union

COST = {"blocker": 1.0, "major": 0.5, "minor": 0.25}
WEIGHT = {"blocker": 8.0, "major": 4.0, "minor": 2.0}
BANDS = ("meets", "largely_meets", "partly_meets", "does_not_meet")
QUESTIONS = {question.question_id: question for question in example_questions()}

# gate id, title, checks, principles
GATES = (
    ("learner", "The learner can be told", ("EL-01",), ("authentic",)),
    ("outcomes", "Learning outcomes are stated", ("EL-06",), ("transparency",)),
    ("assessed", "Every award was assessed at all", ("EL-09", "ASM-01"), ("valid_assessment",)),
    ("one-of-a-kind", "One identifier, one award", ("POR-03", "VAL-16"), ("portable",)),
)


def outcome_of(plan: Plan, check: CheckUsed, fixed: Fixed = NOTHING) -> CheckOutcome:
    first = first_failures(plan, check, fixed)
    scope = {case.case: in_scope(plan, check, case, fixed) for case in check.cases}
    known = {case.case: applicable(plan, check, case, fixed) for case in check.cases}
    scope_of_check, seen = union(list(scope.values())), union(list(known.values()))
    roles = {case.role for case in check.cases if first[case.case]}
    status, reason = Status.PASS, None
    if not scope_of_check:
        status, reason = Status.NOT_APPLICABLE, "Nothing in the data handed in falls under this check."
    elif not seen:
        status, reason = Status.NOT_ASSESSED, "The data handed in do not say what this check needs."
    elif "scores" in roles or {case.role for case in check.cases} == roles == {"informs"}:
        status = Status.FAIL
    elif "asks" in roles:
        status = Status.REVIEW
    cases = tuple(
        CaseOutcome(c.case, c.table, len(scope[c.case]), len(known[c.case]), len(first[c.case])) for c in check.cases
    )
    failed = len(union(list(first.values())))
    return CheckOutcome(check.check_id, status, reason, len(scope_of_check), len(seen), failed, False, cases)


def _level(plan: Plan, criterion: CriterionUsed, fixed: Fixed) -> LevelPoints | None:
    worst: dict[int, float] = {}
    weight = 0.0
    for check in (CHECKS[check_id] for check_id in criterion.checks):
        first = first_failures(plan, check, fixed)
        for case in check.cases:
            if case.role != "scores" or case.severity is None:
                continue
            seen = applicable(plan, check, case, fixed)
            weight = max(weight, WEIGHT[case.severity] if seen else 0.0)
            for record in seen:
                cost = COST[case.severity] if record in first[case.case] else 0.0
                worst[record] = max(worst.get(record, 0.0), cost)
    if not worst:
        return None
    tally = {cost: sum(value == cost for value in worst.values()) for cost in (0.0, 0.25, 0.5, 1.0)}
    points = tally[0.0] + 0.75 * tally[0.25] + 0.5 * tally[0.5]
    return LevelPoints("credentials", weight, len(worst), tally[0.0], tally[0.25], tally[0.5], tally[1.0], points)


def _weights(plan: Plan, criterion: CriterionUsed, fixed: Fixed) -> tuple[float, float]:
    done = total = 0.0
    for check in (CHECKS[check_id] for check_id in criterion.checks):
        scored = [case for case in check.cases if case.role == "scores"]
        scope = union([in_scope(plan, check, case, fixed) for case in scored])
        if scope:
            weight = max(WEIGHT[str(case.severity)] for case in scored)
            known = union([applicable(plan, check, case, fixed) for case in scored])
            total += weight
            done += weight * len(known) / len(scope)
        first = first_failures(plan, check, fixed)
        total += max((WEIGHT[str(c.severity)] for c in check.cases if c.role == "asks" and first[c.case]), default=0.0)
    return done, total + sum(QUESTIONS[question].weight for question in criterion.questions)


def _range(score: float | None, coverage: float | None) -> tuple[float | None, float | None]:
    if score is None or coverage is None:
        return None, None
    return score * coverage, score * coverage + 100 * (1 - coverage)


def _criterion(plan: Plan, criterion: CriterionUsed, fixed: Fixed) -> CriterionScore:
    level = _level(plan, criterion, fixed)
    done, total = _weights(plan, criterion, fixed)
    score = 100 * level.points / level.records if level else None
    coverage = done / total if total else None
    outcomes = [
        outcome_of(plan, CHECKS[check_id], fixed)
        for check_id in criterion.checks
        if any(case.role != "informs" for case in CHECKS[check_id].cases)
    ]
    statuses = {outcome.status for outcome in outcomes}
    if Status.FAIL in statuses:
        status = Status.FAIL
    elif criterion.questions or Status.REVIEW in statuses:
        status = Status.REVIEW
    elif not total:
        status = Status.NOT_APPLICABLE
    elif Status.NOT_ASSESSED in statuses or level is None:
        status = Status.NOT_ASSESSED
    else:
        status = Status.PASS
    return CriterionScore(
        criterion.criterion_id, score, None, score, done, total, coverage, *_range(score, coverage),
        levels=(level,) if level else (), status=status, open_questions=criterion.questions,
    )  # fmt: skip


def _mean(values: list[tuple[float | None, float]]) -> float | None:
    there = [(value, weight) for value, weight in values if value is not None]
    return sum(v * w for v, w in there) / sum(w for _, w in there) if there else None


def _gates(plan: Plan, fixed: Fixed) -> tuple[GateOutcome, ...]:
    gates = []
    for gate_id, title, checks, principles in GATES:
        failed: set[int] = set()
        counted: set[int] = set()
        for check in (CHECKS[check_id] for check_id in checks):
            first = first_failures(plan, check, fixed)
            for case in check.cases:
                if case.role == "scores":
                    failed |= first[case.case]
                    counted |= applicable(plan, check, case, fixed)
        fired = bool(counted) and (len(failed) > 0 if gate_id == "one-of-a-kind" else len(failed) > 0.01 * len(counted))
        state = "open" if not fired else "cap_proposed" if len(failed) == 1 else "closed"
        cap = None if not fired else BANDS[3 if len(failed) > len(counted) / 2 else 2]
        gates.append(GateOutcome(gate_id, title, principles, state, len(failed), len(counted), cap))
    return tuple(gates)


def _step(score: float) -> int:
    return 0 if score >= 90 else 1 if score >= 75 else 2 if score >= 50 else 3


def _principle(
    plan: Plan, principle: PrincipleUsed, own: list[CriterionScore], gates: tuple[GateOutcome, ...], fixed: Fixed
) -> PrincipleScore:
    weights = {criterion.criterion_id: criterion.weight for criterion in principle.criteria}
    score = _mean([(c.score, weights[c.criterion_id]) for c in own])
    coverage = (
        _mean([
            (c.coverage if c.score is not None else 0.0, weights[c.criterion_id]) for c in own if c.coverage is not None
        ]) or 0.0
    )  # fmt: skip
    outcomes = [outcome_of(plan, CHECKS[check_id], fixed) for c in principle.criteria for check_id in c.checks]
    judging = [o for o in outcomes if any(case.role != "informs" for case in CHECKS[o.check_id].cases)]
    barring = tuple(sorted(o.check_id for o in judging if o.status is Status.FAIL and o.check_id != "AUT-06"))
    mine = [gate for gate in gates if principle.key in gate.principles]
    before = band = None
    if score is not None and coverage >= 0.5:
        step = max(_step(score), 1 if barring else 0)
        before = BANDS[step]
        band = BANDS[max([step, *(BANDS.index(gate.cap) for gate in mine if gate.state == "closed" and gate.cap)])]
    return PrincipleScore(
        key=principle.key,
        data_score=score,
        judged_score=None,
        score=score,
        coverage=coverage,
        low=_range(score, coverage)[0],
        high=_range(score, coverage)[1],
        band=band,
        provisional=band is not None and coverage < 0.8,
        band_before_gates=before,
        capped_by=tuple(gate.gate_id for gate in mine if gate.state == "closed"),
        cap_proposed_by=tuple(gate.gate_id for gate in mine if gate.state == "cap_proposed"),
        top_band_barred_by=barring,
        records=max((level.records for c in own for level in c.levels), default=0),
        statuses={status.value: sum(o.status is status for o in judging) for status in Status},
    )


def scores_of(plan: Plan, fixed: Fixed = NOTHING) -> Scores:
    gates = _gates(plan, fixed)
    criteria: list[CriterionScore] = []
    principles: list[PrincipleScore] = []
    for principle in example_framework().principles:
        own = [_criterion(plan, criterion, fixed) for criterion in principle.criteria]
        criteria += own
        principles.append(_principle(plan, principle, own, gates, fixed))
    scored = sum(principle.score is not None for principle in principles)
    coverage = sum(principle.coverage for principle in principles if principle.score is not None) / len(principles)
    overall = OverallScore(
        score=None,
        coverage=coverage,
        low=None,
        high=None,
        band=None,
        provisional=False,
        capped_by=tuple(gate.gate_id for gate in gates if gate.state == "closed"),
        cap_proposed_by=tuple(gate.gate_id for gate in gates if gate.state == "cap_proposed"),
        held_down_by=(),
        scored_principles=scored,
    )
    assert scored < example_framework().least_scored_principles
    return Scores(tuple(criteria), tuple(principles), overall, gates)


def _principle_of(check_id: str) -> tuple[int, str]:
    principles = example_framework().principles
    return next((n, p.key) for n, p in enumerate(principles) if p.key == CHECKS[check_id].principle)


def fixes_of(plan: Plan, before: Scores) -> tuple[Fix, ...]:
    fixes = []
    for check in CHECKS.values():
        for case in check.cases:
            failing = first_failures(plan, check)[case.case]
            if case.role != "scores" or not failing or check.criterion_id is None:
                continue
            after = scores_of(plan, frozenset({(check.check_id, case.case)}))
            place, key = _principle_of(check.check_id)
            then, now = after.principles[place].score or 0.0, before.principles[place].score or 0.0
            criterion = next(n for n, c in enumerate(before.criteria) if c.criterion_id == check.criterion_id)
            opened = [
                old.gate_id
                for old, new in zip(before.gates, after.gates, strict=True)
                if old.state == "closed" and new.state != "closed"
            ]
            fixes.append(
                Fix(
                    check_id=check.check_id,
                    case=case.case,
                    criterion_id=check.criterion_id,
                    principle=key,
                    records=len(failing),
                    criterion_points=(after.criteria[criterion].score or 0.0)
                    - (before.criteria[criterion].score or 0.0),
                    principle_points=then - now,
                    principle_score_after=then,
                    opens_gate=opened[0] if opened else None,
                )
            )
    return tuple(sorted(fixes, key=lambda fix: (-fix.principle_points, fix.check_id, fix.case)))


def next_bands_of(plan: Plan, before: Scores, fixes: tuple[Fix, ...]) -> tuple[NextBand, ...]:
    found = []
    for place, principle in enumerate(before.principles):
        if principle.band in (None, "meets"):
            continue
        done: list[Fix] = []
        for fix in (fix for fix in fixes if fix.principle == principle.key):
            done.append(fix)
            after = scores_of(plan, frozenset((one.check_id, one.case) for one in done)).principles[place]
            if after.band and BANDS.index(after.band) < BANDS.index(str(principle.band)):
                steps = tuple((one.check_id, one.case) for one in done)
                records = sum(one.records for one in done)
                found.append(
                    NextBand(
                        principle.key,
                        str(principle.band),
                        after.band,
                        steps,
                        records,
                        after.score or 0.0,
                        tuple(
                            scores_of(plan, frozenset(steps[:count])).principles[place].score or 0.0
                            for count in range(1, len(steps) + 1)
                        ),
                    )
                )
                break
    return tuple(found)


def verdict_of(scores: Scores) -> Verdict:
    def counted(*statuses: Status, seen: bool | None = None) -> int:
        return sum(c.status in statuses and (seen is None or bool(c.levels) is seen) for c in scores.criteria)

    return Verdict(
        criteria=len(scores.criteria),
        met=counted(Status.PASS),
        met_in_part=counted(Status.REVIEW, Status.NOT_ASSESSED, seen=True),
        not_met=counted(Status.FAIL),
        for_a_person=counted(Status.REVIEW, seen=False),
        not_assessed=counted(Status.NOT_ASSESSED, seen=False),
        not_applicable=counted(Status.NOT_APPLICABLE),
    )
