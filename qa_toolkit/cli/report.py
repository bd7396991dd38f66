"""``qa-toolkit report``: render the reports of an audit again."""

from pathlib import Path
from typing import Annotated

import typer

from qa_toolkit.cli.exit_codes import ExitCode
from qa_toolkit.cli.options import TemplatesFolder
from qa_toolkit.cli.output import say_problems
from qa_toolkit.messages import Messages


def report(
    result: Annotated[
        Path, typer.Argument(metavar="RESULT", help="The folder of an audit, or its result.json.", show_default=False)
    ],
    templates: TemplatesFolder = None,
) -> None:
    """Render the HTML and Excel reports of an audit again, from its result.json; nothing is checked anew."""
    from qa_toolkit.report.files import OutputFolderError, claim_folder, render
    from qa_toolkit.report.result_json import ResultFileError, read_result
    from qa_toolkit.report.templates import TemplatesError, refuse_unusable
    from qa_toolkit.resources import shipped_folder

    messages = Messages()
    folder = result if result.is_dir() else result.parent
    try:
        if templates is not None:
            refuse_unusable(templates)
        read = read_result(result)
        claim_folder(folder)
        files = render(read, folder, Messages(read.stamp.locale), templates or shipped_folder("report_templates"))
    except (ResultFileError, OutputFolderError) as error:
        say_problems([error.problem], messages)
        raise typer.Exit(ExitCode.USAGE) from None
    except TemplatesError as error:
        say_problems(error.problems, messages, all_of_them=True)
        raise typer.Exit(ExitCode.USAGE) from None
    typer.echo(messages("terminal.files", folder=folder.as_posix(), n=len(files)))
