"""Accepted faults: some records of a pattern, or all, read as passed; nothing else moves."""

from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.catalogue.models import Severity
from qa_toolkit.result import CaseKey, Pattern
from qa_toolkit.scoring.accepted import Names, accept
from qa_toolkit.scoring.evidence import Evidence, gather
from qa_toolkit.scoring.score import score_submission
from tests.scoring.build import check, framework, question

CHECKS = {one.id: one for one in (check("A", Severity.BLOCKER), check("B", Severity.MAJOR), check("C", Severity.MINOR))}
CASES = {"credentials": tuple(CaseKey(name, "", "credentials") for name in CHECKS)}
FRAME = framework([("1.1", 3, ["A", "B"], []), ("1.2", 2, ["C"], ["Q"])], least=1)
QUESTIONS = {"Q": question("Q")}


def pattern(number: int, states: str, records: int) -> Pattern:
    return Pattern(number, "s", "credentials", "extract", states, records)


def seen(patterns: tuple[Pattern, ...]) -> Evidence:
    return gather(patterns, CASES, CHECKS, QUESTIONS, FRAME)


def counted(patterns: tuple[Pattern, ...]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in patterns:
        counts[one.states] = counts.get(one.states, 0) + one.records
    return counts


def test_a_waiver_on_three_records_leaves_the_others_of_their_pattern() -> None:
    """Ten records fail A and B; A is accepted of three of them, and B stays a fault there."""
    patterns = (pattern(1, "xx.", 10), pattern(2, "...", 5))

    after = accept(patterns, CASES, parts={1: {frozenset({("A", None)}): 3}})

    assert counted(after) == {".x.": 3, "xx.": 7, "...": 5}


def test_a_waiver_on_every_record_reaches_those_that_another_names() -> None:
    """A everywhere, B on two records."""
    after = accept((pattern(1, "xxx", 4),), CASES, frozenset({("A", None)}), {1: {frozenset({("B", "")}): 2}})

    assert counted(after) == {"..x": 2, ".xx": 2}


def test_what_does_not_apply_or_is_not_known_is_not_accepted() -> None:
    """A waiver makes nothing assessed that was not."""
    after = accept((pattern(1, "-?x", 2),), CASES, frozenset({("A", None), ("B", None)}))

    assert counted(after) == {"-?x": 2}


STATES = st.text(alphabet="-?.x", min_size=3, max_size=3)
PATTERNS = st.dictionaries(STATES, st.integers(1, 40), min_size=1, max_size=6).map(
    lambda found: tuple(pattern(number, *one) for number, one in enumerate(found.items(), 1))
)
NAMES = st.frozensets(st.sampled_from([("A", None), ("B", None), ("C", None), ("B", "")]), max_size=3)


@given(PATTERNS, NAMES, NAMES, st.integers(0, 40))
def test_a_waiver_never_changes_the_score_before_it_nor_lowers_the_one_after(
    patterns: tuple[Pattern, ...], everywhere: Names, of_some: Names, number: int
) -> None:
    """The patterns of the data are untouched, no record is lost, coverage of scored checks stays as it was."""
    before = score_submission(seen(patterns))
    kept = tuple(patterns)
    parts = {1: {of_some: min(number, patterns[0].records)}} if number else {}

    after_patterns = accept(patterns, CASES, everywhere, parts)
    after = score_submission(seen(after_patterns))

    assert patterns == kept
    assert score_submission(seen(patterns)) == before
    assert sum(one.records for one in after_patterns) == sum(one.records for one in patterns)
    for old, new in zip(before.principles, after.principles, strict=True):
        assert new.coverage == old.coverage
        assert (new.score is None) == (old.score is None)
        assert (new.score or 0) >= (old.score or 0) - 1e-9


@given(PATTERNS, st.sampled_from(["A", "B", "C"]))
def test_accepting_a_check_everywhere_scores_as_if_it_had_passed(patterns: tuple[Pattern, ...], name: str) -> None:
    """By records or by check, the same arithmetic."""
    by_records = {one.number: {frozenset({(name, None)}): one.records} for one in patterns}

    whole = score_submission(seen(accept(patterns, CASES, frozenset({(name, None)}))))
    record_by_record = score_submission(seen(accept(patterns, CASES, parts=by_records)))

    assert whole == record_by_record == score_submission(seen(patterns), accepted=frozenset({name}))
