"""A credential of another form as a document of the European Learning Model v3, and where each part of it stood.

The older forms say the same things under other names. They are read by the reader of today's model, which keeps a
pointer into the translation; before a record leaves, each pointer becomes the place in the file as handed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qa_toolkit.intake.element_record import Record


@dataclass(frozen=True)
class Translated:
    """A document, and what each of its pointers was before it was translated."""

    document: dict[str, Any]
    places: Mapping[str, str]
    """JSON pointer -> path or cell in the file; the root has the empty pointer."""

    def place_of(self, pointer: str) -> str:
        """Where it stood; for a part that was not there, where it would: at the nearest part that was."""
        while pointer not in self.places and pointer:
            pointer = pointer.rpartition("/")[0]
        return self.places.get(pointer, "")

    def told(self, record: Record) -> Record:
        """The record with the places of the file in its origins."""
        found = {column: self.place_of(pointer) for column, pointer in record.origins.items()}
        record.origins = {column: place for column, place in found.items() if place}
        return record
