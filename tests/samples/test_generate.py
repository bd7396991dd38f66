"""The samples are what their script writes, and everything in them is invented."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "sample_submissions"


def files(folder: Path) -> dict[str, bytes]:
    found = [*folder.glob("*/*"), folder / "planted.csv"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if "__pycache__" not in path.parts}


def test_the_script_writes_the_same_bytes_again(tmp_path: Path) -> None:
    """Seeded, without clock or network."""
    subprocess.run([sys.executable, str(SAMPLES / "generate.py"), str(tmp_path)], check=True)

    assert files(tmp_path) == files(SAMPLES)


def test_addresses_end_in_example_or_are_those_of_the_data_model() -> None:
    """No real school, no real mailbox."""
    allowed = ("data.europa.eu", "publications.europa.eu", "www.w3.org")
    for name, content in files(SAMPLES).items():
        texts = [content]
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(SAMPLES / name) as archive:
                texts = [
                    archive.read(part) for part in archive.namelist() if "worksheets" in part or "sharedStr" in part
                ]
        for text in texts:
            for host in re.findall(rb"(?:https?://|[\w.]+@)([\w.-]+)", text):
                host_name = host.decode().rstrip(".")
                known = host_name.endswith(".example") or host_name in allowed or "openxmlformats" in host_name
                assert known or host_name == "schemas.microsoft.com", (name, host_name)
