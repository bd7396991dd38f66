"""The template as CSV: tables to fill in, submission.yaml and provider.yaml beside them, examples and a page to read.

What is no data is named so that the reader leaves it alone: its name begins with "readme".
"""

import csv
import io
import textwrap
from collections.abc import Iterable, Mapping, Sequence

from qa_toolkit.intake.declarations import CHOICES, COUNTRIES, KEYS, LISTS
from qa_toolkit.intake.discover import DECLARATION, PROFILE
from qa_toolkit.intake.tables.columns import TemplateColumn
from qa_toolkit.intake.template.contents import RecordTable, TemplateContents
from qa_toolkit.intake.template.sheets import column_help, key_help, profile_help
from qa_toolkit.intake.template.workbook import guidance
from qa_toolkit.messages import Messages
from qa_toolkit.records.tables import TEMPLATE_VERSION

TABLE, EXAMPLE = "credentials.csv", "readme-example.csv"
OFFERS, OFFER_EXAMPLE = "offers.csv", "readme-example-of-an-offer.csv"
READ_ME = "README.txt"
_WIDTH = 100
_LONGEST_LIST = 20
"""A longer one (countries, languages) is too long to read."""


def template_csv(contents: TemplateContents, messages: Messages) -> Mapping[str, bytes]:
    """Name -> content of each file. Pure: the same contents and texts give the same bytes."""
    return {
        TABLE: _table([contents.credentials.names]),
        OFFERS: _table([contents.offers.names]),
        DECLARATION: _declarations(contents, messages).encode(),
        PROFILE: _profile(contents, messages).encode(),
        READ_ME: _read_me(contents, messages).encode("utf-8-sig"),
        EXAMPLE: _example(contents.credentials),
        OFFER_EXAMPLE: _example(contents.offers),
    }


def _example(table: RecordTable) -> bytes:
    rows = [[row.get(name, "").replace("\n", " | ") for name in table.names] for row in table.examples]
    return _table([table.names, *rows])


def _table(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV with a byte order mark: without it Excel takes UTF-8 for something else."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _declarations(contents: TemplateContents, messages: Messages) -> str:
    """The submission.yaml: each key empty, above it what it means and what may be written."""
    lines = [*_comment(messages("template.submission.lead")), ""]
    for key in KEYS:
        lines += _comment(key_help(key, messages))
        if key in contents.lists and key not in CHOICES and key not in COUNTRIES and _is_short(contents, key):
            values = ", ".join(str(value) for value in contents.lists[key].values)
            lines += _comment(messages("template.submission.for_example", values=values))
        if key in (*COUNTRIES, "language"):
            lines += _comment(messages("template.submission.quoted"))
        if key in (*COUNTRIES, *LISTS, "groups_reported"):
            lines += _comment(messages("template.submission.listed"))
        lines += [f'{key}: "{TEMPLATE_VERSION}"' if key == "template_version" else f"{key}:", ""]
    return "\n".join(lines[:-1]) + "\n"


def _profile(contents: TemplateContents, messages: Messages) -> str:
    """The provider.yaml, in the same way."""
    lines = [*_comment(messages("template.profile.lead")), ""]
    for column in contents.provider:
        lines += _comment(profile_help(column, messages))
        lines += _comment(_values(column, contents, messages))
        if column.several:
            lines += _comment(messages("template.submission.listed"))
        lines += [f"{column.name}:", ""]
    return "\n".join(lines[:-1]) + "\n"


def _read_me(contents: TemplateContents, messages: Messages) -> str:
    """The page: what it is, how to fill it in, privacy, every column."""
    title = messages("template.title")
    lines = [title, "=" * len(title), messages("template.lead", version=TEMPLATE_VERSION), ""]
    for section, source in (("what", "what_csv"), ("how", "how_csv"), ("privacy", "privacy")):
        lines += _heading(messages(f"template.{section}"))
        for text in guidance(source, contents, messages):
            lines += textwrap.wrap(text, _WIDTH, initial_indent="* ", subsequent_indent="  ")
        lines.append("")
    for title, table in (("columns", contents.credentials), ("columns_of_offers", contents.offers)):
        lines += _heading(messages(f"template.{title}"))
        for column in table.columns:
            lines.append(column.name)
            for text in column_help(column, table, messages).split("\n"):
                lines += _indented(text)
            lines += [*_indented(_values(column, contents, messages)), ""]
    return "\n".join(lines[:-1]) + "\n"


def _values(column: TemplateColumn, contents: TemplateContents, messages: Messages) -> str:
    """The values of a column's code list; '' where it has none, or one too long to read."""
    key = contents.list_of(column)
    if not key or not _is_short(contents, key):
        return ""
    return messages("template.submission.for_example", values=", ".join(map(str, contents.lists[key].values)))


def _is_short(contents: TemplateContents, key: str) -> bool:
    return len(contents.lists[key].values) <= _LONGEST_LIST


def _heading(text: str) -> list[str]:
    return [text, "-" * len(text)]


def _comment(text: str) -> list[str]:
    return [
        wrapped
        for line in text.split("\n")
        for wrapped in textwrap.wrap(line, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    ]


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False)
