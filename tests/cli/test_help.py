"""Help answers at once, and the docs say what the commands say."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "init",
    "inspect",
    "audit",
    "report",
    "checks list",
    "checks show",
    "checks lint",
    "checks export",
    "contexts add",
    "contexts list",
    "frameworks show",
    "schema",
    "review export",
    "review import",
    "review status",
    "waivers lint",
    "waivers list",
    "registers add",
    "registers list",
    "registers check",
    "registers kinds",
    "schemes list",
    "schemes show",
    "schemes lint",
)


def test_help_imports_nothing_heavy() -> None:
    """`--help` must not wait for Great Expectations, matplotlib, openpyxl, pandas or DuckDB."""
    script = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from qa_toolkit.cli.app import app\n"
        "assert CliRunner().invoke(app, ['audit', '--help']).exit_code == 0\n"
        "print([m for m in ('great_expectations','matplotlib','openpyxl','pandas','duckdb') if m in sys.modules])\n"
    )

    output = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert output.strip() == "[]"


def test_help_answers_at_once() -> None:
    """In 0.3 seconds of processor time, the start of Python included; the best of three, because others work too."""
    import resource

    def used() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "qa_toolkit", "--help"], cwd=ROOT, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(used() for _ in range(3)) < 0.3


def test_help_of_every_command_is_not_cut() -> None:
    """The list of commands says whole sentences."""
    for command in ("", "checks", "contexts", "frameworks"):
        text = CliRunner().invoke(app, [*command.split(), "--help"]).stdout
        assert "..." not in text.split("Commands:")[1]
        assert "…" not in text


def test_completion_works_offline_by_the_name_of_the_command() -> None:
    """Commands, options and ids of checks."""
    import os

    def completed(words: str) -> str:
        environment = os.environ | {
            "_QA_TOOLKIT_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        }
        command = [sys.executable, "-m", "qa_toolkit"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment).stdout

    assert "audit" in completed("qa-toolkit aud").split()
    assert "--fail-on" in completed("qa-toolkit audit --fa").split()
    assert "SIZ-02" in completed("qa-toolkit checks show SIZ").split()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    """Each has a help text that names its arguments."""
    result = CliRunner().invoke(app, [*command.split(), "--help"])

    assert result.exit_code == 0
    assert "Usage:" in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_user_guide(command: str) -> None:
    """Commands and docs stay in step."""
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")

    assert f"qa-toolkit {command}" in guide


def test_the_user_guide_names_no_command_that_is_not_there() -> None:
    """What is not built does not appear in the docs."""
    import re

    texts = [(ROOT / "README.md"), *(ROOT / "docs").glob("*.md")]
    named = {
        match.group(1)
        for text in texts
        for match in re.finditer(
            r"qa-toolkit ([a-z]+(?: (?:list|show|lint|export))?)\b", text.read_text(encoding="utf-8")
        )
    }
    groups = {command.split()[0] for command in COMMANDS}

    assert {name.split()[0] for name in named} <= groups
