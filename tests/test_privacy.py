"""A canary learner, planted wherever a name can hide, appears in nothing that leaves the records."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from qa_toolkit.intake.read import read_submissions
from qa_toolkit.records.store import open_store
from tests.canary import (
    BIRTH,
    CANARY,
    EMAIL,
    IN_A_NAME,
    MAPPING,
    NEEDLES,
    NUMBER,
    OWN_COLUMNS,
    ROOT,
    WHOLE,
    canary_rows,
    holding,
    left_in,
    run,
    write_canary_archive,
    write_canary_table,
    write_canary_workbook,
)
from tests.submissions import COLUMNS, credential, write_submission


def european_digital_credential(**changes: object) -> dict[str, object]:
    """A sealed-looking draft that names the canary in every place a file has for it."""
    return {
        "@context": ["http://data.europa.eu/snb/model/context/edc-ap"],
        "id": f"urn:credential:{CANARY}-1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "validFrom": "2026-01-01T00:00:00Z",
        "issuer": {
            "type": "Organisation",
            "legalName": {"en": "Example College"},
            "contactPoint": {"emailAddress": EMAIL},
        },
        "credentialSubject": {
            "type": "Person",
            "fullName": {"en": f"Zlatka {CANARY}"},
            "dateOfBirth": f"{BIRTH}T22:00:00Z",
            "nationalID": {"type": "LegalIdentifier", "notation": NUMBER},
            "hasClaim": {
                "type": "LearningAchievement",
                "title": {"en": f"Award for Zlatka {CANARY}"},
                "specifiedBy": {
                    "type": "Qualification",
                    "title": {"en": f"Award for {CANARY}"},
                    "volumeOfLearning": "P60M",
                    "eqfLevel": {"id": "http://data.europa.eu/snb/eqf/99", "prefLabel": {"en": f"Level of {CANARY}"}},
                },
            },
        },
    } | changes


@pytest.fixture(scope="module")
def traces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Everything a run leaves: files of the audit folder and of the scratch folder, file names, stdout, stderr."""
    base = tmp_path_factory.mktemp("canary")
    rows = [
        credential(1),
        credential(
            2,
            learner_name=f"Zlatka {CANARY}",
            learner_number=NUMBER,
            learner_birth_date=BIRTH,
            learner_email=EMAIL,
            credential_id=f"HB-{CANARY}-2026",
            title=f"Certificate of {CANARY}",
            learning_outcomes="viz web",
            ects=f"five for {CANARY}",
            workload_hours="",
            eqf_level=f"level of Zlatka {CANARY}",
            issued=f"on {CANARY}'s day",
            assessment_type="attendance",
            country=f"land of {CANARY}",
            further_information=f"{CANARY} asked for it",
        ),
    ]
    folder = write_submission(
        base / "in", rows, [*COLUMNS, "learner_email", "further_information", f"notes of {CANARY}"]
    )
    (folder / f"{CANARY}_Zlatka.json").write_text(json.dumps(european_digital_credential()), encoding="utf-8")
    (folder / f"{CANARY}_broken.json").write_text('{"name": "' + CANARY + '", ', encoding="utf-8")
    (folder / f"{CANARY}.pdf").write_bytes(b"%PDF-1.7 " + CANARY.encode())
    return run_apart(base, ["audit", folder, "-o", base / "out", "--as-of", "2026-09-30"], code=3)


def run_apart(base: Path, command: Sequence[object], code: int) -> dict[str, bytes]:
    """Run the toolkit in a process of its own: nothing that it or a library writes can go by unseen."""
    scratch = base / "scratch"
    scratch.mkdir(exist_ok=True)
    ran = subprocess.run(
        [sys.executable, "-m", "qa_toolkit", *map(str, command)],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(scratch)},
        capture_output=True,
    )
    assert ran.returncode == code, ran.stderr.decode()
    return {"stdout": ran.stdout, "stderr": ran.stderr} | left_in(base)


@pytest.mark.parametrize("needle", NEEDLES)
def test_no_trace_of_the_learner_is_left(needle: str, traces: dict[str, bytes]) -> None:
    """Not in reports, workbooks (zipped XML included), parquet, file names, words on the terminal, scratch files."""
    assert holding(needle, traces) == []


def test_the_canary_s_records_were_audited(traces: dict[str, bytes]) -> None:
    """The test would pass on an empty report: it must not."""
    rows = traces["rows of findings.parquet"].decode()

    assert "f1-r3" in rows or "f2-r3" in rows or "f3-r3" in rows or "f4-r3" in rows
    assert "EL-06" in rows


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A submission with the canary in every name and in cells that cannot be read."""
    base = tmp_path_factory.mktemp("planted")
    write_canary_table(base / "in")
    write_canary_workbook(base / "in" / f"{IN_A_NAME}.xlsx")
    write_canary_archive(base / "in" / f"{IN_A_NAME}.zip", IN_A_NAME)
    (base / "in" / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return base


@pytest.fixture(scope="module")
def audited(planted: Path) -> dict[str, bytes]:
    """What an audit of it leaves in every format, for an agency."""
    settings = planted / "qa-toolkit.toml"
    settings.write_text('[agency]\nname = "Agency of Exampleland"\n', encoding="utf-8")
    options = ["--as-of", "2026-09-30", "--config", settings, "--format", "html,xlsx,csv"]
    return run_apart(planted, ["audit", planted / "in", "-o", planted / "out", *options], code=3)


@pytest.mark.parametrize("needle", NEEDLES)
def test_no_name_and_no_unreadable_cell_leaves_the_records(needle: str, audited: dict[str, bytes]) -> None:
    """Names of files, archives, folders, sheets and columns; rows, numbers, dates and codes that cannot be read."""
    assert holding(needle, audited) == []


def test_what_was_planted_was_read_and_left_out(audited: dict[str, bytes]) -> None:
    """The test would pass on a run that reads nothing: every kind of place must have been come by."""
    result = json.loads(audited["out/result.json"])
    submission = result["submissions"][0]
    told = {problem["what"] for problem in (*submission["problems"], *result["run_problems"])}

    assert sum(file["records"] for file in submission["files"]) >= 16
    assert told >= {
        "A row was left out",
        "A hidden sheet was not read",
        "A file of an archive was left out",
        "A file was not read",
        "Identifiers had become decimal numbers",
        "Identifiers were cut off by a spreadsheet",
        "Formulas hold no value",
    }


@pytest.fixture(scope="module")
def archive_audited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an audit leaves of an archive that is handed in by itself."""
    base = tmp_path_factory.mktemp("archive")
    archive = base / f"{IN_A_NAME}.zip"
    write_canary_archive(archive, f"Zlatka {CANARY} {NUMBER} {BIRTH}")
    return run(base, ["audit", archive, "-o", base / "out", "--as-of", "2026-09-30"], code=3)


@pytest.mark.parametrize("needle", NEEDLES)
def test_an_archive_handed_in_by_itself_gives_no_name(needle: str, archive_audited: dict[str, bytes]) -> None:
    """Neither its own nor that of a folder in it names a submission, a report or a problem."""
    assert holding(needle, archive_audited) == []
    assert "out/submission/report.html" in archive_audited


@pytest.fixture(scope="module")
def inspected(planted: Path) -> dict[str, bytes]:
    """What ``inspect`` says of it, without the lines that show headings and sheets: it is there to show them."""
    left = run(planted, ["inspect", planted / "in"], code=3)
    heading = re.compile(rb"^    [A-Z]{1,3} |^  sheet [0-9]+ ")
    left["stdout"] = b"\n".join(line for line in left["stdout"].splitlines() if not heading.match(line))
    return {name: left[name] for name in ("stdout", "stderr")}


@pytest.mark.parametrize("needle", NEEDLES)
def test_inspect_shows_headings_and_no_cells(needle: str, inspected: dict[str, bytes]) -> None:
    """It is read where the data are, but goes into logs and mails as well."""
    assert holding(needle, inspected) == []


@pytest.mark.parametrize(("readable", "errors"), [(True, 2), (False, 1)], ids=["mistakes", "no YAML"])
def test_a_mapping_with_mistakes_is_told_without_its_values(readable: bool, errors: int, tmp_path: Path) -> None:
    """A heading or a cell that stands in it may be a learner's."""
    folder = write_submission(tmp_path / "in", canary_rows(), OWN_COLUMNS)
    wrong = MAPPING + f"holds: {WHOLE}\ndates: {WHOLE}\n"
    if not readable:
        wrong = wrong.replace("written", "  - written") + f"{CANARY}: x\n"
    (folder / "mapping.yaml").write_text(wrong, encoding="utf-8")

    left = run(tmp_path, ["audit", folder, "-o", tmp_path / "out"], code=2)

    assert left["stderr"].count(b"error:") == errors
    assert [needle for needle in NEEDLES if holding(needle, left)] == []


# --- a learner in the record of another -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The canary in cells of awards to others, and of awards whose own learner is not stated."""
    base = tmp_path_factory.mktemp("elsewhere")
    nobody = dict.fromkeys(("learner_name", "learner_number", "learner_birth_date"), "")
    places = ("eqf_level", "issued", "country", "ects", "credential_id")
    rows = [credential(number, **{name: WHOLE}) for number, name in enumerate(places, 1)]
    rows += [credential(10 + number, **nobody, **{name: WHOLE}) for number, name in enumerate(places)]
    rows.append(credential(20, learner_name=f"Zlatka {CANARY}", learner_number=NUMBER, learner_birth_date=BIRTH))
    folder = write_submission(base / "in", rows)
    return run(base, ["audit", folder, "-o", base / "out", "--as-of", "2026-09-30"], code=0)


@pytest.mark.parametrize("needle", NEEDLES)
def test_a_learner_in_the_record_of_another_is_hidden(needle: str, elsewhere: dict[str, bytes]) -> None:
    """Cells slip by a column or a row; the learner is named in the same table."""
    assert holding(needle, elsewhere) == []


# --- names of submissions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "provider_name", "name"),
    [
        (f"{CANARY}, Zlatka", None, "submission-1"),
        (f"Award of Zlatka {CANARY}", "College of Exampleland", "college-of-exampleland"),
        (f"Zlatka {CANARY}", f"Zlatka {CANARY} Training", "submission-1"),
        (CANARY, None, "submission-1"),
        (NUMBER, None, "submission-1"),
        (f"born {BIRTH}", None, "submission-1"),
        ("college of exampleland", None, "college-of-exampleland"),
    ],
)
def test_a_folder_named_after_a_learner_names_no_report(
    folder: str, provider_name: str | None, name: str, tmp_path: Path
) -> None:
    """It goes by the declared name of its provider, if that names no learner, else by a number."""
    learner = {"learner_name": f"Zlatka {CANARY}", "learner_number": NUMBER, "learner_birth_date": BIRTH}
    write_submission(tmp_path / "in" / folder, [credential(1, **learner)], provider_name=provider_name)
    words = Path("checks/vocabularies").resolve()

    with open_store() as store:
        outcome = read_submissions([tmp_path / "in" / folder], store, [words])
        tables = {
            table: store.connection.execute(f"SELECT DISTINCT submission_id FROM {table}").fetchall()
            for table in ("credentials", "submissions", "files", "origins")
        }

    assert outcome.submissions == (name,)
    assert all(set(rows) == {(name,)} for rows in tables.values())
    neutral = [problem for problem in outcome.problems if problem.what == "A submission was given a neutral name"]
    assert len(neutral) == (name not in folder.replace(" ", "-"))


def test_reports_of_a_table_split_by_learners_name_none(tmp_path: Path) -> None:
    """Every value of the column is a learner: submissions go by numbers, and their providers by no name."""
    rows = [credential(1), credential(2, learner_name=f"Zlatka {CANARY}")]
    folder = write_submission(tmp_path / "in", rows)

    left = run(
        tmp_path,
        ["audit", folder, "-o", tmp_path / "out", "--split-by", "learner_name", "--as-of", "2026-09-30"],
        code=0,
    )

    assert {"out/submission-1/report.html", "out/submission-2/report.html"} <= left.keys()
    assert [needle for needle in NEEDLES if holding(needle, left)] == []


def test_a_heading_that_is_read_names_no_place(tmp_path: Path) -> None:
    """Known by its beginning, or by the mapping: what else stands in it may be a learner's."""
    for name, heading in {"known": f"EQF level ({CANARY})", "mapped": f"Stufe {CANARY}"}.items():
        columns = [heading if column == "eqf_level" else column for column in COLUMNS]
        folder = write_submission(tmp_path / "in" / name, [{**credential(1), heading: "high"}], columns)
        if name == "mapped":
            (folder / "mapping.yaml").write_text(f"columns:\n  {heading}: eqf_level\n", encoding="utf-8")

    left = run(tmp_path, ["audit", tmp_path / "in", "-o", tmp_path / "out", "--as-of", "2026-09-30"], code=0)

    assert {"out/known/report.html", "out/mapped/report.html"} <= left.keys()
    assert left["rows of findings.parquet"].count(b"VAL-01") == 2
    assert holding(CANARY.lower(), left) == []


# --- every output -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All that an audit can say of the canary: every problem, every fix, a summary for machines, a selection."""
    base = tmp_path_factory.mktemp("told")
    options = ["--as-of", "2026-09-30", "--verbose"]
    selected = ["--select", "role:scores", "--json", "--format", "html,xlsx,csv"]
    left = run(base, ["audit", planted / "in", "-o", base / "out" / "selected", *selected, *options], code=3)
    few = ["--select", "EL,VAL", "--format", "json"]
    told = run(base, ["audit", planted / "in", "-o", base / "out" / "few", *few, *options], code=3)
    return left | {f"few {name}": content for name, content in told.items()}


@pytest.mark.parametrize("needle", NEEDLES)
def test_no_format_and_no_word_of_an_audit_names_the_learner(
    needle: str, audited: dict[str, bytes], told: dict[str, bytes]
) -> None:
    """Pages, workbooks, findings.csv, the summary for machines, every problem told."""
    assert {"out/findings.csv", "out/index.html"} <= audited.keys()
    assert b"A hidden sheet was not read" in told["few stderr"]
    assert holding(needle, told) == []
