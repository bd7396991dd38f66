"""From the folder ``checks/`` to the catalogue; every mistake of every file at once."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TypeVar

from qa_toolkit.catalogue.fields import Fields
from qa_toolkit.catalogue.models import PRINCIPLES, Agreement, Catalogue, Framework
from qa_toolkit.catalogue.read_adoptions import read_agreements_file
from qa_toolkit.catalogue.read_checks import Found, read_principle_file, read_question_file
from qa_toolkit.catalogue.read_frameworks import read_framework
from qa_toolkit.catalogue.read_registers import read_register_file
from qa_toolkit.catalogue.read_schemes import read_scheme
from qa_toolkit.catalogue.scheme_models import Scheme
from qa_toolkit.catalogue.yaml_nodes import problem, read_yaml
from qa_toolkit.problems import AuditError, Problem
from qa_toolkit.records.register_tables import RegisterKind

HAND_IN_FILE = "00-hand-in.yaml"
AGREEMENTS_FILE = "agreements.yaml"
Whole = TypeVar("Whole", Framework, Scheme)
FOLDERS = ("registers", "principles", "questions", "frameworks", "schemes")
"""Folders whose YAML files are read, in this order: frameworks take the titles of principles."""


class CatalogueError(AuditError):
    """The checks cannot be used. ``problems`` holds every mistake with file, line, key, reason and fix."""


def load_catalogue(folder: Path, own: Path | None = None) -> Catalogue:
    """Load every check, question, framework and scheme.

    Args:
        folder: the shipped ``checks/``.
        own: the user's own folder; a file with the same relative path replaces the shipped one, others are added.

    Raises:
        CatalogueError: with all mistakes of all files.
    """
    problems: list[Problem] = []
    if own is not None and not own.is_dir():
        why = "It is a file." if own.exists() else "Nothing has this name."
        raise CatalogueError((problem("The folder of own checks is not there", own.name, why, "Check the path."),))
    contents = _contents(folder) | (_contents(own) if own is not None else {})
    catalogue = _read(contents, problems)
    if problems:
        raise CatalogueError(tuple(dict.fromkeys(problems)))
    return catalogue


def _contents(folder: Path) -> dict[str, bytes]:
    """Relative path -> bytes of every file; hidden ones (an editor's, a desktop's) left out."""
    paths = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {
        relative.as_posix(): path.read_bytes()
        for relative, path in paths.items()
        if not any(part.startswith(".") for part in relative.parts)
    }


def _read(contents: Mapping[str, bytes], problems: list[Problem]) -> Catalogue:
    found = Found()
    frameworks: dict[str, Framework] = {}
    agreements: dict[str, Agreement] = {}
    registers: dict[str, RegisterKind] = {}
    schemes: dict[str, Scheme] = {}
    for path in _read_order(contents, problems):
        located = read_yaml(contents[path], path, problems)
        if located is None:
            continue
        fields = Fields(located, problems)
        kind = PurePosixPath(path).parts[0]
        if kind == "questions":
            read_question_file(fields, found)
        elif kind == "registers":
            if (register := read_register_file(fields, found)) is not None:
                registers[register.id] = register
        elif kind == "frameworks":
            framework = read_framework(fields, found)
            _add(framework, framework.id, f"framework {framework.id}", fields, frameworks, found)
        elif kind == "schemes":
            scheme = read_scheme(fields, contents[path])
            _add(scheme, scheme.id, f"scheme {scheme.id}", fields, schemes, found)
        elif path == AGREEMENTS_FILE:
            agreements = read_agreements_file(fields, found)
        else:
            read_principle_file(fields, found)
    order = {key: number for number, key in enumerate(PRINCIPLES)}
    return Catalogue(
        checks=found.checks,
        questions=found.questions,
        frameworks=dict(sorted(frameworks.items())),
        sha256=_digest(contents),
        principles=dict(sorted(found.principles.items(), key=lambda item: order.get(item[0], len(order)))),
        agreements=agreements,
        registers=dict(sorted(registers.items())),
        places=found.places,
        schemes=dict(sorted(schemes.items())),
    )


def _add(one: Whole, identifier: str, name: str, fields: Fields, known: dict[str, Whole], found: Found) -> None:
    """Keep a framework or scheme, each a file of its own, unless its id is there already."""
    place = identifier if isinstance(one, Framework) else name
    if identifier in known:
        why = f"It stands in {found.places[place]} already."
        fields.refuse("id", f"The {name} is there twice", why, "Give one of them another id.")
    elif identifier:
        known[identifier] = one
        found.places[place] = fields.place


def _read_order(contents: Mapping[str, bytes], problems: list[Problem]) -> list[str]:
    """The YAML files to read, folder by folder, the hand-in first. A YAML file elsewhere is a mistake."""
    by_folder: dict[str, list[str]] = {name: [] for name in ("", *FOLDERS)}
    for path in sorted(contents):
        parts = PurePosixPath(path).parts
        if PurePosixPath(path).suffix not in (".yaml", ".yml"):
            continue
        if path in (HAND_IN_FILE, AGREEMENTS_FILE):
            by_folder[""].append(path)
        elif len(parts) == 2 and parts[0] in FOLDERS and path.endswith(".yaml"):
            by_folder[parts[0]].append(path)
        else:
            folders = ", ".join(f"{name}/" for name in FOLDERS)
            why = f"Read are {HAND_IN_FILE}, {AGREEMENTS_FILE} and the .yaml files in {folders}."
            problems.append(problem("Nothing reads this file", path, why, "Move or rename it, or remove it."))
    return [path for paths in by_folder.values() for path in paths]


def _digest(contents: Mapping[str, bytes]) -> str:
    """Over path and bytes of every file. Lengths keep what belongs to one file from passing for another's."""
    digest = sha256()
    for path in sorted(contents):
        name = path.encode()
        digest.update(b"%d %d\n" % (len(name), len(contents[path])) + name + contents[path])
    return digest.hexdigest()
