"""The annotated copies of one audit: each table handed in, beside its report, with faulty cells coloured and explained.

It joins two rooms that do not know each other: intake knows the files, report the remarks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa_toolkit.intake.reader import FileOutcome
from qa_toolkit.intake.tables.found import Holds
from qa_toolkit.intake.tables.texts import rows_as_handed_in
from qa_toolkit.intake.words import Words
from qa_toolkit.messages import Messages
from qa_toolkit.problems import Problem, ProblemKind
from qa_toolkit.result import AuditResult

TEXT_SHEET = "Table"
"""What the sheet of a CSV is called in its copy."""


_SHARED = (
    "Its rows belong to several submissions: each copy would show the rows of the others.",
    "Hand the table in once for each provider to get copies; the places in the reports are those of this file.",
)
_NO_CELLS = (
    "It is a Parquet file, which has no cells to colour.",
    "Hand the table in as a workbook or CSV to get a copy; report.xlsx lists every finding with its place.",
)


@dataclass(frozen=True)
class WrittenCopy:
    """An annotated copy, and what its reader should know of it."""

    path: Path
    told: tuple[str, ...]


def write_copies(
    result: AuditResult,
    files: Sequence[FileOutcome],
    folder: Path,
    scratch: Path,
    vocabularies: Sequence[Path],
    messages: Messages,
) -> tuple[tuple[WrittenCopy, ...], tuple[Problem, ...]]:
    """Write a copy of every table handed in that has a remark; the copies, and why a file has none.

    Args:
        result: the audit, whose ``findings.parquet`` lies in ``folder`` already.
        files: what intake made of each file.
        folder: the audit folder; a copy is ``<submission>/annotated-file-<number>.xlsx``.
        scratch: a private folder.
        vocabularies: folders of word lists.
        messages: the texts.
    """
    from qa_toolkit.report.annotated_copy import annotate, suffix_of
    from qa_toolkit.report.annotated_remarks import remarks_of
    from qa_toolkit.report.annotated_source import AnnotatedCopyError, TextTable
    from qa_toolkit.report.findings import Findings

    copies: list[WrittenCopy] = []
    problems: list[Problem] = []
    letters = Words.load(*vocabularies).letters
    read = {(s.submission_id, file.file_number): file.records for s in result.submissions for file in s.files}
    by_place: dict[tuple[str, int], FileOutcome] = {}
    for one in files:
        place = (one.file.submission_id, one.file.number)
        if one.records > read.get(place, 0):
            problems.append(_no_copy(one, _SHARED))
        elif any(table.sheet is None and table.encoding is None for table in one.tables):
            problems.append(_no_copy(one, _NO_CELLS))
        else:
            by_place[place] = one
    with Findings.open(folder / "findings.parquet") as findings:
        for submission in result.submissions:
            remarks = remarks_of(result, submission.submission_id, findings)
            for number, of_file in sorted(remarks.by_file.items()):
                outcome = by_place.get((submission.submission_id, number))
                if outcome is None:
                    continue  # told above
                texts = [table for table in outcome.tables if table.sheet is None and table.holds is Holds.CREDENTIALS]
                source = (
                    TextTable(TEXT_SHEET, rows_as_handed_in(outcome.file.path, texts[0], letters, scratch))
                    if texts
                    else outcome.file.path
                )
                titles = {table.label: table.sheet for table in outcome.tables if table.sheet}
                header_rows = {table.sheet: table.header.row for table in outcome.tables if table.header}
                # A place names a sheet by its number where its name may be a learner's; the copy knows its title.
                by_title = {titles.get(label or "", label): own for label, own in of_file.items()}
                target = folder / submission.submission_id / f"annotated-file-{number}{suffix_of(source)}"
                target.parent.mkdir(exist_ok=True)
                try:
                    copy = annotate(
                        source,
                        target,
                        by_title,
                        messages,
                        day=result.stamp.as_of,
                        place=outcome.file.place,
                        header_rows=header_rows,
                    )
                except AnnotatedCopyError as error:
                    problems.append(error.problem)
                else:
                    copies.append(WrittenCopy(target, tuple(copy.lines(messages))))
    return tuple(copies), tuple(problems)


def _no_copy(outcome: FileOutcome, words: tuple[str, str]) -> Problem:
    file = outcome.file
    return Problem(ProblemKind.NOTE, "No annotated copy was made", file.place, *words, file.number, file.submission_id)
