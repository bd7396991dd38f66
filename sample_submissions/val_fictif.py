"""Académie des Ateliers du Val Fictif, an invented French employer's academy: 24 awards as an OpenDocument spreadsheet.

14 of them by validation of experience (VAE). Staff are known by numbers that the academy made up for this purpose;
there is no name in the table.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from open_document import Value, write_spreadsheet
from planting import Planted, Table, informs, write_declarations

SUBMISSION = "academie-val-fictif"
FILE = "attestations_2026.ods"
FIRST_ROW = 4
RECORDS = 24

# title, hours, assessment after a course, participation, outcomes
OFFERS = (
    ("Réaliser une soudure TIG sur aluminium", 35, "épreuve pratique", "présentiel",
     ("prépare les pièces à souder", "règle le poste à souder", "réalise un cordon sans défaut visible")),
    ("Conduite d'une ligne de moulage", 42, "épreuve pratique", "en milieu de travail",
     ("démarre la ligne selon la consigne", "corrige une dérive de température", "consigne les incidents")),
    ("Contrôle dimensionnel des pièces", 21, "examen écrit", "hybride",
     ("choisit l'instrument de mesure", "mesure une pièce selon le plan", "rédige un relevé de contrôle")),
    ("Tutorat en atelier", 14, "travail de projet", "hybride",
     ("accueille un nouvel arrivant", "explique un geste professionnel", "évalue une progression")),
)  # fmt: skip
BY_VALIDATION = tuple(index for index in range(RECORDS) if index % 12 in (0, 2, 3, 5, 7, 8, 10))

HEADINGS = {
    "credential_id": "N° d'attestation",
    "learner_number": "Matricule",
    "title": "Intitulé",
    "route": "Parcours",
    "learning_outcomes": "Acquis d'apprentissage",
    "workload_hours": "Durée (heures)",
    "eqf_level": "Niveau CEC",
    "participation": "Modalité de participation",
    "assessment_type": "Modalité d'évaluation",
    "assessment_date": "Date d'évaluation",
    "grade": "Résultat",
    "issued": "Date de délivrance",
}
TABLE = Table(SUBMISSION, FIRST_ROW, HEADINGS, sheet="Attestations", sheet_number=1)

DECLARED = {
    "submission_id": SUBMISSION,
    "provider_name": "Académie des Ateliers du Val Fictif",
    "provider_country": "FR",
    "provider_type": "employer",
    "provider_identifier": "FR-SIRET-00000000000000",
    "period_start": "2026-01-01",
    "period_end": "2026-09-30",
    "hours_basis": "total",
    "learner_data": "pseudonymised",
    "awards_handed_in": "all",
    "columns_handed_in": "all",
    "declared_total": RECORDS,
    "country": "FR",
    "awarding_body": "Académie des Ateliers du Val Fictif",
    "quality_assurance": "assurance qualité interne",
    "language": "fr",
}


def make(folder: Path, seed: int) -> list[Planted]:
    """Write the table and its declarations, and return what is planted in them."""
    random = Random(seed)
    rows = [_honest(index, random) for index in range(RECORDS)]
    planted = _plant(rows) + _set_traps() + _inform()
    write_declarations(folder, "Ce que l'académie déclare une fois pour toutes ses attestations.", DECLARED)
    title = f"Attestations 2026 : {DECLARED['provider_name']}"
    table: list[list[Value]] = [[title], [], list(HEADINGS.values())]
    table += [[row[name] for name in HEADINGS] for row in rows]
    notes: list[list[Value]] = [["Les matricules sont des pseudonymes ; la clé reste à l'académie."]]
    write_spreadsheet(folder / FILE, {"Attestations": table, "Notes": notes})
    return planted


def _honest(index: int, random: Random) -> dict[str, Value]:
    title, hours, assessment, participation, outcomes = OFFERS[index % len(OFFERS)]
    issued = date(2026, 1, 20) + timedelta(days=random.randrange(0, 240))
    validation = index in BY_VALIDATION
    return {
        "credential_id": f"AVF-2026-{index + 1:03d}",
        "learner_number": f"P-{random.getrandbits(24):06x}",
        "title": title,
        "route": "VAE" if validation else "formation",
        "learning_outcomes": "\n".join(outcomes),
        "workload_hours": hours,
        "eqf_level": "sans objet",
        "participation": "" if validation else participation,
        "assessment_type": "dossier de preuves\nexamen oral" if validation else assessment,
        "assessment_date": issued - timedelta(days=random.randrange(1, 15)),
        "grade": "acquis",
        "issued": issued,
    }


def _plant(rows: list[dict[str, Value]]) -> list[Planted]:
    planted: list[Planted] = []

    def defect(check: str, index: int, column: str, value: Value, note: str, case: str = "") -> None:
        rows[index][column] = value
        planted.append(TABLE.planted(check, index, column, note, case))

    defect("EL-07", 6, "workload_hours", "", "blank")
    defect("EL-09", 7, "assessment_type", "", "a validation that does not say how")
    issued = rows[13]["issued"]
    assert isinstance(issued, date)
    defect("ASM-08", 13, "assessment_date", issued + timedelta(days=5), "assessed five days after issue")
    defect("LO-04", 16, "learning_outcomes", rows[16]["title"], "the only outcome is the title once more")
    defect("VAL-05", 18, "workload_hours", "2 jours", "two days, of how many hours? (asks)", case="other_unit")
    defect("EL-05", 21, "issued", "", "blank", case="missing")
    return planted


def _set_traps() -> list[Planted]:
    """Honest oddities: anything said about them is a false alarm."""
    traps = [
        TABLE.planted("EL-10", index, "participation", "by validation, there was no course", kind="trap")
        for index in BY_VALIDATION
    ]
    for check, column, note in (
        ("EL-01", ("learner_number",), "a pseudonym identifies"),
        ("AUT-01", ("learner_number",), "no birth date beside a pseudonym"),
        ("EL-08", ("eqf_level",), "'does not apply' is an answer"),
        ("EL-11", ("quality_assurance",), "said once: internal quality assurance is a full answer"),
        ("EL-14", ("grade",), "'acquis' is a full answer"),
        ("ASM-06", ("grade",), "'acquis' needs no scheme"),
        ("SIZ-09", ("ects", "workload_hours"), "hours are enough outside of higher education"),
    ):
        traps += [TABLE.planted(check, index, column, note, kind="trap") for index in (0, 1)]
    return traps


def _inform() -> list[Planted]:
    return [
        informs(SUBMISSION, check, count, note)
        for check, count, note in (
            ("EL-12", RECORDS, "no column"),
            ("EL-13", RECORDS, "no column"),
            ("EL-14", 0, "'acquis' on all"),
            ("EL-18", 0, "a date of issue stands on 23 of 24"),
            ("REC-01", 2, "one without workload, one without assessment"),
            ("EL-15", RECORDS, "no column"),
            ("EL-16", RECORDS, "no column"),
            ("EL-20", 0, "what has no column is said once"),
            ("DAT-05", 0, f"{RECORDS} declared, {RECORDS} handed in"),
            ("DAT-11", 0, "said: all awards of the period"),
        )
    ]
