"""Names of submissions that name a learner: they would name folders and reports, and are replaced.

A provider may keep a folder for each learner, or split a table by a column of learners. Whether a name is a learner's
is known only once the records are read.
"""

from collections.abc import Sequence
from dataclasses import replace

from qa_toolkit.intake.discover import FoundSubmission, slug
from qa_toolkit.intake.reader import FileOutcome
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.learners import find_learners_named
from qa_toolkit.records.store import RecordStore
from qa_toolkit.records.tables import TABLES


def neutral_names(store: RecordStore, found: Sequence[FoundSubmission], was_split: bool) -> dict[str, str]:
    """Rename the submissions in the store whose id names one of their learners: old id -> new id.

    The new id is the declared name of the provider, where it names no learner and no other submission has it; else
    ``submission-1`` and so on, in the order of the submissions. ``was_split`` says that a provider's name is only a
    value of the column the tables were split by: where it names a learner, it is no provider's.
    """
    connection = store.connection
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE texts_shown AS SELECT submission_id, column_name, text, records FROM ("
        " SELECT submission_id, 'id' AS column_name, replace(submission_id, '-', ' ') AS text FROM submissions"
        " UNION ALL SELECT submission_id, 'provider', provider_name FROM submissions WHERE provider_name IS NOT NULL)"
        " JOIN (SELECT submission_id, count(*) AS records FROM credentials GROUP BY ALL) USING (submission_id)"
    )
    naming: set[tuple[str, str]] = set()
    for in_ascii in (False, True):
        find_learners_named(connection, in_ascii)
        naming |= set(connection.execute("SELECT submission_id, column_name FROM texts_naming_learners").fetchall())
    connection.execute("DROP TABLE texts_shown; DROP TABLE texts_naming_learners")
    providers = dict(connection.execute("SELECT submission_id, provider_name FROM submissions").fetchall())
    taken = {submission.submission_id for submission in found}
    names: dict[str, str] = {}
    for old in dict.fromkeys(submission.submission_id for submission in found):
        if (old, "id") not in naming:
            continue
        provider = None if (old, "provider") in naming else providers.get(old)
        new = slug(provider) if provider else ""
        number = 1
        while not new or new in taken:
            new, number = f"submission-{number}", number + 1
        taken.add(new)
        names[old] = new
        for table, columns in TABLES.items():
            if any(column.name == "submission_id" for column in columns):
                connection.execute(f"UPDATE {table} SET submission_id = ? WHERE submission_id = ?", [new, old])
        if was_split and (old, "provider") in naming:
            connection.execute("UPDATE submissions SET provider_name = NULL WHERE submission_id = ?", [new])
    return names


def under_new_name(outcome: FileOutcome, names: dict[str, str]) -> FileOutcome:
    """What became of a file, under the new name of its submission."""
    new = names.get(outcome.file.submission_id)
    return replace(outcome, file=replace(outcome.file, submission_id=new)) if new else outcome


def told_under_new_name(problem: Problem, names: dict[str, str]) -> Problem:
    """A problem under the new name of its submission."""
    new = names.get(problem.submission_id or "")
    if new is None:
        return problem
    return replace(problem, submission_id=new, place=new if problem.place == problem.submission_id else problem.place)


def renamed_problem(new: str) -> Problem:
    """That a submission goes by another name than its folder."""
    return Problem(
        ProblemKind.NOTE,
        "A submission was given a neutral name",
        new,
        "The folder, declaration or value that names it holds a name, number or birth date of one of its learners,"
        " which would stand in the names of reports.",
        "Rename the folder, or declare a submission_id in submission.yaml that names nobody.",
        submission_id=new,
    )
