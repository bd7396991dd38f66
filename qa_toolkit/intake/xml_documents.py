"""XML from strangers as a tree that knows its paths: parsed within limits, nothing resolved, nothing fetched.

A document whose type declares an entity is refused at the declaration, before anything can grow or be looked up. A bare
document type is harmless and passes: its definition is never opened. So does one in a comment or in a text.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from qa_toolkit.intake.limits import DEEPEST_XML, LARGEST_XML, MOST_XML_ELEMENTS

ENTITIES = "it declares entities, which are never resolved"
_BLOCK = 1 << 16
_NONE: Mapping[str, str] = {}


class XmlError(ValueError):
    """A text is no XML within the limits; the message says where and why, never what it holds."""


@dataclass(slots=True, eq=False)
class Element:
    """An element of a document, under its local name; attributes lose their prefix, ``xml:lang`` included."""

    name: str
    namespace: str
    attributes: Mapping[str, str]
    parent: "Element | None"
    number: int
    """Among the siblings of its name, from 1."""
    children: list["Element"] = field(default_factory=list)
    content: str = ""
    """The text directly in it, as it stands."""
    repeated: frozenset[str] = frozenset()
    """Names that more than one of its children has."""

    @property
    def pointer(self) -> str:
        """The path from the root in local names: ``/elmo/report/learningOpportunitySpecification[2]/title``."""
        steps, element = [], self
        while True:
            parent = element.parent
            several = parent is not None and element.name in parent.repeated
            steps.append(f"{element.name}[{element.number}]" if several else element.name)
            if parent is None:
                return "/" + "/".join(reversed(steps))
            element = parent

    def all(self, *names: str) -> list["Element"]:
        """The elements under a path of names."""
        found = [self]
        for name in names:
            found = [child for element in found for child in element.children if child.name == name]
        return found

    def first(self, *names: str) -> "Element | None":
        """The first of them."""
        found = self.all(*names)
        return found[0] if found else None

    def literal(self) -> str | None:
        """Its text on one line; None where it has none."""
        return " ".join(self.content.split()) or None

    def walk(self) -> Iterator["Element"]:
        """It, and everything within, in the order of the document."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack += reversed(element.children)


def read_xml(path: Path) -> Element:
    """The root element of a file.

    Raises:
        XmlError: it is broken, declares entities, or exceeds a limit.
    """
    if path.stat().st_size > LARGEST_XML.value:
        raise XmlError(f"it is larger than {LARGEST_XML}")
    parsing = _Parsing()
    _parse(path, parsing)
    assert parsing.root is not None  # a document without an element is broken
    return parsing.root


def root_of(path: Path) -> tuple[str, str]:
    """Namespace and local name of the root element, read no further than that.

    Raises:
        XmlError: it is broken or declares entities before its first element.
    """
    parsing = _Parsing(only_root=True)
    with suppress(_RootFoundError):
        _parse(path, parsing)
    assert parsing.root is not None
    return parsing.root.namespace, parsing.root.name


def _parse(path: Path, parsing: "_Parsing") -> None:
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                parsing.parser.Parse(block)
            parsing.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise XmlError(f"it is broken XML (line {error.lineno})") from None
    except OSError as error:
        raise XmlError(f"the system does not open it ({error.strerror})") from None
    except (LookupError, UnicodeError):
        raise XmlError("it declares an encoding that is not known") from None


class _RootFoundError(Exception):
    """Ends the parsing where no more than the root is asked for: what follows may be broken."""


class _Parsing:
    """Builds the tree while the parser reads."""

    def __init__(self, only_root: bool = False) -> None:
        self.root: Element | None = None
        self._only_root = only_root
        self._open: list[tuple[Element, Counter[str], list[str]]] = []
        self._elements = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._entity
        self.parser.SkippedEntityHandler = self._skipped

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_XML_ELEMENTS.value:
            raise XmlError(f"it has more than {MOST_XML_ELEMENTS}")
        if len(self._open) >= DEEPEST_XML.value:
            raise XmlError(f"it is nested deeper than {DEEPEST_XML}")
        namespace, _, local = name.rpartition(" ")
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()} if attributes else _NONE
        parent, counted, _ = self._open[-1] if self._open else (None, Counter[str](), [])
        counted[local] += 1
        element = Element(local, namespace, own, parent, counted[local])
        if parent is None:
            self.root = element
            if self._only_root:
                raise _RootFoundError
        else:
            parent.children.append(element)
        self._open.append((element, Counter(), []))

    def _end(self, _: str) -> None:
        element, counted, texts = self._open.pop()
        element.content = "".join(texts)
        element.repeated = frozenset(name for name, number in counted.items() if number > 1)

    def _characters(self, text: str) -> None:
        self._open[-1][2].append(text)

    def _entity(self, *_: object) -> None:
        raise XmlError(ENTITIES)

    def _skipped(self, *_: object) -> None:
        raise XmlError("it refers to an entity that only another document declares, which is never opened")
