"""Put an extract into the folder: looked at first, then copied in with its description beside it."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from qa_toolkit.problems import Problem, meant
from qa_toolkit.records.register_tables import RegisterKind
from qa_toolkit.registers.description import Description
from qa_toolkit.registers.extracts import Extract, content_of, read_extract
from qa_toolkit.registers.mistakes import RegistersError, mistake


def add_extract(
    folder: Path,
    file: Path,
    description: Description,
    kinds: Mapping[str, RegisterKind],
    today: date,
    *,
    replace_earlier: bool = False,
) -> Extract:
    """Copy an extract into the folder, made if missing, with its description; the extract as it is there.

    Args:
        folder: the folder of extracts.
        file: a CSV in UTF-8.
        description: what it is; its hash is taken from the file.
        kinds: kinds of extracts, by id.
        today: an extract of a later day cannot be.
        replace_earlier: whether one that is there already gives way.

    Raises:
        RegistersError: the extract cannot be used, one is there already, or the folder cannot be written.
    """
    problems: list[Problem] = []
    if description.kind not in kinds:
        known = f"Kinds are {', '.join(kinds)}."
        fix = meant(description.kind, kinds, "Write one of them.")
        problems.append(mistake(f"There is no kind '{description.kind[:40]}'", "--kind", known, fix))
    for name, text in (("--source", description.source), ("--licence", description.licence)):
        if not text.strip():
            problems.append(mistake(f"{name} is empty", name, "The report says where evidence is from.", "Write it."))
    if description.day > today:
        why = f"{description.day.isoformat()} is still to come."
        problems.append(mistake("--date lies in the future", "--date", why, "Write the day the extract was taken."))
    content = content_of(file, problems)
    target = folder / f"{description.kind}.csv"
    if not problems and target.exists() and not replace_earlier:
        why = f"{target.name} is in the folder."
        problems.append(
            mistake("An extract of this kind is there already", target.name, why, "Give --replace to renew it.")
        )
    if problems or content is None:
        raise RegistersError(problems)
    described = replace(description, sha256=hashlib.sha256(content).hexdigest())
    extract = read_extract(file, described, kinds, problems)
    if problems or extract is None:
        raise RegistersError(problems)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.with_suffix(".yaml").write_text(described.as_yaml(), encoding="utf-8", newline="\n")
    except OSError as error:
        why = f"The system says: {error.strerror}."
        raise RegistersError([mistake("The folder cannot be written", str(folder), why, "Check its rights.")]) from None
    return replace(extract, file=target.name)
