"""Two reviewers, one audit: what they agree on, how far beyond chance, and what stays open between them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from qa_toolkit.decisions import Agreement, Answer, AuditState, Difference, Judged, ReadByHand, Stated
from qa_toolkit.judgement.judgements import Judgements, not_final_because

Item = TypeVar("Item")


def merge(one: Judgements, other: Judgements) -> Judgements:
    """The judgements of two reviewers of the same audit together.

    What only one of them answered is taken. What both answered alike stands with both names. What they answered
    differently stands nowhere: it is listed as a difference and stays open. Beyond draft only what both say counts.
    """
    theirs = {judged.key: judged for judged in other.judged}
    mine = {judged.key: judged for judged in one.judged}
    both = [key for key in mine if key in theirs]
    alike = {key for key in both if mine[key].answer is theirs[key].answer}
    judged = [
        _joined(mine[key], theirs[key]) if key in alike else mine[key]
        for key in mine
        if key in alike or key not in theirs
    ]
    judged += [theirs[key] for key in theirs if key not in mine]
    read, read_differently = _read(one.read, other.read)
    differences = (
        *(
            Difference(key[0], key[1], tuple((each[key].judge, each[key].answer) for each in (mine, theirs)))
            for key in both
            if key not in alike
        ),
        *read_differently,
    )
    people = _each_once((*one.people, *other.people))
    state = min(one.state, other.state, key=list(AuditState).index)
    if state is AuditState.FINAL and not_final_because(people, differences):
        state = AuditState.FACTUAL_CHECK
    return replace(
        one,
        state=state,
        judged=tuple(judged),
        stated=_stated(one.stated, other.stated),
        read=read,
        conclusions=_each_once((*one.conclusions, *other.conclusions)),
        people=people,
        differences=differences,
        agreement=agreement([(mine[key].answer, theirs[key].answer) for key in both]),
        notes=_notes(one, other),
    )


def agreement(pairs: Sequence[tuple[Answer, Answer]]) -> Agreement:
    """How far two reviewers agree, as Cohen's kappa: (observed - by chance) / (1 - by chance).

    By chance is what both would give alike if each kept the shares of their own answers and drew lots. Where both gave
    one and the same answer throughout there is nothing beyond chance to measure, and no kappa.
    """
    number = len(pairs)
    alike = sum(one is other for one, other in pairs)
    if not number:
        return Agreement(0, 0, None)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(first[answer] * second[answer] for answer in Answer) / number**2
    kappa = None if by_chance == 1 else (alike / number - by_chance) / (1 - by_chance)
    return Agreement(number, alike, kappa)


def stated_differently(one: Judgements, other: Judgements) -> tuple[Stated, ...]:
    """Statements of the provider that are not the same in both files: they can only come from one."""
    theirs = {stated.key: stated for stated in other.stated}
    return tuple(stated for stated in one.stated if theirs.get(stated.key, stated) != stated)


def _joined(one: Judged, other: Judged) -> Judged:
    """One judgement of two people; it holds as long as both say."""
    ends = [day for day in (one.valid_until, other.valid_until) if day is not None]
    explanation = (
        one.explanation if one.explanation == other.explanation else f"{one.explanation} / {other.explanation}"
    )
    also = () if one.judge.casefold() == other.judge.casefold() else (other.judge,)
    return replace(one, explanation=explanation.strip(" /"), valid_until=min(ends, default=None), also=also)


def _read(
    one: Sequence[ReadByHand], other: Sequence[ReadByHand]
) -> tuple[tuple[ReadByHand, ...], tuple[Difference, ...]]:
    theirs = {read.number: read for read in other}
    kept: dict[int, ReadByHand] = {}
    differences = []
    for read in one:
        second = theirs.pop(read.number, None)
        if second is None or second.answer is read.answer:
            kept[read.number] = read
        else:
            answers = ((read.judge, read.answer), (second.judge, second.answer))
            differences.append(Difference("sample", str(read.number), answers))
    kept |= theirs
    return tuple(kept[number] for number in sorted(kept)), tuple(differences)


def _stated(one: Sequence[Stated], other: Sequence[Stated]) -> tuple[Stated, ...]:
    joined = {stated.key: stated for stated in other} | {stated.key: stated for stated in one}
    return tuple(joined.values())


def _each_once(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))


def _notes(one: Judgements, other: Judgements) -> dict[str, str]:
    keys = dict.fromkeys((*one.notes, *other.notes))
    return {
        key: "\n".join(dict.fromkeys(each.notes[key] for each in (one, other) if key in each.notes)) for key in keys
    }
