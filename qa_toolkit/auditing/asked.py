"""What was asked for, looked at before any work is done: every mistake at once."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from qa_toolkit.authenticity.material import Material, load_material
from qa_toolkit.catalogue.lint_schemes import days_of, scheme_problems
from qa_toolkit.catalogue.models import Catalogue, Framework
from qa_toolkit.catalogue.read_schemes import read_overlay_file
from qa_toolkit.catalogue.scheme_models import Scheme
from qa_toolkit.catalogue.selection import left_out, split_terms
from qa_toolkit.catalogue.tailor import Tailored, tailor
from qa_toolkit.judgement.waivers import Waiver, read_waivers
from qa_toolkit.problems import Problem, ProblemKind, UsageError, collecting, meant, not_there
from qa_toolkit.registers.extracts import Registers, load_registers
from qa_toolkit.report.files import formats_of
from qa_toolkit.report.templates import refuse_unusable
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
) -> list[Problem]:
    """What is named and not there, without a look at the checks."""
    problems = not_there(paths, mapping, checks)
    if not paths:
        what, fix = "Nothing was named to audit", "Name the files or folders that were handed in."
        problems.append(Problem(ProblemKind.FILE, what, "paths", "An audit reads what a provider handed in.", fix))
    if annotated_copies and output_folder is None:
        what, why = "There is no place for annotated copies", "They hold learners' data and go beside the reports."
        problems.append(Problem(ProblemKind.FILE, what, "annotated_copies", why, "Give an output folder."))
    if templates is not None:
        with collecting(problems):
            refuse_unusable(templates)
    with collecting(problems):
        formats_of(formats)
    return problems


def material_of(folder: Path | None, problems: list[Problem]) -> Material:
    """What was supplied to check signatures and status against; mistakes in it go to ``problems``."""
    if folder is not None:
        with collecting(problems):
            return load_material(folder)
    return Material()


def registers_of(folder: Path | None, catalogue: Catalogue, problems: list[Problem]) -> Registers:
    """The extracts of registers that were supplied; mistakes in them go to ``problems``."""
    if folder is not None:
        with collecting(problems):
            return load_registers(folder, catalogue.registers)
    return Registers()


def waivers_of(path: Path | None, catalogue: Catalogue, problems: list[Problem]) -> tuple[Waiver, ...]:
    """The accepted deviations of a waivers.yaml; mistakes in it go to ``problems``."""
    if path is not None:
        with collecting(problems):
            return read_waivers(path, catalogue.checks)
    return ()


def chosen_checks(
    catalogue: Catalogue,
    frameworks: str | Sequence[str],
    select: str | Sequence[str],
    ignore: str | Sequence[str],
    adoptions: Collection[str] = (),
) -> tuple[tuple[Framework, ...], Selection | None]:
    """The frameworks, the main one first, and what of their checks is left out; None where all are run.

    Args:
        catalogue: the checks.
        frameworks: ids, separately or with commas between; one named twice counts once.
        select: words of ``--select``.
        ignore: words of ``--ignore``.
        adoptions: ids of frameworks that the agency adopts.

    Raises:
        UsageError: a framework is not there, or words of the selection name nothing; carries every mistake.
    """
    ids = tuple(dict.fromkeys(split_terms(frameworks)))
    problems = [_no_framework(name, "--framework", catalogue) for name in ids if name not in catalogue.frameworks]
    problems += [_no_framework(name, "[adoption]", catalogue) for name in adoptions if name not in catalogue.frameworks]
    if not ids:
        problems.append(_no_framework("", "--framework", catalogue))
    chosen = tuple(catalogue.frameworks[name] for name in ids if name in catalogue.frameworks)
    wanted, unwanted = split_terms(select), split_terms(ignore)
    checks = checks_of(catalogue, *chosen) if len(chosen) == len(ids) else tuple(catalogue.checks.values())
    out: frozenset[str] = frozenset()
    with collecting(problems):
        out = left_out(checks, wanted, unwanted)
    if problems:
        raise UsageError(problems)
    return chosen, Selection(wanted, unwanted, tuple(sorted(out))) if wanted or unwanted else None


def _no_framework(name: str, where: str, catalogue: Catalogue) -> Problem:
    return Problem(
        ProblemKind.FILE,
        f"There is no framework '{name}'",
        where,
        f"Known: {', '.join(catalogue.frameworks)}.",
        meant(name, catalogue.frameworks, "Name one of them."),
        more="qa-toolkit frameworks list",
    )


def tailored_by(
    catalogue: Catalogue, schemes: str | Sequence[str], overlay: Path | None, day: date, problems: list[Problem]
) -> tuple[tuple[Scheme, ...], Tailored]:
    """The schemes asked for and the overlay, and the catalogue as they leave it on the day.

    Every mistake in them goes to ``problems``; the catalogue is then tailored by none, so that what else was asked for
    can be looked at as well.
    """
    ids = tuple(dict.fromkeys(split_terms(schemes)))
    found = [_no_scheme(name, catalogue) for name in ids if name not in catalogue.schemes]
    chosen = [catalogue.schemes[name] for name in ids if name in catalogue.schemes]
    if overlay is not None:
        with collecting(found):
            chosen.append(read_overlay_file(overlay))
    own_mistakes = [problem for one in chosen for problem in scheme_problems([one], catalogue, days_of(one))]
    found += own_mistakes or (scheme_problems(chosen, catalogue, (day.isoformat(),)) if len(chosen) > 1 else ())
    problems += found
    asked = () if found else tuple(chosen)
    return asked, tailor(catalogue, asked, day.isoformat())


def _no_scheme(name: str, catalogue: Catalogue) -> Problem:
    return Problem(
        ProblemKind.FILE,
        f"There is no scheme '{name}'",
        "--scheme",
        f"Known: {', '.join(catalogue.schemes)}.",
        meant(name, catalogue.schemes, "Name one of them, or give a file of your own with --overlay."),
        more="qa-toolkit schemes list",
    )


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
