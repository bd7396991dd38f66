"""Copies of other kinds of files and of files of strangers, and how findings become remarks."""

import shutil
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from qa_toolkit.auditing import audit
from qa_toolkit.messages import Messages
from qa_toolkit.report.annotated_copy import annotate, suffix_of
from qa_toolkit.report.annotated_remarks import RemarkPlace, place_of, remarks_of
from qa_toolkit.report.annotated_source import AnnotatedCopyError, TextTable
from qa_toolkit.report.findings import Findings
from tests.report.annotated_copies import DAY, HOSTILE, copy_of, remark, rezip, write_workbook
from tests.submissions import credential, write_submission


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "handed in.xlsx")


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
    result = audit([folder], tmp_path / "out", as_of=DAY, formats="json").result
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
