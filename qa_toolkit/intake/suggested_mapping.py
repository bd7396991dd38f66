"""A first mapping.yaml of what was recognised, or an earlier one made anew: to correct, and to use again next year."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from qa_toolkit.intake.inspection import InspectedColumn, InspectedSubmission, InspectedTable
from qa_toolkit.intake.tables.columns import ELEMENT_COLUMNS, NOTHING, TemplateColumn, normalised
from qa_toolkit.intake.tables.found import Holds
from qa_toolkit.intake.tables.load import AMBIGUOUS_DATES
from qa_toolkit.intake.tables.mapping import VERSION, ColumnMapping
from qa_toolkit.records.tables import ELEMENTS

_FIRST_LINES = (
    "# What this provider's columns mean. Change it, keep it beside the files, use it again next year.",
    "# The columns that can be written behind a heading are listed at the end.",
)
_WIDTH = 100
_READ = (Holds.CREDENTIALS, Holds.OFFERS)


def suggested_mapping(
    submission: InspectedSubmission, columns: Sequence[TemplateColumn], earlier: ColumnMapping | None = None
) -> str:
    """A mapping.yaml of what was recognised; what was not is there to be filled in.

    Args:
        submission: as it was inspected.
        columns: every column that a table can be read into.
        earlier: the mapping it was read with; its dates, its values and its headings that are in no table are kept.
    """
    written = _Columns()
    sheets: dict[str, dict[str, Any]] = {}
    everywhere: dict[str, Any] = {}
    tables = [table for file in submission.files for table in file.tables]
    read = [table for table in tables if table.holds in _READ]
    # Headings of a sheet that is not read say nothing, unless no table is: then they are what has to be named.
    open_tables = [] if read else [table for table in tables if table.holds == Holds.UNKNOWN and table.header_row]
    for table in (*read, *open_tables):
        where = sheets.setdefault(table.sheet, {}) if table.sheet else everywhere
        where |= {"holds": str(table.holds)} if table.holds in _READ else {}
        where |= {"header_row": table.header_row}
        if own := written.add(table):
            where["columns"] = own
    for table in tables:
        if table.sheet and table.sheet not in sheets and table.holds not in (Holds.DECLARATIONS, Holds.DECISIONS):
            sheets[table.sheet] = {"holds": str(Holds.NOTHING)}
    stated = earlier.stated if earlier else {}
    for heading, value in (stated.get("columns") or {}).items():
        written.keep(str(heading), value)
    mapping: dict[str, Any] = {"mapping_version": VERSION, "columns": written.columns}
    if sheets:
        mapping["sheets"] = {table.sheet: sheets[table.sheet] for table in tables if table.sheet in sheets}
    elif everywhere:
        mapping |= everywhere
    if stated.get("dates"):
        mapping["dates"] = stated["dates"]
    elif any(key.startswith(AMBIGUOUS_DATES) for table in tables for key in table.repairs):
        mapping["dates"] = "day_first"
    if stated.get("values"):
        mapping["values"] = stated["values"]
    return _text(mapping, written.comments, columns)


class _Columns:
    """The headings of a mapping, in the order of the tables, with what is to be said of each."""

    def __init__(self) -> None:
        self.columns: dict[str, str] = {}
        self.comments: dict[str, str] = {}
        self._meant: dict[str, str] = {}

    def add(self, table: InspectedTable) -> dict[str, str]:
        """Add the headings of a table; those that mean something else here than in an earlier table are returned."""
        own: dict[str, str] = {}
        here: set[str] = set()
        for column in table.columns:
            key, meant = normalised(column.heading), column.read_as or NOTHING
            if key in here:
                continue  # a heading that stands twice in one table can be said once
            here.add(key)
            if key in self._meant:
                if self._meant[key] != meant:
                    own[column.heading] = meant
                continue
            self._meant[key] = meant
            self.columns[column.heading] = meant
            if comment := _comment(column):
                self.comments[column.heading] = comment
        return own

    def keep(self, heading: str, value: Any) -> None:
        """Keep a heading of an earlier mapping that no table has: another file of the provider may."""
        if normalised(heading) not in self._meant:
            self.columns[heading] = str(value or NOTHING)
            self.comments[heading] = "in no table of these files"


def _comment(column: InspectedColumn) -> str | None:
    if column.how == "twice":
        return f"means what '{column.suggestion}' means, which is read: another column, or nothing"
    if column.how == "remarks":
        return "remarks: not read"
    if column.how == "unknown":
        return f"did you mean {column.suggestion}?" if column.suggestion else "not known: a column, or nothing"
    return None


def _text(mapping: Mapping[str, Any], comments: Mapping[str, str], columns: Sequence[TemplateColumn]) -> str:
    lines = list(_FIRST_LINES)
    section = ""
    for line in yaml.safe_dump(dict(mapping), allow_unicode=True, sort_keys=False, width=1000).splitlines():
        section = section if line.startswith((" ", "?", ":")) else line.partition(":")[0]
        comment = comments.get(_key(line)) if section == "columns" and not line.startswith("   ") else None
        lines.append(f"{line}  # {comment}" if comment else line)
    return "\n".join([*lines, *_column_lines(columns)]) + "\n"


def _key(line: str) -> str:
    """The key that a line of YAML begins with, as it reads; '' where the line alone is none."""
    try:
        read = yaml.safe_load(line.strip())
    except yaml.YAMLError:
        return ""
    return str(next(iter(read))) if isinstance(read, dict) else ""


def _column_lines(columns: Sequence[TemplateColumn]) -> list[str]:
    """Every column there is: what it holds, and the element it states where that has another name."""
    names = {column: f" (or {element})" for element, column in ELEMENT_COLUMNS.items()}
    lines = [
        "#",
        "# Columns; where one is in one language, its code stands behind '_': title_en is a title in English.",
    ]
    for column in columns:
        element = f" Element: {column.element}." if column.element in ELEMENTS and column.element != column.name else ""
        text = f"{column.name}{names.get(column.name, '')}: {column.help}.{element}"
        lines += textwrap.wrap(text, _WIDTH, initial_indent="#   ", subsequent_indent="#       ")
    lines.append(f"#   {NOTHING}: The column is not read.")
    return lines
