"""What a named reviewer decided on a question, a check or a gate."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Answer(StrEnum):
    """A reviewer's answer. The last three leave a question open or take it out."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_YET = "not_yet"
    DO_NOT_KNOW = "do_not_know"
    DOES_NOT_APPLY = "does_not_apply"


SHARE = {Answer.YES: 1.0, Answer.PARTLY: 0.5, Answer.NO: 0.0}
"""Share of the points that an answer earns (criteria.md 4.2)."""


@dataclass(frozen=True)
class Judgement:
    """A decision with reason, name and date."""

    answer: Answer
    by: str
    on: date
    reason: str

    @property
    def decided(self) -> bool:
        """Whether it settles the question."""
        return self.answer in SHARE
