"""Which judgements of people count in an audit, and what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from qa_toolkit.catalogue.models import Catalogue, Framework
from qa_toolkit.decisions import Answer, AuditState, Judged, JudgedState, JudgedUsed, ReviewUsed, Target
from qa_toolkit.judgement.judgements import Judgements, JudgementsError
from qa_toolkit.judgement.judgements_file import read_judgements
from qa_toolkit.judgement.review import data_sha256
from qa_toolkit.problems import Problem, ProblemKind, collecting
from qa_toolkit.result import SubmissionResult
from qa_toolkit.scoring.as_used import checks_of

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Decided:
    """What the judgements that count say of one submission."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By id of a question or check; of a knock-out criterion by ``framework/gate``."""
    overruled: frozenset[str] = frozenset()
    """Checks that are met although the data say otherwise."""
    out_of_scope: frozenset[str] = frozenset()
    """Checks that do not apply although the data say otherwise."""

    def under(self, framework: Framework) -> dict[str, Answer]:
        """The answers as scoring wants them: knock-out criteria by their id within the framework."""
        gates = {gate.id: self.answers.get(f"{framework.id}/{gate.id}") for gate in framework.gates}
        return {**self.answers, **{name: answer for name, answer in gates.items() if answer is not None}}


def judgements_of(
    path: Path | None, catalogue: Catalogue, frameworks: Sequence[Framework], problems: list[Problem]
) -> tuple[Judgements, ...]:
    """The judgements of a judgements.yaml or of a folder of them; what does not fit goes to ``problems``."""
    if path is None:
        return ()
    found: tuple[Judgements, ...] = ()
    with collecting(problems):
        found = read_judgements(path)
    versions = {framework.id: framework.version for framework in frameworks}
    for one in found:
        where = f"{path.name}, judgements of {one.identity.submission_id}"
        judged_by = ", ".join(" ".join(pair) for pair in one.identity.frameworks)
        if any(versions.get(name) != version for name, version in one.identity.frameworks):
            audited = ", ".join(" ".join(pair) for pair in versions.items())
            why = f"They were made under {judged_by}; audited is against {audited}."
            fix = "Audit with --framework against those, or export and import the review again."
            problems.append(Problem(ProblemKind.FILE, "The judgements are of other frameworks", where, why, fix))
            continue
        known = _known(catalogue, frameworks)
        for judged in one.judged:
            if judged.id not in known[judged.target]:
                why = f"{judged_by} asks for no such judgement."
                fix = "Remove it, or give your own checks with --checks."
                what = f"There is no {judged.target.value} '{judged.id}' to judge"
                problems.append(Problem(ProblemKind.FILE, what, where, why, fix))
    return found


def _known(catalogue: Catalogue, frameworks: Sequence[Framework]) -> dict[Target, set[str]]:
    asked = {q for f in frameworks for p in f.principles for c in p.criteria for q in c.questions}
    return {
        Target.QUESTION: asked,
        Target.CHECK: {check.id for check in checks_of(catalogue, *frameworks)},
        Target.GATE: {f"{framework.id}/{gate.id}" for framework in frameworks for gate in framework.gates},
    }


def refuse_unaudited(given: Sequence[Judgements], submissions: Sequence[str]) -> None:
    """See that every submission that was judged is audited: no judgement is passed over in silence.

    Raises:
        JudgementsError: names every other one.
    """
    why = f"The audit holds {', '.join(submissions)}."
    fix = "Hand in what was judged, or leave its judgements out."
    problems = [
        Problem(ProblemKind.FILE, f"The submission '{name}' was judged and is not audited", "--judgements", why, fix)
        for name in (one.identity.submission_id for one in given)
        if name not in submissions
    ]
    if problems:
        raise JudgementsError(problems)


def decide(
    given: Judgements, submission: SubmissionResult, catalogue_sha256: str, day: date
) -> tuple[Decided, ReviewUsed]:
    """What counts of the judgements of a submission, and all of them with what became of each.

    Answers to questions rest on evidence, and hold for other data of the same submission too. What was judged of a
    check or a knock-out criterion rests on what the data showed: it counts only while data and checks are the same.
    """
    identity = given.identity
    same = identity.data_sha256 == data_sha256(submission.files) and identity.catalogue_sha256 == catalogue_sha256
    used = tuple(JudgedUsed(one, _state(one, same, day)) for one in given.judged)
    holding = [one.judged for one in used if one.state.holding]
    checks = {one.id: one.answer for one in holding if one.target is Target.CHECK}
    decided = Decided(
        answers={one.id: one.answer for one in holding},
        overruled=frozenset(name for name, answer in checks.items() if answer is Answer.YES),
        out_of_scope=frozenset(name for name, answer in checks.items() if answer is Answer.DOES_NOT_APPLY),
    )
    return decided, ReviewUsed(
        state=given.state if same else AuditState.DRAFT,
        judged=used,
        stated=given.stated,
        population=given.sample.population,
        drawn=len(given.sample.drawn),
        confidence=given.sample.confidence,
        margin=given.sample.margin,
        seed=given.sample.seed,
        read=given.read,
        conclusions=given.conclusions,
        people=given.people,
        differences=given.differences,
        agreement=given.agreement,
    )


def _state(judged: Judged, same_audit: bool, day: date) -> JudgedState:
    if judged.target is not Target.QUESTION and not same_audit:
        return JudgedState.OTHER_AUDIT
    if judged.valid_until is None:
        return JudgedState.HOLDS
    if judged.valid_until < day:
        return JudgedState.ENDED
    return JudgedState.ENDS_SOON if judged.valid_until - day <= SOON else JudgedState.HOLDS
