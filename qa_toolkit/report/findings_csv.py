"""``findings.csv``: every finding of an audit in one table, for whoever wants all of them in a spreadsheet.

A text that a spreadsheet would run as a formula gets an apostrophe before it, as spreadsheets themselves do.
"""

import csv
from pathlib import Path

from qa_toolkit.messages import Messages
from qa_toolkit.report.findings import Findings
from qa_toolkit.result import AuditResult, CaseKey

FILE_NAME = "findings.csv"
COLUMNS = (
    "submission_id",
    "provider",
    "principle",
    "criterion",
    "check_id",
    "role",
    "severity",
    "found",
    "place",
    "record_key",
    "observed",
    "fix",
)


def write_findings_csv(result: AuditResult, findings: Findings, folder: Path, messages: Messages) -> Path:
    """Write every finding, with the words of its check, in UTF-8 with the mark that spreadsheets look for."""
    providers = {s.submission_id: s.name for s in result.submissions}
    words = {
        CaseKey(check.check_id, case.case, case.table): (
            messages(f"principle.{check.principle}"),
            check.criterion_id or "",
            check.check_id,
            messages(f"role.{case.role}"),
            messages(f"severity.{case.severity or 'info'}"),
            case.failed,
            case.fix,
        )
        for check in result.checks
        for case in check.cases
    }
    path = folder / FILE_NAME
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for one in findings.every():
            *said, fix = words[CaseKey(one.check_id, one.case, one.table_name)]
            row = (one.submission_id, providers[one.submission_id], *said, one.place, one.record_key, one.observed, fix)
            writer.writerow([_safe(text or "") for text in row])
    return path


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
