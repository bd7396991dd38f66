"""Who stands behind a European Digital Credential: country and place, awarding body and issuer, quality assurance."""

from collections.abc import Iterable

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.elm_parts import Parts, first_text, literals, named
from qa_toolkit.intake.words import Words, folded


def read_country(record: Record, parts: Parts, words: Words) -> None:
    """The country: of the issuer, else of an awarding body; a code on the list, else words."""
    organisations = [*parts.issuers, *parts.awarding_bodies]
    paths = (
        ("location", "address", "countryCode"),
        ("registration", "spatial"),
        ("eIDASIdentifier", "spatial"),
        ("vatIdentifier", "spatial"),
        ("location", "spatialCode"),
        ("location", "country"),
    )
    for organisation in organisations:
        for path in paths:
            nodes = organisation.all(*path)
            if not nodes:
                continue
            codes = [next((c for c in map(words.country_code, node.codes()) if c), None) for node in nodes]
            record.put("country", list(dict.fromkeys(code for code in codes if code)), nodes[0])
            record.put("country_unrecognised", not any(codes), nodes[0])
            shown = " | ".join(dict.fromkeys(node.label() or "" for node in nodes))
            record.state("country", "structured" if any(codes) else "free_text", shown, nodes[0])
            return


def read_place(record: Record, parts: Parts, _: Words) -> None:
    """Where the award was issued, in words: town or address of the awarding process, else of the issuer."""
    for holder in (*parts.awarding_processes, *parts.issuers):
        for address in holder.all("location", "address"):
            for name in ("fullAddress", "postName", "spatialCode"):
                if (text := first_text(address, name)) is not None:
                    record.put("place_of_issue", text, address)
                    return


def read_awarding_body(record: Record, parts: Parts, _: Words) -> None:
    """Who awarded, who issued, and whether both are one."""
    called = [(b, node) for b in parts.awarding_bodies for node in named(b)[:1]]
    names = list(dict.fromkeys(text for _, node in called if (text := node.text())))
    if names:
        record.put("awarding_body", names, called[0][1])
        record.state("awarding_body", "structured", " | ".join(names), called[0][1])
    kinds = ("registration", "eIDASIdentifier", "vatIdentifier", "taxIdentifier", "identifier")
    found = [(k, n) for b in parts.awarding_bodies for k in kinds for n in b.all(k, "notation") if n.literal()]
    record.put("awarding_body_identifiers", [f"{k}:{n.literal()}" for k, n in found], found[0][1] if found else None)
    issuer = next((node for i in parts.issuers for node in named(i)), None)
    record.put("issuer", issuer.text() if issuer else None, issuer)
    bodies, issuers = (_known_as(group) for group in (parts.awarding_bodies, parts.issuers))
    record.put("issuer_is_awarding_body", bool(bodies & issuers) if bodies and issuers else None, None)
    mandate = next((n for n in parts.credential.all("evidence", "dcType") if _says_mandate(n)), None)
    mandate = mandate or next((n for n in parts.credential.all("credentialProfiles") if _says_mandate(n)), None)
    record.put("mandate", mandate.label() if mandate else None, mandate)


def read_quality_assurance(record: Record, parts: Parts, words: Words) -> None:
    """Accreditation of the award, of its awarding body, of the issuer, or as evidence; a mandate is none."""
    organisations = [*parts.awarding_bodies, *parts.issuers]
    holders = [*parts.specifications, *organisations, *parts.credential.all("evidence")]
    nodes = [n for holder in holders for n in holder.all("accreditation")]
    if not nodes:
        return
    of_organisations = {n.pointer for holder in organisations for n in holder.all("accreditation")}
    kinds, objects = [], []
    for node in nodes:
        kind = node.first("dcType")
        code = next((c for c in map(words.quality_assurance_code, kind.codes()) if c), None) if kind else None
        kinds.append(code or (kind.label() if kind else None) or node.label() or "accreditation")
        if code and node.all("limitQualification"):
            objects.append(f"{code}:award")
        elif code and node.pointer in of_organisations:
            objects.append(f"{code}:organisation")
    record.put("quality_assurance_types", list(dict.fromkeys(kinds)), nodes[0])
    bodies = [text for n in nodes for b in n.all("accreditingAgent") for m in named(b)[:1] if (text := m.text())]
    record.put("quality_assurance_bodies", list(dict.fromkeys(bodies)), nodes[0])
    pages = [n for one in nodes for name in ("report", "homepage", "landingPage") for n in one.all(name, "contentURL")]
    references = literals(n for one in nodes for n in one.all("identifier", "notation")) + literals(pages)
    record.put("quality_assurance_references", list(dict.fromkeys(references)), nodes[0])
    record.put("quality_assurance_objects", list(dict.fromkeys(objects)), nodes[0])
    record.state("quality_assurance", "structured", " | ".join(dict.fromkeys(kinds)), nodes[0])


def _known_as(organisations: Iterable[Node]) -> set[str]:
    """Every name and identifier of organisations, to find one behind two descriptions."""
    listed = list(organisations)
    names = ("legalName", "altLabel", "prefLabel")
    known = {folded(text) for o in listed for name in names for n in o.all(name) for _, text in n.texts()}
    kinds = ("registration", "eIDASIdentifier", "vatIdentifier", "taxIdentifier", "identifier")
    return known | {folded(text) for o in listed for kind in kinds for text in literals(o.all(kind, "notation"))}


def _says_mandate(concept: Node) -> bool:
    return any("mandate" in folded(code) for code in concept.codes())
