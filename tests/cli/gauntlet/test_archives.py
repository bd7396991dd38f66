"""Hostile and broken files, one at a time, beside an honest submission of three credentials: archives.

Whatever lies next to them, the three are audited; what could not be read is told with what, where, why and how to fix;
nothing is left behind.
"""

import io
import zipfile
from pathlib import Path

import pytest

from qa_toolkit.intake import archives
from qa_toolkit.intake.limits import Limit
from tests.cli.gauntlet.audited import (
    DAMAGED,
    MEND,
    Audit,
    Case,
    Told,
    archive_refused,
    assert_told,
    cases,
    not_read,
)
from tests.cli.gauntlet.files import (
    HEADER,
    as_link,
    changed,
    damaged_in_the_middle,
    first_half,
    line,
    said_to_be_encrypted,
    smaller_than_it_is,
    zipped,
)

PLAIN = "Pack the files anew, with plain paths and without a password."
ARCHIVE = "an archive in the folder"


def entry_left_out(why: str) -> Told:
    return Told("A file of an archive was left out", ARCHIVE, why, PLAIN)


GOOD = ("good.csv", HEADER + line(11))
INNER = io.BytesIO()
with zipfile.ZipFile(INNER, "w") as _archive:
    _archive.writestr("inner.csv", HEADER + line(12))

CASES = (
    Case("a table", "a.zip", zipped(("deep/er/good.csv", HEADER + line(11) + line(12))), None, 2, 0),
    Case(
        "an archive within it",
        "a.zip",
        zipped(("a-good.csv", HEADER + line(11)), ("inner.zip", INNER.getvalue())),
        Told("A file was not read", "file 2", "It is an archive within an archive.", "Unpack it"),
        1,
    ),
    Case(
        "a path that climbs out",
        "a.zip",
        zipped(("../../climbed.csv", HEADER + line(12)), GOOD),
        entry_left_out("A file's path leads out of the archive."),
        1,
    ),
    Case(
        "an absolute path",
        "a.zip",
        zipped(("/climbed.csv", HEADER + line(12)), GOOD),
        entry_left_out("A file's path leads out of the archive."),
        1,
    ),
    Case("a link", "a.zip", zipped((as_link("link.csv"), "/etc/passwd"), GOOD), entry_left_out("A file is a link."), 1),
    Case(
        "an encrypted file",
        "a.zip",
        changed(zipped(("secret.csv", HEADER + line(12)), GOOD), said_to_be_encrypted),
        entry_left_out("A password protects a file."),
        1,
    ),
    Case(
        "a damaged file",
        "a.zip",
        changed(zipped(("damaged.csv", HEADER + line(12)), GOOD), damaged_in_the_middle),
        entry_left_out("A file of it is broken"),
        1,
    ),
    Case(
        "a file larger than it says",
        "a.zip",
        changed(zipped(("lying.csv", HEADER + line(12)), GOOD), smaller_than_it_is),
        entry_left_out("A file of it is broken"),
        1,
    ),
    Case(
        "a name twice",
        "a.zip",
        zipped(GOOD, ("good.csv", HEADER + line(12))),
        entry_left_out("Two files have the same name; the first one is read."),
        1,
    ),
    Case(
        "a file where a folder should be",
        "a.zip",
        zipped(("a", "x"), ("a/b.csv", HEADER + line(12)), GOOD),
        entry_left_out("A file of it is broken"),
        1,
    ),
    Case(
        "a name too long for the system",
        "a.zip",
        zipped(("n" * 300 + ".csv", HEADER + line(12)), GOOD),
        entry_left_out("A file of it is broken, or packed or named"),
        1,
    ),
    Case(
        "folders within folders",
        "a.zip",
        zipped(("f/" * 900 + "deep.csv", HEADER + line(12)), GOOD),
        entry_left_out("A file lies deeper than 50 folders."),
        1,
    ),
    Case("half of it", "a.zip", changed(zipped(GOOD, ("b.csv", line(12))), first_half), not_read(DAMAGED, MEND)),
)


@cases(*CASES)
def test_an_archive_gives_what_is_safe_to_unpack(case: Case, honest: Path, audit: Audit, tmp_path: Path) -> None:
    """What is dangerous or damaged in it is left out and told; nothing is written outside."""
    case.make(honest / case.file)

    assert_told(case, audit(honest), honest)
    assert not list(tmp_path.rglob("climbed.csv"))
    assert not Path("/climbed.csv").exists()


def test_an_archive_of_too_many_files_is_refused(honest: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted before anything is unpacked."""
    monkeypatch.setattr(archives, "MOST_ARCHIVE_FILES", Limit("files", 2, "files", ""))
    zipped(GOOD, ("b.csv", ""), ("c.csv", ""))(honest / "a.zip")

    told = archive_refused("It holds 3 files, more than 2 files.")
    assert_told(Case("", "a.zip", zipped(), told), audit(honest), honest)
