"""What a finding shows of a record, as SQL; and which of it names a learner, and is hidden.

Learner columns are hidden, every value that holds a word of the record's own learner, and every value that names
another learner of the submission.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import duckdb

from qa_toolkit.catalogue.models import Check
from qa_toolkit.privacy import HIDDEN, HIDDEN_NAMES_ANOTHER, HIDDEN_NAMES_LEARNER, names_learner
from qa_toolkit.records.facts import FACT_TABLE, FACTS, SHOWN_ONLY
from qa_toolkit.records.learners import find_learners_named
from qa_toolkit.records.tables import ELEMENTS, TABLES, Column

LONGEST_VALUE = 200
"""Characters of a value that a finding shows."""
KEY = "credential_id"
"""The provider's own number of an award: a finding shows it beside the place."""
KEYS = {"credentials": KEY, "offers": "offer_id"}
"""Table -> the provider's own number of a record."""
_CANONICAL = {table: {column.name: column for column in columns} for table, columns in TABLES.items()}
_PLACE = ("source_file", "source_sheet", "source_place")
_LEARNER = ("learner_name", "learner_email", "learner_key", "learner_birth_date", "learner_birth_date_raw",
            "learner_identifiers")  # fmt: skip


def is_placed(table: str) -> bool:
    """Whether records of a table stand somewhere in a file: findings show their columns beside their facts."""
    return "source_place" in _CANONICAL[table]


def canonical(table: str) -> Mapping[str, Column]:
    """The columns a finding of a table may show as handed in, by name."""
    return _CANONICAL[table] if is_placed(table) else {}


def hide_learners(connection: duckdb.DuckDBPyConnection, checks: Iterable[tuple[str, Check]]) -> frozenset[str]:
    """Create ``hidden_cells``: per record the columns (``columns``) whose value names a learner of the submission.

    ``checks`` are those that fail, each with its table. Each distinct value of a column they show is looked at once.

    Returns the columns that have such a value at all: mostly none, and then no finding pays for it.
    """
    values: dict[tuple[str, str], str] = {}
    for table, check in checks:
        known, texts = canonical(table), SHOWN_ONLY.get(FACT_TABLE[table], ())
        if key := KEYS.get(table):
            values[table, key] = _canonical_value(known, key)
        for name in map(_column_of(known), check.shows):
            if name in known and not known[name].personal:
                values[table, name] = _canonical_value(known, name)
            elif name in texts and not known:
                values[table, name] = f"c.{name}"
    sources = [
        (name, value, table if is_placed(table) else FACT_TABLE[table])
        for (table, name), value in sorted(values.items())
    ]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE texts_shown (submission_id VARCHAR, column_name VARCHAR, text VARCHAR,"
        " records BIGINT);"
        "CREATE OR REPLACE TEMP TABLE cells_naming (submission_id VARCHAR, record_id VARCHAR, column_name VARCHAR)"
    )
    for name, value, source in sources:
        connection.execute(
            f"INSERT INTO texts_shown SELECT submission_id, '{name}', {value} AS text, count(*) FROM {source} AS c"
            f" WHERE ({value}) IS NOT NULL GROUP BY ALL"
        )
    find_learners_named(connection)
    naming = {row[0] for row in connection.execute("SELECT column_name FROM texts_naming_learners").fetchall()}
    for name, value, source in sources:
        if name in naming:
            connection.execute(
                f"INSERT INTO cells_naming SELECT c.submission_id, c.record_id, '{name}' FROM {source} AS c"
                f" JOIN texts_naming_learners AS t ON t.submission_id = c.submission_id AND t.column_name = '{name}'"
                f" AND t.text = {value}"
            )
    connection.execute(
        "CREATE OR REPLACE TABLE hidden_cells AS SELECT submission_id, record_id, list(column_name) AS columns"
        " FROM cells_naming GROUP BY ALL;"
        "DROP TABLE texts_shown; DROP TABLE texts_naming_learners; DROP TABLE cells_naming"
    )
    return frozenset(naming)


def names_another(column: str, hidden: frozenset[str]) -> str:
    """SQL: whether the record's value of a column names a learner of the submission.

    ``hidden`` is what ``hide_learners`` returned; ``c`` in the statement has ``hidden_columns``.
    """
    if column not in hidden:
        return "FALSE"
    return f"coalesce(list_contains(c.hidden_columns, '{column}'), FALSE)"


def names_shown(table: str, checks: Iterable[Check]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the findings of a table need of its records: canonical columns, and facts beside them."""
    known = canonical(table)
    facts = {column.name for column in FACTS[FACT_TABLE[table]]}
    shown = [name for check in checks for name in map(_column_of(known), check.shows)]
    columns = [*_PLACE, KEYS.get(table, ""), *_LEARNER, *(each for name in shown for each in (name, f"{name}_raw"))]
    derived = [name for name in shown if name in facts and name not in known]
    return tuple(dict.fromkeys(name for name in columns if name in known)), tuple(dict.fromkeys(derived))


def shown_expressions(table: str, check: Check, hidden: frozenset[str]) -> list[str]:
    """SQL for 'name: value' of everything the check shows of a record ``c``; NULL where there is no value."""
    known = canonical(table)
    facts = {column.name for column in FACTS[FACT_TABLE[table]]}
    of_learner = "learner_name" in known
    expressions = []
    for name in map(_column_of(known), check.shows):
        if name in known:
            value = _canonical_value(known, name)
            expressions.append(_labelled(name, value, known[name].personal, hidden, of_learner))
        elif name in facts and known:
            expressions.append(_labelled(name, f"CAST(c.{name} AS VARCHAR)", False, hidden, of_learner))
        elif name in facts:
            expressions.append(
                f"CASE WHEN c.{name} IS NOT NULL THEN '{name}: ' || CASE WHEN {names_another(name, hidden)}"
                f" THEN '{HIDDEN_NAMES_ANOTHER}' ELSE CAST(c.{name} AS VARCHAR) END END"
            )
    return expressions


def origin_columns(table: str, check: Check) -> Sequence[str]:
    """Where to point: the columns the check shows, else those of its element."""
    known = canonical(table)
    names = [name.removesuffix("_raw") if name.removesuffix("_raw") in known else name for name in check.shows]
    element = check.element
    if element:
        names += [name for name in (element, f"{element}_raw", *_ELEMENT_COLUMNS.get(element, ())) if name not in names]
    return [name for name in names if name in known]


def _column_of(known: Mapping[str, Column]) -> Callable[[str], str]:
    """From what a check shows to a column: an element without a column of its own is its text as found."""
    return lambda name: f"{name}_raw" if name in ELEMENTS and name not in known else name


def _canonical_value(known: Mapping[str, Column], name: str) -> str:
    """A canonical column as text: lists joined, dates and elements as the data had them."""
    column = known[name]
    if f"{name}_raw" in known:
        if column.type.startswith("STRUCT") or column.type.endswith("[]"):
            return f"coalesce(c.{name}_raw, array_to_string(c.{name}, ' | '))"
        return f"coalesce(c.{name}_raw, CAST(c.{name} AS VARCHAR))"
    if column.type.startswith("STRUCT"):
        return f"array_to_string(list_transform(c.{name}, lambda entry: entry.text), ' | ')"
    if column.type.endswith("[]"):
        return f"array_to_string(c.{name}, ' | ')"
    if column.type == "DOUBLE":
        return f"regexp_replace(CAST(c.{name} AS VARCHAR), '\\.0$', '')"
    return f"CAST(c.{name} AS VARCHAR)"


def _labelled(name: str, value: str, personal: bool, hidden: frozenset[str], of_learner: bool) -> str:
    label = name.removesuffix("_raw")
    if personal:
        return f"CASE WHEN ({value}) IS NOT NULL THEN '{label}: {HIDDEN}' END"
    clean = f"trim(regexp_replace({value}, '[[:cntrl:][:space:]]+', ' ', 'g'))"
    return (
        f"CASE WHEN ({value}) IS NULL THEN NULL WHEN {names_learner(value) if of_learner else 'FALSE'}"
        f" THEN '{label}: {HIDDEN_NAMES_LEARNER}' WHEN {names_another(name, hidden)}"
        f" THEN '{label}: {HIDDEN_NAMES_ANOTHER}'"
        f" ELSE '{label}: ' || CASE WHEN length({clean}) > {LONGEST_VALUE}"
        f" THEN left({clean}, {LONGEST_VALUE - 1}) || '…' ELSE {clean} END END"
    )


_ELEMENT_COLUMNS: dict[str, tuple[str, ...]] = {
    "learner": ("learner_name", "learner_identifiers", "learner_birth_date"),
    "workload": ("ects", "workload_hours", "credits", "durations"),
    "level": ("eqf_level", "eqf_raw", "nqf_level", "cycle"),
    "assessment_type": ("assessment_types", "assessment_texts"),
    "participation": ("participation_modes",),
    "quality_assurance": ("quality_assurance_types",),
    "issued": ("issued", "issued_raw"),
}
