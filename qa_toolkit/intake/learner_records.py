"""Comprehensive Learner Records (CLR 2.0): the credentials that one holds, each read as an Open Badge of version 3.

A record that is signed vouches for all that it holds; in one that is not, each credential stands on its own signature.
Source: Comprehensive Learner Record Standard 2.0 (1EdTech).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from qa_toolkit.authenticity.kinds import kind_of as kind_of_proof
from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Document
from qa_toolkit.intake.json_documents import Item, as_document, items
from qa_toolkit.intake.json_kinds import LEARNER_RECORD, kind_of, types_of
from qa_toolkit.intake.open_badges import OpenBadges

_NAMED = {"Achievement", "AchievementCredential", "OpenBadgeCredential"}
"""Types of what a credential can be part of: the name of anything else may be somebody's."""
_PART_OF = ("isChildOf", "isPartOf")
"""Associations of an achievement with what it belongs to; ``exact`` or ``precedes`` do not say that."""


@dataclass(frozen=True)
class _Held:
    """A credential of a record."""

    item: Item
    """The credential itself."""
    part_of: Mapping[str, str]
    """Identifier of an achievement -> the name of what the record says that it is part of."""
    proof: Callable[[], dict[str, Any]]


class LearnerRecords(OpenBadges):
    """Reads what Comprehensive Learner Records hold into ``credentials`` and ``origins``."""

    format = LEARNER_RECORD
    mixed = False
    fix = "Export the record again as a Comprehensive Learner Record 2.0, or its credentials as Open Badges 3.0."

    def documents(self, path: Path) -> Iterator[Item]:
        """The credentials of each record; a record without any is its own achievements."""
        for item in items(path):
            if item.error is not None:
                yield item
            elif kind_of(item.document) != self.format:
                yield replace(item, error="it is no Comprehensive Learner Record, which the file begins with")
            else:
                yield from self._held(item)

    def proof(self, item: Item) -> dict[str, Any]:
        """Those of the record around it if that is signed, else its own."""
        held: _Held = item.document
        return held.proof()

    def records(self, item: Item) -> Iterator[tuple[str, str, Callable[[], Record]]]:
        """As of a badge, and what the record says that it is part of."""
        held: _Held = item.document
        for suffix, form, read in super().records(held.item):
            yield suffix, form, partial(_with_whole, read, held.part_of)

    def _held(self, record: Item) -> Iterator[Item]:
        document, pointer = _record_in(record)
        root = Document(document, pointer).root
        part_of = _part_of(document)
        signed = kind_of_proof(record.document, record.compact) is not None
        of_record = cache(partial(super().proof, record))
        number = 0
        for subject in root.all("credentialSubject"):
            listed = subject.value.get("verifiableCredential") if isinstance(subject.value, dict) else None
            for index, one in enumerate(listed if isinstance(listed, list) else [listed] if listed else []):
                number += 1
                place = f"{subject.pointer}/verifiableCredential" + (f"/{index}" if isinstance(listed, list) else "")
                blank = replace(record, pointer=place, document=None, compact=None, within=(*record.within, number))
                inner = as_document(one, blank)
                if inner.error is None and not isinstance(inner.document, dict):
                    inner = replace(inner, error="it is no credential")
                held = _Held(inner, part_of, of_record if signed else cache(partial(super().proof, inner)))
                yield inner if inner.error is not None else replace(inner, document=held)
        if not number:
            yield replace(record, document=_Held(record, part_of, of_record))


def _record_in(item: Item) -> tuple[dict[str, Any], str]:
    """The record itself, out of the wrapper that a token may put around it."""
    document: dict[str, Any] = item.document
    inner = document.get("vc")
    return (inner, f"{item.pointer}/vc") if isinstance(inner, dict) else (document, item.pointer)


def _part_of(record: dict[str, Any]) -> dict[str, str]:
    """What the associations of a record say, with the names of the achievements in it."""
    names: dict[str, str] = {}
    found: dict[str, str] = {}
    pending: list[Any] = [record]
    associations: list[Any] = []
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            identifier, name = one.get("id"), one.get("name")
            if isinstance(identifier, str) and isinstance(name, str) and types_of(one) & _NAMED:
                names.setdefault(identifier, name)
            for key, value in one.items():
                associations += value if key == "association" and isinstance(value, list) else []
                pending.append(value)
        elif isinstance(one, list):
            pending += one
    for one in associations:
        if isinstance(one, dict) and one.get("associationType") in _PART_OF:
            source, target = one.get("sourceId"), one.get("targetId")
            if isinstance(source, str) and isinstance(target, str) and target in names:
                found.setdefault(source, names[target])
    return found


def _with_whole(read: Callable[[], Record], part_of: Mapping[str, str]) -> Record:
    record = read()
    whole = part_of.get(str(record.values.get("offer_id"))) or part_of.get(str(record.values.get("credential_id")))
    if whole and "stackability_strength" not in record.values:
        record.values.pop("stackability_cause", None)
        record.values |= {"stackability_strength": "structured", "stackability_raw": f"part of {whole}"}
    return record
