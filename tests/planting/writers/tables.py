"""Canonical values as rows of the toolkit's own table: in a CSV file, and in its workbook."""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import openpyxl

from qa_toolkit.intake.tables.columns import load_template_columns
from qa_toolkit.intake.tables.found import CREDENTIALS_SHEET, SUBMISSION_SHEET
from qa_toolkit.resources import shipped_folder
from tests.planting.writers.writer import PART, Values, declare

# Canonical column -> column of the template, with the text of a value
_TEXT = {name: name for name in (
    *("credential_id", "learner_name", "learner_email", "issuer", "workload_hours", "ects", "credits"),
    *("credit_framework", "cycle", "level_reason", "language", "title_language", "route", "title", "place_of_issue"),
)} | {f"{name}_raw": name for name in (
    "prerequisites", "supervision", "grade", "stackability", "further_information", "title", "country", "participation",
    "quality_assurance",
)}  # fmt: skip
_DATES = ("issued", "awarded", "valid_from", "valid_until", "activity_start", "activity_end", "assessment_date",
          "learner_birth_date")  # fmt: skip
_LISTS = {
    "country": "country", "awarding_body": "awarding_body", "learning_outcomes": "learning_outcomes",
    "awarding_body_identifiers": "awarding_body_identifier", "nqf_level": "nqf_level", "isced_f": "isced_f",
    "assessment_types": "assessment_type", "assessment_texts": "assessment_type",
    "participation_modes": "participation", "quality_assurance_types": "quality_assurance", "skills": "skill_links",
    "assessment_modes": "assessment_mode", "quality_assurance_bodies": "quality_assurance_body",
    "quality_assurance_references": "quality_assurance_reference", "durations": "workload",
    "workload_unreadable": "workload_hours", "workload_other_units": "workload", "languages_unrecognised": "language",
    "workload_part_hours": "workload_parts",
}  # fmt: skip
_CODES = ("assessment_types", "participation_modes", "quality_assurance_types")
_FOLLOW = ("assessment_reading", "supervision_code", "level_raw", "grade_worst", "grade_pass_mark",
           "country_unrecognised")  # fmt: skip
"""Read from what is written anyway."""
_RAW_OF = {"title_raw": "title", "country_raw": "country"}


def row(values: Values) -> dict[str, str] | None:
    """A row of the template; None where a value has no place in it."""
    cells: dict[str, str] = {}
    for name, value in values.items():
        if name.removesuffix("_types") in ("assessment", "quality_assurance") and f"{_LISTS[name]}_raw" in values:
            continue  # the words say it
        if name in _FOLLOW:
            if (name, value) == ("assessment_reading", "attendance_only"):
                return None  # a cell holds words, never the code of a list
        elif name == "learner_identifiers" and len(value) == 1:
            cells["learner_number"] = value[0].partition(":")[2]
        elif name in ("eqf_raw", "eqf_level"):
            cells["eqf_level"] = f"{value:g}" if name == "eqf_level" else cells.get("eqf_level", str(value))
        elif name in ("issued", "issued_raw") and "issued_raw" in values:
            cells["issued"] = values["issued_raw"]
        elif name in _DATES:
            cells[name] = value if isinstance(value, str) else value.isoformat()
        elif name == "grade_best":
            ends = f"{values['grade_worst']:g} to {value:g} (best)"
            cells["grading_scheme"] = f"{ends}; pass mark {values['grade_pass_mark']:g}"
        elif name == "grading_scheme":
            cells[name] = value
        elif name in ("durations", "workload_other_units") and len(value) > 1:
            return None  # a cell states one
        elif name in _LISTS:
            texts = [f"{item:g} h" if isinstance(item, float | int) else str(item) for item in value]
            texts = [text.replace("_", " ") for text in texts] if name in _CODES else texts
            cells[_LISTS[name]] = "\n".join([*filter(None, [cells.get(_LISTS[name])]), *texts])
        elif name in _TEXT and _TEXT[name] not in cells:
            cells[_TEXT[name]] = f"{value:g}" if isinstance(value, float | int) else str(value)
        elif name not in _TEXT:
            return None
    return cells


@cache
def _columns() -> list[str]:
    return [column.name for column in load_template_columns(shipped_folder("checks") / "vocabularies")]


def _table(records: Sequence[Values], parts: Sequence[str]) -> Iterator[list[str]]:
    """The rows of a table, the header first."""
    names = _columns()
    yield names
    for number, record in enumerate(records):
        cells = {**(row(record) or {}), PART: parts[number] if parts else ""}
        yield [cells.get(name, "") for name in names]


class TemplateCsv:
    """The toolkit's own table as CSV."""

    name = "table"
    evidence_forms = ("extract",)
    splits = True

    def holds(self, values: Values) -> bool:
        return row(values) is not None

    def write(self, folder: Path, records: Sequence[Values], declared: Values, parts: Sequence[str] = ()) -> None:
        folder.mkdir(parents=True)
        with (folder / "credentials.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows(_table(records, parts))
        declare(folder, declared)


class TemplateWorkbook(TemplateCsv):
    """The sheets of the toolkit's own workbook, filled in."""

    name = "template_workbook"

    def write(self, folder: Path, records: Sequence[Values], declared: Values, parts: Sequence[str] = ()) -> None:
        folder.mkdir(parents=True)
        workbook = openpyxl.Workbook()
        said, sheet = workbook.active, workbook.create_sheet(CREDENTIALS_SHEET)
        assert said is not None
        said.title = SUBMISSION_SHEET
        for key, value in declared.items():
            said.append([key, value])
        for cells in _table(records, parts):
            sheet.append(cells)
        workbook.save(folder / "credentials.xlsx")
