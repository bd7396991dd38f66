"""What happens to the texts of a table before they are records: rows that are none go, every distinct text is read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from qa_toolkit.intake.tables.columns import TemplateColumn
from qa_toolkit.intake.tables.found import Repair
from qa_toolkit.intake.tables.header import Header
from qa_toolkit.intake.tables.mapping import ColumnMapping
from qa_toolkit.intake.tables.named import Named
from qa_toolkit.intake.tables.normalise import KINDS, Context, Kind, split
from qa_toolkit.intake.tables.sql import quoted, trimmed
from qa_toolkit.intake.values import EITHER, MONTH_FIRST, date_order
from qa_toolkit.intake.words import Words, folded
from qa_toolkit.records.store import RecordStore

AMBIGUOUS_DATES = "ambiguous_dates"
_LAST_ROWS = 3
_WORD_END = " :.="


@dataclass(frozen=True)
class Dropped:
    """Rows of a table that are no records: their numbers."""

    sums: tuple[int, ...]
    headers: tuple[int, ...]


def drop_rows_that_are_no_records(
    connection: duckdb.DuckDBPyConnection, header: Header, row: str, words: Words
) -> Dropped:
    """Delete from ``raw`` blank rows, the sum lines at its end and repetitions of its header."""
    listed = ", ".join(f"c{index}" for index in range(header.width))
    connection.execute(f"DELETE FROM raw WHERE coalesce({listed}) IS NULL")
    last = connection.execute(
        f"SELECT {row} AS number, {listed} FROM raw ORDER BY rowid DESC LIMIT {_LAST_ROWS}"
    ).fetchall()
    sums = tuple(sorted(number for number, *cells in last if _is_sum(cells, words)))
    # One heading alone may be a value as well; two or three in one row are a header.
    known = header.columns[:3] if len(header.columns) > 1 else ()
    again = " AND ".join(f"{trimmed(f'c{c.index}')} = {quoted(c.heading)}" for c in known) or "FALSE"
    headers = tuple(
        number for (number,) in connection.execute(f"SELECT {row} FROM raw WHERE {again} ORDER BY 1").fetchall()
    )
    if sums or headers:
        connection.execute(f"DELETE FROM raw WHERE list_contains(?, {row})", [[*sums, *headers]])
    return Dropped(sums, headers)


def normalise_columns(
    store: RecordStore,
    named: Named,
    columns: Mapping[str, TemplateColumn],
    words: Words,
    mapping: ColumnMapping,
) -> list[Repair]:
    """Make a table of values for every column that is more than text: distinct text -> canonical values.

    Returns what was repaired, and dates that could be read in two ways.
    """
    repairs = [Repair("damaged_identifier", name, count) for name, count in named.damaged.items()]
    repairs += [Repair("decimal_identifier", name, count) for name, count in named.repaired.items()]
    for name in named.names:
        kind = KINDS.get(columns[name].kind)
        if kind is None:
            continue
        counts = dict(
            store.connection.execute(
                f"SELECT * FROM (SELECT {name} AS text, count(*) FROM named GROUP BY ALL)"
                f" WHERE {trimmed('text')} <> '' ORDER BY ALL"
            ).fetchall()
        )
        context = Context(words)
        if columns[name].kind == "date":
            order = date_order(counts)
            context = Context(words, month_first=(mapping.dates or order) == MONTH_FIRST)
            if order == EITHER and mapping.dates is None:
                strokes = sum(number for text, number in counts.items() if date_order([text]))
                repairs.append(Repair(AMBIGUOUS_DATES, name, strokes))
        found: dict[str, int] = {}
        rows = _values(counts, kind, columns[name], context, mapping.values.get(name, {}), found)
        fields = {"text": "VARCHAR", "found": "VARCHAR", "plain": "VARCHAR", **kind.fields}
        write_table(store, f"values_{name}", fields, rows)
        repairs += [Repair(key, name, number) for key, number in sorted(found.items())]
    return repairs


def write_table(store: RecordStore, name: str, types: Mapping[str, str], rows: Iterator[Mapping[str, object]]) -> None:
    """Create a table from rows given as mappings."""
    scratch = store.folder / f"{name}.ndjson"
    with scratch.open("w", encoding="utf-8", errors="replace", newline="\n") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    columns = "{" + ", ".join(f"'{column}': '{kind}'" for column, kind in types.items()) + "}"
    try:
        store.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM read_json(?, format='newline_delimited',"
            f" maximum_object_size=67108864, columns={columns})",
            [str(scratch)],
        )
    finally:
        scratch.unlink(missing_ok=True)


def _values(
    counts: Mapping[str, int],
    kind: Kind,
    column: TemplateColumn,
    context: Context,
    translated: Mapping[str, str],
    repaired: dict[str, int],
) -> Iterator[dict[str, object]]:
    """The values of every distinct text, with the text trimmed (``found``) and unless it is a placeholder (``plain``).

    Placeholders have no values, except where 'does not apply' is an answer.
    """
    words = context.words
    element = column.element or column.name
    for text, number in counts.items():
        meant = _translated(text, translated, several=column.several)
        answers = column.kind == "eqf" and words.says_level_does_not_apply(meant)
        held = words.is_placeholder(meant, element)
        if held and not answers:
            yield {"text": text, "found": text.strip()}
            continue
        values = dict(kind.read(meant, context))
        if repair := values.pop("repair", None):
            repaired[str(repair)] = repaired.get(str(repair), 0) + number
        yield {"text": text, "found": text.strip(), **({} if held else {"plain": text.strip()}), **values}


def _translated(text: str, pairs: Mapping[str, str], *, several: bool) -> str:
    """What the provider's mapping says to read instead of a cell, or of each value of a cell with several."""
    if not pairs or folded(text) in pairs or not several:
        return pairs.get(folded(text), text)
    return "\n".join(pairs.get(folded(item), item) for item in split(text))


def _is_sum(cells: list[str | None], words: Words) -> bool:
    """Whether a row is a sum line: it opens with such a word, and most of its cells are blank."""
    stated = [folded(cell) for cell in cells if cell and cell.strip()]
    if not stated or len(stated) > max(3, len(cells) // 2):
        return False
    first = stated[0].strip(_WORD_END)
    return first in words.sums or first.split(" ", 1)[0].strip(_WORD_END) in words.sums
