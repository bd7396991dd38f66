"""European Digital Credentials (European Learning Model v3, JSON-LD): sealed, unsealed, wrapped for upload.

A sealed file is a document; its payload is read from the signed text, byte for byte, and never written again. Anything
unsealed is a draft, even where it carries an issue date or a proof of another kind: the seal is what issues it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qa_toolkit.intake.elm_elements import gather, read_elements
from qa_toolkit.intake.elm_nodes import Document
from qa_toolkit.intake.json_documents import EUROPEAN_DIGITAL_CREDENTIAL, Item, JsonError, items, kind_of, parse
from qa_toolkit.intake.limits import LARGEST_CELL
from qa_toolkit.intake.reader import FileOutcome, HandedInFile
from qa_toolkit.intake.words import Words
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.store import RecordStore
from qa_toolkit.records.tables import ELEMENTS

BATCH = 2000
"""Records written at a time: memory stays bounded whatever is handed in."""


class EuropeanDigitalCredentials:
    """Reads European Digital Credentials into ``credentials`` and ``origins``."""

    format = EUROPEAN_DIGITAL_CREDENTIAL

    def __init__(self, words: Words) -> None:
        self._words = words

    def read(self, files: Sequence[HandedInFile], store: RecordStore) -> tuple[FileOutcome, ...]:
        """Append the credentials of every file; an outcome for each, in order."""
        outcomes = []
        rows: list[dict[str, Any]] = []
        origins: list[dict[str, Any]] = []
        for file in files:
            problems: list[Problem] = []
            read = 0
            for row, pointers in self._records(file, problems):
                read += 1
                rows.append(row)
                key = {name: row[name] for name in ("submission_id", "source_file", "record_id")}
                origins += [{**key, "column_name": name, "origin": place} for name, place in pointers.items()]
            lost = any(problem.kind is not ProblemKind.NOTE for problem in problems)
            state = "refused" if not read else "partly_read" if lost else "read"
            outcomes.append(FileOutcome(file, self.format, state, read, ELEMENTS if read else (), tuple(problems)))
            if len(rows) >= BATCH:
                _flush(store, rows, origins)
        _flush(store, rows, origins)
        return tuple(outcomes)

    def _records(self, file: HandedInFile, problems: list[Problem]) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
        for item in items(file.path):
            place = f"{file.place}, item {item.number}" if item.number else file.place
            if item.error is not None:
                problems.append(_problem(file, item, place, f"It is broken: {item.error}."))
                continue
            kind = kind_of(item.document)
            if kind != EUROPEAN_DIGITAL_CREDENTIAL:
                problems.append(_problem(file, item, place, f"It is {kind}."))
                continue
            if item.duplicate_keys:
                problems.append(_said_twice(file, place))
            yield from self._read_item(file, item, place, problems)

    def _read_item(
        self, file: HandedInFile, item: Item, place: str, problems: list[Problem]
    ) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
        try:
            credential, pointer, form = _unwrap(item)
        except JsonError as error:
            problems.append(_problem(file, item, place, f"Its payload is broken: {error}."))
            return
        document = Document(credential, pointer)
        subjects = [subject for subject in document.root.all("credentialSubject") if isinstance(subject.value, dict)]
        if not subjects:
            problems.append(
                _problem(file, item, place, "It names no credentialSubject, so it says nothing of a learner.")
            )
            return
        for number, subject in enumerate(subjects, 1):
            try:
                record = read_elements(gather(document.root, subject), self._words)
            except (RecursionError, TypeError, ValueError, OverflowError) as error:
                why = f"Its structure cannot be followed ({type(error).__name__})."
                problems.append(_problem(file, item, place, why))
                continue
            if _too_long(record.values):
                problems.append(_problem(file, item, place, f"A value of it is longer than {LARGEST_CELL}."))
                continue
            suffix = f"-i{item.number}" if item.number else ""
            suffix += f"-s{number}" if len(subjects) > 1 else ""
            yield (
                {
                    **record.values,
                    "submission_id": file.submission_id,
                    "record_id": f"f{file.number}{suffix}",
                    "source_file": file.number,
                    "source_place": f"item {item.number}" if item.number else "",
                    "source_format": self.format,
                    "evidence_form": form,
                },
                record.origins,
            )


def _unwrap(item: Item) -> tuple[dict[str, Any], str, str]:
    """The credential in an item, its pointer, and its evidence form.

    Raises:
        JsonError: the payload of a sealed one is no JSON.
    """
    document, pointer = item.document, item.pointer
    if "payload" in document:
        payload, _ = parse(document["payload"])
        return payload, f"{pointer}/payload#", "document"
    if isinstance(document.get("credential"), dict):
        inner = Item(item.number, f"{pointer}/credential", document["credential"])
        credential, place, form = _unwrap(inner)
        return credential, place, form
    return document, pointer, "draft"


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


def _problem(file: HandedInFile, item: Item, place: str, why: str) -> Problem:
    """A whole file that cannot be read makes the audit incomplete; an item of several is left out."""
    kind, what = (ProblemKind.ROW, "An item was left out") if item.number else (ProblemKind.FILE, "A file was not read")
    fix = "Export the credential again as JSON (European Learning Model v3) and hand it in."
    return Problem(kind, what, place, why, fix, file.number, file.submission_id)


def _said_twice(file: HandedInFile, place: str) -> Problem:
    return Problem(
        ProblemKind.NOTE,
        "A property is said twice in one object",
        place,
        "Readers differ on which one counts; the last one was read.",
        "Export the credential again.",
        file.number,
        file.submission_id,
    )
