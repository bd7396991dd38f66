"""Options that several commands share."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

COLOURS = ("auto", "always", "never")


def set_colour(context: typer.Context, wanted: str | None) -> str | None:
    """Colour what is written, or not: ``auto`` colours a terminal unless NO_COLOR is set to anything."""
    if wanted is not None and wanted not in COLOURS:
        raise typer.BadParameter(f"it takes {', '.join(COLOURS)}")
    if wanted in ("always", "never"):
        context.color = wanted == "always"
    elif os.environ.get("NO_COLOR"):
        context.color = False
    return wanted


def complete_colour() -> Sequence[str]:
    """The values of ``--color``, for the shell."""
    return COLOURS


def complete_check() -> Sequence[str]:
    """Ids of the shipped checks, for the shell; nothing where they cannot be read."""
    from qa_toolkit.catalogue.load import load_catalogue
    from qa_toolkit.problems import AuditError
    from qa_toolkit.resources import shipped_folder

    try:
        return tuple(load_catalogue(shipped_folder("checks")).checks)
    except (AuditError, FileNotFoundError):
        return ()


Colour = Annotated[
    str | None,
    typer.Option(
        "--color",
        metavar="auto|always|never",
        help="Colour words on the terminal; NO_COLOR turns it off as well.  [default: auto]",
        callback=set_colour,
        autocompletion=complete_colour,
        show_default=False,
    ),
]
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
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="html, xlsx, csv (every finding in one table) or json (no report beside result.json); several with"
        " commas, or the option again.  [default: html,xlsx]",
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
