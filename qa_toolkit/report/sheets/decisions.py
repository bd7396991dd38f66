"""What people decided: the second column of scores, and the accepted deviations."""

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.page import BAND_FILL, COUNT, DAY, POINTS, SHARE, Column, Page
from qa_toolkit.report.view_decisions import judgement_words, moved, waivers_of
from qa_toolkit.result import AuditResult, SubmissionResult


def with_decisions(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """Every principle by the data alone and with what people decided."""
    page = Page(workbook, m("workbook.sheet.with_decisions"), m, m("workbook.with_decisions.lead"))
    rows = moved(result, submission, m)
    page.table(
        "WithDecisions",
        [
            Column(m("workbook.principle"), 34),
            Column(m("decisions.before"), 12, POINTS),
            Column(m("decisions.after"), 12, POINTS),
            Column(m("decisions.coverage_before"), 13, SHARE),
            Column(m("decisions.coverage_after"), 13, SHARE),
            *(Column(f"{m(f'decisions.range_{when}')}, {m(end)}", 13, POINTS) for when, end in _ENDS),
            Column(m("decisions.judgement_before"), 30),
            Column(m("decisions.judgement_after"), 30),
        ],
        [
            [
                one.title,
                one.before.score,
                one.after.score,
                one.before.coverage,
                one.after.coverage,
                one.before.low,
                one.before.high,
                one.after.low,
                one.after.high,
                judgement_words(one.before, m),
                judgement_words(one.after, m),
            ]
            for one in rows
        ],
        fills=lambda number, _: {
            9 + place: BAND_FILL.get(score.band or "none", BAND_FILL["none"])
            for place, score in enumerate((rows[number - page.row - 1].before, rows[number - page.row - 1].after))
        },
    )


_ENDS = (
    ("before", "workbook.low"),
    ("before", "workbook.high"),
    ("after", "workbook.low"),
    ("after", "workbook.high"),
)


def waivers(workbook: Workbook, result: AuditResult, submission: SubmissionResult | None, m: Messages) -> None:
    """The accepted deviations that concern a submission; of the run where none is given."""
    page = Page(workbook, m("workbook.sheet.waivers"), m, m("waivers.lead"))
    page.table(
        "AcceptedDeviations",
        [
            Column(m("waivers.head.id"), 14),
            Column(m("waivers.head.accepts"), 44),
            Column(m("waivers.head.scope"), 30),
            Column(m("waivers.head.reason"), 50),
            Column(m("waivers.head.approver"), 26),
            Column(m("waivers.head.since"), 13, DAY),
            Column(m("waivers.head.expires"), 13, DAY),
            Column(m("waivers.head.state"), 18),
            Column(m("waivers.head.accepted"), 12, COUNT),
            Column(m("waivers.head.remarks"), 44),
        ],
        [
            [
                one.used.waiver_id,
                one.accepts,
                one.scope,
                one.used.reason,
                one.used.approver,
                one.used.since,
                one.used.expires,
                one.state,
                one.accepted,
                " ".join(one.remarks),
            ]
            for one in waivers_of(result, submission, m)
        ],
    )
