"""What the terminal says after an audit: verdict, ten principles, what to fix first, where the files are."""

import textwrap
from pathlib import Path

import typer

from qa_toolkit.auditing import Audit
from qa_toolkit.cli.output import printable, width, wrapped
from qa_toolkit.decisions import WaiverState
from qa_toolkit.messages import Messages
from qa_toolkit.report.view_decisions import counted, judgement_words, moved
from qa_toolkit.report.view_tailoring import summary_words
from qa_toolkit.report.view_words import Words
from qa_toolkit.result import AuditResult, Fix, GateOutcome, PrincipleScore, Selection, SubmissionResult

FIRST_FIXES = 3
MOST_SUBMISSIONS = 20
_LABEL, _NUMBERS = 28, 18
"""Characters of a principle's title, and of its score and coverage."""
_COLOURS = {
    "meets": typer.colors.GREEN,
    "largely_meets": typer.colors.GREEN,
    "partly_meets": typer.colors.YELLOW,
    "does_not_meet": typer.colors.RED,
}


def summary_lines(audit: Audit, messages: Messages, *, everything: bool = False) -> list[str]:
    """The summary in lines that fit the terminal: a block per submission, a short table where there are many.

    ``everything`` lists every fix and every file.
    """
    result = audit.result
    messages = messages.speaking_of(result.framework.grouped_by)
    lines: list[str] = []
    if result.selection is not None:
        lines += [*_selection(result.selection, len(result.checks), messages), ""]
    if tailored := summary_words(result, messages):
        lines += [*(typer.style(line, bold=True) for line in wrapped(tailored)), ""]
    if len(result.submissions) <= 3:
        for submission in result.submissions:
            lines += [*_submission(result, submission, messages, everything), ""]
    else:
        lines += [*_many(result, messages), ""]
    lines += _waivers(result, messages)
    lines.append(messages("terminal.files", folder=_short(audit.folder), n=len(audit.files)))
    if everything:
        lines += [f"  {path.relative_to(audit.folder).as_posix()}" for path in audit.files]
    page = audit.folder / (
        "index.html" if len(result.submissions) > 1 else f"{result.submissions[0].submission_id}/report.html"
    )
    if page in audit.files:
        lines.append(messages("terminal.next", page=_short(page)))
    return lines


def _selection(selection: Selection, checks: int, messages: Messages) -> list[str]:
    left = len(selection.left_out)
    text = messages("terminal.selection", n=checks - left, checks=messages.number(checks))
    return [typer.style(line, bold=True) for line in wrapped(text)]


def _submission(result: AuditResult, submission: SubmissionResult, messages: Messages, everything: bool) -> list[str]:
    head = wrapped(f"{submission.name} · {Words(messages).handed_in(submission)}")
    lines = [
        *(typer.style(line, bold=True) for line in head),
        *wrapped(Words(messages).sentence(submission.verdict)),
        *wrapped(Words(messages).unread(submission) or ""),
        *wrapped(Words(messages).authenticity(submission) if submission.authenticity else ""),
        "",
        f"{'':<{2 + _LABEL}}{messages('terminal.score'):>6}  {messages('terminal.coverage'):>8}  "
        + messages("terminal.judgement"),
    ]
    for used, principle in zip(result.framework.principles, submission.before.principles, strict=True):
        lines += _row(f"{used.number:>2} {used.title}", principle, messages)
    lines += _gates(submission.before.gates, messages)
    overall = submission.before.overall
    if overall.score is None:
        text = messages(
            "terminal.no_overall",
            scored=overall.scored_principles,
            principles=len(result.framework.principles),
            needed=result.framework.least_scored_principles,
        )
        lines += wrapped(text)
    else:
        lines.append(messages("terminal.overall", score=messages.points(overall.score)))
    lines += _decided(result, submission, messages)
    for further, scores in zip(result.further, submission.further, strict=True):
        told = messages(
            "terminal.further", framework=further.framework.title, sentence=Words(messages).sentence(scores.verdict)
        )
        lines += ["", *wrapped(told, later="  ")]
    if submission.fixes:
        lines += ["", messages("terminal.fix_first")]
        for fix in submission.fixes if everything else submission.fixes[:FIRST_FIXES]:
            lines += _fix(fix, result, messages)
    return lines


def _decided(result: AuditResult, submission: SubmissionResult, messages: Messages) -> list[str]:
    """What changes with what people decided; nothing where nothing was."""
    if submission.after is None:
        return []
    differing = [one for one in moved(result, submission, messages) if one.differs]
    lines = ["", messages("decisions.heading" if differing else "decisions.unchanged")]
    for one in differing:
        text = messages(
            "decisions.changed",
            principle=one.title,
            before=messages.points(one.before.score),
            after=messages.points(one.after.score),
            covered_before=messages.share(one.before.coverage),
            covered_after=messages.share(one.after.coverage),
            words=judgement_words(one.after, messages),
        )
        lines += wrapped(text, "  ", "    ")
    return lines


def _waivers(result: AuditResult, messages: Messages) -> list[str]:
    """How the accepted deviations stand, and each that somebody should look at."""
    if not result.waivers:
        return []
    lines = wrapped(messages("terminal.waivers", **counted(result.waivers)), later="  ")
    for used in result.waivers:
        told = [messages(f"waivers.remark.{remark}") for remark in used.remarks]
        if used.state in (WaiverState.ENDS_SOON, WaiverState.EXPIRED):
            until = messages(
                f"waivers.state_until.{used.state}",
                since=messages.day(used.since),
                expires=messages.day(used.expires),
            )
            told.insert(0, f"{until}.")
        for what in told:
            lines += wrapped(messages("terminal.waiver", id=used.waiver_id, what=what), "  ", "    ")
    return [*lines, ""]


def _row(label: str, principle: PrincipleScore, messages: Messages) -> list[str]:
    """A principle: what does not fit beside the figures goes on below, in its own column."""
    labels = textwrap.wrap(label, _LABEL, subsequent_indent="   ")
    words = textwrap.wrap(_judgement(principle, messages), max(width() - 2 - _LABEL - _NUMBERS, 12))
    figures = f"{messages.points(principle.score):>6}  {messages.share(principle.coverage):>8}  "
    colour = _COLOURS.get(principle.band or "")
    lines = []
    for number in range(max(len(labels), len(words))):
        left = labels[number] if number < len(labels) else ""
        word = words[number] if number < len(words) else ""
        coloured = typer.style(word, fg=colour) if colour and word else word
        lines.append(f"  {left:<{_LABEL}}{figures if number == 0 else '':<{_NUMBERS}}{coloured}".rstrip())
    return lines


def _judgement(principle: PrincipleScore, messages: Messages) -> str:
    if principle.score is None:
        return messages("terminal.nothing_short")
    if principle.band is None:
        return messages("terminal.band.none")
    word = messages(f"terminal.band.{principle.band}")
    if principle.provisional:
        word = messages("terminal.provisional", band=word)
    if principle.capped_by:
        word = messages("terminal.capped", band=word)
    return word


def _gates(gates: tuple[GateOutcome, ...], messages: Messages) -> list[str]:
    """Why a judgement is capped: the knock-out criteria that are not met, or that a person has to confirm."""
    lines = []
    for gate in gates:
        if gate.cap is not None:
            text = messages(
                f"terminal.gate.{gate.state}",
                title=gate.title,
                failed=messages.number(gate.failed),
                n=gate.applicable,
                band=messages(f"terminal.band.{gate.cap}"),
            )
            lines += wrapped(text, later="  ")
    return lines


def _fix(fix: Fix, result: AuditResult, messages: Messages) -> list[str]:
    used = next(check for check in result.checks if check.check_id == fix.check_id)
    case = next(case for case in used.cases if case.case == fix.case)
    title = next(one.title for one in result.framework.principles if one.key == fix.principle)
    gain = messages("terminal.gain", points=messages.points(fix.principle_points), principle=title, n=fix.records)
    return wrapped(f"{fix.check_id:<7} {case.failed} ({gain})", "  ", " " * 10)


def _many(result: AuditResult, messages: Messages) -> list[str]:
    keys = [principle.number for principle in result.framework.principles]
    lines = [messages("terminal.submissions", n=len(result.submissions)), ""]
    names = [s.name for s in result.submissions]
    lines.append(f"  {'':<18}" + "".join(f"{number:>6}" for number in keys))
    for submission, name in zip(result.submissions[:MOST_SUBMISSIONS], names, strict=False):
        # Two of one name differ in what their folders are called.
        shown = printable(submission.submission_id if names.count(name) > 1 else name)
        parts = textwrap.wrap(shown, 17, subsequent_indent="  ") or [""]
        cells = "".join(f"{messages.points(p.score):>6}" for p in submission.before.principles)
        lines.append(f"  {parts[0]:<18}{cells}")
        lines += [f"  {part}" for part in parts[1:]]
    if len(result.submissions) > MOST_SUBMISSIONS:
        lines.append("  " + messages("terminal.more_submissions", n=len(result.submissions) - MOST_SUBMISSIONS))
    return lines


def _short(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return str(path)
