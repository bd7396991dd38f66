"""What tests of reading share: an empty store beside an empty folder to hand in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_toolkit.records.store import RecordStore, open_store


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[RecordStore, Path]]:
    folder = tmp_path / "handed-in"
    folder.mkdir()
    with open_store() as store:
        yield store, folder
