"""``qa-toolkit.toml``, read and looked at: every mistake at once, with its line and what was probably meant."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qa_toolkit.configuration.adoptions import read_adoptions
from qa_toolkit.configuration.settings import AGENCY_KEYS, BY_NAME, FILE_NAME, NotAValueError, Value, from_toml
from qa_toolkit.problems import AuditError, Problem, ProblemKind, meant

TABLES = ("audit", "agency", "adoption")


class ConfigurationError(AuditError):
    """Settings that cannot be used; ``problems`` say every mistake."""


@dataclass(frozen=True)
class Configuration:
    """A file of settings."""

    name: str = FILE_NAME
    """Its name, for messages."""
    folder: Path = Path()
    """Paths in it are relative to this folder."""
    audit: Mapping[str, Value] = field(default_factory=dict)
    """The table ``[audit]``: name of a setting -> value."""
    agency: Mapping[str, str] = field(default_factory=dict)
    """The table ``[agency]``, as written: name, logo, colour, link."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """``audit.select`` -> line."""
    adoptions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The table ``[adoption]``: framework id, '' for the main one -> by, legal_basis, since, until."""


def find_configuration(given: Path | None) -> Configuration | None:
    """The file given, or ``qa-toolkit.toml`` of the working folder; None where there is none.

    Raises:
        ConfigurationError: the file given is not there, or holds mistakes.
    """
    if given is None:
        return read_configuration(Path(FILE_NAME)) if Path(FILE_NAME).is_file() else None
    return read_configuration(given)


def read_configuration(path: Path) -> Configuration:
    """Read a file of settings.

    Raises:
        ConfigurationError: it cannot be read or holds mistakes; carries every one.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        document = tomllib.loads(text)
    except OSError as error:
        why = f"{error.strerror or type(error).__name__}."
        raise _one("The file of settings cannot be read", str(path), why, "Give the path of a file.") from None
    except UnicodeDecodeError:
        raise _one("The file of settings is not text", str(path), "It is not UTF-8.", "Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).partition(" (at ")
        where = f"{path.name}, {place.rstrip(')')}" if place else path.name
        raise _one(
            "The file of settings is not TOML", where, f"{reason}.", "Write lines such as key = value."
        ) from None
    lines = _lines(text)
    problems: list[Problem] = []

    def refuse(what: str, key: str, why: str, fix: str) -> None:
        place = f"{path.name}, line {lines[key]}" if key in lines else path.name
        problems.append(Problem(ProblemKind.FILE, what, place, why, fix, more="qa-toolkit audit --show-config"))

    for name, table in document.items():
        if name not in TABLES:
            fix = meant(name, TABLES, "Move what it says into [audit] or [agency], or remove it.")
            refuse(f"There is no table or key '{name}'", name, "Tables are [audit], [agency] and [adoption].", fix)
        elif not isinstance(table, dict):
            refuse(f"'{name}' is no table", name, "It is a single value.", f"Begin a table with a line [{name}].")
    audit: dict[str, Value] = {}
    for key, value in _table(document, "audit").items():
        setting = BY_NAME.get(key)
        if setting is None:
            fix = meant(key, BY_NAME, "Remove it, or see which there are.")
            refuse(f"[audit] has no key '{key}'", f"audit.{key}", f"Keys are {', '.join(BY_NAME)}.", fix)
            continue
        try:
            audit[key] = from_toml(setting, value, path.parent)
        except NotAValueError as error:
            refuse(f"'{key}' has a value that it does not take", f"audit.{key}", str(error), error.fix)
    agency: dict[str, str] = {}
    for key, value in _table(document, "agency").items():
        if key not in AGENCY_KEYS:
            fix = meant(key, AGENCY_KEYS, "Remove it.")
            refuse(f"[agency] has no key '{key}'", f"agency.{key}", f"Keys are {', '.join(AGENCY_KEYS)}.", fix)
        elif not isinstance(value, str):
            refuse(f"'{key}' is no text", f"agency.{key}", "It takes a text.", f'Write {key} = "…".')
        else:
            agency[key] = value
    adoptions = read_adoptions(_table(document, "adoption"), refuse)
    if problems:
        raise ConfigurationError(problems)
    return Configuration(path.name, path.parent, audit, agency, lines, adoptions)


def _table(document: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = document.get(name)
    return table if isinstance(table, dict) else {}


def _lines(text: str) -> dict[str, int]:
    """Where tables and keys stand. TOML's parser does not say, so lines that look like one are taken."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]", line):
            table = head[1]
            found.setdefault(table, number)
        elif key := re.match(r"""\s*["']?([\w-]+)["']?\s*[.=]""", line):
            found.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return found


def _one(what: str, place: str, why: str, fix: str) -> ConfigurationError:
    return ConfigurationError((Problem(ProblemKind.FILE, what, place, why, fix),))
