"""``result.json``: the audit result as a file, read back, and its published JSON Schema.

Everything else that is written is a view of this file.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from qa_toolkit.problems import AuditError, Problem, ProblemKind
from qa_toolkit.result import SCHEMA_VERSION, AuditResult

FILE_NAME = "result.json"
_DIGITS = 6
"""Scores, shares and weights are kept to six decimals: enough to recompute, the same on every machine."""


class ResultFileError(AuditError):
    """A file is no audit result of this version."""

    def __init__(self, problem: Problem) -> None:
        super().__init__((problem,))
        self.problem = problem


def to_json(result: AuditResult) -> str:
    """The result as JSON text: sorted keys, floats to six decimals, a newline at the end."""
    plain = _rounded(TypeAdapter(AuditResult).dump_python(result, mode="json"))
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def from_json(text: str) -> AuditResult:
    """The result in a JSON text.

    Raises:
        ResultFileError: it is no result, or of another schema version.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        raise _error("The file is not JSON", str(error)) from None
    version = document.get("schema_version") if isinstance(document, dict) else None
    if version != SCHEMA_VERSION:
        raise _error("The file is not an audit result of this version", f"its schema_version is {version!r}")
    try:
        return TypeAdapter(AuditResult).validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(str(part) for part in first["loc"])
        raise _error("The audit result is damaged", f"{first['msg']} at /{place}") from None


def write_result(result: AuditResult, folder: Path) -> AuditResult:
    """Write ``result.json`` into the folder and return what it says, so that every view shows the same numbers."""
    text = to_json(result)
    (folder / FILE_NAME).write_text(text, encoding="utf-8", newline="\n")
    return from_json(text)


def read_result(path: str | Path) -> AuditResult:
    """Read a result from ``result.json`` or from the audit folder that holds it.

    Raises:
        ResultFileError: there is none, or it cannot be read.
    """
    path = Path(path)
    file = path / FILE_NAME if path.is_dir() else path
    try:
        return from_json(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is not UTF-8 text"
        raise _error(f"There is no audit result to read in {path.name}", reason) from None


def result_schema() -> dict[str, Any]:
    """The JSON Schema of ``result.json``."""
    schema = TypeAdapter(AuditResult).json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"qa-toolkit audit result, version {SCHEMA_VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value


def _error(what: str, why: str) -> ResultFileError:
    fix = "Give the result.json, or the folder, that 'qa-toolkit audit' wrote."
    sentence = f"{why[:1].upper()}{why[1:].rstrip('.')}."
    return ResultFileError(Problem(ProblemKind.FILE, what, "the result given", sentence, fix))
