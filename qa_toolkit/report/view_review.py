"""What people judged, as the reports show it: judgements, statements, the sample, conclusions, the panel."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qa_toolkit.decisions import OPEN_ANSWERS, Answer, Conclusion, JudgedUsed, PanelMember, ReviewUsed, Target
from qa_toolkit.messages import Messages
from qa_toolkit.result import AuditResult, CheckOutcome, SubmissionResult


@dataclass(frozen=True)
class JudgedView:
    """A judgement in words."""

    id: str
    about: str
    """What was asked, or what the check found."""
    answer: str
    explanation: str
    method: str
    judge: str
    on: date
    valid_until: date | None
    state: str


@dataclass(frozen=True)
class StatedView:
    """A provider's statement in words."""

    id: str
    about: str
    answer: str
    text: str
    evidence: str


@dataclass(frozen=True)
class ConclusionView:
    """A commendation, recommendation or condition in words."""

    used: Conclusion
    kind: str


@dataclass(frozen=True)
class PersonView:
    """Somebody of the panel in words."""

    used: PanelMember
    role: str
    conflict: str


@dataclass(frozen=True)
class ReviewView:
    """The review of one submission in words."""

    state: str
    judged: tuple[JudgedView, ...]
    stated: tuple[StatedView, ...]
    sample: str
    sample_faults: tuple[tuple[str, str, str], ...]
    """(place, answer, explanation) of credentials that were not simply fine."""
    conclusions: tuple[ConclusionView, ...]
    people: tuple[PersonView, ...]
    disputed: tuple[str, ...]
    """How far two reviewers agree, and what is open between them."""


def review_view(result: AuditResult, submission: SubmissionResult, m: Messages) -> ReviewView | None:
    """The review of a submission; None where nothing came back from people."""
    review = submission.review
    if review is None:
        return None
    about = _about(result)
    return ReviewView(
        state=m(f"review.state.{review.state}"),
        judged=tuple(_judged(one, about, m) for one in review.judged),
        stated=tuple(
            StatedView(
                id=one.id,
                about=about.get(one.key, ""),
                answer=m(f"answer.{one.answer}") if one.answer else "–",
                text=one.text or "",
                evidence=", ".join(
                    part
                    for part in (
                        one.evidence.title,
                        m.day(one.evidence.day) if one.evidence.day else "",
                        one.evidence.place or "",
                        f"sha256 {one.evidence.sha256}" if one.evidence.sha256 else "",
                    )
                    if part
                )
                if one.evidence
                else "",
            )
            for one in review.stated
        ),
        sample=_sample(review, m),
        sample_faults=tuple(
            (one.place, m(f"answer.{one.answer}"), one.explanation or "")
            for one in review.read
            if one.answer is not Answer.YES
        ),
        conclusions=tuple(ConclusionView(one, m(f"conclusion.{one.kind}")) for one in review.conclusions),
        people=tuple(_person(one, m) for one in review.people),
        disputed=_disputed(review, m),
    )


def judged_words(result: AuditResult, submission: SubmissionResult, outcome: CheckOutcome, m: Messages) -> str | None:
    """What is said at a check of what a reviewer judged; None where nobody did, or it does not count here."""
    for one in submission.review.judged if submission.review is not None else ():
        if one.judged.key == (Target.CHECK.value, outcome.check_id) and one.state.holding:
            seen = _judged(one, _about(result), m)
            after = next((each for each in submission.checks_after if each.check_id == outcome.check_id), outcome)
            return m(
                "review.badge",
                judge=seen.judge,
                day=m.day(seen.on),
                answer=seen.answer,
                explanation=seen.explanation,
                status=m(f"status.{after.status.value}"),
            )
    return None


def answered(result: AuditResult, submission: SubmissionResult, m: Messages) -> Mapping[str, str | None]:
    """Question -> what is said of how a reviewer answered it; None where nobody did, or it does not count here."""
    about = _about(result)
    counting = [one for one in (submission.review.judged if submission.review else ()) if one.state.holding]
    said = {
        one.judged.id: m(
            "review.badge.question",
            judge=seen.judge,
            day=m.day(seen.on),
            answer=seen.answer,
            explanation=seen.explanation,
        )
        for one in counting
        if one.judged.target is Target.QUESTION
        for seen in (_judged(one, about, m),)
    }
    return defaultdict(lambda: None, said)


def _about(result: AuditResult) -> dict[tuple[str, str], str]:
    questions = (*result.questions, *(q for further in result.further for q in further.questions))
    gates = {
        (Target.GATE.value, f"{framework.framework_id}/{gate.gate_id}"): gate.title
        for submission in result.submissions
        for framework, scores in zip(
            result.frameworks, (submission.before, *(one.scores for one in submission.further)), strict=True
        )
        for gate in scores.gates
    }
    return {
        **{(Target.QUESTION.value, one.question_id): one.text for one in questions},
        **{(Target.CHECK.value, one.check_id): one.title for one in result.checks},
        **gates,
    }


def _judged(used: JudgedUsed, about: dict[tuple[str, str], str], m: Messages) -> JudgedView:
    one = used.judged
    return JudgedView(
        id=one.id,
        about=about.get(one.key, ""),
        answer=m(f"answer.{one.answer}"),
        explanation=one.explanation,
        method=m(f"method.{one.method}") if one.method else "–",
        judge=", ".join((one.judge, *one.also)),
        on=one.on,
        valid_until=one.valid_until,
        state=m(
            "judged.state.open" if used.state.holding and one.answer in OPEN_ANSWERS else f"judged.state.{used.state}"
        ),
    )


def _sample(review: ReviewUsed, m: Messages) -> str:
    answers = Counter(one.answer for one in review.read)
    return m(
        "review.sample.read",
        n=review.drawn,
        all=m.number(review.population),
        confidence=m.share(review.confidence),
        margin=m.share(review.margin),
        seed=review.seed,
        read=len(review.read),
        yes=answers[Answer.YES],
        partly=answers[Answer.PARTLY],
        no=answers[Answer.NO],
    )


def _person(one: PanelMember, m: Messages) -> PersonView:
    if one.conflict_declared is None:
        conflict = "–"
    elif one.conflict_declared:
        conflict = f"{m('conflict.declared')}: {one.conflict}"
    else:
        conflict = m("conflict.none")
    return PersonView(one, m(f"panel_role.{one.role}"), conflict)


def _disputed(review: ReviewUsed, m: Messages) -> tuple[str, ...]:
    said: list[str] = []
    agreed = review.agreement
    if agreed is not None:
        key = "review.agreement" if agreed.kappa is not None else "review.agreement.no_kappa"
        kappa = m.number(agreed.kappa) if agreed.kappa is not None else ""
        said.append(m(key, alike=agreed.alike, compared=agreed.compared, kappa=kappa))
    for one in review.differences:
        answers = ", ".join(f"{judge}: {m(f'answer.{answer}')}" for judge, answer in one.answers)
        said.append(m("review.difference", id=one.id, target=m(f"review.target.{one.target}"), answers=answers))
    return tuple(said)
