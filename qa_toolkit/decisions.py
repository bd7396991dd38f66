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
