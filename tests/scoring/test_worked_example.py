"""Principle 4 of a provider with forty credentials, worked by hand in the method: to the decimal."""

import pytest

from qa_toolkit.catalogue.models import Gate, Role, Severity
from qa_toolkit.result import Scores, Status
from qa_toolkit.scoring.score import score_submission
from qa_toolkit.scoring.verdict import verdict
from tests.scoring.build import check, evidence, framework, question

CHECKS = [
    check("EL-09", Severity.BLOCKER),
    check("ASM-01", Severity.BLOCKER),
    check("ASM-08", Severity.MAJOR),
    check("VAL-08", Severity.MINOR, Role.ASKS),
    check("ASM-05", Severity.MAJOR),
    check("ASM-09", Severity.MINOR, Role.ASKS),
]
RECORDS = {
    # EL-09, ASM-01, ASM-08, VAL-08, ASM-05, ASM-09
    "x-----": 4,  # no assessment named
    ".x..--": 1,  # attendance only
    "...." + "-x": 5,  # an indicator asks
    "...." + "--": 21,
    "..x.--": 3,  # assessed after issue
    "..?.--": 6,  # no date of assessment
}
"""36 name an assessment, 30 of them date it."""


@pytest.fixture
def scores() -> Scores:
    frame = framework(
        [
            ("4.1", 3, ["EL-09", "ASM-01", "VAL-08"], []),
            ("4.2", 2, ["ASM-05"], ["Q4.2"]),
            ("4.3", 1, ["ASM-08"], []),
            ("4.4", 1, ["ASM-09"], ["Q4.4"]),
            ("4.5", 1, [], ["Q4.5"]),
        ],
        gates=[Gate("assessed", "Assessed at all", ("EL-09", "ASM-01"), ("valid_assessment",), 0.01)],
    )
    questions = [question("Q4.2"), question("Q4.4"), question("Q4.5")]
    return score_submission(evidence(CHECKS, RECORDS, frame, questions))


def criterion(scores: Scores, criterion_id: str):  # type: ignore[no-untyped-def]
    return next(one for one in scores.criteria if one.criterion_id == criterion_id)


def test_criterion_4_1_loses_all_points_of_five_records(scores: Scores) -> None:
    """35 of 40: four blank, one attendance only."""
    level = criterion(scores, "4.1").levels[0]

    assert (level.no_fault, level.minor, level.major, level.blocker) == (35, 0, 0, 5)
    assert criterion(scores, "4.1").score == 87.5


def test_criterion_4_3_loses_half_of_three_records(scores: Scores) -> None:
    """(27 + 3 x 1/2) / 30."""
    assert criterion(scores, "4.3").score == 95.0


def test_criteria_not_seen_have_no_score(scores: Scores) -> None:
    """Never 100 where nothing was assessed."""
    assert [criterion(scores, c).score for c in ("4.2", "4.4", "4.5")] == [None, None, None]


def test_the_principle_is_the_weighted_mean_of_what_was_seen(scores: Scores) -> None:
    """(3 x 87.5 + 1 x 95) / 4 = 89.375."""
    assert scores.principles[0].score == pytest.approx(89.375)


def test_coverage_counts_what_was_not_seen_as_nothing(scores: Scores) -> None:
    """(3 + 30/36) / 8 = 47.9 %."""
    assert scores.principles[0].coverage == pytest.approx(0.4791666)


def test_the_range_says_what_the_unseen_part_could_make_of_it(scores: Scores) -> None:
    """42.8 to 94.9."""
    principle = scores.principles[0]
    assert (round(principle.low or 0, 1), round(principle.high or 0, 1)) == (42.8, 94.9)


def test_below_half_coverage_there_is_no_band_but_the_knock_out_is_said(scores: Scores) -> None:
    """Too little seen; at most 'partly meets', because 5 of 40 have no valid assessment."""
    principle, gate = scores.principles[0], scores.gates[0]

    assert principle.band is None
    assert principle.capped_by == ("assessed",)
    assert (gate.failed, gate.applicable, gate.cap) == (5, 40, "partly_meets")


def test_one_principle_gives_no_overall_score(scores: Scores) -> None:
    """Seven are needed."""
    assert scores.overall.score is None
    assert scores.overall.scored_principles == 1


def test_the_verdict_counts_every_criterion_once(scores: Scores) -> None:
    """Two fail; three wait for a person."""
    counted = verdict(scores)

    assert (counted.not_met, counted.for_a_person) == (2, 3)
    assert counted.criteria == 5
    assert [c.status for c in scores.criteria] == [
        Status.FAIL,
        Status.REVIEW,
        Status.FAIL,
        Status.REVIEW,
        Status.REVIEW,
    ]
