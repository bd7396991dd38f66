"""The one safe way to write a cell."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from qa_toolkit.workbook import LONGEST, put, safe_text, save, sheet_title


def written(value: Any, folder: Path) -> Any:
    workbook = Workbook()
    put(workbook.worksheets[0]["A1"], value)
    save(workbook, folder / "book.xlsx", date(2026, 9, 30))
    return openpyxl.load_workbook(folder / "book.xlsx").worksheets[0]["A1"]


@pytest.mark.parametrize("text", ["=1+1", "+420 123", "-5 °C", "@name", "=cmd|' /C calc'!A0"])
def test_a_text_stays_a_text_whatever_it_starts_with(text: str, tmp_path: Path) -> None:
    """No formula comes from a stranger."""
    cell = written(text, tmp_path)

    assert (cell.value, cell.data_type) == (text, "s")


def test_control_characters_become_spaces(tmp_path: Path) -> None:
    """openpyxl would raise, and a report would be lost."""
    assert written("a\x00b\x0bc", tmp_path).value == "a b c"


def test_a_text_longer_than_a_cell_is_cut_with_a_note() -> None:
    """Never without a word."""
    assert len(safe_text("x" * 40_000)) == LONGEST
    assert safe_text("x" * 40_000).endswith("(cut)")


def test_a_moment_with_a_time_zone_is_written_without_it(tmp_path: Path) -> None:
    """Spreadsheets know no zones."""
    assert written(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), tmp_path).value == datetime(2026, 1, 2, 3, 4)


@pytest.mark.parametrize(("text", "title"), [("a/b:c", "a b c"), ("x" * 40, "x" * 31), ("[]", "Sheet")])
def test_sheet_titles_are_such_as_spreadsheets_take(text: str, title: str) -> None:
    """At most 31 characters, no brackets or slashes."""
    assert sheet_title(text) == title


def test_the_same_workbook_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the clock says."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    written("x", tmp_path / "a")
    written("x", tmp_path / "b")

    assert (tmp_path / "a" / "book.xlsx").read_bytes() == (tmp_path / "b" / "book.xlsx").read_bytes()
