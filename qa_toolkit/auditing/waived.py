"""Which findings of an audit its waivers accept, and what became of each waiver."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import duckdb

from qa_toolkit.decisions import WaiverRemark, WaiverUsed
from qa_toolkit.judgement.waivers import Waiver
from qa_toolkit.result import CaseKey, CheckOutcome
from qa_toolkit.scoring.accepted import Names, covers

_ROW = re.compile(r"\brow \d+")


@dataclass(frozen=True)
class Scope:
    """What of a submission a waiver looks at."""

    names: frozenset[str]
    """Its id, and the provider's name and identifier, in small letters."""
    files: Mapping[int, str]
    """Number of a file -> its sha256."""
    findings: Mapping[CaseKey, int]
    outcomes: Mapping[str, CheckOutcome]


@dataclass(frozen=True)
class _Found:
    """A finding that a waiver of single records may accept."""

    record_id: str
    place: str
    pattern: int
    key: CaseKey


@dataclass
class Accepted:
    """What the waivers that hold accept of a submission."""

    everywhere: Names = frozenset()
    parts: dict[int, dict[Names, int]] = field(default_factory=dict)
    """Number of a pattern -> what is accepted on some of its records -> how many."""

    @property
    def anything(self) -> bool:
        """Whether any finding is accepted."""
        return bool(self.everywhere or self.parts)


def apply_waivers(
    waivers: Sequence[Waiver], day: date, scopes: Mapping[str, Scope], connection: duckdb.DuckDBPyConnection
) -> tuple[dict[str, Accepted], tuple[WaiverUsed, ...]]:
    """What is accepted of each submission, and the waivers with what became of them.

    Args:
        waivers: all of them; only those that hold on the day accept anything.
        day: the day of the audit.
        scopes: by submission.
        connection: the run's database, with its table ``findings``.
    """
    accepted = {submission_id: Accepted() for submission_id in scopes}
    taken: dict[str, Counter[str]] = {waiver.id: Counter() for waiver in waivers}
    holding = [waiver for waiver in waivers if waiver.state(day).holding]
    for waiver in (one for one in holding if not one.records):
        for submission_id, scope in _reached(waiver, scopes):
            number = sum(n for key, n in scope.findings.items() if covers(waiver.scope, key))
            if number:
                taken[waiver.id][submission_id] = number
                accepted[submission_id].everywhere |= waiver.scope
    _accept_records([one for one in holding if one.records], scopes, connection, accepted, taken)
    return accepted, tuple(_used(waiver, day, scopes, taken[waiver.id]) for waiver in waivers)


def _reached(waiver: Waiver, scopes: Mapping[str, Scope]) -> Iterator[tuple[str, Scope]]:
    for submission_id, scope in scopes.items():
        if waiver.provider is None or waiver.provider.casefold() in scope.names:
            yield submission_id, scope


def _accept_records(
    waivers: Sequence[Waiver],
    scopes: Mapping[str, Scope],
    connection: duckdb.DuckDBPyConnection,
    accepted: dict[str, Accepted],
    taken: Mapping[str, Counter[str]],
) -> None:
    """Take the findings of single records out of their patterns."""
    if not waivers:
        return
    ids = sorted({check_id for waiver in waivers for check_id, _ in waiver.scope})
    rows = connection.execute(
        'SELECT submission_id, record_id, record_key, place, pattern, check_id, "case", table_name FROM findings'
        f" WHERE check_id IN ({', '.join('?' for _ in ids)})",
        ids,
    ).fetchall()
    found: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    naming: dict[tuple[str, str], set[str]] = defaultdict(set)
    for submission_id, record_id, record_key, place, pattern, *key in rows:
        found[submission_id, record_id].append(_Found(record_id, place, pattern, CaseKey(*key)))
        for text in (*_places(place), *([record_key] if record_key else [])):
            naming[submission_id, text.casefold()].add(record_id)
    of_record: dict[tuple[str, str, int], set[tuple[str, str | None]]] = defaultdict(set)
    for waiver in waivers:
        wanted = {" ".join(text.split()).casefold() for text in waiver.records}
        for submission_id, scope in _reached(waiver, scopes):
            # A text that stands for several records names none of them.
            named = {next(iter(records)) for text in wanted if len(records := naming[submission_id, text]) == 1}
            for finding in (one for record_id in sorted(named) for one in found[submission_id, record_id]):
                if not covers(waiver.scope, finding.key):
                    continue
                if waiver.file is not None and not _of_file(waiver.file, finding.place, scope):
                    continue
                taken[waiver.id][submission_id] += 1
                of_record[submission_id, finding.record_id, finding.pattern] |= {
                    pair for pair in waiver.scope if covers(frozenset({pair}), finding.key)
                }
    for (submission_id, _, pattern), names in of_record.items():
        parts = accepted[submission_id].parts.setdefault(pattern, {})
        parts[frozenset(names)] = parts.get(frozenset(names), 0) + 1


def _places(place: str) -> Iterator[str]:
    """A place as a finding names it, and without its cell: never so short that it would be a whole table."""
    steps = place.split(", ")
    has_row = bool(_ROW.search(place))
    for end in range(1, len(steps) + 1):
        shorter = ", ".join(steps[:end])
        if not has_row or _ROW.search(shorter):
            yield shorter


def _of_file(digits: str, place: str, scope: Scope) -> bool:
    number = re.match(r"file (\d+)", place)
    return number is not None and scope.files.get(int(number[1]), "").startswith(digits)


def _used(waiver: Waiver, day: date, scopes: Mapping[str, Scope], taken: Mapping[str, int]) -> WaiverUsed:
    state = waiver.state(day)
    remarks = [*waiver.over_broad]
    if any(_most(waiver, scopes[submission_id]) for submission_id in taken if not waiver.records):
        remarks.append(WaiverRemark.MOST_RECORDS)
    if state.holding and not taken:
        hashes = [sha256 for _, scope in _reached(waiver, scopes) for sha256 in scope.files.values()]
        other = waiver.file is not None and not any(sha256.startswith(waiver.file) for sha256 in hashes)
        remarks.insert(0, WaiverRemark.OTHER_FILE if other else WaiverRemark.UNUSED)
    return WaiverUsed(
        waiver_id=waiver.id,
        checks=waiver.checks,
        provider=waiver.provider,
        records=len(waiver.records) or None,
        reason=waiver.reason,
        approver=waiver.approver,
        since=waiver.since,
        expires=waiver.expires,
        state=state,
        accepted=dict(sorted(taken.items())),
        remarks=tuple(remarks),
    )


def _most(waiver: Waiver, scope: Scope) -> bool:
    """Whether it accepts more than half of the records that one of its checks applies to, and more than one."""
    found: Counter[str] = Counter()
    for key, number in scope.findings.items():
        if covers(waiver.scope, key):
            found[key.check_id] += number
    return any(n > 1 and n > scope.outcomes[check_id].applicable / 2 for check_id, n in found.items())
