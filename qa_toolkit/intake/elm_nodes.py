"""Walking a European Learning Model document tolerantly: list or scalar, language maps, concepts, references.

Every step keeps its JSON pointer, so that a finding can name the place. Wrong types are stepped over, never an error.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_REFERENCE_KEYS = {"id", "@id", "type", "@type"}


class Document:
    """A document with an index of its identified objects, made when the first reference needs it."""

    def __init__(self, value: dict[str, Any], pointer: str) -> None:
        self.value = value
        self.pointer = pointer
        self._index: dict[str, tuple[dict[str, Any], str]] | None = None

    @property
    def root(self) -> "Node":
        """The document as a node."""
        return Node(self.value, self.pointer, self)

    def find(self, identifier: str) -> "tuple[dict[str, Any], str] | None":
        """The fullest object with the identifier, and its pointer."""
        if self._index is None:
            self._index = {}
            self._collect(self.value, self.pointer)
        return self._index.get(identifier)

    def _collect(self, value: Any, pointer: str) -> None:
        assert self._index is not None
        stack = [(value, pointer)]
        while stack:
            one, place = stack.pop()
            if isinstance(one, dict):
                identifier = one.get("id", one.get("@id"))
                if isinstance(identifier, str):
                    known = self._index.get(identifier)
                    if known is None or len(one) > len(known[0]):
                        self._index[identifier] = (one, place)
                stack += [(child, f"{place}/{_escaped(key)}") for key, child in one.items()]
            elif isinstance(one, list):
                stack += [(child, f"{place}/{index}") for index, child in enumerate(one)]


@dataclass(frozen=True)
class Node:
    """A value in a document, with its pointer."""

    value: Any
    pointer: str
    document: Document

    def all(self, *names: str) -> "list[Node]":
        """The values under a path of property names: lists flattened, references followed."""
        nodes = [self]
        for name in names:
            nodes = [child for node in nodes for child in node._children(name)]
        return nodes

    def first(self, *names: str) -> "Node | None":
        """The first of them."""
        found = self.all(*names)
        return found[0] if found else None

    def types(self) -> set[str]:
        """Its types, without prefix."""
        if not isinstance(self.value, dict):
            return set()
        stated = self.value.get("type", self.value.get("@type"))
        listed = stated if isinstance(stated, list) else [stated]
        return {item.rsplit(":", 1)[-1] for item in listed if isinstance(item, str)}

    def literal(self) -> str | None:
        """The value as text, if it is a text, number or truth value."""
        value = self.value.get("@value") if isinstance(self.value, dict) else self.value
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if isinstance(value, (str, int, float)):
            return str(value).strip() or None
        return None

    def texts(self) -> list[tuple[str | None, str]]:
        """(language, text) pairs of a language map in any shape, a note, a labelled thing or a plain text."""
        return list(_texts(self.value))

    def text(self) -> str | None:
        """The first of them: English if there is any, because codes are compared by it."""
        found = self.texts()
        return next((text for language, text in found if language == "en"), found[0][1] if found else None)

    def codes(self) -> list[str]:
        """What may name a concept, most telling first: last segment of its identifier, notation, labels."""
        found: list[str] = []
        if isinstance(self.value, str):
            return [self.value, _last_segment(self.value)]
        if isinstance(self.value, dict):
            for key in ("id", "@id", "uri"):
                if isinstance(self.value.get(key), str):
                    found.append(_last_segment(self.value[key]))
            found += [text for _, text in _texts(self.value.get("prefLabel"))]
            found += [text for _, text in _texts(self.value.get("notation"))]
        return found

    def label(self) -> str | None:
        """What to show of a concept: its label, else its notation, else the last segment of its identifier."""
        if isinstance(self.value, dict):
            for key in ("prefLabel", "title", "legalName", "altLabel", "notation"):
                texts = list(_texts(self.value.get(key)))
                if texts:
                    return next((text for language, text in texts if language == "en"), texts[0][1])
        codes = self.codes()
        return codes[0] if codes else None

    def _children(self, name: str) -> "list[Node]":
        if not isinstance(self.value, dict) or name not in self.value:
            return []
        value, place = self.value[name], f"{self.pointer}/{_escaped(name)}"
        if isinstance(value, list):
            several = [(item, f"{place}/{index}") for index, item in enumerate(value)]
        else:
            several = [(value, place)]
        return [self._followed(item, where) for item, where in several if item is not None]

    def _followed(self, value: Any, pointer: str) -> "Node":
        """The object that a reference means, if the document holds it."""
        identifier = None
        if isinstance(value, str) and ":" in value and " " not in value:
            identifier = value
        elif isinstance(value, dict) and value.keys() <= _REFERENCE_KEYS:
            identifier = value.get("id", value.get("@id"))
        if isinstance(identifier, str):
            found = self.document.find(identifier)
            if found is not None and len(found[0]) > (len(value) if isinstance(value, dict) else 0):
                return Node(found[0], found[1], self.document)
        return Node(value, pointer, self.document)


def _texts(value: Any) -> Iterator[tuple[str | None, str]]:
    if isinstance(value, (bool, type(None))):
        return
    if isinstance(value, (str, int, float)):
        if str(value).strip():
            yield None, str(value).strip()
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        if "@value" in value:
            language = value.get("@language")
            for _, text in _texts(value["@value"]):
                yield (language if isinstance(language, str) else None), text
        elif "noteLiteral" in value:
            yield from _texts(value["noteLiteral"])
        elif value.keys() & _REFERENCE_KEYS or "prefLabel" in value or "title" in value:
            yield from _texts(value.get("prefLabel", value.get("title")))
        else:
            for language, texts in value.items():
                if len(language) <= 12:
                    for _, text in _texts(texts):
                        yield language, text


def _last_segment(identifier: str) -> str:
    return identifier.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
