"""What intake has to say about a table: what was left out, what was repaired, what could be read in two ways.

A column is named by its letter, never by its heading: a heading that is not known may be a person's name.
"""

from collections.abc import Sequence

from qa_toolkit.intake.reader import HandedInFile
from qa_toolkit.intake.tables.columns import column_letter
from qa_toolkit.intake.tables.delimited import BadRow
from qa_toolkit.intake.tables.encoding import TextFile
from qa_toolkit.intake.tables.found import FoundTable, Repair
from qa_toolkit.intake.tables.header import Header
from qa_toolkit.intake.tables.load import Dropped
from qa_toolkit.intake.tables.named import Named, NotPassed
from qa_toolkit.intake.tables.workbooks import Sheet
from qa_toolkit.problems import Problem, ProblemKey, ProblemKind

_REPAIRS = {
    "serial_date": (
        "Dates were numbers of a spreadsheet",
        "{n} cells hold the number under which a spreadsheet keeps a day; it was read as that day.",
        "Give the column a date format, or write dates as 2026-09-30.",
    ),
    "unreadable_date": (
        "Dates could not be read",
        "{n} cells hold a day that does not exist, such as 31.02.2026, or no date at all; they were read as no date.",
        "Correct them, and write dates as 2026-09-30.",
    ),
    "leading_zero": (
        "Leading zeros were put back",
        "{n} codes of fields of education had lost the zero in front (613 is 0613).",
        "Give the column the format text before typing codes into it.",
    ),
    "decimal_identifier": (
        "Identifiers had become decimal numbers",
        "{n} cells end in '.0'; they were read without it.",
        "Give the column the format text before typing numbers into it.",
    ),
    "damaged_identifier": (
        "Identifiers were cut off by a spreadsheet",
        "{n} cells hold a number such as 1.23E+11: its last digits are gone. They could not be checked.",
        "Export the table again with the column as text.",
    ),
    "ambiguous_dates": (
        "Dates could be read in two ways",
        "None of {n} dates with strokes has a day beyond the 12th; they were read with the day first.",
        "Say 'dates: day_first' or 'dates: month_first' in mapping.yaml, or write dates as 2026-09-30.",
    ),
}
_KEYS = {"unreadable_date": ProblemKey.DATES_NOT_READ}
_UNREAD = 20


class Notes:
    """Collects the problems of one file."""

    def __init__(self, file: HandedInFile) -> None:
        self._file = file
        self.problems: list[Problem] = []

    def file(self, what: str, why: str, fix: str) -> Problem:
        """A problem for which the file was not read; returned, not collected."""
        return self._problem(ProblemKind.FILE, what, self._file.place, f"{why[:1].upper()}{why[1:]}.", fix)

    def no_table(self, unknown: Sequence[FoundTable]) -> None:
        """No table of the file could be read."""
        sheets = f" on any of its {len(unknown)} sheets" if len(unknown) > 1 else ""
        self.problems.append(
            self._problem(
                ProblemKind.FILE,
                "No table of credentials was recognised",
                self._file.place,
                f"No row{sheets} holds column headings that are known, with a title and a learner, a number or a date.",
                "Run 'qa-toolkit inspect' to see what was recognised, and say the rest in a mapping.yaml, or use the"
                " template ('qa-toolkit init').",
            )
        )

    def hidden(self, sheet: Sheet, *, empty: bool) -> None:
        """A hidden sheet was not read."""
        if not empty:
            self._note(
                "A hidden sheet was not read",
                f"{self._file.place}, sheet {sheet.number}",
                "What is hidden is taken for a working copy.",
                "Show the sheet, or say in mapping.yaml what it holds, to have it read.",
            )

    def formulas(self, table: FoundTable, uncomputed: int) -> None:
        """Formula cells without a value."""
        if uncomputed:
            self._note(
                "Formulas hold no value",
                self._place(table),
                f"{uncomputed:,} cells hold a formula that no spreadsheet has computed yet; they read as empty.",
                "Open the workbook in a spreadsheet, save it and hand it in again.",
            )

    def invisible(self, removed: int) -> None:
        """Characters that are not seen were taken out."""
        if removed:
            self._note(
                "Characters that are not seen were taken out",
                self._file.place,
                f"{removed:,} control characters or invisible marks stood between the others.",
                "Nothing needs to be done.",
            )

    def mixed(self, text: TextFile) -> None:
        """Lines of one encoding among those of another."""
        if text.otherwise:
            self._note(
                "Lines are in two encodings",
                self._file.place,
                f"Lines in UTF-8: {text.otherwise:,}; the others are in {text.encoding}. Each was read as what it is.",
                "Look at letters with accents in a few rows, and export the whole table anew as CSV UTF-8.",
            )

    def bad_rows(self, table: FoundTable, bad: Sequence[BadRow]) -> None:
        """Rows that were left out."""
        for row in bad:
            place = f"{self._place(table)}, row {row.number}"
            fix = "Look at the row, put texts that hold the delimiter into quotation marks, and hand it in again."
            self.problems.append(self._problem(ProblemKind.ROW, "A row was left out", place, row.why, fix))

    def unread_columns(self, table: FoundTable, header: Header, more_than: int) -> None:
        """Columns whose heading is not known, or is there twice."""
        place = f"{self._place(table)}, row {header.row}"
        by_target = {column.heading: column for column in header.columns}
        for column in header.unknown:
            if column.reason == "twice" and column.suggestion in by_target:
                first = by_target[column.suggestion]
                first_read = "the one that the mapping names" if first.mapped and not column.mapped else "the first one"
                why = (
                    f"{column_letter(first.index)} and {column_letter(column.index)} both mean"
                    f" {first.target.column}; {first_read} is read."
                )
                fix = "Keep one of them, or say in mapping.yaml what the other one means."
                self._note("A column is there twice", place, why, fix, ProblemKey.COLUMN_TWICE)
        unknown = [
            f"{column_letter(c.index)} (did you mean {c.suggestion}?)" if c.suggestion else column_letter(c.index)
            for c in header.unknown
            if c.reason == "unknown"
        ]
        if unknown:
            listed = ", ".join(unknown[:_UNREAD]) + (" …" if len(unknown) > _UNREAD else "")
            fix = "Run 'qa-toolkit inspect' and say in mapping.yaml what they mean; otherwise nothing needs to be done."
            why = f"Their headings are not known: {listed}."
            self._note("Columns were not read", place, why, fix, ProblemKey.COLUMNS_NOT_READ)
        if header.width > more_than:
            why = f"It has more than {more_than:,} columns; the first {more_than:,} were read."
            fix = "Hand in the table without empty columns; if rows and columns are swapped, swap them back."
            self.problems.append(self._problem(ProblemKind.ROW, "A table is too wide", place, why, fix))

    def no_rows(self, table: FoundTable) -> None:
        """A table without records."""
        place = f"{self._place(table)}, row {table.header.row if table.header else 1}"
        self._note(
            "A table holds no record", place, "Nothing stands below its header.", "Hand in its rows, if there are any."
        )

    def dropped(self, table: FoundTable, dropped: Dropped) -> None:
        """Rows that are no records."""
        place = self._place(table)
        for number in dropped.sums:
            self._note(
                "A sum line was passed over",
                f"{place}, row {number}",
                "It adds up other rows.",
                "Nothing to do.",
            )
        if dropped.headers:
            rows = ", ".join(str(number) for number in dropped.headers[:10])
            why = f"Rows {rows} repeat the header." if len(dropped.headers) > 1 else f"Row {rows} repeats the header."
            self._note("Repeated headers were passed over", place, why, "Nothing needs to be done.")

    def repairs(self, table: FoundTable, named: Named, repairs: Sequence[Repair]) -> None:
        """What was put right, and rows that say they are no micro-credentials."""
        for repair in repairs:
            what, why, fix = _REPAIRS[repair.key]
            column = named.names[repair.column]
            place = f"{self._place(table)}, column {column_letter(column.index)} ({repair.column})"
            self._note(what, place, why.format(n=f"{repair.records:,}"), fix, _KEYS.get(repair.key))
        self.not_passed(table, named.not_passed)
        if named.not_claimed:
            self._note(
                "Rows are not claimed as micro-credentials",
                self._place(table),
                f"{named.not_claimed:,} rows say so of themselves and were passed over.",
                "Nothing needs to be done.",
            )

    def not_passed(self, table: FoundTable, rows: NotPassed) -> None:
        """Rows of people who failed or withdrew."""
        if rows.left_out:
            counted = ", ".join(f"{number:,} {kind}" for kind, number in sorted(rows.left_out.items()))
            self._note(
                "Rows of people who did not pass are no awards",
                self._place(table),
                f"Their result says so ({counted}), and they have no number and no day of issue: passed over.",
                "Nothing needs to be done; a table of issued awards alone does not bring this up.",
                ProblemKey.NOT_PASSED_LEFT_OUT,
            )
        if rows.kept:
            self._note(
                "Awards whose result says that they were not passed",
                self._place(table),
                f"{rows.kept:,} rows say failed or withdrawn, yet have a number or a day of issue; they were read as"
                " awards.",
                "Look at these rows: correct the result, or leave out what was never issued.",
                ProblemKey.NOT_PASSED_KEPT,
            )

    def _place(self, table: FoundTable) -> str:
        return f"{self._file.place}, sheet {table.label}" if table.sheet else self._file.place

    def _note(self, what: str, place: str, why: str, fix: str, key: ProblemKey | None = None) -> None:
        self.problems.append(self._problem(ProblemKind.NOTE, what, place, why, fix, key))

    def _problem(
        self, kind: ProblemKind, what: str, place: str, why: str, fix: str, key: ProblemKey | None = None
    ) -> Problem:
        return Problem(kind, what, place, why, fix, self._file.number, self._file.submission_id, key=key)
