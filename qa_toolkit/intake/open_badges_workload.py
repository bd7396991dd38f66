"""The workload of an Open Badge: credits and hours of its extensions, and figures that name no unit."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.open_badges_parts import Parts, own_text
from qa_toolkit.intake.values import parse_number
from qa_toolkit.intake.words import Words

HOURS, MINUTES = "hours", "minutes"
"""Units of a study load."""


def read_workload(record: Record, parts: Parts, words: Words) -> None:
    """creditsAvailable names no framework and is never taken for ECTS; a study load is hours or minutes by platform."""
    achievement = parts.achievement
    found: list[tuple[str, Node]] = []
    unreadable: list[tuple[str, Node]] = []
    others: list[str] = []

    def figures(nodes: Iterable[Node], take: Callable[[float, Node], None]) -> None:
        for node in nodes:
            raw = node.literal()
            if raw is None:
                continue
            found.append((raw, node))
            value = parse_number(raw)
            if value is None:
                unreadable.append((raw, node))
            else:
                take(value, node)

    def into(column: str) -> Callable[[float, Node], None]:
        return lambda value, node: None if column in record.values else record.put(column, value, node)

    figures(achievement.all("ECTS") + achievement.all("extensions:ECTSExtension", "ECTS"), into("ects"))
    figures(achievement.all("SBU") + achievement.all("timeInvestment"), into("workload_hours"))
    figures(achievement.all("creditsAvailable") + parts.subject.all("creditsEarned"), into("credits"))
    unit = _study_load_unit(parts, words)
    loads = achievement.all("StudyLoad") + achievement.all("extensions:StudyLoadExtension", "StudyLoad")

    def load(value: float, node: Node) -> None:
        if unit is None:
            others.append(f"study load {node.literal()}")
        else:
            into("workload_hours")(value / 60 if unit == MINUTES else value, node)

    figures(loads, load)
    record.put_each("workload_unreadable", unreadable)
    record.put("workload_other_units", others, None)
    if found:
        record.state("workload", "structured", " | ".join(dict.fromkeys(raw for raw, _ in found)), found[0][1])


def _study_load_unit(parts: Parts, words: Words) -> str | None:
    """hours or minutes, by who issues the badge; None where nothing tells."""
    if "EducredentialAchievement" in parts.achievement.types():
        return HOURS
    addresses = [own_text(parts.credential, "id"), own_text(parts.achievement, "id")]
    for issuer in parts.credential.all("issuer"):
        addresses += [issuer.value if isinstance(issuer.value, str) else own_text(issuer, "id")]
        addresses += [own_text(issuer, "url")]
    for address in addresses:
        host = _host(address or "")
        for known, unit in words.study_load_units.items():
            if host == known or host.endswith(f".{known}"):
                return unit
    return None


def _host(address: str) -> str:
    if address.startswith("did:web:"):
        return address.removeprefix("did:web:").split(":")[0].lower()
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
