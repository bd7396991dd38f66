"""What the words of a grading scheme say: which grade is best, where the scale ends, from where one passes.

A 1 is the best grade in one country and the worst in another. So a scheme is read only where it names its range, which
end of it is best, and the pass mark; whatever says less is not guessed at.
"""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from qa_toolkit.intake.values import parse_number
from qa_toolkit.intake.words import folded

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r";|\n|[,.](?= )")
"""What parts one statement from the next: '1,0 (best) to 5,0; 4,0 passes'."""
_LONGEST = 500


@dataclass(frozen=True)
class GradingScheme:
    """A scale of figures with its direction."""

    best: float
    worst: float
    pass_mark: float


def read_grading_scheme(text: str, words: Mapping[str, frozenset[str]]) -> GradingScheme | None:
    """The scheme, if the text states range, direction and pass mark.

    Args:
        text: as found; 'from 0 to 20 (best); pass mark 10'.
        words: ``best``, ``pass`` and ``to`` -> the words that say so, folded.
    """
    ends: tuple[float, float] | None = None
    best = passes = None
    for clause in _CLAUSE.split(folded(text[:_LONGEST])):
        numbers = list(_NUMBER.finditer(clause))
        ends = ends or _range(clause, numbers, words["to"])
        best = best if best is not None else _beside(clause, numbers, words["best"])
        passes = passes if passes is not None else _beside(clause, numbers, words["pass"])
    if ends is None or best not in ends or passes is None or not min(ends) <= passes <= max(ends):
        return None
    return GradingScheme(best, ends[0] if best == ends[1] else ends[1], passes)


def _range(clause: str, numbers: list[re.Match[str]], to: frozenset[str]) -> tuple[float, float] | None:
    """The first two figures with nothing but a dash or one of the words between them, remarks in brackets aside."""
    for low, high in itertools.pairwise(numbers):
        between = re.sub(r"\([^)]*\)", "", clause[low.end() : high.start()]).strip()
        if between in ("-", "–", "—", "..", "…") or between in to:
            ends = _figure(low), _figure(high)
            return ends if ends[0] != ends[1] else None
    return None


def _beside(clause: str, numbers: list[re.Match[str]], words: frozenset[str]) -> float | None:
    """The figure nearest to one of the words."""
    said = [word for word in _WORD.finditer(clause) if word.group() in words]
    if not said or not numbers:
        return None
    word = said[0]
    return _figure(min(numbers, key=lambda n: max(word.start() - n.end(), n.start() - word.end())))


def _figure(match: re.Match[str]) -> float:
    return parse_number(match.group()) or 0.0
