"""No learner of the sample submissions appears in any output of an audit."""

import json
import re

import pytest

from qa_toolkit.intake.read import read_submissions
from qa_toolkit.records.store import open_store
from tests.canary import ROOT, run

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
