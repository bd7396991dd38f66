"""A case of a check as SQL, and what Great Expectations counted for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Predicates:
    """A case as SQL over its table of facts: in scope, applicable (scope and known), failed."""

    scope: str
    applicable: str
    failed: str


@dataclass(frozen=True)
class Counted:
    """What Great Expectations counted for a case: summed over its expectations."""

    applicable: int
    failed: int
