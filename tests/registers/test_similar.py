"""Names that may mean one organisation: proposed, within a country, never by a part of the name alone."""

import pytest

from qa_toolkit.registers.similar import possible_matches

KNOWN = {
    "CZ": [("D1", "Univerzita Dolní Smyšlená"), ("D2", "Střední škola řemesel")],
    "DE": [("D3", "Hochschule Wellenberg")],
}


@pytest.mark.parametrize(
    ("country", "name", "expected"),
    [
        ("DE", "Hochschule Wellenberg", "D3"),
        ("DE", "hochschule  WELLENBERG.", "D3"),
        ("DE", "Wellenberg, Hochschule", "D3"),
        ("DE", "Hochschule Wellenburg", "D3"),
        ("CZ", "Univerzita Dolni Smyslena", "D1"),
        ("AT", "Hochschule Wellenberg", None),
        ("DE", "Hochschule", None),
        ("DE", "Akademie am See", None),
        ("DE", "", None),
    ],
)
def test_a_name_close_to_an_entry_of_the_same_country_is_proposed(
    country: str, name: str, expected: str | None
) -> None:
    """Without case, accents, punctuation and order of words."""
    found = possible_matches([(country, name)], KNOWN)

    assert found.get((country, name), (None, ""))[0] == expected
