"""The texts of a table under the names of the template: several headings that mean one column become one.

What a spreadsheet did to identifiers is undone here, and what the provider's mapping says of texts is done.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from qa_toolkit.intake.tables.columns import TemplateColumn
from qa_toolkit.intake.tables.header import FoundColumn, Header
from qa_toolkit.intake.tables.mapping import ColumnMapping
from qa_toolkit.intake.tables.sql import quoted, trimmed
from qa_toolkit.intake.words import Words, folded

IDENTIFIERS = ("credential_id", "learner_number", "awarding_body_identifier")
"""Columns whose digits a spreadsheet takes for a number."""
_SCIENTIFIC = "^[0-9][.,]?[0-9]*[eE][+][0-9]+$"
_FLOAT = "^[0-9]+[.,]0$"


@dataclass(frozen=True)
class NotPassed:
    """Rows whose result or grade says failed or withdrawn.

    One without a number and a day of issue is no award. One that has either may be: it is kept, for a person to judge.
    """

    left_out: Mapping[str, int]
    """failed or withdrawn -> rows that are no awards."""
    kept: int = 0
    """Rows that say so and yet have a number or a day of issue."""


@dataclass(frozen=True)
class Named:
    """The view ``named``: a column for each name here, and ``row``."""

    names: Mapping[str, FoundColumn]
    """Name -> the heading it comes from; of several the first."""
    titles: tuple[tuple[str, str], ...]
    """(language, '' where none is said; name of a column in the view) of every title."""
    damaged: Mapping[str, int]
    """Identifiers cut to a power of ten: column -> records."""
    repaired: Mapping[str, int]
    """Identifiers that had become decimal numbers: column -> records."""
    repeating: frozenset[str]
    """Names whose texts repeat, so that it pays to look at each distinct one once."""
    not_claimed: int
    """Rows that say of themselves that they are no micro-credential."""
    not_passed: NotPassed
    """Rows whose result is no pass."""


def create_named_view(
    connection: duckdb.DuckDBPyConnection,
    header: Header,
    columns: Mapping[str, TemplateColumn],
    mapping: ColumnMapping,
    row: str,
    words: Words,
) -> Named:
    """Create the view ``named`` over the table ``raw``.

    Args:
        connection: holds ``raw`` with its columns ``c0`` ….
        header: what the columns mean.
        columns: the columns of the template by name.
        mapping: the provider's own words.
        row: SQL for the number of a row.
        words: the vocabularies.
    """
    found: dict[str, list[FoundColumn]] = defaultdict(list)
    for column in header.columns:
        found[column.target.column].append(column)
    damaged = _count(connection, found, _SCIENTIFIC)
    repaired = _count(connection, found, _FLOAT)
    selected: dict[str, str] = {}
    titles: list[tuple[str, str]] = []
    for name, several in found.items():
        if columns[name].kind == "text":
            texts = [_text(column, name, mapping) for column in several]
        else:
            texts = [f"c{column.index}" for column in several]
        if name == "title" and len(several) > 1:
            for column, text in zip(several, texts, strict=True):
                own = f"title_{column.target.language or 'as_stated'}"
                selected[own] = text
                titles.append((column.target.language, own))
        numbered = any(column.target.number for column in several)
        if len(texts) == 1:
            selected[name] = texts[0]
        elif numbered:
            selected[name] = f"nullif(concat_ws(chr(10), {', '.join(texts)}), '')"
        else:
            selected[name] = f"coalesce({', '.join(_unless_blank(text) for text in texts)})"
    if "title" in found and not titles:
        titles = [(found["title"][0].target.language, "title")]
    _join_names(selected)
    for name in IDENTIFIERS:
        if name in selected and (damaged.get(name) or repaired.get(name)):
            selected[name] = _mended(selected[name])
    claimed = "TRUE"
    if "micro_credential" in selected:
        listed = ", ".join(quoted(word) for word in sorted(text for text, yes in words.yes_no.items() if not yes))
        claim = trimmed(f"coalesce({selected['micro_credential']}, '')")
        claimed = f"lower({claim}) NOT IN ({listed})"
    awarded, not_passed = _awarded(connection, selected, claimed, words)
    _result_as_grade(selected, found)
    listed = ", ".join(f"{text} AS {name}" for name, text in selected.items())
    if damaged.get("credential_id"):
        listed += f", regexp_matches(c{found['credential_id'][0].index}, '{_SCIENTIFIC}') AS credential_id_damaged"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW named AS SELECT {row} AS row, {listed} FROM raw WHERE {claimed} AND {awarded}"
    )
    names = {
        name: found[name][0] if name in found else _first_of_name(found)
        for name in selected
        if name != "micro_credential" and (name in found or name == "learner_name")
    }
    return Named(
        names=names,
        repeating=_repeating(connection, list(names)),
        titles=tuple(titles),
        damaged=damaged,
        repaired=repaired,
        not_claimed=_rows(connection, f"raw WHERE NOT ({claimed})"),
        not_passed=not_passed,
    )  # fmt: skip


def _awarded(
    connection: duckdb.DuckDBPyConnection, selected: Mapping[str, str], claimed: str, words: Words
) -> tuple[str, NotPassed]:
    """SQL for whether a row is an award as far as its result says, and the rows whose result is no pass."""
    says: dict[str, list[str]] = {}
    for name in ("result", "grade"):
        if name not in selected:
            continue
        # Few texts repeat on many rows: each is looked at once, and rows are told by the text as it stands.
        distinct = connection.execute(f"SELECT DISTINCT {selected[name]} AS text FROM raw ORDER BY 1").fetchall()
        by_kind: dict[str, list[str]] = defaultdict(list)
        for (text,) in distinct:
            if text and (kind := words.not_passed.get(folded(text))):
                by_kind[kind].append(quoted(text))
        for kind, texts in by_kind.items():
            says.setdefault(kind, []).append(f"coalesce({selected[name]}, '') IN ({', '.join(texts)})")
    if not says:
        return "TRUE", NotPassed({})
    signs = [_unless_blank(selected[name]) for name in ("credential_id", "issued") if name in selected]
    bare = f"coalesce({', '.join([*signs, 'NULL'])}) IS NULL"
    # A row of two words counts once, as what comes first.
    said = {kind: "(" + " OR ".join(conditions) + ")" for kind, conditions in sorted(says.items())}
    kind = "CASE " + " ".join(f"WHEN {any_of} THEN '{key}'" for key, any_of in said.items()) + " END"
    rows = connection.execute(
        f"SELECT {kind} AS kind, {bare} AS bare, count(*) FROM raw WHERE {claimed} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return (
        f"NOT (({' OR '.join(said.values())}) AND {bare})",
        NotPassed(
            {kind: number for kind, is_bare, number in rows if kind and is_bare},
            sum(number for kind, is_bare, number in rows if kind and not is_bare),
        ),
    )


def _result_as_grade(selected: dict[str, str], found: dict[str, list[FoundColumn]]) -> None:
    """A result is the grade where no other is stated: 'passed' is all that many awards say."""
    result = selected.pop("result", None)
    if result is not None and "grade" not in selected:
        selected["grade"] = result
        found["grade"] = found["result"]


def _text(column: FoundColumn, name: str, mapping: ColumnMapping) -> str:
    """The cell, or what the mapping says to read instead."""
    pairs = mapping.values.get(name)
    if not pairs:
        return f"c{column.index}"
    cases = " ".join(f"WHEN {quoted(cell)} THEN {quoted(value)}" for cell, value in pairs.items())
    return f"CASE {_folded(f'c{column.index}')} {cases} ELSE c{column.index} END"


def _folded(text: str) -> str:
    """SQL: a text as mappings compare it, like ``words.folded``."""
    spaced = f"regexp_replace(lower(nfc_normalize({trimmed(text)})), '[[:space:]]+', ' ', 'g')"
    return f"replace({spaced}, 'ß', 'ss')"


def _unless_blank(text: str) -> str:
    return f"nullif({trimmed(text)}, '')"


def _join_names(selected: dict[str, str]) -> None:
    """A given and a family name are a name; beside only one of them, a column 'Name' holds the other."""
    given, family = selected.pop("learner_given_name", None), selected.pop("learner_family_name", None)
    name = selected.get("learner_name")
    if name and given and family:
        return
    parts = [part for part in (given or (name if family else None), family or (name if given else None)) if part]
    if parts:
        selected["learner_name"] = _unless_blank(f"concat_ws(' ', {', '.join(parts)})")


def _first_of_name(found: Mapping[str, Sequence[FoundColumn]]) -> FoundColumn:
    return next(found[name][0] for name in ("learner_given_name", "learner_family_name") if name in found)


def _count(
    connection: duckdb.DuckDBPyConnection, found: Mapping[str, Sequence[FoundColumn]], pattern: str
) -> dict[str, int]:
    """Identifiers of a shape, by column; columns without any are left out."""
    counts: dict[str, int] = {}
    for name in IDENTIFIERS:
        if name in found:
            cell = f"c{found[name][0].index}"
            row = connection.execute(f"SELECT count(*) FROM raw WHERE regexp_matches({cell}, '{pattern}')").fetchone()
            if row and row[0]:
                counts[name] = int(row[0])
    return counts


def _repeating(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> frozenset[str]:
    """The names whose distinct texts are fewer than a quarter of the rows; in small tables it does not matter."""
    if not names:
        return frozenset()
    counted = ", ".join(f"approx_count_distinct({name})" for name in names)
    total, *distinct = connection.execute(f"SELECT count(*), {counted} FROM named").fetchone() or (0,)
    return frozenset(name for name, number in zip(names, distinct, strict=True) if number < total / 4)


def _mended(text: str) -> str:
    return (
        f"CASE WHEN regexp_matches({text}, '{_SCIENTIFIC}') THEN NULL"
        f" WHEN regexp_matches({text}, '{_FLOAT}') THEN regexp_replace({text}, '[.,]0$', '') ELSE {text} END"
    )


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0
