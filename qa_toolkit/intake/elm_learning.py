"""What was learned for a European Digital Credential: outcomes, workload, level, form of participation."""

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.elm_parts import Parts, first_text, read_coded
from qa_toolkit.intake.values import parse_duration, parse_number
from qa_toolkit.intake.words import Words, folded

ECTS_CONCEPT = "6fcec5c5af"


def read_outcomes(record: Record, parts: Parts, words: Words) -> None:
    """Learning outcomes one by one, else their summary; skills beside them."""
    nodes = [n for s in parts.specifications for n in s.all("learningOutcome")]
    skills = [k for n in nodes for name in ("relatedESCOSkill", "relatedSkill") for k in n.all(name)]
    record.put(
        "skills", list(dict.fromkeys(s for k in skills if (s := _address_or_name(k)))), skills[0] if skills else None
    )
    texts = []
    for node in nodes:
        text = first_text(node, "title") or first_text(node, "prefLabel")
        if text is None and (skill := node.first("relatedESCOSkill")) is not None:
            text = skill.label()
        if text and not words.is_placeholder(text, "learning_outcomes"):
            texts.append(text)
    if texts:
        record.put("learning_outcomes", texts, nodes[0])
        record.state("learning_outcomes", "structured", " | ".join(texts), nodes[0])
        return
    for specification in parts.specifications:
        summary = specification.first("learningOutcomeSummary")
        if summary is not None and (text := summary.text()):
            record.put("learning_outcomes", [text], summary)
            record.state("learning_outcomes", "free_text", text, summary)
            return


def read_workload(record: Record, parts: Parts, _: Words) -> None:
    """Credits, by whether they are ECTS, and hours."""
    found: list[tuple[str, Node]] = []
    unreadable: list[tuple[str, Node]] = []
    for credit in [c for s in parts.specifications for c in s.all("creditPoint")] + [
        c for a in parts.achievements for c in a.all("creditReceived")
    ]:
        point = credit.first("point")
        raw = point.literal() if point else None
        if point is None or raw is None:
            continue
        found.append((raw, point))
        value = parse_number(raw)
        framework = credit.first("framework")
        names = [folded(code) for code in framework.codes()] if framework else []
        is_ects = any(name == ECTS_CONCEPT or "ects" in name or "european credit transfer" in name for name in names)
        if value is None:
            unreadable.append((raw, point))
        elif is_ects:
            if "ects" not in record.values:
                record.put("ects", value, point)
        elif "credits" not in record.values:
            record.put("credits", value, point)
            record.put("credit_framework", framework.label() if framework else None, framework)
    durations = _durations(parts)
    record.put_each("durations", durations)
    for raw, node in durations:
        found.append((raw, node))
        duration = parse_duration(raw)
        if duration is None:
            unreadable.append((raw, node))
        elif duration.has_months:
            record.origins["durations"] = node.pointer  # point to the one that is wrong
        elif duration.hours is not None and "workload_hours" not in record.values:
            record.put("workload_hours", duration.hours, node)
    record.put_each("workload_unreadable", unreadable)
    if found:
        record.state("workload", "structured", " | ".join(dict.fromkeys(raw for raw, _ in found)), found[0][1])


def _durations(parts: Parts) -> list[tuple[str, Node]]:
    """Every stated volume of learning; maximumDuration is calendar time and none of them."""
    nodes = [n for s in parts.specifications for n in s.all("volumeOfLearning")]
    nodes += [n for a in parts.activities for n in a.all("workload")]
    nodes += [n for a in parts.activities for n in a.all("specifiedBy", "volumeOfLearning")]
    return [(raw, node) for node in nodes if (raw := node.literal())]


def read_level(record: Record, parts: Parts, words: Words) -> None:
    """EQF by number, national levels by name, the cycle where one is named."""
    eqf = next((n for s in parts.specifications for n in s.all("eqfLevel")), None)
    nqf = [n for s in parts.specifications for n in s.all("nqfLevel")]
    education = [n for s in parts.specifications for n in s.all("educationLevel")]
    shown: list[str] = []
    if eqf is not None:
        numbers = [
            n for c in eqf.codes() for n in (parse_number(folded(c).removeprefix("level").strip()),) if n is not None
        ]
        raw = eqf.codes()[0] if numbers and eqf.codes() else (eqf.label() or "")
        record.put("eqf_raw", raw, eqf)
        record.put("eqf_level", numbers[0] if numbers else None, eqf)
        shown.append(f"EQF {raw}")
    names = [label for node in nqf if (label := node.label())]
    record.put("nqf_level", names, nqf[0] if nqf else None)
    shown += names
    for node in [*education, *nqf]:
        cycle = next((c for c in map(words.cycle, node.codes()) if c), None)
        if cycle:
            record.put("cycle", cycle, node)
            break
    shown += [label for node in education if (label := node.label())]
    stated = eqf or next(iter(nqf or education), None)
    if stated is not None and shown:
        strength = "structured" if eqf is not None else "local_code"
        record.state("level", strength, " | ".join(shown), stated)


def read_participation(record: Record, parts: Parts, words: Words) -> None:
    """The form of participation: of the specification, the activity or the opportunity."""
    nodes = [n for s in parts.specifications for n in s.all("mode")]
    nodes = nodes or [n for a in parts.activities for n in a.all("specifiedBy", "mode")]
    nodes = nodes or [n for a in parts.achievements for n in a.all("learningOpportunity", "mode")]
    if nodes:
        read_coded(record, "participation", nodes, words.participation_code, "participation_modes")


def _address_or_name(concept: Node) -> str | None:
    """The identifier of a concept where it is a whole address, else its label."""
    stated = concept.value.get("id", concept.value.get("@id")) if isinstance(concept.value, dict) else concept.literal()
    return stated if isinstance(stated, str) and "://" in stated else concept.label()
