"""Lint of single checks: texts, sources, tables, columns, expectations, parameters."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from qa_toolkit.catalogue.complaint import complaint
from qa_toolkit.catalogue.models import HAND_IN, Case, Catalogue, Check, Role, Severity, SourceTag
from qa_toolkit.problems import Problem, meant
from qa_toolkit.records.facts import FACT_TABLE, FACTS
from qa_toolkit.records.tables import ELEMENTS, TABLES

MOST_TOLERANCE = 0.1
"""More than a tenth is no exception any more."""

_BOUNDS = frozenset({"column", "min_value", "max_value", "strict_min", "strict_max"})
EXPECTATIONS: Mapping[str, frozenset[str]] = {
    "expect_column_values_to_be_null": frozenset({"column"}),
    "expect_column_values_to_not_be_null": frozenset({"column"}),
    "expect_column_values_to_be_in_set": frozenset({"column", "value_set"}),
    "expect_column_values_to_not_be_in_set": frozenset({"column", "value_set"}),
    "expect_column_values_to_match_regex": frozenset({"column", "regex"}),
    "expect_column_values_to_not_match_regex": frozenset({"column", "regex"}),
    "expect_column_values_to_be_between": _BOUNDS,
    "expect_column_value_lengths_to_be_between": _BOUNDS,
    "expect_column_pair_values_a_to_be_greater_than_b": frozenset(
        {"column_A", "column_B", "or_equal", "ignore_row_if"}
    ),
}
"""Expectation -> its arguments: those that count the same on DuckDB and on pandas."""
_SUFFIXES = {"match_regex": {"VARCHAR"}, "lengths_to_be_between": {"VARCHAR"}}
_NUMBERS = {"DOUBLE", "INTEGER", "BIGINT"}
_UNFIT_REGEX = re.compile(r"(?<!\\)(\\\\)*(\\[bBwWsSdDpP1-9]|\(\?(=|!|<=|<!))")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RANK = {Severity.BLOCKER: 3, Severity.MAJOR: 2, Severity.MINOR: 1, None: 0}

Say = Callable[[str, str, str], Problem]


def check_problems(check: Check, catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with a check on its own."""

    def say(what: str, why: str, fix: str) -> Problem:
        return complaint(catalogue, check.id, what, why, fix)

    yield from _texts(check, say)
    yield from _sources(check, say)
    yield from _cases(check, say)
    yield from _parameters(check, say)
    yield from _shows(check, say)
    for kind in check.registers:
        if kind not in catalogue.registers:
            fix = meant(kind, catalogue.registers, f"Kinds are {', '.join(catalogue.registers)}.")
            yield say(f"it needs an unknown kind of register '{kind}'", "No extract is of it.", fix)
    for case in check.cases:
        if case.table not in FACT_TABLE:
            known = ", ".join(FACT_TABLE)
            yield say(f"no facts for the table '{case.table}'", "Checks read facts.", f"Tables are {known}.")
            continue
        types = {column.name: column.type for column in FACTS[FACT_TABLE[case.table]]}
        yield from _applies(case, types, say)
        yield from _expectation(case, check, types, say)


def scores_at(check: Check) -> int:
    """How much a check can cost: 3 for a blocker, 2 major, 1 minor, 0 where it never costs points."""
    return max((_RANK[case.severity] for case in check.cases if case.role is Role.SCORES), default=0)


def _texts(check: Check, say: Say) -> Iterator[Problem]:
    if check.id != check.id.upper() or not check.id or re.search(r"[:\s]", check.id):
        yield say("the id has another shape", "Ids are capitals and figures.", "Write it like SIZ-02.")
    for name, text in (("title", check.title), ("why", check.why), ("fix", check.fix)):
        if not text.strip():
            yield say(f"'{name}' is missing", "The report prints it beside every finding.", f"Write '{name}: …'.")
    if any(not case.failed.strip() for case in check.cases):
        yield say("'failed' is missing", "A finding is headed by it.", "Write the state that does not comply.")
    if check.element is not None and check.element not in ELEMENTS:
        fix = meant(check.element, ELEMENTS, f"Elements are {', '.join(ELEMENTS)}.")
        yield say(f"no element '{check.element}'", "The sixteen elements have fixed keys.", fix)
    if not 0 <= check.tolerance <= MOST_TOLERANCE:
        fix = "Write 0 for a blocker, 0.01 for a major, 0.02 for a minor fault."
        yield say(f"tolerance {check.tolerance:g} out of range", "It lies between 0 and 0.1.", fix)


def _sources(check: Check, say: Say) -> Iterator[Problem]:
    """No source, no failure: what rests on our judgement may ask or inform, not cost at major or blocker."""
    if not check.sources:
        yield say("no source", "Every rule comes from somewhere.", "Name document and place, or tag it judgement.")
    elif scores_at(check) >= _RANK[Severity.MAJOR] and not any(
        source.tag is SourceTag.VERIFIED or (source.tag is SourceTag.CITED and source.place and source.ref)
        for source in check.sources
    ):
        why = "Its only source is our judgement, or a document without a place."
        fix = "Cite document and place, or let it ask: 'role: asks'."
        yield say("it fails at major or blocker without a source", why, fix)


def _cases(check: Check, say: Say) -> Iterator[Problem]:
    if not check.cases:
        yield say("it has no case", "There is nothing to test.", "Give it tables, role, failed and expect.")
    keys = [(case.table, case.key) for case in check.cases]
    for table, key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        yield say(f"two cases '{key}' on {table}", "Results are kept by case.", "Give each a key of its own.")
    for table in dict.fromkeys(case.table for case in check.cases):
        ranks = [_cost(case) for case in check.cases if case.table == table]
        if ranks != sorted(ranks, reverse=True):
            why = "A record counts under the first case that fails."
            yield say("the cases are not listed worst first", why, "Scores before asks before informs, severest first.")
    for case in check.cases:
        if case.role is not Role.INFORMS and case.severity is None:
            yield say("no severity", "What scores or asks has one.", "Write 'severity: minor'.")
        if case.role is Role.SCORES and check.principle == HAND_IN:
            why = "How data are handed in is no fault of a micro-credential."
            yield say("a check on the hand-in scores", why, "Write 'role: informs'.")


def _cost(case: Case) -> tuple[int, int]:
    return {Role.SCORES: 2, Role.ASKS: 1, Role.INFORMS: 0}[case.role], _RANK[case.severity]


def _parameters(check: Check, say: Say) -> Iterator[Problem]:
    used = {
        value[1:]
        for case in check.cases
        for value in case.expectation.kwargs.values()
        if isinstance(value, str) and value.startswith("$")
    }
    for name in sorted(used - check.parameters.keys()):
        fix = meant(name, check.parameters, f"Add 'parameters: {{{name}: …}}'.")
        yield say(f"unknown parameter '${name}'", "Nothing gives it a value.", fix)
    unused = set() if used - check.parameters.keys() else check.parameters.keys() - used  # else it is misspelt there
    for name in sorted(unused):
        yield say(
            f"parameter '{name}' is never used", "Changing it would change nothing.", f"Use '${name}', or drop it."
        )
    if len(check.parameters_by) > 1:
        yield say("parameters differ by two facts", "One expectation is made for each value of one.", "Keep one.")
    for fact, by_value in check.parameters_by.items():
        name = "country_key" if fact == "country" else fact
        for table in dict.fromkeys(case.table for case in check.cases if case.table in FACT_TABLE):
            texts = {column.name for column in FACTS[FACT_TABLE[table]] if column.type == "VARCHAR"}
            if name not in texts:
                fix = meant(name, texts, "Parameters may differ by country.")
                yield say(f"parameters differ by '{fact}', which is no fact in words", f"Not in {table}.", fix)
        for changed in sorted({key for values in by_value.values() for key in values} - check.parameters.keys()):
            fix = meant(changed, check.parameters, f"Give '{changed}' a value for all others too.")
            yield say(f"unknown parameter '{changed}' under 'by'", "It has no value for all others.", fix)


def _shows(check: Check, say: Say) -> Iterator[Problem]:
    if any(case.table not in FACT_TABLE for case in check.cases):
        return  # said already
    known = {column.name for case in check.cases for column in FACTS[FACT_TABLE[case.table]]}
    for table in {case.table for case in check.cases} - {"submissions"}:
        columns = {column.name for column in TABLES[table]}
        known |= columns | {element for element in ELEMENTS if f"{element}_raw" in columns}
    for name in check.shows:
        if name not in known:
            fix = meant(name, known, "Name a canonical column, an element or a fact.")
            yield say(f"it shows an unknown column '{name}'", "A finding could not show it.", fix)


def _applies(case: Case, types: Mapping[str, str], say: Say) -> Iterator[Problem]:
    if case.applies is None:
        return
    if case.applies not in types:
        fix = meant(case.applies, types, "Name a fact that says yes or no.")
        yield say(f"it applies by an unknown column '{case.applies}'", f"Not a fact of {case.table}.", fix)
    elif types[case.applies] != "BOOLEAN":
        why = "Conditions on dates, numbers or words count differently from engine to engine."
        yield say(f"'{case.applies}' does not say yes or no", why, "Add a boolean fact for it.")


def _expectation(case: Case, check: Check, types: Mapping[str, str], say: Say) -> Iterator[Problem]:
    kind, written = case.expectation.type, case.expectation.kwargs
    arguments = EXPECTATIONS.get(kind)
    if arguments is None:
        # Names of expectations are long and alike: only a slip of a letter is close.
        fix = meant(kind, EXPECTATIONS, f"Agreed are {', '.join(EXPECTATIONS)}.", cutoff=0.95)
        yield say(f"the expectation '{kind}' is not agreed", "Others count differently from engine to engine.", fix)
        return
    for name in sorted(written.keys() - arguments):
        fix = meant(name, arguments, f"It takes {', '.join(sorted(arguments))}.")
        yield say(f"unknown argument '{name}'", f"{kind} does not take it.", fix)
    yield from _columns(kind, written, arguments, types, say)
    yield from _values(kind, written, check, types, say)


def _columns(
    kind: str, written: Mapping[str, Any], arguments: frozenset[str], types: Mapping[str, str], say: Say
) -> Iterator[Problem]:
    for side in sorted(arguments & {"column", "column_A", "column_B"}):
        name = str(written.get(side, ""))
        if name not in types:
            fix = meant(name, types, "Name a fact of qa_toolkit/records/facts.py, or add one.")
            yield say(f"unknown column '{name}'", "It is not a fact of this table.", fix)
            continue
        fit = next((fits for suffix, fits in _SUFFIXES.items() if kind.endswith(suffix)), None)
        if fit is None and (kind.endswith("values_to_be_between") or side != "column"):
            fit = _NUMBERS if side == "column" else _NUMBERS | {"DATE"}
        if fit is not None and types[name] not in fit:
            why = f"'{name}' is {types[name]}."
            yield say(f"'{kind}' does not fit the column", why, "Use a fact of another type, or another expectation.")


def _values(
    kind: str, written: Mapping[str, Any], check: Check, types: Mapping[str, str], say: Say
) -> Iterator[Problem]:
    """Bounds, sets and patterns, each also as its parameters may change them."""
    for name, value in written.items():
        for filled in _every_value(value, check):
            if name in ("min_value", "max_value") and _is_date(filled):
                why = "Great Expectations coerces dates on pandas."
                yield say("a date as a bound", why, "Add a fact that counts days, and give a number.")
            elif name in ("min_value", "max_value") and filled is None:
                continue  # no bound on this side; that there is one on the other is asked below
            elif name in ("min_value", "max_value") and (isinstance(filled, bool) or not _is_number(filled)):
                yield say(f"the bound '{name}' is no number", f"There stands {filled!r}.", "Write a number.")
            elif name == "value_set" and (not isinstance(filled, list) or not filled):
                yield say("'value_set' is no list", "Nothing could be in it.", "Write it in brackets: [true].")
            elif name == "value_set" and types.get(str(written.get("column"))) == "BOOLEAN":
                if any(not isinstance(member, bool) for member in filled):
                    yield say("'value_set' does not fit", "The fact says yes or no.", "Write [true] or [false].")
            elif name == "regex":
                yield from _regex(filled, say)
    bounds = [_every_value(written[name], check) for name in ("min_value", "max_value") if name in written]
    if kind.endswith("to_be_between") and all(values[:1] == [None] for values in bounds):
        yield say("no bound", "Every value lies between nothing and nothing.", "Give min_value, max_value or both.")
    needed = {"value_set", "regex"} & EXPECTATIONS[kind]
    for name in sorted(needed - written.keys()):
        yield say(f"'{name}' is missing", f"{kind} needs it.", f"Add '{name}: …'.")


def _every_value(value: Any, check: Check) -> list[Any]:
    if not (isinstance(value, str) and value.startswith("$")):
        return [value]
    name = value[1:]
    changed = [values[name] for by in check.parameters_by.values() for values in by.values() if name in values]
    return [*([check.parameters[name]] if name in check.parameters else []), *changed]


def _is_date(value: Any) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and bool(_ISO_DAY.match(value)))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _regex(pattern: Any, say: Say) -> Iterator[Problem]:
    if _UNFIT_REGEX.search(str(pattern)):
        why = r"\b \w \s \d \p, references and look-around differ between DuckDB and Python, exactly at accents."
        yield say("the regular expression is not portable", why, "Write the characters out, for example [0-9].")
        return
    try:
        re.compile(pattern)
    except (re.error, TypeError) as error:
        yield say("the regular expression cannot be read", f"{error}.", "Correct it, and put it in single quotes.")
