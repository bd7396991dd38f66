"""XLSX files as rows of texts: what a cell shows becomes the text a person would type.

A workbook is a zip from a stranger: its declared size is looked at before it is opened.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

SUBMISSION_SHEET = "Submission"
CREDENTIALS_SHEET = "Credentials"
LARGEST_UNPACKED = 1 << 30
"""Bytes a workbook may declare to unpack to."""
HIGHEST_RATIO = 200
"""Times a workbook may be larger unpacked, beyond its first ten megabytes."""


class WorkbookError(ValueError):
    """A workbook cannot be read; the message says why."""


def is_workbook(path: Path) -> bool:
    """Whether the file is a zip that holds an Office document."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist() and "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def sheet_names(path: Path) -> list[str]:
    """Names of the sheets, in order.

    Raises:
        WorkbookError: it is broken, or unpacks to too much.
    """
    return list(_open(path).sheet_names)


def has_submission_sheet(path: Path) -> bool:
    """Whether the file is a workbook with a Submission sheet."""
    try:
        return is_workbook(path) and SUBMISSION_SHEET in sheet_names(path)
    except WorkbookError:
        return False


def rows_of(path: Path, sheet: str) -> Iterator[list[str]]:
    """Rows of a sheet as texts, from row 1; trailing empty rows left out.

    Raises:
        WorkbookError: it is broken, or unpacks to too much.
    """
    try:
        rows = _open(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except WorkbookError:
        raise
    except Exception as error:  # calamine's errors share no base class
        raise WorkbookError(f"the sheet cannot be read ({type(error).__name__})") from None
    for row in rows:
        yield [_text(cell) for cell in row]


def _open(path: Path) -> python_calamine.CalamineWorkbook:
    _refuse_bomb(path)
    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except Exception as error:  # see above
        raise WorkbookError(f"the workbook cannot be opened ({type(error).__name__})") from None


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise WorkbookError("the zip archive of the workbook is broken") from None
    if unpacked > LARGEST_UNPACKED or unpacked > (10 << 20) + HIGHEST_RATIO * path.stat().st_size:
        raise WorkbookError(f"it would unpack to {unpacked:,} bytes, more than a workbook of its size holds")


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)
