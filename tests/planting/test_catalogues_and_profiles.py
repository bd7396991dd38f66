"""Every defect that checks find in an offer or a provider profile, planted one at a time, is found; nothing else moves.

The catalogue is handed in as CSV and the profile as YAML: read, derived and checked the whole way, all in one run.
Awards stand beside a catalogue where a check counts or dates them; what is found at them is looked at elsewhere.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
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
DECLARED: Mapping[str, Any] = {
    "template_version": "1",
    "provider_name": "Invented Beekeepers",
    "provider_type": "higher_education",
    "columns_handed_in": "all",
}
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
    "target_group": "people with a garden",
    "entry_level": "no previous knowledge",
    "assessment_criteria": "https://bees.example/courses/1/criteria",
    "accessibility": "step-free garden",
    "approved": date(2025, 2, 20),
    "approved_by": "Council of Beekeepers",
    "published": date(2025, 3, 1),
    "reviewed": date(2026, 1, 20),
    "feedback_collected": "yes",
    "isced_f": "0811",
}
"""An offer at which no check that scores or asks has anything to find."""
PROFILE: Mapping[str, Any] = {
    "name": "Invented Beekeepers",
    "country": "DE",
    "identifiers": ["registration:HRB 00000"],
    "recognition_policy": "https://bees.example/recognition",
}
"""A profile of the same kind."""
AWARD: Mapping[str, Any] = {
    "title": "Keeping bees",
    "issued": date(2026, 6, 1),
    "awarding_body": "Invented Beekeepers",
    "learner_name": "Testa Musterbiene",
}
"""An award beside them."""
CLEAN: Mapping[str, Mapping[str, Any]] = {"offers": OFFER, "providers": PROFILE, "credentials": AWARD}
HEADINGS: Mapping[str, str | None] = {
    "assessment_types": "assessment_type",
    "quality_assurance_types": "quality_assurance",
    "participation_modes": "participation",
    "assessment_weights": None,
    "outcomes_assessed": None,
    "all_outcomes_assessed": None,
    "stackability_raw": "stackability",
    "further_information_raw": "further_information",
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
    "REL-01": ("target_group",),
    "LCD-01": ("entry_level", "prerequisites"),
    "LCD-05": ("accessibility",),
    "ASM-05": ("assessment_criteria",),
    "QUA-12:not_recorded": ("approved", "approved_by"),
    "QUA-13": ("reviewed", "approved", "published"),
    "QUA-15:not_asked": ("feedback_collected",),
}
"""What a clean record says although the example leaves it unsaid."""
COMPANIONS: Mapping[str, Mapping[str, str]] = {
    "LCD-01": {"PTH-05": "what one needs to enter says from where learners start"},
    "QUA-12": {"INF-07": "approved after its first award, it was published before its approval"},
}
"""Check -> others that speak of the same defect, and why."""


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

    @property
    def key(self) -> str:
        return f"{self.check_id}:{self.case.key}" if self.case.key else self.check_id

    def records(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Table -> what is handed in there: the planted record last, clean ones where the example names none."""
        found: dict[str, list[Mapping[str, Any]]] = {"offers": [], "providers": [], "credentials": []}
        for one in self.said.get("also", ()):
            table = one.get("table", self.case.table)
            found[table] += [as_written(one, CLEAN[table])] * one.get("repeat", 1)
        clean = {k: v for k, v in CLEAN[self.case.table].items() if k not in LEFT_BLANK.get(self.key, ())}
        found[self.case.table].append(as_written(self.said, clean))
        found["credentials"] = [{"credential_id": f"C-{n}", **one} for n, one in enumerate(found["credentials"], 1)]
        return {**found, "offers": found["offers"] or [OFFER], "providers": found["providers"] or [PROFILE]}


def as_written(said: Mapping[str, Any], clean: Mapping[str, Any]) -> Mapping[str, Any]:
    """A clean record with what an example says, under the columns of our template."""
    said = {
        name: value for name, value in said.items() if name not in ("also", "case", "repeat", "submission", "table")
    }
    named = {HEADINGS.get(name, name): value for name, value in said.items()}
    return {**clean, **{name: value for name, value in named.items() if name}}


def defects() -> Iterator[Defect]:
    for example in examples_of(tuple(CHECKS.values())):
        if example.kind != "fail":
            continue
        case = example.case
        if case.table in PLANTED_ELSEWHERE and case.role is not Role.INFORMS:
            yield Defect(case, example.check.id, example.number, example.record)


DEFECTS = list(defects())


def cell(value: Any) -> str:
    return " | ".join(value) if isinstance(value, list) else str(value)


def hand_in(
    folder: Path, records: Mapping[str, Sequence[Mapping[str, Any]]], declared: Mapping[str, Any] = DECLARED
) -> None:
    folder.mkdir(parents=True)
    (folder / "submission.yaml").write_text(yaml.safe_dump(dict(declared)), encoding="utf-8")
    (folder / "provider.yaml").write_text(yaml.safe_dump(dict(records["providers"][0])), encoding="utf-8")
    for name in ("offers", "credentials"):
        if records[name]:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(dict.fromkeys(column for one in records[name] for column in one)))
                writer.writeheader()
                writer.writerows({column: cell(value) for column, value in one.items()} for one in records[name])


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[tuple[str, str, str]]]:
    """Submission -> (check, case, table) of what fails there and scores or asks, awards left out; the first case."""
    root = tmp_path_factory.mktemp("catalogues")
    hand_in(root / "clean", {"offers": [OFFER], "providers": [PROFILE], "credentials": []})
    for defect in DEFECTS:
        hand_in(root / defect.submission, defect.records(), {**DECLARED, **defect.said.get("submission", {})})
    roles = {CaseKey(check.id, case.key, case.table): case.role for check in CHECKS.values() for case in check.cases}
    found: dict[str, dict[tuple[str, str], str]] = {}
    with open_store() as store:
        read_submissions([root], store, VOCABULARIES)
        derive_facts(store.connection, date(2026, 9, 30), VOCABULARIES)
        outcome = run_checks(store.connection, tuple(CHECKS.values()))
        for table in outcome.cases.keys() - {"credentials"}:
            keys = outcome.cases[table]
            for submission, states in store.connection.execute(
                f"SELECT submission_id, states FROM {table}_states"
            ).fetchall():
                for key, state in zip(keys, states, strict=True):
                    if state == State.FAILED and roles[key] is not Role.INFORMS:
                        found.setdefault(submission, {}).setdefault((key.check_id, table), key.case)
    return {
        submission: {(check, case, table) for (check, table), case in first.items()}
        for submission, first in found.items()
    }


def test_nothing_is_found_at_a_clean_catalogue_and_profile(failed: Mapping[str, set[tuple[str, str, str]]]) -> None:
    """What the others are compared with is clean."""
    assert failed.get("clean", set()) == set()


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.submission)
def test_a_planted_defect_is_found_and_nothing_else_moves(
    defect: Defect, failed: Mapping[str, set[tuple[str, str, str]]]
) -> None:
    """One case of one check, at the table it was planted into; only companions speak beside it."""
    found = failed.get(defect.submission, set())
    planted = (defect.check_id, defect.case.key, defect.case.table)

    assert planted in found
    assert {check for check, _, _ in found - {planted}} <= COMPANIONS.get(defect.check_id, {}).keys()


def test_every_check_on_offers_and_profiles_is_planted() -> None:
    """No check that scores or asks there is without a defect."""
    wanted = {
        check.id
        for check in CHECKS.values()
        for case in check.cases
        if case.table in PLANTED_ELSEWHERE and case.role is not Role.INFORMS
    }

    assert {defect.check_id for defect in DEFECTS} == wanted
