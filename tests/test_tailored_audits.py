"""One submission under the framework alone, then with schemes: only what a scheme changes differs, and it is said."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import openpyxl
import pytest

from qa_toolkit.auditing import Audit, audit
from qa_toolkit.problems import UsageError
from qa_toolkit.result import CheckOutcome, SubmissionResult
from tests.conftest import AS_OF
from tests.submissions import credential, write_submission

LAST_DAY = date(2027, 4, 30)
"""Of the Dutch window for sizes from 1 EC."""
ECTS = {"1": 25, "2": 50, "5": 130, "18": 470, "31": 800}
"""Credits of the five awards, and hours that fit them."""
ROWS = [credential(n, ects=ects, workload_hours=str(hours)) for n, (ects, hours) in enumerate(ECTS.items(), 1)]


@dataclass(frozen=True)
class Found:
    """What one audit says."""

    submission: SubmissionResult
    below: dict[str, list[str]]
    """Check -> credits of the awards that it finds at fault."""
    whole: Audit


Audited = Callable[..., Found]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    base = tmp_path_factory.mktemp("tailored")
    handed_in = write_submission(base / "in", ROWS)

    @cache
    def run(*schemes: str, day: date = AS_OF, provider_type: str = "higher_education") -> Found:
        if provider_type != "higher_education":
            write_submission(base / provider_type, ROWS, provider_type=provider_type)
        folder = handed_in if provider_type == "higher_education" else base / provider_type
        output = base / f"out-{'-'.join(schemes)}-{day}-{provider_type}"
        done = audit([folder], output, as_of=day, schemes=schemes, formats="html,xlsx")
        rows = duckdb.sql(
            f"SELECT check_id, record_id FROM '{output / 'findings.parquet'}' WHERE check_id = 'SIZ-04' ORDER BY ALL"
        ).fetchall()
        below: dict[str, list[str]] = {}
        for check, record in rows:
            below.setdefault(check, []).append(list(ECTS)[int(record.rpartition("r")[2]) - 2])
        return Found(done.result.submissions[0], below, done)

    return run


def outcomes(found: Found) -> dict[str, CheckOutcome]:
    return {one.check_id: one for one in found.submission.checks}


@pytest.mark.parametrize(
    ("schemes", "day", "provider_type", "at_fault", "status"),
    [
        ((), AS_OF, "higher_education", [], None),
        (("es",), AS_OF, "higher_education", ["18", "31"], "fail"),
        (("nl-ho",), AS_OF, "higher_education", ["1", "2", "31"], "fail"),
        (("nl-ho",), LAST_DAY, "higher_education", ["1", "2", "31"], "fail"),
        (("nl-ho",), date(2027, 5, 1), "higher_education", ["1", "2", "31"], "fail"),
        (("nl-ho",), AS_OF, "vet", [], "not_applicable"),
        (("ee",), AS_OF, "higher_education", ["1", "2", "31"], "fail"),
        (("es", "mt"), AS_OF, "higher_education", ["18", "31"], "fail"),
    ],
)
def test_sizes_outside_the_limits_of_a_scheme_are_found(
    schemes: tuple[str, ...],
    day: date,
    provider_type: str,
    at_fault: list[str],
    status: str | None,
    audited: Audited,
) -> None:
    """In its unit, for its kind of provider, on the day of the audit; without a scheme nothing is asked."""
    found = audited(*schemes, day=day, provider_type=provider_type)

    assert found.below.get("SIZ-04", []) == at_fault
    outcome = outcomes(found).get("SIZ-04")
    assert (outcome and outcome.status.value) == status


@pytest.mark.parametrize(
    ("day", "cases"),
    [
        (date(2025, 4, 30), {"ects": 3}),
        (date(2025, 5, 1), {"ects": 1, "ects_for_some": 2}),
        (LAST_DAY, {"ects": 1, "ects_for_some": 2}),
        (date(2027, 5, 1), {"ects": 3}),
    ],
)
def test_the_dutch_window_asks_within_and_fails_outside(day: date, cases: dict[str, int], audited: Audited) -> None:
    """One and two EC are a question for two years, because only universities may; 31 EC are too many at any time."""
    outcome = outcomes(audited("nl-ho", day=day))["SIZ-04"]

    assert {case.case: case.failed for case in outcome.cases if case.table == "credentials"} == cases


@pytest.mark.parametrize(
    ("scheme", "day"),
    [("es", AS_OF), ("ee", AS_OF), ("nl-ho", AS_OF), ("nl-ho", LAST_DAY), ("nl-ho", date(2027, 5, 1))],
)
def test_only_what_the_scheme_changes_differs(scheme: str, day: date, audited: Audited) -> None:
    """Every other check, every other criterion and every other principle come out the same, on either day."""
    alone, tailored = audited(day=day), audited(scheme, day=day)

    others = {name: one for name, one in outcomes(tailored).items() if name != "SIZ-04"}
    assert others == outcomes(alone)
    changed = {
        one.criterion_id
        for one, other in zip(tailored.submission.before.criteria, alone.submission.before.criteria, strict=True)
        if one != other
    }
    assert changed == {"2.2"}
    principles = zip(tailored.submission.before.principles, alone.submission.before.principles, strict=True)
    assert {one.key for one, other in principles if one != other} == {"transparency"}


def test_before_and_after_the_window_only_the_one_check_differs(audited: Audited) -> None:
    """The same data, the same scheme, two days: what ages with the day apart, it is the size."""
    within, after = outcomes(audited("nl-ho", day=LAST_DAY)), outcomes(audited("nl-ho", day=date(2027, 5, 1)))

    assert {name for name in within if within[name] != after[name]} == {"SIZ-04"}


def test_the_result_says_what_was_changed_by_which_scheme_and_why(audited: Audited) -> None:
    """With from and to, and the criteria that it bears on."""
    used = audited("es").whole.result.tailoring

    assert used is not None
    assert [one.scheme_id for one in used.schemes] == ["es"]
    limit = next(one for one in used.changes if one.name == "most_ects")
    assert (limit.before, limit.after, limit.direction, limit.criteria) == (None, "15", "added", ("2.2",))
    assert "1 to 15" in limit.why
    assert audited().whole.result.tailoring is None


def test_what_did_not_hold_on_the_day_is_listed_and_said_not_to_have_been_applied(audited: Audited) -> None:
    """So that nobody looks for it in vain."""
    used = audited("nl-ho", day=date(2027, 5, 1)).whole.result.tailoring

    assert used is not None
    assert {one.name or one.kind: one.in_force for one in used.changes if one.until} == {
        "least_ects": False, "switch": False, "where": False, "least_ects_for_all": False}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ('id="scheme-nl-ho"', True),
        ("Micro-credentials in higher education (Netherlands)", True),
        ("Unofficial: our reading as of 26 November 2026", True),
        ("Universities may try out micro-credentials from 1 EC", True),
        ("Holds from 1 May 2025 to 30 April 2027.", True),
        ("Not applied", False),
        ("Changed by Micro-credentials in higher education (Netherlands):</a> SIZ-04, ects: off → on (new); ", True),
    ],
)
def test_the_report_says_what_changed_it(words: str, there: bool, audited: Audited) -> None:
    """On the cover, and in a section with every change."""
    text = next(audited("nl-ho").whole.folder.glob("*/report.html")).read_text(encoding="utf-8")

    assert (words in text) is there


def test_an_audit_without_schemes_has_no_section_on_them(audited: Audited) -> None:
    """Nothing is said of nothing."""
    text = next(audited().whole.folder.glob("*/report.html")).read_text(encoding="utf-8")

    assert 'id="tailoring"' not in text


def test_the_workbook_lists_every_change(audited: Audited) -> None:
    """As many rows as the result has changes, and what no check looks at."""
    found = audited("nl-ho")
    book = openpyxl.load_workbook(next(found.whole.folder.glob("*/*.xlsx")))
    sheet = book["Tailoring"]

    tables = {table.name: table.ref for table in sheet.tables.values()}
    first, last = tables["Tailoring"].split(":")
    rows = int("".join(filter(str.isdigit, last))) - int("".join(filter(str.isdigit, first)))
    assert found.whole.result.tailoring is not None
    assert rows == len(found.whole.result.tailoring.changes)
    assert "Tailoring" not in openpyxl.load_workbook(next(audited().whole.folder.glob("*/*.xlsx"))).sheetnames


OVERLAY = """
id: own-agency
title: Our agency's own
about: For tests.
as_of: 2026-09-01
issued_by: Invented Agency
source: [{ref: Decision 1, tag: judgement}]
changes:
"""
LOOSER = OVERLAY + "  - {check: EL-06, severity: minor, why: Outcomes are looked at elsewhere.}\n"
WEIGHT = OVERLAY + "  - {criterion: '2.1', framework: eu-2022, weight: 1, why: For us they matter less.}\n"
OFF = OVERLAY + "  - {switch_off: EL-10, why: We do not ask for it.}\n"


def with_overlay(folder: Path, text: str, rows: list[dict[str, str]]) -> Audit:
    (folder / "overlay.yaml").write_text(text, encoding="utf-8")
    handed_in = write_submission(folder / "in", rows)
    return audit([handed_in], folder / "out", as_of=AS_OF, overlay=folder / "overlay.yaml", formats="html")


def test_what_an_overlay_loosens_is_marked_below_the_standard(tmp_path: Path) -> None:
    """At the criterion, and on the first page."""
    done = with_overlay(tmp_path, LOOSER, [credential(1, learning_outcomes=""), credential(2)])

    groups = done.result.framework.principles
    assert [one.criterion_id for group in groups for one in group.criteria if one.below_standard] == ["2.1"]
    assert "Assessed below the standard" in next((tmp_path / "out").glob("*/report.html")).read_text(encoding="utf-8")


def test_a_weight_is_changed_and_called_neither_looser_nor_stricter(tmp_path: Path) -> None:
    """It moves points between criteria."""
    done = with_overlay(tmp_path, WEIGHT, [credential(1)])

    weights = {one.criterion_id: one.weight for group in done.result.framework.principles for one in group.criteria}
    assert weights["2.1"] == 1
    assert done.result.tailoring is not None
    assert [(one.before, one.after, one.direction) for one in done.result.tailoring.changes] == [("3", "1", "changed")]


def test_a_check_that_is_switched_off_could_not_be_checked(tmp_path: Path) -> None:
    """It is not passed: nobody looked, and the reason is the overlay's."""
    done = with_overlay(tmp_path, OFF, [credential(1, participation="")])

    outcome = next(one for one in done.result.submissions[0].checks if one.check_id == "EL-10")
    assert (outcome.status.value, outcome.failed) == ("not_assessed", 0)
    assert "We do not ask for it." in (outcome.reason or "")


@pytest.mark.parametrize(
    ("schemes", "overlay", "what", "fix"),
    [
        (("ess",), None, "There is no scheme 'ess'", "es"),
        (("es", "ee"), None, "es and ee contradict each other on SIZ-04 ects", "Leave one of the two out"),
        ((), OVERLAY + "  - {check: EL-99, severity: minor, why: x}\n", "Unknown check 'EL-99'", "EL-19"),
        ((), OVERLAY + "  - {why: x}\n", "The entry does not say what it changes", "Begin it with switch_on"),
        ((), "id: [", "", ""),
    ],
)
def test_what_cannot_be_laid_over_is_refused_before_any_work(
    schemes: tuple[str, ...], overlay: str | None, what: str, fix: str, tmp_path: Path
) -> None:
    """With both places where two contradict each other."""
    path = tmp_path / "overlay.yaml"
    if overlay is not None:
        path.write_text(overlay, encoding="utf-8")
    handed_in = write_submission(tmp_path / "in", [credential(1)])

    with pytest.raises(UsageError) as refused:
        audit([handed_in], as_of=AS_OF, schemes=schemes, overlay=path if overlay is not None else None)

    problem = refused.value.problems[0]
    assert what in problem.what
    assert fix in problem.fix


def test_the_same_schemes_in_another_order_give_the_same_scores(audited: Audited) -> None:
    """Between schemes nothing goes before anything."""
    one, other = audited("es", "mt"), audited("mt", "es")

    assert replace(one.submission, files=()) == replace(other.submission, files=())


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    """With a scheme as without."""
    handed_in = write_submission(tmp_path / "in", ROWS)
    for name in ("a", "b"):
        audit([handed_in], tmp_path / name, as_of=AS_OF, schemes="nl-ho", formats="json")

    first, second = ((tmp_path / name / "result.json").read_bytes() for name in ("a", "b"))
    assert first == second
    assert json.loads(first)["tailoring"]["schemes"][0]["scheme_id"] == "nl-ho"
