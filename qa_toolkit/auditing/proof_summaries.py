"""Counts over what was found of the authenticity and status of credential files, for the audit result."""

from collections import defaultdict
from typing import Any, NamedTuple

import duckdb

from qa_toolkit.privacy import LEARNER_WORDS, names_learner
from qa_toolkit.records.learners import find_learners_named
from qa_toolkit.records.tables import FACTS_OF_AUTHENTICITY

MOST_LISTED = 1_000
"""Credential files of a submission that are listed one by one; the counts are of all."""
MOST_MISSING = 50
"""Addresses that are named as wanted."""
_PLACE = "'file ' || source_file || CASE WHEN source_place <> '' THEN ', ' || source_place ELSE '' END"
_WANTED = {
    "context": "content_reason = 'context_missing'",
    "keys": "content_reason = 'key_not_found'",
    "status_list": "status_reason = 'status_list_missing'",
}
"""Kind of material -> where it was missing; its address is what was seen."""


class ProofSummary(NamedTuple):
    """What was found of the credential files of one submission."""

    answers: dict[str, int]
    expired: int
    facts: list[tuple[str, str, str, int, str]]
    """Fact, answer, reason, files, first place."""
    missing: list[tuple[str, str, int]]
    """Kind, address, files."""
    listed: list[tuple[Any, ...]]
    """Place, proof, suite, answer, reason, the reason of each fact, expired."""


def proof_summaries(connection: duckdb.DuckDBPyConnection) -> dict[str, ProofSummary]:
    """Submission id -> what was found; submissions without credential files are not among them."""
    found: dict[str, ProofSummary] = defaultdict(lambda: ProofSummary({}, 0, [], [], []))
    expired = "coalesce(valid_until < (SELECT as_of FROM run), FALSE)"
    files = "(SELECT * FROM credentials WHERE authenticity_verdict IS NOT NULL)"
    for submission_id, answer, number, past in connection.execute(
        f"SELECT submission_id, authenticity_verdict, count(*), count(*) FILTER (WHERE {expired}) FROM {files}"
        " GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        found[submission_id].answers[answer] = number
        found[submission_id] = found[submission_id]._replace(expired=found[submission_id].expired + past)
    if not found:
        return {}
    for fact in FACTS_OF_AUTHENTICITY:
        for submission_id, *tally in connection.execute(
            f"SELECT submission_id, '{fact}', {fact}_verdict, {fact}_reason, count(*),"
            f" arg_min({_PLACE}, (source_file, record_id)) FROM {files} GROUP BY ALL"
            f" ORDER BY submission_id, count(*) DESC, {fact}_reason"
        ).fetchall():
            found[submission_id].facts.append(tuple(tally))
    reasons = ", ".join(f"{fact}_reason" for fact in FACTS_OF_AUTHENTICITY)
    order = "array_position(['does_not_hold', 'not_checked', 'holds'], authenticity_verdict)"
    for submission_id, *one in connection.execute(
        f"SELECT submission_id, {_PLACE}, proof, proof_suite, authenticity_verdict, authenticity_reason, {reasons},"
        f" {expired} FROM {files} QUALIFY row_number() OVER (PARTITION BY submission_id"
        f" ORDER BY {order}, source_file, record_id) <= {MOST_LISTED}"
        f" ORDER BY submission_id, {order}, source_file, record_id"
    ).fetchall():
        found[submission_id].listed.append(tuple(one))
    _add_missing(connection, found)
    return dict(found)


def _add_missing(connection: duckdb.DuckDBPyConnection, found: dict[str, ProofSummary]) -> None:
    """Addresses that were wanted; one that names a learner of the submission is kept back."""
    wanted = " UNION ALL ".join(
        f"SELECT submission_id, record_id, '{kind}' AS column_name,"
        f" {'content' if kind != 'status_list' else 'status'}_seen AS text FROM credentials WHERE {where}"
        for kind, where in _WANTED.items()
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE material_wanted AS {wanted}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE texts_shown AS SELECT submission_id, column_name, text, count(*) AS records"
        " FROM material_wanted WHERE text IS NOT NULL GROUP BY ALL"
    )
    find_learners_named(connection)
    for submission_id, kind, address, number in connection.execute(
        f"""
        SELECT m.submission_id, m.column_name,
            CASE WHEN t.text IS NOT NULL OR coalesce({names_learner("m.text")}, FALSE) THEN ''
                 ELSE coalesce(m.text, '') END AS address,
            count(*)
        FROM material_wanted AS m
        LEFT JOIN texts_naming_learners AS t USING (submission_id, column_name, text)
        LEFT JOIN (SELECT submission_id, record_id, {LEARNER_WORDS} AS learner_words FROM credentials AS c) AS c
          ON c.submission_id = m.submission_id AND c.record_id = m.record_id
        GROUP BY ALL ORDER BY m.submission_id, count(*) DESC, m.column_name, address
        """
    ).fetchall():
        if len(found[submission_id].missing) < MOST_MISSING:
            found[submission_id].missing.append((kind, address, number))
    connection.execute("DROP TABLE material_wanted; DROP TABLE texts_shown; DROP TABLE texts_naming_learners")
