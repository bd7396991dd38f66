"""The further frameworks of an audit as the reports show them, and what is said of agreement and adoption."""

from dataclasses import dataclass, replace
from datetime import date

from qa_toolkit.messages import Messages
from qa_toolkit.report.view import CheckView, Examples, SubmissionView, submission_view
from qa_toolkit.report.view_cross_walk import CrossWalk, cross_walk
from qa_toolkit.result import AuditResult, FrameworkUsed, QuestionUsed, SubmissionResult


@dataclass(frozen=True)
class FurtherView:
    """A submission seen through a further framework."""

    view: SubmissionView
    walk: CrossWalk
    """Its criteria against those of the main framework."""
    told_here: tuple[CheckView, ...]
    """Checks that have something to say and stand in no framework before it."""
    asked_here: tuple[QuestionUsed, ...]
    """Open questions that no framework before it asks."""

    @property
    def framework(self) -> FrameworkUsed:
        """The framework."""
        return self.view.result.framework

    @property
    def anchor(self) -> str:
        """Of its part of the page."""
        return f"framework-{self.framework.framework_id}"


def further_views(result: AuditResult, submission: SubmissionResult, examples: Examples) -> tuple[FurtherView, ...]:
    """A submission seen through each further framework, in the order they were asked for."""
    seen_checks = _named(result.framework)
    seen_questions = {question.question_id for question in result.questions}
    views = []
    for further, scores in zip(result.further, submission.further, strict=True):
        framework = further.framework
        view = submission_view(
            replace(result, framework=framework, questions=further.questions, further=()),
            replace(submission, before=scores.scores, after=None, verdict=scores.verdict, fixes=(), next_bands=()),
            examples,
        )
        told = {check.used.check_id: check for criterion in view.criteria for check in criterion.checks}
        asked = {one.question_id: one for criterion in view.criteria for one in criterion.open_questions}
        views.append(
            FurtherView(
                view=view,
                walk=cross_walk(framework, result.framework),
                told_here=tuple(one for name, one in told.items() if name not in seen_checks and one.speaks),
                asked_here=tuple(one for name, one in asked.items() if name not in seen_questions),
            )
        )
        seen_checks |= _named(framework)
        seen_questions |= {question.question_id for question in further.questions}
    return tuple(views)


def adoption_words(framework: FrameworkUsed, messages: Messages) -> str:
    """Who adopted the framework on which legal basis, since and until when; without it, what it is used for."""
    adoption = framework.adoption
    if adoption is None:
        return messages("report.cover.orientation")
    key = "report.cover.adopted_until" if adoption.until else "report.cover.adopted"
    since, until = _day(adoption.since, messages), _day(adoption.until, messages)
    words = messages(key, by=adoption.by, basis=adoption.legal_basis, since=since, until=until)
    return words if adoption.in_force else messages("report.cover.not_in_force", adopted=words)


def agreement_words(framework: FrameworkUsed, messages: Messages) -> str | None:
    """Who agreed the standard, since and until when; None where the register of agreed standards does not say."""
    agreement = framework.agreement
    if agreement is None:
        return None
    key = "agreed_until" if agreement.until else "agreed_since" if agreement.since else "agreed"
    since, until = _day(agreement.since, messages), _day(agreement.until, messages)
    words = messages(f"report.cover.{key}", by=agreement.agreed_by, since=since, until=until)
    return f"{words} {agreement.note}" if agreement.note else words


def _day(text: str | None, messages: Messages) -> str:
    """A day of the register as the report writes days; '' where it has none."""
    return messages.day(date.fromisoformat(text)) if text else ""


def _named(framework: FrameworkUsed) -> set[str]:
    return {name for principle in framework.principles for one in principle.criteria for name in one.checks}
