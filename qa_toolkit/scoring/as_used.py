"""The catalogue as an audit used it: the part of ``checks/`` that the result carries, so that a report stands alone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from qa_toolkit.catalogue.models import (
    Adoption,
    Agreement,
    Catalogue,
    Check,
    Criterion,
    Expectation,
    Framework,
    Source,
)
from qa_toolkit.result import (
    AdoptionUsed,
    AgreementUsed,
    BandUsed,
    CaseUsed,
    CheckUsed,
    CriterionUsed,
    FrameworkUsed,
    PrincipleUsed,
    QuestionUsed,
    SourceUsed,
)


def framework_used(
    framework: Framework,
    as_of: date,
    agreement: Agreement | None = None,
    adoption: Adoption | None = None,
    loosened: Collection[str] = (),
) -> FrameworkUsed:
    """The framework as the result carries it.

    Args:
        framework: of the catalogue.
        as_of: the day the data are judged for: an adoption holds on it, or does not.
        agreement: the framework's entry in the register of agreed standards.
        adoption: the agency's own, which goes before one that the framework's file carries.
        loosened: ids of checks that a scheme or overlay loosened: their criteria are assessed below the standard.
    """
    return FrameworkUsed(
        framework_id=framework.id,
        title=framework.title,
        version=framework.version,
        source=framework.source,
        about=framework.about,
        adoption=_adopted(adoption or framework.adoption, as_of),
        principles=tuple(
            PrincipleUsed(
                key=principle.key,
                number=principle.number,
                title=principle.title,
                summary=principle.summary,
                weight=principle.weight,
                criteria=tuple(_criterion_used(criterion, loosened) for criterion in principle.criteria),
            )
            for principle in framework.principles
        ),
        bands=tuple(BandUsed(band.key, band.lowest) for band in framework.bands),
        least_scored_principles=framework.least_scored_principles,
        coverage_for_band=framework.coverage_for_band,
        coverage_for_provisional_band=framework.coverage_for_provisional_band,
        small_number=framework.small_number,
        grouped_by=framework.grouped_by.value,
        agreement=AgreementUsed(agreement.agreed_by, agreement.since, agreement.until, agreement.note)
        if agreement
        else None,
    )


def _criterion_used(criterion: Criterion, loosened: Collection[str]) -> CriterionUsed:
    return CriterionUsed(
        criterion_id=criterion.id,
        title=criterion.title,
        weight=criterion.weight,
        mode=criterion.mode.value,
        checks=tuple(criterion.checks),
        questions=tuple(criterion.questions),
        sources=sources_used(criterion.sources),
        below_standard=any(name in loosened for name in criterion.checks),
    )


def _adopted(adoption: Adoption | None, as_of: date) -> AdoptionUsed | None:
    if adoption is None:
        return None
    day = as_of.isoformat()
    holds = adoption.since <= day and (adoption.until is None or day <= adoption.until)
    return AdoptionUsed(adoption.by, adoption.legal_basis, adoption.since, adoption.until, holds)


def sources_used(sources: Sequence[Source]) -> tuple[SourceUsed, ...]:
    """Sources as the result carries them."""
    return tuple(SourceUsed(source.ref, source.place, source.tag.value) for source in sources)


def checks_of(catalogue: Catalogue, *frameworks: Framework) -> tuple[Check, ...]:
    """The checks that any of the frameworks names, by id: its criteria's and the hand-in's."""
    named = {check_id for f in frameworks for p in f.principles for c in p.criteria for check_id in c.checks}
    named |= {check_id for framework in frameworks for check_id in framework.hand_in}
    return tuple(catalogue.checks[check_id] for check_id in sorted(named) if check_id in catalogue.checks)


def checks_used(catalogue: Catalogue, framework: Framework, *further: Framework) -> tuple[CheckUsed, ...]:
    """Those checks as the result carries them, with the criterion of the main framework that each stands in."""
    criterion_of = {check_id: c.id for p in framework.principles for c in p.criteria for check_id in c.checks}
    own = {check.id for check in checks_of(catalogue, framework)}
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
            sources=sources_used(check.sources),
            further_only=check.id not in own,
        )
        for check in checks_of(catalogue, framework, *further)
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
            profile_fact=question.profile_fact,
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
