"""From paths to submissions: which files belong together, and what each is called.

A submission is a folder with a submission.yaml or with a workbook that has a Submission sheet; else each immediate
subfolder that holds files; loose files together are one. A zip archive is a folder without a name. A file is known by
its number, from its sorted path within the submission: its name may hold a learner's, and so may an archive's, and a
folder's within it that declares nothing.
"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa_toolkit.intake.archives import DEEPEST_FOLDER, ArchiveError, is_archive, unpack
from qa_toolkit.intake.reader import HandedInFile
from qa_toolkit.intake.tables.found import SUBMISSION_SHEET
from qa_toolkit.intake.tables.mapping import FILE_NAME as MAPPING
from qa_toolkit.problems import Problem, ProblemKind

DECLARATION, PROFILE = "submission.yaml", "provider.yaml"
_NOT_DATA = (".md", ".yaml", ".yml")


@dataclass(frozen=True)
class FoundSubmission:
    """The files of one submission, and where its declarations lie."""

    submission_id: str
    files: tuple[HandedInFile, ...]
    declaration: Path | None
    """Its submission.yaml, if it has one."""
    mapping: Path | None
    """Its mapping.yaml, if it has one."""
    named: bool
    """Whether the id comes from a folder's name."""
    profile: Path | None = None
    """Its provider.yaml, if it has one."""


def find_submissions(paths: Sequence[Path], scratch: Path) -> tuple[tuple[FoundSubmission, ...], tuple[Problem, ...]]:
    """The submissions among the paths, in their order, with ids unique in the run; and what could not be opened.

    Args:
        paths: files, folders and zip archives.
        scratch: a private folder that archives are unpacked into.
    """
    finder = _Finder(scratch)
    groups: list[_Group] = []
    loose: list[Path] = []
    for path in paths:
        if path.is_file() and is_archive(path):
            if (folder := finder.unpacked(path, "an archive")) is not None:
                groups += finder.groups(folder, None)
        elif path.is_file():
            loose.append(path)
        elif path.is_dir():
            groups += finder.groups(path, path.resolve().name or None)
        else:
            finder.problems.append(
                _problem("There is no such file or folder", path.name, "Nothing was found at this path.")
            )
    if loose:
        root = Path(os.path.commonpath([path.resolve().parent for path in loose]))
        groups.append(_Group(None, root, tuple((_relative(path, root), path) for path in loose)))
    found, taken = [], set[str]()
    for group in groups:
        base = slug(group.name) if group.name else "submission"
        submission_id, number = base, 2
        while submission_id in taken:
            submission_id, number = f"{base}-{number}", number + 1
        taken.add(submission_id)
        found.append(_submission(submission_id, group, finder.problems))
    return tuple(found), tuple(finder.problems)


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; 'submission' where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "submission"


@dataclass(frozen=True)
class _Group:
    """Files that belong together."""

    name: str | None
    root: Path
    files: tuple[tuple[str, Path], ...]
    """(path within the submission, path)."""


class _Finder:
    """Looks into folders and archives, and collects what could not be opened."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._archives = 0
        self.problems: list[Problem] = []

    def groups(self, folder: Path, name: str | None) -> list[_Group]:
        """The submissions in a folder."""
        entries = self._entries(folder)
        own = [path for path in entries if path.is_file() and _is_data(path) and not _leads_out(path, folder)]
        subfolders = [path for path in entries if path.is_dir() and not path.is_symlink()]
        if (folder / DECLARATION).is_file() or not subfolders or _holds_submission_sheet(own):
            return [_Group(name, folder, tuple(self._files(folder, "")))]
        groups = [
            _Group(sub.name if name or (sub / DECLARATION).is_file() else None, sub, tuple(self._files(sub, "")))
            for sub in subfolders
        ]
        groups = [group for group in groups if group.files]
        if own:
            groups.append(_Group(name, folder, tuple(one for path in own for one in self._file(path, path.name))))
        return groups

    def unpacked(self, path: Path, place: str) -> Path | None:
        """The folder an archive was unpacked into; None where it was refused."""
        self._archives += 1
        folder = self._scratch / f"archive-{self._archives}"
        folder.mkdir()
        try:
            left_out = unpack(path, folder).left_out
        except ArchiveError as error:
            self.problems.append(
                Problem(ProblemKind.FILE, "An archive was not read", place, f"{_sentence(str(error))}.", error.fix)
            )
            return None
        for why in left_out:
            fix = "Pack the files anew, with plain paths and without a password."
            self.problems.append(Problem(ProblemKind.FILE, "A file of an archive was left out", place, why, fix))
        return folder

    def _files(self, folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
        for entry in self._entries(folder):
            if _leads_out(entry, folder):
                continue
            relative = f"{prefix}{entry.name}"
            if entry.is_dir():
                if relative.count("/") >= DEEPEST_FOLDER:
                    why = f"It lies deeper than {DEEPEST_FOLDER} folders."
                    self.problems.append(_problem("A folder was not opened", "a folder in a folder", why))
                else:
                    yield from self._files(entry, f"{relative}/")
            elif entry.is_file() and _is_data(entry):
                yield from self._file(entry, relative)

    def _file(self, path: Path, relative: str) -> Iterator[tuple[str, Path]]:
        """The file, or the files of the archive that it is; an archive within that one stays closed."""
        inside = path.is_relative_to(self._scratch)
        if inside or not is_archive(path):
            yield relative, path
        elif (folder := self.unpacked(path, "an archive in the folder")) is not None:
            yield from self._files(folder, f"{relative}/")

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
        except OSError as error:
            why = error.strerror or "the system refused it"
            self.problems.append(_problem("A folder could not be opened", "a folder", f"{_sentence(why)}."))
            return []


def _holds_submission_sheet(files: Sequence[Path]) -> bool:
    from qa_toolkit.intake.tables.workbooks import has_sheet

    return any(has_sheet(path, SUBMISSION_SHEET) for path in files)


def _submission(submission_id: str, group: _Group, problems: list[Problem]) -> FoundSubmission:
    handed_in = []
    for number, (_, path) in enumerate(sorted(group.files), 1):
        try:
            sha256, size = _hash(path)
        except OSError as error:
            problems.append(
                Problem(
                    ProblemKind.FILE,
                    "A file could not be opened",
                    f"file {number}",
                    f"{_sentence(error.strerror or 'the system refused it')}.",
                    "Check its permissions and hand it in again.",
                    number,
                    submission_id,
                )
            )
            continue
        handed_in.append(HandedInFile(submission_id, number, path, sha256, size))
    beside = {name: path for name in (DECLARATION, MAPPING, PROFILE) if (path := group.root / name).is_file()}
    return FoundSubmission(
        submission_id,
        tuple(handed_in),
        beside.get(DECLARATION),
        beside.get(MAPPING),
        group.name is not None,
        beside.get(PROFILE),
    )


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether it is a link out of what was handed in, or to a folder, which might lead back to itself."""
    if not path.is_symlink():
        return False
    try:
        return path.is_dir() or not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link to itself
        return True


def _relative(path: Path, root: Path) -> str:
    resolved, base = path.resolve(), root.resolve()
    return resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else path.as_posix()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


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
