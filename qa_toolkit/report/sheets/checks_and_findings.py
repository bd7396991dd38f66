"""Checks, Findings and the Fix list: what was looked at, what was found, what to do."""

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.findings import Findings
from qa_toolkit.report.sheets.page import COUNT, POINTS, SEVERITY_FILL, STATUS_FILL, Column, Page, link_to
from qa_toolkit.result import AuditResult, Finding, Status, SubmissionResult

MOST_FINDINGS = 10_000
"""Rows on the sheet; the true count stands above them, all findings in findings.parquet."""


def checks(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """The catalogue as used, with counts and remedies."""
    page = Page(workbook, m("workbook.sheet.checks"), m, lead=m("workbook.checks.lead"))
    columns = [
        Column(m("workbook.check"), 10),
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.complies"), 30),
        Column(m("workbook.role"), 15),
        Column(m("workbook.severity"), 11),
        Column(m("workbook.status"), 20),
        Column(m("workbook.in_scope"), 10, COUNT),
        Column(m("workbook.applicable"), 11, COUNT),
        Column(m("workbook.failed"), 10, COUNT),
        Column(m("workbook.expected"), 26),
        Column(m("workbook.why"), 42),
        Column(m("workbook.fix"), 42),
        Column(m("workbook.sources"), 26),
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
    """One row for each record that fails a check, the costly ones first."""
    total = submission.findings + submission.notes
    shown = _worst_first(result, submission, found)
    key = "workbook.findings.lead" if len(shown) == total else "workbook.findings.capped"
    page = Page(workbook, m("workbook.sheet.findings"), m, lead=m(key, n=total, shown=m.number(len(shown))))
    columns = [
        Column(m("workbook.check"), 10),
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.severity"), 11),
        Column(m("workbook.role"), 15),
        Column(m("workbook.found"), 30),
        Column(m("workbook.place"), 34),
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
    words = {m(f"severity.{key}"): fill for key, fill in SEVERITY_FILL.items()}
    page.table("Findings", columns, rows, fills=lambda _, v: {2: words[v[2]]} if v[2] in words else {})


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


def fix_list(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """Fixes ranked by points, with room for the provider's plan."""
    page = Page(workbook, m("workbook.sheet.fixes"), m, lead=m("workbook.fixes.lead"), tab="2E7D32")
    columns = [
        Column(m("workbook.rank"), 8, COUNT),
        Column(m("workbook.check"), 10),
        Column(m("workbook.criterion"), 10),
        Column(m("workbook.principle"), 22),
        Column(m("workbook.found"), 34),
        Column(m("workbook.fix"), 42),
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
