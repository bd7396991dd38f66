"""Registers in an audit: what was supplied, as the result tells it, and which checks lack an extract."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from qa_toolkit.catalogue.models import Catalogue, Check
from qa_toolkit.messages import Messages
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


def not_supplied(
    checks: Iterable[Check], catalogue: Catalogue, registers: Registers, messages: Messages
) -> dict[str, str]:
    """Check -> why it could not be checked, for those that need an extract of which no kind was supplied."""
    return {
        check.id: messages(
            "reason.no_register", kinds="; ".join(catalogue.registers[kind].title for kind in check.registers)
        )
        for check in checks
        if check.registers and registers.kinds.isdisjoint(check.registers)
    }
