"""The annotated copy: the provider's own workbook, each faulty cell coloured, with a note on what is wrong and the fix.

It holds everything the provider handed in, learners' data too: it goes back to the provider and to nobody else.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from openpyxl.cell.cell import MergedCell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.messages import Messages
from qa_toolkit.report.annotated_note import Entry, fit_notes, worst_first, write_note
from qa_toolkit.report.annotated_remarks import LEVELS, Remark
from qa_toolkit.report.annotated_source import OpenedCopy, TextTable, has_macros, open_copy, save_copy

MOST_NOTES = 10_000
"""Notes of a copy, the worst first: spreadsheets become slow to use beyond."""
MOST_ROWS_EACH = 20
"""Rows that get a note of their own where a table has no column for a check, and cells of a column that get a whole
one; more share one note."""
_HEADING_ROWS = 100
"""Rows in which headings are looked for."""
_Place = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True)
class AnnotatedCopy:
    """What became of the remarks on one file."""

    notes: int
    placed: int
    """Remarks that stand in a note."""
    without_cell: int
    """Remarks whose sheet or row is not in the file."""
    left_out: int
    """Remarks beyond the most notes of a copy."""
    lacks: tuple[str, ...]
    """What the copy lacks of the original, in words."""

    def lines(self, messages: Messages) -> tuple[str, ...]:
        """What a reader should know about the copy, a sentence each."""
        said = [messages("annotated.says.placed", n=self.placed, notes=messages.number(self.notes))]
        if self.left_out:
            most = messages.number(MOST_NOTES)
            said.append(messages("annotated.says.left_out", n=self.left_out, most=most))
        if self.without_cell:
            said.append(messages("annotated.says.without_cell", n=self.without_cell))
        if self.lacks:
            said.append(messages("annotated.says.lacks", list="; ".join(self.lacks)))
        return tuple(said)


def suffix_of(source: Path | TextTable) -> str:
    """How the copy's name must end: spreadsheet programs take macros only under the name .xlsm, and only macros."""
    return ".xlsm" if isinstance(source, Path) and has_macros(source) else ".xlsx"


def annotate(
    source: Path | TextTable,
    target: Path,
    remarks: Mapping[str | None, Sequence[Remark]],
    messages: Messages,
    *,
    day: date,
    place: str = "workbook",
    header_rows: Mapping[str | None, int] | None = None,
    most_notes: int = MOST_NOTES,
) -> AnnotatedCopy:
    """Write a copy of what was handed in, with a note on each cell that has remarks. Nothing else in it changes.

    Args:
        source: a workbook (XLSX, XLSM, XLS, ODS), or the rows of a text file.
        target: where to write; its name ends as ``suffix_of`` says.
        remarks: title of the sheet, None where a place names none, to its remarks.
        messages: the texts.
        day: the copy is dated so, whenever it is made: the same bytes every time.
        place: names the file in a problem, for example ``file 2``.
        header_rows: title of the sheet, as in ``remarks``, to the row of its headings, from 1; where it is known, what
            is wrong with many cells of a column is said once at the heading.
        most_notes: the worst ones are kept.

    Raises:
        AnnotatedCopyError: the file is broken, locked by a password, or too large.
    """
    if isinstance(source, Path) and target.exists() and source.samefile(target):
        raise ValueError("the copy must not replace the original")
    copy = open_copy(source, messages, place)
    notes: list[tuple[int, Worksheet, _Place, list[Entry]]] = []
    without_cell = 0
    for title, own in remarks.items():
        known = _sheet(copy, title)
        if known is None:
            without_cell += len(own)
            continue
        places, outside = _entries(copy.sheets[known], own, (header_rows or {}).get(title))
        without_cell += outside
        number = list(copy.sheets).index(known)
        notes += [(number, copy.sheets[known], cell, worst_first(entries)) for cell, entries in places.items()]
    notes.sort(key=lambda note: (LEVELS.index(note[3][0].remark.level), note[0], note[2]))
    fit_notes(copy.sheets.values())
    for _, sheet, cell, entries in notes[:most_notes]:
        write_note(sheet, cell, entries, messages)
    save_copy(copy, target, day)
    weights = [sum(entry.findings for entry in entries) for *_, entries in notes]
    return AnnotatedCopy(
        notes=min(len(notes), most_notes),
        placed=sum(weights[:most_notes]),
        without_cell=without_cell,
        left_out=sum(weights[most_notes:]),
        lacks=tuple(messages(f"annotated.lacks.{key}") for key in copy.lacks),
    )


# ---------------------------------------------------------------- where a remark belongs


def _sheet(copy: OpenedCopy, title: str | None) -> str | None:
    """The title of a sheet of the copy; where a place names none, of the only one."""
    if title is None and len(copy.sheets) == 1:
        return next(iter(copy.sheets))
    return title if title in copy.sheets else None


def _entries(
    sheet: Worksheet, remarks: Sequence[Remark], header_row: int | None
) -> tuple[dict[_Place, list[Entry]], int]:
    """Remarks by cell, and the number of those that lie outside the sheet."""
    last = sheet.max_row  # looks at every cell
    inside = [remark for remark in remarks if 1 <= remark.row <= last]
    headings = _columns_of_headings(sheet, inside)
    places: dict[_Place, list[Entry]] = {}
    about_rows: dict[tuple[str, str], list[Remark]] = {}
    about_cells: dict[tuple[str, str, int], list[Remark]] = {}
    for remark in inside:
        column = _column(remark, headings)
        if column is None:
            about_rows.setdefault((remark.check_id, remark.failed), []).append(remark)
        else:
            about_cells.setdefault((remark.check_id, remark.failed, column), []).append(remark)
    for (_, _, column), alike in about_cells.items():
        heading = None
        if header_row is not None and len(alike) > MOST_ROWS_EACH:
            top = _top_left(sheet, (header_row, column))
            heading = f"{get_column_letter(top[1])}{top[0]}"
            rows = tuple(sorted({remark.row for remark in alike}))
            places.setdefault(top, []).append(Entry(replace(alike[0], row=header_row), rows, of_column=True))
        for remark in alike:
            places.setdefault(_top_left(sheet, (remark.row, column)), []).append(Entry(remark, heading=heading))
    first = _first_columns(sheet, {remark.row for alike in about_rows.values() for remark in alike})
    for alike in about_rows.values():
        by_row = {remark.row: remark for remark in alike}
        listed = sorted(by_row)
        for group in [listed] if len(listed) > MOST_ROWS_EACH else [[row] for row in listed]:
            cell = _top_left(sheet, (group[0], first[group[0]]))
            places.setdefault(cell, []).append(Entry(by_row[group[0]], tuple(group)))
    return places, len(remarks) - len(inside)


def _column(remark: Remark, headings: Mapping[str, int]) -> int | None:
    if remark.column is not None:
        return column_index_from_string(remark.column)
    return headings.get(_folded(remark.heading)) if remark.heading is not None else None


def _columns_of_headings(sheet: Worksheet, remarks: Iterable[Remark]) -> dict[str, int]:
    """Heading -> column, from the row above all remarks that holds most of the headings that remarks name."""
    rows = {_folded(remark.heading): remark.row for remark in remarks if remark.heading is not None}
    last = min(_HEADING_ROWS, min(rows.values(), default=0) - 1)
    held: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(sheet._cells.items()) if last > 0 else ():
        if row > last:
            break
        if isinstance(cell.value, str) and (text := _folded(cell.value)) in rows:
            held.setdefault(row, {}).setdefault(text, column)
    return max((held[row] for row in sorted(held)), key=len, default={})


def _folded(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def _first_columns(sheet: Worksheet, rows: Collection[int]) -> dict[int, int]:
    """Row -> where a note about it stands: its first cell that holds something and can be seen."""
    hidden = {
        column
        for letter, width in sheet.column_dimensions.items()
        if width.hidden
        for column in range(width.min or column_index_from_string(letter), (width.max or 0) + 1)
    }
    first = dict.fromkeys(rows, next(column for column in count(1) if column not in hidden))
    held: dict[int, int] = {}
    for (row, column), cell in sheet._cells.items() if rows else ():
        if row in first and column not in hidden and cell.value is not None:
            held[row] = min(column, held.get(row, column))
    return first | held


def _top_left(sheet: Worksheet, place: _Place) -> _Place:
    """The cell itself; of merged cells the one that shows."""
    if isinstance(sheet._cells.get(place), MergedCell):
        row, column = place
        for area in sheet.merged_cells.ranges:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                return (area.min_row, area.min_col)
    return place
