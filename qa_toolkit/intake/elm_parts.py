"""The nodes of a European Digital Credential that hold its elements, and how single values of them are read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Node


@dataclass
class Parts:
    """The nodes of a credential that hold its elements."""

    credential: Node
    subject: Node
    issuers: list[Node]
    achievements: list[Node]
    specifications: list[Node]
    assessments: list[Node]
    activities: list[Node]
    awarding_processes: list[Node]
    awarding_bodies: list[Node]


def gather(credential: Node, subject: Node) -> Parts:
    """Find the parts of a credential; the parts of an achievement come after the whole."""
    claims = subject.all("hasClaim")
    achievements = [c for c in claims if "LearningAchievement" in c.types()] or [
        c for c in claims if c.all("specifiedBy", "learningOutcome") or (c.all("awardedBy") and not c.types())
    ]
    achievements = achievements or claims
    achievements = _with_parts(achievements)
    specifications = _with_parts([s for a in achievements for s in a.all("specifiedBy")])
    bare_assessments = [c for c in claims if "LearningAssessment" in c.types()]
    bare_activities = [c for c in claims if "LearningActivity" in c.types()]
    processes = [p for a in achievements for p in a.all("awardedBy")]
    return Parts(
        credential=credential,
        subject=subject,
        issuers=credential.all("issuer"),
        achievements=achievements,
        specifications=specifications,
        assessments=_with_parts([p for a in achievements for p in a.all("provenBy")] + bare_assessments),
        activities=_with_parts([p for a in achievements for p in a.all("influencedBy")] + bare_activities),
        awarding_processes=processes,
        awarding_bodies=[b for p in processes for b in p.all("awardingBody")],
    )


def _with_parts(nodes: Sequence[Node]) -> list[Node]:
    """The nodes, then their parts, level by level; a part that is met twice counts once."""
    found: list[Node] = []
    seen, level = set[str](), list(nodes)
    while level:
        for node in level:
            if node.pointer not in seen:
                seen.add(node.pointer)
                found.append(node)
        level = [part for node in level for part in node.all("hasPart") if part.pointer not in seen]
    return found


def named(organisation: Node) -> list[Node]:
    """Its names, the legal one first."""
    return [n for name in ("legalName", "altLabel", "prefLabel") for n in organisation.all(name) if n.text()]


def first_text(node: Node, name: str) -> str | None:
    """The first text of a property."""
    return next((text for child in node.all(name) if (text := child.text())), None)


def literals(nodes: Iterable[Node]) -> list[str]:
    """What the nodes say as they stand."""
    return [text for node in nodes if (text := node.literal())]


def read_coded(
    record: Record, element: str, nodes: Sequence[Node], code_of: Callable[[str], str | None], column: str
) -> None:
    """Concepts of one family: by identifier (structured), else by label (local code), else their text as it is."""
    codes, strengths = [], set()
    for node in nodes:
        matched = [(place, code) for place, text in enumerate(node.codes()) if (code := code_of(text))]
        if matched:
            codes.append(matched[0][1])
            strengths.add("structured" if matched[0][0] == 0 else "local_code")
        else:
            strengths.add("free_text")
    labels = list(dict.fromkeys(label for node in nodes if (label := node.label())))
    if not codes and not labels:
        return
    record.put(column, list(dict.fromkeys(codes)), nodes[0])
    strength = next(s for s in ("free_text", "local_code", "structured") if s in strengths)
    record.state(element, strength, " | ".join(labels), nodes[0])
