"""``qa-toolkit waivers``: look at a file of accepted deviations before an audit uses it."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from qa_toolkit.cli.catalogue import load_or_exit
from qa_toolkit.cli.output import refuse, refuse_one, wrapped
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages

if TYPE_CHECKING:
    from qa_toolkit.judgement.waivers import Waiver

app = typer.Typer(help="Lint and list accepted deviations.", rich_markup_mode=None)
WaiversFile = Annotated[Path, typer.Argument(metavar="FILE", help="A waivers.yaml.", show_default=False)]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day to look at them; today if not given."),
]
ChecksFolder = Annotated[
    Path | None,
    typer.Option("--checks", metavar="DIR", help="Your own checks, laid over the shipped ones.", show_default=False),
]


@app.callback(invoke_without_command=True)
def waivers(context: typer.Context) -> None:
    """Lint and list accepted deviations."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("lint", cls=PlainCommand, short_help="Look for mistakes, and for what is accepted too widely.")
def lint_waivers(file: WaiversFile, as_of: AsOf = None, checks: ChecksFolder = None) -> None:
    """Look for mistakes in a waivers.yaml, all at once, and name what is over-broad, expired or about to expire.

    Whether a waiver is used, only an audit can tell. Ends with exit code 2 where there is a mistake; what is over-broad
    or expired is no mistake.
    """
    messages = Messages()
    day = _day(as_of, "lint", messages)
    found = _read(file, checks, messages)
    typer.echo(messages("waivers.lint_clean", n=len(found)))
    for waiver in found:
        state = waiver.state(day)
        notes = [messages(f"waivers.remark.{remark}") for remark in waiver.over_broad]
        if not waiver.records:
            notes.append(messages("waivers.lint.every_record"))
        if state.value in ("ends_soon", "expired", "not_yet"):
            notes.insert(0, _state(waiver, day, messages))
        for note in notes:
            for line in wrapped(f"{waiver.id}: {note}", later="  "):
                typer.echo(line)


@app.command("list", cls=PlainCommand, short_help="List them, the first to expire first.")
def list_waivers(
    file: WaiversFile,
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    checks: ChecksFolder = None,
) -> None:
    """List accepted deviations with what they are on a day: in force, about to expire, expired, or not yet begun."""
    messages = Messages()
    day = _day(as_of, "list", messages)
    found = sorted(_read(file, checks, messages), key=lambda one: (one.expires, one.id))
    if as_json:
        typer.echo(json.dumps([_plain(one, day) for one in found], ensure_ascii=True, indent=2))
        return
    for waiver in found:
        records = messages("waivers.records", n=len(waiver.records)) if waiver.records else messages("waivers.all")
        provider = waiver.provider or messages("waivers.every_provider")
        head = f"{waiver.id}  {', '.join(waiver.checks)}: {_state(waiver, day, messages)}"
        approved = messages("waivers.approved", approver=waiver.approver)
        for line in (
            *wrapped(head, later="  "),
            *wrapped(f"{provider}, {records}. {approved}", "  "),
            *wrapped(waiver.reason, "  "),
        ):
            typer.echo(line)
    if not found:
        typer.echo(messages("waivers.none"))


def _state(waiver: "Waiver", day: date, messages: Messages) -> str:
    state = waiver.state(day)
    return messages(
        f"waivers.state_until.{state}", since=messages.day(waiver.since), expires=messages.day(waiver.expires)
    )


def _plain(waiver: "Waiver", day: date) -> dict[str, object]:
    return {
        "id": waiver.id,
        "checks": list(waiver.checks),
        "provider": waiver.provider,
        "records": list(waiver.records),
        "reason": waiver.reason,
        "approver": waiver.approver,
        "from": waiver.since.isoformat(),
        "expires": waiver.expires.isoformat(),
        "state": waiver.state(day).value,
        "over_broad": [remark.value for remark in waiver.over_broad],
    }


def _read(file: Path, checks: Path | None, messages: Messages) -> "tuple[Waiver, ...]":
    from qa_toolkit.judgement.waivers import WaiversError, read_waivers

    catalogue = load_or_exit(checks, messages)
    try:
        return read_waivers(file, catalogue.checks)
    except WaiversError as error:
        refuse(error.problems, messages)


def _day(text: str | None, command: str, messages: Messages) -> date:
    try:
        return date.fromisoformat(text.strip()) if text else date.today()
    except ValueError:
        _no_day(str(text), command, messages)


def _no_day(text: str, command: str, messages: Messages) -> NoReturn:
    what, why, fix = (messages(f"waivers.no_day{part}", text=text) for part in ("", ".why", ".fix"))
    refuse_one(what, f"waivers {command}", why, fix, messages)
