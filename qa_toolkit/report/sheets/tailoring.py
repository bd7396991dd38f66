"""Tailoring: every change that schemes or an overlay made to the catalogue, with its reason."""

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.page import GREY, STATUS_FILL, STRONG, Column, Page
from qa_toolkit.report.view_tailoring import scheme_views, summary_words
from qa_toolkit.result import AuditResult


def sheets_of_tailoring(result: AuditResult, m: Messages) -> tuple[tuple[str, str], ...]:
    """Title and purpose of the sheet; none where the catalogue was used as it ships."""
    return ((m("workbook.sheet.tailoring"), m("workbook.about.tailoring")),) if result.tailoring else ()


def tailoring(workbook: Workbook, result: AuditResult, m: Messages) -> None:
    """What was changed, from what to what, by which scheme and why; then what the schemes ask and no check looks at."""
    assert result.tailoring is not None
    page = Page(workbook, m("workbook.sheet.tailoring"), m, m("tailoring.lead"), GREY)
    page.line(summary_words(result, m), font=STRONG)
    views = scheme_views(result.tailoring, m)
    for one in views:
        page.line(f"{one.used.title} ({one.used.scheme_id}). {one.standing} SHA-256 {one.used.sha256}")
    page.row += 1
    looser = m("tailoring.direction.loosened")
    page.table(
        "Tailoring",
        [
            Column(m("tailoring.head.scheme"), 14),
            Column(m("tailoring.head.what"), 38),
            Column(m("tailoring.head.before"), 22),
            Column(m("tailoring.head.after"), 30),
            Column(m("tailoring.head.direction"), 12),
            Column(m("tailoring.head.criteria"), 20),
            Column(m("tailoring.head.why"), 60),
            Column(m("tailoring.head.holds"), 40),
        ],
        [
            [
                one.used.scheme_id,
                change.what,
                change.before,
                change.after,
                change.direction,
                change.criteria or m("tailoring.no_criterion"),
                change.used.why,
                change.holds or m("tailoring.always"),
            ]
            for one in views
            for change in one.changes
        ],
        fills=lambda _, values: {4: STATUS_FILL["review"]} if values[4] == looser else {},
    )
    page.table(
        "BeyondTheChecks",
        [Column(m("tailoring.head.scheme"), 14), Column(m("tailoring.beyond"), 38)],
        [[one.used.scheme_id, text] for one in views for text in one.used.beyond],
        freeze=False,
    )
