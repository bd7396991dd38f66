"""From a score to a band in words: coverage, the bar of the top band, the caps of gates."""

from collections.abc import Iterable, Sequence

from qa_toolkit.catalogue.models import Band, Framework
from qa_toolkit.result import GateOutcome
from qa_toolkit.scoring.gates import CAP_PROPOSED, CLOSED


def band_of(score: float, bands: Sequence[Band]) -> int:
    """The place of the band that a score reaches; 0 is the best."""
    return next(place for place, band in enumerate(bands) if score >= band.lowest or place == len(bands) - 1)


def seen_enough(coverage: float, framework: Framework) -> tuple[bool, bool]:
    """Whether coverage gives a band at all, and whether that band is provisional."""
    gives = coverage >= framework.coverage_for_provisional_band
    return gives, gives and coverage < framework.coverage_for_band


def capped(place: int, gates: Iterable[GateOutcome], bands: Sequence[Band]) -> int:
    """The place of a band after the caps of closed gates."""
    keys = [band.key for band in bands]
    return max([place, *(keys.index(gate.cap) for gate in gates if gate.state == CLOSED and gate.cap)])


def by_state(gates: Iterable[GateOutcome]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the gates that cap, and of those that propose to."""
    listed = list(gates)
    return (
        tuple(gate.gate_id for gate in listed if gate.state == CLOSED),
        tuple(gate.gate_id for gate in listed if gate.state == CAP_PROPOSED),
    )
