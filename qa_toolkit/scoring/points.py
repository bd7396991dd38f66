"""The points and the coverage of one criterion (design section 7, criteria.md 4.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_toolkit.catalogue.models import Criterion, Question, Role, Severity
from qa_toolkit.decisions import Answer
from qa_toolkit.result import LevelPoints
from qa_toolkit.scoring.judged import Answers, settles
from qa_toolkit.scoring.states import COST, WEIGHT, Column, Fixed, View, applicable, first_failures, in_scope


@dataclass(frozen=True)
class Coverage:
    """How much of a criterion was looked at, in weights."""

    done: float
    in_scope: float
    open_questions: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where nothing is in scope."""
        return self.done / self.in_scope if self.in_scope else None


def level_points(one: View, fixed: Fixed = frozenset()) -> LevelPoints | None:
    """Records of a table by their worst fault; None where no scored case passed or failed on any."""
    scored = tuple(column for column in one.columns if column.scores)
    faults: dict[Severity | None, int] = dict.fromkeys((None, *Severity), 0)
    severest = 0.0
    for states, records in one.states.items():
        if not applicable(states, scored):
            continue
        failing = [column for column in first_failures(states, one.columns, fixed) if column.scores]
        worst = max((_severity(column) for column in failing), key=lambda severity: COST[severity], default=None)
        faults[worst] += records
        severest = max(severest, *(WEIGHT[_severity(c)] for c in scored if applicable(states, (c,))))
    counted = sum(faults.values())
    if not counted:
        return None
    points = counted - sum(COST[severity] * faults[severity] for severity in Severity)
    return LevelPoints(
        table=one.table,
        weight=severest,
        records=counted,
        no_fault=faults[None],
        minor=faults[Severity.MINOR],
        major=faults[Severity.MAJOR],
        blocker=faults[Severity.BLOCKER],
        points=points,
    )


def data_score(levels: Sequence[LevelPoints]) -> float | None:
    """Mean over the levels by their weight, in points of 100; None where nothing was assessed."""
    weight = sum(level.weight for level in levels)
    if not weight:
        return None
    return sum(level.weight * 100 * level.points / level.records for level in levels) / weight


def coverage(
    criterion: Criterion,
    views: Sequence[View],
    questions: Mapping[str, Question],
    judgements: Answers,
    fixed: Fixed = frozenset(),
) -> Coverage:
    """Weight done and weight in scope.

    In scope: scored checks with a record in scope, questions, asking cases that fired, or that did not run and might
    have. Done: a check's weight times records applicable by records in scope; a question or an asking case once a
    reviewer has judged it. A scored check on records of which none were handed in is in scope and not done: nobody
    knows what it would have found.
    """
    done = total = 0.0
    seen = {column.check.id for one in views if one.states for column in one.columns}
    for check_id in dict.fromkeys(column.check.id for one in views for column in one.columns):
        scored = tuple(c for one in views for c in one.columns if c.check.id == check_id and c.scores)
        if scored and check_id not in seen:
            total += max(WEIGHT[_severity(column)] for column in scored)
    for one in views:
        for check_id in dict.fromkeys(column.check.id for column in one.columns):
            of_check = tuple(column for column in one.columns if column.check.id == check_id)
            scored = tuple(column for column in of_check if column.scores)
            reached = [column for column in scored if any(in_scope(s, (column,)) for s in one.states)]
            if reached:
                weight = max(WEIGHT[_severity(column)] for column in reached)
                scope = sum(records for states, records in one.states.items() if in_scope(states, scored))
                known = sum(records for states, records in one.states.items() if applicable(states, scored))
                total += weight
                done += 0 if any(column.not_run for column in scored) else weight * known / scope
            weight = weight_asked(one, check_id, fixed)
            total += weight
            done += weight if settles(judgements.get(check_id)) else 0
    open_questions = []
    for question_id in criterion.questions:
        weight = questions[question_id].weight
        answer = judgements.get(question_id)
        if answer is Answer.DOES_NOT_APPLY:
            continue
        total += weight
        if settles(answer):
            done += weight
        else:
            open_questions.append(question_id)
    return Coverage(done, total, tuple(open_questions))


def weight_asked(one: View, check_id: str, fixed: Fixed = frozenset()) -> float:
    """The weight of what a check asks a person about the records of a table: cases that fired, or might have."""
    of_check = tuple(column for column in one.columns if column.check.id == check_id)
    asking = [
        column
        for states in one.states
        for column in first_failures(states, of_check, fixed)
        if column.case.role is Role.ASKS
    ]
    asking += [column for column in of_check if column.not_run and column.case.role is Role.ASKS and one.states]
    return max((WEIGHT[_severity(column)] for column in asking), default=0.0)


def _severity(column: Column) -> Severity:
    return column.case.severity or Severity.MINOR
