"""Write the sample submissions and planted.csv anew: the same bytes on every machine.

    python sample_submissions/generate.py [FOLDER]

Everything is invented. What is planted is written down by the code that plants it, so that tests can hold the table as
truth against the toolkit.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import qa_toolkit  # noqa: E402, F401  (before openpyxl: it settles how workbooks are written)

# isort: split
import brillante  # noqa: E402
import hagar_fittizja  # noqa: E402
import horni_kotehulky  # noqa: E402
import laanemere  # noqa: E402
import polderbadges  # noqa: E402
import val_fictif  # noqa: E402
import wellenberg  # noqa: E402
import wellenberg_own_table  # noqa: E402
from planting import write_planted  # noqa: E402

SEED = 20260930


def main(folder: Path) -> None:
    """Write all submissions and the table of what is planted."""
    planted = wellenberg.make(folder / wellenberg.SUBMISSION, SEED)
    planted += laanemere.make(folder / laanemere.SUBMISSION, SEED + 1)
    planted += wellenberg_own_table.make(folder / wellenberg_own_table.SUBMISSION, SEED)  # the same awards
    planted += horni_kotehulky.make(folder / horni_kotehulky.SUBMISSION, SEED + 2)
    planted += brillante.make(folder / brillante.SUBMISSION, SEED + 3)
    planted += val_fictif.make(folder / val_fictif.SUBMISSION, SEED + 4)
    planted += polderbadges.make(folder / polderbadges.SUBMISSION, SEED + 5)
    planted += hagar_fittizja.make(folder / hagar_fittizja.SUBMISSION, SEED + 6)
    write_planted(planted, folder / "planted.csv")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
