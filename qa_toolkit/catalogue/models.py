"""What a check, a question, a principle, a criterion, a gate and a framework are.

These are the models of the files in ``checks/``. They hold words and parameters, no behaviour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from qa_toolkit.records.register_tables import RegisterKind

if TYPE_CHECKING:
    from qa_toolkit.catalogue.scheme_models import Scheme

PRINCIPLES = (
    "quality",
    "transparency",
    "relevance",
    "valid_assessment",
    "learning_pathways",
    "recognition",
    "portable",
    "learner_centred",
    "authentic",
    "information_guidance",
)
HAND_IN = "hand_in"
"""The eleventh suite: can the data be read, are they complete. No principle, no points."""


class Role(StrEnum):
    """What a check may do."""

    SCORES = "scores"
    ASKS = "asks"
    INFORMS = "informs"


class Severity(StrEnum):
    """How much a fault costs: a blocker all of a record's points, a major half, a minor a quarter."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"


class SourceTag(StrEnum):
    """How well the source of a rule is established."""

    VERIFIED = "verified"
    CITED = "cited"
    JUDGEMENT = "judgement"


@dataclass(frozen=True)
class Source:
    """Where a rule comes from: document and place, and how well that was established."""

    ref: str
    tag: SourceTag
    place: str | None = None


@dataclass(frozen=True)
class Expectation:
    """A Great Expectations expectation in the words of its own class: ``type`` and keyword arguments.

    A string that starts with ``$`` names a parameter of the check.
    """

    type: str
    kwargs: Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One outcome of a check, with its own role, severity and wording.

    A record counts under the first case that fails; the cases of a check are listed worst first.
    """

    key: str
    """'' for a check with a single case."""
    table: str
    """credentials, offers, providers or submissions."""
    role: Role
    severity: Severity | None
    """None where the role is ``informs``."""
    failed: str
    """The state that does not comply, as a sentence."""
    applies: str | None
    """A boolean fact: the case applies where it is TRUE; None: always."""
    expectation: Expectation
    fix: str | None = None
    """A fix of its own, where the check's fix does not fit this case."""
    where: tuple[str, ...] = ()
    """Boolean facts that a scheme asks for as well: the case applies only where all of them are TRUE."""


@dataclass(frozen=True)
class Examples:
    """Records on which a check must pass, fail and stay silent: mappings from canonical column or fact to value."""

    passing: tuple[Mapping[str, Any], ...] = ()
    failing: tuple[Mapping[str, Any], ...] = ()
    """A failing example of a check with several cases names the case under the key ``case``."""
    silent: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Check:
    """A rule a machine can test."""

    id: str
    title: str
    """The state that complies."""
    principle: str
    """A key of PRINCIPLES, or HAND_IN."""
    element: str | None
    cases: tuple[Case, ...]
    """One per (table, case key), worst first."""
    requires: tuple[str, ...]
    """Checks on whose failure this one does not apply: one fault, one loss."""
    parameters: Mapping[str, Any]
    parameters_by: Mapping[str, Mapping[str, Mapping[str, Any]]]
    """fact -> value of the fact -> parameters that differ there."""
    shows: tuple[str, ...]
    """Canonical columns or facts that a finding shows as observed."""
    tolerance: float
    """Share of applicable records that may fail before the status is ``fail``; never touches the points."""
    why: str
    fix: str
    sources: tuple[Source, ...]
    not_applicable_because: str | None = None
    """Why it does not apply where it does not, as a sentence; None: the general words."""
    not_assessed_because: str | None = None
    """What the data do not say where it could not be checked; None: the general words."""
    examples: Examples = field(default_factory=Examples)
    registers: tuple[str, ...] = ()
    """Kinds of register extracts of which it needs one; without any of them it could not be checked."""
    only_in_schemes: bool = False
    """True: it is off unless a scheme switches it on; the figures of the check file are then those of its examples."""


@dataclass(frozen=True)
class Principle:
    """A principle, or the block of the data handed in, as its check file introduces it."""

    key: str
    """A key of PRINCIPLES, or HAND_IN."""
    number: int
    """1 to 10; 0 for the data handed in."""
    title: str
    summary: str
    """In the toolkit's own words, never a quotation."""
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Question:
    """What only evidence or a person can answer."""

    id: str
    principle: str
    """A key of PRINCIPLES; '' where it is asked under one framework only."""
    text: str
    good_evidence: str
    not_enough: str
    weight: float = 4
    core: bool = False
    framework: str | None = None
    """The framework it is asked under, where it belongs to none of the ten principles."""
    profile_fact: str | None = None
    """The fact of a provider's profile that says whether what is asked is stated there, for a person to confirm."""


class Mode(StrEnum):
    """Who can assess a criterion."""

    AUTOMATED = "automated"
    PARTIAL = "partial"
    HUMAN = "human"


class Grouping(StrEnum):
    """What the groups of a framework's criteria are called."""

    PRINCIPLE = "principle"
    STANDARD = "standard"
    AREA = "area"


@dataclass(frozen=True)
class Criterion:
    """One requirement of a framework, in our own words, with the checks and questions that speak to it."""

    id: str
    title: str
    weight: float
    mode: Mode
    checks: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    """Its own, or those of its group."""
    awaits: tuple[str, ...] = ()
    """Checks that will speak to it and are not there; one that is there counts among ``checks``."""


@dataclass(frozen=True)
class FrameworkPrinciple:
    """A group of criteria: a principle as a framework uses it, or a standard or area of its own."""

    key: str
    number: int
    title: str
    summary: str
    weight: float
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Gate:
    """A knock-out criterion: it caps the band of its principles and of the overall judgement."""

    id: str
    title: str
    checks: tuple[str, ...]
    """Checks whose failures count, as ``ID`` (every scored case) or ``ID:case``."""
    principles: tuple[str, ...]
    share: float
    """The gate closes when more than this share of the applicable records fails."""
    every: bool = False
    """True: it closes only when every applicable record fails."""
    evidence_forms: tuple[str, ...] = ()
    """Records that count, by evidence form; empty: all."""
    confirm: bool = False
    """True: its evidence always needs a named reviewer (registers, signatures)."""
    confirm_checks: tuple[str, ...] = ()
    """Those of its checks whose evidence needs one (phrases read from free text): without them the share must be
    reached, or the cap is only proposed."""


@dataclass(frozen=True)
class Band:
    """A step of the judgement scale: its key, and the lowest score that reaches it."""

    key: str
    lowest: float


@dataclass(frozen=True)
class Adoption:
    """Who adopted the framework, on which legal basis, since and until when (ISO dates)."""

    by: str
    legal_basis: str
    since: str
    until: str | None = None


@dataclass(frozen=True)
class Framework:
    """A published set of criteria, with weights, gates and bands."""

    id: str
    title: str
    version: str
    source: str
    about: str
    principles: tuple[FrameworkPrinciple, ...]
    hand_in: tuple[str, ...]
    """Checks on the data handed in; no points."""
    gates: tuple[Gate, ...]
    bands: tuple[Band, ...]
    """Best first."""
    least_scored_principles: int
    """Below this number of scored principles there is no overall score."""
    coverage_for_band: float
    coverage_for_provisional_band: float
    small_number: int
    """Below this number of records counts come before percentages."""
    adoption: Adoption | None = None
    grouped_by: Grouping = Grouping.PRINCIPLE
    """What its groups are called on the page."""


class StandardKind(StrEnum):
    """What was agreed: a framework of criteria, or the overlay of a country or sector."""

    FRAMEWORK = "framework"
    SCHEME = "scheme"


@dataclass(frozen=True)
class Agreement:
    """Who agreed a standard, since and until when, and which agencies adopted it: an entry of ``agreements.yaml``."""

    standard: str
    """Id of a framework or scheme."""
    kind: StandardKind
    title: str
    agreed_by: str
    since: str | None
    """ISO date; None where no document says so."""
    until: str | None
    """ISO date; None while it holds."""
    note: str | None
    sources: tuple[Source, ...]
    adoptions: tuple[Adoption, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Everything in ``checks/``, loaded."""

    checks: Mapping[str, Check]
    """By id, in the order of the files."""
    questions: Mapping[str, Question]
    frameworks: Mapping[str, Framework]
    sha256: str
    """Over every file of the folder, by sorted path."""
    principles: Mapping[str, Principle] = field(default_factory=dict)
    """By key."""
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    """The register of agreed standards, by id of framework or scheme."""
    registers: Mapping[str, RegisterKind] = field(default_factory=dict)
    """Kinds of register extracts, by id."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Id of a check or question, ``framework``, ``framework/criterion or gate`` or ``scheme ID`` -> file and line, for
    messages."""
    schemes: Mapping[str, "Scheme"] = field(default_factory=dict)
    """Overlays of countries and sectors, by id; none of them holds unless an audit asks for it."""
