"""One table of many providers: each value of a column becomes a submission of its own."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from qa_toolkit.intake.discover import FoundSubmission, slug
from qa_toolkit.problems import Problem, ProblemKind


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
        for file, stated, records in connection.execute(
            "SELECT c.source_file, count(v.value), count(*) FROM credentials AS c LEFT JOIN split_values AS v"
            " USING (submission_id, record_id) WHERE c.submission_id = ? GROUP BY 1 ORDER BY 1",
            [submission.submission_id],
        ).fetchall():
            rest[submission.submission_id] += records - stated
            if not stated:
                problems.append(_file_not_split(submission.submission_id, file, split_by))
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
    for table in ("files", "origins"):
        connection.execute(
            f"INSERT INTO {table} BY NAME SELECT t.* EXCLUDE (submission_id), p.part AS submission_id"
            f" FROM {table} AS t JOIN parts AS p USING (submission_id)"
        )
    connection.execute(
        "UPDATE files SET records = (SELECT count(*) FROM credentials AS c WHERE c.submission_id = files.submission_id"
        " AND c.source_file = files.file_number) WHERE submission_id IN (SELECT part FROM parts) OR submission_id IN"
        " (SELECT submission_id FROM parts)"
    )
    return parts, problems


def _file_not_split(submission_id: str, file: int, split_by: str) -> Problem:
    return Problem(
        ProblemKind.NOTE,
        "A file was not split",
        f"file {file}",
        f"None of its records has a value in the column {split_by}; they stay together.",
        "Name the column alike in every file, or say in mapping.yaml what it is called there.",
        file,
        submission_id,
    )
