"""How a score of a principle or of the whole came about, written out so that it can be checked by hand."""

from collections.abc import Callable, Sequence

from qa_toolkit.messages import Messages
from qa_toolkit.report.view import PrincipleView, SubmissionView
from qa_toolkit.result import CriterionScore, OverallScore, PrincipleScore

Parts = Sequence[tuple[float, float]]
"""Weight and value."""


def principle_sums(principle: PrincipleView, messages: Messages) -> tuple[tuple[str, str], ...]:
    """(what, sum) for score, coverage and range of a principle; nothing where it has no score."""
    return _sums(messages, principle.score, [(one.used.weight, one.score) for one in principle.criteria])


def overall_sums(view: SubmissionView, messages: Messages) -> tuple[tuple[str, str], ...]:
    """The same for the whole; nothing where too few principles have a score."""
    return _sums(messages, view.submission.before.overall, [(one.used.weight, one.score) for one in view.principles])


def _sums(
    messages: Messages,
    whole: PrincipleScore | OverallScore,
    parts: Sequence[tuple[float, CriterionScore | PrincipleScore]],
) -> tuple[tuple[str, str], ...]:
    if whole.score is None or whole.low is None or whole.high is None:
        return ()
    scored = [(weight, part.score) for weight, part in parts if part.score is not None]
    # What is not in scope leaves both sides; what is in scope and has no score counts as nothing covered.
    covered = [
        (weight, part.coverage if part.score is not None else 0.0)
        for weight, part in parts
        if part.coverage is not None
    ]
    seen, score = messages.share(whole.coverage), messages.points(whole.score)
    return (
        (messages("report.score"), f"{_mean(scored, messages.points, messages)} = {score}"),
        (messages("report.coverage"), f"{_mean(covered, messages.share, messages)} = {seen}"),
        (
            messages("report.range_heading"),
            messages(
                "report.how.range",
                score=score,
                seen=seen,
                low=messages.points(whole.low),
                high=messages.points(whole.high),
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
