"""A folder of the user's own templates: laid over the shipped ones, and refused before any work where it cannot be."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.report.templates import TemplatesError, refuse_unusable
from tests.report.build import example_result
from tests.report.pages import render
from tests.submissions import credential, write_submission

SECTION = "audit/sections/profile.html.j2"


def write(folder: Path, **files: str) -> Path:
    """A folder of templates; ``__`` in a name stands for the slash, ``_j2`` for the ending."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_j2", ".html.j2").replace("_css", ".css").replace("_js", ".js")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_templates_named_like_shipped_ones_are_taken(tmp_path: Path) -> None:
    """Hidden files, which editors and file systems leave, are nobody's templates."""
    folder = write(tmp_path, audit__sections__profile_j2="<p>{{ view.name }}</p>", audit__style_css="p { margin: 0 }")
    (folder / ".DS_Store").write_bytes(b"\x00")

    refuse_unusable(folder)


@pytest.mark.parametrize(
    ("files", "place", "told"),
    [
        ({"audit__sections__profil_j2": ""}, "audit/sections/profil.html.j2", f"Did you mean '{SECTION}'?"),
        ({"profile_j2": ""}, "profile.html.j2", f"Did you mean '{SECTION}'?"),
        ({"audit__sections__profile_j2": "{% if %}"}, SECTION, "Line 1"),
        ({"audit__sections__profile_j2": "\n{{ view.name "}, SECTION, "Line 2"),
        ({"audit__style_css": "/* </STYLE> */"}, "audit/style.css", "would end it"),
        ({"audit__script_js": "'</script>'"}, "audit/script.js", "would end it"),
    ],
)
def test_what_would_never_be_used_or_cannot_be_read_is_refused(
    files: dict[str, str], place: str, told: str, tmp_path: Path
) -> None:
    """Before an hour of work, not after it."""
    with pytest.raises(TemplatesError) as refused:
        refuse_unusable(write(tmp_path, **files))

    (problem,) = refused.value.problems
    assert problem.place == place
    assert told in f"{problem.why} {problem.fix}"


def test_all_reasons_are_told_at_once(tmp_path: Path) -> None:
    """Two files, two problems."""
    folder = write(tmp_path, audit__sections__profile_j2="{% if %}", audit__xyz_j2="")

    with pytest.raises(TemplatesError) as refused:
        refuse_unusable(folder)

    assert len(refused.value.problems) == 2


def test_a_template_that_asks_for_what_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    """It parses, and fails only on a page."""
    own = write(tmp_path / "own", audit__sections__profile_j2="<p>\n{{ view.nothing_such }}</p>")

    with pytest.raises(TemplatesError) as refused:
        render(example_result(), tmp_path / "audit", own)

    assert refused.value.problems[0].place == f"{SECTION}, line 2"


@pytest.mark.parametrize("templates", ["none", "wrong"])
def test_an_audit_with_templates_that_cannot_be_used_ends_with_2_and_judges_nothing(
    templates: str, tmp_path: Path
) -> None:
    """A missing folder, and a name that is no template's: wrong usage."""
    write(tmp_path / "wrong", audit__sections__profil_j2="")
    submission = write_submission(tmp_path / "s", [credential(1)])

    ran = CliRunner().invoke(
        app, ["audit", str(submission), "-o", str(tmp_path / "out"), "--templates", str(tmp_path / templates)]
    )

    assert ran.exit_code == 2
    assert ("no such folder of templates" if templates == "none" else f"Did you mean '{SECTION}'?") in ran.stderr
    assert not (tmp_path / "out").exists()


def test_report_renders_an_audit_again_with_templates_of_ones_own(tmp_path: Path) -> None:
    """One template replaced, the others as shipped; the same option refuses the same mistakes."""
    submission = write_submission(tmp_path / "s", [credential(1)])
    out = str(tmp_path / "out")
    assert CliRunner().invoke(app, ["audit", str(submission), "-o", out, "--as-of", "2026-09-30"]).exit_code == 0
    own = write(tmp_path / "own", audit__sections__profile_j2="<p>House rules of {{ view.name }}</p>")

    ran = CliRunner().invoke(app, ["report", out, "--templates", str(own)])
    refused = CliRunner().invoke(app, ["report", out, "--templates", str(tmp_path / "none")])

    assert ran.exit_code == 0, ran.stderr
    page = next((tmp_path / "out").glob("*/report.html")).read_text(encoding="utf-8")
    assert "<p>House rules of " in page
    assert 'id="verdict"' in page
    assert refused.exit_code == 2
