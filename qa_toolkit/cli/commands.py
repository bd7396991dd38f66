"""The group of all commands: wrong usage ends in the shape of every other error, and in exit code 2."""

import sys
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

import typer
from typer.core import TyperGroup

from qa_toolkit.cli.exit_codes import ExitCode


class Commands(TyperGroup):
    """Typer's group, which words its own errors as all others are worded."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and end the process with the exit code of the command."""
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except typer.Abort:
            code = ExitCode.INTERRUPTED
        except typer.TyperException as error:
            if not standalone_mode:
                raise
            code = _say_usage(error)
        if not standalone_mode:
            return code
        sys.exit(code if isinstance(code, int) else ExitCode.CLEAN)


def _say_usage(error: typer.TyperException) -> int:
    """What was typed wrong, at which command, and what was probably meant."""
    from qa_toolkit.cli.output import refuse_one
    from qa_toolkit.messages import Messages

    messages = Messages()
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "qa-toolkit"
    text = error.format_message().strip()
    text, _, possible = text.partition(" (Possible options: ")
    text, _, suggested = text.partition(" Did you mean ")
    what, _, why = text.rstrip(".").partition("': ")
    if why:
        what += "'"
    close = [one.strip(" '") for one in (possible.rstrip(")") or suggested.rstrip("?")).split(",") if one.strip(" '")]
    near = max(close, key=lambda one: SequenceMatcher(a=one, b=what.split()[-1].strip("'")).ratio(), default="")
    try:
        refuse_one(
            what,
            command,
            f"{why}." if why else messages("usage.why"),
            messages("usage.meant", near=near) if near else messages("usage.fix"),
            messages,
            more=f"{command} --help",
        )
    except typer.Exit as done:
        return done.exit_code
