"""The statement that turns a table of texts into canonical records.

``named`` holds the texts under the names of the template, ``values_<column>`` the values of each distinct text of a
column that is more than text.
"""

from collections.abc import Mapping, Sequence

import duckdb

from qa_toolkit.intake.reader import HandedInFile
from qa_toolkit.intake.tables.columns import TemplateColumn
from qa_toolkit.intake.tables.named import Named
from qa_toolkit.intake.tables.normalise import KINDS
from qa_toolkit.intake.tables.origins import WORKLOAD_COLUMNS
from qa_toolkit.intake.tables.sql import quoted, trimmed
from qa_toolkit.records.tables import ELEMENTS

_BULLET = "^\\s*(?:[-–—•·*‣▪]|[0-9]{1,2}[.)])\\s+"
"""What stands before an item of a list in a cell."""


def insert_records(
    connection: duckdb.DuckDBPyConnection,
    file: HandedInFile,
    sheet: int,
    place: str,
    record: str,
    named: Named,
    columns: Mapping[str, TemplateColumn],
    placeholders: Mapping[str, frozenset[str]],
    *,
    columns_unread: bool,
) -> None:
    """Insert the rows of ``named`` into ``credentials``.

    Args:
        connection: holds ``named`` and the tables of values.
        file: the table's file.
        sheet: number of the sheet; 0 where there are none.
        place: what stands before the row number in a place.
        record: what stands before it in a record's id.
        named: the names the view ``named`` has.
        columns: the columns of the template by name.
        placeholders: element -> folded texts; '*' for every element.
        columns_unread: whether the table has filled columns that are not understood: what has no column may be there.
    """
    sql = _Statement(named, columns, placeholders, columns_unread)
    place_of_record = {
        "submission_id": quoted(file.submission_id),
        "record_id": f"{quoted(record)} || r.row",
        "source_file": str(file.number),
        "source_sheet": str(sheet),
        "source_place": f"{quoted(place)} || r.row",
        "source_format": "'table'",
        "evidence_form": "'extract'",
    }
    values = {**sql.context(), **sql.element_values()}
    # Three layers, so that no text is looked at twice: texts and what they say, values, what follows from the values.
    for statement in sql.text_tables():
        connection.execute(statement)
    outer = {**place_of_record, **{name: name for name in values}, **sql.what_follows()}
    connection.execute(
        f"INSERT INTO credentials BY NAME SELECT {_selected(outer)} FROM ("
        f"SELECT r.*, {_selected(values)} FROM (SELECT r.row, {_selected(sql.texts_and_values())}"
        f" FROM named AS r {sql.joins()}) AS r) AS r"
    )


def _selected(values: Mapping[str, str]) -> str:
    return ", ".join(f"{value} AS {name}" for name, value in values.items())


class _Statement:
    """Expressions of the statement; a column that is not there is NULL."""

    def __init__(
        self,
        named: Named,
        columns: Mapping[str, TemplateColumn],
        placeholders: Mapping[str, frozenset[str]],
        columns_unread: bool,
    ) -> None:
        self._named, self._present = named, named.names
        self._columns, self._placeholders = columns, placeholders
        self._columns_unread = columns_unread
        self._no_column = quoted("column_unread" if columns_unread else "column_absent")

    def texts_and_values(self) -> dict[str, str]:
        """The inner layer: the text of each cell, its text unless a placeholder, its items, what was read from it."""
        layer: dict[str, str] = {}
        for name in self._present:
            column = self._columns[name]
            kind = KINDS.get(column.kind)
            if kind or name in self._named.repeating:
                layer |= {f"found_{name}": f"v_{name}.found", f"text_{name}": f"v_{name}.plain"}
            else:
                found = f"nullif({trimmed(f'r.{name}')}, '')"
                layer |= {f"found_{name}": found, f"text_{name}": self._unless_placeholder(found, name)}
            if kind:
                layer |= {f"value_{name}_{field}": f"v_{name}.{field}" for field in kind.fields}
            elif column.several:
                repeats = name in self._named.repeating
                layer[f"items_{name}"] = f"v_{name}.items" if repeats else self._items(f"r.{name}", name)
        for _, name in self._named.titles:
            if name not in self._present:
                layer[f"text_{name}"] = self._unless_placeholder(f"nullif({trimmed(f'r.{name}')}, '')", "title")
        if self._named.damaged.get("credential_id"):
            layer["credential_id_cut"] = "r.credential_id_damaged"
        return layer

    def joins(self) -> str:
        """The tables of values, by the text of the cell."""
        return " ".join(
            f"LEFT JOIN values_{name} AS v_{name} ON v_{name}.text = r.{name}"
            for name in self._present
            if self._columns[name].kind in KINDS or name in self._named.repeating
        )

    def text_tables(self) -> list[str]:
        """For each column of texts that repeat the statement that makes its table of values: each cell once."""
        statements = []
        for name in sorted(self._named.repeating):
            if name in self._present and self._columns[name].kind not in KINDS:
                items = f", {self._items('text', name)} AS items" if self._columns[name].several else ""
                statements.append(
                    f"CREATE OR REPLACE TEMP TABLE values_{name} AS SELECT text, {trimmed('text')} AS found,"
                    f" {self._unless_placeholder(trimmed('text'), name)} AS plain{items}"
                    f" FROM (SELECT DISTINCT {name} AS text FROM named) WHERE {trimmed('text')} <> ''"
                )
        return statements

    def found(self, name: str) -> str:
        """The trimmed text of a cell, NULL where it is blank."""
        return f"r.found_{name}" if name in self._present else "NULL"

    def text(self, name: str) -> str:
        """The same, NULL where it is a placeholder for its element."""
        return f"r.text_{name}" if name in self._present else "NULL"

    def texts(self, name: str) -> str:
        """The values of a cell as a list, NULL where there are none."""
        return f"CASE WHEN len(r.items_{name}) > 0 THEN r.items_{name} END" if name in self._present else "NULL"

    def value(self, name: str, field: str) -> str:
        """What was read from a cell."""
        return f"r.value_{name}_{field}" if name in self._present else "NULL"

    def values(self, name: str, field: str) -> str:
        """The same for a list, NULL where it is empty."""
        value = self.value(name, field)
        return f"CASE WHEN len({value}) > 0 THEN {value} END" if name in self._present else "NULL"

    def _unless_placeholder(self, found: str, name: str) -> str:
        listed, longest = self._placeholder_words(name)
        return (
            f"CASE WHEN length({found}) > {longest} THEN {found}"
            f" WHEN lower(nfc_normalize({found})) IN ({listed}) THEN NULL ELSE {found} END"
        )

    def _items(self, found: str, name: str) -> str:
        """The items of a cell, bullets and placeholders left out; a cell of one line is one item."""
        listed, longest = self._placeholder_words(name)
        item = f"regexp_replace(item, '{_BULLET}', '')" if name == "learning_outcomes" else "item"
        return (
            f"list_filter(list_transform(regexp_split_to_array({found}, '\\r?\\n| \\| '),"
            f" lambda item: {trimmed(item)}), lambda item: CASE WHEN length(item) > {longest} THEN TRUE"
            f" ELSE item <> '' AND lower(nfc_normalize(item)) NOT IN ({listed}) END)"
        )

    def _placeholder_words(self, name: str) -> tuple[str, int]:
        """The words that hold the place of a value, as a list for SQL, and the length of the longest."""
        element = self._columns[name].element or name
        words = self._placeholders["*"] | self._placeholders.get(element, frozenset())
        return ", ".join(quoted(word) for word in sorted(words)), max(map(len, words))

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
            **{f"grade_{field}": self.value("grading_scheme", field) for field in ("best", "worst", "pass_mark")},
            "supervision_code": self.value("supervision", "code"),
            "languages_unrecognised": self._joined(
                self.value("language", "unrecognised"), self.value("title_language", "unrecognised")
            ),
            "place_of_issue": self.text("place_of_issue"),
            "language": f"coalesce({self.value('language', 'code')}, {self.value('title_language', 'code')})",
            "isced_f": self.values("isced_f", "codes"),
            "offer_id": self.text("offer_id"),
            "credential_id_cause": "NULL" if "credential_id" in self._present else self._no_column,
            "columns_unread": "TRUE" if self._columns_unread else "NULL",
            "credential_id_damaged": "r.credential_id_cut" if self._named.damaged.get("credential_id") else "NULL",
            "route": f"coalesce({self.value('route', 'route')},"
            f" CASE WHEN {self.value('assessment_type', 'validation')} THEN 'validation' END)",
        }
        for name in ("awarded", "valid_from", "valid_until", "assessment_date", "activity_start", "activity_end"):
            values |= {name: self.value(name, "day"), f"{name}_raw": self.found(name)}
        return values

    def element_values(self) -> dict[str, str]:
        """The values of the sixteen elements."""
        return {
            "learner_name": self.text("learner_name"),
            "learner_email": self.text("learner_email"),
            "learner_identifiers": self._listed(f"'number:' || {self.text('learner_number')}"),
            "learner_birth_date": self.value("learner_birth_date", "day"),
            "learner_birth_date_raw": self.found("learner_birth_date"),
            "title": self.text("title"),
            **self._titles(),
            "country": self.values("country", "codes"),
            "country_unrecognised": self.value("country", "unrecognised"),
            "awarding_body": self.texts("awarding_body"),
            "awarding_body_identifiers": self.texts("awarding_body_identifier"),
            "issuer": self.text("issuer"),
            "issued": self.value("issued", "day"),
            "issued_source": f"CASE WHEN {self.value('issued', 'day')} IS NOT NULL THEN 'issued' END",
            "learning_outcomes": self.texts("learning_outcomes"),
            "skills": self.texts("skill_links"),
            **self._workload(),
            "eqf_raw": self.value("eqf_level", "stated"),
            "eqf_level": self.value("eqf_level", "level"),
            "nqf_level": self.texts("nqf_level"),
            "cycle": self.value("cycle", "code"),
            "level_reason": f"coalesce({self.text('level_reason')}, {self.value('eqf_level', 'reason')})",
            "assessment_types": self.values("assessment_type", "codes"),
            "assessment_texts": self.values("assessment_type", "texts"),
            "assessment_reading": self.value("assessment_type", "reading"),
            "participation_modes": self.values("participation", "codes"),
            "quality_assurance_types": self.values("quality_assurance", "types"),
            "quality_assurance_bodies": self.texts("quality_assurance_body"),
            "quality_assurance_references": self.texts("quality_assurance_reference"),
            "assessment_modes": self.values("assessment_mode", "codes"),
        }

    def what_follows(self) -> dict[str, str]:
        """The outer layer: of each element how firmly it is stated, why it is not, and its text as found."""
        layer: dict[str, str] = {}
        for element in ELEMENTS:
            own = [name for name in self._present if self._columns[name].element == element]
            strength = self._strength(element) if own else "NULL"
            layer[f"{element}_strength"] = strength
            layer[f"{element}_cause"] = self._cause(element, own, strength)
            found = list(map(self.found, own))
            joined = found[0] if len(found) == 1 else f"nullif(concat_ws(' | ', {', '.join(found)}), '')"
            layer[f"{element}_raw"] = "NULL" if element == "learner" or not own else joined
        return layer

    def _titles(self) -> dict[str, str]:
        """Every title with its language; the first is the one that is shown."""
        entries = []
        for language, name in self._named.titles:
            text = f"r.text_{name}"
            code = quoted(language) if language else self.value("title_language", "code")
            entries.append(f"CASE WHEN {text} IS NOT NULL THEN {{'language': {code}, 'text': {text}}} END")
        if not entries:
            return {"title_language": self.value("title_language", "code"), "titles": "NULL"}
        titles = f"list_filter([{', '.join(entries)}], lambda entry: entry IS NOT NULL)"
        return {
            "title_language": f"coalesce({titles}[1].language, {self.value('title_language', 'code')})",
            "titles": f"CASE WHEN len({titles}) > 0 THEN {titles} END",
        }

    def _workload(self) -> dict[str, str]:
        sources = [name for name in WORKLOAD_COLUMNS if name in self._present]

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
            "workload_part_hours": self.values("workload_parts", "hours"),
            "workload_unreadable": self._listed(*(self.value(name, "unreadable") for name in sources)),
            "workload_other_units": self._listed(*(self.value(name, "other_unit") for name in sources)),
        }

    def _strength(self, element: str) -> str:
        """SQL for how firmly an element is stated; NULL where it is not."""

        def where(condition: str, strength: str = "structured", otherwise: str = "free_text") -> str:
            return f"CASE WHEN {condition} THEN '{strength}' ELSE '{otherwise}' END"

        def stated(*names: str) -> str:
            return "(" + " OR ".join(f"{name} IS NOT NULL" for name in names) + ")"

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
        if element == "supervision":
            return f"CASE WHEN {self.text(element)} IS NOT NULL THEN {where(stated('supervision_code'))} END"
        return f"CASE WHEN {self.text(element)} IS NOT NULL THEN 'free_text' END"

    def _cause(self, element: str, own: Sequence[str], strength: str) -> str:
        """SQL for why an element is not stated; NULL where it is."""
        if not own:
            return self._no_column
        placeholder = " OR ".join(f"({self.found(n)} IS NOT NULL AND {self.text(n)} IS NULL)" for n in own)
        unreadable = f" WHEN {self.found('issued')} IS NOT NULL THEN 'unreadable'" if element == "issued" else ""
        cause = f"CASE WHEN {placeholder} THEN 'placeholder'{unreadable} ELSE 'empty' END"
        return f"CASE WHEN {strength} IS NULL THEN {cause} END"

    @staticmethod
    def _joined(*lists: str) -> str:
        """Several lists as one without repeats, NULL where it would be empty."""
        joined = f"list_distinct(flatten(list_filter([{', '.join(lists)}], lambda items: items IS NOT NULL)))"
        return f"CASE WHEN len({joined}) > 0 THEN {joined} END" if set(lists) != {"NULL"} else "NULL"

    @staticmethod
    def _listed(*expressions: str) -> str:
        items = f"list_filter([{', '.join(expressions) or 'NULL'}], lambda item: item IS NOT NULL)"
        return f"CASE WHEN len({items}) > 0 THEN {items} END"
