"""Lists of words by language that facts look for in texts: what promises, what names a degree, what says an ability.

The lists are data: files of ``checks/vocabularies`` with the columns ``language``, ``kind`` and ``text``. A language
that no list covers is silent, not wrong.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

WORD_LISTS = (
    "award_form_words",
    "award_type_words",
    "level_label_words",
    "outcome_words",
    "outdated_framework_words",
    "promise_words",
    "stackability_words",
    "superseded_standards",
)
"""Files of ``checks/vocabularies`` that facts read, without their suffix."""

WORDS_OF = """
CREATE OR REPLACE MACRO words_of(text) AS
    ' ' || trim(regexp_replace(lower(nfc_normalize(text)),
                               '[^0-9a-z\\x{00DF}-\\x{024F}\\x{0370}-\\x{1FFF}]+', ' ', 'g')) || ' '
"""
"""A text as its words, each between blanks: 'Master of Arts' is ' master of arts '."""


def load_word_lists(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    """Create ``listed_words`` (list, language, kind, words); a file of an earlier folder wins over a later one.

    A list that is in none of the folders is empty: its facts say nothing.
    """
    connection.execute(WORDS_OF)
    connection.execute(
        "CREATE OR REPLACE TABLE listed_words (list VARCHAR, language VARCHAR, kind VARCHAR, words VARCHAR)"
    )
    rows = [row for name in WORD_LISTS for row in _rows(folders, name)]
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(
            "INSERT INTO listed_words SELECT DISTINCT list, language, kind, words_of(text) FROM"
            " (SELECT unnest(?) AS list, unnest(?) AS language, unnest(?) AS kind, unnest(?) AS text) ORDER BY ALL",
            columns,
        )


def load_vat_number_formats(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    """Create ``vat_number_formats`` (country, pattern): how VAT numbers are written behind the letters of a country."""
    connection.execute("CREATE OR REPLACE TABLE vat_number_formats (country VARCHAR, pattern VARCHAR)")
    name = "vat_number_formats.csv"
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is not None:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [[row["country"], row["pattern"]] for row in csv.DictReader(file)]
        connection.executemany("INSERT INTO vat_number_formats VALUES (?, ?)", rows)


def _rows(folders: Sequence[Path], name: str) -> Iterator[tuple[str, str, str, str]]:
    path = next((folder / f"{name}.csv" for folder in folders if (folder / f"{name}.csv").is_file()), None)
    if path is not None:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield name, row["language"], row["kind"], row["text"]
