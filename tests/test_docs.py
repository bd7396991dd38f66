"""What the docs say is what there is."""

import re
from pathlib import Path

import pytest

from qa_toolkit.intake.declarations import CHOICES, KEYS
from qa_toolkit.intake.limits import LIMITS
from qa_toolkit.intake.tables.columns import load_template_columns
from qa_toolkit.intake.template.document import template_page
from qa_toolkit.resources import shipped_folder

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_template_page_is_written_from_the_columns() -> None:
    """`python -m qa_toolkit.intake.template.document` writes it anew."""
    columns = load_template_columns(shipped_folder("checks") / "vocabularies")

    assert (ROOT / "docs" / "template.md").read_text(encoding="utf-8") == template_page(columns)


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
