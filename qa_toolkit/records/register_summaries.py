"""What the registers said of the awards of each submission, added up: which decision, how it stood, for how many."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import duckdb


@dataclass(frozen=True)
class RegisterCount:
    """Awards of which a register says the same."""

    about: str
    """decision or organisation."""
    answer: str
    """How the decision stood on the day of issue, or whether the organisation is known."""
    entry: str | None
    """The entry of the register in words."""
    awards: int
    first_issued: date | None
    last_issued: date | None


def register_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[RegisterCount, ...]]:
    """submission id -> what its awards were found to rest on, decisions first; none where nothing was looked up."""
    found: dict[str, list[RegisterCount]] = defaultdict(list)
    for submission_id, *row in connection.execute(
        "SELECT submission_id, about, answer, entry, count(*), min(issued), max(issued) FROM ("
        " SELECT f.*, c.issued, 'decision' AS about,"
        " coalesce(validity_on_issue_date, decision_on_issue_date) AS answer, decision_found AS entry"
        " FROM register_credential_facts AS f JOIN credentials AS c USING (submission_id, record_id)"
        " UNION ALL SELECT f.*, c.issued, 'organisation', awarding_body_in_registers, register_entry"
        " FROM register_credential_facts AS f JOIN credentials AS c USING (submission_id, record_id))"
        " WHERE answer IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        found[submission_id].append(RegisterCount(*row))
    return {submission_id: tuple(counts) for submission_id, counts in found.items()}
