"""An audit to review: small, invented, with faults, questions and a proposed knock-out criterion."""

from pathlib import Path

from qa_toolkit.auditing import audit
from tests.conftest import AS_OF
from tests.submissions import credential, write_submission

ROWS = [
    credential(1, learning_outcomes=""),
    credential(2, ects="60", workload_hours="130"),
    *(credential(number) for number in range(3, 13)),
]
"""One of twelve without outcomes: a cap that rests on a single record, and is proposed only."""
SUBMISSION = "hochschule"


def reviewed_audit(base: Path) -> Path:
    """The folder of the audit."""
    handed = write_submission(base / "in" / SUBMISSION, ROWS)
    audit([handed], base / "audit", as_of=AS_OF, formats="json")
    return base / "audit"
