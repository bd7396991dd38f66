"""XML from strangers: read with its paths, or refused by name, within bounds of time and memory."""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from qa_toolkit.intake.limits import DEEPEST_XML, LARGEST_XML, MOST_XML_ELEMENTS, Limit
from qa_toolkit.intake.recognise import recognise
from qa_toolkit.intake.words import Words
from qa_toolkit.intake.xml_documents import XmlError, read_xml
from qa_toolkit.resources import shipped_folder
from tests.conftest import SHARED_SAMPLES

WORDS = Words.load(shipped_folder("checks") / "vocabularies")
ATTACKS = SHARED_SAMPLES.glob("**/xxeTest/*.xml")


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "a.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_an_element_knows_its_path_with_a_number_only_where_there_are_several(tmp_path: Path) -> None:
    """So that whoever is told the path finds one element."""
    root = read_xml(written(tmp_path, "<a><b/><c><d>x</d></c><c><d>y</d><d>z</d></c></a>"))

    assert [element.pointer for element in root.walk()] == [
        "/a", "/a/b", "/a/c[1]", "/a/c[1]/d", "/a/c[2]", "/a/c[2]/d[1]", "/a/c[2]/d[2]",
    ]  # fmt: skip


def test_prefixes_do_not_matter_and_text_is_told_on_one_line(tmp_path: Path) -> None:
    """Namespaces do; white space is how a file was laid out."""
    root = read_xml(written(tmp_path, '<x:a xmlns:x="urn:one" x:n="1" xml:lang="de">\n  zwei\n  Zeilen <x:b/></x:a>'))

    assert (root.namespace, root.name, dict(root.attributes)) == ("urn:one", "a", {"n": "1", "lang": "de"})
    assert root.literal() == "zwei Zeilen"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig"), ("ISO-8859-1", "latin-1"), ("UTF-16", "utf-16"),
     ("windows-1250", "cp1250")],
)  # fmt: skip
def test_the_encoding_that_a_file_declares_is_read(declared: str, encoding: str, tmp_path: Path) -> None:
    """With or without a byte order mark."""
    text = f'<?xml version="1.0" encoding="{declared}"?><a>Müller</a>'

    assert read_xml(written(tmp_path, text.encode(encoding))).literal() == "Müller"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>x</a>',
        '<!DOCTYPE a PUBLIC "-//EXAMPLE//DTD" "http://127.0.0.1:9/a.dtd"><a>x</a>',
        "<!DOCTYPE a [<!ELEMENT a (#PCDATA)>]><a>x</a>",
        "<a>x<!-- <!ENTITY e 'y'> --></a>",
        "<a><![CDATA[x]]></a>",
    ],
)
def test_a_harmless_document_type_passes_and_is_never_opened(text: str, tmp_path: Path) -> None:
    """Neither does the word alone refuse a file."""
    assert read_xml(written(tmp_path, text)).literal() == "x"


EXPONENTIAL = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('<!DOCTYPE a [<!ENTITY e "x">]><a/>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY % e SYSTEM "http://127.0.0.1:9/e">%e;]><a/>', "declares entities"),
        (f"<!DOCTYPE a [{EXPONENTIAL}]><a>&e11;</a>", "declares entities"),
        ('<!DOCTYPE a SYSTEM "a.dtd"><a>&nbsp;</a>', "only another document declares"),
        ("<a>&nbsp;</a>", "broken XML"),
        ("<a><b></a>", "broken XML (line 1)"),
        ("<a/>\n\n<b/>", "broken XML (line 3)"),
        ("", "broken XML"),
        ('<?xml version="1.0" encoding="klingon"?><a/>', "an encoding that is not known"),
        ("<a>\x00</a>", "broken XML"),
    ],
)
def test_what_is_hostile_or_broken_is_refused_by_name(text: str, why: str, tmp_path: Path) -> None:
    """The message says what it is and holds nothing of the file."""
    with pytest.raises(XmlError) as refused:
        read_xml(written(tmp_path, text))

    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("limit", "content"),
    [
        (MOST_XML_ELEMENTS, lambda n: b"<a>" + b"<b/>" * n + b"</a>"),
        (DEEPEST_XML, lambda n: b"<a>" * (n + 1) + b"</a>" * (n + 1)),
        (LARGEST_XML, lambda n: b"<a>" + b"x" * n + b"</a>"),
    ],
)
def test_each_limit_refuses_what_is_beyond(limit: Limit, content: Callable[[int], bytes], tmp_path: Path) -> None:
    """And says which it is."""
    with pytest.raises(XmlError, match=str(limit)):
        read_xml(written(tmp_path, content(limit.value)))


@pytest.mark.skipif(not SHARED_SAMPLES.is_dir(), reason="the folder of public samples is not beside the repository")
@pytest.mark.parametrize("path", sorted(ATTACKS), ids=lambda path: path.stem)
def test_the_published_attacks_are_refused_at_once(path: Path) -> None:
    """Files that read local files, call out or grow without end: none gets as far as its first element."""
    tracemalloc.start()
    began = time.perf_counter()
    kind, instead = recognise(path, WORDS.letters)
    took, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kind == "unknown"
    assert "declares entities" in instead
    assert took < 2
    assert peak < 20 << 20


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<!DOCTYPE html><html><body>x</body></html>", "a web page (HTML)"),
        ("<html><p>x<br></html>", "a web page (HTML)"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG image without a credential"),
        ('<elmo xmlns="https://example.org/other"/>', "XML of an unknown kind"),
        ("<catalogue/>", "XML of an unknown kind"),
        ("<a", "XML that is not read: it is broken XML (line 1)"),
    ],
)
def test_other_xml_is_refused_for_what_it_is(text: str, what: str, tmp_path: Path) -> None:
    """By its root element, read no further."""
    kind, instead = recognise(written(tmp_path, text), WORDS.letters)

    assert (kind, instead.partition("\n")[0]) == ("unknown", what)
