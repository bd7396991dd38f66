"""What people judged, as sheets: judgements with the provider's statements, conclusions, the panel."""

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.page import DAY, Column, Page
from qa_toolkit.report.view_review import ReviewView


def judged(workbook: Workbook, view: ReviewView, m: Messages) -> None:
    """Every judgement, whether it counts or not."""
    page = Page(workbook, m("workbook.sheet.judged"), m, view.state)
    page.table(
        "Judged",
        [
            Column(m("review.column.id"), 22),
            Column(m("review.head.about"), 44),
            Column(m("review.head.answer"), 16),
            Column(m("review.head.explanation"), 50),
            Column(m("review.head.method"), 20),
            Column(m("review.head.judge"), 28),
            Column(m("review.head.date"), 13, DAY),
            Column(m("review.head.valid_until"), 13, DAY),
            Column(m("review.head.counts"), 30),
        ],
        [
            [
                one.id,
                one.about,
                one.answer,
                one.explanation,
                one.method,
                one.judge,
                one.on,
                one.valid_until,
                one.state,
            ]
            for one in view.judged
        ],
    )


def stated(workbook: Workbook, view: ReviewView, m: Messages) -> None:
    """What the provider answered; it counts nowhere."""
    page = Page(workbook, m("workbook.sheet.stated"), m, m("review.stated.lead"))
    page.table(
        "Stated",
        [
            Column(m("review.column.id"), 22),
            Column(m("review.head.about"), 44),
            Column(m("review.head.answer"), 16),
            Column(m("review.head.statement"), 50),
            Column(m("review.head.evidence"), 50),
        ],
        [[one.id, one.about, one.answer, one.text, one.evidence] for one in view.stated],
    )


def conclusions(workbook: Workbook, view: ReviewView, m: Messages) -> None:
    """Commendations, recommendations, conditions."""
    page = Page(workbook, m("workbook.sheet.conclusions"), m, m("review.lead.conclusions"))
    page.table(
        "Conclusions",
        [
            Column(m("review.head.kind"), 20),
            Column(m("review.head.criterion"), 12),
            Column(m("review.head.text"), 70),
            Column(m("review.head.deadline"), 13, DAY),
            Column(m("review.head.owner"), 30),
        ],
        [
            [one.kind, one.used.criterion_id, one.used.text, one.used.deadline, one.used.owner]
            for one in view.conclusions
        ],
    )


def people(workbook: Workbook, view: ReviewView, m: Messages) -> None:
    """Who took part, with conflicts of interest and signatures."""
    page = Page(workbook, m("workbook.sheet.people"), m, view.sample)
    page.table(
        "People",
        [
            Column(m("review.head.role"), 22),
            Column(m("review.head.name"), 28),
            Column(m("review.head.function"), 34),
            Column(m("review.head.conflict"), 44),
            Column(m("review.head.signed"), 13, DAY),
        ],
        [[one.role, one.used.name, one.used.function, one.conflict, one.used.signed] for one in view.people],
    )
