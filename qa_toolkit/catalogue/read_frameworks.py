"""Framework files as models: groups of criteria (the principles, or a framework's own), gates, bands, adoption."""

from collections.abc import Sequence

from qa_toolkit.catalogue.fields import Fields
from qa_toolkit.catalogue.models import (
    Band,
    Criterion,
    Framework,
    FrameworkPrinciple,
    Gate,
    Grouping,
    Mode,
    Principle,
    Source,
    SourceTag,
)
from qa_toolkit.catalogue.read_adoptions import read_adoption
from qa_toolkit.catalogue.read_checks import Found, read_sources


def read_framework(fields: Fields, found: Found) -> Framework:
    """Read a framework, once all checks are read.

    Titles, summaries and sources of principles come from their check files, unless the framework gives its own.
    """
    framework_id = fields.text("id")
    document = _document(fields)
    if fields.has("groups") and fields.has("principles"):
        why = "'groups' is what 'principles' is called where the criteria are not grouped by the ten."
        fields.refuse("groups", "The criteria are grouped twice", why, "Keep one of the two.")
    groups = fields.items("groups" if fields.has("groups") else "principles", required=True)
    principles = tuple(_principle(item, found, framework_id, document) for item in groups)
    coverage = fields.mapping("coverage", required=True)
    framework = Framework(
        id=framework_id,
        title=fields.text("title"),
        version=fields.text("version"),
        source=fields.text("source"),
        about=fields.text("about"),
        principles=principles,
        hand_in=fields.texts("hand_in"),
        gates=tuple(_gate(item, principles, framework_id, found.places) for item in fields.items("gates")),
        bands=tuple(_band(item) for item in fields.items("bands", required=True)),
        least_scored_principles=int(fields.number("least_scored_principles")),
        coverage_for_band=coverage.number("band") if coverage else 0.0,
        coverage_for_provisional_band=coverage.number("provisional_band") if coverage else 0.0,
        small_number=int(fields.number("small_number")),
        adoption=read_adoption(fields),
        grouped_by=(fields.choice("grouped_by", Grouping) if fields.has("grouped_by") else None) or Grouping.PRINCIPLE,
    )
    if coverage:
        coverage.finish()
    fields.finish()
    return framework


def _document(fields: Fields) -> Source | None:
    """The document that a criterion's ``place`` lies in."""
    document = fields.mapping("document")
    if document is None:
        return None
    source = Source(document.text("ref"), document.choice("tag", SourceTag) or SourceTag.JUDGEMENT)
    document.finish()
    return source


def _principle(fields: Fields, found: Found, framework_id: str, document: Source | None) -> FrameworkPrinciple:
    introduced = found.principles
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
    sources = _sources(fields, document) or (heading.sources if heading else ())
    principle = FrameworkPrinciple(
        key=key,
        number=int(fields.number("number", heading.number if heading else None)),
        title=fields.text("title", heading.title if heading else None),
        summary=fields.text("summary", heading.summary if heading else None),
        weight=fields.number("weight"),
        criteria=tuple(
            _criterion(item, found, framework_id, document, sources) for item in fields.items("criteria", required=True)
        ),
    )
    fields.finish()
    return principle


def _criterion(
    fields: Fields, found: Found, framework_id: str, document: Source | None, of_group: tuple[Source, ...]
) -> Criterion:
    checks, awaits = fields.texts("checks"), fields.texts("awaits")
    criterion = Criterion(
        id=fields.text("id"),
        title=fields.text("title"),
        weight=fields.number("weight"),
        mode=fields.choice("mode", Mode) or Mode.PARTIAL,
        # A check that is awaited serves the criterion from the day its file is there.
        checks=(*checks, *(name for name in awaits if name in found.checks and name not in checks)),
        questions=fields.texts("questions"),
        sources=_sources(fields, document) or of_group,
        awaits=tuple(name for name in awaits if name not in found.checks),
    )
    fields.finish()
    _remember(fields, "criterion", criterion.id, framework_id, found.places)
    return criterion


def _sources(fields: Fields, document: Source | None) -> tuple[Source, ...]:
    """Under ``source`` written out, under ``place`` where it lies in the framework's own document."""
    if not fields.has("place"):
        return read_sources(fields, required=False)
    place = fields.text("place")
    if document is None:
        why = "The framework names no document of its own."
        fields.refuse("place", "The place lies in no document", why, "Add 'document: {ref: …, tag: cited}' at its top.")
        return ()
    return (Source(document.ref, document.tag, place), *read_sources(fields, required=False))


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
