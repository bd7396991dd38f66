"""From a filled workbook to judgements: every row held against its rules, all or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from qa_toolkit.decisions import (
    Answer,
    AuditState,
    Conclusion,
    ConclusionKind,
    Evidence,
    Judged,
    Method,
    PanelMember,
    PanelRole,
    ReadByHand,
    Stated,
    Target,
)
from qa_toolkit.judgement.cells import Words
from qa_toolkit.judgement.columns import SHEETS
from qa_toolkit.judgement.export import rows_of
from qa_toolkit.judgement.judgements import Judgements, JudgementsError, not_final_because
from qa_toolkit.judgement.review import Review
from qa_toolkit.judgement.sheets_back import Refusals, RowBack, belongs, facts_of, open_workbook, rows_back
from qa_toolkit.messages import Messages

Item = TypeVar("Item")

SETTLING = (Answer.YES, Answer.PARTLY, Answer.NO, Answer.DOES_NOT_APPLY)
"""Answers that need a reason and a method."""
_TARGETS = {"questions": Target.QUESTION, "checks": Target.CHECK, "gates": Target.GATE}
_WITH_AN_ANSWER = ("explanation", "method", "judge", "date", "valid_until")


def read_workbook(
    path: Path, review: Review, words: Words, day: date, m: Messages, evidence: Path | None = None
) -> Judgements:
    """The judgements of one filled workbook.

    Args:
        path: the workbook.
        review: what was sent out for this submission, drawn with the same seed.
        words: what is understood in cells of a choice.
        day: no judgement is dated later, and none may have ended by then.
        m: the language of the workbook and of messages.
        evidence: a folder of files that the provider handed in; their sha256 is computed.

    Raises:
        JudgementsError: names every cell that cannot be taken; nothing is imported then.
    """
    refusals = Refusals(m, path.name)
    book = open_workbook(path, refusals)
    if book is None or not belongs(facts_of(book), review.identity, refusals):
        raise JudgementsError(refusals.problems)
    sent = {(sheet.key, row): choices for sheet in SHEETS for row, _, choices in rows_of(sheet.key, review, m)}
    rows = rows_back(book, review.identity, sent, words, refusals, m)
    rules = _Rules(refusals, day, evidence, set(review.criterion_ids()))
    judged = _made(rules.judged(row) for key in _TARGETS for row in rows.get(key, ()))
    stated = _made(rules.stated(row) for key in ("questions", "checks") for row in rows.get(key, ()))
    places = [place for _, place in review.sample.drawn]
    read = _made(rules.read(row, places) for row in rows.get("sample", ()))
    conclusions = _made(rules.conclusion(row) for row in rows.get("conclusions", ()))
    people = _made(rules.person(row) for row in rows.get("people", ()))
    state = AuditState.DRAFT
    for row in rows.get("state", ()):
        state = AuditState(row.text("state") or AuditState.DRAFT)
        if state is AuditState.FINAL:
            for reason in not_final_because(people, ()):
                refusals.say(f"final.{reason}", row.places["state"])
    if refusals.problems:
        raise JudgementsError(refusals.problems)
    notes = {
        f"{_TARGETS[row.sheet].value if row.sheet in _TARGETS else row.sheet} {row.id}": note
        for key in (*_TARGETS, "sample")
        for row in rows[key]
        if (note := row.text("note")) is not None
    }
    return Judgements(
        identity=review.identity,
        state=state,
        judged=judged,
        stated=stated,
        sample=review.sample,
        read=read,
        conclusions=conclusions,
        people=people,
        notes=notes,
    )


@dataclass(frozen=True)
class Origin:
    """What a workbook says of itself before it is read."""

    submission_id: str
    seed: int
    confidence: float
    margin: float


def origin_of(path: Path, m: Messages) -> Origin:
    """Submission and sample that a workbook was written for.

    Raises:
        JudgementsError: it is no review workbook.
    """
    refusals = Refusals(m, path.name)
    book = open_workbook(path, refusals)
    facts: Mapping[str, str] = facts_of(book) if book is not None else {}
    try:
        return Origin(facts["submission"], int(facts["seed"]), float(facts["confidence"]), float(facts["margin"]))
    except (KeyError, ValueError):
        if book is not None:
            refusals.say("no_review", "")
        raise JudgementsError(refusals.problems) from None


def _made(items: Iterable[Item | None]) -> tuple[Item, ...]:
    """What rows came to, those that came to nothing left out."""
    return tuple(item for item in items if item is not None)


class _Rules:
    """What must stand together in a row, and which days are possible."""

    def __init__(self, refusals: Refusals, day: date, evidence: Path | None, criteria: set[str]) -> None:
        self._refusals = refusals
        self._day = day
        self._evidence = evidence
        self._criteria = criteria

    def judged(self, row: RowBack) -> Judged | None:
        answer = row.text("answer")
        if answer is None:
            if row.cells["answer"].empty and any(not row.cells[key].empty for key in _WITH_AN_ANSWER):
                self._refusals.say("answer_missing", row.places["answer"], row=row.id)
            return None
        given = Answer(answer)
        needed = ("explanation", "method", "judge", "date") if given in SETTLING else ("judge", "date")
        if not self._there(row, needed) or not self._days(row):
            return None
        on = row.cells["date"].day
        assert on is not None
        method = row.text("method")
        return Judged(
            target=_TARGETS[row.sheet],
            id=row.id,
            answer=given,
            explanation=row.text("explanation") or "",
            method=Method(method) if method else None,
            judge=row.text("judge") or "",
            on=on,
            valid_until=row.cells["valid_until"].day,
        )

    def stated(self, row: RowBack) -> Stated | None:
        answer = row.text("statement") if "statement" in row.cells else None
        evidence = self._evidence_of(row) if "evidence_title" in row.cells else None
        text = row.text("statement_text")
        if answer is None and text is None and evidence is None:
            return None
        return Stated(_TARGETS[row.sheet], row.id, Answer(answer) if answer else None, text, evidence)

    def read(self, row: RowBack, places: Sequence[str]) -> ReadByHand | None:
        answer = row.text("answer")
        if answer is None:
            beside = ("explanation", "judge", "date")
            if row.cells["answer"].empty and any(not row.cells[key].empty for key in beside):
                self._refusals.say("answer_missing", row.places["answer"], row=row.id)
            return None
        given = Answer(answer)
        needed = ("explanation", "judge", "date") if given in (Answer.NO, Answer.PARTLY) else ("judge", "date")
        if not self._there(row, needed) or not self._days(row):
            return None
        on = row.cells["date"].day
        assert on is not None
        number = int(row.id)
        return ReadByHand(number, places[number - 1], given, row.text("explanation"), row.text("judge") or "", on)

    def conclusion(self, row: RowBack) -> Conclusion | None:
        if row.empty:
            return None
        kind = row.text("kind")
        needed = ["kind", "text"] + (["deadline", "owner"] if kind == ConclusionKind.CONDITION else [])
        criterion = row.text("criterion")
        if criterion is not None and criterion not in self._criteria:
            self._refusals.say("criterion", row.places["criterion"])
        if not self._there(row, needed):
            return None
        return Conclusion(
            ConclusionKind(kind or ""),
            criterion,
            row.text("text") or "",
            row.cells["deadline"].day,
            row.text("owner"),
        )

    def person(self, row: RowBack) -> PanelMember | None:
        if row.empty:
            return None
        conflict = row.text("conflict")
        needed = ["role", "name"] + (["conflict_text"] if conflict == "declared" else [])
        if row.cells["signed"].day is not None:
            needed.append("conflict")
        if not self._there(row, needed) or not self._days(row):
            return None
        return PanelMember(
            role=PanelRole(row.text("role") or ""),
            name=row.text("name") or "",
            function=row.text("function"),
            conflict_declared=None if conflict is None else conflict == "declared",
            conflict=row.text("conflict_text"),
            signed=row.cells["signed"].day,
        )

    def _evidence_of(self, row: RowBack) -> Evidence | None:
        if all(row.cells[f"evidence_{part}"].empty for part in ("title", "date", "place", "sha256")):
            return None
        day = row.cells["evidence_date"].day
        if not self._there(row, ("evidence_title",)):
            return None
        if day is not None and day > self._day:
            self._refusals.say("later", row.places["evidence_date"])
        place, typed = row.text("evidence_place"), row.text("evidence_sha256")
        computed = self._digest(place)
        if typed is not None and computed is None:
            self._refusals.say("sha256_unseen", row.places["evidence_sha256"])
        elif typed is not None and typed != computed:
            self._refusals.say("sha256_differs", row.places["evidence_sha256"])
        return Evidence(row.text("evidence_title") or "", day, place, computed)

    def _digest(self, place: str | None) -> str | None:
        """The sha256 of a file of that name in the folder of evidence; None where there is none."""
        if place is None or self._evidence is None or Path(place).name != place or place.startswith("."):
            return None
        file = self._evidence / place
        return sha256(file.read_bytes()).hexdigest() if file.is_file() and not file.is_symlink() else None

    def _there(self, row: RowBack, keys: Sequence[str]) -> bool:
        missing = [key for key in keys if row.cells[key].empty]
        for key in missing:
            self._refusals.say(f"missing.{key}", row.places[key], row=row.id)
        return not missing and not any(row.cells[key].refused for key in keys)

    def _days(self, row: RowBack) -> bool:
        """No judgement comes from the future, ends before it was made, or has ended."""
        fine = True
        for key in ("date", "signed"):
            on = row.cells[key].day if key in row.cells else None
            if on is not None and on > self._day:
                self._refusals.say("later", row.places[key])
                fine = False
        until = row.cells["valid_until"].day if "valid_until" in row.cells else None
        if until is not None:
            on = row.cells["date"].day
            if on is not None and until < on:
                self._refusals.say("ends_before", row.places["valid_until"])
                fine = False
            elif until < self._day:
                self._refusals.say("expired", row.places["valid_until"])
                fine = False
        return fine
