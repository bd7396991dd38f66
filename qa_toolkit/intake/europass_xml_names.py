"""Model version 2 in the names of version 3: what was renamed, what was wrapped, what was told by attributes.

Source: schemas 1.0 to 1.2 of European Digital Credentials in XML, and the application profile EDC of version 3.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from qa_toolkit.intake.translated import Translated
from qa_toolkit.intake.xml_documents import Element

_RENAMED: Mapping[str, str] = {
    "additionalNotes": "additionalNote",
    "country": "countryCode",
    "duration": "maximumDuration",
    "endedAtTime": "endDate",
    "entryRequirementsNote": "entryRequirement",
    "givenNames": "givenName",
    "hasAccreditation": "accreditation",
    "hasAddress": "address",
    "hasECTSCreditPoints": "creditPoint",
    "hasCreditPoints": "creditPoint",
    "hasISCED-FCode": "thematicArea",
    "hasLocation": "location",
    "idVerificationMethod": "idVerification",
    "issuedDate": "dateIssued",
    "legalIdentifier": "registration",
    "mailBox": "emailAddress",
    "nationalId": "nationalID",
    "preferredName": "legalName",
    "relatedEscoSkill": "relatedESCOSkill",
    "startedAtTime": "startDate",
    "supplementaryDoc": "supplementaryDocument",
    "type": "dcType",
    "wasAwardedBy": "awardedBy",
    "wasDerivedFrom": "provenBy",
    "wasInfluencedBy": "influencedBy",
}
_RENAMED_WITHIN: Mapping[tuple[str, str], str] = {
    ("awardingProcess", "date"): "awardingDate",
    ("organization", "prefLabel"): "legalName",
    ("issuer", "prefLabel"): "legalName",
    ("learningActivitySpecification", "workload"): "volumeOfLearning",
}
"""(element, property) -> property, where the name alone does not tell."""
_WRAPPERS: Mapping[str, str] = {
    "achievements": "hasClaim",
    "activities": "hasClaim",
    "assessments": "hasClaim",
    "entitlements": "hasClaim",
    "learningOutcomes": "learningOutcome",
    "hasPart": "hasPart",
}
"""Elements that only hold others of one kind, and the property those have today."""
_KINDS: Mapping[str, str] = {
    "learningAchievement": "LearningAchievement",
    "qualificationAwarded": "LearningAchievement",
    "activity": "LearningActivity",
    "learningActivity": "LearningActivity",
    "assessment": "LearningAssessment",
    "entitlement": "LearningEntitlement",
    "qualification": "Qualification",
    "learningSpecification": "LearningAchievementSpecification",
    "learningOutcome": "LearningOutcome",
}
_IDENTIFIERS = ("identifier", "registration", "legalIdentifier", "vatIdentifier", "taxIdentifier", "nationalId")
_LINKS = ("homepage", "supplementaryDoc", "report", "landingPage")
_ECTS = {"id": "http://data.europa.eu/snb/education-credit/6fcec5c5af", "prefLabel": {"en": ["ECTS"]}}
_NOT_READ = ("logo", "displayParameters", "proof", "Signature", "background", "display")
"""Pictures, layout and signatures: large, and no element stands in them."""


def translated(credential: Element) -> Translated:
    """A credential of version 2 as one of version 3."""
    places: dict[str, str] = {}
    document = _object(credential, "", places)
    titles = document.pop("title", [])  # today the credential itself has a title only where it is displayed
    document["displayParameter"] = [{"title": titles}]
    places |= {f"/displayParameter/0/title/{n}": places[f"/title/{n}"] for n in range(len(titles))}
    if credential.parent is not None:  # the issuer of a presentation may be told beside the credential
        beside = [child for child in credential.parent.children if child.name == "issuer"]
        document["beside"] = [_value(one, f"/beside/{number}", places) for number, one in enumerate(beside)]
        document.setdefault("issuer", document["beside"])
    return Translated(document, places)


def _object(element: Element, pointer: str, places: dict[str, str]) -> dict[str, Any]:
    """The properties of an element, each a list."""
    places[pointer] = element.pointer
    held: dict[str, list[Any]] = defaultdict(list)
    for child in element.children:
        if child.name in _NOT_READ:
            continue
        wrapper = _WRAPPERS.get(child.name)
        wraps = wrapper is not None and any(one.name in _KINDS for one in child.children)
        for one in child.children if wraps else (child,):
            name = wrapper if wraps and wrapper else _name(element, child)
            held[name].append(_value(one, f"{pointer}/{name}/{len(held[name])}", places))
    identifier = element.attributes.get("id") or element.attributes.get("idref")
    kind = _KINDS.get(element.name)
    return {**({"id": identifier} if identifier else {}), **({"type": kind} if kind else {}), **held}


def _name(element: Element, child: Element) -> str:
    return _RENAMED_WITHIN.get((element.name, child.name)) or _RENAMED.get(child.name, child.name)


def _value(element: Element, pointer: str, places: dict[str, str]) -> Any:
    """A text, texts by language, a concept, an identifier, a reference or an object."""
    places[pointer] = element.pointer
    text, attributes = element.literal(), element.attributes
    if element.name in _IDENTIFIERS:
        return _identifier(element)
    if element.name in ("hasECTSCreditPoints", "hasCreditPoints"):
        own = {"prefLabel": attributes.get("schemeID") or attributes.get("schemeAgencyName")}
        return {"framework": _ECTS if element.name == "hasECTSCreditPoints" else own, "point": text}
    if element.name in _LINKS and "uri" in attributes:
        return {"contentURL": attributes["uri"]}
    if "uri" in attributes:
        return {"id": attributes["uri"], "prefLabel": _by_language(element.all("targetName", "text"))}
    if "idref" in attributes and not element.children:
        return {"id": attributes["idref"]}
    if texts := element.all("text"):
        return _by_language(texts)
    if element.children or "id" in attributes:
        return _object(element, pointer, places)
    return text


def _identifier(element: Element) -> dict[str, Any]:
    """A number, of whom it is, and the country it holds in."""
    parts = {child.name: child.literal() for child in element.children}
    spatial = element.attributes.get("spatialID") or parts.get("spatialId")
    return {
        "notation": element.literal() or parts.get("content"),
        "schemeName": element.attributes.get("schemeID") or element.attributes.get("schemeAgencyName"),
        **({"spatial": {"notation": spatial}} if spatial else {}),
    }


def _by_language(texts: list[Element]) -> dict[str, list[str]] | list[str]:
    """Language -> texts; a list where no language is stated."""
    held: dict[str, list[str]] = defaultdict(list)
    for one in texts:
        if text := one.literal():
            held[one.attributes.get("lang") or one.attributes.get("language") or ""].append(text)
    return held[""] if list(held) == [""] else {language or "und": found for language, found in held.items()}
