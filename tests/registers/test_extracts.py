"""A folder of extracts: what is read of it, and every mistake at once with file, line and the nearest known name."""

from datetime import date
from pathlib import Path

import pytest

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.records.register_tables import REGISTER_TABLES
from qa_toolkit.registers.extracts import Registers, load_registers
from qa_toolkit.registers.mistakes import RegistersError
from qa_toolkit.resources import shipped_folder
from tests.registers.folders import REPORTS, reports, write_extract

KINDS = load_catalogue(shipped_folder("checks")).registers
LEVELS = "country,framework,level,eqf_level\nXX,NQF,6,5\n"


def mistakes(folder: Path) -> list[tuple[str, str]]:
    """What and where, of every mistake."""
    with pytest.raises(RegistersError) as caught:
        load_registers(folder, KINDS)
    return [(problem.what, problem.place) for problem in caught.value.problems]


def load(folder: Path) -> Registers:
    return load_registers(folder, KINDS)


def test_rows_are_read_by_the_columns_of_their_kind(tmp_path: Path) -> None:
    """Days, numbers, lists and words of the register; an empty cell says nothing."""
    row = {
        "decision_id": "17",
        "decision": "2",
        "valid_from": "2020-01-01",
        "eqf_levels": "6|7",
        "isced_f": "06 | 0811",
    }
    write_extract(tmp_path, "deqar_reports", reports([row]))

    (extract,) = load(tmp_path).extracts

    (read,) = extract.rows
    assert read.line == 2
    assert read.values == {
        "decision_id": "17",
        "organisation_ids": ["DEQARINST99990001"],
        "agency_id": "IQA",
        "object": "institutional",
        "decision": "conditional",
        "valid_from": date(2020, 1, 1),
        "eqf_levels": [6, 7],
        "isced_f": ["06", "0811"],
    }


def test_headings_of_the_register_itself_are_understood(tmp_path: Path) -> None:
    """In any letters, parted by semicolons, behind the mark that Excel writes."""
    write_extract(tmp_path, "deqar_institutions", "\ufeffDEQAR_ID;Name_Primary;Country\nDEQARINST1;A, B;XX\n")

    (extract,) = load(tmp_path).extracts

    assert extract.rows[0].values == {"organisation_id": "DEQARINST1", "name": "A, B", "country": "XX"}


@pytest.mark.parametrize(
    ("as_of", "age", "stale"),
    [(date(2026, 8, 1), 0, False), (date(2027, 2, 27), 180, False), (date(2027, 2, 28), 181, True)],
)
def test_an_extract_is_stale_after_the_days_of_its_kind(tmp_path: Path, as_of: date, age: int, stale: bool) -> None:
    """Taken on 31 August 2026; one taken after the day of the audit is not old."""
    write_extract(tmp_path, "deqar_reports", reports([{"decision_id": "17", "valid_from": "2020-01-01"}]))

    (extract,) = load(tmp_path).extracts

    assert (extract.age(as_of), extract.is_stale(as_of)) == (age, stale)


def test_a_description_may_say_its_own_days(tmp_path: Path) -> None:
    """Some registers are renewed each month."""
    write_extract(tmp_path, "nqf_eqf", LEVELS, stale_after_days="30")

    (extract,) = load(tmp_path).extracts

    assert extract.is_stale(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("changes", "what", "place"),
    [
        ({"kind": "nqf_eqv"}, "There is no kind 'nqf_eqv'", "nqf_eqf.yaml, line 1, key kind"),
        ({"date": "31.08.2026"}, "The date is no day", "nqf_eqf.yaml, line 4, key date"),
        ({"date": "2026-02-30"}, "The date is no day", "nqf_eqf.yaml, line 4, key date"),
        ({"licence": None}, "The key 'licence' is missing", "nqf_eqf.yaml, line 1, key licence"),
        ({"licence": None, "licens": "CC0"}, "Unknown key 'licens'", "nqf_eqf.yaml, line 5, key licens"),
        ({"sha256": "abc"}, "The hash is none", "nqf_eqf.yaml, line 5, key sha256"),
        ({"sha256": "0" * 64}, "The file is not the one that its description describes", "nqf_eqf.csv"),
        (
            {"stale_after_days": "a month"},
            "stale_after_days is no number of days",
            "nqf_eqf.yaml, line 6, key stale_after_days",
        ),
    ],
)
def test_a_mistake_in_the_description_is_told_with_its_line(
    tmp_path: Path, changes: dict[str, str | None], what: str, place: str
) -> None:
    """What, where, why and how to fix."""
    write_extract(tmp_path, "nqf_eqf", LEVELS, **{"name": "nqf_eqf", **changes})  # type: ignore[arg-type]

    assert mistakes(tmp_path) == [(what, place)]


def test_a_mistake_names_what_was_probably_meant(tmp_path: Path) -> None:
    """A kind, a key, a column, a word."""
    write_extract(tmp_path, "nqf_eqf", "countri,framework,level,eqf_level\nXX,NQF,6,5\n")
    write_extract(
        tmp_path, "deqar_reports", reports([{"decision_id": "1", "decision": "positiv", "valid_from": "2020-01-01"}])
    )

    with pytest.raises(RegistersError) as caught:
        load(tmp_path)

    fixes = {problem.what: problem.fix for problem in caught.value.problems}
    assert fixes["Unknown column 'countri'"] == "Did you mean 'country'?"
    assert fixes["'decision' cannot be 'positiv'"] == "Did you mean 'positive'?"


@pytest.mark.parametrize(
    ("rows", "what", "place"),
    [
        ("XX,NQF,6,6\nXX,nqf,6,5\n", "A row is there twice by its country and framework and level", "line 3"),
        ("XX,NQF,6,six\n", "A value of 'eqf_level' is no whole number", "line 2"),
        ("XX,,6,6\n", "The cell of 'framework' is empty", "line 2"),
        ("XX,NQF,6\n", "A row has more or fewer cells than headings", "line 2"),
        ("XX,NQF,6,x\n" * 7, "A value of 'eqf_level' is no whole number", "lines 2, 3, 4, 5, 6 and 2 more"),
    ],
)
def test_a_mistake_in_rows_is_told_once_with_its_lines(tmp_path: Path, rows: str, what: str, place: str) -> None:
    """A thousand lines with one mistake are one mistake."""
    write_extract(tmp_path, "nqf_eqf", "country,framework,level,eqf_level\n" + rows)

    assert (what, f"nqf_eqf.csv, {place}") in mistakes(tmp_path)


def test_an_end_before_its_beginning_is_refused(tmp_path: Path) -> None:
    """Nothing is guessed from days that contradict each other."""
    row = {"decision_id": "17", "valid_from": "2025-01-01", "valid_until": "2024-12-31"}
    write_extract(tmp_path, "deqar_reports", reports([row]))

    assert mistakes(tmp_path) == [("'valid_until' lies before 'valid_from'", "deqar_reports.csv, line 2")]


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """A table without description, a description without table, columns unknown, missing and there twice."""
    write_extract(tmp_path, "nqf_eqf", "country,framework,framework,colour\nXX,NQF,6,5\n")
    write_extract(tmp_path, "deqar_agencies", "agency_id,name,registered_from\n1,A,someday\n")
    (tmp_path / "loose.csv").write_text("a\n", encoding="utf-8")
    (tmp_path / "lost.yaml").write_text("kind: nqf_eqf\n", encoding="utf-8")

    assert mistakes(tmp_path) == [
        ("An extract has no description", "loose.csv"),
        ("A description has no extract", "lost.yaml"),
        ("A value of 'registered_from' is no day", "deqar_agencies.csv, line 2"),
        ("A column is there twice: 'framework'", "nqf_eqf.csv, line 1"),
        ("Unknown column 'colour'", "nqf_eqf.csv, line 1"),
        ("The column 'level' is missing", "nqf_eqf.csv, line 1"),
        ("The column 'eqf_level' is missing", "nqf_eqf.csv, line 1"),
    ]


@pytest.mark.parametrize("content", [REPORTS.encode("utf-16"), b'decision_id\n"open', b"", b"\x00\xff"])
def test_a_file_that_is_no_table_is_refused_without_a_crash(tmp_path: Path, content: bytes) -> None:
    """Its bytes are a stranger's."""
    import hashlib

    write_extract(tmp_path, "deqar_reports", "", sha256=hashlib.sha256(content).hexdigest())
    (tmp_path / "deqar_reports.csv").write_bytes(content)

    assert mistakes(tmp_path)


@pytest.mark.parametrize("name", ["nothing", "file"])
def test_a_folder_that_is_not_there_or_empty_is_refused(tmp_path: Path, name: str) -> None:
    """An audit that was asked to look something up does not go on without."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert len(mistakes(tmp_path / name)) == 1
    (tmp_path / "empty").mkdir()
    assert mistakes(tmp_path / "empty") == [("The folder holds no extract", "empty")]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_a_kind_fills_columns_of_its_table_and_needs_its_key(kind: object) -> None:
    """What is read lands where facts look for it; what tells two rows apart is required, but for words about names."""
    from qa_toolkit.records.register_tables import RegisterKind

    assert isinstance(kind, RegisterKind)
    table = {column.name for column in REGISTER_TABLES[kind.table]}
    required = {column.name for column in kind.columns if column.required}
    headings = [heading.casefold() for column in kind.columns for heading in (column.name, *column.headings)]

    assert {column.name for column in kind.columns} <= table
    assert set(kind.key) <= required
    assert len(headings) == len(set(headings))
