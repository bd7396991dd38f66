"""The third verdict of a submission: from what the records say of authenticity and status to the audit result."""

from qa_toolkit.auditing.proof_summaries import ProofSummary
from qa_toolkit.authenticity.material import Material
from qa_toolkit.result import (
    AuthenticityResult,
    CredentialAuthenticity,
    FactOfAuthenticity,
    MaterialUsed,
    MissingMaterial,
)


def authenticity_result(summary: ProofSummary | None) -> AuthenticityResult | None:
    """What the result says of the credential files of a submission; None where there are none."""
    if summary is None:
        return None
    return AuthenticityResult(
        examined=sum(summary.answers.values()),
        holds=summary.answers.get("holds", 0),
        does_not_hold=summary.answers.get("does_not_hold", 0),
        not_checked=summary.answers.get("not_checked", 0),
        expired=summary.expired,
        facts=tuple(FactOfAuthenticity(*fact) for fact in summary.facts),
        missing=tuple(MissingMaterial(*one) for one in summary.missing),
        credentials=tuple(CredentialAuthenticity(*one) for one in summary.listed),
    )


def material_used(material: Material) -> tuple[MaterialUsed, ...]:
    """What was supplied, in the order of its list."""
    return tuple(MaterialUsed(one.file, one.kind, one.address, one.day, one.sha256) for one in material.files)
