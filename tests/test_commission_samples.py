"""The Commission's own sample of a micro-credential, sealed and unsealed: what an audit finds in it, and what not."""

import shutil
from pathlib import Path

import duckdb
import pytest

from qa_toolkit.auditing import audit
from qa_toolkit.result import ElementTally, SubmissionResult
from tests.conftest import AS_OF, SHARED_SAMPLES

FOLDER = (
    SHARED_SAMPLES / "european-commission-empl__European-Learning-Model" / "Credentials" / "JSON-LD_Examples_(ELM_v3)"
)

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder of public samples is not beside the repository")


def audited(name: str, tmp_path: Path) -> tuple[SubmissionResult, set[tuple[str, str]]]:
    handed_in = tmp_path / "handed-in"
    handed_in.mkdir()
    shutil.copy(FOLDER / name, handed_in / name)
    result = audit([handed_in], tmp_path / "out", as_of=AS_OF).result
    findings = duckdb.sql(f"SELECT check_id, \"case\" FROM '{tmp_path / 'out' / 'findings.parquet'}'").fetchall()
    return result.submissions[0], set(findings)


def elements(submission: SubmissionResult) -> dict[str, ElementTally]:
    return {tally.element: tally for tally in submission.elements if tally.mandatory}


def test_the_sealed_sample_shows_ten_of_the_eleven_mandatory_elements(tmp_path: Path) -> None:
    """It states no quality assurance; tuning a rule until it passes would be dishonest."""
    submission, findings = audited("Sample-MC-Annex1-signed.jsonld", tmp_path)

    stated = {element for element, tally in elements(submission).items() if tally.stated == 1}
    assert len(stated) == 10
    assert "quality_assurance" not in stated
    assert ("EL-11", "") in findings
    assert submission.evidence_forms == {"document": 1}


def test_the_unsealed_sample_is_a_draft_with_nine_of_ten_applicable_elements(tmp_path: Path) -> None:
    """The issue date does not apply: it is added when the credential is sealed."""
    submission, findings = audited("Sample-MC-Annex1-unsigned.jsonld", tmp_path)

    tallies = elements(submission)
    outcome = next(check for check in submission.checks if check.check_id == "EL-05")
    assert submission.evidence_forms == {"draft": 1}
    assert tallies["issued"].not_applicable == 1
    assert sum(tally.stated for tally in tallies.values()) == 9
    assert sum(tally.not_applicable for tally in tallies.values()) == 1
    assert outcome.status == "not_applicable"
    assert "sealed" in (outcome.reason or "")
    assert not any(check_id == "EL-05" for check_id, _ in findings)


@pytest.mark.parametrize("name", ["Sample-MC-Annex1-signed.jsonld", "Sample-MC-Annex1-unsigned.jsonld"])
@pytest.mark.parametrize(
    ("what", "finding"),
    [
        ("the workload P60M is sixty months", ("VAL-06", "months")),
        ("the birth date is shifted by the time zone", ("VAL-17", "")),
        ("validFrom lies before the learning activity", ("AUT-06", "before_activity")),
    ],
)
def test_three_known_oddities_are_found_on_both(name: str, what: str, finding: tuple[str, str], tmp_path: Path) -> None:
    """They are in the files as published."""
    _, findings = audited(name, tmp_path)

    assert finding in findings, what


def test_valid_before_issue_is_noted_on_the_sealed_file(tmp_path: Path) -> None:
    """AUT-06 names the worse case: valid before the learning began."""
    _, findings = audited("Sample-MC-Annex1-signed.jsonld", tmp_path)

    assert {case for check_id, case in findings if check_id == "AUT-06"} == {"before_activity"}


def test_the_upload_wrapper_is_read_as_a_draft(tmp_path: Path) -> None:
    """The wrapper has no context of its own; what it wraps is the credential."""
    submission, _ = audited("Sample-MC-Annex1-unsigned-uploadable.json", tmp_path)

    assert submission.evidence_forms == {"draft": 1}
    assert submission.credentials == 1
