"""Every planted defect is found at its record and place, every trap is silent, and nothing else speaks."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from qa_toolkit.auditing import audit
from qa_toolkit.result import AuditResult

SAMPLES = Path(__file__).parents[2] / "sample_submissions"
SUBMISSIONS = (
    "hochschule-wellenberg",
    "laanemere-rakenduskool",
    "stredni-skola-horni-kotehulky",
    "brillante-formacion-expres",
    "academie-val-fictif",
    "hochschule-wellenberg-eigene-tabelle",
    "stichting-polderbadges",
    "kullegg-hagar-fittizja",
)


class Audited:
    """The audit of all samples, and the table of what is planted."""

    def __init__(self, folder: Path) -> None:
        self.result: AuditResult = audit(
            [SAMPLES / name for name in SUBMISSIONS], folder, as_of=date(2026, 9, 30)
        ).result
        with duckdb.connect() as connection:
            rows = connection.execute(
                'SELECT check_id, "case", submission_id, record_id, place FROM read_parquet(?)',
                [str(folder / "findings.parquet")],
            ).fetchall()
        self.findings = {(check, case, submission, record): place for check, case, submission, record, place in rows}
        assert len(self.findings) == len(rows), "a record is reported twice for one case"
        self.roles = {(c.check_id, case.case): case.role for c in self.result.checks for case in c.cases}
        self.checks = {check.check_id for check in self.result.checks}
        with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
            self.table = list(csv.DictReader(file))

    def planted(self, kind: str) -> list[dict[str, str]]:
        """Rows of a kind whose check exists."""
        return [row for row in self.table if row["kind"] == kind and row["check"] in self.checks]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    return Audited(tmp_path_factory.mktemp("samples") / "out")


def key(row: dict[str, str]) -> tuple[str, str, str, str]:
    return row["check"], row["case"], row["submission"], row["record"]


def test_every_planted_defect_is_found_at_its_record_and_place(audited: Audited) -> None:
    """File, sheet, row and cell, or JSON pointer."""
    expected = {key(row): row["place"] for row in audited.planted("planted")}

    found = {one: audited.findings.get(one) for one in expected}

    assert found == expected


def test_every_trap_is_silent(audited: Audited) -> None:
    """Honest oddities: anything reported there is a false alarm. A trap without a case is one for all cases."""
    traps = {key(row) for row in audited.planted("trap")}

    false_alarms = {one for one in audited.findings if one in traps or (one[0], "", *one[2:]) in traps}

    assert traps
    assert false_alarms == set()


def test_nothing_else_scores_or_asks(audited: Audited) -> None:
    """No finding of a check that scores or asks beyond what is planted."""
    expected = {key(row) for row in audited.planted("planted")}

    others = {one for one in audited.findings if audited.roles[one[:2]] != "informs"} - expected

    assert others == set()


def test_checks_that_inform_speak_as_often_as_the_table_says(audited: Audited) -> None:
    """And no check informs that the table does not list."""
    expected = Counter[tuple[str, str, str]]()
    for row in audited.planted("informs"):
        count = int(row["note"].removeprefix("count=").split(";")[0])
        expected[row["check"], row["case"], row["submission"]] = count

    found = Counter(one[:3] for one in audited.findings if audited.roles[one[:2]] == "informs")

    assert +found == +expected


def test_rows_of_checks_to_come_stay_in_the_table(audited: Audited) -> None:
    """They count once their check exists, or under the scheme that switches it on (test_under_schemes.py)."""
    waiting = {row["check"] for row in audited.table} - audited.checks

    assert waiting == {"SIZ-04", "SIZ-05"}


def test_every_sample_is_read_whole(audited: Audited) -> None:
    """The numbers their README states; 26 sealed, 10 drafts and 4 wrapped, which are drafts too."""
    found = {s.submission_id: (s.credentials, s.repeats_left_out) for s in audited.result.submissions}
    school = audited.result.submissions[1]

    assert found == {
        "hochschule-wellenberg": (240, 0),
        "laanemere-rakenduskool": (40, 0),
        "stredni-skola-horni-kotehulky": (132, 0),
        "brillante-formacion-expres": (86, 6),
        "academie-val-fictif": (24, 0),
        "hochschule-wellenberg-eigene-tabelle": (240, 0),
        "stichting-polderbadges": (150, 0),
        "kullegg-hagar-fittizja": (0, 0),
    }
    assert school.evidence_forms == {"document": 26, "draft": 14}


def test_nothing_of_a_sample_is_lost_and_what_was_repaired_is_told(audited: Audited) -> None:
    """Notes only: what was passed over, put back, or could be read in two ways."""
    told = {s.submission_id: [(p.kind, p.what) for p in s.problems] for s in audited.result.submissions}

    assert {kind for problems in told.values() for kind, _ in problems} == {"note"}
    assert told["hochschule-wellenberg"] == [("note", "Leading zeros were put back")]
    assert told["laanemere-rakenduskool"] == []
    assert told["stredni-skola-horni-kotehulky"] == [("note", "A sum line was passed over")]
    assert [what for _, what in told["hochschule-wellenberg-eigene-tabelle"]] == [
        "Leading zeros were put back",
        "A hidden sheet was not read",
    ]
    assert ("note", "Dates could be read in two ways") in told["brillante-formacion-expres"]
