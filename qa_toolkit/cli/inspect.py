"""``qa-toolkit inspect``: what was recognised, mapped, repaired and refused, without a judgement."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from qa_toolkit.cli.exit_codes import ExitCode
from qa_toolkit.cli.options import MappingFile, SplitBy
from qa_toolkit.cli.output import Steps, refuse, say, say_problems
from qa_toolkit.messages import Messages
from qa_toolkit.problems import AuditError, Problem, ProblemKind, not_there


def inspect(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files, folders or zip archives handed in.", show_default=False),
    ],
    mapping: MappingFile = None,
    split_by: SplitBy = None,
    write_mapping: Annotated[
        Path | None,
        typer.Option(
            "--write-mapping",
            metavar="FILE",
            help="Write what was recognised as a mapping.yaml, to correct and to use again next year.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    checks: Annotated[
        Path | None,
        typer.Option("--checks", metavar="DIR", help="Your own checks, with their word lists.", show_default=False),
    ] = None,
) -> None:
    """Show what was recognised, mapped, unmapped, repaired, refused and counted; nothing is judged.

    A column that is not known can be named in a mapping.yaml: write a first one with --write-mapping, correct it, and
    put it beside the files or give it with --mapping. Exit codes: 0 done, 2 wrong usage or a mapping that cannot be
    used, 3 a file could not be read, 4 nothing to read.
    """
    from qa_toolkit.cli.inspect_lines import lines_of
    from qa_toolkit.intake.inspection import inspect as inspect_intake
    from qa_toolkit.intake.read import read_submissions
    from qa_toolkit.intake.suggested_mapping import suggested_mapping
    from qa_toolkit.intake.tables.columns import load_template_columns
    from qa_toolkit.records.store import open_store
    from qa_toolkit.resources import shipped_folder

    messages = Messages()
    if missing := not_there(paths, mapping, checks):
        refuse(missing, messages)
    vocabularies = [root / "vocabularies" for root in (checks, shipped_folder("checks")) if root is not None]
    steps = Steps(messages)
    try:
        with open_store() as store:
            steps("read")
            outcome = read_submissions(paths, store, vocabularies, mapping=mapping, split_by=split_by)
            submissions = inspect_intake(store, outcome)
    except AuditError as error:
        steps.done()
        refuse(error.problems, messages)
    steps.done()
    if as_json:
        typer.echo(_printable(json.dumps([asdict(one) for one in submissions], ensure_ascii=False, indent=2)))
    else:
        for submission in submissions:
            for line in lines_of(submission, messages):
                typer.echo(line)
    shown = {submission.submission_id for submission in submissions}
    others = [problem for problem in outcome.run_problems if problem.submission_id not in shown]
    say_problems(others, messages, all_of_them=True)
    if write_mapping is not None:
        if len(submissions) != 1:
            _refuse("inspect.one_at_a_time", write_mapping, messages, n=len(submissions))
        if write_mapping.exists():
            _refuse("inspect.exists", write_mapping, messages)
        used = outcome.mappings.get(submissions[0].submission_id)
        text = suggested_mapping(submissions[0], load_template_columns(*vocabularies), used)
        try:
            write_mapping.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            _refuse("inspect.cannot_write", write_mapping, messages, reason=error.strerror or type(error).__name__)
        say(messages("inspect.written", file=str(write_mapping)))
    problems = (*outcome.problems, *outcome.run_problems)
    if not any(submission.credentials or submission.offers or submission.profile for submission in submissions):
        raise typer.Exit(ExitCode.NOTHING_TO_AUDIT)
    if any(problem.kind is ProblemKind.FILE for problem in problems):
        raise typer.Exit(ExitCode.INCOMPLETE)


def _printable(text: str) -> str:
    """JSON whose texts cannot steer a terminal: what does not print is escaped."""
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)


def _refuse(key: str, path: Path, messages: Messages, **fields: Any) -> None:
    why, fix = messages(f"{key}.why", **fields), messages(f"{key}.fix")
    refuse([Problem(ProblemKind.FILE, messages(key), path.name, why, fix)], messages)
