"""``waivers.yaml``: findings that are accepted for a time, with reason, approver and expiry; every mistake at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from qa_toolkit.catalogue.fields import Fields
from qa_toolkit.catalogue.models import Check, Role
from qa_toolkit.catalogue.yaml_nodes import read_yaml
from qa_toolkit.decisions import WaiverRemark, WaiverState
from qa_toolkit.problems import AuditError, Problem, ProblemKind, meant

SOON = timedelta(days=30)
LONGEST = timedelta(days=731)
"""Two years, a leap day among them: what is accepted for longer is no deviation but another rule."""
SHORTEST_HASH = 8
"""Digits of a sha256 that name a file."""
_HEX = frozenset("0123456789abcdef")


class WaiversError(AuditError):
    """A waivers.yaml cannot be used; ``problems`` holds every mistake with line, key, reason and fix."""


@dataclass(frozen=True)
class Waiver:
    """Findings that somebody accepts for a time."""

    id: str
    checks: tuple[str, ...]
    """As ``ID`` or ``ID:case``."""
    provider: str | None
    """Identifier, name or submission of one provider; None: every provider."""
    records: tuple[str, ...]
    """Places or credential identifiers; empty: every record."""
    file: str | None
    """First digits of the sha256 of the file whose rows the places count."""
    reason: str
    approver: str
    since: date
    expires: date
    """The last day on which it holds."""

    @property
    def scope(self) -> frozenset[tuple[str, str | None]]:
        """(check, case) pairs it accepts; None stands for every case."""
        split = (name.partition(":") for name in self.checks)
        return frozenset((check_id, case or None) for check_id, _, case in split)

    def state(self, day: date) -> WaiverState:
        """What it is on a day; it holds on its first day and on its last."""
        if day < self.since:
            return WaiverState.NOT_YET
        if day > self.expires:
            return WaiverState.EXPIRED
        return WaiverState.ENDS_SOON if self.expires - day <= SOON else WaiverState.HOLDS

    @property
    def over_broad(self) -> tuple[WaiverRemark, ...]:
        """Why it accepts more than a deviation, as far as its words alone say."""
        remarks = [WaiverRemark.EVERY_PROVIDER] if self.provider is None else []
        return (*remarks, *([WaiverRemark.LONG] if self.expires - self.since > LONGEST else ()))


def read_waivers(path: Path, checks: Mapping[str, Check]) -> tuple[Waiver, ...]:
    """The waivers of a file, in its order.

    Args:
        path: a ``waivers.yaml``.
        checks: those a waiver may name, by id.

    Raises:
        WaiversError: with every mistake of the file.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        why = f"{error.strerror or 'It cannot be read'}."
        what, fix = "There is no file of waivers to read", "Give the waivers.yaml that the agency keeps."
        raise WaiversError((Problem(ProblemKind.FILE, what, str(path), why, fix),)) from None
    problems: list[Problem] = []
    located = read_yaml(content, path.name, problems)
    waivers: list[Waiver] = []
    if located is not None:
        fields = Fields(located, problems)
        places: dict[str, str] = {}
        for item in fields.items("waivers", required=True):
            waivers.append(_waiver(item, checks, places))
        fields.finish()
    if problems:
        raise WaiversError(tuple(dict.fromkeys(problems)))
    return tuple(waivers)


def _waiver(fields: Fields, checks: Mapping[str, Check], places: dict[str, str]) -> Waiver:
    named = fields.texts("checks") if fields.has("checks") else tuple(one for one in [fields.text("check")] if one)
    if fields.has("checks") and fields.has("check"):
        fields.refuse("check", "'check' and 'checks' are both there", "One would hide the other.", "Keep 'checks'.")
    waiver = Waiver(
        id=fields.text("id"),
        checks=named,
        provider=fields.text_or_none("provider"),
        records=fields.texts("records"),
        file=_file(fields),
        reason=fields.text("reason"),
        approver=fields.text("approver"),
        since=fields.day("from"),
        expires=fields.day("expires"),
    )
    if fields.has("records") and not waiver.records:
        why = "Without the key it would be every record."
        fields.refuse("records", "No record is named", why, "Name places or credential identifiers, or leave it out.")
    if waiver.file is not None and not waiver.records:
        fields.refuse(
            "file", "A file is named, and no record of it", "It counts rows.", "Name the records, or leave it out."
        )
    if date.min not in (waiver.since, waiver.expires) and waiver.expires < waiver.since:
        what = f"It expires on {waiver.expires}, before it begins on {waiver.since}"
        fields.refuse("expires", what, "It would never hold.", "Correct one of the two days.")
    _known(fields, named, checks)
    if waiver.id and waiver.id in places:
        why = f"It stands in {places[waiver.id]} already."
        fields.refuse("id", f"The waiver {waiver.id} is there twice", why, "Give one of them another id.")
    places.setdefault(waiver.id, fields.place)
    fields.finish()
    return waiver


def _file(fields: Fields) -> str | None:
    digits = fields.text_or_none("file")
    if digits is not None and (len(digits) < SHORTEST_HASH or not set(digits.lower()) <= _HEX):
        why = f"A file is named by at least {SHORTEST_HASH} digits of its sha256: its name may hold a learner's."
        fields.refuse("file", "'file' is no sha256", why, "Copy it from the report, under data handed in.")
    return digits.lower() if digits is not None else None


def _known(fields: Fields, named: tuple[str, ...], checks: Mapping[str, Check]) -> None:
    """See that each check is there and may be waived: what only informs costs nothing and asks nobody."""
    key = "checks" if fields.has("checks") else "check"
    for name in named:
        check_id, _, case = name.partition(":")
        check = checks.get(check_id)
        if check is None:
            fix = meant(check_id, checks, "See 'qa-toolkit checks list'.")
            fields.refuse(key, f"There is no check '{check_id}'", "It accepts findings of a check.", fix)
        elif case and case not in (cases := {one.key for one in check.cases}):
            known = ", ".join(sorted(one for one in cases if one)) or "none"
            fix = meant(case, cases, f"Cases of {check_id}: {known}.")
            fields.refuse(key, f"{check_id} has no case '{case}'", "It accepts findings of one case.", fix)
        elif all(one.role is Role.INFORMS for one in check.cases):
            why = "It informs: its findings cost no points and ask nobody."
            fields.refuse(key, f"There is nothing to accept of {check_id}", why, "Leave it out.")
