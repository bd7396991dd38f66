"""Open Badges 3.0 as JSON, in a compact signature (JWT) or baked into an image; envelopes of W3C VC 2.0 and 1.1.

The file is the credential, signed or not: the date it is valid from is the day it was issued on. Signatures are not
looked at here.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from qa_toolkit.intake.credential_files import CredentialError, CredentialFiles
from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Document, Node
from qa_toolkit.intake.json_documents import Item, payload_of
from qa_toolkit.intake.json_kinds import OPEN_BADGE
from qa_toolkit.intake.open_badges_elements import read_elements
from qa_toolkit.intake.open_badges_parts import Parts
from qa_toolkit.records.tables import ELEMENTS


class OpenBadges(CredentialFiles):
    """Reads Open Badges of version 3 into ``credentials`` and ``origins``."""

    format = OPEN_BADGE
    carried = tuple(element for element in ELEMENTS if element != "prerequisites")
    """No badge and no extension has a property for prerequisites; for the others at least an extension has one."""
    fix = "Export the badge again as Open Badges 3.0 (JSON, JWT, PNG or SVG) and hand it in."

    def records(self, item: Item) -> Iterator[tuple[str, str, Callable[[], Record]]]:
        """A record for each subject, and for each achievement where a subject has several."""
        credential, claims = _unwrap(item.document, item.pointer)
        root = credential.root
        subjects = [subject for subject in root.all("credentialSubject") if isinstance(subject.value, dict)]
        if not subjects:
            raise CredentialError("It names no credentialSubject, so it says nothing of a learner.")
        for number, subject in enumerate(subjects, 1):
            achievements = [a for a in subject.all("achievement") if isinstance(a.value, dict)]
            for place, achievement in enumerate(achievements or [None], 1):
                suffix = f"-s{number}" if len(subjects) > 1 else ""
                suffix += f"-a{place}" if len(achievements) > 1 else ""
                missing = Node({}, f"{subject.pointer}/achievement", credential)
                parts = Parts(root, claims, subject, achievement or missing)
                yield suffix, "document", partial(read_elements, parts, self._words)


def _unwrap(document: dict[str, Any], pointer: str) -> tuple[Document, Node]:
    """The credential in a document, and the claims of the token around it (an empty node where there is none).

    Raises:
        JsonError: the payload of a signed one is no JSON.
    """
    if "payload" in document and "credentialSubject" not in document:
        payload, _ = payload_of(document)
        return _unwrap(payload, f"{pointer}/payload#")
    for wrapped in ("credential", "vc"):
        if isinstance(document.get(wrapped), dict):
            inner = Document(document[wrapped], f"{pointer}/{wrapped}")
            return inner, Document(document if wrapped == "vc" else {}, pointer).root
    credential = Document(document, pointer)
    # A token may state its claims beside the credential's own properties (VC-JOSE): they mean the same.
    return credential, credential.root
