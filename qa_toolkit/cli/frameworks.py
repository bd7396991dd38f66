"""``qa-toolkit frameworks``: the published sets of criteria that an audit can be made against."""

import textwrap
from typing import Annotated

import typer

from qa_toolkit.cli.catalogue import load_or_exit
from qa_toolkit.cli.exit_codes import ExitCode
from qa_toolkit.cli.output import say
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages

app = typer.Typer(help="Show the frameworks.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def frameworks() -> None:
    """Show the frameworks."""


@app.command("show", cls=PlainCommand)
def show_framework(
    framework_id: Annotated[str, typer.Argument(metavar="[ID]", help="A framework.")] = "eu-2022",
) -> None:
    """Show the principles and criteria of a framework, with weights, checks and questions."""
    messages = Messages()
    catalogue = load_or_exit(None, messages)
    framework = catalogue.frameworks.get(framework_id)
    if framework is None:
        say(messages("terminal.unknown_framework", framework=framework_id, known=", ".join(catalogue.frameworks)))
        raise typer.Exit(ExitCode.USAGE)
    typer.echo(f"{framework.id}  {framework.title} ({framework.version})")
    typer.echo(textwrap.fill(framework.source, 80, initial_indent="  ", subsequent_indent="  "))
    for principle in framework.principles:
        typer.echo(f"\n{principle.number} {principle.title}")
        for criterion in principle.criteria:
            title = textwrap.fill(criterion.title, 80, initial_indent=f"  {criterion.id:<5}", subsequent_indent=" " * 7)
            typer.echo(title)
            named = ", ".join((*criterion.checks, *criterion.questions)) or messages("terminal.no_checks")
            line = f"{messages('terminal.weight', weight=messages.number(criterion.weight))}; {named}"
            typer.echo(textwrap.fill(line, 80, initial_indent=" " * 7, subsequent_indent=" " * 7))
