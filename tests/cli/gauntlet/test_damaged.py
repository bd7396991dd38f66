"""Hostile and broken files, one at a time, beside an honest submission of three credentials: damaged in places.

Whatever lies next to them, the three are audited; what could not be read is told with what, where, why and how to fix;
nothing is left behind.
"""

import json
from pathlib import Path

from tests.cli.gauntlet.audited import QUOTATION, Audit, Case, Told, assert_told, cases, left_out
from tests.cli.gauntlet.files import HEADER, edc, line, raw, text, xlsx, xlsx_table

UNSEEN = Told(
    "Characters that are not seen were taken out",
    "file 1",
    "3 control characters or invisible marks",
    "Nothing needs to be done.",
)

CASES = (
    Case(
        "a header and nothing below",
        "a.csv",
        text(HEADER),
        Told(
            "A table holds no record", "file 1, row 1", "nothing stands below its header", "Hand in its rows, if there"
        ),
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
    Case("twenty thousand blank lines", "a.csv", text(HEADER, "\n" * 20_000, line(11)), None, 1, 0, long=True),
    Case(
        "twenty thousand lines of commas",
        "a.csv",
        text(HEADER, ("," * 20 + "\n") * 20_000, line(11)),
        None,
        1,
        0,
        long=True,
    ),
    Case(
        "a header in every row",
        "a.csv",
        text(HEADER * 20_000),
        Told("Repeated headers were passed over", "file 1", "Rows 2, 3, 4", "Nothing needs to be done."),
        0,
        0,
        long=True,
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
        long=True,
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


@cases(*CASES)
def test_a_damaged_table_or_document_gives_all_that_it_holds(case: Case, honest: Path, audit: Audit) -> None:
    """Exit code 0: every row that can be read is audited; one that cannot is told with its place."""
    case.make(honest / case.file)

    assert_told(case, audit(honest), honest)
