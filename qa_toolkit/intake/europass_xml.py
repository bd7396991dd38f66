"""European Digital Credentials in XML, as Europass issued them until 2023 (model version 2): sealed or drafts.

They are translated into today's model and read by its reader. A seal (XAdES) is seen and named; it is not verified.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from qa_toolkit.intake.credential_files import DOCUMENT, CredentialError, CredentialFiles
from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_elements import read_elements
from qa_toolkit.intake.elm_nodes import Document, Node
from qa_toolkit.intake.elm_parts import gather
from qa_toolkit.intake.europass_xml_names import translated
from qa_toolkit.intake.json_documents import Item
from qa_toolkit.intake.proofs import seal_not_verified
from qa_toolkit.intake.translated import Translated
from qa_toolkit.intake.words import Words
from qa_toolkit.intake.xml_documents import Element, XmlError, read_xml
from qa_toolkit.intake.xml_kinds import EUROPASS_XML
from qa_toolkit.records.tables import ELEMENTS

_CREDENTIALS = ("europassCredential", "verifiableCredential", "presentedCredential")
_SIGNATURES = "http://www.w3.org/2000/09/xmldsig#"


class EuropassXml(CredentialFiles):
    """Reads European Digital Credentials of model version 2 into ``credentials`` and ``origins``."""

    format = EUROPASS_XML
    carried = ELEMENTS
    mixed = False
    fix = "Export the credential again, as JSON (European Learning Model v3) where that can be, and hand it in."

    def documents(self, path: Path) -> Iterator[Item]:
        """The credential of a file, or those of a presentation."""
        try:
            root = read_xml(path)
        except XmlError as error:
            yield Item(None, "", error=str(error))
            return
        found = _credentials(root)
        for number, credential in enumerate(found, 1):
            yield Item(number if len(found) > 1 else None, credential.pointer, credential)

    def records(self, item: Item) -> Iterator[tuple[str, str, Callable[[], Record]]]:
        """A record for each subject of the credential."""
        form = DOCUMENT if _signature_of(item.document) is not None else "draft"
        read = translated(item.document)
        document = Document(read.document, "")
        subjects = document.root.all("credentialSubject")
        if not subjects:
            raise CredentialError("It names no credentialSubject, so it says nothing of a learner.")
        for number, subject in enumerate(subjects, 1):
            suffix = f"-s{number}" if len(subjects) > 1 else ""
            yield suffix, form, partial(_read, read, document, subject, self._words)

    def proof(self, item: Item) -> dict[str, Any]:
        """What is seen of the seal."""
        signature = _signature_of(item.document)
        method = signature.first("SignedInfo", "SignatureMethod") if signature is not None else None
        algorithm = method.attributes.get("Algorithm", "") if method is not None else ""
        return seal_not_verified(algorithm.rpartition("#")[2])


def _read(read: Translated, document: Document, subject: Node, words: Words) -> Record:
    return read.told(read_elements(gather(document.root, subject), words))


def _credentials(root: Element) -> list[Element]:
    """The root, or the credentials in the presentation that it is."""
    if root.name in _CREDENTIALS:
        return [root]
    return [child for child in root.children if child.name in _CREDENTIALS]


def _signature_of(credential: Element) -> Element | None:
    """The signature that encloses or stands in a credential: of itself, or of the presentation around it."""
    whole = credential.parent or credential
    held = (element for element in whole.walk() if element.name == "Signature")
    return next((element for element in held if element.namespace == _SIGNATURES), None)
