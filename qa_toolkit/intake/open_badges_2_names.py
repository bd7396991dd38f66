"""An Open Badge of version 2 or older in the names of version 3: what was renamed, and what extensions said.

Source: Open Badges 2.0 and its extensions, those of edubadges (SURF) and of the German badge platform among them; the
forms of 0.5 and 1.x where they differ.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from qa_toolkit.intake.translated import Translated

_ACHIEVEMENT = "/credentialSubject/achievement"
_EXTENSIONS: Mapping[tuple[str, str], str] = {
    ("extensions:LanguageExtension", "Language"): "inLanguage",
    ("extensions:EducationProgramIdentifierExtension", "EducationProgramIdentifier"): "educationProgramIdentifier",
}
"""(extension, its property) -> property of today's achievement."""
_OWN: Mapping[str, str] = {
    "name": "name",
    "description": "description",
    "participation": "participationType",
    "assessmentType": "assessmentType",
    "assessment_type": "assessmentType",
    "@language": "inLanguage",
    "extensions:ECTSExtension": "extensions:ECTSExtension",
    "extensions:StudyLoadExtension": "extensions:StudyLoadExtension",
}
"""Property of a badge class -> of today's achievement."""
_COUNTRY = ("extensions:InstitutionCountryExtension", "InstitutionCountry")
_INSTITUTION = ("extensions:InstitutionNameExtension", "InstitutionName")
_NUMBER = ("extensions:InstitutionIdentifierExtension", "InstitutionIdentifier")


class _Making:
    """Today's document, growing, with the place of each part."""

    def __init__(self, pointer: str) -> None:
        self.document: dict[str, Any] = {"type": ["VerifiableCredential", "OpenBadgeCredential"]}
        self.places = {"": pointer, "/credentialSubject": pointer}

    def put(self, path: str, value: Any, place: str) -> None:
        """Set a property; the first one said counts."""
        if value in (None, "", [], {}):
            return
        *parents, name = path.lstrip("/").split("/")
        held = self.document
        for parent in parents:
            held = held.setdefault(parent, {})
        if name not in held:
            held[name] = value
            self.places[path] = place

    def add(self, path: str, value: Any, place: str) -> None:
        """Append to a list."""
        *parents, name = path.lstrip("/").split("/")
        held = self.document
        for parent in parents:
            held = held.setdefault(parent, {})
        several = held.setdefault(name, [])
        self.places.setdefault(path, place)
        self.places[f"{path}/{len(several)}"] = place
        several.append(value)


def translated(assertion: dict[str, Any], pointer: str, badge: Any, issuer: Any) -> Translated:
    """An assertion with its badge class and issuer as a document of version 3.

    Args:
        assertion: as it stands.
        pointer: where it stands in its file.
        badge: the class, from within the assertion or from what was handed in beside it; None where only its address is
            known.
        issuer: the profile, in the same way.
    """
    making = _Making(pointer)
    making.put("/id", assertion.get("id") or assertion.get("@id") or assertion.get("uid"), f"{pointer}/id")
    for name, old in (("validFrom", ("issuedOn", "issued_on")), ("validUntil", ("expires",))):
        key = next((one for one in old if assertion.get(one) is not None), None)
        if key:
            making.put(f"/{name}", _day(assertion[key]), f"{pointer}/{key}")
    _recipient(making, assertion.get("recipient"), f"{pointer}/recipient")
    narrative = assertion.get("narrative")
    making.put("/credentialSubject/narrative", narrative, f"{pointer}/narrative")
    making.places[_ACHIEVEMENT] = f"{pointer}/badge"
    if isinstance(badge, dict):
        _badge(making, badge, f"{pointer}/badge")
    elif isinstance(assertion.get("badge"), str):
        making.put(f"{_ACHIEVEMENT}/id", assertion["badge"], f"{pointer}/badge")
    if isinstance(issuer, dict):
        _issuer(making, issuer, f"{pointer}/badge/issuer")
    return Translated(making.document, making.places)


def _recipient(making: _Making, recipient: Any, place: str) -> None:
    """Somebody by an address, a number or what it was hashed to; in the oldest form the text alone."""
    if isinstance(recipient, str):
        recipient = {"identity": recipient, "type": "email"}
    if not isinstance(recipient, dict) or not recipient.get("identity"):
        return
    kind = "emailAddress" if recipient.get("type") == "email" else recipient.get("type")
    identity = {"identityHash": recipient["identity"], "identityType": kind, "hashed": recipient.get("hashed")}
    making.add("/credentialSubject/identifier", identity, place)


def _badge(making: _Making, badge: dict[str, Any], place: str) -> None:
    achievement = _ACHIEVEMENT
    making.put(f"{achievement}/id", badge.get("id") or badge.get("@id"), f"{place}/id")
    for old, new in _OWN.items():
        making.put(f"{achievement}/{new}", badge.get(old), f"{place}/{old}")
    for (extension, key), new in _EXTENSIONS.items():
        making.put(f"{achievement}/{new}", _of_extension(badge, extension, key), f"{place}/{extension}")
    outcomes = _of_extension(badge, "extensions:LearningOutcomeExtension", "LearningOutcome")
    making.put(f"{achievement}/criteria/narrative", outcomes, f"{place}/extensions:LearningOutcomeExtension")
    criteria = badge.get("criteria")
    if isinstance(criteria, dict):
        making.put(f"{achievement}/criteria/narrative", criteria.get("narrative"), f"{place}/criteria")
        making.put(f"{achievement}/criteria/id", criteria.get("id"), f"{place}/criteria")
    else:
        making.put(f"{achievement}/criteria/id", criteria, f"{place}/criteria")
    time = _of_extension(badge, "extensions:TimeInvestmentExtension", "TimeInvestment")
    making.put(f"{achievement}/timeInvestment", time, f"{place}/extensions:TimeInvestmentExtension")
    for alignment, where in _alignments(badge, place):
        making.add(f"{achievement}/alignment", alignment, where)


def _alignments(badge: dict[str, Any], place: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Alignments as they were, and what extensions say that is one today: level, competences, quality assurance."""
    for key in ("alignment", "alignments"):
        listed = badge.get(key)
        for one in listed if isinstance(listed, list) else [listed] if isinstance(listed, dict) else []:
            if isinstance(one, dict):
                older = {"targetName": one.get("name"), "targetUrl": one.get("url")}  # of version 1
                yield {**{name: value for name, value in older.items() if value}, **one}, f"{place}/{key}"
    level = _of_extension(badge, "extensions:EQFExtension", "EQF")
    if level not in (None, ""):
        yield {"targetType": "ext:EQF", "targetCode": str(level)}, f"{place}/extensions:EQFExtension"
    name = "extensions:CompetencyExtension"
    held = badge.get(name)
    for one in held if isinstance(held, list) else [held] if isinstance(held, dict) else []:
        if isinstance(one, dict) and one.get("name"):
            link = one.get("framework_identifier") or one.get("escoID")
            yield {"targetType": "Competency", "targetName": one["name"], "targetUrl": link}, f"{place}/{name}"
    assured = [badge.get(f"qualityAssurance{part}") for part in ("Name", "Url", "Description")]
    if any(assured):
        named = dict(zip(("targetName", "targetUrl", "targetDescription"), assured, strict=True))
        yield {"targetType": "QualityAssurance", **named}, f"{place}/qualityAssuranceName"


def _issuer(making: _Making, issuer: dict[str, Any], place: str) -> None:
    institution = _of_extension(issuer, *_INSTITUTION)
    making.put("/issuer/name", institution, f"{place}/{_INSTITUTION[0]}")
    making.put("/issuer/name", issuer.get("name"), f"{place}/name")
    making.put("/issuer/id", issuer.get("id") or issuer.get("url") or issuer.get("origin"), place)
    making.places["/issuer"] = place
    country = _of_extension(issuer, *_COUNTRY)
    making.put("/issuer/address/addressCountry", country, f"{place}/{_COUNTRY[0]}")
    number = _of_extension(issuer, *_NUMBER)
    if number:
        entry = {"identifierType": "institution", "identifier": str(number)}
        making.add("/issuer/otherIdentifier", entry, f"{place}/{_NUMBER[0]}")


def _of_extension(holder: dict[str, Any], extension: str, key: str) -> Any:
    """The property of an extension, of whichever case its first letter is."""
    held = holder.get(extension)
    if not isinstance(held, dict):
        return None
    return held.get(key, held.get(key[:1].lower() + key[1:]))


def _day(value: Any) -> Any:
    """A date as text: version 1 allowed seconds since 1970."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    try:
        return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return str(value)
