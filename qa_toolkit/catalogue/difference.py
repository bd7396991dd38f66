"""What differs between two frameworks, or between two versions of one: criterion by criterion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa_toolkit.catalogue.models import Criterion, Framework, FrameworkPrinciple


class Kind(StrEnum):
    """What happened to something on the way from the first framework to the second."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """One thing that differs."""

    kind: Kind
    what: str
    """framework, group, criterion, gate or band."""
    name: str
    """Key of a group or band, id of the others."""
    key: str
    """Which of its keys; '' where the whole came or went."""
    before: str
    after: str


def differences(first: Framework, second: Framework) -> tuple[Difference, ...]:
    """Everything that differs but the id; nothing where both ask the same in the same words."""
    return tuple(_differences(first, second))


def _differences(first: Framework, second: Framework) -> Iterator[Difference]:
    for key in ("title", "version", "source", "about", "least_scored_principles", "small_number"):
        yield from _changed("framework", second.id, key, getattr(first, key), getattr(second, key))
    for key in ("coverage_for_band", "coverage_for_provisional_band"):
        yield from _changed("framework", second.id, key, f"{getattr(first, key):g}", f"{getattr(second, key):g}")
    yield from _changed("framework", second.id, "hand_in", *(_list(one.hand_in) for one in (first, second)))
    groups = [{group.key: group for group in one.principles} for one in (first, second)]
    yield from _come_and_gone("group", *({key: one.title for key, one in own.items()} for own in groups))
    for key in (key for key in groups[0] if key in groups[1]):
        yield from _group(groups[0][key], groups[1][key])
    criteria = [{c.id: (g.key, c) for g in one.principles for c in g.criteria} for one in (first, second)]
    yield from _come_and_gone("criterion", *({name: c.title for name, (_, c) in own.items()} for own in criteria))
    for name, (key, criterion) in criteria[0].items():
        if name in criteria[1]:
            yield from _changed("criterion", name, "group", key, criteria[1][name][0])
            yield from _criterion(criterion, criteria[1][name][1])
    gates = [{gate.id: gate for gate in one.gates} for one in (first, second)]
    yield from _come_and_gone("gate", *({name: gate.title for name, gate in own.items()} for own in gates))
    for name, gate in gates[0].items():
        if name in gates[1]:
            yield from _changed("gate", name, "checks", _list(gate.checks), _list(gates[1][name].checks))
            yield from _changed("gate", name, "share", f"{gate.share:g}", f"{gates[1][name].share:g}")
    bands = [{band.key: f"{band.lowest:g}" for band in one.bands} for one in (first, second)]
    yield from _come_and_gone("band", *bands)
    for key, lowest in bands[0].items():
        if key in bands[1]:
            yield from _changed("band", key, "lowest", lowest, bands[1][key])


def _group(first: FrameworkPrinciple, second: FrameworkPrinciple) -> Iterator[Difference]:
    for key in ("number", "title", "summary"):
        yield from _changed("group", first.key, key, getattr(first, key), getattr(second, key))
    yield from _changed("group", first.key, "weight", f"{first.weight:g}", f"{second.weight:g}")


def _criterion(first: Criterion, second: Criterion) -> Iterator[Difference]:
    yield from _changed("criterion", first.id, "title", first.title, second.title)
    yield from _changed("criterion", first.id, "weight", f"{first.weight:g}", f"{second.weight:g}")
    yield from _changed("criterion", first.id, "mode", first.mode.value, second.mode.value)
    for key in ("checks", "questions"):
        before, after = getattr(first, key), getattr(second, key)
        gone = [name for name in before if name not in after]
        come = [name for name in after if name not in before]
        if gone or come:
            yield Difference(Kind.CHANGED, "criterion", first.id, key, _list(gone), _list(come))


def _come_and_gone(what: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Difference]:
    for name, text in before.items():
        if name not in after:
            yield Difference(Kind.REMOVED, what, name, "", text, "")
    for name, text in after.items():
        if name not in before:
            yield Difference(Kind.ADDED, what, name, "", "", text)


def _changed(what: str, name: str, key: str, before: object, after: object) -> Iterator[Difference]:
    if before != after:
        yield Difference(Kind.CHANGED, what, name, key, str(before), str(after))


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)
