"""Audits of three honest credentials and what lies beside them."""

import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from tests.cli.gauntlet.audited import Audit, Audited, collect
from tests.submissions import credential, write_submission

FEW = ("--select", "EL-02", "--format", "json")
"""One check and no page: enough to read a file and to tell what is wrong. ``test_together`` runs every check over all
the files at once, ``test_bounds`` writes every report."""


@pytest.fixture
def honest(tmp_path: Path) -> Path:
    """Three honest credentials in a folder ``handed-in``."""
    return write_submission(tmp_path / "handed-in", [credential(number) for number in (1, 2, 3)])


@pytest.fixture
def audit_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """Audit paths in this process, with every check and every report."""

    def run(*arguments: object) -> Audited:
        scratch, out = tmp_path / "scratch", tmp_path / "out"
        scratch.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(scratch))
        words = ["audit", *map(str, arguments), "-o", str(out), "--as-of", "2026-09-30"]
        ran = CliRunner().invoke(app, words)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        return collect(ran.exit_code, ran.stderr, out, scratch)

    return run


@pytest.fixture
def audit(audit_whole: Audit) -> Audit:
    """Audit paths in this process: read, told and counted as ever, but one check and no report."""
    return lambda *arguments: audit_whole(*arguments, *FEW)
