"""Records handed in twice are counted once: exact repeats, and drafts beside the sealed credential they became.

Different awards under one id stay: that is a check's business.
"""

import duckdb

from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.tables import CREDENTIALS

_PLACE = {"record_id", "source_file", "source_place"}
SHOWN = 5
"""Places named in the note about repeats."""


_HOLDER = (
    "(lower(a.learner_name) = lower(b.learner_name) OR list_has_any(a.learner_identifiers, b.learner_identifiers))"
)
_SAID_ONCE = {
    "country": "country",
    "awarding_body": "awarding_body",
    "participation_modes": "participation",
    "quality_assurance_types": "quality_assurance",
}
"""Columns -> their element: a value that is declared once is not one that both tables state."""
_AGREE = " AND ".join(
    f"(a.{name} IS NULL OR b.{name} IS NULL OR a.{name} = b.{name}"
    + (
        f" OR 'declared_once' IN (a.{_SAID_ONCE[name]}_strength, b.{_SAID_ONCE[name]}_strength))"
        if name in _SAID_ONCE
        else ")"
    )
    for name in (
        *_SAID_ONCE,
        "learner_email",
        "learner_identifiers",
        "learner_birth_date",
        "title",
        "issued",
        "awarded",
        "valid_from",
        "valid_until",
        "activity_start",
        "activity_end",
        "ects",
        "credits",
        "workload_hours",
        "eqf_level",
        "nqf_level",
        "cycle",
        "assessment_types",
        "assessment_date",
        "learning_outcomes",
        "grade_raw",
    )
)


def leave_out_repeats(connection: duckdb.DuckDBPyConnection) -> tuple[Problem, ...]:
    """Remove repeats from ``credentials``, count them in ``submissions``, and say so in a note for each submission."""
    order = "source_file, try_cast(regexp_extract(record_id, '[0-9]+$') AS INTEGER), record_id"
    same = ", ".join(column.name for column in CREDENTIALS if column.name not in _PLACE)
    # Only records that share an id can repeat each other: the wide comparison looks at those alone.
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW sharing AS SELECT * FROM credentials WHERE (submission_id, credential_id) IN"
        " (SELECT (submission_id, credential_id) FROM credentials WHERE credential_id IS NOT NULL"
        " GROUP BY submission_id, credential_id HAVING count(*) > 1)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE repeats AS"
        f" SELECT submission_id, record_id, source_file, source_place FROM sharing"
        f" QUALIFY row_number() OVER (PARTITION BY {same} ORDER BY {order}) > 1"
        f" UNION ALL"
        # Two tables may carry different columns of one award: what both state must be equal, the holder stated.
        f" SELECT b.submission_id, b.record_id, b.source_file, b.source_place FROM sharing AS a JOIN sharing AS b"
        f" USING (submission_id, credential_id) WHERE (a.source_file, coalesce(a.source_sheet, 0))"
        f" < (b.source_file, coalesce(b.source_sheet, 0)) AND a.evidence_form = 'extract'"
        f" AND b.evidence_form = 'extract' AND {_HOLDER} AND {_AGREE}"
        f" UNION ALL"
        # A draft is left out beside the sealed credential of the same id and title: the sealed one wins.
        f" SELECT d.submission_id, d.record_id, d.source_file, d.source_place FROM sharing AS d"
        f" WHERE d.evidence_form = 'draft' AND EXISTS ("
        f" SELECT 1 FROM sharing AS s WHERE s.submission_id = d.submission_id"
        f" AND s.credential_id = d.credential_id AND s.evidence_form = 'document'"
        f" AND s.learner_name IS NOT DISTINCT FROM d.learner_name AND s.title IS NOT DISTINCT FROM d.title)"
        # Of several drafts of one credential, wrapped or not, the first one stays.
        f" UNION ALL SELECT submission_id, record_id, source_file, source_place FROM sharing"
        f" WHERE evidence_form = 'draft' QUALIFY row_number() OVER"
        f" (PARTITION BY submission_id, credential_id, learner_name, title ORDER BY {order}) > 1"
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE repeated AS SELECT DISTINCT * FROM repeats")
    connection.execute(
        "DELETE FROM credentials WHERE (submission_id, record_id) IN (SELECT (submission_id, record_id) FROM repeated)"
    )
    connection.execute(
        "UPDATE submissions SET"
        " repeats_left_out = (SELECT count(*) FROM repeated AS r WHERE r.submission_id = submissions.submission_id),"
        " credentials_found = (SELECT count(*) FROM credentials AS c WHERE c.submission_id = submissions.submission_id)"
    )
    rows = connection.execute(
        f"SELECT submission_id, count(*), list('file ' || source_file || CASE WHEN source_place <> '' THEN"
        f" ', ' || source_place ELSE '' END ORDER BY {order})[1:{SHOWN}] FROM repeated GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return tuple(
        Problem(
            ProblemKind.NOTE,
            "Records were handed in more than once",
            "; ".join(places) + ("; …" if count > SHOWN else ""),
            f"{count} record(s) repeat another one, or are the draft of a sealed credential; each is counted once.",
            "Nothing needs to be done; hand in each award once to keep numbers easy to compare.",
            submission_id=submission_id,
        )
        for submission_id, count, places in rows
    )
