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
    """A reviewer's or a provider's answer. Only the first three settle anything."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_YET = "not_yet"
    DOES_NOT_APPLY = "does_not_apply"
    DO_NOT_KNOW = "do_not_know"


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
