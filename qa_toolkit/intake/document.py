"""The columns of the template as a page for people.

``python -m qa_toolkit.intake.document`` writes ``docs/template.md`` anew.
"""

from collections.abc import Sequence
from pathlib import Path

from qa_toolkit.intake.template_sql import TemplateColumn, load_template_columns
from qa_toolkit.records.tables import MANDATORY_ELEMENTS, TEMPLATE_VERSION
from qa_toolkit.resources import shipped_folder


def template_page(columns: Sequence[TemplateColumn]) -> str:
    """The page as Markdown. Pure: the same columns give the same text."""
    lines = [
        f"# The template, version {TEMPLATE_VERSION}",
        "",
        "Written from `checks/vocabularies/template_columns.csv`; do not edit by hand.",
        "",
        "As a workbook: a sheet *Credentials* with these names in row 1, a row for each award below, and a sheet",
        "*Submission* with keys in column A and values in column B. As CSV: UTF-8, commas, the same names in the first",
        "line, and a `submission.yaml` beside it. Leave out columns you do not have. The order is free.",
        "",
        "**m** marks the eleven mandatory elements of Annex I (CELEX 32022H0627(02)); **several** that a cell may hold",
        "several values, one a line or separated by ` | `.",
        "",
        "| column | what it holds | | example |",
        "| --- | --- | --- | --- |",
    ]
    for column in columns:
        marks = [
            mark for mark, holds in (("m", column.element in MANDATORY_ELEMENTS), ("several", column.several)) if holds
        ]
        example = f"`{column.example}`" if column.example else ""
        lines.append(f"| `{column.name}` | {column.help} | {', '.join(marks)} | {example} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    shipped = shipped_folder("checks")
    page = template_page(load_template_columns(shipped / "vocabularies"))
    (Path(shipped).parent / "docs" / "template.md").write_text(page, encoding="utf-8", newline="\n")
