"""Registers: what they say of the awards as of each day of issue, and the extracts with their age and hash."""

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.page import COUNT, DAY, STRONG, Column, Page
from qa_toolkit.result import AuditResult, SubmissionResult


def registers(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """The evidence of registers; a sentence above empty tables where no extract was supplied."""
    page = Page(workbook, m("workbook.sheet.registers"), m, m("registers.lead"))
    if not result.registers:
        page.line(m("registers.none"), font=STRONG)
    stale = sum(one.stale for one in result.registers)
    if stale:
        page.line(m("registers.some_stale", n=stale), font=STRONG)
    if result.registers and not submission.register_answers:
        page.line(m("registers.nothing_found"))
    page.row += 1
    page.table(
        "RegisterAnswers",
        [
            Column(m("registers.head.about"), 20),
            Column(m("registers.head.answer"), 44),
            Column(m("registers.head.entry"), 70),
            Column(m("registers.head.awards"), 14, COUNT),
            Column(m("registers.head.first"), 16, DAY),
            Column(m("registers.head.last"), 16, DAY),
        ],
        [
            [
                m(f"registers.about.{one.about}"),
                m(f"registers.answer.{one.answer}"),
                one.entry,
                one.awards,
                one.first_issued,
                one.last_issued,
            ]
            for one in submission.register_answers
        ],
    )
    page.row += 1
    page.table(
        "RegisterExtracts",
        [
            Column(m("registers.head.title"), 20),
            Column(m("registers.head.state"), 44),
            Column(m("registers.head.source"), 70),
            Column(m("registers.head.age"), 14, COUNT),
            Column(m("registers.head.day"), 16, DAY),
            Column(m("registers.head.rows"), 16, COUNT),
            Column(m("registers.head.licence"), 24),
            Column(m("registers.head.file"), 26),
            Column("SHA-256", 68),
        ],
        [
            [
                one.title,
                m(f"registers.state.{'stale' if one.stale else 'recent'}", days=one.stale_after_days),
                one.source,
                one.age_days,
                one.day,
                one.rows,
                one.licence,
                one.file,
                one.sha256,
            ]
            for one in result.registers
        ],
        freeze=False,
    )
