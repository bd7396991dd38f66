"""Pathways: which offers are parts of others, and which of them end up as parts of themselves.

Joins lie in ``pathways.sql``. Circles are found here, because a walk takes as long as there are links, and SQL would
try every way there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

import duckdb

Offer = tuple[str, str]
"""Submission and record."""
_Links = Mapping[Offer, Sequence[Offer]]


def derive_pathways(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``parts_of_offers``, ``pathways_of_offers`` and ``offers_in_cycles`` from ``offers``."""
    connection.execute((files("qa_toolkit.records") / "pathways.sql").read_text(encoding="utf-8"))
    links = connection.execute("SELECT submission_id, whole, part FROM parts_of_offers ORDER BY ALL").fetchall()
    found = offers_in_cycles(((submission, whole), (submission, part)) for submission, whole, part in links)
    connection.execute("CREATE OR REPLACE TABLE offers_in_cycles (submission_id VARCHAR, record_id VARCHAR)")
    if found:
        columns = [list(column) for column in zip(*sorted(found), strict=True)]
        connection.execute("INSERT INTO offers_in_cycles SELECT unnest(?), unnest(?)", columns)


def offers_in_cycles(links: Iterable[tuple[Offer, Offer]]) -> frozenset[Offer]:
    """The offers that hold themselves again, by whatever way: links lead from a whole to its part.

    Two walks, forwards and backwards (Kosaraju, Sharir): whatever the second one reaches from an offer, and the first
    one had not left behind, goes in a circle with it.
    """
    forwards: dict[Offer, list[Offer]] = defaultdict(list)
    backwards: dict[Offer, list[Offer]] = defaultdict(list)
    of_themselves: set[Offer] = set()
    for whole, part in links:
        forwards[whole].append(part)
        backwards[part].append(whole)
        if whole == part:
            of_themselves.add(whole)
    seen: set[Offer] = set()
    left = [offer for start in forwards for offer in _left_in_order(start, forwards, seen)]
    seen = set()
    circles = (list(_left_in_order(start, backwards, seen)) for start in reversed(left))
    return frozenset(of_themselves.union(*(circle for circle in circles if len(circle) > 1)))


def _left_in_order(start: Offer, links: _Links, seen: set[Offer]) -> Iterator[Offer]:
    """The offers reached from the start and not seen before, each after all that lie behind it."""
    if start in seen:
        return
    seen.add(start)
    way = [(start, iter(links.get(start, ())))]
    while way:
        offer, onwards = way[-1]
        following = next((one for one in onwards if one not in seen), None)
        if following is None:
            way.pop()
            yield offer
        else:
            seen.add(following)
            way.append((following, iter(links.get(following, ()))))
