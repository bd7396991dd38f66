"""``qa-toolkit init``: the template for a provider, to fill in and to hand in."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from qa_toolkit.cli.output import refuse
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind, not_there

DEFAULT_FOLDER = Path("submission")


class TemplateFormat(StrEnum):
    """How the template is filled in."""

    XLSX = "xlsx"
    CSV = "csv"


def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="Where to write the template; the folder is made if it is not there."),
    ] = DEFAULT_FOLDER,
    format: Annotated[
        TemplateFormat,
        typer.Option("--format", help="A workbook with drop-downs, or a table as CSV with a submission.yaml."),
    ] = TemplateFormat.XLSX,
    checks: Annotated[
        Path | None,
        typer.Option(
            "--checks",
            metavar="DIR",
            help="Your own checks: their columns and code lists replace the shipped ones.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write the template that a provider fills in and hands in.

    The workbook explains itself: a sheet to read, one each for the submission, your profile, the credentials and the
    offers of your catalogue, examples, and one that counts what is still blank. A file that is there already is never
    overwritten. Exit codes: 0 done, 2 wrong usage or a file is in the way. An agency's own settings lie in
    qa-toolkit.toml: 'qa-toolkit audit --show-config' prints one to start from.
    """
    messages = Messages()
    if missing := not_there((), checks=checks):
        refuse(missing, messages)

    from qa_toolkit.intake.template.contents import load_contents
    from qa_toolkit.intake.template.text_files import template_csv
    from qa_toolkit.intake.template.workbook import FILE_NAME, write_template_workbook
    from qa_toolkit.resources import shipped_folder

    vocabularies = [root / "vocabularies" for root in (checks, shipped_folder("checks")) if root is not None]
    contents = load_contents(*vocabularies)
    texts = template_csv(contents, messages) if format is TemplateFormat.CSV else {}
    names = list(texts) or [FILE_NAME]
    there = [name for name in names if (folder / name).exists() or (folder / name).is_symlink()]
    if there:
        _refuse("template.exists", [(folder / name).as_posix() for name in there], messages, folder=_other(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in texts.items():
            with (folder / name).open("xb") as file:
                file.write(content)
        if not texts:
            write_template_workbook(folder / FILE_NAME, contents, messages)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        _refuse("template.cannot_write", [folder.as_posix()], messages, reason=reason)
    typer.echo(messages("template.written", folder=folder.as_posix()))
    longest = max(len(name) for name in names)
    for name in names:
        typer.echo(f"  {name:<{longest}}  {messages(f'template.file.{name}')}")
    typer.echo(messages("template.next", file=names[0], folder=_as_typed(folder)))


def _refuse(key: str, places: list[str], messages: Messages, **fields: Any) -> NoReturn:
    """Say what is in the way, at each place, and end with the code for wrong usage."""
    why, fix = messages(f"{key}.why", **fields), messages(f"{key}.fix", **fields)
    problems = [Problem(ProblemKind.FILE, messages(key), place, why, fix) for place in places]
    refuse(problems, messages)


def _other(folder: Path) -> str:
    """A folder beside this one that is not there yet."""
    number = 2
    base = folder.resolve().name or DEFAULT_FOLDER.name
    while (folder.resolve().parent / f"{base}-{number}").exists():
        number += 1
    other = Path(f"{base}-{number}") if folder == Path() else folder.with_name(f"{base}-{number}")
    return _as_typed(other)


def _as_typed(folder: Path) -> str:
    """A path as one types it: in quotation marks where it holds a space."""
    text = folder.as_posix()
    return f'"{text}"' if " " in text else text
