"""One audit from paths to result and reports: the one place that strings the steps together."""

from qa_toolkit.audit.run import Audit, NothingToAuditError, audit

__all__ = ["Audit", "NothingToAuditError", "audit"]
