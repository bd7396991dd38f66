"""``import qa_toolkit``: light, typed, and as documented."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import qa_toolkit
from tests.conftest import AS_OF
from tests.submissions import credential, write_submission

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "python.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_importing_the_package_imports_nothing_else() -> None:
    """Neither its own rooms nor a library."""
    script = (
        "import sys; before = set(sys.modules)\n"
        "import qa_toolkit\n"
        "names = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(names - set(sys.stdlib_module_names)), [n for n in sys.modules if n.startswith('qa_toolkit.')])\n"
    )

    output = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert output.strip() == "['qa_toolkit'] []"


def test_every_name_that_is_promised_is_there() -> None:
    """And has words of its own."""
    for name in qa_toolkit.__all__:
        assert getattr(qa_toolkit, name)
        assert name in dir(qa_toolkit)
    with pytest.raises(AttributeError):
        qa_toolkit.nothing_of_this_name  # noqa: B018


def test_what_is_documented_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block of docs/python.md, in its order."""
    (tmp_path / "sample_submissions").symlink_to(ROOT / "sample_submissions", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    names: dict[str, Any] = {}

    for number, block in enumerate(blocks, 1):
        exec(compile(block, f"docs/python.md, block {number}", "exec"), names)

    assert len(blocks) >= 7


def test_every_error_is_documented() -> None:
    """With when it is raised."""
    text = PAGE.read_text(encoding="utf-8")

    for name in qa_toolkit.__all__:
        if name.endswith("Error"):
            assert f"`{name}`" in text


def test_every_error_of_the_tree_can_be_caught_by_its_name() -> None:
    """What ``AuditError`` shows in its docstring is what the package offers."""
    shown = set(re.findall(r"\w+Error", qa_toolkit.AuditError.__doc__ or ""))

    assert shown == {name for name in qa_toolkit.__all__ if name.endswith("Error")}
    for name in shown:
        assert issubclass(getattr(qa_toolkit, name), qa_toolkit.AuditError)


def test_reports_written_later_carry_the_agency_and_the_templates_of_the_audit(tmp_path: Path) -> None:
    """An audit without an output folder loses nothing that it was given."""
    templates = tmp_path / "templates"
    (templates / "audit").mkdir(parents=True)
    (templates / "audit" / "style.css").write_text("body { color: #123456 }", encoding="utf-8")
    audit = qa_toolkit.audit(
        write_submission(tmp_path / "s", [credential(1)]),
        as_of=AS_OF,
        templates=templates,
        agency=qa_toolkit.Agency("Agentur Beispielland"),
    )

    audit.write(tmp_path / "report", formats="html")

    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "Agentur Beispielland" in page
    assert "body { color: #123456 }" in page


def test_a_private_folder_goes_with_the_audit(tmp_path: Path) -> None:
    """Nothing stays behind that nobody asked for."""
    import gc

    audit = qa_toolkit.audit(write_submission(tmp_path / "s", [credential(1, quality_assurance="")]), as_of=AS_OF)
    folder = audit.folder
    findings = {one.check_id for one in audit.findings("s")}

    assert "EL-11" in findings
    assert list(audit.findings("another")) == []
    assert {path.name for path in audit.files} >= {"result.json", "findings.parquet"}
    assert not (folder / "index.html").exists()
    del audit
    gc.collect()
    assert not folder.exists()
