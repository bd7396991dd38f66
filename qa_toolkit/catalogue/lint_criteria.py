"""Lint of the criteria of a framework, and of the register of agreed standards: what they name is there, once."""

from collections import Counter
from collections.abc import Iterator

from qa_toolkit.catalogue.complaint import complaint
from qa_toolkit.catalogue.models import Catalogue, Criterion, Framework, Mode, Role, StandardKind
from qa_toolkit.problems import Problem, meant

Seat = tuple[str, str]
"""``framework/criterion`` or ``framework``, and the id that it names."""


def criteria_problems(framework: Framework, catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with the criteria of a framework."""
    checks: list[Seat] = [(framework.id, name) for name in framework.hand_in]
    questions: list[Seat] = []
    for key, times in Counter(principle.key for principle in framework.principles).items():
        if times > 1:
            why = "Scores are told apart by it."
            yield complaint(catalogue, framework.id, f"the key '{key}' stands {times} times", why, "Rename one.")
    for principle in framework.principles:
        for criterion in principle.criteria:
            where = f"{framework.id}/{criterion.id}"
            checks += [(where, name) for name in (*criterion.checks, *criterion.awaits)]
            questions += [(where, name) for name in criterion.questions]
            yield from _criterion(criterion, where, catalogue)
    awaited = {name for principle in framework.principles for c in principle.criteria for name in c.awaits}
    for where, name in checks:
        if name not in catalogue.checks and name not in awaited:
            fix = meant(name, catalogue.checks, "Name a check that exists.")
            yield complaint(catalogue, where, f"unknown check '{name}'", "No file holds it.", fix)
    for where, name in questions:
        question = catalogue.questions.get(name)
        if question is None:
            fix = meant(name, catalogue.questions, "Name a question that exists.")
            yield complaint(catalogue, where, f"unknown question '{name}'", "No file holds it.", fix)
        elif question.framework not in (None, framework.id):
            why = f"Its file asks it under {question.framework} only."
            yield complaint(catalogue, where, f"the question '{name}' is not asked here", why, "Ask one of its own.")
    yield from _twice(checks, "check", "its faults would be paid for", catalogue)
    yield from _twice(questions, "question", "its answer would count", catalogue)


def agreement_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Entries of the register of agreed standards, and files of questions, that name a framework that is not there."""
    named = [(f"agreement {a.standard}", a.standard) for a in catalogue.agreements.values() if _is_framework(a.kind)]
    named += [(q.id, q.framework) for q in catalogue.questions.values() if q.framework is not None]
    for where, framework_id in named:
        if framework_id not in catalogue.frameworks:
            fix = meant(framework_id, catalogue.frameworks, "Name a framework that exists.")
            yield complaint(catalogue, where, f"unknown framework '{framework_id}'", "No file holds it.", fix)
    for agreement in catalogue.agreements.values():
        if agreement.kind is StandardKind.SCHEME and agreement.standard not in catalogue.schemes:
            where, name = f"agreement {agreement.standard}", agreement.standard
            fix = meant(name, catalogue.schemes, "Name a scheme that exists.")
            yield complaint(catalogue, where, f"unknown scheme '{name}'", "No file holds it.", fix)


def _criterion(criterion: Criterion, where: str, catalogue: Catalogue) -> Iterator[Problem]:
    if not (criterion.checks or criterion.questions or criterion.awaits):
        why = "It has no check and no question, so nobody could ever judge it."
        fix = "Name a check or question, or under 'awaits' the check that is to come."
        yield complaint(catalogue, where, "the criterion points at nothing", why, fix)
    if not criterion.sources:
        why = "A requirement that nobody can look up convinces nobody."
        fix = "Add 'source: [{ref: …, place: …, tag: cited}]' to the criterion or its group."
        yield complaint(catalogue, where, "the criterion has no source", why, fix)
    checks = [catalogue.checks[name] for name in criterion.checks if name in catalogue.checks]
    scoring = [check.id for check in checks if any(case.role is Role.SCORES for case in check.cases)]
    known = len(checks) == len(criterion.checks)
    if criterion.mode is Mode.AUTOMATED and known and not scoring and not criterion.awaits:
        why = "None of its checks scores."
        yield complaint(catalogue, where, "the criterion is no automated one", why, "Write 'mode: partial' or human.")
    if criterion.mode is Mode.HUMAN and scoring:
        why = f"{', '.join(scoring)} may cost points there."
        yield complaint(catalogue, where, "the criterion is no human one", why, "Write 'mode: partial'.")


def _twice(seats: list[Seat], kind: str, what: str, catalogue: Catalogue) -> Iterator[Problem]:
    """Told at the last place that names it."""
    for name, times in Counter(name for _, name in seats).items():
        if times > 1:
            places = [where for where, other in seats if other == name]
            shown = ", ".join(where.split("/")[-1] for where in places)
            why = f"It stands in {shown}; {what} {times} times."
            yield complaint(catalogue, places[-1], f"{kind} '{name}' in two criteria", why, "Keep it in one.")


def _is_framework(kind: StandardKind) -> bool:
    return kind is StandardKind.FRAMEWORK
