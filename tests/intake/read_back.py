"""Files read as one submission, and what became of them."""

from pathlib import Path
from typing import Any, Self

from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.problems import Problem
from qa_toolkit.records.store import RecordStore
from qa_toolkit.resources import shipped_folder

VOCABULARIES = shipped_folder("checks") / "vocabularies"


class ReadBack:
    """A folder that is written by a test, read, and looked at."""

    def __init__(self, store: RecordStore, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.outcome: IntakeOutcome

    def again(self) -> Self:
        """Read the folder as it is now."""
        self.outcome = read_submissions([self.folder], self.store, [VOCABULARIES])
        return self

    def rows(self, columns: str, table: str = "credentials") -> list[tuple[Any, ...]]:
        return self.store.connection.execute(
            f"SELECT {columns} FROM {table} ORDER BY source_file, source_sheet,"
            " CAST(regexp_extract(record_id, '[0-9]+$') AS INTEGER)"
        ).fetchall()

    @property
    def problems(self) -> list[Problem]:
        return [*self.outcome.problems, *self.outcome.run_problems]

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(problem.what, problem.place) for problem in self.problems]
