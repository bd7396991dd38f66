"""The charts of a report: each result a strip, with its numbers as title and description."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from qa_toolkit.report.charts import WIDE, Segment, dot_strip, score_strip, stacked_strip
from qa_toolkit.report.view import CRITERION_OUTCOMES, PrincipleView, SubmissionView, record_counts
from qa_toolkit.report.view_run import Cause, RunView
from qa_toolkit.report.view_words import Words
from qa_toolkit.result import BandUsed, ElementTally, Verdict


@dataclass(frozen=True)
class Kind:
    """One of the counts an element falls into: its field in the result, its word, the tone it is drawn in."""

    name: str
    word: str
    tone: str


_NOT_SEEN = (Kind("not_assessed", "not_assessed", "not_assessed"), Kind("not_applicable", "not_applicable", "rule"))
ELEMENT_OUTCOMES = {
    True: (Kind("stated", "stated", "pass"), Kind("missing", "missing", "fail"), *_NOT_SEEN),
    False: (Kind("stated", "stated", "pass"), Kind("missing", "not_stated", "zone"), *_NOT_SEEN),
}
"""Whether an element is mandatory -> its counts, in the order of reading. Leaving an optional one out is no fault."""


@dataclass(frozen=True)
class ProfileRow:
    """A row of a profile: what, how many, and its share drawn."""

    label: str
    number: int
    chart: Markup


@dataclass(frozen=True)
class Profile:
    """How the records divide by one feature."""

    title: str
    heading: str
    unit: str
    rows: tuple[ProfileRow, ...]


@dataclass(frozen=True)
class ReportCharts:
    """The charts of one report: the verdict, and by key those of principles and elements."""

    verdict: Markup
    principles: dict[str, Markup]
    elements: dict[str, Markup]


def report_charts(view: SubmissionView, words: Words) -> ReportCharts:
    """Draw the charts of one report."""
    return ReportCharts(
        verdict=verdict_chart(view.submission.verdict, words),
        principles=principle_charts(view, words),
        elements={one.element: _element(one, words) for one in view.submission.elements},
    )


def principle_charts(view: SubmissionView, words: Words, prefix: str = "chart-principle") -> dict[str, Markup]:
    """Draw score and range of each principle, by key; ``prefix`` tells the charts of several frameworks apart."""
    bands = view.result.framework.bands
    return {one.used.key: _principle(one, bands, words, f"{prefix}-{one.used.number}") for one in view.principles}


def run_charts(run: RunView, bands: Sequence[BandUsed], words: Words) -> dict[str, Markup]:
    """Draw the spread of every principle across a run, by key."""
    t = words.messages
    return {
        spread.principle.key: dot_strip(
            f"spread-{spread.principle.number}",
            spread.scores,
            [band.lowest for band in bands],
            t("index.spread_title", principle=spread.principle.title),
            t("index.spread_words", low=t.points(min(spread.scores)), high=t.points(max(spread.scores)))
            if spread.scores
            else t("report.nothing_to_assess"),
        )
        for spread in run.spreads
    }


def cause_charts(causes: Sequence[Cause], words: Words) -> tuple[Markup, ...]:
    """The share of all findings behind each cause: its own part after the part of the causes above it."""
    t = words.messages
    return tuple(
        stacked_strip(
            f"chart-cause-{number}",
            [
                Segment(cause.cumulative - cause.share, "rule"),
                Segment(cause.share, "ink"),
                Segment(1 - cause.cumulative, "zone"),
            ],
            cause.case.failed,
            t("index.cause_chart", share=t.share(cause.share), cumulative=t.share(cause.cumulative)),
        )
        for number, cause in enumerate(causes)
    )


def profiles(view: SubmissionView, words: Words) -> tuple[Profile, ...]:
    """The records by form of evidence and by format, and the mandatory elements by how firmly they are stated."""
    t = words.messages
    return tuple(
        Profile(
            title=t(f"report.profile.{family}"),
            heading=t(f"report.profile.{family}_heading"),
            unit=t("report.profile.values" if family == "strength" else "report.data.records"),
            rows=tuple(
                _profile_row(f"{family}-{number}", words.declared_word(key, family), count, sum(counts.values()), words)
                for number, (key, count) in enumerate(counts.items())
            ),
        )
        for family, counts in record_counts(view.submission).items()
    )


def verdict_counts(verdict: Verdict) -> tuple[tuple[str, int], ...]:
    """What became of the criteria, in the order of the sentence."""
    numbers = (
        verdict.met,
        verdict.met_in_part,
        verdict.not_met,
        verdict.for_a_person,
        verdict.not_assessed,
        verdict.not_applicable,
    )
    return tuple(zip(CRITERION_OUTCOMES, numbers, strict=True))


def verdict_chart(verdict: Verdict, words: Words) -> Markup:
    """What became of the criteria, as one strip."""
    return stacked_strip(
        "chart-verdict",
        [Segment(number, kind) for kind, number in verdict_counts(verdict)],
        words.messages("report.verdict.chart"),
        words.sentence(verdict),
        width=WIDE,
    )


def _principle(principle: PrincipleView, bands: Sequence[BandUsed], words: Words, name: str) -> Markup:
    t, score = words.messages, principle.score
    if score.score is None:
        description = t("report.nothing_to_assess")
    else:
        description = t(
            "report.scorecard.chart_words",
            score=t.points(score.score),
            low=t.points(score.low),
            high=t.points(score.high),
        )
    return score_strip(
        name,
        score.score,
        score.low,
        score.high,
        [band.lowest for band in bands],
        score.band or "none",
        t("report.scorecard.chart_title", principle=principle.used.title),
        description,
    )


def _element(element: ElementTally, words: Words) -> Markup:
    t = words.messages
    counts = [(kind, getattr(element, kind.name)) for kind in ELEMENT_OUTCOMES[element.mandatory]]
    name = words.declared_word(element.element, "element")
    return stacked_strip(
        f"chart-element-{element.element}",
        [Segment(number, kind.tone) for kind, number in counts],
        t("report.elements.chart_title", element=name),
        "; ".join(
            t("report.elements.part", what=t(f"report.elements.{kind.word}"), number=t.number(number))
            for kind, number in counts
            if number
        ),
    )


def _profile_row(name: str, label: str, number: int, total: int, words: Words) -> ProfileRow:
    t = words.messages
    share = t.share(number / total)
    chart = stacked_strip(
        f"chart-{name}",
        [Segment(number, "ink"), Segment(total - number, "zone")],
        t("report.profile.chart_title", what=label),
        t("report.profile.chart_words", number=t.number(number), total=t.number(total), share=share),
    )
    return ProfileRow(label, number, chart)
