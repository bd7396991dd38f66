"""One audit, stage by stage: seconds of each and the peak memory of the process.

python -m benchmarks.stages FOLDER OUTPUT
"""

import itertools
import json
import os
import resource
import sys
import time
from datetime import date
from pathlib import Path

from qa_toolkit.auditing import audit


def main(folder: Path, output: Path) -> None:
    """Audit and print the time between the steps the audit names."""
    from qa_toolkit.engine import counts  # noqa: F401  Great Expectations' import is measured apart

    marks: list[tuple[str, float]] = []

    def mark(step: str) -> None:
        marks.append((step, time.perf_counter()))

    start = time.perf_counter()
    finished = audit([folder], output, as_of=date(2026, 9, 30), progress=mark)
    mark("end")
    seconds = {step: after - at for (step, at), (_, after) in itertools.pairwise(marks)}
    failed = {
        f"{outcome.check_id}{':' + case.case if case.case else ''}": case.failed
        for outcome in finished.result.submissions[0].checks
        for case in outcome.cases
    }
    result = {
        "seconds": seconds,
        "whole": marks[-1][1] - start,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "failed": failed,
        "findings": finished.result.submissions[0].findings + finished.result.submissions[0].notes,
    }
    print(json.dumps(result))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
