"""A canary learner, planted wherever a name can hide, appears in nothing that leaves the records."""

import base64
import io
import json
import logging
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.intake.read import read_submissions
from qa_toolkit.records.store import open_store
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


@pytest.mark.parametrize("needle", NEEDLES)
def test_no_trace_of_the_learner_is_left(needle: str, traces: dict[str, bytes]) -> None:
    """Not in reports, workbooks (zipped XML included), parquet, file names, words on the terminal, scratch files."""
    assert holding(needle, traces) == []


def test_the_canary_s_records_were_audited(traces: dict[str, bytes]) -> None:
    """The test would pass on an empty report: it must not."""
    rows = traces["rows of findings.parquet"].decode()

    assert "f1-r3" in rows or "f2-r3" in rows or "f3-r3" in rows or "f4-r3" in rows
    assert "EL-06" in rows


# --- names of files, folders, sheets and columns; cells that cannot be read -------------------------------------------

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


# --- Open Badges ------------------------------------------------------------------------------------------------------

HASH = "sha256$5f9c4ab08cac7457e9111a30e4664920607ea2c115a1433d7be98e97e64244ca"
SALT = "k4n4r1k"


def open_badge(**changes: object) -> dict[str, object]:
    """A badge that names the canary in every place a badge has for it, and states hardly anything else."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": f"https://badges.example/{CANARY}/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"Badge of {WHOLE}",
        "issuer": {"id": f"https://badges.example/{CANARY}", "name": "Example College", "email": EMAIL},
        "validFrom": f"on the day of {WHOLE}",
        "credentialSubject": {
            "id": f"https://badges.example/students/{IN_A_NAME}",
            "name": f"Zlatka {CANARY}",
            "profile": {"dateOfBirth": f"{BIRTH}T22:00:00Z", "email": EMAIL, "address": {"streetAddress": WHOLE}},
            "identifier": [
                {"hashed": True, "identityHash": HASH, "identityType": "emailAddress", "salt": SALT},
                {"hashed": False, "identityHash": NUMBER, "identityType": "nationalIdentityNumber"},
                {"hashed": False, "identityHash": EMAIL, "identityType": "emailAddress"},
            ],
            "result": [{"value": f"10 for {WHOLE}"}],
            "achievement": {
                "type": ["Achievement"],
                "name": f"Award for {WHOLE}",
                "description": f"{WHOLE} asked for it",
                "criteria": {"narrative": f"{CANARY}"},
                "ECTS": f"five for {WHOLE}",
                "assessmentType": f"a talk by {WHOLE}",
                "participationType": f"{WHOLE} came",
                "alignment": [
                    {"targetType": "ext:EQF", "targetCode": f"level of {WHOLE}"},
                    {"targetType": "ext:QualityAssurance", "targetName": f"{WHOLE} looked"},
                ],
            },
        },
        "evidence": [{"narrative": WHOLE}],
    } | changes


def compact(payload: object) -> str:
    """A compact signature of nobody."""
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "none"}, payload))
    return ".".join(part.decode() for part in encoded) + ".AAAA"


@pytest.fixture(scope="module")
def badges(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an audit and an inspection leave of badges to the canary, in lines, tokens, a picture, whole and broken."""
    base = tmp_path_factory.mktemp("badges")
    folder = base / "in"
    folder.mkdir()
    lines = [
        json.dumps(open_badge()),
        compact(open_badge(id=None)),
        compact({"vc": open_badge(id=None, validFrom=None), "jti": WHOLE, "sub": WHOLE, "iss": WHOLE}),
        json.dumps(open_badge(id=f"urn:{CANARY}:4")).replace('"type"', f'"{CANARY}": 1, "{CANARY}": 2, "type"', 1),
        json.dumps(open_badge())[:-9],
        compact(WHOLE)[:-20],
        json.dumps({"type": ["EndorsementCredential"], "credentialSubject": {"endorsementComment": WHOLE}}),
        json.dumps({CANARY: WHOLE}),
    ]
    (folder / f"{IN_A_NAME}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / f"{IN_A_NAME}.jwt").write_text(compact(open_badge(id="urn:5")), encoding="utf-8")
    text = b"openbadgecredential" + bytes(5) + json.dumps(open_badge(id="urn:6")).encode()
    chunk = len(text).to_bytes(4, "big") + b"iTXt" + text + zlib.crc32(b"iTXt" + text).to_bytes(4, "big")
    (folder / f"{IN_A_NAME}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    (folder / f"{IN_A_NAME}-damaged.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk[:-3])
    left = run(base, ["audit", folder, "-o", base / "out", "--as-of", "2026-09-30"], code=3)
    inspected = run(base, ["inspect", folder], code=3)
    return left | {"inspected": inspected["stdout"] + inspected["stderr"]}


@pytest.mark.parametrize("needle", [*NEEDLES, HASH, SALT])
def test_no_trace_of_the_holder_of_a_badge_is_left(needle: str, badges: dict[str, bytes]) -> None:
    """Names, addresses, numbers, and what an address was hashed to: who has the address can hash it again."""
    assert holding(needle, badges) == []


def test_the_badges_of_the_canary_were_audited(badges: dict[str, bytes]) -> None:
    """Six of them, with findings; what could not be read was told."""
    submission = json.loads(badges["out/result.json"])["submissions"][0]

    assert submission["credentials"] == 6
    assert {problem["what"] for problem in submission["problems"]} >= {
        "An item was left out",
        "An endorsement was passed over",
        "A property is said twice in one object",
        "A file was not read",
    }
    assert "VAL-05" in badges["rows of findings.parquet"].decode()


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


SAMPLES = sorted(path for path in (ROOT / "sample_submissions").iterdir() if any(path.glob("*.yaml")))


@pytest.fixture(scope="module")
def samples_audited(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """All that an audit of the sample submissions leaves and says, in every format."""
    base = tmp_path_factory.mktemp("samples")
    options = ["--as-of", "2026-09-30", "--format", "html,xlsx,csv", "--verbose"]
    left = run(base, ["audit", *SAMPLES, "-o", base / "out", *options], code=0)
    assert {f"out/{sample.name}/report.html" for sample in SAMPLES} <= left.keys()
    return b"\n".join(left.values()).lower()


def test_no_output_of_the_samples_names_a_learner(samples_audited: bytes) -> None:
    """Names, addresses and numbers of all learners of all sample submissions."""
    with open_store() as store:
        read_submissions(SAMPLES, store, [ROOT / "checks" / "vocabularies"])
        learners = store.connection.execute(
            "SELECT DISTINCT unnest(list_concat([learner_name, learner_email, learner_key], list_transform("
            "learner_identifiers, lambda identifier: regexp_replace(identifier, '^[^:]*:', '')))) FROM credentials"
        ).fetchall()
    needles = {text for (text,) in learners if text and len(text) >= 6}

    assert len(SAMPLES) >= 5
    assert len(needles) > 1000
    content = samples_audited.decode("utf-8", "replace")
    words = set(re.findall("[0-9a-z]+", content))  # seven figures stand in many a hash by chance
    found = {needle for needle in needles if (needle in words if needle.isdigit() else needle.lower() in content)}
    assert found == set()


def test_the_sample_of_badges_leaves_no_holder(samples_audited: bytes) -> None:
    """Neither names nor hashed addresses nor keys of the 150 holders; nor the names of its files."""
    folder = ROOT / "sample_submissions" / "stichting-polderbadges"
    lines = (folder / "badges-2026.jsonl").read_text(encoding="utf-8").splitlines()
    holders = [json.loads(line)["credentialSubject"] for line in lines if line.startswith("{")]
    needles = {entry["identityHash"] for holder in holders for entry in holder.get("identifier", [])}
    needles |= {holder[name] for holder in holders for name in ("name", "id") if name in holder}
    needles |= {path.stem for path in folder.iterdir() if path.suffix in (".jwt", ".png", ".txt")}

    assert len(needles) > 140
    assert {needle for needle in needles if needle.lower().encode() in samples_audited} == set()
