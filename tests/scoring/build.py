"""Small catalogues and patterns for the tests of scoring."""

from collections.abc import Mapping, Sequence

from qa_toolkit.catalogue.models import (
    Band,
    Case,
    Check,
    Criterion,
    Expectation,
    Framework,
    FrameworkPrinciple,
    Gate,
    Mode,
    Question,
    Role,
    Severity,
)
from qa_toolkit.result import CaseKey, Pattern
from qa_toolkit.scoring.evidence import Evidence, gather

Records = Mapping[str, int] | Sequence[tuple[str, int]]
"""States -> number of records; as pairs where records that look alike come in several patterns."""
BANDS = (Band("meets", 90), Band("largely_meets", 75), Band("partly_meets", 50), Band("does_not_meet", 0))


def check(
    check_id: str, severity: Severity | None = Severity.MAJOR, role: Role = Role.SCORES, tolerance: float = 0.0
) -> Check:
    """A check with one case on credentials."""
    return check_with_cases(check_id, (("", role, severity),), tolerance)


def check_with_cases(
    check_id: str, cases: Sequence[tuple[str, Role, Severity | None]], tolerance: float = 0.0
) -> Check:
    """A check with several cases on credentials, worst first."""
    return Check(
        id=check_id,
        title="complies",
        principle="valid_assessment",
        element=None,
        cases=tuple(
            Case(key, "credentials", role, severity, "does not", None, Expectation("expect", {"column": "fact"}))
            for key, role, severity in cases
        ),
        requires=(),
        parameters={},
        parameters_by={},
        shows=(),
        tolerance=tolerance,
        why="",
        fix="",
        sources=(),
    )


def question(question_id: str, weight: float = 4) -> Question:
    """A question without words."""
    return Question(question_id, "valid_assessment", "", "", "", weight)


def framework(
    criteria: Sequence[tuple[str, float, Sequence[str], Sequence[str]]],
    gates: Sequence[Gate] = (),
    others: Sequence[FrameworkPrinciple] = (),
    least: int = 7,
) -> Framework:
    """A framework whose first principle has the criteria given as (id, weight, checks, questions)."""
    principle = FrameworkPrinciple(
        "valid_assessment",
        4,
        "Valid assessment",
        "",
        1,
        tuple(Criterion(i, "", w, Mode.PARTIAL, tuple(c), tuple(q)) for i, w, c, q in criteria),
    )
    return Framework("test", "Test", "1", "", "", (principle, *others), (), tuple(gates), BANDS, least, 0.8, 0.5, 30)


def evidence(
    checks: Sequence[Check],
    records: Records,
    frame: Framework,
    questions: Sequence[Question] = (),
    evidence_form: str = "extract",
) -> Evidence:
    """Evidence of records given as states -> number; one character per case, in the order of the checks."""
    keys = tuple(CaseKey(one.id, case.key, case.table) for one in checks for case in one.cases)
    pairs = records.items() if isinstance(records, Mapping) else records
    patterns = [
        Pattern(number, "s", "credentials", evidence_form, states, count)
        for number, (states, count) in enumerate(pairs, 1)
    ]
    return gather(
        patterns,
        {"credentials": keys},
        {one.id: one for one in checks},
        {one.id: one for one in questions},
        frame,
    )
