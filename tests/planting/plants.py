"""Clean records, and the defects that the failing examples of the checks plant into them, one at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.models import Case, Check, Role
from qa_toolkit.engine.examples import COLUMNS_OF_ELEMENT, Example, examples_of
from qa_toolkit.records.tables import ELEMENTS
from qa_toolkit.resources import shipped_folder
from tests.planting.exceptions import BY_SIGNING

CHECKS: Mapping[str, Check] = {
    name: check for name, check in load_catalogue(shipped_folder("checks")).checks.items() if not check.only_in_schemes
}
"""Those that are on without a scheme; what schemes switch on is planted in the samples."""
DECLARED: Mapping[str, Any] = {
    "template_version": "1",
    "provider_name": "Hochschule Beispielstadt",
    "provider_country": "DE",
    "provider_type": "higher_education",
    "hours_basis": "total",
    "learner_data": "full",
    "awards_handed_in": "all",
    "columns_handed_in": "all",
}
PLACEHOLDER, UNREADABLE = "tbd", "31.2.2026"
PLANTED_NUMBER = 1000

WITHOUT: Mapping[str, tuple[str, ...]] = {
    "AUT-01": ("learner_identifiers", "learner_birth_date"),
    "AUT-03": ("country",),
    "POR-03": ("learner_birth_date",),
    "QUA-01": ("quality_assurance_bodies",),
    "PTH-06": ("activity_start", "activity_end", "participation_modes"),
    "ASM-10": ("supervision_raw", "supervision_code"),
    "SIZ-15": ("cycle",),
    "VAL-07": ("ects",),
}
"""What the clean record would answer although the example leaves it unsaid."""
LOOKING_AT: Mapping[str, str] = {
    "workload": "SIZ-01 SIZ-02 SIZ-03 SIZ-06 SIZ-07 SIZ-09 SIZ-11 SIZ-13 SIZ-14 SIZ-15 VAL-05 VAL-06 VAL-07 ASM-09"
    " ASM-10",
    "level": "EL-08 VAL-01 VAL-02 VAL-03 VAL-04 SIZ-15",
    "dates": "ASM-08 AUT-04 AUT-05 AUT-06 AUT-07 AUT-14 POR-09 SIZ-07 PTH-06",
    "learner": "AUT-01 AUT-13 AUT-14 POR-05 POR-06 POR-10",
    "title": "AUT-14 LO-04 LO-05 SIZ-10 SIZ-11 SIZ-12 VAL-14 VAL-15 VAL-20 POR-08 LO-03 PTH-04",
    "language": "LO-02 LO-03 SIZ-10 PTH-01 PTH-04 POR-08 VAL-14 VAL-15",
    "learning_outcomes": "LO-01 LO-02 LO-03 LO-04 LO-05 LO-06 SIZ-13",
    "quality_assurance": "QUA-01 QUA-02 QUA-10 QUA-24 VAL-11 REC-04",
    "participation": "EL-10 VAL-09 PTH-06",
    "country": "AUT-03 REC-04",
    "supervision": "EL-13 VAL-10 ASM-09 ASM-10",
    "assessment_modes": "ASM-09 ASM-10",
    "grade": "EL-14 ASM-06 ASM-07 ASM-13",
    "stackability": "EL-15 PTH-01 PTH-04",
    "further_information": "EL-16 VAL-18 PTH-04 QUA-24",
    "awarding_body": "AUT-11 AUT-12 AUT-16 REC-03 REC-04 SIZ-15",
    "provider": "EL-08 SIZ-09 SIZ-15 ASM-09 ASM-10 AUT-12 REC-03",
    "learner_data": "AUT-01 POR-10",
    "credential_format": "POR-01",
    "entrants": "ASM-12 LCD-04 LCD-06",
    "evidence_form": "ASM-08 AUT-04 EL-05 AUT-08 AUT-09",
    "offers": "INF-05 INF-06",
    "registers": "QUA-02 QUA-03 QUA-04 QUA-05 QUA-06 QUA-07 QUA-08 QUA-22 REC-03 REC-05 VAL-03 DAT-09",
}
"""What a record or its submission says -> the checks that look at it and may fall silent when it is left out."""

_GROUND = {
    "ects": "workload", "credits": "workload", "credit_framework": "workload", "workload_hours": "workload",
    "durations": "workload", "workload_unreadable": "workload", "workload_other_units": "workload",
    "workload_part_hours": "workload", "eqf_level": "level", "eqf_raw": "level", "nqf_level": "level",
    "cycle": "level", "level_reason": "level", "level_raw": "level", "learner_name": "learner",
    "learner_identifiers": "learner", "learner_key": "learner", "learner_birth_date": "learner",
    "learner_email": "learner", "personal_data": "learner", "title_raw": "title", "title_language": "language",
    "languages_unrecognised": "language", "quality_assurance_types": "quality_assurance",
    "quality_assurance_bodies": "quality_assurance", "quality_assurance_raw": "quality_assurance",
    "quality_assurance_references": "quality_assurance", "awarding_body_identifiers": "awarding_body",
    "participation_modes": "participation",
    "participation_raw": "participation", "country_raw": "country", "supervision_raw": "supervision",
    "supervision_code": "supervision", "grade_raw": "grade", "grade_best": "grade", "stackability_raw": "stackability",
    "further_information_raw": "further_information", "provider_type": "provider", "provider_name": "provider",
    **dict.fromkeys(("issued", "awarded", "valid_from", "valid_until", "assessment_date", "activity_start",
                     "activity_end"), "dates"),
}  # fmt: skip

PLANTED_ELSEWHERE = ("offers", "providers")
"""Tables whose records are no awards: ``test_catalogues_and_profiles`` plants into them."""
CONTEXT = ("language", "title_language")
"""Of an example the language replaces that of all texts."""


def clean(number: int) -> dict[str, Any]:
    """A record at which no check that scores or asks has anything to find."""
    return {
        "credential_id": f"HB-2026-{number:04d}",
        "title": "Data protection in small enterprises",
        "title_language": "en",
        "language": "en",
        "learner_name": f"Testa Beispielfrau {number}",
        "learner_identifiers": [f"number:9{number:06d}"],
        "learner_birth_date": date(1990, 5, 17),
        "country": ["DE"],
        "awarding_body": ["Hochschule Beispielstadt"],
        "issued": date(2026, 7, 1),
        "valid_from": date(2026, 7, 1),
        "learning_outcomes": ["explains the duties of a controller", "drafts a record of processing"],
        "ects": 5,
        "workload_hours": 130,
        "eqf_level": 6,
        "cycle": "first",
        "assessment_types": ["written_examination"],
        "assessment_modes": ["onsite"],
        "assessment_date": date(2026, 6, 15),
        "participation_modes": ["blended"],
        "quality_assurance_types": ["programme"],
        "quality_assurance_bodies": ["Invented Quality Agency"],
        "supervision_raw": "supervised with ID verification",
        "supervision_code": "supervised_with_identity_check",
        "further_information_raw": "https://beispielstadt.example/mc/41",
        "isced_f": ["0421"],
        "activity_start": date(2026, 3, 1),
        "activity_end": date(2026, 6, 15),
    }


@dataclass(frozen=True)
class Plant:
    """One failing example, planted into a clean record."""

    check: Check
    case: Case
    number: int
    records: tuple[Mapping[str, Any], ...]
    """The planted one is the last."""
    declared: Mapping[str, Any]
    offers: tuple[Mapping[str, Any], ...]
    """Entries of a catalogue that is handed in beside them, by columns of the template."""
    registers: Mapping[str, Sequence[Mapping[str, Any]]]
    """Rows of extracts of registers that hold for this submission alone, by kind."""
    form: str
    """The evidence form the example asks for; '' where any will do."""
    format: str
    """The same for the format."""

    def ground(self) -> frozenset[str]:
        """What the planted record, or what is declared, says otherwise than a clean one: keys of ``LOOKING_AT``."""
        planted, honest = self.records[-1], clean(PLANTED_NUMBER)
        changed = {name for name in planted.keys() | honest.keys() if planted.get(name) != honest.get(name)}
        declared = {name for name in self.declared if self.declared[name] != DECLARED.get(name)}
        said = {_GROUND.get(name, name) for name in changed | declared} | ({"offers"} if self.offers else set())
        said |= {"registers"} if self.registers else set()
        return frozenset(said) & LOOKING_AT.keys()

    @property
    def id(self) -> str:
        """Unique, and fit for the name of a folder."""
        return f"{self.check.id}-{self.case.key.replace('_', '-')}-{self.number}".lower().replace("--", "-")


def plants() -> Iterator[Plant]:
    """A plant for each failing example of a check that scores or asks."""
    for example in examples_of(tuple(CHECKS.values())):
        check = example.check
        if example.kind != "fail" or check.id in BY_SIGNING:
            continue  # signatures are planted by signing
        case = example.case
        if case.table in PLANTED_ELSEWHERE:
            continue
        if case.role is not Role.INFORMS:
            yield Plant(check, case, example.number, _records(example, case), _declared(example), _offers(example),
                        _placed(example.record.get("registers", {})), example.record.get("evidence_form", ""),
                        example.record.get("source_format", ""))  # fmt: skip


def _body(example: Example) -> dict[str, Any]:
    """The clean record is awarded by the provider, whatever its name."""
    name = example.record.get("submission", {}).get("provider_name")
    return {"awarding_body": [name]} if name else {}


def _declared(example: Example) -> Mapping[str, Any]:
    declared = {**DECLARED, **_placed(example.record.get("submission", {}))}
    return {name: ", ".join(value) if isinstance(value, list) else value for name, value in declared.items()}


def _records(example: Example, case: Case) -> tuple[Mapping[str, Any], ...]:
    siblings = [
        one for one in example.record.get("also", ()) if "table" not in one for _ in range(one.get("repeat", 1))
    ]
    days = _DAYS_OF_THE_COURSE if "registers" in example.record else ()
    without = (*WITHOUT.get(example.check.id, ()), *days)
    found = [with_changes(number, _placed(one), days) for number, one in enumerate(siblings, 1)]
    if case.table == "credentials":
        found.append(with_changes(PLANTED_NUMBER, {**_body(example), **_placed(example.record)}, without))
    return tuple(found) or (clean(PLANTED_NUMBER),)


def _placed(value: Any) -> Any:
    """Examples on registers are set in an invented country; what is handed in says a real one."""
    if isinstance(value, dict):
        return {name: _placed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_placed(one) for one in value]
    return _REAL_COUNTRIES.get(value, value) if isinstance(value, str) else value


def _offers(example: Example) -> tuple[Mapping[str, Any], ...]:
    beside = [one for one in example.record.get("also", ()) if one.get("table") == "offers"]
    return tuple({name: value for name, value in one.items() if name != "table"} for one in beside)


def with_changes(number: int, changes: Mapping[str, Any], without: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """A clean record with the columns of an example; an element that it touches holds nothing else."""
    changed = {k: v for k, v in changes.items() if k not in _SAID_ELSEWHERE}
    record = {name: value for name, value in clean(number).items() if name not in without}
    for element in ELEMENTS:
        group = (*COLUMNS_OF_ELEMENT.get(element, ()), f"{element}_raw", *_FURTHER.get(element, ()))
        cause = changed.pop(f"{element}_cause", None)
        strength = changed.pop(f"{element}_strength", None)
        if strength == "inferred" or cause not in (None, "empty", "placeholder", "unreadable"):
            record["unfit"] = strength or cause
        if cause or strength or any(name in changed for name in group):
            record = {name: value for name, value in record.items() if name not in group}
        if cause in ("placeholder", "unreadable"):
            column = _STATED_IN.get(element, f"{element}_raw")
            value = PLACEHOLDER if cause == "placeholder" else UNREADABLE
            record[column] = [value] if column in ("learning_outcomes", "assessment_texts", "awarding_body") else value
    if any(name in changed for name in CONTEXT):
        record = {name: value for name, value in record.items() if name not in CONTEXT}
    if "languages_unrecognised" in changed:
        record.pop("language", None)
    return {name: value for name, value in {**record, **changed}.items() if value is not None}


_SAID_ELSEWHERE = ("case", "also", "submission", "repeat", "shifted_dates", "source_format", "registers")
_DAYS_OF_THE_COURSE = ("valid_from", "activity_start", "activity_end")
"""Examples on registers issue in other years than the clean record, and say nothing of the course."""
_REAL_COUNTRIES = {"XX": "DE", "YY": "AT"}
_FURTHER = {"supervision": ("supervision_code",), "issued": ("awarded",)}
_STATED_IN = {
    "learner": "learner_name",
    "issued": "issued",
    "learning_outcomes": "learning_outcomes",
    "assessment_type": "assessment_texts",
    "awarding_body": "awarding_body",
    "workload": "workload_hours",
    "level": "nqf_level",
}
