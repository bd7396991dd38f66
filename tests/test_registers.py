"""Registers in an audit: each award as of its own day of issue, in the words that the evidence allows.

One audit serves most tests: each situation is a provider of its own, with awards of several days and decisions on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qa_toolkit import audit
from qa_toolkit.auditing.finished import Audit
from qa_toolkit.result import SubmissionResult
from tests.registers.folders import reports, write_extract
from tests.submissions import COLUMNS, credential, write_submission

AS_OF = date(2026, 9, 30)
Rows = Sequence[Mapping[str, str]]
IN_2024, IN_2025, IN_2019 = "2024-07-01", "2025-07-01", "2019-07-01"
FIVE_YEARS = {"decision_id": "R1", "valid_from": "2020-01-01", "valid_until": "2024-12-31"}
SIX_CHECKS = ("QUA-02", "QUA-03", "QUA-06", "QUA-07", "QUA-08", "REC-03")

# What a reader is told, written out here and nowhere taken from the checks.
ENDED = ("QUA-02", "The decision behind it had ended on the day of issue, and the register holds none after it")
PENDING = ("QUA-02", "A decision was pending on the day of issue; did an earlier one still hold?")
APPEALED = ("QUA-02", "The decision behind it is under appeal; what held on the day of issue?")
WITHDRAWN = ("QUA-02", "The decision behind it is marked as withdrawn; since when?")
BETWEEN = (
    "QUA-02",
    "The day of issue lies between the end of one decision and the next; was the first one prolonged?",
)
SIX_YEARS = (
    "QUA-02",
    "The decision states no end and was more than six years old on the day of issue; did it still hold?",
)
TOO_EARLY = (
    "QUA-02",
    "The first decision that the register holds is younger than the award; which one held before?",
)
NEGATIVE = ("QUA-03", "The latest decision on this scope was negative and in force on the day of issue")
IN_DOUBT = ("QUA-03", "A negative decision was made before the day of issue; did it hold on that day?")
LEVEL = ("QUA-06", "The decision in force on the day of issue is limited to other levels; does it cover this one?")
FIELD = ("QUA-07", "The decision in force on the day of issue is limited to other fields; does it cover this one?")
CERTAIN = {ENDED, NEGATIVE}
"""What fails; everything else is a question to a person and costs nothing."""


@dataclass(frozen=True)
class Situation:
    """A provider: the decisions a register holds on it, and what is said of its awards of 2024, 2025 and 2019."""

    name: str
    decisions: Rows
    in_2024: tuple[str, str] | None
    in_2025: tuple[str, str] | None
    in_2019: tuple[str, str] | None

    @property
    def said(self) -> dict[str, tuple[str, str]]:
        """Day of issue -> check and sentence, for the awards of which something is said."""
        days = {IN_2024: self.in_2024, IN_2025: self.in_2025, IN_2019: self.in_2019}
        return {day: said for day, said in days.items() if said is not None}


SITUATIONS = [
    Situation("expired", [FIVE_YEARS], None, ENDED, TOO_EARLY),
    Situation(
        "expired-while-the-next-one-was-pending",
        [FIVE_YEARS, {"decision_id": "R2", "standing": "pending", "valid_from": "2024-11-01"}],
        *(None, PENDING, TOO_EARLY),
    ),
    Situation(
        "expired-with-a-later-procedure",
        [FIVE_YEARS, {"decision_id": "R2", "standing": "pending", "valid_from": "2026-02-01"}],
        *(None, BETWEEN, TOO_EARLY),
    ),
    Situation(
        "expired-with-a-later-decision",
        [FIVE_YEARS, {"decision_id": "R2", "valid_from": "2026-01-01", "valid_until": "2030-12-31"}],
        *(None, BETWEEN, TOO_EARLY),
    ),
    Situation("expired-with-a-successor", [FIVE_YEARS | {"successor_id": "R9"}], None, BETWEEN, TOO_EARLY),
    Situation("expired-under-appeal", [FIVE_YEARS | {"standing": "appealed"}], APPEALED, APPEALED, TOO_EARLY),
    Situation("withdrawn", [FIVE_YEARS | {"standing": "withdrawn"}], WITHDRAWN, WITHDRAWN, TOO_EARLY),
    Situation(
        "pending-all-along",
        [{"decision_id": "R2", "standing": "pending", "valid_from": "2019-01-01"}],
        *(PENDING, PENDING, PENDING),
    ),
    Situation("no-end-stated", [{"decision_id": "R1", "valid_from": "2019-01-01"}], None, SIX_YEARS, None),
    Situation(
        "negative",
        [FIVE_YEARS, FIVE_YEARS | {"decision_id": "R2", "decision": "negative", "valid_from": "2023-01-01"}],
        *(NEGATIVE, IN_DOUBT, TOO_EARLY),
    ),
    Situation(
        "negative-without-an-end",
        [{"decision_id": "R1", "decision": "negative", "valid_from": "2019-01-01"}],
        *(IN_DOUBT, IN_DOUBT, IN_DOUBT),
    ),
    Situation(
        "negative-and-then-positive",
        [
            FIVE_YEARS | {"decision": "negative"},
            {"decision_id": "R2", "valid_from": "2025-01-01", "valid_until": "2029-12-31"},
        ],
        *(IN_DOUBT, None, TOO_EARLY),
    ),
    Situation("another-field", [FIVE_YEARS | {"isced_f": "08|01"}], FIELD, ENDED, TOO_EARLY),
    Situation("another-level", [FIVE_YEARS | {"eqf_levels": "7|8"}], LEVEL, ENDED, TOO_EARLY),
    Situation(
        "field-of-one-decision-alone",
        [FIVE_YEARS | {"isced_f": "06"}, FIVE_YEARS | {"decision_id": "R2", "isced_f": "08"}],
        *(None, ENDED, TOO_EARLY),
    ),
    Situation(
        "in-force",
        [
            {"decision_id": "R1", "valid_from": "2019-06-01", "valid_until": "2027-12-31"}
            | {"eqf_levels": "5|6", "isced_f": "06"}
        ],
        *(None, None, None),
    ),
    Situation(
        "a-younger-one-ran-out-first",
        [
            {"decision_id": "R1", "valid_from": "2019-01-01", "valid_until": "2027-12-31"},
            {"decision_id": "R2", "valid_from": "2021-01-01", "valid_until": "2023-12-31"},
        ],
        *(None, None, None),
    ),
]


def award(day: str, body: str, **changes: str) -> dict[str, str]:
    """An honest award of an invented university, issued on a day."""
    days = {"issued": day, "valid_from": day, "assessment_date": day, "activity_start": "2018-10-01"}
    return {**days, "activity_end": day, "awarding_body_identifier": body, "isced_f": "0613"} | changes


def body_of(number: int) -> str:
    """The number of an invented university in DEQAR."""
    return f"DEQARINST9999{number:04d}"


def hand_in(folder: Path, awards: Rows, **declarations: object) -> None:
    """A submission of these awards."""
    rows = [credential(number, **one) for number, one in enumerate(awards, 1)]
    columns = (*COLUMNS, "awarding_body_identifier", "quality_assurance_reference", "isced_f")
    write_submission(folder, rows, columns, **{"period_start": "2019-01-01", **declarations})


def look_up(root: Path, awards: Rows, decisions: Rows = (), **declarations: object) -> Audit:
    """An audit of awards of one provider, with an extract of the decisions on it where there are any."""
    hand_in(root / "in", awards, **declarations)
    if decisions:
        write_extract(root / "registers", "deqar_reports", reports(decisions))
    supplied = root / "registers" if (root / "registers").exists() else None
    return audit(root / "in", root / "out", as_of=AS_OF, registers=supplied, formats="json")


@pytest.fixture(scope="module")
def situations(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """All providers, audited together by one extract."""
    root = tmp_path_factory.mktemp("situations")
    decisions: list[Mapping[str, str]] = []
    for number, situation in enumerate(SITUATIONS, 1):
        body = body_of(number)
        hand_in(root / "in" / situation.name, [award(day, body) for day in (IN_2024, IN_2025, IN_2019)])
        own = {"organisation_ids": body}
        for one in situation.decisions:
            numbers = {key: f"{number}-{one[key]}" for key in ("decision_id", "successor_id") if key in one}
            decisions.append({**one, **own, **numbers})
    write_extract(root / "registers", "deqar_reports", reports(decisions))
    return audit(root / "in", root / "out", as_of=AS_OF, registers=root / "registers", formats="json")


@pytest.fixture(scope="module")
def unsupplied(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """An audit without any extract."""
    return look_up(tmp_path_factory.mktemp("unsupplied"), [award(IN_2025, body_of(1))])


def of(finished: Audit, name: str) -> SubmissionResult:
    return next(one for one in finished.result.submissions if one.submission_id == name)


def status(finished: Audit, check: str, name: str | None = None) -> str:
    submission = of(finished, name) if name else finished.result.submissions[0]
    return {one.check_id: one for one in submission.checks}[check].status.value


def said(finished: Audit, name: str, *checks: str) -> dict[str, tuple[str, str]]:
    """Day of issue -> check and sentence, of each finding of the checks on the awards of a provider."""
    sentences = {(check.check_id, case.case): case.failed for check in finished.result.checks for case in check.cases}
    days = {"2": IN_2024, "3": IN_2025, "4": IN_2019}
    return {
        days[one.place.rsplit("row ", 1)[-1].split(",")[0]]: (one.check_id, sentences[one.check_id, one.case])
        for one in finished.findings()
        if one.submission_id == name and one.check_id in checks
    }


def found(finished: Audit, *checks: str) -> list[tuple[str, str, str]]:
    """Check, case and row of every finding of the checks."""
    return sorted(
        (one.check_id, one.case, one.place.rsplit("row ", 1)[-1].split(",")[0])
        for one in finished.findings()
        if one.check_id in checks
    )


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_an_accreditation_is_found_as_of_each_day_of_issue_and_told_as_certainly_as_it_is_known(
    situation: Situation, situations: Audit
) -> None:
    """Expired, negative, pending, outside of level or field: each by its sentence, and a question where in doubt."""
    assert said(situations, situation.name, *SIX_CHECKS) == situation.said
    assert len(found_of(situations, situation.name)) == len(situation.said)


def found_of(finished: Audit, name: str) -> list[str]:
    """A check for each finding of a provider."""
    return [one.check_id for one in finished.findings() if one.submission_id == name and one.check_id in SIX_CHECKS]


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_only_what_nothing_can_have_changed_is_not_met(situation: Situation, situations: Audit) -> None:
    """Everything else is for a person to judge, and ends in a question mark."""
    failing = {check for check in SIX_CHECKS if status(situations, check, situation.name) == "fail"}
    asking = {check for check in SIX_CHECKS if status(situations, check, situation.name) == "review"}

    certain = {check for check, sentence in situation.said.values() if (check, sentence) in CERTAIN}
    assert failing == certain
    assert asking == {check for check, _ in situation.said.values()} - certain
    assert all(sentence.endswith("?") for one, sentence in situation.said.values() if (one, sentence) not in CERTAIN)


@pytest.mark.parametrize("name", ["expired", "negative"])
def test_what_ended_or_was_refused_proposes_its_cap_and_does_not_set_it(name: str, situations: Audit) -> None:
    """A register may lag behind: a named reviewer confirms."""
    gates = {gate.gate_id: gate.state for gate in of(situations, name).before.gates}

    assert gates["quality_assurance_in_force"] == "cap_proposed"


@pytest.mark.parametrize("name", ["pending-all-along", "no-end-stated", "expired-under-appeal", "in-force"])
def test_what_is_in_doubt_proposes_no_cap(name: str, situations: Audit) -> None:
    """A question caps nothing."""
    gates = {gate.gate_id: gate.state for gate in of(situations, name).before.gates}

    assert gates["quality_assurance_in_force"] == "open"


def test_the_evidence_stands_in_result_report_and_workbook_with_age_and_hash(tmp_path: Path) -> None:
    """A stale extract is said wherever it is shown."""
    hand_in(tmp_path / "in", [award(day, body_of(1)) for day in (IN_2024, IN_2025, IN_2019)])
    write_extract(tmp_path / "registers", "deqar_reports", reports([FIVE_YEARS]), date="2026-02-01")
    finished = audit(tmp_path / "in", tmp_path / "out", as_of=AS_OF, registers=tmp_path / "registers")

    (used,), (submission,) = finished.result.registers, finished.result.submissions
    answers = [(one.about, one.answer, one.awards) for one in submission.register_answers]
    folder = finished.folder / submission.submission_id
    page = (folder / "report.html").read_text(encoding="utf-8")
    sheet = load_workbook(folder / "report.xlsx")["Registers"]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}

    assert (used.kind, used.rows, used.age_days, used.stale) == ("deqar_reports", 1, 241, True)
    assert answers == [("decision", "ended", 1), ("decision", "in_force", 1), ("decision", "not_begun", 1)]
    for words in (used.sha256, "too old: renewed after 180 days", "ended, with none after it"):
        assert words in page
        assert words in cells
    assert ENDED[1] in page
    assert "1 extract was too old on the day of the audit" in page
    assert status(finished, "DAT-09") == "fail"


@pytest.mark.parametrize("check", [*SIX_CHECKS, "QUA-04", "QUA-05", "QUA-22", "REC-05", "VAL-03"])
def test_without_an_extract_nothing_fails_and_the_reason_is_said(check: str, unsupplied: Audit) -> None:
    """Could not be checked; absence is no sign of missing quality assurance."""
    (outcome,) = [one for one in unsupplied.result.submissions[0].checks if one.check_id == check]

    assert outcome.status.value == "not_assessed"
    assert outcome.reason is not None
    assert outcome.reason.startswith("No extract of a register was supplied")
    assert "no sign of missing quality assurance" in outcome.reason


def test_a_provider_that_a_register_does_not_hold_is_not_held_to_lack_quality_assurance(tmp_path: Path) -> None:
    """A school of vocational education stands in no list of DEQAR."""
    finished = look_up(tmp_path, [award(IN_2025, "XX-REG:7")], [FIVE_YEARS], provider_type="vet")

    assert found(finished, *SIX_CHECKS, "QUA-22") == []
    assert status(finished, "QUA-02") == "not_assessed"


def test_a_name_alone_neither_passes_nor_fails_and_is_put_to_a_person(tmp_path: Path) -> None:
    """The decision on an organisation of this name has ended; it may be another one."""
    entries = "organisation_id,name,country\nDEQARINST99990001,Beispielstadt Hochschule,DE\n"
    write_extract(tmp_path / "registers", "deqar_institutions", entries)

    finished = look_up(tmp_path, [award(IN_2025, "")], [FIVE_YEARS])

    assert (status(finished, "QUA-02"), status(finished, "REC-03")) == ("not_assessed", "review")
    assert found(finished, *SIX_CHECKS) == [("REC-03", "possible", "2")]
    (finding,) = [one for one in finished.findings() if one.check_id == "REC-03"]
    assert "Beispielstadt Hochschule (DEQARINST99990001)" in finding.observed


def test_the_provider_s_own_number_holds_for_its_own_awards_alone(tmp_path: Path) -> None:
    """Another awarding body of the same submission is not taken for the provider."""
    awards = [award(IN_2025, ""), award(IN_2025, "", awarding_body="Akademie Anderswo")]

    finished = look_up(tmp_path, awards, [FIVE_YEARS], provider_identifier="DEQARINST-99990001")

    assert found(finished, *SIX_CHECKS) == [("QUA-02", "ended", "2")]


def test_the_same_awards_come_out_the_same_alone_and_beside_others(tmp_path: Path, situations: Audit) -> None:
    """Decisions are looked up for each submission by itself."""
    awards = [award(day, body_of(1)) for day in (IN_2024, IN_2025, IN_2019)]

    alone = look_up(tmp_path, awards, [{**FIVE_YEARS, "organisation_ids": body_of(1)}])

    together = of(situations, "expired")
    said_alone = [(one.answer, one.awards, one.first_issued) for one in alone.result.submissions[0].register_answers]
    assert [(one.answer, one.awards, one.first_issued) for one in together.register_answers] == said_alone
