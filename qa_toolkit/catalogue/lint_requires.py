"""Lint of ``requires``: one fault, one loss, and what it compiles to."""

from collections.abc import Iterator

from qa_toolkit.catalogue.complaint import complaint
from qa_toolkit.catalogue.lint_checks import scores_at
from qa_toolkit.catalogue.models import Catalogue, Check, Role
from qa_toolkit.problems import Problem, meant
from qa_toolkit.records.facts import FACT_TABLE, FACTS


def requires_problems(check: Check, catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong between a check and those it requires."""
    for name in check.requires:
        required = catalogue.checks.get(name)
        if name == check.id or required is None:
            what = "it requires itself" if name == check.id else f"it requires an unknown check '{name}'"
            fix = meant(name, (other for other in catalogue.checks if other != check.id), "Name a check that exists.")
            yield complaint(catalogue, check.id, what, "It would never apply.", fix)
            continue
        yield from _does_not_compile(check, required, catalogue)
        if scores_at(check) > scores_at(required):
            yield complaint(
                catalogue,
                check.id,
                f"it costs more than '{name}', which it requires",
                "A blank cell would then score better than an honest one.",
                f"Lower its severity to that of {name}.",
            )
        for framework in catalogue.frameworks.values():
            named = set(framework.hand_in) | {i for p in framework.principles for c in p.criteria for i in c.checks}
            if check.id in named and name not in named:
                yield complaint(
                    catalogue,
                    check.id,
                    f"{framework.id} names it, but not '{name}', which it requires",
                    "Where the ground is not checked, a fault of the ground is paid for by nobody.",
                    f"Name {name} in a criterion of {framework.id}.",
                )


def _does_not_compile(check: Check, required: Check, catalogue: Catalogue) -> Iterator[Problem]:
    """``requires`` becomes a condition that one boolean fact is TRUE. Cases that only inform do not matter to it."""
    facts = {
        case.expectation.kwargs.get("column")
        for number, case in enumerate(required.cases)
        if number == 0 or case.role is not Role.INFORMS
    }
    simple = all(
        case.expectation.type == "expect_column_values_to_be_in_set"
        and case.expectation.kwargs.get("value_set") == [True]
        for number, case in enumerate(required.cases)
        if number == 0 or case.role is not Role.INFORMS
    )
    if len(facts) != 1 or not simple:
        yield complaint(
            catalogue,
            check.id,
            f"it cannot require '{required.id}'",
            f"Not every case of {required.id} expects one and the same fact to be true.",
            "Require a check that does, or put the condition into a fact and name it under 'applies'.",
        )
        return
    fact = facts.pop()
    for table in dict.fromkeys(case.table for case in check.cases if case.table in FACT_TABLE):
        if fact not in {column.name for column in FACTS[FACT_TABLE[table]]}:
            yield complaint(
                catalogue,
                check.id,
                f"it cannot require '{required.id}' on {table}",
                f"The fact '{fact}' is not there.",
                "Require a check on the same table.",
            )
