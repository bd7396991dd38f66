"""Every defect of every check, planted one at a time into clean records of each format, is found, and nothing moves.

All plants of all formats are submissions of one run: handed in as files, read, derived and checked the whole way.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.models import Role
from qa_toolkit.engine.examples import EXTRACTS_OF
from qa_toolkit.engine.run import run_checks
from qa_toolkit.intake.read import read_submissions
from qa_toolkit.problems import ProblemKind
from qa_toolkit.records.facts import derive_facts
from qa_toolkit.records.store import open_store
from qa_toolkit.registers.database import load_into, note_possible_matches
from qa_toolkit.registers.extracts import invented
from qa_toolkit.resources import shipped_folder
from qa_toolkit.result import CaseKey, State
from tests.planting.exceptions import BY_SIGNING, COMPANIONS, HONEST_THERE, NOT_HELD, PROFILES
from tests.planting.plants import CHECKS, DECLARED, LOOKING_AT, PLANTED_ELSEWHERE, Plant, clean, plants
from tests.planting.writers import WRITERS
from tests.planting.writers.writer import PART, Writer, write_offers

AS_OF = date(2026, 9, 30)
VOCABULARIES = [shipped_folder("checks") / "vocabularies"]
KINDS = load_catalogue(shipped_folder("checks")).registers
PLANTS = {plant.id: plant for plant in plants()}
ROLES = {CaseKey(check.id, case.key, case.table): case.role for check in CHECKS.values() for case in check.cases}

CLEAN = "clean"
"""Name of the submission without a defect."""


def planted_in(writer: Writer) -> list[Plant]:
    """The plants that a format can hold."""
    return [plant for plant in PLANTS.values() if holds(writer, plant)
            and plant.check.id not in HONEST_THERE.get(writer.name, {})]  # fmt: skip


def holds(writer: Writer, plant: Plant) -> bool:
    """Whether the format has a place for everything that a plant says."""
    form = plant.form or writer.evidence_forms[0]
    fits = form in writer.evidence_forms and plant.format in ("", writer.name)
    return fits and all(writer.holds(record) for record in plant.records)


def named(writer: Writer, plant_id: str) -> str:
    """The submission of a plant in a format: the name of a folder, or the part of a table."""
    return f"{writer.name.replace('_', '-')}-{plant_id}"


def hand_in(writer: Writer, root: Path) -> None:
    """Write a folder for each plant and for clean records; where files can be split, one for all that declare alike."""
    together: list[tuple[str, Mapping[str, Any]]] = []
    planted = [(plant.id, plant.records, plant.declared, plant.offers) for plant in planted_in(writer)]
    for name, records, declared, offers in [(CLEAN, (clean(1), clean(2)), DECLARED, ()), *planted]:
        submission = named(writer, name)
        if writer.splits and declared == DECLARED and not offers:
            together += [(submission, record) for record in records]
        else:
            writer.write(root / submission, records, declared)
            if offers:
                write_offers(root / submission, offers)
    if together:
        parts, rows = zip(*together, strict=True)
        writer.write(root / named(writer, "together"), rows, DECLARED, parts)


class Checked:
    """One run over all plants of all formats, and clean submissions beside them."""

    def __init__(self, root: Path) -> None:
        for writer in WRITERS:
            hand_in(writer, root)
        with open_store() as store:
            intake = read_submissions([root], store, VOCABULARIES, split_by=PART)
            self.problems = [p for p in intake.problems + intake.run_problems if p.kind is not ProblemKind.NOTE]
            for writer in WRITERS:
                for plant in (plant for plant in planted_in(writer) if plant.registers):
                    load_into(store, invented(KINDS, plant.registers, EXTRACTS_OF), named(writer, plant.id))
            note_possible_matches(store)
            derive_facts(store.connection, AS_OF, VOCABULARIES)
            outcome = run_checks(store.connection, tuple(CHECKS.values()))
            self.broken = outcome.broken
            self.states: dict[str, dict[str, dict[CaseKey, str]]] = {}
            for table in sorted(outcome.cases.keys() - {*PLANTED_ELSEWHERE}):
                keys = outcome.cases[table]
                rows = store.connection.execute(
                    f"SELECT submission_id, record_id, states FROM {table}_states"
                    " ORDER BY coalesce(try_cast(regexp_extract(record_id, '[0-9]+$') AS INTEGER), 0)"
                ).fetchall()
                for submission, record, states in rows:
                    found = self.states.setdefault(submission, {})
                    found[record] = dict(zip(keys, states, strict=True))

    def failed(self, submission: str) -> set[tuple[str, str, str]]:
        """(check, case, record) of what scores or asks; of several cases of a check the first."""
        found: dict[tuple[str, str], str] = {}
        for record, states in self.states[submission].items():
            for key, state in states.items():
                if state == State.FAILED and ROLES[key] is not Role.INFORMS:
                    found.setdefault((key.check_id, record), key.case)
        return {(check, case, record) for (check, record), case in found.items()}

    def moved(self, writer: Writer, plant: Plant) -> set[str]:
        """Checks, of any role, that come out for the planted record or its submission otherwise than for a clean."""
        planted, honest = named(writer, plant.id), named(writer, CLEAN)
        pairs = ((self.states[planted][""], self.states[honest][""]), (self.last(planted), self.last(honest)))
        return {key.check_id for found, clear in pairs for key in found if found[key] != clear[key]}

    def last(self, submission: str) -> dict[CaseKey, str]:
        """The states of the last record of a submission."""
        return [states for record, states in self.states[submission].items() if record][-1]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return Checked(tmp_path_factory.mktemp("planting"))


CASES = [pytest.param(writer, plant, id=f"{writer.name}-{plant.id}") for writer in WRITERS
         for plant in planted_in(writer)]  # fmt: skip


def test_everything_handed_in_is_read(checked: Checked) -> None:
    """And no check breaks on it."""
    assert checked.problems == []
    assert checked.broken == ()


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_clean_records_have_nothing_to_find(writer: Writer, checked: Checked) -> None:
    assert checked.failed(named(writer, CLEAN)) == set()


@pytest.mark.parametrize(("writer", "plant"), CASES)
def test_a_planted_defect_is_found_at_its_record(writer: Writer, plant: Plant, checked: Checked) -> None:
    """By its check and case, there and nowhere else; of other checks only companions speak."""
    submission = named(writer, plant.id)
    failed = checked.failed(submission)
    records = [name for name in checked.states[submission] if name]
    record = "" if plant.case.table == "submissions" else records[-1]

    others = {check for check, _, where in failed if (check, where) != (plant.check.id, record)}
    assert (plant.check.id, plant.case.key, record) in failed
    assert others - COMPANIONS.get(plant.check.id, {}).keys() == set()


@pytest.mark.parametrize(("writer", "plant"), CASES)
def test_nothing_else_moves(writer: Writer, plant: Plant, checked: Checked) -> None:
    """What requires the check, or looks at the same ground, may have nothing to say any more; all else stays."""
    follows = {check.id for check in CHECKS.values() if plant.check.id in check.requires}
    ground = {check for name in plant.ground() for check in LOOKING_AT[name].split()}
    companions = COMPANIONS.get(plant.check.id, {}).keys()

    moved = checked.moved(writer, plant) - {plant.check.id} - PROFILES

    assert moved - follows - ground - companions == set()


def test_every_check_that_scores_or_asks_is_planted_somewhere() -> None:
    asked = {
        check.id
        for check in CHECKS.values()
        for case in check.cases
        if case.role is not Role.INFORMS and case.table not in PLANTED_ELSEWHERE
    }

    assert {plant.check.id for writer in WRITERS for plant in planted_in(writer)} == asked - BY_SIGNING.keys()


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_what_is_not_planted_is_listed_with_its_reason(writer: Writer) -> None:
    """Neither a plant that silently falls out of a format, nor an excuse that nobody needs any more."""
    assert {plant.id for plant in PLANTS.values() if not holds(writer, plant)} == NOT_HELD[writer.name].keys()
    honest = HONEST_THERE.get(writer.name, {})
    assert {plant.check.id for plant in PLANTS.values() if holds(writer, plant)} >= honest.keys()


def test_every_companion_is_a_check() -> None:
    speaking = {check for others in COMPANIONS.values() for check in others}

    assert speaking | COMPANIONS.keys() <= CHECKS.keys()
