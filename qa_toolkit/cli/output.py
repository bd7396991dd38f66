"""How the command line speaks: results on stdout, words on stderr, provider text never read as markup.

Every error has one shape: what and where, why, how to fix, where to read more. Lines wrap; nothing is cut.
"""

import shutil
import sys
import textwrap
from collections.abc import Iterable
from typing import NoReturn

import typer

from qa_toolkit.cli.exit_codes import ExitCode
from qa_toolkit.cli.interrupts import stop_if_asked
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.result import ProblemShown

SHOWN = 12
"""Problems shown one by one; the report holds them all."""
WIDTH = 80
"""Of a line where there is no terminal; on one, its own width up to ``WIDEST``."""
NARROWEST, WIDEST = 40, 100


def width() -> int:
    """How long a line may be."""
    return min(max(shutil.get_terminal_size((WIDTH, 24)).columns, NARROWEST), WIDEST)


def say(text: str = "") -> None:
    """Write words to stderr."""
    typer.echo(text, err=True)


def wrapped(text: str, indent: str = "", later: str | None = None) -> list[str]:
    """The text in lines; a word is never broken, and what does not print is a space."""
    return textwrap.wrap(
        printable(text),
        width(),
        initial_indent=indent,
        subsequent_indent=indent if later is None else later,
        break_long_words=False,
        break_on_hyphens=False,
    )


def say_wrapped(text: str, indent: str = "", later: str | None = None) -> None:
    """Write words to stderr, in lines."""
    for line in wrapped(text, indent, later):
        say(line)


def say_problems(problems: Iterable[Problem | ProblemShown], messages: Messages, *, all_of_them: bool = False) -> None:
    """Write problems of what was handed in to stderr, the costly ones first; the work goes on."""
    order = [kind.value for kind in ProblemKind]
    listed = sorted(problems, key=lambda problem: order.index(str(problem.kind)))
    shown = listed if all_of_them else listed[:SHOWN]
    for problem in shown:
        _say_problem(problem, "note" if str(problem.kind) == ProblemKind.NOTE else "problem", messages)
    if len(listed) > len(shown):
        say(messages("terminal.more_problems", n=len(listed) - len(shown)))


def refuse(problems: Iterable[Problem], messages: Messages, code: ExitCode = ExitCode.USAGE) -> NoReturn:
    """Write every error to stderr and end with the code."""
    for problem in problems:
        _say_problem(problem, "error", messages)
    raise typer.Exit(code)


def refuse_one(what: str, where: str, why: str, fix: str, messages: Messages, *, more: str | None = None) -> NoReturn:
    """End with a single error of usage."""
    refuse([Problem(ProblemKind.FILE, what, where, why, fix, more=more)], messages)


def _say_problem(problem: Problem | ProblemShown, word: str, messages: Messages) -> None:
    label = messages(f"terminal.{word}")
    colour = {"error": typer.colors.RED, "problem": typer.colors.YELLOW, "note": typer.colors.BLUE}[word]
    first, *rest = wrapped(f"{label}: {problem.what} ({problem.place})", later="  ")
    say(typer.style(label, fg=colour, bold=True) + first.removeprefix(label))
    for line in rest:
        say(line)
    parts = [("why", problem.why), ("fix", problem.fix), ("more", getattr(problem, "more", None))]
    for key, text in parts:
        if text:
            say_wrapped(f"{messages(f'terminal.{key}')}: {text}", "  ", "    ")


class Steps:
    """Names the step at work on a terminal, one line overwritten; silent elsewhere."""

    def __init__(self, messages: Messages, *, quiet: bool = False) -> None:
        self._messages = messages
        self._shows = sys.stderr.isatty() and not quiet

    def __call__(self, step: str) -> None:
        """Show the step, unless the user asked to stop during the one before."""
        stop_if_asked()
        if self._shows:
            sys.stderr.write(f"\r\x1b[2K{self._messages(f'terminal.step.{step}')} …")
            sys.stderr.flush()

    def done(self) -> None:
        """Clear the line."""
        if self._shows:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def printable(text: str) -> str:
    """Control characters of a provider's text must not reach a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
