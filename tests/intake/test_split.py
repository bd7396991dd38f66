"""One table of many providers, split by a column: who gets which records, and that nothing else changes."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from qa_toolkit.auditing import audit
from qa_toolkit.cli.app import app
from qa_toolkit.intake.inspection import inspect
from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.problems import ProblemKind
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder
from tests.conftest import AS_OF
from tests.submissions import COLUMNS, credential, write_submission

VOCABULARIES = [shipped_folder("checks") / "vocabularies"]
SPLIT_COLUMNS = (*COLUMNS, "Hive")


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def read(store: RecordStore, folder: Path, split_by: str = "Hive") -> IntakeOutcome:
    return read_submissions([folder], store, VOCABULARIES, split_by=split_by)


def hived(*hives: str) -> list[dict[str, str]]:
    return [credential(number, Hive=hive) for number, hive in enumerate(hives, 1)]


def parts(store: RecordStore) -> dict[str, list[str]]:
    """Submission -> its certificate numbers, without what they have in common."""
    rows = store.connection.execute(
        "SELECT submission_id, list(right(credential_id, 1) ORDER BY credential_id) FROM credentials GROUP BY 1"
    ).fetchall()
    return dict(sorted(rows))


def declared(store: RecordStore, *columns: str) -> dict[str, tuple[object, ...]]:
    rows = store.connection.execute(f"SELECT submission_id, {', '.join(columns)} FROM submissions").fetchall()
    return {submission_id: tuple(values) for submission_id, *values in rows}


# ---------------------------------------------------------------- which column


@pytest.mark.parametrize("split_by", ["Hive", "hive", " HIVE "])
def test_a_heading_that_is_not_otherwise_known_can_tell_providers_apart(
    split_by: str, store: RecordStore, tmp_path: Path
) -> None:
    """Capitals and blanks do not matter."""
    outcome = read(store, write_submission(tmp_path / "in", hived("North", "South", "North"), SPLIT_COLUMNS), split_by)

    assert parts(store) == {"north": ["1", "3"], "south": ["2"]}
    assert sorted(outcome.submissions) == ["north", "south"]


@pytest.mark.parametrize("split_by", ["awarding_body", "Verleihende Einrichtung"])
def test_a_column_of_the_template_can_whatever_its_heading(split_by: str, store: RecordStore, tmp_path: Path) -> None:
    """By its name, or by the heading the table gives it."""
    folder = write_submission(
        tmp_path / "in", [credential(1, awarding_body="North"), credential(2, awarding_body="South")]
    )
    table = folder / "credentials.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("awarding_body", "Verleihende Einrichtung", 1))

    read(store, folder, split_by)

    assert parts(store) == {"north": ["1"], "south": ["2"]}


def test_a_column_that_the_mapping_tells_to_be_nothing_can(store: RecordStore, tmp_path: Path) -> None:
    """It is not read into records, but it still tells them apart."""
    folder = write_submission(tmp_path / "in", hived("North", "South"), SPLIT_COLUMNS)
    (folder / "mapping.yaml").write_text("columns: {Hive: nothing}\n", encoding="utf-8")

    read(store, folder)

    assert parts(store) == {"north": ["1"], "south": ["2"]}


# ---------------------------------------------------------------- who gets what


def test_records_without_a_value_stay_together(store: RecordStore, tmp_path: Path) -> None:
    """Under the name of the whole; blanks are no value."""
    outcome = read(store, write_submission(tmp_path / "in", hived("North", "", "   ", "South"), SPLIT_COLUMNS))

    assert parts(store) == {"in": ["2", "3"], "north": ["1"], "south": ["4"]}
    assert sorted(outcome.submissions) == ["in", "north", "south"]


def test_where_every_record_has_a_value_nothing_is_left_of_the_whole(tmp_path: Path) -> None:
    """No submission without records is told as one: the audit is whole, exit code 0."""
    folder = write_submission(
        tmp_path / "in", [credential(1, awarding_body="North"), credential(2, awarding_body="South")]
    )

    result = CliRunner().invoke(
        app,
        [
            "audit",
            str(folder),
            "-o",
            str(tmp_path / "out"),
            "--as-of",
            "2026-09-30",
            "--split-by",
            "awarding_body",
            "--select",
            "EL-02",
            "--format",
            "json",
        ],
    )

    assert result.exit_code == 0, result.output
    written = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert [one["submission_id"] for one in written["submissions"]] == ["north", "south"]
    assert not [problem for problem in written["run_problems"] if problem["kind"] == "file"]


def test_identifiers_are_unique(store: RecordStore, tmp_path: Path) -> None:
    """Names that differ in signs alone, names in another script, and the name of the whole."""
    hives = ["Nord-Imker", "Nord Imker", "nord imker!", "Мёд", "Воск", "in"]

    outcome = read(store, write_submission(tmp_path / "in", hived(*hives), SPLIT_COLUMNS))

    assert len(set(outcome.submissions)) == 6
    assert sorted(len(numbers) for numbers in parts(store).values()) == [1] * 6
    assert sorted(name for (name,) in declared(store, "provider_name").values() if isinstance(name, str)) == sorted(
        hives
    )


def test_two_submissions_with_the_same_provider_stay_apart(store: RecordStore, tmp_path: Path) -> None:
    """They were handed in apart; each is judged alone."""
    for name in ("one", "two"):
        write_submission(tmp_path / "in" / name, hived("North", "South"), SPLIT_COLUMNS)

    outcome = read(store, tmp_path / "in")

    assert sorted(outcome.submissions) == ["north", "north-2", "south", "south-2"]


def test_a_part_is_named_by_its_value_and_keeps_what_was_declared_but_for_the_total(
    store: RecordStore, tmp_path: Path
) -> None:
    """A total of all is no total of one, and the number of whoever handed in is not that of each provider."""
    folder = write_submission(
        tmp_path / "in",
        hived("Imkerei Nord", ""),
        SPLIT_COLUMNS,
        declared_total=2,
        provider_identifier="X-1",
        learner_data="pseudonymised",
        quality_assurance="institutional accreditation",
    )

    read(store, folder)

    columns = ("provider_name", "provider_identifier", "declared_total", "learner_data", "provider_type")
    assert declared(store, *columns) == {
        "imkerei-nord": ("Imkerei Nord", None, None, "pseudonymised", "higher_education"),
        "in": ("Hochschule Beispielstadt", "X-1", 2, "pseudonymised", "higher_education"),
    }


def test_what_is_declared_once_holds_for_each_part(store: RecordStore, tmp_path: Path) -> None:
    """Said once is said, for all of them."""
    rows = [credential(1, country="", Hive="North"), credential(2, country="", Hive="South")]

    read(store, write_submission(tmp_path / "in", rows, SPLIT_COLUMNS, country="AT"))

    assert store.connection.execute("SELECT DISTINCT country, country_strength FROM credentials").fetchall() == [
        (["AT"], "declared_once")
    ]


def test_what_an_offer_says_once_holds_for_each_part(store: RecordStore, tmp_path: Path) -> None:
    """The catalogue was handed in beside the one table of all."""
    folder = write_submission(
        tmp_path / "in",
        [credential(1, country="", Hive="North"), credential(2, country="", Hive="South")],
        SPLIT_COLUMNS,
    )
    (folder / "courses.csv").write_text(
        "title,country,ECTS\nData protection in small enterprises,AT,5\n", encoding="utf-8"
    )

    read(store, folder)

    assert store.connection.execute("SELECT DISTINCT country, country_strength FROM credentials").fetchall() == [
        (["AT"], "declared_once")
    ]


def test_files_count_the_records_of_their_part(store: RecordStore, tmp_path: Path) -> None:
    """A report of one provider does not say how many awards the others have."""
    read(store, write_submission(tmp_path / "in", hived("North", "South", "North", ""), SPLIT_COLUMNS))

    found = store.connection.execute("SELECT submission_id, records FROM files ORDER BY 1").fetchall()
    assert found == [("in", 1), ("north", 2), ("south", 1)]


# ---------------------------------------------------------------- files that lack the column


def table(path: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def test_a_file_that_lacks_the_column_is_told_and_stays_whole(store: RecordStore, tmp_path: Path) -> None:
    """Its records are nobody's in particular; the others are split."""
    folder = write_submission(tmp_path / "in", hived("North", "South"), SPLIT_COLUMNS)
    table(folder / "z.csv", [credential(8), credential(9)], COLUMNS)

    outcome = read(store, folder)

    assert parts(store) == {"in": ["8", "9"], "north": ["1"], "south": ["2"]}
    (problem,) = (p for p in outcome.problems if p.what == "A file was not split")
    assert (problem.kind, problem.place, problem.submission_id) == (ProblemKind.NOTE, "file 2", "in")
    assert "Hive" in problem.why


def test_a_sheet_that_lacks_the_column_is_told_and_stays_whole(store: RecordStore, tmp_path: Path) -> None:
    """The other sheets of its workbook are split."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in {"A": hived("North", "South"), "B": [credential(5)]}.items():
        sheet: Any = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "a.xlsx")

    outcome = read(store, tmp_path / "in")

    assert parts(store) == {"in": ["5"], "north": ["1"], "south": ["2"]}
    told = [(p.what, p.place, p.why) for p in outcome.problems if "split" in p.what]
    assert told == [("A table was not split", "file 1, sheet 2", "It has no column Hive; its records stay together.")]


@pytest.mark.parametrize("command", ["audit", "inspect"])
def test_a_column_that_no_table_has_is_wrong_usage(command: str, tmp_path: Path) -> None:
    """Exit code 2, with the headings there are and the one most like it; nothing is written."""
    folder = write_submission(tmp_path / "in", hived("North", "South"), SPLIT_COLUMNS)
    options = ["-o", str(tmp_path / "out")] if command == "audit" else []

    result = CliRunner().invoke(app, [command, str(folder), "--split-by", "Hiv", *options])

    assert result.exit_code == 2
    assert "Did you mean 'Hive'?" in result.stderr
    assert "awarding_body" in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "out" / "result.json").exists()


def test_a_submission_that_lacks_the_column_is_told_and_stays_whole(store: RecordStore, tmp_path: Path) -> None:
    """Beside another one that has it."""
    write_submission(tmp_path / "in" / "one", hived("North", "South"), SPLIT_COLUMNS)
    write_submission(tmp_path / "in" / "two", [credential(5)])

    outcome = read(store, tmp_path / "in")

    assert parts(store) == {"north": ["1"], "south": ["2"], "two": ["5"]}
    assert [(p.what, p.place) for p in outcome.problems if "split" in p.what] == [("A submission was not split", "two")]


def test_a_blank_cell_is_no_missing_column(store: RecordStore, tmp_path: Path) -> None:
    """The file has the column: nothing is told."""
    outcome = read(store, write_submission(tmp_path / "in", hived("North", ""), SPLIT_COLUMNS))

    assert [p for p in outcome.problems if "split" in p.what] == []


# ---------------------------------------------------------------- the same result


def test_alone_and_split_a_provider_gets_the_same_result(tmp_path: Path) -> None:
    """Nothing leaks from one provider to another: scores, checks, elements and what it would take are equal."""
    north = [
        credential(1, Hive="North"),
        credential(2, Hive="North", quality_assurance=""),
        credential(2, Hive="North", learner_name="Other", learner_number="7", ects="5", workload_hours="60"),
    ]
    south = [
        credential(2, Hive="South", learner_name="Third", learner_number="8", issued=""),
        credential(9, Hive="South"),
    ]
    together = [north[0], south[0], north[1], south[1], north[2]]

    split = audit(
        [write_submission(tmp_path / "all", together, SPLIT_COLUMNS, provider_name="All")],
        tmp_path / "split",
        as_of=AS_OF,
        split_by="Hive",
        formats="json",
    ).result.submissions
    apart = [
        write_submission(tmp_path / name.lower(), rows, SPLIT_COLUMNS, provider_name=name)
        for name, rows in (("North", north), ("South", south))
    ]
    alone = audit(apart, tmp_path / "alone", as_of=AS_OF, formats="json").result.submissions

    assert [one.submission_id for one in split] == ["north", "south"]
    for part, whole in zip(split, alone, strict=True):
        assert part.before == whole.before
        assert part.findings > 0
        assert replace(part, files=(), problems=()) == replace(whole, files=(), problems=())


def test_inspect_shows_the_parts(store: RecordStore, tmp_path: Path) -> None:
    """And the file under the submission it was handed in with."""
    outcome = read(store, write_submission(tmp_path / "in", hived("North", "South", "North"), SPLIT_COLUMNS))

    shown = {one.submission_id: one.credentials for one in inspect(store, outcome)}

    assert (shown["north"], shown["south"]) == (2, 1)
