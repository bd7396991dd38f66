"""What a file is, by its content, never by its extension."""

import zipfile
from pathlib import Path

from qa_toolkit.intake.json_documents import recognise_json
from qa_toolkit.intake.tables.encoding import encoding_of
from qa_toolkit.intake.tables.workbooks import BROKEN, MEND, is_workbook
from qa_toolkit.intake.words import Spelling

TABLE = "table"
EUROPEAN_DIGITAL_CREDENTIAL = "european_digital_credential"
READABLE = (TABLE, EUROPEAN_DIGITAL_CREDENTIAL)

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
_INSTEAD = "Hand in the data behind it: a table (XLSX, ODS, CSV, Parquet) or European Digital Credentials as JSON."


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
    if start in ("{", "["):
        found = recognise_json(path)
        if found == EUROPEAN_DIGITAL_CREDENTIAL:
            return found, ""
        return _not(found, "Hand in European Digital Credentials (European Learning Model v3), or a table.")
    if start == "<":
        return _not("XML or HTML", "Hand in the JSON form of the credentials, or a table.")
    if text.strip().count(".") in (2, 4) and not any(character.isspace() for character in text.strip()):
        return _not("a compact signature (JWT)", "Hand in the credential as JSON, or a table.")
    return TABLE, ""


def _not(what: str, fix: str) -> tuple[str, str]:
    return "unknown", f"{what}\n{fix}"
