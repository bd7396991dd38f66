"""The samples are what their script writes, sealed as said, and everything in them is invented."""

import base64
import csv
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from openpyxl import load_workbook

SAMPLES = Path(__file__).parents[2] / "sample_submissions"
SCHOOL = SAMPLES / "laanemere-rakenduskool"
# Columns of the template that a check may point at.
COLUMNS_OF = {
    "ASM-08": {"assessment_date"},
    "AUT-04": {"issued"},
    "AUT-06": {"valid_from"},
    "AUT-14": {"learner_name"},
    "EL-02": {"title"},
    "EL-07": {"workload"},
    "EL-08": {"eqf_level"},
    "EL-11": {"quality_assurance"},
    "EL-12": {"prerequisites"},
    "EL-14": {"grade"},
    "LO-02": {"learning_outcomes"},
    "POR-03": {"credential_id"},
    "PTH-01": {"stackability"},
    "SIZ-02": {"ects", "workload"},
    "SIZ-10": {"title"},
    "VAL-02": {"eqf_level"},
    "VAL-05": {"ects", "workload"},
    "VAL-13": {"isced_f"},
}
HEADER = ["check", "case", "submission", "record", "place", "kind", "note"]


def files(folder: Path) -> dict[str, bytes]:
    found = [*folder.glob("*/*"), folder / "planted.csv"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if "__pycache__" not in path.parts}


def texts(name: str, content: bytes) -> list[bytes]:
    """What a file says: of a workbook, its cells."""
    if not name.endswith(".xlsx"):
        return [content]
    with zipfile.ZipFile(SAMPLES / name) as archive:
        return [archive.read(part) for part in archive.namelist() if "worksheets" in part or "sharedStr" in part]


def planted() -> list[dict[str, str]]:
    with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def credentials() -> dict[str, tuple[str, dict[str, Any]]]:
    """File name -> how it is handed in, and the credential."""
    found = {}
    for path in SCHOOL.glob("*.json*"):
        document = json.loads(path.read_text(encoding="utf-8"))
        if "payload" in document:
            found[path.name] = ("sealed", json.loads(document["payload"]))
        elif "credential" in document:
            found[path.name] = ("wrapped", document["credential"])
        else:
            found[path.name] = ("draft", document)
    return found


def values_of(node: Any, name: str) -> Iterator[Any]:
    """Values of a property anywhere below a node."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key == name:
            yield value
        yield from values_of(value, name)


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_script_writes_the_same_bytes_again(tmp_path: Path) -> None:
    """Seeded, without clock or network."""
    subprocess.run([sys.executable, str(SAMPLES / "generate.py"), str(tmp_path)], check=True)

    assert files(tmp_path) == files(SAMPLES)


def test_the_table_of_what_is_planted_is_well_formed() -> None:
    """Every row names a check, a submission, a kind, and a record with its place or a count."""
    with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == HEADER
    rows = planted()
    for row in rows:
        assert re.fullmatch(r"[A-Z]{2,3}-[0-9]{2}", row["check"]), row
        assert (SAMPLES / row["submission"]).is_dir(), row
        if row["kind"] == "informs":
            assert (row["record"], row["place"]) == ("*", "")
            assert re.match(r"count=[0-9]+; ", row["note"]), row
        else:
            assert row["kind"] in ("planted", "trap")
            file_number = re.fullmatch(r"f([0-9]+)(-r[0-9]+)?", row["record"])
            assert file_number is not None, row
            assert row["place"].startswith(f"file {file_number[1]}, "), row
    keys = [(row["check"], row["case"], row["submission"], row["record"], row["kind"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_no_record_is_planted_and_a_trap_for_one_case() -> None:
    """A record cannot be at fault and honest at once."""
    rows = {
        kind: {(r["check"], r["case"], r["submission"], r["record"]) for r in planted() if r["kind"] == kind}
        for kind in ("planted", "trap")
    }

    assert rows["planted"] & rows["trap"] == set()


@pytest.mark.parametrize(
    ("submission", "check", "number"),
    [
        ("hochschule-wellenberg", "EL-11", 5),
        ("hochschule-wellenberg", "SIZ-02", 3),
        ("hochschule-wellenberg", "VAL-02", 2),
        ("hochschule-wellenberg", "ASM-08", 2),
        ("hochschule-wellenberg", "POR-03", 1),
        ("hochschule-wellenberg", "VAL-05", 2),
        ("hochschule-wellenberg", "VAL-13", 1),
        ("hochschule-wellenberg", "PTH-01", 3),
        ("hochschule-wellenberg", "AUT-04", 1),
        ("laanemere-rakenduskool", "EL-11", 5),
        ("laanemere-rakenduskool", "VAL-06", 3),
        ("laanemere-rakenduskool", "AUT-06", 2),
        ("laanemere-rakenduskool", "VAL-02", 2),
        ("laanemere-rakenduskool", "EL-07", 2),
        ("laanemere-rakenduskool", "VAL-20", 2),
        ("laanemere-rakenduskool", "POR-06", 3),
        ("laanemere-rakenduskool", "SIZ-04", 2),
        ("laanemere-rakenduskool", "AUT-09", 2),
    ],
)
def test_each_defect_is_planted_as_often_as_the_profile_says(submission: str, check: str, number: int) -> None:
    """Counts of the sample profiles; of two awards under one number the second is at fault."""
    rows = [r for r in planted() if (r["submission"], r["check"], r["kind"]) == (submission, check, "planted")]

    assert len(rows) == number


def test_forty_distinct_credentials_in_three_forms() -> None:
    """26 sealed, 10 drafts, 4 wrapped: two without where to deliver them; no two the same."""
    found = credentials()
    forms = [form for form, _ in found.values()]

    assert {form: forms.count(form) for form in set(forms)} == {"sealed": 26, "draft": 10, "wrapped": 4}
    assert len({credential["id"] for _, credential in found.values()}) == 40
    wrappers = [
        json.loads((SCHOOL / name).read_text("utf-8")) for name, (form, _) in found.items() if form == "wrapped"
    ]
    assert sorted("deliveryDetails" in wrapper for wrapper in wrappers) == [False, False, True, True]


def test_only_drafts_lack_what_sealing_adds() -> None:
    """Issue date and issuer come with the seal."""
    for form, credential in credentials().values():
        assert ({"issued", "issuanceDate", "issuer"} <= credential.keys()) == (form == "sealed")


def test_seals_hold_but_for_the_two_changed_afterwards() -> None:
    """The payload is signed as it stands (b64 false), as European Digital Credentials do; the key is in the header."""
    broken = set()
    for number, path in enumerate(sorted(SCHOOL.glob("*.json*")), 1):
        document = json.loads(path.read_text(encoding="utf-8"))
        if "payload" not in document:
            continue
        (signature,) = document["signatures"]
        header = json.loads(decoded(signature["protected"]))
        assert (header["alg"], header["b64"], header["crit"]) == ("EdDSA", False, ["b64"])
        signed = f"{signature['protected']}.{document['payload']}".encode()
        try:
            Ed25519PublicKey.from_public_bytes(decoded(header["jwk"]["x"])).verify(
                decoded(signature["signature"]), signed
            )
        except InvalidSignature:
            broken.add(f"f{number}")

    assert broken == {row["record"] for row in planted() if row["check"] == "AUT-09"}


def test_addresses_end_in_example_or_are_those_of_the_data_model() -> None:
    """No real school, no real mailbox."""
    allowed = ("data.europa.eu", "publications.europa.eu", "www.w3.org", "schemas.microsoft.com")
    for name, content in files(SAMPLES).items():
        for text in texts(name, content):
            for host in re.findall(rb"(?:https?://|[\w.]+@)([\w.-]+)", text):
                host_name = host.decode().rstrip(".")
                known = host_name.endswith(".example") or host_name in allowed or "openxmlformats" in host_name
                assert known, (name, host_name)


def test_register_numbers_are_zeros() -> None:
    """No real organisation: identifiers of organisations hold no other digit, and no text looks like a VAT number."""
    for _, credential in credentials().values():
        for name in ("registration", "eIDASIdentifier", "vatIdentifier", "taxIdentifier"):
            for identifier in values_of(credential, name):
                assert set(re.findall(r"\d", identifier["notation"])) == {"0"}
    for name, content in files(SAMPLES).items():
        for text in texts(name, content):
            for digits in re.findall(rb"\b(?:DE|EE|NTREE-|VATEE-|VATDE-)([0-9]{8,9})\b", text):
                assert set(digits) == {ord("0")}, name


def test_national_numbers_are_none_that_the_country_could_give() -> None:
    """An Estonian personal code starts with 1 to 8."""
    numbers = [
        entry["notation"] for _, credential in credentials().values() for entry in values_of(credential, "nationalID")
    ]

    assert len(numbers) == 3
    assert all(number.startswith("0") for number in numbers)


def test_places_lead_somewhere() -> None:
    """A cell under its column's name, or a JSON pointer of which at least the parent is there."""
    sheet = load_workbook(SAMPLES / "hochschule-wellenberg" / "nachweise-2026.xlsx")["Credentials"]
    paths = sorted(SCHOOL.glob("*.json*"))
    for row in planted():
        if row["kind"] == "informs":
            continue
        if row["submission"] == "hochschule-wellenberg":
            match = re.fullmatch(r"file 1, sheet Credentials, row ([0-9]+), cell ([A-Z]+)\1", row["place"])
            assert match is not None, row
            assert row["record"] == f"f1-r{match[1]}"
            assert sheet[f"{match[2]}1"].value in COLUMNS_OF[row["check"]], row
        else:
            number, pointer = row["place"].removeprefix("file ").split(", ")
            form, credential = credentials()[paths[int(number) - 1].name]
            assert pointer.startswith({"sealed": "/payload#/", "wrapped": "/credential/", "draft": "/"}[form]), row
            node: Any = credential
            for step in pointer.removeprefix("/payload#").removeprefix("/credential/").strip("/").split("/")[:-1]:
                node = node[step]
            assert isinstance(node, dict)
