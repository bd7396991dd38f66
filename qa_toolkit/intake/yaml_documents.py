"""YAML that people write by hand: safe, a key said twice refused, every mistake with its line."""

from pathlib import Path
from typing import Any

import yaml

_DEEPEST_KEY = 4
"""Keys within keys whose lines are looked up; a mapping has no deeper ones."""


class YamlError(ValueError):
    """A YAML file that cannot be used: ``place`` is the file with its line, the message says why."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(why)
        self.place = place


def read_mapping(path: Path, *, texts: bool = False) -> dict[str, Any]:
    """The 'key: value' lines of a file.

    Args:
        path: the file.
        texts: whether every value is text as it stands: No is no FALSE, and 0613 no octal number.

    Raises:
        YamlError: it cannot be read, is no YAML, or holds no keys.
    """
    try:
        document = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_TextLoader if texts else _Loader)
    except (yaml.YAMLError, UnicodeDecodeError, OSError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path.name}, line {mark.line + 1}" if mark else path.name
        raise YamlError(place, f"{getattr(error, 'problem', None) or 'it is not UTF-8 text'}.") from None
    if not isinstance(document, dict):
        raise YamlError(path.name, "It holds no 'key: value' lines.")
    return {str(key): value for key, value in document.items()}


def key_lines(path: Path) -> dict[tuple[str, ...], int]:
    """Where each key of a file that ``read_mapping`` reads stands: keys from the outermost on -> line, from 1."""
    lines: dict[tuple[str, ...], int] = {}
    root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_TextLoader)
    waiting: list[tuple[tuple[str, ...], yaml.Node | None]] = [((), root)]
    while waiting:
        outer, node = waiting.pop()
        if isinstance(node, yaml.MappingNode) and len(outer) < _DEEPEST_KEY:
            for key, value in node.value:
                keys = (*outer, str(key.value))
                lines[keys] = key.start_mark.line + 1
                waiting.append((keys, value))
    return lines


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses a key said twice: nobody knows which one is meant."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if not isinstance(key, (str, int, float, bool)):
            raise yaml.MarkedYAMLError(problem="a key is no text", problem_mark=key_node.start_mark)
        if str(key) in seen:
            raise yaml.MarkedYAMLError(problem="a key is said twice", problem_mark=key_node.start_mark)
        seen.add(str(key))
    return loader.construct_mapping(node)


class _TextLoader(_Loader):
    """The same, where only a value left out is no text."""


_TextLoader.yaml_implicit_resolvers = {
    first: [one for one in resolvers if one[0] == "tag:yaml.org,2002:null"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
