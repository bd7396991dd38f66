"""Blanking: what is not said never pays. Elements and the identifier cost points or caps; other scored values coverage.

All submissions that are compared are parts of one audit: alone and in a batch a submission gets the same result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from qa_toolkit.auditing import audit
from qa_toolkit.result import PrincipleScore, SubmissionResult
from tests.conftest import AS_OF
from tests.submissions import COLUMNS, credential, write_submission

ELEMENT_CELLS = {
    "learner": ("learner_name", "learner_number", "learner_birth_date"),
    "title": ("title",),
    "country": ("country",),
    "awarding_body": ("awarding_body",),
    "issued": ("issued",),
    "learning_outcomes": ("learning_outcomes",),
    "workload": ("ects", "workload_hours"),
    "level": ("eqf_level", "cycle"),
    "assessment_type": ("assessment_type",),
    "participation": ("participation",),
    "quality_assurance": ("quality_assurance",),
    "credential_id": ("credential_id",),
}

FAULTS = {
    "title": {"title": "-"},
    "issued": {"issued": "2027-03-01", "valid_from": "2027-03-01"},
    "workload": {"ects": "5", "workload_hours": "60"},
    "level": {"eqf_level": "7", "cycle": "first"},
    "assessment_type": {"assessment_type": "attendance"},
    "credential_id": {"credential_id": "HB-2026-0001"},
}
"""Honest faults that a provider might be tempted to hide by blanking the cell."""

OTHER_VALUES = (
    ("assessment_date", "valid_assessment"),
    ("activity_start", "authentic"),
    ("workload_hours", "transparency"),
)
"""A cell, and the principle that looks at it."""

UNREAD = {
    "a column nobody understands": ("Zertifizierungsverfahren XY", "intern", False, "not_assessed"),
    "told to be nothing": ("Zertifizierungsverfahren XY", "intern", True, "fail"),
    "an empty one": ("Zertifizierungsverfahren XY", "", False, "fail"),
    "one that belongs to no element": ("Telefon", "0123 456", False, "fail"),
}
"""Heading, cell, whether the mapping calls it nothing, and what becomes of quality assurance, which has no column."""

WITHOUT_ASSURANCE = tuple(column for column in COLUMNS if column != "quality_assurance")
FOUR = [credential(number) for number in range(1, 5)]
ROWS = [credential(1), credential(2, quality_assurance=""), credential(3, ects="5", workload_hours="60")]


@dataclass(frozen=True)
class HandedIn:
    """What a provider hands in."""

    rows: Sequence[Mapping[str, str]]
    columns: Sequence[str] = COLUMNS
    declared: Mapping[str, object] = field(default_factory=dict)
    mapping: str = ""


def last_blanked(rows: Sequence[dict[str, str]], *cells: str) -> list[dict[str, str]]:
    return [*rows[:-1], rows[-1] | dict.fromkeys(cells, "")]


def all_handed_in() -> dict[str, HandedIn]:
    found = {
        "four": HandedIn(FOUR),
        "vet": HandedIn(FOUR, declared={"provider_type": "vet"}),
        "vet-level-blanked": HandedIn(last_blanked(FOUR, "eqf_level", "cycle"), declared={"provider_type": "vet"}),
        "some-columns": HandedIn([credential(1)], WITHOUT_ASSURANCE, {"columns_handed_in": "some"}),
        "all-columns": HandedIn([credential(1)], WITHOUT_ASSURANCE, {"columns_handed_in": "all"}),
        "forth": HandedIn(ROWS),
        "back": HandedIn(ROWS[::-1]),
    }
    for element, cells in ELEMENT_CELLS.items():
        for name, changes in (("right", {}), ("wrong", FAULTS.get(element, {}))):
            rows = [*FOUR, credential(5, **changes)]
            found[f"{element}-{name}"] = HandedIn(rows)
            found[f"{element}-{name}-blanked"] = HandedIn(last_blanked(rows, *cells))
    for cell, _ in OTHER_VALUES:
        found[f"{cell}-blanked"] = HandedIn(last_blanked(FOUR, cell))
    for name, (heading, cell, mapped, _) in UNREAD.items():
        mapping = f"mapping_version: 1\ncolumns:\n  {heading}: nothing\n" if mapped else ""
        found[name] = HandedIn([credential(1) | {heading: cell}], [*WITHOUT_ASSURANCE, heading], mapping=mapping)
    return {name.replace("_", "-").replace(" ", "-"): handed_in for name, handed_in in found.items()}


Audited = Mapping[str, SubmissionResult]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """Name -> what the one audit says of the submission."""
    root = tmp_path_factory.mktemp("blanking")
    for name, one in all_handed_in().items():
        folder = write_submission(root / "in" / name, one.rows, one.columns, **one.declared)
        if one.mapping:
            (folder / "mapping.yaml").write_text(one.mapping, encoding="utf-8")
    result = audit([root / "in"], root / "out", as_of=AS_OF, formats="json").result
    found = {one.submission_id: one for one in result.submissions}
    assert found.keys() == all_handed_in().keys()
    return found


def principle(submission: SubmissionResult, key: str) -> PrincipleScore:
    return next(score for score in submission.before.principles if score.key == key)


def status(submission: SubmissionResult, check_id: str) -> str:
    return next(check for check in submission.checks if check.check_id == check_id).status


@pytest.mark.parametrize("element", ELEMENT_CELLS)
@pytest.mark.parametrize("stated", ["right", "wrong"])
def test_blanking_an_element_or_the_identifier_never_raises_a_score_or_lifts_a_cap(
    element: str, stated: str, audited: Audited
) -> None:
    """A spreadsheet with less in it does not score better, not even where what it held was wrong."""
    name = f"{element}-{stated}".replace("_", "-")
    before, after = audited[name].before, audited[f"{name}-blanked"].before

    assert (before != after) or stated == "wrong"
    for old, new in zip(before.principles, after.principles, strict=True):
        assert (new.score or 0) <= (old.score or 0), new.key
        assert set(new.capped_by + new.cap_proposed_by) >= set(old.capped_by + old.cap_proposed_by), new.key


def test_blanking_the_level_outside_higher_education_lowers_coverage(audited: Audited) -> None:
    """The score may rise there, because a level is only stated where one applies; what was seen shrinks."""
    full, less = (principle(audited[name], "transparency") for name in ("vet", "vet-level-blanked"))

    assert less.coverage < full.coverage


@pytest.mark.parametrize(("cell", "key"), OTHER_VALUES)
def test_blanking_another_scored_value_lowers_coverage(cell: str, key: str, audited: Audited) -> None:
    """What cannot be looked at is not counted as looked at."""
    less = audited[f"{cell}-blanked".replace("_", "-")]

    assert principle(less, key).coverage < principle(audited["four"], key).coverage


def test_a_column_absent_from_a_partial_extract_could_not_be_checked(audited: Audited) -> None:
    """Not shown is not missing, where the provider says that columns were left out."""
    assert status(audited["some-columns"], "EL-11") == "not_assessed"
    assert status(audited["all-columns"], "EL-11") == "fail"


@pytest.mark.parametrize("column", UNREAD)
def test_an_element_that_may_stand_in_an_unread_column_could_not_be_checked(column: str, audited: Audited) -> None:
    """A table is not short of an element as long as nobody knows what its filled columns mean."""
    submission, expected = audited[column.replace(" ", "-")], UNREAD[column][-1]

    assert status(submission, "EL-11") == expected
    gate = next(gate for gate in submission.before.gates if gate.gate_id == "quality_assurance")
    assert (gate.state == "open") == (expected == "not_assessed")


def test_order_of_rows_and_files_never_matters_to_scores(audited: Audited) -> None:
    """A record is judged by what it says, not by where it stands."""
    assert audited["forth"].before == audited["back"].before
    assert audited["forth"].before != audited["four"].before
