"""``--fail-on``: what makes an audit end with exit code 1, for pipelines that must stop.

It reads the result and changes nothing in it. What could not be seen is no pass: a score or a judgement that is asked
for and is not there at all fires as well.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind, meant
from qa_toolkit.result import AuditResult, Status, SubmissionResult

NEVER, REVIEW, BAND = "never", "review", "band:"
SEVERITIES = {"critical": ("blocker",), "major": ("blocker", "major"), "minor": ("blocker", "major", "minor")}
"""Word -> severities at or above it."""
_SCORE = re.compile(r"score\s*<\s*(\d+(?:\.\d+)?)")
_IDS_SHOWN = 8


@dataclass(frozen=True)
class Rule:
    """One word of ``--fail-on``."""

    word: str
    reasons: Callable[[AuditResult, SubmissionResult, Messages], Iterator[str]]
    """What of a submission it names, in words; nothing: it does not fire."""


def parse(words: Sequence[str], bands: Sequence[str]) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """The rules, and what is wrong with words that are none. ``bands`` are the keys of the framework, best first."""
    rules, problems = [], []
    for word in dict.fromkeys(one.strip().lower() for one in words):
        rule = _rule(word, bands)
        if rule is not None:
            rules.append(rule)
        elif word != NEVER:
            problems.append(_unknown(word, bands))
    return tuple(rules), tuple(problems)


def fired(rules: Sequence[Rule], result: AuditResult, messages: Messages) -> dict[str, list[str]]:
    """The rules that fire: word -> why, submission by submission; what people decided counts."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        for submission in (one.decided for one in result.submissions):
            why = list(rule.reasons(result, submission, messages))
            found.setdefault(rule.word, []).extend(f"{submission.submission_id}: {one}" for one in why)
    return {word: reasons for word, reasons in found.items() if reasons}


def _rule(word: str, bands: Sequence[str]) -> Rule | None:
    if word in SEVERITIES:
        return Rule(word, lambda result, submission, m: _failed(result, submission, SEVERITIES[word], m))
    if word == REVIEW:
        return Rule(word, _asked)
    if word.startswith(BAND) and word.removeprefix(BAND) in bands:
        low = frozenset(bands[bands.index(word.removeprefix(BAND)) :])
        return Rule(word, lambda result, submission, m: _judged(result, submission, low, m))
    if score := _SCORE.fullmatch(word):
        return Rule(word, lambda result, submission, m: _scored(result, submission, float(score[1]), m))
    return None


def _failed(result: AuditResult, submission: SubmissionResult, severities: Sequence[str], m: Messages) -> Iterator[str]:
    """Checks that are not met by a fault of these severities; exceptions within the tolerance do not count."""
    severe = {
        (check.check_id, case.case, case.table)
        for check in result.checks
        for case in check.cases
        if case.role == "scores" and case.severity in severities
    }
    ids = [
        outcome.check_id
        for outcome in submission.checks
        if outcome.status is Status.FAIL
        and any(case.failed and (outcome.check_id, case.case, case.table) in severe for case in outcome.cases)
    ]
    if ids:
        yield m("fail_on.failed", n=len(ids), checks=_listed(ids, m))


def _asked(_: AuditResult, submission: SubmissionResult, m: Messages) -> Iterator[str]:
    ids = [outcome.check_id for outcome in submission.checks if outcome.status is Status.REVIEW]
    if ids:
        yield m("fail_on.review", n=len(ids), checks=_listed(ids, m))


def _judged(result: AuditResult, submission: SubmissionResult, low: frozenset[str], m: Messages) -> Iterator[str]:
    bands = [(one.key, one.band) for one in submission.before.principles if one.band is not None]
    if not bands:
        yield m("fail_on.no_band")
    for key, band in bands:
        if band in low:
            yield m("fail_on.band", principle=_titles(result)[key], band=m(f"terminal.band.{band}"))
    overall = submission.before.overall.band
    if overall in low:
        yield m("fail_on.band", principle=m("fail_on.overall"), band=m(f"terminal.band.{overall}"))


def _scored(result: AuditResult, submission: SubmissionResult, least: float, m: Messages) -> Iterator[str]:
    titles = _titles(result)
    scores = [(titles[one.key], one.score) for one in submission.before.principles]
    scores.append((m("fail_on.overall"), submission.before.overall.score))
    if all(score is None for _, score in scores):
        yield m("fail_on.no_score")
    for name, score in scores:
        if score is not None and score < least:
            yield m("fail_on.score", principle=name, score=m.points(score))


def _titles(result: AuditResult) -> dict[str, str]:
    """The principles, standards or areas of the main framework, by key."""
    return {principle.key: principle.title for principle in result.framework.principles}


def _listed(ids: Sequence[str], m: Messages) -> str:
    shown = ", ".join(ids[:_IDS_SHOWN])
    return shown if len(ids) <= _IDS_SHOWN else m("fail_on.more", checks=shown, n=len(ids) - _IDS_SHOWN)


def _unknown(word: str, bands: Sequence[str]) -> Problem:
    known = (NEVER, *SEVERITIES, REVIEW, *(f"{BAND}{band}" for band in bands))
    return Problem(
        ProblemKind.FILE,
        f"--fail-on does not know '{word}'",
        "--fail-on",
        f"It takes {', '.join(known)}, or score<N.",
        meant(word, known, "Write one of them, or for example score<80."),
    )
