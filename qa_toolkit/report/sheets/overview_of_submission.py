"""Summary and Criteria: what a reader opens first."""

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.charts import score_bars
from qa_toolkit.report.sheets.checks_and_findings import Listed
from qa_toolkit.report.sheets.page import BAND_FILL, COUNT, LEAD, POINTS, SHARE, STRONG, Column, Page, status_fills
from qa_toolkit.report.view import SubmissionView
from qa_toolkit.report.view_limits import rests_on
from qa_toolkit.report.view_tailoring import summary_words
from qa_toolkit.report.view_words import Words
from qa_toolkit.result import AuditResult, PrincipleScore, Status


def summary(workbook: Workbook, view: SubmissionView, m: Messages) -> None:
    """The verdict, what it rests on, the ten principles with bars and a chart, the knock-out criteria."""
    result, submission = view.result, view.submission
    page = Page(workbook, m("workbook.sheet.summary"), m, Words(m).handed_in(submission))
    if result.selection is not None:
        say_what_was_selected(page, result, m)
    if tailored := summary_words(result, m):
        page.line(tailored, font=STRONG)
    page.line(Words(m).sentence(submission.verdict), font=STRONG)
    if unread := Words(m).unread(submission):
        page.line(unread)
    page.line(Words(m).authenticity(submission))
    overall = submission.before.overall
    if overall.score is None:
        page.line(
            m(
                "terminal.no_overall",
                scored=overall.scored_principles,
                principles=len(result.framework.principles),
                needed=result.framework.least_scored_principles,
            )
        )
    else:
        page.line(m("terminal.overall", score=m.points(overall.score)))
    page.line(f"{m('report.limits')}: {' '.join(rests_on(view, m))}")
    page.line(m("workbook.summary.proposal"), font=LEAD)
    page.row += 1
    titles = {gate.gate_id: gate.title for gate in submission.before.gates}
    scores = submission.before.principles
    rows = [
        [
            used.number,
            used.title,
            p.score,
            p.low,
            p.high,
            p.coverage,
            judgement(p, m),
            "\n".join(
                [titles[g] for g in p.capped_by]
                + [m("workbook.cap_proposed", gate=titles[g]) for g in p.cap_proposed_by]
            ),
            *(p.statuses.get(status.value, 0) for status in Status),
        ]
        for used, p in zip(result.framework.principles, scores, strict=True)
    ]
    columns = [
        Column(m("workbook.number"), 7, COUNT),
        Column(m("workbook.principle"), 26),
        Column(m("workbook.score"), 10, POINTS, bar=100),
        Column(m("workbook.low"), 10, POINTS),
        Column(m("workbook.high"), 10, POINTS),
        Column(m("workbook.coverage"), 11, SHARE, bar=1),
        Column(m("workbook.judgement"), 30),
        Column(m("workbook.knock_outs"), 34),
        *(Column(m(f"status.{status.value}"), 11, COUNT) for status in Status),
    ]
    fills = [BAND_FILL.get(p.band or "none", BAND_FILL["none"]) for p in scores]
    first = page.row + 1
    head = page.table("Principles", columns, rows, fills=lambda number, _: {6: fills[number - first]})
    said = "; ".join(f"{row[1]} {m.points(p.score)}" for row, p in zip(rows, scores, strict=True))
    words = (m("workbook.summary.chart"), m("workbook.principle"), m("workbook.points_of_100"))
    page.chart(score_bars(page.sheet, head, head + len(rows), words, f"{words[0]}: {said}."))


def criteria(workbook: Workbook, view: SubmissionView, listed: Listed, m: Messages) -> None:
    """One row a criterion, with how much was seen and what waits for a person; its id leads to its first finding."""
    page = Page(workbook, m("workbook.sheet.criteria"), m, m("workbook.criteria.lead"))
    columns = [
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.principle"), 20),
        Column(m("workbook.requirement"), 44),
        Column(m("workbook.mode"), 13),
        Column(m("workbook.status"), 20),
        Column(m("workbook.weight"), 9, "0.##"),
        Column(m("workbook.score"), 9, POINTS, bar=100),
        Column(m("workbook.coverage"), 11, SHARE, bar=1),
        Column(m("workbook.low"), 9, POINTS),
        Column(m("workbook.high"), 9, POINTS),
        Column(m("workbook.records"), 10, COUNT),
        *(Column(m(f"workbook.checks.{status.value}"), 11, COUNT) for status in Status),
        Column(m("workbook.open_questions"), 17),
    ]
    status_of = {outcome.check_id: outcome.status for outcome in view.submission.checks}
    rows = []
    for principle in view.principles:
        for one in principle.criteria:
            used, score = one.used, one.score
            own = [status_of[check_id] for check_id in used.checks if check_id in status_of]
            rows.append(
                [
                    listed.link(used.criterion_id, used.criterion_id),
                    principle.used.title,
                    f"{used.title}. {m('tailoring.below_here')}" if used.below_standard else used.title,
                    m(f"mode.{used.mode}"),
                    m(f"status.{score.status.value}"),
                    used.weight,
                    score.score,
                    score.coverage,
                    score.low,
                    score.high,
                    sum(level.records for level in score.levels),
                    *(own.count(status) for status in Status),
                    ", ".join(score.open_questions),
                ]
            )
    page.table("Criteria", columns, rows, fills=status_fills(4, m))


def say_what_was_selected(page: Page, result: AuditResult, m: Messages) -> None:
    """Say that only some of the checks were run."""
    assert result.selection is not None
    total = len(result.checks)
    page.line(m("report.selection", n=total - len(result.selection.left_out), checks=m.number(total)), font=STRONG)
    page.line(m("report.selection.meaning"))


def judgement(principle: PrincipleScore, m: Messages) -> str:
    """The proposed judgement of a principle in words."""
    if principle.score is None:
        return m("terminal.nothing_assessed")
    word = m(f"band.{principle.band}") if principle.band else m("band.none")
    return m("terminal.provisional", band=word) if principle.provisional else word
