"""A copy of a table: nothing changes but the notes, and they say and stand as they should."""

import time
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Border, Font, Side

from qa_toolkit.messages import Messages
from qa_toolkit.report.annotated_copy import annotate
from qa_toolkit.report.annotated_note import FILL
from qa_toolkit.report.annotated_source import TextTable
from tests.report.annotated_copies import DAY, HOSTILE, copy_of, remark, rezip, write_workbook


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "handed in.xlsx")


def look_of(cell: Any) -> tuple[Any, ...]:
    styles = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
    return (cell.value, cell.data_type, cell.number_format, *map(repr, styles))


# ---------------------------------------------------------------- nothing else changes


def test_every_other_cell_is_as_it_was(source: Path, tmp_path: Path) -> None:
    """Value, kind, number format, font, fill, border and alignment, on every sheet."""
    _, copy = copy_of(source, tmp_path, remark(5, "D"), remark(9, "B"))
    original = openpyxl.load_workbook(source, rich_text=True)

    changed = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in original.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if look_of(cell) != look_of(copy[sheet.title][cell.coordinate])
    }

    assert changed == {"Nachweise!D5", "Nachweise!B9"}
    assert [copy["Nachweise"][cell].value for cell in ("D5", "B9")] == [2.5, "Führen mit Zahlen"]
    assert copy["Nachweise"]["D5"].number_format == "0.0"


def test_a_number_that_is_no_date_stays_a_number(tmp_path: Path) -> None:
    """20260701 in a cell formatted as a date shows as ####; openpyxl would make #VALUE! of it."""

    def change(book: Any) -> None:
        for place in ("C5", "C7", "F9"):
            book["Nachweise"][place] = 20260701
            book["Nachweise"][place].number_format = "DD.MM.YYYY"
        book["Legende"]["C5"] = 99999999.5
        book["Legende"]["C5"].number_format = "DD.MM.YYYY"

    _, copy = copy_of(write_workbook(tmp_path / "in.xlsx", change), tmp_path, remark(5, "C"))

    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
    assert sheets[0].count("<v>20260701</v>") == 3
    assert "<v>99999999.5</v>" in sheets[1]
    assert "#VALUE!" not in "".join(sheets)
    assert copy["Nachweise"]["C5"].number_format == "DD.MM.YYYY"


def test_sheets_keep_their_shape(source: Path, tmp_path: Path) -> None:
    """Order, hidden state, widths, heights, merged cells, frozen panes, filter and rules for input."""
    _, copy = copy_of(source, tmp_path, remark(5, "D"))
    original = openpyxl.load_workbook(source)

    def shape(book: Any) -> list[Any]:
        return [
            (
                sheet.title,
                sheet.sheet_state,
                sheet.dimensions,
                {letter: (d.width, d.hidden) for letter, d in sheet.column_dimensions.items()},
                {number: (d.height, d.hidden) for number, d in sheet.row_dimensions.items() if d.height or d.hidden},
                [str(area) for area in sheet.merged_cells.ranges],
                sheet.freeze_panes,
                sheet.auto_filter.ref,
                [(str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation],
            )
            for sheet in book.worksheets
        ]

    assert shape(copy) == shape(original)


def test_formulas_stay_formulas_and_texts_stay_texts(source: Path, tmp_path: Path) -> None:
    """A text that looks like a formula does not come alive in the copy, not even in a cell with a note."""
    _, copy = copy_of(source, tmp_path, remark(5, "E"), remark(7, "B"))

    sheet = copy["Nachweise"]
    assert (sheet["E5"].value, sheet["E5"].data_type) == ("=D5*26", "f")
    assert (sheet["B7"].value, sheet["B7"].data_type) == (HOSTILE, "s")


def test_words_in_several_formats_stay_so(tmp_path: Path) -> None:
    """Bold words within a cell are not flattened."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    rich = CellRichText("ganz ", TextBlock(InlineFont(b=True), "wichtig "), "hier")
    source = write_workbook(tmp_path / "in.xlsx", lambda book: book["Nachweise"].__setitem__("B5", rich))

    _, copy = copy_of(source, tmp_path, remark(5, "B"))

    assert copy["Nachweise"]["B5"].value == rich


def test_properties_stay_the_providers(source: Path, tmp_path: Path) -> None:
    """Who made it and when; only the moment of change is the day of the audit."""
    _, copy = copy_of(source, tmp_path, remark(5, "D"))

    assert copy.properties.creator == "Frau Muster"
    assert copy.properties.created == datetime(2026, 7, 1, 8, 30)
    assert copy.properties.modified == datetime(2026, 9, 30)


@pytest.mark.parametrize("properties", [True, False])
def test_the_same_copy_is_the_same_bytes(source: Path, tmp_path: Path, properties: bool) -> None:
    """Whenever it is made, also where the original names no moment."""
    if not properties:
        bare = tmp_path / "bare.xlsx"
        rezip(source, bare, without="docProps/core.xml")
        source = bare
    contents = set()
    for name in ("one.xlsx", "two.xlsx"):
        annotate(source, tmp_path / name, {"Nachweise": [remark(5, "D")]}, Messages(), day=DAY)
        contents.add((tmp_path / name).read_bytes())
        time.sleep(1.1)

    assert len(contents) == 1


def test_the_original_is_never_replaced(source: Path) -> None:
    """Not even on request."""
    before = source.read_bytes()

    with pytest.raises(ValueError, match="must not replace"):
        annotate(source, source, {"Nachweise": [remark(5, "D")]}, Messages(), day=DAY)

    assert source.read_bytes() == before


# ---------------------------------------------------------------- what a note says


def test_a_note_says_how_bad_what_and_what_to_do(source: Path, tmp_path: Path) -> None:
    """The colour is not the only carrier."""
    done, copy = copy_of(source, tmp_path, remark(5, "D"))

    cell = copy["Nachweise"]["D5"]
    assert cell.comment.text == (
        "Major · EL-07\nThe workload is zero or less.\nWhat to do: Correct the figure, for example ects = 2.5."
    )
    assert cell.fill.fgColor.rgb[-6:] == FILL["major"]
    assert (done.notes, done.placed, done.without_cell, done.left_out) == (1, 1, 0, 0)


def test_several_remarks_share_a_note_the_worst_first(source: Path, tmp_path: Path) -> None:
    """And the worst gives the colour."""
    levels = ("asks", "minor", "blocker", "major")
    done, copy = copy_of(source, tmp_path, *(remark(5, "D", level, check_id=level) for level in levels))

    cell = copy["Nachweise"]["D5"]
    heads = [block.split("\n")[0] for block in cell.comment.text.split("\n\n")]
    assert heads == ["Critical · blocker", "Major · major", "Minor · minor", "For a person to judge · asks"]
    assert cell.fill.fgColor.rgb[-6:] == FILL["blocker"]
    assert (done.notes, done.placed) == (1, 4)


def test_what_is_wrong_with_many_cells_of_a_column_is_said_at_its_heading(tmp_path: Path) -> None:
    """Each cell is coloured, with a note that points there; a few cells have the whole note each."""
    source = TextTable("Table", [["Nr.", "ECTS", "Stunden"], *([str(n), "0", "x"] for n in range(2, 62))])
    many = [remark(row, "B") for row in range(2, 61)]
    few = [remark(row, "C", "minor", check_id="VAL-05") for row in range(2, 22)]

    done = annotate(source, tmp_path / "copy.xlsx", {None: [*many, *few]}, Messages(), day=DAY, header_rows={None: 1})
    (sheet,) = openpyxl.load_workbook(tmp_path / "copy.xlsx").worksheets

    whole = "Major · EL-07\nThe workload is zero or less.\nWhat to do: Correct the figure, for example ects = 2.5."
    assert sheet["B1"].comment.text == f"{whole}\nThis is about 59 cells of the column: rows 2–60."
    assert {sheet.cell(row, 2).comment.text for row in range(2, 61)} == {
        "Major · EL-07: see the note at the heading, B1."
    }
    assert {sheet.cell(row, 2).fill.fgColor.rgb[-6:] for row in range(1, 61)} == {FILL["major"]}
    assert sheet["C1"].comment is None
    assert sheet["C2"].comment.text.startswith("Minor · VAL-05\nThe workload is zero or less.")
    assert (done.notes, done.placed, done.without_cell) == (80, 79, 0)


def test_the_providers_own_note_stands_above(source: Path, tmp_path: Path) -> None:
    """Its words and its author are kept."""
    _, copy = copy_of(source, tmp_path, remark(6, "C"))

    note = copy["Nachweise"]["C6"].comment
    assert note.text.startswith("Bitte prüfen\n\n— From the audit —\n\nMajor · EL-07\n")
    assert note.author == "Muster"


def test_a_note_has_room_for_its_words(source: Path, tmp_path: Path) -> None:
    """More words, a larger box; also for notes that were there."""
    copy_of(source, tmp_path, remark(5, "D"), remark(7, "D", fix="Write both figures. " * 60))

    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive:
        drawing = archive.read("xl/drawings/commentsDrawing1.vml").decode()
    sizes = [part.split(";")[0] for part in drawing.split("height:")[1:]]
    short, old, long = int(sizes[0][:-2]), int(sizes[1][:-2]), int(sizes[2][:-2])
    assert old < short < long
    assert "width:600px" in drawing


def test_white_letters_become_dark_on_the_pale_colour(tmp_path: Path) -> None:
    """What can be read stays as it is."""

    def change(book: Any) -> None:
        sheet = book["Nachweise"]
        sheet["B5"].font = Font(bold=True, color="FFFFFF")
        sheet["B6"].font = Font(bold=True, color="7B1E1E")

    source = write_workbook(tmp_path / "in.xlsx", change)
    _, copy = copy_of(source, tmp_path, remark(5, "B"), remark(6, "B"))

    first, second = copy["Nachweise"]["B5"].font, copy["Nachweise"]["B6"].font
    assert (first.color.rgb, first.bold) == ("FF1F2937", True)
    assert second.color.rgb == "007B1E1E"


# ---------------------------------------------------------------- where a note stands


def test_a_remark_without_a_column_stands_on_the_first_cell_that_can_be_seen(tmp_path: Path) -> None:
    """It says that it is about the row."""

    def change(book: Any) -> None:
        book["Nachweise"].column_dimensions["A"].hidden = True

    source = write_workbook(tmp_path / "in.xlsx", change)
    _, copy = copy_of(source, tmp_path, remark(6))

    assert "about the row, not about this cell" in copy["Nachweise"]["B6"].comment.text


def test_many_rows_without_a_column_share_one_note(tmp_path: Path) -> None:
    """Thirty times the same sentence helps nobody; the note names the rows, and each remark counts."""

    def change(book: Any) -> None:
        for row in range(15, 60):
            book["Nachweise"].cell(row, 1, f"HB-{row}")

    source = write_workbook(tmp_path / "in.xlsx", change)
    done, copy = copy_of(source, tmp_path, *(remark(row) for row in (*range(5, 30), 40, 50, 51)))

    text = copy["Nachweise"]["A5"].comment.text
    assert "28 rows of the sheet, which has no column for it: rows 5–29, 40, 50–51." in text
    assert copy["Nachweise"]["A6"].comment is None
    assert (done.notes, done.placed) == (1, 28)


def test_a_remark_within_merged_cells_stands_where_they_show(source: Path, tmp_path: Path) -> None:
    """The other cells of a merged area hold nothing."""
    _, copy = copy_of(source, tmp_path, remark(1, "C"))

    assert copy["Nachweise"]["A1"].comment is not None


def test_an_empty_cell_keeps_the_look_of_its_column(tmp_path: Path) -> None:
    """A value that is missing is the commonest fault: its cell may not be in the file at all."""

    def change(book: Any) -> None:
        book["Nachweise"].column_dimensions["H"].border = Border(left=Side(style="thick"))

    source = write_workbook(tmp_path / "in.xlsx", change)
    _, copy = copy_of(source, tmp_path, remark(6, "H"))

    cell = copy["Nachweise"]["H6"]
    assert cell.comment is not None
    assert cell.border.left.style == "thick"


def test_remarks_outside_the_file_are_counted(source: Path, tmp_path: Path) -> None:
    """A sheet or a row that is not there."""
    remarks = {"Nachweise": [remark(5, "D"), remark(99, "D")], "Andere": [remark(5, "D")], None: [remark(5, "D")]}

    done = annotate(source, tmp_path / "copy.xlsx", remarks, Messages(), day=DAY)

    assert (done.placed, done.without_cell) == (1, 3)
    assert "3 findings belong to no cell" in " ".join(done.lines(Messages()))


def test_the_worst_notes_are_kept_and_the_rest_is_counted(source: Path, tmp_path: Path) -> None:
    """A copy with notes without end cannot be used."""
    remarks = [remark(5, "A", "minor"), remark(6, "A", "minor"), remark(6, "A", "asks"), remark(7, "A", "blocker")]
    done, copy = copy_of(source, tmp_path, *remarks, most_notes=2)

    noted = [f"A{row}" for row in range(5, 8) if copy["Nachweise"][f"A{row}"].comment]
    assert noted == ["A5", "A7"]
    assert (done.notes, done.placed, done.left_out) == (2, 2, 2)
    assert "2 findings were left out" in " ".join(done.lines(Messages()))
    assert copy["Nachweise"]["A6"].fill.fill_type is None
