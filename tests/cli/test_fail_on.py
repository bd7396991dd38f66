"""What ``--fail-on`` names, decided on results made by hand."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from qa_toolkit.cli.fail_on import fired, parse
from qa_toolkit.messages import Messages
from qa_toolkit.result import AuditResult, CaseOutcome, CaseUsed, CheckOutcome, Status

BANDS = ("meets", "largely_meets", "partly_meets", "does_not_meet")
CASES = {
    "A-1": ("scores", "blocker"),
    "B-1": ("scores", "major"),
    "C-1": ("scores", "minor"),
    "D-1": ("asks", "major"),
    "E-1": ("informs", None),
}


def outcome(check_id: str, status: Status) -> CheckOutcome:
    failed = int(status in (Status.FAIL, Status.REVIEW))
    return CheckOutcome(
        check_id, status, None, 9, 9, failed, tolerated=False, cases=(CaseOutcome("", "credentials", 9, 9, failed),)
    )


def result(
    statuses: dict[str, Status] | None = None,
    scores: dict[str, tuple[float | None, str | None]] | None = None,
    overall: tuple[float | None, str | None] = (None, None),
) -> AuditResult:
    """Only what ``--fail-on`` reads."""
    checks = [
        SimpleNamespace(check_id=key, cases=(CaseUsed("", "credentials", role, severity, "", ""),))
        for key, (role, severity) in CASES.items()
    ]
    principles = [SimpleNamespace(key=key, score=score, band=band) for key, (score, band) in (scores or {}).items()]
    before = SimpleNamespace(principles=principles, overall=SimpleNamespace(score=overall[0], band=overall[1]))
    submission = SimpleNamespace(
        submission_id="one", checks=[outcome(*pair) for pair in (statuses or {}).items()], before=before
    )
    submission.decided = submission  # nothing was decided
    framework = SimpleNamespace(principles=[SimpleNamespace(key=key, title=key) for key in scores or {}])
    return cast(AuditResult, SimpleNamespace(framework=framework, checks=checks, submissions=[submission]))


def fires(word: str, of: Any) -> bool:
    rules, problems = parse([word], BANDS)
    assert problems == ()
    return bool(fired(rules, of, Messages()))


@pytest.mark.parametrize(
    ("check_id", "firing"),
    [
        ("A-1", {"critical", "major", "minor"}),
        ("B-1", {"major", "minor"}),
        ("C-1", {"minor"}),
        ("E-1", set()),
    ],
)
def test_a_check_that_is_not_met_fires_at_its_severity_and_below(check_id: str, firing: set[str]) -> None:
    """What only informs never does."""
    of = result({check_id: Status.FAIL})

    assert {word for word in ("critical", "major", "minor", "review") if fires(word, of)} == firing


def test_exceptions_within_the_tolerance_do_not_fire() -> None:
    """Met is met."""
    met = result({"B-1": Status.PASS})
    one = met.submissions[0].checks[0]
    with_exceptions = replace(one, failed=1, tolerated=True, cases=(CaseOutcome("", "credentials", 900, 900, 1),))
    met.submissions[0].checks[0] = with_exceptions  # type: ignore[index]

    assert not fires("minor", met)


def test_review_fires_where_a_check_asks() -> None:
    """And only there."""
    of = result({"D-1": Status.REVIEW})

    assert fires("review", of)
    assert not fires("minor", of)


@pytest.mark.parametrize(
    ("band", "firing"),
    [
        ("meets", {"meets"}),
        ("partly_meets", {"meets", "largely_meets", "partly_meets"}),
        ("does_not_meet", set(BANDS)),
    ],
)
def test_a_band_fires_at_itself_and_worse(band: str, firing: set[str]) -> None:
    """Of any principle, or of the whole."""
    principle = result(scores={"portable": (60, band), "quality": (99, "meets")})
    whole = result(scores={"quality": (99, "meets")}, overall=(60, band))

    for of in (principle, whole):
        assert {word for word in BANDS if fires(f"band:{word}", of)} == firing | {"meets"}


def test_a_score_fires_below() -> None:
    """80 is not below 80."""
    of = result(scores={"portable": (80.0, None), "quality": (None, None)})

    assert not fires("score<80", of)
    assert fires("score<80.5", of)


def test_what_could_not_be_seen_is_no_pass() -> None:
    """No score at all, no judgement at all: a demand for one is not fulfilled."""
    of = result(scores={"portable": (None, None)})

    assert fires("score<1", of)
    assert fires("band:does_not_meet", of)
    assert not fires("minor", of)


def test_never_is_no_rule() -> None:
    """And needs no exception."""
    assert parse(["never"], BANDS) == ((), ())
