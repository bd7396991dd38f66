"""ELMO, the XML in which student record systems exchange results (EMREX): transcripts of records.

A transcript is no credential itself: each learning opportunity instance in it is a row about one (an extract). What was
failed or still goes on is no award. Source: ELMO schema, version 1; the older form of purl.org is read alike.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qa_toolkit.intake.credential_files import CredentialFiles
from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elmo_elements import CARRIED, Entry, read_elements
from qa_toolkit.intake.json_documents import Item
from qa_toolkit.intake.words import Words, folded
from qa_toolkit.intake.xml_documents import Element, XmlError, read_xml
from qa_toolkit.intake.xml_kinds import ELMO

_NO_AWARD = ("failed", "in-progress")
"""Values of ``status`` that say that nothing was awarded."""


class Elmo(CredentialFiles):
    """Reads ELMO files into ``credentials`` and ``origins``."""

    format = ELMO
    carried = CARRIED
    mixed = False
    fix = "Export the results again as ELMO (EMREX), or hand in a table."

    def documents(self, path: Path) -> Iterator[Item]:
        """The learning opportunity instances of a file, in the order of the document."""
        try:
            root = read_xml(path)
        except XmlError as error:
            yield Item(None, "", error=str(error))
            return
        for number, entry in enumerate(_entries(root), 1):
            yield Item(number, entry.instance.pointer, entry, no_award=_is_no_award(entry, self._words))

    def records(self, item: Item) -> Iterator[tuple[str, str, Callable[[], Record]]]:
        """One record: what the transcript says of one result."""
        yield "", "extract", partial(read_elements, item.document, self._words)


@dataclass(frozen=True)
class _Specified:
    """A learning opportunity specification, and the one that it is part of."""

    specification: Element
    whole: Element | None


def _entries(root: Element) -> Iterator[Entry]:
    for report in root.all("report"):
        learner = root.first("learner") or report.first("learner")
        pending = [_Specified(one, None) for one in reversed(report.all("learningOpportunitySpecification"))]
        while pending:
            found = pending.pop()
            for instance in found.specification.all("specifies", "learningOpportunityInstance"):
                yield Entry(learner, report, found.specification, instance, found.whole)
            parts = found.specification.all("hasPart", "learningOpportunitySpecification")
            pending += [_Specified(part, found.specification) for part in reversed(parts)]


def _is_no_award(entry: Entry, words: Words) -> bool:
    status = entry.instance.first("status")
    if status is not None and status.literal():
        return status.literal() in _NO_AWARD
    result = entry.instance.first("resultLabel") or entry.instance.first("result")
    return result is not None and folded(result.literal() or "") in words.not_passed
