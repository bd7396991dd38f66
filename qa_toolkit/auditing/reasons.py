"""Why a check could not be checked or does not apply, where the check itself has no words for it."""

from collections.abc import Sequence

from qa_toolkit.catalogue.models import Framework
from qa_toolkit.catalogue.tailor import Tailored
from qa_toolkit.messages import Messages
from qa_toolkit.registers.extracts import Registers
from qa_toolkit.scoring.as_used import checks_of
from qa_toolkit.scoring.status import Reasons


def reasons_of(
    tailored: Tailored, frameworks: Sequence[Framework], registers: Registers, messages: Messages
) -> Reasons:
    """The sentences of a run: general ones, and those for checks that were switched off or lack a register."""
    return Reasons(
        not_applicable=messages("reason.not_applicable"),
        not_assessed=messages("reason.not_assessed"),
        broken=messages("reason.broken"),
        left_out=messages("reason.left_out"),
        not_handed_in={
            table: messages(f"reason.not_handed_in.{table}") for table in ("credentials", "offers", "providers")
        },
        not_supplied=_not_supplied(tailored, frameworks, registers, messages),
        switched_off={
            one.thing.of: messages("reason.switched_off", scheme=one.scheme.title, why=one.change.why)
            for one in tailored.changes
            if one.in_force and one.thing.of in tailored.switched_off
        },
    )


def _not_supplied(
    tailored: Tailored, frameworks: Sequence[Framework], registers: Registers, messages: Messages
) -> dict[str, str]:
    """Check -> the sentence, for those that need an extract of which no kind was supplied."""
    titles = {kind.id: kind.title for kind in tailored.catalogue.registers.values()}
    return {
        check.id: messages("reason.no_register", kinds="; ".join(titles[kind] for kind in check.registers))
        for check in checks_of(tailored.catalogue, *frameworks)
        if check.registers and registers.kinds.isdisjoint(check.registers)
    }
