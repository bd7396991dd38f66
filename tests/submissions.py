"""Small invented submissions for tests: complete, honest credentials, from which each test takes something away."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

DECLARATIONS: dict[str, object] = {
    "template_version": "1",
    "provider_name": "Hochschule Beispielstadt",
    "provider_country": "DE",
    "provider_type": "higher_education",
    "period_start": "2025-10-01",
    "period_end": "2026-09-30",
    "route": "course",
    "hours_basis": "total",
    "learner_data": "full",
    "awards_handed_in": "all",
    "columns_handed_in": "all",
}

COLUMNS = (
    "credential_id",
    "title",
    "title_language",
    "learner_name",
    "learner_number",
    "learner_birth_date",
    "country",
    "awarding_body",
    "issued",
    "valid_from",
    "learning_outcomes",
    "ects",
    "workload_hours",
    "eqf_level",
    "cycle",
    "assessment_type",
    "assessment_date",
    "participation",
    "quality_assurance",
    "activity_start",
    "activity_end",
)


def credential(number: int = 1, **changes: str) -> dict[str, str]:
    """One honest, complete credential as a row of the template; ``changes`` overwrite single cells."""
    return {
        "credential_id": f"HB-2026-{number:04d}",
        "title": "Data protection in small enterprises",
        "title_language": "en",
        "learner_name": f"Testa Beispielfrau {number}",
        "learner_number": f"9{number:06d}",
        "learner_birth_date": "1990-05-17",
        "country": "DE",
        "awarding_body": "Hochschule Beispielstadt",
        "issued": "2026-07-01",
        "valid_from": "2026-07-01",
        "learning_outcomes": "explains the duties of a controller\ndrafts a record of processing",
        "ects": "5",
        "workload_hours": "130",
        "eqf_level": "6",
        "cycle": "first",
        "assessment_type": "written examination",
        "assessment_date": "2026-06-15",
        "participation": "blended",
        "quality_assurance": "institutional accreditation",
        "activity_start": "2026-03-01",
        "activity_end": "2026-06-15",
    } | changes


def write_submission(
    folder: Path,
    rows: Iterable[Mapping[str, str]],
    columns: Iterable[str] = COLUMNS,
    **declarations: object,
) -> Path:
    """Write a CSV of the template with its submission.yaml into a new folder; None leaves a declaration out."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = list(columns)
    with (folder / "credentials.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    declared = {key: value for key, value in (DECLARATIONS | declarations).items() if value is not None}
    (folder / "submission.yaml").write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
    return folder
