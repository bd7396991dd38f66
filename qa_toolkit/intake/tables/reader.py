"""Tables of every kind into canonical records: the steps from a file to rows of ``credentials``.

The texts of a table are loaded under the names of the template, every distinct text of a column is read once, and one
statement joins both into records. What was left out, repaired or could be read in two ways is told.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from qa_toolkit.intake.limits import HEADER_ROWS, LARGEST_TABLE_FILE, MOST_COLUMNS
from qa_toolkit.intake.reader import FileOutcome, HandedInFile
from qa_toolkit.intake.split import split_columns
from qa_toolkit.intake.tables import delimited, deqar, parquet
from qa_toolkit.intake.tables.columns import Headings, TemplateColumn
from qa_toolkit.intake.tables.encoding import as_utf8, encoding_of
from qa_toolkit.intake.tables.found import (
    CREDENTIALS_SHEET,
    OFFERS_SHEET,
    PROVIDER_SHEET,
    SUBMISSION_SHEET,
    FoundTable,
    Holds,
    holds,
)
from qa_toolkit.intake.tables.header import Header, find_header
from qa_toolkit.intake.tables.load import drop_rows_that_are_no_records, normalise_columns
from qa_toolkit.intake.tables.mapping import ColumnMapping
from qa_toolkit.intake.tables.named import create_named_view
from qa_toolkit.intake.tables.notes import Notes
from qa_toolkit.intake.tables.offers import append_offers
from qa_toolkit.intake.tables.origins import insert_workload_origins, origin_rows
from qa_toolkit.intake.tables.sql import trimmed
from qa_toolkit.intake.tables.statement import insert_records
from qa_toolkit.intake.tables.workbooks import Sheet, Workbook, WorkbookError, is_workbook, open_workbook
from qa_toolkit.intake.words import Words, folded
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.store import RecordStore


@dataclass
class _Loaded:
    """A table in ``raw``."""

    row: str
    """SQL for the number of a row."""
    bad: list[delimited.BadRow]


class Tables:
    """Reads workbooks, delimited texts and Parquet files into ``credentials``, ``offers`` and ``origins``."""

    format = "table"

    def __init__(
        self,
        words: Words,
        columns: Sequence[TemplateColumn],
        headings: Headings,
        mappings: Mapping[str, ColumnMapping] | None = None,
        split_by: str | None = None,
        offer_headings: Headings | None = None,
        offer_columns: Sequence[TemplateColumn] = (),
        profile_keys: frozenset[str] = frozenset(),
    ) -> None:
        self._words, self._headings = words, headings
        self._offer_headings = offer_headings or headings
        self._columns = {column.name: column for column in (*offer_columns, *columns)}
        self._profile_keys = profile_keys
        self._mappings = mappings or {}
        """Submission id -> its mapping."""
        self._split_by = split_by

    def read(self, files: Sequence[HandedInFile], store: RecordStore) -> tuple[FileOutcome, ...]:
        """Append the rows of every file; an outcome for each, in order."""
        return tuple(self._read_one(file, store) for file in files)

    def _read_one(self, file: HandedInFile, store: RecordStore) -> FileOutcome:
        mapping = self._mappings.get(file.submission_id, ColumnMapping())
        notes = Notes(file)
        try:
            if file.size > LARGEST_TABLE_FILE.value:
                raise WorkbookError(f"it is larger than {LARGEST_TABLE_FILE}", "Split it and hand in the parts.")
            if is_workbook(file.path):
                tables = self._read_workbook(file, mapping, store, notes)
            elif parquet.is_parquet(file.path):
                tables = [self._read_parquet(file, mapping, store, notes)]
            else:
                tables = [self._read_text(file, mapping, store, notes)]
        except WorkbookError as error:
            return _refused(file, notes.file("A table cannot be read", str(error), error.fix))
        except (OSError, UnicodeError, duckdb.Error) as error:
            why = f"the table cannot be read ({type(error).__name__})"
            return _refused(file, notes.file("A table cannot be read", why, "Save it anew and hand it in again."))
        finally:
            store.connection.execute("DROP VIEW IF EXISTS named; DROP TABLE IF EXISTS raw")
        return self._outcome(file, tables, notes)

    def _outcome(self, file: HandedInFile, tables: list[FoundTable], notes: Notes) -> FileOutcome:
        awards = [table for table in tables if table.holds is Holds.CREDENTIALS and table.header]
        used = [table for table in tables if table.holds in _RECORDS]
        carried = [
            {self._columns[name].element for name in table.header.targets if self._columns[name].element}
            for table in awards
            if table.header
        ]
        if not used and not any(problem.kind is ProblemKind.FILE for problem in notes.problems):
            notes.no_table([table for table in tables if table.holds is Holds.UNKNOWN])
        lost = any(problem.kind is ProblemKind.ROW for problem in notes.problems)
        return FileOutcome(
            file=file,
            format=self.format,
            state="refused" if not used else "partly_read" if lost else "read",
            records=sum(table.rows for table in awards),
            carried=tuple(sorted(set.intersection(*carried))) if carried else (),
            problems=tuple(notes.problems),
            tables=tuple(tables),
        )

    def _read_workbook(
        self, file: HandedInFile, mapping: ColumnMapping, store: RecordStore, notes: Notes
    ) -> list[FoundTable]:
        book = open_workbook(file.path)
        template = is_template(book)
        found = []
        for sheet in book.sheets:
            said = mapping.sheets.get(sheet.name)
            label = self._label(sheet, mapping)
            table = FoundTable(sheet.name, sheet.number, sheet.hidden, Holds.NOTHING, None, label)
            if said is None and (sheet.hidden or (template and sheet.name not in _SHEETS_TO_FILL_IN)):
                if sheet.hidden:
                    notes.hidden(sheet, empty=not any(map(any, book.rows(sheet))))
            elif said is None and template and sheet.name == SUBMISSION_SHEET:
                table = replace(table, holds=Holds.DECLARATIONS)
            elif (
                said is None
                and sheet.name == PROVIDER_SHEET
                and len(self._profile_keys & pairs_of(book, sheet).keys()) >= LEAST_KEYS
            ):
                table = replace(table, holds=Holds.PROFILE)
            else:
                try:
                    table = self._read_sheet(file, book, table, mapping, store, notes)
                except WorkbookError as error:
                    place = f"{file.place}, sheet {sheet.number}"
                    notes.problems.append(
                        Problem(ProblemKind.FILE, "A sheet cannot be read", place, f"{error}.", error.fix, file.number,
                                file.submission_id)
                    )  # fmt: skip
            found.append(table)
        return found

    def _read_sheet(
        self,
        file: HandedInFile,
        book: Workbook,
        table: FoundTable,
        mapping: ColumnMapping,
        store: RecordStore,
        notes: Notes,
    ) -> FoundTable:
        assert table.sheet is not None
        sheet = next(one for one in book.sheets if one.number == table.number)
        rows = book.rows(sheet)
        head = list(itertools.islice(rows, max(HEADER_ROWS.value, mapping.sheet(table.sheet).header_row or 0)))
        table = self._understood(table, head, mapping)
        if table.holds not in (Holds.CREDENTIALS, Holds.OFFERS, Holds.DECISIONS):
            return table
        assert table.header is not None
        notes.formulas(table, book.uncomputed_formulas(sheet))
        below = itertools.chain(head[table.header.row :], rows)
        if table.holds is not Holds.CREDENTIALS:
            return self._catalogue(file, table, below, mapping, store)
        scratch = store.folder / "rows.csv"
        bad = delimited.load_rows(store.connection, below, table.header.row, table.header.width, scratch)
        return self._records(file, table, _Loaded("row", bad), mapping, store, notes)

    def _read_text(self, file: HandedInFile, mapping: ColumnMapping, store: RecordStore, notes: Notes) -> FoundTable:
        codec = encoding_of(file.path, self._words.letters)
        if codec is None:
            raise WorkbookError("it is no text, or in an encoding that is not known", "Save it as CSV UTF-8.")
        text = as_utf8(file.path, codec, store.folder / "text.csv")
        try:
            notes.invisible(text.invisible)
            notes.mixed(text)
            delimiter = delimited.delimiter_of(text.path, self._offer_headings, mapping)
            count = max(HEADER_ROWS.value, mapping.sheet(None).header_row or 0)
            head = delimited.first_rows(text.path, delimiter, count)
            table = FoundTable(None, 0, False, Holds.UNKNOWN, None, encoding=text.encoding, delimiter=delimiter)
            table = self._understood(table, head, mapping)
            if table.holds not in (Holds.CREDENTIALS, Holds.OFFERS, Holds.DECISIONS):
                return table
            assert table.header is not None
            row = table.header.row
            if table.holds is not Holds.CREDENTIALS:
                below = itertools.islice(delimited.rows_of(text.path, delimiter), row, None)
                return self._catalogue(file, table, below, mapping, store)
            if delimited.load_fast(store.connection, text.path, delimiter, row, table.header.width):
                loaded = _Loaded(f"(rowid + {row + 1})", [])
            else:
                below = itertools.islice(delimited.rows_of(text.path, delimiter), row, None)
                scratch = store.folder / "rows.csv"
                bad = delimited.load_rows(store.connection, below, row, table.header.width, scratch)
                loaded = _Loaded("row", bad)
            return self._records(file, table, loaded, mapping, store, notes)
        finally:
            (store.folder / "text.csv").unlink(missing_ok=True)

    def _read_parquet(self, file: HandedInFile, mapping: ColumnMapping, store: RecordStore, notes: Notes) -> FoundTable:
        head = [parquet.headings(store.connection, file.path)]
        table = self._understood(FoundTable(None, 0, False, Holds.UNKNOWN, None), head, mapping)
        if table.holds not in (Holds.CREDENTIALS, Holds.OFFERS) or table.header is None:
            return replace(table, holds=Holds.UNKNOWN)
        parquet.load(store.connection, file.path, table.header.width)
        if table.holds is Holds.OFFERS:
            rows = parquet.rows(store.connection, table.header.width)
            return self._catalogue(file, table, rows, mapping, store)
        return self._records(file, table, _Loaded("(rowid + 1)", []), mapping, store, notes)

    def _understood(self, table: FoundTable, head: list[list[str]], mapping: ColumnMapping) -> FoundTable:
        """The table with its header, and what its rows are."""
        said = mapping.sheet(table.sheet).holds
        if said != Holds.NOTHING and (row := deqar.deqar_header(head)) is not None:
            header = Header(row, len(head[row - 1]), (), ())
            return replace(table, holds=Holds.DECISIONS, header=header, heading_cells=tuple(head[row - 1]))
        found = find_header(head, self._headings, mapping, table.sheet)
        if table.sheet == CREDENTIALS_SHEET and found is not None and said is None:
            said = Holds.CREDENTIALS
        kind = holds(found, said, self._sheet_kind(table.sheet))
        if kind not in (Holds.CREDENTIALS, Holds.NOTHING):
            # A catalogue has headings of its own, and some that mean something else beside an award.
            catalogue = find_header(head, self._offer_headings, mapping, table.sheet)
            if holds(catalogue, said, self._sheet_kind(table.sheet)) is Holds.OFFERS:
                return replace(table, header=catalogue, holds=Holds.OFFERS)
        return replace(table, header=found, holds=kind)

    def _label(self, sheet: Sheet, mapping: ColumnMapping) -> str:
        """The name of a sheet where every word of it is known: it may be a learner's."""
        words = folded(sheet.name).replace("-", " ").replace("_", " ").split()
        known = all(word.isdecimal() or word in self._words.sheets for word in words)
        whole = folded(sheet.name) in self._words.sheets or sheet.name in (CREDENTIALS_SHEET, *mapping.sheets)
        return sheet.name if (known and words) or whole else str(sheet.number)

    def _sheet_kind(self, name: str | None) -> str | None:
        words = folded(name or "")
        parts = [words, *words.replace("-", " ").replace("_", " ").split()]
        return next((self._words.sheets[part] for part in parts if part in self._words.sheets), None)

    def _catalogue(
        self,
        file: HandedInFile,
        table: FoundTable,
        rows: Iterator[list[str]],
        mapping: ColumnMapping,
        store: RecordStore,
    ) -> FoundTable:
        read = append_offers(store, file, table, rows, self._columns, self._words, mapping)
        return replace(table, rows=read)

    def _records(
        self,
        file: HandedInFile,
        table: FoundTable,
        loaded: _Loaded,
        mapping: ColumnMapping,
        store: RecordStore,
        notes: Notes,
    ) -> FoundTable:
        """Rows of ``raw`` into ``credentials``."""
        header = table.header
        assert header is not None
        notes.bad_rows(table, loaded.bad)
        notes.unread_columns(table, header, more_than=MOST_COLUMNS.value)
        dropped = drop_rows_that_are_no_records(store.connection, header, loaded.row, self._words)
        notes.dropped(table, dropped)
        named = create_named_view(store.connection, header, self._columns, mapping, loaded.row, self._words)
        repairs = normalise_columns(store, named, self._columns, self._words, mapping)
        notes.repairs(table, named, repairs)
        before = _count(store)
        own = table.sheet is None or table.sheet == CREDENTIALS_SHEET
        record = f"f{file.number}-r" if own else f"f{file.number}-s{table.number}-r"
        place = f"sheet {table.label}, row " if table.sheet else "row "
        insert_records(
            store.connection, file, table.number, place, record, named, self._columns, self._words.placeholders,
            columns_unread=_has_unread_columns(store, header),
        )  # fmt: skip
        letters = table.sheet is not None
        store.append("origins", origin_rows(file, table.number, named, letters=letters))
        insert_workload_origins(store.connection, file, table.number, record, named, letters=letters)
        self._write_split(store, file, table, record, loaded.row)
        read = _count(store) - before
        if not read:
            notes.no_rows(table)
        return replace(table, rows=read, left_out=len(loaded.bad), repairs=tuple(repairs))

    def _write_split(self, store: RecordStore, file: HandedInFile, table: FoundTable, record: str, row: str) -> None:
        """Keep, for every record, the text of the column that tells providers apart, and whether there is one."""
        if self._split_by is None:
            return
        indices = split_columns(table, self._split_by)
        value = f"nullif({trimmed(f'c{indices[0]}')}, '')" if indices else "NULL"
        store.connection.execute(
            f"INSERT INTO split_values SELECT ?, ? || {row}, {value}, ? FROM raw",
            [file.submission_id, record, bool(indices)],
        )


LEAST_KEYS = 2
"""Keys that make a sheet named Provider a profile."""
_RECORDS = (Holds.CREDENTIALS, Holds.OFFERS, Holds.DECISIONS, Holds.PROFILE)
_SHEETS_TO_FILL_IN = (CREDENTIALS_SHEET, OFFERS_SHEET, PROVIDER_SHEET, SUBMISSION_SHEET)


def pairs_of(book: Workbook, sheet: Sheet) -> dict[str, tuple[int, str]]:
    """Key -> (row, value) of a sheet whose first two columns are keys and values; later rows of a key do not count."""
    pairs: dict[str, tuple[int, str]] = {}
    for number, row in enumerate(book.rows(sheet), 1):
        if len(row) >= 2 and (key := row[0].strip()) and key.lower() != "key":
            pairs.setdefault(key, (number, row[1]))
    return pairs


def is_template(book: Workbook) -> bool:
    """Whether a workbook is the toolkit's own template: its Submission sheet says so."""
    sheet = next((one for one in book.sheets if one.name == SUBMISSION_SHEET), None)
    if sheet is None:
        return False
    keys = {row[0].strip() for row in itertools.islice(book.rows(sheet), 60) if row}
    return "template_version" in keys


def submission_sheet(file: HandedInFile) -> dict[str, str] | None:
    """Key -> value of a workbook's Submission sheet; None where there is none.

    Raises:
        WorkbookError: the workbook cannot be read.
    """
    if not is_workbook(file.path):
        return None
    book = open_workbook(file.path)
    sheet = next((one for one in book.sheets if one.name == SUBMISSION_SHEET), None)
    if sheet is None:
        return None
    pairs = {row[0].strip(): row[1] for row in book.rows(sheet) if len(row) >= 2 and row[0].strip()}
    return {key: value for key, value in pairs.items() if key.lower() != "key"}


def _has_unread_columns(store: RecordStore, header: Header) -> bool:
    """Whether any column that is not understood holds a text."""
    unread = [f"c{column.index}" for column in header.unknown if column.reason == "unknown"]
    if not unread:
        return False
    any_text = " OR ".join(f"{trimmed(name)} <> ''" for name in unread)
    row = store.connection.execute(f"SELECT EXISTS (SELECT 1 FROM raw WHERE {any_text})").fetchone()
    return bool(row and row[0])


def _refused(file: HandedInFile, problem: Problem) -> FileOutcome:
    return FileOutcome(file, Tables.format, "refused", 0, (), (problem,))


def _count(store: RecordStore) -> int:
    row = store.connection.execute("SELECT count(*) FROM credentials").fetchone()
    return int(row[0]) if row else 0
