"""The status of a check: five words, never one for another."""

import pytest

from qa_toolkit.catalogue.models import Role, Severity
from qa_toolkit.result import CaseKey, Pattern, Status
from qa_toolkit.scoring.status import Reasons, check_outcomes
from tests.scoring.build import check, check_with_cases

REASONS = Reasons("does not apply", "not stated", "broke", "left out")


def outcome(one, records: dict[str, int], broken: bool = False):  # type: ignore[no-untyped-def]
    keys = tuple(CaseKey(one.id, case.key, case.table) for case in one.cases)
    patterns = [Pattern(i, "s", "credentials", "extract", s, n) for i, (s, n) in enumerate(records.items(), 1)]
    (found,) = check_outcomes(
        patterns,
        {"credentials": keys},
        {one.id: one},
        reasons=REASONS,
        broken=frozenset(keys) if broken else frozenset(),
    )
    return found


SCORES, ASKS = check("A"), check("A", Severity.MINOR, Role.ASKS)


@pytest.mark.parametrize(
    ("one", "records", "status", "reason"),
    [
        (SCORES, {".": 3}, Status.PASS, None),
        (SCORES, {".": 3, "x": 1}, Status.FAIL, None),
        (SCORES, {"-": 3}, Status.NOT_APPLICABLE, "does not apply"),
        (SCORES, {"?": 3}, Status.NOT_ASSESSED, "not stated"),
        (SCORES, {"?": 3, "-": 9}, Status.NOT_ASSESSED, "not stated"),
        (SCORES, {}, Status.NOT_APPLICABLE, "does not apply"),
        (ASKS, {".": 3, "x": 1}, Status.REVIEW, None),
        (ASKS, {".": 3}, Status.PASS, None),
    ],
)
def test_status(one, records: dict[str, int], status: Status, reason: str | None) -> None:  # type: ignore[no-untyped-def]
    """Nothing checked is not a pass; not applicable is not a pass; what asks never fails."""
    found = outcome(one, records)

    assert (found.status, found.reason) == (status, reason)


@pytest.mark.parametrize(
    ("failed", "status", "tolerated"),
    [(1, Status.PASS, True), (2, Status.FAIL, False), (0, Status.PASS, False)],
)
def test_a_failed_share_within_the_tolerance_is_met_with_exceptions(
    failed: int, status: Status, tolerated: bool
) -> None:
    """1 of 100 at a tolerance of 1 %: met, with one exception that stays listed."""
    found = outcome(check("A", tolerance=0.01), {"x": failed, ".": 100 - failed} if failed else {".": 100})

    assert (found.status, found.tolerated, found.failed) == (status, tolerated, failed)


def test_a_broken_check_could_not_be_checked() -> None:
    """Our fault is nobody's failure."""
    found = outcome(SCORES, {"?": 3}, broken=True)

    assert (found.status, found.reason) == (Status.NOT_ASSESSED, "broke")


def test_a_record_counts_under_the_first_case_that_fails() -> None:
    """Worst first: one fault, one finding."""
    one = check_with_cases("A", (("worst", Role.SCORES, Severity.MAJOR), ("less", Role.SCORES, Severity.MINOR)))

    found = outcome(one, {"xx": 2, ".x": 1, "..": 4})

    assert [case.failed for case in found.cases] == [2, 1]
    assert found.failed == 3
