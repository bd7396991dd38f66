"""JSON from strangers: parsed within limits, item by item.

A file is one document, an array, ``{"credentials": [...]}``, JSON Lines (read line by line), a compact signature or
several, one a line, or an image that carries one of them. A presentation is taken apart into its credentials.
"""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from qa_toolkit.intake.baked_images import PNG, BakedError, baked_text
from qa_toolkit.intake.limits import DEEPEST_JSON, LARGEST_JSON, LONGEST_LINE

COMPACT = b"eyJ"
"""How the header of every compact signature begins: base64url of ``{"``."""
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a character beyond the first 65,536; JSON can spell one without the other, no text can hold it."""
_SEGMENT = re.compile(r"[A-Za-z0-9_-]+")


class JsonError(ValueError):
    """A text is no JSON within the limits; the message says where and why, never what it holds."""


@dataclass(frozen=True)
class Item:
    """One document of a file, or why it could not be read."""

    number: int | None
    """From 1 where the file holds several, the line in JSON Lines; None for a file that is one document."""
    pointer: str
    """JSON pointer of the document in the file."""
    document: Any = None
    error: str | None = None
    duplicate_keys: bool = False
    in_lines: bool = False
    within: tuple[int, ...] = ()
    """Its number in the presentation that holds it."""
    compact: str | None = None
    """The compact signature it came in, as received; None for a document of JSON."""
    said_twice: bool = False
    """Whether anything it was read from says a key twice: readers differ on what was signed."""
    no_award: bool = False
    """Whether it says of itself that nobody was awarded anything: failed, or still going on."""

    @property
    def place(self) -> str:
        """How it is named within its file; '' for a file that is one document."""
        parts = [f"{'line' if self.in_lines else 'item'} {self.number}"] if self.number else []
        return ", ".join([*parts, *(f"credential {number}" for number in self.within)])

    @property
    def suffix(self) -> str:
        """What its record id has behind the number of the file."""
        own = f"-{'l' if self.in_lines else 'i'}{self.number}" if self.number else ""
        return own + "".join(f"-c{number}" for number in self.within)


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


def parse_compact(text: str) -> tuple[Any, bool]:
    """The payload of a compact signature (JWT; of an SD-JWT what is not withheld), and whether it says a key twice.

    The signature is not looked at.

    Raises:
        JsonError: it is no compact signature, or its payload is no JSON within the limits.
    """
    segments = text.strip().split("~")[0].split(".")
    if len(segments) == 5:
        raise JsonError("it is encrypted")
    if len(segments) != 3 or not all(_SEGMENT.fullmatch(segment) for segment in segments[:2]):
        raise JsonError("it is no complete compact signature (JWT)")
    return parse(_decoded(segments[1]))


def payload_of(document: dict[str, Any]) -> tuple[Any, bool]:
    """The payload of a signature in JSON: the text as it stands, else decoded from base64url.

    Raises:
        JsonError: it is no JSON.
    """
    payload = document["payload"]
    if not isinstance(payload, str):
        raise JsonError("it is no text")
    return parse(_decoded(payload) if _SEGMENT.fullmatch(payload) else payload)


def items(path: Path) -> Iterator[Item]:
    """The documents of a file, those of a presentation one by one.

    A line or item that is broken is told; the others are read. JSON Lines are read line by line.
    """
    for item in _documents(path):
        yield from _taken_apart(item)


def _documents(path: Path) -> Iterator[Item]:
    try:
        with path.open("rb") as file:
            head = file.read(8)
            file.seek(3 if head.startswith(b"\xef\xbb\xbf") else 0)
            if head.startswith(PNG) or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                yield _in_image(path)
            elif _is_lines(file):
                yield from _lines(file)
            else:
                yield from _whole(path)
    except OSError as error:
        yield Item(None, "", error=f"the system does not open it ({error.strerror})")


def _in_image(path: Path) -> Item:
    try:
        text = baked_text(path)
    except BakedError as error:
        return Item(None, "", error=str(error))
    if text is None:
        return Item(None, "", error="the image carries no credential")
    return _one(text.encode(), Item(None, ""))


def _is_lines(file: BinaryIO) -> bool:
    """Whether the file is JSON Lines, or compact signatures one a line; it is left where it was."""
    start = file.tell()
    found = list(_next_lines(file, 2))
    file.seek(start)
    if not found or len(found[0]) > LONGEST_LINE.value:
        return False
    first, second = found[0].strip(), found[1].strip() if len(found) > 1 else b""
    if first.startswith(COMPACT):
        return True
    if not first.startswith(b"{") or not second:
        return False
    # A document may go on in a second line that begins like an object only behind a colon or an opening bracket.
    if second.startswith((b"{", COMPACT)) and not first.endswith((b"[", b":", b"{")):
        return True
    try:
        parse(first.decode())
    except ValueError:
        return False
    return True


def _next_lines(file: BinaryIO, number: int) -> Iterator[bytes]:
    """The next lines that are not blank; of a longer one as much as shows that it is."""
    while number and (line := file.readline(LONGEST_LINE.value + 1)):
        if line.strip():
            number -= 1
            yield line


def _lines(file: BinaryIO) -> Iterator[Item]:
    start = file.tell()
    single = len(list(_next_lines(file, 2))) == 1
    file.seek(start)
    number = 0
    while line := file.readline(LONGEST_LINE.value + 1):
        number += 1
        item = Item(None, "") if single else Item(number, "", in_lines=True)
        if len(line) > LONGEST_LINE.value and not line.endswith(b"\n"):
            yield replace(item, error=f"it is longer than {LONGEST_LINE}")
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE.value)
        elif line.strip():
            yield _one(line, item)


def _one(text: bytes, item: Item) -> Item:
    """The item with the document in a text: JSON, or the payload of a compact signature."""
    try:
        decoded = text.decode().strip()
        if decoded.startswith(COMPACT.decode()):
            document, twice = parse_compact(decoded)
            pointer = f"{item.pointer}/payload#"
            return replace(item, pointer=pointer, document=document, duplicate_keys=twice, compact=decoded)
        document, twice = parse(decoded)
    except UnicodeDecodeError:
        return replace(item, error="it cannot be read as UTF-8 text")
    except JsonError as error:
        return replace(item, error=str(error))
    return replace(item, document=document, duplicate_keys=twice, said_twice=twice)


def _whole(path: Path) -> Iterator[Item]:
    if path.stat().st_size > LARGEST_JSON.value:
        yield Item(None, "", error=f"it is larger than {LARGEST_JSON}")
        return
    try:
        document, twice = parse(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        yield Item(None, "", error="it cannot be read as UTF-8 text")
        return
    except JsonError as error:
        yield Item(None, "", error=str(error))
        return
    if isinstance(document, dict) and isinstance(document.get("credentials"), list):
        several, prefix = document["credentials"], "/credentials"
    elif isinstance(document, list):
        several, prefix = document, ""
    else:
        yield Item(None, "", document, duplicate_keys=twice, said_twice=twice)
        return
    for index, one in enumerate(several):
        item = Item(index + 1, f"{prefix}/{index}", duplicate_keys=twice and index == 0, said_twice=twice)
        yield _as_document(one, item)


def _as_document(value: Any, item: Item) -> Item:
    """The item with a document that may be a text: a compact signature within JSON."""
    enveloped = value.get("id") if isinstance(value, dict) and "credentialSubject" not in value else None
    if isinstance(enveloped, str) and enveloped.startswith("data:") and "," in enveloped:
        value = enveloped.partition(",")[2]
    if isinstance(value, str) and value.startswith(COMPACT.decode()):
        return _one(value.encode(), item)
    return replace(item, document=value)


def _taken_apart(item: Item) -> Iterator[Item]:
    """The credentials in a presentation, or the item itself."""
    document, pointer = item.document, item.pointer
    if isinstance(document, dict) and isinstance(document.get("vp"), dict):
        document, pointer = document["vp"], f"{pointer}/vp"
    held = document.get("verifiableCredential") if isinstance(document, dict) else None
    if not held or "credentialSubject" in document or len(item.within) > DEEPEST_JSON.value:
        yield item
        return
    several = held if isinstance(held, list) else [held]
    for index, one in enumerate(several):
        place = f"{pointer}/verifiableCredential" + (f"/{index}" if isinstance(held, list) else "")
        inner = replace(item, pointer=place, document=None, compact=None, within=(*item.within, index + 1))
        yield from _taken_apart(_as_document(one, inner))


def _decoded(segment: str) -> str:
    try:
        return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)).decode("utf-8")
    except ValueError:
        raise JsonError("its payload is no text in base64url") from None


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
