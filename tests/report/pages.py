"""Pages rendered from the example results, and a small reader of them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from qa_toolkit.messages import Messages
from qa_toolkit.report.agency import Agency
from qa_toolkit.report.findings import Findings
from qa_toolkit.report.html import write_html
from qa_toolkit.resources import shipped_folder
from qa_toolkit.result import AuditResult
from tests.report.build import write_example_findings


def render(result: AuditResult, folder: Path, templates: Path | None = None, agency: Agency | None = None) -> Path:
    """Render a result with the example findings into a new folder."""
    folder.mkdir(parents=True)
    write_example_findings(folder / "findings.parquet")
    with Findings.open(folder / "findings.parquet") as findings:
        write_html(result, findings, folder, Messages(), templates or shipped_folder("report_templates"), agency)
    return folder


@dataclass
class Element:
    """An element of a page: its tag, attributes and the text inside, with single spaces."""

    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)
    parent: "Element | None" = None

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    def inside(self, tag: str) -> bool:
        return self.parent is not None and (self.parent.tag == tag or self.parent.inside(tag))


INLINE = {
    "a",
    "b",
    "span",
    "code",
    "script",
    "style",
    "use",
    "symbol",
    "svg",
    "path",
    "circle",
    "rect",
    "title",
    "desc",
}
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """The elements of a page in order; scripts and styles keep their text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs}, parent=self._open[-1] if self._open else None)
        self.elements.append(element)
        self._break_before_and_after(tag)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {k: v or "" for k, v in attrs}, parent=self._open[-1]))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()
        self._break_before_and_after(tag)

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)

    def _break_before_and_after(self, tag: str) -> None:
        """Text on either side of a block does not run together."""
        if tag not in INLINE:
            self.handle_data(" ")

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of a tag whose attributes hold these values; ``class_`` names one of the classes."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [
            e
            for e in self.elements
            if e.tag == tag and all(value in e.attributes.get(key, "").split() for key, value in wanted.items())
        ]

    def by_id(self, identity: str) -> Element:
        return next(e for e in self.elements if e.attributes.get("id") == identity)
