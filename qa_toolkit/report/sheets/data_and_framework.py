"""Data log, Files, Problems, Framework and Questions: what was handed in, and what the audit was made against."""

from openpyxl import Workbook

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.page import COUNT, GREY, Column, Page
from qa_toolkit.report.view import SubmissionView, record_counts
from qa_toolkit.report.view_limits import mapping_words, rests_on
from qa_toolkit.report.view_words import Words
from qa_toolkit.result import AuditResult, ProblemShown, SubmissionResult

MOST_FILES = 10_000
_CODES = ("awards_handed_in", "columns_handed_in", "learner_data", "hours_basis", "route")


def data_log(workbook: Workbook, view: SubmissionView, m: Messages) -> None:
    """What was declared, what was found, which mapping said what columns mean, and what limits the judgement."""
    page = Page(workbook, m("workbook.sheet.data"), m, m("workbook.data.lead"), GREY)
    rows = [*_declared(view.submission, m), *_found(view, m), *_mapping(view, m)]
    page.table(
        "DataLog",
        [
            Column(m("workbook.part"), 30),
            Column(m("workbook.fact"), 44),
            Column(m("workbook.value"), 76),
        ],
        rows,
    )


def files(workbook: Workbook, submission: SubmissionResult, m: Messages) -> None:
    """Every file by number, with what it was read as and its hash."""
    page = Page(workbook, m("workbook.sheet.files"), m, m("workbook.files.lead", n=len(submission.files)), GREY)
    page.table(
        "Files",
        [
            Column(m("workbook.file_head"), 12),
            Column(m("workbook.format"), 34),
            Column(m("workbook.state"), 20),
            Column(m("workbook.records"), 12, COUNT),
            Column(m("workbook.bytes"), 14, COUNT),
            Column("SHA-256", 70),
        ],
        [
            [
                m("workbook.file", number=f.file_number),
                m(f"format.{f.format}"),
                Words(m).declared_word(f.state, "report.file_state"),
                f.records,
                f.size,
                f.sha256,
            ]
            for f in submission.files[:MOST_FILES]
        ],
    )


def problems(workbook: Workbook, submission: SubmissionResult, m: Messages) -> None:
    """What could not be read, was left out, or was repaired."""
    page = Page(workbook, m("workbook.sheet.problems"), m, m("workbook.problems.lead"), GREY)
    if not submission.problems:
        page.note(m("workbook.problems.none"))
    page.table("Problems", problem_columns(m), [problem_row(p, m) for p in submission.problems])


def problem_columns(m: Messages) -> list[Column]:
    """The columns of a table of problems."""
    return [
        Column(m("workbook.kind"), 14),
        Column(m("workbook.what"), 36),
        Column(m("workbook.place"), 42),
        Column(m("workbook.why"), 50),
        Column(m("workbook.fix"), 50),
    ]


def problem_row(problem: ProblemShown, m: Messages) -> list[object]:
    """A row of a table of problems."""
    return [m(f"workbook.problem.{problem.kind}"), problem.what, problem.place, problem.why, problem.fix]


def framework(workbook: Workbook, result: AuditResult, m: Messages) -> None:
    """Principles, criteria, weights, checks, questions: the workbook stands alone."""
    used = result.framework
    lead = f"{used.title} ({used.version}). {used.source}"
    page = Page(workbook, m("workbook.sheet.framework"), m, lead, GREY)
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
            Column(m("workbook.number"), 7, COUNT),
            Column(m("workbook.principle"), 26),
            Column(m("workbook.criterion"), 11),
            Column(m("workbook.requirement"), 70),
            Column(m("workbook.weight"), 9, "0.##"),
            Column(m("workbook.mode"), 16),
            Column(m("workbook.checks"), 32),
            Column(m("workbook.questions"), 22),
        ],
        rows,
    )


def questions(workbook: Workbook, result: AuditResult, m: Messages) -> None:
    """What only evidence or a person can answer, with guidance."""
    page = Page(workbook, m("workbook.sheet.questions"), m, m("workbook.questions.lead"), GREY)
    page.table(
        "FrameworkQuestions",
        [
            Column(m("workbook.question"), 10),
            Column(m("workbook.criterion"), 10),
            Column(m("workbook.text"), 62),
            Column(m("workbook.weight"), 9, "0.##"),
            Column(m("workbook.core"), 16),
            Column(m("workbook.good_evidence"), 44),
            Column(m("workbook.not_enough"), 34),
        ],
        [
            [
                q.question_id,
                q.criterion_id,
                q.text,
                q.weight,
                m("workbook.core") if q.core else None,
                q.good_evidence,
                q.not_enough,
            ]
            for q in result.questions
        ],
    )


def _declared(submission: SubmissionResult, m: Messages) -> list[list[object]]:
    declared, words = submission.declared, Words(m)

    def said(key: str) -> str | None:
        return words.declared_word(getattr(declared, key), f"report.declared.{key}") or None

    facts: list[tuple[str, object]] = [
        ("provider_name", declared.provider_name),
        ("provider_type", words.declared_word(declared.provider_type, "provider_type") or None),
        ("provider_country", words.countries(declared.provider_country) or None),
        ("provider_identifier", declared.provider_identifier),
        ("period_start", declared.period_start),
        ("period_end", declared.period_end),
        ("declared_total", declared.declared_total),
        *((key, said(key)) for key in _CODES),
        ("declared_once", ", ".join(words.once_word(name) for name in declared.declared_once) or None),
    ]
    part = m("workbook.part.declared")
    return [
        [part, m(f"workbook.declared.{key}"), m("workbook.not_said") if value is None else value]
        for key, value in facts
    ]


def _found(view: SubmissionView, m: Messages) -> list[list[object]]:
    submission = view.submission
    part = m("workbook.part.found")
    counts: list[tuple[str, object]] = [
        ("credentials", submission.credentials),
        ("repeats", submission.repeats_left_out),
        ("offers", submission.offers),
        ("profiles", int(submission.profile)),
        ("findings", submission.findings),
        ("notes", submission.notes),
    ]
    rows: list[list[object]] = [[part, m(f"workbook.found.{key}"), value] for key, value in counts]
    for family, counted in record_counts(submission).items():
        title = m(f"report.profile.{family}")
        rows += [[title, Words(m).declared_word(key, family), number] for key, number in counted.items()]
    return rows


def _mapping(view: SubmissionView, m: Messages) -> list[list[object]]:
    part, mapping = m("workbook.part.mapping"), view.submission.mapping
    rows: list[list[object]] = []
    if mapping is None:
        rows.append([part, m("workbook.mapping"), m("workbook.mapping.none")])
    else:
        rows += [
            [part, m("workbook.mapping"), mapping_words(mapping, m, mapping.sha256)],
            [part, m("workbook.mapping.headings"), mapping.headings],
            [part, m("workbook.mapping.hash"), mapping.sha256],
        ]
    limits = m("report.limits")
    return rows + [[limits, m("workbook.limit"), text] for text in rests_on(view, m)]
