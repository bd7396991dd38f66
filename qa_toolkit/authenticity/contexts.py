"""The local folder of JSON-LD contexts: put one in, list what is there."""

import csv
import hashlib
import json
from datetime import date
from pathlib import Path

from qa_toolkit.authenticity.material import COLUMNS, LARGEST_FILE, LIST, MaterialError, delimiter_of, load_material
from qa_toolkit.problems import Problem, ProblemKind


def add_context(folder: Path, file: Path, url: str, day: date) -> str:
    """Copy a context into the folder, made if missing, and write its row; the name it has there.

    Raises:
        MaterialError: the file is no context, the address no address or taken, or the folder cannot be used.
    """
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ValueError
        content = file.read_bytes()
        document = json.loads(content.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise _error(str(file), "The context cannot be read", "It is no JSON file that can be opened.") from None
    if not isinstance(document, dict) or "@context" not in document:
        raise _error(str(file), "The file is no context", "It has no @context of its own.")
    if "://" not in url or any(character.isspace() for character in url):
        raise _error(url, "The address is none", "Credentials name a context by an address such as https://….")
    path = folder / LIST
    if path.exists() and url in load_material(folder).contexts:
        raise _error(url, "The context is there already", f"Its row stands in {LIST}.")
    name = f"context-{hashlib.sha256(url.encode()).hexdigest()[:12]}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
        with path.open("a", encoding="utf-8", newline="") as rows:
            head = lines[0] if lines else ""
            writer = csv.writer(rows, delimiter=delimiter_of(head), lineterminator="\n")
            if not lines:
                writer.writerow(COLUMNS)
            order = [one.strip() for one in next(csv.reader([head], delimiter=delimiter_of(head)))] if head else []
            stated = dict(zip(COLUMNS, (name, "context", url, day.isoformat()), strict=True))
            writer.writerow([stated.get(column, "") for column in order or COLUMNS])
    except OSError as error:
        raise _error(str(folder), "The folder cannot be written", f"The system says: {error.strerror}.") from None
    return name


def contexts_at_hand(folder: Path) -> list[tuple[str, str]]:
    """Address and origin of each context: file and day; '' for those that come with the libraries.

    Raises:
        MaterialError: the folder has a list that cannot be used.
    """
    supplied = load_material(folder).contexts if (folder / LIST).exists() else {}
    rows = [(address, f"{one.file}, {one.day.isoformat()}") for address, one in sorted(supplied.items())]
    try:
        from pyld.documentloader.frozen import BUNDLED_CONTEXTS
    except ModuleNotFoundError:
        return rows
    return rows + [(address, "") for address in sorted(BUNDLED_CONTEXTS) if address not in supplied]


def _error(place: str, what: str, why: str) -> MaterialError:
    fix = "Save the context from its address as JSON, and give it with --url ADDRESS."
    return MaterialError([Problem(ProblemKind.FILE, what, place, why, fix, more="qa-toolkit contexts add --help")])
