"""mapping.yaml: what every key does, how mistakes are told, and that a mapping of one year reads the next."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.intake import suggested_mapping as suggested
from qa_toolkit.intake.inspection import InspectedSubmission, InspectedTable, inspect
from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.intake.tables.columns import load_template_columns
from qa_toolkit.intake.tables.mapping import MappingError
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder

VOCABULARIES = [shipped_folder("checks") / "vocabularies"]
SAMPLES = Path(__file__).parents[2] / "sample_submissions"
BASE = {"certificate number": "C1", "full name": "Testa Beispielfrau", "title": "Bees", "issued on": "2026-07-01"}


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def read(store: RecordStore, *paths: Path, mapping: Path | None = None) -> IntakeOutcome:
    return read_submissions(paths, store, VOCABULARIES, mapping=mapping)


def values(store: RecordStore, columns: str, table: str = "credentials") -> list[tuple[Any, ...]]:
    return store.connection.execute(
        f"SELECT {columns} FROM {table} ORDER BY try_cast(regexp_extract(record_id, '([0-9]+)$', 1) AS INT)"
    ).fetchall()


def inspected(*paths: Path, mapping: Path | None = None) -> InspectedSubmission:
    with open_store() as opened:
        (one,) = inspect(opened, read_submissions(paths, opened, VOCABULARIES, mapping=mapping))
    return one


def suggested_mapping(submission: InspectedSubmission) -> str:
    return suggested.suggested_mapping(submission, load_template_columns(*VOCABULARIES))


def table_of(folder: Path, rows: Sequence[Mapping[str, str]], mapping: str | None = None) -> Path:
    """A folder with a CSV, and the mapping.yaml beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    if mapping is not None:
        (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    return folder


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path.parent


def mistakes(text: str, folder: Path) -> list[Problem]:
    with open_store() as opened, pytest.raises(MappingError) as caught:
        read(opened, table_of(folder / "in", [BASE], text))
    return list(caught.value.problems)


# ---------------------------------------------------------------- what the keys do


def test_a_column_is_named_and_another_is_not_read(store: RecordStore, tmp_path: Path) -> None:
    """``nothing`` goes before what the heading means: here 'grade' holds something else."""
    row = BASE | {"Wabe 7": "keeps bees", "grade": "internal remark"}

    read(store, table_of(tmp_path / "s", [row], "columns:\n  Wabe 7: learning_outcomes\n  grade: nothing\n"))

    assert values(store, "learning_outcomes, grade_raw") == [(["keeps bees"], None)]


def test_a_column_can_hold_one_language_of_a_title(store: RecordStore, tmp_path: Path) -> None:
    """``title_en`` beside the title in another language: both are kept, each with its language."""
    row = {"Nr": "C1", "full name": "T", "issued on": "2026-07-01", "Titel (de)": "Bienen", "Anzeige": "Bees"}

    read(store, table_of(tmp_path / "s", [row], "columns:\n  Anzeige: title_en\n  Nr: credential_id\n"))

    assert values(store, "title, titles") == [
        ("Bienen", [{"language": "de", "text": "Bienen"}, {"language": "en", "text": "Bees"}])
    ]


def test_what_the_mapping_names_goes_before_what_a_heading_means(store: RecordStore, tmp_path: Path) -> None:
    """Even where the heading that is known stands further left."""
    row = {"certificate number": "C1", "name": "Course of bees", "title": "Bees", "issued on": "2026-07-01", "W": "Ada"}

    read(store, table_of(tmp_path / "s", [row], "columns:\n  W: learner_name\n"))

    assert values(store, "learner_name") == [("Ada",)]


@pytest.mark.parametrize("heading", ["No", "#", "0612", "Yes", "w" * 300, "Ziel: was man kann", "a / b"])
def test_any_heading_can_be_mapped(heading: str, store: RecordStore, tmp_path: Path) -> None:
    """Written by hand without quotation marks where YAML lets one: No is no FALSE, # is a heading, none is too long."""
    written = heading if heading.isalnum() else f"'{heading}'"

    read(
        store, table_of(tmp_path / "s", [BASE | {heading: "keeps bees"}], f"columns:\n  {written}: learning_outcomes\n")
    )

    assert values(store, "learning_outcomes") == [(["keeps bees"],)]


def test_several_columns_of_learning_outcomes_are_one_list(store: RecordStore, tmp_path: Path) -> None:
    """Numbered or not, in the order of the table; a heading that is known joins them."""
    row = BASE | {"Ziel 2": "b", "Ziel 1": "a", "learning outcomes": "c", "Ziel 3": ""}
    mapping = "columns:\n  Ziel 1: learning_outcomes\n  Ziel 2: learning_outcomes\n  Ziel 3: learning_outcomes\n"

    outcome = read(store, table_of(tmp_path / "s", [row], mapping))

    assert values(store, "learning_outcomes") == [(["b", "a", "c"],)]
    assert outcome.problems == ()


def test_a_hidden_sheet_is_read_because_the_mapping_says_so(store: RecordStore, tmp_path: Path) -> None:
    """And a sheet that holds nothing is left alone, though its headings are known."""
    rows = [list(BASE), list(BASE.values())]
    folder = workbook(tmp_path / "s" / "a.xlsx", {"Offen": rows, "Archiv": rows}, hidden=["Archiv"])
    (folder / "mapping.yaml").write_text("sheets:\n  Archiv: {holds: credentials}\n  Offen: {holds: nothing}\n")

    outcome = read(store, folder)

    assert values(store, "source_place") == [("sheet Archiv, row 2",)]
    assert outcome.problems == ()


def test_a_sheet_can_hold_offers_and_another_credentials(store: RecordStore, tmp_path: Path) -> None:
    """Where the columns alone would say otherwise: a number and a day make the first look like awards."""
    offers = [["certificate number", "title", "issued on"], ["K1", "Bees", "2026-01-01"]]
    folder = workbook(tmp_path / "s" / "a.xlsx", {"A": offers, "B": [list(BASE), list(BASE.values())]})
    (folder / "mapping.yaml").write_text("sheets:\n  A: {holds: offers}\n  B: {holds: credentials, header_row: 1}\n")

    read(store, folder)

    assert values(store, "title", "offers") == [("Bees",)]
    assert values(store, "credential_id") == [("C1",)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_beyond_row_60_is_found_where_the_mapping_says_it_stands(
    kind: str, store: RecordStore, tmp_path: Path
) -> None:
    """Row 75, below notes without end."""
    rows = [["a note", "", "", ""]] * 74 + [list(BASE), list(BASE.values())]
    folder = tmp_path / "s"
    if kind == "csv":
        folder.mkdir()
        (folder / "a.csv").write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
        (folder / "mapping.yaml").write_text("holds: credentials\nheader_row: 75\n")
    else:
        workbook(folder / "a.xlsx", {"Liste": rows})
        (folder / "mapping.yaml").write_text("sheets:\n  Liste: {holds: credentials, header_row: 75}\n")

    read(store, folder)

    assert values(store, "source_place")[0][0].endswith("row 76")
    assert values(store, "credential_id") == [("C1",)]


def test_without_the_mapping_a_header_beyond_row_60_is_not_found(store: RecordStore, tmp_path: Path) -> None:
    """The guide says 60 rows; the file is told, not passed over."""
    folder = tmp_path / "s"
    folder.mkdir()
    lines = ["a note,,,"] * 74 + [",".join(BASE), ",".join(BASE.values())]
    (folder / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    outcome = read(store, folder)

    assert outcome.submissions == ()
    assert [problem.kind for problem in outcome.run_problems] == [ProblemKind.FILE]


@pytest.mark.parametrize(
    ("said", "day"),
    [("dates: day_first\n", date(2026, 5, 4)), ("dates: month_first\n", date(2026, 4, 5)), ("", date(2026, 5, 4))],
)
def test_dates_with_strokes_are_read_as_said(said: str, day: date, store: RecordStore, tmp_path: Path) -> None:
    """04/05/2026; where nothing is said the day comes first, and only then it is told."""
    mapping = f"{said}columns:\n  x: nothing\n"

    outcome = read(store, table_of(tmp_path / "s", [BASE | {"issued on": "04/05/2026"}], mapping))

    assert values(store, "issued") == [(day,)]
    assert [p.what for p in outcome.problems] == ([] if said else ["Dates could be read in two ways"])


@pytest.mark.parametrize(
    ("column", "heading", "cell", "instead", "field", "value"),
    [
        ("assessment_type", "assessment type", "Klausur K1", "written examination", "assessment_types",
         ["written_examination"]),
        ("participation", "participation", "Form 3", "online", "participation_modes", ["online"]),
        ("country", "country", "Zone B", "Austria", "country", ["AT"]),
        ("isced_f", "ISCED-F", "IT", "0613", "isced_f", ["0613"]),
        ("issued", "date of issue", "Sommer", "2026-07-31", "issued", date(2026, 7, 31)),
        ("ects", "ECTS", "klein", "2.5", "ects", 2.5),
        ("eqf_level", "EQF level", "hoch", "7", "eqf_level", 7.0),
        ("awarding_body", "awarding body", "FH", "Fachhochschule Beispielstadt", "awarding_body",
         ["Fachhochschule Beispielstadt"]),
        ("grade", "grade", "A", "very good", "grade_raw", "very good"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_the_mapping_says(
    column: str, heading: str, cell: str, instead: str, field: str, value: object, store: RecordStore, tmp_path: Path
) -> None:
    """In columns of codes, dates and figures as in those of texts; capitals and blanks around do not matter."""
    row = {key: text for key, text in BASE.items() if key != "issued on"} | {heading: f" {cell.upper()} "}

    read(store, table_of(tmp_path / "s", [row], f"values:\n  {column}:\n    {cell}: {instead}\n"))

    assert values(store, field) == [(value,)]


def test_a_cell_read_as_nothing_is_not_stated(store: RecordStore, tmp_path: Path) -> None:
    """A value left out in the mapping blanks the cell; it never becomes a word."""
    row = BASE | {"supervision": "see web site"}

    read(store, table_of(tmp_path / "s", [row], "values:\n  supervision:\n    see web site:\n"))

    assert values(store, "supervision_strength") == [(None,)]


@pytest.mark.parametrize("line", ["Wabe,Waage,Wiege", ",,"], ids=["nothing known", "blank"])
def test_a_header_row_without_a_heading_that_is_known_is_told(line: str, store: RecordStore, tmp_path: Path) -> None:
    """As what it is, not as a broken file; its headings are shown, so that they can be mapped."""
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "a.csv").write_text(f"{line}\n1,2,3\n4,5,6\n", encoding="utf-8")
    (folder / "mapping.yaml").write_text("holds: credentials\nheader_row: 1\n", encoding="utf-8")

    outcome = read(store, folder)

    assert [problem.what for problem in outcome.run_problems] == ["No table of credentials was recognised"]
    (shown,) = inspect(store, outcome)
    assert [column.heading for column in tables_of(shown)[0].columns] == [cell for cell in line.split(",") if cell]


@pytest.mark.parametrize(
    ("written", "columns"),
    [
        ("learner", "learner_name"),
        ("learning outcomes", "learning_outcomes"),
        ("identification of the learner", "learner_name"),
        ("Date of issuing", "issued"),
        ("quality_assurance", "quality_assurance"),
    ],
)
def test_an_element_of_one_column_may_be_written_for_it(written: str, columns: str, tmp_path: Path) -> None:
    """By its key, or in the words in which ``inspect`` counts it."""
    row = {"title": "Bees", "certificate number": "C1", "grade": "1", "W": "keeps bees"}
    folder = table_of(tmp_path / "s", [row], f"columns:\n  W: {written}\n")

    (table,) = tables_of(inspected(folder))

    assert {column.heading: column.read_as for column in table.columns}["W"] == columns


def test_values_may_be_given_for_an_element(store: RecordStore, tmp_path: Path) -> None:
    """As for its column."""
    row = BASE | {"learner": ""} | {"full name": "x"}

    read(store, table_of(tmp_path / "s", [row], "values:\n  learning outcomes: {a: b}\n  learner: {x: Ada}\n"))

    assert values(store, "learner_name") == [("Ada",)]


# ---------------------------------------------------------------- several tables


def test_several_sheets_may_name_one_column_differently(store: RecordStore, tmp_path: Path) -> None:
    """Two headings for one column are a mistake only where they stand in one table."""
    head = [heading for heading in BASE if heading != "full name"]
    cells = [cell for heading, cell in BASE.items() if heading != "full name"]
    folder = workbook(
        tmp_path / "s" / "a.xlsx",
        {"A": [[*head, "Wer"], [*cells, "Ada"]], "B": [[*head, "Kdo"], ["C2", *cells[1:], "Eva"]]},
    )
    (folder / "mapping.yaml").write_text("columns: {Wer: learner_name, Kdo: learner_name}\n")

    outcome = read(store, folder)

    assert sorted(values(store, "learner_name")) == [("Ada",), ("Eva",)]
    assert outcome.problems == ()


def test_two_headings_of_one_table_for_one_column_are_a_mistake(tmp_path: Path) -> None:
    """Nothing is judged on a guess; the table and its columns are named, the headings are not: they may be names."""
    row = BASE | {"Wabe": "2026-01-01", "Waage": "2026-02-02"}

    with open_store() as opened, pytest.raises(MappingError) as caught:
        read(opened, table_of(tmp_path / "in", [row], "columns:\n  Wabe: issued\n  Waage: issued\n"))

    (problem,) = caught.value.problems

    assert problem.place == "mapping.yaml, line 3"
    assert problem.why == "In file 1, columns E and F are both mapped to issued."
    assert problem.fix


def test_a_heading_can_mean_something_else_on_one_sheet(store: RecordStore, tmp_path: Path) -> None:
    """What is said below the sheet goes first there, and only there."""
    head, cells = [*BASE, "W"], [*BASE.values(), "keeps bees"]
    folder = workbook(tmp_path / "s" / "a.xlsx", {"A": [head, cells], "B": [head, ["C2", *cells[1:]]]})
    (folder / "mapping.yaml").write_text(
        "columns: {W: learning_outcomes}\nsheets:\n  B: {columns: {W: prerequisites}}\n"
    )

    read(store, folder)

    assert sorted(values(store, "credential_id, learning_outcomes, prerequisites_raw")) == [
        ("C1", ["keeps bees"], None),
        ("C2", None, "keeps bees"),
    ]


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

    told = {problem.place.removeprefix("mapping.yaml, key "): problem for problem in mistakes(text, tmp_path)}

    assert set(told) == {
        "mapping_version", "colums", "dates", "header_row", "columns.A", "columns.C", "sheets.S1.holds",
        "sheets.S2.header_row", "sheets.S3", "sheets.S4.head", "values.asessment_type", "values.country",
        "values.grade.a",
    }  # fmt: skip
    assert told["colums"].fix == "Did you mean 'columns'?"
    assert told["columns.A"].fix == "Did you mean 'title'?"
    assert told["values.asessment_type"].fix == "Did you mean 'assessment_type'?"
    assert told["columns.C"].fix == "Write one of eqf_level, nqf_level, cycle, level_reason."
    assert "day_first" in told["dates"].fix
    assert "credentials" in told["sheets.S1.holds"].fix
    assert "7" in told["mapping_version"].why
    assert {problem.kind for problem in told.values()} == {ProblemKind.FILE}
    assert all(problem.why and problem.fix for problem in told.values())


@pytest.mark.parametrize("row", ["0", "-3", "4.5", "yes", "[4]", "99999999999999999999", "1048577", "²"])
def test_a_header_row_that_is_no_row_of_a_table_is_a_mistake(row: str, tmp_path: Path) -> None:
    """A spreadsheet has 1,048,576 rows; nothing beyond is looked for."""
    (problem,) = mistakes(f"header_row: {row}\n", tmp_path)

    assert problem.place == "mapping.yaml, key header_row"


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
        "given.yaml, key colums",
        "mapping.yaml, key dates",
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


# ---------------------------------------------------------------- written, corrected, used again


def tables_of(submission: InspectedSubmission) -> list[InspectedTable]:
    return [table for file in submission.files for table in file.tables]


def read_as(submission: InspectedSubmission) -> list[tuple[str | None, str, int | None, dict[str, str | None]]]:
    return [
        (table.sheet, table.holds, table.header_row, {column.heading: column.read_as for column in table.columns})
        for table in tables_of(submission)
        if table.holds in ("credentials", "offers")
    ]


def test_a_mapping_written_one_year_and_corrected_reads_the_next(tmp_path: Path) -> None:
    """Other rows, other order of columns, one column more: what was said holds."""
    this_year = [
        {"Kennung": f"K-{n}", "Wer": f"Testa {n}", "Kurs": "Bienen", "Ausgestellt am": "2026-07-01", "Können": "a"}
        for n in range(3)
    ]
    written = tmp_path / "mapping.yaml"
    CliRunner().invoke(app, ["inspect", str(table_of(tmp_path / "a", this_year)), "--write-mapping", str(written)])
    said = yaml.safe_load(written.read_text(encoding="utf-8"))
    assert said["columns"] == {
        "Kennung": "nothing",
        "Wer": "nothing",
        "Kurs": "title",
        "Ausgestellt am": "issued",
        "Können": "nothing",
    }
    text = written.read_text(encoding="utf-8")
    for heading, column in {"Kennung": "credential_id", "Wer": "learner_name", "Können": "learning_outcomes"}.items():
        text = text.replace(f"{heading}: nothing", f"{heading}: {column}")
    next_year = [
        {"Neu": "x", "Können": "b", "Ausgestellt am": "2027-07-01", "Kurs": "Honig", "Wer": "Ada", "Kennung": "L-1"}
    ]

    with open_store() as opened:
        read(opened, table_of(tmp_path / "b", next_year, text))
        found = values(opened, "credential_id, learner_name, title, issued, learning_outcomes")

    assert found == [("L-1", "Ada", "Honig", date(2027, 7, 1), ["b"])]


def test_a_sheet_of_which_too_little_is_known_is_read_once_its_columns_are_named(tmp_path: Path) -> None:
    """What is written leaves open what it holds: whoever names the columns need not know more."""
    rows = [["Liste 2026"], ["Kennung", "Wer", "Kurs", "Ausgestellt am"], ["K-1", "Ada", "Bienen", "2026-07-01"]]
    folder = workbook(tmp_path / "in" / "a.xlsx", {"Daten": rows})
    text = suggested_mapping(inspected(folder))
    text = text.replace("Kennung: nothing", "Kennung: credential_id").replace("Wer: nothing", "Wer: learner_name")
    (folder / "mapping.yaml").write_text(text, encoding="utf-8")

    with open_store() as opened:
        read(opened, folder)
        found = values(opened, "credential_id, learner_name, title")

    assert found == [("K-1", "Ada", "Bienen")]


@pytest.mark.parametrize(
    "sample",
    [
        "academie-val-fictif",
        "brillante-formacion-expres",
        "hochschule-wellenberg",
        "hochschule-wellenberg-eigene-tabelle",
        "stredni-skola-horni-kotehulky",
    ],
)
def test_what_was_written_reads_back_unchanged(sample: str, tmp_path: Path) -> None:
    """Every table is understood as before, and the mapping written from it says the same."""
    before = inspected(SAMPLES / sample)
    written = tmp_path / "mapping.yaml"
    written.write_text(suggested_mapping(before), encoding="utf-8")

    after = inspected(SAMPLES / sample, mapping=written)

    assert read_as(after) == read_as(before)
    assert (after.credentials, after.offers, after.stated) == (before.credentials, before.offers, before.stated)
    again, first = (yaml.safe_load(suggested_mapping(one)) for one in (after, before))
    assert (again["columns"], again.get("sheets")) == (first["columns"], first.get("sheets"))


def test_headings_of_every_kind_read_back(tmp_path: Path) -> None:
    """Colons, quotation marks, signs, words that YAML takes for truth values, two headings that differ in signs."""
    odd = ["No", "#", "a: b", "'x'", '"y"', "- z", "yes", "null", "1.0", "{a}", "Note*", "note!", "Über\nzwei Zeilen"]
    row = BASE | dict.fromkeys(odd, "x")
    folder = table_of(tmp_path / "in", [row])
    before = inspected(folder)
    (folder / "mapping.yaml").write_text(suggested_mapping(before), encoding="utf-8")

    after = inspected(folder)

    assert [(c.heading, c.read_as) for c in tables_of(after)[0].columns] == [
        (c.heading, c.read_as) for c in tables_of(before)[0].columns
    ]


def test_a_numbered_column_reads_back(tmp_path: Path) -> None:
    """'Learning outcome 1' and '2' are both in the mapping, and both are read with it."""
    row = BASE | {"Learning outcome 1": "a", "Learning outcome 2": "b"}
    folder = table_of(tmp_path / "in", [row])
    (folder / "mapping.yaml").write_text(suggested_mapping(inspected(folder)), encoding="utf-8")

    with open_store() as opened:
        read(opened, folder)
        found = values(opened, "learning_outcomes")

    assert found == [(["a", "b"],)]


def test_dates_that_can_be_read_in_two_ways_are_in_the_mapping_to_be_decided(tmp_path: Path) -> None:
    """As they were read, so that whoever knows better changes one word."""
    folder = table_of(tmp_path / "in", [BASE | {"issued on": "04/05/2026"}])

    said = yaml.safe_load(suggested_mapping(inspected(folder)))

    assert said["dates"] == "day_first"


@pytest.mark.parametrize("heading", ["Wabe: 'neu'", '"Wabe"', "# Wabe", "yes", "Wabe " * 40])
def test_a_heading_that_yaml_has_to_quote_has_its_comment_as_well(heading: str, tmp_path: Path) -> None:
    """And is read back as it stands."""
    text = suggested_mapping(inspected(table_of(tmp_path / "in", [BASE | {heading: "a"}])))

    assert text.count("# not known: a column, or nothing") == 1
    assert yaml.safe_load(text)["columns"][heading.strip()] == "nothing"


def test_a_column_spelled_almost_right_comes_with_a_suggestion(tmp_path: Path) -> None:
    """As a comment: nothing is guessed."""
    text = suggested_mapping(inspected(table_of(tmp_path / "in", [BASE | {"lerning outcomes": "a", "Wabe": "b"}])))

    lines = {line.split(":")[0].strip(): line for line in text.splitlines()}
    assert lines["lerning outcomes"].endswith("nothing  # did you mean learning_outcomes?")
    assert lines["Wabe"].endswith("nothing  # not known: a column, or nothing")


# ---------------------------------------------------------------- what is written


def said_of(folder: Path) -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load(suggested_mapping(inspected(folder)))
    return said


def test_columns_of_a_sheet_that_is_not_read_are_not_written(tmp_path: Path) -> None:
    """They would be looked for in vain, or be read where they mean something else."""
    prices = [["Wabe", "title"], ["Honig", "x"]]
    folder = workbook(
        tmp_path / "in" / "a.xlsx",
        {"A": [list(BASE), list(BASE.values())], "Preise": [["title", "grade", "Wabe"], ["x", "1", "2"]], "P2": prices},
    )

    said = said_of(folder)

    assert list(said["columns"]) == list(BASE)
    assert said["sheets"] == {
        "A": {"holds": "credentials", "header_row": 1},
        "Preise": {"holds": "nothing"},
        "P2": {"holds": "nothing"},
    }


def test_headings_that_are_there_twice_are_written_to_be_decided(tmp_path: Path) -> None:
    """As nothing, which is what they are now, with a word on what they mean."""
    folder = table_of(tmp_path / "in", [BASE | {"date of issue": "2026-07-01"}])

    text = suggested_mapping(inspected(folder))

    (line,) = [line for line in text.splitlines() if line.startswith("  date of issue:")]
    assert line.startswith("  date of issue: nothing  # means what 'issued on' means")


def test_every_column_that_can_be_written_is_listed(tmp_path: Path) -> None:
    """In a comment, with the element it belongs to."""
    text = suggested_mapping(inspected(table_of(tmp_path / "in", [BASE])))

    comments = [line.removeprefix("#   ") for line in text.splitlines() if line.startswith("#   ")]
    listed = {line.split(":")[0].split(" (")[0] for line in comments if not line.startswith(" ")}
    assert listed == {*(column.name for column in load_template_columns(*VOCABULARIES)), "nothing"}
    assert any("Element: level." in line for line in comments)


@pytest.mark.parametrize("given", ["beside", "--mapping"])
def test_an_earlier_mapping_made_anew_keeps_its_dates_and_values(given: str, tmp_path: Path) -> None:
    """And headings that these files lack: another file of the provider may have them."""
    folder = table_of(tmp_path / "in", [BASE | {"W": "w"}])
    old = (folder if given == "beside" else tmp_path) / "mapping.yaml"
    old.write_text(
        "columns: {W: grade, Zwiebel: prerequisites}\ndates: month_first\nvalues:\n  grade: {W: very good}\n",
        encoding="utf-8",
    )
    options = [] if given == "beside" else ["--mapping", str(old)]

    CliRunner().invoke(app, ["inspect", str(folder), *options, "--write-mapping", str(tmp_path / "new.yaml")])

    said = yaml.safe_load((tmp_path / "new.yaml").read_text(encoding="utf-8"))
    assert said["dates"] == "month_first"
    assert said["values"] == {"grade": {"W": "very good"}}
    assert said["columns"] == {key: BASE_COLUMNS[key] for key in BASE} | {"W": "grade", "Zwiebel": "prerequisites"}


BASE_COLUMNS = {
    "certificate number": "credential_id",
    "full name": "learner_name",
    "title": "title",
    "issued on": "issued",
}
