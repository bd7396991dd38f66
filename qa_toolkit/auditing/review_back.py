"""What comes back from people: workbooks imported into judgements, and how a review stands with them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from qa_toolkit.auditing.judged import refuse_unaudited
from qa_toolkit.auditing.review import gather_reviews
from qa_toolkit.judgement.cells import Words, load_words
from qa_toolkit.judgement.judgements import Judgements, JudgementsError
from qa_toolkit.judgement.judgements_file import read_judgements
from qa_toolkit.judgement.merge import merge, stated_differently
from qa_toolkit.judgement.read_back import origin_of, read_workbook
from qa_toolkit.judgement.review import Review
from qa_toolkit.judgement.sheets_back import Refusals
from qa_toolkit.judgement.status import Standing, standing
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind, UsageError, collecting
from qa_toolkit.report.result_json import read_result
from qa_toolkit.resources import shipped_folder


def import_review(
    folder: Path,
    workbooks: Sequence[Path],
    day: date,
    messages: Messages,
    evidence: Path | None = None,
) -> Judgements:
    """The judgements of one filled workbook, or of the workbooks of two reviewers together.

    Args:
        folder: the audit they were exported from.
        workbooks: one, or two of the same submission.
        day: today: no judgement is dated later, and none may have ended by then.
        messages: the language of messages.
        evidence: a folder of files that the provider handed in.

    Raises:
        ResultFileError: there is no audit to hold them against.
        UsageError: more than two workbooks, or a folder that is not there.
        JudgementsError: names every cell that cannot be taken; nothing is imported then.
    """
    if not 1 <= len(workbooks) <= 2:
        why = "Agreement is measured between two reviewers."
        raise UsageError([_problem("One or two workbooks can be imported", "FILE", why, "Give one or two.")])
    if evidence is not None and not evidence.is_dir():
        why = "Nothing was found at this path."
        raise UsageError([_problem("There is no such folder of evidence", str(evidence), why, "Check the path.")])
    words = load_words([shipped_folder("checks") / "vocabularies"], messages)
    problems: list[Problem] = []
    read: list[Judgements] = []
    for path in workbooks:
        with collecting(problems):
            read.append(_imported(folder, path, words, day, messages, evidence))
    if len(read) == len(workbooks) == 2:
        problems += _do_not_fit(read[0], read[1], workbooks[1].name, messages)
    if problems:
        raise JudgementsError(problems)
    return merge(*read) if len(read) == 2 else read[0]


def _imported(
    folder: Path, path: Path, words: Words, day: date, messages: Messages, evidence: Path | None
) -> Judgements:
    origin = origin_of(path, messages)
    known = {one.submission_id for one in read_result(folder).submissions}
    if origin.submission_id not in known:
        refusals = Refusals(messages, path.name)
        refusals.say("other_submission", "", found=origin.submission_id, expected=", ".join(sorted(known)))
        raise JudgementsError(refusals.problems)
    (review,) = gather_reviews(
        folder, (origin.submission_id,), seed=origin.seed, confidence=origin.confidence, margin=origin.margin
    )
    return read_workbook(path, review, words, day, messages, evidence)


def _do_not_fit(one: Judgements, other: Judgements, file: str, messages: Messages) -> list[Problem]:
    """Why two workbooks cannot be merged."""
    refusals = Refusals(messages, file)
    if one.identity != other.identity:
        refusals.say("merge_other", "")
    elif one.sample != other.sample:
        refusals.say("merge_sample", "")
    elif one.judges and one.judges == other.judges:
        refusals.say("merge_same_judge", "")
    for stated in stated_differently(one, other):
        refusals.say("merge_statement", f"{stated.target} {stated.id}")
    return refusals.problems


def standings(folder: Path, judgements: Path | None, day: date) -> tuple[tuple[Review, Standing], ...]:
    """How the review of each submission of an audit stands on a day.

    Args:
        folder: the audit.
        judgements: a judgements.yaml or a folder of them; None: nothing has come back.
        day: the day to look at it.

    Raises:
        ResultFileError: there is no audit.
        JudgementsError: the judgements cannot be used, or are of a submission that the audit does not hold.
    """
    given = {one.identity.submission_id: one for one in read_judgements(judgements)} if judgements is not None else {}
    known = [one.submission_id for one in read_result(folder).submissions]
    refuse_unaudited(tuple(given.values()), known)
    found = []
    for name in known:
        one = given.get(name)
        if one is None:
            (review,) = gather_reviews(folder, (name,))
        else:
            drawn = one.sample
            (review,) = gather_reviews(
                folder, (name,), seed=drawn.seed, confidence=drawn.confidence, margin=drawn.margin
            )
        found.append((review, standing(review, one, day)))
    return tuple(found)


def _problem(what: str, where: str, why: str, fix: str) -> Problem:
    return Problem(ProblemKind.FILE, what, where, why, fix)
