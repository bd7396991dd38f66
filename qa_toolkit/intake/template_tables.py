"""The toolkit's own template, as XLSX or as UTF-8 CSV: rows about credentials -> the canonical table.

Texts are read as they stand, every distinct text of a column is normalised once, and the values are joined back in SQL:
a million rows cost seconds, not minutes.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import duckdb

from qa_toolkit.intake.normalise import KINDS
from qa_toolkit.intake.reader import FileOutcome, HandedInFile
from qa_toolkit.intake.template_sql import TemplateColumn, column_letter, insert_statement, origin_rows
from qa_toolkit.intake.words import Words
from qa_toolkit.intake.workbooks import CREDENTIALS_SHEET, SUBMISSION_SHEET, WorkbookError, rows_of, sheet_names
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.store import RecordStore

LARGEST_CELL = 1 << 20
"""Characters of a cell; a longer one is no value of a credential."""


@dataclass(frozen=True)
class _Raw:
    """A table loaded as texts into ``raw``: its header, and what was left out."""

    header: list[str]
    problems: list[Problem]
    row: str = "r.row"
    """SQL of the row's number in the file, as a spreadsheet counts."""


class TemplateTables:
    """Reads template workbooks and CSV files into ``credentials`` and ``origins``."""

    format = "template_table"

    def __init__(self, words: Words, columns: Sequence[TemplateColumn]) -> None:
        self._words = words
        self._columns = {column.name: column for column in columns}

    def read(self, files: Sequence[HandedInFile], store: RecordStore) -> tuple[FileOutcome, ...]:
        """Append the rows of every file; an outcome for each, in order."""
        return tuple(self._read_one(file, store) for file in files)

    def _read_one(self, file: HandedInFile, store: RecordStore) -> FileOutcome:
        sheet = CREDENTIALS_SHEET if _is_zip(file.path) else None
        try:
            raw = _load_sheet(file, store) if sheet else _load_csv(file, store)
        except (WorkbookError, csv.Error, OSError, UnicodeDecodeError, duckdb.Error) as error:
            why = (
                str(error) if isinstance(error, WorkbookError) else f"the table cannot be read ({type(error).__name__})"
            )
            fix = "Open it, save it anew and hand it in again."
            return _refused(file, _problem(file, ProblemKind.FILE, "A table cannot be read", file.place, why, fix))
        present, problems = self._map_header(file, raw.header, sheet)
        if not present:
            why = "Its first row holds none of the template's column names."
            fix = f"Write the column names of the template into row 1: {', '.join(list(self._columns)[:6])} …"
            return _refused(file, _problem(file, ProblemKind.FILE, "A table cannot be read", file.place, why, fix))
        self._normalise(store, present)
        before = _count(store)
        place = f"'sheet {sheet}, row '" if sheet else "'row '"
        store.connection.execute(
            insert_statement(
                file, place, raw.row, present, [self._columns[name] for name in present], self._words.placeholders
            )
        )
        store.append("origins", origin_rows(file, present, letters=sheet is not None))
        store.connection.execute("DROP TABLE raw")
        carried = {self._columns[name].element for name in present if self._columns[name].element}
        found = [*raw.problems, *problems]
        state = "partly_read" if any(problem.kind is ProblemKind.ROW for problem in found) else "read"
        return FileOutcome(file, self.format, state, _count(store) - before, tuple(sorted(carried)), tuple(found))

    def _map_header(
        self, file: HandedInFile, header: Sequence[str], sheet: str | None
    ) -> tuple[dict[str, int], list[Problem]]:
        """Template column -> place in the table; the rest is said, by letter: a header may name a person."""
        present: dict[str, int] = {}
        problems: list[Problem] = []
        unknown: list[str] = []
        where = f"{file.place}, sheet {sheet}, row 1" if sheet else f"{file.place}, row 1"
        for index, cell in enumerate(header):
            name = cell.strip().lower()
            letter = column_letter(index)
            if name in present:
                why = f"{column_letter(present[name])} and {letter} are both called {name}; the first one is read."
                problems.append(
                    _problem(file, ProblemKind.ROW, "A column is there twice", where, why, "Keep one of them.")
                )
            elif name in self._columns:
                present[name] = index
            elif name:
                close = get_close_matches(name, [c for c in self._columns if c not in header], n=1, cutoff=0.75)
                unknown.append(f"{letter} (did you mean {close[0]}?)" if close else letter)
        if unknown:
            why = f"The template has no such column: {', '.join(unknown[:20])}{' …' if len(unknown) > 20 else ''}."
            fix = "Rename a column to one of the template's to have it read; otherwise nothing needs to be done."
            problems.append(_problem(file, ProblemKind.NOTE, "Columns were not read", where, why, fix))
        return present, problems

    def _normalise(self, store: RecordStore, present: dict[str, int]) -> None:
        """Make a table of values for every column that is more than text: distinct text -> canonical values."""
        for name, index in present.items():
            kind = KINDS.get(self._columns[name].kind)
            if kind is None:
                continue
            texts = store.connection.execute(f"SELECT DISTINCT c{index} FROM raw WHERE trim(c{index}) <> ''").fetchall()
            element = self._columns[name].element or name
            rows = (
                {"text": text, **kind.read(text, self._words)}
                for (text,) in texts
                if not self._words.is_placeholder(text, element)
                or (kind is KINDS["eqf"] and self._words.says_level_does_not_apply(text))
            )
            _write_table(store, f"values_{name}", {"text": "VARCHAR", **kind.fields}, rows)


def submission_sheet(file: HandedInFile) -> dict[str, str] | None:
    """Key -> value of a workbook's Submission sheet; None where there is none.

    Raises:
        WorkbookError: the workbook cannot be read.
    """
    if not _is_zip(file.path) or SUBMISSION_SHEET not in sheet_names(file.path):
        return None
    pairs = {}
    for row in rows_of(file.path, SUBMISSION_SHEET):
        if len(row) >= 2 and row[0].strip():
            pairs[row[0].strip()] = row[1]
    return {key: value for key, value in pairs.items() if key.lower() != "key"}


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _load_sheet(file: HandedInFile, store: RecordStore) -> _Raw:
    rows = rows_of(file.path, CREDENTIALS_SHEET)
    header = next(rows, [])
    while header and not header[-1].strip():
        header = header[:-1]
    problems: list[Problem] = []
    _write_raw(store, len(header), _checked(file, rows, len(header), problems))
    return _Raw(header, problems)


def _load_csv(file: HandedInFile, store: RecordStore) -> _Raw:
    """By DuckDB's reader; a file with any row it rejects goes through Python's, which tells which and why."""
    csv.field_size_limit(LARGEST_CELL)
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        header = next(csv.reader(text), [])
    if not _has_blank_line(file.path):
        columns = "{" + ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(header))) + "}"
        try:
            store.connection.execute(
                f"CREATE OR REPLACE TABLE raw AS SELECT * FROM read_csv(?, header=true, auto_detect=false,"
                f" delim=',', quote='\"', escape='\"', columns={columns}, all_varchar=true,"
                f" nullstr='', max_line_size={4 * LARGEST_CELL})",
                [str(file.path)],
            )
            return _Raw(header, [], row="(r.rowid + 2)")  # rows keep the order of the file
        except duckdb.Error:
            pass  # read again below, row by row
    problems: list[Problem] = []
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text)
        next(reader, None)
        _write_raw(store, len(header), _checked(file, _rows(reader), len(header), problems))
    return _Raw(header, problems)


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield ["\0"]  # told as a row that cannot be read


def _checked(
    file: HandedInFile, rows: Iterator[list[str]], width: int, problems: list[Problem]
) -> Iterator[dict[str, object]]:
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if row == ["\0"] or any(len(cell) > LARGEST_CELL for cell in row):
            why = f"A cell is longer than {LARGEST_CELL:,} characters, or the row is broken."
            problems.append(_row_problem(file, number, why, "Look at the row and hand the file in again."))
        elif any(cell.strip() for cell in row[width:]):
            why = f"It has more cells than the header has columns ({width}): its values may have slipped."
            problems.append(_row_problem(file, number, why, "Put texts that hold a comma into quotation marks."))
        else:
            cells = {f"c{index}": cell for index, cell in enumerate(row[:width]) if cell.strip()}
            yield {"row": number, **cells}


def _write_raw(store: RecordStore, width: int, rows: Iterator[dict[str, object]]) -> None:
    _write_table(store, "raw", {"row": "BIGINT", **{f"c{index}": "VARCHAR" for index in range(width)}}, rows)


def _write_table(store: RecordStore, name: str, types: dict[str, str], rows: Iterator[dict[str, object]]) -> None:
    scratch = store.folder / f"{name}.ndjson"
    with scratch.open("w", encoding="utf-8", errors="replace", newline="\n") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    columns = "{" + ", ".join(f"'{column}': '{kind}'" for column, kind in types.items()) + "}"
    try:
        store.connection.execute(
            f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM read_json(?, format='newline_delimited',"
            f" maximum_object_size=67108864, columns={columns})",
            [str(scratch)],
        )
    finally:
        scratch.unlink(missing_ok=True)


def _has_blank_line(path: Path) -> bool:
    """DuckDB's reader skips blank lines silently: the row numbers would no longer be those of a spreadsheet."""
    last = b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            joined = (last + block).replace(b"\r\n", b"\n")
            if b"\n\n" in joined:
                return True
            last = joined[-1:]
    return False


def _count(store: RecordStore) -> int:
    row = store.connection.execute("SELECT count(*) FROM credentials").fetchone()
    return int(row[0]) if row else 0


def _row_problem(file: HandedInFile, number: int, why: str, fix: str) -> Problem:
    return _problem(file, ProblemKind.ROW, "A row was left out", f"{file.place}, row {number}", why, fix)


def _problem(file: HandedInFile, kind: ProblemKind, what: str, place: str, why: str, fix: str) -> Problem:
    return Problem(kind, what, place, why, fix, file.number, file.submission_id)


def _refused(file: HandedInFile, problem: Problem) -> FileOutcome:
    return FileOutcome(file, TemplateTables.format, "refused", 0, (), (problem,))
