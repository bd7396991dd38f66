"""What a file is, by its content, never by its extension."""

import codecs
import csv
import io
from pathlib import Path

from qa_toolkit.intake.json_documents import recognise_json
from qa_toolkit.intake.workbooks import CREDENTIALS_SHEET, WorkbookError, is_workbook, sheet_names

TEMPLATE_XLSX = "template_xlsx"
TEMPLATE_CSV = "template_csv"
EUROPEAN_DIGITAL_CREDENTIAL = "european_digital_credential"
READABLE = (TEMPLATE_XLSX, TEMPLATE_CSV, EUROPEAN_DIGITAL_CREDENTIAL)

KNOWN_COLUMNS_NEEDED = 3
"""A table with fewer of the template's columns is some other table."""

_MAGIC = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\xd0\xcf\x11\xe0": "a workbook of the old XLS kind",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
}


def recognise(path: Path, template_columns: frozenset[str]) -> tuple[str, str]:
    """The format of a file and, for one that cannot be read, what it is instead and how to fix it.

    Returns ``(format, "")`` for a readable one, else ``("unknown", "what it is\\nfix")``.
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
            fix = "Hand in the data behind it: the template as XLSX or CSV, or European Digital Credentials as JSON."
            return _not(name, fix)
    if head.startswith(b"PK"):
        return _recognise_zip(path, template_columns)
    return _recognise_text(path, head, template_columns)


def _recognise_zip(path: Path, template_columns: frozenset[str]) -> tuple[str, str]:
    if not is_workbook(path):
        return _not(
            "a zip archive, or a broken workbook", "Unpack it and hand in its files, or save the workbook anew."
        )
    try:
        names = sheet_names(path)
    except WorkbookError as error:
        return _not(f"a workbook that cannot be opened: {error}", "Open it, save it anew and hand it in again.")
    if CREDENTIALS_SHEET in names:
        return TEMPLATE_XLSX, ""
    return _not(
        f"a workbook of {len(names)} sheets without a sheet {CREDENTIALS_SHEET}",
        f"Put the credentials on a sheet {CREDENTIALS_SHEET} with the template's column names in row 1"
        f" ({', '.join(sorted(template_columns)[:4])} …).",
    )


def _recognise_text(path: Path, head: bytes, template_columns: frozenset[str]) -> tuple[str, str]:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _not("text in UTF-16", "Save it as CSV UTF-8.")
    if not _is_utf8(path):
        return _not("text that is not UTF-8, or binary data", "Save it as CSV UTF-8.")
    text = head.decode("utf-8-sig", "ignore")
    start = text.lstrip()[:1]
    if start in ("{", "["):
        found = recognise_json(path)
        if found == EUROPEAN_DIGITAL_CREDENTIAL:
            return found, ""
        return _not(found, "Hand in European Digital Credentials (European Learning Model v3), or the template.")
    if start == "<":
        return _not("XML or HTML", "Hand in the JSON form of the credentials, or the template.")
    if text.strip().count(".") in (2, 4) and " " not in text.strip():
        return _not("a compact signature (JWT)", "Hand in the credential as JSON, or the template.")
    header = next(csv.reader(io.StringIO(text)), [])
    if len(template_columns & {cell.strip() for cell in header}) >= KNOWN_COLUMNS_NEEDED:
        return TEMPLATE_CSV, ""
    return _not(
        "a text whose first line does not hold the template's column names",
        "Use commas, and in the first line the column names of the template: title, awarding_body, issued …",
    )


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                if b"\x00" in block:
                    return False
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except (UnicodeDecodeError, OSError):
        return False
    return True


def _not(what: str, fix: str) -> tuple[str, str]:
    return "unknown", f"{what}\n{fix}"
