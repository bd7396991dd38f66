"""What hostile and broken files are made of."""

import csv
import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path

import duckdb

from tests.submissions import COLUMNS, credential

MEGABYTE = 1 << 20
Make = Callable[[Path], object]


def line(number: int, **changes: str) -> str:
    """One row of a CSV, without a line break in a cell."""
    text = io.StringIO()
    row = credential(number, learning_outcomes="explains the duties of a controller") | changes
    csv.writer(text, lineterminator="\n").writerow([row[column] for column in COLUMNS])
    return text.getvalue()


HEADER = ",".join(COLUMNS) + "\n"


def text(*parts: str) -> Make:
    """A file of UTF-8 text."""
    return lambda path: path.write_text("".join(parts), encoding="utf-8", newline="")


def raw(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def long_text(*parts: str | tuple[str, int]) -> Make:
    """A text in which ``(piece, times)`` stands for a repeated piece; it is never in memory as a whole."""

    def make(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            for part in parts:
                piece, times = part if isinstance(part, tuple) else (part, 1)
                for _ in range(times):
                    file.write(piece)

    return make


def edc(**changes: object) -> dict[str, object]:
    """A small European Digital Credential."""
    return {
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {"type": "Organisation", "legalName": {"en": "Example College"}},
        "credentialSubject": {
            "type": "Person",
            "fullName": {"en": "Testa Beispielfrau"},
            "hasClaim": {"type": "LearningAchievement", "title": {"en": "Data protection"}},
        },
    } | changes


_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def letters(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def xlsx_row(number: int, cells: Sequence[str]) -> str:
    written = (
        f'<c r="{letters(index)}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        for index, cell in enumerate(cells)
        if cell
    )
    return f'<row r="{number}">{"".join(written)}</row>'


def xlsx_table(count: int = 1, more: Sequence[str] = ()) -> list[str]:
    """A header and awards, with further columns that hold their own heading."""
    rows = [[credential(11 + number)[column] for column in COLUMNS] for number in range(count)]
    return [xlsx_row(number, [*row, *more]) for number, row in enumerate([list(COLUMNS), *rows], 1)]


def xlsx(rows: Iterable[str]) -> Make:
    """A workbook of one sheet, written piece by piece."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
                f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            )
            archive.writestr(
                "xl/workbook.xml",
                f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
                '<sheet name="Awards" sheetId="1" r:id="rId1"/></sheets></workbook>',
            )
            archive.writestr(
                "xl/_rels/workbook.xml.rels",
                f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/worksheet"'
                ' Target="worksheets/sheet1.xml"/></Relationships>',
            )
            with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
                sheet.write(f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>'.encode())
                for row in rows:
                    sheet.write(row.encode())
                sheet.write(b"</sheetData></worksheet>")

    return make


def ods_row(cells: Sequence[str], repeated: int = 1) -> str:
    written = (
        f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(written)}</table:table-row>'


def ods(*rows: str) -> Make:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr(
                "META-INF/manifest.xml",
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            )
            archive.writestr(
                "content.xml",
                f"<office:document-content{names}><office:body><office:spreadsheet>"
                f'<table:table table:name="Awards">{"".join(rows)}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>",
            )

    return make


def zipped(*entries: tuple[str | zipfile.ZipInfo, str | bytes]) -> Make:
    def make(path: Path) -> None:
        with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            warnings.simplefilter("ignore")  # a name said twice is one of the cases
            for name, content in entries:
                archive.writestr(name, content)

    return make


def changed(make: Make, change: Callable[[bytes], bytes]) -> Make:
    """The file with its bytes changed."""

    def make_and_change(path: Path) -> None:
        make(path)
        path.write_bytes(change(path.read_bytes()))

    return make_and_change


def first_half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def as_link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def said_to_be_encrypted(content: bytes) -> bytes:
    """Set the bit in the local and the central header of the first entry."""
    found = bytearray(content)
    found[6] |= 1
    found[found.index(b"PK\x01\x02") + 8] |= 1
    return bytes(found)


def damaged_in_the_middle(content: bytes) -> bytes:
    return content[:60] + b"\xff" * 20 + content[80:]


def smaller_than_it_is(content: bytes) -> bytes:
    found = bytearray(content)
    at = found.index(b"PK\x01\x02") + 24
    found[at : at + 4] = struct.pack("<I", 10)
    return bytes(found)


def parquet(query: str) -> Make:
    def make(path: Path) -> None:
        made = path.parent / "made.parquet"  # DuckDB would take signs in the name for a pattern
        duckdb.sql(f"COPY ({query}) TO '{made}' (FORMAT parquet)")
        made.rename(path)

    return make


AWARDS_QUERY = (
    "SELECT 'HB-' || (100 + i) AS credential_id, 'Data protection' AS title, 'Testa ' || i AS learner_name,"
    " DATE '2026-07-01' AS issued FROM range({count}) AS t(i)"
)
