"""One table of many providers: each value of a column becomes a submission of its own."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from qa_toolkit.intake.discover import FoundSubmission, slug
from qa_toolkit.intake.reader import FileOutcome
from qa_toolkit.intake.tables.columns import normalised
from qa_toolkit.intake.tables.found import FoundTable, Holds
from qa_toolkit.intake.tables.header import FoundColumn, UnknownColumn
from qa_toolkit.intake.words import folded
from qa_toolkit.problems import AuditError, Problem, ProblemKey, ProblemKind, meant

_HEADINGS_SHOWN = 60


class SplitColumnError(AuditError):
    """No table has the column by which it was to be split; ``problems`` say which ones there are."""


def split_columns(table: FoundTable, split_by: str) -> list[int]:
    """The columns of a table that are meant: by heading, or by the column of the template that it is read as."""
    if table.header is None:
        return []
    wanted = {folded(split_by), normalised(split_by)}
    read = [
        c.index for c in table.header.columns if wanted & {folded(c.heading), normalised(c.heading), c.target.column}
    ]
    return read + [c.index for c in table.header.unknown if wanted & {folded(c.heading), normalised(c.heading)}]


def refuse_unknown_column(outcomes: Sequence[FileOutcome], split_by: str) -> None:
    """Refuse a column that no table of awards has.

    The headings there are stand in the error, as ``inspect`` shows them: it is read where the data are, and nothing
    else is written. Where there is no table of awards at all, that is told in its own words.

    Raises:
        SplitColumnError: with the headings there are.
    """
    tables = [table for outcome in outcomes for table in outcome.tables if table.holds is Holds.CREDENTIALS]
    if not tables or any(split_columns(table, split_by) for table in tables):
        return
    headings: dict[str, str] = {}
    for table in tables:
        assert table.header is not None
        columns: tuple[FoundColumn | UnknownColumn, ...] = (*table.header.columns, *table.header.unknown)
        for column in sorted(columns, key=lambda one: one.index):
            headings.setdefault(normalised(column.heading), " ".join(column.heading.split()))
    listed = ", ".join(list(headings.values())[:_HEADINGS_SHOWN]) + (" …" if len(headings) > _HEADINGS_SHOWN else "")
    problem = Problem(
        ProblemKind.FILE,
        "There is no such column to split by",
        f"--split-by {split_by}",
        "No table of awards has a heading of this name, nor a column that is read as it.",
        f"{meant(split_by, headings.values(), '')} There are: {listed}.".strip(),
    )
    raise SplitColumnError([problem])


def split_submissions(
    connection: duckdb.DuckDBPyConnection, found: Sequence[FoundSubmission], split_by: str
) -> tuple[list[FoundSubmission], list[Problem]]:
    """Move the records of every submission to one for each value in ``split_values``.

    What is declared for the submission holds for each part; a part is named by its value, and records that state none
    stay together under the submission's own id.

    Returns the submissions that there are now, and what could not be split.
    """
    parts: list[FoundSubmission] = []
    problems: list[Problem] = []
    rest: dict[str, int] = defaultdict(int)
    taken: set[str] = {submission.submission_id for submission in found}
    connection.execute("CREATE OR REPLACE TEMP TABLE parts (submission_id VARCHAR, value VARCHAR, part VARCHAR)")
    for submission in found:
        values = connection.execute(
            "SELECT DISTINCT value FROM split_values WHERE submission_id = ? AND value IS NOT NULL ORDER BY value",
            [submission.submission_id],
        ).fetchall()
        if not values:
            problems.append(
                Problem(
                    ProblemKind.NOTE,
                    "A submission was not split",
                    submission.submission_id,
                    f"None of its tables has a value in the column {split_by}.",
                    "Give a heading of the table, or a column of the template, with --split-by.",
                    submission_id=submission.submission_id,
                    key=ProblemKey.NOT_SPLIT,
                )
            )
            parts.append(submission)
            continue
        own = []
        for (value,) in values:
            base, number = slug(value), 2
            part = base
            while part in taken:
                part, number = f"{base}-{number}", number + 1
            taken.add(part)
            own.append((submission.submission_id, value, part))
            parts.append(replace(submission, submission_id=part, named=True))
        tables = connection.execute(
            "SELECT c.source_file, nullif(regexp_extract(min(c.source_place), '^(sheet .*), row [0-9]+$', 1), ''),"
            " coalesce(bool_or(v.has_column), FALSE), count(v.value), count(*) FROM credentials AS c"
            " LEFT JOIN split_values AS v USING (submission_id, record_id) WHERE c.submission_id = ?"
            " GROUP BY c.source_file, c.source_sheet ORDER BY c.source_file, c.source_sheet",
            [submission.submission_id],
        ).fetchall()
        for file, sheet, has_column, stated, records in tables:
            rest[submission.submission_id] += records - stated
            if stated:
                continue
            whole = not any(other_stated for other, _, _, other_stated, _ in tables if other == file)
            why = "It has no column" if not has_column else "None of its records has a value in the column"
            told = _not_split(submission.submission_id, file, None if whole else sheet, f"{why} {split_by}")
            if told not in problems:
                problems.append(told)
        if rest[submission.submission_id]:
            parts.append(submission)  # for the records that state no value
        connection.executemany("INSERT INTO parts VALUES (?, ?, ?)", own)
    connection.execute(
        "UPDATE credentials SET submission_id = p.part FROM split_values AS v"
        " JOIN parts AS p USING (submission_id, value)"
        " WHERE v.submission_id = credentials.submission_id AND v.record_id = credentials.record_id"
    )
    # What was declared of the whole is true of each part, but for its name, its number and its total.
    connection.execute(
        "INSERT INTO submissions BY NAME SELECT s.* EXCLUDE (submission_id, provider_name, provider_identifier,"
        " declared_total), p.part AS submission_id, p.value AS provider_name"
        " FROM submissions AS s JOIN parts AS p USING (submission_id)"
    )
    for table, of_all in {"files": "TRUE", "origins": "t.record_id IS NULL"}.items():
        connection.execute(
            f"INSERT INTO {table} BY NAME SELECT t.* EXCLUDE (submission_id), p.part AS submission_id"
            f" FROM {table} AS t JOIN parts AS p USING (submission_id) WHERE {of_all}"
        )
    connection.execute(
        "UPDATE origins SET submission_id = p.part FROM split_values AS v JOIN parts AS p USING (submission_id, value)"
        " WHERE v.submission_id = origins.submission_id AND v.record_id = origins.record_id"
    )
    connection.execute(
        "UPDATE files SET records = (SELECT count(*) FROM credentials AS c WHERE c.submission_id = files.submission_id"
        " AND c.source_file = files.file_number) WHERE submission_id IN (SELECT part FROM parts) OR submission_id IN"
        " (SELECT submission_id FROM parts)"
    )
    return parts, problems


def _not_split(submission_id: str, file: int, sheet: str | None, why: str) -> Problem:
    """A file, or one sheet of a file whose others were split."""
    return Problem(
        ProblemKind.NOTE,
        "A table was not split" if sheet else "A file was not split",
        f"file {file}, {sheet}" if sheet else f"file {file}",
        f"{why}; its records stay together.",
        "Name the column alike in every table, or say in mapping.yaml what it is called there.",
        file,
        submission_id,
        key=ProblemKey.NOT_SPLIT,
    )
