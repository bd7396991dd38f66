"""The small interface between the files handed in and the readers of their formats."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qa_toolkit.intake.tables.found import FoundTable
from qa_toolkit.problems import Problem
from qa_toolkit.records.store import RecordStore

_KNOWN_SUFFIXES = frozenset(
    ".csv .tsv .txt .xlsx .xlsm .xlsb .xls .ods .parquet .json .jsonld .jsonl .xml .html .htm .pdf .png .jpg .jpeg .gif"
    " .svg .zip .gz .7z .rar .doc .docx .odt .rtf .ppt .pptx .odp .msg .eml .db .exe .jwt .ini .log .tmp".split()
)
"""Endings that may be shown: any other may be part of a name."""


@dataclass(frozen=True)
class HandedInFile:
    """A file of a submission. Its name may hold a learner's: show ``place``, never ``path``."""

    submission_id: str
    number: int
    """By sorted path within the submission, from 1."""
    path: Path
    sha256: str
    size: int

    @property
    def place(self) -> str:
        """How reports and messages name the file."""
        return f"file {self.number}"

    def findable(self, of: int) -> str:
        """What finds the file among those handed in without saying its name: place in order, kind and size."""
        tens = self.number % 100
        ending = "th" if 10 < tens < 14 else {1: "st", 2: "nd", 3: "rd"}.get(self.number % 10, "th")
        suffix = self.path.suffix.lower()
        kind = f"{suffix}, " if suffix in _KNOWN_SUFFIXES else ""
        return f"It is the {self.number:,}{ending} of {of:,} files by name ({kind}{self.size:,} bytes)."


@dataclass(frozen=True)
class FileOutcome:
    """What a reader made of a file."""

    file: HandedInFile
    format: str
    state: str
    """read, partly_read or refused."""
    records: int
    carried: tuple[str, ...]
    """Elements that the format, or the columns of this table, can hold."""
    problems: tuple[Problem, ...] = ()
    tables: tuple[FoundTable, ...] = ()
    """What its tables are; empty for what is no table."""


class Reader(Protocol):
    """Reads every file of one format in one call, so that ten thousand small files cost one write."""

    format: str

    def read(self, files: Sequence[HandedInFile], store: RecordStore) -> tuple[FileOutcome, ...]:
        """Append the files' records to ``credentials`` and ``origins``; an outcome for each file, in order."""
        ...
