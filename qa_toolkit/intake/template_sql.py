"""The statement that turns a template table of texts into canonical records.

``raw`` holds the texts (``row``, ``c0`` …), ``values_<column>`` the values of each distinct text of a column that is
more than text.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa_toolkit.intake.reader import HandedInFile
from qa_toolkit.records.tables import ELEMENTS

OPTIONAL_TEXTS = ("prerequisites", "supervision", "grade", "stackability", "further_information")


@dataclass(frozen=True)
class TemplateColumn:
    """A column of the template (``checks/vocabularies/template_columns.csv``)."""

    name: str
    element: str
    """'' where it belongs to none."""
    kind: str
    several: bool
    help: str
    example: str


def load_template_columns(*folders: Path) -> tuple[TemplateColumn, ...]:
    """The columns of the template, in its order; the file of an earlier folder wins."""
    path = next(folder / "template_columns.csv" for folder in folders if (folder / "template_columns.csv").is_file())
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            TemplateColumn(r["column"], r["element"], r["kind"], r["several"] == "yes", r["help"], r["example"])
            for r in csv.DictReader(file)
        )


def column_letter(index: int) -> str:
    """The letter of a column as spreadsheets write it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def origin_rows(file: HandedInFile, present: Mapping[str, int], *, letters: bool) -> Iterator[dict[str, object]]:
    """Where each canonical column of the file comes from: a letter in a sheet, a header in a CSV."""
    for name, index in present.items():
        for target in _TARGETS.get(name, (name,)):
            yield {
                "submission_id": file.submission_id,
                "source_file": file.number,
                "column_name": target,
                "origin": column_letter(index) if letters else name,
            }


def insert_statement(
    file: HandedInFile,
    place: str,
    row: str,
    present: Mapping[str, int],
    columns: Sequence[TemplateColumn],
    placeholders: Mapping[str, frozenset[str]],
) -> str:
    """The INSERT for one table.

    Args:
        file: the table's file.
        place: SQL for what stands before the row number in a place.
        row: SQL for the row number.
        present: template column -> place in the table.
        columns: the template columns present.
        placeholders: element -> folded texts; '*' for every element.
    """
    sql = _Statement(present, {column.name: column for column in columns}, placeholders)
    values = {
        "submission_id": _quoted(file.submission_id),
        "record_id": f"'f{file.number}-r' || {row}",
        "source_file": str(file.number),
        "source_place": f"{place} || {row}",
        "source_format": "'template_table'",
        "evidence_form": "'extract'",
        **sql.context(),
        **sql.elements(),
    }
    joins = " ".join(
        f"LEFT JOIN values_{name} AS v_{name} ON v_{name}.text = r.c{present[name]}"
        for name in present
        if sql.has_values(name)
    )
    selected = ", ".join(f"{value} AS {name}" for name, value in values.items())
    return f"INSERT INTO credentials BY NAME SELECT {selected} FROM raw AS r {joins}"


class _Statement:
    """Expressions of the statement; a column that is not there is NULL."""

    def __init__(
        self,
        present: Mapping[str, int],
        columns: Mapping[str, TemplateColumn],
        placeholders: Mapping[str, frozenset[str]],
    ) -> None:
        self._present, self._columns, self._placeholders = present, columns, placeholders

    def has_values(self, name: str) -> bool:
        return name in self._present and self._columns[name].kind != "text"

    def found(self, name: str) -> str:
        """The trimmed text of a cell, NULL where it is blank."""
        return f"nullif(trim(r.c{self._present[name]}), '')" if name in self._present else "NULL"

    def text(self, name: str) -> str:
        """The same, NULL where it is a placeholder for its element."""
        if name not in self._present:
            return "NULL"
        element = self._columns[name].element or name
        words = self._placeholders["*"] | self._placeholders.get(element, frozenset())
        listed = ", ".join(_quoted(word) for word in sorted(words))
        found = self.found(name)
        return f"CASE WHEN lower(nfc_normalize({found})) IN ({listed}) THEN NULL ELSE {found} END"

    def texts(self, name: str) -> str:
        """The values of a cell as a list, placeholders among them left out, NULL where none is left."""
        if name not in self._present:
            return "NULL"
        element = self._columns[name].element or name
        words = self._placeholders["*"] | self._placeholders.get(element, frozenset())
        listed = ", ".join(_quoted(word) for word in sorted(words))
        items = (
            f"list_filter(list_transform(regexp_split_to_array({self.found(name)}, '\\r?\\n| \\| '),"
            f" lambda item: trim(item)), lambda item: item <> '' AND lower(nfc_normalize(item)) NOT IN ({listed}))"
        )
        return f"CASE WHEN len({items}) > 0 THEN {items} END"

    def value(self, name: str, field: str) -> str:
        return f"v_{name}.{field}" if name in self._present else "NULL"

    def context(self) -> dict[str, str]:
        """What belongs to no element."""
        dates = [n for n in ("issued", "awarded", "valid_from", "valid_until", "assessment_date", "activity_start",
                             "activity_end", "learner_birth_date") if n in self._present]  # fmt: skip
        shifted = ", ".join(f"CASE WHEN {self.value(n, 'shifted')} THEN '{n}' END" for n in dates)
        items = f"list_filter([{shifted}], lambda item: item IS NOT NULL)"
        values = {
            "credential_id": self.text("credential_id"),
            "shifted_dates": f"CASE WHEN len({items}) > 0 THEN {items} END" if shifted else "NULL",
            "grading_scheme": self.text("grading_scheme"),
            "language": f"coalesce({self.value('language', 'code')}, {self.value('title_language', 'code')})",
            "isced_f": self.texts("isced_f"),
            "route": f"coalesce({self.value('route', 'route')},"
            f" CASE WHEN {self.value('assessment_type', 'validation')} THEN 'validation' END)",
        }
        for name in ("awarded", "valid_from", "valid_until", "assessment_date", "activity_start", "activity_end"):
            values |= {name: self.value(name, "day"), f"{name}_raw": self.found(name)}
        return values

    def elements(self) -> dict[str, str]:
        """The sixteen elements: values, raw text, strength, cause."""
        values = {
            "learner_name": self.text("learner_name"),
            "learner_email": self.text("learner_email"),
            "learner_identifiers": self._listed(f"'number:' || {self.text('learner_number')}"),
            "learner_birth_date": self.value("learner_birth_date", "day"),
            "learner_birth_date_raw": self.found("learner_birth_date"),
            "title": self.text("title"),
            "title_language": self.value("title_language", "code"),
            "titles": f"CASE WHEN {self.text('title')} IS NOT NULL THEN"
            f" [{{'language': {self.value('title_language', 'code')}, 'text': {self.text('title')}}}] END",
            "country": f"CASE WHEN len({self.value('country', 'codes')}) > 0 THEN {self.value('country', 'codes')} END"
            if "country" in self._present
            else "NULL",
            "country_unrecognised": self.value("country", "unrecognised"),
            "awarding_body": self.texts("awarding_body"),
            "awarding_body_identifiers": self.texts("awarding_body_identifier"),
            "issuer": self.text("issuer"),
            "issued": self.value("issued", "day"),
            "issued_source": f"CASE WHEN {self.value('issued', 'day')} IS NOT NULL THEN 'issued' END",
            "learning_outcomes": self.texts("learning_outcomes"),
            **self._workload(),
            "eqf_raw": self.value("eqf_level", "stated"),
            "eqf_level": self.value("eqf_level", "level"),
            "nqf_level": self.texts("nqf_level"),
            "cycle": self.value("cycle", "code"),
            "level_reason": f"coalesce({self.text('level_reason')}, {self.value('eqf_level', 'reason')})",
            "assessment_types": self.value("assessment_type", "codes"),
            "assessment_texts": self.value("assessment_type", "texts"),
            "assessment_reading": self.value("assessment_type", "reading"),
            "participation_modes": self.value("participation", "codes"),
            "quality_assurance_types": self.value("quality_assurance", "types"),
        }
        for element in ELEMENTS:
            own = [name for name in self._present if self._columns[name].element == element]
            strength = self._strength(element, values) if own else "NULL"
            values[f"{element}_strength"] = strength
            values[f"{element}_cause"] = self._cause(element, own, strength)
            values[f"{element}_raw"] = (
                "NULL" if element == "learner" or not own else f"concat_ws(' | ', {', '.join(map(self.found, own))})"
            )
        return {
            name: f"nullif({sql}, '')" if name.endswith("_raw") and sql.startswith("concat_ws") else sql
            for name, sql in values.items()
        }

    def _workload(self) -> dict[str, str]:
        sources = [name for name in ("workload_hours", "workload", "ects", "credits") if name in self._present]

        def first(*expressions: str) -> str:
            return f"coalesce({', '.join([*expressions, 'NULL'])})"

        return {
            "ects": first(self.value("ects", "figure"), *(self.value(name, "ects") for name in sources)),
            "credits": first(self.value("credits", "figure"), self.value("workload", "credits")),
            "credit_framework": self.text("credit_framework"),
            "workload_hours": first(
                self.value("workload_hours", "figure"), *(self.value(name, "hours") for name in sources)
            ),
            "durations": self._listed(*(self.value(name, "duration") for name in sources)),
            "workload_unreadable": self._listed(*(self.value(name, "unreadable") for name in sources)),
            "workload_other_units": self._listed(*(self.value(name, "other_unit") for name in sources)),
        }

    def _strength(self, element: str, values: Mapping[str, str]) -> str:
        """SQL for how firmly an element is stated; NULL where it is not."""

        def where(condition: str, strength: str = "structured", otherwise: str = "free_text") -> str:
            return f"CASE WHEN {condition} THEN '{strength}' ELSE '{otherwise}' END"

        def stated(*names: str) -> str:
            return f"coalesce({', '.join(f'CAST({values[name]} AS VARCHAR)' for name in names)}, NULL) IS NOT NULL"

        if element == "learner":
            return f"CASE WHEN {stated('learner_name', 'learner_identifiers', 'learner_email')} THEN 'structured' END"
        if element == "title":
            return f"CASE WHEN {stated('title')} THEN 'structured' END"
        if element == "country":
            has = self.text("country")
            return f"CASE WHEN {has} IS NOT NULL THEN {where(stated('country'))} END"
        if element == "awarding_body":
            return f"CASE WHEN {stated('awarding_body')} THEN 'structured' END"
        if element == "issued":
            return f"CASE WHEN {stated('issued')} THEN 'structured' END"
        if element == "learning_outcomes":
            return f"CASE WHEN {stated('learning_outcomes')} THEN 'structured' END"
        if element == "workload":
            figures = ("ects", "credits", "workload_hours", "durations", "workload_other_units", "workload_unreadable")
            numbers = stated("ects", "credits", "workload_hours", "durations")
            return f"CASE WHEN {stated(*figures)} THEN {where(numbers)} END"
        if element == "level":
            any_level = stated("eqf_raw", "nqf_level", "cycle", "level_reason")
            local = f"CASE WHEN {stated('nqf_level')} THEN 'local_code' ELSE 'free_text' END"
            return f"CASE WHEN {stated('eqf_raw', 'cycle')} THEN 'structured' WHEN {any_level} THEN {local} END"
        if element in ("assessment_type", "participation", "quality_assurance"):
            coded = self.value(element, "coded")
            return f"CASE WHEN {self.text(element)} IS NOT NULL THEN {where(f'coalesce({coded}, FALSE)')} END"
        return f"CASE WHEN {self.text(element)} IS NOT NULL THEN 'free_text' END"

    def _cause(self, element: str, own: Sequence[str], strength: str) -> str:
        """SQL for why an element is not stated; NULL where it is."""
        if not own:
            return "'column_absent'"
        placeholder = " OR ".join(f"({self.found(n)} IS NOT NULL AND {self.text(n)} IS NULL)" for n in own)
        unreadable = f" WHEN {self.found('issued')} IS NOT NULL THEN 'unreadable'" if element == "issued" else ""
        cause = f"CASE WHEN {placeholder} THEN 'placeholder'{unreadable} ELSE 'empty' END"
        return f"CASE WHEN {strength} IS NULL THEN {cause} END"

    @staticmethod
    def _listed(*expressions: str) -> str:
        items = f"list_filter([{', '.join(expressions) or 'NULL'}], lambda item: item IS NOT NULL)"
        return f"CASE WHEN len({items}) > 0 THEN {items} END"


_TARGETS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "titles", "title_raw"),
    "learner_number": ("learner_identifiers",),
    "country": ("country", "country_raw"),
    "awarding_body": ("awarding_body", "awarding_body_raw"),
    "awarding_body_identifier": ("awarding_body_identifiers",),
    "issued": ("issued", "issued_raw"),
    "learning_outcomes": ("learning_outcomes", "learning_outcomes_raw"),
    "workload": ("durations", "workload_raw"),
    "eqf_level": ("eqf_level", "eqf_raw", "level_raw"),
    "assessment_type": ("assessment_types", "assessment_texts", "assessment_type_raw", "assessment_reading"),
    "participation": ("participation_modes", "participation_raw"),
    "quality_assurance": ("quality_assurance_types", "quality_assurance_raw"),
    **{name: (f"{name}_raw",) for name in OPTIONAL_TEXTS},
}
"""Template column -> the canonical columns it fills; itself where it is not named."""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
