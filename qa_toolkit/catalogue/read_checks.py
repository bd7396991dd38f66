"""Principle files and question files as models: headings, checks, questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qa_toolkit.catalogue.fields import Fields
from qa_toolkit.catalogue.models import (
    HAND_IN,
    PRINCIPLES,
    Case,
    Check,
    Examples,
    Expectation,
    Principle,
    Question,
    Role,
    Severity,
    Source,
    SourceTag,
)
from qa_toolkit.problems import meant
from qa_toolkit.records.facts import FACTS

PROFILE_FACTS = tuple(fact.name for fact in FACTS["provider_facts"] if fact.name.endswith("_stated"))
"""Facts that say whether a provider's profile states something."""
DEFAULT_TOLERANCE = {Severity.BLOCKER: 0.0, Severity.MAJOR: 0.01, Severity.MINOR: 0.02}
"""Share of records that may fail before a check fails, by its severest scored case, where the file says nothing."""
SEVEREST_FIRST = tuple(Severity)


@dataclass
class Found:
    """What the files read so far hold; ``places`` says where each id was found first."""

    checks: dict[str, Check] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    principles: dict[str, Principle] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def read_principle_file(fields: Fields, found: Found) -> None:
    """Read a heading (a user's own file needs only ``key``) and its checks."""
    key = _principle_key(fields, "key", (*PRINCIPLES, HAND_IN))
    if any(fields.has(name) for name in ("number", "title", "summary", "source")):
        principle = Principle(
            key=key,
            number=int(fields.number("number")),
            title=fields.text("title"),
            summary=fields.text("summary"),
            sources=read_sources(fields),
        )
        if key in found.principles:
            where = found.places[f"principle {key}"]
            why = f"{where} introduces it already."
            fields.refuse("title", f"The principle '{key}' is introduced twice", why, "Keep only 'key' and 'checks'.")
        else:
            found.principles[key] = principle
            found.places[f"principle {key}"] = fields.place
    for item in fields.items("checks"):
        check = _check(item, key)
        if _is_new(item, "check", check.id, found):
            found.checks[check.id] = check
    fields.finish()


def read_question_file(fields: Fields, found: Found) -> None:
    """Read the questions of one principle, or those that are asked under one framework only."""
    framework = fields.text("framework") if fields.has("framework") else None
    principle = _principle_key(fields, "principle", PRINCIPLES) if framework is None else ""
    for item in fields.items("questions", required=True):
        question = Question(
            id=item.text("id"),
            principle=principle,
            text=item.text("text"),
            good_evidence=item.text("good_evidence"),
            not_enough=item.text("not_enough"),
            weight=item.number("weight", 4.0),
            core=item.flag("core"),
            framework=framework,
            profile_fact=item.text_or_none("profile_fact"),
        )
        if question.profile_fact is not None and question.profile_fact not in PROFILE_FACTS:
            fix = meant(question.profile_fact, PROFILE_FACTS, "Name one that ends in _stated.")
            item.refuse("profile_fact", "No profile says that", "No fact of a profile has this name.", fix)
        item.finish()
        if _is_new(item, "question", question.id, found):
            found.questions[question.id] = question
    fields.finish()


def _principle_key(fields: Fields, name: str, known: tuple[str, ...]) -> str:
    key = fields.text(name)
    if key and key not in known:
        fields.refuse(name, f"There is no principle '{key}'", "Checks sit in one of the ten.", f"{', '.join(known)}.")
    return key


def _is_new(item: Fields, kind: str, identifier: str, found: Found) -> bool:
    if identifier in found.places:
        why = f"It stands in {found.places[identifier]} already; ids are never used twice."
        item.refuse("id", f"The {kind} {identifier} is there twice", why, "Give one of them another id.")
        return False
    if identifier:
        found.places[identifier] = item.place
    return bool(identifier)


def _check(fields: Fields, principle: str) -> Check:
    cases = _cases(fields)
    parameters, by = _parameters(fields)
    check = Check(
        id=fields.text("id"),
        title=fields.text("title"),
        principle=principle,
        element=fields.text_or_none("element"),
        cases=cases,
        requires=fields.texts("requires"),
        parameters=parameters,
        parameters_by=by,
        shows=fields.texts("shows"),
        tolerance=fields.number("tolerance", _default_tolerance(cases)),
        why=fields.text("why"),
        fix=fields.text("fix"),
        sources=read_sources(fields),
        not_applicable_because=fields.text_or_none("not_applicable_because"),
        not_assessed_because=fields.text_or_none("not_assessed_because"),
        examples=_examples(fields),
        registers=fields.texts("registers"),
        only_in_schemes=fields.flag("only_in_schemes"),
    )
    fields.finish()
    return check


def _cases(fields: Fields) -> tuple[Case, ...]:
    """The cases of a check; what stands beside ``cases`` holds for each that does not say otherwise."""
    tables = fields.texts("tables") if fields.has("tables") else ()
    applies = fields.text_or_none("applies")
    if not fields.has("cases"):
        return _cases_on_tables(fields, "", tables, applies, outer=None)
    cases: list[Case] = []
    for item in fields.items("cases"):
        own = item.texts("tables") if item.has("tables") else tables
        cases.extend(_cases_on_tables(item, item.text("key"), own, item.text_or_none("applies") or applies, fields))
        item.finish()
    return tuple(cases)


def _cases_on_tables(
    item: Fields, key: str, tables: tuple[str, ...], applies: str | None, outer: Fields | None
) -> tuple[Case, ...]:
    role = _said_by(item, outer, "role").choice("role", Role)
    severity_fields = _said_by(item, outer, "severity")
    severity = None
    if role in (Role.SCORES, Role.ASKS) or (role is None and severity_fields.has("severity")):
        severity = severity_fields.choice("severity", Severity) or Severity.MINOR
    elif role is Role.INFORMS and item.has("severity"):
        item.refuse("severity", "What informs has no severity", "It weighs nothing.", "Remove the severity.")
    if not tables:
        item.refuse("tables", "No table is named", "A check reads one table at least.", "Add 'tables: [credentials]'.")
    failed, expectation = item.text("failed"), _expectation(item)
    fix = item.text_or_none("fix") if outer is not None else None
    role = role or Role.INFORMS
    return tuple(Case(key, table, role, severity, failed, applies, expectation, fix) for table in tables)


def _said_by(item: Fields, outer: Fields | None, key: str) -> Fields:
    """The check, where its case leaves the key to it; else the case itself."""
    said = item.has(key)
    return outer if outer is not None and not said and outer.has(key) else item


def _expectation(fields: Fields) -> Expectation:
    expect = fields.mapping("expect", required=True)
    if expect is None:
        return Expectation("", {})
    expectation = Expectation(expect.text("type"), expect.rest("type"))
    expect.finish()
    return expectation


def _parameters(fields: Fields) -> tuple[Mapping[str, Any], Mapping[str, Mapping[str, Mapping[str, Any]]]]:
    parameters = fields.plain_mapping("parameters")
    by = parameters.pop("by", {})
    shaped = isinstance(by, dict) and all(
        isinstance(values, dict) and all(isinstance(changed, dict) for changed in values.values())
        for values in by.values()
    )
    if not shaped:
        example = "by: {country: {IE: {min_hours: 18}}}"
        fields.refuse("parameters", "'by' has another shape", "It maps fact, value, parameters.", f"Write {example}.")
        by = {}
    return parameters, by


def _default_tolerance(cases: tuple[Case, ...]) -> float:
    scored = [case.severity for case in cases if case.role is Role.SCORES and case.severity]
    return DEFAULT_TOLERANCE[min(scored, key=SEVEREST_FIRST.index)] if scored else 0.0


def read_sources(fields: Fields, required: bool = True) -> tuple[Source, ...]:
    """What stands under ``source``: document and place of each, and how well it was established."""
    sources = []
    for item in fields.items("source", required):
        sources.append(
            Source(
                ref=item.text("ref"),
                tag=item.choice("tag", SourceTag) or SourceTag.JUDGEMENT,
                place=item.text_or_none("place"),
            )
        )
        item.finish()
    return tuple(sources)


def _examples(fields: Fields) -> Examples:
    examples = fields.mapping("examples")
    if examples is None:
        return Examples()
    read = {name: tuple(item.rest() for item in examples.items(name)) for name in ("pass", "fail", "silent")}
    examples.finish()
    return Examples(passing=read["pass"], failing=read["fail"], silent=read["silent"])
