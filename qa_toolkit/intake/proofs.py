"""What the columns on authenticity say of a document: the bridge from a file handed in to the verdicts on it."""

import re
from typing import Any

from qa_toolkit.authenticity.kinds import E_SEAL, HOSTED, kind_of
from qa_toolkit.authenticity.material import Material
from qa_toolkit.authenticity.verdicts import Reason, Verdict, not_checked
from qa_toolkit.intake.json_documents import Item

INSTALL = 'pip install "qa-toolkit[seals]"'
"""What brings the libraries that verify signatures."""
_NAME = re.compile(r"[A-Za-z0-9_.+, -]{1,60}\Z")
"""A suite is shown as named only where it looks like the name of one."""


class Proofs:
    """Examines documents against what was supplied; without the libraries it only sees how they are signed."""

    def __init__(self, material: Material | None = None) -> None:
        try:
            from qa_toolkit.authenticity.examine import Examiner

            self._examiner: Examiner | None = Examiner(material or Material())
        except ModuleNotFoundError as missing:
            if (missing.name or "").startswith("qa_toolkit"):
                raise
            self._examiner = None

    def columns(self, item: Item) -> dict[str, Any]:
        """The columns of ``credentials`` on authenticity, for a document that is a credential of its own."""
        if self._examiner is None:
            return _unexamined(kind_of(item.document, item.compact))
        if item.compact is not None:
            found = self._examiner.of_compact(item.compact)
        else:
            found = self._examiner.of_document(item.document, said_twice=item.said_twice)
        return {
            "proof": found.proof,
            "proof_suite": found.suite if _NAME.match(found.suite) else None,
            **_verdict("authenticity", found.overall),
            **_verdict("content", found.content),
            **_verdict("certificate", found.certificate),
            **_verdict("signer", found.signer),
            **_verdict("trust", found.trust),
            **_verdict("status", found.status),
        }


def seal_not_verified(suite: str) -> dict[str, Any]:
    """The columns on authenticity of a credential whose kind of seal is seen and not supported."""
    content, others = not_checked(Reason.SUITE_UNSUPPORTED, "XAdES"), not_checked(Reason.CONTENT_NOT_ESTABLISHED)
    return {
        "proof": E_SEAL,
        "proof_suite": suite if _NAME.match(suite) else None,
        **_verdict("authenticity", content),
        **_verdict("content", content),
        **{key: value for fact in ("certificate", "signer", "trust") for key, value in _verdict(fact, others).items()},
        **_verdict("status", not_checked(Reason.NO_STATUS_NAMED)),
    }


def _unexamined(kind: str | None) -> dict[str, Any]:
    reason = {None: Reason.UNSIGNED, HOSTED: Reason.HOSTED}.get(kind, Reason.EXTRA_NOT_INSTALLED)
    verdict = not_checked(reason, INSTALL if reason is Reason.EXTRA_NOT_INSTALLED else "")
    facts = ("authenticity", "content", "certificate", "signer", "trust", "status")
    return {"proof": kind, **{key: value for fact in facts for key, value in _verdict(fact, verdict).items()}}


def _verdict(fact: str, verdict: Verdict) -> dict[str, str]:
    return {
        f"{fact}_verdict": verdict.answer.value,
        f"{fact}_reason": verdict.reason.value,
        f"{fact}_seen": verdict.seen,
    }
