"""The mapping that is written for a submission, corrected, and used again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.intake import suggested_mapping as suggested
from qa_toolkit.intake.inspection import InspectedSubmission
from qa_toolkit.intake.tables.columns import load_template_columns
from qa_toolkit.records.store import RecordStore, open_store
from tests.intake.mappings import BASE, VOCABULARIES, inspected, read, table_of, tables_of, values, workbook

SAMPLES = Path(__file__).parents[2] / "sample_submissions"


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def suggested_mapping(submission: InspectedSubmission) -> str:
    return suggested.suggested_mapping(submission, load_template_columns(*VOCABULARIES))


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
