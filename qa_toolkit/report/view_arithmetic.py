"""How a score of a principle or of the whole came about, written out so that it can be checked by hand."""

from collections.abc import Callable, Sequence

from qa_toolkit.messages import Messages
from qa_toolkit.report.view import PrincipleView, SubmissionView

Parts = Sequence[tuple[float, float]]
"""Weight and value."""


def principle_sums(principle: PrincipleView, messages: Messages) -> tuple[tuple[str, str], ...]:
    """(what, sum) for score, coverage and range of a principle; nothing where it has no score."""
    score = principle.score
    return _sums(
        messages,
        score.score,
        score.coverage,
        score.low,
        score.high,
        [(one.used.weight, one.score.score) for one in principle.criteria],
        [(one.used.weight, one.score.coverage, one.score.score) for one in principle.criteria],
    )


def overall_sums(view: SubmissionView, messages: Messages) -> tuple[tuple[str, str], ...]:
    """The same for the whole; nothing where too few principles have a score."""
    overall = view.submission.before.overall
    return _sums(
        messages,
        overall.score,
        overall.coverage,
        overall.low,
        overall.high,
        [(one.used.weight, one.score.score) for one in view.principles],
        [(one.used.weight, one.score.coverage, one.score.score) for one in view.principles],
    )


def _sums(
    messages: Messages,
    score: float | None,
    coverage: float,
    low: float | None,
    high: float | None,
    scores: Sequence[tuple[float, float | None]],
    coverages: Sequence[tuple[float, float | None, float | None]],
) -> tuple[tuple[str, str], ...]:
    if score is None or low is None or high is None:
        return ()
    scored = [(weight, value) for weight, value in scores if value is not None]
    # What is not in scope leaves both sides; what is in scope and has no score counts as nothing covered.
    covered = [(weight, share if value is not None else 0.0) for weight, share, value in coverages if share is not None]
    seen = messages.share(coverage)
    return (
        (messages("report.score"), f"{_mean(scored, messages.points, messages)} = {messages.points(score)}"),
        (messages("report.coverage"), f"{_mean(covered, messages.share, messages)} = {seen}"),
        (
            messages("report.range_heading"),
            messages(
                "report.how.range",
                score=messages.points(score),
                seen=seen,
                low=messages.points(low),
                high=messages.points(high),
            ),
        ),
    )


def _mean(parts: Parts, written: Callable[[float], str], messages: Messages) -> str:
    """The weighted mean, written out; equal values are gathered, so that it stays one line."""
    gathered: dict[float, float] = {}
    for weight, value in parts:
        gathered[value] = gathered.get(value, 0.0) + weight
    total = messages.number(sum(weight for weight, _ in parts))
    terms = " + ".join(f"{messages.number(weight)} × {written(value)}" for value, weight in gathered.items())
    return f"({terms}) ÷ {total}"
