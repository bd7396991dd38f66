"""What a badge says by alignment: competences, levels, quality assurance, fields of education.

``alignment`` is the one place where Open Badges name things of other frameworks; its type or framework tells which.
"""

from dataclasses import dataclass

from qa_toolkit.intake.element_record import Record
from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.values import parse_number
from qa_toolkit.intake.words import Words, folded

_COMPETENCES = ("ceasn:competency", "cfitem", "competency", "skill", "learningoutcome")
"""Target types that name a competence; of the toolkit's own reading those that say so in plain words."""
_ESCO_SKILL = "data.europa.eu/esco/skill"


@dataclass(frozen=True)
class Alignments:
    """The alignments of an achievement, by what they speak of."""

    competences: tuple[Node, ...]
    eqf: tuple[Node, ...]
    national_levels: tuple[Node, ...]
    quality_assurance: tuple[Node, ...]
    fields: tuple[Node, ...]

    @classmethod
    def of(cls, achievement: Node) -> "Alignments":
        """Sort them; one that speaks of something else, an occupation for example, is left."""
        sorted_out: dict[str, list[Node]] = {}
        for node in achievement.all("alignment"):
            if isinstance(node.value, dict):
                sorted_out.setdefault(_subject_of(node), []).append(node)
        names = ("competences", "eqf", "national_levels", "quality_assurance", "fields")
        return cls(*(tuple(sorted_out.get(name, ())) for name in names))

    def read_outcomes(self, record: Record, achievement: Node, words: Words) -> None:
        """Competences one by one; else the narrative of the criteria, as free text."""
        named = [(text, node) for node in self.competences if (text := _text(node, "targetName"))]
        named = [(text, node) for text, node in named if not words.is_placeholder(text, "learning_outcomes")]
        if named:
            texts = list(dict.fromkeys(text for text, _ in named))
            record.put("learning_outcomes", texts, named[0][1])
            record.state("learning_outcomes", "structured", " | ".join(texts), named[0][1])
            linked = [(url, node) for _, node in named if (url := _text(node, "targetUrl"))]
            record.put("skills", list(dict.fromkeys(url for url, _ in linked)), linked[0][1] if linked else None)
            return
        for node in achievement.all("criteria", "narrative"):
            text = node.text()
            if not text:
                continue
            lines = [line.strip().lstrip("-*•+ ").strip() for line in text.splitlines()]
            record.put("learning_outcomes", [line for line in lines if line], node)
            record.state("learning_outcomes", "free_text", text, node)
            if words.is_placeholder(text, "learning_outcomes"):
                record.values.pop("learning_outcomes", None)
            return

    def read_level(self, record: Record, words: Words) -> None:
        """EQF by number; a level of another framework by its name, and the cycle where it names one."""
        shown: list[str] = []
        if self.eqf:
            node = self.eqf[0]
            raw = _text(node, "targetCode") or _text(node, "targetName") or _last(_text(node, "targetUrl"))
            number = parse_number(_bare(raw)) if raw else None
            record.put("eqf_raw", raw, node)
            record.put("eqf_level", number, node)
            shown += [f"EQF {raw}"] if raw else []
        names = [text for node in self.national_levels if (text := _named(node))]
        record.put("nqf_level", names, self.national_levels[0] if self.national_levels else None)
        shown += names
        for node in self.national_levels:
            cycle = next(
                (c for name in ("targetCode", "targetName") if (c := words.cycle(_text(node, name) or ""))), None
            )
            if cycle:
                record.put("cycle", cycle, node)
                break
        stated = next(iter((*self.eqf, *self.national_levels)), None)
        if stated is not None and shown:
            record.state("level", "structured" if self.eqf else "local_code", " | ".join(shown), stated)

    def read_quality_assurance(self, record: Record, words: Words) -> None:
        """Decisions by number, name and address. An endorsement is none: whoever endorses need not assure quality."""
        kinds: list[str] = []
        shown: list[str] = []
        known = True
        for node in self.quality_assurance:
            texts = [text for name in ("targetName", "targetDescription") if (text := _text(node, name))]
            code = next((c for text in texts if (c := words.quality_assurance_code(text))), None)
            label = " ".join(text for name in ("targetCode", "targetName") if (text := _text(node, name)))
            label = label or _text(node, "targetUrl") or ""
            if not label:
                continue
            kinds.append(code or label)
            shown.append(label)
            known = known and code is not None
        if shown:
            node = self.quality_assurance[0]
            record.put("quality_assurance_types", list(dict.fromkeys(kinds)), node)
            traces = [text for name in ("targetUrl", "targetCode") for one in self.quality_assurance
                      if (text := _text(one, name))]  # fmt: skip
            record.put("quality_assurance_references", list(dict.fromkeys(traces)), node)
            strength = "structured" if known else "local_code"
            record.state("quality_assurance", strength, " | ".join(dict.fromkeys(shown)), node)

    def read_fields(self, record: Record) -> None:
        """Codes of ISCED-F."""
        codes = [code for node in self.fields if (code := _text(node, "targetCode"))]
        record.put("isced_f", codes, self.fields[0] if self.fields else None)


def _subject_of(node: Node) -> str:
    kind = folded(_text(node, "targetType") or "").removeprefix("ext:")
    framework = folded(_text(node, "targetFramework") or "")
    address = (_text(node, "targetUrl") or "").lower()
    if kind == "eqf" or framework in ("eqf", "european qualifications framework") or "snb/eqf/" in address:
        return "eqf"
    if kind in ("nlqf", "nqf", "qf-ehea") or framework in ("nlqf", "nqf", "qf-ehea") or "snb/qdr/" in address:
        return "national_levels"
    if kind in ("qualityassurance", "quality assurance"):
        return "quality_assurance"
    if kind in ("isced-f", "isced", "iscedf") or framework.startswith("isced") or "snb/isced-f/" in address:
        return "fields"
    if kind in _COMPETENCES or kind.startswith("esco") or framework == "esco" or _ESCO_SKILL in address:
        return "competences"
    return "other"


def _text(node: Node, name: str) -> str | None:
    value = node.value.get(name) if isinstance(node.value, dict) else None
    if isinstance(value, (bool, type(None))):
        return None
    if isinstance(value, (str, int, float)):
        return (str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)).strip() or None
    return next((text for child in node.all(name) if (text := child.text())), None)


def _named(node: Node) -> str | None:
    code, name = _text(node, "targetCode"), _text(node, "targetName")
    if code and name and code not in name:
        return f"{name} {code}"
    return name or code


def _bare(level: str) -> str:
    words = [word for word in folded(level).split() if word not in ("eqf", "level", "niveau")]
    return " ".join(words)


def _last(address: str | None) -> str | None:
    return address.rstrip("/").rsplit("/", 1)[-1] if address else None
