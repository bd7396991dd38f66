"""Lint of schemes: what their entries name is there, what they write fits, and no two contradict each other.

Three looks, each only where the one before found nothing: entry by entry; all settings together; and the tailored
catalogue once more through the lint of checks and frameworks, for bounds, bands and requirements that no longer fit.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from qa_toolkit.catalogue.lint_checks import check_problems
from qa_toolkit.catalogue.lint_frameworks import framework_problems
from qa_toolkit.catalogue.lint_requires import requires_problems
from qa_toolkit.catalogue.models import Catalogue, Check, Framework, Role
from qa_toolkit.catalogue.scheme_models import OF_CHECKS, Action, Scheme, SchemeChange
from qa_toolkit.catalogue.tailor import Setting, Thing, What, settings_of, tailor
from qa_toolkit.catalogue.yaml_nodes import problem
from qa_toolkit.problems import Problem, meant
from qa_toolkit.records.facts import FACT_TABLE, FACTS


def all_schemes_problems(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Every mistake of every scheme of the catalogue, whatever the day."""
    return tuple(p for one in catalogue.schemes.values() for p in scheme_problems([one], catalogue, days_of(one)))


def scheme_problems(schemes: Sequence[Scheme], catalogue: Catalogue, days: Sequence[str]) -> tuple[Problem, ...]:
    """What is wrong with schemes that are to hold together on any of the days (ISO)."""
    on = {change.target for one in schemes for change in one.changes if change.action is Action.SWITCH_ON}
    entries = [p for one in schemes for change in one.changes for p in _entry(change, catalogue, on)]
    if entries:
        return tuple(entries)
    against = tuple(dict.fromkeys(p for day in days for p in _contradictions(schemes, catalogue, day)))
    return against or tuple(dict.fromkeys(p for day in days for p in _tailored(schemes, catalogue, day)))


def days_of(scheme: Scheme) -> tuple[str, ...]:
    """Days of which each other day is like one: the first of every stretch in which the same entries hold."""
    windows = [(scheme.since, scheme.until), *((change.since, change.until) for change in scheme.changes)]
    days = {since for since, _ in windows if since}
    days |= {(date.fromisoformat(until) + timedelta(days=1)).isoformat() for _, until in windows if until}
    return tuple(sorted(days | {"0001-01-01"}))


# ---------------------------------------------------------------- entry by entry


def _entry(change: SchemeChange, catalogue: Catalogue, on: Collection[str]) -> Iterator[Problem]:
    if change.action in OF_CHECKS:
        check = catalogue.checks.get(change.target)
        if check is None:
            fix = meant(change.target, catalogue.checks, "Name a check that exists.")
            yield _say(change, change.action.value, f"unknown check '{change.target}'", "No file holds it.", fix)
        else:
            yield from _switch(change, check, on)
            yield from _of_check(change, check)
        return
    framework = catalogue.frameworks.get(change.framework or "")
    if framework is None:
        known = f"Frameworks are {', '.join(catalogue.frameworks)}."
        fix = meant(change.framework or "", catalogue.frameworks, known)
        yield _say(change, "framework", f"unknown framework '{change.framework}'", "No file holds it.", fix)
        return
    parts = _parts(framework)[change.action]
    if change.target not in parts:
        what = f"{framework.id} has no {change.action.value} '{change.target}'"
        fix = meant(change.target, parts, f"It has {', '.join(parts) or 'none'}.")
        yield _say(change, change.action.value, what, "There is nothing to change.", fix)


def _parts(framework: Framework) -> dict[Action, tuple[str, ...]]:
    return {
        Action.PRINCIPLE: tuple(group.key for group in framework.principles),
        Action.CRITERION: tuple(one.id for group in framework.principles for one in group.criteria),
        Action.BAND: tuple(band.key for band in framework.bands),
        Action.GATE: tuple(gate.id for gate in framework.gates),
    }


def _switch(change: SchemeChange, check: Check, on: Collection[str]) -> Iterator[Problem]:
    key = change.action.value
    if change.action is Action.SWITCH_ON and not check.only_in_schemes:
        why, fix = "It is on without any scheme.", f"Write 'check: {check.id}' with what becomes of it."
        yield _say(change, key, f"{check.id} cannot be switched on", why, fix)
    if change.action is Action.SWITCH_OFF and check.only_in_schemes:
        why, fix = "It is off unless a scheme switches it on.", "Remove the entry."
        yield _say(change, key, f"{check.id} cannot be switched off", why, fix)
    if change.action is Action.CHECK and check.only_in_schemes and check.id not in on:
        why, fix = "It is off, so nothing of it can change.", f"Write 'switch_on: {check.id}' in place of 'check'."
        yield _say(change, key, f"{check.id} is not switched on", why, fix)


def _of_check(change: SchemeChange, check: Check) -> Iterator[Problem]:
    keys = tuple(dict.fromkeys(case.key for case in check.cases))
    for key in change.cases:
        if key not in keys:
            named = ", ".join(key for key in keys if key)
            fix = meant(key, keys, f"Cases are {named}." if named else "Leave out 'cases': the check has only one.")
            yield _say(change, "cases", f"{check.id} has no case '{key}'", "There is nothing to change.", fix)
    for name, value in change.parameters.items():
        yield from _parameter(change, check, name, value)
    tables = tuple(dict.fromkeys(case.table for case in check.cases if not change.cases or case.key in change.cases))
    for fact in change.where:
        for table in tables:
            booleans = [column.name for column in FACTS[FACT_TABLE[table]] if column.type == "BOOLEAN"]
            if fact not in booleans:
                fix = meant(fact, booleans, "Name a fact that says yes or no.")
                yield _say(change, "where", f"unknown fact '{fact}'", f"No fact of {table} says it, yes or no.", fix)
    meant_cases = [case for case in check.cases if not change.cases or case.key in change.cases]
    if change.severity and all((change.role or case.role) is Role.INFORMS for case in meant_cases):
        why = "What informs weighs nothing."
        yield _say(change, "severity", f"{check.id} has no severity there", why, "Remove it, or give it a role.")
    judges = change.role in (Role.SCORES, Role.ASKS)
    if judges and not change.severity and any(case.severity is None for case in meant_cases):
        why = "What scores or asks has a severity, and the catalogue gives it none."
        yield _say(change, "role", f"{check.id} lacks a severity", why, "Add 'severity: minor'.")


def _parameter(change: SchemeChange, check: Check, name: str, value: Any) -> Iterator[Problem]:
    key = f"parameters.{name}"
    if name not in check.parameters:
        known = ", ".join(check.parameters) or "none"
        fix = meant(name, check.parameters, f"Its parameters are {known}.")
        yield _say(change, key, f"{check.id} has no parameter '{name}'", "Nothing reads it.", fix)
        return
    meant_cases = [case for case in check.cases if not change.cases or case.key in change.cases]
    reads = any(f"${name}" in map(str, case.expectation.kwargs.values()) for case in meant_cases)
    if meant_cases and not reads:  # without any, the cases are the mistake
        why = f"The cases of the entry, {', '.join(change.cases)}, do not read it."
        yield _say(change, key, f"'{name}' of {check.id} would change nothing", why, "Remove it, or name its case too.")
    old = check.parameters[name]
    fits = value is None or _kind(value) == ("a number" if old is None else _kind(old))
    if not fits:
        what = f"'{name}' of {check.id} takes {_kind(old if old is not None else 0)}"
        yield _say(change, key, what, f"There stands {_kind(value)}.", f"Write it like {old}.")


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    kinds = {int: "a number", float: "a number", str: "a text", list: "a list", dict: "keys with values"}
    return "nothing" if value is None else kinds.get(type(value), "a date")


# ---------------------------------------------------------------- together


def _contradictions(schemes: Sequence[Scheme], catalogue: Catalogue, day: str) -> Iterator[Problem]:
    """Two that set one thing otherwise on this day: both places are named."""
    holding = [one for scheme in schemes for one in settings_of(scheme, catalogue) if one.holds_on(day)]
    by_thing: dict[Thing, list[Setting]] = {}
    for one in holding:
        by_thing.setdefault(one.thing, []).append(one)
    told = set()
    for settings in by_thing.values():
        first, *others = _those_that_count(settings)
        for other in others:
            pair = (first.change.place(), other.change.place())
            if other.value != first.value and pair not in told:
                told.add(pair)
                yield _against(first, other)
    for first, other in _switched_both_ways(holding):
        yield _against(first, other)


def _those_that_count(settings: Sequence[Setting]) -> list[Setting]:
    """Within a scheme an entry that holds for a time stands before a lasting one, which says nothing then."""
    timed = {id(one.scheme) for one in settings if one.change.dated}
    return [one for one in settings if one.change.dated or id(one.scheme) not in timed]


def _switched_both_ways(holding: Sequence[Setting]) -> Iterator[tuple[Setting, Setting]]:
    """A check that one switches off and another changes or switches on."""
    off = {one.thing.of: one for one in holding if one.change.action is Action.SWITCH_OFF}
    told = set()
    for one in holding:
        other = off.get(one.thing.of)
        if other is None or one.change.action is Action.SWITCH_OFF:
            continue
        if (pair := (one.change.place(), other.change.place())) not in told:
            told.add(pair)
            yield one, other


def _against(first: Setting, other: Setting) -> Problem:
    """One sentence with both places."""
    thing = " ".join(part for part in (first.thing.of, first.thing.part, first.thing.name) if part)
    what = f"{first.scheme.id} and {other.scheme.id} contradict each other on {thing}"
    if first.scheme is other.scheme:
        what = f"{first.scheme.id} contradicts itself on {thing}"
    says, otherwise = _shown(first), _shown(other)
    why = f"There it is {says}, in {other.change.place()} {otherwise}; both would hold on the day of the audit."
    return problem(what, first.change.place(), why, "Leave one of the two out, or give them days that do not overlap.")


def _shown(setting: Setting) -> str:
    if setting.change.action is Action.SWITCH_OFF:
        return "switched off"
    value = setting.value
    if isinstance(value, bool):
        return "switched on"
    if isinstance(value, float | int):
        return f"{value:g}"
    return ", ".join(map(str, value)) or "everywhere" if isinstance(value, list | tuple) else str(value)


# ---------------------------------------------------------------- the tailored catalogue


def _tailored(schemes: Sequence[Scheme], catalogue: Catalogue, day: str) -> Iterator[Problem]:
    """What of changed checks and frameworks no longer works, told where a scheme changes them."""
    tailored = tailor(catalogue, schemes, day)
    holding = [one for one in tailored.changes if one.in_force]
    changed = {one.thing.of: one.change for one in holding}
    weighed = {one.thing.of for one in holding if one.thing.what in (What.SWITCH, What.ROLE, What.SEVERITY)}
    for name, change in changed.items():
        check, framework = tailored.catalogue.checks.get(name), tailored.catalogue.frameworks.get(name)
        found: list[Problem] = []
        if check is not None and name not in tailored.switched_off:
            found += check_problems(check, tailored.catalogue)
            for other in tailored.catalogue.checks.values() if name in weighed else ():
                if other is check or name in other.requires:
                    found += requires_problems(other, tailored.catalogue)
        elif framework is not None:
            found += framework_problems(framework, tailored.catalogue)
        for one in found:
            yield problem(one.what, change.place(), one.why, one.fix)


def _say(change: SchemeChange, key: str, what: str, why: str, fix: str) -> Problem:
    return problem(f"{what[:1].upper()}{what[1:]}", change.place(key), why, fix)
