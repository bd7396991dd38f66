"""The status of a check for a submission: pass, fail, review, not applicable, not assessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qa_toolkit.catalogue.models import Check, Role
from qa_toolkit.decisions import Answer
from qa_toolkit.result import CaseKey, CaseOutcome, CheckOutcome, Pattern, State, Status
from qa_toolkit.scoring.judged import Answers, settles
from qa_toolkit.scoring.states import Fixed, View, applicable, first_failures, in_scope, view


@dataclass(frozen=True)
class Reasons:
    """The general sentences for a check that does not apply, could not be checked, broke, or was left out."""

    not_applicable: str
    not_assessed: str
    broken: str
    left_out: str
    not_handed_in: Mapping[str, str] = field(default_factory=dict)
    """Table -> the sentence for a check on records of which none were handed in."""
    not_supplied: Mapping[str, str] = field(default_factory=dict)
    """Check -> the sentence for one that needs an extract of a register, where none of its kinds was supplied."""
    switched_off: Mapping[str, str] = field(default_factory=dict)
    """Check -> the sentence of the scheme that switched it off; it is left out for that reason."""


def check_outcomes(
    patterns: Sequence[Pattern],
    cases: Mapping[str, tuple[CaseKey, ...]],
    checks: Mapping[str, Check],
    *,
    reasons: Reasons,
    broken: frozenset[CaseKey] = frozenset(),
    left_out: frozenset[str] = frozenset(),
    fixed: Fixed = frozenset(),
    judgements: Answers | None = None,
) -> tuple[CheckOutcome, ...]:
    """The outcome of every check, by id. Records of all its tables are counted together."""
    return tuple(
        check_outcome(
            checks[check_id],
            view(patterns, cases, checks, [check_id], broken),
            reasons,
            fixed,
            left_out=check_id in left_out,
            answer=(judgements or {}).get(check_id),
        )
        for check_id in sorted(checks)
    )


def check_outcome(
    check: Check,
    views: Sequence[View],
    reasons: Reasons,
    fixed: Fixed = frozenset(),
    *,
    left_out: bool = False,
    answer: Answer | None = None,
) -> CheckOutcome:
    """The outcome of one check.

    A record is in scope where any case applies, applicable where any passed or failed, failed where any fails. A check
    that only scores on some cases fails by those alone; an asking case that fires makes it a question, which the
    ``answer`` of a reviewer settles: met where that is yes, not met where it is partly or no.
    """
    outcomes: list[CaseOutcome] = []
    total = _Counts()
    scored_failures = asked = informed = 0
    for one in views:
        failed_by_case = dict.fromkeys((column.key for column in one.columns), 0)
        for states, records in one.states.items():
            total.in_scope += records * in_scope(states, one.columns)
            total.applicable += records * applicable(states, one.columns)
            for column in first_failures(states, one.columns, fixed):
                failed_by_case[column.key] += records
                total.failed += records
                scored_failures += records * (column.case.role is Role.SCORES)
                asked += records * (column.case.role is Role.ASKS)
                informed += records * (column.case.role is Role.INFORMS)
        for column in one.columns:
            scope = sum(n for states, n in one.states.items() if states[column.index] != State.OUT_OF_SCOPE)
            known = sum(n for s, n in one.states.items() if s[column.index] in (State.PASSED, State.FAILED))
            outcomes.append(CaseOutcome(column.case.key, one.table, scope, known, failed_by_case[column.key]))
    is_broken = any(column.not_run for one in views for column in one.columns)
    informs_only = all(case.role is Role.INFORMS for case in check.cases)
    tolerated = 0 < scored_failures <= check.tolerance * total.applicable
    if left_out:
        status, reason = Status.NOT_ASSESSED, reasons.switched_off.get(check.id, reasons.left_out)
    elif is_broken:
        status, reason = Status.NOT_ASSESSED, reasons.broken
    elif not any(one.states for one in views) and (not_there := _not_handed_in(views, reasons)):
        status, reason = Status.NOT_ASSESSED, not_there
    elif total.applicable == 0 and check.id in reasons.not_supplied:
        status, reason = Status.NOT_ASSESSED, reasons.not_supplied[check.id]
    elif total.in_scope == 0:
        status, reason = Status.NOT_APPLICABLE, check.not_applicable_because or reasons.not_applicable
    elif total.applicable == 0:
        status, reason = Status.NOT_ASSESSED, check.not_assessed_because or reasons.not_assessed
    elif (scored_failures and not tolerated) or (informs_only and informed):
        status, reason = Status.FAIL, None
    elif asked and not settles(answer):
        status, reason = Status.REVIEW, None
    elif asked and answer is not Answer.YES:
        status, reason = Status.FAIL, None
    else:
        status, reason = Status.PASS, None
    return CheckOutcome(
        check_id=check.id,
        status=status,
        reason=reason,
        in_scope=total.in_scope,
        applicable=total.applicable,
        failed=total.failed,
        tolerated=tolerated and status is Status.PASS,
        cases=tuple(outcomes),
    )


def _not_handed_in(views: Sequence[View], reasons: Reasons) -> str | None:
    """Why a check saw no record at all; None where the run does not tell that from a check that does not apply."""
    return next((reasons.not_handed_in[one.table] for one in views if one.table in reasons.not_handed_in), None)


@dataclass
class _Counts:
    in_scope: int = 0
    applicable: int = 0
    failed: int = 0
