"""What a file holds before it is read: its tables, what each is about, and how it came to be known.

Intake acts on it, ``inspect`` shows it.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from qa_toolkit.intake.tables.header import Header

CREDENTIALS_SHEET = "Credentials"
SUBMISSION_SHEET = "Submission"
OFFERS_SHEET = "Offers"
PROVIDER_SHEET = "Provider"
"""Sheets of the toolkit's own template."""


class Holds(StrEnum):
    """What the rows of a table are."""

    CREDENTIALS = "credentials"
    OFFERS = "offers"
    DECISIONS = "decisions"
    """Rows of DEQAR's template: a decision about an institution or its programmes."""
    DECLARATIONS = "declarations"
    """The Submission sheet."""
    PROFILE = "profile"
    """The Provider sheet: a profile of the provider."""
    NOTHING = "nothing"
    """The mapping says so, it is hidden, or it belongs to the template."""
    UNKNOWN = "unknown"
    """No row of it is a header that is known."""


AWARD_SIGNS = frozenset(
    "learner_name learner_given_name learner_family_name learner_number learner_email learner_birth_date"
    " credential_id issued awarded assessment_date grade result".split()
)
"""Columns only a table of awards has: it names a learner, a certificate, a day or a result."""


@dataclass(frozen=True)
class Repair:
    """Something put right, column by column."""

    key: str
    column: str
    records: int


@dataclass(frozen=True)
class FoundTable:
    """A table of a file, and what became of it."""

    sheet: str | None
    """None for a text or Parquet file."""
    number: int
    """Of the sheet, from 1; 0 where there are none."""
    hidden: bool
    holds: Holds
    header: Header | None
    label: str = ""
    """How places name the sheet: its name where it says nothing but what it holds, else its number."""
    encoding: str | None = None
    delimiter: str | None = None
    rows: int = 0
    """Records read."""
    left_out: int = 0
    """Rows that could not be read."""
    repairs: tuple[Repair, ...] = ()
    heading_cells: tuple[str, ...] = field(default=(), repr=False)
    """The cells of the header as written."""


def holds(header: Header | None, said: str | None, sheet_kind: str | None) -> Holds:
    """What the rows of a table are.

    Args:
        header: its header, None where none was found.
        said: what the mapping says.
        sheet_kind: credentials or offers, where the name of the sheet holds such a word.
    """
    if said is not None:
        return Holds(said) if (header is not None and header.columns) or said == Holds.NOTHING else Holds.UNKNOWN
    if header is None:
        return Holds.UNKNOWN
    known = header.targets
    if known & AWARD_SIGNS and len(known) >= 3:
        return Holds.CREDENTIALS
    if sheet_kind == Holds.CREDENTIALS and len(known) >= 3:
        return Holds.CREDENTIALS
    if "title" in known and len(known) >= 3:
        return Holds.OFFERS
    return Holds.UNKNOWN
