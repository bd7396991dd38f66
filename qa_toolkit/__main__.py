"""The console entry point: run the app, flush, and leave.

With Great Expectations and DuckDB in one process, the bindings print about leaked objects at interpreter exit. Nothing
but our own words goes to stderr, so the process leaves by ``os._exit`` once everything is written and cleaned up.
"""

import contextlib
import os
import sys


def main() -> None:
    """Run the command line and end the process with its exit code; no traceback reaches the user."""
    from qa_toolkit.cli.exit_codes import ExitCode
    from qa_toolkit.cli.interrupts import Interrupts

    code: int = ExitCode.CLEAN
    interrupts = Interrupts()
    interrupts.install()
    try:
        from qa_toolkit.cli.app import app

        app(prog_name="qa-toolkit")
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(bool(error.code))
        if isinstance(error.__context__, BrokenPipeError):
            code = ExitCode.CLEAN  # whoever read the output, such as 'head', had enough of it
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        pass
    except Exception as error:  # the last line of defence: a bug of ours must not print a learner's data
        if not interrupts.asked:  # else it is how a library says that it was interrupted
            sys.stderr.write(_bug_report(error))
        code = ExitCode.INTERNAL
    if interrupts.asked:
        sys.stderr.write("\nInterrupted. The records that had been read are removed; reports may be missing.\n")
        code = ExitCode.INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BrokenPipeError):
            stream.flush()
    os._exit(code)


def _bug_report(error: BaseException) -> str:
    """Where it happened, without values: an error message may quote the data."""
    import traceback
    from pathlib import Path

    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "unknown place"
    ours = [frame for frame in frames if "qa_toolkit" in frame.filename]
    where = f"{Path(ours[-1].filename).name}, line {ours[-1].lineno}" if ours else place
    return (
        f"error: the toolkit failed ({where})\n"
        f"  why: {type(error).__name__} at {place}; this is a mistake in the toolkit, not in your data\n"
        "  fix: please report these lines; nothing was judged\n"
    )


if __name__ == "__main__":
    main()
