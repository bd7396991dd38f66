"""Schemes and their changes as the result carries them: so that a report says what differs, and by whom."""

from collections.abc import Iterator, Sequence
from typing import Any

from qa_toolkit.catalogue.models import Framework
from qa_toolkit.catalogue.scheme_models import Scheme, holds_on
from qa_toolkit.catalogue.tailor import Applied, Tailored, What
from qa_toolkit.records.facts import FACTS
from qa_toolkit.result import ChangeUsed, SchemeUsed, TailoringUsed
from qa_toolkit.scoring.as_used import sources_used

_FACT_IN_WORDS = {
    column.name: column.what.partition(";")[0] for columns in reversed(FACTS.values()) for column in columns
}
"""Facts as those of credentials say them, without what they say of NULL."""


def tailoring_used(
    schemes: Sequence[Scheme], tailored: Tailored, frameworks: Sequence[Framework], day: str
) -> TailoringUsed | None:
    """What was laid over the catalogue for an audit of the day (ISO); None where nothing was."""
    if not schemes:
        return None
    return TailoringUsed(
        schemes=tuple(_scheme(one, day) for one in schemes),
        changes=tuple(_changes(tailored.changes, frameworks)),
    )


def _scheme(scheme: Scheme, day: str) -> SchemeUsed:
    return SchemeUsed(
        scheme_id=scheme.id,
        title=scheme.title,
        about=scheme.about,
        country=scheme.country,
        issued_by=scheme.issued_by,
        as_of=scheme.as_of,
        since=scheme.since,
        until=scheme.until,
        in_force=holds_on(day, (scheme.since, scheme.until)),
        sources=sources_used(scheme.sources),
        beyond=scheme.beyond,
        sha256=scheme.sha256,
    )


def _changes(applied: Sequence[Applied], frameworks: Sequence[Framework]) -> Iterator[ChangeUsed]:
    """One for each thing; the cases of a check that one entry changes alike stand together."""
    together: dict[tuple[Any, ...], list[Applied]] = {}
    for one in applied:
        alike = (id(one.change), one.thing.what, one.thing.name, repr(one.before), repr(one.after), one.direction)
        key: tuple[Any, ...] = (*alike, "" if one.of_check else one.thing.part)
        together.setdefault(key, []).append(one)
    for first, *others in together.values():
        parts = dict.fromkeys(one.thing.part for one in (first, *others) if one.thing.part)
        yield ChangeUsed(
            scheme_id=first.scheme.id,
            kind=first.thing.what.value,
            of=first.thing.of,
            part=", ".join(parts),
            name=first.thing.name,
            before=None if first.before is None else _text(first.thing.what, first.before),
            after=_text(first.thing.what, first.after),
            direction=first.direction.value,
            why=first.change.why,
            in_force=first.in_force,
            since=first.change.since or first.scheme.since,
            until=first.change.until or first.scheme.until,
            criteria=tuple(_criteria(first, frameworks)),
        )


def _criteria(one: Applied, frameworks: Sequence[Framework]) -> Iterator[str]:
    """Where it bears on the audit; nowhere, if no audited framework names the check."""
    for framework in frameworks:
        before = f"{framework.id} " if framework is not frameworks[0] else ""
        if framework.id == one.thing.of and one.thing.what is not What.WEIGHT:
            yield framework.id  # a band or gate bears on all of it
        for group in framework.principles:
            for criterion in group.criteria:
                of_weight = framework.id == one.thing.of and one.thing.part in (criterion.id, group.key)
                if one.thing.of in criterion.checks or of_weight:
                    yield f"{before}{criterion.id}"


def _text(what: What, value: Any) -> str:
    """A value as text; keys (on, off, a role, a severity) stay keys, which the report words."""
    if what is What.SWITCH:
        return "on" if value else "off"
    if what is What.WHERE:
        return "; ".join(_FACT_IN_WORDS.get(name, name) for name in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(_text(What.PARAMETER, one) for one in value)
    return "" if value is None else str(value)
