"""What a reviewer's answers are worth: to a question, to a check, to a knock-out criterion."""

from collections.abc import Mapping

from qa_toolkit.decisions import Answer

SHARE = {Answer.YES: 1.0, Answer.PARTLY: 0.5, Answer.NO: 0.0}
"""Share of the points that an answer earns. The other answers settle nothing."""

Answers = Mapping[str, Answer]
"""By id of a question or check; of a knock-out criterion by its id within the framework."""


def settles(answer: Answer | None) -> bool:
    """Whether an answer settles what it was asked of."""
    return answer in SHARE
