"""Where the header of a table stands and what each of its columns means.

Exports have titles, dates and blank lines above their header: the header is the row most of whose cells are headings
that are known. What a provider's own mapping says goes first.
"""

from collections.abc import Mapping, Sequence
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
    """unknown, nothing (the mapping says so), remarks, twice."""
    suggestion: str | None = None
    """The column it is spelled most like; for ``twice`` the heading that is read."""
    mapped: bool = False
    """Of one that is there already: whether the provider's own mapping gives it its meaning."""


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
    mapped = mapping.columns_of(sheet)
    if said is not None:
        return read_header(rows[said - 1], said, headings, mapped) if said <= len(rows) else None
    best: tuple[int, int] | None = None
    for index, row in enumerate(rows):
        meant = {target.column for target in (_meaning(cell, headings, mapped)[0] for cell in row) if target}
        if len(meant) >= LEAST_KNOWN and (best is None or len(meant) > best[0]):
            best = (len(meant), index)
    return read_header(rows[best[1]], best[1] + 1, headings, mapped) if best else None


def read_header(
    row: Sequence[str], number: int, headings: Headings, mapped_columns: Mapping[str, Target | None]
) -> Header:
    """What each cell of a header row means.

    Args:
        row: its cells.
        number: of the row, as a spreadsheet counts.
        headings: the headings that are known.
        mapped_columns: normalised heading -> what the provider's mapping says it means.
    """
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    found: list[FoundColumn] = []
    unknown: list[UnknownColumn] = []
    shown = cells[: MOST_COLUMNS.value]
    spoken = headings.spoken(shown) if any(map(headings.depends_on_language, shown)) else {}
    read = [(i, cell, *_meaning(cell, headings, mapped_columns, spoken)) for i, cell in enumerate(shown) if cell]
    first: dict[Target, int] = {}
    for index, _, target, _mapped in sorted(read, key=lambda one: not one[3]):  # what the mapping says goes first
        if target is not None:
            first.setdefault(target, index)
    for index, heading, target, mapped in read:
        if target is None:
            if normalised(heading) in mapped_columns:
                unknown.append(UnknownColumn(index, heading, "nothing"))
            elif headings.means_remarks(heading, spoken):
                unknown.append(UnknownColumn(index, heading, "remarks"))
            else:
                unknown.append(UnknownColumn(index, heading, "unknown", headings.suggestion(heading)))
        elif first[target] != index:
            unknown.append(UnknownColumn(index, heading, "twice", cells[first[target]], mapped))
        else:
            found.append(FoundColumn(index, heading, target, mapped, plain=headings.is_known(heading)))
    return Header(number, len(cells), tuple(found), tuple(unknown))


def _meaning(
    heading: str,
    headings: Headings,
    mapped_columns: Mapping[str, Target | None],
    spoken: Mapping[str, int] | None = None,
) -> tuple[Target | None, bool]:
    if mapped_columns and (key := normalised(heading)) and key in mapped_columns:
        return mapped_columns[key], True
    return (headings.target(heading, spoken) if len(heading) <= _LONGEST_HEADING else None), False
