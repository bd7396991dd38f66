"""Text tables, read as one submission."""

from pathlib import Path
from typing import Any

from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.problems import Problem
from qa_toolkit.records.store import RecordStore
from qa_toolkit.resources import shipped_folder

VOCABULARIES = shipped_folder("checks") / "vocabularies"


class Read:
    """Contents of files, read as one submission."""

    def __init__(self, store: RecordStore, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.outcome: IntakeOutcome

    def __call__(self, *contents: bytes) -> "Read":
        for number, content in enumerate(contents, 1):
            (self.folder / f"{number}.csv").write_bytes(content)
        self.outcome = read_submissions([self.folder], self.store, [VOCABULARIES])
        return self

    def rows(self, columns: str) -> list[tuple[Any, ...]]:
        return self.store.connection.execute(
            f"SELECT {columns} FROM credentials ORDER BY source_file,"
            " CAST(regexp_extract(record_id, '[0-9]+$') AS INTEGER)"
        ).fetchall()

    @property
    def problems(self) -> list[Problem]:
        return [*self.outcome.problems, *self.outcome.run_problems]

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(problem.what, problem.place) for problem in self.problems]
