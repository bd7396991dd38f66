"""What ``qa-toolkit frameworks`` prints, as lines for people and as documents for machines."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from qa_toolkit.catalogue.coverage import FrameworkCoverage, SeenBy
from qa_toolkit.catalogue.difference import Difference, Kind
from qa_toolkit.catalogue.models import Adoption, Agreement, Catalogue, Framework, Source, StandardKind
from qa_toolkit.cli.output import wrapped
from qa_toolkit.messages import Messages
from qa_toolkit.report.view_cross_walk import CrossWalk

_TITLE, _SHARE = 28, 10
_LISTS = ("checks", "questions")
"""Keys whose differences say what went and what came."""


def list_lines(catalogue: Catalogue, m: Messages) -> Iterator[str]:
    """Every framework with its size and who agreed it; then the schemes of the register."""
    for framework in catalogue.frameworks.values():
        yield from wrapped(f"{framework.id}  {framework.title} ({framework.version})", later="  ")
        yield from wrapped(_size(framework, m), "  ")
        yield from _agreed(catalogue.agreements.get(framework.id), framework.adoption, m)
    schemes = [one for one in catalogue.agreements.values() if one.kind is StandardKind.SCHEME]
    if schemes:
        yield ""
        yield m("frameworks.schemes")
    for scheme in schemes:
        yield from wrapped(f"{scheme.standard}  {scheme.title}", later="  ")
        yield from _agreed(scheme, None, m)


def list_json(catalogue: Catalogue) -> dict[str, Any]:
    """The same for machines."""
    return {
        "frameworks": [
            {
                "framework_id": one.id,
                "title": one.title,
                "version": one.version,
                "source": one.source,
                "grouped_by": one.grouped_by.value,
                "groups": len(one.principles),
                "criteria": sum(len(group.criteria) for group in one.principles),
                "adoption": asdict(one.adoption) if one.adoption else None,
            }
            for one in catalogue.frameworks.values()
        ],
        "agreements": [asdict(one) for one in catalogue.agreements.values()],
    }


def show_lines(framework: Framework, catalogue: Catalogue, m: Messages) -> Iterator[str]:
    """The criteria of a framework in their groups."""
    yield from wrapped(f"{framework.id}  {framework.title} ({framework.version})", later="  ")
    yield from wrapped(framework.source, "  ")
    yield from _agreed(catalogue.agreements.get(framework.id), framework.adoption, m)
    indent = " " * (2 + _longest(framework) + 1)
    for group in framework.principles:
        yield ""
        yield from wrapped(f"{group.number} {group.title}", later="  ")
        for criterion in group.criteria:
            yield from wrapped(criterion.title, f"  {criterion.id:<{_longest(framework)}} ", indent)
            named = ", ".join((*criterion.checks, *criterion.questions)) or m("terminal.no_checks")
            weight = m("terminal.weight", weight=m.number(criterion.weight))
            yield from wrapped(f"{weight}; {m(f'mode.{criterion.mode.value}')}; {named}", indent)
            yield from wrapped(m("frameworks.source", sources="; ".join(map(_cited, criterion.sources))), indent)


def coverage_lines(covered: FrameworkCoverage, m: Messages) -> Iterator[str]:
    """A row for each group: shares, and the tables of its scoring checks."""
    framework = covered.framework
    yield from wrapped(f"{framework.title} ({framework.version})", later="  ")
    heads = "".join(f"{m(f'frameworks.coverage.{one.value}'):>{_SHARE}}" for one in SeenBy)
    yield f"  {'':<{_TITLE}}{heads}"
    for row in covered.groups:
        yield from _coverage_row(f"{row.group.number:>2} {row.group.title}", row.shares, m)
        told = ", ".join(f"{m(f'table.{table}')} {len(ids)}" for table, ids in row.scoring.items())
        yield from wrapped(
            f"{m('frameworks.coverage.scored_on')}: {told or m('frameworks.coverage.nowhere')}", " " * 5, " " * 7
        )
    yield from _coverage_row(f"   {m('frameworks.coverage.all')}", covered.shares, m)
    yield ""
    if covered.unseen:
        yield from wrapped(m("frameworks.coverage.unseen", criteria=", ".join(one.id for one in covered.unseen)))
    yield from wrapped(m("frameworks.coverage.reading"))


def coverage_json(covered: FrameworkCoverage) -> dict[str, Any]:
    """The same for machines, criterion by criterion; shares of 1."""
    return {
        "framework_id": covered.framework.id,
        "version": covered.framework.version,
        "shares": _rounded(covered.shares),
        "groups": [
            {
                "key": row.group.key,
                "number": row.group.number,
                "title": row.group.title,
                "weight": row.group.weight,
                "shares": _rounded(row.shares),
                "scoring_checks": {table: list(ids) for table, ids in row.scoring.items()},
                "criteria": [
                    {
                        "criterion_id": one.criterion.id,
                        "weight": one.criterion.weight,
                        "mode": one.criterion.mode.value,
                        "seen_by": one.seen_by.value,
                        "checks": list(one.criterion.checks),
                        "questions": list(one.criterion.questions),
                    }
                    for one in row.criteria
                ],
            }
            for row in covered.groups
        ],
    }


def difference_lines(found: Sequence[Difference], m: Messages) -> Iterator[str]:
    """A line for each thing that differs."""
    if not found:
        yield m("frameworks.same")
        return
    nothing = m("frameworks.diff.nothing")
    for one in found:
        key = "list" if one.kind is Kind.CHANGED and one.key in _LISTS else one.kind.value
        words: dict[str, Any] = {name: value or nothing for name, value in asdict(one).items()}
        yield from wrapped(m(f"frameworks.diff.{key}", **words), later="    ")
    yield m("frameworks.diff.counted", n=len(found))


def cross_walk_lines(walk: CrossWalk, m: Messages) -> Iterator[str]:
    """Each criterion of the first, with those of the other that it touches."""
    first, other = walk.first.framework_id, walk.other.framework_id
    for row in walk.rows:
        yield from wrapped(f"{row.criterion.criterion_id}  {row.criterion.title}", later="    ")
        for touch in row.touches:
            shared = ", ".join((*touch.checks, *touch.questions))
            text = f"{touch.criterion.criterion_id}  {touch.criterion.title} ({shared})"
            yield from wrapped(text, "    ", "        ")
        if not row.touches:
            yield "    " + m("frameworks.cross_walk.empty_row", framework=other)
    yield ""
    words: dict[str, Any] = {"first": first, "other": other}
    yield from wrapped(m("frameworks.cross_walk.counted", n=len(walk.rows), empty=m.number(walk.empty), **words))
    if walk.untouched:
        ids = ", ".join(criterion.criterion_id for _, criterion in walk.untouched)
        yield from wrapped(m("frameworks.cross_walk.untouched", criteria=ids, **words))


def cross_walk_json(walk: CrossWalk) -> dict[str, Any]:
    """The same for machines."""
    return {
        "first": walk.first.framework_id,
        "other": walk.other.framework_id,
        "rows": [
            {
                "criterion_id": row.criterion.criterion_id,
                "touches": [
                    {
                        "criterion_id": touch.criterion.criterion_id,
                        "checks": list(touch.checks),
                        "questions": list(touch.questions),
                    }
                    for touch in row.touches
                ],
            }
            for row in walk.rows
        ],
        "untouched": [criterion.criterion_id for _, criterion in walk.untouched],
    }


def _size(framework: Framework, m: Messages) -> str:
    groups = m(f"frameworks.groups.{framework.grouped_by.value}", n=len(framework.principles))
    return m("frameworks.listed", n=sum(len(group.criteria) for group in framework.principles), groups=groups)


def _agreed(agreement: Agreement | None, adoption: Adoption | None, m: Messages) -> Iterator[str]:
    if agreement is None:
        yield from wrapped(m("frameworks.not_agreed"), "  ")
    else:
        key = "agreed_until" if agreement.until else "agreed_since" if agreement.since else "agreed"
        words: dict[str, Any] = {"by": agreement.agreed_by, "since": agreement.since, "until": agreement.until}
        yield from wrapped(m(f"frameworks.{key}", **words), "  ")
        if agreement.note:
            yield from wrapped(agreement.note, "  ")
    adoptions = [*(agreement.adoptions if agreement else ()), *([adoption] if adoption else ())]
    for one in adoptions:
        key = "adopted_until" if one.until else "adopted"
        words = {"by": one.by, "basis": one.legal_basis, "since": one.since, "until": one.until}
        yield from wrapped(m(f"frameworks.{key}", **words), "  ")
    if not adoptions:
        yield from wrapped(m("frameworks.orientation"), "  ")


def _coverage_row(title: str, shares: Mapping[SeenBy, float], m: Messages) -> Iterator[str]:
    figures = "".join(f"{m.share(shares[one]):>{_SHARE}}" for one in SeenBy)
    first, *rest = textwrap.wrap(title, _TITLE - 1, subsequent_indent="   ")
    yield f"  {first:<{_TITLE}}{figures}"
    for line in rest:
        yield f"  {line}"


def _rounded(shares: Mapping[SeenBy, float]) -> dict[str, float]:
    return {one.value: round(share, 4) for one, share in shares.items()}


def _longest(framework: Framework) -> int:
    return max(len(criterion.id) for group in framework.principles for criterion in group.criteria)


def _cited(source: Source) -> str:
    return ", ".join(part for part in (source.ref, source.place) if part)
