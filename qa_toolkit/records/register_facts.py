"""The facts that registers give: what they are called and what they mean. The SQL lies in ``register_facts.sql``.

All are NULL where no extract was supplied, and where nothing in one could be matched by an identifier.
"""

from importlib.resources import files

import duckdb

from qa_toolkit.records.fact_columns import boolean, count, number
from qa_toolkit.records.tables import Column

VALIDITY = (
    "in_force",
    "appealed",
    "pending",
    "between_decisions",
    "past_six_years",
    "not_begun",
    "withdrawn",
    "ended",
)
"""How the decision behind an award stood on the day it was issued."""

REGISTER_FACTS_OF_CREDENTIALS: tuple[Column, ...] = (
    boolean("decision_is_known", "a supplied register holds a decision on its awarding body, or the one it names"),
    Column("validity_on_issue_date", "VARCHAR", f"how that decision stood: {', '.join(VALIDITY)}; NULL: negative"),
    Column(
        "decision_on_issue_date",
        "VARCHAR",
        "positive, conditional, not_applicable, negative, or negative_in_doubt where something may have changed it",
    ),
    Column("decision_found", "VARCHAR", "that decision in words: number, agency, days, extract"),
    boolean("level_covered_by_decision", "a decision in force on that day covers its EQF level; no limit covers all"),
    boolean("field_covered_by_decision", "a decision in force on that day covers its field, by the first figures"),
    Column("limits_of_decision", "VARCHAR", "the levels and fields that decision is limited to"),
    boolean("body_covered_by_decision", "the decision it names is about its awarding body, or one of its family"),
    Column("awarding_body_in_registers", "VARCHAR", "known by identifier, possible by name, or unknown"),
    Column("register_entry", "VARCHAR", "the entry of the register, name and number"),
    count("days_from_closure_to_issue", "whole days from the closing of the awarding body; negative: it was open"),
    boolean("name_in_force_on_issue_date", "the awarding body had the name it is called by"),
    boolean("national_level_fits_eqf_level", "the national level stated was referenced to the EQF level stated"),
    Column("levels_in_register", "VARCHAR", "what the referencing table says of it"),
)

REGISTER_FACTS_OF_SUBMISSIONS: tuple[Column, ...] = (
    count("awards_under_unmet_conditions", "awards issued after conditions were due and not found to be met"),
    Column("decisions_with_unmet_conditions", "VARCHAR", "the numbers of those decisions, joined by ', '"),
    count("agencies_not_registered", "agencies behind decisions that the list does not hold for the day they decided"),
    Column("agencies_not_found", "VARCHAR", "which agencies, joined by ', '"),
    number("share_of_awards_covered", "awards with a decision in force that covers body, level and field, 0 to 1"),
    count("awards_covered", "how many awards that are"),
    count("stale_registers", "extracts that were too old on the day of the audit"),
    Column("registers_out_of_date", "VARCHAR", "which extracts, joined by ', '"),
)

WORDS_OF_CREDENTIALS = ("decision_found", "limits_of_decision", "register_entry", "levels_in_register")
WORDS_OF_SUBMISSIONS = ("decisions_with_unmet_conditions", "agencies_not_found", "registers_out_of_date")
"""Facts in words of the registers: shown by findings."""


def derive_register_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the facts that registers give, by record and by submission: empty where no extract is there."""
    for name, keys, columns in (
        ("register_credential_facts", "submission_id VARCHAR, record_id VARCHAR", REGISTER_FACTS_OF_CREDENTIALS),
        ("register_submission_facts", "submission_id VARCHAR", REGISTER_FACTS_OF_SUBMISSIONS),
    ):
        listed = ", ".join(f"{column.name} {column.type}" for column in columns)
        connection.execute(f"CREATE OR REPLACE TABLE {name} ({keys}, {listed})")
    if connection.execute("SELECT count(*) FROM register_extracts").fetchall() != [(0,)]:
        connection.execute((files("qa_toolkit.records") / "register_facts.sql").read_text(encoding="utf-8"))
