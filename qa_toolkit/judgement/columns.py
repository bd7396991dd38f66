"""The sheets of a review workbook and their columns: what is ours, what a provider states, what a reviewer judges.

Export and import read the same lists. Every sheet carries the names of its columns in a hidden row and a key in a
hidden column, so that sorted rows, moved columns and renamed sheets are understood and changed ones are noticed.
"""

from dataclasses import dataclass
from enum import StrEnum

from qa_toolkit.decisions import Answer, AuditState, ConclusionKind, Method, PanelRole

KEY_ROW, HEAD_ROW, FIRST_ROW = 3, 4, 5
KEY_COLUMN = "key"
MARK = "qa-toolkit"
"""How the hidden row of names begins: ``qa-toolkit:questions``."""
HIDDEN_SHEET = "_qa_toolkit"
FORMAT_VERSION = "1"
BLANK_ROWS = {"conclusions": 30, "people": 8}


class Side(StrEnum):
    """Who fills a column."""

    OURS = "ours"
    """Nobody: it is protected."""
    STATEMENT = "statement"
    """The provider."""
    JUDGEMENT = "judgement"
    """The reviewer."""
    INTERNAL = "internal"
    """The reviewer, and it stays in judgements.yaml."""


class Kind(StrEnum):
    """What a cell takes."""

    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"
    SHA256 = "sha256"


@dataclass(frozen=True)
class Column:
    """A column of a sheet."""

    key: str
    width: float
    side: Side = Side.OURS
    kind: Kind = Kind.TEXT
    family: str = ""
    """Of the words of a choice: ``answer``, ``method`` …"""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetOf:
    """A sheet: its key and its columns."""

    key: str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.key == key)

    @property
    def filled(self) -> tuple[Column, ...]:
        """Columns that people fill."""
        return tuple(column for column in self.columns if column.side is not Side.OURS)


_ANSWERS = tuple(Answer)
FAILED_ANSWERS = (Answer.YES, Answer.NO, Answer.NOT_YET, Answer.DOES_NOT_APPLY, Answer.DO_NOT_KNOW)
"""Of a check that failed: 'partly' is what a waiver says, record by record."""
GATE_ANSWERS = (Answer.YES, Answer.NO, Answer.NOT_YET, Answer.DO_NOT_KNOW)
READ_ANSWERS = (Answer.YES, Answer.PARTLY, Answer.NO, Answer.DO_NOT_KNOW)


def _answer(key: str, side: Side, choices: tuple[Answer, ...] = _ANSWERS) -> Column:
    return Column(key, 16, side, Kind.CHOICE, "answer", choices)


def _judged(choices: tuple[Answer, ...] = _ANSWERS) -> tuple[Column, ...]:
    return (
        _answer("answer", Side.JUDGEMENT, choices),
        Column("explanation", 44, Side.JUDGEMENT),
        Column("method", 18, Side.JUDGEMENT, Kind.CHOICE, "method", tuple(Method)),
        Column("judge", 22, Side.JUDGEMENT),
        Column("date", 13, Side.JUDGEMENT, Kind.DAY),
        Column("valid_until", 13, Side.JUDGEMENT, Kind.DAY),
        Column("note", 34, Side.INTERNAL),
    )


SHEETS = (
    SheetOf(
        "questions",
        (
            Column("id", 12),
            Column("criterion", 30),
            Column("question", 48),
            Column("good_evidence", 36),
            Column("not_enough", 30),
            Column("data_say", 36),
            _answer("statement", Side.STATEMENT),
            Column("statement_text", 40, Side.STATEMENT),
            Column("evidence_title", 28, Side.STATEMENT),
            Column("evidence_date", 13, Side.STATEMENT, Kind.DAY),
            Column("evidence_place", 28, Side.STATEMENT),
            Column("evidence_sha256", 24, Side.STATEMENT, Kind.SHA256),
            *_judged(),
        ),
    ),
    SheetOf(
        "checks",
        (
            Column("id", 12),
            Column("criterion", 12),
            Column("found", 44),
            Column("status", 20),
            Column("records", 16),
            Column("first_place", 34),
            Column("fix", 44),
            Column("statement_text", 40, Side.STATEMENT),
            *_judged(),
        ),
    ),
    SheetOf(
        "gates",
        (
            Column("id", 22),
            Column("framework", 16),
            Column("title", 44),
            Column("records", 16),
            Column("state", 24),
            *_judged(GATE_ANSWERS),
        ),
    ),
    SheetOf(
        "sample",
        (
            Column("id", 8),
            Column("place", 48),
            _answer("answer", Side.JUDGEMENT, READ_ANSWERS),
            Column("explanation", 50, Side.JUDGEMENT),
            Column("judge", 22, Side.JUDGEMENT),
            Column("date", 13, Side.JUDGEMENT, Kind.DAY),
            Column("note", 34, Side.INTERNAL),
        ),
    ),
    SheetOf(
        "conclusions",
        (
            Column("id", 8),
            Column("kind", 18, Side.JUDGEMENT, Kind.CHOICE, "conclusion", tuple(ConclusionKind)),
            Column("criterion", 12, Side.JUDGEMENT),
            Column("text", 64, Side.JUDGEMENT),
            Column("deadline", 13, Side.JUDGEMENT, Kind.DAY),
            Column("owner", 26, Side.JUDGEMENT),
        ),
    ),
    SheetOf(
        "people",
        (
            Column("id", 8),
            Column("role", 20, Side.JUDGEMENT, Kind.CHOICE, "panel_role", tuple(PanelRole)),
            Column("name", 28, Side.JUDGEMENT),
            Column("function", 34, Side.JUDGEMENT),
            Column("conflict", 14, Side.JUDGEMENT, Kind.CHOICE, "conflict", ("none", "declared")),
            Column("conflict_text", 44, Side.JUDGEMENT),
            Column("signed", 13, Side.JUDGEMENT, Kind.DAY),
        ),
    ),
    SheetOf(
        "state",
        (
            Column("id", 8),
            Column("what", 40),
            Column("state", 30, Side.JUDGEMENT, Kind.CHOICE, "audit_state", tuple(AuditState)),
        ),
    ),
)
BY_KEY = {sheet.key: sheet for sheet in SHEETS}
