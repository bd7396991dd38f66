"""Checks and Findings: what was looked at, and every record at fault."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.findings import Findings
from qa_toolkit.report.sheets.page import (
    COUNT,
    Column,
    Link,
    Page,
    link_to,
    severity_fills,
    status_fills,
)
from qa_toolkit.result import AuditResult, Finding, SubmissionResult

MOST_FINDINGS = 10_000
"""Rows on the sheet; the true count stands above them, all findings in findings.parquet."""
FIRST_ROW = 5
"""Of the findings on their sheet: title, lead, an empty row and the head come before."""


@dataclass(frozen=True)
class Listed:
    """The findings that the sheet lists, and where on it the first of each criterion, check and case stands."""

    findings: Sequence[Finding]
    sheet: str
    _places: dict[tuple[str, str | None], int]

    @classmethod
    def of(cls, result: AuditResult, submission: SubmissionResult, found: Findings, m: Messages) -> "Listed":
        """Choose the findings of a submission that are listed, the costly ones first."""
        findings = _worst_first(result, submission, found)
        criteria = {check.check_id: check.criterion_id for check in result.checks}
        places: dict[tuple[str, str | None], int] = {}
        for row, one in enumerate(findings, FIRST_ROW):
            for key in ((one.check_id, one.case), (one.check_id, None), (criteria[one.check_id], None)):
                if key[0] is not None:
                    places.setdefault((key[0], key[1]), row)
        return cls(findings, m("workbook.sheet.findings"), places)

    def link(self, text: str, name: str, case: str | None = None) -> Link | str:
        """The text, leading to the first finding of a criterion or check where one is listed."""
        row = self._places.get((name, case))
        return text if row is None else link_to(text, self.sheet, f"A{row}")


def checks(workbook: Workbook, result: AuditResult, submission: SubmissionResult, listed: Listed, m: Messages) -> None:
    """The catalogue as used, with counts and remedies; an id leads to the first finding."""
    page = Page(workbook, m("workbook.sheet.checks"), m, m("workbook.checks.lead"))
    columns = [
        Column(m("workbook.check"), 10),
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.complies"), 28),
        Column(m("workbook.role"), 12),
        Column(m("workbook.severity"), 10),
        Column(m("workbook.status"), 16),
        Column(m("workbook.in_scope"), 9, COUNT),
        Column(m("workbook.applicable"), 9, COUNT),
        Column(m("workbook.failed"), 9, COUNT),
        Column(m("workbook.expected"), 24),
        Column(m("workbook.why"), 42),
        Column(m("workbook.fix"), 42),
        Column(m("workbook.sources"), 24),
    ]
    outcomes = {outcome.check_id: outcome for outcome in submission.checks}
    rows = []
    for used in result.checks:
        outcome = outcomes[used.check_id]
        first = used.cases[0]
        status = m(f"status.{outcome.status.value}")
        if outcome.tolerated:
            status = m("workbook.tolerated", n=outcome.failed)
        if outcome.failed and all(case.role == "informs" for case in used.cases):
            status = m("workbook.noted", n=outcome.failed)
        rows.append(
            [
                listed.link(used.check_id, used.check_id),
                used.criterion_id or m("workbook.further_only" if used.further_only else "workbook.hand_in"),
                used.title,
                m(f"role.{first.role}"),
                m(f"severity.{first.severity or 'info'}"),
                status,
                outcome.in_scope,
                outcome.applicable,
                outcome.failed,
                used.expected,
                used.why,
                used.fix,
                "\n".join(", ".join(p for p in (s.ref, s.place) if p) for s in used.sources),
            ]
        )
    page.table("Checks", columns, rows, fills=status_fills(5, m))


def findings(
    workbook: Workbook, result: AuditResult, submission: SubmissionResult, listed: Listed, m: Messages
) -> None:
    """One row for each record that fails a check, the costly ones first."""
    total = submission.findings + submission.notes
    shown = listed.findings
    key = "workbook.findings.lead" if len(shown) == total else "workbook.findings.capped"
    page = Page(workbook, m("workbook.sheet.findings"), m, m(key, n=total, shown=m.number(len(shown))))
    columns = [
        Column(m("workbook.check"), 10),
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.severity"), 11),
        Column(m("workbook.role"), 12),
        Column(m("workbook.found"), 30),
        Column(m("workbook.place"), 44),
        Column(m("workbook.certificate"), 22),
        Column(m("workbook.observed"), 30),
        Column(m("workbook.complies"), 26),
        Column(m("workbook.fix"), 42),
    ]
    used = {check.check_id: check for check in result.checks}
    cases = {(c.check_id, case.case): case for c in result.checks for case in c.cases}
    rows = []
    for finding in shown:
        check, case = used[finding.check_id], cases[finding.check_id, finding.case]
        rows.append(
            [
                finding.check_id,
                check.criterion_id or m("workbook.hand_in"),
                m(f"severity.{case.severity or 'info'}"),
                m(f"role.{case.role}"),
                case.failed,
                finding.place,
                finding.record_key,
                finding.observed,
                check.title,
                case.fix,
            ]
        )
    head = page.table("Findings", columns, rows, fills=severity_fills(2, m))
    assert head + 1 == FIRST_ROW


def _worst_first(result: AuditResult, submission: SubmissionResult, found: Findings) -> list[Finding]:
    """Findings that cost most first, those that ask next, those that inform last; not more than the sheet takes."""
    roles, severities = ("scores", "asks", "informs"), ("blocker", "major", "minor", None)
    cases = sorted(
        ((case, check.check_id) for check in result.checks for case in check.cases),
        key=lambda one: (roles.index(one[0].role), severities.index(one[0].severity), one[1]),
    )
    failed = {(o.check_id, c.case) for o in submission.checks for c in o.cases if c.failed}
    shown: list[Finding] = []
    for case, check_id in cases:
        if (check_id, case.case) in failed and len(shown) < MOST_FINDINGS:
            room = MOST_FINDINGS - len(shown)
            shown += found.first(submission.submission_id, check_id, case.case, room)
    return shown
