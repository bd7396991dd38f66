"""``qa-toolkit review``: what waits for people goes out as a workbook."""

from pathlib import Path
from typing import Annotated

import typer

from qa_toolkit.cli.output import refuse, refuse_one, wrapped
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages

app = typer.Typer(help="Send a review out as a workbook.", rich_markup_mode=None)
AuditFolder = Annotated[Path, typer.Argument(metavar="AUDIT", help="The folder of an audit.", show_default=False)]


@app.callback(invoke_without_command=True)
def review(context: typer.Context) -> None:
    """Send a review out as a workbook."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("export", cls=PlainCommand, short_help="Write the workbook that reviewers fill.")
def export(
    audit: AuditFolder,
    output_dir: Annotated[
        Path,
        typer.Option("-o", "--output-dir", metavar="DIR", help="Where to write review-<submission>.xlsx."),
    ] = Path(),
    submission: Annotated[
        list[str] | None,
        typer.Option("--submission", metavar="ID", help="Only this submission; the option again for more."),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            metavar="NUMBER",
            help="Draws the credentials to read by hand; taken from the data if not given.",
            show_default=False,
        ),
    ] = None,
    confidence: Annotated[
        float, typer.Option("--confidence", metavar="SHARE", help="Of the sample to read by hand.")
    ] = 0.9,
    margin: Annotated[float, typer.Option("--margin", metavar="SHARE", help="Of the sample to read by hand.")] = 0.15,
    force: Annotated[bool, typer.Option("--force", help="Write over a workbook that is there.")] = False,
) -> None:
    """Write a workbook for each submission: questions, checks that are not met or ask, knock-out criteria, a sample.

    Questions carry guidance and what the data say; answers are picked from lists; keys are protected. The sample of
    credentials to read by hand is drawn by chance, its size from confidence and margin.
    """
    from qa_toolkit.auditing.review import gather_reviews
    from qa_toolkit.judgement.export import write_review
    from qa_toolkit.problems import AuditError
    from qa_toolkit.report.result_json import read_result

    messages = Messages()
    try:
        reviews = gather_reviews(audit, submission or (), seed=seed, confidence=confidence, margin=margin)
        texts = Messages(read_result(audit).stamp.locale)
    except AuditError as error:
        refuse(error.problems, messages)
    paths = [output_dir / f"review-{one.identity.submission_id}.xlsx" for one in reviews]
    for path in paths:
        if path.exists() and not force:
            what, why, fix = (messages(f"review.exists{part}") for part in ("", ".why", ".fix"))
            refuse_one(what, str(path), why, fix, messages)
    output_dir.mkdir(parents=True, exist_ok=True)
    for one, path in zip(reviews, paths, strict=True):
        write_review(one, path, texts)
        text = messages(
            "review.exported",
            path=path.as_posix(),
            questions=messages("review.exported.questions", n=len(one.questions)),
            checks=messages("review.exported.checks", n=len(one.checks)),
            gates=messages("review.exported.gates", n=len(one.gates)),
            sample=messages("review.exported.sample", n=len(one.sample.drawn)),
        )
        for line in wrapped(text, later="  "):
            typer.echo(line)
