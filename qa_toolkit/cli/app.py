"""The commands, and what is common to them.

Each command lies in a module of its own and imports what it needs when it runs: ``--help`` answers at once.
"""

from typing import Annotated

import typer

from qa_toolkit import __version__
from qa_toolkit.cli import (
    audit,
    checks,
    contexts,
    frameworks,
    init,
    inspect,
    registers,
    report,
    review,
    schema,
    schemes,
    waivers,
)
from qa_toolkit.cli.commands import Commands
from qa_toolkit.cli.options import Colour
from qa_toolkit.cli.plain_help import PlainCommand

app = typer.Typer(
    name="qa-toolkit",
    cls=Commands,
    help="Audit batches of micro-credential data against the European approach and publish the report.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)
app.command("init", cls=PlainCommand, short_help="Write the template for a provider.")(init.init)
app.command("inspect", cls=PlainCommand, short_help="Show what is recognised in files, without judging.")(
    inspect.inspect
)
app.command("audit", cls=PlainCommand, short_help="Read, check, score and report.")(audit.audit)
app.command("report", cls=PlainCommand, short_help="Render the reports of an audit again.")(report.report)
app.add_typer(checks.app, name="checks", short_help="List, explain, lint and export the checks.")
app.add_typer(frameworks.app, name="frameworks", short_help="Show, compare and lint the frameworks.")
app.add_typer(schemes.app, name="schemes", short_help="List, show and lint national and sector schemes.")
app.add_typer(review.app, name="review", short_help="Send a review out as a workbook.")
app.add_typer(waivers.app, name="waivers", short_help="Lint and list accepted deviations.")
app.add_typer(contexts.app, name="contexts", short_help="Add and list contexts for verifying proofs.")
app.add_typer(registers.app, name="registers", short_help="Add, list and check extracts of registers.")
app.command("schema", cls=PlainCommand, short_help="Print the JSON Schema of result.json.")(schema.schema)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
    _color: Colour = None,
) -> None:
    """Audit batches of micro-credential data against the European approach and publish the report."""
    if version:
        typer.echo(f"qa-toolkit {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit
