"""Narrowing the list of checks by role, principle, severity and element."""

from collections.abc import Mapping, Sequence

from qa_toolkit.catalogue.models import HAND_IN, PRINCIPLES, Check
from qa_toolkit.catalogue.selection import ROLE_WORDS, SEVERITY_WORDS, Term, split_terms, term
from qa_toolkit.problems import Problem, ProblemKind, UsageError, meant

_WRITTEN = {"role": "role:{}", "principle": "{}", "severity": "severity={}", "element": "{}"}


def filtered(checks: Sequence[Check], wanted: Mapping[str, Sequence[str]]) -> tuple[Check, ...]:
    """The checks of which every option given holds, by any of its values.

    Raises:
        UsageError: a value is none of the option's; carries every such value.
    """
    by_id = {check.id: check for check in checks}
    known: dict[str, tuple[str, ...]] = {
        "role": ROLE_WORDS,
        "principle": (*PRINCIPLES, HAND_IN),
        "severity": SEVERITY_WORDS,
        "element": tuple(dict.fromkeys(check.element for check in checks if check.element)),
    }
    problems: list[Problem] = []
    groups: list[list[Term]] = []
    for option, texts in wanted.items():
        terms = []
        for word in split_terms(texts):
            found = term(_WRITTEN[option].format(word), by_id) if word.lower() in known[option] else None
            if found is not None:
                terms.append(found)
                continue
            what, why = f"--{option} does not take '{word}'", f"It takes {', '.join(known[option])}."
            fix = meant(word, known[option], "Write one of them.")
            problems.append(Problem(ProblemKind.FILE, what, "checks list", why, fix, more="qa-toolkit checks list"))
        if terms:
            groups.append(terms)
    if problems:
        raise UsageError(problems)
    return tuple(check for check in checks if all(any(one.selects(check) for one in terms) for terms in groups))
