"""The credentials that people read: how many, and which, drawn so that anybody can draw them again."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from statistics import NormalDist

CONFIDENCE, MARGIN = 0.90, 0.15
"""Where nobody says otherwise: 25 of 132 credentials."""


@dataclass(frozen=True)
class DrawnSample:
    """Credentials drawn by chance, each as likely as any other."""

    seed: int
    confidence: float
    margin: float
    population: int
    """Credentials of the submission."""
    drawn: tuple[tuple[str, str], ...]
    """(record, place), in the order of the files."""


def sample_size(population: int, confidence: float = CONFIDENCE, margin: float = MARGIN) -> int:
    """How many to read, so that a share found lies within the margin of the true one with the given confidence.

    The most cautious share, one half, with the correction for small populations:
    n0 = z^2 / (4 margin^2), n = n0 / (1 + (n0 - 1) / population), rounded up.
    """
    if population == 0:
        return 0
    score = NormalDist().inv_cdf((1 + confidence) / 2)
    unlimited = score**2 / (4 * margin**2)
    return min(population, math.ceil(unlimited / (1 + (unlimited - 1) / population)))


def draw(places: Mapping[str, str], seed: int, confidence: float = CONFIDENCE, margin: float = MARGIN) -> DrawnSample:
    """Draw the sample of a submission.

    Args:
        places: record -> its place, in the order of the files.
        seed: any whole number; the same one draws the same records, on every machine and version of Python.
        confidence: between 0 and 1.
        margin: half the width of the interval, between 0 and 1.
    """
    size = sample_size(len(places), confidence, margin)
    by_chance = sorted(places, key=lambda record: sha256(f"{seed} {record}".encode()).digest())
    chosen = set(by_chance[:size])
    drawn = tuple((record, place) for record, place in places.items() if record in chosen)
    return DrawnSample(seed, confidence, margin, len(places), drawn)
