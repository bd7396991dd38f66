"""[adoption]: who adopted a framework on which legal basis; mistakes are told with their line, all at once."""

from pathlib import Path

import pytest

from qa_toolkit.configuration.merge import as_toml
from qa_toolkit.configuration.read import ConfigurationError, read_configuration

BOTH = """
[adoption]
by = "Agency of Exampleland"
legal_basis = "Quality Act, section 12"
since = 2026-01-01

[adoption.esg-2015]
by = "Agency of Exampleland"
legal_basis = "Education Act, section 3"
since = "2016-01-01"
until = 2027-12-31
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "qa-toolkit.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_main_framework_and_others_by_id(tmp_path: Path) -> None:
    """Days as TOML dates or as texts."""
    adoptions = read_configuration(written(tmp_path, BOTH)).adoptions

    assert {name: one.get("since") for name, one in adoptions.items()} == {"": "2026-01-01", "esg-2015": "2016-01-01"}
    assert adoptions["esg-2015"]["until"] == "2027-12-31"
    assert adoptions[""]["legal_basis"] == "Quality Act, section 12"


def test_what_is_shown_is_such_a_file(tmp_path: Path) -> None:
    """`--show-config` can be kept."""
    first = read_configuration(written(tmp_path, BOTH)).adoptions

    again = read_configuration(written(tmp_path, as_toml({}, {}, first).replace("[audit]", ""))).adoptions

    assert again == first


WRONG = [
    ('[adoption]\nby = "A"\nlegal_basis = "B"\n', "lacks 'since'", "line 1"),
    ('[adoption]\nby = "A"\nlegal_basis = "B"\nsince = "soon"\n', "no day", "line 4"),
    ('[adoption]\nby = "A"\nlegal_bases = "B"\nsince = 2026-01-01\n', "has no key 'legal_bases'", "line 3"),
    ('[adoption.x]\nby = 1\nlegal_basis = "B"\nsince = 2026-01-01\n', "'by' is no text", "line 2"),
    (
        '[adoption]\nby = "A"\nlegal_basis = "B"\nsince = 2026-01-01\nuntil = 2025-01-01\n',
        "ends before it begins",
        "line 5",
    ),
]


@pytest.mark.parametrize(("text", "said", "line"), WRONG)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, said: str, line: str) -> None:
    """Before anything is audited."""
    with pytest.raises(ConfigurationError) as error:
        read_configuration(written(tmp_path, text))

    assert any(said in one.what and line in one.place for one in error.value.problems)
