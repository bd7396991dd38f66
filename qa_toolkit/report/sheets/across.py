"""The run's workbook: how scores spread, who is far from the others, which causes make most findings."""

from collections.abc import Sequence

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.charts import pareto, spread_bars
from qa_toolkit.report.sheets.data_and_framework import problem_columns, problem_row
from qa_toolkit.report.sheets.page import COUNT, GREY, POINTS, SHARE, Column, Page, severity_fills
from qa_toolkit.report.view_run import ENOUGH_TO_COMPARE, MOST_CAUSES, Cause, RunView
from qa_toolkit.result import AuditResult

MOST_SUBMISSIONS = 200
"""Columns of submissions in the table of checks; sums are of all."""
MOST_PROBLEMS = 10_000


def distribution(workbook: Workbook, run: RunView, m: Messages) -> None:
    """Principle by principle: how many have a score, the lowest, the median, the highest, the spread."""
    page = Page(workbook, m("workbook.sheet.distribution"), m, m("workbook.distribution.lead", n=len(run.rows)))
    rows = [
        [
            spread.principle.number,
            spread.principle.title,
            len(spread.scored),
            len(run.rows),
            spread.lowest,
            spread.median,
            spread.highest,
            spread.width,
            len(spread.outliers),
        ]
        for spread in run.spreads
    ]
    columns = [
        Column(m("workbook.number"), 8, COUNT),
        Column(m("workbook.principle"), 30),
        Column(m("workbook.with_score"), 13, COUNT),
        Column(m("workbook.of_submissions"), 14, COUNT),
        Column(m("workbook.lowest"), 13, POINTS, bar=100),
        Column(m("workbook.median"), 13, POINTS, bar=100),
        Column(m("workbook.highest"), 13, POINTS, bar=100),
        Column(m("workbook.spread"), 13, POINTS),
        Column(m("workbook.outliers"), 16, COUNT),
    ]
    head = page.table("Distribution", columns, rows)
    words = (m("workbook.distribution.chart"), m("workbook.principle"), m("workbook.points_of_100"))
    said = "; ".join(
        m(
            "workbook.distribution.said",
            principle=spread.principle.title,
            low=m.points(spread.lowest),
            median=m.points(spread.median),
            high=m.points(spread.highest),
        )
        for spread in run.spreads
        if spread.scored
    )
    page.chart(spread_bars(page.sheet, head, head + len(rows), (5, 6, 7), words, f"{words[0]}: {said}."))


def outliers(workbook: Workbook, run: RunView, m: Messages) -> None:
    """Submissions far from the others on a principle: it asks for a look, it is no judgement."""
    page = Page(workbook, m("workbook.sheet.outliers"), m, m("index.outliers_reading", enough=ENOUGH_TO_COMPARE))
    rows = [
        [
            spread.principle.number,
            spread.principle.title,
            row.name,
            row.submission.submission_id,
            score,
            spread.median,
            score - spread.median,
            m("workbook.below" if score < spread.median else "workbook.above"),
        ]
        for spread in run.spreads
        if spread.median is not None
        for row, score in spread.outliers
    ]
    few = [spread.principle.title for spread in run.spreads if len(spread.scored) < ENOUGH_TO_COMPARE]
    if few:
        page.line(m("workbook.outliers.too_few", principles=", ".join(few)))
    if not rows:
        page.line(m("workbook.outliers.none"))
    page.row += bool(few) or not rows
    columns = [
        Column(m("workbook.number"), 8, COUNT),
        Column(m("workbook.principle"), 28),
        Column(m("workbook.provider"), 36),
        Column(m("workbook.submission"), 30),
        Column(m("workbook.score"), 11, POINTS),
        Column(m("workbook.median"), 11, POINTS),
        Column(m("workbook.from_median"), 14, "+0.0;-0.0;0.0"),
        Column(m("workbook.direction"), 22),
    ]
    page.table("Outliers", columns, rows)


def pareto_of_causes(workbook: Workbook, causes: Sequence[Cause], m: Messages) -> None:
    """The causes behind most findings, with the chart: bars of findings, a line of their share together."""
    shown = causes[:MOST_CAUSES]
    lead = m("workbook.pareto.lead", n=len(shown), all=m.number(len(causes)))
    page = Page(workbook, m("workbook.sheet.pareto"), m, lead)
    if not shown:
        page.note(m("index.no_causes"))
    columns = [
        Column(m("workbook.check"), 11),
        Column(m("workbook.fault"), 74),
        Column(m("workbook.submissions_touched"), 14, COUNT),
        Column(m("workbook.findings"), 12, COUNT),
        Column(m("workbook.share"), 12, SHARE, bar=1),
        Column(m("workbook.cumulative"), 16, SHARE, bar=1),
    ]
    rows = [[c.check.check_id, c.case.failed, c.submissions, c.records, c.share, c.cumulative] for c in shown]
    head = page.table("Pareto", columns, rows)
    if shown:
        words = [m(f"workbook.pareto.{key}") for key in ("chart", "names", "findings", "shares")]
        said = "; ".join(
            m("workbook.pareto.said", check=c.check.check_id, share=m.share(c.share), cumulative=m.share(c.cumulative))
            for c in shown
        )
        page.chart(pareto(page.sheet, head, head + len(rows), words, f"{words[0]}: {said}."))


def every_cause(workbook: Workbook, causes: Sequence[Cause], run: RunView, m: Messages) -> None:
    """Every cause, the most findings first."""
    page = Page(workbook, m("workbook.sheet.causes"), m, m("index.causes_lead"))
    columns = [
        Column(m("workbook.rank"), 7, COUNT),
        Column(m("workbook.check"), 10),
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.severity"), 10),
        Column(m("workbook.role"), 15),
        Column(m("workbook.fault"), 50),
        Column(m("workbook.fix"), 50),
        Column(m("workbook.submissions_touched"), 13, COUNT),
        Column(m("workbook.of_submissions"), 14, COUNT),
        Column(m("workbook.findings"), 11, COUNT),
        Column(m("workbook.share"), 11, SHARE, bar=1),
        Column(m("workbook.cumulative"), 13, SHARE, bar=1),
    ]
    rows = [
        [
            rank,
            one.check.check_id,
            one.check.criterion_id or m("workbook.hand_in"),
            m(f"severity.{one.case.severity or 'info'}"),
            m(f"role.{one.case.role}"),
            one.case.failed,
            one.case.fix,
            one.submissions,
            len(run.rows),
            one.records,
            one.share,
            one.cumulative,
        ]
        for rank, one in enumerate(causes, 1)
    ]
    page.table("Causes", columns, rows, fills=severity_fills(3, m))


def checks_across(workbook: Workbook, result: AuditResult, m: Messages) -> None:
    """Each check with its failures in every submission: what several share stands out."""
    page = Page(workbook, m("workbook.sheet.checks_across"), m, m("workbook.checks_across.lead"))
    shown = result.submissions[:MOST_SUBMISSIONS]
    if len(shown) < len(result.submissions):
        page.note(m("workbook.checks_across.capped", shown=len(shown), n=len(result.submissions)))
    failed = {s.submission_id: {o.check_id: o.failed for o in s.checks} for s in result.submissions}
    columns = [
        Column(m("workbook.check"), 10),
        Column(m("workbook.complies"), 50),
        Column(m("workbook.role"), 15),
        Column(m("workbook.submissions_failing"), 14, COUNT),
        Column(m("workbook.failed"), 11, COUNT),
        *(Column(s.submission_id, 16, COUNT) for s in shown),
    ]
    rows = []
    for used in result.checks:
        numbers = {submission_id: of_checks[used.check_id] for submission_id, of_checks in failed.items()}
        rows.append(
            [
                used.check_id,
                used.title,
                m(f"role.{used.cases[0].role}"),
                sum(number > 0 for number in numbers.values()),
                sum(numbers.values()),
                *(numbers[s.submission_id] for s in shown),
            ]
        )
    page.table("ChecksAcross", columns, rows)


def problems_of_run(workbook: Workbook, result: AuditResult, m: Messages) -> None:
    """Everything intake could not take as it was, of the run and of every submission."""
    page = Page(workbook, m("workbook.sheet.problems"), m, m("workbook.problems.lead"), GREY)
    listed = [(m("workbook.whole_run"), p) for p in result.run_problems]
    listed += [(s.submission_id, p) for s in result.submissions for p in s.problems]
    if not listed:
        page.note(m("workbook.problems.none"))
    rows = [[name, *problem_row(p, m)] for name, p in listed[:MOST_PROBLEMS]]
    page.table("Problems", [Column(m("workbook.submission"), 28), *problem_columns(m)], rows)
