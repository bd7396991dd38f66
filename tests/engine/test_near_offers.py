"""Offers whose outcomes are put in nearly the same words: their rare words find all that comparing each finds."""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from qa_toolkit.records.facts import derive_facts
from qa_toolkit.records.store import open_store

WORDS = [f"word{number}" for number in range(60)]
LEAST = 0.8
"""Below it the fact is 0."""


def offers(seed: int, count: int) -> list[dict[str, Any]]:
    """Outcomes of 1 to 25 words, every other one a copy of an earlier one with up to three words changed."""
    chance = random.Random(seed)
    found: list[list[str]] = []
    for number in range(count):
        words = list(chance.choice(found)) if found and number % 2 else chance.sample(WORDS, chance.randint(1, 25))
        for _ in range(chance.randint(0, 3) if number % 2 else 0):
            words[chance.randrange(len(words))] = chance.choice(WORDS)
        found.append(words)
    return [_offer(number, words) for number, words in enumerate(found, 1)]


def _offer(number: int, words: Sequence[str]) -> dict[str, Any]:
    return {
        "submission_id": "bees",
        "record_id": f"f1-r{number}",
        "source_file": 1,
        "source_place": f"row {number}",
        "source_format": "table",
        "title": f"Offer {number}",
        "learning_outcomes": [" ".join(words)],
    }


def shares(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Record -> the fact."""
    with open_store() as store:
        store.append("submissions", [{"submission_id": "bees"}])
        store.append("offers", rows)
        derive_facts(store.connection, date(2026, 9, 30))
        found = store.connection.execute("SELECT record_id, share_of_words_with_nearest_offer FROM offer_facts")
        return dict(found.fetchall())


def compared(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, float]]:
    """The same by comparing each offer with every earlier one: shared words by all words of both."""
    sets = [set(row["learning_outcomes"][0].split()) for row in rows]
    for number, row in enumerate(rows):
        alike = [len(sets[number] & one) / len(sets[number] | one) for one in sets[:number]]
        yield row["record_id"], max([share for share in alike if share >= LEAST], default=0)


def test_every_near_offer_is_found_whatever_words_they_share() -> None:
    """Two hundred offers, a hundred of them changed copies."""
    rows = offers(seed=1, count=200)

    expected = dict(compared(rows))
    found = shares(rows)

    assert {record: round(share, 9) for record, share in found.items()} == {
        record: round(share, 9) for record, share in expected.items()
    }
    assert sum(share >= LEAST for share in expected.values()) > 30
