"""The audit folder: claimed before the work begins, filled with every view of the result."""

from collections.abc import Collection, Sequence
from pathlib import Path

from qa_toolkit.catalogue.selection import split_terms
from qa_toolkit.messages import Messages
from qa_toolkit.problems import AuditError, Problem, ProblemKind, UsageError, meant
from qa_toolkit.report.agency import Agency
from qa_toolkit.report.result_json import FILE_NAME, ResultFileError, read_result
from qa_toolkit.result import AuditResult

PARQUET_FILES = (
    "findings.parquet",
    "patterns.parquet",
    "credential_places.parquet",
    "credential_facts.parquet",
    "offer_facts.parquet",
    "provider_facts.parquet",
    "submission_facts.parquet",
)
RUN_FILES = (FILE_NAME, *PARQUET_FILES, "index.html", "overview.xlsx", "findings.csv")
SUBMISSION_FILES = ("report.html", "report.xlsx")
ANNOTATED_FILES = "annotated-file-*.xls[xm]"

FORMATS = ("html", "xlsx", "csv", "json")
"""What an audit can be written as. ``json`` is always there: every other is a view of it."""
DEFAULT_FORMATS = ("html", "xlsx")


class OutputFolderError(AuditError):
    """The audit cannot be written where it was asked to be."""

    def __init__(self, problem: Problem) -> None:
        super().__init__((problem,))
        self.problem = problem


def claim_folder(folder: Path) -> None:
    """Make the folder and see that an audit can be written there, before any work is done.

    Raises:
        OutputFolderError: it cannot be written, or it holds files that are no audit.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
        held = {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise OutputFolderError(
            Problem(
                ProblemKind.FILE,
                "The output folder cannot be written",
                folder.name,
                error.strerror or str(error),
                "Give another folder with --output-dir, or change the permissions of this one.",
            )
        ) from None
    if held and FILE_NAME not in held:
        raise OutputFolderError(
            Problem(
                ProblemKind.FILE,
                "The output folder holds other files",
                folder.name,
                "An audit is only written into an empty folder or over an earlier audit.",
                "Give a new or empty folder with --output-dir.",
            )
        )


def remove_earlier_audit(folder: Path) -> None:
    """Remove the files of an earlier audit from its folder, and only those: what else lies there is not ours."""
    if not (folder / FILE_NAME).is_file():
        return
    try:
        submissions = [submission.submission_id for submission in read_result(folder).submissions]
    except ResultFileError:
        submissions = []
    for submission_id in submissions:
        own = folder / submission_id
        if own.resolve().parent != folder.resolve():
            continue  # a damaged result must not reach outside its folder
        for name in SUBMISSION_FILES:
            (own / name).unlink(missing_ok=True)
        for copy in own.glob(ANNOTATED_FILES):
            copy.unlink()
        if own.is_dir() and not any(own.iterdir()):
            own.rmdir()
    for name in RUN_FILES:
        (folder / name).unlink(missing_ok=True)


def formats_of(names: str | Sequence[str]) -> frozenset[str]:
    """The formats named, separately or with commas between them.

    Raises:
        UsageError: one is not known; carries every such name.
    """
    wanted = [word.lower() for word in split_terms(names)]
    unknown = [
        Problem(
            ProblemKind.FILE,
            f"There is no format '{name}'",
            "--format",
            f"Formats are {', '.join(FORMATS)}.",
            meant(name, FORMATS, "Name one or several of them, with commas between."),
        )
        for name in dict.fromkeys(wanted)
        if name not in FORMATS
    ]
    if unknown:
        raise UsageError(unknown)
    return frozenset(wanted)


def render(
    result: AuditResult,
    folder: Path,
    messages: Messages,
    templates: Path,
    formats: Collection[str] = DEFAULT_FORMATS,
    agency: Agency | None = None,
) -> tuple[Path, ...]:
    """Write reports of a result into its folder, beside its ``findings.parquet``; the files of the folder, sorted.

    Raises:
        TemplatesError: a template of the user's own asks for something that is not there.
    """
    # matplotlib and openpyxl take a second to import: nobody waits for them who does not write such a report.
    from qa_toolkit.report.findings import Findings

    messages = messages.speaking_of(result.framework.grouped_by)
    with Findings.open(folder / "findings.parquet") as findings:
        if "html" in formats:
            from qa_toolkit.report.html import write_html

            write_html(result, findings, folder, messages, templates, agency)
        if "xlsx" in formats:
            from qa_toolkit.report.excel import write_workbooks

            write_workbooks(result, findings, folder, messages, agency)
        if "csv" in formats:
            from qa_toolkit.report.findings_csv import write_findings_csv

            write_findings_csv(result, findings, folder, messages)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
