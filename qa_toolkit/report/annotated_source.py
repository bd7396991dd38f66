"""What a provider handed in as a workbook to write notes into, with what that workbook lacks of the original.

XLSX and XLSM are opened as they are; the tables of XLS, ODS and XLSB, and of text files, are written as new sheets.
Every file is a stranger's: it is weighed before it is opened.
"""

import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.workbook import put, safe_text, sheet_title

LARGEST_UNPACKED = 128 << 20
"""Bytes a workbook may unpack to: openpyxl holds some ten times as much in memory."""
HIGHEST_RATIO = 200
"""Times it may be larger unpacked, beyond its first ten megabytes."""
MOST_CELLS = 1_000_000
"""Cells of a copy: some 600 bytes of memory and 30 microseconds each."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = "xl/vbaProject.bin"
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_NO_DATE = re.compile(r"Cell ([A-Z]+\d+) is marked as a date but the serial value (\S+) is outside")
_AREA = re.compile(rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref=["']([^"']*:[^"']*)["']""")
_WIDEST, _NARROWEST = 48, 9
_ROWS_LOOKED_AT = 200


class AnnotatedCopyError(ValueError):
    """No annotated copy can be made of a file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


@dataclass(frozen=True)
class TextTable:
    """A table read from a text file: rows as a spreadsheet would count them, empty ones too."""

    title: str
    rows: Iterable[Sequence[str]]


@dataclass
class OpenedCopy:
    """A workbook in which the notes will be written."""

    workbook: openpyxl.Workbook
    sheets: dict[str, Worksheet]
    """The provider's title -> the sheet."""
    lacks: list[str] = field(default_factory=list)
    """Keys of the texts that say what the copy lacks of the original."""
    kept: dict[str, bytes] = field(default_factory=dict)
    """Parts of the original that openpyxl would write anew."""


@dataclass(frozen=True)
class _Loss:
    """What openpyxl does not keep: parts by name, and what must be in them."""

    key: str
    parts: str
    holds: str = ""


_LOSSES = (
    _Loss("formula_results", r"xl/worksheets/[^/]*\.xml", r"<(?:\w+:)?f[\s/>]"),
    _Loss("note_boxes", r"xl/(comments/)?comments?\d*\.xml"),
    _Loss("threads", r"xl/threadedComments/.*"),
    _Loss("charts", r"xl/charts/chart\d*\.xml"),
    _Loss("new_charts", r"xl/charts/chartEx.*|xl/chartex/.*"),
    _Loss("pictures", r"xl/media/.*"),
    _Loss("shapes", r"xl/drawings/[^/]*\.xml", r"<(?:\w+:)?(?:sp|cxnSp|grpSp|contentPart)[\s>]"),
    _Loss("shapes", r"xl/diagrams/.*"),
    _Loss("controls", r"xl/(?:ctrlProps|activeX|webextensions)/.*|customUI/.*"),
    _Loss("embedded", r"xl/embeddings/.*"),
    _Loss("slicers", r"xl/(?:slicers|slicerCaches|timelines|timelineCaches)/.*"),
    _Loss("data_connections", r"xl/connections\.xml|xl/(?:queryTables|model)/.*"),
    _Loss("linked_data", r"xl/metadata\.xml|xl/richData/.*"),
    _Loss("sparklines", r"xl/worksheets/[^/]*\.xml", r"sparklineGroups"),
    _Loss("newer_rules", r"xl/worksheets/[^/]*\.xml", r"<x14:(?:conditionalFormattings|dataValidations)[\s>]"),
    _Loss("views", r"xl/worksheets/[^/]*\.xml", r"<(?:\w+:)?customSheetViews[\s>]"),
    _Loss("printer", r"xl/printerSettings/.*"),
    _Loss("custom_data", r"customXml/.*"),
    _Loss("signature", r"_xmlsignatures/.*"),
)
_CARRIED = re.compile(
    r"\[Content_Types\]\.xml|docProps/.*|.*\.rels|xl/(workbook|styles|sharedStrings|calcChain)\.xml|xl/vba\w*\.bin"
    r"|xl/(worksheets|chartsheets|theme|tables|pivotTables|pivotCache|externalLinks|charts|drawings|comments|persons)/.*"
)


def has_macros(path: Path) -> bool:
    """Whether the file is a workbook that holds macros, whatever its name says."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _MACROS in archive.namelist() and "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def open_copy(source: Path | TextTable, messages: Messages, place: str) -> OpenedCopy:
    """The workbook to write notes into.

    Raises:
        AnnotatedCopyError: it is broken, locked by a password, or too large.
    """

    def refuse(reason: str) -> AnnotatedCopyError:
        what, why, fix = (messages(f"annotated.problem.{part}") for part in ("what", f"{reason}.why", f"{reason}.fix"))
        return AnnotatedCopyError(Problem(ProblemKind.NOTE, what, place, why, fix))

    try:
        if isinstance(source, TextTable):
            return _written_anew([(source.title, True, source.rows)], refuse, [])
        if source.stat().st_size > LARGEST_UNPACKED:
            raise refuse("too_large")
        content = source.read_bytes()
        if content.startswith(_OLE):
            if "EncryptedPackage".encode("utf-16-le") in content:
                raise refuse("password")
            return _tables_of(content, refuse)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _weigh(archive, len(content), refuse)
            if "xl/workbook.xml" in archive.namelist():
                return _workbook_of(content, archive, refuse)
        return _tables_of(content, refuse)
    except AnnotatedCopyError:
        raise
    except python_calamine.PasswordError:
        raise refuse("password") from None
    except Exception:  # openpyxl and calamine raise what their parsers raise; nothing of it may name a value
        raise refuse("broken") from None


def _weigh(archive: zipfile.ZipFile, size: int, refuse: Callable[[str], AnnotatedCopyError]) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or unpacked > (10 << 20) + HIGHEST_RATIO * size:
        raise refuse("too_large")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse("password")


def _workbook_of(content: bytes, archive: zipfile.ZipFile, refuse: Callable[[str], AnnotatedCopyError]) -> OpenedCopy:
    names = archive.namelist()
    sheets = [name for name in names if name.startswith("xl/worksheets/")]
    if sum(_cells(archive.read(name)) for name in sheets) > MOST_CELLS:
        raise refuse("too_large")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        workbook = openpyxl.load_workbook(BytesIO(content), keep_vba=_MACROS in names, rich_text=True)
    workbook.template = False
    lacks = _lost(archive)
    _restore_numbers(workbook, [str(warning.message) for warning in told])
    if workbook.calculation is not None:
        workbook.calculation.fullCalcOnLoad = True  # openpyxl keeps formulas without their results
    kept = {name: archive.read(name) for name in ("docProps/app.xml",) if name in names}
    core = archive.read("docProps/core.xml") if "docProps/core.xml" in names else b""
    if b":created" not in core:
        workbook.properties.created = None  # openpyxl puts the present moment there
    if not core:
        workbook.properties.creator = None
    return OpenedCopy(workbook, {sheet.title: sheet for sheet in workbook.worksheets}, lacks, kept)


def _cells(sheet: bytes) -> int:
    """Cells that openpyxl will make of a sheet: those written, and those that merged areas and links span."""
    spanned = 0
    for area in _AREA.findall(sheet):
        size = CellRange(area.decode()).size
        spanned += size["rows"] * size["columns"]
    return len(_CELL.findall(sheet)) + spanned


def _restore_numbers(workbook: openpyxl.Workbook, told: Sequence[str]) -> None:
    """Put back what openpyxl made an error of: 20260701 in a cell that is formatted as a date.

    It says the cell and the number, not the sheet, in the order of sheets and cells.
    """
    numbers = iter([match.groups() for text in told if (match := _NO_DATE.match(text))])
    place, number = next(numbers, ("", ""))
    for sheet in workbook.worksheets:
        for cell in sheet._cells.values() if place else ():
            if cell.value == "#VALUE!" and cell.coordinate == place:
                cell.value, cell.data_type = float(number), "n"
                place, number = next(numbers, ("", ""))


def _lost(archive: zipfile.ZipFile) -> list[str]:
    """Keys of what openpyxl loses of a workbook, each once."""
    names = archive.namelist()
    lost = []
    for loss in _LOSSES:
        parts = [name for name in names if re.fullmatch(loss.parts, name)]
        held = re.compile(loss.holds.encode())
        if loss.key not in lost and any(held.search(archive.read(name)) for name in parts):
            lost.append(loss.key)
    known = [re.compile(loss.parts) for loss in _LOSSES]
    if not all(
        name.endswith("/") or _CARRIED.fullmatch(name) or any(pattern.fullmatch(name) for pattern in known)
        for name in names
    ):
        lost.append("other_parts")
    return lost


def _tables_of(content: bytes, refuse: Callable[[str], AnnotatedCopyError]) -> OpenedCopy:
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        visible = {
            sheet.name: sheet.visible == python_calamine.SheetVisibleEnum.Visible
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        }
        tables = (
            (name, visible[name], book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
            if name in visible
        )
        return _written_anew(tables, refuse, ["all_but_values"])


def _written_anew(
    tables: Iterable[tuple[str, bool, Iterable[Sequence[Any]]]],
    refuse: Callable[[str], AnnotatedCopyError],
    lacks: list[str],
) -> OpenedCopy:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator, workbook.properties.created = "qa-toolkit", None
    copy = OpenedCopy(workbook, {}, lacks)
    cells = 0
    cut = False
    for title, visible, rows in tables:
        sheet = workbook.create_sheet(sheet_title(title))  # openpyxl numbers titles that would be there twice
        sheet.sheet_state = "visible" if visible else "hidden"
        sheet.page_setup.orientation = "landscape"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
        copy.sheets[title] = sheet
        widths: dict[int, int] = {}
        for number, row in enumerate(rows, 1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise refuse("too_large")
            for column, value in enumerate(row, 1):
                if value == "" or value is None:
                    continue
                cells += 1
                if cells > MOST_CELLS:
                    raise refuse("too_large")
                cut = cut or (isinstance(value, str) and safe_text(value) != value)
                _write(sheet.cell(number, column), value)
                if number <= _ROWS_LOOKED_AT:
                    longest = max(map(len, str(value).split("\n")))
                    widths[column] = min(max(longest + 2, widths.get(column, _NARROWEST)), _WIDEST)
        for column, width in widths.items():
            sheet.column_dimensions[get_column_letter(column)].width = width
    if workbook.worksheets and all(sheet.sheet_state != "visible" for sheet in workbook.worksheets):
        workbook.worksheets[0].sheet_state = "visible"  # a workbook needs one
    return OpenedCopy(workbook, copy.sheets, [*lacks, "cut"] if cut else lacks)


def _write(cell: Any, value: Any) -> None:
    assert isinstance(cell, Cell)
    if isinstance(value, (time, timedelta)) and not isinstance(value, datetime):
        cell.value = value  # no text: nothing in it can run
    else:
        put(cell, value)


def save_copy(copy: OpenedCopy, target: Path, day: date) -> None:
    """Save the copy with the same bytes every time: as ``workbook.save`` does, but the provider's properties stay."""
    moment = datetime.combine(day, time())
    if copy.workbook.properties.created is None:
        copy.workbook.properties.created = moment
    buffer = BytesIO()
    copy.workbook.save(buffer)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    fixed = BytesIO()
    with zipfile.ZipFile(buffer) as drawn, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(drawn.namelist(), key=lambda entry: (entry != "[Content_Types].xml", entry)):
            content = copy.kept.get(name) or drawn.read(name)
            if name == "docProps/core.xml":  # openpyxl always writes the present moment here
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            written.writestr(entry, content)
    target.write_bytes(fixed.getvalue())
