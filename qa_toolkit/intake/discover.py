"""From paths to submissions: which files belong together, and what each is called.

A submission is a folder with a submission.yaml or with a workbook that has a Submission sheet; else each immediate
subfolder that holds files; loose files together are one. A file is known by its number, from its sorted path within the
submission: its name may hold a learner's.
"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa_toolkit.intake.reader import HandedInFile
from qa_toolkit.problems import Problem, ProblemKind

DECLARATION = "submission.yaml"
_NOT_DATA = (".md", ".yaml", ".yml")


@dataclass(frozen=True)
class FoundSubmission:
    """The files of one submission, and where its declarations lie."""

    submission_id: str
    files: tuple[HandedInFile, ...]
    declaration: Path | None
    """Its submission.yaml, if it has one."""
    named: bool
    """Whether the id comes from a folder's name."""


def find_submissions(paths: Sequence[Path]) -> tuple[tuple[FoundSubmission, ...], tuple[Problem, ...]]:
    """The submissions among the paths, in their order, with ids unique in the run; and what could not be opened."""
    groups: list[tuple[str | None, Path, list[Path]]] = []
    problems: list[Problem] = []
    loose: list[Path] = []
    for path in paths:
        if path.is_file():
            loose.append(path)
        elif path.is_dir():
            groups += _groups_of_folder(path, problems)
        else:
            problems.append(_problem("There is no such file or folder", path.name, "Nothing was found at this path."))
    if loose:
        groups.append((None, Path(os.path.commonpath([path.resolve().parent for path in loose])), loose))
    found, taken = [], set[str]()
    for name, root, files in groups:
        base = slug(name) if name else "submission"
        submission_id, number = base, 2
        while submission_id in taken:
            submission_id, number = f"{base}-{number}", number + 1
        taken.add(submission_id)
        found.append(_submission(submission_id, root, files, named=name is not None, problems=problems))
    return tuple(found), tuple(problems)


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; 'submission' where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "submission"


def _groups_of_folder(folder: Path, problems: list[Problem]) -> list[tuple[str | None, Path, list[Path]]]:
    own = [path for path in _entries(folder, problems) if path.is_file() and _is_data(path)]
    subfolders = [path for path in _entries(folder, problems) if path.is_dir() and not path.is_symlink()]
    name = folder.resolve().name or None
    if (folder / DECLARATION).is_file() or not subfolders or _holds_submission_sheet(own):
        return [(name, folder, _files_below(folder, problems))]
    groups: list[tuple[str | None, Path, list[Path]]] = []
    for subfolder in subfolders:
        files = _files_below(subfolder, problems)
        if files:
            groups.append((subfolder.name, subfolder, files))
    if own:
        groups.append((name, folder, own))
    return groups


def _holds_submission_sheet(files: Sequence[Path]) -> bool:
    from qa_toolkit.intake.workbooks import has_submission_sheet

    return any(has_submission_sheet(path) for path in files)


def _submission(
    submission_id: str, root: Path, files: Sequence[Path], *, named: bool, problems: list[Problem]
) -> FoundSubmission:
    relative = sorted(files, key=lambda path: _relative(path, root))
    handed_in = []
    for number, path in enumerate(relative, 1):
        try:
            sha256, size = _hash(path)
        except OSError as error:
            problems.append(
                Problem(
                    ProblemKind.FILE,
                    "A file could not be opened",
                    f"file {number}",
                    error.strerror or "the system refused it",
                    "Check its permissions and hand it in again.",
                    number,
                    submission_id,
                )
            )
            continue
        handed_in.append(HandedInFile(submission_id, number, path, sha256, size))
    declaration = root / DECLARATION
    return FoundSubmission(submission_id, tuple(handed_in), declaration if declaration.is_file() else None, named)


def _relative(path: Path, root: Path) -> str:
    resolved, base = path.resolve(), root.resolve()
    return resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else path.as_posix()


def _files_below(folder: Path, problems: list[Problem]) -> list[Path]:
    files: list[Path] = []
    for entry in _entries(folder, problems):
        if entry.is_symlink() and not entry.resolve().is_relative_to(folder.resolve()):
            continue  # a link must not lead out of what was handed in
        if entry.is_dir():
            files += _files_below(entry, problems)
        elif entry.is_file() and _is_data(entry):
            files.append(entry)
    return files


def _entries(folder: Path, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    except OSError as error:
        problems.append(
            _problem("A folder could not be opened", folder.name, error.strerror or "the system refused it")
        )
        return []


def _is_data(path: Path) -> bool:
    return path.suffix.lower() not in _NOT_DATA and not path.name.lower().startswith("readme")


def _hash(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def _problem(what: str, place: str, why: str) -> Problem:
    return Problem(ProblemKind.FILE, what, place, why, "Check the path and its permissions.")
