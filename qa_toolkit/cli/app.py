"""The commands, and what is common to them.

Each command lies in a module of its own and imports what it needs when it runs: ``--help`` answers at once.
"""

from typing import Annotated

import typer

from qa_toolkit import __version__
from qa_toolkit.cli import audit, checks, frameworks, init, inspect, report, schema
from qa_toolkit.cli.plain_help import PlainCommand

app = typer.Typer(
    name="qa-toolkit",
    help="Audit batches of micro-credential data against the European approach and publish the report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)
app.command("init", cls=PlainCommand)(init.init)
app.command("inspect", cls=PlainCommand)(inspect.inspect)
app.command("audit", cls=PlainCommand)(audit.audit)
app.command("report", cls=PlainCommand)(report.report)
app.add_typer(checks.app, name="checks")
app.add_typer(frameworks.app, name="frameworks")
app.command("schema", cls=PlainCommand)(schema.schema)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Audit batches of micro-credential data against the European approach and publish the report."""
    if version:
        typer.echo(f"qa-toolkit {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit
