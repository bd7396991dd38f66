"""What people decided about an audit, as its result carries it: accepted deviations and judgements.

A decision never changes what the data show. It stands beside it with its reason, a name and a day, and the scores with
all decisions stand beside those without.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WaiverState(StrEnum):
    """A waiver on the day of an audit."""

    NOT_YET = "not_yet"
    """It begins later."""
    HOLDS = "holds"
    ENDS_SOON = "ends_soon"
    """It holds, for 30 days at most."""
    EXPIRED = "expired"

    @property
    def holding(self) -> bool:
        """Whether it accepts anything on that day."""
        return self in (WaiverState.HOLDS, WaiverState.ENDS_SOON)


class WaiverRemark(StrEnum):
    """What a reader should know of a waiver beside its state."""

    UNUSED = "unused"
    """It holds, and there is nothing that it accepts: the fault is gone, or its scope names nothing."""
    OTHER_FILE = "other_file"
    """It counts the rows of a file that was not handed in: its places would be other records."""
    EVERY_PROVIDER = "every_provider"
    """Over-broad: it names no provider."""
    MOST_RECORDS = "most_records"
    """Over-broad: it names no records, and accepts more than half of those that the check applies to."""
    LONG = "long"
    """Over-broad: it holds for more than two years."""


OVER_BROAD = (WaiverRemark.EVERY_PROVIDER, WaiverRemark.MOST_RECORDS, WaiverRemark.LONG)


@dataclass(frozen=True)
class WaiverUsed:
    """An accepted deviation, and what became of it in an audit."""

    waiver_id: str
    checks: tuple[str, ...]
    """As ``ID`` or ``ID:case``."""
    provider: str | None
    """None: every provider."""
    records: int | None
    """How many places or credential identifiers it names; None: every record."""
    reason: str
    approver: str
    since: date
    expires: date
    """The last day on which it holds."""
    state: WaiverState
    accepted: Mapping[str, int]
    """Submission -> findings that it accepts there; empty where it does not hold."""
    remarks: tuple[WaiverRemark, ...]


class Answer(StrEnum):
    """A reviewer's or a provider's answer. The first three settle a question, 'does not apply' takes it out."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_YET = "not_yet"
    DOES_NOT_APPLY = "does_not_apply"
    DO_NOT_KNOW = "do_not_know"


OPEN_ANSWERS = (Answer.NOT_YET, Answer.DO_NOT_KNOW)
"""Answers that leave open what they answer."""


class Method(StrEnum):
    """How a reviewer came to a judgement."""

    DOCUMENT_REVIEW = "document_review"
    INTERVIEW = "interview"
    TEST = "test"


class Target(StrEnum):
    """What a judgement is about."""

    QUESTION = "question"
    CHECK = "check"
    GATE = "gate"


class AuditState(StrEnum):
    """How far an audit has come."""

    DRAFT = "draft"
    """A machine's proposal, with judgements or without: not a decision."""
    FACTUAL_CHECK = "factual_check"
    """With the provider, who may point out errors of fact."""
    FINAL = "final"
    """Signed by two people."""


class ConclusionKind(StrEnum):
    """What reviewers conclude beside their judgements."""

    COMMENDATION = "commendation"
    RECOMMENDATION = "recommendation"
    CONDITION = "condition"
    """It has a deadline and an owner."""


class PanelRole(StrEnum):
    """What somebody did in an audit."""

    LEAD_REVIEWER = "lead_reviewer"
    REVIEWER = "reviewer"
    LEARNER = "learner"
    SECOND_SIGNATORY = "second_signatory"


@dataclass(frozen=True)
class Judged:
    """What a named reviewer decided on a question, a check or a knock-out criterion."""

    target: Target
    id: str
    """Of the question or check; ``framework/gate`` of a knock-out criterion."""
    answer: Answer
    explanation: str
    method: Method | None
    """None where the answer settles nothing."""
    judge: str
    on: date
    valid_until: date | None
    """The last day on which it holds; None: for as long as the audit is used."""
    also: tuple[str, ...] = ()
    """Second reviewers who judged alike."""

    @property
    def key(self) -> tuple[str, str]:
        """What it is about."""
        return (self.target.value, self.id)


@dataclass(frozen=True)
class Evidence:
    """What a provider names in support of a statement."""

    title: str
    day: date | None
    place: str | None
    """A file name, a page or an address."""
    sha256: str | None
    """Computed from the file handed in; None where none was."""


@dataclass(frozen=True)
class Stated:
    """What a provider answers. It counts nowhere in an audit."""

    target: Target
    id: str
    answer: Answer | None
    text: str | None
    evidence: Evidence | None

    @property
    def key(self) -> tuple[str, str]:
        """What it is about."""
        return (self.target.value, self.id)


@dataclass(frozen=True)
class ReadByHand:
    """A credential of the sample that somebody read."""

    number: int
    place: str
    answer: Answer
    explanation: str | None
    judge: str
    on: date


@dataclass(frozen=True)
class Conclusion:
    """A commendation, a recommendation, or a condition with its deadline and owner."""

    kind: ConclusionKind
    criterion_id: str | None
    text: str
    deadline: date | None
    owner: str | None


@dataclass(frozen=True)
class PanelMember:
    """Somebody who took part in an audit."""

    role: PanelRole
    name: str
    function: str | None
    conflict_declared: bool | None
    """None where nothing was said of conflicts of interest."""
    conflict: str | None
    signed: date | None


@dataclass(frozen=True)
class Difference:
    """Two reviewers judged one thing differently: it stays open until they agree."""

    target: str
    """question, check, gate or sample."""
    id: str
    answers: tuple[tuple[str, Answer], ...]
    """(reviewer, answer)."""


@dataclass(frozen=True)
class Agreement:
    """How far two reviewers agreed, beyond chance."""

    compared: int
    """Questions, checks and knock-out criteria that both answered."""
    alike: int
    kappa: float | None
    """Cohen's kappa; None where chance alone would give full agreement."""


class JudgedState(StrEnum):
    """A judgement on the day of an audit."""

    HOLDS = "holds"
    ENDS_SOON = "ends_soon"
    """It holds, for 30 days at most."""
    ENDED = "ended"
    OTHER_AUDIT = "other_audit"
    """It is about what other data, or other checks, had shown: nobody knows whether it is true of these."""

    @property
    def holding(self) -> bool:
        """Whether it counts for anything on that day."""
        return self in (JudgedState.HOLDS, JudgedState.ENDS_SOON)


@dataclass(frozen=True)
class JudgedUsed:
    """A judgement, and whether it counts in an audit."""

    judged: Judged
    state: JudgedState


@dataclass(frozen=True)
class ReviewUsed:
    """What people said of one submission, as an audit was given it. Internal notes are no part of it."""

    state: AuditState
    judged: tuple[JudgedUsed, ...]
    stated: tuple[Stated, ...]
    population: int
    """Credentials that the sample to read by hand was drawn from."""
    drawn: int
    confidence: float
    margin: float
    seed: int
    read: tuple[ReadByHand, ...]
    conclusions: tuple[Conclusion, ...]
    people: tuple[PanelMember, ...]
    differences: tuple[Difference, ...]
    agreement: Agreement | None
