"""Which value holds: an option goes before the environment, that before the file, that before the default."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qa_toolkit.configuration.read import Configuration, ConfigurationError
from qa_toolkit.configuration.settings import PREFIX, SETTINGS, NotAValueError, Value, from_text
from qa_toolkit.problems import Problem, ProblemKind, meant

DAYS = ("since", "until")
"""Keys of an adoption that hold a day."""
CONFIG_VARIABLE = f"{PREFIX}CONFIG"
"""Names the file of settings."""


@dataclass(frozen=True)
class Resolved:
    """A value, and where it came from: ``--option``, a variable, file and line, or ``default``."""

    value: Value
    origin: str


def merge(
    options: Mapping[str, Value], environment: Mapping[str, str], configuration: Configuration | None
) -> dict[str, Resolved]:
    """Every setting with its value and origin.

    Args:
        options: what was typed; None or an empty tuple is "not given".
        environment: variables, of which those that begin with ``QA_TOOLKIT_`` count.
        configuration: the file of settings, if there is one.

    Raises:
        ConfigurationError: a variable names no setting or holds no value of it; carries every mistake.
    """
    problems: list[Problem] = []
    variables = {setting.variable: setting for setting in SETTINGS}
    from_environment: dict[str, Value] = {}
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name == CONFIG_VARIABLE:
            continue
        setting = variables.get(name)
        if setting is None:
            why = "Every variable that begins with QA_TOOLKIT_ is a setting of an audit."
            fix = meant(name, (*variables, CONFIG_VARIABLE), "Remove it from the environment.", cutoff=0.8)
            problems.append(Problem(ProblemKind.FILE, f"There is no setting '{name}'", "environment", why, fix))
            continue
        if not environment[name].strip():
            continue  # as for any program, an empty variable is one that is not set
        try:
            from_environment[setting.name] = from_text(setting, environment[name])
        except NotAValueError as error:
            what = f"'{name}' has a value that it does not take"
            problems.append(Problem(ProblemKind.FILE, what, "environment", str(error), error.fix))
    if problems:
        raise ConfigurationError(problems)
    merged = {}
    for setting in SETTINGS:
        name = setting.name
        if options.get(name) not in (None, ()):
            merged[name] = Resolved(options[name], f"--{name}")
        elif name in from_environment:
            merged[name] = Resolved(from_environment[name], setting.variable)
        elif configuration is not None and name in configuration.audit:
            line = configuration.lines.get(f"audit.{name}")
            merged[name] = Resolved(
                configuration.audit[name], configuration.name + (f", line {line}" if line is not None else "")
            )
        else:
            merged[name] = Resolved(setting.default, "default")
    return merged


def as_toml(
    settings: Mapping[str, Resolved],
    agency: Mapping[str, str],
    adoptions: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """The merged settings as a file of settings, with the origin of each as a comment."""
    lines = ["[audit]"]
    for name, one in settings.items():
        text = f"# {name} =" if one.value is None else f"{name} = {_toml(one.value)}"
        lines.append(f"{text:<40} # {one.origin}")
    lines += ["", "[agency]" if agency else "# [agency]", *(f"{key} = {_toml(value)}" for key, value in agency.items())]
    if not agency:
        lines += ['# name = "…"', '# logo = "logo.svg"', '# colour = "#1f4e79"', '# link = "https://…"']
    for framework, adoption in (adoptions or {}).items():
        lines += ["", f"[adoption.{framework}]" if framework else "[adoption]"]
        lines += [f"{key} = {value if key in DAYS else _toml(value)}" for key, value in adoption.items()]
    return "\n".join(lines)


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(word) for word in value)}]"
    text = value.as_posix() if isinstance(value, Path) else str(value)
    escaped = "".join({'"': '\\"', "\\": "\\\\"}.get(c, c if c.isprintable() else f"\\U{ord(c):08x}") for c in text)
    return f'"{escaped}"'
