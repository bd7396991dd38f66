"""Every defect of every check, planted one at a time into clean records of each format, is found, and nothing moves.

All plants of a format are submissions of one run: handed in as files, read, derived and checked the whole way.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.catalogue.models import Role
from qa_toolkit.engine.run import run_checks
from qa_toolkit.intake.read import read_submissions
from qa_toolkit.records.facts import derive_facts
from qa_toolkit.records.store import open_store
from qa_toolkit.resources import shipped_folder
from qa_toolkit.result import CaseKey, State
from tests.planting.plants import CHECKS, DECLARED, LOOKING_AT, Plant, clean, plants
from tests.planting.writers import PART, WRITERS, Writer

AS_OF = date(2026, 9, 30)
VOCABULARIES = [shipped_folder("checks") / "vocabularies"]
PLANTS = {plant.id: plant for plant in plants()}
ROLES = {CaseKey(check.id, case.key, case.table): case.role for check in CHECKS.values() for case in check.cases}

JSON = "european_digital_credential"
HONEST_THERE: Mapping[str, Mapping[str, str]] = {
    JSON: {
        "SIZ-14": "the model defines its volume of learning as total workload",
        "VAL-08": "a concept of its own with a label is enough",
        "VAL-10": "a concept of its own with a label is enough",
        "VAL-11": "a concept of its own with a label is enough",
    },
}
"""Format -> check -> why what the example plants is no defect there."""

COMPANIONS: Mapping[str, Mapping[str, str]] = {
    "QUA-24": {"VAL-11": "words beside the list"},
    "ASM-01": {"VAL-08": "words that name no assessment are on no list of assessments"},
    "LO-03": {"LO-02": "what the course does is no verb of the learner"},
    "LO-05": {"LO-05": "each award with the block is asked about"},
    "VAL-06": {"SIZ-07": "thousands of hours fit into no course", "SIZ-09": "the example states hours alone"},
    "SIZ-06": {"SIZ-09": "the example states hours alone"},
    "SIZ-07": {"SIZ-09": "the example states hours alone"},
    "SIZ-14": {"SIZ-09": "the example states hours alone"},
    "EL-08": {"SIZ-15": "credits of a provider that is declared as another one"},
    "AUT-12": {"SIZ-15": "the same"},
    "PTH-06": {"EL-10": "where no learning is stated, no form of participation is"},
    "POR-10": {"POR-06": "a national number is one whoever asks"},
}
"""Check -> other checks that rightly speak of the same defect, and why."""

PROFILES = frozenset({"REC-01", "EL-18"})
"""Sums over other checks: they inform, and weigh nothing."""


def planted_in(writer: Writer) -> list[Plant]:
    """The plants that a format can hold."""
    return [
        plant
        for plant in PLANTS.values()
        if plant.check.id not in HONEST_THERE.get(writer.name, {})
        and (plant.form or writer.evidence_forms[0]) in writer.evidence_forms
        and all(writer.holds(record) for record in plant.records)
    ]


class Checked:
    """One run over all plants of a format, and a clean submission of as many records beside them."""

    def __init__(self, writer: Writer, folder: Path) -> None:
        root = folder / writer.name
        together: list[tuple[str, Mapping[str, Any]]] = [("clean", clean(1)), ("clean", clean(2))]
        if not writer.splits:
            writer.write(root / "clean", [clean(1), clean(2)], DECLARED)
        for plant in planted_in(writer):
            if writer.splits and plant.declared == DECLARED:
                together += [(plant.id, record) for record in plant.records]
            else:
                writer.write(root / plant.id, plant.records, plant.declared)
        if writer.splits:
            parts, records = zip(*together, strict=True)
            writer.write(root / "together", records, DECLARED, parts)
        with open_store() as store:
            intake = read_submissions([root], store, VOCABULARIES, split_by=PART if writer.splits else None)
            self.problems = [p for p in intake.problems if p.kind.value != "note"]
            derive_facts(store.connection, AS_OF, VOCABULARIES)
            outcome = run_checks(store.connection, tuple(CHECKS.values()))
            self.broken = outcome.broken
            self.states: dict[str, dict[str, dict[CaseKey, str]]] = {}
            for table, keys in outcome.cases.items():
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

    def moved(self, plant: Plant) -> set[str]:
        """Checks, of any role, that come out for the planted record or its submission otherwise than for a clean."""
        pairs = (
            (self.states[plant.id][""], self.states["clean"][""]),
            (self.last(plant.id), self.last("clean")),
        )
        return {key.check_id for found, honest in pairs for key in found if found[key] != honest[key]}

    def last(self, submission: str) -> dict[CaseKey, str]:
        """The states of the last record of a submission."""
        return [states for record, states in self.states[submission].items() if record][-1]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Checked]:
    return {writer.name: Checked(writer, tmp_path_factory.mktemp("planting")) for writer in WRITERS}


CASES = [pytest.param(writer.name, plant, id=f"{writer.name}-{plant.id}") for writer in WRITERS
         for plant in planted_in(writer)]  # fmt: skip


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_clean_records_have_nothing_to_find(writer: Writer, checked: dict[str, Checked]) -> None:
    """And everything that is handed in is read."""
    assert checked[writer.name].broken == ()
    assert checked[writer.name].problems == []
    assert checked[writer.name].failed("clean") == set()


@pytest.mark.parametrize(("format_name", "plant"), CASES)
def test_a_planted_defect_is_found_at_its_record(format_name: str, plant: Plant, checked: dict[str, Checked]) -> None:
    """By its check and case, there and nowhere else; of other checks only companions speak."""
    failed = checked[format_name].failed(plant.id)
    submission = checked[format_name].states[plant.id]
    records = [name for name in submission if name]
    record = "" if plant.case.table == "submissions" else records[-1]

    others = {check for check, _, where in failed if (check, where) != (plant.check.id, record)}
    assert (plant.check.id, plant.case.key, record) in failed
    assert others - COMPANIONS.get(plant.check.id, {}).keys() == set()


@pytest.mark.parametrize(("format_name", "plant"), CASES)
def test_nothing_else_moves(format_name: str, plant: Plant, checked: dict[str, Checked]) -> None:
    """What requires the check, or looks at the same ground, may have nothing to say any more; all else stays."""
    follows = {check.id for check in CHECKS.values() if plant.check.id in check.requires}
    ground = {check for name in plant.ground() for check in LOOKING_AT[name].split()}
    companions = COMPANIONS.get(plant.check.id, {}).keys()

    moved = checked[format_name].moved(plant) - {plant.check.id} - PROFILES

    assert moved - follows - ground - companions == set()


def test_every_check_that_scores_or_asks_is_planted_somewhere() -> None:
    """And in each format that can carry its defect: what a format cannot hold its writer says."""
    asked = {check.id for check in CHECKS.values() for case in check.cases if case.role is not Role.INFORMS}

    assert {plant.check.id for writer in WRITERS for plant in planted_in(writer)} == asked


def test_every_companion_is_needed() -> None:
    """A list of excuses is short: each names checks that there are."""
    named = {check for others in (*COMPANIONS.values(), *HONEST_THERE.values()) for check in others}

    assert named | COMPANIONS.keys() <= CHECKS.keys()
