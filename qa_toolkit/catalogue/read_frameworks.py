"""Framework files as models: principles with criteria, gates, bands, adoption."""

from collections.abc import Mapping, Sequence

from qa_toolkit.catalogue.fields import Fields
from qa_toolkit.catalogue.models import (
    Adoption,
    Band,
    Criterion,
    Framework,
    FrameworkPrinciple,
    Gate,
    Mode,
    Principle,
)


def read_framework(fields: Fields, introduced: Mapping[str, Principle], places: dict[str, str]) -> Framework:
    """Read a framework. Titles and summaries of principles come from their check files, unless it gives its own."""
    framework_id = fields.text("id")
    principles = tuple(
        _principle(item, introduced, framework_id, places) for item in fields.items("principles", required=True)
    )
    coverage = fields.mapping("coverage", required=True)
    framework = Framework(
        id=framework_id,
        title=fields.text("title"),
        version=fields.text("version"),
        source=fields.text("source"),
        about=fields.text("about"),
        principles=principles,
        hand_in=fields.texts("hand_in"),
        gates=tuple(_gate(item, principles, framework_id, places) for item in fields.items("gates")),
        bands=tuple(_band(item) for item in fields.items("bands", required=True)),
        least_scored_principles=int(fields.number("least_scored_principles")),
        coverage_for_band=coverage.number("band") if coverage else 0.0,
        coverage_for_provisional_band=coverage.number("provisional_band") if coverage else 0.0,
        small_number=int(fields.number("small_number")),
        adoption=_adoption(fields),
    )
    if coverage:
        coverage.finish()
    fields.finish()
    return framework


def _principle(
    fields: Fields, introduced: Mapping[str, Principle], framework_id: str, places: dict[str, str]
) -> FrameworkPrinciple:
    key = fields.text("key")
    heading = introduced.get(key)
    if key and heading is None and not fields.has("title"):
        known = ", ".join(introduced)
        fields.refuse(
            "key",
            f"There is no principle '{key}'",
            "No check file introduces it, and it has no title of its own.",
            f"Write one of {known}." if known else "Give it number, title and summary here.",
        )
        heading = Principle(key, 0, "", "", ())
    principle = FrameworkPrinciple(
        key=key,
        number=int(fields.number("number", heading.number if heading else None)),
        title=fields.text("title", heading.title if heading else None),
        summary=fields.text("summary", heading.summary if heading else None),
        weight=fields.number("weight"),
        criteria=tuple(_criterion(item, framework_id, places) for item in fields.items("criteria", required=True)),
    )
    fields.finish()
    return principle


def _criterion(fields: Fields, framework_id: str, places: dict[str, str]) -> Criterion:
    criterion = Criterion(
        id=fields.text("id"),
        title=fields.text("title"),
        weight=fields.number("weight"),
        mode=fields.choice("mode", Mode) or Mode.PARTIAL,
        checks=fields.texts("checks"),
        questions=fields.texts("questions"),
    )
    fields.finish()
    _remember(fields, "criterion", criterion.id, framework_id, places)
    return criterion


def _gate(fields: Fields, principles: Sequence[FrameworkPrinciple], framework_id: str, places: dict[str, str]) -> Gate:
    """A gate caps the principles its checks sit in, unless it names others."""
    checks = fields.texts("checks")
    named = {check.split(":")[0] for check in checks}
    own = tuple(p.key for p in principles if any(named & set(criterion.checks) for criterion in p.criteria))
    gate = Gate(
        id=fields.text("id"),
        title=fields.text("title"),
        checks=checks,
        principles=fields.texts("principles") if fields.has("principles") else own,
        share=fields.number("share", 0.0),
        every=fields.flag("every"),
        evidence_forms=fields.texts("evidence_forms"),
        confirm=fields.flag("confirm"),
        confirm_checks=fields.texts("confirm_checks") if fields.has("confirm_checks") else (),
    )
    fields.finish()
    _remember(fields, "gate", gate.id, framework_id, places)
    return gate


def _remember(fields: Fields, kind: str, identifier: str, framework_id: str, places: dict[str, str]) -> None:
    name = f"{framework_id}/{identifier}"
    if name in places:
        why = f"It stands in {places[name]} already."
        fields.refuse("id", f"The {kind} {identifier} is there twice", why, "Give one of them another id.")
    places.setdefault(name, fields.place)


def _band(fields: Fields) -> Band:
    band = Band(fields.text("key"), fields.number("lowest"))
    fields.finish()
    return band


def _adoption(fields: Fields) -> Adoption | None:
    adoption = fields.mapping("adoption")
    if adoption is None:
        return None
    adopted = Adoption(
        by=adoption.text("by"),
        legal_basis=adoption.text("legal_basis"),
        since=_day(adoption, "since"),
        until=_day(adoption, "until") if adoption.has("until") else None,
    )
    adoption.finish()
    return adopted


def _day(fields: Fields, key: str) -> str:
    """A day as ISO text; YAML reads an unquoted one as a date."""
    value = fields.plain(key)
    return value.isoformat() if hasattr(value, "isoformat") else fields.text(key)
