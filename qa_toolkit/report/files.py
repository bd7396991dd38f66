"""The audit folder: claimed before the work begins, filled with every view of the result."""

from pathlib import Path

from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.report.agency import Agency
from qa_toolkit.report.result_json import FILE_NAME, ResultFileError, read_result
from qa_toolkit.result import AuditResult

PARQUET_FILES = ("findings.parquet", "patterns.parquet", "credential_facts.parquet", "submission_facts.parquet")
RUN_FILES = (FILE_NAME, *PARQUET_FILES, "index.html", "overview.xlsx")
SUBMISSION_FILES = ("report.html", "report.xlsx")
ANNOTATED_FILES = "annotated-file-*.xls[xm]"


class OutputFolderError(OSError):
    """The audit cannot be written where it was asked to be."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
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


def render(
    result: AuditResult, folder: Path, messages: Messages, templates: Path, agency: Agency | None = None
) -> tuple[Path, ...]:
    """Write every report of a result into its folder, beside its ``findings.parquet``; the files, sorted.

    Raises:
        TemplatesError: a template of the user's own asks for something that is not there.
    """
    # matplotlib and openpyxl take a second to import: nobody waits for them who does not write a report.
    from qa_toolkit.report.excel import write_workbooks
    from qa_toolkit.report.findings import Findings
    from qa_toolkit.report.html import write_html

    with Findings.open(folder / "findings.parquet") as findings:
        write_html(result, findings, folder, messages, templates, agency)
        write_workbooks(result, findings, folder, messages)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
