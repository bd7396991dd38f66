"""An option goes before the environment, that before the file, that before the default."""

import tomllib
from pathlib import Path

import pytest

from qa_toolkit.configuration.merge import as_toml, merge
from qa_toolkit.configuration.read import Configuration, ConfigurationError, read_configuration
from qa_toolkit.configuration.settings import SETTINGS, Setting

FILE = Configuration(audit={"framework": "of the file", "split-by": "of the file"}, lines={"audit.framework": 3})


@pytest.mark.parametrize(
    ("option", "variable", "file", "value", "origin"),
    [
        ("of the option", "of the variable", FILE, "of the option", "--framework"),
        (None, "of the variable", FILE, ("of the variable",), "QA_TOOLKIT_FRAMEWORK"),
        (None, None, FILE, "of the file", "qa-toolkit.toml, line 3"),
        (None, None, None, ("eu-2022",), "default"),
    ],
)
def test_precedence(
    option: str | None, variable: str | None, file: Configuration | None, value: str | tuple[str, ...], origin: str
) -> None:
    """With the origin of what holds."""
    environment = {"QA_TOOLKIT_FRAMEWORK": variable} if variable else {}

    merged = merge({"framework": option}, environment, file)

    assert (merged["framework"].value, merged["framework"].origin) == (value, origin)


def test_a_switch_that_is_off_goes_before_one_that_is_on() -> None:
    """--no-exit-zero is a word, not its absence."""
    merged = merge({"exit-zero": False}, {"QA_TOOLKIT_EXIT_ZERO": "1"}, None)

    assert merged["exit-zero"].value is False


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_an_empty_variable_is_one_that_is_not_set(setting: Setting) -> None:
    """As a pipeline hands on what nobody filled in; a path of it would be the working folder."""
    merged = merge({}, {setting.variable: ""}, None)

    assert (merged[setting.name].value, merged[setting.name].origin) == (setting.default, "default")


def test_variables_that_name_nothing_or_hold_no_value_are_told_together() -> None:
    """A misspelt one would silently change nothing."""
    with pytest.raises(ConfigurationError) as error:
        merge({}, {"QA_TOOLKIT_SELCT": "SIZ", "QA_TOOLKIT_AS_OF": "soon", "PATH": "x"}, None)

    assert [problem.what for problem in error.value.problems] == [
        "'QA_TOOLKIT_AS_OF' has a value that it does not take",
        "There is no setting 'QA_TOOLKIT_SELCT'",
    ]
    assert error.value.problems[1].fix == "Did you mean 'QA_TOOLKIT_SELECT'?"


def test_what_is_shown_is_a_file_of_settings(tmp_path: Path) -> None:
    """It can be saved and read again, and says the same."""
    typed = {"select": ("SIZ", 'a "quoted" \\ word'), "exit-zero": True, "output-dir": Path("out")}
    merged = merge(typed, {"QA_TOOLKIT_AS_OF": "2026-09-30"}, None)
    text = as_toml(merged, {"name": "Agentur „Beispiel“ \t\U000e0041"})
    (tmp_path / "qa-toolkit.toml").write_text(text, encoding="utf-8")

    again = read_configuration(tmp_path / "qa-toolkit.toml")

    assert tomllib.loads(text)["audit"]["select"] == ["SIZ", 'a "quoted" \\ word']
    assert again.agency == {"name": "Agentur „Beispiel“ \t\U000e0041"}
    for setting in SETTINGS:
        value = merged[setting.name].value
        expected = tmp_path / value if isinstance(value, Path) else value
        assert again.audit.get(setting.name) == expected
