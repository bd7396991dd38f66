"""What a European Digital Credential says twice of one award, and each time otherwise."""

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.elm_parts import Parts
from qa_toolkit.intake.values import parse_day, parse_number
from qa_toolkit.intake.words import Words, folded


def read_stated_otherwise(record: Record, parts: Parts, words: Words) -> None:
    """What the file says a second time about one award, and otherwise: titles of one language, credits, issue days."""
    found: list[tuple[str, Node]] = []
    achievement = next(iter(parts.achievements), None)
    specification = achievement.first("specifiedBy") if achievement is not None else None
    if achievement is not None and specification is not None:
        first = {words.language_code(language or "") or language: text for language, text in _titles_of(achievement)}
        for language, text in _titles_of(specification):
            other = first.get(words.language_code(language or "") or language)
            if other is not None and folded(other) != folded(text):
                found.append((f"title: {text}", achievement.all("title")[0]))
        received = {n.literal(): n for n in achievement.all("creditReceived", "point") if _is_ects(achievement)}
        stated = {n.literal() for n in specification.all("creditPoint", "point")}
        figures = {parse_number(text or "") for text in stated}
        found += [(f"ects: {t}", n) for t, n in received.items() if figures and parse_number(t or "") not in figures]
    for name in ("issued", "issuanceDate"):
        node = parts.credential.first(name)
        read = parse_day(node.literal() or "") if node is not None else None
        if node is not None and read is not None and read.day and record.values.get("issued") not in (None, read.day):
            found.append((f"issued: {read.day.isoformat()}", node))
    record.put("stated_otherwise", [text for text, _ in found], found[0][1] if found else None)


def _titles_of(node: Node) -> list[tuple[str | None, str]]:
    return [pair for title in node.all("title") for pair in title.texts()]


def _is_ects(achievement: Node) -> bool:
    """Whether what was received and what is specified are both credits of one framework."""
    received = {tuple(n.codes()) for n in achievement.all("creditReceived", "framework")}
    return received == {tuple(n.codes()) for n in achievement.all("specifiedBy", "creditPoint", "framework")}
