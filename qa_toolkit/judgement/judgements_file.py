"""``judgements.yaml`` written and read: plain keys that people can look at, every mistake with its line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from qa_toolkit.catalogue.fields import Fields
from qa_toolkit.catalogue.yaml_nodes import read_yaml
from qa_toolkit.decisions import (
    Agreement,
    Answer,
    AuditState,
    Conclusion,
    ConclusionKind,
    Difference,
    Evidence,
    Judged,
    Method,
    PanelMember,
    PanelRole,
    ReadByHand,
    Stated,
    Target,
)
from qa_toolkit.judgement.judgements import VERSION, Judgements, JudgementsError, not_final_because
from qa_toolkit.judgement.review import Identity
from qa_toolkit.judgement.sample import DrawnSample
from qa_toolkit.problems import Problem, ProblemKind

Item = TypeVar("Item")
Choice = TypeVar("Choice", bound=StrEnum)
_HEAD = """# Judgements of one submission, written by 'qa-toolkit review import'. The notes at its end are internal:
# keep this file where the agency keeps its working papers.
"""


def to_yaml(judgements: Judgements) -> str:
    """The judgements as text: the same for the same judgements."""
    identity = judgements.identity
    document = {
        "judgements_version": VERSION,
        "submission": identity.submission_id,
        "audit": identity.audit_id,
        "as_of": identity.as_of,
        "frameworks": dict(identity.frameworks),
        "catalogue_sha256": identity.catalogue_sha256,
        "data_sha256": identity.data_sha256,
        "state": judgements.state.value,
        "judged": _plain(judgements.judged),
        "stated": _plain(judgements.stated),
        "sample": {
            "seed": judgements.sample.seed,
            "confidence": judgements.sample.confidence,
            "margin": judgements.sample.margin,
            "population": judgements.sample.population,
            "drawn": [list(pair) for pair in judgements.sample.drawn],
        },
        "read": _plain(judgements.read),
        "conclusions": _plain(judgements.conclusions),
        "people": _plain(judgements.people),
        "differences": _plain(judgements.differences),
        "agreement": _plain(judgements.agreement),
        "notes": dict(sorted(judgements.notes.items())),
    }
    kept = {key: value for key, value in document.items() if value not in (None, [], {})}
    return _HEAD + yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100)


def write_judgements(judgements: Judgements, path: Path) -> None:
    """Write the file, whole or not at all."""
    text = to_yaml(judgements)
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def read_judgements(path: Path) -> tuple[Judgements, ...]:
    """The judgements of a file, or of every ``.yaml`` of a folder.

    Raises:
        JudgementsError: with every mistake of every file; two files on one submission are one.
    """
    problems: list[Problem] = []
    paths = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not paths or not all(one.is_file() for one in paths):
        why, fix = "Nothing was found at this path.", "Give the file that 'qa-toolkit review import' wrote."
        problems.append(Problem(ProblemKind.FILE, "There are no judgements to read", str(path), why, fix))
        raise JudgementsError(problems)
    found: dict[str, Judgements] = {}
    for one in paths:
        read = _read(one, problems)
        if read is None:
            continue
        name = read.identity.submission_id
        if name in found:
            why, fix = f"Another file judges {name} already.", "Merge them with 'qa-toolkit review import'."
            problems.append(Problem(ProblemKind.FILE, "One submission is judged twice", one.name, why, fix))
        found[name] = read
    if problems:
        raise JudgementsError(problems)
    return tuple(found.values())


def _read(path: Path, problems: list[Problem]) -> Judgements | None:
    before = len(problems)
    located = read_yaml(path.read_bytes(), path.name, problems)
    if located is None:
        return None
    fields = Fields(located, problems)
    version = fields.text("judgements_version")
    if version != VERSION:
        why, fix = f"This version of the toolkit reads {VERSION}.", "Import the workbooks again."
        fields.refuse("judgements_version", "The file is of another version", why, fix)
        return None
    people = _items(fields, "people", _person)
    differences = _items(fields, "differences", _difference)
    state = fields.choice("state", AuditState) or AuditState.DRAFT
    if state is AuditState.FINAL and not_final_because(people, differences):
        why = "Final needs two named people who signed, one of them the lead reviewer, and no open difference."
        fields.refuse("state", "The audit is not final", why, "Write draft or factual_check, or have it signed.")
    fields.text("audit")
    judgements = Judgements(
        identity=Identity(
            submission_id=fields.text("submission"),
            as_of=fields.day("as_of"),
            frameworks=tuple((str(key), str(value)) for key, value in fields.plain_mapping("frameworks").items()),
            catalogue_sha256=fields.text("catalogue_sha256"),
            data_sha256=fields.text("data_sha256"),
        ),
        state=state,
        judged=_items(fields, "judged", _judged),
        stated=_items(fields, "stated", _stated),
        sample=_sample(fields),
        read=_items(fields, "read", _read_by_hand),
        conclusions=_items(fields, "conclusions", _conclusion),
        people=people,
        differences=differences,
        agreement=_agreement(fields),
        notes={str(key): str(value) for key, value in fields.plain_mapping("notes").items()},
    )
    fields.finish()
    return judgements if len(problems) == before else None


def _items(fields: Fields, key: str, make: Callable[[Fields], Item]) -> tuple[Item, ...]:
    made = []
    for item in fields.items(key):
        made.append(make(item))
        item.finish()
    return tuple(made)


def _judged(item: Fields) -> Judged:
    judged = Judged(
        target=item.choice("target", Target) or Target.QUESTION,
        id=item.text("id"),
        answer=item.choice("answer", Answer) or Answer.NOT_YET,
        explanation=item.text("explanation", ""),
        method=_choice(item, "method", Method),
        judge=item.text("judge"),
        on=item.day("on"),
        valid_until=_day(item, "valid_until"),
        also=item.texts("also"),
    )
    if judged.answer in (Answer.YES, Answer.PARTLY, Answer.NO, Answer.DOES_NOT_APPLY) and not judged.explanation:
        item.refuse("explanation", "A judgement has no explanation", "It could not be defended.", "Write the reason.")
    return judged


def _stated(item: Fields) -> Stated:
    evidence = item.mapping("evidence")
    named = None
    if evidence is not None:
        named = Evidence(
            title=evidence.text("title"),
            day=_day(evidence, "day"),
            place=evidence.text_or_none("place"),
            sha256=evidence.text_or_none("sha256"),
        )
        evidence.finish()
    return Stated(
        target=item.choice("target", Target) or Target.QUESTION,
        id=item.text("id"),
        answer=_choice(item, "answer", Answer),
        text=item.text_or_none("text"),
        evidence=named,
    )


def _sample(fields: Fields) -> DrawnSample:
    item = fields.mapping("sample", required=True)
    if item is None:
        return DrawnSample(0, 0, 0, 0, ())
    drawn = item.plain("drawn") or []
    sample = DrawnSample(
        seed=int(item.number("seed")),
        confidence=item.number("confidence"),
        margin=item.number("margin"),
        population=int(item.number("population")),
        drawn=tuple((str(pair[0]), str(pair[1])) for pair in drawn if isinstance(pair, list) and len(pair) == 2),
    )
    item.finish()
    return sample


def _read_by_hand(item: Fields) -> ReadByHand:
    return ReadByHand(
        number=int(item.number("number")),
        place=item.text("place"),
        answer=item.choice("answer", Answer) or Answer.DO_NOT_KNOW,
        explanation=item.text_or_none("explanation"),
        judge=item.text("judge"),
        on=item.day("on"),
    )


def _conclusion(item: Fields) -> Conclusion:
    return Conclusion(
        kind=item.choice("kind", ConclusionKind) or ConclusionKind.RECOMMENDATION,
        criterion_id=item.text_or_none("criterion_id"),
        text=item.text("text"),
        deadline=_day(item, "deadline"),
        owner=item.text_or_none("owner"),
    )


def _person(item: Fields) -> PanelMember:
    return PanelMember(
        role=item.choice("role", PanelRole) or PanelRole.REVIEWER,
        name=item.text("name"),
        function=item.text_or_none("function"),
        conflict_declared=item.flag("conflict_declared") if item.has("conflict_declared") else None,
        conflict=item.text_or_none("conflict"),
        signed=_day(item, "signed"),
    )


def _difference(item: Fields) -> Difference:
    pairs = item.plain("answers") or []
    answers = tuple((str(one[0]), Answer(one[1])) for one in pairs if len(one) == 2 and one[1] in tuple(Answer))
    return Difference(item.text("target"), item.text("id"), answers)


def _agreement(fields: Fields) -> Agreement | None:
    item = fields.mapping("agreement")
    if item is None:
        return None
    kappa = item.number("kappa") if item.has("kappa") else None
    agreement = Agreement(int(item.number("compared")), int(item.number("alike")), kappa)
    item.finish()
    return agreement


def _day(item: Fields, key: str) -> date | None:
    return item.day(key) if item.has(key) else None


def _choice(item: Fields, key: str, choices: type[Choice]) -> Choice | None:
    return item.choice(key, choices) if item.has(key) else None


def _plain(value: Any) -> Any:
    """Dataclasses as mappings, enumerations as words; what is empty is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((one.name, _plain(getattr(value, one.name))) for one in fields_of(value))
        return {key: plain for key, plain in pairs if plain not in (None, [], "")}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value
