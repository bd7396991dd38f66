"""``qa-toolkit schema``: the published schema of ``result.json``."""

import json

import typer


def schema() -> None:
    """Print the JSON Schema of result.json."""
    from qa_toolkit.report.result_json import result_schema

    typer.echo(json.dumps(result_schema(), ensure_ascii=False, indent=2, sort_keys=True))
