"""``audit --annotated-copies``: the tables handed in come back with the faulty cells coloured, all else as it was."""

import csv
import re
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl.utils import column_index_from_string
from typer.testing import CliRunner, Result

from qa_toolkit.cli.app import app
from qa_toolkit.report.result_json import read_result
from tests.submissions import COLUMNS, credential, write_submission

SAMPLES = Path(__file__).parents[1] / "sample_submissions"
SPANISH, CZECH = "brillante-formacion-expres", "stredni-skola-horni-kotehulky"
COLOURS = {"FFF5B7B1", "FFFAD7A0", "FFFFF3B0", "FFD2D7F7"}
"""Blocker, major, minor, asks: see 'annotated copy' in the reports' words."""
WORKBOOK = SAMPLES / SPANISH / "certificados_2026.xlsx"
TEXTS = {
    SPANISH: (SAMPLES / SPANISH / "alumnos_2026.csv", "utf-8-sig"),
    CZECH: (SAMPLES / CZECH / "absolventi_2026.csv", "cp1250"),
}
Cell = tuple[int, int]
"""Row and column, from 1."""


FEW = ("--select", "EL-11", "--format", "json")
"""One check and no report: what a copy needs where only the copy is looked at."""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["audit", *map(str, arguments), "--as-of", "2026-09-30"])


def copies(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("annotated*"))


def coloured(sheet: Any) -> set[Cell]:
    """Cells with a fill of ours; each has a note."""
    found = {
        (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid" and f"FF{cell.fill.fgColor.rgb[-6:]}" in COLOURS
    }
    assert found == {(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.comment}
    return found


def texts(sheet: Any) -> dict[Cell, Any]:
    return {(c.row, c.column): c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def handed_in(submission: str) -> list[list[str]]:
    path, encoding = TEXTS[submission]
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies") / "out"
    result = run(SAMPLES / SPANISH, SAMPLES / CZECH, "-o", folder, "--annotated-copies", "--format", "json")
    assert result.exit_code == 0, result.output
    return folder


def planted(audited: Path, submission: str, sheet: str | None) -> set[Cell]:
    """The cells of the truth table, for the checks there are.

    Where a table has no column for a check and more than twenty rows miss it, they share one note in the first of them.
    """
    checks = {check.check_id for check in read_result(audited).checks}
    header = [] if sheet else next(row for row in handed_in(submission) if len([cell for cell in row if cell]) > 5)
    inside = rf", sheet {sheet}" if sheet else ""
    cells: set[Cell] = set()
    rows: dict[str, list[int]] = {}
    with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["kind"], row["submission"]) != ("planted", submission) or row["check"] not in checks:
                continue
            match = re.fullmatch(rf"file \d+{inside}, row (\d+)(?:, (?:column (.+)|cell ([A-Z]+)\d+))?", row["place"])
            if match is None:
                continue
            if match[2]:
                cells.add((int(match[1]), header.index(match[2]) + 1))
            elif match[3]:
                cells.add((int(match[1]), column_index_from_string(match[3])))
            else:
                rows.setdefault(row["check"], []).append(int(match[1]))
    assert all(len(numbers) > 20 for numbers in rows.values())
    return cells | {(min(numbers), 1) for numbers in rows.values()}


# ---------------------------------------------------------------- the samples


def test_every_table_of_the_samples_has_a_copy(audited: Path) -> None:
    """Named by the number of the file: its name may hold a learner's."""
    assert copies(audited) == [
        f"{SPANISH}/annotated-file-1.xlsx",
        f"{SPANISH}/annotated-file-2.xlsx",
        f"{CZECH}/annotated-file-1.xlsx",
    ]


@pytest.mark.parametrize("submission", [SPANISH, CZECH])
def test_the_coloured_cells_of_a_text_table_are_those_of_the_truth_table(submission: str, audited: Path) -> None:
    """No cell more, none less."""
    (sheet,) = openpyxl.load_workbook(audited / submission / "annotated-file-1.xlsx").worksheets

    expected = planted(audited, submission, None)

    assert len(expected) > 10
    assert coloured(sheet) == expected


@pytest.mark.parametrize("submission", [SPANISH, CZECH])
def test_a_copy_of_a_text_table_holds_its_texts_and_no_others(submission: str, audited: Path) -> None:
    """Title lines, sums, leading zeros and dangerous cells as they were handed in, and nothing in them runs."""
    (sheet,) = openpyxl.load_workbook(audited / submission / "annotated-file-1.xlsx").worksheets

    original = {
        (row, column): text
        for row, cells in enumerate(handed_in(submission), 1)
        for column, text in enumerate(cells, 1)
        if text
    }
    assert texts(sheet) == original
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_the_coloured_cells_of_a_workbook_are_those_of_the_truth_table(audited: Path) -> None:
    """On the sheet of awards; no other sheet has any."""
    book = openpyxl.load_workbook(audited / SPANISH / "annotated-file-2.xlsx")

    found = {sheet.title: cells for sheet in book.worksheets if (cells := coloured(sheet))}

    assert found == {"Certificados": planted(audited, SPANISH, "Certificados")}


def test_a_copy_of_a_workbook_is_the_workbook(audited: Path) -> None:
    """Every sheet, every value and formula, hidden ones too."""
    copy, original = (
        openpyxl.load_workbook(audited / SPANISH / "annotated-file-2.xlsx"),
        openpyxl.load_workbook(WORKBOOK),
    )

    assert [(s.title, s.sheet_state) for s in copy.worksheets] == [
        (s.title, s.sheet_state) for s in original.worksheets
    ]
    assert {s.title: texts(s) for s in copy.worksheets} == {s.title: texts(s) for s in original.worksheets}


# ---------------------------------------------------------------- only when asked for


def test_without_the_option_no_copy_is_written(tmp_path: Path) -> None:
    """A copy holds all that was handed in, learners included."""
    folder = write_submission(tmp_path / "in", [credential(1, quality_assurance="")])

    result = run(folder, "-o", tmp_path / "out", *FEW)

    assert result.exit_code == 0
    assert copies(tmp_path / "out") == []


def test_copies_of_an_earlier_audit_are_removed(tmp_path: Path) -> None:
    """When the folder is audited into again without them, and when the submission is there no longer."""
    for name in ("one", "two"):
        write_submission(tmp_path / "in" / name, [credential(1, quality_assurance="")])
    run(tmp_path / "in", "-o", tmp_path / "out", "--annotated-copies", *FEW)
    before = copies(tmp_path / "out")

    run(tmp_path / "in" / "one", "-o", tmp_path / "out", *FEW)

    assert before == ["one/annotated-file-1.xlsx", "two/annotated-file-1.xlsx"]
    assert copies(tmp_path / "out") == []
    assert not (tmp_path / "out" / "two").exists()


def test_a_table_without_a_fault_has_no_copy(honest_submission: Path, tmp_path: Path) -> None:
    """There is nothing to send back."""
    result = run(honest_submission, "-o", tmp_path / "out", "--annotated-copies", "--format", "json")

    assert result.exit_code == 0
    assert copies(tmp_path / "out") == []


def test_nothing_else_that_is_written_changes(tmp_path: Path) -> None:
    """The reports and the result are the same with and without copies."""
    folder = write_submission(tmp_path / "in", [credential(1, quality_assurance="")])
    for name, options in {"with": ["--annotated-copies"], "without": []}.items():
        run(folder, "-o", tmp_path / name, "--select", "EL-11", *options)

    written = {
        name: {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.*")}
        for name in ("with", "without")
    }

    assert {p.suffix for p in written["without"]} == {".html", ".xlsx", ".json", ".parquet"}
    assert {p.as_posix() for p in written["with"].keys() - written["without"].keys()} == {"in/annotated-file-1.xlsx"}
    assert {p: content for p, content in written["with"].items() if p in written["without"]} == written["without"]


# ---------------------------------------------------------------- archives, parts, other formats


def test_a_table_in_an_archive_has_the_copy_it_has_in_a_folder(audited: Path, tmp_path: Path) -> None:
    """Byte for byte."""
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for path in sorted((SAMPLES / CZECH).iterdir()):
            archive.write(path, path.name)

    result = run(tmp_path / "in.zip", "-o", tmp_path / "out", "--annotated-copies", "--format", "json")

    assert result.exit_code == 0, result.output
    name = f"{CZECH}/annotated-file-1.xlsx"
    assert copies(tmp_path / "out") == [name]
    assert (tmp_path / "out" / name).read_bytes() == (audited / name).read_bytes()


@pytest.mark.parametrize("hives", [["North", "South"], ["North", ""]], ids=["all of it", "some of it"])
def test_a_table_that_was_split_has_no_copy_and_that_is_told(hives: list[str], tmp_path: Path) -> None:
    """A copy would show each provider the learners of the others, also whoever has the rows without a value."""
    rows = [credential(number, Hive=hive, quality_assurance="") for number, hive in enumerate(hives, 1)]
    folder = write_submission(tmp_path / "in", rows, (*COLUMNS, "Hive"))

    result = run(folder, "-o", tmp_path / "out", "--annotated-copies", "--split-by", "Hive", *FEW)

    assert result.exit_code == 0, result.output
    assert copies(tmp_path / "out") == []
    assert result.stderr.count("No annotated copy was made") == 1
    assert "file 1" in result.stderr


def test_a_file_that_stayed_whole_has_its_copy_beside_one_that_was_split(tmp_path: Path) -> None:
    """Nobody else's rows are in it."""
    folder = write_submission(tmp_path / "in", [credential(1, Hive="North")], (*COLUMNS, "Hive"))
    other = write_submission(tmp_path / "other", [credential(5, quality_assurance="")])
    (folder / "z.csv").write_bytes((other / "credentials.csv").read_bytes())

    run(folder, "-o", tmp_path / "out", "--annotated-copies", "--split-by", "Hive", *FEW)

    assert copies(tmp_path / "out") == ["in/annotated-file-2.xlsx"]


def test_the_offers_of_a_workbook_do_not_keep_it_from_its_copy(tmp_path: Path) -> None:
    """Rows of a catalogue are no awards that went elsewhere."""
    book = openpyxl.Workbook()
    awards: Any = book.worksheets[0]
    row = credential(1, quality_assurance="")
    awards.append(list(row))
    awards.append(list(row.values()))
    courses = book.create_sheet("Courses")
    for line in (["course code", "title", "ECTS"], ["K1", "Bees", "5"]):
        courses.append(line)
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "a.xlsx")

    run(tmp_path / "in", "-o", tmp_path / "out", "--annotated-copies", *FEW)

    assert copies(tmp_path / "out") == ["in/annotated-file-1.xlsx"]


def test_a_table_with_repeats_has_its_copy(tmp_path: Path) -> None:
    """Rows counted once are no rows that went elsewhere."""
    rows = [credential(1, quality_assurance=""), credential(1, quality_assurance="")]

    run(write_submission(tmp_path / "in", rows), "-o", tmp_path / "out", "--annotated-copies", *FEW)

    assert copies(tmp_path / "out") == ["in/annotated-file-1.xlsx"]


def test_a_parquet_file_has_no_copy_and_the_words_say_why(tmp_path: Path) -> None:
    """It is not broken: it has no cells to colour."""
    source = write_submission(tmp_path / "csv", [credential(1, quality_assurance="")]) / "credentials.csv"
    (tmp_path / "in").mkdir()
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (FROM read_csv('{source}', all_varchar=true)) TO '{tmp_path / 'in' / 'a.parquet'}' (FORMAT parquet)"
        )

    result = run(tmp_path / "in", "-o", tmp_path / "out", "--annotated-copies", *FEW)

    assert result.exit_code == 0, result.output
    assert copies(tmp_path / "out") == []
    assert "Parquet" in result.stderr
    assert "broken" not in result.stderr


def test_a_sheet_that_places_name_by_its_number_has_its_notes(tmp_path: Path) -> None:
    """Its name may be a learner's, so no place says it; the copy has the sheet all the same."""
    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    sheet.title = "Testa Beispielfrau"
    row = credential(1, quality_assurance="")
    sheet.append(list(row))
    sheet.append(list(row.values()))
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "a.xlsx")

    run(tmp_path / "in", "-o", tmp_path / "out", "--annotated-copies", *FEW)

    copy = openpyxl.load_workbook(tmp_path / "out" / "in" / "annotated-file-1.xlsx")
    assert (2, list(row).index("quality_assurance") + 1) in coloured(copy["Testa Beispielfrau"])
