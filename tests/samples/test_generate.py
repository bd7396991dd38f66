"""The samples are what their script writes, sealed as said, and everything in them is invented."""

import base64
import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import yaml
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

SAMPLES = Path(__file__).parents[2] / "sample_submissions"
UNIVERSITY = SAMPLES / "hochschule-wellenberg" / "nachweise-2026.xlsx"
SCHOOL = SAMPLES / "laanemere-rakenduskool"
OWN_TABLE = SAMPLES / "hochschule-wellenberg-eigene-tabelle" / "Microcredentials_2025-26.xlsx"
VOCATIONAL = SAMPLES / "stredni-skola-horni-kotehulky" / "absolventi_2026.csv"
COMPANY_CSV = SAMPLES / "brillante-formacion-expres" / "alumnos_2026.csv"
COMPANY_WORKBOOK = SAMPLES / "brillante-formacion-expres" / "certificados_2026.xlsx"
FOUNDATION = SAMPLES / "stichting-polderbadges"
COLLEGE = SAMPLES / "kullegg-hagar-fittizja"
ACADEMY = SAMPLES / "academie-val-fictif" / "attestations_2026.ods"
# Columns of the template that a check may point at.
COLUMNS_OF = {
    "ASM-08": {"assessment_date"},
    "AUT-04": {"issued"},
    "AUT-05": {"issued"},
    "AUT-06": {"valid_from"},
    "AUT-14": {"learner_name"},
    "EL-02": {"title"},
    "EL-07": {"workload"},
    "EL-08": {"eqf_level"},
    "EL-11": {"quality_assurance"},
    "EL-12": {"prerequisites"},
    "EL-14": {"grade"},
    "LO-02": {"learning_outcomes"},
    "POR-03": {"credential_id"},
    "PTH-01": {"stackability"},
    "SIZ-02": {"ects", "workload"},
    "SIZ-10": {"title"},
    "VAL-02": {"eqf_level"},
    "VAL-05": {"ects", "workload"},
    "VAL-13": {"isced_f"},
}
# Headings of the providers' own tables that a check may point at; None: the table has no such column.
HEADINGS_OF: dict[str, dict[str, set[str | None]]] = {
    "hochschule-wellenberg-eigene-tabelle": {
        "ASM-08": {"Prüfungsdatum"},
        "AUT-04": {"Ausstellungsdatum"},
        "AUT-05": {"Ausstellungsdatum"},
        "AUT-06": {"Gültig ab"},
        "AUT-14": {"Name"},
        "EL-02": {"Titel (de)"},
        "EL-07": {"ECTS"},
        "EL-08": {"EQR-Niveau"},
        "EL-11": {"Qualitätssicherung"},
        "EL-12": {"Voraussetzungen"},
        "EL-14": {"Note"},
        "LO-02": {"Lernergebnisse"},
        "POR-03": {"Zertifikatsnummer"},
        "PTH-01": {"Anrechenbarkeit"},
        "SIZ-02": {"ECTS"},
        "SIZ-10": {"Titel (de)"},
        "VAL-02": {"EQR-Niveau"},
        "VAL-05": {"ECTS"},
        "VAL-13": {"ISCED-F"},
    },
    "stredni-skola-horni-kotehulky": {
        "ASM-01": {"Způsob hodnocení"},
        "AUT-04": {"Datum vydání"},
        "AUT-14": {"Jméno a příjmení"},
        "EL-01": {"Jméno a příjmení"},
        "EL-02": {"Název mikrocertifikátu"},
        "EL-05": {"Datum vydání"},
        "EL-06": {"Výsledky učení"},
        "EL-07": {"Počet hodin"},
        "EL-08": {"Úroveň EQF"},
        "EL-09": {"Způsob hodnocení"},
        "POR-03": {"Číslo osvědčení"},
        "SIZ-02": {"Počet hodin"},
        "VAL-01": {"Úroveň EQF"},
        "VAL-05": {"Počet hodin"},
    },
    "brillante-formacion-expres": {
        "ASM-01": {"Tipo de evaluación", "Evaluación"},
        "ASM-06": {"Nota", "Calificación"},
        "ASM-08": {"Evaluado el", "Fecha de evaluación"},
        "AUT-04": {"Expedido el", "Fecha de expedición"},
        "EL-02": {"Denominación del curso", "Curso"},
        "EL-05": {"Expedido el"},
        "EL-06": {"Competencias adquiridas", "Resultados de aprendizaje"},
        "EL-10": {None},
        "EL-11": {None},
        "EL-14": {"Nota", "Calificación"},
        "EL-16": {"Más información"},
        "POR-03": {"Número de certificado", "Nº certificado"},
        "PTH-04": {"Acumulabilidad"},
        "SIZ-01": {"Créditos ECTS"},
        "SIZ-04": {"Créditos ECTS"},
        "SIZ-10": {"Denominación del curso", "Curso"},
        "SIZ-15": {"Créditos ECTS"},
        "VAL-06": {"Duración"},
        "VAL-16": {"Número de certificado", "Nº certificado"},
    },
    "academie-val-fictif": {
        "ASM-06": {"Résultat"},
        "ASM-08": {"Date d'évaluation"},
        "AUT-01": {"Matricule"},
        "EL-01": {"Matricule"},
        "EL-05": {"Date de délivrance"},
        "EL-07": {"Durée (heures)"},
        "EL-08": {"Niveau CEC"},
        "EL-09": {"Modalité d'évaluation"},
        "EL-10": {"Modalité de participation"},
        "EL-11": {None},
        "EL-14": {"Résultat"},
        "LO-04": {"Acquis d'apprentissage"},
        "SIZ-09": {"Durée (heures)"},
        "VAL-05": {"Durée (heures)"},
    },
}
# Where the header stands in them.
HEADER_ROW = {OWN_TABLE: 4, VOCATIONAL: 2, COMPANY_CSV: 1, COMPANY_WORKBOOK: 3, ACADEMY: 3}
HEADER = ["check", "case", "submission", "record", "place", "kind", "note"]


def files(folder: Path) -> dict[str, bytes]:
    found = [*folder.glob("*/*"), folder / "planted.csv"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if "__pycache__" not in path.parts}


def texts(name: str, content: bytes) -> list[bytes]:
    """What a file says: of a workbook, its cells."""
    if not name.endswith((".xlsx", ".ods")):
        return [content]
    told = ("worksheets", "sharedStr", "content.xml")
    with zipfile.ZipFile(SAMPLES / name) as archive:
        return [archive.read(part) for part in archive.namelist() if any(word in part for word in told)]


def csv_rows(path: Path) -> list[list[str]]:
    """Rows of a CSV as a spreadsheet counts them."""
    encoding = "windows-1250" if path == VOCATIONAL else "utf-8-sig"
    return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline=""), delimiter=";"))


def sheet_rows(path: Path, sheet: str) -> list[list[Any]]:
    """Rows of a sheet, from row 1."""
    workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    return workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def awards(path: Path, sheet: str = "") -> list[dict[str, Any]]:
    """Heading -> value of every row under the header."""
    rows = sheet_rows(path, sheet) if sheet else csv_rows(path)
    heading = rows[HEADER_ROW[path] - 1]
    return [dict(zip(heading, row, strict=True)) for row in rows[HEADER_ROW[path] :]]


def rows_of(submission: str, check: str, kind: str = "planted") -> list[dict[str, str]]:
    """Rows of planted.csv."""
    return [r for r in planted() if (r["submission"], r["check"], r["kind"]) == (submission, check, kind)]


def planted() -> list[dict[str, str]]:
    with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def credentials() -> dict[str, tuple[str, dict[str, Any]]]:
    """File name -> how it is handed in, and the credential."""
    found = {}
    for path in SCHOOL.glob("*.json*"):
        document = json.loads(path.read_text(encoding="utf-8"))
        if "payload" in document:
            found[path.name] = ("sealed", json.loads(document["payload"]))
        elif "credential" in document:
            found[path.name] = ("wrapped", document["credential"])
        else:
            found[path.name] = ("draft", document)
    return found


def badges() -> dict[str, tuple[str, Any, str]]:
    """Record id -> how it is handed in, what the file holds, and the JSON pointer of the badge in it."""
    found: dict[str, tuple[str, Any, str]] = {}
    for number, path in enumerate(sorted(p for p in FOUNDATION.iterdir() if p.suffix != ".yaml"), 1):
        if path.suffix == ".png":
            content = path.read_bytes()
            start = content.index(b"iTXt")
            length = int.from_bytes(content[start - 4 : start], "big")
            keyword, text = content[start + 4 : start + 4 + length].split(bytes(5), 1)
            assert keyword == b"openbadgecredential"
            found[f"f{number}"] = ("picture", json.loads(text), "")
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for place, line in enumerate(lines, 1):
            name = f"f{number}-l{place}" if len(lines) > 1 else f"f{number}"
            if line.startswith("{"):
                found[name] = ("JSON", json.loads(line), "")
            else:
                payload = json.loads(decoded(line.split(".")[1]))
                found[name] = ("token", payload, "/payload#/vc" if "vc" in payload else "/payload#")
    return found


def values_of(node: Any, name: str) -> Iterator[Any]:
    """Values of a property anywhere below a node."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key == name:
            yield value
        yield from values_of(value, name)


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_script_writes_the_same_bytes_again(tmp_path: Path) -> None:
    """Seeded, without clock or network."""
    subprocess.run([sys.executable, str(SAMPLES / "generate.py"), str(tmp_path)], check=True)

    assert files(tmp_path) == files(SAMPLES)


def test_the_table_of_what_is_planted_is_well_formed() -> None:
    """Every row names a check, a submission, a kind, and a record with its place or a count."""
    with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == HEADER
    rows = planted()
    for row in rows:
        assert re.fullmatch(r"[A-Z]{2,3}-[0-9]{2}", row["check"]), row
        assert (SAMPLES / row["submission"]).is_dir(), row
        if row["kind"] == "informs":
            assert (row["record"], row["place"]) == ("*", "")
            assert re.match(r"count=[0-9]+; ", row["note"]), row
        elif row["record"] == "":  # a question to the whole submission
            assert (row["place"], row["kind"]) == ("submission", "planted")
        else:
            assert row["kind"] in ("planted", "trap")
            file_number = re.fullmatch(r"f([0-9]+)((?:-s[0-9]+)?-[rl][0-9]+)?", row["record"])
            assert file_number is not None, row
            assert f"{row['place']}, ".startswith(f"file {file_number[1]}, "), row
    keys = [(row["check"], row["case"], row["submission"], row["record"], row["kind"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_no_record_is_planted_and_a_trap_for_one_case() -> None:
    """A record cannot be at fault and honest at once."""
    rows = {
        kind: {(r["check"], r["case"], r["submission"], r["record"]) for r in planted() if r["kind"] == kind}
        for kind in ("planted", "trap")
    }

    assert rows["planted"] & rows["trap"] == set()


@pytest.mark.parametrize(
    ("submission", "check", "number"),
    [
        ("hochschule-wellenberg", "EL-11", 5),
        ("hochschule-wellenberg", "SIZ-02", 3),
        ("hochschule-wellenberg", "VAL-02", 2),
        ("hochschule-wellenberg", "ASM-08", 2),
        ("hochschule-wellenberg", "POR-03", 1),
        ("hochschule-wellenberg", "VAL-05", 2),
        ("hochschule-wellenberg", "VAL-13", 1),
        ("hochschule-wellenberg", "PTH-01", 3),
        ("hochschule-wellenberg", "AUT-04", 1),
        ("hochschule-wellenberg", "AUT-05", 1),
        ("laanemere-rakenduskool", "EL-11", 5),
        ("laanemere-rakenduskool", "VAL-06", 3),
        ("laanemere-rakenduskool", "AUT-06", 2),
        ("laanemere-rakenduskool", "VAL-02", 2),
        ("laanemere-rakenduskool", "EL-07", 2),
        ("laanemere-rakenduskool", "VAL-20", 2),
        ("laanemere-rakenduskool", "SIZ-11", 2),
        ("laanemere-rakenduskool", "POR-06", 3),
        ("laanemere-rakenduskool", "SIZ-04", 2),
        ("laanemere-rakenduskool", "AUT-09", 2),
        ("hochschule-wellenberg-eigene-tabelle", "EL-11", 5),
        ("hochschule-wellenberg-eigene-tabelle", "SIZ-02", 3),
        ("hochschule-wellenberg-eigene-tabelle", "VAL-02", 2),
        ("hochschule-wellenberg-eigene-tabelle", "ASM-08", 2),
        ("hochschule-wellenberg-eigene-tabelle", "POR-03", 1),
        ("hochschule-wellenberg-eigene-tabelle", "VAL-05", 2),
        ("hochschule-wellenberg-eigene-tabelle", "VAL-13", 1),
        ("hochschule-wellenberg-eigene-tabelle", "PTH-01", 3),
        ("hochschule-wellenberg-eigene-tabelle", "AUT-04", 1),
        ("hochschule-wellenberg-eigene-tabelle", "AUT-05", 1),
        ("stredni-skola-horni-kotehulky", "EL-09", 4),
        ("stredni-skola-horni-kotehulky", "ASM-01", 3),
        ("stredni-skola-horni-kotehulky", "EL-06", 3),
        ("stredni-skola-horni-kotehulky", "AUT-04", 1),
        ("stredni-skola-horni-kotehulky", "VAL-01", 2),
        ("stredni-skola-horni-kotehulky", "AUT-14", 1),
        ("stredni-skola-horni-kotehulky", "EL-07", 2),
        ("stredni-skola-horni-kotehulky", "VAL-05", 1),
        ("stredni-skola-horni-kotehulky", "SIZ-14", 1),
        ("brillante-formacion-expres", "EL-10", 86),
        ("brillante-formacion-expres", "EL-11", 86),
        ("brillante-formacion-expres", "EL-06", 9),
        ("brillante-formacion-expres", "ASM-01", 12),
        ("brillante-formacion-expres", "POR-03", 4),
        ("brillante-formacion-expres", "VAL-06", 3),
        ("brillante-formacion-expres", "AUT-04", 2),
        ("brillante-formacion-expres", "ASM-08", 3),
        ("brillante-formacion-expres", "PTH-04", 2),
        ("brillante-formacion-expres", "EL-02", 2),
        ("brillante-formacion-expres", "SIZ-04", 3),
        ("brillante-formacion-expres", "SIZ-01", 1),
        ("brillante-formacion-expres", "SIZ-15", 3),
        ("academie-val-fictif", "EL-07", 1),
        ("academie-val-fictif", "EL-09", 1),
        ("academie-val-fictif", "ASM-08", 1),
        ("academie-val-fictif", "LO-04", 1),
        ("academie-val-fictif", "VAL-05", 1),
        ("academie-val-fictif", "EL-05", 1),
        ("stichting-polderbadges", "EL-01", 2),
        ("stichting-polderbadges", "EL-06", 10),
        ("stichting-polderbadges", "EL-07", 30),
        ("stichting-polderbadges", "EL-08", 30 + 4),
        ("stichting-polderbadges", "EL-09", 30),
        ("stichting-polderbadges", "EL-10", 30 + 3),
        ("stichting-polderbadges", "EL-11", 30 + 6),
        ("stichting-polderbadges", "VAL-05", 2),
        ("stichting-polderbadges", "VAL-16", 1),
        ("stichting-polderbadges", "POR-03", 1),
        ("stichting-polderbadges", "SIZ-04", 3),
    ],
)
def test_each_defect_is_planted_as_often_as_the_profile_says(submission: str, check: str, number: int) -> None:
    """Counts of the sample profiles; of two awards under one number the second is at fault."""
    assert len(rows_of(submission, check)) == number


def test_forty_distinct_credentials_in_three_forms() -> None:
    """26 sealed, 10 drafts, 4 wrapped: two without where to deliver them; no two the same."""
    found = credentials()
    forms = [form for form, _ in found.values()]

    assert {form: forms.count(form) for form in set(forms)} == {"sealed": 26, "draft": 10, "wrapped": 4}
    assert len({credential["id"] for _, credential in found.values()}) == 40
    wrappers = [
        json.loads((SCHOOL / name).read_text("utf-8")) for name, (form, _) in found.items() if form == "wrapped"
    ]
    assert sorted("deliveryDetails" in wrapper for wrapper in wrappers) == [False, False, True, True]


def test_only_drafts_lack_what_sealing_adds() -> None:
    """Issue date and issuer come with the seal."""
    for form, credential in credentials().values():
        assert ({"issued", "issuanceDate", "issuer"} <= credential.keys()) == (form == "sealed")


def test_seals_hold_but_for_the_two_changed_afterwards() -> None:
    """The payload is signed as it stands (b64 false), as European Digital Credentials do; the key is in the header."""
    broken = set()
    for number, path in enumerate(sorted(SCHOOL.glob("*.json*")), 1):
        document = json.loads(path.read_text(encoding="utf-8"))
        if "payload" not in document:
            continue
        (signature,) = document["signatures"]
        header = json.loads(decoded(signature["protected"]))
        assert (header["alg"], header["b64"], header["crit"]) == ("EdDSA", False, ["b64"])
        signed = f"{signature['protected']}.{document['payload']}".encode()
        try:
            Ed25519PublicKey.from_public_bytes(decoded(header["jwk"]["x"])).verify(
                decoded(signature["signature"]), signed
            )
        except InvalidSignature:
            broken.add(f"f{number}")

    assert broken == {row["record"] for row in planted() if row["check"] == "AUT-09"}


def test_addresses_end_in_example_or_are_those_of_the_data_model() -> None:
    """No real school, no real mailbox."""
    allowed = ("data.europa.eu", "publications.europa.eu", "www.w3.org", "schemas.microsoft.com", "purl.imsglobal.org")
    for name, content in files(SAMPLES).items():
        for text in texts(name, content):
            for host in re.findall(rb"(?:https?://|[\w.]+@)([\w.-]+)", text):
                host_name = host.decode().rstrip(".")
                known = host_name.endswith(".example") or host_name in allowed or "openxmlformats" in host_name
                assert known, (name, host_name)


def test_register_numbers_are_zeros() -> None:
    """No real organisation: identifiers of organisations hold no other digit, and no text looks like a VAT number."""
    for _, credential in credentials().values():
        for name in ("registration", "eIDASIdentifier", "vatIdentifier", "taxIdentifier"):
            for identifier in values_of(credential, name):
                assert set(re.findall(r"\d", identifier["notation"])) == {"0"}
    for name, content in files(SAMPLES).items():
        for text in texts(name, content):
            prefix = rb"\b(?:DE|EE|CZ|NTREE-|VATEE-|VATDE-|CZ-ICO-|FR-SIRET-|ES-NIF-B)"
            for digits in re.findall(prefix + rb"([0-9]{8,14})\b", text):
                assert set(digits) == {ord("0")}, name


def test_national_numbers_are_none_that_the_country_could_give() -> None:
    """An Estonian personal code starts with 1 to 8."""
    numbers = [
        entry["notation"] for _, credential in credentials().values() for entry in values_of(credential, "nationalID")
    ]

    assert len(numbers) == 3
    assert all(number.startswith("0") for number in numbers)


def test_places_lead_somewhere() -> None:
    """A cell under its column's name, or a JSON pointer of which at least the parent is there."""
    sheet = load_workbook(UNIVERSITY)["Credentials"]
    paths = sorted(SCHOOL.glob("*.json*"))
    for row in planted():
        if row["kind"] == "informs" or row["submission"] in {*HEADINGS_OF, FOUNDATION.name, COLLEGE.name}:
            continue
        if row["submission"] == "hochschule-wellenberg":
            match = re.fullmatch(r"file 1, sheet Credentials, row ([0-9]+), cell ([A-Z]+)\1", row["place"])
            assert match is not None, row
            assert row["record"] == f"f1-r{match[1]}"
            assert sheet[f"{match[2]}1"].value in COLUMNS_OF[row["check"]], row
        else:
            number, _, pointer = row["place"].removeprefix("file ").partition(", ")
            if row["check"] == "AUT-09":  # a seal is over the whole file
                assert not pointer
                continue
            form, credential = credentials()[paths[int(number) - 1].name]
            assert pointer.startswith({"sealed": "/payload#/", "wrapped": "/credential/", "draft": "/"}[form]), row
            node: Any = credential
            for step in pointer.removeprefix("/payload#").removeprefix("/credential/").strip("/").split("/")[:-1]:
                node = node[step]
            assert isinstance(node, dict)


OF_CATALOGUE = {"EL-19": "", "ASM-05": ", cell I{row}", "QUA-12": "", "QUA-15": "", "REL-01": "", "LCD-05": ""}
"""Checks planted into the catalogue of the own workbook, not into its awards -> the cell they point at, if any."""


def planted_in(submission: str) -> list[dict[str, str]]:
    return [row for row in planted() if row["submission"] == submission]


def test_places_in_the_catalogue_of_the_college_lead_to_an_offer_and_its_column() -> None:
    """A row of offers.csv that is there, and a heading that stands in it."""
    with (COLLEGE / "offers.csv").open(encoding="utf-8", newline="") as file:
        header, *offers = csv.reader(file)

    for row in planted_in(COLLEGE.name):
        if row["kind"] == "informs":
            continue
        match = re.fullmatch(r"file 1, row ([0-9]+), column (\w+)", row["place"])
        assert match is not None, row
        assert row["record"] == f"f1-r{match[1]}"
        assert 2 <= int(match[1]) <= len(offers) + 1
        assert match[2] in header


def test_what_is_planted_into_the_catalogue_stands_on_each_of_its_offers() -> None:
    """A row of the sheet Angebote for each; none of its headings speaks of what is missed."""
    path = SAMPLES / "hochschule-wellenberg-eigene-tabelle" / "Microcredentials_2025-26.xlsx"
    header, *offers = sheet_rows(path, "Angebote")
    number = python_calamine.CalamineWorkbook.from_path(str(path)).sheet_names.index("Angebote") + 1

    assert {
        (r["check"], r["record"], r["place"]) for r in planted_in(path.parent.name) if r["check"] in OF_CATALOGUE
    } == {
        (check, f"f1-s{number}-r{row}", f"file 1, sheet Angebote, row {row}{cell.format(row=row)}")
        for check, cell in OF_CATALOGUE.items()
        for row in range(2, len(offers) + 2)
    }
    assert not any("Qualität" in str(heading) for heading in header)


@pytest.mark.parametrize("submission", HEADINGS_OF)
def test_places_in_own_tables_lead_to_a_row_and_its_column(submission: str) -> None:
    """File, sheet, row, and the cell or heading that the check may point at; or the row, where there is no column."""
    paths = sorted(path for path in (SAMPLES / submission).iterdir() if path.suffix != ".yaml")
    for row in planted():
        if row["submission"] != submission or row["kind"] == "informs" or row["place"] == "submission":
            continue
        if row["check"] in OF_CATALOGUE:
            continue
        match = re.fullmatch(
            r"file ([0-9]+)(?:, sheet (\w+))?, row ([0-9]+)(?:, cell ([A-Z]+)\3|, column (.+))?", row["place"]
        )
        assert match is not None, row
        path, number = paths[int(match[1]) - 1], int(match[3])
        sheet_number = 0
        if match[2]:
            sheet_number = python_calamine.CalamineWorkbook.from_path(str(path)).sheet_names.index(match[2]) + 1
        rows = sheet_rows(path, match[2]) if match[2] else csv_rows(path)
        header = rows[HEADER_ROW[path] - 1]
        heading = header[column_index_from_string(match[4]) - 1] if match[4] else match[5]

        assert row["record"] == f"f{match[1]}{f'-s{sheet_number}' if sheet_number else ''}-r{number}"
        assert HEADER_ROW[path] < number <= len(rows)
        assert any(rows[number - 1])
        assert heading in HEADINGS_OF[submission][row["check"]], row
        assert heading is None or heading in header


def test_every_new_sample_says_once_what_its_tables_do_not() -> None:
    """Country and awarding body; quality assurance everywhere but at the company, which says nothing of it."""
    for submission in HEADINGS_OF:
        declared = yaml.safe_load((SAMPLES / submission / "submission.yaml").read_text(encoding="utf-8"))
        assert declared["submission_id"] == submission
        assert {"country", "awarding_body", "period_start", "period_end", "learner_data"} <= declared.keys()
        assert "participation" not in declared
        said = submission in ("stredni-skola-horni-kotehulky", "academie-val-fictif")
        assert ("quality_assurance" in declared) == said


def test_the_vocational_school_saves_its_spreadsheet_as_central_european_spreadsheets_do() -> None:
    """Windows-1250, semicolons, CRLF between rows and LF inside cells, a title line, a line of totals."""
    content = VOCATIONAL.read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    rows = csv_rows(VOCATIONAL)

    assert content.count(b"\r\n") == len(rows) == 1 + 1 + 132 + 1
    assert {len(row) for row in rows} == {13}
    assert (rows[0][0].startswith("Absolventi"), any(rows[0][1:])) == (True, False)
    assert (rows[1][0], rows[-1][0]) == ("Číslo osvědčení", "Celkem")
    people = awards(VOCATIONAL)[:-1]
    assert all(re.fullmatch(r"[1-9][0-9]?\. [1-9][0-9]?\. [0-9]{4}", row["Datum vydání"]) for row in people)
    assert sum("\n- " in row["Výsledky učení"] for row in people) == 132 - 3
    assert {"40 (z toho 24 praxe)", "-8", ""} <= {row["Počet hodin"] for row in people}
    assert len({row["Datum narození"] for row in people if row["Jméno a příjmení"] == "Jan Novák"}) == 2


def test_the_company_hands_in_two_tables_that_share_six_awards() -> None:
    """40 and 52 rows, 86 awards: the six agree in everything that both tables have a column for."""
    in_csv = [row for row in awards(COMPANY_CSV) if any(row.values())]
    in_workbook = awards(COMPANY_WORKBOOK, "Certificados")
    shared = {
        "Número de certificado": "Nº certificado",
        "Alumno/a": "Nombre y apellidos",
        "Código de alumno": "Nº de alumno",
        "Denominación del curso": "Curso",
        "Competencias adquiridas": "Resultados de aprendizaje",
        "Horas": "Duración",
        "Nivel EQF": "Nivel (EQF)",
        "Tipo de evaluación": "Evaluación",
        "Evaluado el": "Fecha de evaluación",
        "Nota": "Calificación",
        "Expedido el": "Fecha de expedición",
    }

    def told(value: Any) -> str:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else f"{value:.0f}" if isinstance(value, float) else value

    first = {tuple(row[heading] for heading in shared) for row in in_csv}
    second = {tuple(told(row[heading]) for heading in shared.values()) for row in in_workbook}
    assert (len(in_csv), len(in_workbook), len(first & second)) == (40, 52, 6)
    assert len(csv_rows(COMPANY_CSV)) == 1 + 40 + 2  # two rows of nothing but semicolons


def test_the_companys_csv_has_dates_of_issue_that_can_be_read_in_two_ways() -> None:
    """No day above 12 in the whole column; UTF-8 with a mark, semicolons; numbers with all their digits."""
    rows = [row for row in awards(COMPANY_CSV) if any(row.values())]
    days = [datetime.strptime(row["Expedido el"], "%d/%m/%Y") for row in rows]

    assert COMPANY_CSV.read_bytes().startswith(b"\xef\xbb\xbfN")
    assert max(day.day for day in days) <= 12
    assert all(re.fullmatch(r"1234567[0-9]{5}", row["Número de certificado"]) for row in rows)
    assert all(row["Teléfono"].startswith("+34 000 000 ") for row in rows)
    assert all(row["Correo electrónico"].endswith("@correo.example") for row in rows)


def test_the_companys_workbook_is_as_messy_as_said() -> None:
    """Two merged lines above the header, numbers that show as 1.23E+11, links as formulas, a hidden sheet."""
    workbook = load_workbook(COMPANY_WORKBOOK)
    sheet = workbook["Certificados"]
    rows = awards(COMPANY_WORKBOOK, "Certificados")

    assert {other.title: other.sheet_state for other in workbook} == {
        "Certificados": "visible",
        "Tarifas": "visible",
        "Hoja3": "hidden",
    }
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:H1", "A2:H2"}
    assert sheet.max_row == 3 + 52 + 12  # twelve rows are formatted and empty
    assert (sheet["A4"].data_type, sheet["A4"].number_format, len(str(sheet["A4"].value))) == ("n", "General", 12)
    formulas = {cell.value.split("(")[0] for line in sheet.iter_rows() for cell in line if cell.data_type == "f"}
    assert formulas == {"=HYPERLINK"}
    assert {row["Más información"] for row in rows} == {"", "Ver ficha del curso"}
    assert sum("<script>" in row["Curso"] for row in rows) == 1
    assert {row["NIF facturación"] for row in rows} == {"", "00000000X"}
    assert {row["Calificación"] for row in rows} == {"Apto"}


def test_the_academy_hands_in_an_open_document() -> None:
    """The type first and uncompressed, empty rows to the sheet's end, 24 awards, 14 by validation, no names."""
    with zipfile.ZipFile(ACADEMY) as archive:
        first = archive.infolist()[0]
        content = archive.read("content.xml").decode()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        assert "META-INF/manifest.xml" in archive.namelist()
    rows = awards(ACADEMY, "Attestations")

    assert 'table:number-rows-repeated="1048549"' in content
    assert [row["Parcours"] for row in rows].count("VAE") == 14
    assert len({row["Matricule"] for row in rows}) == len(rows) == 24
    assert {row["Niveau CEC"] for row in rows} == {"sans objet"}
    assert {row["Résultat"] for row in rows} == {"acquis"}
    assert {type(row["Durée (heures)"]) for row in rows} == {float, str}
    assert isinstance(rows[0]["Date de délivrance"], date)


def test_the_universitys_own_workbook_holds_the_same_awards_as_its_template() -> None:
    """240 rows under a header in row 4; figures as texts with a comma; the hidden sheet repeats a few numbers."""
    workbook = load_workbook(OWN_TABLE)
    rows = awards(OWN_TABLE, "Nachweise")
    template = load_workbook(UNIVERSITY)["Credentials"]
    names = [cell.value for cell in template[1]]
    same = [dict(zip(names, line, strict=True)) for line in template.iter_rows(min_row=2, values_only=True)]

    assert {sheet.title: sheet.sheet_state for sheet in workbook} == {
        "Deckblatt": "visible",
        "Nachweise": "visible",
        "Angebote": "visible",
        "alt": "hidden",
    }
    assert "240 Nachweise" in {cell for line in sheet_rows(OWN_TABLE, "Deckblatt") for cell in line}
    for heading, name in (("Zertifikatsnummer", "credential_id"), ("Name", "learner_name"), ("Titel (de)", "title")):
        assert [row[heading] for row in rows] == [row[name] for row in same]
    assert len(rows) == 240
    assert {row["ECTS"] for row in rows} == {"0", "2,5", "3", "4", "5", "6", "8", "12", "fünf"}
    assert 613.0 in {row["ISCED-F"] for row in rows}
    assert not {"Name", "Matrikelnummer"} & set(sheet_rows(OWN_TABLE, "Angebote")[0])
    old = {row[0] for row in sheet_rows(OWN_TABLE, "alt")[1:]}
    assert len(old) == 6
    assert old <= {row["Zertifikatsnummer"] for row in rows}
    assert len({row["Titel (en)"] for row in rows}) == 14


def test_the_foundation_hands_in_badges_in_four_shapes() -> None:
    """144 lines of JSON, five tokens (two of them lines, one of the older data model), one picture."""
    found = badges()
    forms = [form for form, _, _ in found.values()]
    credentials_in = [document.get("vc", document) for _, document, _ in found.values()]
    achievements = [one["credentialSubject"]["achievement"] for one in credentials_in]

    assert {form: forms.count(form) for form in set(forms)} == {"JSON": 144, "token": 5, "picture": 1}
    assert sum("vc" in document for _, document, _ in found.values()) == 1
    assert sum("assessmentType" in achievement for achievement in achievements) == 120
    assert sum(achievement.get("achievementType") == "Badge" for achievement in achievements) == 30 + 2
    assert sum(isinstance(one["issuer"]["name"], list) for one in credentials_in) == 3
    holders = [one["credentialSubject"] for one in credentials_in]
    assert sum("id" not in holder and "identifier" not in holder for holder in holders) == 2
    assert all(entry["hashed"] for holder in holders for entry in holder.get("identifier", []))


def test_tokens_of_the_foundation_are_signed_by_its_throw_away_key() -> None:
    """One key for all; a signature that fits says that the text is as it was signed, and not by whom."""
    tokens = [
        line
        for path in FOUNDATION.iterdir()
        if path.suffix in (".jwt", ".txt", ".jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("eyJ")
    ]
    key = Ed25519PrivateKey.from_private_bytes(sha256(b"throw-away key of an invented foundation").digest())

    for token in tokens:
        signed, _, signature = token.rpartition(".")
        key.public_key().verify(decoded(signature), signed.encode())
    assert len(tokens) == 5


def test_places_in_badges_lead_somewhere() -> None:
    """Record and JSON pointer name a badge, and at least the parent of what the finding is about."""
    found = badges()
    for row in planted():
        if row["submission"] != FOUNDATION.name or row["kind"] == "informs":
            continue
        _, node, prefix = found[row["record"]]
        *place, pointer = row["place"].split(", ")
        numbers = re.findall(r"[0-9]+", row["record"])
        if row["check"] == "AUT-08":  # what is not signed is the whole badge
            assert row["place"] == ", ".join(f"{w} {n}" for w, n in zip(("file", "line"), numbers, strict=False))
            continue
        assert place == [f"{word} {number}" for word, number in zip(("file", "line"), numbers, strict=False)], row
        assert pointer.startswith(f"{prefix}/"), row
        for step in pointer.removeprefix("/payload#").strip("/").split("/")[:-1]:
            node = node[step]
        assert isinstance(node, dict)


def test_own_workbook_and_template_have_the_same_planted() -> None:
    """One set of awards, two shapes: what is planted into them differs in nothing but its place."""

    def told(submission: str) -> list[tuple[str, ...]]:
        of_awards = [row for row in planted() if row["check"] not in (*OF_CATALOGUE, "LCD-07")]
        rows = [row for row in of_awards if row["submission"] == submission]
        return sorted((row["check"], row["case"], row["kind"], row["note"]) for row in rows)

    assert told("hochschule-wellenberg-eigene-tabelle") == told("hochschule-wellenberg")
