"""Elements and the way to the next band: the heat map of the report as numbers, and what a better band would take."""

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.charts import stacked_bars
from qa_toolkit.report.sheets.checks_and_findings import Listed
from qa_toolkit.report.sheets.page import COUNT, DAY, POINTS, SHARE, Column, Page
from qa_toolkit.report.view import SubmissionView
from qa_toolkit.result import ElementTally

_GREEN = "2E7D32"


def elements(workbook: Workbook, view: SubmissionView, m: Messages) -> None:
    """Element by element how many credentials state it, of these how many are faulty, and what became of the rest."""
    submission = view.submission
    total = submission.credentials
    page = Page(workbook, m("workbook.sheet.elements"), m, m("workbook.elements.lead", n=total))
    rows = [
        [
            m(f"element.{one.element}"),
            m("workbook.mandatory") if one.mandatory else m("workbook.optional"),
            one.stated,
            _of(one.stated, total),
            one.faulty,
            _of(one.faulty, total),
            one.missing,
            _of(one.missing, total),
            one.not_assessed,
            one.not_applicable,
            _how(one, m),
        ]
        for one in submission.elements
    ]
    columns = [
        Column(m("workbook.element"), 36),
        Column(m("workbook.kind"), 22),
        Column(m("workbook.stated"), 11, COUNT),
        Column(m("workbook.share_stated"), 12, SHARE, bar=1),
        Column(m("workbook.faulty"), 12, COUNT),
        Column(m("workbook.share_faulty"), 12, SHARE, bar=1),
        Column(m("workbook.missing"), 11, COUNT),
        Column(m("workbook.share_missing"), 12, SHARE, bar=1),
        Column(m("status.not_assessed"), 12, COUNT),
        Column(m("status.not_applicable"), 11, COUNT),
        Column(m("workbook.how_stated"), 52),
    ]
    head = page.table("Elements", columns, rows)
    said = "; ".join(
        m("workbook.elements.said", element=m(f"element.{one.element}"), stated=m.number(one.stated))
        for one in submission.elements
    )
    words = (m("workbook.elements.chart"), m("workbook.element"), m("workbook.credentials"))
    alternative = f"{words[0]}. {said}."
    page.chart(stacked_bars(page.sheet, head, head + len(rows), (3, 7, 9, 10), words, alternative))


def next_bands(workbook: Workbook, view: SubmissionView, listed: Listed, m: Messages) -> None:
    """Principle by principle the smallest set of fixes that reaches the next band, with the score after each."""
    page = Page(workbook, m("workbook.sheet.next_bands"), m, m("workbook.next_bands.lead"), _GREEN)
    columns = [
        Column(m("workbook.number"), 7, COUNT),
        Column(m("workbook.principle"), 24),
        Column(m("workbook.band_now"), 26),
        Column(m("workbook.next_band"), 26),
        Column(m("workbook.step"), 8, COUNT),
        Column(m("workbook.check"), 10),
        Column(m("workbook.fault"), 44),
        Column(m("workbook.fix"), 46),
        Column(m("workbook.records"), 11, COUNT),
        Column(m("workbook.running"), 14, POINTS, bar=100),
    ]
    rows: list[list[object]] = []
    for one in view.next_bands:
        lead = [one.principle.number, one.principle.title, m(f"band.{one.step.band_now}")]
        lead.append(m(f"band.{one.step.next_band}"))
        rows.append([*lead, 0, None, m("report.fixes.today"), None, None, one.score_now])
        for number, (check, case, records, score) in enumerate(one.steps, 1):
            link = listed.link(check.check_id, check.check_id, case.case)
            rows.append([*lead, number, link, case.failed, case.fix, records, score])
    if not rows:
        page.note(m("workbook.next_bands.none"))
    page.table("NextBands", columns, rows)


def fix_list(workbook: Workbook, view: SubmissionView, listed: Listed, m: Messages) -> None:
    """Fixes ranked by points, with room for the provider's plan."""
    page = Page(workbook, m("workbook.sheet.fixes"), m, m("workbook.fixes.lead"), _GREEN)
    columns = [
        Column(m("workbook.rank"), 7, COUNT),
        Column(m("workbook.check"), 10),
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.principle"), 20),
        Column(m("workbook.found"), 34),
        Column(m("workbook.fix"), 42),
        Column(m("workbook.records"), 10, COUNT),
        Column(m("workbook.gain_criterion"), 12, POINTS),
        Column(m("workbook.gain_principle"), 12, POINTS, bar=100),
        Column(m("workbook.after"), 12, POINTS),
        Column(m("workbook.opens"), 24),
        Column(m("workbook.planned"), 13, DAY),
        Column(m("workbook.comment"), 28),
    ]
    rows = [
        [
            rank,
            listed.link(one.fix.check_id, one.fix.check_id, one.fix.case),
            one.fix.criterion_id,
            one.principle.title,
            one.case.failed,
            one.case.fix,
            one.fix.records,
            one.fix.criterion_points,
            one.fix.principle_points,
            one.fix.principle_score_after,
            one.gate.title if one.gate else "",
            None,
            None,
        ]
        for rank, one in enumerate(view.fixes, 1)
    ]
    head = page.table("FixList", columns, rows)
    if rows:
        planned = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
        planned.promptTitle, planned.prompt = m("workbook.planned"), m("workbook.planned.prompt")
        planned.errorTitle, planned.error = m("workbook.planned"), m("workbook.planned.prompt")
        planned.showInputMessage = planned.showErrorMessage = True
        planned.add(f"L{head + 1}:L{head + len(rows)}")
        page.sheet.add_data_validation(planned)


def _of(number: int, total: int) -> float | None:
    return number / total if total else None


def _how(one: ElementTally, m: Messages) -> str:
    """How it is stated, and why not where it is not, with the numbers of the report."""

    def told(family: str, counts: Mapping[str, int]) -> str:
        return "; ".join(
            m("report.elements.part", what=m(f"{family}.{key}"), number=m.number(n)) for key, n in counts.items()
        )

    return "\n".join(line for line in (told("strength", one.strengths), told("cause", one.causes)) if line)
