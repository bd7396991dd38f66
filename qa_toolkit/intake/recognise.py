"""What a file is, by its content, never by its extension."""

import re
import zipfile
from pathlib import Path

from qa_toolkit.intake.baked_images import NO_IMAGE, PNG, BakedError, baked_text
from qa_toolkit.intake.json_documents import COMPACT
from qa_toolkit.intake.json_kinds import EUROPEAN_DIGITAL_CREDENTIAL, OPEN_BADGE, recognise_json
from qa_toolkit.intake.tables.encoding import encoding_of
from qa_toolkit.intake.tables.workbooks import BROKEN, MEND, is_workbook
from qa_toolkit.intake.words import Spelling
from qa_toolkit.intake.xml_kinds import ELMO, EUROPASS_XML, SVG, recognise_xml

TABLE = "table"
READABLE = (TABLE, EUROPEAN_DIGITAL_CREDENTIAL, OPEN_BADGE, ELMO, EUROPASS_XML)

_MAGIC = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}
_INSTEAD = (
    "Hand in the data behind it: a table (XLSX, ODS, CSV, Parquet), European Digital Credentials as JSON, or Open"
    " Badges (version 3)."
)
_CREDENTIALS_INSTEAD = (
    "Hand in European Digital Credentials (European Learning Model v3), Open Badges (version 3), or a table."
)
_COMPACT = re.compile(COMPACT.decode() + r"[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*(?:\.|\s*$)")
"""The header of a compact signature, and what follows it."""


def recognise(path: Path, letters: Spelling) -> tuple[str, str]:
    """The format of a file and, for one that cannot be read, what it is instead and how to fix it.

    Args:
        path: the file.
        letters: how languages write.

    Returns ``(format, "")`` for a readable one, else ``("unknown", "what it is\\nfix")``. Whether a table can be
    understood shows when it is read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(1 << 16)
    except OSError as error:
        return _not(f"a file the system does not open ({error.strerror})", "Check its permissions.")
    if not head.strip():
        return _not("empty", "Hand in the file again.")
    if head.startswith(PNG):
        found = _in_image(path)
        return (OPEN_BADGE, "") if found == OPEN_BADGE else _not(found or "a PNG image", _INSTEAD)
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            return _not(name, _INSTEAD)
    if head.startswith(b"PAR1") or is_workbook(path):
        return TABLE, ""
    if head.startswith(b"PK"):
        return _packed(path)
    return _recognise_text(path, letters)


def _packed(path: Path) -> tuple[str, str]:
    """What a zip file is that is no workbook and is not opened as an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return _not("a damaged workbook or archive: its end is missing, or it was not copied whole", MEND)
    if "word/document.xml" in names or "content.xml" in names:
        return _not("a text document", _INSTEAD)
    if "ppt/presentation.xml" in names:
        return _not("a presentation", _INSTEAD)
    if "[Content_Types].xml" in names:
        return _not(f"damaged: {BROKEN}", MEND)
    return _not("an archive within an archive", "Unpack it and hand in the files in it.")


def _recognise_text(path: Path, letters: Spelling) -> tuple[str, str]:
    codec = encoding_of(path, letters)
    if codec is None:
        return _not("no text, or text in an encoding that is not known", "Save it as CSV UTF-8.")
    with path.open(encoding=codec, errors="ignore") as file:
        text = file.read(1 << 16)
    start = text.lstrip()[:1]
    if start in ("{", "[") or _COMPACT.match(text.lstrip()):
        found = recognise_json(path)
        if found in READABLE:
            return found, ""
        return _not(found, _CREDENTIALS_INSTEAD)
    if start == "<":
        found = recognise_xml(path)
        found = (_in_image(path) or found) if found == SVG else found
        if found in READABLE:
            return found, ""
        return _not(found, "Hand in the JSON form of the credentials, a transcript as ELMO, or a table.")
    if text.strip().count(".") in (2, 4) and not any(character.isspace() for character in text.strip()):
        return _not("a compact signature (JWT) that is damaged", _CREDENTIALS_INSTEAD)
    return TABLE, ""


def _in_image(path: Path) -> str:
    """What the credential is that an image carries; '' where it carries none."""
    try:
        carried = baked_text(path)
    except BakedError as error:
        return "" if str(error) == NO_IMAGE else f"an image, or XML, that is not read: {error}"
    return recognise_json(path) if carried else ""


def _not(what: str, fix: str) -> tuple[str, str]:
    return "unknown", f"{what}\n{fix}"
