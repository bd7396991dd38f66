"""A canary learner, planted wherever a name can hide, appears in nothing that leaves the records."""

import json
import logging
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.submissions import COLUMNS, credential, write_submission

ROOT = Path(__file__).parents[1]
CANARY = "Kanarikova"
EMAIL = "zlatka.kanarikova@mail.example"
NUMBER = "77001234987"
BIRTH = "1987-03-29"
NEEDLES = (CANARY.lower(), "zlatka", NUMBER, BIRTH)


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
    scratch = base / "scratch"
    scratch.mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "qa_toolkit", "audit", str(folder), "-o", str(base / "out"), "--as-of", "2026-09-30"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(scratch)},
        capture_output=True,
    )
    assert ran.returncode == 3, ran.stderr.decode()
    left = {"stdout": ran.stdout, "stderr": ran.stderr}
    for path in [*(base / "out").rglob("*"), *scratch.rglob("*")]:
        left[f"name of {path.name}"] = path.name.encode()
        if path.is_file():
            left[path.relative_to(base).as_posix()] = path.read_bytes()
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as archive:
                    left |= {f"{path.name}!{name}": archive.read(name) for name in archive.namelist()}
            if path.suffix == ".parquet":
                left[f"rows of {path.name}"] = str(duckdb.sql(f"SELECT * FROM '{path}'").fetchall()).encode()
    logging.shutdown()
    return left


@pytest.mark.parametrize("needle", NEEDLES)
def test_no_trace_of_the_learner_is_left(needle: str, traces: dict[str, bytes]) -> None:
    """Not in reports, workbooks (zipped XML included), parquet, file names, words on the terminal, scratch files."""
    holding = [name for name, content in traces.items() if needle.encode() in content.lower()]

    assert holding == []


def test_the_canary_s_records_were_audited(traces: dict[str, bytes]) -> None:
    """The test would pass on an empty report: it must not."""
    rows = traces["rows of findings.parquet"].decode()

    assert "f1-r3" in rows or "f2-r3" in rows or "f3-r3" in rows or "f4-r3" in rows
    assert "EL-06" in rows
