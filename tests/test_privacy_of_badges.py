"""A canary holder in every place of an Open Badge appears in nothing that leaves the records."""

import base64
import json
import re
import zlib
from pathlib import Path

import pytest

from tests.canary import (
    BIRTH,
    CANARY,
    EMAIL,
    IN_A_NAME,
    MAPPING,
    NEEDLES,
    NUMBER,
    WHOLE,
    holding,
    run,
    write_canary_archive,
    write_canary_table,
    write_canary_workbook,
)


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
def inspected(planted: Path) -> dict[str, bytes]:
    """What ``inspect`` says of it, without the lines that show headings and sheets: it is there to show them."""
    left = run(planted, ["inspect", planted / "in"], code=3)
    heading = re.compile(rb"^    [A-Z]{1,3} |^  sheet [0-9]+ ")
    left["stdout"] = b"\n".join(line for line in left["stdout"].splitlines() if not heading.match(line))
    return {name: left[name] for name in ("stdout", "stderr")}


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
