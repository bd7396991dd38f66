"""The run's workbook: providers side by side."""

from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.overview_of_submission import judgement
from qa_toolkit.report.sheets.page import COUNT, POINTS, SHARE, STRONG, Column, Page
from qa_toolkit.result import AuditResult, SubmissionResult


def providers(workbook: Workbook, result: AuditResult, m: Messages) -> None:
    """Provider x principle: the number, with the band in words and the coverage in tables of their own."""
    page = Page(
        workbook, m("workbook.sheet.providers"), m, lead=m("workbook.providers.lead", n=len(result.submissions))
    )
    if result.selection is not None:
        total = len(result.checks)
        page.line(m("report.selection", n=total - len(result.selection.left_out), checks=m.number(total)), font=STRONG)
        page.line(m("report.selection.meaning"))
    titles = [f"{p.number} {p.title}" for p in result.framework.principles]
    lead = [
        Column(m("workbook.provider"), 34),
        Column(m("workbook.submission"), 28),
        Column(m("workbook.credentials"), 13, COUNT),
    ]
    head = page.table(
        "Scores",
        [*lead, *(Column(title, 15, POINTS) for title in titles)],
        [[*_lead(s), *(p.score for p in s.before.principles)] for s in result.submissions],
    )
    last = head + len(result.submissions)
    area = f"D{head + 1}:{get_column_letter(3 + len(titles))}{last}"
    page.sheet.conditional_formatting.add(
        area,
        ColorScaleRule(  # type: ignore[no-untyped-call]
            start_type="num", start_value=50, start_color="F4B6A6", mid_type="num", mid_value=75, mid_color="FFF2CC",
            end_type="num", end_value=100, end_color="B7DFC2",
        ),
    )  # fmt: skip
    page.line(m("workbook.providers.bands"))
    page.table(
        "Bands",
        [*lead, *(Column(title, 15) for title in titles)],
        [[*_lead(s), *(judgement(p, m) for p in s.before.principles)] for s in result.submissions],
        freeze=False,
    )
    page.line(m("workbook.providers.coverage"))
    page.table(
        "Coverage",
        [*lead, *(Column(title, 15, SHARE) for title in titles)],
        [[*_lead(s), *(p.coverage for p in s.before.principles)] for s in result.submissions],
        freeze=False,
    )


def checks_across(workbook: Workbook, result: AuditResult, m: Messages) -> None:
    """Each check with its failures in every submission: common causes stand out."""
    page = Page(workbook, m("workbook.sheet.checks_across"), m, lead=m("workbook.checks_across.lead"))
    failed = {s.submission_id: {o.check_id: o.failed for o in s.checks} for s in result.submissions}
    columns = [
        Column(m("workbook.check"), 10),
        Column(m("workbook.complies"), 50),
        Column(m("workbook.role"), 16),
        Column(m("workbook.submissions_failing"), 14, COUNT),
        Column(m("workbook.failed"), 12, COUNT),
        *(Column(s.submission_id, 16, COUNT) for s in result.submissions[:200]),
    ]
    rows = [
        [
            used.check_id,
            used.title,
            m(f"role.{used.cases[0].role}"),
            sum(failed[s.submission_id][used.check_id] > 0 for s in result.submissions),
            sum(failed[s.submission_id][used.check_id] for s in result.submissions),
            *(failed[s.submission_id][used.check_id] for s in result.submissions[:200]),
        ]
        for used in result.checks
    ]
    page.table("ChecksAcross", columns, rows)


def problems(workbook: Workbook, result: AuditResult, m: Messages) -> None:
    """Everything intake could not take as it was, of the run and of every submission."""
    page = Page(workbook, m("workbook.sheet.problems"), m, lead=m("workbook.problems.lead"), tab="6B7280")
    listed = [(m("workbook.whole_run"), p) for p in result.run_problems]
    listed += [(s.submission_id, p) for s in result.submissions for p in s.problems]
    page.table(
        "Problems",
        [
            Column(m("workbook.submission"), 28),
            Column(m("workbook.kind"), 18),
            Column(m("workbook.what"), 36),
            Column(m("workbook.place"), 40),
            Column(m("workbook.why"), 56),
            Column(m("workbook.fix"), 56),
        ],
        [[name, m(f"workbook.problem.{p.kind}"), p.what, p.place, p.why, p.fix] for name, p in listed[:10_000]],
    )


def _lead(submission: SubmissionResult) -> list[object]:
    return [
        submission.declared.provider_name or submission.submission_id,
        submission.submission_id,
        submission.credentials,
    ]
