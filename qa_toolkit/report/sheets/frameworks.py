"""Further frameworks, one sheet each, and the cross-walk: criteria of each against those of the main framework."""

from collections.abc import Sequence

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.overview_of_submission import judgement
from qa_toolkit.report.sheets.page import BAND_FILL, COUNT, LEAD, POINTS, SHARE, STATUS_FILL, STRONG, Column, Page
from qa_toolkit.report.view_cross_walk import CrossWalk
from qa_toolkit.report.view_frameworks import FurtherView, adoption_words, agreement_words
from qa_toolkit.report.view_run import RunView
from qa_toolkit.report.view_words import Words
from qa_toolkit.result import AuditResult, Status

SheetOf = tuple[str, str]
"""Title of a sheet, and what stands on it."""


def sheets_of_further(result: AuditResult, m: Messages) -> tuple[SheetOf, ...]:
    """The sheets that further frameworks add; none where there is only one framework."""
    if not result.further:
        return ()
    own = [
        (one.framework.framework_id, m("workbook.about.further", framework=one.framework.title))
        for one in result.further
    ]
    return (*own, (m("workbook.sheet.cross_walk"), m("workbook.about.cross_walk")))


def further_framework(workbook: Workbook, seen: FurtherView, m: Messages) -> None:
    """Scores of the groups of a further framework, then its criteria with what they rest on."""
    framework, submission = seen.framework, seen.view.submission
    m = m.speaking_of(framework.grouped_by)
    page = Page(workbook, framework.framework_id, m, f"{framework.title}, {framework.version}")
    page.line(Words(m).sentence(submission.verdict), font=STRONG)
    overall = submission.before.overall
    if overall.score is None:
        page.line(
            m(
                "terminal.no_overall",
                scored=overall.scored_principles,
                principles=len(framework.principles),
                needed=framework.least_scored_principles,
            )
        )
    else:
        page.line(m("terminal.overall", score=m.points(overall.score)))
    page.line(adoption_words(framework, m), font=LEAD)
    if agreed := agreement_words(framework, m):
        page.line(f"{m('report.cover.agreement')}: {agreed}", font=LEAD)
    page.row += 1
    name = "".join(character if character.isalnum() else "_" for character in framework.framework_id)
    _groups(page, f"Groups_{name}", seen, m)
    _criteria(page, f"Criteria_{name}", seen, m)


def _groups(page: Page, name: str, seen: FurtherView, m: Messages) -> None:
    rows = [
        [
            str(one.used.number),
            one.used.title,
            len(one.criteria),
            judgement(one.score, m),
            one.used.weight,
            one.score.score,
            one.score.coverage,
            one.score.low,
            one.score.high,
            len({name for criterion in one.used.criteria for name in criterion.checks}),
            len({name for criterion in one.criteria for name in criterion.score.open_questions}),
        ]
        for one in seen.view.principles
    ]
    columns = [
        Column(m("workbook.number"), 10),
        Column(m("workbook.principle"), 46),
        Column(m("workbook.further.criteria"), 13, COUNT),
        Column(m("workbook.judgement"), 26),
        *_figures(m),
        Column(m("workbook.further.checks"), 34, COUNT),
        Column(m("workbook.open_questions"), 24, COUNT),
    ]
    first = page.row + 1
    fills = [BAND_FILL.get(one.score.band or "none", BAND_FILL["none"]) for one in seen.view.principles]
    page.table(name, columns, rows, fills=lambda number, _: {3: fills[number - first]}, freeze=False)


def _criteria(page: Page, name: str, seen: FurtherView, m: Messages) -> None:
    rows = [
        [
            one.used.criterion_id,
            f"{one.used.title}. {m('tailoring.below_here')}" if one.used.below_standard else one.used.title,
            m(f"mode.{one.used.mode}"),
            m(f"status.{one.score.status.value}"),
            one.used.weight,
            one.score.score,
            one.score.coverage,
            one.score.low,
            one.score.high,
            ", ".join(one.used.checks),
            ", ".join(one.used.questions),
        ]
        for one in seen.view.criteria
    ]
    columns = [
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.requirement"), 46),
        Column(m("workbook.mode"), 13),
        Column(m("workbook.status"), 26),
        *_figures(m),
        Column(m("workbook.further.checks"), 34),
        Column(m("workbook.further.questions"), 24),
    ]
    words = {m(f"status.{status.value}"): STATUS_FILL[status.value] for status in Status}
    page.table(name, columns, rows, fills=lambda _, values: {3: words[values[3]]}, freeze=False)


def _figures(m: Messages) -> list[Column]:
    return [
        Column(m("workbook.weight"), 9, "0.##"),
        Column(m("workbook.score"), 9, POINTS, bar=100),
        Column(m("workbook.coverage"), 11, SHARE, bar=1),
        Column(m("workbook.low"), 9, POINTS),
        Column(m("workbook.high"), 9, POINTS),
    ]


def further_of_run(workbook: Workbook, result: AuditResult, run: RunView, m: Messages) -> None:
    """Every submission under every further framework, group by group."""
    page = Page(workbook, m("workbook.sheet.further_of_run"), m, m("workbook.further_of_run.lead"))
    rows: list[list[object]] = []
    fills = []
    for row in run.rows:
        for further, scores in zip(result.further, row.submission.further, strict=True):
            framework = further.framework
            for used, score in zip(framework.principles, scores.scores.principles, strict=True):
                rows.append(
                    [
                        row.name,
                        row.submission.submission_id,
                        framework.framework_id,
                        used.number,
                        used.title,
                        score.score,
                        score.coverage,
                        judgement(score, m.speaking_of(framework.grouped_by)),
                    ]
                )
                fills.append(BAND_FILL.get(score.band or "none", BAND_FILL["none"]))
    columns = [
        Column(m("workbook.provider"), 34),
        Column(m("workbook.submission"), 30),
        Column(m("workbook.framework"), 22),
        Column(m("workbook.number"), 7, COUNT),
        Column(m("workbook.further.group"), 44),
        Column(m("workbook.score"), 10, POINTS, bar=100),
        Column(m("workbook.coverage"), 11, SHARE, bar=1),
        Column(m("workbook.judgement"), 34),
    ]
    first = page.row + 1
    page.table("Further", columns, rows, fills=lambda number, _: {7: fills[number - first]})


def cross_walk(workbook: Workbook, walks: Sequence[CrossWalk], m: Messages) -> None:
    """A row for each pair of criteria that touch, and for each criterion of either side that nothing touches."""
    page = Page(workbook, m("workbook.sheet.cross_walk"), m, m("workbook.cross_walk.lead"))
    rows: list[list[object]] = []
    nothing = m("report.cross_walk.nothing")
    for walk in walks:
        first, other = walk.first.framework_id, walk.other.framework_id
        for row in walk.rows:
            own = [first, row.criterion.criterion_id, row.criterion.title, other]
            rows += [
                [
                    *own,
                    touch.criterion.criterion_id,
                    touch.criterion.title,
                    ", ".join(touch.checks),
                    ", ".join(touch.questions),
                ]
                for touch in row.touches
            ] or [[*own, None, nothing, None, None]]
        rows += [
            [first, None, nothing, other, criterion.criterion_id, criterion.title, None, None]
            for _, criterion in walk.untouched
        ]
    page.table(
        "CrossWalk",
        [
            Column(m("workbook.framework"), 20),
            Column(m("workbook.criterion"), 11),
            Column(m("workbook.requirement"), 48),
            Column(m("workbook.cross_walk.against"), 20),
            Column(m("workbook.cross_walk.criterion"), 11),
            Column(m("workbook.cross_walk.requirement"), 48),
            Column(m("workbook.further.checks"), 30),
            Column(m("workbook.further.questions"), 22),
        ],
        rows,
        fills=lambda _, values: (
            {2: STATUS_FILL["not_assessed"], 5: STATUS_FILL["not_assessed"]}
            if nothing in (values[2], values[5])
            else {}
        ),
    )
