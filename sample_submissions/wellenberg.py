"""Hochschule Wellenberg, an invented German university of applied sciences: 240 awards in the toolkit's template."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from planting import Planted, Table, informs

from qa_toolkit.workbook import put, save

SUBMISSION = "hochschule-wellenberg"
FIRST_ROW = 2
RECORDS = 240

# title, ISCED-F field, ECTS, hours per ECTS, EQF level, cycle, assessment, participation, outcomes
OFFERS = (
    ("Datenschutz in kleinen Unternehmen", "0421", 5, 26, 6, "first", "Klausur", "blended",
     ("erläutert die Pflichten von Verantwortlichen", "erstellt ein Verzeichnis der Verarbeitungstätigkeiten",
      "bewertet Risiken einer Verarbeitung")),
    ("Scrum Master kompakt", "0613", 2.5, 30, 6, "first", "Projektarbeit", "online",
     ("plant einen Sprint mit einem Team", "moderiert eine Retrospektive", "versteht die Rollen im Scrum-Team")),
    ("Nachhaltige Lieferketten", "0413", 6, 25, 7, "second", "Hausarbeit", "blended",
     ("analysiert Lieferketten nach Umweltwirkungen", "entwickelt Maßnahmen zur Minderung",
      "vergleicht Siegel und Standards", "präsentiert Ergebnisse vor Fachpublikum")),
    ("Grundlagen der Robotik", "0714", 5, 30, 6, "first", "praktische Prüfung", "Präsenz",
     ("programmiert einen Greifarm", "prüft Sicherheitseinrichtungen", "dokumentiert Versuche")),
    ("Pflege und Technik", "0913", 4, 27, 6, "first", "mündliche Prüfung", "blended",
     ("setzt Assistenzsysteme in der Pflege ein", "berät Angehörige zur Nutzung", "beurteilt ethische Fragen")),
    ("Software-Test in der Praxis", "0613", 3, 28, 6, "first", "Projektarbeit", "online",
     ("entwirft Testfälle aus Anforderungen", "automatisiert Tests", "berichtet über Testabdeckung")),
    ("Energieberatung für Gebäude", "0732", 8, 30, 7, "second", "Klausur", "blended",
     ("berechnet den Energiebedarf eines Gebäudes", "empfiehlt Sanierungsschritte", "erstellt einen Energieausweis")),
    ("Wissenschaftliches Schreiben", "0031", 2.5, 26, 6, "first", "Portfolio", "online",
     ("gliedert einen wissenschaftlichen Text", "belegt Quellen einheitlich", "überarbeitet eigene Entwürfe")),
    ("Digitale Lehre gestalten", "0111", 5, 27, 7, "second", "Portfolio", "online",
     ("plant eine Lehreinheit mit digitalen Werkzeugen", "gibt Lernenden Rückmeldung",
      "wertet Lernergebnisse aus")),
    ("Bienen und Stadtökologie", "0521", 3, 25, 6, "first", "mündliche Prüfung", "Präsenz",
     ("bestimmt häufige Wildbienenarten", "beurteilt Lebensräume in der Stadt", "leitet eine Exkursion an")),
    ("Finanzierung junger Unternehmen", "0412", 6, 26, 7, "second", "Klausur", "blended",
     ("erstellt einen Finanzplan", "vergleicht Finanzierungsformen", "verhandelt mit Kapitalgebern")),
    ("Barrierefreie Webseiten", "0613", 4, 25, 6, "first", "praktische Prüfung", "online",
     ("prüft Webseiten auf Barrieren", "behebt Mängel im Quelltext", "erklärt rechtliche Vorgaben")),
    ("Mediation im Betrieb", "0417", 5, 28, 7, "second", "mündliche Prüfung", "Präsenz",
     ("leitet ein Mediationsgespräch", "erkennt Konfliktmuster", "formuliert eine Vereinbarung")),
    ("Statistik mit offenen Daten", "0542", 12, 27, 7, "second", "Hausarbeit", "blended",
     ("bereitet offene Daten auf", "wählt geeignete Verfahren aus", "stellt Ergebnisse grafisch dar",
      "beurteilt die Aussagekraft", "schätzt Unsicherheit ab", "veröffentlicht nachvollziehbare Auswertungen")),
)  # fmt: skip
GIVEN = ("Alrun", "Bertold", "Cosima", "Detlef", "Edda", "Falk", "Gesine", "Hauke", "Irmela", "Jorin", "Kunigunde",
         "Lenz", "Mechthild", "Nordwin", "Ortrun", "Piet", "Quirin", "Runa", "Sieglinde", "Thilo")  # fmt: skip
FAMILY = ("Ackerwinde", "Birkenstolz", "Dornquast", "Eichenklee", "Federgras", "Ginsterberg", "Haselbund",
          "Immergrün-Lohe", "Kiefernzapf", "Lindenrausch", "Moosbach-Tann", "Nesselkamp", "Ottergrund",
          "Pappelhain", "Rohrkolb", "Schachtelhalm")  # fmt: skip

COLUMNS = ("credential_id", "title", "title_language", "learner_name", "learner_number", "learner_birth_date",
           "country", "awarding_body", "issued", "valid_from", "learning_outcomes", "ects", "workload_hours",
           "workload", "eqf_level", "nqf_level", "cycle", "level_reason", "assessment_type", "assessment_date",
           "participation", "quality_assurance", "prerequisites", "supervision", "grade", "grading_scheme",
           "stackability", "further_information", "language", "isced_f", "activity_start",
           "activity_end")  # fmt: skip
TABLE = Table(SUBMISSION, FIRST_ROW, {name: name for name in COLUMNS}, sheet="Credentials")

DECLARED = {
    "template_version": "1",
    "submission_id": SUBMISSION,
    "provider_name": "Hochschule Wellenberg",
    "provider_country": "DE",
    "provider_type": "higher_education",
    "provider_identifier": "DEQARINST-99990001",
    "period_start": "2025-10-01",
    "period_end": "2026-09-30",
    "route": "course",
    "hours_basis": "total",
    "learner_data": "full",
    "awards_handed_in": "all",
    "columns_handed_in": "all",
    "declared_total": RECORDS,
}


def make(folder: Path, seed: int) -> list[Planted]:
    """Write the workbook and return what is planted in it."""
    rows, planted = awards(seed, TABLE)
    _write(folder, rows)
    return planted


def awards(seed: int, table: Table) -> tuple[list[dict[str, object]], list[Planted]]:
    """The awards, by template column, and what is planted in them, at the places of the table they will stand in."""
    random = Random(seed)
    rows = [_honest(index, random) for index in range(RECORDS)]
    planted = _plant(rows, table) + _set_traps(rows, table)
    return rows, planted + _leave_out(rows, table)


def _leave_out(rows: list[dict[str, object]], table: Table) -> list[Planted]:
    """Leave optional elements out here and there: shown, never a fault."""
    counts: dict[tuple[str, str], tuple[int, str]] = {
        ("EL-14", ""): (0, "every award has its grade"),
        ("VAL-16", "not_uri"): (0, "certificate numbers of a table need not be addresses"),
        ("VAL-17", ""): (0, "days without a time"),
        ("AUT-06", "before_issue"): (0, "valid from the day of issue"),
        ("EL-18", ""): (0, "the element that is missing most often stands in 235 of 240"),
        ("EL-20", ""): (0, "all columns of mandatory elements are there"),
        ("LO-07", ""): (0, "no column for skills: the table does not say"),
        ("REC-01", ""): (5, "quality assurance blank"),
        ("DAT-05", ""): (0, f"{RECORDS} declared, {RECORDS} handed in"),
        ("DAT-11", ""): (0, "said: all awards of the period"),
    }
    for check, element, step in (
        ("EL-12", "prerequisites", 6),
        ("EL-13", "supervision", 4),
        ("EL-15", "stackability", 5),
        ("EL-16", "further_information", 3),
    ):
        left_out = rows[1::step]
        for row in left_out:
            row[element] = ""
        counts[check, ""] = (len(left_out), f"{element} blank in one row of {step}")
    return [informs(table.submission, check, count, note, case) for (check, case), (count, note) in counts.items()]


def _honest(index: int, random: Random) -> dict[str, object]:
    title, field, ects, hours, level, cycle, assessment, participation, outcomes = OFFERS[index % len(OFFERS)]
    start = date(2025, 10, 6) + timedelta(days=7 * random.randrange(0, 24))
    end = start + timedelta(days=84)
    assessed = end + timedelta(days=random.randrange(3, 15))
    issued = assessed + timedelta(days=random.randrange(7, 29))
    name = f"{GIVEN[index % len(GIVEN)]} {FAMILY[(index * 7 + index // len(GIVEN)) % len(FAMILY)]}"
    return {
        "credential_id": f"HW-2026-{index + 1:04d}",
        "title": title,
        "title_language": "de",
        "learner_name": name,
        "learner_number": f"88{index + 1:05d}",
        "learner_birth_date": date(1968, 1, 10) + timedelta(days=random.randrange(0, 12000)),
        "country": "DE",
        "awarding_body": "Hochschule Wellenberg",
        "issued": issued,
        "valid_from": issued,
        "learning_outcomes": "\n".join(outcomes),
        "ects": ects,
        "workload_hours": ects * hours,
        "workload": "",
        "eqf_level": level,
        "nqf_level": f"DQR {level}",
        "cycle": cycle,
        "level_reason": "",
        "assessment_type": assessment,
        "assessment_date": assessed,
        "participation": participation,
        "quality_assurance": "Systemakkreditierung, gültig bis 30.09.2029 (8 Jahre)",
        "prerequisites": random.choice(("keine", "Hochschulzugangsberechtigung", "Grundkenntnisse am Rechner")),
        "supervision": "beaufsichtigt, mit Ausweiskontrolle",
        "grade": random.choice(("1,0", "1,3", "1,7", "2,0", "2,3", "3,0", "4,0")),
        "grading_scheme": "1,0 bis 5,0; bestanden bis 4,0",
        "stackability": random.choice(("eigenständig", "anrechenbar auf den Bachelor Wirtschaft, Modul W7")),
        "further_information": "https://weiterbildung.wellenberg.example/angebote",
        "language": "de",
        "isced_f": field,
        "activity_start": start,
        "activity_end": end,
    }


def _plant(rows: list[dict[str, object]], table: Table) -> list[Planted]:
    planted: list[Planted] = []

    def defect(check: str, index: int, column: str, note: str, case: str = "") -> None:
        planted.append(table.planted(check, index, column, note, case))

    for index in (11, 57, 103, 149, 195):
        rows[index]["quality_assurance"] = ""
        defect("EL-11", index, "quality_assurance", "blank")
    for index in (14, 84, 154):  # Datenschutz: 5 ECTS
        rows[index] |= {"ects": 5, "workload_hours": 60}
        defect("SIZ-02", index, "ects", "5 ECTS with 60 hours")
    for index in (20, 62):  # Energieberatung: EQF 7
        rows[index]["cycle"] = "first"
        defect("VAL-02", index, "eqf_level", "EQF 7 with the first cycle")
    for index in (31, 131):
        issued = rows[index]["issued"]
        assert isinstance(issued, date)
        rows[index]["assessment_date"] = issued + timedelta(days=9)
        defect("ASM-08", index, "assessment_date", "assessed nine days after issue")
    rows[171]["credential_id"] = rows[170]["credential_id"]
    defect("POR-03", 171, "credential_id", "the number of the award in the row above, another person and title")
    rows[44] |= {"ects": 0, "workload_hours": ""}
    defect("VAL-05", 44, "ects", "workload of 0", case="not_positive")
    rows[91] |= {"ects": "fünf", "workload_hours": ""}
    defect("VAL-05", 91, "ects", "workload written as a word", case="unreadable")
    rows[117]["isced_f"] = "99999"
    defect("VAL-13", 117, "isced_f", "no ISCED-F code")
    for index in (23, 123, 223):
        rows[index]["stackability"] = "anrechenbar"
        defect("PTH-01", index, "stackability", "builds towards something that is not named")
    rows[200] |= {"issued": date(2027, 3, 15), "valid_from": date(2027, 3, 15)}
    defect("AUT-04", 200, "issued", "issued half a year after the audit")
    return planted


def _set_traps(rows: list[dict[str, object]], table: Table) -> list[Planted]:
    """Honest oddities: anything said about them is a false alarm."""
    traps: list[Planted] = []

    def honest(check: str, index: int, column: str | tuple[str, ...], note: str) -> None:
        traps.append(table.planted(check, index, column, note, kind="trap"))

    for index in range(1, 30, len(OFFERS)):  # Scrum Master kompakt
        honest("SIZ-10", index, "title", "'Master' is part of a role's name")
        honest("SIZ-02", index, "ects", "2.5 ECTS with 75 hours")
        honest("LO-02", index, "learning_outcomes", "one of several outcomes says 'versteht'")
    for index in range(5, 30, len(OFFERS)):  # Software-Test in der Praxis
        honest("EL-02", index, "title", "'Test' is part of a title")
    rows[47]["isced_f"] = 613  # a number, as a spreadsheet makes of 0613
    honest("VAL-13", 47, "isced_f", "613 for 0613: the spreadsheet ate the zero")
    rows[99] |= {"workload_hours": "", "workload": "75 Std. Gesamtaufwand"}
    for check in ("EL-07", "VAL-05", "SIZ-02"):
        honest(check, 99, ("workload", "ects"), "hours with the word for total workload")
    rows[100] |= {"grade": "C-", "grading_scheme": "A bis F; bestanden bis D"}
    honest("EL-14", 100, "grade", "'C-' is a grade, no placeholder")
    rows[108]["prerequisites"] = "keine"
    honest("EL-12", 108, "prerequisites", "'none' is an answer")
    # One name, one award, one day: two people, as their numbers and birth dates say.
    for index, number, birth in ((210, "8800981", date(1991, 3, 4)), (224, "8800982", date(1987, 11, 23))):
        rows[index] |= {"learner_name": "Anna Schmidt", "learner_number": number, "learner_birth_date": birth,
                        "issued": date(2026, 7, 10), "valid_from": date(2026, 7, 10),
                        "assessment_date": date(2026, 6, 25)}  # fmt: skip
        honest("AUT-14", index, "learner_name", "two people of one name, one award, one day")
        honest("POR-03", index, "credential_id", "two people of one name, two numbers")
    rows[72] |= {"issued": date(2026, 7, 3), "valid_from": date(2026, 7, 3), "assessment_date": date(2026, 6, 30),
                 "activity_start": date(2026, 4, 1), "activity_end": date(2026, 9, 30)}  # fmt: skip
    honest("ASM-08", 72, "assessment_date", "a self-paced run that ends after the award")
    honest("AUT-06", 72, "valid_from", "a self-paced run that ends after the award")
    traps.append(table.planted("AUT-05", 72, "issued", "a self-paced run: honest, and a person has to say so (asks)"))
    rows[80] |= {"eqf_level": "", "cycle": "", "level_reason": "Der DQR gilt; eine EQR-Stufe wird nicht vergeben."}
    honest("EL-08", 80, "eqf_level", "a national level with a reason why there is no other")
    rows[82] |= {"eqf_level": "entfällt", "cycle": "", "nqf_level": ""}
    honest("EL-08", 82, "eqf_level", "'does not apply' is an answer")
    return traps


def _write(folder: Path, rows: list[dict[str, object]]) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Submission"
    for number, pair in enumerate((("key", "value"), *DECLARED.items()), 1):
        for column, value in enumerate(pair, 1):
            put(cell_of(sheet, number, column), value)
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 34
    table = workbook.create_sheet("Credentials")
    for column, name in enumerate(COLUMNS, 1):
        put(cell_of(table, 1, column), name)
        table.column_dimensions[get_column_letter(column)].width = 22
    for number, row in enumerate(rows, FIRST_ROW):
        for column, name in enumerate(COLUMNS, 1):
            value = row[name]
            if value != "":
                cell = put(cell_of(table, number, column), value)
                if isinstance(value, date):
                    cell.number_format = "yyyy-mm-dd"
    table.freeze_panes = "B2"
    folder.mkdir(parents=True, exist_ok=True)
    save(workbook, folder / "nachweise-2026.xlsx", date(2026, 10, 1))


def cell_of(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that can be written: not one hidden under a merged one."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell
