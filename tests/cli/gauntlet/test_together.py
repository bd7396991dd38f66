"""What can be read of damaged files and archives, each in a submission of its own, under every check at once."""

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from tests.cli.gauntlet import test_archives, test_damaged
from tests.cli.gauntlet.audited import Audited, Case, collect

CASES = {
    f"case-{number:03d}": case
    for number, case in enumerate((*test_damaged.CASES, *test_archives.CASES), 1)
    if case.records and not case.long
}


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    root = tmp_path_factory.mktemp("together")
    (root / "scratch").mkdir()
    for name, case in CASES.items():
        (root / "in" / name).mkdir(parents=True)
        case.make(root / "in" / name / case.file)
    words = ["audit", *sorted(map(str, (root / "in").iterdir())), "-o", str(root / "out"), "--as-of", "2026-09-30"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(root / "scratch"))
        ran = CliRunner().invoke(app, [*words, "--format", "csv"])
    if ran.exception and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    return collect(ran.exit_code, ran.stderr, root / "out", root / "scratch")


@pytest.mark.parametrize(("name", "case"), CASES.items(), ids=[case.name for case in CASES.values()])
def test_what_can_be_read_is_judged(name: str, case: Case, audited: Audited) -> None:
    """The records of the file by themselves."""
    submission = audited.submission(name)

    assert submission["credentials"] == case.records
    assert any(outcome["status"] == "pass" for outcome in submission["checks"])


def test_no_check_breaks_on_any_of_it(audited: Audited) -> None:
    """Exit code 3, not 70; nothing is left behind."""
    assert audited.result["broken_checks"] == []
    assert audited.code == 3
    assert audited.left == ()
