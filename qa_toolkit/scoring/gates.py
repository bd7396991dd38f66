"""Knock-out criteria: when a gate closes, and the band it caps at (criteria.md 4.2)."""

from collections.abc import Mapping

from qa_toolkit.catalogue.models import Gate
from qa_toolkit.result import GateOutcome, State
from qa_toolkit.scoring.evidence import Evidence, gate_cases
from qa_toolkit.scoring.judged import Answer, Judgement
from qa_toolkit.scoring.states import Fixed

OPEN, CLOSED, CAP_PROPOSED = "open", "closed", "cap_proposed"
MOST = 0.5
"""Above this share of the applicable records the lowest band is the cap, not the one above it."""


def gate_outcome(
    gate: Gate, evidence: Evidence, judgements: Mapping[str, Judgement], fixed: Fixed = frozenset()
) -> GateOutcome:
    """What a gate did. A gate that rests on a single record, or needs confirmation, only proposes its cap."""
    failed, counted = _counts(gate, evidence, fixed)
    fired = counted > 0 and (failed == counted if gate.every else failed / counted > gate.share)
    judgement = judgements.get(gate.id)
    if not fired or (judgement is not None and judgement.answer is Answer.NO):
        state = OPEN
    elif (gate.confirm or failed == 1) and not (judgement is not None and judgement.answer is Answer.YES):
        state = CAP_PROPOSED
    else:
        state = CLOSED
    bands = evidence.framework.bands
    cap = bands[-1 if counted and failed / counted > MOST else -2].key if state != OPEN else None
    return GateOutcome(gate.id, gate.title, tuple(gate.principles), state, failed, counted, cap)


def _counts(gate: Gate, evidence: Evidence, fixed: Fixed) -> tuple[int, int]:
    """Records that fail any case of the gate, and records to which any applied."""
    wanted = gate_cases(gate)
    failed = counted = 0
    for one in evidence.gates[gate.id]:
        columns = [
            column
            for column in one.columns
            if column.scores and {(column.check.id, None), (column.check.id, column.case.key)} & wanted
        ]
        for states, records in one.states.items():
            found = {(column.check.id, column.case.key): states[column.index] for column in columns}
            if any(state in (State.PASSED, State.FAILED) for state in found.values()):
                counted += records
                failed += records * any(state == State.FAILED and key not in fixed for key, state in found.items())
    return failed, counted
