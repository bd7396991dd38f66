"""The agency on its reports: name, logo, colour and address, checked before anything is written with them.

All come from the ``[agency]`` table of a configuration file. A logo travels inside the page as a data URI, so
that the report stays one file; a colour is taken only where text in it can be read.
"""

import base64
import re
import struct
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa_toolkit.configuration.settings import AGENCY_KEYS
from qa_toolkit.problems import AuditError, Problem, ProblemKind, meant

LARGEST_LOGO = 200_000
"""Bytes: the logo stands in every report of a run."""
LARGEST_SIDE = 4_000
"""Pixels of a PNG: a small file may unpack to gigabytes."""
LEAST_CONTRAST = 4.5
"""Of text to its ground: WCAG 2.2, success criterion 1.4.3 (level AA)."""
LIGHT_GROUNDS = ("#ffffff", "#f4f6f5")
"""``--ground`` and ``--raised`` of the stylesheet in light."""
DARK_GROUNDS = ("#14181c", "#1d2329")
"""The same in dark."""
LONGEST_NAME = 200
LONGEST_LINK = 500
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}svg"
_ACTIVE = {"script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "audio", "video"}


class AgencyError(AuditError):
    """The agency cannot be shown as asked; ``problems`` say every reason."""


@dataclass(frozen=True)
class Agency:
    """Who stands behind a report."""

    name: str
    logo: str | None = None
    """As a data URI."""
    colour: str | None = None
    """On a light ground and on paper, ``#rrggbb``."""
    colour_in_the_dark: str | None = None
    """The same colour, as much lighter as a dark ground needs."""
    link: str | None = None
    """Its page on the web; the name leads there. Nothing is loaded from it."""


def agency_from(table: Mapping[str, object], folder: Path) -> Agency:
    """The agency that a configuration describes.

    Args:
        table: ``name``, and where wanted ``logo`` (a PNG or SVG file), ``colour`` (``#rrggbb``) and ``link`` (``https://…``).
        folder: where the configuration lies; a logo is looked for from there.

    Raises:
        AgencyError: with everything that is wrong, each with its fix.
    """
    problems = [
        _problem(key, "There is no such key.", meant(key, AGENCY_KEYS, f"Known: {', '.join(AGENCY_KEYS)}."))
        for key in map(str, table)
        if key not in AGENCY_KEYS
    ]
    texts = {}
    for key in AGENCY_KEYS:
        value = table.get(key)
        if value is not None and not isinstance(value, str):
            problems.append(_problem(key, "It is no text.", f'Write it in quotation marks, for example {key} = "...".'))
        elif value is not None:
            texts[key] = value.strip()
    name = texts.get("name", "")
    told_already = "name" in table and "name" not in texts
    if not 1 <= len(name) <= LONGEST_NAME and not told_already:
        why = "It is missing." if not name else f"It is longer than {LONGEST_NAME} characters."
        problems.append(_problem("name", why, 'Write for example name = "Agency for Quality of Example Land".'))
    logo = _read_logo(folder / texts["logo"], problems) if texts.get("logo") else None
    colour = _checked_colour(texts["colour"], problems) if texts.get("colour") else None
    link = texts.get("link") or None
    if link is not None and (len(link) > LONGEST_LINK or not re.fullmatch(r"https://[^\s\"'<>@\\]+", link)):
        why = "It is no address of a page that can be opened safely."
        problems.append(_problem("link", why, 'Write for example link = "https://agency.example".'))
    if problems:
        raise AgencyError(tuple(problems))
    return Agency(name, logo, colour, _lightened(colour) if colour else None, link)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ``#rrggbb``, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _read_logo(path: Path, problems: list[Problem]) -> str | None:
    """The logo as a data URI; None, and a problem, where it cannot be used."""
    fix = f"Give a PNG or SVG file of at most {LARGEST_LOGO // 1000} kB, with its path from the configuration file."
    try:
        if path.stat().st_size > LARGEST_LOGO:
            problems.append(_problem("logo", f"{path.name} is larger than {LARGEST_LOGO // 1000} kB.", fix))
            return None
        content = path.read_bytes()
    except OSError as error:
        problems.append(_problem("logo", f"{path.name} cannot be read: {error.strerror or error}.", fix))
        return None
    if content.startswith(_PNG):
        kind, why = "image/png", _why_not_png(content)
    else:
        kind, why = "image/svg+xml", _why_not_svg(content)
    if why:
        problems.append(_problem("logo", f"{path.name} {why}", fix))
        return None
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _why_not_png(content: bytes) -> str | None:
    if len(content) < 33 or content[12:16] != b"IHDR" or not content.rstrip(b"\0").endswith(b"IEND\xaeB`\x82"):
        return "is a damaged PNG."
    width, height = struct.unpack(">II", content[16:24])
    if not (1 <= width <= LARGEST_SIDE and 1 <= height <= LARGEST_SIDE):
        return f"is {width} by {height} pixels, more than {LARGEST_SIDE} on a side."
    return None


def _why_not_svg(content: bytes) -> str | None:
    """Why a file is no SVG that stands still and loads nothing; None where it is one."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE) or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "declares a document type or is not UTF-8: entities may hide anything. Save it as plain SVG."
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError):
        return "is neither a PNG nor an SVG."
    if root.tag != _SVG:
        return "is neither a PNG nor an SVG."
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2].casefold()
        if tag in _ACTIVE:
            return f"holds a <{tag}>: a logo must not run or embed anything."
        if tag == "style" and _loads("".join(element.itertext())):
            return "has a style that loads something from elsewhere."
        for name, value in element.attrib.items():
            key = name.rpartition("}")[2].casefold()
            if key.startswith("on"):
                return f"has the attribute {key}: a logo must not run anything."
            if key in ("href", "src") and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg")):
                return "refers to something outside itself."
            if key not in ("href", "src") and _loads(value):
                return "has a style that loads something from elsewhere."
    return None


def _loads(style: str) -> bool:
    """Whether a style reaches beyond its file: escapes are refused, since they can spell anything."""
    elsewhere = any(
        not target.startswith("#") for target in re.findall(r"url\s*\(\s*[\"']?\s*([^\s]?)", style, re.IGNORECASE)
    )
    return elsewhere or bool(re.search(r"@import|\\|javascript:|expression\s*\(", style, re.IGNORECASE))


def _checked_colour(colour: str, problems: list[Problem]) -> str | None:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        problems.append(
            _problem("colour", "It is no colour that is known here.", 'Write for example colour = "#12415e".')
        )
        return None
    lowest = min(contrast(colour, ground) for ground in LIGHT_GROUNDS)
    if lowest < LEAST_CONTRAST:
        darker = _until_readable(colour, "#000000", LIGHT_GROUNDS)
        # Cut, never rounded up: 4.49 must not read as the 4.5 it misses.
        told = f"{int(lowest * 100) / 100:.2f}"
        why = f"Text in {colour} has a contrast of {told} to 1 with its ground; {LEAST_CONTRAST} to 1 is needed."
        problems.append(_problem("colour", why, f'Use a darker one, for example colour = "{darker}".'))
        return None
    return colour.lower()


def _lightened(colour: str) -> str:
    return _until_readable(colour, "#ffffff", DARK_GROUNDS)


def _until_readable(colour: str, towards: str, grounds: tuple[str, ...]) -> str:
    """The colour, mixed with another in steps of a fiftieth until it can be read on each ground."""
    for step in range(51):
        mixed = _mixed(colour, towards, step / 50)
        if all(contrast(mixed, ground) >= LEAST_CONTRAST for ground in grounds):
            return mixed
    return towards


def _mixed(colour: str, towards: str, share: float) -> str:
    parts = zip(_channels(colour), _channels(towards), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in parts)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        c / 12.92 if (c := channel / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _problem(key: str, why: str, fix: str) -> Problem:
    return Problem(ProblemKind.FILE, "The agency cannot be shown as asked", f"[agency], key {key}", why, fix)
