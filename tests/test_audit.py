"""One audit from files to reports: what holds for every audit, whatever the data."""

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from qa_toolkit.auditing import Audit, NothingToAuditError, audit
from qa_toolkit.report.result_json import read_result, result_schema
from qa_toolkit.result import MappingUsed, PrincipleScore, SubmissionResult
from tests.conftest import AS_OF
from tests.submissions import COLUMNS, credential, write_submission


def audited(folder: Path, output: Path, formats: str = "json") -> Audit:
    """An audit of a folder; scores and findings need no report."""
    return audit([folder], output, as_of=AS_OF, formats=formats)


def principle(submission: SubmissionResult, key: str) -> PrincipleScore:
    return next(score for score in submission.before.principles if score.key == key)


def failing_checks(folder: Path) -> set[tuple[str, str]]:
    rows = duckdb.sql(f"SELECT DISTINCT check_id, record_id FROM '{folder / 'findings.parquet'}'").fetchall()
    return {(check_id, record_id) for check_id, record_id in rows}


def test_honest_credentials_have_no_finding_that_scores_or_asks(honest_submission: Path, tmp_path: Path) -> None:
    """Nothing is reported where nothing is wrong."""
    result = audited(honest_submission, tmp_path / "out").result

    assert result.submissions[0].findings == 0


def test_a_blank_element_is_found_at_its_cell(tmp_path: Path) -> None:
    """A finding names file, row and column."""
    folder = write_submission(tmp_path / "s", [credential(1), credential(2, quality_assurance="")])

    audited(folder, tmp_path / "out")

    found = duckdb.sql(
        f"SELECT record_id, place FROM '{tmp_path / 'out' / 'findings.parquet'}' WHERE check_id = 'EL-11'"
    ).fetchall()
    assert found == [("f1-r3", "file 1, row 3, column quality_assurance")]


def test_the_same_run_twice_gives_the_same_bytes(honest_submission: Path, tmp_path: Path) -> None:
    """Dates, ids and zip entries hold nothing of the moment."""
    for output in ("first", "second"):
        audited(honest_submission, tmp_path / output, "html,xlsx,csv")

    first = {p.relative_to(tmp_path / "first"): p.read_bytes() for p in (tmp_path / "first").rglob("*") if p.is_file()}
    second = {
        p.relative_to(tmp_path / "second"): p.read_bytes() for p in (tmp_path / "second").rglob("*") if p.is_file()
    }
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_alone_and_in_a_batch_a_submission_gets_the_same_result(tmp_path: Path) -> None:
    """Nothing leaks from one provider to another: windows and counts stay within a submission."""
    one = write_submission(
        tmp_path / "in" / "one", [credential(1), credential(1, learner_name="Other", learner_number="7")]
    )
    two = write_submission(tmp_path / "in" / "two", [credential(1), credential(2, ects="5", workload_hours="60")])

    alone = audit([one], tmp_path / "alone", as_of=AS_OF).result.submissions
    batch = audit([one, two], tmp_path / "batch", as_of=AS_OF).result.submissions

    assert [s for s in batch if s.submission_id == "one"] == list(alone)


def test_the_result_file_follows_the_published_schema(honest_submission: Path, tmp_path: Path) -> None:
    """Whoever reads result.json can rely on `qa-toolkit schema`."""
    jsonschema = pytest.importorskip("jsonschema")
    audited(honest_submission, tmp_path / "out")

    document = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator(result_schema()).validate(document)


def test_a_result_read_back_is_the_result(honest_submission: Path, tmp_path: Path) -> None:
    """Reports rendered later show the same numbers."""
    finished = audited(honest_submission, tmp_path / "out")

    assert read_result(tmp_path / "out") == finished.result


def test_no_credentials_means_nothing_to_audit_and_no_report(tmp_path: Path) -> None:
    """An empty audit is no audit: it must not look like a clean one."""
    (tmp_path / "empty").mkdir()

    with pytest.raises(NothingToAuditError):
        audit([tmp_path / "empty"], tmp_path / "out", as_of=AS_OF)

    assert not (tmp_path / "out" / "result.json").exists()


def test_an_earlier_audit_in_the_folder_is_replaced(tmp_path: Path) -> None:
    """Reports of a submission that is no longer there do not stay behind; files of others do."""
    first = write_submission(tmp_path / "first", [credential(1)])
    second = write_submission(tmp_path / "second", [credential(1)])
    audited(first, tmp_path / "out", "html")
    (tmp_path / "out" / "my-notes.txt").write_text("keep", encoding="utf-8")

    audited(second, tmp_path / "out", "html")

    assert not (tmp_path / "out" / "first").exists()
    assert (tmp_path / "out" / "second" / "report.html").is_file()
    assert (tmp_path / "out" / "my-notes.txt").read_text(encoding="utf-8") == "keep"


def test_the_audit_date_decides_what_lies_in_the_future(tmp_path: Path) -> None:
    """The same data, judged as of another day."""
    folder = write_submission(tmp_path / "s", [credential(1, issued="2026-09-01", valid_from="2026-09-01")])

    audit([folder], tmp_path / "before", as_of=date(2026, 8, 1))
    audit([folder], tmp_path / "after", as_of=date(2026, 10, 1))

    assert ("AUT-04", "f1-r2") in failing_checks(tmp_path / "before")
    assert ("AUT-04", "f1-r2") not in failing_checks(tmp_path / "after")


def test_nothing_is_left_in_the_temporary_folder(
    honest_submission: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database with the records goes with the run."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    audited(honest_submission, tmp_path / "out")

    assert list(scratch.iterdir()) == []


def test_an_audit_opens_no_network_connection(
    honest_submission: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offline at run time: no telemetry, no look-up."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.create_connection", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)

    audited(honest_submission, tmp_path / "out")


# Blanking: what is not said never pays. Elements and the identifier cost points or caps; other scored values coverage.

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


@pytest.mark.parametrize("element", ELEMENT_CELLS)
@pytest.mark.parametrize("faulty", [False, True], ids=["right", "wrong"])
def test_blanking_an_element_or_the_identifier_never_raises_a_score_or_lifts_a_cap(
    element: str, faulty: bool, tmp_path: Path
) -> None:
    """A spreadsheet with less in it does not score better, not even where what it held was wrong."""
    others = [credential(number) for number in range(1, 5)]
    stated = credential(5, **(FAULTS.get(element, {}) if faulty else {}))
    blanked = stated | dict.fromkeys(ELEMENT_CELLS[element], "")

    before = audited(write_submission(tmp_path / "a", [*others, stated]), tmp_path / "out-a").result.submissions[0]
    after = audited(write_submission(tmp_path / "b", [*others, blanked]), tmp_path / "out-b").result.submissions[0]

    for old, new in zip(before.before.principles, after.before.principles, strict=True):
        assert (new.score or 0) <= (old.score or 0), new.key
        assert set(new.capped_by + new.cap_proposed_by) >= set(old.capped_by + old.cap_proposed_by), new.key


def test_blanking_the_level_outside_higher_education_lowers_coverage(tmp_path: Path) -> None:
    """The score may rise there, because a level is only stated where one applies; what was seen shrinks."""
    stated = [credential(number) for number in range(1, 5)]
    blanked = [*stated[:3], stated[3] | {"eqf_level": "", "cycle": ""}]

    full = audited(write_submission(tmp_path / "a", stated, provider_type="vet"), tmp_path / "out-a")
    less = audited(write_submission(tmp_path / "b", blanked, provider_type="vet"), tmp_path / "out-b")

    assert (
        principle(less.result.submissions[0], "transparency").coverage
        < principle(full.result.submissions[0], "transparency").coverage
    )


@pytest.mark.parametrize(
    ("cell", "key"),
    [("assessment_date", "valid_assessment"), ("activity_start", "authentic"), ("workload_hours", "transparency")],
)
def test_blanking_another_scored_value_lowers_coverage(cell: str, key: str, tmp_path: Path) -> None:
    """What cannot be looked at is not counted as looked at."""
    stated = [credential(number) for number in range(1, 5)]
    blanked = [*stated[:3], stated[3] | {cell: ""}]

    full = audited(write_submission(tmp_path / "a", stated), tmp_path / "out-a").result.submissions[0]
    less = audited(write_submission(tmp_path / "b", blanked), tmp_path / "out-b").result.submissions[0]

    assert principle(less, key).coverage < principle(full, key).coverage


def test_a_column_absent_from_a_partial_extract_could_not_be_checked(tmp_path: Path) -> None:
    """Not shown is not missing, where the provider says that columns were left out."""
    columns = [column for column in COLUMNS if column != "quality_assurance"]

    partial = write_submission(tmp_path / "a", [credential(1)], columns, columns_handed_in="some")
    whole = write_submission(tmp_path / "b", [credential(1)], columns, columns_handed_in="all")
    outcomes = {
        name: next(
            c for c in audited(folder, tmp_path / f"out-{name}").result.submissions[0].checks if c.check_id == "EL-11"
        )
        for name, folder in (("partial", partial), ("whole", whole))
    }

    assert outcomes["partial"].status == "not_assessed"
    assert outcomes["whole"].status == "fail"


@pytest.mark.parametrize(
    ("heading", "cell", "mapped", "status"),
    [
        ("Zertifizierungsverfahren XY", "intern", False, "not_assessed"),
        ("Zertifizierungsverfahren XY", "intern", True, "fail"),
        ("Zertifizierungsverfahren XY", "", False, "fail"),
        ("Telefon", "0123 456", False, "fail"),
    ],
    ids=["a column nobody understands", "told to be nothing", "an empty one", "one that belongs to no element"],
)
def test_an_element_that_may_stand_in_an_unread_column_could_not_be_checked(
    heading: str, cell: str, mapped: bool, status: str, tmp_path: Path
) -> None:
    """A table is not short of an element as long as nobody knows what its filled columns mean."""
    columns = [*(column for column in COLUMNS if column != "quality_assurance"), heading]
    folder = write_submission(tmp_path / "a", [credential(1) | {heading: cell}], columns)
    if mapped:
        text = f"mapping_version: 1\ncolumns:\n  {heading}: nothing\n"
        (folder / "mapping.yaml").write_text(text, encoding="utf-8")

    submission = audited(folder, tmp_path / "out").result.submissions[0]

    assert next(c for c in submission.checks if c.check_id == "EL-11").status == status
    gate = next(g for g in submission.before.gates if g.gate_id == "quality_assurance")
    assert (gate.state == "open") == (status == "not_assessed")


def test_order_of_rows_and_files_never_matters_to_scores(tmp_path: Path) -> None:
    """A record is judged by what it says, not by where it stands."""
    rows = [credential(1), credential(2, quality_assurance=""), credential(3, ects="5", workload_hours="60")]

    forth = audited(write_submission(tmp_path / "a", rows), tmp_path / "out-a").result.submissions[0]
    back = audited(write_submission(tmp_path / "b", rows[::-1]), tmp_path / "out-b").result.submissions[0]

    assert forth.before == back.before


def test_a_folder_moved_elsewhere_gives_the_same_result(honest_submission: Path, tmp_path: Path) -> None:
    """No path of the machine enters a result."""
    elsewhere = tmp_path / "another place" / "honest"
    shutil.copytree(honest_submission, elsewhere)

    here = audited(honest_submission, tmp_path / "out-a").result
    there = audited(elsewhere, tmp_path / "out-b").result

    assert here == there


@pytest.mark.parametrize("beside", [True, False])
def test_the_result_says_on_which_mapping_it_rests(beside: bool, tmp_path: Path) -> None:
    """Its hash, how many headings it decided, and whether it came with the files or was given for the run."""
    folder = write_submission(tmp_path / "s", [credential(1)])
    mapping = (folder if beside else tmp_path) / "mapping.yaml"
    mapping.write_text("columns:\n  Irgendwas: nothing\n  title_en: title_en\n", encoding="utf-8")

    result = audit([folder], tmp_path / "out", as_of=AS_OF, mapping=None if beside else mapping).result

    digest = hashlib.sha256(mapping.read_bytes()).hexdigest()
    assert result.submissions[0].mapping == MappingUsed(beside, digest, 2)
    assert read_result(tmp_path / "out").submissions[0].mapping == MappingUsed(beside, digest, 2)


def test_without_a_mapping_the_result_names_none(honest_submission: Path, tmp_path: Path) -> None:
    """Every heading was recognised."""
    assert audited(honest_submission, tmp_path / "out").result.submissions[0].mapping is None
