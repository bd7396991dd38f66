"""The annotated copy: notes where the faults are, and everything else as the provider made it."""

import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.datavalidation import DataValidation

from qa_toolkit.auditing import audit
from qa_toolkit.messages import Messages
from qa_toolkit.report.annotated_copy import AnnotatedCopy, annotate, suffix_of
from qa_toolkit.report.annotated_note import FILL
from qa_toolkit.report.annotated_remarks import Remark, RemarkPlace, place_of, remarks_of
from qa_toolkit.report.annotated_source import AnnotatedCopyError, TextTable
from qa_toolkit.report.findings import Findings
from tests.submissions import credential, write_submission

DAY = date(2026, 9, 30)
HOSTILE = '=HYPERLINK("http://evil.example";"click")'


def remark(row: int, column: str | None = None, level: str = "major", **changes: Any) -> Remark:
    given: dict[str, Any] = {
        "failed": "The workload is zero or less",
        "fix": "Correct the figure, for example ects = 2.5.",
        "check_id": "EL-07",
    }
    return Remark(row=row, column=column, level=level, **(given | changes))


def write_workbook(path: Path, change: Callable[[Any], None] | None = None) -> Path:
    """A provider's own workbook: title rows, header in row 4, ten rows, a second and a hidden sheet."""
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.created = "Frau Muster", datetime(2026, 7, 1, 8, 30)
    sheet: Any = book.active
    sheet.title = "Nachweise"
    sheet["A1"] = "Ausgestellte Nachweise"
    sheet["A1"].font = Font(size=16, bold=True, color="1F4E79")
    sheet.merge_cells("A1:D1")
    for column, head in enumerate(("Nr.", "Kurs", "Ausgestellt am", "ECTS", "Stunden"), 1):
        sheet.cell(4, column, head).font = Font(bold=True)
    for row in range(5, 15):
        sheet.cell(row, 1, f"HB-{row}")
        sheet.cell(row, 2, "Führen mit Zahlen")
        sheet.cell(row, 3, date(2026, 6, row)).number_format = "DD.MM.YYYY"
        sheet.cell(row, 4, 2.5).number_format = "0.0"
        sheet.cell(row, 5, f"=D{row}*26")
    sheet["B7"].value, sheet["B7"].data_type = HOSTILE, "s"
    sheet["C6"].comment = Comment("Bitte prüfen", "Muster")
    sheet.column_dimensions["B"].width = 33
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[8].hidden = True
    sheet.row_dimensions[9].height = 40
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = "A4:E14"
    rule = DataValidation(type="decimal", operator="greaterThan", formula1="0")
    rule.add("D5:D14")
    sheet.add_data_validation(rule)
    book.create_sheet("Legende")["A1"] = "Erläuterung"
    book.create_sheet("Alt").sheet_state = "hidden"
    if change:
        change(book)
    book.save(path)
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "handed in.xlsx")


def copy_of(source: Path | TextTable, tmp_path: Path, *remarks: Remark, **options: Any) -> tuple[AnnotatedCopy, Any]:
    """What became of remarks on the sheet Nachweise, and the copy read back."""
    sheet = None if isinstance(source, TextTable) else "Nachweise"
    target = tmp_path / f"copy{suffix_of(source)}"
    done = annotate(source, target, {sheet: remarks}, Messages(), day=DAY, **options)
    return done, openpyxl.load_workbook(target, rich_text=True)


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


# ---------------------------------------------------------------- other kinds of files


def test_the_rows_of_a_text_file_become_a_sheet_of_texts(tmp_path: Path) -> None:
    """Texts only, and nothing in them runs; a heading leads to its column, below title rows too."""
    rows = [
        ["Nachweise 2026"],
        [],
        ["Číslo", "Název  kurzu", "ECTS"],
        ["1", "Název kurzu", "05"],
        ["2", HOSTILE, "-1"],
    ]
    table = TextTable("nachweise", iter(rows))

    done, copy = copy_of(table, tmp_path, remark(5, heading="název kurzu"), remark(4, heading="ECTS"))

    sheet = copy["nachweise"]
    assert [cell.value for cell in sheet[4]] == ["1", "Název kurzu", "05"]
    assert (sheet["B5"].value, sheet["B5"].data_type) == (HOSTILE, "s")
    assert sheet["B5"].comment.text.startswith("Major")
    assert sheet["C4"].comment.text.startswith("Major")
    assert (done.placed, done.lacks) == (2, ())


def test_an_unknown_heading_makes_a_remark_about_the_row(tmp_path: Path) -> None:
    """Nothing is lost because a column cannot be found."""
    table = TextTable("t", [["a", "b"], ["1", "2"]])

    _, copy = copy_of(table, tmp_path, remark(2, heading="c"))

    assert "about the row" in copy["t"]["A2"].comment.text


def test_open_document_tables_become_a_plain_workbook(tmp_path: Path) -> None:
    """The same sheets and values; the copy says that nothing else is there."""
    source = tmp_path / "in.ods"
    names = "office:1.0 table:1.0 text:1.0".split()
    spaces = " ".join(f'xmlns:{n.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{n}"' for n in names)
    text = '<table:table-cell office:value-type="string"><text:p>Kurs</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="2.5"/>'
    body = f'<table:table table:name="Nachweise"><table:table-row>{text}{number}</table:table-row></table:table>'
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}</office:spreadsheet>"
            "</office:body></office:document-content>",
        )

    done, copy = copy_of(source, tmp_path, remark(1, "B"))

    assert [cell.value for cell in copy["Nachweise"][1]] == ["Kurs", 2.5]
    assert copy["Nachweise"]["B1"].comment is not None
    assert done.lacks[0].startswith("everything but the values")


def test_old_excel_files_become_a_plain_workbook(source: Path, tmp_path: Path) -> None:
    """Values, dates and the hidden state of sheets are those of the original."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xls", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    done, copy = copy_of(tmp_path / "handed in.xls", tmp_path, remark(5, "D"))

    sheet = copy["Nachweise"]
    assert [cell.value for cell in sheet[5]] == ["HB-5", "Führen mit Zahlen", datetime(2026, 6, 5), 2.5, 65]
    assert [s.sheet_state for s in copy.worksheets] == ["visible", "visible", "hidden"]
    assert (sheet["B7"].value, sheet["B7"].data_type) == (HOSTILE, "s")
    assert done.placed == 1


def rezip(source: Path, target: Path, *, without: str = "", **parts: bytes) -> None:
    """Copy a workbook without a part, with parts added (``a__b_c`` is ``a/b.c``)."""
    added = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if without and name in ("[Content_Types].xml", "_rels/.rels"):
                content = content.replace(without.encode(), b"docProps/none.xml")
            if name not in (without, *added):
                new.writestr(name, content)
        for name, content in added.items():
            new.writestr(name, content)


def test_macros_are_kept(source: Path, tmp_path: Path) -> None:
    """A workbook with macros stays one, under a name that spreadsheets take."""
    with_macros = tmp_path / "in.xlsm"
    rezip(source, with_macros, xl__vbaProject_bin=b"macros")

    _, copy = copy_of(with_macros, tmp_path, remark(5, "D"))

    assert copy["Nachweise"]["D5"].comment is not None
    with zipfile.ZipFile(tmp_path / "copy.xlsm") as archive:
        assert archive.read("xl/vbaProject.bin") == b"macros"
        assert b"macroEnabled" in archive.read("[Content_Types].xml")
        assert len(archive.namelist()) == len(set(archive.namelist()))


def test_what_the_copy_lacks_is_said(tmp_path: Path) -> None:
    """Formulas without results, simpler charts, missing shapes, and parts nobody knows."""

    def change(book: Any) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["Nachweise"], min_col=4, min_row=4, max_row=14))
        book["Legende"].add_chart(chart, "C3")

    drawn = write_workbook(tmp_path / "drawn.xlsx", change)
    source = tmp_path / "in.xlsx"
    rezip(drawn, source, xl__drawings__drawing9_xml=b"<xdr:wsDr><xdr:sp macro=''/></xdr:wsDr>", xl__own__part_bin=b"?")

    done, copy = copy_of(source, tmp_path, remark(5, "D"))

    said = " ".join(done.lacks)
    for words in ("results of formulas", "finer formatting of charts", "shapes", "earlier notes", "parts that only"):
        assert words in said
    assert len(copy["Legende"]._charts) == 1


def test_the_name_follows_what_the_file_holds(source: Path, tmp_path: Path) -> None:
    """A name like .xlsm over a workbook without macros would not open."""
    renamed = tmp_path / "in.xlsm"
    renamed.write_bytes(source.read_bytes())

    assert suffix_of(renamed) == suffix_of(TextTable("t", [])) == suffix_of(tmp_path / "none.csv") == ".xlsx"


def test_a_plain_workbook_lacks_nothing(tmp_path: Path) -> None:
    """Nothing is said where nothing is lost."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Nachweise"
    sheet["A1"] = "Kurs"
    book.save(tmp_path / "in.xlsx")

    done, _ = copy_of(tmp_path / "in.xlsx", tmp_path, remark(1, "A"))

    assert done.lacks == ()
    assert done.lines(Messages()) == ("1 finding stands in the notes of the copy (notes: 1).",)


# ---------------------------------------------------------------- files of strangers


def refused(source: Path | TextTable, tmp_path: Path) -> str:
    target = tmp_path / "copy.xlsx"
    with pytest.raises(AnnotatedCopyError) as caught:
        annotate(source, target, {None: [remark(1, "A")]}, Messages(), day=DAY, place="file 2")
    problem = caught.value.problem
    assert problem.place == "file 2"
    assert problem.what == "No annotated copy could be made"
    assert problem.fix
    assert not target.exists()
    return problem.why


@pytest.mark.parametrize(
    "content", [b"", b"no workbook", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken"]
)
def test_a_broken_file_is_a_problem(tmp_path: Path, content: bytes) -> None:
    """With what, why and what to do."""
    source = tmp_path / "in.xlsx"
    source.write_bytes(content)

    assert "broken" in refused(source, tmp_path)


def test_a_password_is_a_problem(tmp_path: Path) -> None:
    """Excel locks a workbook by putting it, encrypted, into an old container."""
    source = tmp_path / "in.xlsx"
    source.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600))

    assert "password" in refused(source, tmp_path)


def test_a_zip_bomb_is_a_problem(source: Path, tmp_path: Path) -> None:
    """It is weighed before it is opened."""
    bomb = tmp_path / "bomb.xlsx"
    rezip(source, bomb, xl__worksheets__sheet1_xml=b" " * (40 << 20))

    assert "unpacks" in refused(bomb, tmp_path)


@pytest.mark.parametrize(
    "element",
    [
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b"<hyperlinks><hyperlink location='x' ref='A1:XFD1048576'/></hyperlinks>",
        b'<hyperlinks><hyperlink ref="A:XFD" location="x"/></hyperlinks>',
    ],
)
def test_a_few_bytes_that_become_billions_of_cells_are_a_problem(source: Path, tmp_path: Path, element: bytes) -> None:
    """openpyxl makes a cell for each cell of a merged area and of a link."""
    bomb = tmp_path / "bomb.xlsx"
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rezip(
        source, bomb, xl__worksheets__sheet1_xml=b"<worksheet " + space + b"><sheetData/>" + element + b"</worksheet>"
    )

    assert refused(bomb, tmp_path)


def test_a_table_without_end_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy is held in memory."""
    monkeypatch.setattr("qa_toolkit.report.annotated_source.MOST_CELLS", 100)

    assert "more than a copy" in refused(TextTable("t", (["1"] for _ in iter(int, 1))), tmp_path)


# ---------------------------------------------------------------- from findings to remarks


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("file 1, sheet Nachweise, row 19, cell T19", RemarkPlace(1, "Nachweise", 19, "T", None)),
        ("file 12, sheet Nachweise, row 19", RemarkPlace(12, "Nachweise", 19, None, None)),
        ("file 1, row 19, column Název kurzu", RemarkPlace(1, None, 19, None, "Název kurzu")),
        ("file 1, row 19", RemarkPlace(1, None, 19, None, None)),
        ("file 1, sheet A, row 3, B, row 19, cell AB19", RemarkPlace(1, "A, row 3, B", 19, "AB", None)),
        ("file 1, row 19, column a, row 3", RemarkPlace(1, None, 19, None, "a, row 3")),
        ("file 2, item 3, /issued", None),
        ("file 2, /credentialSubject/achievement", None),
        ("submission", None),
    ],
)
def test_a_place_is_understood(words: str, place: RemarkPlace | None) -> None:
    """As findings write it; what lies in no table has none."""
    assert place_of(words) == place


def test_findings_of_an_audit_lead_to_the_cells_of_the_file(tmp_path: Path) -> None:
    """Those that score or ask, in the catalogue's words, and never with a value of a learner."""
    rows = [credential(number) for number in range(1, 6)]
    rows[2]["eqf_level"], rows[2]["cycle"] = "", ""
    rows[3]["quality_assurance"] = ""
    folder = write_submission(tmp_path / "in", rows, submission_id="one")
    result = audit([folder], tmp_path / "out", as_of=DAY).result
    with Findings.open(tmp_path / "out" / "findings.parquet") as found:
        remarks = remarks_of(result, "one", found)
        fewer = remarks_of(result, "one", found, most=1)

    (file,) = remarks.by_file
    own = remarks.by_file[file][None]
    assert {(r.check_id, r.row, r.heading, r.level) for r in own} >= {("EL-11", 5, "quality_assurance", "blocker")}
    assert len(own) + remarks.without_cell == result.submissions[0].findings
    assert fewer.left_out == result.submissions[0].findings - 1
    assert not any("Beispielfrau" in r.failed + r.fix for r in own)
    table = TextTable("credentials", [list(rows[0]), *(list(row.values()) for row in rows)])
    done = annotate(table, tmp_path / "copy.xlsx", remarks.by_file[file], Messages(), day=DAY)
    sheet: Any = openpyxl.load_workbook(tmp_path / "copy.xlsx")["credentials"]
    column = list(rows[0]).index("quality_assurance") + 1
    assert "EL-11" in sheet.cell(5, column).comment.text
    assert done.placed == len(own)
