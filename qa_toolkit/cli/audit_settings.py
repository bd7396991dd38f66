"""The settings of an audit, typed: options, environment and file merged and looked at, every mistake at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from qa_toolkit.cli.fail_on import BAND, Rule, parse
from qa_toolkit.configuration.merge import CONFIG_VARIABLE, Resolved, as_toml, merge
from qa_toolkit.configuration.read import Configuration, find_configuration
from qa_toolkit.configuration.settings import BY_NAME, Kind, NotAValueError, Value, from_text
from qa_toolkit.problems import AuditError, Problem, ProblemKind

if TYPE_CHECKING:
    from qa_toolkit.catalogue.models import Adoption
    from qa_toolkit.report.agency import Agency

BEARING_ON_THE_RESULT = (
    "framework",
    "scheme",
    "overlay",
    "as-of",
    "select",
    "ignore",
    "checks",
    "mapping",
    "split-by",
    "trust-material",
    "registers",
    "waivers",
    "judgements",
)
"""Settings that the command of the report's provenance repeats."""
Typed = str | bool | Path | list[str] | None
"""What Typer hands over."""
_TOGETHER = Problem(
    ProblemKind.FILE,
    "--quiet and --verbose exclude each other",
    "--quiet, --verbose",
    "One asks for less, the other for more.",
    "Leave one of them out.",
)


@dataclass(frozen=True)
class AuditSettings:
    """What an audit was asked for, whatever said it."""

    merged: Mapping[str, Resolved]
    agency: Mapping[str, str]
    """The table ``[agency]`` of the file of settings, as written."""
    folder: Path
    """Where that file lies: a logo is named from there."""
    adopted: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The table ``[adoption]`` of that file."""

    def path(self, name: str) -> Path | None:
        """A path, if one is set."""
        return cast("Path | None", self.merged[name].value)

    def text(self, name: str) -> str | None:
        """A text, if one is set."""
        return cast("str | None", self.merged[name].value)

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a setting that takes several."""
        return cast("tuple[str, ...]", self.merged[name].value)

    def yes(self, name: str) -> bool:
        """Whether it is switched on."""
        return bool(self.merged[name].value)

    @property
    def as_of(self) -> date:
        """The day the data are judged for."""
        return cast("date | None", self.merged["as-of"].value) or date.today()

    @property
    def adoptions(self) -> "dict[str, Adoption]":
        """Framework id -> its adoption."""
        from qa_toolkit.catalogue.models import Adoption

        main = next(iter(self.words("framework")), "")
        return {
            name or main: Adoption(
                one.get("by", ""), one.get("legal_basis", ""), one.get("since", ""), one.get("until")
            )
            for name, one in self.adopted.items()
        }

    def shown(self) -> str:
        """All of it as a file of settings, with the origin of each value."""
        return as_toml(self.merged, self.agency, self.adopted)

    def command(self, paths: list[Path]) -> str:
        """The command for the provenance of the report: what bears on the result, files by their kind, no folders."""
        shown = [path.resolve().name if path.is_dir() else f"file{path.suffix.lower()}" for path in paths]
        words = ["qa-toolkit", "audit", *shown]
        for name in BEARING_ON_THE_RESULT:
            value = self.merged[name].value
            if value == BY_NAME[name].default:
                continue
            text = ",".join(value) if isinstance(value, tuple) else str(value)
            text = value.resolve().name if isinstance(value, Path) else text
            words += [f"--{name}", f'"{text}"' if name == "split-by" or set(text) & set(" <>") else text]
        return " ".join(words)


def settings_of(
    typed: Mapping[str, Typed], given: Path | None, environment: Mapping[str, str]
) -> tuple[AuditSettings, tuple[Rule, ...], list[Problem]]:
    """What was typed, merged with the environment and the file of settings; the rules of ``--fail-on``; every mistake.

    What holds a mistake counts as not given, so that the rest can be looked at as well.
    """
    problems: list[Problem] = []
    options: dict[str, Value] = {}
    for name, value in typed.items():
        try:
            options[name] = _value(name, value)
        except NotAValueError as error:
            what = f"--{name} does not take '{value}'"
            problems.append(Problem(ProblemKind.FILE, what, "qa-toolkit audit", str(error), error.fix))
    configuration: Configuration | None = None
    variable = environment.get(CONFIG_VARIABLE)
    try:
        configuration = find_configuration(given or (Path(variable) if variable else None))
    except AuditError as error:
        problems.extend(error.problems)
    try:
        merged = merge(options, environment, configuration)
    except AuditError as error:
        problems.extend(error.problems)
        merged = merge(options, {}, configuration)
    settings = AuditSettings(
        merged,
        configuration.agency if configuration is not None else {},
        configuration.folder if configuration is not None else Path(),
        configuration.adoptions if configuration is not None else {},
    )
    if settings.yes("quiet") and settings.yes("verbose"):
        problems.append(_TOGETHER)
    words = tuple(word.strip().lower() for word in settings.words("fail-on"))
    rules, mistakes = parse(words, _bands(settings) if any(word.startswith(BAND) for word in words) else ())
    return settings, rules, [*problems, *mistakes]


def further_mistakes(settings: AuditSettings, paths: list[Path]) -> list[Problem]:
    """What an audit itself would refuse, told together with mistakes of the settings."""
    from qa_toolkit.auditing.asked import (
        chosen_checks,
        material_of,
        mistakes_of,
        registers_of,
        tailored_by,
        waivers_of,
    )
    from qa_toolkit.auditing.judged import judgements_of
    from qa_toolkit.catalogue.load import load_catalogue
    from qa_toolkit.resources import shipped_folder

    checks = settings.path("checks")
    found = mistakes_of(
        paths,
        settings.path("output-dir"),
        settings.path("mapping"),
        checks,
        settings.words("format"),
        settings.yes("annotated-copies"),
        settings.path("templates"),
    )
    material_of(settings.path("trust-material"), found)
    try:
        own = checks if checks is not None and checks.is_dir() else None
        catalogue = load_catalogue(shipped_folder("checks"), own)
        registers_of(settings.path("registers"), catalogue, found)
        schemes, overlay = settings.words("scheme"), settings.path("overlay")
        _, tailored = tailored_by(catalogue, schemes, overlay, settings.as_of, found)
        waivers_of(settings.path("waivers"), catalogue, found)
        frameworks, select, ignore = (settings.words(name) for name in ("framework", "select", "ignore"))
        chosen, _ = chosen_checks(tailored.catalogue, frameworks, select, ignore, tuple(settings.adoptions))
        judgements_of(settings.path("judgements"), tailored.catalogue, chosen, found)
    except AuditError as error:
        found.extend(error.problems)
    return found


def agency_of(settings: AuditSettings) -> "tuple[Agency | None, tuple[Problem, ...]]":
    """The agency that the reports carry, as the file of settings describes it, and why it cannot be shown so.

    None where the file names none, or where there is a reason.
    """
    from qa_toolkit.report.agency import AgencyError, agency_from

    try:
        return (agency_from(settings.agency, settings.folder) if settings.agency else None), ()
    except AgencyError as error:
        return None, error.problems


def _value(name: str, value: Typed) -> Value:
    setting = BY_NAME[name]
    if isinstance(value, list):
        return from_text(setting, ",".join(value))
    if isinstance(value, str) and setting.kind is not Kind.PATH:
        return from_text(setting, value)
    return value


def _bands(settings: AuditSettings) -> tuple[str, ...]:
    """Keys of the bands of the framework, best first; of any, where it is not there, which is told elsewhere."""
    from qa_toolkit.catalogue.load import load_catalogue
    from qa_toolkit.resources import shipped_folder

    checks = settings.path("checks")
    try:
        own = checks if checks is not None and checks.is_dir() else None
        frameworks = load_catalogue(shipped_folder("checks"), own).frameworks
    except AuditError:
        frameworks = load_catalogue(shipped_folder("checks")).frameworks
    main = next(iter(settings.words("framework")), "")
    framework = frameworks.get(main) or next(iter(frameworks.values()))
    return tuple(band.key for band in framework.bands)
