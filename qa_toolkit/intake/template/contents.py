"""What the provider's template offers: columns for awards and for offers, the keys of a profile, the code lists to
choose from, and invented rows as an example.

The lists lie in ``checks/vocabularies``; a value offered is one that the reader takes for its code.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qa_toolkit.intake.declarations import CHOICES
from qa_toolkit.intake.tables.columns import (
    CREDENTIAL_COLUMNS,
    OFFER_COLUMNS,
    PROVIDER_COLUMNS,
    TemplateColumn,
    load_template_columns,
)
from qa_toolkit.intake.words import folded
from qa_toolkit.records.tables import MANDATORY_ELEMENTS

LEARNER_PREFIX = "learner_"
"""Columns called so name or identify a learner."""
ALSO_NEEDED = ("credential_id", "offer_id")
"""Columns that carry no element of Annex I, but without them awards and offers cannot be told apart."""

_FILES = {
    "country": ("countries.csv", "names"),
    "language": ("languages.csv", "names"),
    "cycle": ("cycles.csv", "labels"),
    "assessment": ("assessment_types.csv", "labels"),
    "participation": ("participation_modes.csv", "labels"),
    "quality_assurance": ("quality_assurance_types.csv", "labels"),
    "supervision": ("supervision.csv", "labels"),
}
"""Kind of column (or its name, where the kind is plain text) -> the file of its code list."""
_WORDS: Mapping[str, tuple[str, ...]] = {
    "route": CHOICES["route"],
    "provider_type": CHOICES["provider_type"],
    "yes_no": ("yes", "no"),
    "audience": ("open", "closed"),
}
"""Kind of column (or its name) -> the few words that can be written."""
_CODES_ARE_SHOWN = ("country", "language")
"""Lists whose codes everyone writes; their names stand beside."""


@dataclass(frozen=True)
class CodeList:
    """Values to choose from, and in the same order what each stands for ('' where it speaks for itself)."""

    values: tuple[str | int, ...]
    names: tuple[str, ...]

    @property
    def has_names(self) -> bool:
        """Whether the values need explaining."""
        return any(self.names)


@dataclass(frozen=True)
class RecordTable:
    """A table to fill in, a record a row: its columns, and complete rows as an example (column -> text)."""

    columns: tuple[TemplateColumn, ...]
    examples: tuple[Mapping[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in their order."""
        return tuple(column.name for column in self.columns)

    def stating(self, element: str) -> tuple[str, ...]:
        """The columns any of which states the element."""
        return tuple(column.name for column in self.columns if column.element == element)

    def example_of(self, column: TemplateColumn) -> str:
        """A value as it stands in an example row, else the column's own; '' where there is none."""
        return next((row[column.name] for row in self.examples if row.get(column.name)), column.example)


@dataclass(frozen=True)
class TemplateContents:
    """The tables of awards and offers, the keys of the provider's profile, and the code lists by kind."""

    credentials: RecordTable
    offers: RecordTable
    provider: tuple[TemplateColumn, ...]
    lists: Mapping[str, CodeList]

    def list_of(self, column: TemplateColumn) -> str | None:
        """The key of the code list of a column; None where anything can be written."""
        return next((key for key in (column.kind, column.name) if key in self.lists), None)

    @property
    def learner_columns(self) -> tuple[str, ...]:
        """The columns that name or identify a learner."""
        return tuple(name for name in self.credentials.names if name.startswith(LEARNER_PREFIX))


def load_contents(*folders: Path) -> TemplateContents:
    """Read columns and lists; a file of an earlier folder wins over the same file of a later one.

    Raises:
        FileNotFoundError: a list is in none of the folders.
    """
    columns, offers, provider = (
        tuple(column for column in load_template_columns(*folders, name=name) if column.offered)
        for name in (CREDENTIAL_COLUMNS, OFFER_COLUMNS, PROVIDER_COLUMNS)
    )
    offer = {column.name: column.example.replace(" | ", "\n") for column in offers}
    lists = {key: _code_list(folders, key) for key in _FILES}
    lists["eqf"] = CodeList(tuple(range(1, 9)), ("",) * 8)
    for key, words in _WORDS.items():
        lists[key] = CodeList(words, ("",) * len(words))
    return TemplateContents(RecordTable(columns, _EXAMPLES), RecordTable(offers, (offer,)), provider, lists)


def is_needed(column: TemplateColumn) -> bool:
    """Whether the column carries a mandatory element, or the identifier of the award or offer."""
    return column.element in MANDATORY_ELEMENTS or column.name in ALSO_NEEDED


def typed(column: TemplateColumn, text: str) -> str | int | float | date | None:
    """A text of the example as a spreadsheet holds it: a date, a number or the text; None where there is none.

    Raises:
        ValueError: the text does not fit the kind of the column.
    """
    if not text:
        return None
    if column.kind == "date":
        return date.fromisoformat(text)
    if column.kind in ("number", "eqf", "count"):
        number = float(text)
        return int(number) if number.is_integer() else number
    return text


def _code_list(folders: Sequence[Path], key: str) -> CodeList:
    """One value for each code, in the order of the file."""
    name, labels = _FILES[key]
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        raise FileNotFoundError(f"the vocabulary {name} is missing")
    values: dict[str, tuple[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = [word.strip() for word in row[labels].split("|") if word.strip()]
            if key in _CODES_ARE_SHOWN:
                values.setdefault(row["code"], (row["code"], words[0]))
            else:
                values.setdefault(row["code"], (_plainest(row["code"], words), ""))
    return CodeList(tuple(value for value, _ in values.values()), tuple(name for _, name in values.values()))


def _plainest(code: str, labels: Sequence[str]) -> str:
    """The code where it is a word people use (it is one of the labels), else the first label."""
    return code if folded(code) in {folded(label) for label in labels} else labels[0]


_EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "credential_id": "HW-2026-0413",
        "title": "Data protection in small enterprises",
        "title_language": "en",
        "learner_name": "Testa Beispielfrau",
        "learner_number": "0900413",
        "learner_email": "testa@example.org",
        "learner_birth_date": "1990-05-17",
        "country": "DE",
        "awarding_body": "Hochschule Wellenberg",
        "awarding_body_identifier": "deqar:DEQARINST99999",
        "issued": "2026-07-01",
        "valid_from": "2026-07-01",
        "learning_outcomes": "explains the duties of a controller\ndrafts a record of processing activities\n"
        "assesses when a data breach must be reported",
        "skill_links": "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000041",
        "ects": "5",
        "workload_hours": "130",
        "workload_parts": "lectures 30\nself-study 100",
        "eqf_level": "6",
        "nqf_level": "DQR 6",
        "cycle": "first",
        "assessment_type": "written examination",
        "assessment_date": "2026-06-15",
        "assessment_mode": "onsite",
        "participation": "blended",
        "quality_assurance": "institutional quality assurance",
        "quality_assurance_body": "Invented Quality Agency",
        "quality_assurance_reference": "IQA-2024-017",
        "prerequisites": "admission to higher education",
        "supervision": "supervised with ID verification",
        "grade": "1,7",
        "grading_scheme": "1,0 (best) to 5,0; 4,0 passes",
        "stackability": "counts towards the certificate Data Stewardship",
        "further_information": "https://wellenberg.example/mc/41",
        "language": "en",
        "isced_f": "0421",
        "activity_start": "2026-03-01",
        "activity_end": "2026-06-15",
        "route": "course",
    },
    {
        "credential_id": "0017/2026",
        "title": "Hydroponic greenhouse control",
        "title_language": "en",
        "learner_number": "P-00482",
        "country": "IE",
        "awarding_body": "Kilmara Further Education Centre",
        "issued": "2026-05-29",
        "awarded": "2026-05-22",
        "learning_outcomes": "sets up and monitors a nutrient circuit\nrecognises signs of deficiency in a crop",
        "credits": "5",
        "credit_framework": "FET credits",
        "workload_hours": "50",
        "eqf_level": "4",
        "nqf_level": "NFQ 5",
        "assessment_type": "practical assessment\nportfolio",
        "assessment_date": "2026-05-15",
        "participation": "onsite",
        "quality_assurance": "program quality assurance",
        "prerequisites": "basic numeracy",
        "supervision": "supervised without ID verification",
        "grade": "Merit",
        "grading_scheme": "Pass, Merit, Distinction",
        "stackability": "stand-alone",
        "further_information": "https://kilmara.example/courses/17",
        "language": "en",
        "isced_f": "0812",
        "activity_start": "2026-04-07",
        "activity_end": "2026-05-15",
        "route": "course",
    },
    {
        "credential_id": "urn:example:al-31",
        "title": "Erste Schritte in der Imkerei",
        "title_language": "de",
        "learner_name": "Probus Mustermann",
        "country": "AT",
        "awarding_body": "Akademie Lindenau",
        "issued": "2026-04-18",
        "learning_outcomes": "beschreibt den Jahreslauf eines Bienenvolks\nerkennt Anzeichen von Krankheiten",
        "workload": "PT25H",
        "level_reason": "non-formal course, not placed in a framework",
        "assessment_type": "quiz\noral examination",
        "assessment_date": "2026-04-11",
        "participation": "online",
        "quality_assurance": "internal quality assurance",
        "prerequisites": "no previous knowledge",
        "supervision": "unsupervised without ID verification",
        "grade": "passed",
        "grading_scheme": "passed, not passed",
        "stackability": "stand-alone",
        "further_information": "https://lindenau.example/imkerei",
        "language": "de",
        "isced_f": "0811",
        "activity_start": "2026-03-07",
        "activity_end": "2026-04-11",
        "route": "course",
    },
)
"""Invented awards of invented providers: higher education, vocational training with pseudonymised learners, and a
non-formal course without a level."""
