"""``qa-toolkit frameworks``: the frameworks, who can look at how much of them, their mistakes and differences."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_toolkit.cli.catalogue import load_or_exit
from qa_toolkit.cli.output import refuse, refuse_one
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages
from qa_toolkit.problems import meant

if TYPE_CHECKING:
    from qa_toolkit.catalogue.models import Catalogue, Framework

app = typer.Typer(help="Show, compare and lint the frameworks.", rich_markup_mode=None)

DEFAULT = "eu-2022"


def complete_framework() -> tuple[str, ...]:
    """Ids of the shipped frameworks, for the shell; nothing where they cannot be read."""
    from qa_toolkit.catalogue.load import load_catalogue
    from qa_toolkit.problems import AuditError
    from qa_toolkit.resources import shipped_folder

    try:
        return tuple(load_catalogue(shipped_folder("checks")).frameworks)
    except (AuditError, FileNotFoundError):
        return ()


ChecksFolder = Annotated[
    Path | None,
    typer.Option("--checks", metavar="DIR", help="Your own checks, laid over the shipped ones.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]
FrameworkId = Annotated[str, typer.Argument(metavar="[ID]", help="A framework.", autocompletion=complete_framework)]
First = Annotated[
    str,
    typer.Argument(metavar="ID", help="A framework.", show_default=False, autocompletion=complete_framework),
]


@app.callback(invoke_without_command=True)
def frameworks(context: typer.Context) -> None:
    """Show, compare and lint the frameworks."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("list", cls=PlainCommand, short_help="List the frameworks, and who agreed them.")
def list_frameworks(as_json: AsJson = False, checks: ChecksFolder = None) -> None:
    """List the frameworks with the register of agreed standards: who agreed and who adopted each, since when."""
    from qa_toolkit.cli.frameworks_lines import list_json, list_lines

    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    if as_json:
        _print_json(list_json(catalogue))
        return
    for line in list_lines(catalogue, messages):
        typer.echo(line)


@app.command("show", cls=PlainCommand, short_help="Show principles and criteria of a framework.")
def show_framework(framework_id: FrameworkId = DEFAULT, checks: ChecksFolder = None) -> None:
    """Show the criteria of a framework in their groups, with weights, sources, checks and questions."""
    from qa_toolkit.cli.frameworks_lines import show_lines

    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    for line in show_lines(_framework(framework_id, catalogue, "show", messages), catalogue, messages):
        typer.echo(line)


@app.command("coverage", cls=PlainCommand, short_help="Show who can look at how much of a framework.")
def show_coverage(framework_id: FrameworkId = DEFAULT, as_json: AsJson = False, checks: ChecksFolder = None) -> None:
    """Show how much of each group machines, machines and people, people alone, or nobody can judge today."""
    from qa_toolkit.catalogue.coverage import framework_coverage
    from qa_toolkit.cli.frameworks_lines import coverage_json, coverage_lines

    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    covered = framework_coverage(_framework(framework_id, catalogue, "coverage", messages), catalogue)
    if as_json:
        _print_json(coverage_json(covered))
        return
    for line in coverage_lines(covered, messages):
        typer.echo(line)


@app.command("lint", cls=PlainCommand, short_help="Look for mistakes in frameworks.")
def lint_frameworks(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Your own checks, laid over the shipped ones.", show_default=False),
    ] = None,
) -> None:
    """Look for mistakes in frameworks and in the register of agreed standards, all at once, with file and line."""
    from qa_toolkit.catalogue import lint

    messages = Messages()
    if folder is not None and not folder.is_dir():
        words = (messages(f"checks.no_folder{part}") for part in ("", ".why", ".fix"))
        what, why, fix = words
        refuse_one(what, str(folder), why, fix, messages)
    catalogue = load_or_exit(folder, messages)
    if problems := lint.lint_frameworks(catalogue):
        refuse(problems, messages)
    criteria = sum(len(p.criteria) for one in catalogue.frameworks.values() for p in one.principles)
    typer.echo(messages("frameworks.lint_clean", n=len(catalogue.frameworks), criteria=messages.number(criteria)))


@app.command("diff", cls=PlainCommand, short_help="Show what differs between frameworks or versions.")
def diff_frameworks(
    first: First,
    second: Annotated[
        str | None,
        typer.Argument(metavar="[OTHER]", help="A second framework.", autocompletion=complete_framework),
    ] = None,
    with_folder: Annotated[
        Path | None,
        typer.Option(
            "--with", metavar="DIR", help="Another folder of checks: the second lies there.", show_default=False
        ),
    ] = None,
    as_json: AsJson = False,
    checks: ChecksFolder = None,
) -> None:
    """Show what differs between two frameworks, or between a framework and its version in another folder."""
    from qa_toolkit.catalogue.difference import differences
    from qa_toolkit.cli.frameworks_lines import difference_lines

    messages = Messages()
    if with_folder is None and second in (None, first):
        words = (messages(f"frameworks.diff.one{part}") for part in ("", ".why", ".fix"))
        what, why, fix = words
        refuse_one(what, "frameworks diff", why, fix, messages)
    catalogue = load_or_exit(checks, messages)
    elsewhere = load_or_exit(with_folder, messages) if with_folder is not None else catalogue
    found = differences(
        _framework(first, catalogue, "diff", messages), _framework(second or first, elsewhere, "diff", messages)
    )
    if as_json:
        _print_json([asdict(one) for one in found])
        return
    for line in difference_lines(found, messages):
        typer.echo(line)


@app.command("cross-walk", cls=PlainCommand, short_help="Set the criteria of two frameworks side by side.")
def cross_walk_frameworks(
    first: First,
    other: Annotated[
        str,
        typer.Argument(metavar="OTHER", help="A second one.", show_default=False, autocompletion=complete_framework),
    ],
    as_json: AsJson = False,
    checks: ChecksFolder = None,
) -> None:
    """Set each criterion of a framework beside those of another that a same check or question speaks to."""
    from datetime import date

    from qa_toolkit.cli.frameworks_lines import cross_walk_json, cross_walk_lines
    from qa_toolkit.report.view_cross_walk import cross_walk
    from qa_toolkit.scoring.as_used import framework_used

    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    used = [framework_used(_framework(one, catalogue, "cross-walk", messages), date.today()) for one in (first, other)]
    walk = cross_walk(*used)
    if as_json:
        _print_json(cross_walk_json(walk))
        return
    for line in cross_walk_lines(walk, messages):
        typer.echo(line)


def _framework(framework_id: str, catalogue: "Catalogue", command: str, messages: Messages) -> "Framework":
    framework = catalogue.frameworks.get(framework_id)
    if framework is None:
        refuse_one(
            messages("frameworks.unknown", framework=framework_id),
            f"frameworks {command}",
            messages("frameworks.unknown.why", known=", ".join(catalogue.frameworks)),
            meant(framework_id, catalogue.frameworks, messages("frameworks.unknown.fix")),
            messages,
        )
    return framework


def _print_json(document: object) -> None:
    typer.echo(json.dumps(document, ensure_ascii=True, indent=2))
