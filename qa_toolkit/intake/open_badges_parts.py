"""The nodes of an Open Badge that hold its elements, and how single values of them are read."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from qa_toolkit.intake.elm_nodes import Node
from qa_toolkit.intake.values import parse_day


@dataclass(frozen=True)
class Parts:
    """The nodes of a badge that hold its elements."""

    credential: Node
    claims: Node
    """Claims of the token around it: iss, sub, jti, nbf, exp stand for what the credential leaves out."""
    subject: Node
    achievement: Node


def own_text(node: Node, name: str) -> str | None:
    """A text or number of the object itself: an identifier is not a reference to follow."""
    value: Any = node.value.get(name) if isinstance(node.value, dict) else None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return str(value).strip() or None


def moment(claims: Node, name: str) -> Node | None:
    """A time of a token, seconds since 1970, as a date-time."""
    value = claims.value.get(name) if isinstance(claims.value, dict) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        text = datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return None
    return Node(text, f"{claims.pointer}/{name}", claims.document) if parse_day(text).day else None
