"""Where the header of a table stands and what each of its columns means.

Exports have titles, dates and blank lines above their header: the header is the row most of whose cells are headings
that are known. What a provider's own mapping says goes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qa_toolkit.intake.limits import MOST_COLUMNS
from qa_toolkit.intake.tables.columns import Headings, Target, normalised
from qa_toolkit.intake.tables.mapping import ColumnMapping

LEAST_KNOWN = 2
"""Known headings a row needs to be taken for a header; a table of two columns is still a table."""
_LONGEST_HEADING = 120


@dataclass(frozen=True)
class FoundColumn:
    """A column whose heading is known."""

    index: int
    heading: str
    target: Target
    mapped: bool
    """Whether the provider's own mapping says so."""
    plain: bool = False
    """Whether every word of the heading is known, so that it may be shown: another may be a person's name."""


@dataclass(frozen=True)
class UnknownColumn:
    """A column that is not read: unknown, told to be nothing, or there already."""

    index: int
    heading: str
    reason: str
    """unknown, nothing, twice."""
    suggestion: str | None = None
    """The column it is spelled most like; for ``twice`` the heading that is read."""


@dataclass(frozen=True)
class Header:
    """A header: its row, as a spreadsheet counts, and its columns."""

    row: int
    width: int
    columns: tuple[FoundColumn, ...]
    unknown: tuple[UnknownColumn, ...]

    @property
    def targets(self) -> frozenset[str]:
        """The columns of the template that are there."""
        return frozenset(column.target.column for column in self.columns)


def find_header(
    rows: Sequence[Sequence[str]], headings: Headings, mapping: ColumnMapping, sheet: str | None = None
) -> Header | None:
    """The header among the first rows of a table; None where no row is one.

    Args:
        rows: the first rows, from row 1 on.
        headings: the headings that are known.
        mapping: the provider's own.
        sheet: the name of the sheet, where the table has one.
    """
    said = mapping.sheet(sheet).header_row
    if said is not None:
        return read_header(rows[said - 1], said, headings, mapping) if said <= len(rows) else None
    best: tuple[int, int] | None = None
    for index, row in enumerate(rows):
        meant = {target.column for target in (_meaning(cell, headings, mapping)[0] for cell in row) if target}
        if len(meant) >= LEAST_KNOWN and (best is None or len(meant) > best[0]):
            best = (len(meant), index)
    return read_header(rows[best[1]], best[1] + 1, headings, mapping) if best else None


def read_header(row: Sequence[str], number: int, headings: Headings, mapping: ColumnMapping) -> Header:
    """What each cell of a header row means."""
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    found: list[FoundColumn] = []
    unknown: list[UnknownColumn] = []
    read = [(i, cell, *_meaning(cell, headings, mapping)) for i, cell in enumerate(cells[: MOST_COLUMNS.value]) if cell]
    first: dict[Target, int] = {}
    for index, _, target, _mapped in sorted(read, key=lambda one: not one[3]):  # what the mapping says goes first
        if target is not None:
            first.setdefault(target, index)
    for index, heading, target, mapped in read:
        if target is None:
            told = normalised(heading) in mapping.columns
            suggestion = None if told else headings.suggestion(heading)
            unknown.append(UnknownColumn(index, heading, "nothing" if told else "unknown", suggestion))
        elif first[target] != index:
            unknown.append(UnknownColumn(index, heading, "twice", cells[first[target]]))
        else:
            found.append(FoundColumn(index, heading, target, mapped, plain=headings.is_known(heading)))
    return Header(number, len(cells), tuple(found), tuple(unknown))


def _meaning(heading: str, headings: Headings, mapping: ColumnMapping) -> tuple[Target | None, bool]:
    if mapping.columns and (key := normalised(heading)) and key in mapping.columns:
        return mapping.columns[key], True
    return (headings.target(heading) if len(heading) <= _LONGEST_HEADING else None), False
