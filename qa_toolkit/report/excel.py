"""The workbooks: one for each submission, one for the run, the same bytes for the same result."""

from pathlib import Path

from qa_toolkit.messages import Messages
from qa_toolkit.report.findings import Findings
from qa_toolkit.report.sheets.checks_and_findings import checks, findings, fix_list
from qa_toolkit.report.sheets.data_and_framework import data_log, framework
from qa_toolkit.report.sheets.overview_of_submission import criteria, read_me, summary
from qa_toolkit.report.sheets.page import new_workbook
from qa_toolkit.report.sheets.points import points
from qa_toolkit.report.sheets.providers import checks_across, problems, providers
from qa_toolkit.result import AuditResult, SubmissionResult
from qa_toolkit.workbook import save


def write_workbooks(result: AuditResult, found: Findings, folder: Path, messages: Messages) -> tuple[Path, ...]:
    """Write ``overview.xlsx`` and a ``report.xlsx`` in the folder of each submission; the files written."""
    written = [_overview(result, folder, messages)]
    for submission in result.submissions:
        (folder / submission.submission_id).mkdir(exist_ok=True)
        written.append(_report(result, submission, found, folder / submission.submission_id, messages))
    return tuple(written)


def _report(result: AuditResult, submission: SubmissionResult, found: Findings, folder: Path, m: Messages) -> Path:
    name = submission.declared.provider_name or submission.submission_id
    workbook = new_workbook(m("workbook.title", provider=name), result.framework.title, result.stamp.locale)
    read_me(workbook, result, submission, m)
    summary(workbook, result, submission, m)
    criteria(workbook, result, submission, m)
    checks(workbook, result, submission, m)
    findings(workbook, result, submission, found, m)
    fix_list(workbook, result, submission, m)
    points(workbook, result, submission, m)
    data_log(workbook, submission, m)
    framework(workbook, result, m)
    path = folder / "report.xlsx"
    save(workbook, path, result.stamp.as_of)
    return path


def _overview(result: AuditResult, folder: Path, m: Messages) -> Path:
    workbook = new_workbook(m("workbook.overview.title"), result.framework.title, result.stamp.locale)
    providers(workbook, result, m)
    checks_across(workbook, result, m)
    problems(workbook, result, m)
    path = folder / "overview.xlsx"
    save(workbook, path, result.stamp.as_of)
    return path
