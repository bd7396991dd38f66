"""What is said of a credential: five facts kept apart, each with its answer, its reason, and what was seen.

A content that differs from its signature, a certificate that was not valid, a signer who is not the issuer, a signer
whom no list knows, a credential that was withdrawn: five different things, and one never stands for another.
"""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """The three answers there are."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does_not_hold"
    NOT_CHECKED = "not_checked"


class Reason(StrEnum):
    """Why an answer is as it is; the words lie in ``locale/*/authenticity.po`` under ``authenticity.reason.KEY``."""

    # content
    CONTENT_MATCHES = "content_matches"
    CONTENT_DIFFERS = "content_differs"
    DISCLOSURE_DIFFERS = "disclosure_differs"
    UNSIGNED = "unsigned"
    HOSTED = "hosted"
    EXTRA_NOT_INSTALLED = "extra_not_installed"
    ALGORITHM_NONE = "algorithm_none"
    ALGORITHM_SYMMETRIC = "algorithm_symmetric"
    ALGORITHM_UNSUPPORTED = "algorithm_unsupported"
    SUITE_UNSUPPORTED = "suite_unsupported"
    KEY_DOES_NOT_FIT = "key_does_not_fit"
    KEY_TOO_SHORT = "key_too_short"
    KEY_UNREADABLE = "key_unreadable"
    KEY_NOT_FOUND = "key_not_found"
    KEY_NOT_FOR_ASSERTIONS = "key_not_for_assertions"
    HEADER_UNREADABLE = "header_unreadable"
    CRITICAL_HEADER_UNKNOWN = "critical_header_unknown"
    SIGNATURE_INCOMPLETE = "signature_incomplete"
    PAYLOAD_ABSENT = "payload_absent"
    PAYLOAD_BY_REFERENCE = "payload_by_reference"
    SAID_TWICE = "said_twice"
    NOT_CANONICAL = "not_canonical"
    CONTEXT_MISSING = "context_missing"
    CONTEXT_UNREADABLE = "context_unreadable"
    TERMS_OUTSIDE_SIGNATURE = "terms_outside_signature"
    TOO_COMPLEX = "too_complex"
    PROOF_MALFORMED = "proof_malformed"
    PROOF_FOR_OTHER_PURPOSE = "proof_for_other_purpose"
    # certificate
    CERTIFICATE_WAS_VALID = "certificate_was_valid"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    CERTIFICATE_THUMBPRINT_DIFFERS = "certificate_thumbprint_differs"
    CERTIFICATE_UNREADABLE = "certificate_unreadable"
    SIGNING_TIME_UNKNOWN = "signing_time_unknown"
    NO_CERTIFICATE = "no_certificate"
    # signer
    SIGNER_IS_ISSUER = "signer_is_issuer"
    SIGNER_IS_NOT_ISSUER = "signer_is_not_issuer"
    CERTIFICATE_NAMES_NOBODY = "certificate_names_nobody"
    ISSUER_NOT_NAMED = "issuer_not_named"
    KEY_IN_ADDRESS = "key_in_address"
    KEY_IN_HEADER = "key_in_header"
    KEY_HOLDER_UNKNOWN = "key_holder_unknown"
    # trust
    SIGNER_LISTED = "signer_listed"
    SIGNER_NOT_LISTED = "signer_not_listed"
    SIGNER_NOT_LISTED_THEN = "signer_not_listed_then"
    NO_LIST_SUPPLIED = "no_list_supplied"
    CONTENT_NOT_ESTABLISHED = "content_not_established"
    # status
    NOT_WITHDRAWN = "not_withdrawn"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    NO_STATUS_NAMED = "no_status_named"
    STATUS_LIST_MISSING = "status_list_missing"
    STATUS_LIST_UNREADABLE = "status_list_unreadable"
    STATUS_LIST_DIFFERS = "status_list_differs"
    STATUS_LIST_OF_ANOTHER = "status_list_of_another"
    STATUS_INDEX_OUT_OF_RANGE = "status_index_out_of_range"
    STATUS_ENTRY_MALFORMED = "status_entry_malformed"
    STATUS_KIND_UNSUPPORTED = "status_kind_unsupported"


@dataclass(frozen=True)
class Verdict:
    """One fact about a credential."""

    answer: Answer
    reason: Reason
    seen: str = ""
    """An algorithm, an address, a header, a day: never a value of a learner. Short, printable."""


def holds(reason: Reason, seen: str = "") -> Verdict:
    """The fact holds."""
    return Verdict(Answer.HOLDS, reason, shown(seen))


def does_not_hold(reason: Reason, seen: str = "") -> Verdict:
    """The fact was looked at and does not hold."""
    return Verdict(Answer.DOES_NOT_HOLD, reason, shown(seen))


def not_checked(reason: Reason, seen: str = "") -> Verdict:
    """The fact could not be looked at."""
    return Verdict(Answer.NOT_CHECKED, reason, shown(seen))


class NotCheckedError(Exception):
    """A step of a verification cannot be made; carries the verdict."""

    def __init__(self, reason: Reason, seen: str = "") -> None:
        super().__init__(reason)
        self.verdict = not_checked(reason, seen)


@dataclass(frozen=True)
class Authenticity:
    """All that can be said of one credential."""

    proof: str | None
    """How it is signed: ``e_seal``, ``jwt``, ``sd_jwt``, ``data_integrity``; None: not at all."""
    suite: str
    """Algorithm or cryptosuite as the credential names it; '' where unsigned."""
    content: Verdict
    """Whether the content matches its signature, as received."""
    certificate: Verdict
    """Whether the certificate was valid at the time of signing."""
    signer: Verdict
    """Whether the signer is the issuer that the credential names."""
    trust: Verdict
    """Whether a supplied list knows the signer."""
    status: Verdict
    """Whether the credential was not withdrawn."""

    @property
    def overall(self) -> Verdict:
        """The third verdict, beside quality and format: authenticity and status.

        It does not hold where the content differs, the certificate was not valid or the credential was withdrawn. It
        holds where the content matches, the signer is the issuer, and neither certificate nor a status that the
        credential names were left unchecked. Otherwise it is not checked: a signer who is not the issuer may have a
        mandate. Trust is a fact of its own: without a list it would be unknown for everybody.
        """
        for fact in (self.content, self.status, self.certificate):
            if fact.answer is Answer.DOES_NOT_HOLD:
                return fact
        if self.content.answer is not Answer.HOLDS:
            return self.content
        if self.signer.answer is not Answer.HOLDS:
            return not_checked(self.signer.reason, self.signer.seen)
        for fact, silent in ((self.certificate, Reason.NO_CERTIFICATE), (self.status, Reason.NO_STATUS_NAMED)):
            if fact.answer is Answer.NOT_CHECKED and fact.reason is not silent:
                return fact
        return self.content


_LONGEST_SEEN = 200


def shown(text: str) -> str:
    """A text of a stranger, short and printable."""
    printable = "".join(character if character.isprintable() else " " for character in text[: _LONGEST_SEEN + 1])
    return printable if len(printable) <= _LONGEST_SEEN else printable[: _LONGEST_SEEN - 1] + "…"
