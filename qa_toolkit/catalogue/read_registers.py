"""Kinds of register extracts: files of ``registers/`` as models."""

from collections.abc import Mapping
from typing import Any

from qa_toolkit.catalogue.fields import Fields
from qa_toolkit.catalogue.read_checks import Found
from qa_toolkit.problems import meant
from qa_toolkit.records.register_tables import (
    FILLED_BY_EXTRACTS,
    PLACE_OF_ROW,
    REGISTER_TABLES,
    RegisterColumn,
    RegisterKind,
)

_PLACE = {column.name for column in PLACE_OF_ROW}


def read_register_file(fields: Fields, found: Found) -> RegisterKind | None:
    """A kind of extract; None where its id is missing or taken. Mistakes are collected by ``fields``."""
    identifier, table = fields.text("id"), fields.text("table")
    if table and table not in FILLED_BY_EXTRACTS:
        fix = meant(table, FILLED_BY_EXTRACTS, f"Tables are {', '.join(FILLED_BY_EXTRACTS)}.")
        fields.refuse("table", f"There is no table '{table}'", "Facts read tables of registers.", fix)
        table = ""
    known = tuple(column.name for column in REGISTER_TABLES.get(table, ()) if column.name not in _PLACE)
    columns = tuple(_column(item, known) for item in fields.items("columns", required=True))
    own = [column.name for column in columns]
    key = fields.texts("key")
    periods = _periods(fields.plain("periods"))
    if periods is None:
        fields.refuse(
            "periods", "A period is a pair of days", "It has a first and a last one.", "Write [[from, until]]."
        )
    for name in dict.fromkeys([*key, *(name for pair in periods or () for name in pair)]):
        if name not in own:
            fix = meant(name, own, "Name one of the columns.")
            fields.refuse("columns", f"The kind has no column '{name}'", "Its key or a period names it.", fix)
    kind = RegisterKind(
        id=identifier,
        title=fields.text("title"),
        about=fields.text("about"),
        where=fields.text("where"),
        table=table,
        columns=columns,
        key=key,
        periods=periods or (),
        stale_after_days=int(fields.number("stale_after_days", 180.0)),
    )
    fields.finish()
    place = f"register {identifier}"
    if place in found.places:
        why = f"It stands in {found.places[place]} already."
        fields.refuse("id", f"The kind {identifier} is there twice", why, "Give one of them another id.")
        return None
    found.places[place] = fields.place
    return kind if identifier and table else None


def _column(item: Fields, known: tuple[str, ...]) -> RegisterColumn:
    name = item.text("name")
    if known and name and name not in known:
        fix = meant(name, known, f"Columns of the table are {', '.join(known)}.")
        item.refuse("name", f"The table has no column '{name}'", "No fact could read it.", fix)
    words = item.plain_mapping("words") if item.has("words") else None
    column = RegisterColumn(
        name=name,
        what=item.text("what"),
        required=item.flag("required"),
        headings=item.texts("headings"),
        words=_words(words) if words is not None else None,
    )
    item.finish()
    return column


def _words(written: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(str(other) for other in others or ()) for word, others in written.items()}


def _periods(written: Any) -> tuple[tuple[str, str], ...] | None:
    """Pairs of names; None where something else is written."""
    if written is None:
        return ()
    if not isinstance(written, list) or any(not isinstance(pair, list) or len(pair) != 2 for pair in written):
        return None
    return tuple((str(first), str(last)) for first, last in written)
