"""A row of ``credentials`` in the making: what a credential file states of each element, how firmly, and where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from qa_toolkit.intake.values import Day, parse_day
from qa_toolkit.intake.words import Words


class Source(Protocol):
    """A place in a document that states something: a node of JSON, an element of XML."""

    @property
    def pointer(self) -> str:
        """The way to it from the root of the document; begins with a slash."""
        ...

    def literal(self) -> str | None:
        """What stands there, as a text."""
        ...


@dataclass
class Record:
    """Values, and where each came from."""

    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    shifted: list[str] = field(default_factory=list)

    def put(self, column: str, value: Any, node: Source | None) -> None:
        """Set a column and its origin."""
        if value in (None, "", []):
            return
        self.values[column] = value
        if node is not None:
            self.origins[column] = node.pointer

    def put_each(self, column: str, found: Sequence[tuple[Any, Source]]) -> None:
        """Set a column that holds several values; its origin is that of the first."""
        if found:
            self.put(column, [value for value, _ in found], found[0][1])

    def state(self, element: str, strength: str, raw: str | None, node: Source) -> None:
        """Say that an element is stated, how firmly, and where."""
        self.values[f"{element}_strength"] = strength
        if raw and element != "learner":
            self.values[f"{element}_raw"] = raw
        self.origins[f"{element}_raw"] = node.pointer
        self.origins.setdefault(element, node.pointer)

    def day(self, column: str, node: Source | None) -> Day | None:
        """Set a date, its text and its origin."""
        raw = node.literal() if node is not None else None
        if node is None or raw is None:
            return None
        read = parse_day(raw)
        self.put(column, read.day, node)
        self.put(f"{column}_raw", raw, node)
        if read.shifted:
            self.shifted.append(column)
            self.origins.setdefault("shifted_dates", node.pointer)
        return read

    def issued_on(self, name: str, node: Source | None) -> bool:
        """Take a date as the day of issue, if it can be read; one that cannot is remembered as the cause."""
        raw = node.literal() if node is not None else None
        if node is None or raw is None:
            return False
        if parse_day(raw).day is None:
            self.values["issued_raw"], self.values["issued_cause"] = raw, "unreadable"
            self.origins["issued_raw"] = node.pointer
            return False
        self.day("issued", node)
        self.put("issued_source", name, node)
        self.state("issued", "structured", raw, node)
        self.values.pop("issued_cause", None)
        return True

    def cannot_hold(self, elements: Iterable[str]) -> None:
        """Say of elements that are not stated that the format has no place for them."""
        for element in elements:
            if f"{element}_strength" not in self.values:
                self.values[f"{element}_cause"] = "not_carried"

    def finish(self, words: Words, would_stand: Mapping[str, str]) -> None:
        """Give every element that is not stated its cause, and the pointer where it would stand.

        Args:
            words: the lists of placeholders.
            would_stand: element -> JSON pointer, or path in XML.
        """
        for element, pointer in would_stand.items():
            raw = self.values.get(f"{element}_raw")
            if raw is not None and f"{element}_strength" in self.values and words.is_placeholder(raw, element):
                del self.values[f"{element}_strength"]
                self.values[f"{element}_cause"] = "placeholder"
            elif (
                raw is not None
                and self.values.get(f"{element}_cause") == "unreadable"
                and words.is_placeholder(raw, element)
            ):
                self.values[f"{element}_cause"] = "placeholder"
            elif f"{element}_strength" not in self.values:
                self.values.setdefault(f"{element}_cause", "empty")
                self.origins.setdefault(f"{element}_raw", pointer)
                self.origins.setdefault(element, self.origins[f"{element}_raw"])
        self.put("shifted_dates", self.shifted, None)
