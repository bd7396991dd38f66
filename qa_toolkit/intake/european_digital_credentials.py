"""European Digital Credentials (European Learning Model v3, JSON-LD): sealed, unsealed, wrapped for upload.

A sealed file is a document; its payload is read from the signed text, byte for byte, and never written again. Anything
unsealed is a draft, even where it carries an issue date or a proof of another kind: the seal is what issues it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from qa_toolkit.intake.credential_files import CredentialError, CredentialFiles
from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_elements import read_elements
from qa_toolkit.intake.elm_nodes import Document, Node
from qa_toolkit.intake.elm_parts import gather
from qa_toolkit.intake.json_documents import Item, payload_of
from qa_toolkit.intake.json_kinds import EUROPEAN_DIGITAL_CREDENTIAL
from qa_toolkit.intake.words import Words
from qa_toolkit.records.tables import ELEMENTS


class EuropeanDigitalCredentials(CredentialFiles):
    """Reads European Digital Credentials into ``credentials`` and ``origins``."""

    format = EUROPEAN_DIGITAL_CREDENTIAL
    carried = ELEMENTS
    fix = "Export the credential again as JSON (European Learning Model v3) and hand it in."

    def records(self, item: Item) -> Iterator[tuple[str, str, Callable[[], Record]]]:
        """A record for each subject of the credential."""
        credential, pointer, form = _unwrap(item.document, item.pointer)
        document = Document(credential, pointer)
        subjects = [subject for subject in document.root.all("credentialSubject") if isinstance(subject.value, dict)]
        if not subjects:
            raise CredentialError("It names no credentialSubject, so it says nothing of a learner.")
        for number, subject in enumerate(subjects, 1):
            suffix = f"-s{number}" if len(subjects) > 1 else ""
            yield suffix, form, partial(_read, document, subject, self._words)


def _read(document: Document, subject: Node, words: Words) -> Record:
    return read_elements(gather(document.root, subject), words)


def _unwrap(document: dict[str, Any], pointer: str) -> tuple[dict[str, Any], str, str]:
    """The credential in a document, its pointer, and its evidence form.

    Raises:
        JsonError: the payload of a sealed one is no JSON.
    """
    if "payload" in document:
        payload, _ = payload_of(document)
        return payload, f"{pointer}/payload#", "document"
    for wrapped in ("credential", "vc"):
        if isinstance(document.get(wrapped), dict):
            return _unwrap(document[wrapped], f"{pointer}/{wrapped}")
    return document, pointer, "document" if "/payload#" in pointer else "draft"
