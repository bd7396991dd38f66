"""The examples of every check, run through the real engine: what a check says of itself must be true.

An example names canonical columns; what it leaves out is not there. It is a row of the first table that its check
reads, or of the one it names (``table: offers``); records beside it stand under ``also``, of any table, and rows of
register extracts under ``registers``, by the kind of extract, all of the day ``registers_of``. Defaults: a
higher education provider that hands in full data, all awards, all columns, hours of total workload; a row of a table;
the audit as of 2026-09-30, extracts of a month before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.models import Case, Check
from qa_toolkit.engine.run import EngineOutcome, run_checks
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.facts import derive_facts
from qa_toolkit.records.register_tables import RegisterKind
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.records.tables import ELEMENTS, OFFER_ELEMENTS, TABLES
from qa_toolkit.registers.database import load_into, note_possible_matches
from qa_toolkit.registers.extracts import invented
from qa_toolkit.resources import shipped_folder
from qa_toolkit.result import CaseKey, State

AS_OF = date(2026, 9, 30)
EXTRACTS_OF = date(2026, 8, 31)

SUBMISSION = {
    "provider_type": "higher_education",
    "hours_basis": "total",
    "learner_data": "full",
    "awards_handed_in": "all",
    "columns_handed_in": "all",
    "credentials_found": 1,
    "repeats_left_out": 0,
}

COLUMNS_OF_ELEMENT: Mapping[str, tuple[str, ...]] = {
    "learner": ("learner_name", "learner_email", "learner_identifiers", "learner_key"),
    "title": ("title", "titles"),
    "country": ("country", "country_raw"),
    "awarding_body": ("awarding_body",),
    "issued": ("issued",),
    "learning_outcomes": ("learning_outcomes",),
    "workload": (
        "ects",
        "credits",
        "workload_hours",
        "durations",
        "workload_unreadable",
        "workload_other_units",
    ),
    "level": ("eqf_raw", "eqf_level", "nqf_level", "cycle", "level_reason"),
    "assessment_type": ("assessment_types", "assessment_texts", "assessment_reading"),
    "participation": ("participation_modes",),
    "quality_assurance": ("quality_assurance_types",),
}
"""An element is stated where one of these is given; optional elements by their raw text."""

KINDS = ("pass", "fail", "silent")

RECORD_TABLES = ("credentials", "offers", "providers")
EXAMPLE_RECORDS = ("", "f1-r1000", "f2-r1000", "profile")
"""Ids of what examples are about: a submission, a credential, an offer, a provider; other ids are their siblings'."""


@dataclass(frozen=True)
class Example:
    """One example of a check, in a submission of its own."""

    check: Check
    kind: str
    number: int
    record: Mapping[str, Any]

    @property
    def submission_id(self) -> str:
        """Unique among all examples."""
        return f"{self.check.id}-{self.kind}-{self.number}".lower()

    @property
    def table(self) -> str:
        """The table that the example is a row of."""
        first = next((case.table for case in self.check.cases), "credentials")
        return str(self.record.get("table", first))

    @property
    def case(self) -> Case:
        """The case that a failing example fails: of the key it names, on its own table where there is one."""
        wanted = self.record.get("case", self.check.cases[0].key)
        named = [case for case in self.check.cases if case.key == wanted]
        return next((case for case in named if case.table == self.table), named[0])


def examples_of(checks: Sequence[Check]) -> tuple[Example, ...]:
    """Every example of the checks."""
    return tuple(
        Example(check, kind, number, record)
        for check in checks
        for kind, records in zip(
            KINDS, (check.examples.passing, check.examples.failing, check.examples.silent), strict=True
        )
        for number, record in enumerate(records, 1)
    )


def run_examples(checks: Sequence[Check], kinds: Mapping[str, RegisterKind] | None = None) -> tuple[Problem, ...]:
    """Run every example; a problem for each that comes out otherwise than its check says, and for each broken check.

    ``kinds`` are those of register extracts, by id: the shipped ones if not given.
    """
    examples = examples_of(checks)
    with open_store() as store:
        load_examples(examples, store, kinds)
        outcome = run_checks(store.connection, checks)
        states = states_of_examples(store.connection, outcome)
    problems = [
        _problem(broken.check_id, "it runs", f"The check could not run: {broken.reason}") for broken in outcome.broken
    ]
    return (*problems, *(p for example in examples for p in _judged(example, states[example.submission_id])))


def load_examples(
    examples: Sequence[Example], store: RecordStore, kinds: Mapping[str, RegisterKind] | None = None
) -> None:
    """Write the examples as records and derive their facts."""
    store.append("submissions", (_submission(example) for example in examples))
    rows = [row for example in examples for row in _records(example)]
    for name in RECORD_TABLES:
        store.append(name, (row for table, row in rows if table == name))
    if kinds is None:
        kinds = load_catalogue(shipped_folder("checks")).registers
    for example in examples:
        if supplied := example.record.get("registers"):
            day = example.record.get("registers_of", EXTRACTS_OF)
            load_into(store, invented(kinds, supplied, day), example.submission_id)
    note_possible_matches(store)
    derive_facts(store.connection, AS_OF, [shipped_folder("checks") / "vocabularies"])


def states_of_examples(connection: duckdb.DuckDBPyConnection, outcome: EngineOutcome) -> dict[str, dict[CaseKey, str]]:
    """Submission id -> case -> state, of the example itself (its siblings left out) and of its submission."""
    found: dict[str, dict[CaseKey, str]] = {}
    for table, keys in outcome.cases.items():
        rows = connection.execute(
            f"SELECT submission_id, states FROM {table}_states WHERE record_id IN {EXAMPLE_RECORDS}"
        ).fetchall()
        for submission_id, states in rows:
            found.setdefault(submission_id, {}).update(zip(keys, states, strict=True))
    return found


def _judged(example: Example, states: Mapping[CaseKey, str]) -> Iterator[Problem]:
    cases = [
        (case.key, states.get(CaseKey(example.check.id, case.key, case.table), "-")) for case in example.check.cases
    ]
    first_failure = next((key for key, state in cases if state == State.FAILED), None)
    name = f"{example.kind} example {example.number}"
    if example.kind == "fail":
        wanted = example.record.get("case", example.check.cases[0].key)
        if first_failure is None:
            yield _problem(example.check.id, name, "It should fail and does not.")
        elif first_failure != wanted:
            yield _problem(example.check.id, name, f"It fails as {first_failure!r}, not as {wanted!r}.")
    elif first_failure is not None:
        yield _problem(example.check.id, name, "It should not fail and does.")
    elif example.kind == "pass" and not any(state == State.PASSED for _, state in cases):
        yield _problem(example.check.id, name, "It should pass, and the check does not apply to it.")


def _problem(check_id: str, name: str, why: str) -> Problem:
    fix = "Correct the example, or the check."
    return Problem(ProblemKind.FILE, "An example is not what it says", f"check {check_id}, {name}", why, fix)


def _submission(example: Example) -> dict[str, Any]:
    rows = [table for table, _ in _records(example)]
    found = {"offers_found": rows.count("offers"), "profile_found": "providers" in rows}
    return {**SUBMISSION, **found, **example.record.get("submission", {}), "submission_id": example.submission_id}


def _records(example: Example) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of an example, each with its table.

    Siblings come before the example: where order matters, the example is the later one. An example about a submission
    is no record itself; its records stand under ``also``, each as often as its ``repeat`` says.
    """
    own = example.table
    beside = own if own in RECORD_TABLES else "credentials"
    siblings = [one for one in example.record.get("also", ()) for _ in range(one.get("repeat", 1))]
    for number, record in enumerate(siblings, 1):
        table = record.get("table", beside)
        yield table, _record(table, example.submission_id, number, record)
    if own in RECORD_TABLES:
        yield own, _record(own, example.submission_id, 1000, example.record)


def _record(table: str, submission_id: str, row: int, stated: Mapping[str, Any]) -> dict[str, Any]:
    canonical = _CANONICAL[table]
    values = {key: value for key, value in stated.items() if key in canonical}
    place = {"source_place": f"row {row}", "source_file": 1, "submission_id": submission_id}
    for name in [name for name in values if f"{name}_raw" in canonical and canonical[name].type == "DATE"]:
        values.setdefault(f"{name}_raw", str(values[name]))
    if table == "providers":
        return {"source_format": "table", **values, **place, "record_id": "profile"}
    if "eqf_level" in values and table == "credentials":
        values.setdefault("eqf_raw", str(values["eqf_level"]))
    if "title" in values:
        entry = {"language": values.get("title_language"), "text": values["title"]}
        values.setdefault("titles", [entry])
    for element in ELEMENTS if table == "credentials" else OFFER_ELEMENTS:
        given = COLUMNS_OF_ELEMENT.get(element, (f"{element}_raw",))
        if f"{element}_strength" in values or f"{element}_cause" in values:
            continue
        if any(values.get(column) not in (None, "", []) for column in given):
            values[f"{element}_strength"] = "structured"
        else:
            values[f"{element}_cause"] = "empty"
    form, file = ("extract", 1) if table == "credentials" else ("catalogue", 2)
    return {
        "evidence_form": form,
        "source_format": "table",
        **place,
        "source_file": file,
        **values,
        "submission_id": submission_id,
        "record_id": f"f{file}-r{row}",
    }


_CANONICAL = {table: {column.name: column for column in TABLES[table]} for table in RECORD_TABLES}
