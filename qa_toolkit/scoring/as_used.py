"""The catalogue as an audit used it: the part of ``checks/`` that the result carries, so that a report stands alone."""

from collections.abc import Mapping
from typing import Any

from qa_toolkit.catalogue.models import Catalogue, Check, Expectation, Framework
from qa_toolkit.result import (
    AdoptionUsed,
    BandUsed,
    CaseUsed,
    CheckUsed,
    CriterionUsed,
    FrameworkUsed,
    PrincipleUsed,
    QuestionUsed,
    SourceUsed,
)


def framework_used(framework: Framework) -> FrameworkUsed:
    """The framework as the result carries it."""
    adoption = framework.adoption
    return FrameworkUsed(
        framework_id=framework.id,
        title=framework.title,
        version=framework.version,
        source=framework.source,
        about=framework.about,
        adoption=AdoptionUsed(adoption.by, adoption.legal_basis, adoption.since, adoption.until) if adoption else None,
        principles=tuple(
            PrincipleUsed(
                key=principle.key,
                number=principle.number,
                title=principle.title,
                summary=principle.summary,
                weight=principle.weight,
                criteria=tuple(
                    CriterionUsed(c.id, c.title, c.weight, c.mode.value, tuple(c.checks), tuple(c.questions))
                    for c in principle.criteria
                ),
            )
            for principle in framework.principles
        ),
        bands=tuple(BandUsed(band.key, band.lowest) for band in framework.bands),
        least_scored_principles=framework.least_scored_principles,
        coverage_for_band=framework.coverage_for_band,
        coverage_for_provisional_band=framework.coverage_for_provisional_band,
        small_number=framework.small_number,
    )


def checks_of(catalogue: Catalogue, framework: Framework) -> tuple[Check, ...]:
    """The checks that a framework names, by id: its criteria's and the hand-in's."""
    named = {check_id for p in framework.principles for c in p.criteria for check_id in c.checks} | set(
        framework.hand_in
    )
    return tuple(catalogue.checks[check_id] for check_id in sorted(named) if check_id in catalogue.checks)


def checks_used(catalogue: Catalogue, framework: Framework) -> tuple[CheckUsed, ...]:
    """Those checks as the result carries them, with the criterion each stands in."""
    criterion_of = {check_id: c.id for p in framework.principles for c in p.criteria for check_id in c.checks}
    return tuple(
        CheckUsed(
            check_id=check.id,
            title=check.title,
            principle=check.principle,
            criterion_id=criterion_of.get(check.id),
            element=check.element,
            cases=tuple(
                CaseUsed(
                    case=case.key,
                    table=case.table,
                    role=case.role.value,
                    severity=case.severity.value if case.severity else None,
                    failed=case.failed,
                    fix=case.fix or check.fix,
                )
                for case in check.cases
            ),
            tolerance=check.tolerance,
            why=check.why,
            fix=check.fix,
            expected=expected(check),
            sources=tuple(SourceUsed(source.ref, source.place, source.tag.value) for source in check.sources),
        )
        for check in checks_of(catalogue, framework)
    )


def questions_used(catalogue: Catalogue, framework: Framework) -> tuple[QuestionUsed, ...]:
    """The framework's questions, in its order."""
    return tuple(
        QuestionUsed(
            question_id=question.id,
            criterion_id=criterion.id,
            text=question.text,
            good_evidence=question.good_evidence,
            not_enough=question.not_enough,
            weight=question.weight,
            core=question.core,
        )
        for principle in framework.principles
        for criterion in principle.criteria
        for question in (catalogue.questions[question_id] for question_id in criterion.questions)
    )


def expected(check: Check) -> str:
    """What the data should show: the state that complies, and figures where the check has any."""
    lines = list(dict.fromkeys(_in_words(check, case.expectation, check.parameters) for case in check.cases))
    for by_value in check.parameters_by.values():
        for value, parameters in by_value.items():
            changed = {**check.parameters, **parameters}
            lines.extend(
                f"in {value}: {_in_words(check, case.expectation, changed)}"
                for case in check.cases
                if _names_any(case.expectation, parameters)
            )
    return "; ".join(lines)


def _names_any(expectation: Expectation, parameters: Mapping[str, Any]) -> bool:
    return any(isinstance(value, str) and value[1:] in parameters for value in expectation.kwargs.values())


def _in_words(check: Check, expectation: Expectation, parameters: Mapping[str, Any]) -> str:
    kwargs = {
        key: parameters.get(value[1:], value) if isinstance(value, str) and value.startswith("$") else value
        for key, value in expectation.kwargs.items()
    }
    kind = expectation.type.removeprefix("expect_column_")
    column = str(kwargs.get("column", "")).replace("_", " ")
    if kind == "values_to_be_in_set":
        values = kwargs.get("value_set", [])
        if values == [True]:
            return check.title
        return f"{column}: one of {', '.join(str(value) for value in values)}"
    if kind == "values_to_be_between":
        low, high = kwargs.get("min_value"), kwargs.get("max_value")
        above = "above" if kwargs.get("strict_min") else "at least"
        below = "below" if kwargs.get("strict_max") else "at most"
        if low is not None and low == high:
            return f"{column}: {_figure(low)}"
        bounds = [f"{above} {_figure(low)}"] if low is not None else []
        bounds += [f"{below} {_figure(high)}"] if high is not None else []
        return f"{column}: {' and '.join(bounds)}"
    if kind == "values_to_not_be_null":
        return f"{column}: stated"
    others = ", ".join(f"{key} {value}" for key, value in kwargs.items() if key != "column")
    return f"{kind.replace('_', ' ')} ({column}{': ' if column and others else ''}{others})"


def _figure(value: float) -> str:
    return f"{value:g}"
