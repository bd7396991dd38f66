"""Learning offers: a catalogue beside the awards, a catalogue alone, and DEQAR's submission template.

Source for DEQAR: its submission template (headings, codes or words in the same column, a date pattern in each row).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner, Result

from qa_toolkit.cli.app import app
from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.resources import shipped_folder

VOCABULARIES = [shipped_folder("checks") / "vocabularies"]
AWARDS = ["certificate number", "full name", "course code", "title", "issued on"]
CATALOGUE = ["course code", "title", "ECTS", "country", "awarding body", "quality assurance", "participation",
             "language"]  # fmt: skip
K1 = ["K1", "Bees", "5", "AT", "Imkerschule Beispiel", "institutional accreditation", "online", "de"]
K2 = ["K2", "Honey", "2,5", "DE", "Imkerschule Beispiel", "internal quality assurance", "onsite", "en"]


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def read(store: RecordStore, folder: Path) -> IntakeOutcome:
    return read_submissions([folder], store, VOCABULARIES)


def rows(store: RecordStore, columns: str, table: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(f"SELECT {columns} FROM {table} ORDER BY source_file, record_id").fetchall()


def workbook(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / "a.xlsx")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


# ---------------------------------------------------------------- a catalogue beside the awards


def test_a_sheet_of_courses_is_a_catalogue_and_no_award(store: RecordStore, tmp_path: Path) -> None:
    """Nobody is named in it, and no day: its rows are offers, read like any table; blank lines and sums are none."""
    lines = [["Catalogue 2026"], CATALOGUE, K1, [], K2, ["", "", "7,5"]]

    read(store, workbook(tmp_path / "s", {"Awards": [AWARDS, ["C1", "T", "K1", "", "2026-07-01"]], "Courses": lines}))

    assert rows(store, "credential_id", "credentials") == [("C1",)]
    assert rows(store, "offer_id, title, ects, source_place", "offers") == [
        ("K1", "Bees", 5.0, "sheet Courses, row 3"),
        ("K2", "Honey", 2.5, "sheet Courses, row 5"),
    ]


SAID = "country, country_strength, awarding_body, quality_assurance_types, participation_modes, language"
SAID_BY_K1 = (["AT"], "declared_once", ["Imkerschule Beispiel"], ["institutional_accreditation"], ["online"], "de")


def test_what_an_offer_says_once_holds_for_the_awards_that_name_it(store: RecordStore, tmp_path: Path) -> None:
    """By its identifier, or, where the award has none, by a title that only one offer has."""
    awards = [
        ["C1", "T", "K1", "Other title", "2026-07-01"],
        ["C2", "T", "", " bees ", "2026-07-01"],
        ["C3", "T", "", "Wax", "2026-07-01"],
    ]

    read(store, workbook(tmp_path / "s", {"Awards": [AWARDS, *awards], "Courses": [CATALOGUE, K1, K2]}))

    first, second, third = rows(store, SAID, "credentials")
    assert first[:2] == second[:2] == SAID_BY_K1[:2]
    assert first[2] == second[2] == SAID_BY_K1[2]
    assert first[4:] == second[4:] == SAID_BY_K1[4:]
    assert first[3] == second[3]
    assert first[3]
    assert third == (None,) * 6


def test_what_an_award_says_itself_stays(store: RecordStore, tmp_path: Path) -> None:
    """Said once fills what is left open and nothing else."""
    awards = [[*AWARDS, "country"], ["C1", "T", "K1", "", "2026-07-01", "FR"]]

    read(store, workbook(tmp_path / "s", {"Awards": awards, "Courses": [CATALOGUE, K1]}))

    assert rows(store, "country, country_strength, participation_modes", "credentials") == [
        (["FR"], "structured", ["online"])
    ]


def test_an_offer_goes_before_the_submission(store: RecordStore, tmp_path: Path) -> None:
    """The nearer statement counts; what the offer leaves open the submission says."""
    folder = workbook(
        tmp_path / "s", {"Awards": [AWARDS, ["C1", "T", "K1", "", "2026-07-01"]], "Courses": [CATALOGUE, K1[:6]]}
    )
    (folder / "submission.yaml").write_text("country: PL\nparticipation: onsite\n", encoding="utf-8")

    read(store, folder)

    assert rows(store, "country, participation_modes", "credentials") == [(["AT"], ["onsite"])]


@pytest.mark.parametrize(
    ("award", "offers"),
    [
        (["C1", "T", "", "Bees", "2026-07-01"], [K1, ["K2", "BEES", *K2[2:]]]),
        (["C1", "T", "K1", "Wax", "2026-07-01"], [K1, ["K1", "Honey", *K2[2:]]]),
        (["C1", "T", "K9", "Bees", "2026-07-01"], [K1]),
    ],
    ids=["two offers of one title", "two offers of one number", "a number that no offer has"],
)
def test_what_is_not_sure_is_not_said(
    award: list[str], offers: list[list[str]], store: RecordStore, tmp_path: Path
) -> None:
    """Which of two offers is meant is not guessed, and a title does not overrule a number."""
    read(store, workbook(tmp_path / "s", {"Awards": [AWARDS, award], "Courses": [CATALOGUE, *offers]}))

    assert rows(store, "country, country_cause", "credentials") == [(None, "column_absent")]


def test_an_offer_of_one_provider_says_nothing_for_another(store: RecordStore, tmp_path: Path) -> None:
    """Two submissions with the same numbers."""
    award = [AWARDS, ["C1", "T", "K1", "", "2026-07-01"]]
    workbook(tmp_path / "in" / "one", {"Awards": award, "Courses": [CATALOGUE, K1]})
    workbook(tmp_path / "in" / "two", {"Awards": award})

    read(store, tmp_path / "in")

    found = store.connection.execute("SELECT submission_id, country FROM credentials ORDER BY 1").fetchall()
    assert found == [("one", ["AT"]), ("two", None)]


def test_a_mapping_holds_for_offers_too(store: RecordStore, tmp_path: Path) -> None:
    """Its columns, its sheets and its values."""
    folder = workbook(tmp_path / "s", {"X": [["Was", "ECTS", "Prüfung wie"], ["Bienen", "5", "K1"]]})
    (folder / "mapping.yaml").write_text(
        "columns: {Was: title, Prüfung wie: assessment_type}\n"
        "sheets: {X: {holds: offers}}\n"
        "values: {assessment_type: {k1: written examination}}\n",
        encoding="utf-8",
    )

    read(store, folder)

    assert rows(store, "title, ects, assessment_types", "offers") == [("Bienen", 5.0, ["written_examination"])]


# ---------------------------------------------------------------- a catalogue alone


def test_a_catalogue_alone_is_a_full_submission(tmp_path: Path) -> None:
    """Its offers are judged, each at its place; what only awards can show could not be checked, and is no fault."""
    folder = workbook(tmp_path / "s", {"Courses": [CATALOGUE, K1, K2]})

    result = run("audit", folder, "-o", tmp_path / "out", "--as-of", "2026-09-30")

    assert result.exit_code == 0, result.output
    assert "s · 2 learning offers" in result.stdout
    (submission,) = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))["submissions"]
    assert (submission["credentials"], submission["offers"]) == (0, 2)
    outcomes = {outcome["check_id"]: outcome for outcome in submission["checks"]}
    assert (outcomes["EL-19"]["status"], outcomes["EL-19"]["failed"]) == ("fail", 2)
    assert (outcomes["EL-01"]["status"], outcomes["EL-01"]["reason"]) == (
        "not_assessed",
        "No credentials were handed in.",
    )
    assert outcomes["AUT-02"]["reason"] == "No provider profile was handed in."
    found = duckdb.sql(
        f"SELECT place, record_key FROM '{tmp_path / 'out' / 'findings.parquet'}'"
        " WHERE check_id = 'EL-19' ORDER BY place"
    ).fetchall()
    assert found == [("file 1, sheet Courses, row 2", "K1"), ("file 1, sheet Courses, row 3", "K2")]


def test_awards_alone_leave_what_is_asked_of_a_catalogue_unseen(tmp_path: Path) -> None:
    """Nothing of a catalogue was handed in: its checks neither pass nor are they out of place."""
    folder = workbook(tmp_path / "s", {"Awards": [AWARDS, ["C1", "T", "K1", "Bees", "2026-07-01"]]})

    run("audit", folder, "-o", tmp_path / "out", "--as-of", "2026-09-30")

    (submission,) = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))["submissions"]
    outcomes = {outcome["check_id"]: outcome for outcome in submission["checks"]}
    assert {check_id: outcomes[check_id]["status"] for check_id in ("EL-19", "INF-01", "INF-04", "REC-02")} == (
        dict.fromkeys(("EL-19", "INF-01", "INF-04", "REC-02"), "not_assessed")
    )
    criteria = {one["criterion_id"]: one for one in submission["before"]["criteria"]}
    assert [criteria[one]["coverage"] for one in ("2.5", "10.1", "10.2")] == [0, 0, 0]


def test_inspect_counts_the_offers_of_a_catalogue_alone(tmp_path: Path) -> None:
    """And that is all there is to do: exit code 0."""
    folder = workbook(tmp_path / "s", {"Courses": [CATALOGUE, K1, K2]})

    shown, counted = run("inspect", folder), run("inspect", folder, "--json")

    assert (shown.exit_code, counted.exit_code) == (0, 0)
    assert "s · 0 credentials, 2 learning offers" in shown.stdout
    (submission,) = json.loads(counted.stdout)
    assert (submission["credentials"], submission["offers"]) == (0, 2)


def test_a_catalogue_beside_another_submission_is_a_submission(tmp_path: Path) -> None:
    """Both are audited, each by what it hands in."""
    workbook(tmp_path / "in" / "catalogue", {"Courses": [CATALOGUE, K1]})
    workbook(tmp_path / "in" / "awards", {"Awards": [AWARDS, ["C1", "T", "K1", "Bees", "2026-07-01"]]})

    result = run("audit", tmp_path / "in", "-o", tmp_path / "out", "--as-of", "2026-09-30")

    assert result.exit_code == 0, result.output
    told = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert told["run_problems"] == []
    assert [(one["submission_id"], one["credentials"], one["offers"]) for one in told["submissions"]] == [
        ("awards", 1, 0),
        ("catalogue", 0, 1),
    ]


# ---------------------------------------------------------------- columns that only a catalogue has

SHOP = ["Title", "Price", "URL", "Contact", "Start date", "Audience", "Assessment plan", "Self-paced", "Approved on"]


def test_a_catalogue_has_headings_of_its_own(store: RecordStore, tmp_path: Path) -> None:
    """Price, address and dates are remarks or other things beside an award; here they are what people look for."""
    bees = ["Bees", "free", "bees.example", "Study office", "2026-10-05", "intern", "test 60 %: 1 | project 40 %: 2-3"]

    read(store, workbook(tmp_path / "s", {"Courses": [SHOP, [*bees, "yes", "2026-01-31"]]}))

    assert rows(store, "price, url, contact, start_date, audience, self_paced, approved", "offers") == [
        ("free", "bees.example", "Study office", date(2026, 10, 5), "closed", True, date(2026, 1, 31))
    ]
    assert rows(store, "assessment_weights, outcomes_assessed, all_outcomes_assessed", "offers") == [
        ([60.0, 40.0], [1, 2, 3], None)
    ]
    assert ("contact", "D") in rows(store, "column_name, origin", "origins")


@pytest.mark.parametrize(
    "heading", ["Cílová skupina", "Zielgruppe", "Grupo destinatario", "Public cible", "Destinatari"]
)
def test_headings_of_catalogues_are_known_in_other_languages(heading: str, store: RecordStore, tmp_path: Path) -> None:
    """As those of awards are."""
    read(store, workbook(tmp_path / "s", {"Courses": [["Title", "ECTS", heading], ["Bees", "5", "beekeepers"]]}))

    assert rows(store, "target_group", "offers") == [("beekeepers",)]


def test_what_an_offer_leaves_blank_has_its_cause(store: RecordStore, tmp_path: Path) -> None:
    """As for awards: blank, a placeholder, or no column; said once for the submission it is stated."""
    lines = [["Title", "ECTS", "Learning outcomes", "Assessment"], ["Bees", "5", "tbd", ""]]
    folder = workbook(tmp_path / "s", {"Courses": lines})
    (folder / "submission.yaml").write_text('country: "MT"\n', encoding="utf-8")

    read(store, folder)

    assert rows(store, "learning_outcomes_cause, assessment_type_cause, quality_assurance_cause", "offers") == [
        ("placeholder", "empty", "column_absent")
    ]
    assert rows(store, "title_strength, workload_strength, country_strength, country", "offers") == [
        ("structured", "structured", "declared_once", ["MT"])
    ]


# ---------------------------------------------------------------- DEQAR's submission template

DEQAR = {
    "agency": "EXAMPLE",
    "local_identifier": "R-1",
    "activities[1].id": "99",
    "status": "1 - part of obligatory EQA system",
    "decision": "positive",
    "valid_from": "01/02/2026",
    "valid_to": "31/01/2031",
    "date_format": "%d/%m/%Y",
    "institution[1].deqar_id": "DEQARINST99999",
    "programme[1].identifier[1]": "P-1",
    "programme[1].name_primary": "Bees",
    "programme[1].name_alternative[1]": "Bienen",
    "programme[1].country[1]": "AT",
    "programme[1].qf_ehea_level": "2",
    "programme[1].nqf_level": "NQF 7",
    "programme[1].degree_outcome": "2",
    "programme[1].workload_ects": "5",
    "programme[1].assessment_certification": "2",
    "programme[1].learning_outcome[1]": "http://data.europa.eu/esco/skill/aaaa",
    "programme[1].learning_outcome[2]": "http://data.europa.eu/esco/skill/bbbb",
    "programme[1].learning_outcome_description": "keeps bees",
    "programme[1].field_study": "0811",
}
PROGRAMME = ("title, offer_id, country, cycle, nqf_level, full_degree, ects, assessment_types, learning_outcomes,"
             " isced_f")  # fmt: skip
BEES = (
    "Bees", "P-1", ["AT"], "second", ["NQF 7"], False, 5.0, ["assessment_based_certificate"],
    ["http://data.europa.eu/esco/skill/aaaa", "http://data.europa.eu/esco/skill/bbbb", "keeps bees"], ["0811"],
)  # fmt: skip


def deqar(folder: Path, *lines: Mapping[str, Any], hints: bool = True) -> Path:
    names = list(dict.fromkeys(name for line in lines for name in line))
    hint_row = [["required" if number % 2 else "optional" for number, _ in enumerate(names)]] if hints else []
    return workbook(folder, {"Sheet1": [names, *hint_row, *([line.get(name) for name in names] for line in lines)]})


def test_a_row_of_deqars_template_is_an_offer_with_a_decision(store: RecordStore, tmp_path: Path) -> None:
    """Programme, decision, agency and institution; the row of hints below the headings is none."""
    read(store, deqar(tmp_path / "s", DEQAR))

    assert rows(store, PROGRAMME, "offers") == [BEES]
    assert rows(
        store,
        "source_format, source_place, decision_agency, decision, decision_status, decision_report, decision_valid_from,"
        " decision_valid_until, awarding_body_identifiers, [entry.text FOR entry IN titles]",
        "offers",
    ) == [
        ("deqar_template", "sheet 1, row 3", "EXAMPLE", "positive", "1 - part of obligatory EQA system", "R-1",
         date(2026, 2, 1), date(2031, 1, 31), ["deqar:DEQARINST99999"], ["Bees", "Bienen"])
    ]  # fmt: skip


CODES: dict[str, dict[str, object]] = {
    "qf_ehea_level": {"0": "short", "1": "first", "2": "second", "3": "third"},
    "assessment_certification": {
        "1": "level_of_attendance",
        "2": "assessment_based_certificate",
        "3": "no_certificate",
    },
    "degree_outcome": {"1": True, "2": False},
}
FIELD = {"qf_ehea_level": "cycle", "assessment_certification": "assessment_types[1]", "degree_outcome": "full_degree"}


@pytest.mark.parametrize("how", ["text", "number", "decimal", "text of a decimal"])
@pytest.mark.parametrize(("name", "code"), [(name, code) for name, codes in CODES.items() for code in codes])
def test_a_code_is_read_as_text_as_number_and_as_what_a_spreadsheet_makes_of_it(
    name: str, code: str, how: str, store: RecordStore, tmp_path: Path
) -> None:
    """2, '2', 2.0 and '2.0' are one code."""
    cell: Any = {"text": code, "number": int(code), "decimal": float(code), "text of a decimal": f"{code}.0"}[how]

    read(store, deqar(tmp_path / "s", DEQAR | {f"programme[1].{name}": cell}))

    assert rows(store, FIELD[name], "offers") == [(CODES[name][code],)]


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("qf_ehea_level", "second cycle", "second"),
        ("qf_ehea_level", "short cycle", "short"),
        ("degree_outcome", "full degree", True),
        ("degree_outcome", "yes", True),
        ("degree_outcome", "no", False),
        ("assessment_certification", "Attendance certificate", "level_of_attendance"),
        ("assessment_certification", "Assessment-based certificate", "assessment_based_certificate"),
        ("assessment_certification", "none", "no_certificate"),
    ],
)
def test_words_mean_what_the_code_means(
    name: str, words: str, value: object, store: RecordStore, tmp_path: Path
) -> None:
    """Both stand in the same column of real files."""
    read(store, deqar(tmp_path / "s", DEQAR | {f"programme[1].{name}": words}))

    assert rows(store, FIELD[name], "offers") == [(value,)]


def test_a_row_with_three_programmes_is_three_offers(store: RecordStore, tmp_path: Path) -> None:
    """One decision; places name the row, identifiers the programme."""
    more = {
        f"programme[{number}].{name}": text
        for number, title in ((2, "Honey"), (3, "Wax"))
        for name, text in {"identifier[1]": f"P-{number}", "name_primary": title, "country[1]": "DE"}.items()
    }

    outcome = read(store, deqar(tmp_path / "s", DEQAR | more, DEQAR | {"programme[1].name_primary": "Alone"}))

    assert rows(store, "title, offer_id, country, decision, source_place", "offers") == [
        ("Bees", "P-1", ["AT"], "positive", "sheet 1, row 3"),
        ("Honey", "P-2", ["DE"], "positive", "sheet 1, row 3"),
        ("Wax", "P-3", ["DE"], "positive", "sheet 1, row 3"),
        ("Alone", "P-1", ["AT"], "positive", "sheet 1, row 4"),
    ]
    assert len({record for (record,) in rows(store, "record_id", "offers")}) == 4
    assert outcome.files[0].tables[0].rows == 4


def test_each_row_has_its_own_pattern_for_dates(store: RecordStore, tmp_path: Path) -> None:
    """Month first in one, day first in the next, a date of the spreadsheet in the third."""
    american = DEQAR | {"valid_from": "03/04/2026", "date_format": "%m/%d/%Y"}
    european = DEQAR | {"valid_from": "03/04/2026", "date_format": "%d/%m/%Y"}
    cell = DEQAR | {"valid_from": date(2026, 3, 4)}

    read(store, deqar(tmp_path / "s", american, european, cell))

    assert rows(store, "decision_valid_from", "offers") == [
        (date(2026, 3, 4),),
        (date(2026, 4, 3),),
        (date(2026, 3, 4),),
    ]


def test_a_row_about_programmes_alone_is_no_row_of_hints(store: RecordStore, tmp_path: Path) -> None:
    """Nothing handed in disappears because the decision was left out."""
    alone = {name: text for name, text in DEQAR.items() if "[1]." in name and not name.startswith("activities")}

    read(store, deqar(tmp_path / "s", alone))

    assert rows(store, "title, decision", "offers") == [("Bees", None)]


def test_a_decision_about_an_institution_is_one_offer(store: RecordStore, tmp_path: Path) -> None:
    """A row without a programme."""
    about = {name: text for name, text in DEQAR.items() if not name.startswith("programme")}

    read(store, deqar(tmp_path / "s", about, hints=False))

    assert rows(store, "decision, awarding_body_identifiers, source_place", "offers") == [
        ("positive", ["deqar:DEQARINST99999"], "sheet 1, row 2")
    ]


def test_rows_of_deqars_template_are_judged_by_what_they_can_hold(tmp_path: Path) -> None:
    """They have no column for a price, a contact or dates: those checks could not be carried out."""
    folder = deqar(tmp_path / "s", DEQAR)

    audited, shown = run("audit", folder, "-o", tmp_path / "out", "--as-of", "2026-09-30"), run("inspect", folder)

    assert (audited.exit_code, shown.exit_code) == (0, 0)
    assert "DEQAR's template, 1 learning offer" in shown.stdout
    (submission,) = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))["submissions"]
    statuses = {outcome["check_id"]: outcome["status"] for outcome in submission["checks"]}
    assert [statuses[one] for one in ("INF-01", "INF-02", "INF-04", "PTH-05")] == ["not_assessed"] * 4


def test_the_template_as_csv_is_read_alike(store: RecordStore, tmp_path: Path) -> None:
    """With a place that names the row."""
    folder = tmp_path / "s"
    folder.mkdir()
    lines = [list(DEQAR), ["required"] * len(DEQAR), list(DEQAR.values())]
    (folder / "a.csv").write_text("".join(";".join(line) + "\n" for line in lines), encoding="utf-8")

    read(store, folder)

    assert rows(store, f"{PROGRAMME}, source_place", "offers") == [(*BEES, "row 3")]
