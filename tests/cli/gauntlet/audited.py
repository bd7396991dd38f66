"""What an audit leaves of a hostile file and of what lies beside it, and what has to be true of both."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.gauntlet.files import Make


@dataclass(frozen=True)
class Told:
    """A problem that the audit tells, by the beginning of each of its parts."""

    what: str
    place: str
    why: str
    fix: str

    def is_in(self, problems: Sequence[dict[str, Any]]) -> bool:
        return any(
            problem["what"] == self.what
            and problem["place"] == self.place
            and problem["why"].casefold().startswith(self.why.casefold())
            and problem["fix"].startswith(self.fix)
            for problem in problems
        )


@dataclass(frozen=True)
class Case:
    """A file, and what becomes of it."""

    name: str
    file: str
    make: Make
    told: Told | None
    records: int = 0
    """Credentials read from it."""
    code: int = 3
    long: bool = False
    """It takes seconds to read."""


@dataclass(frozen=True)
class Audited:
    """What a run left."""

    code: int
    words: str
    folder: Path
    result: dict[str, Any]
    left: tuple[str, ...]
    """Names in the temporary folder."""
    peak: float = 0
    """Megabytes, where the run had a process of its own."""

    @property
    def problems(self) -> list[dict[str, Any]]:
        return [*self.result["run_problems"], *(p for one in self.result["submissions"] for p in one["problems"])]

    def records(self, path: Path) -> int:
        """Credentials read from a file."""
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        files = [file for one in self.result["submissions"] for file in one["files"]]
        return sum(file["records"] for file in files if file["sha256"] == digest)

    @property
    def all_records(self) -> int:
        return sum(one["credentials"] for one in self.result["submissions"])

    def submission(self, submission_id: str) -> dict[str, Any]:
        return next(one for one in self.result["submissions"] if one["submission_id"] == submission_id)


Audit = Callable[..., Audited]


def collect(code: int, words: str, out: Path, scratch: Path, peak: float = 0) -> Audited:
    written = out / "result.json"
    result = json.loads(written.read_text(encoding="utf-8")) if written.is_file() else {}
    assert result, f"exit code {code}\n{words}"
    return Audited(code, words, out, result, tuple(path.name for path in scratch.iterdir()), peak)


def assert_told(case: Case, audited: Audited, folder: Path) -> None:
    """The exit code, the words, the three good records and those of the file itself; nothing else."""
    assert "Traceback" not in audited.words
    assert audited.code == case.code, audited.words
    assert audited.records(folder / "credentials.csv") == 3
    assert audited.all_records == 3 + case.records
    if case.told:
        assert case.told.is_in(audited.problems), audited.problems
        if case.code == 3:
            words = " ".join(audited.words.split())  # lines are wrapped
            assert f"problem: {case.told.what} ({case.told.place})" in words
            assert f"why: {case.told.why}".casefold() in words.casefold()
            assert f"fix: {case.told.fix}" in words
    else:
        assert audited.problems == []
    assert audited.left == ()


def cases(*given: Case) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", given, ids=[case.name for case in given])


INSTEAD = "Hand in the data behind it: a table"
DAMAGED = "It is a damaged workbook or archive"
MEND = "Open it in a spreadsheet program, let it repair the file"
QUOTATION = "A cell is longer than 1,048,576 characters, or a quotation mark is not closed."
NOT_RECOGNISED = Told(
    "No table of credentials was recognised",
    "file 1",
    "No row holds column headings that are known",
    "Run 'qa-toolkit inspect'",
)


def not_read(why: str, fix: str) -> Told:
    return Told("A file was not read", "file 1", why, fix)


def no_table(why: str, fix: str) -> Told:
    return Told("A table cannot be read", "file 1", why, fix)


def left_out(row: int, why: str) -> Told:
    return Told("A row was left out", f"file 1, row {row}", why, "Look at the row")


def archive_refused(why: str) -> Told:
    return Told("An archive was not read", "an archive in the folder", why, "Unpack it yourself and hand in its files.")
