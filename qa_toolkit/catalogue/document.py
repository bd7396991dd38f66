"""The check catalogue as a page for people: every check and question with its reason, its fix and its source.

``python -m qa_toolkit.catalogue.document`` writes ``docs/checks.md`` anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.models import Case, Catalogue, Check, Framework, Principle, Question, Source
from qa_toolkit.messages import Messages
from qa_toolkit.records.facts import FACT_TABLE, FACTS
from qa_toolkit.resources import shipped_folder


def catalogue_page(catalogue: Catalogue, messages: Messages) -> str:
    """The catalogue as Markdown, principle by principle. Pure: the same catalogue gives the same text."""
    lines = [f"# {messages('catalogue.title')}", "", messages("catalogue.made"), "", _holds(catalogue, messages), ""]
    lines += _overview(catalogue, messages)
    for principle in catalogue.principles.values():
        lines += _principle(principle, catalogue, messages)
    for framework in catalogue.frameworks.values():
        lines += _questions_of_framework(framework, catalogue, messages)
    return "\n".join(lines).rstrip() + "\n"


def _holds(catalogue: Catalogue, messages: Messages) -> str:
    return messages(
        "catalogue.holds",
        checks=messages("catalogue.checks", n=len(catalogue.checks)),
        questions=messages("catalogue.questions", n=len(catalogue.questions)),
    )


def _overview(catalogue: Catalogue, messages: Messages) -> Iterator[str]:
    yield f"## {messages('catalogue.overview')}"
    yield ""
    rows = [
        (_link(check.id), _text(check.title), _effect(check.cases[0], messages))
        for principle in catalogue.principles
        for check in catalogue.checks.values()
        if check.principle == principle
    ]
    names = ("check", "title", "effect")
    yield from _table([messages(f"catalogue.column.{name}") for name in names], rows)
    yield ""


def _principle(principle: Principle, catalogue: Catalogue, messages: Messages) -> Iterator[str]:
    number = f"{principle.number} " if principle.number else ""
    yield f"## {number}{_text(principle.title)}"
    yield ""
    yield _text(principle.summary)
    yield ""
    yield _sources(principle.sources, messages)
    yield ""
    checks = [check for check in catalogue.checks.values() if check.principle == principle.key]
    if not checks:
        yield messages("catalogue.no_checks")
        yield ""
    for check in checks:
        yield from _check(check, catalogue, messages)
    questions = [question for question in catalogue.questions.values() if question.principle == principle.key]
    if questions:
        yield f"### {messages('catalogue.questions_of_principle')}: {_text(principle.title)}"
        yield ""
        for question in questions:
            yield from _question(question, messages)
        yield ""


def _questions_of_framework(framework: Framework, catalogue: Catalogue, messages: Messages) -> Iterator[str]:
    """Those that are asked under this framework only."""
    own = [question for question in catalogue.questions.values() if question.framework == framework.id]
    if own:
        yield f"## {messages('catalogue.questions_of_framework', framework=_text(framework.title))}"
        yield ""
        for question in own:
            yield from _question(question, messages)
        yield ""


def _check(check: Check, catalogue: Catalogue, messages: Messages) -> Iterator[str]:
    yield f"### {check.id}"
    yield ""
    yield f"**{_text(check.title)}**"
    yield ""
    rows = [
        (_found(case, check, messages), _effect(case, messages), _expected(case, check, messages))
        for case in check.cases
    ]
    names = ("outcome", "effect", "expects")
    yield from _table([messages(f"catalogue.column.{name}") for name in names], rows)
    yield ""
    if check.only_in_schemes:
        yield messages("catalogue.only_in_schemes")
        yield ""
    parts: list[tuple[str, str]] = [("why", _text(check.why)), ("fix", _text(check.fix))]
    parts += [("fix", f"{_text(case.failed)}: {_text(case.fix)}") for case in check.cases if case.fix]
    parts += [("requires", ", ".join(_link(name) for name in check.requires))]
    parts += [("not_applicable", _text(check.not_applicable_because or ""))]
    parts += [("not_assessed", _text(check.not_assessed_because or ""))]
    parts += [("tolerance", messages.share(check.tolerance) if check.tolerance else "")]
    parts += [("criterion", ", ".join(_criteria(check, catalogue)))]
    for name, text in parts:
        if text:
            yield f"* {messages(f'catalogue.{name}')}: {text}"
    yield f"* {_sources(check.sources, messages)}"
    examples = (("pass", check.examples.passing), ("fail", check.examples.failing), ("silent", check.examples.silent))
    for name, given in examples:
        if given:
            yield f"* {messages(f'catalogue.example.{name}')}: {'; '.join(_example(one, messages) for one in given)}"
    yield ""


def _question(question: Question, messages: Messages) -> Iterator[str]:
    about = [messages("catalogue.weight", weight=messages.number(question.weight))]
    about += [messages("catalogue.core")] if question.core else []
    yield f"* **{question.id}** ({', '.join(about)}): {_text(question.text)}"
    yield f"  * {messages('catalogue.good_evidence')}: {_text(question.good_evidence)}"
    yield f"  * {messages('catalogue.not_enough')}: {_text(question.not_enough)}"


def _found(case: Case, check: Check, messages: Messages) -> str:
    """What a case finds; where its check reads several tables, at which."""
    if len({one.table for one in check.cases}) == 1:
        return _text(case.failed)
    return messages("catalogue.at", found=_text(case.failed), table=messages(f"table.{case.table}"))


def _effect(case: Case, messages: Messages) -> str:
    role = messages(f"role.{case.role.value}")
    if case.severity is None:
        return role
    return messages("catalogue.effect", role=role, severity=messages(f"severity.{case.severity.value}"))


def _expected(case: Case, check: Check, messages: Messages) -> str:
    """The expectation with its parameters filled in, and where it applies, each fact in words."""
    facts = {column.name: column.what for column in FACTS.get(FACT_TABLE.get(case.table, ""), ())}
    kwargs = case.expectation.kwargs
    filled = {name: _filled(value, check.parameters) for name, value in kwargs.items() if name != "column"}
    column = str(kwargs.get("column", ""))
    parts = [f"`{column}`" + (f" ({_text(facts[column])})" if column in facts else "")] if column else []
    parts += [f"{name} {_value(value)}" for name, value in filled.items()]
    texts = [f"`{case.expectation.type}`: {', '.join(parts)}"]
    if case.applies:
        texts.append(messages("catalogue.applies", fact=_text(facts.get(case.applies, case.applies))))
    texts += [
        messages(
            "catalogue.where",
            fact=fact,
            value=value,
            parameters=", ".join(f"{name} {_value(one)}" for name, one in changed.items()),
        )
        for fact, by_value in check.parameters_by.items()
        for value, changed in by_value.items()
    ]
    return "; ".join(texts)


def _criteria(check: Check, catalogue: Catalogue) -> Iterator[str]:
    for framework in catalogue.frameworks.values():
        for principle in framework.principles:
            for criterion in principle.criteria:
                if check.id in criterion.checks:
                    yield f"{framework.id} {criterion.id}, {_text(criterion.title)}"


def _sources(sources: Sequence[Source], messages: Messages) -> str:
    texts = [
        f"{_text(', '.join(part for part in (source.ref, source.place) if part))}"
        f" ({messages(f'catalogue.tag.{source.tag.value}')})"
        for source in sources
    ]
    return f"{messages('catalogue.source')}: {'; '.join(texts)}"


def _example(example: Mapping[str, Any], messages: Messages) -> str:
    """A record as 'column: value' pairs; its submission and the records before it in words."""
    own = _pairs({name: value for name, value in example.items() if name not in ("submission", "also", "case")})
    texts = [own] if own else []
    if isinstance(example.get("submission"), Mapping):
        texts.append(f"{messages('catalogue.example.submission')} {_pairs(example['submission'])}")
    texts += [f"{messages('catalogue.example.also')} {_pairs(sibling)}" for sibling in example.get("also", [])]
    return ", ".join(texts) or messages("catalogue.example.empty")


def _pairs(values: Mapping[str, Any]) -> str:
    return f"`{', '.join(f'{name}: {_value(value)}' for name, value in values.items())}`" if values else ""


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _filled(value: Any, parameters: Mapping[str, Any]) -> Any:
    return parameters.get(value[1:], value) if isinstance(value, str) and value.startswith("$") else value


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


def _link(check_id: str) -> str:
    return f"[{check_id}](#{check_id.lower()})"


def _text(text: str) -> str:
    """A text of the catalogue on one line, its brackets harmless in Markdown."""
    return " ".join(text.split()).replace("<", "&lt;")


def main() -> None:
    """Write ``docs/checks.md`` from the shipped checks."""
    page = catalogue_page(load_catalogue(shipped_folder("checks")), Messages())
    (Path(__file__).parents[2] / "docs" / "checks.md").write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
