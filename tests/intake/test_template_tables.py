"""The template as CSV and XLSX: what each cell becomes, and what bad rows cost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.problems import ProblemKind
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder
from tests.submissions import COLUMNS, credential, write_submission

FURTHER = (
    *COLUMNS,
    *("supervision", "assessment_mode", "grading_scheme", "workload_parts", "skill_links", "language"),
    *("quality_assurance_body", "quality_assurance_reference", "place_of_issue"),
)


class Read:
    """A submission read into a store."""

    def __init__(self, store: RecordStore) -> None:
        self.store = store
        self.outcome: IntakeOutcome

    def __call__(self, folder: Path) -> "Read":
        self.outcome = read_submissions([folder], self.store, [shipped_folder("checks") / "vocabularies"])
        return self

    def column(self, name: str) -> list[Any]:
        rows = self.store.connection.execute(
            f"SELECT {name} FROM credentials ORDER BY try_cast(regexp_extract(record_id, '([0-9]+)$', 1) AS INT)"
        ).fetchall()
        return [row[0] for row in rows]

    @property
    def kinds(self) -> list[str]:
        return [problem.kind.value for problem in self.outcome.problems]


@pytest.fixture
def read() -> Iterator[Read]:
    with open_store() as store:
        yield Read(store)


def one(read: Read, tmp_path: Path, columns: tuple[str, ...] = COLUMNS, **cells: str) -> Read:
    return read(write_submission(tmp_path / "s", [credential(1, **cells)], columns))


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"ects": "2,5"}, "ects", 2.5),
        ({"ects": "5 ECTS"}, "ects", 5.0),
        ({"workload_hours": "20-30 h"}, "workload_hours", 20.0),
        ({"workload_hours": "130 Std."}, "workload_hours", 130.0),
        ({"ects": "", "workload_hours": "2 days"}, "workload_other_units", ["2 days"]),
        ({"ects": "", "workload_hours": "fünf"}, "workload_unreadable", ["fünf"]),
        ({"ects": "0", "workload_hours": ""}, "ects", 0.0),
        ({"ects": "-8"}, "ects", -8.0),
        ({"eqf_level": "EQF 6"}, "eqf_level", 6.0),
        ({"eqf_level": "II."}, "eqf_level", None),
        ({"eqf_level": "II."}, "eqf_raw", "II."),
        ({"eqf_level": "entfällt"}, "level_reason", "entfällt"),
        ({"cycle": "2nd cycle"}, "cycle", "second"),
        ({"country": "Deutschland"}, "country", ["DE"]),
        ({"country": "DE; AT"}, "country", ["DE", "AT"]),
        ({"country": "Atlantis"}, "country_unrecognised", True),
        ({"assessment_type": "Klausur | Portfolio"}, "assessment_types", ["written_examination", "portfolio"]),
        ({"assessment_type": "účast a závěrečný test"}, "assessment_types", ["written_examination"]),
        ({"assessment_type": "účast a závěrečný test"}, "assessment_type_strength", "free_text"),
        ({"assessment_type": "Gesellenstück"}, "assessment_types", None),
        ({"participation": "im Freien"}, "participation_modes", None),
        ({"assessment_type": "účast"}, "assessment_reading", "attendance_phrase"),
        ({"assessment_type": "validation des acquis de l'expérience"}, "route", "validation"),
        ({"learning_outcomes": "- umí A\n- umí B"}, "learning_outcomes", ["umí A", "umí B"]),
        ({"issued": "1. 7. 2026"}, "issued_raw", "1. 7. 2026"),
        ({"issued": "31.2.2026"}, "issued_cause", "unreadable"),
        ({"title": "tbd"}, "title_cause", "placeholder"),
        ({"title": ""}, "title_cause", "empty"),
        ({"title": "tbd"}, "title_raw", "tbd"),
        ({"quality_assurance": "our own label"}, "quality_assurance_strength", "free_text"),
        ({"quality_assurance": "institutional accreditation"}, "quality_assurance_strength", "structured"),
        ({"learner_birth_date": "1990-05-16T22:00:00Z"}, "shifted_dates", ["learner_birth_date"]),
    ],
)
def test_a_cell_becomes_its_canonical_value(
    cells: dict[str, str], column: str, value: object, read: Read, tmp_path: Path
) -> None:
    """Values as agencies meet them; what cannot be read keeps its text."""
    assert one(read, tmp_path, **cells).column(column) == [value]


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"supervision": "beaufsichtigt, mit Ausweiskontrolle"}, "supervision_code", "supervised_with_identity_check"),
        ({"supervision": "bez dohledu, bez ověření totožnosti"}, "supervision_strength", "structured"),
        ({"supervision": "Frau Beispiel war da"}, "supervision_code", None),
        ({"supervision": "Frau Beispiel war da"}, "supervision_strength", "free_text"),
        ({"assessment_mode": "en ligne | présentiel"}, "assessment_modes", ["online", "onsite"]),
        ({"grading_scheme": "1,0 (best) to 5,0; 4,0 passes"}, "(grade_best, grade_worst, grade_pass_mark)", (1, 5, 4)),
        ({"grading_scheme": "1,0 to 5,0; 4,0 passes"}, "grade_best", None),
        ({"workload_parts": "lectures 30\nself-study 100 h"}, "workload_part_hours", [30.0, 100.0]),
        ({"workload_parts": "30 h Vorlesung; 100,5 h Selbststudium"}, "workload_part_hours", [30.0, 100.5]),
        ({"workload_parts": "lectures 30 % | rest"}, "workload_part_hours", None),
        ({"workload_parts": "lectures 2 days | exam 3"}, "workload_part_hours", None),
        ({"skill_links": "http://data.europa.eu/esco/skill/S1 | welding"}, "skills",
         ["http://data.europa.eu/esco/skill/S1", "welding"]),
        ({"language": "Klingonisch"}, "languages_unrecognised", ["Klingonisch"]),
        ({"language": "Deutsch / English"}, "languages_unrecognised", None),
        ({"language": "Deutsch, Klingonisch"}, "languages_unrecognised", ["Klingonisch"]),
        ({"language": "-"}, "languages_unrecognised", None),
        ({"language": "n/a"}, "languages_unrecognised", None),
        ({"title_language": "xq"}, "languages_unrecognised", ["xq"]),
        ({"quality_assurance_body": "Invented Quality Agency"}, "quality_assurance_bodies",
         ["Invented Quality Agency"]),
        ({"quality_assurance_reference": "IQA-17"}, "quality_assurance_references", ["IQA-17"]),
        ({"place_of_issue": "Wellenberg"}, "place_of_issue", "Wellenberg"),
    ],
)  # fmt: skip
def test_what_stands_beside_the_elements_is_read(
    cells: dict[str, str], column: str, value: object, read: Read, tmp_path: Path
) -> None:
    """Codes where there are lists, figures where there are scales; where it says less, nothing is guessed."""
    assert one(read, tmp_path, FURTHER, **cells).column(column) == [value]


def test_an_absent_column_is_not_an_empty_cell(read: Read, tmp_path: Path) -> None:
    """And it is told once, for the submission."""
    columns = tuple(column for column in COLUMNS if column != "quality_assurance")

    one(read, tmp_path, columns)

    assert read.column("quality_assurance_cause") == ["column_absent"]
    assert read.store.connection.execute("SELECT columns_absent FROM submissions").fetchall() == [
        (["quality_assurance"],)
    ]


def test_said_once_is_said(read: Read, tmp_path: Path) -> None:
    """A declaration fills what records leave open, and nothing else."""
    rows = [credential(1, country=""), credential(2, country="AT")]

    read(write_submission(tmp_path / "s", rows, country="DE", language="de"))

    assert read.column("country") == [["DE"], ["AT"]]
    assert read.column("country_strength") == ["declared_once", "structured"]


def test_withheld_learner_data_are_not_missing(read: Read, tmp_path: Path) -> None:
    """The lawful choice costs nothing."""
    row = credential(1, learner_name="", learner_number="", learner_birth_date="")

    read(write_submission(tmp_path / "s", [row], learner_data="withheld"))

    assert read.column("learner_cause") == ["withheld"]


def test_the_place_is_the_row_of_the_spreadsheet(read: Read, tmp_path: Path) -> None:
    """Row 2 is the first below the head, quoted line breaks or not."""
    rows = [credential(1, learning_outcomes="a b c\nd e f"), credential(2)]

    read(write_submission(tmp_path / "s", rows))

    assert read.column("source_place") == ["row 2", "row 3"]
    assert read.column("record_id") == ["f1-r2", "f1-r3"]


def test_a_bad_row_is_told_and_the_others_are_read(read: Read, tmp_path: Path) -> None:
    """Too many cells: values may have slipped. Too few: what is there counts."""
    folder = write_submission(tmp_path / "s", [credential(1), credential(2), credential(3)])
    path = folder / "credentials.csv"
    lines = path.read_bytes().decode().split("\r\n")
    starts = [index for index, line in enumerate(lines) if line.startswith("HB-")]
    lines[starts[2]] = lines[starts[2]].replace("HB-2026-0003,", "HB-2026-0003,extra,", 1)
    lines.insert(len(lines) - 1, "HB-2026-0009,Only a title")
    path.write_text("\r\n".join(lines), encoding="utf-8", newline="")

    read(folder)

    assert read.column("credential_id") == ["HB-2026-0001", "HB-2026-0002", "HB-2026-0009"]
    (problem,) = read.outcome.problems
    assert problem.kind is ProblemKind.ROW
    assert problem.place == "file 1, row 4"


def test_unknown_columns_are_told_by_letter(read: Read, tmp_path: Path) -> None:
    """A header may name a person."""
    one(read, tmp_path, (*COLUMNS, "Notes of Testa", "awardng_bdy"))

    (problem,) = read.outcome.problems
    assert problem.kind is ProblemKind.NOTE
    assert "Testa" not in problem.why + problem.fix + problem.place
    assert "V" in problem.why


def workbook(path: Path, rows: list[list[Any]], declared: list[tuple[str, Any]] = ()) -> Path:  # type: ignore[assignment]
    book = openpyxl.Workbook()
    book.active.title = "Credentials"
    for row in rows:
        book.active.append(row)
    sheet = book.create_sheet("Submission")
    for pair in declared:
        sheet.append(list(pair))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path.parent


def test_a_workbook_is_read_with_its_submission_sheet(read: Read, tmp_path: Path) -> None:
    """Numbers, dates and truth values of cells become the text a person would type."""
    from datetime import date

    head = ["credential_id", "title", "awarding_body", "issued", "ects", "eqf_level"]
    rows = [
        head,
        [20260413, "Title", "Body", date(2026, 7, 1), 2.5, 6.0],
        [None] * 6,
        ["b", "Title", "Body", "x", 5, 6],
    ]

    read(workbook(tmp_path / "s" / "a.xlsx", rows, [("provider_name", "Name"), ("declared_total", 2)]))

    assert read.column("credential_id") == ["20260413", "b"]
    assert read.column("issued_raw") == ["2026-07-01", "x"]
    assert read.column("source_place") == ["sheet Credentials, row 2", "sheet Credentials, row 4"]
    assert read.store.connection.execute("SELECT provider_name, declared_total FROM submissions").fetchall() == [
        ("Name", 2)
    ]
    origins = dict(read.store.connection.execute("SELECT column_name, origin FROM origins").fetchall())
    assert origins["ects"] == "E"


def test_twenty_thousand_rows_are_no_different_from_three(read: Read, tmp_path: Path) -> None:
    """Distinct texts are normalised once; every row gets its value."""
    row = credential(1)
    folder = write_submission(tmp_path / "s", [row])
    text = (folder / "credentials.csv").read_text(encoding="utf-8")
    head, record = text.split("\n", 1)[0], text.split("\n", 1)[1]
    many = "".join(record.replace("HB-2026-0001", f"HB-{number}") for number in range(20_000))
    (folder / "credentials.csv").write_text(head + "\n" + many, encoding="utf-8", newline="")

    read(folder)

    assert read.store.connection.execute("SELECT count(*), min(ects), max(ects) FROM credentials").fetchall() == [
        (20_000, 5, 5)
    ]
    assert read.kinds == []
