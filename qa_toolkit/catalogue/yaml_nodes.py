"""YAML with its line numbers: every value knows where it stands, so that a mistake can be named with its place.

Stricter than YAML, because people write these files: a key stands once, keys are texts, and there are no aliases.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.constructor import ConstructorError

from qa_toolkit.problems import Problem, ProblemKind

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


@dataclass(frozen=True)
class Located:
    """A value of a YAML file and its place."""

    value: Any
    """A mapping of texts to Located, a list of Located, or a scalar."""
    file: str
    line: int
    """From 1."""
    path: str
    """For example ``checks[SIZ-02].severity``; '' for the whole file."""

    @property
    def place(self) -> str:
        """File, line and key path."""
        return place(self.file, self.line, self.path)

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value


def place(file: str, line: int, path: str = "") -> str:
    """How a problem names a place: ``principles/02-transparency.yaml, line 14, key checks[SIZ-02].severity``."""
    return f"{file}, line {line}" + (f", key {path}" if path else "")


def problem(what: str, where: str, why: str, fix: str) -> Problem:
    """A mistake in a file of ``checks/``: the file cannot be used as it is."""
    return Problem(ProblemKind.FILE, what, where, why, fix)


def read_yaml(content: bytes, file: str, problems: list[Problem]) -> Located | None:
    """Read a YAML file; None where nothing could be made of it. Every mistake is appended to ``problems``."""
    try:
        loader = _Loader(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problems.append(
            problem("The file is not UTF-8", file, "Its bytes cannot be read as text.", "Save it as UTF-8.")
        )
        return None
    except yaml.YAMLError as error:
        problems.append(_unreadable(error, file))
        return None
    try:
        node = loader.get_single_node()
        if node is None:
            problems.append(problem("The file is empty", file, "It holds no keys.", "Fill it, or remove it."))
            return None
        return _Reader(file, loader.construct_object, problems).read(node, "")
    except yaml.YAMLError as error:
        problems.append(_unreadable(error, file))
        return None
    finally:
        loader.dispose()


class _Reader:
    def __init__(self, file: str, construct: Callable[..., Any], problems: list[Problem]) -> None:
        self.file = file
        self.construct = construct
        self.problems = problems
        self.seen: set[int] = set()

    def read(self, node: yaml.Node, path: str) -> Located:
        line = node.start_mark.line + 1
        if id(node) in self.seen:
            self.say("Two places share one value", line, path, "Aliases hide what a key says.", "Write the value out.")
            return Located(None, self.file, line, path)
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return Located(self._mapping(node, path), self.file, line, path)
        if isinstance(node, yaml.SequenceNode):
            items = [self.read(item, f"{path}[{_name(item) or n}]") for n, item in enumerate(node.value, start=1)]
            return Located(items, self.file, line, path)
        return Located(self._scalar(node, line, path), self.file, line, path)

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Located]:
        values: dict[str, Located] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self._scalar(key_node, line, path) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                written = getattr(key_node, "value", "")
                shown = written if isinstance(written, str) else "a list or mapping"
                why = "YAML reads words such as NO, on and 12 as yes, no or a number."
                self.say(f"The key {shown} is not a text", line, path, why, f"Put it in quotes: '{shown}'.")
                continue
            inner = f"{path}.{key}" if path else key
            if key in values:
                why = f"It stands in line {values[key].line} already; only one of the two would count."
                self.say(f"The key '{key}' stands twice", line, inner, why, "Keep one of them.")
                continue
            values[key] = self.read(value_node, inner)
        return values

    def _scalar(self, node: yaml.Node, line: int, path: str) -> Any:
        try:
            return self.construct(node)
        except ConstructorError as error:
            why = f"{error.problem or 'YAML cannot build it'}."
            self.say("The value cannot be read", line, path, why, "Write a text, a number, true or false.")
        except ValueError as error:  # a date such as 2026-13-45
            self.say("The value cannot be read", line, path, f"{error}.", "Correct it, or put it in quotes.")
        return None

    def say(self, what: str, line: int, path: str, why: str, fix: str) -> None:
        self.problems.append(problem(what, place(self.file, line, path), why, fix))


def _name(node: yaml.Node) -> str:
    """The id or key of a list's item, where it has one: easier to find than a number."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(value, yaml.ScalarNode) and getattr(key, "value", None) in ("id", "key"):
                return str(value.value)
    return ""


def _unreadable(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = place(file, mark.line + 1) if mark is not None else file
    reason = getattr(error, "problem", None) or "it breaks the rules of YAML"
    return problem(
        "The file is not valid YAML",
        where,
        f"{reason[0].upper()}{reason[1:]}.",
        "Correct the line; the cause is often a missing quote, a colon inside a text, or the indentation.",
    )
