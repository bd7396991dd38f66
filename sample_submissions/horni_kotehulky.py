"""Střední škola řemesel Horní Kotěhůlky, an invented Czech vocational school: 132 awards as a spreadsheet saved as CSV.

Windows-1250 and semicolons, a title line above the header, a line of totals at the end. The school has no column for
what is the same on every row (country, awarding body, quality assurance) and says it once in submission.yaml.
"""

import csv
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random

from planting import Planted, Table, asks_of_submission, informs, write_declarations

SUBMISSION = "stredni-skola-horni-kotehulky"
FILE = "absolventi_2026.csv"
TITLE_LINE = "Absolventi mikrocertifikátů 2026 – Střední škola řemesel Horní Kotěhůlky"
FIRST_ROW = 3
RECORDS = 132

# title, hours, EQF level, assessment, participation, outcomes
OFFERS = (
    ("Svařování elektrickým obloukem", "40 (z toho 24 praxe)", "3", "praktická zkouška", "prezenční",
     ("umí připravit svarové plochy", "umí svařit koutový svar podle výkresu", "umí posoudit vady svaru")),
    ("Obsluha motorové pily", "24 (z toho 16 praxe)", "netýká se", "test", "prezenční",
     ("umí pilu bezpečně nastartovat a vést", "umí vyměnit a naostřit řetěz")),
    ("Základy tesařství", "80 (z toho 60 praxe)", "3", "praktická zkouška", "na pracovišti",
     ("umí přečíst výkres krovu", "umí vyrobit čepový spoj", "umí spočítat spotřebu řeziva")),
    ("Účetnictví pro řemeslníky", "60", "4", "písemný test", "kombinovaná",
     ("umí vést daňovou evidenci", "umí vystavit fakturu", "rozumí rozdílu mezi výdajem a nákladem")),
    ("Montáž fotovoltaických panelů", "48 (z toho 30 praxe)", "4", "účast a závěrečný test", "kombinovaná",
     ("umí navrhnout rozmístění panelů", "umí panely upevnit a zapojit", "umí změřit výkon soustavy")),
    ("Stavba kachlových kamen", "120 (z toho 96 praxe)", "4", "hodnocení výrobku", "na pracovišti",
     ("umí navrhnout tahy kamen", "umí vyzdít ohniště ze šamotu", "umí osadit a vyspárovat kachle")),
)  # fmt: skip
WOMEN = (("Bohdana", "Draha", "Eliška", "Hedvika", "Jarmila", "Květoslava", "Ludmila", "Otýlie", "Radka", "Svatava",
          "Vlasta"),
         ("Bramborová", "Cihličková", "Drobečková", "Housličková", "Kotrmelcová", "Loutnová", "Mlhovinová",
          "Pometlová", "Rampouchová", "Škvorecká", "Třešňáková", "Žížalková"))  # fmt: skip
MEN = (("Bedřich", "Ctibor", "Dobromil", "Evžen", "Hynek", "Jaromír", "Kazimír", "Lubor", "Mojmír", "Oldřich",
        "Radim"),
       ("Brambora", "Cihlička", "Drobeček", "Houslička", "Kotrmelec", "Loutna", "Mlhovina", "Pometlo", "Rampouch",
        "Škvor", "Třešňák", "Žížala"))  # fmt: skip

HEADINGS = {
    "credential_id": "Číslo osvědčení",
    "learner_name": "Jméno a příjmení",
    "learner_birth_date": "Datum narození",
    "title": "Název mikrocertifikátu",
    "learning_outcomes": "Výsledky učení",
    "workload_hours": "Počet hodin",
    "eqf_level": "Úroveň EQF",
    "participation": "Forma výuky",
    "prerequisites": "Vstupní požadavky",
    "assessment_type": "Způsob hodnocení",
    "assessment_date": "Datum zkoušky",
    "grade": "Výsledek",
    "issued": "Datum vydání",
}
TABLE = Table(SUBMISSION, FIRST_ROW, HEADINGS)

DECLARED = {
    "submission_id": SUBMISSION,
    "provider_name": "Střední škola řemesel Horní Kotěhůlky",
    "provider_country": "CZ",
    "provider_type": "vet",
    "provider_identifier": "CZ-ICO-00000000",
    "period_start": "2026-01-01",
    "period_end": "2026-08-31",
    "route": "course",
    "hours_basis": "unknown",
    "learner_data": "full",
    "awards_handed_in": "all",
    "columns_handed_in": "all",
    "declared_total": 140,
    "country": "CZ",
    "awarding_body": "Střední škola řemesel Horní Kotěhůlky",
    "quality_assurance": "vnitřní zajišťování kvality",
    "language": "cs",
}


def make(folder: Path, seed: int) -> list[Planted]:
    """Write the table and its declarations, and return what is planted in them."""
    random = Random(seed)
    rows = [_honest(index, random) for index in range(RECORDS)]
    planted = _plant(rows) + _set_traps(rows) + _leave_out(rows)
    write_declarations(folder, "Co škola uvádí jednou pro všechna osvědčení.", DECLARED)
    _write(folder / FILE, rows)
    return planted


def _honest(index: int, random: Random) -> dict[str, str]:
    title, hours, level, assessment, participation, outcomes = OFFERS[index % len(OFFERS)]
    issued = date(2026, 1, 19) + timedelta(days=random.randrange(0, 200))
    given, family = WOMEN if index % 2 else MEN
    return {
        "credential_id": f"MC/2026/{index + 1:03d}",
        "learner_name": f"{given[index % len(given)]} {family[index // len(given) % len(family)]}",
        "learner_birth_date": _written(date(1971, 2, 3) + timedelta(days=random.randrange(0, 12500))),
        "title": title,
        "learning_outcomes": "\n".join(f"- {outcome}" for outcome in outcomes),
        "workload_hours": hours,
        "eqf_level": level,
        "participation": participation,
        "prerequisites": random.choice(("žádné", "výuční list", "základní vzdělání")),
        "assessment_type": assessment,
        "assessment_date": _written(issued - timedelta(days=random.randrange(0, 12))),
        "grade": "absolvovala" if index % 2 else "absolvoval",
        "issued": _written(issued),
    }


def _plant(rows: list[dict[str, str]]) -> list[Planted]:
    planted: list[Planted] = []

    def defect(check: str, index: int, column: str, value: str, note: str, case: str = "") -> None:
        rows[index][column] = value
        planted.append(TABLE.planted(check, index, column, note, case))

    for index in (10, 47, 80, 113):
        defect("EL-09", index, "assessment_type", "", "blank")
    for index in (12, 55, 98):
        defect("ASM-01", index, "assessment_type", "účast", "attendance and nothing else", case="attendance_phrase")
    for index in (17, 63, 120):
        defect("EL-06", index, "learning_outcomes", "viz web", "'see website' in place of outcomes")
    defect("AUT-04", 38, "issued", "3. 2. 2062", "2062 for 2026")
    rows[38]["assessment_date"] = "30. 1. 2026"
    defect("VAL-01", 69, "eqf_level", "9", "EQF has eight levels", case="out_of_range")
    defect("VAL-01", 86, "eqf_level", "II.", "a national stage in the column of the EQF", case="not_a_number")
    for index in (28, 105):
        defect("EL-07", index, "workload_hours", "", "blank")
    defect("VAL-05", 93, "workload_hours", "-8", "hours below zero", case="not_positive")
    rows[73] |= {"assessment_date": "15. 12. 2025", "issued": "18. 12. 2025"}  # outside the period (DAT-04)
    rows[110] |= {"assessment_date": "9. 9. 2026", "issued": "15. 9. 2026"}
    for column in ("learner_name", "learner_birth_date", "assessment_date", "issued"):
        rows[26][column] = rows[20][column]
    note = "the person, award and day of the row six above (asks)"
    planted.append(TABLE.planted("AUT-14", 26, "learner_name", note))
    planted.append(asks_of_submission(SUBMISSION, "SIZ-14", "'Počet hodin' may be hours of 60 or of 45 minutes (asks)"))
    return planted


def _set_traps(rows: list[dict[str, str]]) -> list[Planted]:
    """Honest oddities: anything said about them is a false alarm."""
    traps: list[Planted] = []

    def honest(check: str, index: int, column: str, note: str) -> None:
        traps.append(TABLE.planted(check, index, column, note, kind="trap"))

    for index, birth in ((42, "9. 4. 1988"), (84, "21. 11. 2001")):  # one offer
        rows[index] |= {"learner_name": "Jan Novák", "learner_birth_date": birth, "grade": "absolvoval",
                        "assessment_date": "8. 6. 2026", "issued": "15. 6. 2026"}  # fmt: skip
        for check, column in (("AUT-14", "learner_name"), ("POR-03", "credential_id")):
            honest(check, index, column, "two people of one name, one award, one day")
    for index in (1, 7, 13):  # Obsluha motorové pily
        honest("EL-09", index, "assessment_type", "'test' is a type of assessment")
        honest("EL-08", index, "eqf_level", "'does not apply' is an answer")
        honest("VAL-01", index, "eqf_level", "'does not apply' is no number and no fault")
        honest("EL-06", index, "learning_outcomes", "outcomes after dashes, one a line")
    for index in (4, 16, 22):  # Montáž fotovoltaických panelů
        honest("ASM-01", index, "assessment_type", "attendance and a final test")
        honest("SIZ-02", index, "workload_hours", "hours of unknown length, no credits")
    for index in (0, 6, 18):
        honest("VAL-05", index, "workload_hours", "40 hours, 24 of them practice")
    for check, column in (
        ("EL-01", "learner_name"),
        ("EL-02", "title"),
        ("EL-05", "issued"),
        ("VAL-05", "workload_hours"),
    ):
        honest(check, RECORDS, column, "the line of totals is no award")
    return traps


def _leave_out(rows: list[dict[str, str]]) -> list[Planted]:
    """Leave prerequisites out here and there: shown, never a fault."""
    for row in rows[5::12]:
        row["prerequisites"] = "neuvedeno"
    for row in rows[9::24]:
        row["prerequisites"] = ""
    return [
        informs(SUBMISSION, check, count, note)
        for check, count, note in (
            ("EL-12", len(rows[5::12]) + len(rows[9::24]), "'not stated' in one row of 12, blank in one of 24"),
            ("EL-13", RECORDS, "no column"),
            ("EL-14", 0, "every award has its result"),
            ("EL-15", RECORDS, "no column"),
            ("EL-16", RECORDS, "no column"),
            ("EL-18", 0, "the assessment stands in 128 of 132"),
            ("REC-01", 4 + 3 + 2, "no assessment, outcomes or workload, each on other rows"),
            ("EL-20", 0, "what has no column is said once"),
            ("DAT-05", 1, f"140 declared, {RECORDS} handed in"),
            ("DAT-11", 0, "said: all awards of the period"),
            ("DAT-04", 2, "issued before and after the period; the one of 2062 counts under AUT-04"),
        )
    ]


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    hours = sum(int(row["workload_hours"].split(" ")[0] or 0) for row in rows)
    lines = [
        {"credential_id": TITLE_LINE},
        HEADINGS,
        *rows,
        {"credential_id": "Celkem", "learner_name": str(RECORDS), "workload_hours": str(hours)},
    ]
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for line in lines:
        writer.writerow([line.get(name, "") for name in HEADINGS])
    path.write_bytes(text.getvalue().encode("windows-1250"))


def _written(day: date) -> str:
    return f"{day.day}. {day.month}. {day.year}"
