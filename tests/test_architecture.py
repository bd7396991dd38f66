"""The house keeps its floors: a room imports only rooms below it, and neighbours do not know each other."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "qa_toolkit"

FLOORS = {
    "problems": 0,
    "privacy": 0,
    "workbook": 0,
    "messages": 0,
    "resources": 0,
    "records": 0,
    "decisions": 0,
    "catalogue": 1,
    "configuration": 1,
    "registers": 1,
    "authenticity": 1,
    "result": 1,
    "intake": 2,
    "engine": 2,
    "scoring": 2,
    "judgement": 2,
    "report": 2,
    "auditing": 3,
    "archive": 3,
    "cli": 4,
    "__main__": 5,
}


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "qa_toolkit" and len(parts) > 1 else None


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path.name} uses a relative import"
            names = (
                [node.module] if node.module != "qa_toolkit" else [f"qa_toolkit.{alias.name}" for alias in node.names]
            )
        rooms |= {room for name in names if (room := room_of(name)) and not room.startswith("__version")}
    return rooms


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_rooms_on_lower_floors(path: Path) -> None:
    """Neighbours on a floor do not know each other, and nothing reaches upwards."""
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    upwards = {room for room in imported_rooms(path) if room != own and FLOORS[room] >= FLOORS[own]}

    assert not upwards


def test_every_room_has_a_floor() -> None:
    """A new folder or module at the top of the package says where it stands."""
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}

    assert rooms <= FLOORS.keys()


def test_only_the_engine_knows_great_expectations() -> None:
    """Its internals are used in one room, small enough to throw away."""
    users = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(module.split(".")[0] == "great_expectations" for module in modules):
                users.add(path.relative_to(PACKAGE).parts[0])

    assert users <= {"engine"}
