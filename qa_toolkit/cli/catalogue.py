"""Loading the catalogue for a command: its mistakes end as words and exit code 2."""

from pathlib import Path

import typer

from qa_toolkit.catalogue.models import Catalogue
from qa_toolkit.cli.exit_codes import ExitCode
from qa_toolkit.cli.output import say_problems
from qa_toolkit.messages import Messages


def load_or_exit(checks: Path | None, messages: Messages) -> Catalogue:
    """The shipped catalogue with the user's folder laid over it."""
    from qa_toolkit.catalogue.load import CatalogueError, load_catalogue
    from qa_toolkit.resources import shipped_folder

    try:
        return load_catalogue(shipped_folder("checks"), checks)
    except CatalogueError as error:
        say_problems(error.problems, messages, all_of_them=True)
        raise typer.Exit(ExitCode.USAGE) from None
