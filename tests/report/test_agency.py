"""The agency's name, logo and colour: what is taken, what is refused and why."""

import base64
from pathlib import Path

import pytest

from qa_toolkit.report.agency import DARK_GROUNDS, LARGEST_LOGO, Agency, AgencyError, agency_from, contrast

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">{}</svg>'


def reasons(table: dict[str, object], folder: Path) -> list[str]:
    """Place and reason of everything that is refused."""
    with pytest.raises(AgencyError) as refused:
        agency_from(table, folder)
    return [f"{problem.place}: {problem.why} {problem.fix}" for problem in refused.value.problems]


def test_a_name_alone_is_enough(tmp_path: Path) -> None:
    """Logo and colour are for who has them."""
    assert agency_from({"name": " Agentur Musterland "}, tmp_path) == Agency("Agentur Musterland")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("logo.png", PIXEL, "image/png"), ("logo.svg", SVG.format('<path d="M0 0h4v4z"/>').encode(), "image/svg+xml")],
)
def test_a_logo_travels_inside_the_page(name: str, content: bytes, kind: str, tmp_path: Path) -> None:
    """By its content, not by its name, byte for byte."""
    (tmp_path / name).write_bytes(content)

    logo = agency_from({"name": "A", "logo": name}, tmp_path).logo

    assert logo == f"data:{kind};base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (SVG.format("<script>alert(1)</script>"), "holds a <script>"),
        (SVG.format("<foreignObject/>"), "holds a <foreignobject>"),
        (SVG.format('<g onload="alert(1)"/>'), "has the attribute onload"),
        (SVG.format('<a href="javascript:alert(1)"/>'), "outside itself"),
        (SVG.format('<image href="https://example.org/x.png"/>'), "outside itself"),
        (SVG.format('<image href="data:image/svg+xml,x"/>'), "outside itself"),
        (SVG.format("<style>@import 'x';</style>"), "loads something"),
        (SVG.format('<rect style="fill:url(https://example.org/a)"/>'), "loads something"),
        (SVG.format("<rect fill=\"url('https://example.org/a')\"/>"), "loads something"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "document type"),
        ('<svg viewBox="0 0 4 4"/>', "neither a PNG nor an SVG"),
        ("GIF89a", "neither a PNG nor an SVG"),
        ("", "neither a PNG nor an SVG"),
    ],
)
def test_a_logo_that_could_do_more_than_be_seen_is_refused(content: str, why: str, tmp_path: Path) -> None:
    """Nothing runs, nothing is loaded, nothing hides."""
    (tmp_path / "logo.svg").write_text(content, encoding="utf-8")

    (reason,) = reasons({"name": "A", "logo": "logo.svg"}, tmp_path)

    assert reason.startswith("[agency], key logo: logo.svg")
    assert why in reason


def test_a_gradient_of_its_own_is_no_reason_to_refuse_a_logo(tmp_path: Path) -> None:
    """A reference within the file loads nothing."""
    drawing = '<defs><linearGradient id="g"/></defs><rect fill="url(#g)" style="stroke: url( \'#g\' )"/>'
    (tmp_path / "logo.svg").write_text(SVG.format(drawing), encoding="utf-8")

    assert agency_from({"name": "A", "logo": "logo.svg"}, tmp_path).logo is not None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (PIXEL[:40], "damaged"),
        (PIXEL[:16] + b"\x00\x00\x27\x10" + PIXEL[20:], "10000 by 1 pixels"),
        (PIXEL + b"0" * LARGEST_LOGO, "larger than 200 kB"),
    ],
)
def test_a_picture_that_is_damaged_or_too_large_is_refused(content: bytes, why: str, tmp_path: Path) -> None:
    """It would stand in every report of a run."""
    (tmp_path / "logo.png").write_bytes(content)

    assert why in reasons({"name": "A", "logo": "logo.png"}, tmp_path)[0]


# Ratios by an independent calculator: black 21, #767676 4.54, #777777 4.48 on white.
@pytest.mark.parametrize(("one", "ratio"), [("#000000", 21.0), ("#767676", 4.54), ("#777777", 4.48), ("#ffffff", 1.0)])
def test_contrast_is_measured_as_the_accessibility_guidelines_say(one: str, ratio: float) -> None:
    """On white."""
    assert contrast(one, "#ffffff") == pytest.approx(ratio, abs=0.005)


def test_a_colour_in_which_text_cannot_be_read_is_refused_with_one_that_can(tmp_path: Path) -> None:
    """Yellow has next to no contrast with a light ground; the fix names a shade that passes."""
    (reason,) = reasons({"name": "A", "colour": "#ffff00"}, tmp_path)

    offered = reason.partition('colour = "')[2][:7]
    assert "has a contrast of 1.01 to 1" in reason
    assert "4.5 to 1 is needed" in reason
    assert agency_from({"name": "A", "colour": offered}, tmp_path).colour == offered


@pytest.mark.parametrize("colour", ["#12415e", "#000000", "#6b0f1a"])
def test_in_the_dark_the_colour_is_as_light_as_text_needs(colour: str, tmp_path: Path) -> None:
    """The same hue, readable on both dark grounds."""
    agency = agency_from({"name": "A", "colour": colour}, tmp_path)

    assert agency.colour == colour
    assert agency.colour_in_the_dark is not None
    assert min(contrast(agency.colour_in_the_dark, ground) for ground in DARK_GROUNDS) >= 4.5


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "http://agency.example", "https://", "https://user@agency.example", 'https://a"b']
)
def test_a_link_is_taken_only_where_it_can_be_opened_safely(link: str, tmp_path: Path) -> None:
    """A script, an open connection, a name and password in the address, a quotation mark: refused."""
    (reason,) = reasons({"name": "A", "link": link}, tmp_path)

    assert reason.startswith("[agency], key link")
    assert (
        agency_from({"name": "A", "link": "https://agency.example/a?b=c"}, tmp_path).link
        == "https://agency.example/a?b=c"
    )


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Four mistakes, four reasons."""
    table: dict[str, object] = {
        "color": "#000000",
        "logo": "none.png",
        "colour": "red; } body { display: none",
        "name": 7,
    }

    told = reasons(table, tmp_path)

    assert [one.partition(":")[0] for one in told] == [
        "[agency], key color",
        "[agency], key name",
        "[agency], key logo",
        "[agency], key colour",
    ]
    assert "Did you mean 'colour'?" in told[0]
    assert "none.png cannot be read" in told[2]
