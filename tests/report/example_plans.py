"""What is planted in the example submissions: records at fault, unseen or out of scope, and their findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from qa_toolkit.result import CaseUsed, CheckUsed, Finding, ProblemShown
from tests.report.example_catalogue import REQUIRES, example_checks

CHECKS = {check.check_id: check for check in example_checks()}


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


def example_findings(plan: Plan) -> list[Finding]:
    """Every record at fault, once per check: the first failing case counts."""
    found = []
    for check in CHECKS.values():
        for case in check.cases:
            for record in sorted(first_failures(plan, check).get(case.case, ())):
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


@lru_cache(maxsize=4096)
def _failing(submission_id: str, check_id: str, case: str) -> frozenset[int]:
    """The records a fault is planted on: spread over the submission, apart from each other check by check."""
    plan = next(plan for plan in PLANS if plan.submission_id == submission_id)
    size = 1 if CHECKS[check_id].cases[0].table == "submissions" else plan.records
    number = plan.faults.get((check_id, case), 0)
    start = (list(CHECKS).index(check_id) * 37 + len(case) * 5) % size
    return frozenset((start + step) % size for step in range(number))


def in_scope(plan: Plan, check: CheckUsed, case: CaseUsed, fixed: Fixed) -> set[int]:
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


def applicable(plan: Plan, check: CheckUsed, case: CaseUsed, fixed: Fixed) -> set[int]:
    scope = in_scope(plan, check, case, fixed)
    unseen = plan.unknown.get(check.check_id, 0)
    return scope - set(range(plan.records - unseen, plan.records)) if unseen else scope


def first_failures(plan: Plan, check: CheckUsed, fixed: Fixed = NOTHING) -> dict[str, set[int]]:
    earlier: set[int] = set()
    found: dict[str, set[int]] = {}
    for case in check.cases:
        if (check.check_id, case.case) in fixed:
            found[case.case] = set()
            continue
        failing = _failing(plan.submission_id, check.check_id, case.case) & applicable(plan, check, case, fixed)
        found[case.case] = set(failing) - earlier
        earlier |= failing
    return found


def union(sets: list[set[int]]) -> set[int]:
    return set().union(*sets)
