"""Knock-out criteria: when a gate closes, and the band it caps at (criteria.md 4.2)."""

from qa_toolkit.catalogue.models import Gate
from qa_toolkit.decisions import Answer
from qa_toolkit.result import GateOutcome, State
from qa_toolkit.scoring.evidence import Evidence, gate_cases
from qa_toolkit.scoring.judged import Answers
from qa_toolkit.scoring.states import Fixed, first_failures

OPEN, CLOSED, CAP_PROPOSED = "open", "closed", "cap_proposed"
MOST = 0.5
"""Above this share of the applicable records the lowest band is the cap, not the one above it."""


def gate_outcomes(evidence: Evidence, judgements: Answers, fixed: Fixed = frozenset()) -> tuple[GateOutcome, ...]:
    """What the gates did. One that did not fire says nothing where a check of it did not run: it is not among them."""
    outcomes = (gate_outcome(gate, evidence, judgements, fixed) for gate in evidence.framework.gates)
    return tuple(one for one in outcomes if one.state != OPEN or not _partly_unseen(evidence, one.gate_id))


def _partly_unseen(evidence: Evidence, gate_id: str) -> bool:
    return any(column.not_run for one in evidence.gates[gate_id] for column in one.columns)


def gate_outcome(gate: Gate, evidence: Evidence, judgements: Answers, fixed: Fixed = frozenset()) -> GateOutcome:
    """What a gate did. A gate that rests on a single record, or on evidence to be confirmed, only proposes its cap."""
    failed, certain, counted = _counts(gate, evidence, fixed)
    fired = _reaches(gate, failed, counted)
    needs_a_reviewer = gate.confirm or failed == 1 or not _reaches(gate, certain, counted)
    answer = judgements.get(gate.id)
    if not fired or answer is Answer.NO:
        state = OPEN
    elif needs_a_reviewer and answer is not Answer.YES:
        state = CAP_PROPOSED
    else:
        state = CLOSED
    bands = evidence.framework.bands
    cap = bands[-1 if counted and failed / counted > MOST else -2].key if state != OPEN else None
    return GateOutcome(gate.id, gate.title, tuple(gate.principles), state, failed, counted, cap)


def _reaches(gate: Gate, failed: int, counted: int) -> bool:
    return counted > 0 and (failed == counted if gate.every else failed / counted > gate.share)


def _counts(gate: Gate, evidence: Evidence, fixed: Fixed) -> tuple[int, int, int]:
    """Records that fail any case of the gate, those that fail one that needs no confirmation, and all that count."""
    wanted, unsure = gate_cases(gate.checks), gate_cases(gate.confirm_checks)
    failed = certain = counted = 0
    for one in evidence.gates[gate.id]:
        columns = [
            column
            for column in one.columns
            if column.scores and {(column.check.id, None), (column.check.id, column.case.key)} & wanted
        ]
        for states, records in one.states.items():
            known = any(states[column.index] in (State.PASSED, State.FAILED) for column in columns)
            failing = {
                (column.check.id, column.case.key)
                for column in first_failures(states, one.columns, fixed)
                if column in columns
            }
            counted += records * known
            failed += records * bool(failing)
            certain += records * bool(failing - unsure)
    return failed, certain, counted
