"""How the command line speaks: results on stdout, words on stderr, provider text never read as markup."""

import sys
from collections.abc import Iterable

import typer

from qa_toolkit.cli.interrupts import stop_if_asked
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.result import ProblemShown

SHOWN = 12
"""Problems shown one by one; the report holds them all."""


def say(text: str = "") -> None:
    """Write words to stderr."""
    typer.echo(text, err=True)


def say_problems(problems: Iterable[Problem | ProblemShown], messages: Messages, *, all_of_them: bool = False) -> None:
    """Write problems to stderr, the costly ones first: what, where, why, how to fix."""
    order = [kind.value for kind in ProblemKind]
    listed = sorted(problems, key=lambda problem: order.index(_kind(problem)))
    shown = listed if all_of_them else listed[:SHOWN]
    for problem in shown:
        word = messages("terminal.note" if _kind(problem) == ProblemKind.NOTE else "terminal.problem")
        say(f"{word}: {_printable(problem.what)} ({_printable(problem.place)})")
        say(f"  {messages('terminal.why')}: {_printable(problem.why)}")
        say(f"  {messages('terminal.fix')}: {_printable(problem.fix)}")
    if len(listed) > len(shown):
        say(messages("terminal.more_problems", n=len(listed) - len(shown)))


class Steps:
    """Names the step at work on a terminal, one line overwritten; silent elsewhere."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._shows = sys.stderr.isatty()

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


def _kind(problem: Problem | ProblemShown) -> str:
    return str(problem.kind)


def _printable(text: str) -> str:
    """Control characters of a provider's text must not reach a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
