"""``qa-toolkit registers``: dated extracts of official registers, from a local folder alone."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_toolkit.cli.output import refuse
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qa_toolkit.records.register_tables import RegisterKind
    from qa_toolkit.registers.extracts import Registers

app = typer.Typer(help="Add, list and check extracts of registers.", rich_markup_mode=None)
Folder = Annotated[
    Path, typer.Option("--registers", metavar="DIR", help="The folder that 'qa-toolkit audit --registers' is given.")
]
DEFAULT_FOLDER = Path("registers")


@app.callback(invoke_without_command=True)
def registers(context: typer.Context) -> None:
    """Add, list and check extracts of registers."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("add", cls=PlainCommand, short_help="Copy an extract into the folder.")
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV in UTF-8, as taken from the register.")],
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="What it is; 'qa-toolkit registers kinds' lists them.")
    ],
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where it was taken from.")],
    licence: Annotated[str, typer.Option("--licence", metavar="TEXT", help="Under which licence it may be used.")],
    folder: Folder = DEFAULT_FOLDER,
    taken: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="The day it was taken; today if not given."),
    ] = None,
    stale_after: Annotated[
        int | None,
        typer.Option(
            "--stale-after", metavar="DAYS", min=1, help="From which age it is too old; by its kind if not given."
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the extract of this kind that is there.")
    ] = False,
) -> None:
    """Look at an extract, copy it into the folder, and write beside it what it is, from where, of which day.

    Nothing is fetched: download the extract from its register and hand in that file. The hash is taken of it, so that
    a later change is noticed.
    """
    from qa_toolkit.problems import AuditError, Problem, ProblemKind
    from qa_toolkit.registers.add import add_extract
    from qa_toolkit.registers.description import Description

    messages = Messages()
    try:
        day = date.fromisoformat(taken) if taken else date.today()
    except ValueError:
        what, why = f"--date does not take '{taken}'", "It is no day of the calendar."
        refuse([Problem(ProblemKind.FILE, what, "registers add", why, "Write it as 2026-09-30.")], messages)
    description = Description(kind, source, licence, day, "", stale_after)
    try:
        extract = add_extract(folder, file, description, _kinds(), date.today(), replace_earlier=replace)
    except AuditError as error:
        refuse(error.problems, messages)
    typer.echo(messages("registers.added", n=len(extract.rows), kind=kind, file=extract.file))


@app.command("list", cls=PlainCommand, short_help="List the extracts at hand.")
def list_registers(
    folder: Folder = DEFAULT_FOLDER,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day their age is counted to; today if not given."),
    ] = None,
) -> None:
    """List the extracts of the folder: kind, day, age, rows and hash, and which are too old."""
    from qa_toolkit.problems import Problem, ProblemKind

    messages = Messages()
    try:
        day = date.fromisoformat(as_of) if as_of else date.today()
    except ValueError:
        what, why = f"--as-of does not take '{as_of}'", "It is no day of the calendar."
        refuse([Problem(ProblemKind.FILE, what, "registers list", why, "Write it as 2026-09-30.")], messages)
    for extract in _loaded(folder, messages).extracts:
        typer.echo(f"{extract.kind.id}: {extract.kind.title}")
        age = messages("registers.age", n=extract.age(day), day=messages.day(extract.day))
        too_old = messages("registers.stale", days=extract.stale_after_days) if extract.is_stale(day) else ""
        typer.echo(f"  {messages('registers.rows', n=len(extract.rows))}, {age}{too_old}")
        typer.echo(f"  {extract.source}; {extract.licence}")
        typer.echo(f"  {extract.file}, sha256 {extract.sha256}")


@app.command("check", cls=PlainCommand, short_help="Read every extract and hold it against its description.")
def check(folder: Folder = DEFAULT_FOLDER) -> None:
    """Read every extract of the folder as an audit does: every mistake at once, with file and line."""
    messages = Messages()
    found = _loaded(folder, messages)
    typer.echo(messages("registers.checked", n=len(found.extracts)))


@app.command("kinds", cls=PlainCommand, short_help="List the kinds of extracts and their columns.")
def kinds(
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="One kind, with all its columns.")] = None,
) -> None:
    """List the kinds of extracts; for one of them what it is for, where one gets it, and its columns."""
    from qa_toolkit.problems import Problem, ProblemKind, meant

    messages, known = Messages(), _kinds()
    if kind is None:
        for one in known.values():
            typer.echo(f"{one.id}: {one.title}")
        return
    if kind not in known:
        why = f"Known: {', '.join(known)}."
        fix = meant(kind, known, "Name one of them.")
        refuse([Problem(ProblemKind.FILE, f"There is no kind '{kind[:40]}'", "registers kinds", why, fix)], messages)
    shown = known[kind]
    typer.echo(f"{shown.title}\n\n{shown.about}\n\n{messages('registers.where', where=shown.where)}\n")
    for column in shown.columns:
        needed = messages("registers.required") if column.required else ""
        words = f" [{', '.join(column.words)}]" if column.words else ""
        typer.echo(f"  {column.name}{needed}: {column.what}{words}")


def _kinds() -> "Mapping[str, RegisterKind]":
    from qa_toolkit.catalogue.load import load_catalogue
    from qa_toolkit.resources import shipped_folder

    return load_catalogue(shipped_folder("checks")).registers


def _loaded(folder: Path, messages: Messages) -> "Registers":
    from qa_toolkit.problems import AuditError
    from qa_toolkit.registers.extracts import load_registers

    try:
        return load_registers(folder, _kinds())
    except AuditError as error:
        refuse(error.problems, messages)
