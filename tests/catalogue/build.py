"""Small folders of checks, complete and right, from which each test takes something away."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.models import Catalogue


def check(check_id: str = "TST-01", **changes: Any) -> dict[str, Any]:
    """A right check as a check file holds it; ``changes`` overwrite keys, None takes one away."""
    written: dict[str, Any] = {
        "id": check_id,
        "title": "The title is stated",
        "tables": ["credentials"],
        "element": "title",
        "role": "scores",
        "severity": "major",
        "failed": "The title is missing",
        "expect": {"type": "expect_column_values_to_be_in_set", "column": "title_stated", "value_set": [True]},
        "shows": ["title"],
        "why": "Nobody can ask for an award without a name.",
        "fix": "Write the title, for example Welding.",
        "source": [{"ref": "A law", "place": "Article 1", "tag": "cited"}],
        "examples": {"pass": [{"title": "Welding"}], "fail": [{"title_cause": "empty"}]},
    }
    return {key: value for key, value in (written | changes).items() if value is not None}


def between(check_id: str = "TST-01", **changes: Any) -> dict[str, Any]:
    """A right check on a number."""
    expect = {"type": "expect_column_values_to_be_between", "column": "ects", "min_value": 0}
    examples = {"pass": [{"ects": 5}], "fail": [{"ects": -1}]}
    return check(
        check_id, **({"element": "workload", "expect": expect, "shows": ["ects"], "examples": examples} | changes)
    )


def case(key: str, **changes: Any) -> dict[str, Any]:
    """One case of a check with several."""
    whole = check()
    return {"key": key} | {name: whole[name] for name in ("role", "severity", "failed", "expect")} | changes


def with_cases(*cases: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A right check with these cases, and a failing example for each."""
    failing = [{"case": one["key"], "title_cause": "empty"} for one in cases]
    examples = {"pass": [{"title": "Welding"}], "fail": failing}
    single = dict.fromkeys(("role", "severity", "failed", "expect"))
    return check(**({**single, "cases": list(cases), "examples": examples} | changes))


def framework(*checks: str, **changes: Any) -> dict[str, Any]:
    """A right framework of one criterion that names the checks."""
    criterion = {"id": "2.1", "title": "It is named", "weight": 1, "mode": "partial", "checks": list(checks)}
    written: dict[str, Any] = {
        "id": "own",
        "title": "Our own",
        "version": "1",
        "source": "A law",
        "about": "For tests.",
        "principles": [{"key": "transparency", "weight": 1, "criteria": [criterion]}],
        "hand_in": [],
        "gates": [],
        "bands": [{"key": "meets", "lowest": 90}, {"key": "does_not_meet", "lowest": 0}],
        "least_scored_principles": 1,
        "coverage": {"band": 0.8, "provisional_band": 0.5},
        "small_number": 30,
    }
    return {key: value for key, value in (written | changes).items() if value is not None}


HEADING = {
    "key": "transparency",
    "number": 2,
    "title": "Transparency",
    "summary": "One can read it.",
    "source": [{"ref": "A law", "tag": "judgement"}],
}

QUESTION = {"id": "Q2.1", "text": "Is it true?", "good_evidence": "A reading.", "not_enough": "A claim."}


def write(folder: Path, files: Mapping[str, Any]) -> Path:
    """Write files given as path -> text or what YAML dumps."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
    return folder


def folder_with(folder: Path, *checks: dict[str, Any], **files: Any) -> Path:
    """A right folder: one principle with the checks, and a framework that names them all."""
    return write(
        folder,
        {
            "principles/02-transparency.yaml": HEADING | {"checks": list(checks)},
            "frameworks/own.yaml": files.get("framework") or framework(*(one["id"] for one in checks)),
        },
    )


def catalogue_with(folder: Path, *checks: dict[str, Any], **files: Any) -> Catalogue:
    """That folder, loaded."""
    return load_catalogue(folder_with(folder, *checks, **files))
