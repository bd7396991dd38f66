"""The counts of the verdict sentence: what became of every criterion, those that could not be judged included."""

from qa_toolkit.result import Scores, Status, Verdict


def verdict(scores: Scores) -> Verdict:
    """Count the criteria by what became of them; the six counts add up to all criteria.

    met: all that is in scope was seen and complies. met in part: what was seen complies, and something is still open or
    could not be checked. not met: a check that scores fails. for a person: nothing but questions. The rest could not be
    checked, or does not apply.
    """
    seen = {
        criterion.criterion_id: bool(criterion.levels) or criterion.judged_score is not None
        for criterion in scores.criteria
    }
    statuses = [(criterion.status, seen[criterion.criterion_id]) for criterion in scores.criteria]
    return Verdict(
        criteria=len(statuses),
        met=sum(status is Status.PASS for status, _ in statuses),
        met_in_part=sum(status in (Status.REVIEW, Status.NOT_ASSESSED) and seen for status, seen in statuses),
        not_met=sum(status is Status.FAIL for status, _ in statuses),
        for_a_person=sum(status is Status.REVIEW and not seen for status, seen in statuses),
        not_assessed=sum(status is Status.NOT_ASSESSED and not seen for status, seen in statuses),
        not_applicable=sum(status is Status.NOT_APPLICABLE for status, _ in statuses),
    )
