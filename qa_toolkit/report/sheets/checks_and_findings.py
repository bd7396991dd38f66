"""Checks, Findings and the Fix list: what was looked at, what was found, what to do."""

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.findings import Findings
from qa_toolkit.report.sheets.page import COUNT, POINTS, SEVERITY_FILL, STATUS_FILL, Column, Page, link_to
from qa_toolkit.result import AuditResult, Status, SubmissionResult

MOST_FINDINGS = 10_000
"""Rows on the sheet; the true count stands above them, all findings in findings.parquet."""


def checks(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """The catalogue as used, with counts and remedies."""
    page = Page(workbook, m("workbook.sheet.checks"), m, lead=m("workbook.checks.lead"))
    columns = [
        Column(m("workbook.check"), 10),
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.complies"), 40),
        Column(m("workbook.role"), 15),
        Column(m("workbook.severity"), 11),
        Column(m("workbook.status"), 20),
        Column(m("workbook.in_scope"), 10, COUNT),
        Column(m("workbook.applicable"), 11, COUNT),
        Column(m("workbook.failed"), 10, COUNT),
        Column(m("workbook.expected"), 44),
        Column(m("workbook.why"), 60),
        Column(m("workbook.fix"), 60),
        Column(m("workbook.sources"), 40),
    ]
    outcomes = {outcome.check_id: outcome for outcome in submission.checks}
    rows = []
    for used in result.checks:
        outcome = outcomes[used.check_id]
        first = used.cases[0]
        status = m(f"status.{outcome.status.value}")
        if outcome.tolerated:
            status = m("workbook.tolerated", n=outcome.failed)
        rows.append(
            [
                used.check_id,
                used.criterion_id or m("workbook.hand_in"),
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
    words = {m(f"status.{status.value}"): STATUS_FILL[status.value] for status in Status}
    page.table("Checks", columns, rows, fills=lambda _, values: {5: words[values[5]]} if values[5] in words else {})


def findings(
    workbook: Workbook, result: AuditResult, submission: SubmissionResult, found: Findings, m: Messages
) -> None:
    """One row for each record that fails a check that scores or asks; what informs is counted on the Checks sheet."""
    total = submission.findings + submission.notes
    shown = found.first_of_submission(submission.submission_id, MOST_FINDINGS)
    key = "workbook.findings.lead" if len(shown) == total else "workbook.findings.capped"
    page = Page(workbook, m("workbook.sheet.findings"), m, lead=m(key, n=total, shown=m.number(len(shown))))
    columns = [
        Column(m("workbook.check"), 10),
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.severity"), 11),
        Column(m("workbook.role"), 15),
        Column(m("workbook.found"), 44),
        Column(m("workbook.place"), 48),
        Column(m("workbook.certificate"), 26),
        Column(m("workbook.observed"), 44),
        Column(m("workbook.complies"), 36),
        Column(m("workbook.fix"), 56),
    ]
    used = {check.check_id: check for check in result.checks}
    cases = {(c.check_id, case.case): case for c in result.checks for case in c.cases}
    rows = []
    severities: list[str | None] = []
    for finding in shown:
        check, case = used[finding.check_id], cases[finding.check_id, finding.case]
        severities.append(case.severity)
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
    words = {m(f"severity.{key}"): fill for key, fill in SEVERITY_FILL.items()}
    page.table("Findings", columns, rows, fills=lambda _, v: {2: words[v[2]]} if v[2] in words else {})


def fix_list(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """Fixes ranked by points, with room for the provider's plan."""
    page = Page(workbook, m("workbook.sheet.fixes"), m, lead=m("workbook.fixes.lead"), tab="2E7D32")
    columns = [
        Column(m("workbook.rank"), 8, COUNT),
        Column(m("workbook.check"), 10),
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.principle"), 22),
        Column(m("workbook.found"), 46),
        Column(m("workbook.fix"), 60),
        Column(m("workbook.records"), 10, COUNT),
        Column(m("workbook.gain_criterion"), 12, POINTS),
        Column(m("workbook.gain_principle"), 12, POINTS),
        Column(m("workbook.after"), 12, POINTS),
        Column(m("workbook.opens"), 26),
        Column(m("workbook.planned"), 16),
        Column(m("workbook.comment"), 36),
    ]
    cases = {(c.check_id, case.case): case for c in result.checks for case in c.cases}
    titles = {principle.key: principle.title for principle in result.framework.principles}
    gates = {gate.gate_id: gate.title for gate in submission.before.gates}
    rows = [
        [
            rank,
            link_to(fix.check_id, m("workbook.sheet.findings")),
            fix.criterion_id,
            titles[fix.principle],
            cases[fix.check_id, fix.case].failed,
            cases[fix.check_id, fix.case].fix,
            fix.records,
            fix.criterion_points,
            fix.principle_points,
            fix.principle_score_after,
            gates.get(fix.opens_gate or "", ""),
            None,
            None,
        ]
        for rank, fix in enumerate(submission.fixes, 1)
    ]
    page.table("FixList", columns, rows)
