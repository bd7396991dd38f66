"""``qa-toolkit review``: what waits for people goes out as a workbook, and comes back as judgements."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_toolkit.cli.days import day_of
from qa_toolkit.cli.output import refuse, refuse_one, wrapped
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages

if TYPE_CHECKING:
    from qa_toolkit.decisions import Difference
    from qa_toolkit.judgement.judgements import Judgements
    from qa_toolkit.judgement.status import Standing

app = typer.Typer(help="Send a review out as a workbook, and take it back.", rich_markup_mode=None)
AuditFolder = Annotated[Path, typer.Argument(metavar="AUDIT", help="The folder of an audit.", show_default=False)]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="YYYY-MM-DD", help="The day to look at it; today if not given.", show_default=False
    ),
]


@app.callback(invoke_without_command=True)
def review(context: typer.Context) -> None:
    """Send a review out as a workbook, and take it back."""
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
    _refuse_to_overwrite(paths, force, messages)
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


@app.command("import", cls=PlainCommand, short_help="Read filled workbooks back into a judgements.yaml.")
def import_workbooks(
    audit: AuditFolder,
    workbooks: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="One filled workbook, or those of two reviewers.", show_default=False),
    ],
    output_dir: Annotated[
        Path,
        typer.Option("-o", "--output-dir", metavar="DIR", help="Where to write judgements-<submission>.yaml."),
    ] = Path(),
    evidence: Annotated[
        Path | None,
        typer.Option(
            "--evidence",
            metavar="DIR",
            help="Files that the provider handed in; the sha256 of each that is named is noted.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    force: Annotated[bool, typer.Option("--force", help="Write over judgements that are there.")] = False,
) -> None:
    """Hold every row against its rules and write judgements-<submission>.yaml, or name every cell that is refused.

    Two workbooks of one export are merged: what both answered alike stands with both names, what they answered
    differently stays open, and their agreement is measured (Cohen's kappa). Nothing is half-imported.
    """
    from qa_toolkit.auditing.review_back import import_review
    from qa_toolkit.judgement.judgements_file import write_judgements
    from qa_toolkit.problems import AuditError
    from qa_toolkit.report.result_json import read_result

    messages = Messages()
    day = day_of(as_of, "review import", messages)
    try:
        texts = Messages(read_result(audit).stamp.locale)
        judgements = import_review(audit, workbooks, day, texts, evidence)
    except AuditError as error:
        refuse(error.problems, messages)
    path = output_dir / f"judgements-{judgements.identity.submission_id}.yaml"
    _refuse_to_overwrite([path], force, messages)
    output_dir.mkdir(parents=True, exist_ok=True)
    write_judgements(judgements, path)
    for text in _imported(judgements, path, messages):
        for line in wrapped(text, later="  "):
            typer.echo(line)


@app.command("status", cls=PlainCommand, short_help="Say what is open, disputed and about to end.")
def status(
    audit: AuditFolder,
    judgements: Annotated[
        Path | None,
        typer.Option(
            "--judgements",
            metavar="FILE",
            help="What 'review import' wrote, or a folder of it; without it, everything is open.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Say for each submission what nobody has answered, where reviewers differ, and which judgements end soon."""
    from qa_toolkit.auditing.review_back import standings
    from qa_toolkit.problems import AuditError

    messages = Messages()
    day = day_of(as_of, "review status", messages)
    try:
        found = standings(audit, judgements, day)
    except AuditError as error:
        refuse(error.problems, messages)
    for review_sent, one in found:
        typer.echo(typer.style(review_sent.provider, bold=True))
        for text in _standing(one, messages):
            for line in wrapped(text, "  ", "    "):
                typer.echo(line)


def _refuse_to_overwrite(paths: list[Path], force: bool, messages: Messages) -> None:
    for path in paths:
        if path.exists() and not force:
            what, why, fix = (messages(f"review.exists{part}") for part in ("", ".why", ".fix"))
            refuse_one(what, str(path), why, fix, messages)


def _imported(judgements: "Judgements", path: Path, messages: Messages) -> list[str]:
    texts = [
        messages(
            "review.imported",
            path=path.as_posix(),
            judged=messages("review.imported.judged", n=len(judgements.judged)),
            stated=messages("review.imported.stated", n=len(judgements.stated)),
            read=messages("review.imported.read", n=len(judgements.read)),
            state=messages(f"audit_state.{judgements.state}"),
        )
    ]
    agreed = judgements.agreement
    if agreed is not None:
        key = "review.agreement" if agreed.kappa is not None else "review.agreement.no_kappa"
        kappa = messages.number(agreed.kappa) if agreed.kappa is not None else ""
        texts.append(messages(key, alike=agreed.alike, compared=agreed.compared, kappa=kappa))
        texts += _differences(judgements.differences, messages)
    return texts


def _standing(one: "Standing", messages: Messages) -> list[str]:
    texts = [messages("review.status.state", state=messages(f"audit_state.{one.state}"))]
    if one.other_audit:
        texts.append(messages("review.status.other_audit"))
    for key, ids in (("questions", one.questions), ("checks", one.checks), ("gates", one.gates)):
        if ids:
            texts.append(messages(f"review.status.{key}", n=len(ids), ids=", ".join(ids)))
    if one.unread:
        texts.append(messages("review.status.unread", n=one.unread))
    texts += _differences(one.differences, messages)
    for key, judged in (("soon", one.ending_soon), ("ended", one.ended)):
        texts += [
            messages(f"review.status.{key}", id=each.id, judge=each.judge, day=messages.day(each.valid_until))
            for each in judged
        ]
    texts += [messages(f"review.status.not_final.{reason}") for reason in one.not_final]
    return texts


def _differences(differences: "tuple[Difference, ...]", messages: Messages) -> list[str]:
    return [
        messages(
            "review.difference",
            id=one.id,
            target=messages(f"review.target.{one.target}"),
            answers=", ".join(f"{judge}: {messages(f'answer.{answer}')}" for judge, answer in one.answers),
        )
        for one in differences
    ]
