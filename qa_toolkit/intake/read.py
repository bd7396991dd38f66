"""From paths to canonical tables: find the submissions, read their declarations and files, count each record once."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qa_toolkit.intake.declarations import Declaration, read_declarations, read_yaml
from qa_toolkit.intake.declared_once import apply_declarations, apply_offers
from qa_toolkit.intake.discover import DECLARATION, FoundSubmission, find_submissions, slug
from qa_toolkit.intake.elmo import Elmo
from qa_toolkit.intake.europass_xml import EuropassXml
from qa_toolkit.intake.european_digital_credentials import EuropeanDigitalCredentials
from qa_toolkit.intake.neutral_names import neutral_names, renamed_problem, told_under_new_name, under_new_name
from qa_toolkit.intake.open_badges import OpenBadges
from qa_toolkit.intake.profile import Profile, read_profile_sheet, read_profile_yaml
from qa_toolkit.intake.proofs import Proofs
from qa_toolkit.intake.reader import FileOutcome, HandedInFile, Reader
from qa_toolkit.intake.recognise import READABLE, TABLE, recognise
from qa_toolkit.intake.repeats import leave_out_repeats
from qa_toolkit.intake.split import refuse_unknown_column, split_submissions
from qa_toolkit.intake.tables.columns import (
    OFFER_COLUMNS,
    PROVIDER_COLUMNS,
    Headings,
    TemplateColumn,
    load_template_columns,
)
from qa_toolkit.intake.tables.mapping import ColumnMapping, MappingError, load_mapping
from qa_toolkit.intake.tables.mapping_fit import not_there, said_twice
from qa_toolkit.intake.tables.reader import Tables, submission_sheet
from qa_toolkit.intake.tables.workbooks import WorkbookError
from qa_toolkit.intake.words import Words
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.store import RecordStore
from qa_toolkit.records.tables import MANDATORY_ELEMENTS


@dataclass(frozen=True)
class IntakeOutcome:
    """What was read."""

    submissions: tuple[str, ...]
    """Ids of the submissions that hold credentials, offers or a provider profile, in order."""
    problems: tuple[Problem, ...]
    run_problems: tuple[Problem, ...]
    """Problems that belong to no submission that is audited."""
    files: tuple[FileOutcome, ...] = ()
    """What became of every file, those of submissions without credentials included."""
    mappings: Mapping[str, ColumnMapping] = field(default_factory=dict)
    """Submission id -> the mapping that was used, where there is one."""
    own_mappings: frozenset[str] = frozenset()
    """Submissions whose mapping lay beside their files."""


def read_submissions(
    paths: Sequence[Path],
    store: RecordStore,
    vocabularies: Sequence[Path],
    *,
    mapping: Path | None = None,
    split_by: str | None = None,
    proofs: Proofs | None = None,
) -> IntakeOutcome:
    """Read everything that was handed in into the store's tables.

    Args:
        paths: files, folders and zip archives.
        store: an empty store.
        vocabularies: folders of word lists; a file in an earlier one wins.
        mapping: a mapping.yaml for every submission that has none of its own.
        split_by: heading or name of a column; each of its values is a submission of its own.
        proofs: examines signatures and status of credential files; without it nothing is said of them.

    Raises:
        MappingError: a mapping cannot be used; carries every mistake.
        SplitColumnError: no table has the column to split by.
    """
    words = Words.load(*vocabularies)
    columns = load_template_columns(*vocabularies)
    headings = Headings.load(columns, words, *vocabularies)
    offer_columns = load_template_columns(*vocabularies, name=OFFER_COLUMNS)
    every = {column.name: column for column in (*offer_columns, *columns)}
    offer_headings = Headings.load_for_offers(tuple(every.values()), words, *vocabularies)
    profile_keys = load_template_columns(*vocabularies, name=PROVIDER_COLUMNS)
    found, run_problems = find_submissions(paths, store.folder)
    problems: list[Problem] = []
    recognised: dict[str, list[HandedInFile]] = {kind: [] for kind in READABLE}
    outcomes: list[FileOutcome] = []
    declared: dict[str, Declaration] = {}
    taken = {submission.submission_id for submission in found}
    renamed: list[FoundSubmission] = []
    for submission in found:
        declaration = _declaration(submission, words)
        renamed.append(_renamed(submission, declaration, taken))
        submission_id = renamed[-1].submission_id
        declared[submission_id] = declaration
        problems += [replace(problem, submission_id=submission_id) for problem in declaration.problems]
        for file in renamed[-1].files:
            kind, instead = recognise(file.path, words.letters)
            if kind in READABLE:
                recognised[kind].append(file)
            else:
                outcomes.append(_refused(file, instead))
    if split_by:
        store.connection.execute(
            "CREATE OR REPLACE TABLE split_values (submission_id VARCHAR, record_id VARCHAR, value VARCHAR,"
            " has_column BOOLEAN)"
        )
    mappings = _mappings(renamed, mapping, offer_headings, every)
    readers: dict[str, Reader] = {
        TABLE: Tables(
            words,
            columns,
            headings,
            mappings,
            split_by,
            offer_headings,
            offer_columns,
            frozenset(column.name for column in profile_keys),
        ),
        EuropeanDigitalCredentials.format: EuropeanDigitalCredentials(words, proofs),
        OpenBadges.format: OpenBadges(words, proofs),
        Elmo.format: Elmo(words),
        EuropassXml.format: EuropassXml(words, proofs),
    }
    for kind, files in recognised.items():
        if files:
            outcomes += readers[kind].read(files, store)
    fit = _fit(mappings, outcomes, headings)
    if split_by:
        refuse_unknown_column(outcomes, split_by)
    outcomes.sort(key=lambda outcome: (outcome.file.submission_id, outcome.file.number))
    problems += [*fit, *(problem for outcome in outcomes for problem in outcome.problems)]
    store.append("files", (_file_row(outcome) for outcome in outcomes))
    store.append("submissions", (_submission_row(s, declared[s.submission_id], outcomes) for s in renamed))
    problems += _append_profiles(store, renamed, words, profile_keys)
    apply_offers(store.connection)
    by_path = {s.mapping or mapping: mappings[s.submission_id] for s in renamed if s.submission_id in mappings}
    if split_by:
        renamed, told = split_submissions(store.connection, renamed, split_by)
        problems += told
    names = neutral_names(store, renamed, was_split=split_by is not None)
    renamed = [
        replace(submission, submission_id=names.get(submission.submission_id, submission.submission_id))
        for submission in renamed
    ]
    outcomes = [under_new_name(outcome, names) for outcome in outcomes]
    problems = [told_under_new_name(problem, names) for problem in problems]
    problems += [renamed_problem(new) for new in names.values()]
    apply_declarations(store.connection)
    problems += leave_out_repeats(store.connection)
    problems = [_findable(problem, outcomes) for problem in problems]
    return replace(
        _outcome(store, renamed, problems, run_problems),
        files=tuple(outcomes),
        mappings={s.submission_id: by_path[path] for s in renamed if (path := s.mapping or mapping) in by_path},
        own_mappings=frozenset(s.submission_id for s in renamed if s.mapping),
    )


def _mappings(
    submissions: Sequence[FoundSubmission], given: Path | None, headings: Headings, columns: Mapping[str, Any]
) -> dict[str, ColumnMapping]:
    """Submission id -> its mapping: its own, else the one given for all.

    Raises:
        MappingError: with the mistakes of all of them.
    """
    mappings: dict[str, ColumnMapping] = {}
    loaded: dict[Path, ColumnMapping] = {}
    mistakes: list[Problem] = []
    for submission in submissions:
        path = submission.mapping or given
        if path is None:
            continue
        try:
            if path not in loaded:
                loaded[path] = load_mapping(path, headings, columns)
            mappings[submission.submission_id] = loaded[path]
        except MappingError as error:
            mistakes += error.problems
    if mistakes:
        raise MappingError(tuple(dict.fromkeys(mistakes)))
    return mappings


def _findable(problem: Problem, outcomes: Sequence[FileOutcome]) -> Problem:
    """A problem that cost a file, with what finds it among the others: its name may hold a learner's."""
    if problem.kind is not ProblemKind.FILE or problem.file_number is None:
        return problem
    beside = [one.file for one in outcomes if one.file.submission_id == problem.submission_id]
    file = next((one for one in beside if one.number == problem.file_number), None)
    if file is None or len(beside) < 2:
        return problem
    return replace(problem, why=f"{problem.why} {file.findable(len(beside))}")


def _fit(mappings: Mapping[str, ColumnMapping], outcomes: Sequence[FileOutcome], headings: Headings) -> list[Problem]:
    """What the mappings name that nothing handed in has; one that is given for several submissions is told once.

    Raises:
        MappingError: a mapping says of two columns of one table that they mean the same.
    """
    used: dict[int, list[str]] = {}
    for submission_id, mapping in mappings.items():
        used.setdefault(id(mapping), []).append(submission_id)
    mistakes: list[Problem] = []
    problems: list[Problem] = []
    for ids in used.values():
        mapping = mappings[ids[0]]
        own = [outcome for outcome in outcomes if outcome.file.submission_id in ids]
        mistakes += said_twice(mapping, own)
        problems += not_there(mapping, own, headings, ids[0] if len(ids) == 1 else None)
    if mistakes:
        raise MappingError(tuple(dict.fromkeys(mistakes)))
    return problems


def _declaration(submission: FoundSubmission, words: Words) -> Declaration:
    if submission.declaration is not None:
        return read_yaml(submission.declaration, words, submission.submission_id)
    for file in submission.files:
        try:
            stated = submission_sheet(file)
        except (WorkbookError, OSError):
            continue  # told when the workbook is read
        if stated is not None:
            place = f"{file.place}, sheet Submission"
            return read_declarations(stated, words, place, submission.submission_id)
    return Declaration({}, ())


def _append_profiles(
    store: RecordStore, submissions: Sequence[FoundSubmission], words: Words, keys: Sequence[TemplateColumn]
) -> list[Problem]:
    """Append a row of ``providers`` for each submission that says anything of its provider; what was wrong with it."""
    profiles = [_profile(submission, words, keys) for submission in submissions]
    store.append("providers", [profile.row for profile in profiles if profile.row is not None])
    store.append("origins", [origin for profile in profiles for origin in profile.origins])
    return [problem for profile in profiles for problem in profile.problems]


def _profile(submission: FoundSubmission, words: Words, keys: Sequence[TemplateColumn]) -> Profile:
    """The provider.yaml of a submission, else the first sheet Provider of its workbooks."""
    if submission.profile is not None:
        return read_profile_yaml(submission.profile, words, keys, submission.submission_id)
    for file in submission.files:
        try:
            profile = read_profile_sheet(file, words, keys)
        except (WorkbookError, OSError):
            continue  # told when the workbook is read
        if profile is not None:
            return profile
    return Profile()


def _renamed(submission: FoundSubmission, declaration: Declaration, taken: set[str]) -> FoundSubmission:
    """The submission under the id it declares, unless another one has it; one without a name under its provider's."""
    wanted = declaration.values.get("submission_id")
    if not wanted and not submission.named:
        wanted = declaration.values.get("provider_name")
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
        "file_name": os.fsencode(file.path.name).decode("utf-8", "replace"),  # any bytes can be a name
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
        and outcome.format == Tables.format
        and outcome.records
    ]
    absent = [
        element
        for element in MANDATORY_ELEMENTS
        if any(element not in outcome.carried for outcome in tables) and not declaration.values.get(element)
    ]
    return {**declaration.values, "submission_id": submission.submission_id, "columns_absent": absent}


def _outcome(
    store: RecordStore,
    found: Sequence[FoundSubmission],
    problems: Sequence[Problem],
    run_problems: Sequence[Problem],
) -> IntakeOutcome:
    """Submissions without a record are no audit: what went wrong with them belongs to the run."""
    holding = {
        row[0]
        for row in store.connection.execute(
            "SELECT submission_id FROM credentials UNION SELECT submission_id FROM offers"
            " UNION SELECT submission_id FROM providers"
        ).fetchall()
    }
    audited = tuple(s.submission_id for s in found if s.submission_id in holding)
    empty = [s for s in found if s.submission_id not in holding]
    store.connection.execute("DELETE FROM submissions WHERE NOT list_contains(?, submission_id)", [list(audited)])
    without = [
        Problem(
            ProblemKind.FILE,
            "Nothing was found to audit",
            s.submission_id if s.named else "the files given",
            "It holds no credential and no learning offer that could be read." if s.files else "It holds no file.",
            "Hand in a table of awards, credentials as JSON, or a catalogue of learning offers; a"
            f" {DECLARATION} alone is not enough.",
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
