"""``qa-toolkit frameworks``: the published sets of criteria that an audit can be made against."""

import textwrap
from typing import Annotated

import typer

from qa_toolkit.cli.catalogue import load_or_exit
from qa_toolkit.cli.output import refuse_one, width
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages
from qa_toolkit.problems import meant

app = typer.Typer(help="Show the frameworks.", rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def frameworks(context: typer.Context) -> None:
    """Show the frameworks."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("show", cls=PlainCommand, short_help="Show principles and criteria of a framework.")
def show_framework(
    framework_id: Annotated[str, typer.Argument(metavar="[ID]", help="A framework.")] = "eu-2022",
) -> None:
    """Show the principles and criteria of a framework, with weights, checks and questions."""
    messages = Messages()
    catalogue = load_or_exit(None, messages)
    framework = catalogue.frameworks.get(framework_id)
    if framework is None:
        refuse_one(
            messages("frameworks.unknown", framework=framework_id),
            "frameworks show",
            messages("frameworks.unknown.why", known=", ".join(catalogue.frameworks)),
            meant(framework_id, catalogue.frameworks, messages("frameworks.unknown.fix")),
            messages,
        )
    typer.echo(f"{framework.id}  {framework.title} ({framework.version})")
    typer.echo(textwrap.fill(framework.source, width(), initial_indent="  ", subsequent_indent="  "))
    for principle in framework.principles:
        typer.echo(f"\n{principle.number} {principle.title}")
        for criterion in principle.criteria:
            lead = f"  {criterion.id:<5}"
            typer.echo(textwrap.fill(criterion.title, width(), initial_indent=lead, subsequent_indent=" " * 7))
            named = ", ".join((*criterion.checks, *criterion.questions)) or messages("terminal.no_checks")
            line = f"{messages('terminal.weight', weight=messages.number(criterion.weight))}; {named}"
            typer.echo(textwrap.fill(line, width(), initial_indent=" " * 7, subsequent_indent=" " * 7))
