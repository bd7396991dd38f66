"""Lint of frameworks: criteria that point somewhere, gates and bands that can work, checks that somebody uses."""

from collections.abc import Iterator

from qa_toolkit.catalogue.complaint import complaint
from qa_toolkit.catalogue.lint_criteria import criteria_problems
from qa_toolkit.catalogue.models import Catalogue, Framework, Gate, Role
from qa_toolkit.problems import Problem, meant

EVIDENCE_FORMS = ("document", "draft", "extract")


def framework_problems(framework: Framework, catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with a framework."""
    yield from criteria_problems(framework, catalogue)
    yield from _weights(framework, catalogue)
    yield from _bands(framework, catalogue)
    for gate in framework.gates:
        yield from _gate(gate, framework, catalogue)


def unreachable_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Checks and questions that no framework names: nobody would ever see them."""
    criteria = [c for f in catalogue.frameworks.values() for p in f.principles for c in p.criteria]
    checks = {name for c in criteria for name in c.checks}
    checks |= {name for framework in catalogue.frameworks.values() for name in framework.hand_in}
    questions = {name for c in criteria for name in c.questions}
    for kind, known, named in (("check", catalogue.checks, checks), ("question", catalogue.questions, questions)):
        for name in sorted(known.keys() - named):
            why = "No criterion of any framework names it."
            yield complaint(catalogue, name, f"unreachable {kind}", why, "Name it in a criterion, or remove it.")


def _weights(framework: Framework, catalogue: Catalogue) -> Iterator[Problem]:
    weighed = [(f"{framework.id}", p.key, p.weight) for p in framework.principles]
    weighed += [(f"{framework.id}/{c.id}", c.id, c.weight) for p in framework.principles for c in p.criteria]
    named = {name for p in framework.principles for c in p.criteria for name in c.questions}
    weighed += [(name, name, catalogue.questions[name].weight) for name in named if name in catalogue.questions]
    for where, name, weight in weighed:
        if weight <= 0:
            why = "Means are taken by weight."
            yield complaint(catalogue, where, f"the weight of {name} is {weight:g}", why, "Give it a weight above 0.")


def _bands(framework: Framework, catalogue: Catalogue) -> Iterator[Problem]:
    lowest = [band.lowest for band in framework.bands]
    if len(lowest) < 2 or lowest != sorted(set(lowest), reverse=True) or lowest[-1] != 0:
        why = "A score must fall into exactly one band, and gates cap at the last or the last but one."
        fix = "List two or more, best first, the last with 'lowest: 0'."
        yield complaint(catalogue, framework.id, "the bands do not cover all scores", why, fix)
    if not 0 < framework.coverage_for_provisional_band <= framework.coverage_for_band <= 1:
        why = "Both are shares between 0 and 1, the provisional one the lower."
        fix = "Write for example 'coverage: {band: 0.8, provisional_band: 0.5}'."
        yield complaint(catalogue, framework.id, "the coverage for a band is out of range", why, fix)
    if not 1 <= framework.least_scored_principles <= len(framework.principles):
        why = f"It has {len(framework.principles)} principles."
        fix = "Write a number of principles that can be reached."
        yield complaint(catalogue, framework.id, "'least_scored_principles' is out of range", why, fix)


def _gate(gate: Gate, framework: Framework, catalogue: Catalogue) -> Iterator[Problem]:
    where = f"{framework.id}/{gate.id}"
    own = {name for p in framework.principles for c in p.criteria for name in c.checks}
    if not gate.checks:
        yield complaint(catalogue, where, "the gate names no check", "It could never close.", "Name a check.")
    for name in gate.checks:
        check_id, _, case_key = name.partition(":")
        check = catalogue.checks.get(check_id)
        if check is None:
            fix = meant(check_id, catalogue.checks, "Name a check that exists.")
            yield complaint(catalogue, where, f"the gate names an unknown check '{check_id}'", "No file has it.", fix)
            continue
        if check_id not in own:
            why = f"No criterion of {framework.id} names it, so it is not run."
            yield complaint(catalogue, where, f"the gate names '{check_id}'", why, "Name it in a criterion too.")
        keys = [case.key for case in check.cases]
        if case_key and case_key not in keys:
            fix = meant(case_key, keys, f"Cases are {', '.join(key for key in keys if key) or 'not named there'}.")
            yield complaint(catalogue, where, f"the gate names an unknown case '{name}'", "The check lacks it.", fix)
        elif not any(case.role is Role.SCORES and case_key in ("", case.key) for case in check.cases):
            why = "Only what scores may cap a judgement."
            yield complaint(catalogue, where, f"'{name}' does not score", why, "Name a case that scores.")
    if not 0 <= gate.share < 1:
        why = "It is the share of records above which the gate closes."
        yield complaint(catalogue, where, f"the share {gate.share:g} is out of range", why, "Write 0.01, for example.")
    for form in gate.evidence_forms:
        if form not in EVIDENCE_FORMS:
            fix = meant(form, EVIDENCE_FORMS, f"Forms are {', '.join(EVIDENCE_FORMS)}.")
            yield complaint(catalogue, where, f"unknown evidence form '{form}'", "No record has it.", fix)
    for key in gate.principles:
        if key not in {principle.key for principle in framework.principles}:
            fix = meant(key, (p.key for p in framework.principles), "Name a principle of the framework.")
            yield complaint(catalogue, where, f"the gate caps an unknown principle '{key}'", "It is not there.", fix)
