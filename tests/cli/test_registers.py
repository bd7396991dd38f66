"""``qa-toolkit registers``: extracts in, listed with their age, and held against their descriptions."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from qa_toolkit.cli.app import app

LEVELS = "country,framework,level,eqf_level\nXX,NQF,6,5\nXX,NQF,7,7\n"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def levels(tmp_path: Path) -> Path:
    path = tmp_path / "levels.csv"
    path.write_text(LEVELS, encoding="utf-8")
    return path


def add(levels: Path, folder: Path, *more: str) -> Result:
    stated = ("--kind", "nqf_eqf", "--source", "Invented Ministry", "--licence", "CC0", "--date", "2024-09-01")
    return run("registers", "add", levels, *stated, "--registers", folder, *more)


def test_an_extract_is_added_with_its_description_and_listed_with_its_age(levels: Path, tmp_path: Path) -> None:
    """Two years and a day are one day too many."""
    folder = tmp_path / "registers"

    added = add(levels, folder)
    listed = run("registers", "list", "--registers", folder, "--as-of", "2026-09-02")

    assert (added.exit_code, added.stdout) == (0, "Added 2 rows of the kind nqf_eqf as nqf_eqf.csv.\n")
    assert (folder / "nqf_eqf.csv").read_text(encoding="utf-8") == LEVELS
    assert listed.exit_code == 0
    assert "2 rows, of 1 September 2024, 731 days old: too old, it is to be renewed after 730 days" in listed.stdout
    assert "Invented Ministry; CC0" in listed.stdout


def test_a_file_changed_after_it_was_added_is_refused(levels: Path, tmp_path: Path) -> None:
    """The hash is taken when it is added."""
    folder = tmp_path / "registers"
    add(levels, folder)
    unchanged = run("registers", "check", "--registers", folder)
    (folder / "nqf_eqf.csv").write_text(LEVELS.replace("6,5", "6,6"), encoding="utf-8")

    changed = run("registers", "check", "--registers", folder)

    assert (unchanged.exit_code, changed.exit_code) == (0, 2)
    assert "1 extract can be used" in unchanged.stdout
    assert "not the one that its description describes" in " ".join(changed.stderr.split())


def test_an_extract_gives_way_only_where_it_is_asked_to(levels: Path, tmp_path: Path) -> None:
    """Evidence is not overwritten by mistake."""
    folder = tmp_path / "registers"
    add(levels, folder)
    levels.write_text(LEVELS + "XX,NQF,8,8\n", encoding="utf-8")

    refused, renewed = add(levels, folder), add(levels, folder, "--replace")

    assert refused.exit_code == 2
    assert "An extract of this kind is there already" in " ".join(refused.stderr.split())
    assert renewed.stdout.startswith("Added 3 rows")


def test_what_cannot_be_used_is_not_added(levels: Path, tmp_path: Path) -> None:
    """Every mistake of the call at once, and nothing is written."""
    folder = tmp_path / "registers"
    found = run(
        *("registers", "add", levels, "--kind", "nqf_eqv", "--source", " ", "--licence", "CC0"),
        *("--date", "2999-01-01", "--registers", folder),
    )

    said = " ".join(found.stderr.split())
    assert found.exit_code == 2
    assert "Did you mean 'nqf_eqf'?" in said
    assert "--source is empty" in said
    assert "--date lies in the future" in said
    assert not folder.exists()


def test_the_kinds_say_what_they_are_for_and_which_columns_they_have() -> None:
    """So that somebody can make an extract."""
    kinds, one = run("registers", "kinds"), run("registers", "kinds", "nqf_eqf")

    assert "deqar_reports: Reports and decisions in DEQAR" in kinds.stdout
    assert "eqf_level (required): the EQF level, 1 to 8" in one.stdout
    assert run("registers", "kinds", "nqf").exit_code == 2


def test_an_audit_refuses_extracts_together_with_its_other_mistakes(tmp_path: Path) -> None:
    """Before anything is read."""
    folder = tmp_path / "registers"
    folder.mkdir()
    (folder / "nqf_eqf.csv").write_text(LEVELS, encoding="utf-8")

    found = run("audit", tmp_path / "nowhere", "--registers", folder, "--output-dir", tmp_path / "out")

    said = " ".join(found.stderr.split())
    assert found.exit_code == 2
    assert "There is no such file or folder" in said
    assert "An extract has no description" in said
