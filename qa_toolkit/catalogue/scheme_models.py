"""What a scheme is: the overlay of a country, a sector or an agency over the catalogue, and what it may change.

Like the other models it holds words and figures, no behaviour. A scheme lies in ``checks/schemes/`` or is an agency's
own file; both have one shape. Days are ISO texts, both ends included.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from qa_toolkit.catalogue.models import Role, Severity, Source


class Action(StrEnum):
    """What a change does; in the file it is the key that names the target."""

    SWITCH_ON = "switch_on"
    """A check that is off unless a scheme switches it on."""
    SWITCH_OFF = "switch_off"
    CHECK = "check"
    """Other parameters, another role or severity of a check that is on."""
    CRITERION = "criterion"
    """Another weight, of a criterion of a framework."""
    PRINCIPLE = "principle"
    """Another weight, of a group of criteria."""
    BAND = "band"
    """Another lowest score of a band."""
    GATE = "gate"
    """Another share of records above which a gate closes."""


OF_CHECKS = (Action.SWITCH_ON, Action.SWITCH_OFF, Action.CHECK)
"""Actions whose target is a check; that of the others is a part of a framework."""


@dataclass(frozen=True)
class SchemeChange:
    """One entry of a scheme: a target, what becomes of it, and why."""

    action: Action
    target: str
    """Id of a check, criterion or gate, or key of a principle or band."""
    why: str
    cases: tuple[str, ...] = ()
    """Cases of the check that are meant; empty: all of them."""
    where: tuple[str, ...] = ()
    """Boolean facts: what is switched on applies only where all of them are TRUE."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    role: Role | None = None
    severity: Severity | None = None
    framework: str | None = None
    """Whose criterion, principle, band or gate it is."""
    value: float | None = None
    """The new weight, lowest score or share."""
    since: str | None = None
    until: str | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    """Key of the entry, '' for the entry itself -> file and line, for messages."""

    def place(self, key: str = "") -> str:
        """Where a key of the entry stands, or the entry where it has no such key."""
        return self.places.get(key) or self.places.get("", self.target)

    @property
    def dated(self) -> bool:
        """Whether it holds for a time only."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True)
class Scheme:
    """The overlay of a country, a sector or an agency."""

    id: str
    title: str
    about: str
    as_of: str
    """The day on which its figures were taken down here."""
    sources: tuple[Source, ...]
    changes: tuple[SchemeChange, ...]
    beyond: tuple[str, ...] = ()
    """What it asks as well and no check of it looks at, a sentence each."""
    country: str | None = None
    since: str | None = None
    until: str | None = None
    issued_by: str | None = None
    """The agency whose own rules these are; None: an unofficial reading of somebody else's."""
    place: str = ""
    """File and line, for messages."""
    sha256: str = ""
    """Of the bytes of its file."""


def holds_on(day: str, *windows: tuple[str | None, str | None]) -> bool:
    """Whether a day lies in every window of first and last day; None: open on that side."""
    return all((since or day) <= day <= (until or day) for since, until in windows)
