"""From paths to canonical tables: find the submissions, read their declarations and files, count each record once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qa_toolkit.intake.declarations import Declaration, read_declarations, read_yaml
from qa_toolkit.intake.discover import DECLARATION, FoundSubmission, find_submissions, slug
from qa_toolkit.intake.european_digital_credentials import EuropeanDigitalCredentials
from qa_toolkit.intake.reader import FileOutcome, HandedInFile, Reader
from qa_toolkit.intake.recognise import EUROPEAN_DIGITAL_CREDENTIAL, READABLE, TEMPLATE_CSV, TEMPLATE_XLSX, recognise
from qa_toolkit.intake.repeats import leave_out_repeats
from qa_toolkit.intake.template_sql import load_template_columns
from qa_toolkit.intake.template_tables import TemplateTables, submission_sheet
from qa_toolkit.intake.words import Words
from qa_toolkit.intake.workbooks import WorkbookError
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.store import RecordStore
from qa_toolkit.records.tables import MANDATORY_ELEMENTS


@dataclass(frozen=True)
class IntakeOutcome:
    """What was read."""

    submissions: tuple[str, ...]
    """Ids of the submissions that hold credentials, in order."""
    problems: tuple[Problem, ...]
    run_problems: tuple[Problem, ...]
    """Problems that belong to no submission that is audited."""


def read_submissions(paths: Sequence[Path], store: RecordStore, vocabularies: Sequence[Path]) -> IntakeOutcome:
    """Read everything that was handed in into the store's tables.

    Args:
        paths: files and folders.
        store: an empty store.
        vocabularies: folders of word lists; a file in an earlier one wins.
    """
    words = Words.load(*vocabularies)
    columns = load_template_columns(*vocabularies)
    found, run_problems = find_submissions(paths)
    problems: list[Problem] = []
    recognised: dict[str, list[HandedInFile]] = {kind: [] for kind in READABLE}
    outcomes: list[FileOutcome] = []
    declared: dict[str, Declaration] = {}
    taken = {submission.submission_id for submission in found}
    names = frozenset(column.name for column in columns)
    renamed: list[FoundSubmission] = []
    for submission in found:
        declaration = _declaration(submission, words)
        renamed.append(_renamed(submission, declaration, taken))
        submission_id = renamed[-1].submission_id
        declared[submission_id] = declaration
        problems += [replace(problem, submission_id=submission_id) for problem in declaration.problems]
        for file in renamed[-1].files:
            kind, instead = recognise(file.path, names)
            if kind in READABLE:
                recognised[kind].append(file)
            else:
                outcomes.append(_refused(file, instead))
    readers: dict[str, Reader] = {
        TEMPLATE_XLSX: (tables := TemplateTables(words, columns)),
        TEMPLATE_CSV: tables,
        EUROPEAN_DIGITAL_CREDENTIAL: EuropeanDigitalCredentials(words),
    }
    for kind, files in recognised.items():
        if files:
            outcomes += readers[kind].read(files, store)
    outcomes.sort(key=lambda outcome: (outcome.file.submission_id, outcome.file.number))
    problems += [problem for outcome in outcomes for problem in outcome.problems]
    store.append("files", (_file_row(outcome) for outcome in outcomes))
    store.append("submissions", (_submission_row(s, declared[s.submission_id], outcomes) for s in renamed))
    _apply_declarations(store)
    problems += leave_out_repeats(store.connection)
    return _outcome(store, renamed, problems, run_problems)


def _declaration(submission: FoundSubmission, words: Words) -> Declaration:
    if submission.declaration is not None:
        return read_yaml(submission.declaration, words, submission.submission_id)
    for file in submission.files:
        try:
            stated = submission_sheet(file)
        except WorkbookError:
            continue  # told when the workbook is read
        if stated is not None:
            place = f"{file.place}, sheet Submission"
            return read_declarations(stated, words, place, submission.submission_id)
    return Declaration({}, ())


def _renamed(submission: FoundSubmission, declaration: Declaration, taken: set[str]) -> FoundSubmission:
    """The submission under the id it declares, unless another one has it."""
    wanted = declaration.values.get("submission_id")
    submission_id = slug(str(wanted)) if wanted else submission.submission_id
    if submission_id != submission.submission_id and submission_id in taken:
        submission_id = submission.submission_id
    taken.add(submission_id)
    files = tuple(replace(file, submission_id=submission_id) for file in submission.files)
    return replace(submission, submission_id=submission_id, files=files)


def _refused(file: HandedInFile, instead: str) -> FileOutcome:
    what, _, fix = instead.partition("\n")
    problem = Problem(
        ProblemKind.FILE,
        "A file was not read",
        file.place,
        f"It is {what}.",
        fix,
        file.number,
        file.submission_id,
    )
    return FileOutcome(file, "unknown", "refused", 0, (), (problem,))


def _file_row(outcome: FileOutcome) -> dict[str, Any]:
    file = outcome.file
    return {
        "submission_id": file.submission_id,
        "file_number": file.number,
        "file_name": file.path.name,
        "sha256": file.sha256,
        "size": file.size,
        "format": outcome.format,
        "state": outcome.state,
        "records": outcome.records,
        "carried": list(outcome.carried),
    }


def _submission_row(
    submission: FoundSubmission, declaration: Declaration, outcomes: Sequence[FileOutcome]
) -> dict[str, Any]:
    """The declarations, and the mandatory elements for which no table has a column and nothing is declared."""
    tables = [
        outcome
        for outcome in outcomes
        if outcome.file.submission_id == submission.submission_id
        and outcome.format == TemplateTables.format
        and outcome.records
    ]
    absent = [
        element
        for element in MANDATORY_ELEMENTS
        if any(element not in outcome.carried for outcome in tables) and not declaration.values.get(element)
    ]
    return {**declaration.values, "submission_id": submission.submission_id, "columns_absent": absent}


_DECLARED_VALUE = {
    "country": "country = s.country, country_unrecognised = FALSE",
    "awarding_body": "awarding_body = s.awarding_body",
    "quality_assurance": "quality_assurance_types = s.quality_assurance",
    "participation": "participation_modes = s.participation",
}


def _apply_declarations(store: RecordStore) -> None:
    """What is said once holds for every record that does not say it; what is withheld is not missing."""
    for element, assignment in _DECLARED_VALUE.items():
        store.connection.execute(
            f"UPDATE credentials SET {assignment}, {element}_strength = 'declared_once', {element}_cause = NULL,"
            f" {element}_raw = array_to_string(s.{element}, ' | ')"
            f" FROM submissions AS s WHERE s.submission_id = credentials.submission_id"
            f" AND len(s.{element}) > 0 AND credentials.{element}_strength IS NULL"
        )
    store.connection.execute(
        "UPDATE credentials SET language = coalesce(credentials.language, s.language) FROM submissions AS s"
        " WHERE s.submission_id = credentials.submission_id AND s.language IS NOT NULL"
    )
    store.connection.execute(
        "UPDATE credentials SET learner_cause = 'withheld' FROM submissions AS s"
        " WHERE s.submission_id = credentials.submission_id AND s.learner_data = 'withheld'"
        " AND credentials.learner_strength IS NULL"
    )


def _outcome(
    store: RecordStore,
    found: Sequence[FoundSubmission],
    problems: Sequence[Problem],
    run_problems: Sequence[Problem],
) -> IntakeOutcome:
    """Submissions without a credential are no audit: what went wrong with them belongs to the run."""
    holding = {row[0] for row in store.connection.execute("SELECT DISTINCT submission_id FROM credentials").fetchall()}
    audited = tuple(s.submission_id for s in found if s.submission_id in holding)
    empty = [s for s in found if s.submission_id not in holding]
    store.connection.execute("DELETE FROM submissions WHERE NOT list_contains(?, submission_id)", [list(audited)])
    without = [
        Problem(
            ProblemKind.FILE,
            "Nothing was found to audit",
            s.submission_id if s.named else "the files given",
            "It holds no credential that could be read." if s.files else "It holds no file.",
            f"Hand in the template, or European Digital Credentials; a {DECLARATION} alone is not enough.",
        )
        for s in empty
        if not any(problem.submission_id == s.submission_id for problem in problems)
    ]
    ordered = sorted(problems, key=lambda p: (p.submission_id or "", p.file_number or 0))
    return IntakeOutcome(
        submissions=audited,
        problems=tuple(problem for problem in ordered if problem.submission_id in holding),
        run_problems=(
            *run_problems,
            *(problem for problem in ordered if problem.submission_id not in holding),
            *without,
        ),
    )
