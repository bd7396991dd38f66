"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) as rows of texts: a cell becomes the text a person would type.

A workbook comes from a stranger: what it would unpack to, and how far its sheets reach, are looked at before it is
opened, because a single stray cell in the last corner asks for all the memory there is.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from qa_toolkit.intake.limits import LARGEST_SHEET, LARGEST_UNPACKED_WORKBOOK, unpacks_to_too_much
from qa_toolkit.intake.tables.encoding import INVISIBLE

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""First bytes of an OLE file: an XLS workbook, or one that a password protects."""


class WorkbookError(ValueError):
    """A workbook cannot be read; the message says why, ``fix`` what to do."""

    def __init__(self, why: str, fix: str = "Open it, save it anew as XLSX and hand it in again.") -> None:
        super().__init__(why)
        self.fix = fix


@dataclass(frozen=True)
class Sheet:
    """A sheet by name and number (from 1, hidden ones counted)."""

    name: str
    number: int
    hidden: bool


def is_workbook(path: Path) -> bool:
    """Whether the file is a spreadsheet of one of the kinds, by its bytes."""
    with path.open("rb") as file:
        head = file.read(4)
    if head == OLD_WORKBOOK:
        return True
    if not head.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                return archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet")
            return bool(names & {"xl/workbook.xml", "xl/workbook.bin"})
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return False


class Workbook:
    """An open workbook. Make one with ``open_workbook``."""

    def __init__(self, path: Path, opened: python_calamine.CalamineWorkbook) -> None:
        self._path, self._opened = path, opened
        self.sheets = tuple(
            Sheet(found.name, number, found.visible != python_calamine.SheetVisibleEnum.Visible)
            for number, found in enumerate(opened.sheets_metadata, 1)
            if found.typ == python_calamine.SheetTypeEnum.WorkSheet
        )

    def rows(self, sheet: Sheet) -> Iterator[list[str]]:
        """The rows of a sheet from row 1 on, each from column A on; merged cells repeat their value in every row.

        Raises:
            WorkbookError: the sheet is broken, or reaches too far.
        """
        _refuse_far_corner(self._path, sheet)
        try:
            found = self._opened.get_sheet_by_name(sheet.name)
        except Exception as error:  # calamine's errors share no base class
            raise WorkbookError(f"the sheet {sheet.number} cannot be read ({type(error).__name__})") from None
        if not found.width:
            return
        left = [""] * (found.start[1] if found.start else 0)
        below = _below_merged(found)
        kept: dict[int, str] = {}
        for number, row in enumerate(found.iter_rows()):
            cells = left + [
                (cell if cell.isprintable() else INVISIBLE.sub("", cell)) if type(cell) is str else _text(cell)
                for cell in row
            ]
            for column, opens in below.get(number, ()):
                if opens:
                    kept[column] = cells[column]
                elif column < len(cells) and not cells[column]:
                    cells[column] = kept.get(column, "")
            yield cells

    def uncomputed_formulas(self, sheet: Sheet) -> int:
        """Formula cells of an XLSX sheet that hold no computed value: they read as empty."""
        part = _part_of(self._path, sheet.name)
        if part is None:
            return 0
        with zipfile.ZipFile(self._path) as archive:
            return len(re.findall(rb"(?:</f>|<f/>)\s*(?:<v>\s*</v>|<v\s*/>|</c>)", archive.read(part)))


def open_workbook(path: Path) -> Workbook:
    """Open a workbook.

    Raises:
        WorkbookError: it is broken, protected by a password, or unpacks to too much.
    """
    _refuse_bomb(path)
    try:
        return Workbook(path, python_calamine.CalamineWorkbook.from_path(str(path)))
    except python_calamine.PasswordError:
        raise WorkbookError("a password protects it", "Save it without a password and hand it in again.") from None
    except Exception as error:  # calamine's errors share no base class
        if _encrypted(path):
            fix = "Save it without a password and hand it in again."
            raise WorkbookError("a password protects it", fix) from None
        raise WorkbookError(f"it is broken or no workbook ({type(error).__name__})") from None


def has_sheet(path: Path, name: str) -> bool:
    """Whether the file is a workbook with a sheet of that name."""
    try:
        return is_workbook(path) and any(sheet.name == name for sheet in open_workbook(path).sheets)
    except WorkbookError:
        return False


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"PT{minutes // 60}H" + (f"{minutes % 60}M" if minutes % 60 else "")
    return str(cell)


def _below_merged(found: python_calamine.CalamineSheet) -> dict[int, list[tuple[int, bool]]]:
    """Row -> columns that a range merged over several rows covers there, and whether it opens in that row."""
    rows: dict[int, list[tuple[int, bool]]] = {}
    try:
        ranges = found.merged_cell_ranges or []
    except Exception:  # not every kind of workbook tells
        return rows
    for (top, left), (bottom, _) in ranges:
        if bottom > top:
            for row in range(top, min(bottom, top + 100_000) + 1):
                rows.setdefault(row, []).append((left, row == top))
    return rows


def _refuse_bomb(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(4) == OLD_WORKBOOK:
            return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise WorkbookError("the zip archive of the workbook is broken") from None
    if unpacks_to_too_much(unpacked, path.stat().st_size, LARGEST_UNPACKED_WORKBOOK):
        raise WorkbookError(
            f"it would unpack to {unpacked:,} bytes, more than a workbook of its size holds",
            "Copy the rows into a new workbook and hand that in.",
        )


def _encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        content = file.read(1 << 20)
    if content.startswith(OLD_WORKBOOK):
        return "EncryptedPackage".encode("utf-16-le") in content
    try:
        with zipfile.ZipFile(path) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (KeyError, zipfile.BadZipFile, OSError, ValueError):
        return False


def _refuse_far_corner(path: Path, sheet: Sheet) -> None:
    """Refuse a sheet whose first and last cell span more cells than are read: they would all be laid out in memory."""
    part = _part_of(path, sheet.name)
    if part is None:
        return
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part)
    spanned = _ods_cells(content) if part == "content.xml" else _xlsx_cells(content)
    if spanned > LARGEST_SHEET.value:
        raise WorkbookError(
            f"sheet {sheet.number} spans {spanned:,} cells from its first to its last",
            "Delete stray cells far below or beside the table (Ctrl+End finds the last one) and save it anew.",
        )


def _xlsx_cells(content: bytes) -> int:
    """Rows times columns of the used range, from the references of the rows and of the cells far to the right."""
    last = content.rfind(b"<row ")
    number = re.search(rb'r="([0-9]+)"', content[last : last + 200]) if last >= 0 else None
    rows = int(number[1]) if number else content.count(b"<row")
    letters = max(set(re.findall(rb'<c r="([A-Z]{3})', content)), default=b"")
    letters = letters or max(set(re.findall(rb'<c r="([A-Z]{2})[0-9]', content)), default=b"Z")
    columns = 0
    for letter in letters:
        columns = columns * 26 + letter - 64
    return rows * columns


def _ods_cells(content: bytes) -> int:
    """The most rows and columns that cells with content are repeated to; empty ones at the end are not laid out."""
    filled = re.findall(
        rb"<table:table-cell\b[^>]*?number-columns-repeated=\"([0-9]+)\"[^>]*office:value-type", content
    )
    filled += re.findall(
        rb"<table:table-cell\b[^>]*?office:value-type[^>]*?number-columns-repeated=\"([0-9]+)\"", content
    )
    columns = max((int(number) for number in filled), default=1)
    rows = 0
    for match in re.finditer(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", content, re.DOTALL):
        if b"office:value-type" in match[2]:
            repeated = re.search(rb'number-rows-repeated="([0-9]+)"', match[1])
            rows += int(repeated[1]) if repeated else 1
    return max(rows, 1) * max(columns, 16)


def _part_of(path: Path, sheet: str) -> str | None:
    """The part of the zip that holds a sheet; None where the kind of workbook has no XML to look at."""
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return None
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            return "content.xml"
        if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
            return None
        book, links = (
            archive.read("xl/workbook.xml").decode("utf-8", "replace"),
            archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace"),
        )
    targets = dict(_attributes(links, "Relationship", "Id", "Target"))
    for name, identifier in _attributes(book, "sheet", "name", "r:id"):
        target = targets.get(identifier, "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if _unescaped(name) == sheet and part in names:
            return part
    return None


def _attributes(xml: str, element: str, key: str, value: str) -> Iterator[tuple[str, str]]:
    for tag in re.findall(rf"<(?:\w+:)?{element}\s([^>]*)>", xml):
        found = dict(re.findall(r'([\w:]+)="([^"]*)"', tag))
        if key in found and value in found:
            yield found[key], found[value]


def _unescaped(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text
