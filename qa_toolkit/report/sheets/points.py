"""How the points came about: every score recomputed by live formulas beside the number of the audit.

Per criterion and table four numbers, checkable by hand: records without fault, with a minor, a major, a critical worst
fault. Points = none + 0.75 minor + 0.5 major; score = 100 x points / records.
"""

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.page import COUNT, LEAD, POINTS, SHARE, Column, Formula, Page
from qa_toolkit.result import AuditResult, SubmissionResult

_POINTS_AGREE, _SHARES_AGREE = 0.001, 0.000_01
"""The audit keeps six decimals of a weight and of a share; a hundredfold of such a share has four."""


def points(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """Two sheets: criteria from records, principles from criteria."""
    page = Page(workbook, m("workbook.sheet.points"), m, m("workbook.points.lead"))
    page.line(m("workbook.points.method"), font=LEAD)
    page.row += 1
    first, last = _criteria(page, result, submission, m)
    of_principles = Page(workbook, m("workbook.sheet.points_of_principles"), m, m("workbook.points.principles"))
    _principles(of_principles, result, submission, m, page.sheet.title, first, last)


def _criteria(page: Page, result: AuditResult, submission: SubmissionResult, m: Messages) -> tuple[int, int]:
    columns = [
        Column(m("workbook.criterion"), 12),
        Column(m("workbook.principle"), 24),
        Column(m("workbook.table"), 14),
        Column(m("workbook.weight"), 10, "0.##"),
        Column(m("workbook.no_fault"), 12, COUNT),
        Column(m("severity.minor"), 12, COUNT),
        Column(m("severity.major"), 12, COUNT),
        Column(m("severity.blocker"), 12, COUNT),
        Column(m("workbook.records"), 12, COUNT),
        Column(m("workbook.points"), 12, "#,##0.00"),
        Column(m("workbook.score_recomputed"), 15, POINTS),
        Column(m("workbook.score_audit"), 12, POINTS),
        Column(m("workbook.weight_done"), 12, "0.00"),
        Column(m("workbook.weight_in_scope"), 12, "0.00"),
        Column(m("workbook.coverage_recomputed"), 15, SHARE),
        Column(m("workbook.coverage_audit"), 12, SHARE),
        Column(m("workbook.agrees"), 12),
    ]
    scores = {score.criterion_id: score for score in submission.before.criteria}
    start = page.row + 1
    rows: list[list[object]] = []
    for principle in result.framework.principles:
        for used in principle.criteria:
            score = scores[used.criterion_id]
            n = start + len(rows)
            level = score.levels[0] if score.levels else None
            yes, no = m("workbook.yes"), m("workbook.no")
            counts = [level.no_fault, level.minor, level.major, level.blocker] if level else [None] * 4
            points_agree = f"ABS(N(K{n})-N(L{n}))<{_POINTS_AGREE}"
            shares_agree = f"ABS(N(O{n})-N(P{n}))<{_SHARES_AGREE:.5f}"
            rows.append(
                [
                    used.criterion_id,
                    principle.title,
                    m(f"table.{level.table}") if level else None,
                    used.weight,
                    *counts,
                    Formula(f"=SUM(E{n}:H{n})") if level else None,
                    Formula(f"=E{n}+0.75*F{n}+0.5*G{n}") if level else None,
                    Formula(f"=100*J{n}/I{n}") if level else None,
                    score.data_score,
                    score.weight_done,
                    score.weight_in_scope,
                    Formula(f"=M{n}/N{n}") if score.weight_in_scope else score.coverage,
                    score.coverage,
                    Formula(f'=IF(AND({points_agree},{shares_agree}),"{yes}","{no}")'),
                ]
            )
    page.table("PointsOfCriteria", columns, rows)
    return start, start + len(rows) - 1


def _principles(
    page: Page, result: AuditResult, submission: SubmissionResult, m: Messages, criteria: str, first: int, last: int
) -> None:
    """A principle is the mean of its scored criteria by weight; criteria with nothing in scope leave its coverage."""
    columns = [
        Column(m("workbook.number"), 12, COUNT),
        Column(m("workbook.principle"), 24),
        Column(m("workbook.score_recomputed"), 15, POINTS),
        Column(m("workbook.score_audit"), 12, POINTS),
        Column(m("workbook.coverage_recomputed"), 15, SHARE),
        Column(m("workbook.coverage_audit"), 12, SHARE),
        Column(m("workbook.low_recomputed"), 15, POINTS),
        Column(m("workbook.low_audit"), 12, POINTS),
        Column(m("workbook.high_recomputed"), 15, POINTS),
        Column(m("workbook.high_audit"), 12, POINTS),
        Column(m("workbook.agrees"), 12),
    ]
    names, weights, scores, done = (f"{quote_sheetname(criteria)}!${c}${first}:${c}${last}" for c in "BDKO")
    rows: list[list[object]] = []
    start = page.row + 1
    yes, no = m("workbook.yes"), m("workbook.no")
    for used, p in zip(result.framework.principles, submission.before.principles, strict=True):
        n = start + len(rows)
        own = f"({names}=B{n})"
        has_score, has_coverage = f"ISNUMBER({scores})", f"ISNUMBER({done})"
        recomputed = f"=SUMPRODUCT({own}*{has_score},{weights},{scores})/SUMPRODUCT({own}*{has_score},{weights})"
        covered = (
            f"=IFERROR(SUMPRODUCT({own}*{has_score},{weights},{done})/SUMPRODUCT({own}*{has_coverage},{weights}),0)"
        )
        limits = {"C{0})-N(D{0}": _POINTS_AGREE, "E{0})-N(F{0}": _SHARES_AGREE}
        limits |= {"G{0})-N(H{0}": _POINTS_AGREE, "I{0})-N(J{0}": _POINTS_AGREE}
        compared = ",".join(f"ABS(N({pair.format(n)}))<{limit:.5f}" for pair, limit in limits.items())
        rows.append(
            [
                used.number,
                used.title,
                Formula(recomputed) if p.score is not None else None,
                p.data_score,
                Formula(covered),
                p.coverage,
                Formula(f"=C{n}*E{n}") if p.score is not None else None,
                p.low,
                Formula(f"=C{n}*E{n}+100*(1-E{n})") if p.score is not None else None,
                p.high,
                Formula(f'=IF(AND({compared}),"{yes}","{no}")'),
            ]
        )
    page.table("PointsOfPrinciples", columns, rows)
