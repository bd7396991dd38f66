"""ELMO transcripts: every result is a record, every element with its path; what is no award is passed over."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from qa_toolkit.cli.app import app
from qa_toolkit.records.store import RecordStore, open_store
from tests.conftest import SHARED_SAMPLES
from tests.intake.read_back import ReadBack

NAMESPACE = "https://github.com/emrex-eu/elmo-schemas/tree/v1"
LEARNER = """<learner><citizenship>AT</citizenship><identifier type="nationalIdentifier">9000413</identifier>
<identifier type="studentIdentifier">S-7</identifier><givenNames>Testa</givenNames>
<familyName>Beispielfrau</familyName><bday>1990-05-17</bday></learner>"""
ISSUER = """<issuer><country>AT</country><identifier type="erasmus">A BEISPIEL01</identifier>
<title xml:lang="de">Hochschule Beispielstadt</title><title xml:lang="en">Example University</title></issuer>"""
INSTANCE = """<learningOpportunityInstance><identifier type="local">R-1</identifier><start>2026-03-01</start>
<date>2026-06-15</date><status>passed</status><gradingSchemeLocalId>g1</gradingSchemeLocalId>
<resultLabel>2</resultLabel><credit><scheme>ECTS</scheme><level>Bachelor</level><value>5</value></credit>
<level><type>EQF</type><value>6</value></level><languageOfInstruction>de</languageOfInstruction>
<engagementHours>125</engagementHours></learningOpportunityInstance>"""
SPECIFICATION = """<learningOpportunitySpecification><identifier type="elmo">17</identifier>
<identifier type="local">BEES-1</identifier><title xml:lang="de">Bienen</title><title xml:lang="en">Bees</title>
<type>Course</type><iscedCode>0811</iscedCode><url>https://university.example/bees</url>
<description xml:lang="en">Keeps a hive healthy.</description><specifies>{}</specifies>{}
</learningOpportunitySpecification>"""
SCHEME = """<gradingScheme localId="g1"><description>1 (best) to 5; pass mark 4</description></gradingScheme>"""


def specification(instance: str = INSTANCE, more: str = "", without: str = "") -> str:
    return (
        SPECIFICATION.format(instance, more).replace(without, "") if without else SPECIFICATION.format(instance, more)
    )


def elmo(
    *specifications: str,
    learner: str = LEARNER,
    issuer: str = ISSUER,
    after: str = f"{SCHEME}<issueDate>2026-07-01</issueDate>",
) -> str:
    """A small invented transcript."""
    content = "".join(specifications) or specification()
    return f'<elmo xmlns="{NAMESPACE}">{learner}<report>{issuer}{content}{after}</report></elmo>'


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with open_store() as opened:
        yield opened


def read(store: RecordStore, folder: Path, text: str) -> ReadBack:
    folder.mkdir(exist_ok=True)
    (folder / "transcript.xml").write_text(text, encoding="utf-8")
    return ReadBack(store, folder).again()


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("source_format", "elmo"),
        ("source_place", "item 1"),
        ("evidence_form", "extract"),
        ("credential_id", "R-1"),
        ("offer_id", "BEES-1"),
        ("learner_name", "Testa Beispielfrau"),
        ("learner_identifiers", ["national:9000413", "number:S-7"]),
        ("learner_birth_date", date(1990, 5, 17)),
        ("personal_data", ["national_number"]),
        ("title", "Bienen"),
        ("titles", [{"language": "de", "text": "Bienen"}, {"language": "en", "text": "Bees"}]),
        ("title_raw", "Bienen | Bees"),
        ("country", ["AT"]),
        ("awarding_body", ["Hochschule Beispielstadt"]),
        ("awarding_body_identifiers", ["erasmus:A BEISPIEL01"]),
        ("issued", date(2026, 7, 1)),
        ("issued_source", "issueDate"),
        ("awarded", date(2026, 6, 15)),
        ("activity_start", date(2026, 3, 1)),
        ("learning_outcomes", ["Keeps a hive healthy."]),
        ("learning_outcomes_strength", "free_text"),
        ("ects", 5.0),
        ("workload_hours", 125.0),
        ("workload_raw", "5 ECTS | 125 h"),
        ("eqf_level", 6.0),
        ("cycle", "first"),
        ("level_strength", "structured"),
        ("grade_raw", "2"),
        ("grade_best", 1.0),
        ("grade_pass_mark", 4.0),
        ("isced_f", ["0811"]),
        ("further_information_raw", "https://university.example/bees"),
        ("assessment_type_cause", "not_carried"),
        ("participation_cause", "not_carried"),
        ("quality_assurance_cause", "not_carried"),
        ("prerequisites_cause", "not_carried"),
        ("supervision_cause", "not_carried"),
    ],
)
def test_every_element_of_a_result_is_read(column: str, expected: Any, store: RecordStore, tmp_path: Path) -> None:
    """With how firmly it is stated; what the format has no place for is said to be so."""
    assert read(store, tmp_path / "in", elmo()).rows(column) == [(expected,)]


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        (elmo(learner=""), "learner_cause", "empty"),
        (elmo(learner="<learner><givenNames>N/A</givenNames></learner>"), "learner_cause", "placeholder"),
        (elmo(specification(without='<title xml:lang="de">Bienen</title><title xml:lang="en">Bees</title>')),
         "title_cause", "empty"),
        (elmo(issuer=ISSUER.replace("<country>AT</country>", "")), "country_cause", "empty"),
        (elmo(issuer=ISSUER.replace(">AT<", ">Atlantis<")), "country_unrecognised", True),
        (elmo(issuer="<issuer/>"), "awarding_body_cause", "empty"),
        (elmo(after=""), "issued_source", "date"),
        (elmo(after="<issueDate>some day</issueDate>"), "issued_source", "date"),
        (elmo(specification(INSTANCE.replace("2026-06-15", "soon")), after=""), "issued_cause", "unreadable"),
        (elmo(specification(without='<description xml:lang="en">Keeps a hive healthy.</description>')),
         "learning_outcomes_cause", "empty"),
        (elmo(specification().replace("description", "descriptionHtml").replace("Keeps", "&lt;p&gt;Keeps&lt;/p&gt;")),
         "learning_outcomes", ["Keeps a hive healthy."]),
        (elmo(specification(INSTANCE.replace("ECTS", "UoB points"))), "credit_framework", "UoB points"),
        (elmo(specification(INSTANCE.replace("<value>5", "<value>five"))), "workload_unreadable", ["five"]),
        (elmo(specification("<learningOpportunityInstance/>")), "workload_cause", "empty"),
        (elmo(specification("<learningOpportunityInstance/>")), "level_cause", "empty"),
        (elmo(specification("<learningOpportunityInstance/>")), "grade_cause", "empty"),
        (elmo(specification("<learningOpportunityInstance/>")), "credential_id", None),
        (elmo(specification(INSTANCE.replace(">EQF<", ">NQF<"))), "nqf_level", ["NQF 6"]),
        (elmo(specification(INSTANCE.replace(">EQF<", ">NQF<"))), "level_strength", "local_code"),
    ],
)  # fmt: skip
def test_what_is_missing_or_written_otherwise_is_told(
    text: str, column: str, expected: Any, store: RecordStore, tmp_path: Path
) -> None:
    """Each with its cause; nothing is guessed."""
    assert read(store, tmp_path / "in", text).rows(column) == [(expected,)]


def test_parts_of_a_programme_are_records_that_name_the_whole(store: RecordStore, tmp_path: Path) -> None:
    """At any depth, in the order of the file."""
    inner = specification().replace("Bees", "Wax").replace("Bienen", "Wachs")
    part = f"<hasPart>{inner}</hasPart>"
    back = read(store, tmp_path / "in", elmo(specification("", part)))

    assert back.rows("title, stackability_raw, stackability_strength") == [
        ("Wachs", "part of a larger qualification: Bienen", "structured")
    ]


def test_each_value_names_the_path_where_it_stood(store: RecordStore, tmp_path: Path) -> None:
    """The path in the file, with a number only where several share a name."""
    read(store, tmp_path / "in", elmo(specification(), specification()))

    origins = dict(
        store.connection.execute(
            "SELECT column_name, origin FROM origins WHERE record_id = 'f1-i2'"
            " AND column_name IN ('title', 'issued', 'ects', 'participation')"
        ).fetchall()
    )
    second = "/elmo/report/learningOpportunitySpecification[2]"
    assert origins == {
        "title": f"{second}/title[1]",
        "issued": "/elmo/report/issueDate",
        "ects": f"{second}/specifies/learningOpportunityInstance/credit/value",
    }


@pytest.mark.parametrize(
    "instance",
    [INSTANCE.replace(">passed<", ">failed<"), INSTANCE.replace(">passed<", ">in-progress<"),
     INSTANCE.replace("<status>passed</status>", "").replace(">2<", ">nicht bestanden<")],
)  # fmt: skip
def test_what_was_failed_or_goes_on_is_no_award(instance: str, store: RecordStore, tmp_path: Path) -> None:
    """It is passed over and counted, and the file is whole."""
    back = read(store, tmp_path / "in", elmo(specification(), specification(instance)))

    assert back.rows("record_id") == [("f1-i1",)]
    assert back.told == [("Entries that are no awards were passed over", "file 1")]
    assert back.outcome.files[0].state == "read"


def test_the_older_form_is_read_alike(store: RecordStore, tmp_path: Path) -> None:
    """Learner within the report, credits at the specification, a result of its own."""
    old = """<elmo xmlns="http://purl.org/net/elmo"><report><learner><fullName>Testa Beispielfrau</fullName></learner>
    <issuer><title>Example University</title></issuer><learningOpportunitySpecification><title>Bees</title>
    <credit><scheme>ECTS</scheme><value>5</value></credit><level>BACHELOR</level><specifies>
    <learningOpportunityInstance><result scheme="AT1">2</result></learningOpportunityInstance></specifies>
    </learningOpportunitySpecification></report></elmo>"""

    assert read(store, tmp_path / "in", old).rows("learner_name, ects, cycle, grade_raw, grading_scheme") == [
        ("Testa Beispielfrau", 5.0, "first", "2", "AT1")
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (elmo()[:-9], "broken XML"),
        (elmo().replace("<elmo", '<!DOCTYPE elmo [<!ENTITY a "x">]><elmo'), "declares entities"),
        (f'<elmo xmlns="{NAMESPACE}"/>', "holds no credential"),
        (elmo(specification("")), "holds no credential"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(
    text: str, why: str, store: RecordStore, tmp_path: Path
) -> None:
    """What, where, why and what to do."""
    back = read(store, tmp_path / "in", text)

    (problem,) = back.problems
    assert (problem.what, problem.place) == ("A file was not read", "file 1")
    assert why in problem.why
    assert problem.fix


def test_inspect_says_what_the_format_has_no_place_for(tmp_path: Path) -> None:
    """And does not send the reader to look for a column."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "transcript.xml").write_text(elmo(), encoding="utf-8")

    shown = CliRunner().invoke(app, ["inspect", str(folder)])
    told = CliRunner().invoke(app, ["inspect", str(folder), "--json"])

    text = " ".join(shown.stdout.split())
    assert "file 1: ELMO transcript, read" in text
    assert "The format has no place for: type of assessment, form of participation, type of quality assurance," in text
    assert "mapping.yaml" not in text
    assert json.loads(told.stdout)[0]["not_held"] == [
        "assessment_type", "participation", "quality_assurance", "prerequisites", "supervision",
    ]  # fmt: skip


@pytest.mark.skipif(not SHARED_SAMPLES.is_dir(), reason="the folder of public samples is not beside the repository")
@pytest.mark.parametrize(
    ("path", "results"),
    [("emrex-eu__elmo-schemas/example.xml", 6), ("emrex-eu__emp-mockup/conf/elmo_example.xml", 24)],
)
def test_published_transcripts_are_read(path: str, results: int, store: RecordStore) -> None:
    """Every instance in them, with title, awarding body, date and holder."""
    back = ReadBack(store, SHARED_SAMPLES / path).again()

    stated = "learner_strength, title_strength, awarding_body_strength, issued_strength"
    assert back.rows(stated) == [("structured",) * 4] * results
