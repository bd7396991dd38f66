"""What the docs say is what there is."""

import re
from pathlib import Path

import pytest

from qa_toolkit.cli.document import commands, commands_page
from qa_toolkit.configuration.read import read_configuration
from qa_toolkit.configuration.settings import AGENCY_KEYS, SETTINGS
from qa_toolkit.intake.declarations import CHOICES, KEYS
from qa_toolkit.intake.limits import LIMITS
from qa_toolkit.intake.tables.columns import load_template_columns
from qa_toolkit.intake.template.document import template_page
from qa_toolkit.resources import shipped_folder

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_template_page_is_written_from_the_columns() -> None:
    """`python -m qa_toolkit.intake.template.document` writes it anew."""
    folder = shipped_folder("checks") / "vocabularies"
    names = ("template_columns.csv", "offer_columns.csv", "provider_columns.csv")
    page = template_page(*(load_template_columns(folder, name=name) for name in names))

    assert (ROOT / "docs" / "template.md").read_text(encoding="utf-8") == page


@pytest.mark.parametrize("key", KEYS)
def test_every_declaration_is_in_the_user_guide(key: str) -> None:
    """With the values it takes."""
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")

    assert f"`{key}`" in guide
    for value in CHOICES.get(key, ()):
        assert f"`{value}`" in guide


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Files that are there, pictures included."""
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_limit_is_in_the_user_guide() -> None:
    """The table of the code is the table of the guide."""
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")

    rows = [f"| {limit.what} | {limit} | {limit.beyond} |" for limit in LIMITS]

    assert "\n".join(rows) in guide


def test_contributing_shows_how_in_ten_lines_each() -> None:
    """A check, a reader, a report section."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    for title in ("Add a check", "Add a reader", "Add a report section"):
        steps = re.findall(r"^\d+\. ", text.split(f"## {title}")[1].split("\n## ")[0], re.MULTILINE)
        assert 4 <= len(steps) <= 10


def test_no_path_of_a_machine_is_in_a_tracked_text() -> None:
    """The project speaks of the project alone."""
    suspicious = re.compile(r"/(?:home|root|Users|tmp)/[a-z]")
    folders = ("qa_toolkit", "checks", "report_templates", "docs", "benchmarks", "sample_submissions")
    texts = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".md", ".yaml", ".j2", ".sql")
    ]

    assert [path.name for path in texts if suspicious.search(path.read_text(encoding="utf-8"))] == []


def test_the_page_of_commands_is_written_from_the_commands() -> None:
    """`python -m qa_toolkit.cli.document` writes it anew."""
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")

    assert page == commands_page()
    for name, options in commands().items():
        section = page.split(f"## `{name}`\n")[1].split("\n## ")[0]
        assert [option for option in options if f"`{option}`" not in section] == []


def test_every_command_is_in_the_user_guide() -> None:
    """Groups by their commands."""
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    names = set(commands())

    leaves = [name for name in names if not any(other.startswith(f"{name} ") for other in names)]

    assert [name for name in leaves if f"`{name}" not in guide] == []


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_no_page_names_a_command_or_an_option_that_is_not_there(page: Path) -> None:
    """What is not built does not appear in the docs."""
    text = page.read_text(encoding="utf-8")
    known = commands()
    options = {option for own in known.values() for option in own} | {"--help"}
    starts = {name.split()[1] for name in known if " " in name}

    named = re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)
    called = re.findall(r"`qa-toolkit ([a-z]+)", text) + re.findall(r"\$ (?:\.venv/bin/)?qa-toolkit ([a-z]+)", text)

    assert [option for option in named if option not in options] == []
    assert [name for name in called if name not in starts] == []


def test_options_of_a_command_on_a_page_are_its_own() -> None:
    """`qa-toolkit audit --show-config` is not `qa-toolkit init --show-config`."""
    wrong = []
    for page in [*PAGES, ROOT / "CHANGELOG.md"]:
        for line in re.findall(r"(?:`|\$ (?:\.venv/bin/)?)(qa-toolkit [^`\n#]+)", page.read_text(encoding="utf-8")):
            name = max((n for n in commands() if line == n or line.startswith(f"{n} ")), key=len, default="qa-toolkit")
            given = re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)
            wrong += [(page.name, line) for option in given if option not in (*commands()[name], "--help")]

    assert wrong == []


def test_every_setting_is_an_option_of_audit() -> None:
    """Under the same name; and no option but those that name the settings themselves is missing among them."""
    long = {option for option in commands()["qa-toolkit audit"] if option.startswith("--")}

    names = {f"--{setting.name}" for setting in SETTINGS}

    assert names <= long
    assert {one for one in long - names if not one.startswith("--no-")} == {"--config", "--show-config"}


def test_the_file_of_settings_in_the_user_guide_can_be_read(tmp_path: Path) -> None:
    """With every key of the agency."""
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    (tmp_path / "qa-toolkit.toml").write_text(guide.split("```toml\n")[1].split("```")[0], encoding="utf-8")

    read = read_configuration(tmp_path / "qa-toolkit.toml")

    assert set(read.agency) == set(AGENCY_KEYS)
    assert read.audit["fail-on"] == ("critical",)
