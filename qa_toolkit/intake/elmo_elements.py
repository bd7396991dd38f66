"""The elements of a result in an ELMO transcript: where each stands.

Source: ELMO schema, version 1, and the mapping between it and the European Learning Model. It has no place for the type
of assessment, participation, quality assurance, prerequisites and supervision; learning outcomes only as a description.
"""

from dataclasses import dataclass
from html.parser import HTMLParser

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.grading import read_grading_scheme
from qa_toolkit.intake.values import parse_number
from qa_toolkit.intake.words import Words, folded
from qa_toolkit.intake.xml_documents import Element
from qa_toolkit.records.tables import ELEMENTS

_NOT_HELD = ("assessment_type", "participation", "quality_assurance", "prerequisites", "supervision")
CARRIED = tuple(element for element in ELEMENTS if element not in _NOT_HELD)
_NATIONAL = ("nationalidentifier", "nationalid")
"""Types of a learner's identifier that say it is a national number, folded."""


@dataclass(frozen=True)
class Entry:
    """A result: the instance, what it is an instance of, and whose transcript it stands in."""

    learner: Element | None
    report: Element
    specification: Element
    instance: Element
    whole: Element | None
    """The specification that this one is part of."""


def read_elements(entry: Entry, words: Words) -> Record:
    """Every element and context column of a result."""
    record = Record()
    for reading in (_learner, _title, _issuer, _dates, _outcomes, _workload, _level, _grade, _optional, _context):
        reading(record, entry, words)
    record.cannot_hold(_NOT_HELD)
    record.finish(words, _would_stand(entry))
    return record


def _learner(record: Record, entry: Entry, words: Words) -> None:
    learner = entry.learner
    if learner is None:
        return
    parts = [_text(learner.first(name)) for name in ("givenNames", "familyName")]
    name = " ".join(part for part in parts if part) or _text(learner.first("fullName"))
    if name and words.is_placeholder(name, "learner"):
        record.values["learner_cause"], name = "placeholder", None
    record.put("learner_name", name, learner)
    numbers = [
        (folded(one.attributes.get("type", "")), number)
        for one in learner.all("identifier")
        if (number := one.literal()) and one.attributes.get("type") != "nationality"
    ]
    record.put(
        "learner_identifiers",
        [f"{'national' if kind in _NATIONAL else 'number'}:{number}" for kind, number in numbers],
        learner.first("identifier"),
    )
    record.day("learner_birth_date", learner.first("bday"))
    held = ["national_number"] if any(kind in _NATIONAL for kind, _ in numbers) else []
    held += ["birth_place"] if learner.first("placeOfBirth") is not None else []
    record.put("personal_data", held, learner)
    if record.values.keys() & {"learner_name", "learner_identifiers"}:
        record.state("learner", "structured", None, learner)
        record.values.pop("learner_cause", None)


def _title(record: Record, entry: Entry, words: Words) -> None:
    nodes = [node for holder in (entry.specification, entry.instance) for node in holder.all("title") if node.literal()]
    nodes = [node for node in nodes if node.parent is nodes[0].parent]
    if not nodes:
        return
    texts = [(_language(node, words), node.literal() or "") for node in nodes]
    unknown = [tag for node in nodes if (tag := node.attributes.get("lang")) and not words.language_code(tag)]
    record.put("languages_unrecognised", list(dict.fromkeys(unknown)), nodes[0])
    record.put("title", texts[0][1], nodes[0])
    record.put("title_language", texts[0][0], nodes[0])
    record.put("language", texts[0][0], nodes[0])
    record.put("titles", [{"language": language, "text": text} for language, text in texts], nodes[0])
    record.state("title", "structured", " | ".join(text for _, text in texts), nodes[0])


def _issuer(record: Record, entry: Entry, words: Words) -> None:
    """Country and name of the institution; its names in several languages are one body's."""
    country = entry.report.first("issuer", "country")
    if country is not None and (raw := country.literal()):
        code = words.country_code(raw)
        record.put("country", [code] if code else None, country)
        record.put("country_unrecognised", code is None, country)
        record.state("country", "structured" if code else "free_text", raw, country)
    names = [node for node in entry.report.all("issuer", "title") if node.literal()]
    if names:
        record.put("awarding_body", [names[0].literal()], names[0])
        shown = " | ".join(dict.fromkeys(node.literal() or "" for node in names))
        record.state("awarding_body", "structured", shown, names[0])
    numbers = [node for node in entry.report.all("issuer", "identifier") if node.literal()]
    record.put(
        "awarding_body_identifiers",
        [f"{node.attributes.get('type', 'identifier')}:{node.literal()}" for node in numbers],
        numbers[0] if numbers else None,
    )


def _dates(record: Record, entry: Entry, _: Words) -> None:
    """The day the transcript was issued; the day of the result where that is not said."""
    awarded = entry.instance.first("date")
    record.day("awarded", awarded)
    for name, node in (("issueDate", entry.report.first("issueDate")), ("date", awarded)):
        if record.issued_on(name, node):
            break
    start = entry.instance.first("start") or entry.instance.first("academicTerm", "start")
    record.day("activity_start", start)
    record.day("activity_end", entry.instance.first("academicTerm", "end"))


def _outcomes(record: Record, entry: Entry, _: Words) -> None:
    """A description is all there is: free text, in the first language given."""
    node = entry.specification.first("description") or entry.specification.first("descriptionHtml")
    text = node.literal() if node is not None else None
    if node is not None and text and node.name == "descriptionHtml":
        text = _without_tags(text)
    if node is not None and text:
        record.put("learning_outcomes", [text], node)
        record.state("learning_outcomes", "free_text", text, node)


def _workload(record: Record, entry: Entry, _: Words) -> None:
    shown: list[tuple[str, Element]] = []
    unreadable: list[tuple[str, Element]] = []
    for credit in [*entry.instance.all("credit"), *entry.specification.all("credit")]:
        scheme, node = _text(credit.first("scheme")), credit.first("value")
        if node is None or (raw := node.literal()) is None:
            continue
        shown.append((f"{raw} {scheme}" if scheme else raw, node))
        value = parse_number(raw)
        if value is None:
            unreadable.append((raw, node))
        elif scheme and "ects" in folded(scheme):
            if "ects" not in record.values:
                record.put("ects", value, node)
        elif "credits" not in record.values:
            record.put("credits", value, node)
            record.put("credit_framework", scheme, credit.first("scheme"))
    hours = entry.instance.first("engagementHours")
    if hours is not None and (raw := hours.literal()):
        shown.append((f"{raw} h", hours))
        value = parse_number(raw)
        record.put("workload_hours", value, hours)
        unreadable += [(raw, hours)] if value is None else []
    record.put_each("workload_unreadable", unreadable)
    if shown:
        record.state("workload", "structured", " | ".join(dict.fromkeys(text for text, _ in shown)), shown[0][1])


def _level(record: Record, entry: Entry, words: Words) -> None:
    """EQF by its type, other frameworks by name, the cycle from what the credits are of."""
    shown: list[str] = []
    national: list[str] = []
    first: Element | None = None
    for level in entry.instance.all("level"):
        kind, node = _text(level.first("type")) or "", level.first("value")
        raw = _text(node)
        if node is None or raw is None:
            continue
        first = first or node
        shown.append(f"{kind} {raw}".strip())
        if folded(kind) == "eqf":
            record.put("eqf_raw", raw, node)
            record.put("eqf_level", parse_number(folded(raw).removeprefix("level").strip()), node)
        else:
            national.append(f"{kind} {raw}".strip())
    record.put("nqf_level", national, first)
    for node in [*entry.instance.all("credit", "level"), *entry.specification.all("level")]:
        if cycle := words.cycle(node.literal() or ""):
            record.put("cycle", cycle, node)
            shown.append(node.literal() or "")
            first = first or node
            break
    if first is not None:
        coded = "eqf_level" in record.values
        record.state("level", "structured" if coded else "local_code", " | ".join(shown), first)


def _grade(record: Record, entry: Entry, words: Words) -> None:
    node = entry.instance.first("resultLabel") or entry.instance.first("result")
    if node is None or (text := node.literal()) is None:
        return
    record.state("grade", "free_text", text, node)
    named = _text(entry.instance.first("gradingSchemeLocalId")) or node.attributes.get("scheme")
    scheme = next((one for one in entry.report.all("gradingScheme") if one.attributes.get("localId") == named), None)
    described = _text(scheme.first("description")) if scheme is not None else None
    record.put("grading_scheme", described or named, scheme or node)
    if described and scheme is not None and (read := read_grading_scheme(described, words.grading)) is not None:
        record.put("grade_best", read.best, scheme)
        record.put("grade_worst", read.worst, scheme)
        record.put("grade_pass_mark", read.pass_mark, scheme)


def _optional(record: Record, entry: Entry, _: Words) -> None:
    """What the result is part of, and where more can be read."""
    whole = entry.whole.first("title") if entry.whole is not None else None
    if whole is not None and (title := whole.literal()):
        record.state("stackability", "structured", f"part of a larger qualification: {title}", whole)
    page = entry.specification.first("url")
    if page is not None and (address := page.literal()):
        record.state("further_information", "free_text", address, page)


def _context(record: Record, entry: Entry, words: Words) -> None:
    number = next((node for node in entry.instance.all("identifier") if node.literal()), None)
    record.put("credential_id", _text(number), number)
    offers = [node for node in entry.specification.all("identifier") if node.literal()]
    offer = next((node for node in offers if node.attributes.get("type") == "local"), offers[0] if offers else None)
    record.put("offer_id", _text(offer), offer)
    fields = [node for node in entry.specification.all("iscedCode") if node.literal()]
    record.put("isced_f", [node.literal() for node in fields], fields[0] if fields else None)
    if "language" not in record.values:
        spoken = entry.instance.first("languageOfInstruction")
        record.put("language", words.language_code(_text(spoken) or ""), spoken)


def _would_stand(entry: Entry) -> dict[str, str]:
    """Where each element that is missing would stand."""
    report, specification, instance = entry.report.pointer, entry.specification.pointer, entry.instance.pointer
    return {
        "learner": entry.learner.pointer if entry.learner is not None else f"{report}/learner",
        "title": f"{specification}/title",
        "country": f"{report}/issuer/country",
        "awarding_body": f"{report}/issuer/title",
        "issued": f"{report}/issueDate",
        "learning_outcomes": f"{specification}/description",
        "workload": f"{instance}/credit",
        "level": f"{instance}/level",
        "grade": f"{instance}/resultLabel",
        "stackability": specification,
        "further_information": f"{specification}/url",
    }


def _text(element: Element | None) -> str | None:
    return element.literal() if element is not None else None


def _language(node: Element, words: Words) -> str | None:
    tag = node.attributes.get("lang")
    return words.language_code(tag or "") or tag


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _without_tags(html: str) -> str | None:
    reading = _Plain()
    reading.feed(html)
    reading.close()
    return " ".join(" ".join(reading.texts).split()) or None
