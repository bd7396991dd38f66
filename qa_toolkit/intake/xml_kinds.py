"""What an XML document is, by its root element."""

from pathlib import Path

from qa_toolkit.intake.xml_documents import XmlError, root_of

ELMO = "elmo"
EUROPASS_XML = "europass_xml"
SVG = "an SVG image without a credential"

_EUROPASS = ("http://data.europa.eu/snb", "http://data.europa.eu/europass", "")
"""The last one for what was written before there was a namespace."""
_ROOTS = {
    "elmo": (("https://github.com/emrex-eu/elmo-schemas", "http://purl.org/net/elmo"), ELMO),
    "europassCredential": (_EUROPASS, EUROPASS_XML),
    "verifiablePresentation": (_EUROPASS, EUROPASS_XML),
}
"""Local name of a root element -> how its namespace begins, and the format."""
_IN_WORDS = {
    "html": "a web page (HTML)",
    "svg": SVG,
}


def recognise_xml(path: Path) -> str:
    """The format of an XML file, or in words what it is instead."""
    try:
        namespace, name = root_of(path)
    except XmlError as error:
        return f"XML that is not read: {error}"
    spaces, kind = _ROOTS.get(name, ((), ""))
    if namespace.startswith(spaces):
        return kind
    return _IN_WORDS.get(name, "XML of an unknown kind")
