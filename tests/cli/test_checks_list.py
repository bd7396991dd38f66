"""``qa-toolkit checks list``: narrowed by role, principle, severity, element."""

import json

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app


def listed(*options: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, ["checks", "list", "--json", *options])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found


def test_without_options_every_check() -> None:
    """With what the files say of it."""
    (check,) = [one for one in listed() if one["check_id"] == "SIZ-02"]

    assert check["principle"] == "transparency"
    assert check["element"] == "workload"
    assert check["requires"]


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (["--principle", "portable"], lambda one: one["principle"] == "portable"),
        (["--element", "workload,level"], lambda one: one["element"] in ("workload", "level")),
        (["--role", "asks"], lambda one: "asks" in [case["role"] for case in one["outcomes"]]),
        (["--severity", "critical"], lambda one: "blocker" in [case["severity"] for case in one["outcomes"]]),
        (
            ["--role", "scores", "--principle", "authentic", "--principle", "quality"],
            lambda one: (
                one["principle"] in ("authentic", "quality") and "scores" in [case["role"] for case in one["outcomes"]]
            ),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_all_options_hold_by_any_of_their_values(options: list[str], holds: object) -> None:
    """And nothing that fits is missing."""
    assert callable(holds)
    everything = listed()

    shown = listed(*options)

    assert shown
    assert [one["check_id"] for one in shown] == [one["check_id"] for one in everything if holds(one)]


def test_the_list_for_people_is_wrapped_and_counted() -> None:
    """80 columns, nothing cut."""
    text = CliRunner().invoke(app, ["checks", "list", "--element", "workload"]).stdout

    assert max(len(line) for line in text.splitlines()) <= 80
    assert text.splitlines()[-1] == f"{len(listed('--element', 'workload'))} checks"


def test_a_narrowing_that_leaves_nothing_says_so() -> None:
    """An empty page would look like a mistake."""
    result = CliRunner().invoke(app, ["checks", "list", "--principle", "portable", "--element", "workload"])

    assert "No check is all of this at once." in result.stdout
