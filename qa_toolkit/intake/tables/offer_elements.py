"""Of each element of an offer how firmly it is stated, or why it is not: the same shape as for credentials."""

from collections.abc import Mapping
from typing import Any

from qa_toolkit.records.tables import OFFER_ELEMENTS

_CODED: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "country": ("country",),
    "awarding_body": ("awarding_body",),
    "learning_outcomes": ("learning_outcomes",),
    "workload": ("ects", "credits", "workload_hours"),
    "level": ("eqf_level", "cycle"),
    "assessment_type": ("assessment_types",),
    "participation": ("participation_modes",),
    "quality_assurance": ("quality_assurance_types",),
}
"""Element -> the columns any of which states it in figures or by a code; other elements are words."""

_OF_A_DECISION = (
    "title",
    "country",
    "awarding_body",
    "learning_outcomes",
    "workload",
    "level",
    "assessment_type",
    "quality_assurance",
)
DECISION_CARRIES: Mapping[str, str | None] = dict.fromkeys(_OF_A_DECISION, "")
"""Elements that a row of DEQAR's template has a column for. The row itself is the quality assurance it states."""


def state_elements(
    offer: Mapping[str, Any], raw: Mapping[str, str | None], stated: Mapping[str, bool]
) -> dict[str, Any]:
    """The offer with ``<element>_raw``, ``_strength`` and ``_cause`` of each element.

    Args:
        offer: canonical column -> value.
        raw: element -> its text as found, '' where blank; an element that is not there has no column.
        stated: element -> whether words stand there that are no placeholder; absent where only values tell.
    """
    values = dict(offer)
    decision = not stated
    if decision and offer.get("decision_agency"):
        values["quality_assurance_raw"] = " · ".join(
            text for text in (offer.get("decision_agency"), offer.get("decision")) if text
        )
    for element in OFFER_ELEMENTS:
        columns = _CODED.get(element, ())
        coded = any(offer.get(column) not in (None, "", []) for column in columns)
        local = element == "level" and bool(offer.get("nqf_level"))
        said = coded or local or stated.get(element, False) or (decision and f"{element}_raw" in values)
        if element in raw:
            values.setdefault(f"{element}_raw", raw[element] or None)
        if said:
            words = "local_code" if local else "free_text"
            values[f"{element}_strength"] = "structured" if coded else words
        elif element not in raw:
            values[f"{element}_cause"] = "not_carried" if decision else "column_absent"
        else:
            values[f"{element}_cause"] = "placeholder" if raw[element] else "empty"
    return values
