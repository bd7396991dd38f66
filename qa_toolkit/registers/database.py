"""Extracts into the record database: their rows as tables, and possible matches of names for a person to look at."""

from collections.abc import Iterator, Mapping
from typing import Any

from qa_toolkit.records.register_tables import EVERY_SUBMISSION
from qa_toolkit.records.store import RecordStore
from qa_toolkit.registers.extracts import Registers
from qa_toolkit.registers.similar import possible_matches


def load_into(store: RecordStore, registers: Registers, scope: str = EVERY_SUBMISSION) -> None:
    """Write the rows of every extract into the tables of registers.

    ``scope`` is the one submission they hold for, where they do not hold for all of the run.
    """
    by_table: dict[str, list[dict[str, Any]]] = {}
    for extract in registers.extracts:
        place = {"scope": scope, "kind": extract.kind.id}
        by_table.setdefault("register_extracts", []).append(
            place | {"file": extract.file, "day": extract.day, "stale_after_days": extract.stale_after_days}
        )
        by_table.setdefault(extract.kind.table, []).extend(
            {**place, "line": row.line, **row.values} for row in extract.rows
        )
    for table, rows in by_table.items():
        store.append(table, rows)


def note_possible_matches(store: RecordStore) -> None:
    """Fill ``register_possible_matches``: name and country of an awarding body, and the entry most like it."""
    connection = store.connection
    entries: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for scope, country, organisation, name in connection.execute(
        "SELECT DISTINCT scope, upper(country), organisation_id, name FROM register_organisations"
        " WHERE country IS NOT NULL AND name IS NOT NULL ORDER BY ALL"
    ).fetchall():
        entries.setdefault(scope, {}).setdefault(country, []).append((organisation, name))
    if not entries:
        return
    wanted = connection.execute(
        "SELECT DISTINCT unnest(coalesce(c.country, s.provider_country)) AS country, unnest(c.awarding_body) AS name,"
        " c.submission_id FROM credentials AS c JOIN submissions AS s USING (submission_id)"
        " WHERE c.awarding_body IS NOT NULL"
    ).fetchall()
    store.append("register_possible_matches", _matches(entries, wanted))


def _matches(
    entries: Mapping[str, Mapping[str, list[tuple[str, str]]]], wanted: list[tuple[str, str, str]]
) -> Iterator[dict[str, str]]:
    for scope, known in entries.items():
        pairs = (
            (country, name)
            for country, name, submission in wanted
            if country and scope in (EVERY_SUBMISSION, submission)
        )
        for (country, name), (organisation, entry) in possible_matches(pairs, known).items():
            place = {"scope": scope, "country": country, "name": name}
            yield place | {"organisation_id": organisation, "entry": entry}
