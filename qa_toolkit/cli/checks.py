"""``qa-toolkit checks``: what is checked, in words; the lint of check files; export as plain Great Expectations."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa_toolkit.cli.catalogue import load_or_exit
from qa_toolkit.cli.options import complete_check
from qa_toolkit.cli.output import refuse, refuse_one, width
from qa_toolkit.cli.plain_help import PlainCommand
from qa_toolkit.messages import Messages

if TYPE_CHECKING:
    from qa_toolkit.catalogue.models import Check

app = typer.Typer(help="List, explain, lint and export the checks.", rich_markup_mode=None)

ChecksFolder = Annotated[
    Path | None,
    typer.Option("--checks", metavar="DIR", help="Your own checks, laid over the shipped ones.", show_default=False),
]


Words = list[str] | None


@app.callback(invoke_without_command=True)
def checks_group(context: typer.Context) -> None:
    """List, explain, lint and export the checks."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("list", cls=PlainCommand, short_help="List the checks, by principle.")
def list_checks(
    role: Annotated[
        Words, typer.Option("--role", metavar="ROLE", help="scores, asks or informs.", show_default=False)
    ] = None,
    principle: Annotated[
        Words,
        typer.Option("--principle", metavar="KEY", help="A principle, such as valid_assessment.", show_default=False),
    ] = None,
    severity: Annotated[
        Words,
        typer.Option("--severity", metavar="SEVERITY", help="critical, major or minor.", show_default=False),
    ] = None,
    element: Annotated[
        Words, typer.Option("--element", metavar="KEY", help="An element, such as workload.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    checks: ChecksFolder = None,
) -> None:
    """List the checks by principle: id, role, severity, title.

    Options narrow the list: a check is shown where all of them hold; each takes several values, with commas or by
    repeating it.
    """
    from qa_toolkit.cli.check_filter import filtered
    from qa_toolkit.problems import AuditError

    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    wanted = {"role": role or [], "principle": principle or [], "severity": severity or [], "element": element or []}
    try:
        shown = sorted(filtered(tuple(catalogue.checks.values()), wanted), key=_by_principle)
    except AuditError as error:
        refuse(error.problems, messages)
    if as_json:
        typer.echo(json.dumps([_as_json(check) for check in shown], ensure_ascii=True, indent=2))
        return
    for line in _listed(shown, messages):
        typer.echo(line)


@app.command("show", cls=PlainCommand, short_help="Explain one check.")
def show_check(
    check_id: Annotated[
        str,
        typer.Argument(metavar="ID", help="For example SIZ-02.", show_default=False, autocompletion=complete_check),
    ],
    checks: ChecksFolder = None,
) -> None:
    """Explain one check: what it expects, why, how to fix what it finds, and where the rule comes from."""
    from qa_toolkit.catalogue.selection import nearest
    from qa_toolkit.scoring.as_used import expected

    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    check = catalogue.checks.get(check_id.upper())
    if check is None:
        refuse_one(
            messages("checks.unknown", check=check_id),
            "checks show",
            messages("checks.unknown.why"),
            nearest(check_id, catalogue.checks, messages("checks.unknown.fix")),
            messages,
            more="qa-toolkit checks list",
        )
    typer.echo(textwrap.fill(f"{check.id}  {check.title}", width(), subsequent_indent=" " * (len(check.id) + 2)))
    for case in check.cases:
        severity = messages(f"severity.{case.severity.value if case.severity else 'info'}")
        typer.echo(_paragraph(f"{messages(f'role.{case.role.value}')}, {severity}: {case.failed}"))
    if check.only_in_schemes:
        typer.echo("\n" + textwrap.fill(messages("checks.only_in_schemes"), width()))
    for label, text in (
        (messages("terminal.expected"), expected(check)),
        (messages("terminal.why"), check.why),
        (messages("terminal.fix"), check.fix),
    ):
        typer.echo(f"\n{label}:\n{_paragraph(text)}")
    if check.requires:
        typer.echo("\n" + textwrap.fill(messages("terminal.requires", checks=", ".join(check.requires)), width()))
    typer.echo("\n" + messages("terminal.sources"))
    for source in check.sources:
        typer.echo(_paragraph(", ".join(part for part in (source.ref, source.place, source.tag.value) if part)))


@app.command("lint", cls=PlainCommand, short_help="Look for mistakes in check files.")
def lint_checks(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Your own checks, laid over the shipped ones.", show_default=False),
    ] = None,
) -> None:
    """Look for mistakes in check files and run every example of every check through the engine."""
    from qa_toolkit.catalogue.lint import lint
    from qa_toolkit.engine.examples import run_examples

    messages = Messages()
    if folder is not None and not folder.is_dir():
        refuse_one(
            messages("checks.no_folder"),
            str(folder),
            messages("checks.no_folder.why"),
            messages("checks.no_folder.fix"),
            messages,
        )
    catalogue = load_or_exit(folder, messages)
    problems = lint(catalogue)
    if not problems:
        problems = tuple(run_examples(tuple(catalogue.checks.values()), catalogue.registers))
    if problems:
        refuse(problems, messages)
    examples = sum(
        len(c.examples.passing) + len(c.examples.failing) + len(c.examples.silent) for c in catalogue.checks.values()
    )
    typer.echo(messages("terminal.lint_clean", n=len(catalogue.checks), examples=examples))


@app.command("export", cls=PlainCommand, short_help="Write plain Great Expectations suites.")
def export_checks(
    output_dir: Annotated[
        Path, typer.Option("-o", "--output-dir", metavar="DIR", help="Where to write the suites.")
    ] = Path("suites"),
    with_result: Annotated[
        Path | None,
        typer.Option(
            "--with", metavar="RESULT", help="An audit folder: its records with facts go along.", show_default=False
        ),
    ] = None,
    checks: ChecksFolder = None,
) -> None:
    """Write the checks as plain Great Expectations suites, with a script that runs them without this toolkit.

    Checks that are off unless a scheme switches them on are left out: they have no figures of their own.
    """
    from qa_toolkit.engine.export import export_suites

    messages = Messages()
    catalogue = load_or_exit(checks, messages)
    if with_result is not None:
        folder = with_result if with_result.is_dir() else with_result.parent
        if not (folder / "credential_facts.parquet").is_file():
            refuse_one(
                messages("checks.no_facts"),
                folder.name,
                messages("checks.no_facts.why"),
                messages("checks.no_facts.fix"),
                messages,
            )
        with_result = folder
    try:
        standing = tuple(check for check in catalogue.checks.values() if not check.only_in_schemes)
        files = export_suites(standing, output_dir, with_result)
    except OSError as error:
        refuse_one(
            messages("checks.cannot_write"),
            output_dir.name,
            messages("checks.cannot_write.why", reason=error.strerror or type(error).__name__),
            messages("checks.cannot_write.fix"),
            messages,
        )
    typer.echo(messages("terminal.files", folder=output_dir.as_posix(), n=len(files)))


def _listed(checks: "Sequence[Check]", messages: Messages) -> Iterator[str]:
    if not checks:
        yield messages("checks.none")
        return
    principle = ""
    for check in checks:
        if check.principle != principle:
            principle = check.principle
            yield messages(f"principle.{principle}")
        case = check.cases[0]
        severity = messages(f"severity.{case.severity.value if case.severity else 'info'}")
        lead = f"  {check.id:<7} {messages(f'role.{case.role.value}'):<15} {severity:<9} "
        title = messages("checks.listed_only_in_schemes", title=check.title) if check.only_in_schemes else check.title
        yield from textwrap.wrap(title, width(), initial_indent=lead, subsequent_indent=" " * len(lead))
    yield messages("checks.counted", n=len(checks))


def _as_json(check: "Check") -> dict[str, Any]:
    return {
        "check_id": check.id,
        "title": check.title,
        "principle": check.principle,
        "element": check.element,
        "requires": list(check.requires),
        "only_in_schemes": check.only_in_schemes,
        "outcomes": [
            {
                "case": case.key,
                "table": case.table,
                "role": case.role.value,
                "severity": case.severity.value if case.severity else None,
                "failed": case.failed,
            }
            for case in check.cases
        ],
        "why": check.why,
        "fix": check.fix,
        "sources": [{"ref": one.ref, "place": one.place, "tag": one.tag.value} for one in check.sources],
    }


def _by_principle(check: "Check") -> tuple[int, str]:
    from qa_toolkit.catalogue.models import HAND_IN, PRINCIPLES

    return (len(PRINCIPLES) if check.principle == HAND_IN else PRINCIPLES.index(check.principle), check.id)


def _paragraph(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), width(), initial_indent="  ", subsequent_indent="  ")
