"""``qa-toolkit report``: render the reports of an audit again."""

from pathlib import Path
from typing import Annotated

import typer

from qa_toolkit.cli.options import Formats, TemplatesFolder
from qa_toolkit.cli.output import refuse
from qa_toolkit.messages import Messages
from qa_toolkit.problems import AuditError, Problem, collecting


def report(
    result: Annotated[
        Path, typer.Argument(metavar="RESULT", help="The folder of an audit, or its result.json.", show_default=False)
    ],
    formats: Formats = None,
    templates: TemplatesFolder = None,
) -> None:
    """Render the reports of an audit again, from its result.json; nothing is checked anew.

    The agency's name, logo and colour are those of the qa-toolkit.toml of the working folder.
    """
    from qa_toolkit.configuration.read import find_configuration
    from qa_toolkit.report.agency import agency_from
    from qa_toolkit.report.files import DEFAULT_FORMATS, claim_folder, formats_of, render
    from qa_toolkit.report.result_json import read_result
    from qa_toolkit.report.templates import refuse_unusable
    from qa_toolkit.resources import shipped_folder

    messages = Messages()
    folder = result if result.is_dir() else result.parent
    problems: list[Problem] = []
    with collecting(problems):
        wanted = formats_of(formats or DEFAULT_FORMATS)
    with collecting(problems):
        if templates is not None:
            refuse_unusable(templates)
    with collecting(problems):
        settings = find_configuration(None)
        agency = agency_from(settings.agency, settings.folder) if settings is not None and settings.agency else None
    with collecting(problems):
        read = read_result(result)
    if problems:
        refuse(problems, messages)
    try:
        claim_folder(folder)
        own = templates or shipped_folder("report_templates")
        files = render(read, folder, Messages(read.stamp.locale), own, wanted, agency)
    except AuditError as error:
        refuse(error.problems, messages)
    typer.echo(messages("terminal.files", folder=folder.as_posix(), n=len(files)))
