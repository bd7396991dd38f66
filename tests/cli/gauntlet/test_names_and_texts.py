"""Hostile and broken files, one at a time, beside an honest submission of three credentials: names and texts
that want to be more.

Whatever lies next to them, the three are audited; what could not be read is told with what, where, why and how to fix;
nothing is left behind.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.gauntlet.audited import Audit, Audited, Told
from tests.cli.gauntlet.files import AWARDS_QUERY, HEADER, line, parquet, text

# --- texts that want to be more than text -----------------------------------------------------------------------------

FORMULAS = ('=HYPERLINK("http://evil.example","x")', "=cmd|'/c calc'!A1", "@SUM(1)", "-1+1", "+420 123 456")


def test_markup_in_a_title_is_text_in_the_report(honest: Path, audit_whole: Audit) -> None:
    """A page shows what was written, and runs none of it."""
    script = "<script>alert('gauntlet')</script>"
    text(HEADER, line(11, title=script, eqf_level=script, country=script))(honest / "a.csv")

    audited = audit_whole(honest, "--format", "html")
    page = (audited.folder / "handed-in" / "report.html").read_text(encoding="utf-8")

    assert audited.code == 0
    assert audited.all_records == 4
    assert "alert(" not in page.replace("&lt;script&gt;alert(", "")
    assert "&lt;script&gt;alert(" in page


@pytest.fixture
def formulas_audited(honest: Path, audit_whole: Audit) -> Audited:
    """Five awards whose cells begin like formulas, audited with annotated copies."""
    rows = [line(11 + i, title=one, eqf_level=one, assessment_type=one) for i, one in enumerate(FORMULAS)]
    text(HEADER, *rows)(honest / "a.csv")
    audited = audit_whole(honest, "--annotated-copies", "--format", "xlsx")
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
