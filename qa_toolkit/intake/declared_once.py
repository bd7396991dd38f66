"""What is said once holds for every record that does not say it: for a submission, or for the offer an award names.

Source: criteria of the audit, "said once is said". No single-provider spreadsheet repeats its country on every row.
"""

import duckdb

from qa_toolkit.records.tables import OFFER_ELEMENTS

_DECLARED_VALUE = {
    "country": "country = s.country, country_unrecognised = FALSE",
    "awarding_body": "awarding_body = s.awarding_body",
    "quality_assurance": "quality_assurance_types = s.quality_assurance",
    "participation": "participation_modes = s.participation",
}
"""Element -> what is set from a declaration ``s``."""


def apply_declarations(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``credentials`` and ``offers`` from ``submissions``; what is withheld is not missing."""
    for table in ("credentials", "offers"):
        for element, assignment in _DECLARED_VALUE.items():
            connection.execute(
                f"UPDATE {table} SET {assignment}, {element}_strength = 'declared_once', {element}_cause = NULL,"
                f" {element}_raw = array_to_string(s.{element}, ' | ')"
                f" FROM submissions AS s WHERE s.submission_id = {table}.submission_id"
                f" AND len(s.{element}) > 0 AND {table}.{element}_strength IS NULL"
            )
        connection.execute(
            f"UPDATE {table} SET language = coalesce({table}.language, s.language) FROM submissions AS s"
            f" WHERE s.submission_id = {table}.submission_id AND s.language IS NOT NULL"
        )
    connection.execute(
        "UPDATE credentials SET learner_cause = 'withheld' FROM submissions AS s"
        " WHERE s.submission_id = credentials.submission_id AND s.learner_data = 'withheld'"
        " AND credentials.learner_strength IS NULL"
    )
    connection.execute(
        "UPDATE submissions SET"
        " offers_found = (SELECT count(*) FROM offers AS o WHERE o.submission_id = submissions.submission_id),"
        " profile_found = EXISTS (SELECT 1 FROM providers AS p WHERE p.submission_id = submissions.submission_id)"
    )
    absent = ", ".join(
        f"CASE WHEN bool_or({element}_cause IN ('column_absent', 'column_unread')) THEN '{element}' END"
        for element in OFFER_ELEMENTS
    )
    connection.execute(
        f"UPDATE submissions SET offer_columns_absent = nullif(o.absent, []) FROM (SELECT submission_id,"
        f" list_filter([{absent}], lambda element: element IS NOT NULL) AS absent FROM offers GROUP BY ALL) AS o"
        " WHERE o.submission_id = submissions.submission_id"
    )


def apply_offers(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``credentials`` from ``offers``: before ``apply_declarations``, and before submissions are split.

    An award belongs to the offer whose id it names, else to the only offer of its title.
    """
    if connection.execute("SELECT 1 FROM offers LIMIT 1").fetchone() is None:
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE offer_of_award AS"
        " WITH titled AS (SELECT submission_id, lower(trim(title)) AS title, any_value(record_id) AS record_id"
        "  FROM (SELECT submission_id, record_id, unnest(list_distinct(list_concat([title],"
        "  list_transform(coalesce(titles, []), lambda entry: entry.text)))) AS title FROM offers)"
        "  GROUP BY ALL HAVING count(DISTINCT record_id) = 1),"
        " identified AS (SELECT submission_id, offer_id, any_value(record_id) AS record_id FROM offers"
        "  WHERE offer_id IS NOT NULL GROUP BY ALL HAVING count(*) = 1)"
        " SELECT c.submission_id, c.record_id, o.country, o.awarding_body, o.participation_modes AS participation,"
        "  o.quality_assurance_types AS quality_assurance, o.language"
        " FROM credentials AS c LEFT JOIN identified AS i ON i.submission_id = c.submission_id"
        "  AND i.offer_id = c.offer_id LEFT JOIN titled AS t ON t.submission_id = c.submission_id"
        "  AND c.offer_id IS NULL AND t.title = lower(trim(c.title))"
        " JOIN offers AS o ON o.submission_id = c.submission_id AND o.record_id = coalesce(i.record_id, t.record_id)"
    )
    for element, assignment in _DECLARED_VALUE.items():
        connection.execute(
            f"UPDATE credentials SET {assignment}, {element}_strength = 'declared_once', {element}_cause = NULL,"
            f" {element}_raw = array_to_string(s.{element}, ' | ') FROM offer_of_award AS s"
            f" WHERE s.submission_id = credentials.submission_id AND s.record_id = credentials.record_id"
            f" AND len(s.{element}) > 0 AND credentials.{element}_strength IS NULL"
        )
    connection.execute(
        "UPDATE credentials SET language = coalesce(credentials.language, s.language) FROM offer_of_award AS s"
        " WHERE s.submission_id = credentials.submission_id AND s.record_id = credentials.record_id"
    )
    connection.execute("DROP TABLE offer_of_award")
