"""Data log and Framework: what was handed in, and the text the audit was made against."""

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.page import COUNT, SHARE, Column, Page
from qa_toolkit.result import AuditResult, Declared, SubmissionResult

MOST_FILES = 10_000


def data_log(workbook: Workbook, submission: SubmissionResult, m: Messages) -> None:
    """Elements, declarations, files, problems."""
    page = Page(workbook, m("workbook.sheet.data"), m, lead=m("workbook.data.lead"), tab="6B7280")
    total = submission.credentials
    elements = [
        [
            m(f"element.{tally.element}"),
            m("workbook.mandatory") if tally.mandatory else m("workbook.optional"),
            tally.stated,
            tally.missing,
            tally.not_applicable,
            tally.not_assessed,
            tally.stated / total if total else None,
        ]
        for tally in submission.elements
    ]
    page.table(
        "Elements",
        [
            Column(m("workbook.element"), 44),
            Column(m("workbook.kind"), 26),
            Column(m("workbook.stated"), 14, COUNT),
            Column(m("workbook.missing"), 14, COUNT),
            Column(m("status.not_applicable"), 14, COUNT),
            Column(m("status.not_assessed"), 14, COUNT),
            Column(m("workbook.share_stated"), 14, SHARE),
        ],
        elements,
    )
    page.table(
        "Declared",
        [Column(m("workbook.fact"), 44), Column(m("workbook.value"), 26)],
        _declared(submission.declared, m),
        freeze=False,
    )
    files = [
        [m("workbook.file", number=f.file_number), m(f"format.{f.format}"), f.records, f.size, f.state, f.sha256]
        for f in submission.files[:MOST_FILES]
    ]
    page.table(
        "Files",
        [
            Column(m("workbook.file_head"), 44),
            Column(m("workbook.format"), 26),
            Column(m("workbook.records"), 14, COUNT),
            Column(m("workbook.bytes"), 14, COUNT),
            Column(m("workbook.state"), 14),
            Column("SHA-256", 68),
        ],
        files,
        freeze=False,
    )
    problems = [[p.what, p.place, m(f"workbook.problem.{p.kind}"), p.why, p.fix] for p in submission.problems]
    page.table(
        "Problems",
        [
            Column(m("workbook.what"), 44),
            Column(m("workbook.place"), 26),
            Column(m("workbook.kind"), 14),
            Column(m("workbook.why"), 14),
            Column(m("workbook.fix"), 14),
        ],
        problems,
        freeze=False,
    )


def framework(workbook: Workbook, result: AuditResult, m: Messages) -> None:
    """Principles, criteria, weights, checks, questions with guidance, bands: the workbook stands alone."""
    used = result.framework
    page = Page(
        workbook, m("workbook.sheet.framework"), m, lead=f"{used.title} ({used.version}). {used.source}", tab="6B7280"
    )
    rows = [
        [
            p.number,
            p.title,
            c.criterion_id,
            c.title,
            c.weight,
            m(f"mode.{c.mode}"),
            ", ".join(c.checks),
            ", ".join(c.questions),
        ]
        for p in used.principles
        for c in p.criteria
    ]
    page.table(
        "FrameworkCriteria",
        [
            Column(m("workbook.number"), 9, COUNT),
            Column(m("workbook.principle"), 26),
            Column(m("workbook.criterion"), 11),
            Column(m("workbook.requirement"), 70),
            Column(m("workbook.weight"), 14, "0.##"),
            Column(m("workbook.mode"), 16),
            Column(m("workbook.checks"), 32),
            Column(m("workbook.questions"), 20),
        ],
        rows,
    )
    questions = [
        [
            None,
            q.question_id,
            q.criterion_id,
            q.text,
            q.weight,
            m("workbook.core") if q.core else None,
            q.good_evidence,
            q.not_enough,
        ]
        for q in result.questions
    ]
    page.table(
        "FrameworkQuestions",
        [
            Column(" ", 9),
            Column(m("workbook.question"), 26),
            Column(m("workbook.criterion"), 11),
            Column(m("workbook.text"), 70),
            Column(m("workbook.weight"), 14, "0.##"),
            Column(m("workbook.core"), 16),
            Column(m("workbook.good_evidence"), 32),
            Column(m("workbook.not_enough"), 20),
        ],
        questions,
        freeze=False,
    )
    page.table(
        "FrameworkBands",
        [Column(m("workbook.from_points"), 9, COUNT), Column(m("workbook.band"), 26)],
        [[band.lowest, m(f"band.{band.key}")] for band in used.bands],
        freeze=False,
    )


def _declared(declared: Declared, m: Messages) -> list[list[object]]:
    facts: list[tuple[str, object]] = [
        ("provider_name", declared.provider_name),
        ("provider_type", m(f"provider_type.{declared.provider_type}") if declared.provider_type else None),
        ("provider_country", ", ".join(declared.provider_country) or None),
        ("provider_identifier", declared.provider_identifier),
        ("period_start", declared.period_start),
        ("period_end", declared.period_end),
        ("declared_total", declared.declared_total),
        ("awards_handed_in", declared.awards_handed_in),
        ("columns_handed_in", declared.columns_handed_in),
        ("learner_data", declared.learner_data),
        ("hours_basis", declared.hours_basis),
        ("route", declared.route),
        ("declared_once", ", ".join(declared.declared_once) or None),
    ]
    return [[m(f"workbook.declared.{key}"), m("workbook.not_said") if value is None else value] for key, value in facts]
