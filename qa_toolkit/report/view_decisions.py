"""What people decided, as the reports show it: the second column of scores, and the accepted deviations."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa_toolkit.decisions import OVER_BROAD, WaiverState, WaiverUsed
from qa_toolkit.messages import Messages
from qa_toolkit.result import (
    AuditResult,
    CheckOutcome,
    FrameworkUsed,
    OverallScore,
    PrincipleScore,
    Scores,
    SubmissionResult,
)

Score = PrincipleScore | OverallScore


@dataclass(frozen=True)
class Moved:
    """A principle, or the whole, by the data alone and with what people decided."""

    title: str
    before: Score
    after: Score

    @property
    def differs(self) -> bool:
        """Whether any of what is shown differs."""
        shown = ("score", "coverage", "low", "high", "band", "provisional")
        return any(getattr(self.before, name) != getattr(self.after, name) for name in shown)


@dataclass(frozen=True)
class WaiverView:
    """An accepted deviation in words."""

    used: WaiverUsed
    accepts: str
    scope: str
    state: str
    remarks: tuple[str, ...]
    accepted: int
    """Findings it accepts here."""


def moved(result: AuditResult, submission: SubmissionResult, m: Messages) -> tuple[Moved, ...]:
    """Every principle of every framework, and each whole, in two columns; none where nothing was decided."""
    if submission.after is None:
        return ()
    rows = _moved(result.framework, submission.before, submission.after, m, "")
    for used, one in zip(result.further, submission.further, strict=True):
        if one.after is not None:
            rows += _moved(used.framework, one.scores, one.after, m, f"{used.framework.title}: ")
    return tuple(rows)


def _moved(framework: FrameworkUsed, before: Scores, after: Scores, m: Messages, of: str) -> list[Moved]:
    titles = {principle.key: f"{principle.number} {principle.title}" for principle in framework.principles}
    rows = [
        Moved(of + titles[one.key], one, other) for one, other in zip(before.principles, after.principles, strict=True)
    ]
    return [*rows, Moved(of + m("decisions.overall"), before.overall, after.overall)]


def judgement_words(score: Score, m: Messages) -> str:
    """The proposed judgement in a word, provisional or not."""
    if score.score is None and isinstance(score, OverallScore) and score.scored_principles:
        return m("decisions.no_overall", n=score.scored_principles)
    if score.score is None:
        return m("terminal.nothing_assessed")
    word = m(f"band.{score.band}") if score.band else m("band.none")
    return m("terminal.provisional", band=word) if score.provisional else word


def waivers_of(result: AuditResult, submission: SubmissionResult | None, m: Messages) -> tuple[WaiverView, ...]:
    """The accepted deviations that concern a submission; of the whole run where none is given.

    A provider's report says nothing of what is accepted of another.
    """
    failed = {check.check_id: check.title for check in result.checks}
    views = []
    for used in result.waivers:
        if submission is not None and not _concerns(used, submission):
            continue
        records = m("waivers.records", n=used.records) if used.records else m("waivers.all")
        provider = used.provider or m("waivers.every_provider")
        counted = used.accepted.get(submission.submission_id, 0) if submission else sum(used.accepted.values())
        checks = (f"{name} {failed.get(name.partition(':')[0], '')}".strip() for name in used.checks)
        views.append(
            WaiverView(
                used=used,
                accepts="; ".join(checks),
                scope=f"{provider}, {records}",
                state=m(f"waivers.state.{used.state}"),
                remarks=tuple(m(f"waivers.remark.{remark}") for remark in used.remarks),
                accepted=counted,
            )
        )
    return tuple(views)


def _concerns(used: WaiverUsed, submission: SubmissionResult) -> bool:
    declared = submission.declared
    names = (submission.submission_id, declared.provider_name, declared.provider_identifier)
    return used.provider is None or used.provider.casefold() in {name.casefold() for name in names if name}


def badge(result: AuditResult, submission: SubmissionResult, outcome: CheckOutcome, m: Messages) -> str | None:
    """What is said at a check of which findings are accepted; None where none is."""
    after = next((one for one in submission.checks_after if one.check_id == outcome.check_id), None)
    under = [
        m("waivers.badge.one", waiver=used.waiver_id, expires=m.day(used.expires))
        for used in result.waivers
        if submission.submission_id in used.accepted
        and any(name.partition(":")[0] == outcome.check_id for name in used.checks)
    ]
    if after is None or not under:
        return None
    accepted = outcome.failed - after.failed
    return m("waivers.badge", n=accepted, waivers=", ".join(under), status=m(f"status.{after.status.value}"))


def counted(waivers: Sequence[WaiverUsed]) -> dict[str, int]:
    """How many are in use, soon to expire, expired, unused and over-broad."""
    holding = [one for one in waivers if one.state.holding]
    return {
        "accepting": sum(bool(one.accepted) for one in holding),
        "soon": sum(bool(one.accepted) and one.state is WaiverState.ENDS_SOON for one in holding),
        "expired": sum(one.state is WaiverState.EXPIRED for one in waivers),
        "unused": sum(not one.accepted for one in holding),
        "broad": sum(not set(OVER_BROAD).isdisjoint(one.remarks) for one in waivers),
    }
