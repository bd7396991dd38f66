"""Which checks of a framework a run asks for: ``SIZ-02``, ``SIZ``, a principle, an element, a severity, a role.

A check that is left out stays in the framework: it "could not be checked", coverage falls, and the report says so. A
score of three checks must never pass for an audit.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa_toolkit.catalogue.models import HAND_IN, PRINCIPLES, Case, Check, Role, Severity
from qa_toolkit.problems import Problem, ProblemKind, UsageError, meant

SEVERITIES = {"minor": 1, "major": 2, "critical": 3, "blocker": 3}
"""Rank by severity, with the word of the page beside the key."""
SEVERITY_WORDS = ("critical", "major", "minor")
"""As the page says them, worst first."""
ROLE_WORDS = tuple(role.value for role in Role)
_RANK = {Severity.MINOR: 1, Severity.MAJOR: 2, Severity.BLOCKER: 3}
_SEVERITY = re.compile(r"severity\s*(>=|<=|=|>|<)\s*(.*)", re.IGNORECASE)
_ROLE = re.compile(r"role\s*[:=]\s*(.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """One word of a selection: a set of checks, or of cases of a severity or role."""

    checks: frozenset[str] = frozenset()
    ranks: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()

    def case_matches(self, check: Check, case: Case) -> bool:
        """Whether a case of a check is meant."""
        rank = _RANK[case.severity] if case.severity else 0
        return check.id in self.checks or rank in self.ranks or case.role in self.roles

    def selects(self, check: Check) -> bool:
        """Any of its outcomes is meant: a selection never shows less than it names."""
        return any(self.case_matches(check, case) for case in check.cases)

    def leaves_out(self, check: Check) -> bool:
        """All of its outcomes are meant: an exclusion never takes away more than it names."""
        return all(self.case_matches(check, case) for case in check.cases)


def split_terms(texts: str | Iterable[str]) -> tuple[str, ...]:
    """The words of an option that may be repeated or hold several, separated by commas."""
    return tuple(
        word
        for text in ([texts] if isinstance(texts, str) else texts)
        for part in text.split(",")
        if (word := part.strip())
    )


def left_out(checks: Sequence[Check], select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """Ids of the checks that a run leaves out: not selected, or ignored.

    Args:
        checks: those of the framework.
        select: words of ``--select``; none: all checks.
        ignore: words of ``--ignore``.

    Raises:
        UsageError: a word names nothing; carries every such word.
    """
    by_id = {check.id: check for check in checks}
    problems: list[Problem] = []
    wanted = _terms(select, "--select", by_id, problems)
    unwanted = _terms(ignore, "--ignore", by_id, problems)
    if problems:
        raise UsageError(problems)
    return frozenset(
        check.id
        for check in checks
        if (wanted and not any(term.selects(check) for term in wanted))
        or any(term.leaves_out(check) for term in unwanted)
    )


def term(word: str, checks: Mapping[str, Check]) -> Term | None:
    """What a word means among these checks; None where it names nothing.

    An id, a family of ids (the letters before the hyphen), the key of a principle or an element, ``severity>=major``
    (also ``=`` ``>`` ``<=`` ``<``), or ``role:asks``.
    """
    if severity := _SEVERITY.fullmatch(word):
        limit = SEVERITIES.get(severity[2].strip().lower())
        return Term(ranks=_ranks(severity[1], limit)) if limit else None
    if role := _ROLE.fullmatch(word):
        key = role[1].strip().lower()
        return Term(roles=frozenset({Role(key)})) if key in ROLE_WORDS else None
    if word.upper() in checks:
        return Term(checks=frozenset({word.upper()}))
    meant_checks = frozenset(
        check.id
        for check in checks.values()
        if word.upper() == family(check.id) or word.lower() in (check.principle, check.element)
    )
    return Term(checks=meant_checks) if meant_checks or word.lower() in (*PRINCIPLES, HAND_IN) else None


def family(check_id: str) -> str:
    """``SIZ`` of ``SIZ-02``."""
    return check_id.rsplit("-", 1)[0]


def nearest(word: str, checks: Mapping[str, Check], otherwise: str) -> str:
    """'Did you mean …?' for a misspelt word of a selection: ``SIZ-2`` is ``SIZ-02`` before it is ``SIZ-12``."""
    letters, _, number = word.upper().partition("-")
    padded = f"{letters}-{number.zfill(2)}"
    return meant(padded if padded in checks else word, known_words(checks), otherwise)


def known_words(checks: Mapping[str, Check]) -> tuple[str, ...]:
    """Every word that a selection takes."""
    families = dict.fromkeys(family(check_id) for check_id in checks)
    elements = dict.fromkeys(check.element for check in checks.values() if check.element)
    severities = [f"severity{sign}{name}" for sign in (">=", "=") for name in SEVERITY_WORDS]
    roles = [f"role:{role}" for role in ROLE_WORDS]
    return (*checks, *families, *PRINCIPLES, HAND_IN, *elements, *severities, *roles)


def _terms(words: Sequence[str], option: str, checks: Mapping[str, Check], problems: list[Problem]) -> list[Term]:
    found = []
    for word in words:
        one = term(word, checks)
        if one is None:
            problems.append(_unknown(word, option, checks))
        else:
            found.append(one)
    return found


def _unknown(word: str, option: str, checks: Mapping[str, Check]) -> Problem:
    why = (
        "It is no id of a check, no family of ids such as SIZ, no key of a principle or an element, no severity and no"
        " role."
    )
    advice = "Name checks as 'qa-toolkit checks list' does, or write severity>=major or role:asks."
    return Problem(
        ProblemKind.FILE,
        f"There is no check '{word}'",
        option,
        why,
        nearest(word, checks, advice),
        more="qa-toolkit checks list",
    )


def _ranks(sign: str, limit: int) -> frozenset[int]:
    return frozenset(
        rank
        for rank in _RANK.values()
        if (rank == limit and "=" in sign) or (rank > limit and ">" in sign) or (rank < limit and "<" in sign)
    )
