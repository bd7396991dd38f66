"""The template for providers: what it offers can be read, and what is filled in comes back."""

import csv
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.intake.declarations import CHOICES, KEYS, read_declarations
from qa_toolkit.intake.read import IntakeOutcome, read_submissions
from qa_toolkit.intake.template.contents import TemplateContents, load_contents, typed
from qa_toolkit.intake.template.text_files import template_csv
from qa_toolkit.intake.template.workbook import template_workbook, write_template_workbook
from qa_toolkit.intake.words import Words
from qa_toolkit.messages import Messages
from qa_toolkit.problems import ProblemKind
from qa_toolkit.records.store import RecordStore, open_store
from qa_toolkit.records.tables import ELEMENTS
from qa_toolkit.resources import shipped_folder
from qa_toolkit.workbook import put

VOCABULARIES = shipped_folder("checks") / "vocabularies"
NEEDED = ("credential_id", "title", "learner_name", "country", "awarding_body", "issued", "learning_outcomes", "ects",
          "workload_hours", "eqf_level", "cycle", "assessment_type", "participation", "quality_assurance")  # fmt: skip


@pytest.fixture(scope="module")
def contents() -> TemplateContents:
    return load_contents(VOCABULARIES)


@pytest.fixture
def template(contents: TemplateContents, tmp_path: Path) -> Path:
    path = tmp_path / "s" / "template.xlsx"
    path.parent.mkdir()
    write_template_workbook(path, contents, Messages())
    return path


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def names_of(sheet: Worksheet) -> list[Any]:
    return [cell.value for cell in sheet[2]]


def fill(path: Path, rows: Sequence[dict[str, Any]], **declared: Any) -> None:
    """Write values into the template as a person would: by the name of the column, from row 3 on."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Credentials"]
    places = {name: place for place, name in enumerate(names_of(sheet), 1)}
    for number, row in enumerate(rows, 3):
        for name, value in row.items():
            put(sheet.cell(number, places[name]), value)
    for row in workbook["Submission"].iter_rows(min_row=2, max_col=2):
        if row[0].value in declared:
            row[1].value = declared[row[0].value]
    workbook.save(path)


def read(path: Path, store: RecordStore) -> IntakeOutcome:
    return read_submissions([path], store, [VOCABULARIES])


def values(store: RecordStore, column: str) -> list[Any]:
    rows = store.connection.execute(f"SELECT {column} FROM credentials ORDER BY credential_id").fetchall()
    return [row[0] for row in rows]


AWARDS = (
    {
        "credential_id": "00413",
        "title": "Data protection",
        "learner_number": "0900413",
        "country": "DE",
        "awarding_body": "Hochschule Wellenberg",
        "issued": date(2026, 7, 1),
        "learning_outcomes": "- explains the duties\n- drafts a record",
        "ects": 2.5,
        "eqf_level": 6,
        "assessment_type": "written examination",
        "participation": "onsite",
        "quality_assurance": "institutional quality assurance",
        "isced_f": "0421",
    },
    {"credential_id": "00414", "title": "=Sums", "country": "AT", "issued": "2. 7. 2026", "workload_hours": 50},
    {"credential_id": "00415", "title": "Third", "issued": date(2026, 7, 3), "cycle": "short", "route": "validation"},
)


# The round trip: needs a reader that finds the header below the help row and leaves the other sheets alone.


def test_what_is_filled_in_comes_back(template: Path, store: RecordStore) -> None:
    """ROUND TRIP. Three rows in the template are three credentials, value by value, and nothing is complained about."""
    fill(template, AWARDS, provider_name="Hochschule Wellenberg", learner_data="pseudonymised", declared_total=3)

    outcome = read(template.parent, store)

    assert (outcome.problems, outcome.run_problems) == ((), ())
    assert values(store, "credential_id") == ["00413", "00414", "00415"]
    assert values(store, "learner_identifiers") == [["number:0900413"], None, None]
    assert values(store, "country") == [["DE"], ["AT"], None]
    assert values(store, "issued") == [date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3)]
    assert values(store, "learning_outcomes") == [["explains the duties", "drafts a record"], None, None]
    assert values(store, "ects") == [2.5, None, None]
    assert values(store, "workload_hours") == [None, 50.0, None]
    assert values(store, "eqf_level") == [6.0, None, None]
    assert values(store, "assessment_types") == [["written_examination"], None, None]
    assert values(store, "participation_modes") == [["onsite"], None, None]
    assert values(store, "quality_assurance_types") == [["institutional"], None, None]
    assert values(store, "isced_f") == [["0421"], None, None]
    assert values(store, "route") == [None, None, "validation"]
    declared = store.connection.execute("SELECT provider_name, learner_data, declared_total FROM submissions")
    assert declared.fetchall() == [("Hochschule Wellenberg", "pseudonymised", 3)]


def test_the_example_handed_in_states_every_element(
    contents: TemplateContents, template: Path, store: RecordStore
) -> None:
    """ROUND TRIP. Whoever copies the example gets three credentials that leave nothing open."""
    rows = [
        {c.name: typed(c, row[c.name]) for c in contents.credentials.columns if row.get(c.name)}
        for row in contents.credentials.examples
    ]
    fill(template, rows)

    outcome = read(template.parent, store)

    assert (outcome.problems, outcome.run_problems) == ((), ())
    assert len(values(store, "credential_id")) == 3
    for element in ELEMENTS:
        assert None not in values(store, f"{element}_strength"), element


def test_the_example_sheet_is_no_data(template: Path, store: RecordStore) -> None:
    """ROUND TRIP. The template handed in as it is holds no credential."""
    outcome = read(template.parent, store)

    assert outcome.submissions == ()
    assert values(store, "credential_id") == []


def test_the_csv_example_is_no_data(contents: TemplateContents, tmp_path: Path, store: RecordStore) -> None:
    """Files called readme are left alone; one line in the table is one credential."""
    for name, content in template_csv(contents, Messages()).items():
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "credentials.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("HW-1,Data protection,en\r\n")

    outcome = read(tmp_path, store)

    assert (outcome.problems, outcome.run_problems) == ((), ())
    assert values(store, "credential_id") == ["HW-1"]
    assert values(store, "title") == ["Data protection"]


# What is offered


@pytest.mark.parametrize(
    "kind",
    [
        "country",
        "language",
        "cycle",
        "assessment",
        "participation",
        "quality_assurance",
        "supervision",
        "route",
    ],
)
def test_every_value_offered_is_read_as_a_code_of_its_own(kind: str, contents: TemplateContents) -> None:
    """A drop-down must never contents what the reader does not know; no code is offered twice."""
    words = Words.load(VOCABULARIES)
    code_of: dict[str, Callable[[str], str | None]] = {
        "country": words.country_code,
        "language": words.language_code,
        "cycle": words.cycle,
        "assessment": words.assessment_code,
        "participation": words.participation_code,
        "quality_assurance": words.quality_assurance_code,
        "supervision": words.supervision_code,
        "route": words.routes.get,
    }

    understood = [code_of[kind](str(value)) for value in contents.lists[kind].values]

    assert None not in understood
    assert len(set(understood)) == len(understood) > 1


def test_the_words_people_use_are_offered(contents: TemplateContents) -> None:
    """Codes where they are words, labels where they are not."""
    assert contents.lists["participation"].values[2:5] == ("onsite", "online", "blended")
    assert "written examination" in contents.lists["assessment"].values
    assert contents.lists["eqf"].values == (1, 2, 3, 4, 5, 6, 7, 8)
    assert dict(zip(contents.lists["country"].values, contents.lists["country"].names, strict=True))["EE"] == "Estonia"


def test_a_column_that_is_not_offered_is_not_shown(tmp_path: Path) -> None:
    """The reader knows more columns than a provider is asked for."""
    with (VOCABULARIES / "template_columns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (tmp_path / "template_columns.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | ({"offered": "no"} if row["column"] == "grade" else {}) for row in rows)

    names = {column.name for column in load_contents(tmp_path, VOCABULARIES).credentials.columns}

    assert "grade" not in names
    assert "grading_scheme" in names


# The catalogue and the profile


def test_the_example_of_an_offer_and_of_a_profile_come_back(
    contents: TemplateContents, template: Path, store: RecordStore
) -> None:
    """ROUND TRIP. A catalogue without awards is a full submission: every value is read, and only that there are none is
    noted."""
    workbook = openpyxl.load_workbook(template)
    (offer,) = contents.offers.examples
    for place, column in enumerate(contents.offers.columns, 1):
        put(workbook["Offers"].cell(3, place), typed(column, offer[column.name]))
    for row, column in enumerate(contents.provider, 2):
        assert workbook["Provider"].cell(row, 1).value == column.name
        put(workbook["Provider"].cell(row, 2), column.example.replace(" | ", "\n") or None)
    workbook.save(template)

    outcome = read(template.parent, store)

    assert [(p.kind, p.what, p.place) for p in (*outcome.problems, *outcome.run_problems)] == [
        (ProblemKind.NOTE, "A table holds no record", "file 1, sheet Credentials, row 2")
    ]
    offers = store.connection.execute("SELECT title, ects, approved, entrants, self_paced, partners FROM offers")
    assert offers.fetchall() == [
        ("Data protection in small enterprises", 5.0, date(2025, 6, 30), 42, False, ["Chamber of Trade Wellenberg"])
    ]
    profile = store.connection.execute("SELECT name, provider_type, external_review, isced_f FROM providers")
    assert profile.fetchall() == [("Hochschule Wellenberg", "higher_education", date(2024, 3, 14), ["0421"])]
    assert values(store, "credential_id") == []


# How the workbook is made


def test_the_sheets_in_their_order(template: Path) -> None:
    """It opens on the sheet to read."""
    workbook = openpyxl.load_workbook(template)

    assert workbook.sheetnames == [
        "Read me", "Submission", "Provider", "Credentials", "Offers", "Example", "Example of an offer", "Completeness",
        "Lists",
    ]  # fmt: skip
    assert workbook.active.title == "Read me"
    assert [sheet.title for sheet in workbook if sheet.sheet_view.tabSelected] == ["Read me"]


def test_help_above_names_above_empty_rows(contents: TemplateContents, template: Path) -> None:
    """Row 1 explains, row 2 names, nothing is filled in; both stay in sight."""
    sheet = openpyxl.load_workbook(template)["Credentials"]

    assert names_of(sheet) == [column.name for column in contents.credentials.columns]
    assert sheet.freeze_panes == "B3"
    assert sheet.max_row == 2
    assert sheet.tables["credentials"].ref.startswith("A2:")


def test_what_is_mandatory_is_said_by_colour_and_word(template: Path) -> None:
    """And where another column will do instead, its name stands there."""
    sheet = openpyxl.load_workbook(template)["Credentials"]
    places = {name: place for place, name in enumerate(names_of(sheet), 1)}
    words = {name: str(sheet.cell(1, place).value) for name, place in places.items()}
    colours = {name: sheet.cell(2, place).fill.fgColor.rgb for name, place in places.items()}

    for name in NEEDED[1:]:
        assert words[name].startswith("Mandatory"), name
    assert words["credential_id"].startswith("Needed")
    assert words["grade"].startswith("Optional")
    assert "workload_hours" in words["ects"]
    assert {colours[name] for name in NEEDED} != {colours["grade"]}
    assert len({colours[name] for name in NEEDED}) == 1


def test_ids_stay_text_and_dates_are_dates(template: Path) -> None:
    """A spreadsheet must not eat a leading zero."""
    sheet = openpyxl.load_workbook(template)["Credentials"]
    formats = {
        name: sheet.column_dimensions[sheet.cell(2, place).column_letter].number_format
        for place, name in enumerate(names_of(sheet), 1)
    }

    for name in ("credential_id", "learner_number", "awarding_body_identifier", "isced_f", "learning_outcomes"):
        assert formats[name] == "@", name
    for name in ("issued", "assessment_date", "learner_birth_date"):
        assert formats[name] == "yyyy-mm-dd", name


@pytest.mark.parametrize(
    ("column", "some"),
    [
        ("country", "EE"),
        ("language", "cs"),
        ("title_language", "de"),
        ("cycle", "short"),
        ("eqf_level", 8),
        ("assessment_type", "quiz"),
        ("participation", "blended"),
        ("quality_assurance", "internal quality assurance"),
        ("supervision", "supervised with ID verification"),
        ("route", "validation"),
    ],
)
def test_columns_with_a_code_list_offer_it_and_let_other_values_pass(column: str, some: object, template: Path) -> None:
    """The rule points at the list, asks about other values and does not stop."""
    workbook = openpyxl.load_workbook(template)
    sheet = workbook["Credentials"]
    letter = sheet.cell(2, names_of(sheet).index(column) + 1).column_letter
    (rule,) = [r for r in sheet.data_validations.dataValidation if f"{letter}3" in r.sqref]

    name, area = rule.formula1.split("!")
    listed = [cell.value for row in workbook[name][area.replace("$", "")] for cell in row]

    assert some in listed
    assert None not in listed
    assert rule.errorStyle == "warning"
    assert not rule.showDropDown  # in the format's words: the arrow is not hidden


def test_messages_of_rules_are_as_short_as_the_format_wants(template: Path) -> None:
    """Excel calls a workbook broken that holds a longer one: 225 characters, 32 for the title, 255 for a list."""
    workbook = openpyxl.load_workbook(template)
    rules = [rule for sheet in workbook for rule in sheet.data_validations.dataValidation]

    assert len(rules) > 20
    for rule in rules:
        assert len(rule.error) <= 225
        assert len(rule.errorTitle) <= 32
        assert len(rule.formula1) <= 255


def test_the_submission_sheet_explains_every_key(template: Path) -> None:
    """Fixed values are offered and nothing else is taken; the version is filled in."""
    sheet = openpyxl.load_workbook(template)["Submission"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=3)]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}

    assert rows[0] == ["key", "value", "what it means"]
    assert [row[0] for row in rows[1:]] == list(KEYS)
    assert all(row[2] for row in rows)
    assert {row[0]: row[1] for row in rows[1:] if row[1]} == {"template_version": "1"}
    for number, row in enumerate(rows[1:], 2):
        if row[0] in CHOICES:
            assert rules[f"B{number}"].formula1 == f'"{",".join(CHOICES[row[0]])}"'
            assert rules[f"B{number}"].errorStyle == "stop"


def test_the_read_me_says_which_columns_name_learners(template: Path) -> None:
    """Privacy is said where the provider begins."""
    sheet = openpyxl.load_workbook(template)["Read me"]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)

    for name in ("learner_name", "learner_number", "learner_email", "learner_birth_date", "pseudonymised", "withheld"):
        assert name in text


def test_the_same_template_is_the_same_bytes(contents: TemplateContents, tmp_path: Path) -> None:
    """Nothing of the moment is in the file."""
    for name in ("one.xlsx", "two.xlsx"):
        write_template_workbook(tmp_path / name, contents, Messages())

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_columns_can_be_fewer(contents: TemplateContents) -> None:
    """A smaller template is possible: Completeness leaves out elements that have no column."""
    columns = tuple(c for c in contents.credentials.columns if c.name in ("credential_id", "title", "issued"))
    few = replace(contents, credentials=replace(contents.credentials, columns=columns))

    sheet = template_workbook(few, Messages())["Completeness"]

    assert [sheet.cell(row, 2).value for row in range(8, 12)] == ["title", "issued", "credential_id", None]


# The sheet Completeness, computed


def computed(path: Path, tmp_path: Path) -> Worksheet:
    """The sheet Completeness after LibreOffice computed it."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed: formulas cannot be computed here")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "computed"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return openpyxl.load_workbook(out / path.name, data_only=True)["Completeness"]


def test_completeness_counts_rows_and_blanks(template: Path, tmp_path: Path) -> None:
    """Of the three awards one states nearly all, country is said once for all, and a renamed column is no error."""
    fill(template, AWARDS, country="DE", declared_total=4, learner_data="withheld")
    workbook = openpyxl.load_workbook(template)
    sheet = workbook["Credentials"]
    sheet.cell(2, names_of(sheet).index("quality_assurance") + 1).value = "renamed"
    sheet.cell(7, 2).value = "a title alone, two rows below"
    workbook.save(template)

    sheet = computed(template, tmp_path)

    assert (sheet["B4"].value, sheet["B5"].value, sheet["C5"].value) == (4, 4, "the same")
    rows = {sheet.cell(row, 2).value: [sheet.cell(row, place).value for place in (3, 4, 5, 6)] for row in range(8, 20)}
    assert rows["title"] == [4, 0, "–", "complete"]
    learner = rows["learner_name, learner_number, learner_email"]
    assert learner == [1, 3, "withheld", "withheld: will be “could not be checked”"]
    assert rows["country"] == [2, 2, "said once for all", "complete: blank rows are covered by the sheet Submission"]
    assert rows["ects, credits, workload_hours, workload"] == [2, 2, "–", "blank rows to fill: 2"]
    assert rows["eqf_level, nqf_level, cycle, level_reason"][:2] == [2, 2]
    assert rows["quality_assurance"][:2] == [0, 4]
    assert rows["credential_id"][:2] == [3, 1]


def test_completeness_of_an_empty_template_says_so(template: Path, tmp_path: Path) -> None:
    """No row is no fault, and not complete either."""
    sheet = computed(template, tmp_path)

    assert (sheet["B4"].value, sheet["B5"].value) == (0, "not said")
    assert {sheet.cell(row, 6).value for row in range(8, 20)} == {"no rows yet"}


# The CSV form


def test_the_csv_template_opens_right_and_declares_nothing(contents: TemplateContents) -> None:
    """Excel needs the mark at the beginning; every key of the YAML is there, and only the version is said."""
    files = template_csv(contents, Messages())
    declared = yaml.safe_load(files["submission.yaml"])

    assert (
        files["credentials.csv"]
        == ("\ufeff" + ",".join(c.name for c in contents.credentials.columns) + "\r\n").encode()
    )
    assert list(declared) == list(KEYS)
    assert {key: value for key, value in declared.items() if value is not None} == {"template_version": "1"}
    assert read_declarations(declared, Words.load(VOCABULARIES), "submission.yaml", "s").problems == ()
    for choices in CHOICES.values():
        assert f"# One of: {', '.join(choices)}." in files["submission.yaml"].decode()
