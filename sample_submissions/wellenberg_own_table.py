"""Hochschule Wellenberg once more: the 240 awards of the template's sample, in the university's own German workbook.

A cover sheet, the awards with their header in row 4, a catalogue of offers, and a hidden sheet with an older copy of a
few rows. The same is planted as in the template's sample, at the places of this workbook.
"""

from datetime import date
from pathlib import Path

import wellenberg
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from planting import Planted, Table, informs, write_declarations
from wellenberg import cell_of

from qa_toolkit.workbook import put, save

SUBMISSION = "hochschule-wellenberg-eigene-tabelle"
FILE = "Microcredentials_2025-26.xlsx"
FIRST_ROW = 5
OLD_ROWS = 6
QUALITY_ASSURANCE = "Systemakkreditierung, gültig bis 30.09.2029 (8 Jahre)"

# The columns of the template -> the university's headings, in its order.
HEADINGS = {
    "credential_id": "Zertifikatsnummer",
    "learner_number": "Matrikelnummer",
    "learner_name": "Name",
    "learner_birth_date": "Geburtsdatum",
    "title": "Titel (de)",
    "title_en": "Titel (en)",
    "ects": "ECTS",
    "workload_hours": "Gesamtaufwand (Std.)",
    "eqf_level": "EQR-Niveau",
    "nqf_level": "DQR-Niveau",
    "cycle": "Zyklus",
    "level_reason": "Anmerkung zum Niveau",
    "learning_outcomes": "Lernergebnisse",
    "assessment_type": "Prüfungsform",
    "assessment_date": "Prüfungsdatum",
    "supervision": "Aufsicht und Identitätsprüfung",
    "grade": "Note",
    "grading_scheme": "Notenskala",
    "participation": "Teilnahmeform",
    "quality_assurance": "Qualitätssicherung",
    "prerequisites": "Voraussetzungen",
    "stackability": "Anrechenbarkeit",
    "further_information": "Weitere Informationen",
    "language": "Sprache",
    "isced_f": "ISCED-F",
    "activity_start": "Kursbeginn",
    "activity_end": "Kursende",
    "issued": "Ausstellungsdatum",
    "valid_from": "Gültig ab",
}
TABLE = Table(SUBMISSION, FIRST_ROW, HEADINGS, sheet="Nachweise", sheet_number=2)
ENGLISH = {
    "Datenschutz in kleinen Unternehmen": "Data protection in small enterprises",
    "Scrum Master kompakt": "Scrum Master in a nutshell",
    "Nachhaltige Lieferketten": "Sustainable supply chains",
    "Grundlagen der Robotik": "Foundations of robotics",
    "Pflege und Technik": "Care and technology",
    "Software-Test in der Praxis": "Software testing in practice",
    "Energieberatung für Gebäude": "Energy advice for buildings",
    "Wissenschaftliches Schreiben": "Academic writing",
    "Digitale Lehre gestalten": "Designing digital teaching",
    "Bienen und Stadtökologie": "Bees and urban ecology",
    "Finanzierung junger Unternehmen": "Financing young companies",
    "Barrierefreie Webseiten": "Accessible websites",
    "Mediation im Betrieb": "Mediation at work",
    "Statistik mit offenen Daten": "Statistics with open data",
}
CYCLES = {"first": "erster Zyklus", "second": "zweiter Zyklus"}
DATES_AS_TEXT = ("learner_birth_date", "assessment_date")

UNSAID = {
    ("EL-19", "ground"): "quality assurance",
    ("ASM-05", ""): "criteria of assessment",
    ("QUA-12", "not_recorded"): "approval",
    ("QUA-15", "not_asked"): "learners' views",
    ("REL-01", ""): "a target group",
    ("LCD-05", ""): "access and support",
}
"""Check and case -> what no offer of the catalogue says."""
NEAREST = {"ASM-05": "Prüfungsform"}
"""Check -> the heading beside which the unsaid belongs; the row, where there is none."""

# The template's declarations, and what its columns country and awarding_body say on every row.
DECLARED = wellenberg.DECLARED | {
    "submission_id": SUBMISSION,
    "country": "DE",
    "awarding_body": "Hochschule Wellenberg",
}


def make(folder: Path, seed: int) -> list[Planted]:
    """Write the workbook and its declarations, and return what is planted in it."""
    rows, planted = wellenberg.awards(seed, TABLE)
    write_declarations(folder, "Was die Hochschule einmal für alle Nachweise sagt.", DECLARED)
    own = [_as_written_here(row) for row in rows]
    workbook = Workbook()
    cover = workbook.active
    assert isinstance(cover, Worksheet)
    _write_cover(cover)
    awards = workbook.create_sheet("Nachweise")
    put(cell_of(awards, 1, 1), "Nachweise über Microcredentials")
    awards.merge_cells("A1:F1")
    put(cell_of(awards, 2, 1), "Stand: 01.10.2026")
    _write_awards(awards, own, header_row=FIRST_ROW - 1)
    awards.freeze_panes = f"B{FIRST_ROW}"
    planted += _write_offers(workbook.create_sheet("Angebote"))
    old = workbook.create_sheet("alt")
    # Before the grades were in, and before a number was corrected.
    _write_awards(old, [row | {"grade": "", "ects": "3"} for row in own[:OLD_ROWS]], header_row=1)
    old.sheet_state = "hidden"
    save(workbook, folder / FILE, date(2026, 10, 1))
    return planted


def _as_written_here(row: dict[str, object]) -> dict[str, object]:
    """An award as this university writes it: numbers as texts with a decimal comma, ISCED without its zero."""
    title, field, cycle = str(row["title"]), str(row["isced_f"]), str(row["cycle"])
    own = {name: row.get(name, "") for name in HEADINGS} | {
        "title_en": ENGLISH[title],
        "ects": _figure(row["ects"]),
        "workload_hours": row["workload"] or _figure(row["workload_hours"]),
        "cycle": CYCLES.get(cycle, cycle),
        # 31 might be 0031 or the narrow field 031: that one is kept as a text.
        "isced_f": field if field.startswith("00") else int(field),
    }
    for name in DATES_AS_TEXT:
        day = row[name]
        assert isinstance(day, date)
        own[name] = f"{day:%d.%m.%Y}"
    return own


def _figure(value: object) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, int | float) else str(value)


def _write_cover(sheet: Worksheet) -> None:
    sheet.title = "Deckblatt"
    put(cell_of(sheet, 1, 1), "Hochschule Wellenberg: Microcredentials")
    sheet.merge_cells("A1:D1")
    for number, (key, value) in enumerate(
        (("Land", "Deutschland"), ("Zeitraum", "01.10.2025 bis 30.09.2026"),
         ("Umfang", f"{wellenberg.RECORDS} Nachweise")), 3):  # fmt: skip
        put(cell_of(sheet, number, 1), key)
        put(cell_of(sheet, number, 2), value)
    sheet.column_dimensions["B"].width = 30


def _write_awards(sheet: Worksheet, rows: list[dict[str, object]], header_row: int) -> None:
    for column, (name, heading) in enumerate(HEADINGS.items(), 1):
        put(cell_of(sheet, header_row, column), heading)
        sheet.column_dimensions[get_column_letter(column)].width = 20
        for number, row in enumerate(rows, header_row + 1):
            value = row[name]
            if value != "":
                cell = put(cell_of(sheet, number, column), value)
                if isinstance(value, date):
                    cell.number_format = "dd.mm.yyyy"


def _write_offers(sheet: Worksheet) -> list[Planted]:
    """The catalogue: no learner in it, so no row of it is an award; what is planted in it.

    It says nothing of quality assurance: said once for an offer it would hold for every award, and none would lack it.
    That, and what else it leaves unsaid, is found on each offer; of every offer there are more than five awards.
    """
    headings = ("Angebotsnummer", "Titel (de)", "Titel (en)", "ECTS", "EQR-Niveau", "Sprache", "Gebühr (EUR)",
                "Lernergebnisse", "Prüfungsform", "Teilnahmeform", "Voraussetzungen", "Beginn", "Dauer", "Kontakt",
                "Internetadresse")  # fmt: skip
    rows = [
        (f"A-{number:02d}", title, ENGLISH[title], _figure(ects), level, "de", 90 + 30 * number, "\n".join(outcomes),
         assessment, participation, "keine", date(2026, 10, 5), "12 Wochen", "Zentrum für Weiterbildung",
         f"https://wellenberg.example/microcredentials/{number}")
        for number, (title, _, ects, _, level, _, assessment, participation, outcomes)
        in enumerate(wellenberg.OFFERS, 1)
    ]  # fmt: skip
    for number, row in enumerate((headings, *rows), 1):
        for column, value in enumerate(row, 1):
            put(cell_of(sheet, number, column), value)
    sheet.column_dimensions["B"].width = sheet.column_dimensions["C"].width = 36
    table = Table(SUBMISSION, 2, dict.fromkeys(headings, ""), sheet="Angebote", sheet_number=3)
    planted = [
        table.planted(check, index, NEAREST.get(check, ""), f"the catalogue says nothing of {what}", case=case)
        for (check, case), what in UNSAID.items()
        for index in range(len(rows))
    ]
    return [*planted, informs(SUBMISSION, "LCD-07", len(rows), "one form of participation, no alternative")]
