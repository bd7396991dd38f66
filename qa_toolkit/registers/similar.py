"""Names that may mean one organisation: proposed to a person, never taken for the same.

Two names are compared within a country, without case, accents, punctuation and the order of their words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

LEAST_LIKENESS = 90.0
"""Of 100: below it two names are two names. 'Hochschule Wellenberg' and 'HS Wellenberg' stay apart."""
_NO_WORD = re.compile(r"[^\w]+|_+")


def normalised(name: str) -> str:
    """A name as words in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return _NO_WORD.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()


def possible_matches(
    wanted: Iterable[tuple[str, str]], known: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """The entry whose name is most like each name wanted.

    Args:
        wanted: pairs of country and name.
        known: country -> pairs of identifier and name.

    Returns:
        (country, name) -> (identifier, name) of the likest entry; nothing where none is alike.
    """
    by_country = {country: [normalised(name) for _, name in entries] for country, entries in known.items()}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for country, name in sorted(set(wanted)):
        names = by_country.get(country, [])
        best = process.extractOne(
            normalised(name), names, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST_LIKENESS, processor=None
        )
        if best is not None:
            found[country, name] = known[country][best[2]]
    return found
