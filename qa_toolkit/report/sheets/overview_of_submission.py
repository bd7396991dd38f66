"""Read me, Summary and Criteria: what a reader opens first."""

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.page import (
    COUNT,
    LEAD,
    POINTS,
    SHARE,
    STATUS_FILL,
    STRONG,
    Column,
    Page,
    link_to,
)
from qa_toolkit.report.view_words import Words
from qa_toolkit.result import AuditResult, PrincipleScore, Status, SubmissionResult


def read_me(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """What the workbook is, how to use it, where everything lies, what the words mean."""
    name = submission.declared.provider_name or submission.submission_id
    page = Page(workbook, m("workbook.sheet.read_me"), m, lead=m("workbook.read_me.lead", provider=name))
    page.sheet.column_dimensions["A"].width = 30
    page.sheet.column_dimensions["B"].width = 100
    for key in ("what", "use", "state", "people"):
        page.line(m(f"workbook.read_me.{key}"))
    page.row += 1
    sheets = ("summary", "criteria", "checks", "findings", "fixes", "points", "data", "framework")
    rows = [
        [link_to(m(f"workbook.sheet.{sheet}"), m(f"workbook.sheet.{sheet}")), m(f"workbook.about.{sheet}")]
        for sheet in sheets
    ]
    page.table("SheetIndex", [Column(m("workbook.sheet"), 30), Column(m("workbook.about"), 100)], rows, freeze=False)
    words = [
        *((m(f"status.{status.value}"), m(f"workbook.legend.{status.value}")) for status in Status),
        *((m(f"severity.{s}"), m(f"workbook.legend.{s}")) for s in ("blocker", "major", "minor", "info")),
    ]
    page.table("Legend", [Column(m("workbook.word"), 30), Column(m("workbook.meaning"), 100)], words, freeze=False)
    stamp = result.stamp
    facts = [
        (m("workbook.as_of"), m.day(stamp.as_of)),
        (m("workbook.framework"), f"{result.framework.title} ({result.framework.version})"),
        (m("workbook.adoption"), _adoption(result, m)),
        (m("workbook.version"), f"qa-toolkit {stamp.toolkit_version}"),
        (
            m("workbook.engines"),
            f"Great Expectations {stamp.great_expectations_version}, DuckDB {stamp.duckdb_version}",
        ),
        (m("workbook.command"), stamp.command),
        (m("workbook.catalogue_hash"), stamp.catalogue_sha256),
    ]
    page.table("Provenance", [Column(m("workbook.fact"), 30), Column(m("workbook.value"), 100)], facts, freeze=False)


def summary(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """The verdict, the ten principles with bars and a chart, the knock-out criteria."""
    page = Page(workbook, m("workbook.sheet.summary"), m, lead=m("workbook.summary.lead", n=submission.credentials))
    page.line(Words(m).sentence(submission.verdict), font=STRONG)
    if unread := Words(m).unread(submission):
        page.line(unread)
    overall = submission.before.overall
    needed = result.framework.least_scored_principles
    if overall.score is None:
        page.line(
            m(
                "terminal.no_overall",
                scored=overall.scored_principles,
                principles=len(result.framework.principles),
                needed=needed,
            )
        )
    else:
        page.line(m("terminal.overall", score=m.points(overall.score)))
    page.line(m("workbook.summary.proposal"), font=LEAD)
    page.row += 1
    columns = [
        Column(m("workbook.number"), 8, COUNT),
        Column(m("workbook.principle"), 26),
        Column(m("workbook.score"), 10, POINTS),
        Column(m("workbook.low"), 10, POINTS),
        Column(m("workbook.high"), 10, POINTS),
        Column(m("workbook.coverage"), 11, SHARE),
        Column(m("workbook.judgement"), 30),
        Column(m("workbook.knock_outs"), 30),
        *(Column(m(f"status.{status.value}"), 11, COUNT) for status in Status),
    ]
    titles = {gate.gate_id: gate.title for gate in submission.before.gates}
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
        for used, p in zip(result.framework.principles, submission.before.principles, strict=True)
    ]
    head = page.table("Principles", columns, rows)
    page.bars(3, head + 1, head + len(rows))
    page.bars(6, head + 1, head + len(rows), highest=1)
    chart = BarChart()
    chart.type, chart.style, chart.title = "bar", 10, m("workbook.summary.chart")
    chart.add_data(Reference(page.sheet, min_col=3, min_row=head, max_row=head + len(rows)), titles_from_data=True)
    chart.set_categories(Reference(page.sheet, min_col=2, min_row=head + 1, max_row=head + len(rows)))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 100
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend, chart.gapWidth = None, 40
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.series[0].graphicalProperties.solidFill = "1F4E79"
    chart.x_axis.tickLblSkip = 1
    chart.y_axis.majorGridlines, chart.y_axis.majorUnit, chart.y_axis.number_format = None, 25, "0"
    chart.height, chart.width = 13, 24
    page.sheet.add_chart(chart, f"A{page.row}")


def criteria(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """One row a criterion, with how much was seen and what waits for a person."""
    page = Page(workbook, m("workbook.sheet.criteria"), m, lead=m("workbook.criteria.lead"))
    columns = [
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.principle"), 22),
        Column(m("workbook.requirement"), 48),
        Column(m("workbook.mode"), 14),
        Column(m("workbook.status"), 20),
        Column(m("workbook.weight"), 9, "0.##"),
        Column(m("workbook.score"), 9, POINTS),
        Column(m("workbook.coverage"), 10, SHARE),
        Column(m("workbook.low"), 9, POINTS),
        Column(m("workbook.high"), 9, POINTS),
        Column(m("workbook.records"), 10, COUNT),
        *(Column(m(f"workbook.checks.{status.value}"), 11, COUNT) for status in Status),
        Column(m("workbook.open_questions"), 18),
    ]
    scores = {score.criterion_id: score for score in submission.before.criteria}
    status_of = {outcome.check_id: outcome.status for outcome in submission.checks}
    rows = []
    for principle in result.framework.principles:
        for used in principle.criteria:
            score = scores[used.criterion_id]
            own = [status_of[check_id] for check_id in used.checks if check_id in status_of]
            rows.append(
                [
                    used.criterion_id,
                    principle.title,
                    used.title,
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
    words = {m(f"status.{status.value}"): STATUS_FILL[status.value] for status in Status}
    head = page.table("Criteria", columns, rows, fills=lambda _, values: {4: words[values[4]]} if values[4] else {})
    page.bars(7, head + 1, head + len(rows))


def judgement(principle: PrincipleScore, m: Messages) -> str:
    """The proposed judgement of a principle in words."""
    if principle.score is None:
        return m("terminal.nothing_assessed")
    word = m(f"band.{principle.band}") if principle.band else m("band.none")
    return m("terminal.provisional", band=word) if principle.provisional else word


def _adoption(result: AuditResult, m: Messages) -> str:
    adoption = result.framework.adoption
    if adoption is None:
        return m("workbook.orientation")
    return m("workbook.adopted", by=adoption.by, basis=adoption.legal_basis, since=adoption.since)
