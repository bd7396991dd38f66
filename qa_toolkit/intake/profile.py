"""A provider's profile: the sheet Provider of a workbook, or provider.yaml beside the files; keys with values.

What it can say lies in ``checks/vocabularies/provider_columns.csv``. All mistakes are told at once; what is right is
used. A profile whose values are all blank was not handed in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa_toolkit.intake.declarations import CHOICES
from qa_toolkit.intake.discover import PROFILE
from qa_toolkit.intake.reader import HandedInFile
from qa_toolkit.intake.tables.columns import TemplateColumn
from qa_toolkit.intake.tables.found import PROVIDER_SHEET
from qa_toolkit.intake.tables.normalise import KINDS, Context, split
from qa_toolkit.intake.tables.offer_values import READERS, WITHOUT_ELEMENT
from qa_toolkit.intake.tables.reader import LEAST_KEYS, pairs_of
from qa_toolkit.intake.tables.workbooks import is_workbook, open_workbook
from qa_toolkit.intake.words import Words, folded
from qa_toolkit.intake.yaml_documents import YamlError, read_mapping
from qa_toolkit.problems import Problem, ProblemKind, meant

RECORD = "profile"
"""The id of the one row of a submission."""
_COLUMN_OF = {
    "quality_assurance": "quality_assurance_types",
    "quality_assurance_body": "quality_assurance_bodies",
    "quality_assurance_reference": "quality_assurance_references",
}
"""Keys whose canonical column has another name."""
_FIELD = {
    "date": "day",
    "country": "codes",
    "isced": "codes",
    "quality_assurance": "types",
    "yes_no": "answer",
    "former_names": "names",
}
"""Kind of key -> what its reader gives that the canonical column holds."""
_SAY = {
    "date": ("The value is no date.", "Write it as 2026-09-30."),
    "country": ("A country is not on the list.", "Write an ISO 3166-1 code, for example DE."),
    "yes_no": ("The value is neither yes nor no.", "Write yes or no."),
    "provider_type": (
        "The value is not one of those that can be used.",
        f"Use one of {', '.join(CHOICES['provider_type'])}.",
    ),
}


@dataclass(frozen=True)
class Profile:
    """A row for ``providers``, rows for ``origins``, and what was wrong; without a row where nothing is said."""

    row: Mapping[str, Any] | None = None
    origins: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class _Reading:
    """One pass over what is said."""

    words: Words
    columns: Mapping[str, TemplateColumn]
    submission_id: str
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, key: str, stated: Any, place: str) -> bool:
        """Read the value of a key; whether it says anything."""
        column = self.columns.get(key)
        text = "\n".join(map(str, stated)) if isinstance(stated, list) else "" if stated is None else str(stated)
        if isinstance(stated, bool):
            text = "yes" if stated else "no"
        if column is None:
            fix = meant(key, self.columns, f"Known keys: {', '.join(self.columns)}.")
            self._wrong(place, "There is no such key.", fix)
            return False
        if not text.strip() or self.words.is_placeholder(text, WITHOUT_ELEMENT):
            return False
        name = _COLUMN_OF.get(key, key)
        if column.kind == "date":
            self.values[f"{name}_raw"] = text.strip()
        if column.kind == "provider_type":
            value: Any = folded(text) if folded(text) in CHOICES["provider_type"] else None
        elif column.kind in _FIELD:
            value = self._read(column.kind, text).get(_FIELD[column.kind])
        else:
            value = split(text) if column.several else text.strip()
        if value in (None, []) and column.kind in _SAY:
            self._wrong(place, *_SAY[column.kind])
        self.values[name] = value
        return True

    def _read(self, kind: str, text: str) -> Mapping[str, Any]:
        if kind in KINDS:
            return KINDS[kind].read(text, Context(self.words))
        return READERS[kind](text, self.words)

    def _wrong(self, place: str, why: str, fix: str) -> None:
        what = "A line of the provider profile cannot be used"
        self.problems.append(Problem(ProblemKind.ROW, what, place, why, fix, submission_id=self.submission_id))


def read_profile_sheet(file: HandedInFile, words: Words, columns: Sequence[TemplateColumn]) -> Profile | None:
    """The profile on the sheet Provider of a workbook; None where it has none.

    Raises:
        WorkbookError: the workbook cannot be read.
    """
    if not is_workbook(file.path):
        return None
    book = open_workbook(file.path)
    sheet = next((one for one in book.sheets if one.name == PROVIDER_SHEET and not one.hidden), None)
    if sheet is None:
        return None
    by_name = {column.name: column for column in columns}
    pairs = pairs_of(book, sheet)
    if len(by_name.keys() & pairs.keys()) < LEAST_KEYS:
        return None
    reading = _Reading(words, by_name, file.submission_id)
    at = f"sheet {PROVIDER_SHEET}"
    said = {
        key: row for key, (row, text) in pairs.items() if reading.take(key, text, f"{file.place}, {at}, cell B{row}")
    }
    place = {"source_file": file.number, "source_sheet": sheet.number, "source_place": at}
    return _profile(reading, said, place, "B{}")


def read_profile_yaml(path: Path, words: Words, columns: Sequence[TemplateColumn], submission_id: str) -> Profile:
    """The profile in a provider.yaml."""
    reading = _Reading(words, {column.name: column for column in columns}, submission_id)
    try:
        stated = read_mapping(path)
    except YamlError as error:
        fix = "Write one 'key: value' a line, in UTF-8; the user guide lists the keys."
        problem = Problem(
            ProblemKind.FILE, "The provider profile cannot be read", error.place, str(error), fix,
            submission_id=submission_id,
        )  # fmt: skip
        return Profile(problems=(problem,))
    said = {key: key for key, value in stated.items() if reading.take(key, value, f"{PROFILE}, key {_shown(key)}")}
    return _profile(reading, said, {"source_place": PROFILE}, "key {}")


def _profile(reading: _Reading, said: Mapping[str, Any], place: Mapping[str, Any], origin: str) -> Profile:
    if not said:
        return Profile(problems=tuple(reading.problems))
    keys = {"submission_id": reading.submission_id, "record_id": RECORD}
    row = {**reading.values, **keys, **place, "source_format": "table"}
    return Profile(row, tuple(_origins(said, {**keys, **place}, origin)), tuple(reading.problems))


def _origins(said: Mapping[str, Any], place: Mapping[str, Any], origin: str) -> Iterator[Mapping[str, Any]]:
    """Where each value stands: a cell of the sheet, or a key; of a key that is blank nothing is said."""
    known = {key: value for key, value in place.items() if key != "source_place"}
    for key, where in said.items():
        name = _COLUMN_OF.get(key, key)
        yield {**known, "column_name": name, "origin": origin.format(where)}


def _shown(key: str) -> str:
    """A key is shown only if it is one word: it might be a value that slipped in."""
    return key if key.replace("_", "").isalpha() and key.isascii() and len(key) <= 30 else "(not shown)"
