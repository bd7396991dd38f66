"""What waits for people, gathered from the folder of an audit."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from qa_toolkit.judgement.review import Review, review_of
from qa_toolkit.judgement.sample import CONFIDENCE, MARGIN, draw
from qa_toolkit.problems import Problem, ProblemKind, UsageError, meant
from qa_toolkit.report.findings import Findings
from qa_toolkit.report.result_json import read_result
from qa_toolkit.result import AuditResult, SubmissionResult

_NATURAL = (
    "coalesce(try_cast(regexp_extract(record_id, 'f([0-9]+)', 1) AS BIGINT), 0),"
    " coalesce(try_cast(regexp_extract(record_id, '([0-9]+)$', 1) AS BIGINT), 0), record_id"
)


def gather_reviews(
    folder: Path,
    submissions: Sequence[str] = (),
    *,
    seed: int | None = None,
    confidence: float = CONFIDENCE,
    margin: float = MARGIN,
) -> tuple[Review, ...]:
    """The review of each submission of an audit.

    Args:
        folder: an audit folder.
        submissions: only these, by id; empty: all.
        seed: of the sample to read by hand; taken from the data where none is given, so that nobody chose it.
        confidence: of the sample, between 0 and 1.
        margin: of the sample, between 0 and 1.

    Raises:
        ResultFileError: there is no result to read.
        UsageError: a submission is not there, or the sample cannot be drawn as asked; carries every mistake.
    """
    result = read_result(folder)
    known = {one.submission_id: one for one in result.submissions}
    problems = [
        _problem(
            f"There is no submission '{name}'",
            "--submission",
            f"The audit holds {', '.join(known)}.",
            meant(name, known, "Name one of them."),
        )
        for name in submissions
        if name not in known
    ]
    for name, value in (("--confidence", confidence), ("--margin", margin)):
        if not 0 < value < 1:
            problems.append(_problem(f"{name} does not take {value:g}", name, "It is a share.", "Write 0.9 for 90 %."))
    places = folder / "credential_places.parquet"
    if not places.is_file():
        why = "The files beside result.json are needed, and credential_places.parquet is not there."
        problems.append(_problem("The audit cannot be reviewed", folder.name, why, "Audit the data again."))
    if problems:
        raise UsageError(problems)
    chosen = [one for one in result.submissions if not submissions or one.submission_id in submissions]
    return tuple(_review(result, one, folder, seed, confidence, margin) for one in chosen)


def _review(
    result: AuditResult, submission: SubmissionResult, folder: Path, seed: int | None, confidence: float, margin: float
) -> Review:
    with Findings.open(folder / "findings.parquet") as findings:
        first = findings.first_of_each(submission.submission_id, 1)
    with duckdb.connect() as connection:
        of_submission = [submission.submission_id]
        places = connection.execute(
            f"SELECT record_id, place FROM {_parquet(folder, 'credential_places')} WHERE submission_id = ?"
            f" ORDER BY {_NATURAL}",
            of_submission,
        ).fetchall()
        profile = connection.execute(
            f"SELECT * FROM {_parquet(folder, 'provider_facts')} WHERE submission_id = ?", of_submission
        )
        names = [column[0] for column in profile.description or ()]
        facts = dict(zip(names, profile.fetchone() or (), strict=False))
    by_data = int(max((file.sha256 for file in submission.files), default="0")[:8], 16)
    return review_of(
        result,
        submission,
        draw(dict(places), by_data if seed is None else seed, confidence, margin),
        {key.check_id: some[0].place for key, some in sorted(first.items(), reverse=True) if some},
        {name: value is True for name, value in facts.items()},
    )


def _parquet(folder: Path, name: str) -> str:
    return "'" + (folder / f"{name}.parquet").as_posix().replace("'", "''") + "'"


def _problem(what: str, where: str, why: str, fix: str) -> Problem:
    return Problem(ProblemKind.FILE, what, where, why, fix)
