"""Where the values of a table come from: a finding points at the cell it speaks of."""

from collections.abc import Iterator, Mapping

import duckdb

from qa_toolkit.intake.reader import HandedInFile
from qa_toolkit.intake.tables.columns import column_letter
from qa_toolkit.intake.tables.header import FoundColumn
from qa_toolkit.intake.tables.named import Named
from qa_toolkit.intake.tables.sql import quoted

OPTIONAL_TEXTS = ("prerequisites", "supervision", "grade", "stackability", "further_information")
WORKLOAD_COLUMNS = ("workload_hours", "workload", "ects", "credits")
"""Columns of one element: a record may state it in several, and be at fault in one."""


def origin_rows(file: HandedInFile, sheet: int, named: Named, *, letters: bool) -> Iterator[dict[str, object]]:
    """Where each canonical column of a table comes from: a letter in a sheet, a heading in a CSV."""
    for name, column in named.names.items():
        for target in TARGETS.get(name, (name,)):
            yield {
                "submission_id": file.submission_id,
                "source_file": file.number,
                "source_sheet": sheet,
                "column_name": target,
                "origin": origin_of(column, letters=letters),
            }


def insert_workload_origins(
    connection: duckdb.DuckDBPyConnection, file: HandedInFile, sheet: int, record: str, named: Named, *, letters: bool
) -> None:
    """For each record that states its workload in several columns, which of them cannot be read, or is no size.

    Args:
        connection: holds the view ``named`` and the tables of values.
        file: the table's file.
        sheet: number of the sheet; 0 where there are none.
        record: what stands before the row number in a record's id.
        named: the names the view has.
        letters: whether a column is named by its letter.
    """
    names = [name for name in WORKLOAD_COLUMNS if name in named.names]
    if len(names) < 2:
        return
    worse = "FALSE"
    joined = " ".join(f"LEFT JOIN values_{name} AS v_{name} ON v_{name}.text = r.{name}" for name in names)
    for field, fault in _WORKLOAD_FAULTS.items():
        at_fault = [name for name in names if _holds(connection, f"values_{name}", fault.format("v"))]
        if not at_fault:
            continue
        faults = {name: fault.format(f"v_{name}") for name in at_fault}
        origin = _first({faults[name]: origin_of(named.names[name], letters=letters) for name in at_fault})
        target = _first({faults[name]: field or _FIGURE_OF[name] for name in at_fault})
        connection.execute(
            f"INSERT INTO origins BY NAME SELECT ? AS submission_id, ? AS source_file, ? AS source_sheet,"
            f" ? || r.row AS record_id, {target} AS column_name, {origin} AS origin FROM named AS r {joined}"
            f" WHERE ({' OR '.join(faults.values())}) AND NOT ({worse})",
            [file.submission_id, file.number, sheet, record],
        )
        worse = " OR ".join([worse, *faults.values()])


def _holds(connection: duckdb.DuckDBPyConnection, table: str, condition: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {table} AS v WHERE {condition} LIMIT 1").fetchone() is not None


def _first(texts: Mapping[str, str]) -> str:
    """SQL: the text of the first condition that holds."""
    return "CASE " + " ".join(f"WHEN {condition} THEN {quoted(text)}" for condition, text in texts.items()) + " END"


def origin_of(column: FoundColumn, *, letters: bool) -> str:
    """A column by its letter, or by its heading as it may be shown."""
    return column_letter(column.index) if letters else _shown_heading(column)


def _shown_heading(column: FoundColumn) -> str:
    """A heading as it stands where every word of it is known, else the name of the column it means."""
    return " ".join(column.heading.split()) if column.plain and not column.mapped else column.target.column


_WORKLOAD_FAULTS = {
    "workload_unreadable": "{0}.unreadable IS NOT NULL",
    "workload_other_units": "{0}.other_unit IS NOT NULL",
    "": "coalesce(coalesce({0}.figure, {0}.hours, {0}.ects, {0}.credits) <= 0, FALSE)",
}
"""Canonical column that tells of the fault, '' for the figure itself -> SQL of it; the worst first, which counts."""
_FIGURE_OF = {"workload_hours": "workload_hours", "workload": "durations", "ects": "ects", "credits": "credits"}
TARGETS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "titles", "title_raw"),
    "learner_number": ("learner_identifiers",),
    "country": ("country", "country_raw"),
    "awarding_body": ("awarding_body", "awarding_body_raw"),
    "awarding_body_identifier": ("awarding_body_identifiers",),
    "issued": ("issued", "issued_raw"),
    "learning_outcomes": ("learning_outcomes", "learning_outcomes_raw"),
    "workload": ("durations", "workload_raw"),
    "workload_parts": ("workload_part_hours",),
    "skill_links": ("skills",),
    "assessment_mode": ("assessment_modes",),
    "quality_assurance_body": ("quality_assurance_bodies",),
    "quality_assurance_reference": ("quality_assurance_references",),
    "language": ("language", "languages_unrecognised"),
    "eqf_level": ("eqf_level", "eqf_raw", "level_raw"),
    "assessment_type": ("assessment_types", "assessment_texts", "assessment_type_raw", "assessment_reading"),
    "participation": ("participation_modes", "participation_raw"),
    "quality_assurance": ("quality_assurance_types", "quality_assurance_raw"),
    **{name: (f"{name}_raw",) for name in OPTIONAL_TEXTS},
}
"""Template column -> the canonical columns it fills; itself where it is not named."""
