"""Numbers, codes and counts of a result as words on the page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa_toolkit.messages import Messages
from qa_toolkit.report.view import IN_PART, NOTE, CheckView, SubmissionView
from qa_toolkit.result import BandUsed, LevelPoints, PrincipleUsed, ProblemShown, SourceUsed, SubmissionResult, Verdict


@dataclass(frozen=True)
class ProblemGroup:
    """Problems of one kind: said once, with every place."""

    kind: str
    what: str
    fix: str
    places: tuple[ProblemShown, ...]


class Words:
    """The phrases that templates ask for by name, in one language."""

    def __init__(
        self, messages: Messages, bands: Sequence[BandUsed] = (), principles: Sequence[PrincipleUsed] = ()
    ) -> None:
        self.messages = messages
        self._principles = {principle.key: principle.title for principle in principles}
        self._bands = {band.key for band in bands} | {"none"}

    def outcome_word(self, kind: str) -> str:
        """A status, an outcome of a criterion or a band, as it is called everywhere."""
        if kind == IN_PART:
            return self.messages("report.outcome.in_part")
        if kind == NOTE:
            return self.messages("severity.info")
        return self.messages(f"band.{kind}" if kind in self._bands else f"status.{kind}")

    def declared_word(self, code: str | None, family: str) -> str:
        """A code the provider or a file declared, in words; the code itself where it is none we know."""
        if not code:
            return ""
        key = f"{family}.{code}"
        return self.messages(key) if self.messages.has(key) else code

    def once_word(self, name: str) -> str:
        """Something declared once for all records: an element, or the language."""
        return self.messages("report.language") if name == "language" else self.declared_word(name, "element")

    def principle_word(self, key: str) -> str:
        """The name of a principle, or of a group of the framework's own."""
        return self._principles.get(key) or self.declared_word(key, "principle")

    def countries(self, codes: Iterable[str]) -> str:
        """ISO codes as names of countries."""
        names = self.messages.locale.territories
        return ", ".join(str(names.get(code, code)) for code in codes)

    def source_words(self, source: SourceUsed) -> str:
        """A source with its place, and how well it was established."""
        cited = f"{source.ref}, {source.place}" if source.place else source.ref
        return self.messages("report.source", source=cited, tag=self.declared_word(source.tag, "report.source"))

    def whole_share(self, share: float) -> str:
        """A share without decimals, where it is a threshold or stands in a small cell."""
        return self.messages("report.percent", number=f"{100 * share:.0f}")

    def arithmetic(self, level: LevelPoints) -> str:
        """The sum that gives a score, written out: records by worst fault, what each counts, the mean."""
        number = self.messages.number
        counted = [
            (level.no_fault, "1"),
            (level.minor, "¾"),
            (level.major, "½"),
            (level.blocker, "0"),
        ]
        terms = " + ".join(f"{number(records)} × {each}" for records, each in counted if records)
        return self.messages(
            "report.arithmetic",
            terms=terms,
            points=number(level.points),
            records=number(level.records),
            score=self.messages.points(100 * level.points / level.records),
        )

    def affected(self, check: CheckView) -> str:
        """How many records a check speaks of: x of y, and those that do not apply or could not be checked."""
        number = self.messages.number
        if check.kind == "pass" and not check.outcome.tolerated and check.outcome.failed:
            key = "report.affected_noted"
        else:
            key = "report.affected" if check.outcome.failed else "report.affected_none"
        text = self.messages(key, failed=number(check.outcome.failed), n=check.outcome.applicable)
        aside = []
        if check.not_applicable:
            aside.append(self.messages("report.affected.not_applicable", number=number(check.not_applicable)))
        if check.not_seen:
            aside.append(self.messages("report.affected.not_assessed", number=number(check.not_seen)))
        return f"{text} ({'; '.join(aside)})" if aside else text

    def sentence(self, verdict: Verdict) -> str:
        """The verdict in one sentence that counts what could not be judged."""
        t = self.messages
        return t(
            "report.verdict.sentence",
            n=verdict.criteria,
            met=t("report.verdict.met", n=verdict.met),
            in_part=t("report.verdict.in_part", n=verdict.met_in_part),
            not_met=t("report.verdict.not_met", n=verdict.not_met),
            person=t("report.verdict.person", n=verdict.for_a_person),
            unseen=t("report.verdict.unseen", n=verdict.not_assessed),
            away=t("report.verdict.away", n=verdict.not_applicable),
        )

    def unread(self, submission: SubmissionResult) -> str | None:
        """Which mandatory elements may stand in columns that were not read; None where none does."""
        elements = [
            self.messages(f"element.{tally.element}")
            for tally in submission.elements
            if tally.mandatory and tally.causes.get("column_unread")
        ]
        if not elements:
            return None
        return self.messages("report.verdict.unread", elements=", ".join(elements), n=len(elements))

    def handed_in(self, *submissions: SubmissionResult) -> str:
        """What was handed in, counted: '6 learning offers and 1 provider profile'; credentials where there is nothing.

        Several submissions are added up.
        """
        counts = {
            "credentials": sum(one.credentials for one in submissions),
            "offers": sum(one.offers for one in submissions),
            "profiles": sum(one.profile for one in submissions),
        }
        shown = [self.messages(f"handed_in.{kind}", n=n) for kind, n in counts.items() if n]
        if not shown:
            return self.messages("handed_in.credentials", n=0)
        *first, last = shown
        return self.messages("handed_in.and", first=", ".join(first), last=last) if first else last

    def authenticity(self, submission: SubmissionResult) -> str:
        """The third verdict in a sentence: credential files by what can be said of their signature and status."""
        found, m = submission.authenticity, self.messages
        if found is None:
            return m("authenticity.none")
        sentence = m(
            "authenticity.sentence",
            n=found.examined,
            holds=m.number(found.holds),
            does_not_hold=m.number(found.does_not_hold),
            not_checked=m.number(found.not_checked),
        )
        return f"{sentence} {m('authenticity.expired', n=found.expired)}" if found.expired else sentence

    def summary(self, view: SubmissionView) -> str:
        """The report in plain words, at most 120 of them for titles of usual length."""
        messages, submission = self.messages, view.submission
        records = submission.credentials + submission.offers + submission.profile
        sentences = [messages("handed_in.checked", what=self.handed_in(submission), n=records)]
        weakest = view.weakest
        if weakest is None:
            sentences.append(messages("report.summary.no_fault"))
        else:
            sentences.append(
                messages(
                    "report.summary.weakest",
                    id=weakest.used.criterion_id,
                    title=weakest.used.title,
                    faults=messages.number(weakest.faults),
                    n=sum(level.records for level in weakest.score.levels),
                )
            )
        if view.fixes:
            first = view.fixes[0]
            sentences.append(messages("report.summary.fix", what=_first_lower(first.case.failed), n=first.fix.records))
        closed = sum(gate.state == "closed" for gate in view.gates_fired)
        if closed:
            sentences.append(messages("report.summary.gates", n=closed))
        sentences.append(messages("report.summary.seen", share=self.whole_share(submission.before.overall.coverage)))
        sentences.append(messages("report.summary.person"))
        return " ".join(sentences)


def problem_groups(problems: Sequence[ProblemShown]) -> tuple[ProblemGroup, ...]:
    """Problems that say the same, together; lost files first, then lost rows, then notes."""
    order = {"file": 0, "row": 1, "note": 2}
    groups: dict[tuple[str, str, str], list[ProblemShown]] = {}
    for problem in problems:
        groups.setdefault((problem.kind, problem.what, problem.fix), []).append(problem)
    return tuple(
        ProblemGroup(*key, places=tuple(groups[key])) for key in sorted(groups, key=lambda key: order.get(key[0], 3))
    )


def css_string(text: str) -> str:
    """Text as a CSS string that cannot end early, whatever stands in it."""
    return '"' + re.sub(r"[^A-Za-z0-9 ,.]", lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def _first_lower(text: str) -> str:
    """The title of a rule inside a sentence; words in capitals stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
