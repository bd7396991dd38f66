"""Schemes laid over the catalogue: what changes, from what to what, and whether it lies below the standard.

Pure: the catalogue stays as it is, a tailored one is returned with the list of changes. An entry of a scheme is taken
apart into *settings*, each of one thing (a parameter, a severity, a weight). Within a scheme an entry that holds for a
time goes before one that always holds; between schemes nothing goes before anything, so two that set one thing
otherwise contradict each other, which ``lint_schemes`` refuses before this is called.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from qa_toolkit.catalogue.loosening import Direction, direction_of, of_figure, of_rank
from qa_toolkit.catalogue.models import Case, Catalogue, Check, Framework, Role
from qa_toolkit.catalogue.scheme_models import Action, Scheme, SchemeChange, holds_on


class What(StrEnum):
    """What a setting sets."""

    SWITCH = "switch"
    WHERE = "where"
    PARAMETER = "parameter"
    ROLE = "role"
    SEVERITY = "severity"
    WEIGHT = "weight"
    LOWEST = "lowest"
    SHARE = "share"


@dataclass(frozen=True, order=True)
class Thing:
    """One thing that can be set, of a check or of a framework."""

    what: What
    of: str
    """Id of the check or framework."""
    part: str = ""
    """Case of the check; criterion, principle, band or gate of the framework."""
    name: str = ""
    """Name of the parameter."""


@dataclass(frozen=True)
class Setting:
    """A thing, its new value, and the entry that gives it."""

    thing: Thing
    value: Any
    change: SchemeChange
    scheme: Scheme

    def holds_on(self, day: str) -> bool:
        """Whether scheme and entry hold on a day."""
        return holds_on(day, (self.scheme.since, self.scheme.until), (self.change.since, self.change.until))


@dataclass(frozen=True)
class Applied:
    """One change of the list that the report carries."""

    thing: Thing
    before: Any
    """None where nothing stood there."""
    after: Any
    direction: Direction
    change: SchemeChange
    scheme: Scheme
    in_force: bool
    """Whether it held on the day of the audit; what did not was not applied."""

    @property
    def of_check(self) -> bool:
        """Whether a check is changed, not a weight, band or gate of a framework."""
        return self.thing.what not in (What.WEIGHT, What.LOWEST, What.SHARE)


@dataclass(frozen=True)
class Tailored:
    """The catalogue as schemes leave it, and what they changed."""

    catalogue: Catalogue
    changes: tuple[Applied, ...]
    switched_off: frozenset[str]
    """Ids of checks that stay in their criteria and are not run: what was switched off was not looked at."""

    @property
    def below_standard(self) -> frozenset[str]:
        """Ids of checks that score or ask and are looser than the catalogue has them."""
        return frozenset(
            one.thing.of
            for one in self.changes
            if one.in_force and one.of_check and one.direction is Direction.LOOSENED
        )


def tailor(catalogue: Catalogue, schemes: Sequence[Scheme], day: str) -> Tailored:
    """Lay schemes over a catalogue as of a day (ISO).

    Args:
        catalogue: as loaded, and looked at by lint.
        schemes: those asked for; they do not contradict each other on this day (``lint_schemes``).
        day: for which the data are judged.

    Returns:
        The catalogue with the changes that hold on the day. Without schemes it is the catalogue without the checks that
        only schemes switch on.
    """
    settings = [one for scheme in schemes for one in settings_of(scheme, catalogue)]
    holding = effective([one for one in settings if one.holds_on(day)])
    values = {thing: setting.value for thing, setting in holding.items()}
    on = {thing.of for thing, value in values.items() if thing.what is What.SWITCH and value}
    checks = {check.id: _check(check, values, holding) for check in catalogue.checks.values()}
    standing = {name for name, check in catalogue.checks.items() if name in on or not check.only_in_schemes}
    frameworks = {name: _framework(one, values, standing) for name, one in catalogue.frameworks.items()}
    off = {thing.of for thing, value in values.items() if thing.what is What.SWITCH and not value}
    changes = [
        _applied(one, catalogue, day)
        for one in _told_once(settings)
        if not one.holds_on(day) or holding[one.thing].value == one.value
    ]
    return Tailored(replace(catalogue, checks=checks, frameworks=frameworks), tuple(changes), frozenset(off))


def settings_of(scheme: Scheme, catalogue: Catalogue) -> Iterator[Setting]:
    """The settings of a scheme, entry by entry. What its entries name is there: lint has looked."""
    for change in scheme.changes:
        for thing, value in _things(change, catalogue):
            yield Setting(thing, value, change, scheme)


def effective(holding: Sequence[Setting]) -> dict[Thing, Setting]:
    """Of settings that hold on one day the one that counts for each thing: an entry for a time before a lasting one."""
    found: dict[Thing, Setting] = {}
    for one in sorted(holding, key=lambda setting: setting.change.dated):
        found[one.thing] = one
    return found


def _things(change: SchemeChange, catalogue: Catalogue) -> Iterator[tuple[Thing, Any]]:
    if change.action is Action.SWITCH_OFF:
        yield Thing(What.SWITCH, change.target), False
    elif change.action in (Action.SWITCH_ON, Action.CHECK):
        check = catalogue.checks[change.target]
        cases = change.cases or tuple(dict.fromkeys(case.key for case in check.cases))
        for key in cases if change.action is Action.SWITCH_ON else ():
            yield Thing(What.SWITCH, check.id, key), True
            yield Thing(What.WHERE, check.id, key), change.where
        for key in cases:
            if change.role is not None:
                yield Thing(What.ROLE, check.id, key), change.role
            if change.severity is not None:
                yield Thing(What.SEVERITY, check.id, key), change.severity
        for name, value in change.parameters.items():
            yield Thing(What.PARAMETER, check.id, "", name), value
    else:
        what = {Action.BAND: What.LOWEST, Action.GATE: What.SHARE}.get(change.action, What.WEIGHT)
        yield Thing(what, change.framework or "", change.target), change.value


def _check(check: Check, values: Mapping[Thing, Any], holding: Mapping[Thing, Setting]) -> Check:
    own = {thing: setting for thing, setting in holding.items() if thing.of == check.id}
    if not own:
        return check
    changed = {thing.name: setting.value for thing, setting in own.items() if thing.what is What.PARAMETER}
    parameters = {**check.parameters, **changed}
    cases = tuple(_case(case, check.id, values) for case in check.cases)
    if check.only_in_schemes:
        cases = tuple(case for case in cases if values.get(Thing(What.SWITCH, check.id, case.key)))
        read = [argument for case in cases for argument in case.expectation.kwargs.values()]
        parameters = {name: value for name, value in parameters.items() if f"${name}" in read}
    sources = tuple(dict.fromkeys(source for setting in own.values() for source in setting.scheme.sources))
    return replace(
        check,
        cases=cases or check.cases,
        parameters=parameters if cases else check.parameters,
        sources=(*sources, *(source for source in check.sources if source not in sources)),
        only_in_schemes=check.only_in_schemes and not cases,
    )


def _case(case: Case, check_id: str, values: Mapping[Thing, Any]) -> Case:
    role = values.get(Thing(What.ROLE, check_id, case.key), case.role)
    severity = values.get(Thing(What.SEVERITY, check_id, case.key), case.severity)
    where = values.get(Thing(What.WHERE, check_id, case.key), case.where)
    return replace(case, role=role, severity=None if role is Role.INFORMS else severity, where=where)


def _framework(framework: Framework, values: Mapping[Thing, Any], standing: set[str]) -> Framework:
    """With the new figures, and without checks that no scheme switched on."""

    def figure(what: What, part: str, old: float) -> float:
        return float(values.get(Thing(what, framework.id, part), old))

    def kept(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name.partition(":")[0] in standing)

    principles = tuple(
        replace(
            group,
            weight=figure(What.WEIGHT, group.key, group.weight),
            criteria=tuple(
                replace(one, weight=figure(What.WEIGHT, one.id, one.weight), checks=kept(one.checks))
                for one in group.criteria
            ),
        )
        for group in framework.principles
    )
    gates = tuple(
        replace(gate, share=figure(What.SHARE, gate.id, gate.share), checks=kept(gate.checks))
        for gate in framework.gates
    )
    bands = tuple(replace(band, lowest=figure(What.LOWEST, band.key, band.lowest)) for band in framework.bands)
    return replace(framework, principles=principles, gates=gates, bands=bands, hand_in=kept(framework.hand_in))


def _told_once(settings: Sequence[Setting]) -> Iterator[Setting]:
    """What the list tells: not twice what two schemes agree on, and no condition that does not restrict anything."""
    seen: set[tuple[Thing, str, str | None, str | None]] = set()
    for one in settings:
        if one.thing.what is What.WHERE and not one.value:
            continue
        key = (one.thing, repr(one.value), one.change.since, one.change.until)
        if key not in seen:
            seen.add(key)
            yield one


def _applied(one: Setting, catalogue: Catalogue, day: str) -> Applied:
    before, direction = _before(one, catalogue)
    check = catalogue.checks.get(one.thing.of)
    if check is not None and direction is Direction.LOOSENED and all(c.role is Role.INFORMS for c in check.cases):
        direction = Direction.CHANGED  # no criterion is judged by what only informs
    return Applied(one.thing, before, one.value, direction, one.change, one.scheme, one.holds_on(day))


def _before(one: Setting, catalogue: Catalogue) -> tuple[Any, Direction]:
    """What stood there, and whether the new value is looser."""
    thing = one.thing
    if thing.what in (What.WEIGHT, What.LOWEST, What.SHARE):
        return _before_in_framework(one, catalogue.frameworks[thing.of])
    check = catalogue.checks[thing.of]
    if thing.what is What.SWITCH:
        return not check.only_in_schemes, Direction.ADDED if one.value else Direction.LOOSENED
    if thing.what is What.WHERE:
        return None, Direction.ADDED
    if thing.what is What.PARAMETER:
        before = check.parameters.get(thing.name)
        if check.only_in_schemes:
            return None, Direction.ADDED
        return before, direction_of(check, thing.name, before, one.value)
    case = next(case for case in check.cases if case.key == thing.part)
    old = case.role if thing.what is What.ROLE else case.severity
    return old, Direction.ADDED if check.only_in_schemes else of_rank(old, one.value)


def _before_in_framework(one: Setting, framework: Framework) -> tuple[float | None, Direction]:
    part = one.thing.part
    if one.thing.what is What.LOWEST:
        old = next(band.lowest for band in framework.bands if band.key == part)
        return old, of_figure(old, one.value, more_is_stricter=True)
    if one.thing.what is What.SHARE:
        old = next(gate.share for gate in framework.gates if gate.id == part)
        return old, of_figure(old, one.value, more_is_stricter=False)
    weights = {group.key: group.weight for group in framework.principles}
    weights |= {criterion.id: criterion.weight for group in framework.principles for criterion in group.criteria}
    return weights[part], Direction.CHANGED
