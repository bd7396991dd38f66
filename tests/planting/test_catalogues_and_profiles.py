"""Every defect that checks find in an offer or a provider profile, planted one at a time, is found; nothing else moves.

The catalogue is handed in as CSV and the profile as YAML: read, derived and checked the whole way, all in one run.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from qa_toolkit.catalogue.models import Case, Role
from qa_toolkit.engine.examples import examples_of
from qa_toolkit.engine.run import run_checks
from qa_toolkit.intake.read import read_submissions
from qa_toolkit.records.facts import derive_facts
from qa_toolkit.records.store import open_store
from qa_toolkit.resources import shipped_folder
from qa_toolkit.result import CaseKey, State
from tests.planting.plants import CHECKS, PLANTED_ELSEWHERE

VOCABULARIES = [shipped_folder("checks") / "vocabularies"]
DECLARED = "template_version: '1'\nprovider_name: Invented Beekeepers\ncolumns_handed_in: all\n"
OFFER: Mapping[str, Any] = {
    "title": "Keeping bees",
    "country": "DE",
    "awarding_body": "Invented Beekeepers",
    "learning_outcomes": "keeps bees",
    "ects": 5,
    "eqf_level": 6,
    "assessment_type": "written_examination",
    "participation": "blended",
    "quality_assurance": "internal",
    "prerequisites": "none",
    "url": "https://bees.example/courses/1",
    "contact": "Study office",
    "price": "free",
    "language": "en",
    "start_date": date(2026, 10, 5),
    "duration": "10 weeks",
}
"""An offer at which no check that scores or asks has anything to find."""
PROFILE: Mapping[str, Any] = {
    "name": "Invented Beekeepers",
    "country": "DE",
    "identifiers": ["registration:HRB 00000"],
    "recognition_policy": "https://bees.example/recognition",
}
"""A profile of the same kind."""
HEADINGS = {
    "assessment_types": "assessment_type",
    "quality_assurance_types": "quality_assurance",
    "participation_modes": "participation",
}
LEFT_BLANK: Mapping[str, tuple[str, ...]] = {
    "EL-19:ground": ("awarding_body", "learning_outcomes", "assessment_type", "quality_assurance"),
    "EL-19:other": ("ects",),
    "PTH-05": ("prerequisites",),
    "INF-01:no_address": ("url",),
    "INF-02": ("contact",),
    "INF-04": ("language", "start_date", "duration"),
    "REC-02": ("recognition_policy",),
    "AUT-02": ("identifiers",),
    "VAL-19": ("country",),
}
"""What a clean record says although the example leaves it unsaid."""


@dataclass(frozen=True)
class Defect:
    """One failing example, as an offer or a profile."""

    case: Case
    check_id: str
    number: int
    said: Mapping[str, Any]

    @property
    def submission(self) -> str:
        return f"{self.check_id}-{self.case.key}-{self.number}".lower().replace("_", "-").replace("--", "-")

    def record(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        key = f"{self.check_id}:{self.case.key}" if self.case.key else self.check_id
        kept = {name: value for name, value in clean.items() if name not in LEFT_BLANK.get(key, ())}
        return {**kept, **{HEADINGS.get(name, name): value for name, value in self.said.items()}}


def defects() -> Iterator[Defect]:
    for example in examples_of(tuple(CHECKS.values())):
        key = example.record.get("case", example.check.cases[0].key)
        case = next(case for case in example.check.cases if case.key == key)
        if example.kind == "fail" and case.table in PLANTED_ELSEWHERE and case.role is not Role.INFORMS:
            said = {name: value for name, value in example.record.items() if name not in ("case", "submission")}
            yield Defect(case, example.check.id, example.number, said)


DEFECTS = list(defects())


def cell(value: Any) -> str:
    return " | ".join(value) if isinstance(value, list) else str(value)


def hand_in(folder: Path, offer: Mapping[str, Any], profile: Mapping[str, Any]) -> None:
    folder.mkdir(parents=True)
    (folder / "submission.yaml").write_text(DECLARED, encoding="utf-8")
    (folder / "provider.yaml").write_text(yaml.safe_dump(dict(profile)), encoding="utf-8")
    with (folder / "offers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(OFFER)
        writer.writerow([cell(offer[name]) if name in offer else "" for name in OFFER])


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[tuple[str, str, str]]]:
    """Submission -> (check, case, table) of what fails there and scores or asks."""
    root = tmp_path_factory.mktemp("catalogues")
    hand_in(root / "clean", OFFER, PROFILE)
    for defect in DEFECTS:
        of_offer = defect.case.table == "offers"
        hand_in(
            root / defect.submission,
            defect.record(OFFER) if of_offer else OFFER,
            PROFILE if of_offer else defect.record(PROFILE),
        )
    roles = {CaseKey(check.id, case.key, case.table): case.role for check in CHECKS.values() for case in check.cases}
    found: dict[str, set[tuple[str, str, str]]] = {}
    with open_store() as store:
        read_submissions([root], store, VOCABULARIES)
        derive_facts(store.connection, date(2026, 9, 30), VOCABULARIES)
        outcome = run_checks(store.connection, tuple(CHECKS.values()))
        for table, keys in outcome.cases.items():
            for submission, states in store.connection.execute(
                f"SELECT submission_id, states FROM {table}_states"
            ).fetchall():
                for key, state in zip(keys, states, strict=True):
                    if state == State.FAILED and roles[key] is not Role.INFORMS:
                        found.setdefault(submission, set()).add((key.check_id, key.case, table))
    return found


def test_nothing_is_found_at_a_clean_catalogue_and_profile(failed: Mapping[str, set[tuple[str, str, str]]]) -> None:
    """What the others are compared with is clean."""
    assert failed.get("clean", set()) == set()


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.submission)
def test_a_planted_defect_is_found_and_nothing_else_moves(
    defect: Defect, failed: Mapping[str, set[tuple[str, str, str]]]
) -> None:
    """One case of one check, at the table it was planted into."""
    assert failed.get(defect.submission, set()) == {(defect.check_id, defect.case.key, defect.case.table)}


def test_every_check_on_offers_and_profiles_is_planted() -> None:
    """No check that scores or asks there is without a defect."""
    wanted = {
        check.id
        for check in CHECKS.values()
        for case in check.cases
        if case.table in PLANTED_ELSEWHERE and case.role is not Role.INFORMS
    }

    assert {defect.check_id for defect in DEFECTS} == wanted
