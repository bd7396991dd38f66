"""``qa-toolkit report``: render the reports of an audit again."""

from pathlib import Path
from typing import Annotated

import typer

from qa_toolkit.cli.options import Formats
from qa_toolkit.cli.output import refuse
from qa_toolkit.messages import Messages


def report(
    result: Annotated[
        Path, typer.Argument(metavar="RESULT", help="The folder of an audit, or its result.json.", show_default=False)
    ],
    formats: Formats = None,
) -> None:
    """Render the reports of an audit again, from its result.json; nothing is checked anew."""
    from qa_toolkit.problems import AuditError
    from qa_toolkit.report.files import DEFAULT_FORMATS, claim_folder, formats_of, render
    from qa_toolkit.report.result_json import read_result
    from qa_toolkit.resources import shipped_folder

    messages = Messages()
    folder = result if result.is_dir() else result.parent
    try:
        wanted = formats_of(formats or DEFAULT_FORMATS)
        read = read_result(result)
        claim_folder(folder)
        files = render(read, folder, Messages(read.stamp.locale), shipped_folder("report_templates"), wanted)
    except AuditError as error:
        refuse(error.problems, messages)
    typer.echo(messages("terminal.files", folder=folder.as_posix(), n=len(files)))
