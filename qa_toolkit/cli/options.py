"""Options that several commands share, and the look at their paths before any work is done."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from qa_toolkit.cli.exit_codes import ExitCode
from qa_toolkit.cli.output import say_problems
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind

MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help="A mapping.yaml: what this provider's columns mean. One beside the files goes first.",
        show_default=False,
    ),
]
SplitBy = Annotated[
    str | None,
    typer.Option(
        "--split-by",
        metavar="COLUMN",
        help="A column of one table with many providers: each of its values becomes a submission.",
        show_default=False,
    ),
]
TemplatesFolder = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="DIR",
        help="Your own HTML templates: a file named like a shipped one replaces it.",
        show_default=False,
    ),
]


def refuse_missing(
    paths: Sequence[Path], messages: Messages, *, mapping: Path | None = None, checks: Path | None = None
) -> None:
    """End with exit code 2 where a path that was given is not there; all of them are told."""
    problems = [
        _problem(path, "There is no such file or folder", "Check the spelling of the path.")
        for path in paths
        if not path.exists()
    ]
    if mapping is not None and not mapping.is_file():
        problems.append(_problem(mapping, "There is no such mapping", "Give a mapping.yaml with --mapping."))
    if checks is not None and not checks.is_dir():
        problems.append(_problem(checks, "There is no such folder of checks", "Give a folder with --checks."))
    if problems:
        say_problems(problems, messages, all_of_them=True)
        raise typer.Exit(ExitCode.USAGE)


def _problem(path: Path, what: str, fix: str) -> Problem:
    return Problem(ProblemKind.FILE, what, str(path), "Nothing was found at this path.", fix)
