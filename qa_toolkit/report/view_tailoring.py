"""What schemes and overlays changed, in words: the same for reports and terminal."""

from dataclasses import dataclass
from datetime import date

from qa_toolkit.messages import Messages
from qa_toolkit.result import AuditResult, ChangeUsed, SchemeUsed, TailoringUsed

_KEYS = {"switch": "tailoring.switch", "role": "role", "severity": "severity"}
"""Kind of change -> the family of texts that words its values."""


@dataclass(frozen=True)
class ChangeView:
    """A change as a row: what, from, to, by which scheme, why."""

    used: ChangeUsed
    what: str
    before: str
    after: str
    direction: str
    holds: str
    """Until when it holds or when it did; '' where it always does."""

    @property
    def criteria(self) -> str:
        """The criteria that it bears on; '' where none of an audited framework."""
        return ", ".join(self.used.criteria)


@dataclass(frozen=True)
class SchemeView:
    """A scheme with the changes that it made."""

    used: SchemeUsed
    standing: str
    """Whose rules these are, as of which day, and whether they hold."""
    changes: tuple[ChangeView, ...]

    def changes_at(self, criterion_id: str) -> tuple[ChangeView, ...]:
        """Those that held on the day and bear on a criterion of the main framework."""
        return tuple(one for one in self.changes if one.used.in_force and criterion_id in one.used.criteria)


def scheme_views(tailoring: TailoringUsed, messages: Messages) -> tuple[SchemeView, ...]:
    """The schemes in the order they were asked for."""
    return tuple(
        SchemeView(
            one,
            standing_words(one, messages),
            tuple(change_view(change, messages) for change in tailoring.changes if change.scheme_id == one.scheme_id),
        )
        for one in tailoring.schemes
    )


def change_view(change: ChangeUsed, messages: Messages) -> ChangeView:
    """One change in words."""
    key = f"tailoring.what.{change.kind}"
    part = change.part.replace("_", " ")
    what = messages(
        f"{key}.part" if part and messages.has(f"{key}.part") else key,
        of=change.of,
        part=messages(f"band.{change.part}") if change.kind == "lowest" else part,
        name=change.name.replace("_", " "),
    )
    return ChangeView(
        used=change,
        what=what,
        before=_value(change, change.before, messages),
        after=_value(change, change.after, messages),
        direction=messages(f"tailoring.direction.{change.direction}"),
        holds=window_words(change.since, change.until, change.in_force, messages),
    )


def standing_words(scheme: SchemeUsed, messages: Messages) -> str:
    """'Unofficial …' or whose rules they are; then until when they hold, where they do not always."""
    day = messages.day(date.fromisoformat(scheme.as_of))
    words = (
        messages("tailoring.issued_by", by=scheme.issued_by, day=day)
        if scheme.issued_by
        else messages("tailoring.unofficial", day=day)
    )
    holds = window_words(scheme.since, scheme.until, scheme.in_force, messages)
    return f"{words} {holds}".strip()


def window_words(since: str | None, until: str | None, in_force: bool, messages: Messages) -> str:
    """From when until when, and that it did not hold on the day of the audit; '' for what always holds."""
    if since is None and until is None:
        return ""
    key = "between" if since and until else "since" if since else "until"
    first, last = (messages.day(date.fromisoformat(day)) if day else "" for day in (since, until))
    return messages(f"tailoring.{'holds' if in_force else 'did_not_hold'}.{key}", since=first, until=last)


def _value(change: ChangeUsed, value: str | None, messages: Messages) -> str:
    if value is None:
        return messages("tailoring.nothing")
    family = _KEYS.get(change.kind)
    if family is not None:
        return messages(f"{family}.{value}")
    return value or messages("tailoring.no_limit")


def summary_words(result: AuditResult, messages: Messages) -> str:
    """By which schemes the audit was tailored, how much that changed, and what lies below the standard; '' for none."""
    tailoring = result.tailoring
    if tailoring is None:
        return ""
    schemes = "; ".join(one.title for one in tailoring.schemes)
    parts = [messages("tailoring.summary", n=sum(one.in_force for one in tailoring.changes), schemes=schemes)]
    if below := below_standard(result):
        parts.append(messages("tailoring.below", n=len(below), criteria=", ".join(below)))
    return " ".join(parts)


def below_standard(result: AuditResult) -> tuple[str, ...]:
    """Criteria assessed below the standard: by id, those of further frameworks with the framework before it."""
    return tuple(
        criterion.criterion_id
        if framework is result.framework
        else f"{framework.framework_id} {criterion.criterion_id}"
        for framework in result.frameworks
        for group in framework.principles
        for criterion in group.criteria
        if criterion.below_standard
    )
