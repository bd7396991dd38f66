"""``docs/commands.md``, written from the commands themselves: ``python -m qa_toolkit.cli.document`` writes it anew."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from qa_toolkit.cli.app import app

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
_HEAD = """# Commands

Every command with its arguments and options, as its `--help` says them. Written by `python -m qa_toolkit.cli.document`;
what the exit codes mean and how settings are merged is in the [user guide](user-guide.md).
"""


def commands_page() -> str:
    """The page as text."""
    return "\n".join([_HEAD, *_commands(typer.main.get_command(app), "qa-toolkit")]).rstrip() + "\n"


def commands() -> dict[str, tuple[str, ...]]:
    """Every command, by its name on the command line -> its options, long and short."""
    return {name: tuple(option for p in one.params for option in _options(p)) for name, one in _walk()}


def _walk() -> Iterator[tuple[str, Any]]:
    waiting = [("qa-toolkit", typer.main.get_command(app))]
    while waiting:
        name, one = waiting.pop(0)
        yield name, one
        waiting += [(f"{name} {key}", below) for key, below in getattr(one, "commands", {}).items()]


def _commands(one: Any, name: str) -> Iterator[str]:
    yield f"## `{name}`\n"
    yield _sentences(one.help or "") + "\n"
    rows = [_row(parameter) for parameter in one.params if not getattr(parameter, "hidden", False)]
    if rows:
        yield "| argument or option | what it does |\n| --- | --- |\n" + "\n".join(rows) + "\n"
    for key, below in getattr(one, "commands", {}).items():
        yield from _commands(below, f"{name} {key}")


def _row(parameter: Any) -> str:
    metavar = parameter.metavar or ""
    options = _options(parameter)
    flag = getattr(parameter, "is_flag", False)
    if options:
        name = ", ".join(f"`{option}`" for option in options) + (f" `{metavar}`" if metavar and not flag else "")
    else:
        name = f"`{metavar or parameter.name.upper()}`"
    return f"| {_cell(name)} | {_cell(_sentences(parameter.help or ''))} |"


def _options(parameter: Any) -> tuple[str, ...]:
    return tuple(one for one in (*parameter.opts, *parameter.secondary_opts) if one.startswith("-"))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _sentences(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8", newline="\n")
