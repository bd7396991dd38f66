"""Brillante Formación Exprés, an invented Spanish training company: 86 awards in two tables that do not agree.

A CSV of 40 rows and a workbook of 52, with other columns and headings; 6 awards stand in both. Quality assurance and
participation are stated nowhere. Certificate numbers have twelve digits, which spreadsheets show as 1.23E+11.
"""

import csv
import re
import zipfile
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from planting import Planted, Table, informs, write_declarations
from wellenberg import cell_of

from qa_toolkit.workbook import formula, put, save

SUBMISSION = "brillante-formacion-expres"
CSV_FILE, WORKBOOK_FILE = "alumnos_2026.csv", "certificados_2026.xlsx"
CSV_FIRST_ROW, SHEET_FIRST_ROW = 2, 4
RECORDS, IN_CSV = 86, 40
REPEATED = range(34, 40)
IN_SHEET = (*range(40, 60), *REPEATED, *range(60, RECORDS))
SHOWN_LINK = "Ver ficha del curso"

# title, hours, assessment, outcomes
OFFERS = (
    ("Mastering Excel", 40, "examen",
     ("aplica fórmulas y funciones", "resume datos con tablas dinámicas", "crea gráficos para un informe")),
    ("Atención al cliente por teléfono", 25, "cuestionario",
     ("responde a reclamaciones", "registra incidencias", "deriva llamadas al servicio adecuado")),
    ("Redes sociales para comercios", 60, "proyecto",
     ("planifica publicaciones de un mes", "redacta textos breves", "mide el alcance de una campaña")),
    ("Manipulación de alimentos", 10, "examen",
     ("conserva alimentos a la temperatura adecuada", "evita la contaminación cruzada")),
    ("Inglés para hostelería", 50, "prueba oral",
     ("recibe a huéspedes en inglés", "explica platos y precios en inglés", "atiende quejas en inglés")),
)  # fmt: skip
SCRIPT = ("Páginas web con <script>alert('hola')</script>", 30, "prueba práctica",
          ("inserta un guion en una página", "comprueba la página en varios navegadores"))  # fmt: skip
LARGE = ("Gestión comercial avanzada", 450, "proyecto",
         ("elabora un plan comercial", "negocia con proveedores", "dirige un equipo de ventas"))  # fmt: skip
LARGEST = ("Dirección integral de eventos", 1500, "portafolio",
           ("planifica un congreso", "calcula el presupuesto de un evento", "contrata espacios y servicios",
            "coordina un equipo", "evalúa un evento terminado"))  # fmt: skip
GIVEN = ("Abundio", "Brígida", "Casilda", "Dositeo", "Eufemia", "Fulgencio", "Gumersindo", "Hermelinda", "Ildefonso",
         "Jacinta")  # fmt: skip
FAMILY = ("Alcachofa Trigueros", "Botijo Manchado", "Cencerro Viejo", "Duende Salado", "Farola Torcida",
          "Garbanzo Pardo", "Hinojo Silvestre", "Jarrón Quebrado", "Lechuza Serena")  # fmt: skip

CSV_HEADINGS = {
    "credential_id": "Número de certificado",
    "learner_name": "Alumno/a",
    "learner_number": "Código de alumno",
    "learner_email": "Correo electrónico",
    "phone": "Teléfono",
    "title": "Denominación del curso",
    "learning_outcomes": "Competencias adquiridas",
    "workload_hours": "Horas",
    "eqf_level": "Nivel EQF",
    "assessment_type": "Tipo de evaluación",
    "assessment_date": "Evaluado el",
    "grade": "Nota",
    "issued": "Expedido el",
}
SHEET_HEADINGS = {
    "credential_id": "Nº certificado",
    "issued": "Fecha de expedición",
    "learner_name": "Nombre y apellidos",
    "learner_number": "Nº de alumno",
    "tax_number": "NIF facturación",
    "title": "Curso",
    "workload": "Duración",
    "ects": "Créditos ECTS",
    "eqf_level": "Nivel (EQF)",
    "learning_outcomes": "Resultados de aprendizaje",
    "assessment_type": "Evaluación",
    "assessment_date": "Fecha de evaluación",
    "grade": "Calificación",
    "prerequisites": "Requisitos previos",
    "stackability": "Acumulabilidad",
    "further_information": "Más información",
}
CSV_TABLE = Table(SUBMISSION, CSV_FIRST_ROW, CSV_HEADINGS)
SHEET_TABLE = Table(SUBMISSION, SHEET_FIRST_ROW, SHEET_HEADINGS, file=2, sheet="Certificados", sheet_number=1)

DECLARED = {
    "submission_id": SUBMISSION,
    "provider_name": "Brillante Formación Exprés S.L.",
    "provider_country": "ES",
    "provider_type": "non_formal",
    "provider_identifier": "ES-NIF-B00000000",
    "period_start": "2026-01-01",
    "period_end": "2026-09-30",
    "route": "course",
    "hours_basis": "total",
    "learner_data": "full",
    "awards_handed_in": "all",
    "columns_handed_in": "all",
    "declared_total": RECORDS + len(REPEATED),
    "country": "ES",
    "awarding_body": "Brillante Formación Exprés S.L.",
    "language": "es",
}


def make(folder: Path, seed: int) -> list[Planted]:
    """Write both tables and the declarations, and return what is planted in them."""
    random = Random(seed)
    rows = [_honest(index, random) for index in range(RECORDS)]
    planted = _plant(rows) + _set_traps(rows) + _inform(rows)
    write_declarations(folder, "Lo que la empresa declara una vez.", DECLARED)
    _write_csv(folder / CSV_FILE, rows)
    _write_workbook(folder / WORKBOOK_FILE, [rows[index] for index in IN_SHEET])
    return planted


def _honest(index: int, random: Random) -> dict[str, object]:
    # In the CSV no day is above 12, so that any date of issue could have its month first.
    issued = date(2026, random.randrange(2, 9), random.randrange(1, 13 if index < IN_CSV else 29))
    name = f"{GIVEN[index % len(GIVEN)]} {FAMILY[index // len(GIVEN)]}"
    mailbox = name.lower().translate(str.maketrans("áéíóúñ ", "aeioun."))
    return {
        "credential_id": 123_456_700_001 + 7 * index,
        "learner_name": name,
        "learner_number": f"BR{index + 1:04d}",
        "learner_email": f"{mailbox}@correo.example",
        "phone": f"+34 000 000 {index + 1:03d}",
        "tax_number": "00000000X" if index == 64 else "",  # of a sole trader; no letter of control fits
        "issued": issued,
        "assessment_date": issued - timedelta(days=random.randrange(0, 20)),
        "eqf_level": "no procede",
        "ects": "",
        "grade": "Apto",
        "prerequisites": "" if index % 6 == 5 else "ninguno",
        "stackability": "" if index % 4 == 3 else "independiente",
        "further_information": index % 3 == 0,
        **_offer(OFFERS[index % len(OFFERS)]),
    }


def _offer(offer: tuple[str, int, str, tuple[str, ...]]) -> dict[str, object]:
    title, hours, assessment, outcomes = offer
    return {"title": title, "workload": hours, "workload_hours": hours, "assessment_type": assessment,
            "learning_outcomes": "\n".join(outcomes)}  # fmt: skip


def _entry(check: str, index: int, column: str, note: str, case: str = "", kind: str = "planted") -> Planted:
    """At the award's row: an award of both tables counts where it stands first, in the CSV."""
    table, number = (CSV_TABLE, index) if index < IN_CSV else (SHEET_TABLE, IN_SHEET.index(index))
    return table.planted(check, number, column, note, case, kind)


def _plant(rows: list[dict[str, object]]) -> list[Planted]:
    planted: list[Planted] = []

    def defect(check: str, index: int, column: str, note: str, case: str = "", **values: object) -> None:
        rows[index] |= values
        planted.append(_entry(check, index, column, note, case))

    for index in range(RECORDS):
        for check, element in (("EL-10", "participation"), ("EL-11", "quality_assurance")):
            defect(check, index, element, "no column")
    for index in (3, 9, 15, 21, 44, 50, 56, 62, 68):
        words = "n/d" if index % 4 in (1, 2) else "pendiente"
        defect("EL-06", index, "learning_outcomes", f"'{words}'", learning_outcomes=words)
    for index in (1, 6, 11, 16, 26, 41, 47, 53, 59, 65, 71, 77):
        rows[index]["assessment_type"] = "asistencia"
        defect("ASM-01", index, "assessment_type", "attendance and nothing else", case="attendance_phrase")
    for index, first in ((13, 12), (46, 45), (58, 57), (70, 22)):
        number = rows[first]["credential_id"]
        defect("POR-03", index, "credential_id", "the number of another person's award", credential_id=number)
    for index in (42, 67, 72):
        defect("VAL-06", index, "workload", "P60M: sixty months", case="months", workload="P60M")
    for index, issued in ((28, date(2027, 2, 5)), (75, date(2027, 1, 20))):
        defect("AUT-04", index, "issued", "issued in the year after the audit", issued=issued)
    for index in (8, 30, 66):
        day = rows[index]["issued"]
        assert isinstance(day, date)
        rows[index]["assessment_date"] = day + timedelta(days=9)
        defect("ASM-08", index, "assessment_date", "assessed nine days after issue")
    for index in (18, 80):
        defect("EL-02", index, "title", "a dash", title="-")
    promise = "acceso garantizado al máster Dirección de Eventos del Instituto Brillante"
    for index in (52, 84):
        defect("PTH-04", index, "stackability", "guaranteed admission (asks)", stackability=promise)
    for index in (48, 78, 82):
        size, offer = (60, LARGEST) if index == 82 else (18, LARGE)
        rows[index] |= _offer(offer) | {"ects": size}
        defect("SIZ-04", index, "ects", f"{size} ECTS, too large under the scheme es", case="ects")
        defect("SIZ-15", index, "ects", "ECTS of a company without a university (asks)")
    defect("SIZ-01", 82, "ects", "60 ECTS: a small volume? (asks)")
    return planted


def _set_traps(rows: list[dict[str, object]]) -> list[Planted]:
    """Honest oddities: anything said about them is a false alarm."""
    traps: list[Planted] = []

    def honest(check: str, index: int, column: str, note: str) -> None:
        traps.append(_entry(check, index, column, note, kind="trap"))

    for index in (0, 5, 45):  # Mastering Excel
        honest("SIZ-10", index, "title", "'Mastering' is no award type")
        honest("EL-14", index, "grade", "'Apto' is a full answer")
        honest("ASM-06", index, "grade", "'Apto' needs no scheme")
        honest("VAL-16", index, "credential_id", "twelve digits are a number of a certificate")
    rows[24] |= {"issued": date(2026, 5, 4), "assessment_date": date(2026, 4, 29)}
    for check, column in (("EL-05", "issued"), ("AUT-04", "issued"), ("ASM-08", "assessment_date")):
        honest(check, 24, column, "04/05/2026 can be read in two ways: a note, no fault")
    rows[55] |= _offer(SCRIPT)
    honest("EL-02", 55, "title", "a title about a script tag")
    for index in (54, 57, 60):
        honest("EL-16", index, "further_information", "a link behind a formula")
    for index in REPEATED:
        note, again = "the same award in both tables, counted once", IN_SHEET.index(index)
        honest("POR-03", index, "credential_id", note)
        traps.append(SHEET_TABLE.planted("POR-03", again, "credential_id", note, kind="trap"))
    return traps


def _inform(rows: list[dict[str, object]]) -> list[Planted]:
    blank = {name: sum(not row[name] for row in rows[IN_CSV:]) for name in SHEET_HEADINGS}
    here_and_there = "no column in the CSV, blank here and there in the workbook"
    return [
        informs(SUBMISSION, check, count, note)
        for check, count, note in (
            ("EL-12", IN_CSV + blank["prerequisites"], here_and_there),
            ("EL-13", RECORDS, "no column"),
            ("EL-14", 0, "'Apto' on all"),
            ("EL-15", IN_CSV + blank["stackability"], here_and_there),
            ("EL-16", IN_CSV + blank["further_information"], "no column in the CSV, a link on one row of three"),
            ("EL-18", 1, "participation and quality assurance nowhere"),
            ("LO-07", 0, "no column for skills: the tables do not say"),
            ("REC-01", RECORDS, "quality assurance nowhere"),
            ("EL-20", 1, "no column for quality assurance and participation, nothing declared"),
            ("DAT-05", 0, f"{RECORDS + len(REPEATED)} declared, {len(REPEATED)} of them twice"),
            ("DAT-11", 0, "said: all awards of the period"),
        )
    ]


def _write_csv(path: Path, rows: list[dict[str, object]]) -> None:
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(CSV_HEADINGS.values())
    for row in rows[:IN_CSV]:
        cells = (row[name] for name in CSV_HEADINGS)
        writer.writerow([f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in cells])
    writer.writerows([[""] * len(CSV_HEADINGS)] * 2)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _write_workbook(path: Path, rows: list[dict[str, object]]) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Certificados"
    for number, text in enumerate(("BRILLANTE FORMACIÓN EXPRÉS, S.L.", "Certificados expedidos en 2026"), 1):
        put(cell_of(sheet, number, 1), text)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=8)
    for column, (name, heading) in enumerate(SHEET_HEADINGS.items(), 1):
        put(cell_of(sheet, SHEET_FIRST_ROW - 1, column), heading)
        for number, row in enumerate(rows, SHEET_FIRST_ROW):
            cell, value = cell_of(sheet, number, column), row[name]
            if name == "further_information" and value:
                formula(cell, f'=HYPERLINK("https://brillante.example/cursos/{number}","{SHOWN_LINK}")')
            elif value != "" and value is not False:
                put(cell, value)
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
    for number in range(SHEET_FIRST_ROW + len(rows), SHEET_FIRST_ROW + len(rows) + 12):
        for column in range(1, len(SHEET_HEADINGS) + 1):
            cell_of(sheet, number, column).fill = PatternFill("solid", fgColor="FFFFFF")  # formatted, yet empty
    _write_other_sheets(workbook)
    save(workbook, path, date(2026, 10, 1))
    _show_links(path)


def _write_other_sheets(workbook: Workbook) -> None:
    prices = workbook.create_sheet("Tarifas")
    for pair in (("Curso", "Precio (€)"), *((offer[0], 4 * offer[1]) for offer in OFFERS)):
        prices.append(pair)
    rubbish = workbook.create_sheet("Hoja3")
    for row in (("", "borrar"), (), ("??", 17), (), ("", "", "llamar a la imprenta")):
        rubbish.append(row)
    rubbish.sheet_state = "hidden"


def _show_links(path: Path) -> None:
    """Store beside each formula what it shows, as spreadsheets do and openpyxl does not."""
    shown = rb'<c \1 t="str"><f>\2</f><v>' + SHOWN_LINK.encode() + rb"</v></c>"
    with zipfile.ZipFile(path) as archive:
        parts = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts:
            fixed = re.sub(rb"<c ([^<>]*)><f>(HYPERLINK[^<]*)</f><v ?/?>(?:</v>)?</c>", shown, content)
            archive.writestr(entry, fixed)
