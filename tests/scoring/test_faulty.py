"""Elements that are stated and wrong, counted record by record."""

from dataclasses import replace

import pytest

from qa_toolkit.catalogue.models import Role
from qa_toolkit.result import CaseKey, Pattern
from qa_toolkit.scoring.faulty import faulty_elements
from tests.scoring.build import check

CHECKS = {
    one.id: one
    for one in (
        replace(check("EL-07"), element="workload"),
        replace(check("SIZ-02"), element="workload"),
        replace(check("VAL-05"), element="workload"),
        replace(check("SIZ-09", role=Role.ASKS), element="workload"),
        replace(check("VAL-02"), element="level"),
    )
}
CASES = {"credentials": tuple(CaseKey(one, "", "credentials") for one in CHECKS)}


@pytest.mark.parametrize(
    ("states", "workload", "level"),
    [
        ("....." , 0, 0),
        ("x---." , 0, 0),  # missing is not faulty
        (".x..." , 10, 0),
        (".xx.." , 10, 0),  # two faults of a record are one faulty record
        ("...x." , 0, 0),  # a question is no fault
        (".?..x" , 0, 10),
    ],
)  # fmt: skip
def test_a_record_is_faulty_once_where_what_it_states_fails_a_scoring_check(
    states: str, workload: int, level: int
) -> None:
    """EL-07 asks whether the workload is stated; SIZ-02 and VAL-05 what it says, SIZ-09 only asks."""
    patterns = [
        Pattern(1, "s", "credentials", "extract", states, 10),
        Pattern(2, "s", "credentials", "extract", ".....", 5),
    ]

    faulty = faulty_elements(patterns, CASES, CHECKS)

    assert (faulty["workload"], faulty["level"]) == (workload, level)
    assert sum(faulty.values()) == workload + level
