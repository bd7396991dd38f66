"""What several tests share."""

import functools
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from qa_toolkit.intake.tables.columns import Headings, TemplateColumn
from qa_toolkit.intake.words import Words
from qa_toolkit.resources import shipped_folder
from tests.submissions import credential, write_submission

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 9, 30)
SHARED_SAMPLES = ROOT.parent / "shared" / "samples"

# The same examples on every machine, and no verdict that hangs on how fast it is.
settings.register_profile("specification", deadline=None, derandomize=True)
settings.load_profile("specification")


@pytest.fixture
def honest_submission(tmp_path: Path) -> Path:
    """A submission of three credentials without a fault."""
    return write_submission(tmp_path / "honest", [credential(number) for number in (1, 2, 3)])


@pytest.fixture(autouse=True, scope="session")
def shipped_vocabularies_are_read_once() -> Iterator[None]:
    """Every reading of a submission indexes the same lists, which nobody changes: a quarter of what a small one costs.

    Lists of a test's own, and lists laid over the shipped ones, are read as ever.
    """
    shipped = (shipped_folder("checks") / "vocabularies",)
    read_words, read_headings = Words.load, Headings.load
    words = functools.cache(lambda: read_words(*shipped))
    headings = functools.cache(lambda columns: read_headings(columns, words(), *shipped))

    def load_words(*folders: Path) -> Words:
        return words() if folders == shipped else read_words(*folders)

    def load_headings(columns: Sequence[TemplateColumn], own: Words, *folders: Path) -> Headings:
        if folders == shipped and own is words():
            return headings(tuple(columns))
        return read_headings(columns, own, *folders)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Words, "load", load_words)
        patch.setattr(Headings, "load", load_headings)
        yield
