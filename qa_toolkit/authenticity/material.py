"""What an agency supplies to check against: keys, signers, certificates, status lists, contexts; each dated.

A folder with a list, ``material.csv``: one row a file, with its kind, the address it stands for, and the day it was
taken from there. What is not on the list is not used; nothing is fetched.
"""

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from qa_toolkit.authenticity.encodings import without_repeats
from qa_toolkit.problems import AuditError, Problem, ProblemKind, meant

LIST = "material.csv"
COLUMNS = ("file", "kind", "address", "date")
KINDS = ("keys", "signers", "certificates", "status_list", "context")
SIGNER_COLUMNS = ("signer", "identifier", "valid_from", "valid_until", "source")
LARGEST_FILE = 64 << 20
"""Bytes of one file."""


@dataclass(frozen=True)
class Supplied:
    """A file of the folder."""

    file: str
    kind: str
    address: str
    """What it stands for: a DID, the address of a key set, a status list or a context; '' for lists of signers."""
    day: date
    """The day it was taken from there."""
    sha256: str
    content: bytes = field(repr=False, default=b"")


@dataclass(frozen=True)
class Signer:
    """A signer whom a supplied list knows."""

    name: str
    identifier: str
    """A DID, an address, or ``sha256:`` and the fingerprint of a certificate in hexadecimal."""
    valid_from: date | None
    valid_until: date | None
    source: str


@dataclass(frozen=True)
class Material:
    """All that was supplied, by kind; empty where nothing was."""

    files: tuple[Supplied, ...] = ()
    keys: Mapping[str, Supplied] = field(default_factory=dict)
    """Address -> DID document or key set."""
    status_lists: Mapping[str, Supplied] = field(default_factory=dict)
    contexts: Mapping[str, Supplied] = field(default_factory=dict)
    signers: tuple[Signer, ...] = ()
    certificates: tuple[Supplied, ...] = ()
    """Files of certificates that may stand behind a signer's (PEM)."""

    @property
    def has_signers(self) -> bool:
        """Whether there is any list of whom to trust."""
        return bool(self.signers or self.certificates)


class MaterialError(AuditError):
    """The folder cannot be used; ``problems`` say every reason."""


def load_material(folder: Path) -> Material:
    """Everything the list of the folder names.

    Raises:
        MaterialError: the list is not there or cannot be used; carries every mistake.
    """
    problems: list[Problem] = []
    supplied = [one for row in rows_of(folder) if (one := _supplied(folder, *row, problems)) is not None]
    by_kind: dict[str, dict[str, Supplied]] = {kind: {} for kind in KINDS}
    signers: list[Signer] = []
    for one in supplied:
        if one.kind == "signers":
            signers += _signers(one, problems)
        elif one.kind != "certificates" and one.address in by_kind[one.kind]:
            problems.append(_problem(one.file, "An address is there twice", "Two files stand for one address.", _ONE))
        else:
            by_kind[one.kind][one.address or one.file] = one
    if problems:
        raise MaterialError(problems)
    return Material(
        files=tuple(supplied),
        keys=by_kind["keys"],
        status_lists=by_kind["status_list"],
        contexts=by_kind["context"],
        signers=tuple(signers),
        certificates=tuple(by_kind["certificates"].values()),
    )


_ONE = "Keep the row of the one to use."


def rows_of(folder: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of the list, with their line; none where the folder has no list.

    Raises:
        MaterialError: the list cannot be read.
    """
    path = folder / LIST
    fix = f"Give a folder with a {LIST} of the columns {', '.join(COLUMNS)}."
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = file.read().splitlines(keepends=True)
            reader = csv.DictReader(lines, delimiter=delimiter_of(lines[0] if lines else ""))
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                why = f"It has no column {', '.join(missing)}."
                raise MaterialError([_problem(LIST, "The list of supplied material is incomplete", why, fix)])
            return [
                (reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS})
                for row in reader
                if any((row[name] or "").strip() for name in COLUMNS)
            ]
    except (OSError, ValueError, csv.Error):
        why = f"There is no {LIST} in it that can be read."
        raise MaterialError([_problem(folder.name, "The supplied material cannot be read", why, fix)]) from None


def delimiter_of(first_line: str) -> str:
    """What parts the columns of a table whose first line this is."""
    return ";" if first_line.count(";") > first_line.count(",") else ","


def _supplied(folder: Path, line: int, row: dict[str, str], problems: list[Problem]) -> Supplied | None:
    place = f"{LIST}, line {line}"
    before = len(problems)
    if row["kind"] not in KINDS:
        known = ", ".join(KINDS)
        what = f"There is no kind '{row['kind'][:40]}'"
        problems.append(_problem(place, what, f"Known: {known}.", meant(row["kind"], KINDS, f"Write one of {known}.")))
    elif row["kind"] not in ("signers", "certificates") and not row["address"]:
        why = "It says not what the file stands for."
        problems.append(_problem(place, "The address is missing", why, "Write the address the file was taken from."))
    day = _day(row["date"])
    if day is None:
        why = "How old it is decides what it can tell."
        problems.append(_problem(place, "The date is missing or no day", why, "Write it as 2026-09-30."))
    path = (folder / row["file"]).resolve()
    content = b""
    try:
        if folder.resolve() not in path.parents:
            raise OSError
        if path.stat().st_size > LARGEST_FILE:
            problems.append(
                _problem(place, "A file is too large", f"It has more than {LARGEST_FILE:,} bytes.", "Split it.")
            )
        else:
            content = path.read_bytes()
    except OSError:
        why = "It is not in the folder, or cannot be opened."
        problems.append(_problem(place, "A file of the list is not there", why, "Correct the name, or drop the row."))
    if len(problems) > before or day is None:
        return None
    return Supplied(row["file"], row["kind"], row["address"], day, hashlib.sha256(content).hexdigest(), content)


def _signers(supplied: Supplied, problems: list[Problem]) -> list[Signer]:
    fix = f"Give a CSV with the columns {', '.join(SIGNER_COLUMNS)}."
    try:
        lines = supplied.content.decode("utf-8-sig").splitlines()
        reader = csv.DictReader(lines, delimiter=delimiter_of(lines[0] if lines else ""))
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        problems.append(_problem(supplied.file, "A list of signers cannot be read", "It is no CSV in UTF-8.", fix))
        return []
    if not {"signer", "identifier"} <= set(reader.fieldnames or ()):
        why = "It has no columns signer and identifier."
        problems.append(_problem(supplied.file, "A list of signers is incomplete", why, fix))
        return []
    signers = []
    for number, row in enumerate(rows, 2):
        days = [_day((row.get(name) or "").strip()) for name in ("valid_from", "valid_until")]
        for name, day in zip(("valid_from", "valid_until"), days, strict=True):
            if day is None and (row.get(name) or "").strip():
                place = f"{supplied.file}, line {number}"
                problems.append(_problem(place, f"{name} is no day", "It is not written as a day.", _AS_DAY))
        identifier = (row["identifier"] or "").strip()
        if identifier.casefold().startswith("sha256:"):
            identifier = identifier.casefold().replace(":", "").replace(" ", "").replace("sha256", "sha256:", 1)
        if identifier:
            signers.append(
                Signer((row["signer"] or "").strip(), identifier, days[0], days[1], (row.get("source") or "").strip())
            )
    return signers


_AS_DAY = "Write it as 2026-09-30, or leave it empty."


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _problem(place: str, what: str, why: str, fix: str) -> Problem:
    return Problem(ProblemKind.FILE, what, place, why, fix, more="qa-toolkit contexts --help")


def json_of(supplied: Supplied) -> Any:
    """The JSON of a supplied file.

    Raises:
        ValueError: it is none, or says a key twice.
    """
    try:
        return json.loads(supplied.content.decode("utf-8-sig"), object_pairs_hook=without_repeats)
    except RecursionError:
        raise ValueError("nested deeply") from None
