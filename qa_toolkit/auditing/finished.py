"""A finished audit: its result, its findings, its files, and how to write its reports."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from qa_toolkit.auditing.annotated_copies import WrittenCopy
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.report.agency import Agency
from qa_toolkit.report.files import PARQUET_FILES, claim_folder, formats_of, remove_earlier_audit, render
from qa_toolkit.report.findings import Findings
from qa_toolkit.report.result_json import FILE_NAME
from qa_toolkit.resources import shipped_folder
from qa_toolkit.result import AuditResult, Finding


@dataclass(frozen=True)
class Audit:
    """A finished audit.

    Example::

        audit = qa_toolkit.audit("handed-in")
        for finding in audit.findings():
            print(finding.check_id, finding.place, finding.observed)
        audit.write("report", formats=["html", "xlsx"])
    """

    result: AuditResult
    """Everything the reports say, in frozen dataclasses: scores, outcomes, fixes, problems."""
    folder: Path
    """Where ``result.json`` and the Parquet files lie; a private one, gone with this object, if none was given."""
    files: tuple[Path, ...]
    """The files in it, sorted."""
    copies: tuple[WrittenCopy, ...] = ()
    """Annotated copies, where they were asked for."""
    copy_problems: tuple[Problem, ...] = ()
    """Why a file has none."""
    _templates: Path | None = field(default=None, repr=False, compare=False)
    """Templates of one's own that the audit was given: reports written later are made with them as well."""
    _agency: Agency | None = field(default=None, repr=False, compare=False)
    """The agency that the audit was given."""
    _kept: TemporaryDirectory[str] | None = field(default=None, repr=False, compare=False)
    """Keeps a private folder as long as the audit is in use."""

    @property
    def incomplete(self) -> bool:
        """Whether a file handed in could not be read."""
        shown = (*self.result.run_problems, *(p for s in self.result.submissions for p in s.problems))
        return any(problem.kind == ProblemKind.FILE.value for problem in shown)

    @property
    def findings_file(self) -> Path:
        """``findings.parquet``: every record that fails a check, for DuckDB, pandas or polars."""
        return self.folder / "findings.parquet"

    def findings(self, submission_id: str | None = None) -> Iterator[Finding]:
        """Every finding, of one submission or of all, a few in memory at a time; sorted by submission, check, record.

        A finding names its record by its place and holds no learner's data.
        """
        with Findings.open(self.findings_file) as findings:
            yield from findings.every(submission_id)

    def write(self, folder: str | Path, *, formats: str | Sequence[str] = ("html", "xlsx")) -> tuple[Path, ...]:
        """Write the audit into a folder: ``result.json``, the Parquet files, and the reports asked for.

        Reports carry the agency, and are made with the templates, that the audit was given.

        Args:
            folder: made if missing; an earlier audit in it is replaced.
            formats: ``html``, ``xlsx``, ``csv`` (every finding in one table), ``json`` (no report beside the result).

        Returns:
            The files of the folder, sorted.

        Raises:
            UsageError: a format is not known.
            OutputFolderError: the folder cannot be written, or holds something else than an audit.
            TemplatesError: a template of the user's own asks for something that is not there.
        """
        target, wanted = Path(folder), formats_of(formats)
        claim_folder(target)
        if target.resolve() != self.folder.resolve():
            remove_earlier_audit(target)
            for name in (FILE_NAME, *PARQUET_FILES):
                shutil.copyfile(self.folder / name, target / name)
        messages = Messages(self.result.stamp.locale)
        templates = self._templates or shipped_folder("report_templates")
        return render(self.result, target, messages, templates, wanted, self._agency)
