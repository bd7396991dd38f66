"""The canonical tables of registers: what an agency supplies of agencies, organisations, decisions and levels.

Kinds of extracts (``checks/registers/*.yaml``) say which columns a file of theirs has and which of these tables it
fills. Facts join them with credentials; where nothing is supplied they are empty and say nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from qa_toolkit.records.tables import Column

EVERY_SUBMISSION = "*"
"""The scope of rows that hold for all submissions of a run."""
_SCOPE = Column("scope", "VARCHAR", "* where it holds for every submission, else the one it holds for")

PLACE_OF_ROW = (
    _SCOPE,
    Column("kind", "VARCHAR", "kind of extract, a file of checks/registers"),
    Column("line", "INTEGER", "line of the file, from 1"),
)


def _text(name: str, what: str) -> Column:
    return Column(name, "VARCHAR", what)


def _texts(name: str, what: str) -> Column:
    return Column(name, "VARCHAR[]", what)


def _day(name: str, what: str) -> Column:
    return Column(name, "DATE", what)


REGISTER_TABLES: dict[str, tuple[Column, ...]] = {
    "register_extracts": (
        _SCOPE,
        _text("kind", "kind of extract"),
        _text("file", "name of the file"),
        _day("day", "the day it was taken from the register"),
        Column("stale_after_days", "INTEGER", "from which age in days it is too old to rely on"),
    ),
    "register_agencies": (
        *PLACE_OF_ROW,
        _text("agency_id", "number of the agency in the register"),
        _text("acronym", "its acronym"),
        _text("name", "its name"),
        _text("country", "ISO 3166-1 alpha-2 code"),
        _day("registered_from", "first day of its registration"),
        _day("registered_until", "last day of its registration"),
    ),
    "register_organisations": (
        *PLACE_OF_ROW,
        _text("organisation_id", "number of the organisation in the register"),
        _texts("identifiers", "its other identifiers, as 'kind:value'"),
        _text("name", "a name of it; a row for each"),
        _day("name_valid_from", "first day of that name"),
        _day("name_valid_until", "last day of that name"),
        _text("country", "ISO 3166-1 alpha-2 code"),
        _day("founded", "the day it was founded"),
        _day("closed", "the day it was closed"),
        _texts("part_of", "numbers of organisations it belongs to"),
    ),
    "register_decisions": (
        *PLACE_OF_ROW,
        _text("decision_id", "number of the decision or report"),
        _text("address", "address of the decision or report"),
        _texts("organisation_ids", "the organisations it is about: numbers of the register, or 'kind:value'"),
        _text("country", "ISO 3166-1 alpha-2 code of these organisations"),
        _text("agency_id", "number or acronym of the agency that decided"),
        _text("object", "institutional or programme"),
        _texts("programmes", "the programmes it is about, where it is about some"),
        _text("decision", "positive, conditional, negative, not_applicable"),
        _text("standing", "final, pending, appealed, withdrawn; NULL is read as final"),
        _day("valid_from", "first day of its validity"),
        _day("valid_until", "last day of its validity; NULL where the register gives none"),
        _text("successor_id", "the decision that takes its place"),
        _day("conditions_due", "the day by which its conditions are to be met"),
        _day("conditions_met", "the day on which they were found to be met"),
        Column("eqf_levels", "INTEGER[]", "EQF levels it is limited to; NULL: no limit"),
        _texts("isced_f", "fields it is limited to, ISCED-F codes; NULL: no limit"),
    ),
    "register_levels": (
        *PLACE_OF_ROW,
        _text("country", "ISO 3166-1 alpha-2 code"),
        _text("framework", "abbreviation of the national framework"),
        _text("level", "the level as the framework writes it"),
        Column("eqf_level", "INTEGER", "the EQF level it was referenced to"),
    ),
    "register_possible_matches": (
        _SCOPE,
        _text("country", "country of an awarding body"),
        _text("name", "its name as stated"),
        _text("organisation_id", "number of the organisation whose name is most like it"),
        _text("entry", "that name"),
    ),
}
FILLED_BY_EXTRACTS = tuple(
    name for name, columns in REGISTER_TABLES.items() if columns[: len(PLACE_OF_ROW)] == PLACE_OF_ROW
)
"""The tables that extracts fill."""


@dataclass(frozen=True)
class RegisterColumn:
    """A column that files of a kind have."""

    name: str
    """A column of the kind's table."""
    what: str
    required: bool = False
    headings: tuple[str, ...] = ()
    """What registers themselves call it."""
    words: Mapping[str, tuple[str, ...]] | None = None
    """Word of ours -> words of registers for it; None: any text."""


@dataclass(frozen=True)
class RegisterKind:
    """A kind of extract: a file of ``checks/registers``."""

    id: str
    title: str
    about: str
    """What the register is, and what an extract of it is for."""
    where: str
    """Where an agency gets one."""
    table: str
    """The canonical table it fills."""
    columns: tuple[RegisterColumn, ...]
    key: tuple[str, ...]
    """Columns that together tell two rows apart."""
    periods: tuple[tuple[str, str], ...] = ()
    """Pairs of days of which the second does not come before the first."""
    stale_after_days: int = 180
    """From which age on an extract is too old to rely on, where its description says nothing else."""

    def column_types(self) -> dict[str, str]:
        """Name -> DuckDB type of each of its columns."""
        types = {column.name: column.type for column in REGISTER_TABLES[self.table]}
        return {column.name: types[column.name] for column in self.columns}
