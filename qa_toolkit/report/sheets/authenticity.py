"""Authenticity: the third verdict in sum, fact by fact and credential by credential."""

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from qa_toolkit.messages import Messages
from qa_toolkit.report.sheets.page import COUNT, DAY, STATUS_FILL, STRONG, Column, Page
from qa_toolkit.report.view_words import Words
from qa_toolkit.result import AuditResult, AuthenticityResult, SubmissionResult

_FILLS = {"holds": "pass", "does_not_hold": "fail", "not_checked": "not_assessed"}
_FACTS = ("content", "certificate", "signer", "trust", "status")


def authenticity(workbook: Workbook, result: AuditResult, submission: SubmissionResult, m: Messages) -> None:
    """What was found of signatures and status; a sentence where no credential file was handed in."""
    page = Page(workbook, m("workbook.sheet.authenticity"), m, m("authenticity.lead"))
    page.line(Words(m).authenticity(submission), font=STRONG)
    found = submission.authenticity
    page.row += 1
    _facts(page, found, m)
    if found is None:
        return
    _missing(page, found, m)
    _credentials(page, found, m)
    if found.examined > len(found.credentials):
        page.line(m("authenticity.not_listed", n=found.examined - len(found.credentials)))
    if not result.trust_material:
        page.line(m("authenticity.material.none"))
        return
    page.table(
        "TrustMaterial",
        [
            Column(m("authenticity.material.file"), 30),
            Column(m("authenticity.material.kind"), 20),
            Column(m("authenticity.material.address"), 44),
            Column(m("authenticity.material.day"), 20, DAY),
            Column("SHA-256", 60),
        ],
        [[one.file, one.kind, one.address, one.day, one.sha256] for one in result.trust_material],
        freeze=False,
    )


def _facts(page: Page, found: AuthenticityResult | None, m: Messages) -> None:
    page.table(
        "FactsOfAuthenticity",
        [
            Column(m("authenticity.fact"), 38),
            Column(m("authenticity.answer"), 20),
            Column(m("authenticity.reason"), 56),
            Column(m("authenticity.files"), 14, COUNT),
            Column(m("authenticity.first"), 34),
        ],
        [
            [
                m(f"authenticity.fact.{one.fact}"),
                m(f"authenticity.answer.{one.answer}"),
                m(f"authenticity.reason.{one.reason}"),
                one.credentials,
                one.first_place,
            ]
            for one in (found.facts if found is not None else ())
        ],
        fills=lambda _, values: _fills(values[1], m),
    )


def _missing(page: Page, found: AuthenticityResult, m: Messages) -> None:
    if not found.missing:
        return
    page.line(f"{m('authenticity.missing')}. {m('authenticity.missing.lead')}")
    for one in found.missing:
        address = one.address or m("authenticity.missing.hidden")
        counted = m("authenticity.missing.files", n=one.credentials)
        page.line(f"{m(f'authenticity.missing.{one.kind}', address=address)} ({counted})")
    page.row += 1


def _credentials(page: Page, found: AuthenticityResult, m: Messages) -> None:
    page.table(
        "AuthenticityOfCredentials",
        [
            Column(m("authenticity.place"), 38),
            Column(m("authenticity.answer"), 20),
            Column(m("authenticity.reason"), 56),
            Column(m("authenticity.proof"), 22),
            Column(m("authenticity.suite"), 34),
            Column(m("authenticity.expired_head"), 11),
            *(Column(m(f"authenticity.fact.{fact}"), 24) for fact in _FACTS),
        ],
        [
            [
                one.place,
                m(f"authenticity.answer.{one.answer}"),
                m(f"authenticity.reason.{one.reason}"),
                m(f"authenticity.proof.{one.proof or 'none'}"),
                one.suite,
                m("authenticity.expired_yes") if one.expired else None,
                *(m(f"authenticity.reason.{getattr(one, fact)}") for fact in _FACTS),
            ]
            for one in found.credentials
        ],
        fills=lambda _, values: _fills(values[1], m),
        freeze=False,
    )


def _fills(word: object, m: Messages) -> dict[int, PatternFill]:
    """The colour of an answer, beside its word; none where the table is empty."""
    statuses = [status for key, status in _FILLS.items() if m(f"authenticity.answer.{key}") == word]
    return {1: STATUS_FILL[statuses[0]]} if statuses else {}
