"""A folder of register extracts: each a table as CSV, beside it a description in YAML; every mistake at once.

What the description says is held against the file: a table that was changed after it was described is refused. Nothing
is fetched, and what is not in the folder is not there.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from qa_toolkit.problems import Problem
from qa_toolkit.records.register_tables import RegisterKind
from qa_toolkit.registers.description import Description, read_description
from qa_toolkit.registers.mistakes import RegistersError, mistake
from qa_toolkit.registers.rows import Row, read_rows

LARGEST_FILE = 256 << 20
"""Bytes of one extract."""


@dataclass(frozen=True)
class Extract:
    """One table of a register, as it was on a day."""

    file: str
    kind: RegisterKind
    source: str
    licence: str
    day: date
    """The day it was taken from the register."""
    sha256: str
    stale_after_days: int
    rows: tuple[Row, ...] = field(repr=False, default=())

    def age(self, as_of: date) -> int:
        """Days from its day to the day of the audit; 0 where it was taken later."""
        return max((as_of - self.day).days, 0)

    def is_stale(self, as_of: date) -> bool:
        """Whether it is too old to rely on."""
        return self.age(as_of) > self.stale_after_days


@dataclass(frozen=True)
class Registers:
    """All extracts of a folder; empty where none was supplied."""

    extracts: tuple[Extract, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """Ids of the kinds that are there."""
        return frozenset(extract.kind.id for extract in self.extracts)


def load_registers(folder: Path, kinds: Mapping[str, RegisterKind]) -> Registers:
    """Every extract of a folder.

    Args:
        folder: holds ``NAME.csv`` and ``NAME.yaml`` for each extract.
        kinds: kinds of extracts, by id.

    Raises:
        RegistersError: the folder is not there, or an extract cannot be used; carries every mistake.
    """
    if not folder.is_dir():
        why = "It is a file." if folder.exists() else "Nothing was found at this path."
        raise RegistersError(
            [
                mistake(
                    "There is no such folder of registers", str(folder), why, "Give the folder that holds the extracts."
                )
            ]
        )
    problems: list[Problem] = []
    tables = {path.stem: path for path in sorted(folder.glob("*.csv"))}
    described = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    for stem in sorted(tables.keys() - described.keys()):
        why = f"There is no {stem}.yaml that says what it is, where it is from and of which day."
        fix = "Put it in by 'qa-toolkit registers add', which writes the description."
        problems.append(mistake("An extract has no description", f"{stem}.csv", why, fix))
    for stem in sorted(described.keys() - tables.keys()):
        fix = f"Put {stem}.csv beside it, or remove the description."
        problems.append(mistake("A description has no extract", f"{stem}.yaml", f"There is no {stem}.csv.", fix))
    extracts: list[Extract] = []
    for stem in sorted(tables.keys() & described.keys()):
        description = read_description(described[stem], kinds, problems)
        extract = read_extract(tables[stem], description, kinds, problems)
        if extract is not None:
            extracts.append(extract)
    if not tables and not described:
        why = "It holds no CSV with a description beside it."
        problems.append(
            mistake("The folder holds no extract", folder.name, why, "Put one in by 'qa-toolkit registers add'.")
        )
    if problems:
        raise RegistersError(problems)
    return Registers(tuple(extracts))


def read_extract(
    path: Path, description: Description | None, kinds: Mapping[str, RegisterKind], problems: list[Problem]
) -> Extract | None:
    """The table that a description describes; None where it cannot be used. Mistakes go to ``problems``."""
    if description is None:
        return None
    kind = kinds[description.kind]
    content = content_of(path, problems)
    if content is None:
        return None
    digest = hashlib.sha256(content).hexdigest()
    if digest != description.sha256:
        what = "The file is not the one that its description describes"
        why = (
            f"Its sha256 is {digest[:12]}…, the description says {description.sha256[:12]}…: it was changed or damaged."
        )
        fix = "Take the extract from the register anew and add it, or restore the file."
        problems.append(mistake(what, path.name, why, fix))
        return None
    before = len(problems)
    rows = read_rows(content, path.name, kind, problems)
    if len(problems) > before:
        return None
    days = kind.stale_after_days if description.stale_after_days is None else description.stale_after_days
    return Extract(path.name, kind, description.source, description.licence, description.day, digest, days, tuple(rows))


def content_of(path: Path, problems: list[Problem]) -> bytes | None:
    """The bytes of a file; None where it cannot be read, which goes to ``problems``."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            why = f"It has more than {LARGEST_FILE:,} bytes."
            problems.append(mistake("The extract is too large", path.name, why, "Take out what is not needed."))
            return None
        return path.read_bytes()
    except OSError:
        why = "It is not there, or cannot be opened."
        problems.append(mistake("The extract cannot be read", path.name, why, "Check the path and its rights."))
        return None


def invented(
    kinds: Mapping[str, RegisterKind], tables: Mapping[str, Sequence[Mapping[str, Any]]], day: date
) -> Registers:
    """Extracts from rows given as values, for the examples of checks: kind -> rows, taken on ``day``."""
    return Registers(
        tuple(
            Extract(
                f"{kind}.csv",
                kinds[kind],
                "invented",
                "none",
                day,
                "",
                kinds[kind].stale_after_days,
                tuple(Row(number, dict(row)) for number, row in enumerate(rows, 2)),
            )
            for kind, rows in tables.items()
        )
    )
