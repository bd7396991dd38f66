"""Registers in an audit: each award as of its own day of issue, in the words that the evidence allows."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qa_toolkit import audit
from qa_toolkit.auditing.finished import Audit
from tests.registers.folders import reports, write_extract
from tests.submissions import COLUMNS, credential, write_submission

AS_OF = date(2026, 9, 30)
BODY = "DEQARINST99990001"
Rows = Sequence[Mapping[str, str]]


def award(day: str, **changes: str) -> dict[str, str]:
    """An honest award of an invented university, issued on a day."""
    days = {"issued": day, "valid_from": day, "assessment_date": day, "activity_start": "2018-10-01"}
    return {**days, "activity_end": day, "awarding_body_identifier": BODY, "isced_f": "0613"} | changes


def look_up(
    root: Path, awards: Rows, decisions: Rows = (), *, day: str = "2026-08-31", **declarations: object
) -> Audit:
    """An audit of awards, with an extract of the decisions on their body where there are any."""
    rows = [credential(number, **one) for number, one in enumerate(awards, 1)]
    columns = (*COLUMNS, "awarding_body_identifier", "quality_assurance_reference", "isced_f")
    write_submission(root / "in", rows, columns, **{"period_start": "2019-01-01", **declarations})
    if decisions:
        write_extract(root / "registers", "deqar_reports", reports(decisions), date=day)
    return audit(root / "in", root / "out", as_of=AS_OF, registers=root / "registers" if decisions else None)


def status(finished: Audit, check: str) -> str:
    found = {one.check_id: one for one in finished.result.submissions[0].checks}[check]
    return found.status.value


def found(finished: Audit, *checks: str) -> list[tuple[str, str, str]]:
    """Check, case and row of every finding of the checks."""
    return sorted(
        (one.check_id, one.case, one.place.rsplit("row ", 1)[-1].split(",")[0])
        for one in finished.findings()
        if one.check_id in checks
    )


FIVE_YEARS = {"decision_id": "R1", "valid_from": "2020-01-01", "valid_until": "2024-12-31"}
CREDENTIAL_CHECKS = ("QUA-02", "QUA-03", "QUA-06", "QUA-07", "QUA-08")


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        pytest.param([FIVE_YEARS], [("QUA-02", "ended", "3"), ("QUA-02", "not_begun", "4")], id="expired"),
        pytest.param(
            [FIVE_YEARS, {"decision_id": "R2", "standing": "pending", "valid_from": "2024-11-01"}],
            [("QUA-02", "not_begun", "4"), ("QUA-02", "pending", "3")],
            id="expired while the next decision was pending",
        ),
        pytest.param(
            [{"decision_id": "R2", "standing": "pending", "valid_from": "2019-01-01"}],
            [("QUA-02", "pending", "2"), ("QUA-02", "pending", "3"), ("QUA-02", "pending", "4")],
            id="pending all along",
        ),
        pytest.param(
            [FIVE_YEARS | {"standing": "appealed"}],
            [("QUA-02", "appealed", "2"), ("QUA-02", "appealed", "3"), ("QUA-02", "not_begun", "4")],
            id="under appeal",
        ),
        pytest.param(
            [FIVE_YEARS, {"decision_id": "R2", "valid_from": "2026-01-01", "valid_until": "2030-12-31"}],
            [("QUA-02", "between_decisions", "3"), ("QUA-02", "not_begun", "4")],
            id="expired, with a later decision",
        ),
        pytest.param(
            [{"decision_id": "R1", "valid_from": "2019-01-01"}],
            [("QUA-02", "past_six_years", "3")],
            id="no end stated",
        ),
        pytest.param(
            [FIVE_YEARS, FIVE_YEARS | {"decision_id": "R2", "decision": "negative", "valid_from": "2023-01-01"}],
            [("QUA-02", "not_begun", "4"), ("QUA-03", "negative", "2"), ("QUA-03", "negative_in_doubt", "3")],
            id="negative",
        ),
        pytest.param(
            [{"decision_id": "R1", "decision": "negative", "valid_from": "2019-01-01"}],
            [
                ("QUA-03", "negative_in_doubt", "2"),
                ("QUA-03", "negative_in_doubt", "3"),
                ("QUA-03", "negative_in_doubt", "4"),
            ],
            id="negative without an end",
        ),
        pytest.param(
            [FIVE_YEARS | {"isced_f": "08"}],
            [("QUA-02", "ended", "3"), ("QUA-02", "not_begun", "4"), ("QUA-07", "", "2")],
            id="another field",
        ),
        pytest.param(
            [FIVE_YEARS | {"eqf_levels": "7|8"}],
            [("QUA-02", "ended", "3"), ("QUA-02", "not_begun", "4"), ("QUA-06", "", "2")],
            id="another level",
        ),
        pytest.param(
            [
                FIVE_YEARS
                | {"valid_until": "2027-12-31", "valid_from": "2019-06-01", "eqf_levels": "6", "isced_f": "06"}
            ],
            [],
            id="in force, level and field covered",
        ),
    ],
)
def test_each_award_is_judged_as_of_its_own_day(
    tmp_path: Path, decisions: Rows, expected: list[tuple[str, str, str]]
) -> None:
    """Row 2 was issued in 2024, row 3 in 2025, row 4 in 2019; only what nothing can have changed fails."""
    awards = [award("2024-07-01"), award("2025-07-01"), award("2019-07-01")]

    finished = look_up(tmp_path, awards, decisions)

    assert found(finished, *CREDENTIAL_CHECKS) == expected
    fails = {case for _, case, _ in expected} & {"ended", "negative"}
    assert ("fail" in {status(finished, "QUA-02"), status(finished, "QUA-03")}) == bool(fails)


def test_what_ended_proposes_its_cap_and_does_not_set_it(tmp_path: Path) -> None:
    """A register may lag behind: a named reviewer confirms."""
    finished = look_up(tmp_path, [award("2025-07-01")], [FIVE_YEARS])

    gates = {gate.gate_id: gate.state for gate in finished.result.submissions[0].before.gates}
    assert gates["quality_assurance_in_force"] == "cap_proposed"


@pytest.mark.parametrize("check", [*CREDENTIAL_CHECKS, "QUA-04", "QUA-05", "QUA-22", "REC-03", "REC-05", "VAL-03"])
def test_without_an_extract_nothing_fails_and_the_reason_is_said(tmp_path: Path, check: str) -> None:
    """Could not be checked; absence is no sign of missing quality assurance."""
    finished = look_up(tmp_path, [award("2025-07-01")])

    (outcome,) = [one for one in finished.result.submissions[0].checks if one.check_id == check]
    assert outcome.status.value == "not_assessed"
    assert outcome.reason is not None
    assert outcome.reason.startswith("No extract of a register was supplied")
    assert "no sign of missing quality assurance" in outcome.reason


def test_a_provider_that_a_register_does_not_hold_is_not_held_to_lack_quality_assurance(tmp_path: Path) -> None:
    """A school of vocational education stands in no list of DEQAR."""
    awards = [award("2025-07-01", awarding_body_identifier="XX-REG:7")]

    finished = look_up(tmp_path, awards, [FIVE_YEARS], provider_type="vet")

    assert found(finished, *CREDENTIAL_CHECKS, "REC-03", "QUA-22") == []
    assert status(finished, "QUA-02") == "not_assessed"


def test_a_name_alone_neither_passes_nor_fails_and_is_put_to_a_person(tmp_path: Path) -> None:
    """The decision on an organisation of this name has ended; it may be another one."""
    entries = "organisation_id,name,country\nDEQARINST99990001,Beispielstadt Hochschule,DE\n"
    write_extract(tmp_path / "registers", "deqar_institutions", entries)

    finished = look_up(tmp_path, [award("2025-07-01", awarding_body_identifier="")], [FIVE_YEARS])

    assert (status(finished, "QUA-02"), status(finished, "REC-03")) == ("not_assessed", "review")
    assert found(finished, *CREDENTIAL_CHECKS, "REC-03") == [("REC-03", "possible", "2")]
    (finding,) = [one for one in finished.findings() if one.check_id == "REC-03"]
    assert "Beispielstadt Hochschule (DEQARINST99990001)" in finding.observed


def test_the_provider_s_own_number_holds_for_its_own_awards_alone(tmp_path: Path) -> None:
    """Another awarding body of the same submission is not taken for the provider."""
    awards = [
        award("2025-07-01", awarding_body_identifier=""),
        award("2025-07-01", awarding_body_identifier="", awarding_body="Akademie Anderswo"),
    ]

    finished = look_up(tmp_path, awards, [FIVE_YEARS], provider_identifier="DEQARINST-99990001")

    assert found(finished, *CREDENTIAL_CHECKS) == [("QUA-02", "ended", "2")]


def test_the_evidence_stands_in_result_report_and_workbook_with_age_and_hash(tmp_path: Path) -> None:
    """A stale extract is said wherever it is shown."""
    finished = look_up(tmp_path, [award("2025-07-01"), award("2024-07-01")], [FIVE_YEARS], day="2026-02-01")

    (used,) = finished.result.registers
    assert (used.kind, used.rows, used.age_days, used.stale) == ("deqar_reports", 1, 241, True)
    answers = [(one.about, one.answer, one.awards) for one in finished.result.submissions[0].register_answers]
    assert answers == [("decision", "ended", 1), ("decision", "in_force", 1)]
    folder = finished.folder / finished.result.submissions[0].submission_id
    page = (folder / "report.html").read_text(encoding="utf-8")
    sheet = load_workbook(folder / "report.xlsx")["Registers"]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for words in (used.sha256, "too old: renewed after 180 days", "ended, with none after it"):
        assert words in page
        assert words in cells
    assert "1 extract was too old on the day of the audit" in page
    assert status(finished, "DAT-09") == "fail"


def test_the_same_awards_come_out_the_same_alone_and_beside_others(tmp_path: Path) -> None:
    """Decisions are looked up for each submission by itself."""
    alone = look_up(tmp_path / "alone", [award("2025-07-01")], [FIVE_YEARS])
    root = tmp_path / "both"
    columns = (*COLUMNS, "awarding_body_identifier")
    for name, identifier in (("one", BODY), ("two", "DEQARINST99990002")):
        rows = [credential(1, **award("2025-07-01", awarding_body_identifier=identifier))]
        write_submission(root / "in" / name, rows, columns, period_start="2019-01-01")
    write_extract(root / "registers", "deqar_reports", reports([FIVE_YEARS]))

    both = audit(root / "in", root / "out", as_of=AS_OF, registers=root / "registers")

    by_submission = {one.submission_id: one for one in both.result.submissions}
    assert by_submission["one"].register_answers == alone.result.submissions[0].register_answers
    assert by_submission["two"].register_answers == ()
