"""What an audit tells when it is done: problems, summary or JSON, what ``--fail-on`` found, and the exit code."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from qa_toolkit.auditing import Audit
from qa_toolkit.cli.audit_settings import AuditSettings
from qa_toolkit.cli.exit_codes import ExitCode, worst
from qa_toolkit.cli.fail_on import Rule, fired
from qa_toolkit.cli.output import say, say_problems, say_wrapped
from qa_toolkit.cli.summary import summary_lines
from qa_toolkit.messages import Messages
from qa_toolkit.problems import ProblemKey, ProblemKind
from qa_toolkit.result import SubmissionResult

ALSO_SAID = (
    ProblemKey.COLUMNS_NOT_READ,
    ProblemKey.COLUMN_TWICE,
    ProblemKey.DATES_NOT_READ,
    ProblemKey.NOT_PASSED_LEFT_OUT,
    ProblemKey.NOT_PASSED_KEPT,
    ProblemKey.NOT_SPLIT,
)
"""Notes that cost nothing but may change the verdict: whoever audits must see them before believing it."""


def tell(audit: Audit, settings: AuditSettings, rules: Sequence[Rule], messages: Messages) -> ExitCode:
    """Say what came out, and the code to end with."""
    result, verbose = audit.result, settings.yes("verbose")
    listed = (*result.run_problems, *(p for s in result.submissions for p in s.problems))
    costly = [p for p in listed if verbose or p.kind != ProblemKind.NOTE or p.key in ALSO_SAID]
    say_problems(costly, messages, all_of_them=verbose)
    found = fired(rules, result, messages)
    code = worst(
        [
            *([ExitCode.INTERNAL] if result.broken_checks else []),
            *([ExitCode.INCOMPLETE] if audit.incomplete else []),
            *([ExitCode.FINDINGS] if found and not settings.yes("exit-zero") else []),
        ]
    )
    if settings.yes("json"):
        typer.echo(json.dumps(machine_summary(audit, found, code), ensure_ascii=True, indent=2))
    elif not settings.yes("quiet"):
        for line in summary_lines(audit, messages, everything=verbose):
            typer.echo(line)
    for copy in audit.copies:
        for line in copy.told:
            say(f"{copy.path.parent.name}/{copy.path.name}: {line}")
    say_problems(audit.copy_problems, messages, all_of_them=True)
    for broken in result.broken_checks:
        say_wrapped(messages("terminal.broken", check=broken.check_id, reason=broken.reason), later="  ")
    for word, reasons in found.items():
        say_wrapped(messages("fail_on.found", word=word))
        shown = reasons if verbose else reasons[:10]
        for reason in shown:
            say_wrapped(reason, "  ", "    ")
        if len(reasons) > len(shown):
            say(messages("fail_on.more_reasons", n=len(reasons) - len(shown)))
    if audit.incomplete:
        say(messages("terminal.incomplete"))
    return code


def machine_summary(audit: Audit, found: Mapping[str, Sequence[str]], code: ExitCode) -> dict[str, Any]:
    """The summary for machines: scores in points of 100, shares of 1, null where there is none."""
    result = audit.result
    return {
        "toolkit_version": result.stamp.toolkit_version,
        "schema_version": result.schema_version,
        "framework": result.framework.framework_id,
        "as_of": result.stamp.as_of.isoformat(),
        "folder": str(audit.folder.resolve()),
        "files": [path.relative_to(audit.folder).as_posix() for path in audit.files],
        "exit_code": int(code),
        "fail_on": {word: list(reasons) for word, reasons in found.items()},
        "incomplete": audit.incomplete,
        "broken_checks": [broken.check_id for broken in result.broken_checks],
        "selection": None
        if result.selection is None
        else {
            "select": list(result.selection.select),
            "ignore": list(result.selection.ignore),
            "left_out": list(result.selection.left_out),
        },
        "schemes": [one.scheme_id for one in result.tailoring.schemes] if result.tailoring else [],
        "waivers": [
            {
                "id": used.waiver_id,
                "state": used.state.value,
                "accepted": dict(used.accepted),
                "remarks": [remark.value for remark in used.remarks],
            }
            for used in result.waivers
        ],
        "submissions": [_submission(submission) for submission in result.submissions],
    }


def _submission(submission: SubmissionResult) -> dict[str, Any]:
    overall, verdict = submission.before.overall, submission.verdict
    return {
        "submission_id": submission.submission_id,
        "provider_name": submission.declared.provider_name,
        "credentials": submission.credentials,
        "offers": submission.offers,
        "provider_profile": submission.profile,
        "findings": submission.findings,
        "problems": len(submission.problems),
        "criteria": {
            "all": verdict.criteria,
            "met": verdict.met,
            "met_in_part": verdict.met_in_part,
            "not_met": verdict.not_met,
            "for_a_person": verdict.for_a_person,
            "not_assessed": verdict.not_assessed,
            "not_applicable": verdict.not_applicable,
        },
        "overall": {"score": overall.score, "coverage": overall.coverage, "band": overall.band},
        "principles": {
            score.key: {
                "score": score.score,
                "coverage": score.coverage,
                "band": score.band,
                "provisional": score.provisional,
                "capped_by": list(score.capped_by),
            }
            for score in submission.before.principles
        },
        "after": None
        if submission.after is None
        else {
            "overall": submission.after.overall.score,
            "principles": {
                score.key: {"score": score.score, "coverage": score.coverage, "band": score.band}
                for score in submission.after.principles
            },
        },
        "checks": {outcome.check_id: outcome.status.value for outcome in submission.checks},
        "further_frameworks": {
            further.framework_id: {
                "overall": further.scores.overall.score,
                "groups": {
                    score.key: {"score": score.score, "coverage": score.coverage, "band": score.band}
                    for score in further.scores.principles
                },
            }
            for further in submission.further
        },
    }
