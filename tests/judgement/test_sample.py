"""Credentials to read by hand: as many as the margin needs, drawn so that anybody can draw them again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.judgement.sample import draw, sample_size


@pytest.mark.parametrize(
    ("population", "confidence", "margin", "size"),
    [
        (1_000_000_000, 0.95, 0.05, 385),
        (10_000, 0.95, 0.05, 370),
        (1_000, 0.95, 0.05, 278),
        (100, 0.95, 0.05, 80),
        (132, 0.90, 0.15, 25),
        (10, 0.95, 0.05, 10),
        (1, 0.90, 0.15, 1),
        (0, 0.90, 0.15, 0),
    ],
)
def test_the_size_is_that_of_the_tables(population: int, confidence: float, margin: float, size: int) -> None:
    """Sizes as printed in tables of sample sizes: 385 of very many, 370 of 10,000, 278 of 1,000, 80 of 100."""
    assert sample_size(population, confidence, margin) == size


def test_the_same_seed_draws_the_same_records_in_the_order_of_the_files() -> None:
    """On every machine: these were drawn once, and written down."""
    places = {f"f1-r{row}": f"file 1, row {row}" for row in range(2, 12)}

    one = draw(places, 7, 0.9, 0.4)

    assert one == draw(dict(places), 7, 0.9, 0.4)
    assert [record for record, _ in one.drawn] == [name for name in places if name in dict(one.drawn)]
    assert one.drawn != draw(places, 8, 0.9, 0.4).drawn
    assert (one.population, len(one.drawn)) == (10, 4)


@given(st.integers(1, 60), st.integers(0, 2**32))
def test_every_record_drawn_is_of_the_submission_and_drawn_once(population: int, seed: int) -> None:
    """As many as the size says."""
    places = {f"f1-r{row}": f"file 1, row {row}" for row in range(population)}

    drawn = draw(places, seed).drawn

    assert len(set(drawn)) == len(drawn) == sample_size(population)
    assert set(drawn) <= set(places.items())


def test_no_record_is_likelier_than_another() -> None:
    """Over 2,000 seeds each of ten records is drawn in about four of ten samples."""
    places = {f"f1-r{row}": "" for row in range(10)}
    counts = dict.fromkeys(places, 0)
    for seed in range(2_000):
        for record, _ in draw(places, seed, 0.9, 0.4).drawn:
            counts[record] += 1

    assert all(700 < count < 900 for count in counts.values()), counts
