"""The workbooks: one for each submission, one for the run, the same bytes for the same result."""

from pathlib import Path

from qa_toolkit.messages import Messages
from qa_toolkit.report.agency import Agency
from qa_toolkit.report.findings import Findings
from qa_toolkit.report.sheets.across import (
    checks_across,
    distribution,
    every_cause,
    outliers,
    pareto_of_causes,
    problems_of_run,
)
from qa_toolkit.report.sheets.authenticity import authenticity
from qa_toolkit.report.sheets.checks_and_findings import Listed, checks, findings
from qa_toolkit.report.sheets.data_and_framework import data_log, files, framework, problems, questions
from qa_toolkit.report.sheets.decisions import waivers, with_decisions
from qa_toolkit.report.sheets.elements_and_way import elements, fix_list, next_bands
from qa_toolkit.report.sheets.frameworks import cross_walk, further_framework, further_of_run, sheets_of_further
from qa_toolkit.report.sheets.overview_of_submission import criteria, summary
from qa_toolkit.report.sheets.page import new_workbook
from qa_toolkit.report.sheets.points import points
from qa_toolkit.report.sheets.providers import coverage, judgements, providers
from qa_toolkit.report.sheets.read_me import read_me_of_report, read_me_of_run
from qa_toolkit.report.sheets.registers import registers
from qa_toolkit.report.sheets.review import conclusions, judged, people, stated
from qa_toolkit.report.sheets.tailoring import sheets_of_tailoring, tailoring
from qa_toolkit.report.view import submission_view
from qa_toolkit.report.view_decisions import waivers_of
from qa_toolkit.report.view_frameworks import further_views
from qa_toolkit.report.view_review import ReviewView, review_view
from qa_toolkit.report.view_run import causes_of, run_view
from qa_toolkit.result import AuditResult, SubmissionResult
from qa_toolkit.workbook import save

REPORT_SHEETS = (
    "summary",
    "criteria",
    "elements",
    "authenticity",
    "registers",
    "fixes",
    "next_bands",
    "findings",
    "checks",
    "points",
    "points_of_principles",
    "data",
    "files",
    "problems",
    "framework",
    "questions",
)
RUN_SHEETS = ("providers", "judgements", "coverage", "pareto", "causes", "checks_across", "problems")
_REVIEW = {"judged": judged, "stated": stated, "conclusions": conclusions, "people": people}
COMPARING_SHEETS = ("distribution", "outliers")
"""Where there is something to compare: in a run of several submissions."""


def write_workbooks(
    result: AuditResult, found: Findings, folder: Path, messages: Messages, agency: Agency | None = None
) -> tuple[Path, ...]:
    """Write ``overview.xlsx`` and a ``report.xlsx`` in the folder of each submission; the files written.

    Args:
        result: the audit.
        found: its findings, read a few at a time.
        folder: the audit folder; folders of submissions are made if missing.
        messages: the language of the workbooks.
        agency: whose name the workbooks carry, as text and as the creator of the document.
    """
    written = [_overview(result, folder, messages, agency)]
    for submission in result.submissions:
        (folder / submission.submission_id).mkdir(exist_ok=True)
        path = folder / submission.submission_id / "report.xlsx"
        _report(result, submission, found, path, messages, agency)
        written.append(path)
    return tuple(written)


def _report(
    result: AuditResult,
    submission: SubmissionResult,
    found: Findings,
    path: Path,
    m: Messages,
    agency: Agency | None,
) -> None:
    view, further = submission_view(result, submission, {}), further_views(result, submission, {})
    listed = Listed.of(result, submission, found, m)
    title = m("workbook.title", provider=view.name)
    workbook = new_workbook(title, result.framework.title, result.stamp.locale, agency.name if agency else None)
    accepting = bool(waivers_of(result, submission, m))
    review = review_view(result, submission, m)
    decided = [key for key, there in (("with_decisions", submission.after), ("waivers", accepting)) if there]
    decided += _sheets_of_review(review)
    sheets = (*REPORT_SHEETS[:2], *decided, *REPORT_SHEETS[2:])
    added = (*sheets_of_tailoring(result, m), *sheets_of_further(result, m))
    read_me_of_report(workbook, result, submission, sheets, agency, m, added)
    summary(workbook, view, m)
    criteria(workbook, view, listed, m)
    if submission.after is not None:
        with_decisions(workbook, result, submission, m)
    if accepting:
        waivers(workbook, result, submission, m)
    for key in _sheets_of_review(review):
        assert review is not None
        _REVIEW[key](workbook, review, m)
    elements(workbook, view, m)
    authenticity(workbook, result, submission, m)
    registers(workbook, result, submission, m)
    fix_list(workbook, view, listed, m)
    next_bands(workbook, view, listed, m)
    findings(workbook, result, submission, listed, m)
    checks(workbook, result, submission, listed, m)
    points(workbook, result, submission, m)
    data_log(workbook, view, m)
    files(workbook, submission, m)
    problems(workbook, submission, m)
    framework(workbook, result, m)
    questions(workbook, result, m)
    if result.tailoring:
        tailoring(workbook, result, m)
    for seen in further:
        further_framework(workbook, seen, m)
    if further:
        cross_walk(workbook, [seen.walk for seen in further], m)
    save(workbook, path, result.stamp.as_of)


def _sheets_of_review(review: ReviewView | None) -> tuple[str, ...]:
    """Those on which there is something to read."""
    if review is None:
        return ()
    there = {"judged": review.judged, "stated": review.stated, "conclusions": review.conclusions}
    return (*(key for key, rows in there.items() if rows), "people")


def _overview(result: AuditResult, folder: Path, m: Messages, agency: Agency | None) -> Path:
    run, causes = run_view(result), causes_of(result)
    several = len(run.rows) > 1
    sheets = (*RUN_SHEETS[:3], *(COMPARING_SHEETS if several else ()), *RUN_SHEETS[3:])
    sheets += ("further_of_run",) if result.further else ()
    sheets += ("waivers",) if result.waivers else ()
    title, subject = m("workbook.overview.title"), result.framework.title
    workbook = new_workbook(title, subject, result.stamp.locale, agency.name if agency else None)
    read_me_of_run(workbook, result, sheets, agency, m)
    providers(workbook, result, run, m)
    judgements(workbook, result, run, m)
    coverage(workbook, result, run, m)
    if several:
        distribution(workbook, run, m)
        outliers(workbook, run, m)
    pareto_of_causes(workbook, causes, m)
    every_cause(workbook, causes, run, m)
    checks_across(workbook, result, m)
    problems_of_run(workbook, result, m)
    if result.further:
        further_of_run(workbook, result, run, m)
    if result.waivers:
        waivers(workbook, result, None, m)
    path = folder / "overview.xlsx"
    save(workbook, path, result.stamp.as_of)
    return path
