"""``qa-toolkit audit``: from what a provider hands in to a judged, published report."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from qa_toolkit.cli.exit_codes import ExitCode
from qa_toolkit.cli.options import MappingFile, SplitBy, refuse_missing
from qa_toolkit.cli.output import Steps, say, say_problems
from qa_toolkit.messages import Messages
from qa_toolkit.problems import ProblemKind

DEFAULT_FOLDER = Path("audit-report")
ALSO_SAID = (
    "Columns were not read",
    "A column is there twice",
    "Rows of people who did not pass are no awards",
    "Awards whose result says that they were not passed",
    "A submission was not split",
    "A file was not split",
    "A table was not split",
)
"""Notes that cost nothing but may change the verdict: whoever audits must see them before believing it."""


def audit(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Files, folders or zip archives handed in. A folder with a submission.yaml is one submission.",
            show_default=False,
        ),
    ],
    output_dir: Annotated[
        Path, typer.Option("-o", "--output-dir", metavar="DIR", help="Where to write the reports.")
    ] = DEFAULT_FOLDER,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help="Judge the data as of this day; today if not given.",
            show_default=False,
        ),
    ] = None,
    checks: Annotated[
        Path | None,
        typer.Option(
            "--checks",
            metavar="DIR",
            help="Your own checks: files that replace or join the shipped ones.",
            show_default=False,
        ),
    ] = None,
    mapping: MappingFile = None,
    split_by: SplitBy = None,
    annotated_copies: Annotated[
        bool,
        typer.Option(
            "--annotated-copies",
            help="Beside each report, the provider's own tables with faulty cells coloured and explained."
            " They hold all that was handed in, learners included.",
        ),
    ] = False,
) -> None:
    """Read credentials, check them, score them, and write HTML, Excel and JSON reports.

    Reads tables in the provider's own columns (XLSX, XLSM, XLS, ODS, CSV in any encoding, Parquet; see 'qa-toolkit
    inspect'), the toolkit's template ('qa-toolkit init') and European Digital Credentials (JSON). Exit codes: 0 done,
    2 wrong usage, 3 a file could not be read, 4 nothing to audit, 70 a check broke (please report it), 130 interrupted.
    """
    messages = Messages()
    refuse_missing(paths, messages, mapping=mapping, checks=checks)

    from qa_toolkit.audit import NothingToAuditError
    from qa_toolkit.audit import audit as run_audit
    from qa_toolkit.catalogue.load import CatalogueError
    from qa_toolkit.cli.summary import summary_lines
    from qa_toolkit.intake.tables.mapping import MappingError
    from qa_toolkit.report.files import OutputFolderError

    steps = Steps(messages)
    try:
        finished = run_audit(
            paths,
            output_dir,
            as_of=as_of.date() if as_of else date.today(),
            checks=checks,
            mapping=mapping,
            split_by=split_by,
            annotated_copies=annotated_copies,
            command=_command(paths, as_of, checks, mapping, split_by),
            progress=steps,
        )
    except (CatalogueError, MappingError) as error:
        steps.done()
        say_problems(error.problems, messages, all_of_them=True)
        raise typer.Exit(ExitCode.USAGE) from None
    except OutputFolderError as error:
        steps.done()
        say_problems([error.problem], messages)
        raise typer.Exit(ExitCode.USAGE) from None
    except NothingToAuditError as error:
        steps.done()
        say_problems(error.problems, messages, all_of_them=True)
        say(messages("terminal.nothing_to_audit"))
        raise typer.Exit(ExitCode.NOTHING_TO_AUDIT) from None
    steps.done()
    result = finished.result
    costly = [
        problem
        for problem in (*result.run_problems, *(p for s in result.submissions for p in s.problems))
        if problem.kind != ProblemKind.NOTE or problem.what in ALSO_SAID
    ]
    say_problems(costly, messages)
    for line in summary_lines(finished, messages):
        typer.echo(line)
    for copy in finished.copies:
        for line in copy.told:
            say(f"{copy.path.parent.name}/{copy.path.name}: {line}")
    say_problems(finished.copy_problems, messages, all_of_them=True)
    if result.broken_checks:
        for broken in result.broken_checks:
            say(messages("terminal.broken", check=broken.check_id, reason=broken.reason))
        raise typer.Exit(ExitCode.INTERNAL)
    if finished.incomplete:
        say(messages("terminal.incomplete"))
        raise typer.Exit(ExitCode.INCOMPLETE)


def _command(
    paths: list[Path], as_of: datetime | None, checks: Path | None, mapping: Path | None, split_by: str | None
) -> str:
    """The command for the provenance of the report: options as given, files by their kind, folders by their name."""
    shown = [path.resolve().name if path.is_dir() else f"file{path.suffix.lower()}" for path in paths]
    words = ["qa-toolkit", "audit", *shown]
    if as_of:
        words += ["--as-of", as_of.date().isoformat()]
    if checks:
        words += ["--checks", checks.resolve().name]
    if mapping:
        words += ["--mapping", mapping.name]
    if split_by:
        words += ["--split-by", f'"{split_by}"']
    return " ".join(words)
