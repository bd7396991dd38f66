"""Hostile and broken files, one at a time, beside an honest submission of three credentials.

Whatever lies next to them, the three are audited; what could not be read is told with what, where, why and how to fix;
time and memory stay bounded; nothing is left behind. Files that threaten time or memory run in a process of their own,
under limits of the operating system.
"""

import csv
import hashlib
import io
import json
import os
import struct
import subprocess
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.intake import archives
from qa_toolkit.intake.limits import Limit
from tests.submissions import COLUMNS, credential, write_submission

ROOT = Path(__file__).parents[2]
MEGABYTE = 1 << 20
MEMORY = 4 << 30
"""Address space of a run: Python and its libraries take most of it before a file is opened."""
PEAK = 900
"""Megabytes a run may hold; an honest one takes about 340."""
SECONDS = 30
"""Of processor time; an honest run takes about 8 on a slow machine."""

LIMITED = f"""
import os, resource, subprocess, sys

def limit():
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
    resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))

process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, preexec_fn=limit)
_, status, used = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss)
"""
"""Starts a command under limits; prints its exit code and the most kilobytes it held. A process of its own between this
one and the command, because what a process holds counts for the one it starts."""

Make = Callable[[Path], object]


# --- what files are made of -------------------------------------------------------------------------------------------


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


# --- how they are audited ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """A problem that the audit tells, by the beginning of each of its parts."""

    what: str
    place: str
    why: str
    fix: str

    def is_in(self, problems: Sequence[dict[str, Any]]) -> bool:
        return any(
            problem["what"] == self.what
            and problem["place"] == self.place
            and problem["why"].casefold().startswith(self.why.casefold())
            and problem["fix"].startswith(self.fix)
            for problem in problems
        )


@dataclass(frozen=True)
class Case:
    """A file, and what becomes of it."""

    name: str
    file: str
    make: Make
    told: Told | None
    records: int = 0
    """Credentials read from it."""
    code: int = 3


@dataclass(frozen=True)
class Audited:
    """What a run left."""

    code: int
    words: str
    folder: Path
    result: dict[str, Any]
    left: tuple[str, ...]
    """Names in the temporary folder."""
    peak: float = 0
    """Megabytes, where the run had a process of its own."""

    @property
    def problems(self) -> list[dict[str, Any]]:
        return [*self.result["run_problems"], *(p for one in self.result["submissions"] for p in one["problems"])]

    def records(self, path: Path) -> int:
        """Credentials read from a file."""
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        files = [file for one in self.result["submissions"] for file in one["files"]]
        return sum(file["records"] for file in files if file["sha256"] == digest)

    @property
    def all_records(self) -> int:
        return sum(one["credentials"] for one in self.result["submissions"])


@pytest.fixture
def honest(tmp_path: Path) -> Path:
    """Three honest credentials in a folder ``handed-in``."""
    return write_submission(tmp_path / "handed-in", [credential(number) for number in (1, 2, 3)])


Audit = Callable[..., Audited]


@pytest.fixture
def audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """Audit paths in this process."""

    def run(*arguments: object) -> Audited:
        scratch, out = tmp_path / "scratch", tmp_path / "out"
        scratch.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(scratch))
        words = ["audit", *map(str, arguments), "-o", str(out), "--as-of", "2026-09-30"]
        ran = CliRunner().invoke(app, words)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        return _audited(ran.exit_code, ran.stderr, out, scratch)

    return run


@pytest.fixture
def audit_apart(tmp_path: Path) -> Audit:
    """Audit paths in a process of its own, whose time and memory the system limits."""
    if sys.platform != "linux":
        pytest.skip("the limits of the operating system differ")

    def run(*arguments: object) -> Audited:
        scratch, out = tmp_path / "scratch", tmp_path / "out"
        scratch.mkdir()
        command = ["-m", "qa_toolkit", "audit", *map(str, arguments), "-o", str(out), "--as-of", "2026-09-30"]
        ran = subprocess.run(
            [sys.executable, "-c", LIMITED, sys.executable, *command],
            cwd=ROOT,
            env=os.environ | {"TMPDIR": str(scratch)},
            capture_output=True,
            text=True,
        )
        code, peak = map(int, ran.stdout.split())
        return _audited(code, ran.stderr, out, scratch, peak / 1024)

    return run


def _audited(code: int, words: str, out: Path, scratch: Path, peak: float = 0) -> Audited:
    written = out / "result.json"
    result = json.loads(written.read_text(encoding="utf-8")) if written.is_file() else {}
    assert result, f"exit code {code}\n{words}"
    return Audited(code, words, out, result, tuple(path.name for path in scratch.iterdir()), peak)


def assert_told(case: Case, audited: Audited, folder: Path) -> None:
    """The exit code, the words, the three good records and those of the file itself; nothing else."""
    assert "Traceback" not in audited.words
    assert audited.code == case.code, audited.words
    assert audited.records(folder / "credentials.csv") == 3
    assert audited.all_records == 3 + case.records
    if case.told:
        assert case.told.is_in(audited.problems), audited.problems
        if case.code == 3:
            words = " ".join(audited.words.split())  # lines are wrapped
            assert f"problem: {case.told.what} ({case.told.place})" in words
            assert f"why: {case.told.why}".casefold() in words.casefold()
            assert f"fix: {case.told.fix}" in words
    else:
        assert audited.problems == []
    assert audited.left == ()


def cases(*given: Case) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", given, ids=[case.name for case in given])


# --- files that are no data, or broken --------------------------------------------------------------------------------

INSTEAD = "Hand in the data behind it: a table"
ANEW = "Save it anew and hand it in again."
SAVE_XLSX = "Open it, save it anew as XLSX"
DAMAGED = "It is a damaged workbook or archive"
MEND = "Open it in a spreadsheet program, let it repair the file"


def not_read(why: str, fix: str) -> Told:
    return Told("A file was not read", "file 1", why, fix)


def no_table(why: str, fix: str) -> Told:
    return Told("A table cannot be read", "file 1", why, fix)


NOT_RECOGNISED = Told(
    "No table of credentials was recognised",
    "file 1",
    "No row holds column headings that are known",
    "Run 'qa-toolkit inspect'",
)
BROKEN_JSON = "Hand in European Digital Credentials"


@cases(
    Case("a PDF", "a.pdf", raw(b"%PDF-1.7 invented"), not_read("It is a PDF document.", INSTEAD)),
    Case("a PNG", "a.png", raw(b"\x89PNG\r\n\x1a\n\0\0"), not_read("It is a PNG image.", INSTEAD)),
    Case(
        "a text document",
        "a.docx",
        zipped(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<document/>")),
        not_read("It is a text document.", INSTEAD),
    ),
    Case("nothing", "a.csv", raw(b""), not_read("It is empty.", "Hand in the file again.")),
    Case("blanks", "a.csv", raw(b" \n\t\n"), not_read("It is empty.", "Hand in the file again.")),
    Case("a gzip archive", "a.csv.gz", raw(b"\x1f\x8b\x08\0"), not_read("It is a gzip archive.", INSTEAD)),
    Case(
        "XML with entities",
        "a.xml",
        text('<!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'),
        not_read("It is XML or HTML.", "Hand in the JSON form"),
    ),
    Case(
        "UTF-16 cut in a letter",
        "a.csv",
        raw((HEADER + line(11)).encode("utf-16")[:-1]),
        not_read("It is no text, or text in an encoding that is not known.", "Save it as CSV UTF-8."),
    ),
    Case("blank lines where the header should be", "a.csv", text("\n" * 20_000, HEADER, line(11)), NOT_RECOGNISED),
    Case(
        "half a Parquet file",
        "a.parquet",
        changed(parquet(AWARDS_QUERY.format(count=1000)), first_half),
        no_table("The table cannot be read", ANEW),
    ),
    Case(
        "a Parquet file damaged inside",
        "a.parquet",
        changed(parquet(AWARDS_QUERY.format(count=1000)), damaged_in_the_middle),
        no_table("The table cannot be read", ANEW),
    ),
    Case("half a workbook", "a.xlsx", changed(xlsx(xlsx_table(300)), first_half), not_read(DAMAGED, MEND)),
    Case(
        "a workbook with broken XML",
        "a.xlsx",
        xlsx([*xlsx_table(), "<row><c"]),
        Told("A sheet cannot be read", "file 1, sheet 1", "the sheet 1 cannot be read", SAVE_XLSX),
    ),
    Case(
        "a workbook with a password",
        "a.xlsx",
        raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le")),
        no_table("A password protects it.", "Save it without a password"),
    ),
    Case(
        "JSON nested a hundred thousand times",
        "a.json",
        text('{"type": ', "[" * 100_000, "]" * 100_000, "}"),
        not_read("It is broken JSON (it is nested deeper than 200 levels).", BROKEN_JSON),
    ),
    Case(
        "JSON nested 300 times",
        "a.json",
        text('{"credentialSubject": {"hasClaim": ', "[" * 300, "]" * 300, "}}"),
        not_read("It is broken JSON (it is nested deeper than 200 levels).", BROKEN_JSON),
    ),
    Case(
        "a number of five thousand digits",
        "a.json",
        text(json.dumps(edc())[:-1], ', "n": ', "9" * 5000, "}"),
        not_read("It is broken JSON (it holds a number that is too large", BROKEN_JSON),
    ),
    Case(
        "a number that is none",
        "a.json",
        text(json.dumps(edc(n=float("nan")))),
        not_read("It is broken JSON (it holds a number that is too large, or none at all).", BROKEN_JSON),
    ),
)
def test_what_cannot_be_read_is_told_and_the_rest_is_audited(case: Case, honest: Path, audit: Audit) -> None:
    """Exit code 3, with what the file is and what to do."""
    case.make(honest / case.file)

    assert_told(case, audit(honest), honest)


# --- tables that are damaged in places --------------------------------------------------------------------------------


def left_out(row: int, why: str) -> Told:
    return Told("A row was left out", f"file 1, row {row}", why, "Look at the row")


QUOTATION = "A cell is longer than 1,048,576 characters, or a quotation mark is not closed."
UNSEEN = Told(
    "Characters that are not seen were taken out",
    "file 1",
    "3 control characters or invisible marks",
    "Nothing needs to be done.",
)


@cases(
    Case(
        "a header and nothing below",
        "a.csv",
        text(HEADER),
        Told("A table holds no record", "file 1, row 1", "nothing stands below its header", "Hand in the rows as well"),
        0,
        0,
    ),
    Case(
        "two headings that mean the same",
        "a.csv",
        text(HEADER.strip(), ",Title\n", line(11).strip(), ",Another\n"),
        Told("A column is there twice", "file 1, row 1", "B and V both mean title; the first one is read.", "Keep one"),
        1,
        0,
    ),
    Case(
        "a row with too many cells",
        "a.csv",
        text(HEADER, line(11), line(12).strip(), ",slipped,more\n", line(13)),
        left_out(3, "It has more cells than the header has columns (21)"),
        2,
        0,
    ),
    Case("a row with too few cells", "a.csv", text(HEADER, line(11), "HB-12,Short\n", line(13)), None, 3, 0),
    Case(
        "a quotation mark that is not closed",
        "a.csv",
        text(HEADER, line(11), 'HB-12,"Open,en\n', *(line(number) for number in range(13, 20))),
        left_out(3, QUOTATION),
        8,
        0,
    ),
    Case(
        "a quotation mark open in the last row",
        "a.csv",
        text(HEADER, line(11), 'HB-12,"Open'),
        left_out(3, QUOTATION),
        1,
        0,
    ),
    Case(
        "quotation marks within a quoted cell",
        "a.csv",
        text(HEADER, line(11), 'HB-12,"The "best" course",en\n', line(13)),
        None,
        3,
        0,
    ),
    Case(
        "three million quotation marks in a cell",
        "a.csv",
        text(HEADER, '"' * 3_000_000, "\n", line(11)),
        left_out(2, QUOTATION),
        1,
        0,
    ),
    Case(
        "NUL and control characters", "a.csv", text(HEADER, line(11, title="Da\0ta pro\x07tec\x1btion")), UNSEEN, 1, 0
    ),
    Case(
        "marks that turn or hide letters",
        "a.csv",
        text(HEADER, line(11, title="Data \u202eprot\u200bection\u2066")),
        UNSEEN,
        1,
        0,
    ),
    Case("UTF-16 without a mark", "a.csv", raw((HEADER + line(11)).encode("utf-16-le")), None, 1, 0),
    Case(
        "two encodings in one file",
        "a.csv",
        raw((HEADER + line(11, title="Ochrana údajů")).encode() + line(12, title="Ochrana údajů").encode("cp1250")),
        Told(
            "Lines are in two encodings",
            "file 1",
            "Lines in UTF-8: 1; the others are in",
            "Look at letters with accents",
        ),
        2,
        0,
    ),
    Case(
        "line ends of the first Macs",
        "a.csv",
        text((HEADER + line(11, learning_outcomes="one\ntwo") + line(12)).replace("\n", "\r")),
        None,
        2,
        0,
    ),
    Case("twenty thousand blank lines", "a.csv", text(HEADER, "\n" * 20_000, line(11)), None, 1, 0),
    Case("twenty thousand lines of commas", "a.csv", text(HEADER, ("," * 20 + "\n") * 20_000, line(11)), None, 1, 0),
    Case(
        "a header in every row",
        "a.csv",
        text(HEADER * 20_000),
        Told("Repeated headers were passed over", "file 1", "Rows 2, 3, 4", "Nothing needs to be done."),
        0,
        0,
    ),
    Case(
        "a workbook of ten thousand columns",
        "a.xlsx",
        xlsx(xlsx_table(3, [f"x{number}" for number in range(10_000)])),
        Told(
            "A table is too wide", "file 1, sheet Awards, row 1", "It has ", "Hand in the table without empty columns"
        ),
        3,
        0,
    ),
    Case(
        "a merged range beside the table",
        "a.xlsx",
        xlsx([*xlsx_table(), '</sheetData><mergeCells><mergeCell ref="ZZ1:ZZ9000"/></mergeCells><sheetData>']),
        None,
        1,
        0,
    ),
    Case(
        "a property said twice in JSON",
        "a.json",
        text(json.dumps(edc())[:-1], ', "id": "urn:credential:2"}'),
        Told("A property is said twice in one object", "file 1", "Readers differ", "Export the credential again."),
        1,
        0,
    ),
    Case("half a character in JSON", "a.json", text(json.dumps(edc()).replace("Data", r"\ud800\u0000")), None, 1, 0),
    Case("a number beyond all numbers", "a.json", text(json.dumps(edc())[:-1], ', "n": 1e999}'), None, 1, 0),
    Case(
        "a broken line in JSON Lines",
        "a.jsonl",
        text(json.dumps(edc(id="urn:credential:1")), '\n{"type": [\n', json.dumps(edc(id="urn:credential:2"))),
        Told(
            "An item was left out", "file 1, line 2", "It is broken: line 1, column 11", "Export the credential again"
        ),
        2,
        0,
    ),
)
def test_a_damaged_table_or_document_gives_all_that_it_holds(case: Case, honest: Path, audit: Audit) -> None:
    """Exit code 0: every row that can be read is audited; one that cannot is told with its place."""
    case.make(honest / case.file)

    assert_told(case, audit(honest), honest)


# --- archives ---------------------------------------------------------------------------------------------------------

PLAIN = "Pack the files anew, with plain paths and without a password."
ARCHIVE = "an archive in the folder"


def entry_left_out(why: str) -> Told:
    return Told("A file of an archive was left out", ARCHIVE, why, PLAIN)


def archive_refused(why: str) -> Told:
    return Told("An archive was not read", ARCHIVE, why, "Unpack it yourself and hand in its files.")


GOOD = ("good.csv", HEADER + line(11))
INNER = io.BytesIO()
with zipfile.ZipFile(INNER, "w") as _archive:
    _archive.writestr("inner.csv", HEADER + line(12))


@cases(
    Case("a table", "a.zip", zipped(("deep/er/good.csv", HEADER + line(11) + line(12))), None, 2, 0),
    Case(
        "an archive within it",
        "a.zip",
        zipped(("a-good.csv", HEADER + line(11)), ("inner.zip", INNER.getvalue())),
        Told("A file was not read", "file 2", "It is an archive within an archive.", "Unpack it"),
        1,
    ),
    Case(
        "a path that climbs out",
        "a.zip",
        zipped(("../../climbed.csv", HEADER + line(12)), GOOD),
        entry_left_out("A file's path leads out of the archive."),
        1,
    ),
    Case(
        "an absolute path",
        "a.zip",
        zipped(("/climbed.csv", HEADER + line(12)), GOOD),
        entry_left_out("A file's path leads out of the archive."),
        1,
    ),
    Case("a link", "a.zip", zipped((as_link("link.csv"), "/etc/passwd"), GOOD), entry_left_out("A file is a link."), 1),
    Case(
        "an encrypted file",
        "a.zip",
        changed(zipped(("secret.csv", HEADER + line(12)), GOOD), said_to_be_encrypted),
        entry_left_out("A password protects a file."),
        1,
    ),
    Case(
        "a damaged file",
        "a.zip",
        changed(zipped(("damaged.csv", HEADER + line(12)), GOOD), damaged_in_the_middle),
        entry_left_out("A file of it is broken"),
        1,
    ),
    Case(
        "a file larger than it says",
        "a.zip",
        changed(zipped(("lying.csv", HEADER + line(12)), GOOD), smaller_than_it_is),
        entry_left_out("A file of it is broken"),
        1,
    ),
    Case(
        "a name twice",
        "a.zip",
        zipped(GOOD, ("good.csv", HEADER + line(12))),
        entry_left_out("Two files have the same name; the first one is read."),
        1,
    ),
    Case(
        "a file where a folder should be",
        "a.zip",
        zipped(("a", "x"), ("a/b.csv", HEADER + line(12)), GOOD),
        entry_left_out("A file of it is broken"),
        1,
    ),
    Case(
        "a name too long for the system",
        "a.zip",
        zipped(("n" * 300 + ".csv", HEADER + line(12)), GOOD),
        entry_left_out("A file of it is broken, or packed or named"),
        1,
    ),
    Case(
        "folders within folders",
        "a.zip",
        zipped(("f/" * 900 + "deep.csv", HEADER + line(12)), GOOD),
        entry_left_out("A file lies deeper than 50 folders."),
        1,
    ),
    Case("half of it", "a.zip", changed(zipped(GOOD, ("b.csv", line(12))), first_half), not_read(DAMAGED, MEND)),
)
def test_an_archive_gives_what_is_safe_to_unpack(case: Case, honest: Path, audit: Audit, tmp_path: Path) -> None:
    """What is dangerous or damaged in it is left out and told; nothing is written outside."""
    case.make(honest / case.file)

    assert_told(case, audit(honest), honest)
    assert not list(tmp_path.rglob("climbed.csv"))
    assert not Path("/climbed.csv").exists()


def test_an_archive_of_too_many_files_is_refused(honest: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted before anything is unpacked."""
    monkeypatch.setattr(archives, "MOST_ARCHIVE_FILES", Limit("files", 2, "files", ""))
    zipped(GOOD, ("b.csv", ""), ("c.csv", ""))(honest / "a.zip")

    told = archive_refused("It holds 3 files, more than 2 files.")
    assert_told(Case("", "a.zip", zipped(), told), audit(honest), honest)


# --- what threatens time and memory -----------------------------------------------------------------------------------

NUMBERS = range(5, 1_000_005, 10_000)
BEYOND = "Delete stray cells far below or beside the table"


def far(corner: str) -> Make:
    return xlsx([*xlsx_table(), corner])


def spans(place: str, what: str) -> Told:
    return Told(what, place, "sheet 1 spans 17,179,869,184 cells", BEYOND)


@cases(
    Case(
        "a cell of 200 MB",
        "a.csv",
        long_text(HEADER, line(11), "HB-12,", ("x" * MEGABYTE, 200), "\n", line(13)),
        left_out(3, QUOTATION),
        2,
        0,
    ),
    Case(
        "a cell of 200 MB in lines",
        "a.csv",
        long_text(HEADER, line(11), 'HB-12,"', (("x" * 1023 + "\n") * 1024, 200), '"\n', line(13)),
        left_out(3, QUOTATION),
        2,
        0,
    ),
    Case("a line without an end", "a.csv", long_text(("x" * MEGABYTE, 200)), NOT_RECOGNISED),
    Case("a line of cells without an end", "a.csv", long_text(("x," * (MEGABYTE // 2), 200)), NOT_RECOGNISED),
    Case(
        "a header without an end",
        "a.csv",
        long_text(HEADER.strip(), (",x" * (MEGABYTE // 2), 100), "\n", line(11)),
        NOT_RECOGNISED,
    ),
    Case(
        "a header of a million columns",
        "a.csv",
        text(HEADER.strip(), ",x" * 1_000_000, "\n", line(11)),
        Told("A table is too wide", "file 1, row 1", "It has ", "Hand in the table without empty columns"),
        1,
        0,
    ),
    Case(
        "a workbook that unpacks to 200 MB",
        "a.xlsx",
        xlsx([*xlsx_table(), *[" " * MEGABYTE] * 200]),
        no_table("It would unpack to ", "Copy the rows into a new workbook"),
    ),
    Case(
        "a stray cell in the last corner",
        "a.xlsx",
        far('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
        spans("file 1, sheet 1", "A sheet cannot be read"),
    ),
    Case(
        "a stray cell written unusually",
        "a.xlsx",
        far("<row spans='1:2' r = '1048576'><c t='inlineStr'\n r = 'XFD1048576'><is><t>x</t></is></c></row>"),
        spans("file 1, sheet 1", "A sheet cannot be read"),
    ),
    Case(
        "a stray cell in small letters",
        "a.xlsx",
        far('<row r="1048576"><c r="xfd1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
        spans("file 1, sheet 1", "A sheet cannot be read"),
    ),
    Case(
        "a stray cell above the others",
        "a.xlsx",
        xlsx(['<row r="1"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>', *xlsx_table()]),
        spans("file 1, sheet 1", "A sheet cannot be read"),
    ),
    Case(
        "a million empty formatted rows",
        "a.xlsx",
        xlsx(
            [
                *xlsx_table(),
                *(
                    "".join(f'<row r="{n}" s="1" ht="15"><c r="A{n}" s="1"/></row>' for n in range(k, k + 10_000))
                    for k in NUMBERS
                ),
            ]
        ),
        None,
        1,
        0,
    ),
    Case(
        "an ODS row that stands for a million",
        "a.ods",
        ods(ods_row(COLUMNS), ods_row([credential(11)[column] for column in COLUMNS], 1_048_576)),
        no_table("Its rows are repeated until they hold ", "Delete the repeated rows"),
    ),
    Case(
        "a zip that unpacks to 200 MB",
        "a.zip",
        zipped(("a.csv", b"\0" * (200 * MEGABYTE))),
        archive_refused("It would unpack to 209,715,200 bytes"),
    ),
    Case(
        "a Parquet value that stands for millions",
        "a.parquet",
        parquet(AWARDS_QUERY.format(count=600_000).replace("'Data protection'", "repeat('x', 10000)")),
        no_table("Its cells hold more than 4,294,967,296 bytes.", "Split it"),
    ),
)
def test_time_and_memory_stay_bounded(case: Case, honest: Path, audit_apart: Audit) -> None:
    """Whatever a file asks for; the three good records are audited all the same."""
    made = honest / case.file
    case.make(made)
    try:
        audited = audit_apart(honest)
    finally:
        size = made.stat().st_size
        if size > MEGABYTE:
            made.unlink()

    assert_told(case, audited, honest)
    assert audited.peak < PEAK


# --- texts that want to be more than text -----------------------------------------------------------------------------

FORMULAS = ('=HYPERLINK("http://evil.example","x")', "=cmd|'/c calc'!A1", "@SUM(1)", "-1+1", "+420 123 456")


def test_markup_in_a_title_is_text_in_the_report(honest: Path, audit: Audit) -> None:
    """A page shows what was written, and runs none of it."""
    script = "<script>alert('gauntlet')</script>"
    text(HEADER, line(11, title=script, eqf_level=script, country=script))(honest / "a.csv")

    audited = audit(honest)
    page = (audited.folder / "handed-in" / "report.html").read_text(encoding="utf-8")

    assert audited.code == 0
    assert audited.all_records == 4
    assert "alert(" not in page.replace("&lt;script&gt;alert(", "")
    assert "&lt;script&gt;alert(" in page


@pytest.fixture
def formulas_audited(honest: Path, audit: Audit) -> Audited:
    """Five awards whose cells begin like formulas, audited with annotated copies."""
    rows = [line(11 + i, title=one, eqf_level=one, assessment_type=one) for i, one in enumerate(FORMULAS)]
    text(HEADER, *rows)(honest / "a.csv")
    audited = audit(honest, "--annotated-copies")
    assert audited.code == 0
    assert audited.all_records == 8
    return audited


@pytest.mark.parametrize("workbook", ["report.xlsx", "annotated-file-1.xlsx"])
def test_a_cell_that_begins_like_a_formula_stays_text(workbook: str, formulas_audited: Audited) -> None:
    """In the report, and in the copy that goes back to the provider."""
    kinds = {
        (formula, cell.data_type)
        for cell in _cells(formulas_audited.folder / "handed-in" / workbook)
        for formula in FORMULAS
        if isinstance(cell.value, str) and formula in cell.value
    }

    assert kinds == {(formula, "s") for formula in FORMULAS}


def _cells(path: Path) -> Iterator[Any]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            yield from row


# --- names and folders ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows does not take these names")
@pytest.mark.parametrize(
    "name", ["-o out.csv", "na\nme.csv", '"quo\'ted".csv', "*.csv", "[c]redentials.csv", "b\udcff"]
)
def test_a_file_may_have_any_name(name: str, honest: Path, audit: Audit) -> None:
    """It is never taken for an option, a pattern or a line of its own."""
    text(HEADER, line(11))(honest / name)

    audited = audit(honest)

    assert audited.code == 0, audited.words
    assert audited.records(honest / name) == 1
    assert audited.records(honest / "credentials.csv") == 3
    assert audited.all_records == 4
    assert audited.left == ()


@pytest.mark.parametrize("name", ["*.parquet", "[a].parquet"])
@pytest.mark.skipif(os.name == "nt", reason="Windows does not take these names")
def test_a_name_that_is_a_pattern_reads_no_other_file(name: str, honest: Path, audit: Audit) -> None:
    """DuckDB takes ``*`` and ``[a]`` for every file that fits."""
    parquet(AWARDS_QUERY.format(count=5))(honest / "a.parquet")
    parquet(AWARDS_QUERY.format(count=2).replace("100", "900"))(honest / name)

    audited = audit(honest)

    assert audited.records(honest / name) == 2
    assert audited.all_records == 3 + 5 + 2


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_folder_that_links_to_itself_ends(honest: Path, audit: Audit) -> None:
    """Links to folders are not followed, nor are links to themselves."""
    (honest / "sub").mkdir()
    text(HEADER, line(11))(honest / "sub" / "a.csv")
    (honest / "sub" / "loop").symlink_to(honest / "sub")
    (honest / "sub" / "up").symlink_to(honest)
    (honest / "self").symlink_to(honest / "self")

    audited = audit(honest)

    assert audited.code == 0, audited.words
    assert audited.all_records == 4


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("declared", [True, False])
def test_a_link_out_of_what_was_handed_in_is_not_followed(
    declared: bool, honest: Path, audit: Audit, tmp_path: Path
) -> None:
    """Neither beside a submission.yaml nor among loose files."""
    text(HEADER, line(11))(tmp_path / "elsewhere.csv")
    (honest / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    if not declared:
        (honest / "submission.yaml").unlink()
        (honest / "sub").mkdir()

    assert audit(honest).all_records == 3


def test_folders_nested_without_end_are_not_opened(honest: Path, audit: Audit) -> None:
    """Told, not a crash."""
    deep = honest.joinpath(*["f"] * 60)
    deep.mkdir(parents=True)
    text(HEADER, line(11))(deep / "a.csv")

    audited = audit(honest)

    told = Told("A folder was not opened", "a folder in a folder", "It lies deeper than 50 folders.", "Check the path")
    assert audited.code == 3
    assert told.is_in(audited.problems)
    assert audited.all_records == 3


@pytest.mark.skipif(os.name == "nt", reason="permissions differ on Windows")
@pytest.mark.parametrize("declared", [True, False])
def test_a_file_that_may_not_be_opened_is_told(
    declared: bool, honest: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may open everything: for it the system's answer is played."""
    forbidden = honest / "a.csv"
    text(HEADER, line(11))(forbidden)
    forbidden.chmod(0)
    if not declared:
        (honest / "submission.yaml").unlink()
        (honest / "sub").mkdir()
    if os.geteuid() == 0:
        opened = Path.open

        def refuse(path: Path, *given: Any, **named: Any) -> Any:
            if path == forbidden:
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, *given, **named)

        monkeypatch.setattr(Path, "open", refuse)

    audited = audit(honest)
    forbidden.chmod(0o600)

    told = Told("A file could not be opened", "file 1", "Permission denied.", "Check its permissions")
    assert audited.code == 3
    assert told.is_in(audited.problems)
    assert audited.records(honest / "credentials.csv") == 3
    assert audited.left == ()
