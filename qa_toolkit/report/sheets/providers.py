"""The run's workbook: providers side by side, principle by principle."""

from urllib.parse import quote

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.overview_of_submission import judgement, say_what_was_selected
from qa_toolkit.report.sheets.page import BAND_FILL, COUNT, SHARE, Column, OutwardLink, Page, Worded
from qa_toolkit.report.view_run import ProviderRow, RunView
from qa_toolkit.report.view_words import Words
from qa_toolkit.result import AuditResult

_LEAD = 5
"""Columns that say who."""


def providers(workbook: Workbook, result: AuditResult, run: RunView, m: Messages) -> None:
    """Provider x principle: in each cell the score and the judgement in a word, so that colour only repeats it."""
    page = Page(workbook, m("workbook.sheet.providers"), m, m("workbook.providers.lead", n=len(run.rows)))
    if result.selection is not None:
        say_what_was_selected(page, result, m)
    if len(run.rows) > 1:
        page.line(m("index.reading"))
    if run.small:
        small, names = result.framework.small_number, ", ".join(run.small)
        page.line(m("index.small", n=len(run.small), names=names, small=small))
    kinds = [
        [p.band or ("none" if p.score is not None else "not_assessed") for p in row.principles] for row in run.rows
    ]
    rows = []
    for row, own in zip(run.rows, kinds, strict=True):
        cells = [Worded(p.score, m(f"index.band.{kind}")) for p, kind in zip(row.principles, own, strict=True)]
        rows.append([*_who(row, m), *cells])
    page.row += 1
    first = page.row + 1
    page.table(
        "Scores",
        [*_who_columns(m), *_principles(result, 14, "0.0")],
        rows,
        fills=lambda number, _: {
            _LEAD + place: BAND_FILL[kind] for place, kind in enumerate(kinds[number - first]) if kind in BAND_FILL
        },
    )


def judgements(workbook: Workbook, result: AuditResult, run: RunView, m: Messages) -> None:
    """The same as full words."""
    page = Page(workbook, m("workbook.sheet.judgements"), m, m("workbook.providers.bands"))
    rows = [[*_who(row, m), *(judgement(p, m) for p in row.principles)] for row in run.rows]
    page.table("Judgements", [*_who_columns(m), *_principles(result, 16)], rows)


def coverage(workbook: Workbook, result: AuditResult, run: RunView, m: Messages) -> None:
    """How much of each principle could be seen."""
    page = Page(workbook, m("workbook.sheet.coverage"), m, m("workbook.providers.coverage"))
    rows = [[*_who(row, m), *(p.coverage for p in row.principles)] for row in run.rows]
    columns = [Column(c.head, c.width, c.format, bar=1) for c in _principles(result, 14, SHARE)]
    page.table("Coverage", [*_who_columns(m), *columns], rows)


def _principles(result: AuditResult, width: float, format: str = "") -> list[Column]:
    return [Column(f"{p.number} {p.title}", width, format) for p in result.framework.principles]


def _who_columns(m: Messages) -> list[Column]:
    return [
        Column(m("workbook.provider"), 26),
        Column(m("workbook.declared.provider_country"), 12),
        Column(m("workbook.declared.provider_identifier"), 18),
        Column(m("workbook.submission"), 24),
        Column(m("workbook.credentials"), 12, COUNT),
    ]


def _who(row: ProviderRow, m: Messages) -> list[object]:
    """Who, told apart from namesakes by country, identifier and folder; the folder leads to its workbook."""
    submission, declared = row.submission, row.submission.declared
    return [
        row.name,
        Words(m).countries(declared.provider_country),
        declared.provider_identifier,
        OutwardLink(submission.submission_id, f"{quote(submission.submission_id, safe='')}/report.xlsx"),
        submission.credentials,
    ]
