"""The audit result: everything a report shows, in frozen models with one published JSON Schema.

HTML, workbook and terminal are views of this result; none of them computes a number of its own.
Scores are points of 100, shares lie between 0 and 1, counts are records unless said otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from qa_toolkit.decisions import ReviewUsed, WaiverUsed

SCHEMA_VERSION = "1"


class Status(StrEnum):
    """The outcome of a check for a submission."""

    PASS = "pass"
    FAIL = "fail"
    REVIEW = "review"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSED = "not_assessed"


class State(StrEnum):
    """What a case of a check found on one record: one character of a pattern."""

    OUT_OF_SCOPE = "-"
    """It does not apply."""
    UNKNOWN = "?"
    """It applies, but the data do not say what it needs."""
    PASSED = "."
    FAILED = "x"


@dataclass(frozen=True, order=True)
class CaseKey:
    """Names a case of a check on a table."""

    check_id: str
    case: str
    table: str


@dataclass(frozen=True)
class Pattern:
    """Records of a submission on which every case came out alike. All that scores reads patterns.

    ``states`` holds one character of ``State`` per case, in the order the engine states for the table; a later case of
    a check may read FAILED although an earlier one failed too: the first that fails counts.
    """

    number: int
    """Unique in a run."""
    submission_id: str
    table: str
    evidence_form: str
    """Of credentials; '' for other tables."""
    states: str
    records: int


# ---------------------------------------------------------------- the catalogue as used


@dataclass(frozen=True)
class SourceUsed:
    """A source as the report cites it."""

    ref: str
    place: str | None
    tag: str


@dataclass(frozen=True)
class CaseUsed:
    """A case of a check, in the words of the catalogue."""

    case: str
    table: str
    role: str
    severity: str | None
    failed: str
    fix: str


@dataclass(frozen=True)
class CheckUsed:
    """A check as it was run."""

    check_id: str
    title: str
    principle: str
    criterion_id: str | None
    element: str | None
    cases: tuple[CaseUsed, ...]
    tolerance: float
    why: str
    fix: str
    expected: str
    """What the data should show, with the parameters filled in."""
    sources: tuple[SourceUsed, ...]
    further_only: bool = False
    """Only a further framework names it: it stands in no criterion of the main one, nor in its hand-in."""


@dataclass(frozen=True)
class QuestionUsed:
    """A question that only evidence or a person can answer."""

    question_id: str
    criterion_id: str
    text: str
    good_evidence: str
    not_enough: str
    weight: float
    core: bool
    profile_fact: str | None = None
    """The fact of the provider's profile that says whether what is asked is stated there."""


@dataclass(frozen=True)
class CriterionUsed:
    """A criterion of the framework."""

    criterion_id: str
    title: str
    weight: float
    mode: str
    checks: tuple[str, ...]
    questions: tuple[str, ...]
    sources: tuple[SourceUsed, ...] = ()
    below_standard: bool = False
    """Whether a scheme or overlay loosened one of its checks: it is assessed below the standard."""


@dataclass(frozen=True)
class PrincipleUsed:
    """A group of criteria of the framework: a principle, a standard or an area."""

    key: str
    number: int
    title: str
    summary: str
    weight: float
    criteria: tuple[CriterionUsed, ...]


@dataclass(frozen=True)
class BandUsed:
    """A step of the judgement scale."""

    key: str
    lowest: float


@dataclass(frozen=True)
class AdoptionUsed:
    """Who adopted the framework and on which basis."""

    by: str
    legal_basis: str
    since: str
    until: str | None
    in_force: bool = True
    """Whether it held on the day the data are judged for."""


@dataclass(frozen=True)
class AgreementUsed:
    """Who agreed the framework, since and until when, as the register of agreed standards says."""

    agreed_by: str
    since: str | None
    until: str | None
    note: str | None


@dataclass(frozen=True)
class FrameworkUsed:
    """The framework as it was applied."""

    framework_id: str
    title: str
    version: str
    source: str
    about: str
    adoption: AdoptionUsed | None
    principles: tuple[PrincipleUsed, ...]
    bands: tuple[BandUsed, ...]
    least_scored_principles: int
    coverage_for_band: float
    coverage_for_provisional_band: float
    small_number: int
    grouped_by: str = "principle"
    """What its groups are called: principle, standard or area."""
    agreement: AgreementUsed | None = None

    @property
    def adopted(self) -> AdoptionUsed | None:
        """The adoption, if there is one and it held on the day of the audit."""
        return self.adoption if self.adoption is not None and self.adoption.in_force else None


@dataclass(frozen=True)
class FurtherFramework:
    """A framework that the same data were judged against beside the main one."""

    framework: FrameworkUsed
    questions: tuple[QuestionUsed, ...]


# ---------------------------------------------------------------- one submission


@dataclass(frozen=True)
class Declared:
    """What the provider declared on its submission sheet; None where it said nothing."""

    provider_name: str | None
    provider_country: tuple[str, ...]
    provider_type: str | None
    provider_identifier: str | None
    period_start: date | None
    period_end: date | None
    route: str | None
    hours_basis: str | None
    learner_data: str | None
    awards_handed_in: str | None
    columns_handed_in: str | None
    declared_total: int | None
    declared_once: tuple[str, ...]
    """Elements (and 'language') said once for all records."""


@dataclass(frozen=True)
class FileRead:
    """A file handed in, named by its number: its name may hold a learner's and stays with the records."""

    file_number: int
    sha256: str
    size: int
    format: str
    state: str
    """read, partly_read or refused."""
    records: int


@dataclass(frozen=True)
class ProblemShown:
    """What intake could not read, map or take as it is."""

    kind: str
    what: str
    place: str
    why: str
    fix: str
    key: str | None = None
    """One of ``ProblemKey``, by which a report asks for it; None for all others."""


@dataclass(frozen=True)
class MappingUsed:
    """The mapping.yaml that said what the columns of a submission mean: a judgement rests on it."""

    beside_the_files: bool
    """Whether it was handed in with them; otherwise it was given for the run."""
    sha256: str
    headings: int
    """Headings it says the meaning of, over all sheets."""


@dataclass(frozen=True)
class ElementTally:
    """How one element is stated across the records of a submission. The five counts add up to the records."""

    element: str
    mandatory: bool
    stated: int
    missing: int
    not_applicable: int
    not_assessed: int
    strengths: Mapping[str, int]
    """strength -> records, of those that state it."""
    causes: Mapping[str, int]
    """cause -> records, of those that do not."""
    faulty: int = 0
    """Of those that state it: records that fail a check that may cost points on what it says."""


@dataclass(frozen=True)
class CaseOutcome:
    """The counts of one case of a check."""

    case: str
    table: str
    in_scope: int
    applicable: int
    failed: int
    """Records that count under this case (the first that fails)."""


@dataclass(frozen=True)
class CheckOutcome:
    """The outcome of a check for a submission."""

    check_id: str
    status: Status
    reason: str | None
    """Why it does not apply or could not be checked, as a sentence; None for the other statuses."""
    in_scope: int
    applicable: int
    failed: int
    tolerated: bool
    """True where records fail but their share lies within the tolerance: met, with exceptions."""
    cases: tuple[CaseOutcome, ...]


@dataclass(frozen=True)
class LevelPoints:
    """How the points of a criterion came about on one table: records by their worst fault, checkable by hand."""

    table: str
    weight: float
    """8, 4 or 2: of the severest check that ran there."""
    records: int
    no_fault: int
    minor: int
    major: int
    blocker: int
    points: float
    """no_fault + 3/4 minor + 1/2 major."""


@dataclass(frozen=True)
class CriterionScore:
    """Score, coverage and range of a criterion; the score is None where nothing was assessed."""

    criterion_id: str
    data_score: float | None
    judged_score: float | None
    score: float | None
    """Data and judgement together."""
    weight_done: float
    weight_in_scope: float
    coverage: float | None
    """None where nothing is in scope: the criterion leaves both sides."""
    low: float | None
    high: float | None
    levels: tuple[LevelPoints, ...]
    status: Status
    open_questions: tuple[str, ...]


@dataclass(frozen=True)
class PrincipleScore:
    """Score, coverage, range and band of a principle."""

    key: str
    data_score: float | None
    judged_score: float | None
    score: float | None
    coverage: float
    low: float | None
    high: float | None
    band: str | None
    """Key of the band, after gates; None: too little seen."""
    provisional: bool
    band_before_gates: str | None
    capped_by: tuple[str, ...]
    cap_proposed_by: tuple[str, ...]
    top_band_barred_by: tuple[str, ...]
    """Failed checks of blocker or major severity that bar the top band."""
    records: int
    statuses: Mapping[str, int]
    """status -> number of its scored and asking checks."""


@dataclass(frozen=True)
class OverallScore:
    """The overall score; None below the least number of scored principles."""

    score: float | None
    coverage: float
    low: float | None
    high: float | None
    band: str | None
    provisional: bool
    capped_by: tuple[str, ...]
    cap_proposed_by: tuple[str, ...]
    held_down_by: tuple[str, ...]
    """Principles whose band is more than one step lower."""
    scored_principles: int


@dataclass(frozen=True)
class GateOutcome:
    """A knock-out criterion for a submission."""

    gate_id: str
    title: str
    principles: tuple[str, ...]
    state: str
    """open (did not fire), closed (caps the band) or cap_proposed (waits for a named reviewer)."""
    failed: int
    applicable: int
    cap: str | None
    """Key of the band it caps at; None while open."""


@dataclass(frozen=True)
class Scores:
    """All scores of a submission, in the order of the framework."""

    criteria: tuple[CriterionScore, ...]
    principles: tuple[PrincipleScore, ...]
    overall: OverallScore
    gates: tuple[GateOutcome, ...]


@dataclass(frozen=True)
class Fix:
    """A fix ranked by what it gains."""

    check_id: str
    case: str
    criterion_id: str
    principle: str
    records: int
    criterion_points: float
    """Points of 100 gained on the criterion."""
    principle_points: float
    """Points of 100 gained on the principle."""
    principle_score_after: float
    opens_gate: str | None


@dataclass(frozen=True)
class NextBand:
    """The smallest set of fixes that lifts a principle to its next band."""

    principle: str
    band_now: str
    next_band: str
    fixes: tuple[tuple[str, str], ...]
    """(check id, case), in the order to do them."""
    records: int
    score_after: float
    scores_on_the_way: tuple[float, ...] = ()
    """The score of the principle after the first fix, after the first two, and so on."""


@dataclass(frozen=True)
class Verdict:
    """Counts for the verdict sentence: criteria of the framework by what became of them."""

    criteria: int
    met: int
    met_in_part: int
    not_met: int
    for_a_person: int
    not_assessed: int
    not_applicable: int


@dataclass(frozen=True)
class FurtherScores:
    """What a submission came to under a further framework."""

    framework_id: str
    scores: Scores
    verdict: Verdict
    after: Scores | None = None
    """With waivers and judgements; None where there are none."""


@dataclass(frozen=True)
class FactOfAuthenticity:
    """One fact about credential files, one answer, one reason: how many files it is said of."""

    fact: str
    """content, certificate, signer, trust or status: kept apart, one never stands for another."""
    answer: str
    """holds, does_not_hold or not_checked."""
    reason: str
    """A key of ``qa_toolkit.authenticity.verdicts.Reason``."""
    credentials: int
    first_place: str


@dataclass(frozen=True)
class MissingMaterial:
    """What would have to be supplied for more to be checked."""

    kind: str
    """context, keys or status_list."""
    address: str
    """'' where it holds a learner's data."""
    credentials: int


@dataclass(frozen=True)
class CredentialAuthenticity:
    """The third verdict on one credential file, with the reason of each fact."""

    place: str
    proof: str | None
    """e_seal, jwt, sd_jwt, data_integrity or hosted; None: unsigned."""
    suite: str | None
    answer: str
    """Authenticity and status together: holds, does_not_hold or not_checked."""
    reason: str
    content: str
    certificate: str
    signer: str
    trust: str
    status: str
    expired: bool
    """Whether its last day of validity lay before the day of the audit: shown, and no fault."""


@dataclass(frozen=True)
class AuthenticityResult:
    """The third verdict, beside quality and format: authenticity and status of the credential files."""

    examined: int
    """Credential files: rows of tables and drafts are none. The three answers add up to it."""
    holds: int
    does_not_hold: int
    not_checked: int
    expired: int
    facts: tuple[FactOfAuthenticity, ...]
    missing: tuple[MissingMaterial, ...]
    """The most wanted first."""
    credentials: tuple[CredentialAuthenticity, ...]
    """Those that do not hold first, at most 1,000; the counts are of all."""


@dataclass(frozen=True)
class RegisterAnswer:
    """Awards of which the registers that were supplied say the same."""

    about: str
    """decision or organisation."""
    answer: str
    """A decision on the day of issue: in_force, appealed, pending, between_decisions, past_six_years, not_begun,
    withdrawn, ended, negative or negative_in_doubt. An organisation: known, possible or unknown."""
    entry: str | None
    """The entry of the register in words."""
    awards: int
    first_issued: date | None
    last_issued: date | None


@dataclass(frozen=True)
class SubmissionResult:
    """The audit of one submission."""

    submission_id: str
    declared: Declared
    credentials: int
    repeats_left_out: int
    offers: int
    """Learning offers handed in."""
    evidence_forms: Mapping[str, int]
    formats: Mapping[str, int]
    files: tuple[FileRead, ...]
    problems: tuple[ProblemShown, ...]
    elements: tuple[ElementTally, ...]
    checks: tuple[CheckOutcome, ...]
    before: Scores
    """The data alone."""
    after: Scores | None
    """With waivers and judgements; None where there are none."""
    verdict: Verdict
    fixes: tuple[Fix, ...]
    next_bands: tuple[NextBand, ...]
    findings: int
    """Findings of checks that score or ask."""
    notes: int
    """Findings of checks that inform."""
    mapping: MappingUsed | None = None
    """None where every heading was recognised without one."""
    profile: bool = False
    """Whether a provider profile was handed in."""
    further: tuple[FurtherScores, ...] = ()
    """Under the further frameworks, in the order they were asked for."""
    authenticity: AuthenticityResult | None = None
    """None where no credential file was handed in."""
    register_answers: tuple[RegisterAnswer, ...] = ()
    """What registers say of the awards, as of the day each was issued; empty: nothing was looked up or found."""
    verdict_after: Verdict | None = None
    """With waivers and judgements; None where there are none."""
    checks_after: tuple[CheckOutcome, ...] = ()
    """Outcomes with waivers and judgements, of the checks that come out otherwise than by the data alone."""
    review: ReviewUsed | None = None
    """What people judged; None where the audit was given no judgements."""

    @property
    def name(self) -> str:
        """The provider, or the submission where no provider was named."""
        return self.declared.provider_name or self.submission_id

    @property
    def decided(self) -> "SubmissionResult":
        """The submission with what people decided in the place of the data alone; itself where nothing was decided."""
        if self.after is None or self.verdict_after is None:
            return self
        changed = {outcome.check_id: outcome for outcome in self.checks_after}
        return replace(
            self,
            before=self.after,
            verdict=self.verdict_after,
            checks=tuple(changed.get(outcome.check_id, outcome) for outcome in self.checks),
        )


# ---------------------------------------------------------------- the audit


@dataclass(frozen=True)
class Stamp:
    """What makes an audit repeatable."""

    toolkit_version: str
    great_expectations_version: str
    duckdb_version: str
    as_of: date
    locale: str
    command: str
    """As typed, paths by their last part."""
    catalogue_sha256: str


@dataclass(frozen=True)
class MaterialUsed:
    """A file that was supplied to check authenticity and status against."""

    file: str
    kind: str
    """keys, signers, certificates, status_list or context."""
    address: str
    day: date
    """The day it was taken from its address."""
    sha256: str


@dataclass(frozen=True)
class RegisterUsed:
    """An extract of a register that awards were looked up in."""

    file: str
    kind: str
    """A kind of ``checks/registers``."""
    title: str
    source: str
    licence: str
    day: date
    """The day it was taken from the register."""
    age_days: int
    """Days from then to the day of the audit."""
    stale_after_days: int
    stale: bool
    """Whether it was too old to rely on."""
    rows: int
    sha256: str


@dataclass(frozen=True)
class Selection:
    """Which checks the run was asked for; what was left out could not be checked, and coverage is lower for it."""

    select: tuple[str, ...]
    """As asked for: ids, families of ids, principles, elements, severities, roles; none: all checks."""
    ignore: tuple[str, ...]
    left_out: tuple[str, ...]
    """Ids of the framework's checks that were not run."""


@dataclass(frozen=True)
class SchemeUsed:
    """A scheme or overlay that was laid over the catalogue."""

    scheme_id: str
    title: str
    about: str
    country: str | None
    issued_by: str | None
    """The agency whose own rules these are; None: an unofficial reading, to be checked before use."""
    as_of: str
    """The day on which its figures were taken down."""
    since: str | None
    until: str | None
    in_force: bool
    """Whether it held on the day of the audit; of one that did not nothing was applied."""
    sources: tuple[SourceUsed, ...]
    beyond: tuple[str, ...]
    """What it asks as well, and no check looks at."""
    sha256: str


@dataclass(frozen=True)
class ChangeUsed:
    """One change of the catalogue by a scheme or overlay: what, from, to, why, by which."""

    scheme_id: str
    kind: str
    """switch, where, parameter, role, severity, weight, lowest or share."""
    of: str
    """Id of the check or framework."""
    part: str
    """Cases of the check, or criterion, group, band or gate of the framework; '' for the whole."""
    name: str
    """Name of the parameter."""
    before: str | None
    """None: nothing of the kind was there."""
    after: str
    direction: str
    """added, tightened, loosened or changed."""
    why: str
    in_force: bool
    since: str | None
    until: str | None
    criteria: tuple[str, ...]
    """Criteria that it bears on, those of further frameworks with the framework before them; of a band or gate the
    framework."""


@dataclass(frozen=True)
class TailoringUsed:
    """What was laid over the catalogue, and every change that came of it."""

    schemes: tuple[SchemeUsed, ...]
    changes: tuple[ChangeUsed, ...]


@dataclass(frozen=True)
class BrokenCheck:
    """A check that could not run or disagreed with Great Expectations: could not be checked, anywhere."""

    check_id: str
    case: str
    table: str
    reason: str


@dataclass(frozen=True)
class AuditResult:
    """One audit: the catalogue as used, and a result for every submission."""

    schema_version: str
    stamp: Stamp
    framework: FrameworkUsed
    checks: tuple[CheckUsed, ...]
    questions: tuple[QuestionUsed, ...]
    submissions: tuple[SubmissionResult, ...]
    run_problems: tuple[ProblemShown, ...]
    """Problems that belong to no submission."""
    broken_checks: tuple[BrokenCheck, ...]
    selection: Selection | None = None
    """None: every check of the framework was run."""
    further: tuple[FurtherFramework, ...] = ()
    """Frameworks the same data were judged against beside ``framework``, in the order they were asked for."""
    trust_material: tuple[MaterialUsed, ...] = ()
    """What signatures and status were checked against; empty: nothing was supplied."""
    registers: tuple[RegisterUsed, ...] = ()
    """Extracts of registers that awards were looked up in; empty: none was supplied."""
    tailoring: TailoringUsed | None = None
    """None: the catalogue was used as it ships, without scheme or overlay."""
    waivers: tuple[WaiverUsed, ...] = ()
    """Accepted deviations that the audit was given, whether they hold on its day or not."""

    @property
    def frameworks(self) -> tuple[FrameworkUsed, ...]:
        """All of them, the main one first."""
        return (self.framework, *(one.framework for one in self.further))


@dataclass(frozen=True)
class Finding:
    """One record that fails one check; a row of findings.parquet."""

    check_id: str
    case: str
    table_name: str
    submission_id: str
    record_id: str
    record_key: str | None
    """The provider's own credential identifier, unless it holds a learner's data."""
    place: str
    """file, sheet, row and cell, or JSON pointer"""
    pattern: int
    observed: str
    """'column: value' pairs, masked for learner data."""
