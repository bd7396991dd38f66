"""Rows of a catalogue into ``offers``: the same headings and the same reading of cells as for credentials.

What an offer says once holds for the awards that name it; offers are records of their own and are judged as such.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from qa_toolkit.intake.reader import HandedInFile
from qa_toolkit.intake.tables.columns import TemplateColumn
from qa_toolkit.intake.tables.deqar import decisions_of
from qa_toolkit.intake.tables.found import FoundTable, Holds
from qa_toolkit.intake.tables.mapping import ColumnMapping
from qa_toolkit.intake.tables.normalise import KINDS, Context, split
from qa_toolkit.intake.tables.offer_elements import DECISION_CARRIES, state_elements
from qa_toolkit.intake.tables.offer_values import READERS, WITHOUT_ELEMENT
from qa_toolkit.intake.tables.origins import TARGETS, origin_of
from qa_toolkit.intake.words import Words, folded
from qa_toolkit.records.store import RecordStore
from qa_toolkit.records.tables import OFFER_ELEMENTS

_BATCH = 5_000

_DATES = (
    "need_evidence_date content_updated approved reviewed published withdrawn entry_updated valid_from valid_until"
).split()
_TEXTS = (
    "credit_framework level_reason assessment_criteria target_group entry_level need_evidence url contact price"
    " duration alternatives accessibility prior_learning credential_format national_register_id approved_by"
).split()
_LISTS = "partners part_of parts".split()
_ANSWERS = "parts_compulsory self_paced feedback_collected".split()
_COUNTS = "entrants completions feedback_answers".split()
_ORIGINS: Mapping[str, tuple[str, ...]] = {
    "credential_id": ("offer_id",),
    "activity_start": ("start_date",),
    "activity_end": ("end_date",),
    "assessments": ("assessments", "assessment_weights", "outcomes_assessed"),
}
"""Columns of awards that a catalogue may have, and what they are there."""


def append_offers(
    store: RecordStore,
    file: HandedInFile,
    table: FoundTable,
    rows: Iterator[list[str]],
    columns: Mapping[str, TemplateColumn],
    words: Words,
    mapping: ColumnMapping,
) -> int:
    """Append the rows below the header of a catalogue, and where its values stand; how many offers they hold.

    Rows without a title are passed over: blank lines, sums, remarks.
    """
    assert table.header is not None
    place = f"sheet {table.label}, row " if table.sheet else "row "
    sheet = f"s{table.number}-" if table.sheet else ""
    decisions = table.holds is Holds.DECISIONS
    unread = [column.index for column in table.header.unknown if column.reason == "unknown"]
    read, batch, holds_more = 0, [], False
    for number, row in enumerate(rows, table.header.row + 1):
        if decisions:
            found = [state_elements(one, DECISION_CARRIES, {}) for one in decisions_of(table.heading_cells, row, words)]
        else:
            offer = offer_of(_cells(table, row), columns, words, mapping)
            found = [offer] if offer.get("title") else []
        holds_more = holds_more or any(index < len(row) and row[index].strip() for index in unread)
        for index, offer in enumerate(found, 1):
            suffix = f"-o{index}" if len(found) > 1 else ""
            batch.append(
                {
                    **offer,
                    "submission_id": file.submission_id,
                    "record_id": f"f{file.number}-{sheet}r{number}{suffix}",
                    "source_file": file.number,
                    "source_sheet": table.number,
                    "source_place": f"{place}{number}",
                    "evidence_form": "catalogue",
                    "source_format": "deqar_template" if decisions else "table",
                }
            )
        if len(batch) >= _BATCH:
            read += store.append("offers", batch)
            batch = []
    read += store.append("offers", batch)
    if holds_more and not decisions:
        _may_stand_elsewhere(store, file, table)
    if not decisions:
        store.append("origins", _origin_rows(file, table))
    return read


def offer_of(
    cells: Mapping[str, list[tuple[str, str]]],
    columns: Mapping[str, TemplateColumn],
    words: Words,
    mapping: ColumnMapping,
) -> dict[str, Any]:
    """The values of an offer.

    Args:
        cells: column of the template -> (language, text) of each of its cells.
        columns: the columns of the template by name.
        words: the vocabularies.
        mapping: the provider's own words.
    """
    context = Context(words, month_first=mapping.dates == "month_first")
    found: dict[str, str] = {}
    texts: dict[str, str] = {}
    values: dict[str, Mapping[str, Any]] = {}
    for name, stated in cells.items():
        pairs = mapping.values.get(name, {})
        element = columns[name].element or WITHOUT_ELEMENT
        filled = [text for _, cell in stated if (text := pairs.get(folded(cell), cell).strip())]
        found[name] = " | ".join(filled)
        meant = [text for text in filled if not words.is_placeholder(text, element)]
        if not meant:
            continue
        texts[name] = "\n".join(meant) if columns[name].several else meant[0]
        if kind := KINDS.get(columns[name].kind):
            values[name] = kind.read(texts[name], context)
        elif reader := READERS.get(columns[name].kind):
            values[name] = reader(texts[name], words)

    def value(name: str, field: str) -> Any:
        return values.get(name, {}).get(field)

    sources = ("ects", "credits", "workload_hours", "workload")
    return state_elements(
        {
            "offer_id": texts.get("offer_id") or texts.get("credential_id"),
            "title": texts.get("title"),
            "title_language": value("title_language", "code"),
            "titles": [
                {"language": language or value("title_language", "code"), "text": text.strip()}
                for language, text in cells.get("title", [])
                if text.strip() and not words.is_placeholder(text, "title")
            ],
            "language": value("language", "code"),
            "country": value("country", "codes"),
            "country_unrecognised": value("country", "unrecognised"),
            "awarding_body": split(texts.get("awarding_body", "")),
            "awarding_body_identifiers": split(texts.get("awarding_body_identifier", "")),
            "learning_outcomes": split(texts.get("learning_outcomes", "")),
            "skills": split(texts.get("skill_links", "")),
            "ects": value("ects", "figure") if "ects" in values else _first(value(name, "ects") for name in sources),
            "credits": _first((value("credits", "figure"), value("workload", "credits"))),
            "workload_hours": _first((value("workload_hours", "figure"), *(value(name, "hours") for name in sources))),
            "contact_hours": _first((value("contact_hours", "figure"), value("contact_hours", "hours"))),
            "eqf_level": value("eqf_level", "level"),
            "nqf_level": split(texts.get("nqf_level", "")),
            "cycle": value("cycle", "code"),
            "assessment_types": value("assessment_type", "codes"),
            "assessments": split(texts.get("assessments", "")),
            "assessment_weights": value("assessments", "weights"),
            "outcomes_assessed": value("assessments", "outcomes"),
            "all_outcomes_assessed": value("assessments", "all"),
            "participation_modes": value("participation", "codes"),
            "quality_assurance_types": value("quality_assurance", "types"),
            "quality_assurance_bodies": split(texts.get("quality_assurance_body", "")),
            "quality_assurance_references": split(texts.get("quality_assurance_reference", "")),
            "isced_f": value("isced_f", "codes"),
            "route": value("route", "route"),
            "audience": value("audience", "code"),
            **{name: texts.get(name) for name in _TEXTS},
            "level_reason": texts.get("level_reason") or value("eqf_level", "reason"),
            **{name: split(texts.get(name, "")) for name in _LISTS},
            **{name: value(name, "answer") for name in _ANSWERS},
            **{name: value(name, "count") for name in _COUNTS},
            **_dates(values, texts),
        },
        _raw_texts(found, columns),
        {name: _stated(texts, name, columns) for name in OFFER_ELEMENTS},
    )


def _dates(values: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str]) -> dict[str, Any]:
    """Each date with its text; a run's first and last day may stand in the columns that awards have for them."""
    names = {name: name for name in _DATES}
    names |= {
        day: day if day in texts else usual
        for day, usual in (("start_date", "activity_start"), ("end_date", "activity_end"))
    }
    return {
        key: value
        for target, name in names.items()
        for key, value in ((target, values.get(name, {}).get("day")), (f"{target}_raw", texts.get(name)))
    }


def _raw_texts(found: Mapping[str, str], columns: Mapping[str, TemplateColumn]) -> dict[str, str | None]:
    """Element -> the text of its cells as found, '' where they are blank; absent where there is no column for it."""
    raw: dict[str, list[str]] = defaultdict(list)
    for name, text in found.items():
        if (element := columns[name].element) in OFFER_ELEMENTS:
            raw[element].append(text)
    return {element: " | ".join(filter(None, several)) for element, several in raw.items()}


def _stated(texts: Mapping[str, str], element: str, columns: Mapping[str, TemplateColumn]) -> bool:
    """Whether any cell of the element says something, be it in words that nobody could read."""
    return any(columns[name].element == element for name in texts)


def _may_stand_elsewhere(store: RecordStore, file: HandedInFile, table: FoundTable) -> None:
    """Columns that were not understood hold texts: an element without a column may be there."""
    for element in OFFER_ELEMENTS:
        store.connection.execute(
            f"UPDATE offers SET {element}_cause = 'column_unread' WHERE {element}_cause = 'column_absent'"
            " AND submission_id = ? AND source_file = ? AND source_sheet = ?",
            [file.submission_id, file.number, table.number],
        )


def _origin_rows(file: HandedInFile, table: FoundTable) -> Iterator[dict[str, object]]:
    """Where each canonical column of a catalogue comes from: a letter in a sheet, a heading in a CSV."""
    assert table.header is not None
    for column in table.header.columns:
        name = column.target.column
        for target in _ORIGINS.get(name) or TARGETS.get(name, (name,)):
            yield {
                "submission_id": file.submission_id,
                "source_file": file.number,
                "source_sheet": table.number,
                "column_name": target,
                "origin": origin_of(column, letters=table.sheet is not None),
            }


def _cells(table: FoundTable, row: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Column -> its cells; a column that the row does not reach is blank."""
    cells: dict[str, list[tuple[str, str]]] = defaultdict(list)
    assert table.header is not None
    for column in table.header.columns:
        text = row[column.index] if column.index < len(row) else ""
        cells[column.target.column].append((column.target.language, text))
    return cells


def _first(values: Any) -> Any:
    return next((value for value in values if value is not None), None)
