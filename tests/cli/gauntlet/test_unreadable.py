"""Hostile and broken files, one at a time, beside an honest submission of three credentials: no data, or broken.

Whatever lies next to them, the three are audited; what could not be read is told with what, where, why and how to fix;
nothing is left behind.
"""

import json
from pathlib import Path

from tests.cli.gauntlet.audited import (
    DAMAGED,
    INSTEAD,
    MEND,
    NOT_RECOGNISED,
    Audit,
    Case,
    Told,
    assert_told,
    cases,
    no_table,
    not_read,
)
from tests.cli.gauntlet.files import (
    AWARDS_QUERY,
    HEADER,
    changed,
    damaged_in_the_middle,
    edc,
    first_half,
    line,
    parquet,
    raw,
    text,
    xlsx,
    xlsx_table,
    zipped,
)

ANEW = "Save it anew and hand it in again."
SAVE_XLSX = "Open it, save it anew as XLSX"
BROKEN_JSON = "Hand in European Digital Credentials"

CASES = (
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
        not_read("It is XML that is not read: it declares entities", "Hand in the JSON form"),
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


@cases(*CASES)
def test_what_cannot_be_read_is_told_and_the_rest_is_audited(case: Case, honest: Path, audit: Audit) -> None:
    """Exit code 3, with what the file is and what to do."""
    case.make(honest / case.file)

    assert_told(case, audit(honest), honest)
