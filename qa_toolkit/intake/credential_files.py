"""Files that hold credentials, whatever their format: documents one by one, rows in batches, problems told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.json_documents import Item, JsonError, items
from qa_toolkit.intake.json_kinds import (
    ENDORSEMENT,
    EUROPEAN_DIGITAL_CREDENTIAL,
    LEARNER_RECORD,
    OPEN_BADGE,
    OPEN_BADGE_2,
    kind_of,
)
from qa_toolkit.intake.limits import LARGEST_CELL
from qa_toolkit.intake.proofs import Proofs
from qa_toolkit.intake.reader import FileOutcome, HandedInFile
from qa_toolkit.intake.words import Words
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.store import RecordStore

BATCH = 2000
"""Records written at a time: memory stays bounded whatever is handed in."""
DOCUMENT = "document"
"""The evidence form of a file that is the credential: what is signed."""


class CredentialError(ValueError):
    """A document is no credential that can be read; the message says why, never what it holds."""


class CredentialFiles:
    """Reads the files of one format into ``credentials`` and ``origins``; a format says how one document is read."""

    format: str
    carried: tuple[str, ...]
    """Elements the format can hold, its extensions included."""
    fix: str
    """What to do with a document that cannot be read."""
    mixed = True
    """Whether documents of other formats may stand in one file with those of this one."""

    def __init__(self, words: Words, proofs: Proofs | None = None) -> None:
        self._words = words
        self._proofs = proofs

    def documents(self, path: Path) -> Iterator[Item]:
        """The documents of a file: of JSON, unless the format is another."""
        return items(path)

    def proof(self, item: Item) -> dict[str, Any]:
        """The columns on authenticity of a document that is a credential of its own."""
        return self._proofs.columns(item) if self._proofs is not None else {}

    def passed_over(self, file: HandedInFile, number: int) -> Problem:
        """What is told of documents that are no awards."""
        entries = "1 entry says" if number == 1 else f"{number:,} entries say"
        why = f"{entries} that it was failed or still goes on: nothing was awarded, and nothing is judged."
        return note(file, file.place, "Entries that are no awards were passed over", why, "Nothing needs to be done.")

    def records(self, item: Item) -> Iterator[tuple[str, str, Callable[[], Record]]]:
        """The records of a document: what a record id has behind that of the document, evidence form, how to read it.

        Raises:
            CredentialError: it holds none.
            JsonError: a signed payload in it is no JSON.
        """
        raise NotImplementedError

    def read(self, files: Sequence[HandedInFile], store: RecordStore) -> tuple[FileOutcome, ...]:
        """Append the credentials of every file; an outcome for each, in order."""
        outcomes = []
        rows: list[dict[str, Any]] = []
        origins: list[dict[str, Any]] = []
        for file in files:
            problems: list[Problem] = []
            read = 0
            for row, pointers in self._rows(file, problems):
                read += 1
                rows.append(row)
                key = {name: row[name] for name in ("submission_id", "source_file", "record_id")}
                origins += [{**key, "column_name": name, "origin": place} for name, place in pointers.items()]
                if len(rows) >= BATCH:
                    _flush(store, rows, origins)
            lost = any(problem.kind is not ProblemKind.NOTE for problem in problems)
            state = "partly_read" if read and lost else "refused" if lost else "read"
            carried = self.carried if read else ()
            outcomes.append(FileOutcome(file, self.format, state, read, carried, tuple(problems)))
        _flush(store, rows, origins)
        return tuple(outcomes)

    def _rows(self, file: HandedInFile, problems: list[Problem]) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
        nothing, passed_over = True, 0
        for item in self.documents(file.path):
            nothing = False
            if item.no_award:
                passed_over += 1
                continue
            place = f"{file.place}, {item.place}" if item.place else file.place
            if item.error is not None:
                problems.append(self._left_out(file, item, place, f"It is broken: {item.error}."))
                continue
            kind = kind_of(item.document) if self.mixed else self.format
            if kind == ENDORSEMENT:
                problems.append(_endorsement(file, place))
                continue
            if kind != self.format:
                problems.append(self._left_out(file, item, place, f"It is {_IN_WORDS.get(kind, kind)}."))
                continue
            if item.duplicate_keys:
                problems.append(_said_twice(file, place))
            yield from self._read_item(file, item, place, problems)
        if passed_over:
            problems.append(self.passed_over(file, passed_over))
        if nothing:
            problems.append(self._left_out(file, Item(None, ""), file.place, "It holds no credential."))

    def _read_item(
        self, file: HandedInFile, item: Item, place: str, problems: list[Problem]
    ) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
        proof: dict[str, Any] | None = None
        try:
            for suffix, form, read_record in self.records(item):
                try:
                    record = read_record()
                except _NOT_FOLLOWED as error:
                    problems.append(self._left_out(file, item, place, _not_followed(error)))
                    continue
                if _too_long(record.values):
                    why = f"A value of it is longer than {LARGEST_CELL}."
                    problems.append(self._left_out(file, item, place, why))
                    continue
                if proof is None and form == DOCUMENT and self._proofs is not None:
                    proof = self.proof(item)
                yield (
                    {
                        **record.values,
                        **(proof or {}),
                        "submission_id": file.submission_id,
                        "record_id": f"f{file.number}{item.suffix}{suffix}",
                        "source_file": file.number,
                        "source_place": item.place,
                        "source_format": self.format,
                        "evidence_form": form,
                    },
                    record.origins,
                )
        except JsonError as error:
            problems.append(self._left_out(file, item, place, f"Its payload is broken: {error}."))
        except CredentialError as error:
            problems.append(self._left_out(file, item, place, str(error)))
        except _NOT_FOLLOWED as error:
            problems.append(self._left_out(file, item, place, _not_followed(error)))

    def _left_out(self, file: HandedInFile, item: Item, place: str, why: str) -> Problem:
        """A whole file that cannot be read makes the audit incomplete; an item of several is left out."""
        kind, what = (ProblemKind.ROW, "An item was left out") if item.place else (ProblemKind.FILE, _NOT_READ)
        return Problem(kind, what, place, why, self.fix, file.number, file.submission_id)


_NOT_READ = "A file was not read"
_NOT_FOLLOWED = (RecursionError, TypeError, ValueError, OverflowError, AttributeError, LookupError)
"""What Python raises where a document is shaped as nobody foresaw."""


def _not_followed(error: Exception) -> str:
    return f"Its structure cannot be followed ({type(error).__name__})."


_IN_WORDS = {
    EUROPEAN_DIGITAL_CREDENTIAL: "a European Digital Credential among documents of another format",
    OPEN_BADGE: "an Open Badge of version 3 among documents of another format",
    OPEN_BADGE_2: "an Open Badge of version 2 among documents of another format",
    LEARNER_RECORD: "a Comprehensive Learner Record among documents of another format",
}


def _too_long(values: Mapping[str, Any]) -> bool:
    """Whether any text is longer than a value of a credential can be."""
    return any(
        isinstance(text, str) and len(text) > LARGEST_CELL.value
        for value in values.values()
        for text in (value if isinstance(value, list) else (value,))
    )


def _flush(store: RecordStore, rows: list[dict[str, Any]], origins: list[dict[str, Any]]) -> None:
    store.append("credentials", rows)
    store.append("origins", origins)
    rows.clear()
    origins.clear()


def _endorsement(file: HandedInFile, place: str) -> Problem:
    why = "It speaks for an award, an issuer or another statement, and is itself no award."
    return note(file, place, "An endorsement was passed over", why, "Nothing needs to be done.")


def _said_twice(file: HandedInFile, place: str) -> Problem:
    why = "Readers differ on which one counts; the last one was read."
    return note(file, place, "A property is said twice in one object", why, "Export the credential again.")


def note(file: HandedInFile, place: str, what: str, why: str, fix: str) -> Problem:
    """A problem that costs nothing."""
    return Problem(ProblemKind.NOTE, what, place, why, fix, file.number, file.submission_id)
