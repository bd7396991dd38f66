"""One audit, from paths to result and reports: the one place that strings the steps together.

The way of the data: files, records, patterns and findings, scores, result, reports. Nothing flows back.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qa_toolkit import __version__
from qa_toolkit.auditing.annotated_copies import write_copies
from qa_toolkit.auditing.asked import (
    chosen_checks,
    material_of,
    mistakes_of,
    nothing_selected,
    registers_of,
    tailored_by,
    waivers_of,
)
from qa_toolkit.auditing.decided import Scorer, with_decisions
from qa_toolkit.auditing.finished import Audit
from qa_toolkit.auditing.judged import judgements_of, refuse_unaudited
from qa_toolkit.auditing.proof_summaries import proof_summaries
from qa_toolkit.auditing.proofs import authenticity_result, material_used
from qa_toolkit.auditing.reasons import reasons_of
from qa_toolkit.auditing.registers import register_answers, registers_used
from qa_toolkit.catalogue.lint import lint
from qa_toolkit.catalogue.load import CatalogueError, load_catalogue
from qa_toolkit.catalogue.models import Adoption, Catalogue, Framework
from qa_toolkit.catalogue.tailor import Tailored
from qa_toolkit.engine.findings import write_parquet
from qa_toolkit.engine.run import EngineOutcome, run_checks
from qa_toolkit.intake.proofs import Proofs
from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.messages import Messages
from qa_toolkit.problems import AuditError, Problem, UsageError
from qa_toolkit.records.facts import derive_facts
from qa_toolkit.records.register_summaries import register_counts
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.records.summaries import ElementCounts, counts_by, element_counts, finding_counts, rows_of
from qa_toolkit.records.tables import ELEMENTS, MANDATORY_ELEMENTS
from qa_toolkit.registers.database import load_into, note_possible_matches
from qa_toolkit.report.agency import Agency
from qa_toolkit.report.files import DEFAULT_FORMATS, claim_folder, formats_of, remove_earlier_audit, render
from qa_toolkit.report.result_json import write_result
from qa_toolkit.resources import shipped_folder
from qa_toolkit.result import (
    SCHEMA_VERSION,
    AuditResult,
    CaseKey,
    Declared,
    ElementTally,
    FileRead,
    FurtherFramework,
    FurtherScores,
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
from qa_toolkit.scoring.tailoring_used import tailoring_used
from qa_toolkit.scoring.verdict import verdict
from qa_toolkit.scoring.what_it_would_take import fixes, next_bands

Progress = Callable[[str], None]
"""Told the key of each step as it begins: read, derive, check, score, write."""


class NothingToAuditError(AuditError):
    """No credential could be read from what was given, or every check was left out. ``problems`` say why."""


def audit(
    paths: str | Path | Sequence[str | Path],
    output_folder: str | Path | None = None,
    *,
    framework: str | Sequence[str] = "eu-2022",
    adoptions: Mapping[str, Adoption] | None = None,
    as_of: date | None = None,
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    checks: Path | None = None,
    locale: str = "en",
    mapping: Path | None = None,
    split_by: str | None = None,
    annotated_copies: bool = False,
    formats: str | Sequence[str] = DEFAULT_FORMATS,
    templates: Path | None = None,
    agency: Agency | None = None,
    trust_material: Path | None = None,
    registers: Path | None = None,
    schemes: str | Sequence[str] = (),
    overlay: Path | None = None,
    waivers: Path | None = None,
    judgements: Path | None = None,
    command: str = "",
    progress: Progress | None = None,
) -> Audit:
    """Audit what providers handed in.

    Args:
        paths: files or folders; see ``docs/user-guide.md`` for what makes a submission.
        output_folder: where to write result and reports: made if missing, an earlier audit in it is replaced. Without
            it nothing is written but to a private folder that goes with the returned object; ``Audit.write`` writes
            reports later.
        framework: id of a framework of the catalogue. Several: the first is the main one, the same data are judged
            against the others beside it, each with scores of its own.
        adoptions: framework id -> who adopted it on which legal basis (``qa_toolkit.Adoption``), printed on the cover;
            without it the framework is "used for orientation".
        as_of: the day the data are judged for; today if not given.
        select: only these checks: ids (``SIZ-02``), families (``SIZ``), keys of principles or elements,
            ``severity>=major``, ``role:asks``. The others "could not be checked": coverage is lower.
        ignore: all but these, in the same words.
        checks: a folder whose files replace or join the shipped ``checks/``.
        locale: language of the reports.
        mapping: a mapping.yaml for submissions that have none of their own.
        split_by: heading or name of a column whose values are submissions of their own.
        annotated_copies: whether to write, beside each report, the provider's own tables with faulty cells explained;
            they hold everything that was handed in, learners included. Needs an output folder.
        formats: ``html``, ``xlsx``, ``csv``, ``json``; ``result.json`` and the Parquet files are always written.
        templates: a folder of HTML templates laid over the shipped ones.
        agency: whose name, logo and colour the HTML reports carry; see ``qa_toolkit.report.agency``.
        trust_material: a folder of keys, signers, status lists and contexts to check signatures and status against;
            see ``docs/authenticity.md``. Nothing is fetched.
        registers: a folder of dated extracts of official registers to look awards up in; see ``docs/registers.md``.
            Nothing is fetched.
        schemes: ids of schemes of the catalogue (``es``, ``nl-ho``) that tailor it; the report lists every change.
        overlay: an agency's own file of the same shape. Schemes and overlay must not contradict each other.
        waivers: a waivers.yaml of accepted deviations; see ``docs/waivers.md``. Scores with them stand beside those
            without.
        judgements: a judgements.yaml, or a folder of them, that ``qa-toolkit review import`` wrote; see
            ``docs/review.md``. Scores with them stand beside those of the data alone.
        command: as typed, for the provenance of the report.
        progress: told each step as it begins.

    Returns:
        The finished audit: ``result`` holds scores (points of 100), coverage (shares of 1) and outcomes; ``findings()``
        every record that fails a check.

    Raises:
        UsageError: a path, framework, format or word of the selection is not there, or an extract of a register cannot
            be used; carries every mistake.
        CatalogueError: the checks cannot be used; carries every mistake.
        MappingError: a mapping cannot be used; carries every mistake.
        MaterialError: the folder of trust material cannot be used; carries every mistake.
        WaiversError: the waivers cannot be used; carries every mistake.
        JudgementsError: the judgements cannot be used; carries every mistake.
        SplitColumnError: no table has the column to split by.
        OutputFolderError: the folder cannot be written, or holds something else than an audit.
        TemplatesError: the templates cannot be used; carries every reason.
        NothingToAuditError: no credential could be read, or every check was left out.

    All of them are an ``AuditError`` with ``problems``.
    """
    handed_in = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    day = as_of or date.today()
    problems = mistakes_of(handed_in, output_folder, mapping, checks, formats, annotated_copies, templates)
    material = material_of(trust_material, problems)
    own = checks if checks is not None and checks.is_dir() else None
    catalogue = load_catalogue(shipped_folder("checks"), own)
    extracts = registers_of(registers, catalogue, problems)
    vocabularies = [folder / "vocabularies" for folder in (own, shipped_folder("checks")) if folder is not None]
    if own is not None and (mistakes := lint(catalogue)):
        raise CatalogueError(mistakes)
    laid_over, tailored = tailored_by(catalogue, schemes, overlay, day, problems)
    catalogue = tailored.catalogue
    accepting = waivers_of(waivers, catalogue, problems)
    try:
        frameworks, selection = chosen_checks(catalogue, framework, select, ignore, tuple(adoptions or ()))
    except UsageError as error:
        raise UsageError([*problems, *error.problems]) from None
    judged = judgements_of(judgements, catalogue, frameworks, problems)
    if problems:
        raise UsageError(problems)
    left_out = tailored.switched_off | frozenset(selection.left_out if selection is not None else ())
    if all(check.id in left_out for check in checks_of(catalogue, *frameworks)):
        raise NothingToAuditError((nothing_selected(selection),))
    tell = progress or _nobody
    messages = Messages(locale)
    kept = None if output_folder is not None else TemporaryDirectory(prefix="qa-toolkit-audit-")
    folder = Path(kept.name) if kept is not None else Path(output_folder or "")
    claim_folder(folder)
    with open_store() as store:
        tell("read")
        intake = read_submissions(
            handed_in, store, vocabularies, mapping=mapping, split_by=split_by, proofs=Proofs(material)
        )
        if not intake.submissions:
            raise NothingToAuditError((*intake.run_problems, *intake.problems))
        refuse_unaudited(judged, intake.submissions)
        tell("derive")
        load_into(store, extracts)
        note_possible_matches(store)
        derive_facts(store.connection, day, vocabularies)
        tell("check")
        engine = run_checks(store.connection, checks_of(catalogue, *frameworks), left_out)
        tell("score")
        used = _frameworks_used(tailored, frameworks, day, adoptions or {})
        reasons = reasons_of(tailored, frameworks, extracts, messages)
        by_data = _submission_results(store, intake, engine, catalogue, frameworks, reasons, left_out)
        scorer = Scorer(engine, catalogue, frameworks, left_out, reasons, messages("reason.judged"))
        submissions, waivers_used = with_decisions(by_data, scorer, store.connection, accepting, judged, day)
        result = AuditResult(
            schema_version=SCHEMA_VERSION,
            stamp=Stamp(
                toolkit_version=__version__,
                great_expectations_version=engine.great_expectations_version,
                duckdb_version=version("duckdb"),
                as_of=day,
                locale=locale,
                command=command,
                catalogue_sha256=catalogue.sha256,
            ),
            framework=used[0].framework,
            checks=checks_used(catalogue, *frameworks),
            questions=used[0].questions,
            submissions=submissions,
            run_problems=_shown(intake.run_problems),
            broken_checks=engine.broken,
            selection=selection,
            further=used[1:],
            trust_material=material_used(material),
            registers=registers_used(extracts, day),
            tailoring=tailoring_used(laid_over, tailored, frameworks, day.isoformat()),
            waivers=waivers_used,
        )
        tell("write")
        remove_earlier_audit(folder)
        result = write_result(result, folder)
        write_parquet(store.connection, folder)
        copies, copy_problems = (
            write_copies(result, intake.files, folder, store.folder, vocabularies, messages)
            if annotated_copies
            else ((), ())
        )
    rendered = formats_of(formats) if kept is None else ()
    files = render(result, folder, messages, templates or shipped_folder("report_templates"), rendered, agency)
    return Audit(result, folder, files, copies, copy_problems, templates, agency, kept)


def _nobody(_step: str) -> None:
    """Progress that nobody watches."""


def _frameworks_used(
    tailored: Tailored, frameworks: Sequence[Framework], as_of: date, adoptions: Mapping[str, Adoption]
) -> tuple[FurtherFramework, ...]:
    agreements, below = tailored.catalogue.agreements, tailored.below_standard
    return tuple(
        FurtherFramework(
            framework_used(one, as_of, agreements.get(one.id), adoptions.get(one.id), below),
            questions_used(tailored.catalogue, one),
        )
        for one in frameworks
    )


def _submission_results(
    store: RecordStore,
    intake: IntakeOutcome,
    engine: EngineOutcome,
    catalogue: Catalogue,
    frameworks: Sequence[Framework],
    reasons: Reasons,
    left_out: frozenset[str],
) -> tuple[SubmissionResult, ...]:
    declared, files = rows_of(store.connection, "submissions"), rows_of(store.connection, "files")
    forms, formats = counts_by(store.connection, "evidence_form"), counts_by(store.connection, "source_format")
    elements, counts = element_counts(store.connection), finding_counts(store.connection)
    proofs, looked_up = proof_summaries(store.connection), register_counts(store.connection)
    informing = {
        CaseKey(check.id, case.key, case.table)
        for check in catalogue.checks.values()
        for case in check.cases
        if case.role == "informs"
    }
    findings: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    for (submission_id, *case), number in counts.items():
        (notes if CaseKey(*case) in informing else findings)[submission_id] += number
    patterns: dict[str, list[Pattern]] = {submission_id: [] for submission_id in intake.submissions}
    for pattern in engine.patterns:
        patterns[pattern.submission_id].append(pattern)
    framework, *further = frameworks
    checks = {check.id: check for check in checks_of(catalogue, *frameworks)}
    of_main = {check.id: check for check in checks_of(catalogue, framework)}
    broken = frozenset(CaseKey(b.check_id, b.case, b.table) for b in engine.broken)
    not_run = broken | {key for keys in engine.cases.values() for key in keys if key.check_id in left_out}
    results = []
    for submission_id in intake.submissions:
        own = patterns[submission_id]
        row = declared[submission_id][0]
        evidence = gather(own, engine.cases, checks, catalogue.questions, framework, not_run)
        before = score_submission(evidence)
        faulty = faulty_elements(own, engine.cases, of_main, broken)
        beside = [
            (one.id, score_submission(gather(own, engine.cases, checks, catalogue.questions, one, not_run)))
            for one in further
        ]
        results.append(
            SubmissionResult(
                submission_id=submission_id,
                declared=_declared(row),
                credentials=row["credentials_found"],
                repeats_left_out=row["repeats_left_out"] or 0,
                offers=row["offers_found"] or 0,
                profile=bool(row["profile_found"]),
                evidence_forms=forms.get(submission_id, {}),
                formats=formats.get(submission_id, {}),
                files=tuple(_file(file) for file in files[submission_id]),
                problems=_shown(p for p in intake.problems if p.submission_id == submission_id),
                elements=tuple(
                    _tally(element, elements[submission_id][element], faulty[element]) for element in ELEMENTS
                ),
                checks=check_outcomes(own, engine.cases, checks, reasons=reasons, broken=broken, left_out=left_out),
                before=before,
                after=None,
                verdict=verdict(before),
                fixes=fixes(evidence, before),
                next_bands=next_bands(evidence, before),
                findings=findings[submission_id],
                notes=notes[submission_id],
                mapping=_mapping(intake, submission_id),
                further=tuple(FurtherScores(name, scores, verdict(scores)) for name, scores in beside),
                authenticity=authenticity_result(proofs.get(submission_id)),
                register_answers=register_answers(looked_up.get(submission_id, ())),
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


def _shown(problems: Iterable[Problem]) -> tuple[ProblemShown, ...]:
    return tuple(
        ProblemShown(p.kind.value, p.what, p.place, p.why, p.fix, p.key.value if p.key else None) for p in problems
    )
