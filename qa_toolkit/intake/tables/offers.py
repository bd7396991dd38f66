"""Rows of a catalogue into ``offers``: the same headings and the same reading of cells as for credentials.

Offers are counted and shown, and what an offer says once holds for the awards that name it; they are not judged yet.
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
from qa_toolkit.intake.words import Words, folded
from qa_toolkit.records.store import RecordStore

_BATCH = 5_000


def append_offers(
    store: RecordStore,
    file: HandedInFile,
    table: FoundTable,
    rows: Iterator[list[str]],
    columns: Mapping[str, TemplateColumn],
    words: Words,
    mapping: ColumnMapping,
) -> int:
    """Append the rows below the header of a catalogue; how many offers they hold.

    Rows without a title are passed over: blank lines, sums, remarks.
    """
    assert table.header is not None
    place = f"sheet {table.label}, row " if table.sheet else "row "
    sheet = f"s{table.number}-" if table.sheet else ""
    read, batch = 0, []
    for number, row in enumerate(rows, table.header.row + 1):
        if table.holds is Holds.DECISIONS:
            found = decisions_of(table.heading_cells, row, words)
        else:
            offer = offer_of(_cells(table, row), columns, words, mapping)
            found = [offer] if offer.get("title") else []
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
                    "source_format": "deqar_template" if table.holds is Holds.DECISIONS else "table",
                }
            )
        if len(batch) >= _BATCH:
            read += store.append("offers", batch)
            batch = []
    return read + store.append("offers", batch)


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
    texts: dict[str, str] = {}
    values: dict[str, Mapping[str, Any]] = {}
    for name, stated in cells.items():
        pairs = mapping.values.get(name, {})
        element = columns[name].element or name
        meant = [pairs.get(folded(text), text).strip() for _, text in stated]
        meant = [text for text in meant if text and not words.is_placeholder(text, element)]
        if not meant:
            continue
        texts[name] = "\n".join(meant) if columns[name].several else meant[0]
        if kind := KINDS.get(columns[name].kind):
            values[name] = kind.read(texts[name], context)

    def value(name: str, field: str) -> Any:
        return values.get(name, {}).get(field)

    sources = ("ects", "credits", "workload_hours", "workload")
    return {
        "offer_id": texts.get("offer_id") or texts.get("credential_id"),
        "title": texts.get("title"),
        "titles": [
            {"language": language or value("title_language", "code"), "text": text.strip()}
            for language, text in cells.get("title", [])
            if text.strip()
        ],
        "language": value("language", "code"),
        "country": value("country", "codes"),
        "awarding_body": split(texts.get("awarding_body", "")),
        "awarding_body_identifiers": split(texts.get("awarding_body_identifier", "")),
        "learning_outcomes": split(texts.get("learning_outcomes", "")),
        "ects": value("ects", "figure") if "ects" in values else _first(value(name, "ects") for name in sources),
        "credits": _first((value("credits", "figure"), value("workload", "credits"))),
        "workload_hours": _first((value("workload_hours", "figure"), *(value(name, "hours") for name in sources))),
        "eqf_level": value("eqf_level", "level"),
        "nqf_level": split(texts.get("nqf_level", "")),
        "cycle": value("cycle", "code"),
        "assessment_types": value("assessment_type", "codes"),
        "participation_modes": value("participation", "codes"),
        "quality_assurance_types": value("quality_assurance", "types"),
        "prerequisites_raw": texts.get("prerequisites"),
        "prerequisites_strength": "free_text" if "prerequisites" in texts else None,
        "isced_f": value("isced_f", "codes"),
    }


def _cells(table: FoundTable, row: list[str]) -> dict[str, list[tuple[str, str]]]:
    cells: dict[str, list[tuple[str, str]]] = defaultdict(list)
    assert table.header is not None
    for column in table.header.columns:
        if column.index < len(row):
            cells[column.target.column].append((column.target.language, row[column.index]))
    return cells


def _first(values: Any) -> Any:
    return next((value for value in values if value is not None), None)
