"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) as rows of texts: a cell becomes the text a person would type.

A workbook comes from a stranger: what it would unpack to, and how far its sheets reach, are looked at before it is
opened, because a single stray cell in the last corner asks for all the memory there is.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.parsers import expat

import python_calamine

from qa_toolkit.intake.limits import LARGEST_SHEET, LARGEST_UNPACKED_WORKBOOK, MOST_COLUMNS, unpacks_to_too_much
from qa_toolkit.intake.tables.encoding import INVISIBLE
from qa_toolkit.intake.tables.open_document import Merged, SpreadsheetExtent

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""First bytes of an OLE file: an XLS workbook, or one that a password protects."""
_BLOCK = 4 << 20
_LONGEST_TAG = 1 << 20
# Either quotation mark, blanks around the sign, any prefix: what a spreadsheet reads counts, not what it writes.
_COLUMN = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)[0-9]""")
_ROW = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]*([0-9]{1,18})["']""")
_FAR_COLUMN = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{2,})[0-9]""")
_FAR_ROW = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]*([0-9]{6,18})["']""")
"""References beyond column Z and row 99,999: few in most sheets, so looking for them alone is quick."""
_PLAIN_FAR_COLUMN = re.compile(rb' r="([A-Za-z]{2,})[0-9]')
_PLAIN_FAR_ROW = re.compile(rb' r="[A-Za-z]*([0-9]{6,18})"')
"""The same in the form that every program writes: a literal beginning makes the search several times faster."""
_FLAT = bytes.maketrans(b"\t\r\n'", b'   "')
"""White space as spaces and quotation marks of one kind: then a reference that is written otherwise is easy to see."""
_OTHER_FORMS = (b" r ", b" r= ")
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


BROKEN = "the workbook is damaged: parts of it are missing or were not saved to the end"
MEND = (
    "Open it in a spreadsheet program, let it repair the file, save it anew as XLSX and hand that in; if it does not"
    " open there either, hand in the original again."
)


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
                with archive.open("mimetype") as kind:
                    return kind.read(64).startswith(b"application/vnd.oasis.opendocument.spreadsheet")
            return bool(names & {"xl/workbook.xml", "xl/workbook.bin"})
    except _BROKEN_ZIP:
        return False


class Workbook:
    """An open workbook. Make one with ``open_workbook``."""

    def __init__(
        self, path: Path, opened: python_calamine.CalamineWorkbook, merged: Mapping[str, Mapping[int, Merged]]
    ) -> None:
        self._path, self._opened, self._merged = path, opened, merged
        self.sheets = tuple(
            Sheet(found.name, number, found.visible != python_calamine.SheetVisibleEnum.Visible)
            for number, found in enumerate(opened.sheets_metadata, 1)
            if found.typ == python_calamine.SheetTypeEnum.WorkSheet
        )

    def rows(self, sheet: Sheet) -> Iterator[list[str]]:
        """The rows of a sheet from row 1 on, each from column A on, none wider than one column beyond the limit.

        Merged cells repeat their value in every row.

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
        widest = MOST_COLUMNS.value + 1
        left = [""] * min(found.start[1] if found.start else 0, widest)
        merged = self._merged.get(sheet.name) or _merged_over_rows(found)
        kept: dict[int, tuple[int, str]] = {}
        for number, row in enumerate(found.iter_rows()):
            cells = left + [cell if type(cell) is str else _text(cell) for cell in row[: widest - len(left)]]
            if not "".join(cells).isprintable():
                cells = [cell if cell.isprintable() else INVISIBLE.sub("", cell) for cell in cells]
            for column, (bottom, value) in list(kept.items()):
                if number > bottom:
                    del kept[column]
                elif not cells[column]:
                    cells[column] = value
            for column, bottom in merged.get(number, ()):
                if column < len(cells):
                    kept[column] = (bottom, cells[column])
            yield cells

    def uncomputed_formulas(self, sheet: Sheet) -> int:
        """Formula cells of an XLSX sheet that hold no computed value: they read as empty."""
        pattern = re.compile(rb"(?:</f>|<f/>)\s*(?:<v>\s*</v>|<v\s*/>|</c>)")
        parts = _parts_of(self._path, sheet.name)
        return sum(len(pattern.findall(block)) for part in parts[:1] for block in _blocks(self._path, part))


def open_workbook(path: Path) -> Workbook:
    """Open a workbook.

    Raises:
        WorkbookError: it is broken, protected by a password, or unpacks to too much.
    """
    merged = _refuse_bomb(path)
    try:
        return Workbook(path, python_calamine.CalamineWorkbook.from_path(str(path)), merged)
    except python_calamine.PasswordError:
        raise WorkbookError("a password protects it", "Save it without a password and hand it in again.") from None
    except Exception:  # calamine's errors share no base class
        if _encrypted(path):
            fix = "Save it without a password and hand it in again."
            raise WorkbookError("a password protects it", fix) from None
        raise WorkbookError(BROKEN, MEND) from None


def has_sheet(path: Path, name: str) -> bool:
    """Whether the file is a workbook with a sheet of that name."""
    try:
        return is_workbook(path) and any(sheet.name == name for sheet in open_workbook(path).sheets)
    except (WorkbookError, OSError):
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


def _merged_over_rows(found: python_calamine.CalamineSheet) -> dict[int, Merged]:
    """Row, from 0 -> what is merged over several rows and opens there."""
    opening: dict[int, Merged] = {}
    try:
        ranges = found.merged_cell_ranges or []
    except Exception:  # not every kind of workbook tells
        return opening
    for (top, left), (bottom, _) in ranges:
        if bottom > top:
            opening.setdefault(top, []).append((left, bottom))
    return opening


def _refuse_bomb(path: Path) -> dict[str, dict[int, Merged]]:
    """Refuse a workbook that unpacks to too much. Returns what is merged on each sheet of an ODS: calamine does not."""
    with path.open("rb") as file:
        if file.read(4) == OLD_WORKBOOK:
            return {}
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            content = archive.getinfo("content.xml") if "content.xml" in archive.namelist() else None
    except _BROKEN_ZIP:
        raise WorkbookError(BROKEN, MEND) from None
    if unpacks_to_too_much(unpacked, path.stat().st_size, LARGEST_UNPACKED_WORKBOOK):
        raise WorkbookError(
            f"it would unpack to {unpacked:,} bytes, more than a workbook of its size holds",
            "Copy the rows into a new workbook and hand that in.",
        )
    return _refuse_repetition(path) if content is not None else {}


def _encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        content = file.read(1 << 20)
    if content.startswith(OLD_WORKBOOK):
        return "EncryptedPackage".encode("utf-16-le") in content
    try:
        with zipfile.ZipFile(path) as archive, archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(1 << 20)
    except (KeyError, *_BROKEN_ZIP):
        return False


def _refuse_far_corner(path: Path, sheet: Sheet) -> None:
    """Refuse a sheet whose first and last cell span more cells than are read: they would all be laid out in memory."""
    for part in _parts_of(path, sheet.name):
        if _cells_at_most(_blocks(path, part)) > LARGEST_SHEET.value:
            _refuse_span(_xlsx_cells(_blocks(path, part)), f"sheet {sheet.number}")


def _refuse_span(spanned: int, place: str) -> None:
    if spanned > LARGEST_SHEET.value:
        raise WorkbookError(
            f"{place} spans {spanned:,} cells from its first to its last",
            "Delete stray cells far below or beside the table (Ctrl+End finds the last one) and save it anew.",
        )


def _cells_at_most(blocks: Iterator[bytes]) -> int:
    """No less than the cells of the used range: references near the first cell are not looked at one by one."""
    rows, columns = 99_999, 26
    for block in (one.translate(_FLAT) for one in blocks):
        plain = not any(form in block for form in _OTHER_FORMS)
        row, column = (_PLAIN_FAR_ROW, _PLAIN_FAR_COLUMN) if plain else (_FAR_ROW, _FAR_COLUMN)
        rows = max(rows, *map(int, set(row.findall(block))), 0)
        columns = max(columns, *map(_column_number, set(column.findall(block))), 0)
    return rows * columns


def _xlsx_cells(blocks: Iterator[bytes]) -> int:
    """Rows times columns of the used range, from the references of its rows and cells."""
    rows, columns = 0, 0
    for block in blocks:
        rows = max(rows, *map(int, set(_ROW.findall(block))), 0)
        columns = max(columns, *map(_column_number, set(_COLUMN.findall(block))), 0)
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return number


def _refuse_repetition(path: Path) -> dict[str, dict[int, Merged]]:
    """Refuse an ODS whose cells are repeated beyond what is read: a single row can stand for a million.

    It is laid out as it is opened, so it is looked at before. Returns what is merged over rows, by sheet.
    """
    extent = SpreadsheetExtent()
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
            extent.read(file)
    except (expat.ExpatError, *_BROKEN_ZIP):
        raise WorkbookError("the content of the workbook is broken") from None
    _refuse_span(extent.spanned, "a sheet")
    if unpacks_to_too_much(extent.size, path.stat().st_size, LARGEST_UNPACKED_WORKBOOK):
        raise WorkbookError(
            f"its rows are repeated until they hold {extent.size:,} bytes, more than a workbook of its size holds",
            "Delete the repeated rows or copy the table into a new workbook, and hand that in.",
        )
    return extent.merged


def _parts_of(path: Path, sheet: str) -> tuple[str, ...]:
    """The part of an XLSX that holds a sheet; all that may, where it is not plain which.

    Empty where the kind of workbook has no sheets of XML to look at.
    """
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return ()
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                return ()
            try:
                book = _elements(archive.read("xl/workbook.xml"), "sheet")
                links = _elements(archive.read("xl/_rels/workbook.xml.rels"), "Relationship")
            except (KeyError, expat.ExpatError):
                book, links = [], []
    except _BROKEN_ZIP:
        raise WorkbookError("the zip archive of the workbook is broken") from None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for found in book:
        if found.get("name") == sheet:
            target = targets.get(found.get("id"), "").lstrip("/")
            part = target if target.startswith("xl/") else f"xl/{target}"
            if part in names:
                return (part,)
    return tuple(name for name in names if name.startswith("xl/") and name.endswith(".xml"))


def _elements(xml: bytes, wanted: str) -> list[dict[str, str]]:
    """The attributes of every element of a name, both without their prefix."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append({key.rpartition(":")[2]: value for key, value in attributes.items()})

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found


def _blocks(path: Path, part: str) -> Iterator[bytes]:
    """A part of the zip piece by piece, cut before a row or at least before a tag.

    Raises:
        WorkbookError: it cannot be unpacked, or a tag has no end.
    """
    rest = b""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part) as file:
            while block := file.read(_BLOCK):
                block = rest + block
                cut = block.rfind(b"<row")
                cut = cut if cut > 0 else block.rfind(b"<")
                if cut > 0:
                    yield block[:cut]
                    rest = block[cut:]
                elif b">" in block:  # a long text
                    yield block
                    rest = b""
                else:
                    rest = block
                if len(rest) > _LONGEST_TAG and b">" not in rest:
                    raise WorkbookError("its sheets are broken")
    except _BROKEN_ZIP as error:
        if isinstance(error, WorkbookError):
            raise
        raise WorkbookError("the zip archive of the workbook is broken") from None
    yield rest
