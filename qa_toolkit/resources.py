"""Where the shipped data lie: inside an installed package, beside it in the source tree."""

from importlib.resources import files
from pathlib import Path


def shipped_folder(name: str) -> Path:
    """The folder ``checks`` or ``report_templates`` that ships with the toolkit.

    An installed wheel holds it inside the package; an editable install finds it beside the package.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(str(files("qa_toolkit")))
    for folder in (package / name, package.parent / name):
        if folder.is_dir() and (folder.parent == package or (package.parent / "pyproject.toml").is_file()):
            return folder
    raise FileNotFoundError(f"the installation lacks its folder {name!r}; install qa-toolkit again")
