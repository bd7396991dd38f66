"""What is wrong in a mapping, or fits nothing that was handed in, is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.intake.read import IntakeOutcome
from qa_toolkit.intake.tables.mapping import MappingError
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.store import RecordStore, open_store
from tests.intake.mappings import BASE, read, table_of, values, workbook


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def mistakes(text: str, folder: Path) -> list[Problem]:
    with open_store() as opened, pytest.raises(MappingError) as caught:
        read(opened, table_of(folder / "in", [BASE], text))
    return list(caught.value.problems)


# ---------------------------------------------------------------- what nothing handed in has


def told_of_the_mapping(outcome: IntakeOutcome) -> list[Problem]:
    return [p for p in (*outcome.problems, *outcome.run_problems) if "mapping" in p.what]


def test_a_heading_that_no_table_has_is_told_with_the_one_most_like_it(store: RecordStore, tmp_path: Path) -> None:
    """By line and by column, for a heading may be a person's name; the rest of the mapping holds."""
    row = BASE | {"Kompetence Zdislavy": "keeps bees", "Wabe": "x"}
    mapping = "columns:\n  Wabe: further_information\n  Kompetenze Zdislavy: learning_outcomes\n"

    outcome = read(store, table_of(tmp_path / "s", [row], mapping))

    (problem,) = told_of_the_mapping(outcome)
    assert (problem.kind, problem.what) == (ProblemKind.ROW, "A heading of the mapping is in no table")
    assert (problem.place, problem.submission_id) == ("mapping.yaml, line 3", "s")
    assert "learning_outcomes" in problem.why
    assert "column E of file 1" in problem.fix
    assert "Zdislav" not in f"{problem.why} {problem.fix} {problem.place}"
    assert values(store, "further_information_raw") == [("x",)]


def test_a_heading_whose_words_are_all_known_is_named(store: RecordStore, tmp_path: Path) -> None:
    """Nobody is called 'Date of issue'."""
    row = BASE | {"date of issuing": "2026-07-02"}

    outcome = read(store, table_of(tmp_path / "s", [row], "columns:\n  date of issue: awarded\n"))

    (problem,) = told_of_the_mapping(outcome)
    assert "(date of issue)" in problem.why
    assert "column E (date of issuing) of file 1" in problem.fix


def test_a_heading_on_a_sheet_that_lacks_it_is_told(store: RecordStore, tmp_path: Path) -> None:
    """Said of one sheet, it is looked for there alone."""
    folder = workbook(
        tmp_path / "s" / "a.xlsx",
        {"A": [list(BASE), list(BASE.values())], "B": [[*BASE, "W"], [*BASE.values(), "w"]]},
    )
    (folder / "mapping.yaml").write_text("sheets:\n  A:\n    columns:\n      W: prerequisites\n")

    (problem,) = told_of_the_mapping(read(store, folder))

    assert problem.place == "mapping.yaml, line 4"


def test_nothing_of_what_was_not_to_be_read_is_missed(store: RecordStore, tmp_path: Path) -> None:
    """Last year's remarks are gone: that costs nothing."""
    outcome = read(store, table_of(tmp_path / "s", [BASE], "columns:\n  Zwiebel: nothing\n  title: title\n"))

    assert told_of_the_mapping(outcome) == []


def test_a_mapping_of_another_provider_is_told_once(store: RecordStore, tmp_path: Path) -> None:
    """None of its headings is there: that is one mistake."""
    lines = "".join(f"  Wabe {n}: {column}\n" for n, column in enumerate(["title", "issued", "grade", "learner_name"]))

    outcome = read(store, table_of(tmp_path / "s", [BASE], f"columns:\n{lines}"))

    assert [p.what for p in told_of_the_mapping(outcome)] == ["No heading of the mapping is in any table"]


def test_a_mapping_given_for_several_submissions_fits_where_one_has_the_heading(
    store: RecordStore, tmp_path: Path
) -> None:
    """And what none of them has is told once, for the run."""
    table_of(tmp_path / "in" / "one", [BASE | {"W": "w"}])
    table_of(tmp_path / "in" / "two", [BASE])
    given = tmp_path / "given.yaml"
    given.write_text("columns:\n  W: learning_outcomes\n  Zwiebel: grade\n", encoding="utf-8")

    outcome = read(store, tmp_path / "in", mapping=given)

    assert [(p.place, p.submission_id) for p in told_of_the_mapping(outcome)] == [("given.yaml, line 3", None)]


def test_a_sheet_that_is_not_there_is_told_once_with_the_one_most_like_it(store: RecordStore, tmp_path: Path) -> None:
    """Two workbooks, one of which has the other sheet: that one is not missed."""
    rows = [list(BASE), list(BASE.values())]
    folder = workbook(tmp_path / "s" / "a.xlsx", {"Erste": rows})
    workbook(folder / "b.xlsx", {"Zwei": [list(BASE), ["C2", *list(BASE.values())[1:]]]})
    (folder / "mapping.yaml").write_text(
        "sheets:\n  Zwei: {holds: credentials}\n  Ersteh: {holds: credentials}\n", encoding="utf-8"
    )

    (problem,) = told_of_the_mapping(read(store, folder))

    assert (problem.kind, problem.what) == (ProblemKind.ROW, "A sheet of the mapping is not there")
    assert problem.place == "mapping.yaml, line 3"
    assert "sheet 1 of file 1" in problem.fix


# ---------------------------------------------------------------- mistakes


def test_all_mistakes_are_told_at_once_with_place_and_fix(tmp_path: Path) -> None:
    """Whoever corrects a mapping does it once."""
    text = (
        "mapping_version: 7\n"
        "colums: {}\n"
        "dates: mdy\n"
        "header_row: 0\n"
        "columns:\n  A: titel\n  B: issued\n  C: level\n"
        "sheets:\n  S1: {holds: awards}\n  S2: {holds: offers, header_row: four}\n  S3: credentials\n  S4: {head: 3}\n"
        "values:\n  asessment_type: {a: b}\n  country: DE\n  grade: {a: [b, c]}\n"
    )

    told = {problem.place.removeprefix("mapping.yaml, line "): problem for problem in mistakes(text, tmp_path)}

    assert set(told) == {
        "1, key mapping_version", "2", "3, key dates", "4, key header_row", "6, key columns", "8, key columns",
        "10, key sheets", "11, key sheets", "12, key sheets", "13, key sheets", "15, key values",
        "16, key values.country", "17, key values.grade",
    }  # fmt: skip
    assert told["2"].fix == "Did you mean 'columns'?"
    assert told["6, key columns"].fix == "Did you mean 'title'?"
    assert told["15, key values"].fix == "Did you mean 'assessment_type'?"
    assert told["8, key columns"].fix == "Write one of eqf_level, nqf_level, cycle, level_reason."
    assert "day_first" in told["3, key dates"].fix
    assert "credentials" in told["10, key sheets"].fix
    assert {problem.kind for problem in told.values()} == {ProblemKind.FILE}
    assert all(problem.why and problem.fix for problem in told.values())


def test_words_that_the_toolkit_does_not_know_are_not_said_again(tmp_path: Path) -> None:
    """A heading, a cell or a sheet may bear a learner's name, and what is read as a key may have been a value."""
    text = (
        "Zdislava Vymyšlená: 7\n"
        "mapping_version: Zdislava\n"
        "columns:\n  Zdislava V.: zdislava\n"
        "sheets:\n  Zdislava: {Zdislava: 1, holds: zdislava, header_row: zdislava}\n"
        "values:\n  zdislava: {a: b}\n  grade: {Zdislava: [b, c]}\n"
    )

    told = mistakes(text, tmp_path)

    assert len(told) == 8
    assert not [p for p in told if "zdislav" in f"{p.what} {p.place} {p.why} {p.fix}".lower()]


@pytest.mark.parametrize("row", ["0", "-3", "4.5", "yes", "[4]", "99999999999999999999", "1048577", "²"])
def test_a_header_row_that_is_no_row_of_a_table_is_a_mistake(row: str, tmp_path: Path) -> None:
    """A spreadsheet has 1,048,576 rows; nothing beyond is looked for."""
    (problem,) = mistakes(f"header_row: {row}\n", tmp_path)

    assert problem.place == "mapping.yaml, line 1, key header_row"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("columns:\n  A: title\n   B: issued\n", "mapping.yaml, line 3"),
        ("columns:\n  A: title\n  A: issued\n", "mapping.yaml, line 3"),
        ("dates: day_first\ndates: month_first\n", "mapping.yaml, line 2"),
        ("columns: !!python/object/apply:os.system [ls]\n", "mapping.yaml, line 1"),
        ("just words\n", "mapping.yaml"),
        ("", "mapping.yaml"),
    ],
    ids=["no YAML", "a heading twice", "a key twice", "a tag", "no keys", "empty"],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, place: str, tmp_path: Path) -> None:
    """And nothing in the file is run."""
    (problem,) = mistakes(text, tmp_path)

    assert problem.place == place
    assert problem.why


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("columns:\n\tA: title\n", "tab"),
        ("columns:\n  A: title: x\n", "colon"),
        ("columns:\n  A title\n  B: issued\n", "colon"),
        ('columns: {A: "title}\n', "quotation mark"),
        ("columns: [A\n", "bracket"),
        ("columns:\n  A: @x\n", "quotation marks"),
        ("columns:\n  A: *x\n", "'*'"),
        ("columns:\n  A: x\x01\n", "not seen"),
    ],
)
def test_what_is_wrong_with_the_writing_is_told_in_plain_words(text: str, word: str, tmp_path: Path) -> None:
    """Not in those of a parser: no token, no scalar, no block."""
    (problem,) = mistakes(text, tmp_path)

    assert word in problem.why
    assert not [term for term in ("token", "scalar", "block", "mapping value", "node") if term in problem.why]


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    """A mapping is UTF-8."""
    folder = table_of(tmp_path / "in", [BASE])
    (folder / "mapping.yaml").write_bytes(b"columns:\n  Pr\xfcfung: title\n")

    with open_store() as opened, pytest.raises(MappingError) as caught:
        read(opened, folder)

    assert "UTF-8" in caught.value.problems[0].why


@pytest.mark.parametrize("command", ["audit", "inspect"])
@pytest.mark.parametrize("given", ["beside", "--mapping"])
def test_a_mapping_with_mistakes_ends_the_command_and_nothing_is_judged(
    command: str, given: str, tmp_path: Path
) -> None:
    """Exit code 2, every mistake on standard error, no report and no mapping written."""
    folder = table_of(tmp_path / "in", [BASE])
    path = (folder if given == "beside" else tmp_path) / "mapping.yaml"
    path.write_text("columns:\n  A: titel\nkolumns: {}\n", encoding="utf-8")
    options = ["-o", str(tmp_path / "out")] if command == "audit" else ["--write-mapping", str(tmp_path / "new.yaml")]
    options += [] if given == "beside" else ["--mapping", str(path)]

    result = CliRunner().invoke(app, [command, str(folder), *options])

    assert result.exit_code == 2
    assert "Did you mean 'title'?" in result.stderr
    assert "Did you mean 'columns'?" in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "out" / "result.json").exists()
    assert not (tmp_path / "new.yaml").exists()


def test_the_mistakes_of_several_submissions_are_told_together(tmp_path: Path) -> None:
    """And those of the one mapping given for all of them once."""
    for name in ("one", "two"):
        table_of(tmp_path / "in" / name, [BASE])
    table_of(tmp_path / "in" / "three", [BASE], "dates: x\n")
    given = tmp_path / "given.yaml"
    given.write_text("colums: {}\n", encoding="utf-8")

    with open_store() as opened, pytest.raises(MappingError) as caught:
        read(opened, tmp_path / "in", mapping=given)

    assert sorted(problem.place for problem in caught.value.problems) == [
        "given.yaml, line 1",
        "mapping.yaml, line 1, key dates",
    ]


# ---------------------------------------------------------------- beside the file, or given


def test_a_mapping_beside_the_file_goes_before_the_one_given(store: RecordStore, tmp_path: Path) -> None:
    """The one given is for submissions that have none of their own."""
    row = BASE | {"W": "w", "V": "v"}
    table_of(tmp_path / "in" / "own", [row], "columns:\n  W: learning_outcomes\n")
    table_of(tmp_path / "in" / "without", [row])
    given = tmp_path / "given.yaml"
    given.write_text("columns:\n  V: learning_outcomes\n", encoding="utf-8")

    read(store, tmp_path / "in", mapping=given)

    assert store.connection.execute(
        "SELECT submission_id, learning_outcomes FROM credentials ORDER BY 1"
    ).fetchall() == [("own", ["w"]), ("without", ["v"])]


def test_a_mapping_is_no_data(store: RecordStore, tmp_path: Path) -> None:
    """It is no file handed in: it has no number and is not refused."""
    outcome = read(store, table_of(tmp_path / "s", [BASE], "dates: day_first\n"))

    assert [file.file.path.name for file in outcome.files] == ["table.csv"]
