"""What a finding shows of a record, as SQL; and which of it names a learner, and is hidden.

Learner columns are hidden, every value that holds a word of the record's own learner, and every value that names
another learner of the submission.
"""

from collections.abc import Iterable, Sequence

import duckdb

from qa_toolkit.catalogue.models import Check
from qa_toolkit.privacy import HIDDEN, HIDDEN_NAMES_ANOTHER, HIDDEN_NAMES_LEARNER, names_learner
from qa_toolkit.records.facts import FACT_TABLE, FACTS, SHOWN_ONLY
from qa_toolkit.records.learners import find_learners_named
from qa_toolkit.records.tables import CREDENTIALS, ELEMENTS

LONGEST_VALUE = 200
"""Characters of a value that a finding shows."""
KEY = "credential_id"
"""The provider's own number of an award: a finding shows it beside the place."""
CANONICAL = {column.name: column for column in CREDENTIALS}
_FACTS = {column.name for column in FACTS["credential_facts"]}


def hide_learners(connection: duckdb.DuckDBPyConnection, checks: Iterable[tuple[str, Check]]) -> frozenset[str]:
    """Create ``hidden_cells``: per record the columns (``columns``) whose value names a learner of the submission.

    ``checks`` are those that fail, each with its table. Each distinct value of a column they show is looked at once.

    Returns the columns that have such a value at all: mostly none, and then no finding pays for it.
    """
    values: dict[str, dict[str, str]] = {"credentials": {}, "submissions": {}}
    for table, check in checks:
        if table == "credentials":
            names = [
                name for name in map(_column_of, check.shows) if name in CANONICAL and not CANONICAL[name].personal
            ]
            values[table] |= {name: _canonical_value(name) for name in (KEY, *names)}
        else:
            texts = SHOWN_ONLY.get(FACT_TABLE[table], ())
            values[table] |= {name: f"c.{name}" for name in check.shows if name in texts}
    sources = [
        (name, value, "credentials" if table == "credentials" else FACT_TABLE[table])
        for table, of_table in values.items()
        for name, value in sorted(of_table.items())
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
            record = "record_id" if source == "credentials" else "''"
            connection.execute(
                f"INSERT INTO cells_naming SELECT c.submission_id, {record}, '{name}' FROM {source} AS c"
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

    ``hidden`` is what ``hide_learners`` returned; ``h`` in the statement is ``hidden_cells``.
    """
    if column not in hidden:
        return "FALSE"
    return f"coalesce(list_contains(h.columns, '{column}'), FALSE)"


def shown_columns(check: Check, hidden: frozenset[str]) -> list[str]:
    """SQL for 'column: value' of every column the check shows of a credential; NULL where there is no value."""
    expressions = []
    for name in map(_column_of, check.shows):
        if name in CANONICAL:
            expressions.append(_labelled(name, _canonical_value(name), CANONICAL[name].personal, hidden))
        elif name in _FACTS:
            expressions.append(_labelled(name, f"CAST(facts.{name} AS VARCHAR)", personal=False, hidden=hidden))
    return expressions


def shown_facts(check: Check, table: str, hidden: frozenset[str]) -> list[str]:
    """SQL for 'fact: value' of every fact of a submission the check shows; NULL where there is no value."""
    names = {column.name for column in FACTS[FACT_TABLE[table]]}
    return [
        f"CASE WHEN facts.{name} IS NOT NULL THEN '{name}: ' || CASE WHEN {names_another(name, hidden)}"
        f" THEN '{HIDDEN_NAMES_ANOTHER}' ELSE CAST(facts.{name} AS VARCHAR) END END"
        for name in check.shows
        if name in names
    ]


def origin_columns(check: Check) -> Sequence[str]:
    """Where to point: the columns the check shows, else those of its element."""
    names = [name.removesuffix("_raw") if name.removesuffix("_raw") in CANONICAL else name for name in check.shows]
    element = check.element
    if element:
        names += [name for name in (element, f"{element}_raw", *_ELEMENT_COLUMNS.get(element, ())) if name not in names]
    return [name for name in names if name in CANONICAL]


def _column_of(name: str) -> str:
    return f"{name}_raw" if name in ELEMENTS and name not in CANONICAL else name


def _canonical_value(name: str) -> str:
    """A canonical column as text: lists joined, dates and elements as the data had them."""
    column = CANONICAL[name]
    if f"{name}_raw" in CANONICAL:
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


def _labelled(name: str, value: str, personal: bool, hidden: frozenset[str]) -> str:
    label = name.removesuffix("_raw")
    if personal:
        return f"CASE WHEN ({value}) IS NOT NULL THEN '{label}: {HIDDEN}' END"
    clean = f"trim(regexp_replace({value}, '[[:cntrl:][:space:]]+', ' ', 'g'))"
    return (
        f"CASE WHEN ({value}) IS NULL THEN NULL WHEN {names_learner(value)}"
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
