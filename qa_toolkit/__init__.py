"""Audit batches of micro-credential data against published frameworks, with reports that can be defended.

The Python interface, explained in ``docs/python.md``::

    import qa_toolkit

    audit = qa_toolkit.audit("handed-in", as_of=date(2026, 9, 30))
    for principle in audit.result.submissions[0].before.principles:
        print(principle.key, principle.score, principle.coverage)

Importing the package imports nothing else of it: what is named here is loaded when it is first used.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa_toolkit.auditing.finished import Audit
    from qa_toolkit.auditing.run import NothingToAuditError, audit
    from qa_toolkit.authenticity.material import MaterialError
    from qa_toolkit.catalogue.load import CatalogueError
    from qa_toolkit.catalogue.models import Adoption
    from qa_toolkit.intake.split import SplitColumnError
    from qa_toolkit.intake.tables.mapping import MappingError
    from qa_toolkit.judgement.judgements import JudgementsError
    from qa_toolkit.judgement.waivers import WaiversError
    from qa_toolkit.problems import AuditError, Problem, UsageError
    from qa_toolkit.registers.mistakes import RegistersError
    from qa_toolkit.report.agency import Agency, AgencyError
    from qa_toolkit.report.files import OutputFolderError
    from qa_toolkit.report.result_json import ResultFileError, read_result
    from qa_toolkit.report.templates import TemplatesError
    from qa_toolkit.result import AuditResult, Finding

# openpyxl writes other bytes where lxml happens to be installed: a workbook must not depend on that.
os.environ.setdefault("OPENPYXL_LXML", "False")

__version__ = "0.1.0"

__all__ = [
    "Adoption",
    "Agency",
    "AgencyError",
    "Audit",
    "AuditError",
    "AuditResult",
    "CatalogueError",
    "Finding",
    "JudgementsError",
    "MappingError",
    "MaterialError",
    "NothingToAuditError",
    "OutputFolderError",
    "Problem",
    "RegistersError",
    "ResultFileError",
    "SplitColumnError",
    "TemplatesError",
    "UsageError",
    "WaiversError",
    "__version__",
    "audit",
    "read_result",
]

_HOME = {
    "Agency": "report.agency",
    "AgencyError": "report.agency",
    "Adoption": "catalogue.models",
    "Audit": "auditing.finished",
    "AuditError": "problems",
    "AuditResult": "result",
    "CatalogueError": "catalogue.load",
    "Finding": "result",
    "JudgementsError": "judgement.judgements",
    "MappingError": "intake.tables.mapping",
    "MaterialError": "authenticity.material",
    "NothingToAuditError": "auditing.run",
    "OutputFolderError": "report.files",
    "Problem": "problems",
    "RegistersError": "registers.mistakes",
    "ResultFileError": "report.result_json",
    "SplitColumnError": "intake.split",
    "TemplatesError": "report.templates",
    "UsageError": "problems",
    "WaiversError": "judgement.waivers",
    "audit": "auditing.run",
    "read_result": "report.result_json",
}
"""Name -> the module that holds it."""


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'qa_toolkit' has no attribute {name!r}")
    return getattr(import_module(f"qa_toolkit.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
