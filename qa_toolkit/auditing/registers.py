"""Registers in an audit: what was supplied and what it says of the awards, as the result tells it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from qa_toolkit.records.register_summaries import RegisterCount
from qa_toolkit.registers.extracts import Registers
from qa_toolkit.result import RegisterAnswer, RegisterUsed


def registers_used(registers: Registers, as_of: date) -> tuple[RegisterUsed, ...]:
    """Each extract with its age on the day of the audit, in the order of their files."""
    return tuple(
        RegisterUsed(
            file=extract.file,
            kind=extract.kind.id,
            title=extract.kind.title,
            source=extract.source,
            licence=extract.licence,
            day=extract.day,
            age_days=extract.age(as_of),
            stale_after_days=extract.stale_after_days,
            stale=extract.is_stale(as_of),
            rows=len(extract.rows),
            sha256=extract.sha256,
        )
        for extract in registers.extracts
    )


def register_answers(counts: Iterable[RegisterCount]) -> tuple[RegisterAnswer, ...]:
    """What the result says of the awards of a submission."""
    return tuple(RegisterAnswer(**asdict(one)) for one in counts)
