"""The HTML reports: one file per submission and one for the run, complete without network and without JavaScript.

Every text of a provider reaches the page through Jinja's autoescaping; the content security policy lets the page load
nothing and run only its own script.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup
from pydantic import TypeAdapter

from qa_toolkit.messages import Messages
from qa_toolkit.report.agency import Agency
from qa_toolkit.report.findings import Findings
from qa_toolkit.report.templates import as_problem, template_environment
from qa_toolkit.report.view import PrincipleView, SubmissionView, submission_view
from qa_toolkit.report.view_arithmetic import overall_sums, principle_sums
from qa_toolkit.report.view_charts import (
    ELEMENT_OUTCOMES,
    cause_charts,
    principle_charts,
    profiles,
    report_charts,
    run_charts,
    verdict_chart,
    verdict_counts,
)
from qa_toolkit.report.view_decisions import badge, judgement_words, moved, waivers_of
from qa_toolkit.report.view_frameworks import FurtherView, adoption_words, agreement_words, further_views
from qa_toolkit.report.view_limits import mapping_words, rests_on
from qa_toolkit.report.view_review import answered, judged_words, review_view
from qa_toolkit.report.view_run import ENOUGH_TO_COMPARE, ProviderRow, run_view
from qa_toolkit.report.view_tailoring import scheme_views, summary_words
from qa_toolkit.report.view_words import Words, css_string, problem_groups
from qa_toolkit.result import AuditResult, BandUsed, SubmissionResult

SECTIONS = (
    "verdict",
    "scorecard",
    "fixes",
    "elements",
    "authenticity",
    "registers",
    "findings",
    "frameworks",
    "cross_walk",
    "tailoring",
    "waivers",
    "review",
    "data",
    "profile",
    "method",
    "annex",
)
"""Sections of a report in the order of reading, each a template; cover and provenance frame them."""
FURTHER_SECTIONS = ("frameworks", "cross_walk")
"""Only where the data were judged against several frameworks."""
EXAMPLES = 10
"""Findings shown of a case."""
MOST_ROWS = 200
"""Files listed; a submission may hold thousands."""


def write_html(
    result: AuditResult,
    findings: Findings,
    folder: Path,
    messages: Messages,
    templates: Path,
    agency: Agency | None = None,
) -> tuple[Path, ...]:
    """Write ``index.html`` and a ``report.html`` in the folder of each submission; the files written.

    Args:
        result: the audit.
        findings: those of the audit, read a few at a time.
        folder: the audit folder; folders of submissions are made if missing.
        messages: the language of the reports.
        templates: a folder whose templates come before the shipped ones of the same name.
        agency: whose name, logo and colour the pages carry.

    Raises:
        TemplatesError: a template of the user's own asks for something that is not there.
    """
    pages = Pages(result, messages, templates, agency)
    written = []
    for submission in result.submissions:
        page = folder / submission.submission_id / "report.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        examples = findings.first_of_each(submission.submission_id, EXAMPLES)
        view, further = submission_view(result, submission, examples), further_views(result, submission, examples)
        _write(page, pages.report(view, further))
        written.append(page)
    index = folder / "index.html"
    _write(index, pages.index())
    return (*written, index)


class Pages:
    """The pages of one audit, as text."""

    def __init__(self, result: AuditResult, messages: Messages, templates: Path, agency: Agency | None = None) -> None:
        self._result = result
        self._templates = templates
        self._agency = agency
        self._messages = messages
        bands = dict.fromkeys(band for framework in result.frameworks for band in framework.bands)
        self._words = Words(messages, tuple(bands), result.framework.principles)
        self._environment = _environment(templates, messages, self._words)
        self._tailored = scheme_views(result.tailoring, messages) if result.tailoring else ()
        self._numbers = TypeAdapter(SubmissionResult)

    def report(self, view: SubmissionView, further: Sequence[FurtherView] = ()) -> str:
        """The report of one submission; ``further`` are the frameworks beside the main one."""
        return self._rendered(
            "audit/report.html.j2",
            self._frame(view.name),
            view=view,
            further=[
                {"seen": one, "charts": principle_charts(one.view, self._words, f"chart-{one.anchor}")}
                for one in further
            ],
            tailored=self._tailored,
            sections=[key for key in SECTIONS if self._is_there(key, view, further)],
            moved=moved(self._result, view.submission, self._messages),
            waivers=waivers_of(self._result, view.submission, self._messages),
            accepted=lambda check: badge(self._result, view.submission, check.outcome, self._messages),
            review=review_view(self._result, view.submission, self._messages),
            answered=answered(self._result, view.submission, self._messages),
            judged=lambda check: judged_words(self._result, view.submission, check.outcome, self._messages),
            rests_on=rests_on(view, self._messages),
            overall_sums=overall_sums(view, self._messages),
            charts=report_charts(view, self._words),
            verdict_counts=verdict_counts(view.submission.verdict),
            band_groups=_band_groups(view.principles, self._result.framework.bands),
            summary=self._words.summary(view),
            element_outcomes=ELEMENT_OUTCOMES,
            profiles=profiles(view, self._words),
            scale=_scale(self._result.framework.bands),
            most_rows=MOST_ROWS,
            numbers=_embedded(self._numbers.dump_python(view.submission, mode="json")),
        )

    def _is_there(self, section: str, view: SubmissionView, further: Sequence[FurtherView]) -> bool:
        """Whether a report has a section: some only where there is something to say."""
        if section == "waivers":
            return bool(waivers_of(self._result, view.submission, self._messages))
        if section == "tailoring":
            return self._result.tailoring is not None
        if section == "review":
            return view.submission.review is not None
        return bool(further) or section not in FURTHER_SECTIONS

    def index(self) -> str:
        """The page of the run."""
        run = run_view(self._result)
        messages = self._messages
        rows = [
            {
                "submission": row.submission,
                "name": row.name,
                "link": f"{quote(row.submission.submission_id, safe='')}/report.html",
                "workbook": f"{quote(row.submission.submission_id, safe='')}/report.xlsx",
                "told_apart": self._told_apart(row) if row.shares_its_name else "",
                "verdict_counts": verdict_counts(row.submission.verdict),
                "first_fixes": row.first_fixes,
                "principles": row.principles,
                "gates": row.gates,
                "counts": messages(
                    "index.counts",
                    met=messages.number(row.submission.verdict.met),
                    not_met=messages.number(row.submission.verdict.not_met),
                    criteria=messages.number(row.submission.verdict.criteria),
                ),
            }
            for row in run.rows
        ]
        shown = {
            "rows": rows,
            "spreads": run.spreads,
            "causes": run.causes,
            "more_causes": run.more_causes,
            "small": run.small,
            "credentials": run.credentials,
        }
        several = len(rows) > 1
        charts = run_charts(run, self._result.framework.bands, self._words) if several else {}
        return self._rendered(
            "audit/index.html.j2",
            self._frame(messages("index.title")),
            run=shown,
            charts=charts,
            cause_charts=cause_charts(run.causes, self._words) if several else (),
            verdict_chart=None if several else verdict_chart(run.rows[0].submission.verdict, self._words),
            enough=ENOUGH_TO_COMPARE,
        )

    def _told_apart(self, row: ProviderRow) -> str:
        """What tells a provider from a namesake: country, identifier, and the folder, which always does."""
        messages, declared = self._messages, row.submission.declared
        known = (self._words.countries(declared.provider_country), declared.provider_identifier)
        folder = messages("index.folder", folder=row.submission.submission_id)
        return ", ".join([*(one for one in known if one), folder])

    def _rendered(self, template: str, frame: dict[str, Any], **shown: Any) -> str:
        try:
            return self._environment.get_template(template).render(frame, **shown)
        except Exception as error:  # whatever a template of the user's own does wrong is told with its place
            if (problems := as_problem(error, self._templates)) is not None:
                raise problems from None
            raise

    def _frame(self, page_foot: str) -> dict[str, Any]:
        """What every page needs: language, policy, stylesheet, script."""
        script = self._source("audit/script.js")
        locale = self._messages.locale
        return {
            "result": self._result,
            "agency": self._agency,
            "language": str(locale).replace("_", "-"),
            "language_name": locale.get_display_name(locale),
            "page_foot": page_foot,
            "stylesheet": Markup(self._source("audit/style.css")),
            "script": Markup(script),
            "security_policy": content_security_policy(script),
        }

    def _source(self, name: str) -> str:
        loader = self._environment.loader
        assert loader is not None
        return loader.get_source(self._environment, name)[0].strip()


def content_security_policy(script: str) -> str:
    """A policy under which a page loads nothing and runs this script only."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"script-src 'sha256-{digest}'"
    )


@dataclass(frozen=True)
class _BandGroup:
    """Principles with the same judgement."""

    members: tuple[PrincipleView, ...]

    @property
    def first(self) -> PrincipleView:
        return self.members[0]


@dataclass(frozen=True)
class _Mark:
    """A mark on the scale over the strips: where it stands, in percent of its width, and what it says."""

    left: float
    points: str


def _band_groups(principles: Sequence[PrincipleView], bands: Sequence[BandUsed]) -> tuple[_BandGroup, ...]:
    """Principles by judgement, the best band first; then too little seen, then nothing to assess."""
    order = [band.key for band in bands]
    groups: dict[tuple[int, bool], list[PrincipleView]] = {}
    for principle in principles:
        score = principle.score
        place = order.index(score.band) if score.band in order else len(order) + (score.score is None)
        groups.setdefault((place, score.provisional), []).append(principle)
    return tuple(_BandGroup(tuple(groups[key])) for key in sorted(groups))


def _scale(bands: Sequence[BandUsed]) -> tuple[_Mark, ...]:
    return tuple(_Mark(at, f"{at:g}") for at in sorted({0.0, *(band.lowest for band in bands)}))


def _embedded(document: Any) -> Markup:
    """JSON that cannot end its script element: no ``<``, ``>`` or ``&`` stands in it."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _environment(templates: Path, messages: Messages, words: Words) -> Environment:
    environment = template_environment(templates)
    environment.globals |= {"t": messages, "handed_in": words.handed_in}
    environment.filters |= {
        "number": messages.number,
        "points": messages.points,
        "share": messages.share,
        "day": messages.day,
        "outcome_word": words.outcome_word,
        "declared_word": words.declared_word,
        "once_word": words.once_word,
        "principle_word": words.principle_word,
        "countries": words.countries,
        "source_words": words.source_words,
        "whole_share": words.whole_share,
        "sentence": words.sentence,
        "unread": words.unread,
        "authenticity": words.authenticity,
        "arithmetic": words.arithmetic,
        "affected": words.affected,
        "problem_groups": problem_groups,
        "principle_sums": lambda principle: principle_sums(principle, messages),
        "mapping_words": lambda mapping: mapping_words(mapping, messages, mapping.sha256),
        "adoption_words": lambda framework: adoption_words(framework, messages),
        "agreement_words": lambda framework: agreement_words(framework, messages),
        "tailoring_words": lambda result: summary_words(result, messages),
        "judgement_words": lambda score: judgement_words(score, messages),
        "css_string": _css,
    }
    return environment


def _css(text: str) -> Markup:
    return Markup(css_string(text))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
