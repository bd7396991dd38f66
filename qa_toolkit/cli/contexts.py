"""``qa-toolkit contexts``: the JSON-LD contexts that proofs are verified with, from a local folder alone."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from qa_toolkit.cli.output import refuse
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages

app = typer.Typer(help="Add and list the contexts that proofs are verified with.", rich_markup_mode=None)
Folder = Annotated[
    Path,
    typer.Option(
        "--trust-material", metavar="DIR", help="The folder that 'qa-toolkit audit --trust-material' is given."
    ),
]
DEFAULT_FOLDER = Path("trust-material")


@app.callback(invoke_without_command=True)
def contexts(context: typer.Context) -> None:
    """Add and list the contexts that proofs are verified with."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("add", cls=PlainCommand, short_help="Copy a context into the folder.")
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A context as JSON, saved from its address.")],
    url: Annotated[str, typer.Option("--url", metavar="URL", help="The address that credentials name it by.")],
    trust_material: Folder = DEFAULT_FOLDER,
    taken: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="The day it was saved; today if not given."),
    ] = None,
) -> None:
    """Copy a context into the folder of trust material and note its address and day in material.csv.

    Nothing is fetched: open the address in a browser, save what it shows, and hand in that file.
    """
    from qa_toolkit.authenticity.contexts import add_context
    from qa_toolkit.problems import AuditError, Problem, ProblemKind

    messages = Messages()
    try:
        day = date.fromisoformat(taken) if taken else date.today()
    except ValueError:
        what, why = f"--date does not take '{taken}'", "It is no day of the calendar."
        refuse([Problem(ProblemKind.FILE, what, "contexts add", why, "Write it as 2026-09-30.")], messages)
    try:
        name = add_context(trust_material, file, url, day)
    except AuditError as error:
        refuse(error.problems, messages)
    typer.echo(messages("contexts.added", url=url, file=name))


@app.command("list", cls=PlainCommand, short_help="List the contexts at hand.")
def list_contexts(trust_material: Folder = DEFAULT_FOLDER) -> None:
    """List the contexts of the folder, and those that come with the libraries."""
    from qa_toolkit.authenticity.contexts import contexts_at_hand
    from qa_toolkit.problems import AuditError

    messages = Messages()
    try:
        rows = contexts_at_hand(trust_material)
    except AuditError as error:
        refuse(error.problems, messages)
    for address, origin in rows:
        typer.echo(f"{address}\n  {origin or messages('contexts.bundled')}")
    if not rows:
        typer.echo(messages("contexts.none"))
