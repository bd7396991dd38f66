"""Kulleġġ Ħaġar Fittizja, an invented Maltese college before its accreditation: eight offers, a profile, no award yet.

A catalogue in the columns of the template, and what the college says of itself. Nobody was awarded anything yet, so
there is no learner in it.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from planting import Planted, Table, informs, write_declarations

SUBMISSION = "kullegg-hagar-fittizja"
FILE = "offers.csv"
FIRST_ROW = 2

DECLARED = {
    "submission_id": SUBMISSION,
    "provider_name": "Kulleġġ Ħaġar Fittizja",
    "provider_country": "MT",
    "provider_type": "vet",
    "provider_identifier": "MT-REG-00000000",
    "period_start": "2026-01-01",
    "period_end": "2026-12-31",
    "hours_basis": "total",
    "awards_handed_in": "all",
    "columns_handed_in": "all",
}

PROFILE = """# What the college says of itself before its accreditation.
name: Kulleġġ Ħaġar Fittizja
provider_type: vet
country: MT
identifiers: ["registration:MT-REG-00000000"]
isced_f: ["0411", "0612", "0732", "0811", "1013", "1022"]
website: https://hagar-fittizja.example
catalogue_url: https://hagar-fittizja.example/offers
quality_policy: https://hagar-fittizja.example/quality
recognition_policy: https://hagar-fittizja.example/recognition
admits_on_credentials: yes
validation_procedure: https://hagar-fittizja.example/prior-learning
complaints_procedure: https://hagar-fittizja.example/complaints
accessibility_statement: https://hagar-fittizja.example/access
final_level_guarantor: Head of studies
learners_in_quality_assurance: yes
credential_format: European Digital Credential
quality_assurance: [internal quality assurance]
holders_followed: a yearly survey, first planned for 2027
"""

# title, code, hours, contact hours, ects, level, ISCED-F, assessment with parts, outcomes, entry level, group
OFFERS = (
    ("Repairing dry-stone walls", "HF-01", 125, 40, 5, 4, "0732",
     ("practical examination 70 %: 1, 2", "portfolio 30 %: 3"),
     ("chooses stones for a wall", "rebuilds a collapsed section", "documents a repair"),
     "no earlier knowledge", "farm workers and people who look after land"),
    ("Keeping accounts for a small shop", "HF-02", 75, 25, 3, 4, "0411",
     ("written examination 60 %: 1, 2", "project 40 %: 3"),
     ("records sales and purchases", "reconciles a till with the books", "prepares a monthly statement"),
     "reckons with percentages", "owners and staff of small shops"),
    ("Setting up a home network", "HF-03", 50, 20, 2, 4, "0612",
     ("practical examination 100 %: 1, 2, 3",),
     ("connects devices by cable and radio", "protects a network with a password", "finds a common fault"),
     "uses a computer daily", "people who advise neighbours and clubs"),
    ("Growing herbs in dry soil", "HF-04", 50, 15, 2, 3, "0811",
     ("portfolio 50 %: 1, 2", "oral examination 50 %: 3"),
     ("prepares a bed with little water", "propagates herbs from cuttings", "advises on plants for shade"),
     "no earlier knowledge", "gardeners of hotels and municipalities"),
    ("Guiding visitors through a harbour", "HF-05", 100, 30, 4, 5, "1013",
     ("practical examination 80 %: 1, 2", "written examination 20 %: 3"),
     ("leads a group along a safe route", "explains three trades of the harbour", "adapts a tour to its visitors"),
     "speaks two languages at level B2", "people who work with visitors"),
    ("Safe work on scaffolds", "HF-06", 25, 10, 1, 3, "1022",
     ("practical examination 60 %: 1", "written examination 40 %: 2"),
     ("checks a scaffold before use", "reports a defect without delay"),
     "no earlier knowledge", "building workers with a first contract"),
    ("Building with limestone", "HF-07", 250, 80, 10, 4, "0732",
     ("project 100 %: 1, 2, 3",),
     ("plans a small building in limestone", "cuts and lays blocks to a drawing", "protects stone from salt"),
     "has completed Repairing dry-stone walls or shows the same", "masons and restorers"),
    ("Serving at table", "HF-08", 75, 30, 3, 3, "1013",
     ("practical examination 100 %: 1, 2, 3",),
     ("lays a table for six courses", "serves food and drink to guests", "settles a complaint at table"),
     "no earlier knowledge", "seasonal staff of restaurants"),
)  # fmt: skip
COLUMNS = (
    "offer_id", "title", "title_language", "country", "awarding_body", "learning_outcomes", "ects", "workload_hours",
    "contact_hours", "eqf_level", "assessment_type", "assessments", "assessment_criteria", "participation",
    "quality_assurance", "quality_assurance_body", "quality_assurance_reference", "prerequisites", "supervision",
    "stackability", "part_of", "parts", "parts_compulsory", "further_information", "language", "isced_f", "route",
    "target_group", "entry_level", "need_evidence", "need_evidence_date", "partners", "content_updated", "url",
    "contact", "price", "start_date", "end_date", "duration", "self_paced", "alternatives", "accessibility",
    "audience", "prior_learning", "credential_format", "approved", "approved_by", "reviewed", "published",
    "withdrawn", "entry_updated", "feedback_collected",
)  # fmt: skip
TABLE = Table(SUBMISSION, FIRST_ROW, {name: name for name in COLUMNS})

# check, case, offer, the column that it points at ('' for the row), what is written otherwise, note
DEFECTS: tuple[tuple[str, str, int, str, Mapping[str, str], str], ...] = (
    ("ASM-04", "", 1, "assessments",
     {"assessments": "written examination 60 %: 1, 2 | project 30 %: 3"}, "the weights add up to 90 %"),
    ("ASM-03", "", 3, "assessments",
     {"assessments": "portfolio 50 %: 1 | oral examination 50 %: 2"}, "no part covers the third outcome"),
    ("REL-01", "", 4, "target_group", {"target_group": ""}, "for whom it is, is not said"),
    ("INF-07", "before_approval", 5, "approved", {"published": "2026-04-01"}, "published before its approval"),
    ("PTH-02", "circle", 0, "parts", {"parts": "HF-07"}, "a part of what is a part of it"),
    ("PTH-02", "circle", 6, "parts", {"parts": "HF-01"}, "a part of what is a part of it"),
    ("PTH-04", "", 7, "stackability",
     {"stackability": "guaranteed admission to the bachelor"}, "promises what others decide (asks)"),
    ("INF-02", "", 7, "contact", {"contact": ""}, "nobody to ask"),
    ("SIZ-05", "", 2, "contact_hours", {"contact_hours": "5"}, "5 of 50 hours, too few under the scheme mt"),
)  # fmt: skip


def make(folder: Path, seed: int) -> list[Planted]:
    """Write catalogue, profile and declarations, and return what is planted; nothing is left to chance here."""
    del seed
    write_declarations(folder, "What the college says once for all its offers.", DECLARED)
    (folder / "provider.yaml").write_text(PROFILE, encoding="utf-8", newline="\n")
    rows = [_offer(*offer) for offer in OFFERS]
    planted = []
    for check, case, index, column, values, note in DEFECTS:
        rows[index] |= values
        planted.append(TABLE.planted(check, index, column, note, case=case))
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return [*planted, informs(SUBMISSION, "QUA-25", 1, "four indicators of EQAVET wait for the first awards")]


def _offer(
    title: str,
    code: str,
    hours: int,
    contact_hours: int,
    ects: int,
    level: int,
    field: str,
    assessments: tuple[str, ...],
    outcomes: tuple[str, ...],
    entry_level: str,
    group: str,
) -> dict[str, str]:
    """An offer that says all that is asked of one."""
    page = f"https://hagar-fittizja.example/offers/{code.lower()}"
    return dict.fromkeys(COLUMNS, "") | {
        "offer_id": code,
        "title": title,
        "title_language": "en",
        "country": "MT",
        "awarding_body": "Kulleġġ Ħaġar Fittizja",
        "learning_outcomes": " | ".join(outcomes),
        "ects": str(ects),
        "workload_hours": str(hours),
        "contact_hours": str(contact_hours),
        "eqf_level": str(level),
        "assessment_type": assessments[0].rsplit(" ", 3)[0] if "%" in assessments[0] else assessments[0],
        "assessments": " | ".join(assessments),
        "assessment_criteria": f"{page}/criteria",
        "participation": "onsite",
        "quality_assurance": "internal quality assurance",
        "prerequisites": "none",
        "supervision": "supervised with ID verification",
        "stackability": "stand-alone",
        "further_information": page,
        "language": "en",
        "isced_f": field,
        "route": "course",
        "target_group": group,
        "entry_level": entry_level,
        "need_evidence": "survey of the island's chamber of trades",
        "need_evidence_date": "2025-11-10",
        "partners": "Invented Chamber of Trades",
        "content_updated": "2026-03-02",
        "url": page,
        "contact": "Study office",
        "price": "free",
        "start_date": "2026-10-05",
        "end_date": "2026-12-11",
        "duration": "10 weeks",
        "self_paced": "no",
        "alternatives": "evening group; recordings",
        "accessibility": "step-free rooms; captions; support on request",
        "audience": "open",
        "prior_learning": "portfolio and interview",
        "credential_format": "European Digital Credential",
        "approved": "2026-04-20",
        "approved_by": "Board of studies",
        "reviewed": "2026-06-15",
        "published": "2026-05-04",
        "entry_updated": "2026-08-20",
        "feedback_collected": "yes",
    }
