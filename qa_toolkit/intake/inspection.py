"""What intake made of what was handed in, without a judgement: for ``qa-toolkit inspect`` and for a first mapping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa_toolkit.intake.read import IntakeOutcome
from qa_toolkit.intake.tables.columns import column_letter
from qa_toolkit.intake.tables.found import FoundTable
from qa_toolkit.problems import Problem
from qa_toolkit.records.store import RecordStore
from qa_toolkit.records.tables import ELEMENTS, MANDATORY_ELEMENTS


@dataclass(frozen=True)
class InspectedColumn:
    """A column of a table: what it was read as, or why it was not."""

    letter: str
    heading: str
    read_as: str | None
    """A column of the template, with a language where the heading has one."""
    how: str
    """heading, mapping, unknown, nothing, remarks, twice."""
    suggestion: str | None


@dataclass(frozen=True)
class InspectedTable:
    """A table of a file."""

    sheet: str | None
    number: int
    hidden: bool
    holds: str
    header_row: int | None
    encoding: str | None
    delimiter: str | None
    records: int
    left_out: int
    columns: tuple[InspectedColumn, ...]
    repairs: Mapping[str, int]
    """'<repair> in <column>' -> cells."""


@dataclass(frozen=True)
class InspectedFile:
    """A file handed in."""

    number: int
    format: str
    state: str
    records: int
    tables: tuple[InspectedTable, ...]


@dataclass(frozen=True)
class InspectedSubmission:
    """A submission: its files, and how many of its records state each element."""

    submission_id: str
    credentials: int
    offers: int
    repeats_left_out: int
    files: tuple[InspectedFile, ...]
    stated: Mapping[str, int]
    """Element -> records that state it, said once included; mandatory elements first."""
    problems: tuple[Problem, ...]
    profile: bool = False
    """Whether it holds a provider profile."""
    not_held: tuple[str, ...] = ()
    """Elements for which none of the formats handed in has a place."""


def inspect(store: RecordStore, outcome: IntakeOutcome) -> tuple[InspectedSubmission, ...]:
    """Every submission, those included that hold no credentials, in order of their ids.

    Args:
        store: the tables that ``read_submissions`` filled.
        outcome: what it returned.
    """
    ids = sorted({*outcome.submissions, *(file.file.submission_id for file in outcome.files)})
    problems = (*outcome.problems, *outcome.run_problems)
    inspected = []
    for submission_id in ids:
        counts = ", ".join(
            f"count({element}_strength), count(*) FILTER ({element}_cause = 'not_carried')" for element in ELEMENTS
        )
        found, *counted = _one(
            store, f"SELECT count(*), {counts} FROM credentials WHERE submission_id = ?", submission_id
        )
        stated, not_held = counted[::2], counted[1::2]
        (offers,) = _one(store, "SELECT count(*) FROM offers WHERE submission_id = ?", submission_id)
        (profiles,) = _one(store, "SELECT count(*) FROM providers WHERE submission_id = ?", submission_id)
        (repeats,) = _one(store, "SELECT sum(repeats_left_out) FROM submissions WHERE submission_id = ?", submission_id)
        files = tuple(
            InspectedFile(one.file.number, one.format, one.state, one.records, tuple(map(_table, one.tables)))
            for one in outcome.files
            if one.file.submission_id == submission_id
        )
        inspected.append(
            InspectedSubmission(
                submission_id,
                found,
                offers,
                repeats or 0,
                files,
                dict(zip(ELEMENTS, stated, strict=True)),
                tuple(problem for problem in problems if problem.submission_id == submission_id),
                bool(profiles),
                tuple(e for e, number in zip(ELEMENTS, not_held, strict=True) if found and number == found),
            )
        )
    return tuple(inspected)


def missing_elements(submission: InspectedSubmission) -> tuple[str, ...]:
    """The mandatory elements that no record states, though a record could."""
    not_stated = (element for element in MANDATORY_ELEMENTS if not submission.stated[element])
    return tuple(element for element in not_stated if element not in submission.not_held)


def _table(table: FoundTable) -> InspectedTable:
    header = table.header
    columns: list[tuple[int, InspectedColumn]] = []
    for read in header.columns if header else ():
        target = read.target
        name = f"{target.column}_{target.language}" if target.language else target.column
        how = "mapping" if read.mapped else "heading"
        columns.append((read.index, InspectedColumn(column_letter(read.index), _line(read.heading), name, how, None)))
    for unread in header.unknown if header else ():
        shown = InspectedColumn(
            column_letter(unread.index), _line(unread.heading), None, unread.reason, unread.suggestion
        )
        columns.append((unread.index, shown))
    return InspectedTable(
        sheet=table.sheet,
        number=table.number,
        hidden=table.hidden,
        holds=table.holds.value,
        header_row=header.row if header else None,
        encoding=table.encoding,
        delimiter=table.delimiter,
        records=table.rows,
        left_out=table.left_out,
        columns=tuple(column for _, column in sorted(columns, key=lambda pair: pair[0])),
        repairs={f"{repair.key} in {repair.column}": repair.records for repair in table.repairs},
    )


def _line(heading: str) -> str:
    return " ".join(heading.split())


def _one(store: RecordStore, query: str, submission_id: str) -> Sequence[Any]:
    row = store.connection.execute(query, [submission_id]).fetchone()
    assert row is not None
    return row
