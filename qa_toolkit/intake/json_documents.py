"""JSON from strangers: parsed within limits, item by item; what a document is, by its content."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_toolkit.intake.limits import DEEPEST_JSON, LARGEST_JSON

EUROPEAN_DIGITAL_CREDENTIAL = "european_digital_credential"
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a character beyond the first 65,536; JSON can spell one without the other, no text can hold it."""


class JsonError(ValueError):
    """A text is no JSON within the limits; the message says where and why, never what it holds."""


@dataclass(frozen=True)
class Item:
    """One document of a file, or why it could not be read."""

    number: int | None
    """From 1 where the file holds several; None for a file that is one document."""
    pointer: str
    """JSON pointer of the document in the file."""
    document: Any = None
    error: str | None = None
    duplicate_keys: bool = False


def parse(text: str) -> tuple[Any, bool]:
    """The document, and whether any object says a key twice (the last one is kept).

    Raises:
        JsonError: it is no JSON, nested too deeply, or holds a number too large.
    """
    seen_twice = False

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal seen_twice
        result = dict(found)
        seen_twice = seen_twice or len(result) != len(found)
        return result

    try:
        document = json.loads(text, object_pairs_hook=pairs, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise JsonError(f"line {error.lineno}, column {error.colno}: {error.msg.lower()}") from None
    except RecursionError:
        raise JsonError(f"it is nested deeper than {DEEPEST_JSON}") from None
    except ValueError:
        raise JsonError("it holds a number that is too large, or none at all") from None
    if _depth_exceeds(document, DEEPEST_JSON.value):
        raise JsonError(f"it is nested deeper than {DEEPEST_JSON}")
    if _SURROGATE.search(text):
        document = json.loads(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"))
    return document, seen_twice


def items(path: Path) -> Iterator[Item]:
    """The documents of a file: one, the items of an array or of ``{"credentials": [...]}``, or JSON Lines.

    A line or item that is broken is told; the others are read.
    """
    try:
        if path.stat().st_size > LARGEST_JSON.value:
            yield Item(None, "", error=f"it is larger than {LARGEST_JSON}")
            return
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        yield Item(None, "", error="it cannot be read as UTF-8 text")
        return
    try:
        document, twice = parse(text)
    except JsonError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and lines[0].strip().startswith("{") and lines[0].strip().endswith("}"):
            yield from _lines(text)
        else:
            yield Item(None, "", error=str(error))
        return
    if isinstance(document, dict) and isinstance(document.get("credentials"), list):
        several, prefix = document["credentials"], "/credentials"
    elif isinstance(document, list):
        several, prefix = document, ""
    else:
        yield Item(None, "", document, duplicate_keys=twice)
        return
    for index, one in enumerate(several):
        yield Item(index + 1, f"{prefix}/{index}", one, duplicate_keys=twice and index == 0)


def recognise_json(path: Path) -> str:
    """``european_digital_credential``, or in words what the first readable document of the file is instead."""
    first_error = ""
    for item in items(path):
        if item.error is not None:
            first_error = first_error or item.error
            continue
        return kind_of(item.document)
    return f"broken JSON ({first_error})" if first_error else "JSON that holds no document"


def kind_of(document: Any) -> str:
    """What a JSON document is."""
    if not isinstance(document, dict):
        return "JSON that is no credential"
    if "payload" in document and ("signatures" in document or "protected" in document):
        try:
            payload, _ = parse(document["payload"]) if isinstance(document["payload"], str) else ({}, False)
        except JsonError:
            return "a signed document whose payload is no JSON"
        return kind_of(payload) if isinstance(payload, dict) and "payload" not in payload else "a signed document"
    if isinstance(document.get("credential"), dict):
        return kind_of(document["credential"])
    types = _words(document.get("type")) | _words(document.get("@type"))
    subject = document.get("credentialSubject")
    subjects = subject if isinstance(subject, list) else [subject]
    if "EuropeanDigitalCredential" in types or any(isinstance(s, dict) and "hasClaim" in s for s in subjects):
        return EUROPEAN_DIGITAL_CREDENTIAL
    if "verifiableCredential" in document:
        return "a presentation that holds other credentials"
    if types & {"OpenBadgeCredential", "AchievementCredential"} or any(
        isinstance(s, dict) and "achievement" in s for s in subjects
    ):
        return "an Open Badge of version 3"
    if types & {"Assertion", "BadgeClass"} or "badge" in document:
        return "an Open Badge of version 2"
    if "vct" in document:
        return "an SD-JWT credential"
    return "JSON of an unknown kind"


def _lines(text: str) -> Iterator[Item]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            document, twice = parse(line)
        except JsonError as error:
            yield Item(number, "", error=str(error))
        else:
            yield Item(number, "", document, duplicate_keys=twice)


def _words(value: Any) -> set[str]:
    return {item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)}


def _depth_exceeds(document: Any, limit: int) -> bool:
    level = [document]
    for _ in range(limit):
        level = [
            child
            for value in level
            if isinstance(value, (dict, list))
            for child in (value.values() if isinstance(value, dict) else value)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True


def _no_constant(_: str) -> Any:
    raise ValueError
