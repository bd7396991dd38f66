"""What the terminal says after an audit: verdict, ten principles, what to fix first, where the files are."""

import textwrap
from pathlib import Path

from qa_toolkit.audit import Audit
from qa_toolkit.messages import Messages
from qa_toolkit.report.view_words import Words
from qa_toolkit.result import AuditResult, Fix, PrincipleScore, SubmissionResult

WIDTH = 80
FIRST_FIXES = 3


def summary_lines(audit: Audit, messages: Messages) -> list[str]:
    """The summary in lines of at most 80 characters: one block per submission, a short table where there are many."""
    result = audit.result
    lines: list[str] = []
    if len(result.submissions) <= 3:
        for submission in result.submissions:
            lines += [*_submission(result, submission, messages), ""]
    else:
        lines += [*_many(result, messages), ""]
    lines.append(messages("terminal.files", folder=_short(audit.folder), n=len(audit.files)))
    page = audit.folder / (
        "index.html" if len(result.submissions) > 1 else f"{result.submissions[0].submission_id}/report.html"
    )
    lines.append(messages("terminal.next", page=_short(page)))
    return lines


def _submission(result: AuditResult, submission: SubmissionResult, messages: Messages) -> list[str]:
    name = submission.declared.provider_name or submission.submission_id
    lines = [
        _cut(f"{name} · {messages('terminal.credentials', n=submission.credentials)}"),
        *_wrapped(Words(messages).sentence(submission.verdict)),
        *_wrapped(Words(messages).unread(submission) or ""),
        "",
        _row("", messages("terminal.score"), messages("terminal.coverage"), messages("terminal.judgement")),
    ]
    for used, principle in zip(result.framework.principles, submission.before.principles, strict=True):
        label = f"{used.number:>2} {used.title}"
        coverage = messages.share(principle.coverage)
        lines.append(_row(label, messages.points(principle.score), coverage, _judgement(principle, messages)))
    overall = submission.before.overall
    if overall.score is None:
        lines += _wrapped(
            messages(
                "terminal.no_overall",
                scored=overall.scored_principles,
                principles=len(result.framework.principles),
                needed=result.framework.least_scored_principles,
            )
        )
    else:
        lines.append(messages("terminal.overall", score=messages.points(overall.score)))
    if submission.fixes:
        lines += ["", messages("terminal.fix_first")]
        lines += [_fix(fix, result, messages) for fix in submission.fixes[:FIRST_FIXES]]
    return lines


def _row(label: str, score: str, coverage: str, judgement: str) -> str:
    return _cut(f"  {label[:28]:<28}{score:>6}  {coverage:>8}  {judgement}")


def _judgement(principle: PrincipleScore, messages: Messages) -> str:
    if principle.score is None:
        return messages("terminal.nothing_short")
    word = messages(f"terminal.band.{principle.band or 'none'}")
    if principle.provisional:
        word = messages("terminal.provisional", band=word)
    if principle.capped_by:
        word = messages("terminal.capped", band=word)
    return word


def _fix(fix: Fix, result: AuditResult, messages: Messages) -> str:
    used = next(check for check in result.checks if check.check_id == fix.check_id)
    case = next(case for case in used.cases if case.case == fix.case)
    gain = messages("terminal.gain", points=messages.points(fix.principle_points), n=fix.records)
    room = WIDTH - len(gain) - len(fix.check_id) - 6
    text = case.failed if len(case.failed) <= room else case.failed[: room - 1].rstrip() + "…"
    return f"  {fix.check_id}  {text}  {gain}"


def _many(result: AuditResult, messages: Messages) -> list[str]:
    keys = [principle.number for principle in result.framework.principles]
    lines = [messages("terminal.submissions", n=len(result.submissions)), ""]
    names = [s.declared.provider_name or s.submission_id for s in result.submissions]
    lines.append(f"  {'':<18}" + "".join(f"{number:>6}" for number in keys))
    for submission, name in zip(result.submissions[:20], names, strict=False):
        shown = name if len(name) <= 17 else f"{name[:16]}…"
        if names.count(name) > 1:  # two of one name differ in what their folders are called, mostly at the end
            shown = submission.submission_id
            shown = shown if len(shown) <= 17 else f"{shown[:8]}…{shown[-8:]}"
        cells = "".join(f"{messages.points(p.score):>6}" for p in submission.before.principles)
        lines.append(f"  {shown:<18}{cells}")
    if len(result.submissions) > 20:
        lines.append("  " + messages("terminal.more_submissions", n=len(result.submissions) - 20))
    return lines


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def _short(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return str(path)
