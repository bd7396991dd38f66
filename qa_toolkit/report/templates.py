"""Where templates come from: the shipped ones, and a folder of the user's own laid over them.

A folder of one's own is looked at before any work is done: a name that is no template's would never be used, and one
that does not parse would fail when everything else is finished. All of it is told at once.
"""

from pathlib import Path
from traceback import extract_tb

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError

from qa_toolkit.problems import AuditError, Problem, ProblemKind, meant
from qa_toolkit.resources import shipped_folder

SHIPPED = "report_templates"
_ENDS = {".js": "</script", ".css": "</style"}
"""What a file that stands inside an element of the page must not hold: it would end the element."""


class TemplatesError(AuditError):
    """Templates that cannot be used; ``problems`` say every reason."""


def template_environment(folder: Path) -> Environment:
    """Templates of the folder first, then the shipped ones; every text escaped, a missing name an error."""
    folders = list(dict.fromkeys((folder, shipped_folder(SHIPPED))))
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(each) for each in folders]),
        autoescape=True,  # by file name Jinja would leave *.html.j2 unescaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def refuse_unusable(folder: Path) -> None:
    """See that a folder of templates can be laid over the shipped ones.

    Raises:
        TemplatesError: it is not there, or holds a file no template is named like, or one that cannot be read.
    """
    if not folder.is_dir():
        found = "It is a file." if folder.exists() else "Nothing was found at this path."
        fix = "Give a folder that is built like report_templates, for example with audit/style.css in it."
        raise TemplatesError((_problem("There is no such folder of templates", str(folder), found, fix),))
    shipped = shipped_folder(SHIPPED)
    known = sorted(_name(path, shipped) for path in shipped.rglob("*") if path.is_file())
    problems = []
    for path in sorted(folder.rglob("*")):
        name = _name(path, folder)
        if path.is_dir() or any(part.startswith(".") for part in Path(name).parts):
            continue
        if name not in known:
            problems.append(
                _problem("A file is named like no template", name, "It would never be used.", _fix(name, known))
            )
        elif (why := _unreadable(path)) is not None:
            problems.append(_problem("A template cannot be used", name, why, "Correct it, or leave it out."))
    if problems:
        raise TemplatesError(tuple(problems))


def as_problem(error: Exception, folder: Path) -> TemplatesError | None:
    """What went wrong while a page was rendered, if it went wrong in a template of the user's own."""
    for frame in reversed(extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.suffix == ".j2":
            if folder == shipped_folder(SHIPPED) or not path.is_relative_to(folder):
                return None
            place = f"{_name(path, folder)}, line {frame.lineno}"
            fix = "Compare it with the shipped template of the same name; its names may have changed."
            return TemplatesError((_problem("A template cannot be used", place, f"{error}.", fix),))
    return None


def _unreadable(path: Path) -> str | None:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".j2":
            Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        return f"Line {error.lineno}: {error.message}."
    except UnicodeDecodeError:
        return "It is not UTF-8 text."
    except OSError as error:
        return f"{error.strerror or error}."
    end = _ENDS.get(path.suffix)
    return f"It holds {end}>, which would end it on the page." if end and end in text.casefold() else None


def _fix(name: str, known: list[str]) -> str:
    same = [one for one in known if Path(one).name == Path(name).name]
    return meant(same[0] if same else name, known, f"Known: {', '.join(known)}.", cutoff=0.5)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _problem(what: str, place: str, why: str, fix: str) -> Problem:
    return Problem(ProblemKind.FILE, what, place, why, fix)
