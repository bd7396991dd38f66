"""``qa-toolkit checks``: what is checked, in words; the lint of check files; export as plain Great Expectations."""

import textwrap
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from qa_toolkit.cli.catalogue import load_or_exit
from qa_toolkit.cli.exit_codes import ExitCode
from qa_toolkit.cli.output import say, say_problems
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages

app = typer.Typer(help="List, explain, lint and export the checks.", no_args_is_help=True, rich_markup_mode=None)

ChecksFolder = Annotated[
    Path | None,
    typer.Option("--checks", metavar="DIR", help="Your own checks, laid over the shipped ones.", show_default=False),
]


@app.command("list", cls=PlainCommand)
def list_checks(checks: ChecksFolder = None) -> None:
    """List every check: id, role, severity, title, by principle."""
    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    principle = ""
    for check in sorted(catalogue.checks.values(), key=_by_principle):
        if check.principle != principle:
            principle = check.principle
            typer.echo(f"{messages(f'principle.{principle}')}")
        case = check.cases[0]
        severity = messages(f"severity.{case.severity.value if case.severity else 'info'}")
        typer.echo(f"  {check.id:<7} {messages(f'role.{case.role.value}'):<15} {severity:<9} {check.title}")


@app.command("show", cls=PlainCommand)
def show_check(
    check_id: Annotated[str, typer.Argument(metavar="ID", help="For example SIZ-02.", show_default=False)],
    checks: ChecksFolder = None,
) -> None:
    """Explain one check: what it expects, why, how to fix what it finds, and where the rule comes from."""
    from qa_toolkit.scoring.as_used import expected

    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    check = catalogue.checks.get(check_id.upper())
    if check is None:
        close = get_close_matches(check_id.upper(), catalogue.checks, n=1, cutoff=0.5)
        say(messages("terminal.unknown_check", check=check_id, close=close[0] if close else "EL-01"))
        raise typer.Exit(ExitCode.USAGE)
    typer.echo(f"{check.id}  {check.title}")
    for case in check.cases:
        severity = messages(f"severity.{case.severity.value if case.severity else 'info'}")
        typer.echo(_paragraph(f"{messages(f'role.{case.role.value}')}, {severity}: {case.failed}"))
    for label, text in (
        (messages("terminal.expected"), expected(check)),
        (messages("terminal.why"), check.why),
        (messages("terminal.fix"), check.fix),
    ):
        typer.echo(f"\n{label}:\n{_paragraph(text)}")
    if check.requires:
        typer.echo("\n" + messages("terminal.requires", checks=", ".join(check.requires)))
    typer.echo("\n" + messages("terminal.sources"))
    for source in check.sources:
        typer.echo(_paragraph(", ".join(part for part in (source.ref, source.place, source.tag.value) if part)))


@app.command("lint", cls=PlainCommand)
def lint_checks(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Your own checks, laid over the shipped ones.", show_default=False),
    ] = None,
) -> None:
    """Look for mistakes in check files and run every example of every check through the engine."""
    from qa_toolkit.catalogue.lint import lint
    from qa_toolkit.engine.examples import run_examples

    messages = Messages()
    if folder is not None and not folder.is_dir():
        say(messages("terminal.no_folder", folder=str(folder)))
        raise typer.Exit(ExitCode.USAGE)
    catalogue = load_or_exit(folder, messages)
    problems = lint(catalogue)
    if not problems:
        problems = tuple(run_examples(tuple(catalogue.checks.values())))
    if problems:
        say_problems(problems, messages, all_of_them=True)
        raise typer.Exit(ExitCode.USAGE)
    examples = sum(
        len(c.examples.passing) + len(c.examples.failing) + len(c.examples.silent) for c in catalogue.checks.values()
    )
    typer.echo(messages("terminal.lint_clean", n=len(catalogue.checks), examples=examples))


@app.command("export", cls=PlainCommand)
def export_checks(
    output_dir: Annotated[
        Path, typer.Option("-o", "--output-dir", metavar="DIR", help="Where to write the suites.")
    ] = Path("suites"),
    with_result: Annotated[
        Path | None,
        typer.Option(
            "--with", metavar="RESULT", help="An audit folder: its records with facts go along.", show_default=False
        ),
    ] = None,
    checks: ChecksFolder = None,
) -> None:
    """Write the checks as plain Great Expectations suites, with a script that runs them without this toolkit."""
    from qa_toolkit.engine.export import export_suites

    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    if with_result is not None:
        folder = with_result if with_result.is_dir() else with_result.parent
        if not (folder / "credential_facts.parquet").is_file():
            say(messages("terminal.no_facts", folder=folder.name))
            raise typer.Exit(ExitCode.USAGE)
        with_result = folder
    try:
        files = export_suites(tuple(catalogue.checks.values()), output_dir, with_result)
    except OSError as error:
        say(messages("terminal.cannot_write", folder=output_dir.name, reason=error.strerror or ""))
        raise typer.Exit(ExitCode.USAGE) from None
    typer.echo(messages("terminal.files", folder=output_dir.as_posix(), n=len(files)))


def _by_principle(check: object) -> tuple[int, str]:
    from qa_toolkit.catalogue.models import HAND_IN, PRINCIPLES, Check

    assert isinstance(check, Check)
    return (len(PRINCIPLES) if check.principle == HAND_IN else PRINCIPLES.index(check.principle), check.id)


def _paragraph(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), 80, initial_indent="  ", subsequent_indent="  ")
