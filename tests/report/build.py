"""Realistic audit results for tests of reports: invented providers, numbers that agree with each other.

Each submission is drawn as credentials with planted faults (``example_plans``); statuses, points, coverage, bands,
gates and fixes are worked out from those (``example_scores``).
"""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb

from qa_toolkit.records.tables import ELEMENTS, MANDATORY_ELEMENTS
from qa_toolkit.result import (
    AgreementUsed,
    AuditResult,
    CheckUsed,
    Declared,
    ElementTally,
    FileRead,
    FurtherFramework,
    FurtherScores,
    PrincipleUsed,
    ProblemShown,
    Stamp,
    SubmissionResult,
)
from tests.report.example_catalogue import example_checks, example_framework, example_questions
from tests.report.example_plans import CHECKS, PLANS, Plan, example_findings
from tests.report.example_scores import fixes_of, next_bands_of, outcome_of, scores_of, verdict_of


def example_result() -> AuditResult:
    """An audit of one submission of 240 credentials: mostly good, some faults, one cap proposed."""
    return _result(PLANS[:1])


def example_batch_result() -> AuditResult:
    """An audit of three submissions: mostly good, twelve records only, and one with closed gates and a file unread."""
    return _result(PLANS)


def example_result_beside_others() -> AuditResult:
    """The same, with the framework's criteria as two further frameworks under names of their own."""
    result = example_result()
    names = ("other-standards", "other-areas")
    further = tuple(
        FurtherFramework(
            replace(
                result.framework,
                framework_id=name,
                title=f"{result.framework.title} ({name})",
                grouped_by=name.removeprefix("other-").removesuffix("s"),
                principles=result.framework.principles[place:],
                agreement=AgreementUsed("Ministers of Exampleland", "2026-01-01", None, "Under revision."),
            ),
            result.questions,
        )
        for place, name in enumerate(names)
    )
    submissions = tuple(
        replace(
            one,
            further=tuple(
                FurtherScores(name, replace(one.before, principles=one.before.principles[place:]), one.verdict)
                for place, name in enumerate(names)
            ),
        )
        for one in result.submissions
    )
    return replace(result, further=further, submissions=submissions)


def write_example_findings(path: Path) -> None:
    """Write the findings of the batch as ``findings.parquet``, as the engine does: sorted, learner values hidden."""
    rows = [
        (f.check_id, f.case, f.table_name, f.submission_id, f.record_id, f.record_key, f.place, f.pattern, f.observed)
        for plan in PLANS
        for f in example_findings(plan)
    ]
    with duckdb.connect() as connection:
        connection.execute(
            'CREATE TABLE findings (check_id VARCHAR, "case" VARCHAR, table_name VARCHAR, submission_id VARCHAR,'
            " record_id VARCHAR, record_key VARCHAR, place VARCHAR, pattern INTEGER, observed VARCHAR)"
        )
        connection.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        target = path.as_posix().replace("'", "''")
        connection.execute(f"COPY findings TO '{target}' (FORMAT parquet)")


def _elements(plan: Plan) -> tuple[ElementTally, ...]:
    tallies = []
    by_element = {
        check.element: check for check in CHECKS.values() if check.check_id.startswith("EL-") and check.element
    }
    for element in ELEMENTS:
        check = by_element.get(element)
        outcome = outcome_of(plan, check) if check else None
        missing = outcome.failed if outcome and check else plan.records // 2
        if element == "country" and outcome:
            missing = outcome.cases[0].failed
        in_scope = outcome.in_scope if outcome else plan.records
        unseen = in_scope - outcome.applicable if outcome else 0
        stated = in_scope - unseen - missing
        away = plan.records - in_scope
        strengths = {"free_text": stated // 4, "structured": stated - stated // 4} if stated else {}
        causes = {"empty": missing} if missing else {}
        causes |= {"withheld": unseen} if unseen else {}
        faulty = sum(
            outcome_of(plan, check).failed
            for check in CHECKS.values()
            if check.element == element and not check.check_id.startswith("EL-")
        )
        tallies.append(
            ElementTally(
                element, element in MANDATORY_ELEMENTS, stated, missing, away, unseen, strengths, causes, faulty
            )
        )
    return tuple(tallies)


def _submission(plan: Plan) -> SubmissionResult:
    before = scores_of(plan)
    fixes = fixes_of(plan, before)
    found = example_findings(plan)
    informing = {(c.check_id, case.case) for c in CHECKS.values() for case in c.cases if case.role == "informs"}
    notes = sum((finding.check_id, finding.case) in informing for finding in found)
    refused = any(problem.kind == "file" for problem in plan.problems)
    files = [
        FileRead(1, "1f" * 32, 48_213, "table", "read", plan.records),
        FileRead(2, "2e" * 32, 611, "unknown", "read", 0),
    ]
    if refused:
        files.append(FileRead(3, "3d" * 32, 1_204_551, "unknown", "refused", 0))
    return SubmissionResult(
        submission_id=plan.submission_id,
        declared=Declared(
            provider_name=plan.provider,
            provider_country=(plan.country,),
            provider_type=plan.provider_type,
            provider_identifier=None if plan.country == "PL" else f"{plan.country}:example:4711",
            period_start=date(2025, 10, 1),
            period_end=date(2026, 9, 30),
            route="course",
            hours_basis="total",
            learner_data="withheld" if plan.unknown.get("EL-01") else "full",
            awards_handed_in="all",
            columns_handed_in="some" if ("EL-20", "") in plan.faults else "all",
            declared_total=plan.records if plan.country != "PL" else None,
            declared_once=("awarding_body", "language") if plan.country == "DE" else (),
        ),
        credentials=plan.records,
        repeats_left_out=plan.repeats,
        offers=0,
        evidence_forms={"extract": plan.records},
        formats={"table": plan.records},
        files=tuple(files),
        problems=plan.problems,
        elements=_elements(plan),
        checks=tuple(outcome_of(plan, CHECKS[check_id]) for check_id in sorted(CHECKS)),
        before=before,
        after=None,
        verdict=verdict_of(before),
        fixes=fixes,
        next_bands=next_bands_of(plan, before, fixes),
        findings=len(found) - notes,
        notes=notes,
    )


@lru_cache(maxsize=8)
def _result(plans: tuple[Plan, ...]) -> AuditResult:
    return AuditResult(
        schema_version="1",
        stamp=Stamp(
            toolkit_version="0.1.0",
            great_expectations_version="1.24.0",
            duckdb_version="2.0.1",
            as_of=date(2026, 9, 30),
            locale="en",
            command="qa-toolkit audit handed-in --as-of 2026-09-30 --output-dir report",
            catalogue_sha256="0a" * 32,
        ),
        framework=example_framework(),
        checks=example_checks(),
        questions=example_questions(),
        submissions=tuple(_submission(plan) for plan in sorted(plans, key=lambda plan: plan.submission_id)),
        run_problems=(
            ()
            if len(plans) == 1
            else (
                ProblemShown(
                    "note",
                    "A folder holds nothing to audit",
                    "the fourth folder given",
                    "It is empty.",
                    "Leave it out, or put the files of the provider there.",
                ),
            )
        ),
        broken_checks=(),
    )


def with_text_everywhere(result: AuditResult, text: str) -> AuditResult:
    """The result with ``text`` behind every value that a provider or an agency's own checks put there."""

    def declared(one: Declared) -> Declared:
        return replace(one, provider_name=f"{one.provider_name}{text}", provider_identifier=text)

    def problem(one: ProblemShown) -> ProblemShown:
        return replace(one, what=one.what + text, place=one.place + text, why=one.why + text, fix=one.fix + text)

    def check(one: CheckUsed) -> CheckUsed:
        cases = tuple(replace(case, failed=case.failed + text, fix=case.fix + text) for case in one.cases)
        sources = tuple(replace(source, ref=source.ref + text) for source in one.sources)
        words = {name: getattr(one, name) + text for name in ("title", "why", "fix", "expected")}
        return replace(one, cases=cases, sources=sources, **words)

    def principle(one: PrincipleUsed) -> PrincipleUsed:
        criteria = tuple(replace(criterion, title=criterion.title + text) for criterion in one.criteria)
        return replace(one, title=one.title + text, summary=one.summary + text, criteria=criteria)

    framework = result.framework
    return replace(
        result,
        stamp=replace(result.stamp, command=text),
        framework=replace(
            framework,
            title=framework.title + text,
            about=framework.about + text,
            source=framework.source + text,
            principles=tuple(principle(one) for one in framework.principles),
        ),
        checks=tuple(check(one) for one in result.checks),
        questions=tuple(replace(one, text=one.text + text, good_evidence=text) for one in result.questions),
        submissions=tuple(
            replace(one, declared=declared(one.declared), problems=tuple(problem(p) for p in one.problems))
            for one in result.submissions
        ),
        run_problems=tuple(problem(one) for one in result.run_problems),
    )
