"""Open Badges of version 2 and older: assertions, hosted or signed, with the classes and issuers handed in beside them.

Most assertions name their badge class by its address only. Nothing is fetched: what stands behind an address is read
where it was handed in, as a file of its own or in a bundle (address -> document); else it could not be checked.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from qa_toolkit.authenticity.verdicts import Reason, does_not_hold
from qa_toolkit.intake.credential_files import DOCUMENT, CredentialFiles, note
from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Document, Node
from qa_toolkit.intake.json_documents import Item, items
from qa_toolkit.intake.json_kinds import OPEN_BADGE_2
from qa_toolkit.intake.open_badges_2_names import translated
from qa_toolkit.intake.open_badges_elements import read_elements
from qa_toolkit.intake.open_badges_parts import Parts
from qa_toolkit.intake.proofs import Proofs, status_columns
from qa_toolkit.intake.reader import FileOutcome, HandedInFile
from qa_toolkit.intake.translated import Translated
from qa_toolkit.intake.words import Words
from qa_toolkit.problems import Problem
from qa_toolkit.records.store import RecordStore
from qa_toolkit.records.tables import ELEMENTS

_OF_THE_ASSERTION = ("learner", "issued")
"""Elements that an assertion states itself; all others stand in its class or its issuer."""


class OpenBadges2(CredentialFiles):
    """Reads assertions of Open Badges 2 into ``credentials`` and ``origins``."""

    format = OPEN_BADGE_2
    carried = tuple(element for element in ELEMENTS if element != "prerequisites")
    fix = "Export the badge again as Open Badges 3.0, or hand in its badge class and issuer beside it."

    def __init__(self, words: Words, proofs: Proofs | None = None) -> None:
        super().__init__(words, proofs)
        self._behind: dict[str, dict[str, Any]] = {}
        """Address -> what was handed in of it, for the files of one reading."""
        self._revoked: set[str] = set()

    def read(self, files: Sequence[HandedInFile], store: RecordStore) -> tuple[FileOutcome, ...]:
        """As of any format, once what stands behind addresses is known."""
        self._behind.clear()
        self._revoked.clear()
        for file in files:
            for item in items(file.path):
                if isinstance(item.document, dict):
                    self._keep(item.document)
        return super().read(files, store)

    def documents(self, path: Path) -> Iterator[Item]:
        """The assertions, those of a bundle one by one; what stands behind them is no award."""
        for item in items(path):
            held = _bundled(item.document) if item.error is None else {}
            for number, (address, document) in enumerate(held.items(), 1):
                place = f"{item.pointer}/{address.replace('~', '~0').replace('/', '~1')}"
                one = replace(item, number=number, pointer=place, document=document, compact=None)
                yield one if _is_assertion(document) else replace(one, no_award=True)
            if not held and isinstance(item.document, dict) and not _is_assertion(item.document):
                yield replace(item, no_award=True)
            elif not held:
                yield item

    def passed_over(self, file: HandedInFile, number: int) -> Problem:
        """Classes and issuers are read with the assertions that name them."""
        what = "What stands behind badges was read"
        documents = "1 document describes" if number == 1 else f"{number:,} documents describe"
        why = f"{documents} a badge, an issuer, keys or what was revoked, and no award."
        return note(file, file.place, what, why, "Nothing needs to be done.")

    def records(self, item: Item) -> Iterator[tuple[str, str, Callable[[], Record]]]:
        """One record for an assertion."""
        assertion: dict[str, Any] = item.document
        badge = self._known(assertion.get("badge"))
        issuer = self._known(badge.get("issuer")) if isinstance(badge, dict) else None
        read = translated(assertion, item.pointer, badge, issuer)
        yield "", DOCUMENT, partial(_read, read, isinstance(badge, dict), isinstance(issuer, dict), self._words)

    def proof(self, item: Item) -> dict[str, Any]:
        """How it is signed or hosted; and whether it, or a list handed in beside it, says that it was revoked."""
        columns = super().proof(item)
        names = {item.document.get(key) for key in ("id", "@id", "uid")} - {None}
        if item.document.get("revoked") is True or names & self._revoked:
            columns |= status_columns(does_not_hold(Reason.REVOKED))
        return columns

    def _keep(self, document: dict[str, Any]) -> None:
        """Remember a document by its address; of a bundle each."""
        for address, held in _bundled(document).items():
            self._behind.setdefault(address, held)
            self._revoke(held)
        own = document.get("id") or document.get("@id")
        if isinstance(own, str) and not _is_assertion(document):
            self._behind.setdefault(own, document)
        self._revoke(document)

    def _revoke(self, document: dict[str, Any]) -> None:
        """Remember what a list of revocations names."""
        listed = document.get("revokedAssertions")
        for one in listed if isinstance(listed, list) else []:
            name = (one.get("id") or one.get("uid")) if isinstance(one, dict) else one
            if isinstance(name, str):
                self._revoked.add(name)

    def _known(self, value: Any) -> Any:
        """A document named by its address, where it was handed in; anything else as it is."""
        address = value.get("id") if isinstance(value, dict) and set(value) == {"id"} else value
        return self._behind.get(address) if isinstance(address, str) else value


def _bundled(document: Any) -> dict[str, dict[str, Any]]:
    """What a bundle holds by address; empty for what is none."""
    if not isinstance(document, dict) or not all(one.startswith(("http://", "https://")) for one in document):
        return {}
    return {address: held for address, held in document.items() if isinstance(held, dict)}


def _is_assertion(document: dict[str, Any]) -> bool:
    """Whether somebody was awarded something by it."""
    return "badge" in document and "recipient" in document


def _read(read: Translated, has_class: bool, has_issuer: bool, words: Words) -> Record:
    """The record; of what only an address stands for, that it could not be checked."""
    document = Document(read.document, "")
    root = document.root
    subject = root.first("credentialSubject") or Node({}, "/credentialSubject", document)
    achievement = subject.first("achievement") or Node({}, "/credentialSubject/achievement", document)
    record = read.told(read_elements(Parts(root, Node({}, "", document), subject, achievement), words))
    if not has_class:
        record.cannot_hold(element for element in ELEMENTS if element not in _OF_THE_ASSERTION)
    elif not has_issuer:
        record.cannot_hold(("country", "awarding_body"))
    if record.values.get("issued_source") == "validFrom":
        record.values["issued_source"] = "issuedOn"
    return record
