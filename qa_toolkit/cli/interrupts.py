"""Ctrl-C that is never lost: asked for once, it ends the run, whoever swallowed the exception.

DuckDB turns an interrupt inside a query into an error of its own, and Great Expectations turns errors of a query into
results. So the handler remembers that it was called, and the next step of the audit ends the run if nothing else did.
The state lives where the process keeps it anyway: in its table of signal handlers.
"""

import signal
from types import FrameType


class Interrupts:
    """A handler for SIGINT and SIGTERM that raises ``KeyboardInterrupt`` and remembers it."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        """Called by the interpreter."""
        self.asked = True
        raise KeyboardInterrupt

    def install(self) -> None:
        """Handle both signals: ended from outside, the private folder with the records must go as well."""
        signal.signal(signal.SIGINT, self)
        signal.signal(signal.SIGTERM, self)


def stop_if_asked() -> None:
    """Raise ``KeyboardInterrupt`` if the user asked to stop and the interrupt was swallowed."""
    handler = signal.getsignal(signal.SIGINT)
    if isinstance(handler, Interrupts) and handler.asked:
        raise KeyboardInterrupt
