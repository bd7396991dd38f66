"""A canary learner, and everything that a run of the toolkit leaves and says."""

import io
import logging
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from tests.submissions import COLUMNS, credential, write_submission

ROOT = Path(__file__).parents[1]
CANARY = "Kanarikova"
EMAIL = "zlatka.kanarikova@mail.example"
NUMBER = "77001234987"
BIRTH = "1987-03-29"
NEEDLES = (CANARY.lower(), "zlatka", NUMBER, BIRTH)
WHOLE = f"Zlatka {CANARY} {NUMBER} {BIRTH} {EMAIL}"
"""The learner in one text, for every place that a provider may write it into."""
IN_A_NAME = f"{CANARY}_Zlatka_{NUMBER}_{BIRTH}"
"""The same as the name of a file or folder."""


def run(base: Path, command: Sequence[object], code: int) -> dict[str, bytes]:
    """Run the toolkit here; everything it leaves in ``base/out`` and the scratch folder, says and logs."""
    scratch = base / "scratch"
    scratch.mkdir(exist_ok=True)
    logged = io.StringIO()
    handler = logging.StreamHandler(logged)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(scratch))
        logging.getLogger().addHandler(handler)
        try:
            ran = CliRunner().invoke(app, [str(word) for word in command])
        finally:
            logging.getLogger().removeHandler(handler)
    assert ran.exit_code == code, ran.stderr
    said = {"stdout": ran.stdout_bytes, "stderr": ran.stderr_bytes, "log": logged.getvalue().encode()}
    return said | left_in(base)


def left_in(base: Path) -> dict[str, bytes]:
    """Names and contents of the files in ``base/out`` and the scratch folder, packed ones unpacked."""
    left: dict[str, bytes] = {}
    for path in [*(base / "out").rglob("*"), *(base / "scratch").rglob("*")]:
        left[f"name of {path.name}"] = path.name.encode()
        if path.is_file():
            left[path.relative_to(base).as_posix()] = path.read_bytes()
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as archive:
                    left |= {f"{path.name}!{name}": archive.read(name) for name in archive.namelist()}
            if path.suffix == ".parquet":
                left[f"rows of {path.name}"] = str(duckdb.sql(f"SELECT * FROM '{path}'").fetchall()).encode()
    return left


def holding(needle: str, left: Mapping[str, bytes]) -> list[str]:
    """What of it holds the needle."""
    return [name for name, content in left.items() if needle.encode() in content.lower()]


OWN_COLUMNS = [*COLUMNS, "learner_email", "further_information", f"Bemerkung zu {WHOLE}", "Prüfung"]
MAPPING = f"""# {WHOLE} asked for this
mapping_version: '1'
columns:
  Bemerkung zu {WHOLE}: nothing
  Prüfung: nothing
values:
  assessment_type:
    Klausur von {WHOLE}: written examination
"""


def canary_rows() -> list[dict[str, str]]:
    """Awards to the canary, each of whose cells says so, in one way that can be read or in one that cannot."""
    learner = {
        "learner_name": f"Zlatka {CANARY}",
        "learner_number": f"{NUMBER}.0",
        "learner_birth_date": BIRTH,
        "learner_email": EMAIL,
        f"Bemerkung zu {WHOLE}": WHOLE,
    }
    told = {"title": f"Award for {WHOLE}", "further_information": f"{WHOLE} asked for it"}
    unreadable = dict.fromkeys(("ects", "workload_hours", "eqf_level", "issued", "valid_from"), f"5 {WHOLE}")
    coded = dict.fromkeys(("country", "cycle", "participation", "quality_assurance"), f"{WHOLE} said")
    return [
        credential(1),
        credential(2, **learner, **told, credential_id=f"HB-{IN_A_NAME}", learning_outcomes="viz web"),
        credential(3, **learner, credential_id=f"{NUMBER}.0", title="viz web", ects=""),
        credential(4, **learner, **unreadable, assessment_date="x", activity_start=f"on the day of {WHOLE}"),
        credential(5, **learner, **coded, title_language=WHOLE, assessment_type=f"Klausur von {WHOLE}", ects="0"),
        credential(6, **learner, credential_id="7.7001E+10", awarding_body=WHOLE, learning_outcomes=WHOLE, issued=""),
    ]


def write_canary_table(folder: Path) -> None:
    """A table in a file named after the canary, with two rows that cannot be read."""
    write_submission(folder, canary_rows(), OWN_COLUMNS)
    table = folder / "credentials.csv"
    with table.open("a", encoding="utf-8") as file:
        file.write(f"HB-{CANARY}{',x' * 40},{WHOLE}\n")
        file.write(f'HB-{CANARY},"Award for {WHOLE}, never closed\n')
    table.rename(folder / f"{IN_A_NAME}.csv")


def write_canary_workbook(path: Path) -> None:
    """A workbook whose sheets are named after the canary: one of awards, one hidden, one of nothing that is known."""
    book = openpyxl.Workbook()
    awards = book.active
    assert awards is not None
    awards.title = f"Zlatka {CANARY}"
    awards.append(OWN_COLUMNS)
    for row in canary_rows()[1:]:
        awards.append([f"X{row[name]}" if name == "credential_id" else row.get(name, "") for name in OWN_COLUMNS])
    awards.append([f'="{WHOLE}"', f'="{WHOLE}"'])
    hidden = book.create_sheet(f"{NUMBER} {BIRTH}")
    hidden.append([WHOLE])
    hidden.sheet_state = "hidden"
    book.create_sheet(f"{CANARY} other").append([WHOLE])
    book.properties.creator = WHOLE
    book.save(path)


def write_canary_archive(path: Path, folder: str) -> None:
    """A zip of a table, of a file that climbs out and of a damaged one, all in a folder named after the canary."""
    path.parent.mkdir(exist_ok=True)
    source = write_submission(path.parent / "packed", [credential(21), *canary_rows()[1:]], OWN_COLUMNS)
    content = (source / "credentials.csv").read_text(encoding="utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{folder}/{IN_A_NAME}.csv", content)
        archive.writestr(f"{folder}/../../{IN_A_NAME}.csv", content)
        archive.writestr(f"{folder}/{CANARY}{'n' * 300}.csv", content)
        archive.writestr(f"{folder}/{IN_A_NAME}.pdf", "%PDF-1.7")
    for file in source.iterdir():
        file.unlink()
    source.rmdir()
