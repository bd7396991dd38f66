"""The columns of the template as a page for people.

``python -m qa_toolkit.intake.template.document`` writes ``docs/template.md`` anew.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from qa_toolkit.intake.tables.columns import (
    CREDENTIAL_COLUMNS,
    OFFER_COLUMNS,
    PROVIDER_COLUMNS,
    TemplateColumn,
    load_template_columns,
)
from qa_toolkit.records.tables import MANDATORY_ELEMENTS, TEMPLATE_VERSION
from qa_toolkit.resources import shipped_folder


def template_page(
    columns: Sequence[TemplateColumn], offers: Sequence[TemplateColumn] = (), provider: Sequence[TemplateColumn] = ()
) -> str:
    """The page as Markdown. Pure: the same columns give the same text.

    Args:
        columns: those of the template, for awards.
        offers: those a catalogue of learning offers can have.
        provider: the keys of a provider profile.
    """
    lines = [
        f"# The template, version {TEMPLATE_VERSION}",
        "",
        "Written from `checks/vocabularies/template_columns.csv`; do not edit by hand.",
        "",
        "`qa-toolkit init` writes it as a workbook, with drop-downs, an example and a sheet that counts what is blank,",
        "or as CSV with a `submission.yaml`. The columns are known by their names, wherever the header stands; leave",
        "out those you do not have. The order is free. Headings of your own are read as well, in eight languages: see",
        "the [user guide](user-guide.md).",
        "",
        "**m** marks the eleven mandatory elements of Annex I (CELEX 32022H0627(02)); **several** that a cell may hold",
        "several values, one a line or separated by ` | `.",
        "",
        *_table(column for column in columns if column.offered),
        "",
        "## Read besides",
        "",
        "Not in the template, but understood where a table has them.",
        "",
        *_table(column for column in columns if not column.offered),
        "",
        "## A catalogue of learning offers",
        "",
        "From `offer_columns.csv`. The sheet `Offers` of the template, or a sheet or file of its own, one offer a row.",
        "Prices, addresses and dates, which say nothing beside an award, are understood here.",
        "",
        *_table(offers),
        "",
        "## A provider profile",
        "",
        "From `provider_columns.csv`. A sheet named `Provider` with a key and a value a row, or a `provider.yaml` with",
        "one `key: value` a line beside the files.",
        "",
        *_table(provider),
    ]
    return "\n".join(lines) + "\n"


def _table(columns: Iterable[TemplateColumn]) -> list[str]:
    lines = ["| column | what it holds | | example |", "| --- | --- | --- | --- |"]
    for column in columns:
        marks = [
            mark for mark, holds in (("m", column.element in MANDATORY_ELEMENTS), ("several", column.several)) if holds
        ]
        example = f"`{column.example}`" if column.example else ""
        lines.append(f"| `{column.name}` | {column.help} | {', '.join(marks)} | {example} |")
    return lines


if __name__ == "__main__":
    shipped = shipped_folder("checks")
    page = template_page(
        *(
            load_template_columns(shipped / "vocabularies", name=name)
            for name in (CREDENTIAL_COLUMNS, OFFER_COLUMNS, PROVIDER_COLUMNS)
        )
    )
    (Path(shipped).parent / "docs" / "template.md").write_text(page, encoding="utf-8", newline="\n")
