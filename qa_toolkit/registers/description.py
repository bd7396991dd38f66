"""The description beside an extract: what it is, where it is from, under which licence, of which day, with its hash."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from qa_toolkit.problems import Problem, meant, nearest
from qa_toolkit.records.register_tables import RegisterKind
from qa_toolkit.registers.mistakes import mistake

KEYS = ("kind", "source", "licence", "date", "sha256")
OPTIONAL_KEYS = ("stale_after_days",)
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Description:
    """What stands beside an extract."""

    kind: str
    source: str
    licence: str
    day: date
    sha256: str
    stale_after_days: int | None = None

    def as_yaml(self) -> str:
        """As it is written beside the extract."""
        stated: dict[str, str | int] = {
            "kind": self.kind,
            "source": self.source,
            "licence": self.licence,
            "date": self.day.isoformat(),
            "sha256": self.sha256,
        }
        if self.stale_after_days is not None:
            stated["stale_after_days"] = self.stale_after_days
        return yaml.safe_dump(stated, sort_keys=False, allow_unicode=True, width=1000)


def read_description(path: Path, kinds: Mapping[str, RegisterKind], problems: list[Problem]) -> Description | None:
    """Read a description; None where it cannot be used. Every mistake goes to ``problems`` with its line."""
    written = _keys(path, problems)
    if written is None:
        return None
    before = len(problems)

    def say(key: str, what: str, why: str, fix: str) -> None:
        line = written[key][1] if key in written else 1
        problems.append(mistake(what, f"{path.name}, line {line}, key {key}", why, fix))

    for key in written.keys() - {*KEYS, *OPTIONAL_KEYS}:
        free = [known for known in (*KEYS, *OPTIONAL_KEYS) if known not in written]
        say(key, f"Unknown key '{key[:40]}'", "Nothing reads it.", meant(key, free, f"Keys are {', '.join(KEYS)}."))
    meant_keys = {nearest(key, KEYS) for key in written.keys() - {*KEYS}}
    for key in KEYS:
        if not written.get(key, ("", 0))[0].strip() and key not in meant_keys:
            say(key, f"The key '{key}' is missing", "It is needed to judge the extract.", f"Add '{key}: …'.")
    texts = {key: value.strip() for key, (value, _) in written.items()}
    kind, day, sha256 = texts.get("kind", ""), _day(texts.get("date", "")), texts.get("sha256", "").lower()
    if kind and kind not in kinds:
        known = f"Kinds are {', '.join(kinds)}."
        say("kind", f"There is no kind '{kind[:40]}'", known, meant(kind, kinds, "Write one of them."))
    if texts.get("date") and day is None:
        say("date", "The date is no day", "How old an extract is decides what it can tell.", "Write it as 2026-09-30.")
    if sha256 and not _SHA256.fullmatch(sha256):
        say("sha256", "The hash is none", "A sha256 has 64 figures and letters a to f.", "Add the extract anew.")
    days = texts.get("stale_after_days")
    if days is not None and not (days.isascii() and days.isdigit()):
        say("stale_after_days", "stale_after_days is no number of days", "It is counted in whole days.", "Write 180.")
    if len(problems) > before or day is None:
        return None
    return Description(kind, texts["source"], texts["licence"], day, sha256, int(days) if days is not None else None)


def _keys(path: Path, problems: list[Problem]) -> dict[str, tuple[str, int]] | None:
    """Key -> text and line; None where the file holds no such lines."""
    fix = f"Write a line 'key: value' for each of {', '.join(KEYS)}."
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path.name}, line {mark.line + 1}" if mark is not None else path.name
        problems.append(mistake("A description cannot be read", place, "It is no YAML in UTF-8.", fix))
        return None
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    written: dict[str, tuple[str, int]] = {}
    for key, value in pairs:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode) or key.value in written:
            why = "A key stands once, with one value."
            problems.append(mistake("A line cannot be used", f"{path.name}, line {line}", why, fix))
        else:
            written[key.value] = (value.value, line)
    if not pairs:
        problems.append(mistake("A description says nothing", path.name, "It holds no 'key: value' lines.", fix))
        return None
    return written


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
