"""A review workbook filled by script, cell by cell, as a reviewer would."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.judgement.columns import BY_KEY, FIRST_ROW, KEY_ROW
from tests.judgement.audits import SUBMISSION

JUDGE, SECOND = "Zora Schvalovací", "Otto Gutachter"
JUDGED = {"explanation": "Seen in the file.", "method": "document review", "judge": JUDGE, "date": "2026-10-05"}
"""What stands beside an answer that settles anything."""

Answers = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Sheet -> id of a row -> column -> what is typed."""


def exported(audit: Path, to: Path) -> Path:
    """The workbook of the audit, as it goes out."""
    ran = CliRunner().invoke(app, ["review", "export", str(audit), "-o", str(to), "--force"])
    assert ran.exit_code == 0, ran.stderr
    return to / f"review-{SUBMISSION}.xlsx"


def sheet_of(book: Workbook, key: str) -> Worksheet:
    """A sheet by its key, whatever it is called."""
    place = len(BY_KEY[key].columns) + 1
    return next(one for one in book.worksheets if one.cell(KEY_ROW, place).value == f"qa-toolkit:{key}")


def cell_of(sheet: Worksheet, key: str, row_id: str, column: str) -> Any:
    """The cell of a row and a column, both by name."""
    rows = (row for row in range(FIRST_ROW, sheet.max_row + 1) if str(sheet.cell(row, 1).value) == row_id)
    return sheet.cell(next(rows), [one.key for one in BY_KEY[key].columns].index(column) + 1)


def fill(path: Path, answers: Answers, to: Path | None = None) -> Path:
    """Type the answers into the workbook."""
    book = openpyxl.load_workbook(path)
    for key, rows in answers.items():
        for row_id, cells in rows.items():
            for column, value in cells.items():
                cell_of(sheet_of(book, key), key, row_id, column).value = value
    book.save(to or path)
    return to or path


def judged(answer: str, **more: Any) -> dict[str, Any]:
    """A row with an answer and all that must stand beside it."""
    return {"answer": answer, **JUDGED, **more}


def imported(audit: Path, *workbooks: Path, to: Path, more: tuple[str, ...] = ()) -> Path:
    """The judgements.yaml of filled workbooks."""
    command = ["review", "import", str(audit), *map(str, workbooks), "-o", str(to), "--as-of", "2026-10-06"]
    ran = CliRunner().invoke(app, [*command, "--force", *more])
    assert ran.exit_code == 0, ran.stderr
    return to / f"judgements-{SUBMISSION}.yaml"
