"""``qa-toolkit init``: writes the template, never over a file."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["init", *(str(argument) for argument in arguments)])
    return result.exit_code, result.stdout, result.stderr


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_workbook_in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word it writes into `submission`, says what, and what comes next."""
    monkeypatch.chdir(tmp_path)

    code, out, words = run()

    assert (code, words) == (0, "")
    assert names(tmp_path / "submission") == ["template.xlsx"]
    assert "template.xlsx" in out
    assert "qa-toolkit audit submission" in out


def test_a_table_with_declarations(tmp_path: Path) -> None:
    """Everything for CSV, and a folder with a space is shown as one types it."""
    folder = tmp_path / "my data"

    code, out, _ = run(folder, "--format", "csv")

    assert code == 0
    assert names(folder) == [
        "README.txt", "credentials.csv", "offers.csv", "provider.yaml", "readme-example-of-an-offer.csv",
        "readme-example.csv", "submission.yaml",
    ]  # fmt: skip
    assert f'qa-toolkit audit "{folder.as_posix()}"' in out
    for name in names(folder):
        assert name in out


@pytest.mark.parametrize(("format", "name"), [("xlsx", "template.xlsx"), ("csv", "submission.yaml")])
def test_a_file_that_is_there_is_never_overwritten(format: str, name: str, tmp_path: Path) -> None:
    """It says what is in the way, why that matters and what to do, and writes nothing at all."""
    (tmp_path / name).write_text("my own work", encoding="utf-8")

    code, out, words = run(tmp_path, "--format", format)

    assert (code, out) == (2, "")
    assert (tmp_path / name).read_text(encoding="utf-8") == "my own work"
    assert names(tmp_path) == [name]
    assert name in words
    assert "why:" in words
    assert "fix:" in words


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """A folder in use is no obstacle."""
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")

    code, _, _ = run(tmp_path)

    assert code == 0
    assert names(tmp_path) == ["letter.txt", "template.xlsx"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Wrong usage, in words."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    code, _, words = run(tmp_path / "file" / "below")

    assert code == 2
    assert "fix:" in words


def test_own_columns_are_in_the_template(tmp_path: Path) -> None:
    """An agency's own list of columns is what its providers fill in."""
    vocabularies = tmp_path / "checks" / "vocabularies"
    vocabularies.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "checks" / "vocabularies" / "template_columns.csv"
    head, *lines = shipped.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.startswith(("credential_id,", "title,", "issued,"))]
    (vocabularies / shipped.name).write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")

    code, _, _ = run(tmp_path / "out", "--format", "csv", "--checks", tmp_path / "checks")

    assert code == 0
    text = (tmp_path / "out" / "credentials.csv").read_text(encoding="utf-8-sig")
    assert text.strip() == "credential_id,title,issued"


def test_a_folder_of_checks_that_is_not_there(tmp_path: Path) -> None:
    """Named, and nothing is written."""
    code, _, words = run(tmp_path / "out", "--checks", tmp_path / "kotehulky")

    assert code == 2
    assert "There is no such folder of checks" in words
    assert "kotehulky" in words
    assert not (tmp_path / "out").exists()


def test_help_waits_for_nothing_heavy() -> None:
    """openpyxl and the vocabularies are loaded when the template is written."""
    script = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from qa_toolkit.cli.app import app\n"
        "assert CliRunner().invoke(app, ['init', '--help']).exit_code == 0\n"
        "print([m for m in ('openpyxl', 'duckdb', 'python_calamine') if m in sys.modules])\n"
    )

    output = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    ).stdout

    assert output.strip() == "[]"
