"""A file of accepted deviations: what it must say, and what a waiver is on a day."""

from datetime import date
from pathlib import Path

import pytest

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.decisions import WaiverRemark, WaiverState
from qa_toolkit.judgement.waivers import Waiver, WaiversError, read_waivers
from qa_toolkit.resources import shipped_folder

CHECKS = load_catalogue(shipped_folder("checks")).checks
HONEST = {
    "id": "W-1",
    "check": "EL-06",
    "provider": "hochschule-beispielstadt",
    "reason": "The outcomes stand in the supplement.",
    "approver": "Zora Schvalovací, head of unit",
    "from": "2026-01-01",
    "expires": "2026-12-31",
}


def written(folder: Path, *waivers: dict[str, str]) -> Path:
    """A waivers.yaml of these."""
    path = folder / "waivers.yaml"
    lines = ["waivers:"]
    for waiver in waivers:
        keys = [f"{key}: {value}" for key, value in waiver.items()]
        lines += [f"  - {keys[0]}", *(f"    {one}" for one in keys[1:])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def mistakes(folder: Path, *waivers: dict[str, str]) -> list[str]:
    """What the reader says of them."""
    with pytest.raises(WaiversError) as caught:
        read_waivers(written(folder, *waivers), CHECKS)
    return [f"{problem.what} ({problem.place}): {problem.fix}" for problem in caught.value.problems]


def test_a_waiver_is_read_with_all_it_says(tmp_path: Path) -> None:
    """Dates may stand in quotes or not; a case of a check may be named alone."""
    of_a_case = {"check": "ASM-01:attendance_phrase", "records": '["file 1, row 7"]', "expires": '"2026-03-31"'}
    path = written(tmp_path, HONEST, {**HONEST, "id": "W-2", **of_a_case})

    one, other = read_waivers(path, CHECKS)

    assert one == Waiver(
        id="W-1",
        checks=("EL-06",),
        provider="hochschule-beispielstadt",
        records=(),
        file=None,
        reason="The outcomes stand in the supplement.",
        approver="Zora Schvalovací, head of unit",
        since=date(2026, 1, 1),
        expires=date(2026, 12, 31),
    )
    assert (other.records, other.expires) == (("file 1, row 7",), date(2026, 3, 31))
    assert (one.scope, other.scope) == ({("EL-06", None)}, {("ASM-01", "attendance_phrase")})


@pytest.mark.parametrize("key", ["id", "check", "reason", "approver", "from", "expires"])
def test_reason_approver_and_expiry_are_mandatory(tmp_path: Path, key: str) -> None:
    """Nothing is accepted for ever, by nobody, or for no reason."""
    without = {name: value for name, value in HONEST.items() if name != key}

    name = HONEST["id"] if key != "id" else 1

    (said,) = mistakes(tmp_path, without)

    assert said == f"The key '{key}' is missing (waivers.yaml, line 2, key waivers[{name}]): Add '{key}: …'."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"check": "EL-6"}, "There is no check 'EL-6'"),
        ({"check": "ASM-01:atendance_phrase"}, "ASM-01 has no case 'atendance_phrase'"),
        ({"expires": "2025-12-31"}, "It expires on 2025-12-31, before it begins on 2026-01-01"),
        ({"expires": "31.12.2026"}, "'expires' must be a day of the calendar"),
        ({"expires": "never"}, "'expires' must be a day of the calendar"),
        ({"expires": "2026-02-30"}, "The value cannot be read"),
        ({"records": "[]"}, "No record is named"),
        ({"file": "results.csv", "records": "[file 1]"}, "'file' is no sha256"),
        ({"file": "0123456789abcdef"}, "A file is named, and no record of it"),
        ({"reason": '""'}, "'reason' must be a text"),
        ({"aprover": "Zora"}, "Unknown key 'aprover'"),
        ({"checks": "[EL-06]"}, "'check' and 'checks' are both there"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    """And with what to do about it."""
    (first, *_) = mistakes(tmp_path, {**HONEST, **changes})

    assert first.startswith(f"{said} (waivers.yaml, line ")


def test_a_check_that_only_informs_cannot_be_waived(tmp_path: Path) -> None:
    """It costs nothing, so there is nothing to accept."""
    informing = next(c.id for c in CHECKS.values() if all(case.role == "informs" for case in c.cases))

    (said,) = mistakes(tmp_path, {**HONEST, "check": informing})

    assert said.startswith(f"There is nothing to accept of {informing}")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """An id that is there twice among them."""
    said = mistakes(tmp_path, HONEST, {**HONEST, "check": "EL-6"}, {**HONEST, "id": "W-3", "reason": "''"})

    assert [one.split(" (")[0] for one in said] == [
        "There is no check 'EL-6'",
        "The waiver W-1 is there twice",
        "'reason' must be a text",
    ]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With its path."""
    with pytest.raises(WaiversError, match="There is no file of waivers to read"):
        read_waivers(tmp_path / "none.yaml", CHECKS)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-12-31", WaiverState.NOT_YET),
        ("2026-01-01", WaiverState.HOLDS),
        ("2026-11-30", WaiverState.HOLDS),
        ("2026-12-01", WaiverState.ENDS_SOON),
        ("2026-12-30", WaiverState.ENDS_SOON),
        ("2026-12-31", WaiverState.ENDS_SOON),
        ("2027-01-01", WaiverState.EXPIRED),
    ],
)
def test_a_waiver_holds_on_its_first_and_on_its_last_day(tmp_path: Path, day: str, state: WaiverState) -> None:
    """And warns for thirty days."""
    (waiver,) = read_waivers(written(tmp_path, HONEST), CHECKS)

    assert waiver.state(date.fromisoformat(day)) is state


def test_what_is_accepted_of_everybody_or_for_years_is_over_broad(tmp_path: Path) -> None:
    """Two years are a deviation, more is another rule."""
    nobody = {key: value for key, value in HONEST.items() if key != "provider"}
    cases = [HONEST, {**HONEST, "id": "W-2", "expires": "2028-01-02"}, {**nobody, "id": "W-3"}]
    cases.append({**nobody, "id": "W-4", "expires": "2028-01-03"})

    waivers = read_waivers(written(tmp_path, *cases), CHECKS)

    assert [waiver.over_broad for waiver in waivers] == [
        (),
        (),
        (WaiverRemark.EVERY_PROVIDER,),
        (WaiverRemark.EVERY_PROVIDER, WaiverRemark.LONG),
    ]
