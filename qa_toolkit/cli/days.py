"""A day typed as an option."""

from datetime import date

from qa_toolkit.cli.output import refuse_one
from qa_toolkit.messages import Messages


def day_of(text: str | None, command: str, messages: Messages) -> date:
    """The day that ``--as-of`` names, today where it names none; the command ends where it is no day."""
    try:
        return date.fromisoformat(text.strip()) if text else date.today()
    except ValueError:
        what, why, fix = (messages(f"day.not_one{part}", text=str(text)) for part in ("", ".why", ".fix"))
        refuse_one(what, command, why, fix, messages)
