"""Knock-out criteria and bands: the thresholds, and what only a named reviewer may close."""

from dataclasses import replace

import pytest

from qa_toolkit.catalogue.models import FrameworkPrinciple, Gate, Severity
from qa_toolkit.decisions import Answer
from qa_toolkit.scoring.score import score_submission
from tests.scoring.build import check, evidence, framework, question

BLOCKER, MAJOR, MINOR = check("A", Severity.BLOCKER), check("B", Severity.MAJOR), check("C", Severity.MINOR)


def gate(**changes):  # type: ignore[no-untyped-def]
    return replace(Gate("gate", "Gate", ("A",), ("valid_assessment",), 0.01), **changes)


def principle_of(records, checks=(BLOCKER,), gates=(), questions=(), form="extract", **more):  # type: ignore[no-untyped-def]
    frame = framework([("1.1", 1, [c.id for c in checks], [q.id for q in questions])], gates=gates)
    return score_submission(evidence(checks, records, frame, questions, form), **more)


@pytest.mark.parametrize(
    ("failed", "of", "state", "cap"),
    [
        (0, 200, "open", None),
        (2, 200, "open", None),  # 1 % is not more than 1 %
        (3, 200, "closed", "partly_meets"),
        (100, 200, "closed", "partly_meets"),  # half is not above half
        (101, 200, "closed", "does_not_meet"),
        (1, 10, "cap_proposed", "partly_meets"),  # a single record never decides alone
    ],
)
def test_a_gate_closes_above_its_share(failed: int, of: int, state: str, cap: str | None) -> None:
    """More than 1 % of the applicable records; above half, the lowest band is the cap."""
    records = {state: n for state, n in {"x": failed, ".": of - failed}.items() if n}

    outcome = principle_of(records, gates=(gate(),)).gates[0]

    assert (outcome.state, outcome.cap) == (state, cap)


def test_a_closed_gate_caps_the_band() -> None:
    """98 of 100 points, and yet 'partly meets'."""
    principle = principle_of({"x": 2, ".": 98}, gates=(gate(),)).principles[0]

    assert principle.score == pytest.approx(98)
    assert principle.band_before_gates == "largely_meets"  # a failed blocker bars the top band
    assert principle.band == "partly_meets"


def test_a_proposed_cap_does_not_change_the_band() -> None:
    """It waits for a named reviewer."""
    principle = principle_of({"x": 1, ".": 19}, gates=(gate(),)).principles[0]

    assert principle.band == principle.band_before_gates
    assert principle.cap_proposed_by == ("gate",)


@pytest.mark.parametrize(("answer", "state"), [(Answer.YES, "closed"), (Answer.NO, "open")])
def test_a_reviewer_confirms_or_lifts_a_proposed_cap(answer: Answer, state: str) -> None:
    """By name, with date and reason."""
    outcome = principle_of({"x": 1, ".": 19}, gates=(gate(),), judgements={"gate": answer}).gates[0]

    assert outcome.state == state


@pytest.mark.parametrize(
    ("certain", "unsure", "state"),
    [(0, 5, "cap_proposed"), (5, 5, "closed"), (1, 5, "cap_proposed"), (0, 0, "open")],
)
def test_evidence_read_from_free_text_only_proposes_the_cap(certain: int, unsure: int, state: str) -> None:
    """The share must be reached without such records; of 200, 1 % is two."""
    phrase = check("P", Severity.BLOCKER)
    both = gate(checks=("A", "P"), confirm_checks=("P:",))
    records = {s: n for s, n in {"x.": certain, ".x": unsure, "..": 200 - certain - unsure}.items() if n}

    assert principle_of(records, (BLOCKER, phrase), gates=(both,)).gates[0].state == state


def test_a_gate_on_every_record_stays_open_while_one_complies() -> None:
    """No statement on any record: all, not some."""
    every = gate(every=True, share=0)

    assert principle_of({"x": 99, ".": 1}, gates=(every,)).gates[0].state == "open"
    assert principle_of({"x": 99}, gates=(every,)).gates[0].state == "closed"


def test_a_gate_on_documents_looks_at_documents_only() -> None:
    """A row of a table about a credential is not the credential."""
    documents = gate(evidence_forms=("document",))

    assert principle_of({"x": 5, ".": 5}, gates=(documents,), form="extract").gates[0].state == "open"
    assert principle_of({"x": 5, ".": 5}, gates=(documents,), form="document").gates[0].state == "closed"


def test_full_points_meet_the_criteria() -> None:
    """Where enough was seen and nothing fails."""
    checks = (check("A", Severity.BLOCKER), check("C", Severity.MINOR))

    assert principle_of({"..": 100}, checks).principles[0].band == "meets"


@pytest.mark.parametrize(
    ("weight", "band", "provisional"),
    [(2, "meets", False), (8, "meets", True), (8.1, None, False)],  # coverage 8/10, 8/16, 8/16.1
)
def test_coverage_decides_whether_there_is_a_band(weight: float, band: str | None, provisional: bool) -> None:
    """80 % gives a band, 50 % a provisional one, less none: too little seen."""
    principle = principle_of({".": 10}, (BLOCKER,), questions=(question("Q", weight),)).principles[0]

    assert (principle.band, principle.provisional) == (band, provisional)


def test_a_failed_major_check_bars_the_top_band() -> None:
    """95 points with a failed major check largely meet the criteria."""
    principle = principle_of({"x": 10, ".": 90}, (MAJOR,)).principles[0]

    assert principle.score == pytest.approx(95)
    assert principle.band == "largely_meets"
    assert principle.top_band_barred_by == ("B",)


def test_failures_within_the_tolerance_bar_nothing_and_still_cost_points() -> None:
    """Tolerance touches the status, never the points."""
    tolerant = check("B", Severity.MAJOR, tolerance=0.01)

    principle = principle_of({"x": 1, ".": 99}, (tolerant,)).principles[0]

    assert principle.score == pytest.approx(99.5)
    assert principle.band == "meets"


def test_the_overall_band_is_at_most_one_step_above_the_lowest_principle() -> None:
    """Nine good principles do not hide a bad one."""
    good, bad = check("G", Severity.MINOR), check("B", Severity.BLOCKER)
    frame = framework([("1.1", 1, ["B"], [])], least=2)
    from qa_toolkit.catalogue.models import Criterion, Mode

    second = FrameworkPrinciple("quality", 1, "Quality", "", 9, (Criterion("2.1", "", 1, Mode.AUTOMATED, ("G",)),))
    frame = replace(frame, principles=(*frame.principles, second))

    overall = score_submission(evidence([bad, good], {"x.": 60, "..": 40}, frame)).overall

    assert overall.score == pytest.approx(94)
    assert overall.band == "partly_meets"
    assert overall.held_down_by == ("valid_assessment",)


def test_judgement_and_data_stay_apart_and_join_by_weight() -> None:
    """Data score, judged score, together."""
    criterion = principle_of(
        {".": 10}, (MAJOR,), questions=(question("Q", 4),), judgements={"Q": Answer.PARTLY}
    ).criteria[0]

    assert (criterion.data_score, criterion.judged_score, criterion.score) == (100, 50, pytest.approx(75))
    assert criterion.coverage == 1
