"""The words beside scores by the data alone and with decisions."""

import pytest

from qa_toolkit.messages import Messages
from qa_toolkit.report.view_decisions import judgement_words
from qa_toolkit.result import OverallScore


@pytest.mark.parametrize(
    ("scored", "words"),
    [
        (0, "nothing to assess in what was handed in"),
        (1, "no overall score: only 1 part has a score"),
        (6, "no overall score: only 6 parts have a score"),
    ],
)
def test_a_whole_without_a_score_says_why(scored: int, words: str) -> None:
    """That too little has a score is another thing than that nothing was there to be assessed."""
    score = OverallScore(None, 0.2, None, None, None, False, (), (), (), scored)

    assert judgement_words(score, Messages()) == words
