"""Loading the catalogue for a command: its mistakes end as words and exit code 2."""

from pathlib import Path

from qa_toolkit.catalogue.models import Catalogue
from qa_toolkit.cli.output import refuse
from qa_toolkit.messages import Messages


def load_or_exit(checks: Path | None, messages: Messages) -> Catalogue:
    """The shipped catalogue with the user's folder laid over it."""
    from qa_toolkit.catalogue.load import CatalogueError, load_catalogue
    from qa_toolkit.resources import shipped_folder

    try:
        return load_catalogue(shipped_folder("checks"), checks)
    except CatalogueError as error:
        refuse(error.problems, messages)
