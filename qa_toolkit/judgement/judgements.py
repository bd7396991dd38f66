"""``judgements.yaml``: all that people decided on one submission, written by an import and read by an audit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from qa_toolkit.decisions import (
    Agreement,
    AuditState,
    Conclusion,
    Difference,
    Judged,
    PanelMember,
    PanelRole,
    ReadByHand,
    Stated,
)
from qa_toolkit.judgement.review import Identity
from qa_toolkit.judgement.sample import DrawnSample
from qa_toolkit.problems import AuditError

VERSION = "1"


class JudgementsError(AuditError):
    """A review workbook or a judgements.yaml cannot be used; ``problems`` name every place at fault."""


@dataclass(frozen=True)
class Judgements:
    """What people decided on one submission."""

    identity: Identity
    """The audit they had before them."""
    state: AuditState
    judged: tuple[Judged, ...]
    stated: tuple[Stated, ...]
    sample: DrawnSample
    read: tuple[ReadByHand, ...]
    conclusions: tuple[Conclusion, ...]
    people: tuple[PanelMember, ...]
    differences: tuple[Difference, ...] = ()
    agreement: Agreement | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    """Internal notes by what they are about, 'question Q1.2'. They are no part of what an audit is given."""

    @property
    def signatories(self) -> tuple[str, ...]:
        """People who signed, each once."""
        return signatories(self.people)

    @property
    def judges(self) -> frozenset[str]:
        """Everybody who judged or read anything."""
        return frozenset(one.judge for one in self.judged) | frozenset(one.judge for one in self.read)


def signatories(people: tuple[PanelMember, ...]) -> tuple[str, ...]:
    """People who signed, each once."""
    return tuple(dict.fromkeys(one.name for one in people if one.signed is not None))


def not_final_because(people: tuple[PanelMember, ...], differences: tuple[Difference, ...]) -> tuple[str, ...]:
    """Why an audit cannot be final, as keys of texts: two named people sign, one of them leads, nothing is disputed."""
    reasons = []
    if len({name.casefold() for name in signatories(people)}) < 2:
        reasons.append("two_sign")
    if not any(one.role is PanelRole.LEAD_REVIEWER and one.signed for one in people):
        reasons.append("lead_signs")
    if differences:
        reasons.append("differences")
    return tuple(reasons)


def expiring(judged: tuple[Judged, ...], day: date, days: int = 30) -> tuple[tuple[Judged, ...], tuple[Judged, ...]]:
    """Judgements that end within so many days, and those that have ended."""
    ended = tuple(one for one in judged if one.valid_until is not None and one.valid_until < day)
    soon = tuple(one for one in judged if one.valid_until is not None and 0 <= (one.valid_until - day).days <= days)
    return soon, ended
