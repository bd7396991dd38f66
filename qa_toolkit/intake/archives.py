"""Zip archives from strangers, unpacked into the private folder of a run within limits.

Nothing is written outside that folder, nothing is executed, an archive within the archive stays closed, and a file that
a password protects is told.
"""

import lzma
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qa_toolkit.intake.limits import LARGEST_UNPACKED_ARCHIVE, MOST_ARCHIVE_FILES, unpacks_to_too_much

DEEPEST_FOLDER = 50
_BLOCK = 1 << 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What Python raises where an archive is damaged, or packed in a way it does not know."""


class ArchiveError(ValueError):
    """An archive that is not unpacked; the message says why, ``fix`` what to do."""

    def __init__(self, why: str, fix: str = "Unpack it yourself and hand in its files.") -> None:
        super().__init__(why)
        self.fix = fix


@dataclass(frozen=True)
class Unpacked:
    """The folder an archive was unpacked into, and why files of it were left out."""

    folder: Path
    left_out: tuple[str, ...]


def is_archive(path: Path) -> bool:
    """Whether the file is a zip archive that is no office document."""
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return False
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except _BROKEN:
        return False
    return not names & {"[Content_Types].xml", "mimetype", "xl/workbook.bin"}


def unpack(path: Path, folder: Path) -> Unpacked:
    """Unpack an archive into a new folder.

    Raises:
        ArchiveError: it is broken, or holds more than is read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse(path, entries)
            left_out = [why for entry in entries if (why := _unpack_one(archive, entry, folder))]
    except ArchiveError:
        raise
    except _BROKEN as error:
        raise ArchiveError(f"it is broken ({_name(error)})") from None
    return Unpacked(folder, tuple(dict.fromkeys(left_out)))


def _refuse(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ARCHIVE_FILES.value:
        raise ArchiveError(f"it holds {len(entries):,} files, more than {MOST_ARCHIVE_FILES}")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacks_to_too_much(unpacked, path.stat().st_size, LARGEST_UNPACKED_ARCHIVE):
        raise ArchiveError(f"it would unpack to {unpacked:,} bytes, more than an archive of its size holds")


def _unpack_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> str | None:
    """Write one file; why not, where it is left out."""
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or (name.parts and ":" in name.parts[0]):
        return "A file's path leads out of the archive."
    if any(part.startswith((".", "__MACOSX")) for part in name.parts):
        return None  # what systems leave behind
    if len(name.parts) > DEEPEST_FOLDER:
        return f"A file lies deeper than {DEEPEST_FOLDER} folders."
    if entry.flag_bits & 0x1:
        return "A password protects a file."
    if (entry.external_attr >> 16) & 0o170000 == 0o120000:
        return "A file is a link."
    target, opened = folder.joinpath(*name.parts), False
    try:
        if target.exists():
            return "Two files have the same name; the first one is read."
        target.parent.mkdir(parents=True, exist_ok=True)
        written = 0
        with archive.open(entry) as source, target.open("wb") as file:
            opened = True
            while block := source.read(_BLOCK):
                written += len(block)
                if written > entry.file_size:
                    raise zipfile.BadZipFile("more than declared")
                file.write(block)
    except _BROKEN as error:
        if opened:
            target.unlink()
        return f"A file of it is broken, or packed or named in a way that is not known ({_name(error)})."
    return None


def _name(error: Exception) -> str:
    """What happened, without the path that an error of the system carries."""
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
