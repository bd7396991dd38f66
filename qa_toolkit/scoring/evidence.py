"""The evidence of one submission: its patterns, seen through each criterion and each gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_toolkit.catalogue.models import Check, Framework, Gate, Question
from qa_toolkit.result import CaseKey, Pattern
from qa_toolkit.scoring.states import View, view


@dataclass(frozen=True)
class Evidence:
    """What scoring reads, gathered once per submission."""

    framework: Framework
    checks: Mapping[str, Check]
    questions: Mapping[str, Question]
    criteria: Mapping[str, tuple[View, ...]]
    """Criterion id -> its checks on every table."""
    gates: Mapping[str, tuple[View, ...]]
    """Gate id -> its checks, on the records that count for it."""
    records: Mapping[str, int]
    """Table -> records."""


def gather(
    patterns: Sequence[Pattern],
    cases: Mapping[str, tuple[CaseKey, ...]],
    checks: Mapping[str, Check],
    questions: Mapping[str, Question],
    framework: Framework,
    not_run: frozenset[CaseKey] = frozenset(),
) -> Evidence:
    """See the patterns of one submission through a framework; ``not_run`` are cases that broke or were left out."""
    records: dict[str, int] = {}
    for pattern in patterns:
        records[pattern.table] = records.get(pattern.table, 0) + pattern.records
    return Evidence(
        framework=framework,
        checks=checks,
        questions=questions,
        criteria={
            criterion.id: view(patterns, cases, checks, criterion.checks, not_run)
            for principle in framework.principles
            for criterion in principle.criteria
        },
        gates={
            gate.id: view(patterns, cases, checks, _checks_of(gate), not_run, gate.evidence_forms)
            for gate in framework.gates
        },
        records=records,
    )


def gate_cases(names: Sequence[str]) -> set[tuple[str, str | None]]:
    """The (check, case) pairs that a gate names; None stands for every scored case of the check."""
    return {(name.split(":")[0], name.split(":")[1] if ":" in name else None) for name in names}


def _checks_of(gate: Gate) -> list[str]:
    return [name.split(":")[0] for name in gate.checks]
