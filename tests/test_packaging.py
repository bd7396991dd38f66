"""The wheel carries its data and works from any folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.submissions import credential, write_submission

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True
    )
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_carries_checks_templates_and_texts(wheel: Path) -> None:
    """An installed package needs nothing beside it."""
    names = zipfile.ZipFile(wheel).namelist()

    assert "qa_toolkit/checks/frameworks/eu-2022.yaml" in names
    assert "qa_toolkit/locale/en/words.po" in names
    assert "qa_toolkit/records/facts.sql" in names
    assert any(name.startswith("qa_toolkit/report_templates/") for name in names)


@pytest.mark.slow
def test_the_installed_wheel_audits_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    """A fresh environment that sees the dependencies and the wheel, but not the source tree."""
    site = tmp_path / "site"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            str(site),
            str(wheel),
        ],
        check=True,
        capture_output=True,
    )
    write_submission(tmp_path / "work" / "handed-in", [credential(1)])

    ran = subprocess.run(
        [sys.executable, "-m", "qa_toolkit", "audit", "handed-in", "--as-of", "2026-09-30"],
        cwd=tmp_path / "work",
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
    )

    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "work" / "audit-report" / "index.html").is_file()
    assert ran.stderr == ""
