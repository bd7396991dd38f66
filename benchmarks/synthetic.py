"""Synthetic credentials in the toolkit's template: as many as wanted, faults at fixed rates, the same every time."""

import csv
from pathlib import Path

import duckdb

DECLARED = """\
template_version: "1"
provider_name: Synthetic provider
provider_type: higher_education
route: course
hours_basis: total
learner_data: full
awards_handed_in: all
columns_handed_in: all
"""

_ROWS = """
SELECT
    'SYN-' || i AS credential_id,
    CASE WHEN i % 997 = 0 THEN NULL ELSE 'Course number ' || (i % 400) END AS title,
    'en' AS title_language,
    'Person ' || i AS learner_name,
    (1000000 + i)::VARCHAR AS learner_number,
    'DE' AS country,
    CASE WHEN i % 1009 <> 0 THEN 'Synthetic provider' END AS awarding_body,
    (DATE '2026-01-01' + (i % 200)::INT)::VARCHAR AS issued,
    'explains topic ' || (i % 400) || ' | applies method ' || (i % 37) AS learning_outcomes,
    CASE WHEN i % 50 = 1 THEN NULL ELSE ((i % 12) + 1)::VARCHAR END AS ects,
    (((i % 12) + 1) * CASE WHEN i % 40 = 0 THEN 12 ELSE 26 END)::VARCHAR AS workload_hours,
    CASE WHEN i % 300 = 0 THEN '9' ELSE (5 + i % 3)::VARCHAR END AS eqf_level,
    CASE i % 3 WHEN 0 THEN 'short' WHEN 1 THEN 'first' ELSE CASE WHEN i % 60 = 2 THEN 'first' ELSE 'second' END END
        AS cycle,
    CASE WHEN i % 33 = 0 THEN NULL WHEN i % 500 = 7 THEN 'attendance' ELSE 'written examination' END AS assessment_type,
    (DATE '2026-01-01' + (i % 200)::INT + CASE WHEN i % 80 = 0 THEN 5 ELSE -10 END)::VARCHAR AS assessment_date,
    'blended' AS participation,
    CASE WHEN i % 7 = 0 THEN NULL ELSE 'institutional accreditation' END AS quality_assurance,
    CASE WHEN i % 3 = 0 THEN NULL ELSE 'none' END AS prerequisites,
    CASE WHEN i % 4 = 0 THEN NULL ELSE '1,7' END AS grade
FROM range(1, {records} + 1) AS t(i)
"""


def write_submission(folder: Path, records: int) -> Path:
    """Write ``credentials.csv`` and ``submission.yaml``; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    target = (folder / "credentials.csv").as_posix()
    duckdb.sql(f"COPY ({_ROWS.format(records=records)}) TO '{target}' (HEADER, DELIMITER ',')")
    (folder / "submission.yaml").write_text(DECLARED, encoding="utf-8")
    return folder


def write_as_europe_exports_it(source: Path, folder: Path) -> Path:
    """The same table in Windows-1250, with semicolons and decimal commas, beside the same declarations; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (source / "credentials.csv").open(encoding="utf-8", newline="") as given,
        (folder / "credentials.csv").open("w", encoding="cp1250", newline="") as written,
    ):
        writer = csv.writer(written, delimiter=";")
        rows = csv.reader(given)
        writer.writerow(next(rows))
        writer.writerows([*row[:6], f"Zkouška {row[1]}", *row[7:]] if row[1] else row for row in rows)
    (folder / "submission.yaml").write_text(DECLARED, encoding="utf-8")
    return folder


def write_workbook(source: Path, folder: Path, columns: int = 30) -> Path:
    """The same table as an XLSX workbook, widened to so many columns; the folder."""
    import openpyxl

    folder.mkdir(parents=True, exist_ok=True)
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Credentials")
    with (source / "credentials.csv").open(encoding="utf-8", newline="") as given:
        rows = csv.reader(given)
        header = next(rows)
        more = columns - len(header)
        sheet.append([*header, *(f"remark {number}" for number in range(more))])
        for row in rows:
            sheet.append([*(int(cell) if cell.isdecimal() else cell for cell in row), *["as agreed"] * more])
    workbook.save(folder / "credentials.xlsx")
    (folder / "submission.yaml").write_text(DECLARED, encoding="utf-8")
    return folder
