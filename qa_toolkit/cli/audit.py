"""``qa-toolkit audit``: from what a provider hands in to a judged, published report."""

import os
from pathlib import Path
from typing import Annotated

import typer

from qa_toolkit.cli.exit_codes import ExitCode
from qa_toolkit.cli.options import Colour, Formats, MappingFile, SplitBy, TemplatesFolder, set_colour
from qa_toolkit.cli.output import Steps, refuse, say
from qa_toolkit.messages import Messages

Words = list[str] | None


def audit(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...",
            help="Files, folders or zip archives handed in. A folder with a submission.yaml is one submission.",
            show_default=False,
        ),
    ] = None,
    output_dir: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output-dir",
            metavar="DIR",
            help="Where to write the reports.  [default: audit-report]",
            show_default=False,
        ),
    ] = None,
    framework: Annotated[
        Words,
        typer.Option(
            "-f",
            "--framework",
            metavar="ID",
            help="The criteria to audit against. Several with commas, or the option again: the first is the main one,"
            " the others are reported beside it.  [default: eu-2022]",
            show_default=False,
        ),
    ] = None,
    scheme: Annotated[
        Words,
        typer.Option(
            "--scheme",
            metavar="ID",
            help="A national or sector scheme laid over the checks, such as es or nl-ho; several with commas, or the"
            " option again, where they do not contradict each other. See 'qa-toolkit schemes list'.",
            show_default=False,
        ),
    ] = None,
    overlay: Annotated[
        Path | None,
        typer.Option(
            "--overlay",
            metavar="FILE",
            help="An agency's own scheme: a YAML file of the same shape.",
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help="Judge the data as of this day; today if not given.",
            show_default=False,
        ),
    ] = None,
    select: Annotated[
        Words,
        typer.Option(
            "--select",
            metavar="WORDS",
            help="Run only these checks: ids (SIZ-02), families of ids (SIZ), keys of principles or elements,"
            " severity>=major, role:asks; several with commas, or the option again. The others count as not seen.",
            show_default=False,
        ),
    ] = None,
    ignore: Annotated[
        Words,
        typer.Option("--ignore", metavar="WORDS", help="Run all but these, in the same words.", show_default=False),
    ] = None,
    checks: Annotated[
        Path | None,
        typer.Option(
            "--checks",
            metavar="DIR",
            help="Your own checks: files that replace or join the shipped ones.",
            show_default=False,
        ),
    ] = None,
    mapping: MappingFile = None,
    split_by: SplitBy = None,
    trust_material: Annotated[
        Path | None,
        typer.Option(
            "--trust-material",
            metavar="DIR",
            help="Keys, signers, status lists and contexts, each dated, to check signatures and status against; nothing"
            " is fetched.",
            show_default=False,
        ),
    ] = None,
    registers: Annotated[
        Path | None,
        typer.Option(
            "--registers",
            metavar="DIR",
            help="Dated extracts of official registers, to look up decisions, organisations and levels as of each day"
            " of issue; nothing is fetched.",
            show_default=False,
        ),
    ] = None,
    waivers: Annotated[
        Path | None,
        typer.Option(
            "--waivers",
            metavar="FILE",
            help="A waivers.yaml: findings that are accepted for a time. Scores with and without them are shown.",
            show_default=False,
        ),
    ] = None,
    judgements: Annotated[
        Path | None,
        typer.Option(
            "--judgements",
            metavar="FILE",
            help="What 'qa-toolkit review import' wrote, or a folder of it. Scores with and without it are shown.",
            show_default=False,
        ),
    ] = None,
    annotated_copies: Annotated[
        bool | None,
        typer.Option(
            "--annotated-copies/--no-annotated-copies",
            help="Beside each report, the provider's own tables with faulty cells coloured and explained."
            " They hold all that was handed in, learners included.",
            show_default=False,
        ),
    ] = None,
    formats: Formats = None,
    fail_on: Annotated[
        Words,
        typer.Option(
            "--fail-on",
            metavar="WHAT",
            help="End with exit code 1 where a check is not met (critical, major or minor, each with what is worse), a"
            " check asks a person (review), a judgement is this or worse (band:KEY), or a score lies below"
            " (score<80); several with commas.  [default: never]",
            show_default=False,
        ),
    ] = None,
    exit_zero: Annotated[
        bool | None,
        typer.Option(
            "--exit-zero/--no-exit-zero",
            help="Say what --fail-on found, and end with 0 all the same.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[
        bool | None,
        typer.Option("--json", help="Print a summary for machines instead of one for people.", show_default=False),
    ] = None,
    quiet: Annotated[
        bool | None, typer.Option("-q", "--quiet", help="Print no summary; errors are told.", show_default=False)
    ] = None,
    verbose: Annotated[
        bool | None,
        typer.Option("-v", "--verbose", help="Tell every problem, every fix and every file.", show_default=False),
    ] = None,
    color: Colour = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="A file of settings; qa-toolkit.toml of the working folder if not given.",
            show_default=False,
        ),
    ] = None,
    show_config: Annotated[
        bool, typer.Option("--show-config", help="Print every setting and where it came from, and stop.")
    ] = False,
    templates: TemplatesFolder = None,
) -> None:
    """Read credentials, check them, score them, and write HTML, Excel and JSON reports.

    Reads tables in the provider's own columns (XLSX, XLSM, XLS, ODS, CSV in any encoding, Parquet; see 'qa-toolkit
    inspect'), the toolkit's template ('qa-toolkit init'), European Digital Credentials (JSON) and Open Badges 3.0
    (JSON, JWT, PNG, SVG). An option goes before its variable (QA_TOOLKIT_SELECT), that before qa-toolkit.toml. Exit
    codes: 0 done, 1 --fail-on found something, 2 wrong usage, 3 a file could not be read, 4 nothing to audit, 70 a
    check broke (please report it), 130 interrupted.
    """
    from qa_toolkit.auditing import NothingToAuditError
    from qa_toolkit.auditing import audit as run_audit
    from qa_toolkit.cli.audit_outcome import tell
    from qa_toolkit.cli.audit_settings import agency_of, further_mistakes, settings_of
    from qa_toolkit.problems import AuditError

    messages = Messages()
    settings, rules, problems = settings_of(
        {
            "output-dir": output_dir,
            "framework": framework,
            "scheme": scheme,
            "overlay": overlay,
            "as-of": as_of,
            "select": select,
            "ignore": ignore,
            "checks": checks,
            "mapping": mapping,
            "split-by": split_by,
            "trust-material": trust_material,
            "registers": registers,
            "waivers": waivers,
            "judgements": judgements,
            "annotated-copies": annotated_copies,
            "format": formats,
            "fail-on": fail_on,
            "exit-zero": exit_zero,
            "json": as_json,
            "quiet": quiet,
            "verbose": verbose,
            "color": color,
            "templates": templates,
        },
        config,
        os.environ,
    )
    set_colour(context, settings.text("color"))
    if show_config:
        if problems:
            refuse(problems, messages)
        typer.echo(settings.shown())
        return
    agency, mistakes = agency_of(settings)
    if problems or mistakes:
        refuse([*problems, *mistakes, *further_mistakes(settings, paths or [])], messages)
    steps = Steps(messages, quiet=settings.yes("quiet"))
    try:
        finished = run_audit(
            paths or [],
            settings.path("output-dir"),
            framework=settings.words("framework"),
            adoptions=settings.adoptions,
            as_of=settings.as_of,
            select=settings.words("select"),
            ignore=settings.words("ignore"),
            checks=settings.path("checks"),
            mapping=settings.path("mapping"),
            split_by=settings.text("split-by"),
            annotated_copies=settings.yes("annotated-copies"),
            formats=settings.words("format"),
            templates=settings.path("templates"),
            agency=agency,
            trust_material=settings.path("trust-material"),
            registers=settings.path("registers"),
            schemes=settings.words("scheme"),
            overlay=settings.path("overlay"),
            waivers=settings.path("waivers"),
            judgements=settings.path("judgements"),
            command=settings.command(paths or []),
            progress=steps,
        )
    except NothingToAuditError as error:
        steps.done()
        say(messages("terminal.nothing_to_audit"))
        refuse(error.problems, messages, ExitCode.NOTHING_TO_AUDIT)
    except AuditError as error:
        steps.done()
        refuse(error.problems, messages)
    steps.done()
    raise typer.Exit(tell(finished, settings, rules, messages))
