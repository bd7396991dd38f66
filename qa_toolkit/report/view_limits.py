"""What a judgement rests on and what limits it, for the first page: whoever reads the verdict reads this with it."""

from qa_toolkit.messages import Messages
from qa_toolkit.problems import ProblemKey
from qa_toolkit.report.view import SubmissionView
from qa_toolkit.result import MappingUsed

_SHORT = 12
"""Digits of a hash on the first page; the whole of it stands with the data."""


def rests_on(view: SubmissionView, messages: Messages) -> tuple[str, ...]:
    """Sentences: the mapping, what was left out of sight, what could not be read or run; never empty."""
    submission, declared = view.submission, view.submission.declared
    told = []
    if submission.mapping is not None:
        told.append(mapping_words(submission.mapping, messages, submission.mapping.sha256[:_SHORT] + "…"))
    elif "table" in submission.formats:
        told.append(messages("report.limits.no_mapping"))
    unread = sum(problem.key == ProblemKey.COLUMNS_NOT_READ for problem in submission.problems)
    if unread:
        told.append(messages("report.limits.columns_unread", n=unread))
    if declared.columns_handed_in == "some":
        told.append(messages("report.limits.columns_some"))
    if declared.awards_handed_in == "selection":
        told.append(messages("report.limits.selection"))
    if declared.learner_data == "withheld":
        told.append(messages("report.limits.withheld"))
    refused = sum(file.state == "refused" for file in submission.files)
    if refused:
        told.append(messages("report.limits.refused", n=refused))
    left_out = sum(problem.kind == "row" for problem in submission.problems)
    if left_out:
        told.append(messages("report.limits.rows", n=left_out))
    if view.result.broken_checks:
        told.append(messages("report.limits.broken", n=len({one.check_id for one in view.result.broken_checks})))
    return tuple(told) or (messages("report.limits.none"),)


def mapping_words(mapping: MappingUsed, messages: Messages, sha256: str) -> str:
    """Where a mapping came from and how much it decided."""
    if mapping.beside_the_files:
        return messages("report.limits.mapping_own", n=mapping.headings, sha256=sha256)
    return messages("report.limits.mapping_given", n=mapping.headings, sha256=sha256)
