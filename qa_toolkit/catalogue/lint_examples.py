"""Lint of examples: every case shows what it catches, in columns that exist."""

from collections.abc import Iterator, Mapping
from typing import Any

from qa_toolkit.catalogue.complaint import complaint
from qa_toolkit.catalogue.models import Catalogue, Check
from qa_toolkit.problems import Problem, meant
from qa_toolkit.records.tables import TABLES

RECORD_TABLES = ("credentials", "offers", "providers")
COLUMNS = {table: frozenset(column.name for column in TABLES[table]) for table in (*RECORD_TABLES, "submissions")}
SUBMISSION, ALSO, CASE, REPEAT, TABLE = "submission", "also", "case", "repeat", "table"
REGISTERS, REGISTERS_OF = "registers", "registers_of"
"""Keys of an example that are no columns: the submission's row, sibling records, the case that fails, for a sibling how
often it is there, the table of the record where it is not the one its check reads first, rows of registers by the kind
of their extract, and the day of these extracts."""


def example_problems(check: Check, catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with the examples of a check."""

    def say(what: str, why: str, fix: str) -> Problem:
        return complaint(catalogue, check.id, what, why, fix)

    examples = check.examples
    if not examples.passing:
        yield say("no passing example", "A check that fails everything would look right.", "Add one under 'pass'.")
    keys = list(dict.fromkeys(case.key for case in check.cases))
    unsaid = keys[0] if len(keys) == 1 else ""
    shown = {str(example.get(CASE, unsaid)) for example in examples.failing}
    for key in keys:
        if key not in shown:
            of = f" of the case '{key}'" if key else ""
            fix = f"Add one under 'fail'{f' with case: {key}' if key else ''}."
            yield say(f"no failing example{of}", "A check that never fails would look right.", fix)
    for key in sorted(shown - set(keys)):
        what = f"a failing example names no case '{key}'" if key else "a failing example does not say of which case"
        yield say(what, f"Cases are {', '.join(keys)}.", meant(key, keys, "Name the case that fails."))
    for example in (*examples.passing, *examples.failing, *examples.silent):
        yield from _columns(example, check, catalogue)
        yield from _register_rows(example.get(REGISTERS, {}), check, catalogue)


def _columns(example: Mapping[str, Any], check: Check, catalogue: Catalogue) -> Iterator[Problem]:
    first = next((case.table for case in check.cases), "credentials")
    own = example.get(TABLE, first)
    beside = own if own in RECORD_TABLES else "credentials"
    submission, siblings = example.get(SUBMISSION, {}), example.get(ALSO, [])
    listed = [one for one in siblings if isinstance(one, Mapping)] if isinstance(siblings, list) else []
    if first not in COLUMNS:
        return  # said of the check already
    for table in (one[TABLE] for one in (example, *listed) if TABLE in one):
        if table not in COLUMNS:
            fix = meant(str(table), COLUMNS, f"Tables are {', '.join(COLUMNS)}.")
            yield complaint(catalogue, check.id, f"unknown table '{table}' in an example", "No record is of it.", fix)
    known = COLUMNS[own] if own in RECORD_TABLES else frozenset()
    written = [(name, known | {SUBMISSION, ALSO, CASE, TABLE, REGISTERS, REGISTERS_OF}) for name in example]
    if isinstance(submission, Mapping):
        written += [(name, COLUMNS["submissions"]) for name in submission]
    for sibling in listed:
        written += [(name, COLUMNS.get(sibling.get(TABLE, beside), frozenset()) | {REPEAT, TABLE}) for name in sibling]
    for name, columns in written:
        if name not in columns:
            fix = meant(name, columns, "Examples hold canonical columns: qa_toolkit/records/tables.py.")
            yield complaint(catalogue, check.id, f"unknown column '{name}' in an example", "No record has it.", fix)


def _register_rows(written: Any, check: Check, catalogue: Catalogue) -> Iterator[Problem]:
    """Rows of registers beside a record: kind -> rows in the columns of that kind."""
    shaped = isinstance(written, Mapping) and all(
        isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows) for rows in written.values()
    )
    if not shaped:
        what, why = "the registers of an example have another shape", "They map a kind to rows."
        yield complaint(catalogue, check.id, what, why, "Write registers: {kind: [{column: value}]}.")
        return
    for kind, rows in written.items():
        if kind not in catalogue.registers:
            fix = meant(kind, catalogue.registers, f"Kinds are {', '.join(catalogue.registers)}.")
            yield complaint(catalogue, check.id, f"unknown kind of register '{kind}'", "No extract is of it.", fix)
            continue
        columns = [column.name for column in catalogue.registers[kind].columns]
        for name in (name for row in rows for name in row if name not in columns):
            what = f"unknown column '{name}' of the register {kind} in an example"
            fix = meant(name, columns, f"Columns are {', '.join(columns)}.")
            yield complaint(catalogue, check.id, what, "No extract has it.", fix)
