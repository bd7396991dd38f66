"""What was asked for, looked at before any work is done: every mistake at once."""

from collections.abc import Sequence
from pathlib import Path

from qa_toolkit.authenticity.material import MaterialError, load_material
from qa_toolkit.catalogue.models import Catalogue, Framework
from qa_toolkit.catalogue.selection import left_out, split_terms
from qa_toolkit.problems import Problem, ProblemKind, UsageError, meant
from qa_toolkit.report.files import formats_of
from qa_toolkit.report.templates import TemplatesError, refuse_unusable
from qa_toolkit.result import Selection
from qa_toolkit.scoring.as_used import checks_of


def mistakes_of(
    paths: Sequence[Path],
    output_folder: str | Path | None,
    mapping: Path | None,
    checks: Path | None,
    formats: str | Sequence[str],
    annotated_copies: bool,
    templates: Path | None = None,
    trust_material: Path | None = None,
) -> list[Problem]:
    """What is named and not there, without a look at the checks."""
    problems = [
        _missing(path, "There is no such file or folder", "Check the spelling of the path.")
        for path in paths
        if not path.exists()
    ]
    if not paths:
        what, fix = "Nothing was named to audit", "Name the files or folders that were handed in."
        problems.append(Problem(ProblemKind.FILE, what, "paths", "An audit reads what a provider handed in.", fix))
    if mapping is not None and not mapping.is_file():
        problems.append(_missing(mapping, "There is no such mapping", "Give a mapping.yaml with --mapping."))
    if checks is not None and not checks.is_dir():
        problems.append(_missing(checks, "There is no such folder of checks", "Give a folder with --checks."))
    if annotated_copies and output_folder is None:
        what, why = "There is no place for annotated copies", "They hold learners' data and go beside the reports."
        problems.append(Problem(ProblemKind.FILE, what, "annotated_copies", why, "Give an output folder."))
    if templates is not None:
        try:
            refuse_unusable(templates)
        except TemplatesError as error:
            problems.extend(error.problems)
    if trust_material is not None:
        try:
            load_material(trust_material)
        except MaterialError as error:
            problems.extend(error.problems)
    try:
        formats_of(formats)
    except UsageError as error:
        problems.extend(error.problems)
    return problems


def chosen_checks(
    catalogue: Catalogue, framework: str, select: str | Sequence[str], ignore: str | Sequence[str]
) -> tuple[Framework, Selection | None]:
    """The framework, and what of its checks is left out; None where all are run.

    Raises:
        UsageError: the framework is not there, or words of the selection name nothing; carries every mistake.
    """
    chosen = catalogue.frameworks.get(framework)
    problems = []
    if chosen is None:
        known = ", ".join(catalogue.frameworks)
        problems.append(
            Problem(
                ProblemKind.FILE,
                f"There is no framework '{framework}'",
                "--framework",
                f"Known: {known}.",
                meant(framework, catalogue.frameworks, "Name one of them."),
                more="qa-toolkit frameworks show",
            )
        )
    wanted, unwanted = split_terms(select), split_terms(ignore)
    checks = checks_of(catalogue, chosen) if chosen is not None else tuple(catalogue.checks.values())
    try:
        out = left_out(checks, wanted, unwanted)
    except UsageError as error:
        problems.extend(error.problems)
    if problems or chosen is None:
        raise UsageError(problems)
    return chosen, Selection(wanted, unwanted, tuple(sorted(out))) if wanted or unwanted else None


def nothing_selected(selection: Selection | None) -> Problem:
    """What to say where every check was left out."""
    options = (
        [
            f"{option} {','.join(words)}"
            for option, words in (("--select", selection.select), ("--ignore", selection.ignore))
            if words
        ]
        if selection
        else []
    )
    return Problem(
        ProblemKind.FILE,
        "Every check was left out",
        " ".join(options) or "checks",
        "No check is both selected and not ignored, so nothing can be judged.",
        "Select more checks, or ignore fewer.",
        more="qa-toolkit checks list",
    )


def _missing(path: Path, what: str, fix: str) -> Problem:
    return Problem(ProblemKind.FILE, what, str(path), "Nothing was found at this path.", fix)
