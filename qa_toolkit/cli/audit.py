"""``qa-toolkit audit``: from what a provider hands in to a judged, published report."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from qa_toolkit.cli.exit_codes import ExitCode
from qa_toolkit.cli.output import Steps, say, say_problems
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind

DEFAULT_FOLDER = Path("audit-report")


def audit(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Files or folders handed in. A folder with a submission.yaml or a filled template is one submission.",
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
) -> None:
    """Read credentials, check them, score them, and write HTML, Excel and JSON reports.

    Reads the toolkit's own template (XLSX, or UTF-8 CSV with a submission.yaml) and European Digital Credentials
    (JSON, sealed or not). Exit codes: 0 done, 2 wrong usage, 3 a file could not be read, 4 nothing to audit,
    70 a check broke (please report it), 130 interrupted.
    """
    messages = Messages()
    missing = [path for path in paths if not path.exists()]
    unusable = [checks] if checks is not None and not checks.is_dir() else []
    if missing or unusable:
        say_problems(
            [
                *(
                    _problem(path, "There is no such file or folder", "Check the spelling of the path.")
                    for path in missing
                ),
                *(
                    _problem(path, "There is no such folder of checks", "Give a folder with --checks.")
                    for path in unusable
                ),
            ],
            messages,
            all_of_them=True,
        )
        raise typer.Exit(ExitCode.USAGE)

    from qa_toolkit.audit import NothingToAuditError
    from qa_toolkit.audit import audit as run_audit
    from qa_toolkit.catalogue.load import CatalogueError
    from qa_toolkit.cli.summary import summary_lines
    from qa_toolkit.report.files import OutputFolderError

    steps = Steps(messages)
    try:
        finished = run_audit(
            paths,
            output_dir,
            as_of=as_of.date() if as_of else date.today(),
            checks=checks,
            command=_command(paths, as_of, checks),
            progress=steps,
        )
    except CatalogueError as error:
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
        if problem.kind != ProblemKind.NOTE
    ]
    say_problems(costly, messages)
    for line in summary_lines(finished, messages):
        typer.echo(line)
    if result.broken_checks:
        for broken in result.broken_checks:
            say(messages("terminal.broken", check=broken.check_id, reason=broken.reason))
        raise typer.Exit(ExitCode.INTERNAL)
    if finished.incomplete:
        say(messages("terminal.incomplete"))
        raise typer.Exit(ExitCode.INCOMPLETE)


def _problem(path: Path, what: str, fix: str) -> Problem:
    return Problem(ProblemKind.FILE, what, str(path), "Nothing was found at this path.", fix)


def _command(paths: list[Path], as_of: datetime | None, checks: Path | None) -> str:
    """The command for the provenance of the report: options as given, files by their kind, folders by their name."""
    shown = [path.resolve().name if path.is_dir() else f"file{path.suffix.lower()}" for path in paths]
    words = ["qa-toolkit", "audit", *shown]
    if as_of:
        words += ["--as-of", as_of.date().isoformat()]
    if checks:
        words += ["--checks", checks.resolve().name]
    return " ".join(words)
