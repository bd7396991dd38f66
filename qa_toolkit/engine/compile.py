"""A check in the words of the catalogue, compiled to Great Expectations' words: type, arguments, row conditions.

Pure: no Great Expectations is imported here, so that what a check compiles to can be read, tested and exported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa_toolkit.catalogue.models import Case, Check
from qa_toolkit.result import CaseKey


@dataclass(frozen=True)
class Condition:
    """A row condition on one fact: equal to a value, or to none of several."""

    fact: str
    operator: str
    """``is`` or ``is not in``."""
    value: Any


@dataclass(frozen=True)
class CompiledExpectation:
    """One expectation of a case; a case has several where its parameters differ by a fact."""

    key: CaseKey
    type: str
    kwargs: Mapping[str, Any]
    conditions: tuple[Condition, ...]
    """All must hold."""
    severity: str


_GX_SEVERITY = {"blocker": "critical", "major": "warning", "minor": "info", None: "info"}


def compile_checks(checks: Sequence[Check]) -> tuple[CompiledExpectation, ...]:
    """Every expectation of every case of the checks, in their order.

    Raises:
        KeyError: a check requires one that is not among the checks.
    """
    by_id = {check.id: check for check in checks}
    return tuple(
        expectation
        for check in checks
        for case in check.cases
        for expectation in _compile_case(check, case, [required_fact(by_id[other]) for other in check.requires])
    )


def required_fact(check: Check) -> str:
    """The boolean fact that says that a required check holds: that of its first case."""
    return str(check.cases[0].expectation.kwargs["column"])


def _compile_case(check: Check, case: Case, required: Sequence[str]) -> list[CompiledExpectation]:
    grounds = [*([case.applies] if case.applies else []), *case.where, *required]
    always = tuple(Condition(fact, "is", True) for fact in dict.fromkeys(grounds))
    key = CaseKey(check.id, case.key, case.table)
    severity = _GX_SEVERITY[case.severity.value if case.severity else None]

    def expectation(parameters: Mapping[str, Any], extra: tuple[Condition, ...]) -> CompiledExpectation:
        kwargs = {name: _filled(value, parameters) for name, value in case.expectation.kwargs.items()}
        if "column_A" in kwargs:
            kwargs.setdefault("ignore_row_if", "either_value_is_missing")
        return CompiledExpectation(key, case.expectation.type, kwargs, always + extra, severity)

    used = {value[1:] for value in case.expectation.kwargs.values() if isinstance(value, str) and value.startswith("$")}
    variants = [
        (fact, value, {**check.parameters, **changed})
        for fact, by_value in check.parameters_by.items()
        for value, changed in by_value.items()
        if used & changed.keys()
    ]
    if not variants:
        return [expectation(check.parameters, ())]
    fact = _fact_of_parameter(variants[0][0])
    rest = Condition(fact, "is not in", tuple(value for _, value, _ in variants))
    return [
        expectation(check.parameters, (rest,)),
        *(expectation(parameters, (Condition(fact, "is", value),)) for _, value, parameters in variants),
    ]


def _fact_of_parameter(name: str) -> str:
    """``by: {country: …}`` reads the fact ``country_key``."""
    return "country_key" if name == "country" else name


def _filled(value: Any, parameters: Mapping[str, Any]) -> Any:
    return parameters[value[1:]] if isinstance(value, str) and value.startswith("$") else value
