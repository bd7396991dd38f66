"""``[adoption]`` of ``qa-toolkit.toml``: which framework the agency adopted, on which legal basis, since when.

Keys beside the table's head hold for the main framework; ``[adoption.ID]`` holds for the framework of that id.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from qa_toolkit.problems import meant

KEYS = ("by", "legal_basis", "since", "until")
NEEDED = KEYS[:3]
OF_MAIN = ""
"""Stands for the main framework, whichever it is."""

Refuse = Callable[[str, str, str, str], None]
"""Told what, at which key, why and how to mend it."""


def read_adoptions(table: Mapping[str, object], refuse: Refuse) -> dict[str, dict[str, str]]:
    """Framework id -> key -> text, days as ISO texts; every mistake is told to ``refuse``."""
    flat = {key: value for key, value in table.items() if not isinstance(value, dict)}
    read = {OF_MAIN: _read(flat, "adoption", refuse)} if flat else {}
    for name, inner in table.items():
        if isinstance(inner, dict):
            read[name] = _read(inner, f"adoption.{name}", refuse)
    return read


def _read(table: Mapping[str, object], place: str, refuse: Refuse) -> dict[str, str]:
    adoption: dict[str, str] = {}
    for key, value in table.items():
        where = f"{place}.{key}"
        if key not in KEYS:
            refuse(
                f"[{place}] has no key '{key}'", where, f"Keys are {', '.join(KEYS)}.", meant(key, KEYS, "Remove it.")
            )
        elif key in ("since", "until"):
            day = _day(value)
            if day is None:
                refuse(f"'{key}' is no day of the calendar", where, "Days are compared.", f"Write {key} = 2026-09-30.")
            else:
                adoption[key] = day
        elif not isinstance(value, str) or not value.strip():
            refuse(f"'{key}' is no text", where, "It takes a text.", f'Write {key} = "…".')
        else:
            adoption[key] = value.strip()
    for key in NEEDED:
        if key not in table:
            why = "An adoption names who adopted the framework, on which legal basis, since when."
            refuse(f"[{place}] lacks '{key}'", place, why, f"Add {key} = …")
    if adoption.get("until", "9999") < adoption.get("since", ""):
        refuse(
            "The adoption ends before it begins", f"{place}.until", "It would never hold.", "Correct one of the days."
        )
    return adoption


def _day(value: object) -> str | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        return date.fromisoformat(value.strip()).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
