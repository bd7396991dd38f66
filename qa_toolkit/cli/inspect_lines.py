"""An inspected submission in lines of at most 80 characters."""

from collections.abc import Iterator

from qa_toolkit.intake.inspection import InspectedSubmission, InspectedTable, missing_elements
from qa_toolkit.intake.tables.found import Holds
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem
from qa_toolkit.records.tables import MANDATORY_ELEMENTS, OPTIONAL_ELEMENTS

WIDTH = 80
_HEADING = 30
_ALIKE = 3


def lines_of(submission: InspectedSubmission, messages: Messages) -> Iterator[str]:
    """Its files and tables, how many records state each element, what is to be known."""
    counted = [messages("terminal.credentials", n=submission.credentials)]
    if submission.offers:
        counted.append(messages("inspect.offers", n=submission.offers))
    if submission.profile:
        counted.append(messages("handed_in.profiles", n=1))
    if submission.repeats_left_out:
        counted.append(messages("inspect.repeats", n=submission.repeats_left_out))
    yield from _wrapped(f"{submission.submission_id} · {', '.join(counted)}", "")
    for key, numbers, tables in _files(submission):
        yield ""
        name = messages(f"format.{key[0]}")
        yield from _wrapped(messages("inspect.file", files=numbers, format=name, state=messages(f"state.{key[1]}")), "")
        for table in tables:
            yield from _table(table, messages)
    if submission.credentials:
        yield ""
        yield messages("inspect.elements")
        for elements in (MANDATORY_ELEMENTS, OPTIONAL_ELEMENTS):
            for element in elements:
                stated = submission.stated[element]
                of_all = messages("inspect.of", n=submission.credentials)
                line = f"  {messages(f'element.{element}'):<50}{messages.number(stated):>9}"
                yield _cut(line if stated == submission.credentials else f"{line} {of_all}")
    if missing := missing_elements(submission) if submission.credentials else ():
        not_stated = ", ".join(messages(f"element.{element}") for element in missing)
        among_tables = any(file.tables for file in submission.files)
        told = "inspect.missing" if among_tables else "inspect.missing.no_table"
        yield from _wrapped(messages(told, elements=not_stated), "")
    if submission.not_held:
        without = ", ".join(messages(f"element.{element}") for element in submission.not_held)
        yield from _wrapped(messages("inspect.not_held", elements=without), "")
    if submission.problems:
        yield ""
        yield messages("inspect.told")
        for problem in submission.problems:
            yield from _problem(problem, messages)
    yield ""


def _files(submission: InspectedSubmission) -> Iterator[tuple[tuple[str, str], str, tuple[InspectedTable, ...]]]:
    """((format, state), numbers, tables): files without tables that came out alike stand together."""
    alike: dict[tuple[str, str], list[int]] = {}
    for file in submission.files:
        if file.tables:
            yield (file.format, file.state), str(file.number), file.tables
        else:
            alike.setdefault((file.format, file.state), []).append(file.number)
    for key, numbers in alike.items():
        shown = [str(number) for number in numbers]
        yield key, ", ".join(shown) if len(shown) <= _ALIKE else f"{shown[0]} … {shown[-1]} ({len(shown)})", ()


def _table(table: InspectedTable, messages: Messages) -> Iterator[str]:
    facts = []
    if table.sheet is not None:
        facts.append(messages("inspect.sheet", number=table.number, name=" ".join(table.sheet.split())))
    if table.encoding:
        facts += [table.encoding, messages("inspect.delimiter", delimiter=repr(table.delimiter))]
    if table.hidden:
        facts.append(messages("inspect.hidden"))
    facts.append(messages(f"inspect.holds.{table.holds}", n=table.records))
    if table.header_row and table.records:
        facts.append(messages("inspect.header_row", row=table.header_row))
    if table.left_out:
        facts.append(messages("inspect.left_out", n=table.left_out))
    yield from _wrapped("; ".join(facts), "  ")
    if table.holds not in (Holds.CREDENTIALS, Holds.OFFERS):
        return
    for column in table.columns:
        heading = column.heading if len(column.heading) <= _HEADING else f"{column.heading[: _HEADING - 1]}…"
        if column.read_as:
            meaning = column.read_as + (f"  {messages('inspect.by_mapping')}" if column.how == "mapping" else "")
        else:
            meaning = messages(f"inspect.unread.{column.how}")
            if column.suggestion and column.how == "unknown":
                meaning = messages("inspect.suggestion", column=column.suggestion)
        yield _cut(f"    {column.letter:<3} {heading:<{_HEADING}} {meaning}")


def _problem(problem: Problem, messages: Messages) -> Iterator[str]:
    yield from _wrapped(f"{problem.what} ({problem.place})", "  ", "    ")
    yield from _wrapped(f"{messages('terminal.why')}: {problem.why}", "    ", "      ")
    yield from _wrapped(f"{messages('terminal.fix')}: {problem.fix}", "    ", "      ")


def _wrapped(text: str, indent: str, later: str | None = None) -> list[str]:
    import textwrap

    printable = "".join(character if character.isprintable() else " " for character in text)
    return textwrap.wrap(
        printable, WIDTH, initial_indent=indent, subsequent_indent=indent + "  " if later is None else later
    )


def _cut(text: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in text)
    return printable if len(printable) <= WIDTH else printable[: WIDTH - 1] + "…"
