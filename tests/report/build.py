"""Realistic audit results for tests of reports: invented providers, numbers that agree with each other.

Each submission is drawn as credentials with planted faults; statuses, points, coverage, bands, gates and fixes are then
worked out from those by the rules of the method, here in the shortest form that gives a whole result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb

from qa_toolkit.records.tables import ELEMENTS, MANDATORY_ELEMENTS
from qa_toolkit.result import (
    AuditResult,
    CaseOutcome,
    CaseUsed,
    CheckOutcome,
    CheckUsed,
    CriterionScore,
    CriterionUsed,
    Declared,
    ElementTally,
    FileRead,
    Finding,
    Fix,
    GateOutcome,
    LevelPoints,
    NextBand,
    OverallScore,
    PrincipleScore,
    PrincipleUsed,
    ProblemShown,
    Scores,
    Stamp,
    Status,
    SubmissionResult,
    Verdict,
)
from tests.report.example_catalogue import REQUIRES, example_checks, example_framework, example_questions

COST = {"blocker": 1.0, "major": 0.5, "minor": 0.25}
WEIGHT = {"blocker": 8.0, "major": 4.0, "minor": 2.0}
BANDS = ("meets", "largely_meets", "partly_meets", "does_not_meet")
CHECKS = {check.check_id: check for check in example_checks()}
QUESTIONS = {question.question_id: question for question in example_questions()}

# gate id, title, checks, principles
GATES = (
    ("learner", "The learner can be told", ("EL-01",), ("authentic",)),
    ("outcomes", "Learning outcomes are stated", ("EL-06",), ("transparency",)),
    ("assessed", "Every award was assessed at all", ("EL-09", "ASM-01"), ("valid_assessment",)),
    ("one-of-a-kind", "One identifier, one award", ("POR-03", "VAL-16"), ("portable",)),
)


@dataclass(frozen=True, eq=False)
class Plan:
    """What is planted in a submission: records at fault, not seen, out of scope."""

    submission_id: str
    provider: str
    country: str
    provider_type: str
    records: int
    sheet: str
    faults: Mapping[tuple[str, str], int]
    unknown: Mapping[str, int] = field(default_factory=dict)
    out_of_scope: Mapping[str, int] = field(default_factory=dict)
    repeats: int = 0
    problems: tuple[ProblemShown, ...] = ()


_REPAIRED = ProblemShown(
    "note", "A date could not be read", "file 1, sheet Credentials, row 41", "It says 31.02.2026.", "Write 2026-02-28."
)
PLANS = (
    Plan(
        "hochschule-beispielstadt",
        "Hochschule Beispielstadt",
        "DE",
        "higher_education",
        240,
        "sheet Credentials, row ",
        {
            ("EL-11", ""): 5,
            ("SIZ-02", ""): 3,
            ("VAL-02", ""): 2,
            ("VAL-05", "unreadable"): 2,
            ("VAL-05", "other_unit"): 1,
            ("ASM-08", ""): 2,
            ("ASM-01", "attendance_only"): 6,
            ("AUT-04", ""): 1,
            ("AUT-06", "before_issue"): 4,
            ("POR-03", ""): 1,
            ("EL-07", ""): 4,
            ("EL-12", ""): 240,
            ("EL-14", ""): 18,
            ("VAL-16", "not_uri"): 12,
        },
        out_of_scope={"EL-08 other": 240},
        unknown={"ASM-08": 20, "VAL-02": 9},
        repeats=2,
        problems=(
            _REPAIRED,
            ProblemShown(
                "note",
                "A credential was handed in twice and counted once",
                "file 1, sheet Credentials, row 17",
                "Row 16 is the same award.",
                "Hand in each award once.",
            ),
            ProblemShown(
                "row",
                "A row was left out",
                "file 1, sheet Credentials, row 244",
                "It holds a total, not a credential.",
                "Remove sums from the sheet.",
            ),
        ),
    ),
    Plan(
        "zz-kleine-werkstatt",
        "Kleine Werkstatt Musterdorf",
        "AT",
        "vet",
        12,
        "row ",
        {
            ("EL-09", ""): 3,
            ("EL-08", "other"): 12,
            ("EL-10", ""): 2,
            ("SIZ-02", ""): 1,
            ("ASM-08", ""): 1,
            ("EL-20", ""): 1,
            ("EL-12", ""): 12,
        },
        unknown={"EL-01": 12, "EL-11": 12},
        out_of_scope={"EL-08 higher_education": 12, "VAL-02": 12},
    ),
    Plan(
        "akademia-przyklad",
        "Akademia Przykład sp. z o.o.",
        "PL",
        "non_formal",
        1250,
        "row ",
        {
            ("EL-06", ""): 40,
            ("EL-11", ""): 1250,
            ("EL-02", ""): 3,
            ("EL-04", ""): 8,
            ("EL-03", "missing"): 90,
            ("EL-03", "unrecognised"): 12,
            ("ASM-01", "attendance_only"): 700,
            ("ASM-01", "attendance_words"): 60,
            ("EL-07", ""): 110,
            ("VAL-05", "not_positive"): 25,
            ("SIZ-02", ""): 310,
            ("POR-03", ""): 4,
            ("VAL-16", "missing"): 30,
            ("AUT-04", ""): 14,
            ("AUT-06", "before_activity"): 45,
            ("EL-12", ""): 1100,
        },
        out_of_scope={"EL-08 higher_education": 1250, "EL-08 other": 1250, "VAL-02": 1250},
        problems=(
            ProblemShown(
                "file",
                "A file could not be read",
                "file 3",
                "It is a PDF document.",
                "Hand in the table the document was made from.",
            ),
        ),
    ),
)

Fixed = frozenset[tuple[str, str]]
NOTHING: Fixed = frozenset()


def example_result() -> AuditResult:
    """An audit of one submission of 240 credentials: mostly good, some faults, one cap proposed."""
    return _result(PLANS[:1])


def example_batch_result() -> AuditResult:
    """An audit of three submissions: mostly good, twelve records only, and one with closed gates and a file unread."""
    return _result(PLANS)


def write_example_findings(path: Path) -> None:
    """Write the findings of the batch as ``findings.parquet``, as the engine does: sorted, learner values hidden."""
    rows = [
        (f.check_id, f.case, f.table_name, f.submission_id, f.record_id, f.record_key, f.place, f.pattern, f.observed)
        for plan in PLANS
        for f in example_findings(plan)
    ]
    with duckdb.connect() as connection:
        connection.execute(
            'CREATE TABLE findings (check_id VARCHAR, "case" VARCHAR, table_name VARCHAR, submission_id VARCHAR,'
            " record_id VARCHAR, record_key VARCHAR, place VARCHAR, pattern INTEGER, observed VARCHAR)"
        )
        connection.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        target = path.as_posix().replace("'", "''")
        connection.execute(f"COPY findings TO '{target}' (FORMAT parquet)")


def example_findings(plan: Plan) -> list[Finding]:
    """Every record at fault, once per check: the first failing case counts."""
    found = []
    for check in CHECKS.values():
        for case in check.cases:
            for record in sorted(_first_failures(plan, check).get(case.case, ())):
                row = record + 2
                whole = case.table == "submissions"
                found.append(
                    Finding(
                        check_id=check.check_id,
                        case=case.case,
                        table_name=case.table,
                        submission_id=plan.submission_id,
                        record_id="" if whole else f"f1-r{row}",
                        record_key=None if whole or row % 7 == 0 else f"{plan.country}-2026-{record:04d}",
                        place="submission" if whole else f"file 1, {plan.sheet}{row}",
                        pattern=1,
                        observed=_observed(check, record),
                    )
                )
    return found


def _observed(check: CheckUsed, record: int) -> str:
    if check.check_id == "SIZ-02":
        return f"ects: 5 · workload_hours: {50 + record % 20}"
    if check.check_id == "EL-01":
        return "learner: (hidden)"
    return "(not stated)" if check.element and check.check_id.startswith("EL-") else "value: as handed in"


# ------------------------------------------------------------------------------------------------ states of records


@lru_cache(maxsize=4096)
def _failing(submission_id: str, check_id: str, case: str) -> frozenset[int]:
    """The records a fault is planted on: spread over the submission, apart from each other check by check."""
    plan = next(plan for plan in PLANS if plan.submission_id == submission_id)
    size = 1 if CHECKS[check_id].cases[0].table == "submissions" else plan.records
    number = plan.faults.get((check_id, case), 0)
    start = (list(CHECKS).index(check_id) * 37 + len(case) * 5) % size
    return frozenset((start + step) % size for step in range(number))


def _scope(plan: Plan, check: CheckUsed, case: CaseUsed, fixed: Fixed) -> set[int]:
    size = 1 if case.table == "submissions" else plan.records
    name = f"{check.check_id} {case.case}" if case.case else check.check_id
    required = REQUIRES.get(check.check_id)
    blocked = (
        {
            record
            for other in CHECKS[required].cases
            if other.role != "informs" and (required, other.case) not in fixed
            for record in _failing(plan.submission_id, required, other.case)
        }
        if required
        else set()
    )
    away = max(plan.out_of_scope.get(name, 0), plan.out_of_scope.get(check.check_id, 0))
    return set(range(away, size)) - blocked


def _applicable(plan: Plan, check: CheckUsed, case: CaseUsed, fixed: Fixed) -> set[int]:
    scope = _scope(plan, check, case, fixed)
    unseen = plan.unknown.get(check.check_id, 0)
    return scope - set(range(plan.records - unseen, plan.records)) if unseen else scope


def _first_failures(plan: Plan, check: CheckUsed, fixed: Fixed = NOTHING) -> dict[str, set[int]]:
    earlier: set[int] = set()
    found = {}
    for case in check.cases:
        if (check.check_id, case.case) in fixed:
            found[case.case] = set()
            continue
        failing = _failing(plan.submission_id, check.check_id, case.case) & _applicable(plan, check, case, fixed)
        found[case.case] = set(failing) - earlier
        earlier |= failing
    return found


def _union(sets: list[set[int]]) -> set[int]:
    return set().union(*sets)


# --------------------------------------------------------------------------------------------------------- outcomes


def _outcome(plan: Plan, check: CheckUsed, fixed: Fixed = NOTHING) -> CheckOutcome:
    first = _first_failures(plan, check, fixed)
    scope = {case.case: _scope(plan, check, case, fixed) for case in check.cases}
    known = {case.case: _applicable(plan, check, case, fixed) for case in check.cases}
    in_scope, applicable = _union(list(scope.values())), _union(list(known.values()))
    roles = {case.role for case in check.cases if first[case.case]}
    status, reason = Status.PASS, None
    if not in_scope:
        status, reason = Status.NOT_APPLICABLE, "Nothing in the data handed in falls under this check."
    elif not applicable:
        status, reason = Status.NOT_ASSESSED, "The data handed in do not say what this check needs."
    elif "scores" in roles or {case.role for case in check.cases} == roles == {"informs"}:
        status = Status.FAIL
    elif "asks" in roles:
        status = Status.REVIEW
    cases = tuple(
        CaseOutcome(c.case, c.table, len(scope[c.case]), len(known[c.case]), len(first[c.case])) for c in check.cases
    )
    failed = len(_union(list(first.values())))
    return CheckOutcome(check.check_id, status, reason, len(in_scope), len(applicable), failed, False, cases)


def _level(plan: Plan, criterion: CriterionUsed, fixed: Fixed) -> LevelPoints | None:
    worst: dict[int, float] = {}
    weight = 0.0
    for check in (CHECKS[check_id] for check_id in criterion.checks):
        first = _first_failures(plan, check, fixed)
        for case in check.cases:
            if case.role != "scores" or case.severity is None:
                continue
            applicable = _applicable(plan, check, case, fixed)
            weight = max(weight, WEIGHT[case.severity] if applicable else 0.0)
            for record in applicable:
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
        scope = _union([_scope(plan, check, case, fixed) for case in scored])
        if scope:
            weight = max(WEIGHT[str(case.severity)] for case in scored)
            known = _union([_applicable(plan, check, case, fixed) for case in scored])
            total += weight
            done += weight * len(known) / len(scope)
        first = _first_failures(plan, check, fixed)
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
        _outcome(plan, CHECKS[check_id], fixed)
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
        applicable: set[int] = set()
        for check in (CHECKS[check_id] for check_id in checks):
            first = _first_failures(plan, check, fixed)
            for case in check.cases:
                if case.role == "scores":
                    failed |= first[case.case]
                    applicable |= _applicable(plan, check, case, fixed)
        fired = bool(applicable) and (
            len(failed) > 0 if gate_id == "one-of-a-kind" else len(failed) > 0.01 * len(applicable)
        )
        state = "open" if not fired else "cap_proposed" if len(failed) == 1 else "closed"
        cap = None if not fired else BANDS[3 if len(failed) > len(applicable) / 2 else 2]
        gates.append(GateOutcome(gate_id, title, principles, state, len(failed), len(applicable), cap))
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
    outcomes = [_outcome(plan, CHECKS[check_id], fixed) for c in principle.criteria for check_id in c.checks]
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


def _scores(plan: Plan, fixed: Fixed = NOTHING) -> Scores:
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


# ------------------------------------------------------------------------------------------------- what it would take


def _principle_of(check_id: str) -> tuple[int, str]:
    principles = example_framework().principles
    return next((n, p.key) for n, p in enumerate(principles) if p.key == CHECKS[check_id].principle)


def _fixes(plan: Plan, before: Scores) -> tuple[Fix, ...]:
    fixes = []
    for check in CHECKS.values():
        for case in check.cases:
            failing = _first_failures(plan, check)[case.case]
            if case.role != "scores" or not failing or check.criterion_id is None:
                continue
            after = _scores(plan, frozenset({(check.check_id, case.case)}))
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


def _next_bands(plan: Plan, before: Scores, fixes: tuple[Fix, ...]) -> tuple[NextBand, ...]:
    found = []
    for place, principle in enumerate(before.principles):
        if principle.band in (None, "meets"):
            continue
        done: list[Fix] = []
        for fix in (fix for fix in fixes if fix.principle == principle.key):
            done.append(fix)
            after = _scores(plan, frozenset((one.check_id, one.case) for one in done)).principles[place]
            if after.band and BANDS.index(after.band) < BANDS.index(str(principle.band)):
                steps = tuple((one.check_id, one.case) for one in done)
                records = sum(one.records for one in done)
                found.append(
                    NextBand(principle.key, str(principle.band), after.band, steps, records, after.score or 0.0)
                )
                break
    return tuple(found)


def _verdict(scores: Scores) -> Verdict:
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


# ------------------------------------------------------------------------------------------------------- the result


def _elements(plan: Plan) -> tuple[ElementTally, ...]:
    tallies = []
    by_element = {
        check.element: check for check in CHECKS.values() if check.check_id.startswith("EL-") and check.element
    }
    for element in ELEMENTS:
        check = by_element.get(element)
        outcome = _outcome(plan, check) if check else None
        missing = outcome.failed if outcome and check else plan.records // 2
        if element == "country" and outcome:
            missing = outcome.cases[0].failed
        in_scope = outcome.in_scope if outcome else plan.records
        unseen = in_scope - outcome.applicable if outcome else 0
        stated = in_scope - unseen - missing
        away = plan.records - in_scope
        strengths = {"free_text": stated // 4, "structured": stated - stated // 4} if stated else {}
        causes = {"empty": missing} if missing else {}
        causes |= {"withheld": unseen} if unseen else {}
        tallies.append(
            ElementTally(element, element in MANDATORY_ELEMENTS, stated, missing, away, unseen, strengths, causes)
        )
    return tuple(tallies)


def _submission(plan: Plan) -> SubmissionResult:
    before = _scores(plan)
    fixes = _fixes(plan, before)
    found = example_findings(plan)
    informing = {(c.check_id, case.case) for c in CHECKS.values() for case in c.cases if case.role == "informs"}
    notes = sum((finding.check_id, finding.case) in informing for finding in found)
    refused = any(problem.kind == "file" for problem in plan.problems)
    files = [
        FileRead(1, "1f" * 32, 48_213, "template_table", "read", plan.records),
        FileRead(2, "2e" * 32, 611, "unknown", "read", 0),
    ]
    if refused:
        files.append(FileRead(3, "3d" * 32, 1_204_551, "unknown", "refused", 0))
    return SubmissionResult(
        submission_id=plan.submission_id,
        declared=Declared(
            provider_name=plan.provider,
            provider_country=(plan.country,),
            provider_type=plan.provider_type,
            provider_identifier=None if plan.country == "PL" else f"{plan.country}:example:4711",
            period_start=date(2025, 10, 1),
            period_end=date(2026, 9, 30),
            route="course",
            hours_basis="total",
            learner_data="withheld" if plan.unknown.get("EL-01") else "full",
            awards_handed_in="all",
            columns_handed_in="some" if ("EL-20", "") in plan.faults else "all",
            declared_total=plan.records if plan.country != "PL" else None,
            declared_once=("awarding_body", "language") if plan.country == "DE" else (),
        ),
        credentials=plan.records,
        repeats_left_out=plan.repeats,
        evidence_forms={"extract": plan.records},
        formats={"template_table": plan.records},
        files=tuple(files),
        problems=plan.problems,
        elements=_elements(plan),
        checks=tuple(_outcome(plan, CHECKS[check_id]) for check_id in sorted(CHECKS)),
        before=before,
        after=None,
        verdict=_verdict(before),
        fixes=fixes,
        next_bands=_next_bands(plan, before, fixes),
        findings=len(found) - notes,
        notes=notes,
    )


@lru_cache(maxsize=8)
def _result(plans: tuple[Plan, ...]) -> AuditResult:
    return AuditResult(
        schema_version="1",
        stamp=Stamp(
            toolkit_version="0.1.0",
            great_expectations_version="1.24.0",
            duckdb_version="2.0.1",
            as_of=date(2026, 9, 30),
            locale="en",
            command="qa-toolkit audit handed-in --as-of 2026-09-30 --output-dir report",
            catalogue_sha256="0a" * 32,
        ),
        framework=example_framework(),
        checks=example_checks(),
        questions=example_questions(),
        submissions=tuple(_submission(plan) for plan in sorted(plans, key=lambda plan: plan.submission_id)),
        run_problems=(
            ()
            if len(plans) == 1
            else (
                ProblemShown(
                    "note",
                    "A folder holds nothing to audit",
                    "the fourth folder given",
                    "It is empty.",
                    "Leave it out, or put the files of the provider there.",
                ),
            )
        ),
        broken_checks=(),
    )


def with_text_everywhere(result: AuditResult, text: str) -> AuditResult:
    """The result with ``text`` behind every value that a provider or an agency's own checks put there."""

    def declared(one: Declared) -> Declared:
        return replace(one, provider_name=f"{one.provider_name}{text}", provider_identifier=text)

    def problem(one: ProblemShown) -> ProblemShown:
        return replace(one, what=one.what + text, place=one.place + text, why=one.why + text, fix=one.fix + text)

    def check(one: CheckUsed) -> CheckUsed:
        cases = tuple(replace(case, failed=case.failed + text, fix=case.fix + text) for case in one.cases)
        sources = tuple(replace(source, ref=source.ref + text) for source in one.sources)
        words = {name: getattr(one, name) + text for name in ("title", "why", "fix", "expected")}
        return replace(one, cases=cases, sources=sources, **words)

    def principle(one: PrincipleUsed) -> PrincipleUsed:
        criteria = tuple(replace(criterion, title=criterion.title + text) for criterion in one.criteria)
        return replace(one, title=one.title + text, summary=one.summary + text, criteria=criteria)

    framework = result.framework
    return replace(
        result,
        stamp=replace(result.stamp, command=text),
        framework=replace(
            framework,
            title=framework.title + text,
            about=framework.about + text,
            source=framework.source + text,
            principles=tuple(principle(one) for one in framework.principles),
        ),
        checks=tuple(check(one) for one in result.checks),
        questions=tuple(replace(one, text=one.text + text, good_evidence=text) for one in result.questions),
        submissions=tuple(
            replace(one, declared=declared(one.declared), problems=tuple(problem(p) for p in one.problems))
            for one in result.submissions
        ),
        run_problems=tuple(problem(one) for one in result.run_problems),
    )
