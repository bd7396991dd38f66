"""How a review stands on a day: what nobody has answered, what is disputed, what ends soon or has ended."""

from dataclasses import dataclass
from datetime import date

from qa_toolkit.decisions import OPEN_ANSWERS, AuditState, Difference, Judged, Target
from qa_toolkit.judgement.judgements import Judgements, expiring, not_final_because
from qa_toolkit.judgement.review import Review


@dataclass(frozen=True)
class Standing:
    """What is still to do in a review, in the order of its workbook."""

    questions: tuple[str, ...]
    checks: tuple[str, ...]
    gates: tuple[str, ...]
    unread: int
    """Credentials of the sample that nobody has read."""
    differences: tuple[Difference, ...]
    ending_soon: tuple[Judged, ...]
    ended: tuple[Judged, ...]
    state: AuditState
    not_final: tuple[str, ...]
    """Why the audit cannot be final, as keys of texts."""
    other_audit: bool
    """The judgements were made on other data or other checks: what they say of checks and the sample counts no more."""


def standing(review: Review, judgements: Judgements | None, day: date) -> Standing:
    """How a review stands.

    Args:
        review: what was sent out for the submission, drawn with the seed of the judgements.
        judgements: what has come back; None where nothing has.
        day: the day to look at it: what has ended by then is open again.
    """
    mine, theirs = review.identity, judgements.identity if judgements is not None else None
    same = theirs is None or (
        (mine.data_sha256, mine.catalogue_sha256) == (theirs.data_sha256, theirs.catalogue_sha256)
    )
    judged = judgements.judged if judgements is not None else ()
    soon, ended = expiring(judged, day)
    answered = {
        one.key
        for one in judged
        if one not in ended and one.answer not in OPEN_ANSWERS and (same or one.target is Target.QUESTION)
    }
    read = {one.number for one in judgements.read} if judgements is not None and same else set()
    people = judgements.people if judgements is not None else ()
    differences = judgements.differences if judgements is not None else ()

    def still_open(target: Target, ids: list[str]) -> tuple[str, ...]:
        return tuple(one for one in ids if (target.value, one) not in answered)

    return Standing(
        questions=still_open(Target.QUESTION, [one.used.question_id for one in review.questions]),
        checks=still_open(Target.CHECK, [one.used.check_id for one in review.checks]),
        gates=still_open(Target.GATE, [f"{one.framework_id}/{one.gate_id}" for one in review.gates]),
        unread=len(review.sample.drawn) - len(read),
        differences=differences,
        ending_soon=soon,
        ended=ended,
        state=judgements.state if judgements is not None and same else AuditState.DRAFT,
        not_final=not_final_because(people, differences),
        other_audit=not same,
    )
