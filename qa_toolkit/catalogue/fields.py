"""The keys of one mapping in a check file, asked for one by one; every mistake is collected with its place."""

import math
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from qa_toolkit.catalogue.yaml_nodes import Located, problem
from qa_toolkit.problems import Problem, meant, nearest

Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """Reads a mapping key by key. Call ``finish`` at the end: only then is it known which keys are unknown or missing.

    A getter gives a harmless value where the file has a mistake, so that reading goes on to the next one.
    """

    def __init__(self, located: Located, problems: list[Problem]) -> None:
        self.located = located
        self.problems = problems
        self._asked: set[str] = set()
        self._missing: list[str] = []
        self._values: dict[str, Located] = {}
        if isinstance(located.value, dict):
            self._values = located.value
        else:
            self.wrong(located, "Here must stand keys with values", "Write 'key: value' lines.")

    @property
    def place(self) -> str:
        """File, line and key path of the mapping."""
        return self.located.place

    def places(self) -> dict[str, str]:
        """Key -> where it stands, of every key that is written."""
        return {key: value.place for key, value in self._values.items()}

    def has(self, key: str) -> bool:
        """Whether the key is written, whatever its value."""
        self._asked.add(key)
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required where no default is given. Numbers are not texts: '1' needs its quotes."""
        found = self._get(key, required=default is None)
        if found is None:
            return default or ""
        if not isinstance(found.value, str) or not found.value.strip():
            self.wrong(found, f"'{key}' must be a text", f'Write a text; quotes make one of a number: {key}: "…".')
            return default or ""
        return " ".join(found.value.split())

    def text_or_none(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        return self.text(key, "") or None

    def number(self, key: str, default: float | None = None) -> float:
        """A number; required where no default is given."""
        found = self._get(key, required=default is None)
        if found is None:
            return default or 0.0
        if isinstance(found.value, bool) or not isinstance(found.value, int | float) or not math.isfinite(found.value):
            self.wrong(found, f"'{key}' must be a number", "Write a number, for example 0.01.")
            return default or 0.0
        return float(found.value)

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        found = self._get(key)
        if found is not None and not isinstance(found.value, bool):
            self.wrong(found, f"'{key}' must be true or false", "Write true or false, without quotes.")
            return default
        return default if found is None else bool(found.value)

    def day(self, key: str) -> date:
        """A day, required: YAML reads an unquoted one as a date, a quoted one is a text. Day one where it is wrong."""
        found = self._get(key, required=True)
        if found is None:
            return date.min
        value = found.value
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value.strip() if isinstance(value, str) else "")
        except ValueError:
            self.wrong(found, f"'{key}' must be a day of the calendar", f"Write it as {key}: 2026-09-30.")
            return date.min

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """One of the words of an enumeration; required. None where the file is wrong."""
        found = self._get(key, required=True)
        if found is None:
            return None
        words = [choice.value for choice in choices]
        if found.value not in words:
            what, why = f"'{key}' cannot be '{found.value}'", "Only certain words are understood here."
            self.problems.append(problem(what, found.place, why, _one_of(str(found.value), words)))
            return None
        return choices(found.value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is absent."""
        found = self._get(key)
        if found is None:
            return ()
        if not isinstance(found.value, list) or not all(isinstance(item.value, str) for item in found.value):
            self.wrong(found, f"'{key}' must be a list of texts", f"Write it in brackets: {key}: [one, two].")
            return ()
        return tuple(item.value for item in found.value)

    def plain(self, key: str) -> Any:
        """Whatever stands there, without places; None where the key is absent."""
        found = self._get(key)
        return None if found is None else found.plain()

    def mapping(self, key: str, required: bool = False) -> "Fields | None":
        """The keys of an inner mapping; None where it is absent."""
        found = self._get(key, required)
        return None if found is None else Fields(found, self.problems)

    def plain_mapping(self, key: str) -> dict[str, Any]:
        """A mapping without places; empty where the key is absent."""
        found = self._get(key)
        if found is None:
            return {}
        if not isinstance(found.value, dict):
            self.wrong(found, f"'{key}' must be keys with values", f"Write {key}: {{name: value}}.")
            return {}
        plain: dict[str, Any] = found.plain()
        return plain

    def items(self, key: str, required: bool = False) -> list["Fields"]:
        """The mappings of a list; empty where the key is absent."""
        found = self._get(key, required)
        if found is None:
            return []
        if not isinstance(found.value, list):
            self.wrong(found, f"'{key}' must be a list", "Start each item with a dash.")
            return []
        return [Fields(item, self.problems) for item in found.value]

    def rest(self, *known: str) -> dict[str, Any]:
        """Every key but the known ones, without places: for mappings whose keys are free."""
        self._asked |= self._values.keys()
        return {key: value.plain() for key, value in self._values.items() if key not in known}

    def wrong(self, found: Located, what: str, fix: str) -> None:
        """Collect a mistake at a value."""
        shown = "nothing" if found.value is None else type(found.value).__name__
        kinds = {"dict": "keys with values", "list": "a list", "str": "a text", "bool": "true or false"}
        kinds |= {"int": "a number", "float": "a number", "date": "a date", "datetime": "a date"}
        self.problems.append(problem(what, found.place, f"There stands {kinds.get(shown, shown)}.", fix))

    def refuse(self, key: str, what: str, why: str, fix: str) -> None:
        """Collect a mistake at a key, or at the mapping where the key is absent."""
        found = self._values.get(key, self.located)
        self.problems.append(problem(what, found.place, why, fix))

    def finish(self) -> None:
        """Say which keys are unknown, with the key that was probably meant, and which are missing."""
        if not isinstance(self.located.value, dict):
            return
        missing = list(self._missing)
        for key in (key for key in self._values if key not in self._asked):
            free = [other for other in self._asked if other not in self._values]
            if (close := nearest(key, free)) in missing:
                missing.remove(close)
            fix = meant(key, free, f"Keys here are {', '.join(sorted(self._asked))}.")
            found = self._values[key]
            self.problems.append(problem(f"Unknown key '{key}'", found.place, "Nothing reads it.", fix))
        for key in missing:
            where = self.located.place
            self.problems.append(
                problem(f"The key '{key}' is missing", where, "It is needed here.", f"Add '{key}: …'.")
            )

    def _get(self, key: str, required: bool = False) -> Located | None:
        self._asked.add(key)
        found = self._values.get(key)
        if found is None and required:
            self._missing.append(key)
        return found


def _one_of(written: str, words: Iterable[str]) -> str:
    known = list(words)
    return f"{meant(written, known, '', cutoff=0.5)} It is one of {', '.join(known)}.".strip()
