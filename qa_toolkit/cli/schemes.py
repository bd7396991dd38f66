"""``qa-toolkit schemes``: the national and sector schemes that can be laid over the checks, and what each changes."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_toolkit.cli.catalogue import load_or_exit
from qa_toolkit.cli.output import refuse, refuse_one, wrapped
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages
from qa_toolkit.problems import AuditError, meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa_toolkit.catalogue.models import Catalogue
    from qa_toolkit.catalogue.scheme_models import Scheme
    from qa_toolkit.result import TailoringUsed

app = typer.Typer(help="List, show and lint national and sector schemes.", rich_markup_mode=None)

ChecksFolder = Annotated[
    Path | None,
    typer.Option("--checks", metavar="DIR", help="Your own checks, laid over the shipped ones.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@app.callback(invoke_without_command=True)
def schemes(context: typer.Context) -> None:
    """List, show and lint national and sector schemes."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("list", cls=PlainCommand, short_help="List the schemes.")
def list_schemes(as_json: AsJson = False, checks: ChecksFolder = None) -> None:
    """List the schemes with what they are about and what stands behind them."""
    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    if as_json:
        documents = [asdict(_used(one, catalogue, date.today()))["schemes"][0] for one in catalogue.schemes.values()]
        typer.echo(json.dumps(documents, ensure_ascii=True, indent=2))
        return
    for scheme in catalogue.schemes.values():
        for line in _head(_used(scheme, catalogue, date.today()), messages):
            typer.echo(line)


@app.command("show", cls=PlainCommand, short_help="Show what a scheme changes.")
def show_scheme(
    scheme_id: Annotated[str, typer.Argument(metavar="ID", help="A scheme, such as nl-ho.", show_default=False)],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help="What it changes on this day; today if not given."),
    ] = None,
    as_json: AsJson = False,
    checks: ChecksFolder = None,
) -> None:
    """Show what a scheme changes on a day, from what to what and why, its sources, and what no check looks at."""
    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    scheme = catalogue.schemes.get(scheme_id)
    if scheme is None:
        refuse_one(
            messages("schemes.unknown", scheme=scheme_id),
            "schemes show",
            messages("schemes.unknown.why", known=", ".join(catalogue.schemes)),
            meant(scheme_id, catalogue.schemes, messages("schemes.unknown.fix")),
            messages,
        )
    used = _used(scheme, catalogue, _day(as_of, messages))
    if as_json:
        typer.echo(json.dumps(asdict(used), ensure_ascii=True, indent=2))
        return
    for line in (*_head(used, messages), *_changes(used, messages)):
        typer.echo(line)


@app.command("lint", cls=PlainCommand, short_help="Look for mistakes in an overlay of your own.")
def lint_overlay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The overlay.", show_default=False)],
    checks: ChecksFolder = None,
) -> None:
    """Look for mistakes in an overlay, all at once, with file and line, whatever the day; and show what it changes."""
    from qa_toolkit.catalogue.lint_schemes import days_of, scheme_problems
    from qa_toolkit.catalogue.read_schemes import read_overlay_file

    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    try:
        scheme = read_overlay_file(file)
    except AuditError as error:
        refuse(error.problems, messages)
    if problems := scheme_problems([scheme], catalogue, days_of(scheme)):
        refuse(problems, messages)
    used = _used(scheme, catalogue, date.today())
    for line in (*_head(used, messages), *_changes(used, messages)):
        typer.echo(line)
    typer.echo(messages("schemes.lint_clean", title=scheme.title))


def _used(scheme: "Scheme", catalogue: "Catalogue", day: date) -> "TailoringUsed":
    from qa_toolkit.catalogue.tailor import tailor
    from qa_toolkit.scoring.tailoring_used import tailoring_used

    tailored = tailor(catalogue, [scheme], day.isoformat())
    used = tailoring_used([scheme], tailored, tuple(tailored.catalogue.frameworks.values()), day.isoformat())
    assert used is not None  # a scheme was given
    return used


def _day(text: str | None, messages: Messages) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        what, why = f"--as-of does not take '{text}'", "It is no day of the calendar."
        refuse_one(what, "schemes show", why, "Write it as 2026-09-30.", messages)


def _head(used: "TailoringUsed", messages: Messages) -> "Iterator[str]":
    from qa_toolkit.report.view_tailoring import scheme_views

    for one in scheme_views(used, messages):
        yield from wrapped(f"{one.used.scheme_id}  {one.used.title}", later="  ")
        yield from wrapped(one.used.about, "  ")
        yield from wrapped(one.standing, "  ")


def _changes(used: "TailoringUsed", messages: Messages) -> "Iterator[str]":
    from qa_toolkit.report.view_tailoring import scheme_views

    for one in scheme_views(used, messages):
        sources = "; ".join(", ".join(part for part in (s.ref, s.place) if part) for s in one.used.sources)
        yield from wrapped(messages("schemes.source", sources=sources), "  ")
        why = ""
        for change in one.changes:
            if change.used.why != why:
                why = change.used.why
                yield ""
                yield from wrapped(f"{why} {change.holds}".strip(), "  ")
            text = messages(
                "schemes.change",
                what=change.what,
                before=change.before,
                after=change.after,
                direction=change.direction,
            )
            yield from wrapped(text, "    ", "      ")
        if one.used.beyond:
            yield ""
            yield from wrapped(messages("schemes.beyond"), "  ")
            for text in one.used.beyond:
                yield from wrapped(f"- {text}", "    ", "      ")
