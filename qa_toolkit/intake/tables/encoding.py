"""What a text file is written in, and its text as UTF-8: by its bytes, never by its name.

A byte order mark, or valid UTF-8, decides. What is neither is a code page of one byte a letter: Windows-1250 and
Windows-1252 differ in the letters of Central and Western Europe, so the page wins whose letters fit one language best,
and in which words are known: of few letters, those of either may fit. Where lines of UTF-8 stand among those of a code
page, each is read as what it is.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from qa_toolkit.intake.words import Spelling

CODE_PAGES = ("cp1252", "cp1250", "iso8859_2")
"""In this order where letters cannot tell them apart."""
_BLOCK = 1 << 20
_LETTERS = 1 << 20
"""Letters beyond ASCII that are counted to tell code pages apart."""
_ASCII = bytes(range(0x80))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1250": "Windows-1250",
    "cp1252": "Windows-1252",
    "iso8859_2": "ISO 8859-2",
}
# C0 controls but tab and line ends, then marks that are not seen: zero width, direction, byte order mark.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
_MARKS = re.compile(b"\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0\xa6-\xa9]|\xef\xbb\xbf")
_MARK_LEADS = (b"\xe2\x80", b"\xe2\x81", b"\xef\xbb")
_WORD = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
"""Letters of Latin languages in UTF-8."""
_SAMPLE = 1 << 16
"""Bytes that are looked through for words."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class TextFile:
    """A text file in UTF-8 without a byte order mark: the file handed in, or a copy of it."""

    path: Path
    encoding: str
    """What it was written in, by the name people know."""
    invisible: int
    """Characters that are not seen, taken out."""
    otherwise: int = 0
    """Lines in UTF-8 in a file that is in a code page."""


def encoding_of(path: Path, letters: Spelling) -> str | None:
    """The codec of a text file; None where it is no text.

    Args:
        path: the file.
        letters: how languages write.
    """
    with path.open("rb") as file:
        head = file.read(1 << 16)
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return codec if _decodes(path, codec) else None
    if unmarked := _utf16_without_mark(head):
        return unmarked if _decodes(path, unmarked) else None
    if _decodes(path, "utf-8"):
        return "utf-8"
    if len(_CONTROLS.findall(head)) > len(head) // 100:
        return None
    return _code_page(path, letters)


def as_utf8(path: Path, codec: str, scratch: Path) -> TextFile:
    """The file itself where it is plain UTF-8; otherwise a copy in ``scratch``, without what is not seen."""
    name = _NAMES[codec]
    if codec == "utf-8" and not _has_invisible(path):
        return TextFile(path, name, 0)
    removed = 0
    decoder = codecs.getincrementaldecoder(codec)()
    controls = b"" if codec.startswith(("utf-16", "utf-32")) else _CONTROL_BYTES
    if codec in CODE_PAGES and _has_lines_in_utf8(path):
        return _line_by_line(path, codec, scratch)
    with path.open("rb") as source, scratch.open("w", encoding="utf-8", newline="") as target:
        while block := source.read(_BLOCK):
            removed += len(block)
            block = block.translate(None, controls)  # far faster than the letters one by one, where there are many
            removed -= len(block)
            text, taken = INVISIBLE.subn("", decoder.decode(block))
            removed += taken
            target.write(text)
        target.write(decoder.decode(b"", final=True))
    return TextFile(scratch, name, removed)


def _has_lines_in_utf8(path: Path) -> bool:
    """Whether a pair of bytes that UTF-8 writes for a letter stands in the file; code pages hardly ever do."""
    last = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if _PAIR.search(last + block):
                return True
            last = block[-1:]
    return False


def _line_by_line(path: Path, codec: str, scratch: Path) -> TextFile:
    """A copy of a file in which lines of UTF-8 stand among those of a code page.

    A line longer than a block comes in pieces, each read as what it is: a letter cut in two waits for its other half.
    """
    removed = otherwise = 0
    half, counted = b"", False
    with path.open("rb") as source, scratch.open("w", encoding="utf-8", newline="") as target:
        while piece := source.readline(_BLOCK):
            whole = len(piece) < _BLOCK or piece.endswith(b"\n")
            plain = piece.translate(None, _CONTROL_BYTES)
            removed += len(piece) - len(plain)
            plain = half + plain
            try:
                text, read = codecs.utf_8_decode(plain, "strict", whole)
                half = plain[read:]
                if not text.isascii() and not counted:
                    otherwise, counted = otherwise + 1, True
            except UnicodeDecodeError:
                text, half = plain.decode(codec), b""
            counted = counted and not whole
            text, taken = INVISIBLE.subn("", text)
            removed += taken
            target.write(text)
        target.write(half.decode(codec))  # of a file that ends with a block
    return TextFile(scratch, _NAMES[codec], removed, otherwise)


def _decodes(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _utf16_without_mark(head: bytes) -> str | None:
    """ASCII in UTF-16 has a zero in every other byte."""
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _has_invisible(path: Path) -> bool:
    last = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            joined = last + block
            # Most blocks hold none of the lead bytes: looking for those is quick.
            marked = any(lead in joined for lead in _MARK_LEADS) and _MARKS.search(joined)
            if len(block.translate(None, _CONTROL_BYTES)) < len(block) or marked:
                return True
            last = block[-2:]
    return False


def _code_page(path: Path, letters: Spelling) -> str | None:
    """The code page in which the letters beyond ASCII belong to one language best."""
    counted: Counter[int] = Counter()
    with path.open("rb") as file:
        while counted.total() < _LETTERS and (block := file.read(_BLOCK)):
            counted.update(block.translate(None, _ASCII))
    sample = _lines_beyond_ascii(path)
    best: tuple[float, str] | None = None
    for codec in CODE_PAGES:
        if not _decodes(path, codec):
            continue
        found = {bytes([byte]).decode(codec).lower(): number for byte, number in counted.items()}
        of_words = {letter: number for letter, number in found.items() if letter.isalpha()}
        total = sum(counted.values())
        # Controls of ISO 8859 in the place of typographic marks speak against it.
        strange = sum(number for letter, number in found.items() if "\x80" <= letter <= "\x9f")
        fitting = max(
            (sum(n for letter, n in of_words.items() if letter in own) for own in letters.letters.values()), default=0
        )
        score = (fitting - strange) / total + _known_share(sample.decode(codec, "replace"), letters.words)
        if best is None or score > best[0] + 1e-9:
            best = (score, codec)
    return best[1] if best else None


def _lines_beyond_ascii(path: Path) -> bytes:
    """The first lines of a file that have bytes beyond ASCII."""
    with path.open("rb") as file:
        head = file.read(_BLOCK)
    return b"\n".join(line for line in head.split(b"\n") if not line.isascii())[:_SAMPLE]


def _known_share(text: str, words: frozenset[str]) -> float:
    """Of the different words with letters beyond ASCII, how many are known."""
    found = {word for word in _WORD.findall(text.casefold()) if not word.isascii()}
    return len(found & words) / len(found) if found else 0.0
