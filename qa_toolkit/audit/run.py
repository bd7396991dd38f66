"""One audit, from paths to result and reports: the one place that strings the steps together.

The way of the data: files, records, patterns and findings, scores, result, reports. Nothing flows back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from qa_toolkit import __version__
from qa_toolkit.audit.annotated_copies import WrittenCopy, write_copies
from qa_toolkit.catalogue.lint import lint
from qa_toolkit.catalogue.load import CatalogueError, load_catalogue
from qa_toolkit.catalogue.models import Catalogue, Framework
from qa_toolkit.engine.findings import write_parquet
from qa_toolkit.engine.run import EngineOutcome, run_checks
from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.records.facts import derive_facts
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.records.summaries import ElementCounts, counts_by, element_counts, finding_counts, rows_of
from qa_toolkit.records.tables import ELEMENTS, MANDATORY_ELEMENTS
from qa_toolkit.report.agency import Agency
from qa_toolkit.report.files import claim_folder, remove_earlier_audit, render
from qa_toolkit.report.result_json import write_result
from qa_toolkit.resources import shipped_folder
from qa_toolkit.result import (
    SCHEMA_VERSION,
    AuditResult,
    CaseKey,
    Declared,
    ElementTally,
    FileRead,
    MappingUsed,
    Pattern,
    ProblemShown,
    Stamp,
    SubmissionResult,
)
from qa_toolkit.scoring.as_used import checks_of, checks_used, framework_used, questions_used
from qa_toolkit.scoring.evidence import gather
from qa_toolkit.scoring.faulty import faulty_elements
from qa_toolkit.scoring.score import score_submission
from qa_toolkit.scoring.status import Reasons, check_outcomes
from qa_toolkit.scoring.verdict import verdict
from qa_toolkit.scoring.what_it_would_take import fixes, next_bands

Progress = Callable[[str], None]
"""Told the key of each step as it begins: read, derive, check, score, write."""


class NothingToAuditError(Exception):
    """No credential could be read from what was given. ``problems`` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("nothing to audit")
        self.problems = problems


@dataclass(frozen=True)
class Audit:
    """A finished audit: its result, the folder it was written to, and the files in it."""

    result: AuditResult
    folder: Path
    files: tuple[Path, ...]
    copies: tuple[WrittenCopy, ...] = ()
    """Annotated copies, where they were asked for."""
    copy_problems: tuple[Problem, ...] = ()
    """Why a file has none."""

    @property
    def incomplete(self) -> bool:
        """Whether a file handed in could not be read."""
        shown = (*self.result.run_problems, *(p for s in self.result.submissions for p in s.problems))
        return any(problem.kind == ProblemKind.FILE.value for problem in shown)


def audit(
    paths: Sequence[Path],
    output_folder: Path,
    *,
    as_of: date | None = None,
    checks: Path | None = None,
    framework: str = "eu-2022",
    locale: str = "en",
    mapping: Path | None = None,
    split_by: str | None = None,
    annotated_copies: bool = False,
    templates: Path | None = None,
    agency: Agency | None = None,
    command: str = "",
    progress: Progress | None = None,
) -> Audit:
    """Audit what providers handed in and write the audit folder.

    Args:
        paths: files or folders; see ``docs/user-guide.md`` for what makes a submission.
        output_folder: made if missing; an earlier audit in it is replaced.
        as_of: the day the data are judged for; today if not given.
        checks: a folder whose files replace or join the shipped ``checks/``.
        framework: id of a framework of the catalogue.
        locale: language of the reports.
        mapping: a mapping.yaml for submissions that have none of their own.
        split_by: heading or name of a column whose values are submissions of their own.
        annotated_copies: whether to write, beside each report, the provider's own tables with faulty cells explained;
            they hold everything that was handed in, learners included.
        templates: a folder of HTML templates laid over the shipped ones.
        agency: whose name, logo and colour the HTML reports carry; see ``qa_toolkit.report.agency``.
        command: as typed, for the provenance of the report.
        progress: told each step as it begins.

    Raises:
        CatalogueError: the checks cannot be used; carries every mistake.
        MappingError: a mapping cannot be used; carries every mistake.
        OutputFolderError: the folder cannot be written, or holds something else than an audit.
        TemplatesError: the templates cannot be used; carries every reason.
        NothingToAuditError: no credential could be read.
    """
    if templates is not None:
        # Jinja is needed for reports only; a folder that cannot be used is told before an hour of work, not after it.
        from qa_toolkit.report.templates import refuse_unusable

        refuse_unusable(templates)
    catalogue = load_catalogue(shipped_folder("checks"), checks)
    vocabularies = [folder / "vocabularies" for folder in (checks, shipped_folder("checks")) if folder is not None]
    if checks is not None and (mistakes := lint(catalogue)):
        raise CatalogueError(mistakes)
    chosen = catalogue.frameworks[framework]
    tell = progress or _nobody
    messages = Messages(locale)
    claim_folder(output_folder)
    with open_store() as store:
        tell("read")
        intake = read_submissions(paths, store, vocabularies, mapping=mapping, split_by=split_by)
        if not intake.submissions:
            raise NothingToAuditError((*intake.run_problems, *intake.problems))
        tell("derive")
        derive_facts(store.connection, as_of or date.today(), vocabularies)
        tell("check")
        engine = run_checks(store.connection, checks_of(catalogue, chosen))
        tell("score")
        result = AuditResult(
            schema_version=SCHEMA_VERSION,
            stamp=Stamp(
                toolkit_version=__version__,
                great_expectations_version=engine.great_expectations_version,
                duckdb_version=version("duckdb"),
                as_of=as_of or date.today(),
                locale=locale,
                command=command,
                catalogue_sha256=catalogue.sha256,
            ),
            framework=framework_used(chosen),
            checks=checks_used(catalogue, chosen),
            questions=questions_used(catalogue, chosen),
            submissions=_submission_results(store, intake, engine, catalogue, chosen, messages),
            run_problems=_shown(intake.run_problems),
            broken_checks=engine.broken,
        )
        tell("write")
        remove_earlier_audit(output_folder)
        result = write_result(result, output_folder)
        write_parquet(store.connection, output_folder)
        copies, copy_problems = (
            write_copies(result, intake.files, output_folder, store.folder, vocabularies, messages)
            if annotated_copies
            else ((), ())
        )
    files = render(result, output_folder, messages, templates or shipped_folder("report_templates"), agency)
    return Audit(result, output_folder, files, copies, copy_problems)


def _nobody(_step: str) -> None:
    """Progress that nobody watches."""


def _submission_results(
    store: RecordStore,
    intake: IntakeOutcome,
    engine: EngineOutcome,
    catalogue: Catalogue,
    framework: Framework,
    messages: Messages,
) -> tuple[SubmissionResult, ...]:
    declared, files = rows_of(store.connection, "submissions"), rows_of(store.connection, "files")
    forms, formats = counts_by(store.connection, "evidence_form"), counts_by(store.connection, "source_format")
    elements, counts = element_counts(store.connection), finding_counts(store.connection)
    informing = {
        CaseKey(check.id, case.key, case.table)
        for check in catalogue.checks.values()
        for case in check.cases
        if case.role == "informs"
    }
    patterns: dict[str, list[Pattern]] = {submission_id: [] for submission_id in intake.submissions}
    for pattern in engine.patterns:
        patterns[pattern.submission_id].append(pattern)
    checks = {check.id: check for check in checks_of(catalogue, framework)}
    broken = frozenset(CaseKey(b.check_id, b.case, b.table) for b in engine.broken)
    reasons = Reasons(
        not_applicable=messages("reason.not_applicable"),
        not_assessed=messages("reason.not_assessed"),
        broken=messages("reason.broken"),
    )
    results = []
    for submission_id in intake.submissions:
        own = patterns[submission_id]
        row = declared[submission_id][0]
        evidence = gather(own, engine.cases, checks, catalogue.questions, framework, broken)
        before = score_submission(evidence)
        faulty = faulty_elements(own, engine.cases, checks, broken)
        own_counts = {CaseKey(*key[1:]): number for key, number in counts.items() if key[0] == submission_id}
        results.append(
            SubmissionResult(
                submission_id=submission_id,
                declared=_declared(row),
                credentials=row["credentials_found"],
                repeats_left_out=row["repeats_left_out"] or 0,
                offers=row["offers_found"] or 0,
                evidence_forms=forms[submission_id],
                formats=formats[submission_id],
                files=tuple(_file(file) for file in files[submission_id]),
                problems=_shown(p for p in intake.problems if p.submission_id == submission_id),
                elements=tuple(
                    _tally(element, elements[submission_id][element], faulty[element]) for element in ELEMENTS
                ),
                checks=check_outcomes(own, engine.cases, checks, reasons=reasons, broken=broken),
                before=before,
                after=None,
                verdict=verdict(before),
                fixes=fixes(evidence, before),
                next_bands=next_bands(evidence, before),
                findings=sum(number for key, number in own_counts.items() if key not in informing),
                notes=sum(number for key, number in own_counts.items() if key in informing),
                mapping=_mapping(intake, submission_id),
            )
        )
    return tuple(results)


def _declared(row: Mapping[str, Any]) -> Declared:
    once = ("country", "awarding_body", "quality_assurance", "participation", "language")
    return Declared(
        provider_name=row["provider_name"],
        provider_country=tuple(row["provider_country"] or ()),
        provider_type=row["provider_type"],
        provider_identifier=row["provider_identifier"],
        period_start=row["period_start"],
        period_end=row["period_end"],
        route=row["route"],
        hours_basis=row["hours_basis"],
        learner_data=row["learner_data"],
        awards_handed_in=row["awards_handed_in"],
        columns_handed_in=row["columns_handed_in"],
        declared_total=row["declared_total"],
        declared_once=tuple(name for name in once if row[name]),
    )


def _mapping(intake: IntakeOutcome, submission_id: str) -> MappingUsed | None:
    used = intake.mappings.get(submission_id)
    return MappingUsed(submission_id in intake.own_mappings, used.sha256, used.headings) if used else None


def _file(row: Mapping[str, Any]) -> FileRead:
    return FileRead(row["file_number"], row["sha256"], row["size"], row["format"], row["state"], row["records"])


def _tally(element: str, counts: ElementCounts, faulty: int) -> ElementTally:
    return ElementTally(
        element=element,
        mandatory=element in MANDATORY_ELEMENTS,
        stated=counts.stated,
        missing=counts.missing,
        not_applicable=counts.not_applicable,
        not_assessed=counts.not_assessed,
        strengths=dict(sorted(counts.strengths.items())),
        causes=dict(sorted(counts.causes.items())),
        faulty=faulty,
    )


def _shown(problems: Any) -> tuple[ProblemShown, ...]:
    return tuple(ProblemShown(p.kind.value, p.what, p.place, p.why, p.fix) for p in problems)
