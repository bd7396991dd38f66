"""``qa-toolkit inspect``: what it shows, what it never shows, and its exit codes."""

import csv
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner, Result

from qa_toolkit.cli.app import app
from tests.submissions import credential, write_submission

SAMPLES = Path(__file__).parents[2] / "sample_submissions"
ALL = (
    "academie-val-fictif",
    "brillante-formacion-expres",
    "hochschule-wellenberg",
    "hochschule-wellenberg-eigene-tabelle",
    "laanemere-rakenduskool",
    "stichting-polderbadges",
    "stredni-skola-horni-kotehulky",
)
ESCAPE = "\x1b[31m\x9b2J\u202e\x07"
HEAD = ["certificate number", "full name", "title", "issued on"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["inspect", *map(str, arguments)])


def csv_of(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path.parent


def workbook(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path.parent


# ---------------------------------------------------------------- what it shows


def test_each_column_is_shown_with_what_it_was_read_as(tmp_path: Path) -> None:
    """Letter, heading, meaning; what is unknown with a suggestion, what is there twice, what the mapping says."""
    head = [
        "Zertifikatsnummer",
        "Titel (de)",
        "Titel (en)",
        "Ausgestellt am",
        "Issued on",
        "Lernergebnise",
        "Wabe",
        "X",
    ]
    folder = csv_of(tmp_path / "s" / "a.csv", [head, ["C1", "Bienen", "Bees", "2026-07-01", "", "", "", "Ada"]])
    (folder / "mapping.yaml").write_text("columns: {X: learner_name}\n", encoding="utf-8")

    lines = [" ".join(line.split()) for line in run(folder).stdout.splitlines()]

    assert "A Zertifikatsnummer credential_id" in lines
    assert "B Titel (de) title_de" in lines
    assert "C Titel (en) title_en" in lines
    assert "D Ausgestellt am issued" in lines
    assert "E Issued on – there already" in lines
    assert "F Lernergebnise – did you mean learning_outcomes?" in lines
    assert "G Wabe – not known" in lines
    assert "H X learner_name (your mapping)" in lines


def test_the_longest_suggestion_is_shown_whole(tmp_path: Path) -> None:
    """Beside a long heading too: what to write into the mapping must be readable."""
    head = [*HEAD, "identifier of the awardingbody", "awarding_body_identifer"]

    out = run(csv_of(tmp_path / "s" / "a.csv", [head, ["C1", "T", "B", "2026-07-01", "", ""]])).stdout

    assert "did you mean awarding_body_identifier?" in out


def test_records_that_state_each_element_are_counted(tmp_path: Path) -> None:
    """Said once included; what no record states is named with what to do."""
    rows = [credential(1), credential(2, quality_assurance=""), credential(3, country="")]
    columns = [column for column in rows[0] if not column.startswith("assessment")]

    out = run(write_submission(tmp_path / "s", rows, columns, country="DE")).stdout

    stated = {line.strip()[:-1].rstrip("0123456789 of").strip(): line.split() for line in out.splitlines()}
    assert "s · 3 credentials" in out
    assert [words[-3:] for name, words in stated.items() if "quality assurance" in name.lower()] == [["2", "of", "3"]]
    assert "No record states:" in out
    assert "mapping.yaml" in out


def test_nothing_is_judged(tmp_path: Path) -> None:
    """No score, no finding, no file."""
    folder = write_submission(tmp_path / "s", [credential(1, issued="2099-01-01", valid_from="2099-01-01")])

    result = run(folder)

    assert result.exit_code == 0
    assert "score" not in result.output.lower()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s"]


@pytest.mark.parametrize("sample", ALL)
def test_lines_fit_a_terminal_and_json_holds_the_same_counts(sample: str) -> None:
    """Eighty columns; the number of records, offers, repeats, files and tables is the same in both."""
    shown, counted = run(SAMPLES / sample), run(SAMPLES / sample, "--json")

    (submission,) = json.loads(counted.stdout)
    assert (shown.exit_code, counted.exit_code) == (0, 0)
    assert max(map(len, shown.stdout.splitlines())) <= 80
    first = " ".join(shown.stdout.split())
    assert f"{sample} · {submission['credentials']} credentials" in first
    assert (f"{submission['offers']} learning offers" in first) == (submission["offers"] > 1)
    assert (f"{submission['repeats_left_out']} repeats left out" in first) == (submission["repeats_left_out"] > 1)
    records = sum(file["records"] for file in submission["files"])
    assert records == submission["credentials"] + submission["repeats_left_out"]
    in_tables = [t for file in submission["files"] for t in file["tables"] if t["holds"] == "credentials"]
    assert not in_tables or sum(table["records"] for table in in_tables) == records
    assert all(number <= submission["credentials"] for number in submission["stated"].values())


def test_lines_fit_a_terminal_whatever_the_provider_calls_things(tmp_path: Path) -> None:
    """Long headings, long names of sheets and folders, and words without a blank."""
    head = [*HEAD, "w" * 500, "long words " * 40, "ß" * 90]
    folder = workbook(tmp_path / ("f" * 120) / "a.xlsx", **{"S" * 31: [head, ["C1", "T", "B", "2026-07-01"]]})

    result = run(folder)

    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80


# ---------------------------------------------------------------- what it never shows


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["lines", "json"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_control_characters_never_reach_the_terminal(kind: str, options: list[str], tmp_path: Path) -> None:
    """Escape sequences, the one-byte kind too, bells, and marks that turn the direction of writing."""
    wild = "\x9b2J\u202e\u2028" if kind == "xlsx" else ESCAPE  # a workbook cannot hold the others
    rows = [[*HEAD, f"Wa{wild}be"], ["C1", "T", f"B{wild}", "2026-07-01", "x"]]
    folder = (
        csv_of(tmp_path / "s" / "a.csv", rows)
        if kind == "csv"
        else workbook(tmp_path / "s" / "a.xlsx", **{f"S{wild}": rows, f"T{wild}": [["x"]]})
    )

    result = run(folder, *options)

    assert result.exit_code == 0
    assert [c for c in result.output if not c.isprintable() and c != "\n"] == []
    if options:
        (table, *_) = json.loads(result.stdout)[0]["files"][0]["tables"]
        assert len(table["columns"]) == 5


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["lines", "json"])
def test_no_learner_is_named(options: list[str], tmp_path: Path) -> None:
    """Headings are shown, cells are not: not the good ones, not those of rows left out, not names of files."""
    secret = "Kotrmelcova"
    rows = [
        HEAD,
        ["C1", secret, f"Course of {secret}", "2026-07-01"],
        ["C2", secret, f"{secret} | {secret}", "04/05/2026"],
        ["C3", secret, secret, secret],
        [secret, secret, secret, secret, secret, secret],
        [f"Sum {secret}", "", "", ""],
    ]
    folder = csv_of(tmp_path / "s" / f"{secret}.csv", rows)
    (folder / f"{secret}.json").write_text('{"type": [', encoding="utf-8")

    result = run(folder, *options, "--write-mapping", tmp_path / "mapping.yaml")

    assert "C1" not in result.output
    assert secret not in result.output
    assert secret not in (tmp_path / "mapping.yaml").read_text(encoding="utf-8")


# ---------------------------------------------------------------- JSON


def test_json_tells_what_the_lines_tell(tmp_path: Path) -> None:
    """Sheets, headers, columns, repairs and problems of each submission."""
    folder = workbook(
        tmp_path / "s" / "a.xlsx",
        Liste=[["Title row"], [*HEAD, "Wabe"], ["1.23E+11", "T", "B", "04/05/2026", ""]],
        Preise=[["x", "y"]],
    )

    (submission,) = json.loads(run(folder, "--json").stdout)

    (file,) = submission["files"]
    first, second = file["tables"]
    assert (first["sheet"], first["holds"], first["header_row"], first["records"]) == ("Liste", "credentials", 2, 1)
    assert [(c["letter"], c["read_as"], c["how"]) for c in first["columns"]] == [
        ("A", "credential_id", "heading"),
        ("B", "learner_name", "heading"),
        ("C", "title", "heading"),
        ("D", "issued", "heading"),
        ("E", None, "unknown"),
    ]
    assert first["repairs"] == {"damaged_identifier in credential_id": 1, "ambiguous_dates in issued": 1}
    assert second["holds"] == "unknown"
    assert {"note"} == {problem["kind"] for problem in submission["problems"]}
    assert "Identifiers were cut off by a spreadsheet" in [problem["what"] for problem in submission["problems"]]


def test_what_belongs_to_no_submission_is_told_beside_the_json(tmp_path: Path) -> None:
    """What an archive hides, on standard error; JSON stays alone on standard output."""
    folder = csv_of(tmp_path / "s" / "a.csv", [HEAD, ["C1", "T", "B", "2026-07-01"]])
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("../outside.csv", "x")

    result = run(folder, tmp_path / "b.zip", "--json")

    assert result.exit_code == 3
    assert json.loads(result.stdout)[0]["submission_id"] == "s"
    assert "archive" in result.stderr


def test_a_problem_is_told_once(tmp_path: Path) -> None:
    """Not on standard output and again on standard error."""
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"%PDF-1.7 invented")

    result = run(folder)

    assert result.output.count("A file was not read") == 1


# ---------------------------------------------------------------- exit codes


def test_0_credentials_or_offers_were_read(tmp_path: Path) -> None:
    """Whatever else is to be said of them."""
    folder = csv_of(tmp_path / "s" / "a.csv", [[*HEAD, "Wabe"], ["C1", "", "", "x", ""]])

    assert run(folder).exit_code == 0


@pytest.mark.parametrize("name", ["path", "mapping", "checks", "mapping that cannot be used"])
def test_2_wrong_usage(name: str, tmp_path: Path) -> None:
    """Told before anything is read."""
    folder = csv_of(tmp_path / "s" / "a.csv", [HEAD, ["C1", "T", "B", "2026-07-01"]])
    (tmp_path / "bad.yaml").write_text("colums: {}\n", encoding="utf-8")
    arguments: dict[str, list[object]] = {
        "path": [tmp_path / "none"],
        "mapping": [folder, "--mapping", tmp_path / "none.yaml"],
        "checks": [folder, "--checks", tmp_path / "none"],
        "mapping that cannot be used": [folder, "--mapping", tmp_path / "bad.yaml"],
    }

    result = run(*arguments[name])

    assert result.exit_code == 2
    assert "fix:" in result.stderr
    assert result.stdout == ""


def test_2_a_mapping_is_never_written_over_another_file(tmp_path: Path) -> None:
    """What a person corrected is not lost."""
    folder = csv_of(tmp_path / "s" / "a.csv", [HEAD, ["C1", "T", "B", "2026-07-01"]])
    (tmp_path / "mapping.yaml").write_text("mine", encoding="utf-8")

    result = run(folder, "--write-mapping", tmp_path / "mapping.yaml")

    assert result.exit_code == 2
    assert (tmp_path / "mapping.yaml").read_text(encoding="utf-8") == "mine"


def test_2_a_mapping_is_of_one_provider(tmp_path: Path) -> None:
    """Two submissions have two."""
    for name in ("one", "two"):
        csv_of(tmp_path / "in" / name / "a.csv", [HEAD, ["C1", "T", "B", "2026-07-01"]])

    result = run(tmp_path / "in", "--write-mapping", tmp_path / "mapping.yaml")

    assert result.exit_code == 2
    assert not (tmp_path / "mapping.yaml").exists()


def test_2_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """No traceback."""
    folder = csv_of(tmp_path / "s" / "a.csv", [HEAD, ["C1", "T", "B", "2026-07-01"]])

    result = run(folder, "--write-mapping", tmp_path / "none" / "mapping.yaml")

    assert result.exit_code == 2
    assert "fix:" in result.stderr


def test_3_a_file_could_not_be_read_beside_others(tmp_path: Path) -> None:
    """The others are shown, and the mapping is written."""
    folder = csv_of(tmp_path / "s" / "a.csv", [HEAD, ["C1", "T", "B", "2026-07-01"]])
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 invented")

    result = run(folder, "--write-mapping", tmp_path / "mapping.yaml")

    assert result.exit_code == 3
    assert "1 credential" in result.stdout
    assert yaml.safe_load((tmp_path / "mapping.yaml").read_text(encoding="utf-8"))["columns"]["title"] == "title"


@pytest.mark.parametrize("name", ["an empty folder", "a PDF", "a table nobody knows"])
def test_4_nothing_to_read(name: str, tmp_path: Path) -> None:
    """And what to do about it."""
    folder = tmp_path / "s"
    folder.mkdir()
    if name == "a PDF":
        (folder / "a.pdf").write_bytes(b"%PDF-1.7 invented")
    if name == "a table nobody knows":
        csv_of(folder / "a.csv", [["Wabe", "Waage"], ["1", "2"]])

    result = run(folder)

    assert result.exit_code == 4
    assert "fix:" in result.output
