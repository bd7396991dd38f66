"""A note in a provider's workbook: the cell's colour, the words, and a box in which they can be read."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import groupby, islice
from math import ceil
from typing import Any

from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.messages import Messages
from qa_toolkit.report.annotated_remarks import LEVELS, Remark
from qa_toolkit.workbook import safe_text


@dataclass(frozen=True)
class Entry:
    """A remark as a note says it."""

    remark: Remark
    rows: tuple[int, ...] = ()
    """The rows it is about, where it is not about its own cell alone."""
    of_column: bool = False
    """Whether it stands at the heading for all cells of the column in these rows."""
    heading: str | None = None
    """The cell of the heading whose note says what this one leaves out, for example ``J5``."""

    @property
    def findings(self) -> int:
        """How many findings it places: those of a column stand at their own cells."""
        return 0 if self.of_column else len(self.rows) or 1


FILL = {"blocker": "F5B7B1", "major": "FAD7A0", "minor": "FFF3B0", "asks": "D2D7F7"}
"""Pale enough for black letters, strong enough to be seen beside a provider's own shades. The note says it in words."""
INK = "1F2937"
LEAST_CONTRAST = 4.5
"""Of letters on the fill (WCAG 2.2, AA)."""
_BLACKS = (0, 8, 64)
"""Indexed colours: black, and the system's own for text."""
_RANGES_SHOWN = 12
_LETTER, _LINE, _PADDING = 7, 17, 16
"""Pixels of a note's box, roomy: programs draw notes in different fonts."""
_NARROW, _WIDE, _TALL = 380, 600, 420


# ---------------------------------------------------------------- what a note says


def worst_first(entries: Iterable[Entry]) -> list[Entry]:
    """The remarks of a cell in the order in which its note says them, each once."""
    return sorted(dict.fromkeys(entries), key=lambda entry: (LEVELS.index(entry.remark.level), entry.remark.check_id))


def _words(entries: Sequence[Entry], messages: Messages) -> str:
    """The remarks of a cell, one below the other."""
    blocks = []
    for entry in entries:
        remark, rows = entry.remark, entry.rows
        key = "status.review" if remark.level == "asks" else f"severity.{remark.level}"
        severity = messages(key)
        if entry.heading:
            short = severity[:1].upper() + severity[1:]
            blocks.append(messages("annotated.short", severity=short, check=remark.check_id, cell=entry.heading))
            continue
        failed, fix = " ".join(remark.failed.split()), " ".join(remark.fix.split())
        text = messages(
            "annotated.note",
            severity=severity[:1].upper() + severity[1:],
            check=remark.check_id,
            failed=failed if failed.endswith((".", "!", "?")) else f"{failed}.",
            fix=fix,
        )
        if entry.of_column:
            text += "\n" + messages("annotated.about_column", n=len(rows), rows=_ranges(rows))
        elif len(rows) > 1:
            text += "\n" + messages("annotated.about_rows", n=len(rows), rows=_ranges(rows))
        elif rows:
            text += "\n" + messages("annotated.about_row")
        blocks.append(text)
    return "\n\n".join(blocks)


def _ranges(rows: Sequence[int]) -> str:
    """Rows in order as '5–34, 40': the first ones, if they are many."""
    runs = [
        [row for _, row in run] for _, run in groupby(enumerate(rows), key=lambda numbered: numbered[1] - numbered[0])
    ]
    shown = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in islice(runs, _RANGES_SHOWN)]
    return ", ".join(shown) + (" …" if len(runs) > _RANGES_SHOWN else "")


def write_note(sheet: Worksheet, place: tuple[int, int], entries: Sequence[Entry], messages: Messages) -> None:
    """Colour a cell and write its remarks below what a note on it already says."""
    cell = _cell(sheet, place)
    fill = FILL[entries[0].remark.level]
    text, author, old = _words(entries, messages), messages("annotated.author"), cell.comment
    if old is not None:
        text = "\n\n".join([old.text.rstrip(), messages("annotated.below_old"), text])
        author = old.author
    cell.comment = _fitted(Comment(safe_text(text), author))
    cell.fill = PatternFill("solid", fgColor=fill)
    if not _can_be_read(cell.font.color, fill):
        font: Any = copy(cell.font)
        font.color = Color(rgb=f"FF{INK}")
        cell.font = font


def _cell(sheet: Worksheet, place: tuple[int, int]) -> Cell:
    """The cell; where the file holds none there, a new one that looks as its row or column says."""
    row, column = place
    missing = place not in sheet._cells
    cell = sheet.cell(row, column)
    assert not isinstance(cell, MergedCell)
    if missing:
        line = sheet.row_dimensions.get(row)
        of_row = line if line is not None and line.customFormat else None
        of_column = next(
            (d for letter, d in sheet.column_dimensions.items() if _covers(d, letter, column) and d.has_style), None
        )
        if (model := of_row or of_column) is not None:
            cell._style = copy(model._style)  # type: ignore[attr-defined, union-attr]
    return cell


def _covers(dimension: object, letter: str, column: int) -> bool:
    low, high = getattr(dimension, "min", None), getattr(dimension, "max", None)
    return low <= column <= high if low and high else letter == get_column_letter(column)


def fit_notes(sheets: Iterable[Worksheet]) -> None:
    """Give each note room for its words: openpyxl forgets how large it was."""
    for sheet in sheets:
        for cell in sheet._cells.values():
            if cell.comment is not None:
                _fitted(cell.comment)


def _fitted(note: Comment) -> Comment:
    for width in (_NARROW, _WIDE):
        letters = (width - _PADDING) // _LETTER
        lines = sum(max(ceil(len(line) / (letters - 4)), 1) for line in note.text.split("\n"))
        note.width, note.height = width, lines * _LINE + _PADDING
        if note.height <= _TALL:
            break
    return note


# ---------------------------------------------------------------- can it be read


def _can_be_read(color: Color | None, fill: str) -> bool:
    """Whether letters of a colour stand out on the fill; a colour of the theme counts only if it is the dark one."""
    if color is None or color.type == "auto":
        return True
    if color.type == "theme":
        return color.theme in (1, 3) and color.tint <= 0.2
    if color.type == "indexed":
        return color.indexed in _BLACKS  # a workbook may define the others
    light, dark = sorted((_luminance(fill), _luminance(color.rgb[-6:])), reverse=True)
    return (light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST


def _luminance(rgb: str) -> float:
    parts = (int(rgb[start : start + 2], 16) / 255 for start in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
