"""What the keys of a mapping.yaml do, for one table and for several."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from qa_toolkit.intake.inspection import inspect
from qa_toolkit.intake.tables.mapping import MappingError
from qa_toolkit.problems import ProblemKind
from qa_toolkit.records.store import RecordStore, open_store
from tests.intake.mappings import BASE, inspected, read, table_of, tables_of, values, workbook


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


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
