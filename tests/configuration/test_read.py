"""``qa-toolkit.toml``: what it says, and every mistake in it with its line."""

from datetime import date
from pathlib import Path

import pytest

from qa_toolkit.configuration.read import ConfigurationError, find_configuration, read_configuration
from qa_toolkit.configuration.settings import SETTINGS


def written(folder: Path, text: str) -> Path:
    path = folder / "qa-toolkit.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(ConfigurationError) as error:
        read_configuration(written(folder, text))
    return [(problem.what, problem.place, problem.fix) for problem in error.value.problems]


def test_settings_and_the_agency(tmp_path: Path) -> None:
    """Types are TOML's; several words are a list or a text with commas; a path is relative to the file."""
    text = """
[audit]
select = "SIZ, EL-01"
ignore = ["role:asks"]
as-of = 2026-09-30
checks = "own checks"
exit-zero = true
[agency]
name = "Agentur Beispielland"
logo = "logo.svg"
"""

    read = read_configuration(written(tmp_path, text))

    assert read.audit == {
        "select": ("SIZ", "EL-01"),
        "ignore": ("role:asks",),
        "as-of": date(2026, 9, 30),
        "checks": tmp_path / "own checks",
        "exit-zero": True,
    }
    assert read.agency == {"name": "Agentur Beispielland", "logo": "logo.svg"}
    assert read.folder == tmp_path


def test_all_mistakes_at_once_with_line_and_what_was_meant(tmp_path: Path) -> None:
    """An unknown table, unknown keys, wrong types, a day that is none."""
    text = '[audit]\nselct = ["SIZ"]\nas-of = "30.9."\nexit-zero = "yes"\n[agency]\nnam = "A"\nlink = 3\n[agncy]\n'

    assert mistakes(tmp_path, text) == [
        ("There is no table or key 'agncy'", "qa-toolkit.toml, line 8", "Did you mean 'agency'?"),
        ("[audit] has no key 'selct'", "qa-toolkit.toml, line 2", "Did you mean 'select'?"),
        ("'as-of' has a value that it does not take", "qa-toolkit.toml, line 3", "Write it as 2026-09-30."),
        ("'exit-zero' has a value that it does not take", "qa-toolkit.toml, line 4", "Write exit-zero = true."),
        ("[agency] has no key 'nam'", "qa-toolkit.toml, line 6", "Did you mean 'name'?"),
        ("'link' is no text", "qa-toolkit.toml, line 7", 'Write link = "…".'),
    ]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_no_setting_takes_a_number(setting: object, tmp_path: Path) -> None:
    """Each says what it takes instead."""
    name = setting.name  # type: ignore[attr-defined]

    ((what, place, fix),) = mistakes(tmp_path, f"[audit]\n{name} = 3\n")

    assert what == f"'{name}' has a value that it does not take"
    assert place.endswith("line 2")
    assert fix.startswith(f"Write {name} = ")


def test_an_empty_path_is_told(tmp_path: Path) -> None:
    """It would be the folder of the file itself."""
    assert mistakes(tmp_path, '[audit]\nchecks = ""\n') == [
        (
            "'checks' has a value that it does not take",
            "qa-toolkit.toml, line 2",
            'Write checks = "folder/file", or leave it out.',
        )
    ]


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    """The parser's own words, in our shape."""
    ((what, place, _),) = mistakes(tmp_path, "[audit]\nselect = \n")

    assert what == "The file of settings is not TOML"
    assert "line 2" in place


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    """One that was not named may be missing."""
    with pytest.raises(ConfigurationError):
        find_configuration(tmp_path / "none.toml")


def test_the_working_folder_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word, and only there."""
    monkeypatch.chdir(tmp_path)

    assert find_configuration(None) is None
    written(tmp_path, '[audit]\nselect = "SIZ"\n')
    found = find_configuration(None)

    assert found is not None
    assert found.audit == {"select": ("SIZ",)}
