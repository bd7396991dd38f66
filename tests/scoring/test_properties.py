"""What must hold for every score, whatever the data: properties, not examples."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_toolkit.catalogue.models import FrameworkPrinciple, Gate, Role, Severity
from qa_toolkit.result import PrincipleScore, Status
from qa_toolkit.scoring.gates import gate_outcomes
from qa_toolkit.scoring.score import score_criterion, score_principle, score_submission
from qa_toolkit.scoring.states import Fixed
from qa_toolkit.scoring.what_it_would_take import fixes, next_bands
from tests.scoring.build import Records, check, check_with_cases, evidence, framework, question

CHECKS = (
    check("A", Severity.BLOCKER),
    check("B", Severity.MAJOR),
    check_with_cases("C", (("worst", Role.SCORES, Severity.MAJOR), ("less", Role.ASKS, Severity.MINOR))),
    check("D", Severity.MINOR),
    check("E", Severity.MAJOR, Role.ASKS),
    check("F", None, Role.INFORMS),
)
PLACES = 7
SCORED = (0, 1, 2, 4)
FRAME = framework(
    [("1.1", 3, ["A", "B"], []), ("1.2", 2, ["C", "E"], ["Q"]), ("1.3", 1, ["D", "F"], [])],
    gates=[Gate("a", "A", ("A",), ("valid_assessment",), 0.01)],
    least=1,
)
QUESTIONS = [question("Q")]

states = st.text(alphabet="-?.x", min_size=PLACES, max_size=PLACES)
records = st.dictionaries(states, st.integers(1, 50), min_size=1, max_size=8)


def scored(data: Records, frame=FRAME, **more):  # type: ignore[no-untyped-def]
    return score_submission(evidence(CHECKS, data, frame, QUESTIONS), **more)


def numbers(data: Records) -> list[float | None]:
    scores = scored(data)
    return [s.score for s in (*scores.criteria, *scores.principles, scores.overall)]


@given(records)
def test_a_score_lies_between_0_and_100_and_within_its_range(data: dict[str, int]) -> None:
    """And coverage is a share."""
    scores = scored(data)

    for one in (*scores.criteria, *scores.principles, scores.overall):
        if one.score is not None and one.coverage is not None:
            assert 0 <= one.score <= 100
            assert 0 <= one.coverage <= 1
            assert one.low is not None
            assert one.high is not None
            assert -1e-9 <= one.low <= one.score + 1e-9
            assert one.score - 1e-9 <= one.high <= 100 + 1e-9


@given(records, st.sampled_from(SCORED))
def test_a_check_that_turns_from_fail_to_pass_never_lowers_a_score(data: dict[str, int], place: int) -> None:
    """Repairing pays, or costs nothing."""
    repaired: dict[str, int] = {}
    for state, count in data.items():
        better = state[:place] + ("." if state[place] == "x" else state[place]) + state[place + 1 :]
        repaired[better] = repaired.get(better, 0) + count

    for before, after in zip(numbers(data), numbers(repaired), strict=True):
        if before is not None:
            assert after is not None
            assert after >= before - 1e-9


@given(records, st.sampled_from(SCORED))
def test_what_is_no_longer_known_never_raises_coverage(data: dict[str, int], place: int) -> None:
    """A value taken out of the data is not looked at; a criterion's coverage can only shrink."""
    blanked: dict[str, int] = {}
    for state, count in data.items():
        less = state[:place] + ("?" if state[place] in ".x" else state[place]) + state[place + 1 :]
        blanked[less] = blanked.get(less, 0) + count

    for before, after in zip(scored(data).criteria, scored(blanked).criteria, strict=True):
        # An asking case that fired was in scope and not done; where it falls silent, it leaves the scope.
        if before.criterion_id != "1.2":
            assert (after.coverage or 0) <= (before.coverage or 0) + 1e-9


@given(records, st.randoms())
def test_order_and_splitting_of_patterns_never_matter(data: dict[str, int], random) -> None:  # type: ignore[no-untyped-def]
    """A hundred records in one pattern or in two score alike."""
    parts = [(state, part) for state, count in data.items() for part in (count // 2, count - count // 2) if part]
    random.shuffle(parts)

    assert numbers(parts) == numbers(data)


@given(records, st.sampled_from(["A", "B", "C", "D"]))
def test_a_waiver_never_changes_the_score_before_it(data: dict[str, int], check_id: str) -> None:
    """Before is the data alone; after is never lower."""
    found = evidence(CHECKS, data, FRAME, QUESTIONS)
    before = score_submission(found)
    after = score_submission(found, accepted=frozenset({check_id}))

    assert score_submission(found) == before
    for old, new in zip(before.principles, after.principles, strict=True):
        assert (new.score or 0) >= (old.score or 0) - 1e-9


@given(records)
def test_a_criterion_with_nothing_in_scope_leaves_both_sides(data: dict[str, int]) -> None:
    """What applies to no record changes neither score nor coverage."""
    criteria = [("1.1", 3, ["A", "B"], []), ("1.2", 2, ["C", "E"], ["Q"])]
    with_it = framework([*criteria, ("1.3", 5, ["D"], [])], gates=FRAME.gates, least=1)
    without = framework(criteria, gates=FRAME.gates, least=1)
    nowhere = {state[:4] + "-" + state[5:]: 0 for state in data}
    for state, count in data.items():
        nowhere[state[:4] + "-" + state[5:]] += count

    one, other = scored(nowhere, with_it).principles[0], scored(nowhere, without).principles[0]

    assert (one.score, one.coverage) == (other.score, other.coverage)


@given(records)
def test_a_criterion_that_nothing_in_the_catalogue_looks_at_counts_as_unseen(data: dict[str, int]) -> None:
    """It could not be checked: no word of "does not apply", and coverage falls by its weight."""
    criteria = [("1.1", 3, ["A", "B"], []), ("1.2", 2, ["C", "E"], ["Q"]), ("1.3", 1, ["D", "F"], [])]
    wider = framework([*criteria, ("1.8", 2, ["F"], []), ("1.9", 4, [], [])], gates=FRAME.gates, least=1)

    scores, narrow = scored(data, wider), scored(data)
    whole = sum(w for (_, w, _, _), c in zip(criteria, narrow.criteria, strict=True) if c.coverage is not None)

    assert [(c.status, c.score, c.coverage) for c in scores.criteria[3:]] == [(Status.NOT_ASSESSED, None, 0.0)] * 2
    assert scores.principles[0].score == narrow.principles[0].score
    assert scores.principles[0].coverage == pytest.approx(narrow.principles[0].coverage * whole / (whole + 6))


@given(records)
def test_points_recompute_from_the_records_by_worst_fault(data: dict[str, int]) -> None:
    """Four numbers a row, checkable by hand."""
    for criterion in scored(data).criteria:
        for level in criterion.levels:
            assert level.no_fault + level.minor + level.major + level.blocker == level.records
            assert level.points == level.no_fault + 0.75 * level.minor + 0.5 * level.major


@settings(max_examples=60)
@given(records)
def test_every_fix_together_gives_all_points(data: dict[str, int]) -> None:
    """Nothing that costs points is left off the list."""
    found = evidence(CHECKS, data, FRAME, QUESTIONS)
    scores = score_submission(found)
    listed = {fix.check_id for fix in fixes(found, scores)}

    after = score_submission(found, accepted=frozenset(listed))

    assert all(principle.score in (None, pytest.approx(100)) for principle in after.principles)


@settings(max_examples=60)
@given(records)
def test_the_score_never_falls_on_the_way_to_the_next_band_and_ends_at_its_end(data: dict[str, int]) -> None:
    """One running score for each fix."""
    found = evidence(CHECKS, data, FRAME, QUESTIONS)
    scores = score_submission(found)
    now = {principle.key: principle.score for principle in scores.principles}

    for step in next_bands(found, scores):
        running = [now[step.principle], *step.scores_on_the_way]
        assert len(step.scores_on_the_way) == len(step.fixes)
        assert running == sorted(running)
        assert running[-1] == step.score_after


@settings(max_examples=60)
@given(records)
def test_the_way_to_the_next_band_really_gets_there(data: dict[str, int]) -> None:
    """The fixes named lift the band, and no single one of a larger set would have done."""
    found = evidence(CHECKS, data, FRAME, QUESTIONS)
    keys = [band.key for band in FRAME.bands]
    (principle,) = FRAME.principles

    def with_fixes(fixed: Fixed) -> PrincipleScore:
        criteria = [score_criterion(criterion, found, {}, fixed) for criterion in principle.criteria]
        return score_principle(principle, criteria, found, gate_outcomes(found, {}, fixed), {}, fixed)

    for step in next_bands(found, score_submission(found)):
        after = with_fixes(frozenset(step.fixes))
        assert keys.index(step.next_band) < keys.index(step.band_now)
        assert (after.band, after.score) == (step.next_band, step.score_after)
        for one in step.fixes if len(step.fixes) > 1 else ():
            alone = with_fixes(frozenset({one})).band
            assert alone is None or keys.index(alone) >= keys.index(step.band_now)


@given(records)
def test_a_second_principle_that_nobody_looked_at_lowers_overall_coverage_only(data: dict[str, int]) -> None:
    """Unseen principles count as nothing seen, not as nothing wrong."""
    unseen = FrameworkPrinciple("relevance", 3, "Relevance", "", 1, ())
    wider = replace(FRAME, principles=(*FRAME.principles, unseen))

    one, two = scored(data).overall, scored(data, wider).overall

    assert two.score == one.score
    assert two.coverage == pytest.approx(one.coverage / 2)
