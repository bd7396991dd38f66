"""The statement that turns a table of texts into canonical records.

``named`` holds the texts under the names of the template, ``values_<column>`` the values of each distinct text of a
column that is more than text.
"""

from collections.abc import Iterator, Mapping, Sequence

from qa_toolkit.intake.reader import HandedInFile
from qa_toolkit.intake.tables.columns import TemplateColumn, column_letter
from qa_toolkit.intake.tables.named import Named
from qa_toolkit.records.tables import ELEMENTS

_BULLET = "^\\s*(?:[-–—•·*‣▪]|[0-9]{1,2}[.)])\\s+"
"""What stands before an item of a list in a cell."""
OPTIONAL_TEXTS = ("prerequisites", "supervision", "grade", "stackability", "further_information")


def origin_rows(file: HandedInFile, sheet: int, named: Named, *, letters: bool) -> Iterator[dict[str, object]]:
    """Where each canonical column of a table comes from: a letter in a sheet, a heading in a CSV."""
    for name, column in named.names.items():
        for target in _TARGETS.get(name, (name,)):
            yield {
                "submission_id": file.submission_id,
                "source_file": file.number,
                "source_sheet": sheet,
                "column_name": target,
                "origin": column_letter(column.index) if letters else " ".join(column.heading.split()),
            }


def insert_statement(
    file: HandedInFile,
    sheet: int,
    place: str,
    record: str,
    named: Named,
    columns: Mapping[str, TemplateColumn],
    placeholders: Mapping[str, frozenset[str]],
) -> str:
    """The INSERT for one table.

    Args:
        file: the table's file.
        sheet: number of the sheet; 0 where there are none.
        place: what stands before the row number in a place.
        record: what stands before it in a record's id.
        named: the names the view ``named`` has.
        columns: the columns of the template by name.
        placeholders: element -> folded texts; '*' for every element.
    """
    sql = _Statement(named, columns, placeholders)
    values = {
        "submission_id": _quoted(file.submission_id),
        "record_id": f"{_quoted(record)} || r.row",
        "source_file": str(file.number),
        "source_sheet": str(sheet),
        "source_place": f"{_quoted(place)} || r.row",
        "source_format": "'table'",
        "evidence_form": "'extract'",
        **sql.context(),
        **sql.elements(),
    }
    joins = " ".join(
        f"LEFT JOIN values_{name} AS v_{name} ON v_{name}.text = r.{name}"
        for name in named.names
        if sql.has_values(name)
    )
    selected = ", ".join(f"{value} AS {name}" for name, value in values.items())
    return f"INSERT INTO credentials BY NAME SELECT {selected} FROM named AS r {joins}"


class _Statement:
    """Expressions of the statement; a column that is not there is NULL."""

    def __init__(
        self, named: Named, columns: Mapping[str, TemplateColumn], placeholders: Mapping[str, frozenset[str]]
    ) -> None:
        self._named, self._present = named, named.names
        self._columns, self._placeholders = columns, placeholders

    def has_values(self, name: str) -> bool:
        return name in self._present and self._columns[name].kind != "text"

    def found(self, name: str) -> str:
        """The trimmed text of a cell, NULL where it is blank."""
        return f"nullif(trim(r.{name}), '')" if name in self._present else "NULL"

    def text(self, name: str) -> str:
        """The same, NULL where it is a placeholder for its element."""
        return self._unless_placeholder(self.found(name), name) if name in self._present else "NULL"

    def _unless_placeholder(self, found: str, name: str) -> str:
        return (
            f"CASE WHEN lower(nfc_normalize({found})) IN ({self._listed_placeholders(name)}) THEN NULL ELSE {found} END"
        )

    def _listed_placeholders(self, name: str) -> str:
        element = self._columns[name].element or name
        words = self._placeholders["*"] | self._placeholders.get(element, frozenset())
        return ", ".join(_quoted(word) for word in sorted(words))

    def texts(self, name: str) -> str:
        """The values of a cell as a list, placeholders among them left out, NULL where none is left."""
        if name not in self._present:
            return "NULL"
        item = f"regexp_replace(item, '{_BULLET}', '')" if name == "learning_outcomes" else "item"
        items = (
            f"list_filter(list_transform(regexp_split_to_array({self.found(name)}, '\\r?\\n| \\| '),"
            f" lambda item: trim({item})), lambda item: item <> ''"
            f" AND lower(nfc_normalize(item)) NOT IN ({self._listed_placeholders(name)}))"
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
            "isced_f": f"CASE WHEN len({self.value('isced_f', 'codes')}) > 0 THEN {self.value('isced_f', 'codes')} END"
            if "isced_f" in self._present
            else "NULL",
            "offer_id": self.text("offer_id"),
            "credential_id_damaged": "r.credential_id_damaged" if self._named.damaged.get("credential_id") else "NULL",
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
            **self._titles(),
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

    def _titles(self) -> dict[str, str]:
        """Every title with its language; the first is the one that is shown."""
        entries = []
        for language, name in self._named.titles:
            text = self._unless_placeholder(f"nullif(trim(r.{name}), '')", "title")
            code = _quoted(language) if language else self.value("title_language", "code")
            entries.append(f"CASE WHEN {text} IS NOT NULL THEN {{'language': {code}, 'text': {text}}} END")
        if not entries:
            return {"title_language": self.value("title_language", "code"), "titles": "NULL"}
        titles = f"list_filter([{', '.join(entries)}], lambda entry: entry IS NOT NULL)"
        return {
            "title_language": f"coalesce({titles}[1].language, {self.value('title_language', 'code')})",
            "titles": f"CASE WHEN len({titles}) > 0 THEN {titles} END",
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
