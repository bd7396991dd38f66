"""One audit from files to reports: what holds for every audit, whatever the data."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from qa_toolkit.auditing import Audit, NothingToAuditError, audit
from qa_toolkit.report.result_json import read_result, result_schema
from qa_toolkit.result import MappingUsed
from tests.conftest import AS_OF
from tests.submissions import credential, write_submission

EVERYTHING = "html,xlsx,csv"


def audited(folder: Path, output: Path, formats: str = "json", select: str = "") -> Audit:
    """An audit of a folder; scores and findings need no report, and few tests need every check."""
    return audit([folder], output, as_of=AS_OF, formats=formats, select=select)


@dataclass(frozen=True)
class Watched:
    """An audit of three honest credentials with every report, and what it did beside writing them."""

    finished: Audit
    scratch: Path
    connections: list[str]
    """Attempts to reach a network."""


@pytest.fixture(scope="module")
def honest_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_submission(tmp_path_factory.mktemp("in") / "honest", [credential(number) for number in (1, 2, 3)])


@pytest.fixture(scope="module")
def honest(honest_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    connections: list[str] = []

    def refuse(*_: object, **__: object) -> None:
        connections.append("a socket was opened")
        raise OSError("there is no network")

    scratch, out = tmp_path_factory.mktemp("scratch"), tmp_path_factory.mktemp("honest") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(scratch))
        patch.setattr("socket.socket.connect", refuse)
        patch.setattr("socket.create_connection", refuse)
        patch.setattr("socket.getaddrinfo", refuse)
        return Watched(audited(honest_folder, out, EVERYTHING), scratch, connections)


@pytest.fixture(scope="module")
def elsewhere(honest_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """The same audit once more, of the same folder moved to another place."""
    moved = tmp_path_factory.mktemp("another place") / "honest"
    shutil.copytree(honest_folder, moved)
    return audited(moved, tmp_path_factory.mktemp("elsewhere") / "out", EVERYTHING)


def failing_checks(folder: Path) -> set[tuple[str, str]]:
    rows = duckdb.sql(f"SELECT DISTINCT check_id, record_id FROM '{folder / 'findings.parquet'}'").fetchall()
    return {(check_id, record_id) for check_id, record_id in rows}


def test_honest_credentials_have_no_finding_that_scores_or_asks(honest: Watched) -> None:
    """Nothing is reported where nothing is wrong."""
    assert honest.finished.result.submissions[0].findings == 0


def test_a_blank_element_is_found_at_its_cell(tmp_path: Path) -> None:
    """A finding names file, row and column."""
    folder = write_submission(tmp_path / "s", [credential(1), credential(2, quality_assurance="")])

    audited(folder, tmp_path / "out", select="EL")

    found = duckdb.sql(
        f"SELECT record_id, place FROM '{tmp_path / 'out' / 'findings.parquet'}' WHERE check_id = 'EL-11'"
    ).fetchall()
    assert found == [("f1-r3", "file 1, row 3, column quality_assurance")]


def test_the_same_run_twice_gives_the_same_bytes(honest: Watched, elsewhere: Audit) -> None:
    """Dates, ids and zip entries hold nothing of the moment, and nothing of the place."""
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (honest.finished.folder, elsewhere.folder)
    )
    assert {path.suffix for path in first} >= {".json", ".html", ".xlsx", ".csv", ".parquet"}
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_alone_and_in_a_batch_a_submission_gets_the_same_result(tmp_path: Path) -> None:
    """Nothing leaks from one provider to another: windows and counts stay within a submission."""
    one = write_submission(
        tmp_path / "in" / "one", [credential(1), credential(1, learner_name="Other", learner_number="7")]
    )
    two = write_submission(tmp_path / "in" / "two", [credential(1), credential(2, ects="5", workload_hours="60")])

    alone = audited(one, tmp_path / "alone").result.submissions
    batch = audit([one, two], tmp_path / "batch", as_of=AS_OF, formats="json").result.submissions

    assert len(batch) == 2
    assert [s for s in batch if s.submission_id == "one"] == list(alone)


def test_the_result_file_follows_the_published_schema(honest: Watched) -> None:
    """Whoever reads result.json can rely on `qa-toolkit schema`."""
    jsonschema = pytest.importorskip("jsonschema")

    document = json.loads((honest.finished.folder / "result.json").read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator(result_schema()).validate(document)


def test_a_result_read_back_is_the_result(honest: Watched) -> None:
    """Reports rendered later show the same numbers."""
    assert read_result(honest.finished.folder) == honest.finished.result


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
    audited(first, tmp_path / "out", "html", "EL-02")
    (tmp_path / "out" / "my-notes.txt").write_text("keep", encoding="utf-8")

    audited(second, tmp_path / "out", "html", "EL-02")

    assert not (tmp_path / "out" / "first").exists()
    assert (tmp_path / "out" / "second" / "report.html").is_file()
    assert (tmp_path / "out" / "my-notes.txt").read_text(encoding="utf-8") == "keep"


def test_the_audit_date_decides_what_lies_in_the_future(tmp_path: Path) -> None:
    """The same data, judged as of another day."""
    folder = write_submission(tmp_path / "s", [credential(1, issued="2026-09-01", quality_assurance="")])

    for name, day in {"before": date(2026, 8, 1), "after": date(2026, 10, 1)}.items():
        audit([folder], tmp_path / name, as_of=day, formats="json", select=["AUT-04", "EL-11"])

    assert failing_checks(tmp_path / "before") == {("AUT-04", "f1-r2"), ("EL-11", "f1-r2")}
    assert failing_checks(tmp_path / "after") == {("EL-11", "f1-r2")}


def test_nothing_is_left_in_the_temporary_folder(honest: Watched) -> None:
    """The database with the records goes with the run."""
    assert list(honest.scratch.iterdir()) == []


def test_an_audit_opens_no_network_connection(honest: Watched) -> None:
    """Offline at run time: no telemetry, no look-up."""
    assert honest.connections == []


def test_a_folder_moved_elsewhere_gives_the_same_result(honest: Watched, elsewhere: Audit) -> None:
    """No path of the machine enters a result."""
    assert honest.finished.result == elsewhere.result


@pytest.mark.parametrize("beside", [True, False])
def test_the_result_says_on_which_mapping_it_rests(beside: bool, tmp_path: Path) -> None:
    """Its hash, how many headings it decided, and whether it came with the files or was given for the run."""
    folder = write_submission(tmp_path / "s", [credential(1)])
    mapping = (folder if beside else tmp_path) / "mapping.yaml"
    mapping.write_text("columns:\n  Irgendwas: nothing\n  title_en: title_en\n", encoding="utf-8")

    given = None if beside else mapping

    result = audit([folder], tmp_path / "out", as_of=AS_OF, mapping=given, formats="json", select="EL-02").result

    digest = hashlib.sha256(mapping.read_bytes()).hexdigest()
    assert result.submissions[0].mapping == MappingUsed(beside, digest, 2)
    assert read_result(tmp_path / "out").submissions[0].mapping == MappingUsed(beside, digest, 2)


def test_without_a_mapping_the_result_names_none(honest: Watched) -> None:
    """Every heading was recognised."""
    assert honest.finished.result.submissions[0].mapping is None
