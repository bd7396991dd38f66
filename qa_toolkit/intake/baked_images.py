"""The credential that an image carries: Open Badges "baked" into PNG and SVG, taken out within limits.

PNG: the text chunk ``iTXt`` under the keyword ``openbadgecredential`` (Open Badges 3.0), ``openbadges`` (2.x). SVG: the
element ``credential`` of the namespace of Open Badges. Pictures are never drawn, entities never resolved.
Source: Open Badges 3.0, section on baked badges; PNG 1.2, chunk iTXt.
"""

import zlib
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from qa_toolkit.intake.limits import LARGEST_BAKED

PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORDS = (b"openbadgecredential", b"openbadges")
_SVG = "http://www.w3.org/2000/svg svg"
_ELEMENTS = ("https://purl.imsglobal.org/ob/v3p0 credential", "http://openbadges.org assertion")
NO_IMAGE = "it is XML or HTML, and no image"
_BLOCK = 1 << 16


class BakedError(ValueError):
    """What an image carries cannot be taken out; the message says why."""


def baked_text(path: Path) -> str | None:
    """The text of the credential in an image: JSON, or a compact signature; None where the file carries none.

    Raises:
        BakedError: the image is damaged, or what it carries is too large or not allowed.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(PNG)) == PNG:
                content = _from_png(file)
            else:
                file.seek(0)
                content = _from_svg(file)
    except OSError as error:
        raise BakedError(f"the system does not open it ({error.strerror})") from None
    if content is None:
        return None
    try:
        return content.decode("utf-8").strip() or None
    except UnicodeDecodeError:
        raise BakedError("what it carries is no UTF-8 text") from None


def _from_png(file: BinaryIO) -> bytes | None:
    while True:
        head = file.read(8)
        if len(head) < 8:
            return None
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if kind == b"IEND":
            return None
        if kind != b"iTXt":
            file.seek(length + 4, 1)  # the chunk and its checksum
            continue
        start = file.read(min(length, 80))  # a keyword has at most 79 bytes
        keyword, found, _ = start.partition(b"\0")
        if not found or keyword not in _KEYWORDS:
            file.seek(length - len(start) + 4, 1)
            continue
        if length > LARGEST_BAKED.value:
            raise BakedError(f"what it carries is larger than {LARGEST_BAKED}")
        chunk = start + file.read(length - len(start))
        if len(chunk) < length or zlib.crc32(kind + chunk) != int.from_bytes(file.read(4), "big"):
            raise BakedError("the picture is damaged where it carries the credential")
        return _text_of(chunk.partition(b"\0")[2])


def _text_of(rest: bytes) -> bytes:
    """The text behind the keyword: flag, method, language, translated keyword, text."""
    flag, parts = rest[:1], rest[2:].split(b"\0", 2)
    if len(parts) != 3:
        raise BakedError("the picture is damaged where it carries the credential")
    if flag != b"\1":
        return parts[2]
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(parts[2], LARGEST_BAKED.value)
    except zlib.error:
        raise BakedError("what it carries is packed and damaged") from None
    if unpacking.unconsumed_tail:
        raise BakedError(f"what it carries is larger than {LARGEST_BAKED}")
    return text


def _from_svg(file: BinaryIO) -> bytes | None:
    reading = _Svg()
    total = 0
    try:
        while block := file.read(_BLOCK):
            total += len(block)
            if total > LARGEST_BAKED.value:
                raise BakedError(f"it is larger than {LARGEST_BAKED}")
            reading.parser.Parse(block)
            if reading.found is not None:
                return reading.found.encode()
        reading.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BakedError(f"it is broken XML (line {error.lineno})") from None
    return reading.found.encode() if reading.found is not None else None


class _Svg:
    """Reads an SVG up to the end of the element that carries a credential; any declared entity ends it."""

    def __init__(self) -> None:
        self.found: str | None = None
        self._inside = False
        self._text: list[str] = []
        self._root = True
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._root and name != _SVG:
            raise BakedError(NO_IMAGE)
        self._root = False
        if name in _ELEMENTS and self.found is None:
            self._inside, self._text = True, []
            if attributes.get("verify", "").startswith("eyJ"):
                self.found, self._inside = attributes["verify"], False

    def _end(self, name: str) -> None:
        if self._inside and name in _ELEMENTS:
            self.found, self._inside = "".join(self._text), False

    def _characters(self, text: str) -> None:
        if self._inside:
            self._text.append(text)

    def _doctype(self, name: str, *_: object) -> None:
        if name.rpartition(":")[2] != "svg":
            raise BakedError(NO_IMAGE)

    def _entity(self, *_: object) -> None:
        raise BakedError("it declares entities, which are never resolved")
