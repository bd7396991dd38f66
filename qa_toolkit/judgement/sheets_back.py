"""A workbook that comes back: its sheets found again, its rows by their keys, every cell taken or named.

Renamed sheets, moved columns, sorted rows and files saved by other programs keep their meaning and are read. A key, an
id or a drop-down that was changed does not, and is refused.
"""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.judgement.cells import NotTakenError, Taken, Words, take
from qa_toolkit.judgement.columns import FORMAT_VERSION, HIDDEN_SHEET, MARK, SHEETS, SheetOf
from qa_toolkit.judgement.keys import row_key, row_of
from qa_toolkit.judgement.review import Identity
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind

LARGEST = 50_000_000
"""Bytes of a workbook unpacked; one as written has about 200,000."""
MOST_ROWS = 20_000
_LOOKED_FOR_KEYS = 12
"""Rows at the top among which the hidden row of names is looked for: somebody may have put rows above."""


@dataclass(frozen=True)
class RowBack:
    """A row with what people wrote, cell by cell."""

    sheet: str
    id: str
    cells: Mapping[str, Taken]
    places: Mapping[str, str]
    """Column -> how a message names the cell."""

    def text(self, key: str) -> str | None:
        """The text or code of a cell; None where it is empty."""
        return self.cells[key].text

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return all(cell.empty for cell in self.cells.values())


class Refusals:
    """Collects what cannot be taken, each with sheet and cell; texts by key, never the value of a cell."""

    def __init__(self, m: Messages, file: str) -> None:
        self._m = m
        self.file = file
        self.problems: list[Problem] = []

    def say(self, key: str, place: str, **fields: Any) -> None:
        """Refuse something: the texts are ``review.refused.<key>`` with ``.why`` and ``.fix``."""
        what, why, fix = (self._m(f"review.refused.{key}{part}", **fields) for part in ("", ".why", ".fix"))
        self.problems.append(Problem(ProblemKind.FILE, what, f"{self.file}, {place}" if place else self.file, why, fix))


def open_workbook(path: Path, refusals: Refusals) -> Workbook | None:
    """The workbook; None, and told, where it is none or too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                refusals.say("too_large", "")
                return None
        return load_workbook(path)
    except FileNotFoundError:
        refusals.say("no_file", "")
    except Exception:  # whatever a damaged file makes the library raise
        refusals.say("no_workbook", "")
    return None


def facts_of(book: Workbook) -> dict[str, str]:
    """What the hidden sheet says of where the workbook comes from; empty where there is none."""
    if HIDDEN_SHEET not in book.sheetnames:
        return {}
    sheet = book[HIDDEN_SHEET]
    rows = ((sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in range(1, 20))
    return {str(key): str(value) for key, value in rows if key is not None}


def belongs(facts: Mapping[str, str], identity: Identity, refusals: Refusals) -> bool:
    """Whether the workbook is one of this audit; what differs is told."""
    expected = {
        "submission": identity.submission_id,
        "frameworks": ", ".join(f"{name} {version}" for name, version in identity.frameworks),
        "as_of": identity.as_of.isoformat(),
    }
    if not facts:
        refusals.say("no_review", "")
    elif facts.get("format") != FORMAT_VERSION:
        refusals.say("format", "", found=facts.get("format", "-"), known=FORMAT_VERSION)
    elif facts.get("audit") != identity.audit_id:
        differing = [key for key, value in expected.items() if facts.get(key) != value]
        key = f"other_{differing[0]}" if differing else "other_data"
        fields = {"found": facts.get(differing[0], "-"), "expected": expected[differing[0]]} if differing else {}
        refusals.say(key, "", **fields)
    else:
        return True
    return False


def rows_back(
    book: Workbook,
    identity: Identity,
    choices: Mapping[tuple[str, str], Sequence[str]],
    words: Words,
    refusals: Refusals,
    m: Messages,
) -> dict[str, list[RowBack]]:
    """The rows of every sheet, sheet by sheet.

    Args:
        book: one of this audit.
        identity: the audit.
        choices: (sheet, id) of every row that was sent out -> the answers it takes; empty: those of its column.
        words: what is understood in cells of a choice.
        refusals: takes what cannot be taken.
        m: the language of messages.
    """
    found: dict[str, list[RowBack]] = {}
    for spec in SHEETS:
        sheets = [(sheet, row) for sheet in book.worksheets if (row := _key_row(sheet, spec)) is not None]
        if len(sheets) != 1:
            title = m(f"review.sheet.{spec.key}")
            refusals.say("sheet_missing" if not sheets else "sheet_twice", "", sheet=title)
            continue
        sheet, names = sheets[0]
        found[spec.key] = _Reader(sheet, names, spec, identity, choices, words, refusals, m).rows()
    return found


def _key_row(sheet: Worksheet, spec: SheetOf) -> int | None:
    """The hidden row of names; None where the sheet is another."""
    for row in range(1, min(sheet.max_row, _LOOKED_FOR_KEYS) + 1):
        if any(cell.value == f"{MARK}:{spec.key}" for cell in sheet[row]):
            return row
    return None


class _Reader:
    def __init__(
        self,
        sheet: Worksheet,
        names: int,
        spec: SheetOf,
        identity: Identity,
        choices: Mapping[tuple[str, str], Sequence[str]],
        words: Words,
        refusals: Refusals,
        m: Messages,
    ) -> None:
        self.sheet, self.names, self.spec, self.identity = sheet, names, spec, identity
        self.choices, self.words, self.refusals, self.m = choices, words, refusals, m

    def rows(self) -> list[RowBack]:
        columns = self._columns()
        if columns is None or self._merged(columns.values()):
            return []
        if self.sheet.max_row > MOST_ROWS:
            self.refusals.say("too_many_rows", self._in_sheet(), most=str(MOST_ROWS))
            return []
        rows: dict[str, RowBack] = {}
        for number in range(self.names + 2, self.sheet.max_row + 1):
            row_id = self._row_id(number, columns)
            if row_id is None:
                continue
            if row_id in rows:
                self.refusals.say("row_twice", self._place(number, columns["key"]), row=row_id)
                continue
            rows[row_id] = self._row(number, row_id, columns)
        return [rows[row_id] for row_id in sorted(rows, key=_natural)]

    def _columns(self) -> dict[str, int] | None:
        """Name of a column -> its number; None, and told, where one that people fill is missing."""
        columns: dict[str, int] = {}
        for cell in self.sheet[self.names]:
            name = str(cell.value) if cell.value is not None else ""
            name = "key" if name == f"{MARK}:{self.spec.key}" else name
            if name in columns:
                self.refusals.say("column_twice", self._place(self.names, cell.column or 1))
                return None
            if name:
                columns[name] = cell.column or 1
        missing = [column for column in self.spec.filled if column.key not in columns]
        for column in missing:
            self.refusals.say("column_missing", self._in_sheet(), column=self.m(f"review.column.{column.key}"))
        return None if missing else columns

    def _merged(self, columns: Iterable[int]) -> bool:
        own = set(columns)
        ranges = [
            one
            for one in self.sheet.merged_cells.ranges
            if one.max_row > self.names and own & set(range(one.min_col, one.max_col + 1))
        ]
        for one in ranges:
            self.refusals.say("merged", f"{self._in_sheet()}, {self.m('review.cells', cells=str(one))}")
        return bool(ranges)

    def _row_id(self, number: int, columns: Mapping[str, int]) -> str | None:
        """The id of a row; None, and told, where its key is gone or was changed."""
        key = self.sheet.cell(number, columns["key"]).value
        place = self._place(number, columns["key"])
        if key is None:
            written = [c for c in self.spec.filled if self.sheet.cell(number, columns[c.key]).value is not None]
            if written:
                self.refusals.say("no_key", place)
            return None
        named = row_of(str(key))
        if named is None or named[0] != self.spec.key or key != row_key(self.identity, *named):
            self.refusals.say("key_changed", place)
            return None
        row_id = named[1]
        if (self.spec.key, row_id) not in self.choices:
            self.refusals.say("unknown_id", place, row=row_id)
            return None
        if "id" in columns and str(self.sheet.cell(number, columns["id"]).value) != row_id:
            self.refusals.say("id_changed", self._place(number, columns["id"]), row=row_id)
            return None
        return row_id

    def _row(self, number: int, row_id: str, columns: Mapping[str, int]) -> RowBack:
        cells: dict[str, Taken] = {}
        places: dict[str, str] = {}
        for column in self.spec.filled:
            place = places[column.key] = self._place(number, columns[column.key])
            own = self.choices[self.spec.key, row_id] if column.key == "answer" else ()
            try:
                cell = self.sheet.cell(number, columns[column.key])
                cells[column.key] = take(cell, column, own or column.choices, self.words, self.m)
            except NotTakenError as error:
                self.refusals.say(error.reason, place, **error.fields)
                cells[column.key] = Taken(refused=True)
        return RowBack(self.spec.key, row_id, cells, places)

    def _in_sheet(self) -> str:
        return self.m("review.in_sheet", sheet=self.sheet.title)

    def _place(self, row: int, column: int) -> str:
        return f"{self._in_sheet()}, {self.m('review.cell', cell=f'{get_column_letter(column)}{row}')}"


def _natural(row_id: str) -> tuple[int, str]:
    return (int(row_id), "") if row_id.isdigit() else (0, row_id)
