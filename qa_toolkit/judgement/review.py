"""What a review of one submission is about: the questions, checks and knock-out criteria that wait for people."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from qa_toolkit.judgement.sample import DrawnSample
from qa_toolkit.result import AuditResult, CheckUsed, QuestionUsed, Status, SubmissionResult

ID_DIGITS = 16


@dataclass(frozen=True)
class Identity:
    """Which audit of which data a review belongs to."""

    submission_id: str
    as_of: date
    frameworks: tuple[tuple[str, str], ...]
    """(id, version), the main one first."""
    catalogue_sha256: str
    data_sha256: str
    """Over the hashes of all files handed in."""

    @property
    def audit_id(self) -> str:
        """The same for the same data, day, frameworks and catalogue."""
        text = json.dumps(asdict(self), sort_keys=True, default=str)
        return sha256(text.encode()).hexdigest()[:ID_DIGITS]


@dataclass(frozen=True)
class CheckedItem:
    """A criterion's check that failed or asks."""

    used: CheckUsed
    found: str
    """The state that does not comply."""
    status: Status
    failed: int
    applicable: int
    first_place: str | None


@dataclass(frozen=True)
class AskedItem:
    """A question, with what the data say beside it."""

    used: QuestionUsed
    framework_id: str
    criterion: str
    checks: tuple[tuple[CheckUsed, Status, int, int], ...]
    """Checks of its criterion that saw any record: with status, records that comply, records they apply to."""
    in_profile: bool
    """Whether the provider's profile states what is asked."""


@dataclass(frozen=True)
class GateItem:
    """A knock-out criterion that fired."""

    framework_id: str
    gate_id: str
    title: str
    failed: int
    applicable: int
    state: str


@dataclass(frozen=True)
class Review:
    """All that waits for people in one submission."""

    identity: Identity
    provider: str
    questions: tuple[AskedItem, ...]
    checks: tuple[CheckedItem, ...]
    gates: tuple[GateItem, ...]
    sample: DrawnSample

    def criterion_ids(self) -> tuple[str, ...]:
        """Criteria that a conclusion may speak of."""
        return tuple(dict.fromkeys(item.used.criterion_id for item in self.questions))


def identity_of(result: AuditResult, submission: SubmissionResult) -> Identity:
    """Which audit a review of the submission belongs to."""
    files = sorted((file.file_number, file.sha256) for file in submission.files)
    return Identity(
        submission_id=submission.submission_id,
        as_of=result.stamp.as_of,
        frameworks=tuple((one.framework_id, one.version) for one in result.frameworks),
        catalogue_sha256=result.stamp.catalogue_sha256,
        data_sha256=sha256("\n".join(f"{number} {digest}" for number, digest in files).encode()).hexdigest(),
    )


def review_of(
    result: AuditResult,
    submission: SubmissionResult,
    sample: DrawnSample,
    first_places: Mapping[str, str],
    in_profile: Mapping[str, bool],
) -> Review:
    """What waits for people in a submission.

    Args:
        result: the audit.
        submission: one of its submissions.
        sample: credentials to read by hand.
        first_places: check -> the place of its first finding.
        in_profile: fact of the provider's profile -> whether it holds; empty where none was handed in.
    """
    used = {check.check_id: check for check in result.checks}
    return Review(
        identity=identity_of(result, submission),
        provider=submission.name,
        questions=_asked(result, submission, used, in_profile),
        checks=tuple(
            CheckedItem(
                used=used[outcome.check_id],
                found=_found(used[outcome.check_id], outcome.status),
                status=outcome.status,
                failed=outcome.failed,
                applicable=outcome.applicable,
                first_place=first_places.get(outcome.check_id),
            )
            for outcome in submission.checks
            if outcome.status in (Status.FAIL, Status.REVIEW)
            and any(case.role != "informs" for case in used[outcome.check_id].cases)
        ),
        gates=_gates(result, submission),
        sample=sample,
    )


def _asked(
    result: AuditResult, submission: SubmissionResult, used: Mapping[str, CheckUsed], in_profile: Mapping[str, bool]
) -> tuple[AskedItem, ...]:
    outcomes = {outcome.check_id: outcome for outcome in submission.checks}
    items: dict[str, AskedItem] = {}
    every = [(result.framework, result.questions), *((one.framework, one.questions) for one in result.further)]
    for framework, questions in every:
        criteria = {c.criterion_id: c for principle in framework.principles for c in principle.criteria}
        for question in questions:
            criterion = criteria[question.criterion_id]
            beside = [outcomes[name] for name in criterion.checks if name in outcomes and outcomes[name].applicable]
            # A question that several frameworks ask is answered once, under the first of them.
            items.setdefault(
                question.question_id,
                AskedItem(
                    used=question,
                    framework_id=framework.framework_id,
                    criterion=f"{criterion.criterion_id} {criterion.title}",
                    checks=tuple(
                        (used[one.check_id], one.status, one.applicable - one.failed, one.applicable) for one in beside
                    ),
                    in_profile=bool(question.profile_fact and in_profile.get(question.profile_fact)),
                ),
            )
    return tuple(items.values())


def _gates(result: AuditResult, submission: SubmissionResult) -> tuple[GateItem, ...]:
    scores = [submission.before, *(one.scores for one in submission.further)]
    return tuple(
        GateItem(framework.framework_id, gate.gate_id, gate.title, gate.failed, gate.applicable, gate.state)
        for framework, one in zip(result.frameworks, scores, strict=True)
        for gate in one.gates
        if gate.state != "open"
    )


def _found(check: CheckUsed, status: Status) -> str:
    role = "scores" if status is Status.FAIL else "asks"
    return next((case.failed for case in check.cases if case.role == role), check.title)
