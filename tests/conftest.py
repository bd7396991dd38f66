"""What several tests share."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

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
