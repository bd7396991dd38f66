"""One audit from paths to result and reports: the one place that strings the steps together."""

from qa_toolkit.auditing.finished import Audit
from qa_toolkit.auditing.run import NothingToAuditError, audit

__all__ = ["Audit", "NothingToAuditError", "audit"]
