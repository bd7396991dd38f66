"""Read me: what a workbook is, where everything lies in it, what its words mean, what it was made from."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from qa_toolkit.messages import Messages
from qa_toolkit.report.agency import Agency
from qa_toolkit.report.sheets.page import (
    BAND_FILL,
    SEVERITY_FILL,
    STATUS_FILL,
    STRONG,
    Column,
    OutwardLink,
    Page,
    link_to,
)
from qa_toolkit.report.view_frameworks import adoption_words, agreement_words
from qa_toolkit.report.view_tailoring import summary_words
from qa_toolkit.result import AuditResult, Status, SubmissionResult

_WIDTHS = (30, 100)


def read_me_of_report(
    workbook: Workbook,
    result: AuditResult,
    submission: SubmissionResult,
    sheets: Sequence[str],
    agency: Agency | None,
    m: Messages,
    further: Sequence[tuple[str, str]] = (),
) -> None:
    """The first sheet of the workbook of one submission.

    ``sheets`` are keys of those that follow, ``further`` title and purpose of those of further frameworks behind them.
    """
    lead = m("workbook.read_me.lead", provider=submission.name)
    lines = [m(f"workbook.read_me.{key}") for key in ("what", "use", "state", "people")]
    _read_me(workbook, result, lead, lines, sheets, agency, m, further)


def read_me_of_run(
    workbook: Workbook, result: AuditResult, sheets: Sequence[str], agency: Agency | None, m: Messages
) -> None:
    """The first sheet of the workbook of the run."""
    lead = m("workbook.read_me.run_lead", n=len(result.submissions))
    lines = [m(f"workbook.read_me.{key}") for key in ("run_what", "run_use", "state", "people")]
    _read_me(workbook, result, lead, lines, sheets, agency, m)


def _read_me(
    workbook: Workbook,
    result: AuditResult,
    lead: str,
    lines: Sequence[str],
    sheets: Sequence[str],
    agency: Agency | None,
    m: Messages,
    further: Sequence[tuple[str, str]] = (),
) -> None:
    page = Page(workbook, m("workbook.sheet.read_me"), m, lead)
    if agency is not None:
        page.line(m("workbook.read_me.agency", agency=agency.name), font=STRONG)
    for text in lines:
        page.line(text)
    page.row += 1
    titled = [*((m(f"workbook.sheet.{sheet}"), m(f"workbook.about.{sheet}")) for sheet in sheets), *further]
    index = [[link_to(title, title), about] for title, about in titled]
    page.table("SheetIndex", _columns(m("workbook.sheet"), m("workbook.about")), index, freeze=False)
    words = _legend(result, m)
    fills = {word: fill for word, _, fill in words}
    page.table(
        "Legend",
        _columns(m("workbook.word"), m("workbook.meaning")),
        [[word, meaning] for word, meaning, _ in words],
        fills=lambda _, values: {0: fills[values[0]]},
        freeze=False,
    )
    page.table("Provenance", _columns(m("workbook.fact"), m("workbook.value")), _facts(result, agency, m), freeze=False)


def _columns(one: str, other: str) -> list[Column]:
    return [Column(one, _WIDTHS[0]), Column(other, _WIDTHS[1])]


def _legend(result: AuditResult, m: Messages) -> list[tuple[str, str, PatternFill]]:
    """Word, meaning and colour: of a status, of a severity, of a judgement."""
    none = BAND_FILL["none"]
    judgements = [
        (
            m(f"band.{band.key}"),
            m("workbook.legend.band", points=m.number(band.lowest)),
            BAND_FILL.get(band.key, none),
        )
        for band in result.framework.bands
    ]
    least = m("report.percent", number=f"{100 * result.framework.coverage_for_provisional_band:.0f}")
    return [
        *((m(f"status.{s.value}"), m(f"workbook.legend.{s.value}"), STATUS_FILL[s.value]) for s in Status),
        *((m(f"severity.{s}"), m(f"workbook.legend.{s}"), fill) for s, fill in SEVERITY_FILL.items()),
        (m("severity.info"), m("workbook.legend.info"), STATUS_FILL["not_applicable"]),
        *judgements,
        (m("band.none"), m("workbook.legend.none", share=least), none),
    ]


def _facts(result: AuditResult, agency: Agency | None, m: Messages) -> list[list[object]]:
    stamp, framework = result.stamp, result.framework
    further: list[list[object]] = [
        [m("workbook.further"), f"{one.title} ({one.version}). {adoption_words(one, m)}."]
        for one in result.frameworks[1:]
    ]
    own: list[list[object]] = []
    if agency is not None:
        own = [[m("workbook.agency"), OutwardLink(agency.name, agency.link) if agency.link else agency.name]]
    return [
        *own,
        [m("workbook.as_of"), stamp.as_of],
        [m("workbook.framework"), f"{framework.title} ({framework.version})"],
        [m("workbook.agreement"), agreement_words(framework, m) or m("workbook.not_said")],
        [m("workbook.adoption"), adoption_words(framework, m)],
        *further,
        *([[m("tailoring.cover"), summary_words(result, m)]] if result.tailoring else ()),
        [m("workbook.version"), f"qa-toolkit {stamp.toolkit_version}"],
        [
            m("workbook.engines"),
            f"Great Expectations {stamp.great_expectations_version}, DuckDB {stamp.duckdb_version}",
        ],
        [m("workbook.command"), stamp.command],
        [m("workbook.catalogue_hash"), stamp.catalogue_sha256],
    ]
