"""Charts say in words what they draw, take their colours from the page, and are the same bytes every time."""

import re
import subprocess
import sys
from xml.etree import ElementTree

from qa_toolkit.report.charts import Segment, dot_strip, score_strip, stacked_strip

BANDS = (90.0, 75.0, 50.0, 0.0)


def some_strip(name: str = "one", score: float | None = 80.0) -> str:
    low, high = (60.0, 90.0) if score is not None else (None, None)
    return score_strip(name, score, low, high, BANDS, "largely_meets", "Quality", "Score 80, range 60 to 90.")


def hatched_strip(name: str) -> str:
    return stacked_strip(name, [Segment(3, "pass"), Segment(1, "not_assessed")], "Title", "3 and 1")


def centre_of_dot(svg: str) -> float:
    """The middle of the drawing's curved path, the only one: the dot."""
    paths = [re.findall(r"-?[\d.]+", found) for found in re.findall(r'd="([^"]*C [^"]*)"', svg)]
    xs = [float(number) for number in paths[0][::2]]
    return (min(xs) + max(xs)) / 2


def test_a_chart_is_an_image_with_a_title_and_a_description() -> None:
    """Whoever does not see it hears the same."""
    svg = ElementTree.fromstring(some_strip())

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "one-title one-desc"
    assert [(part.get("id"), part.text) for part in svg if part.tag in ("title", "desc")] == [
        ("one-title", "Quality"),
        ("one-desc", "Score 80, range 60 to 90."),
    ]


def test_the_dot_stands_where_the_score_is() -> None:
    """The strip runs from 7 to 173: a score of 0 at one end, of 100 at the other, of 50 in the middle."""
    assert [round(centre_of_dot(some_strip(score=score)), 3) for score in (0.0, 50.0, 100.0)] == [7.0, 90.0, 173.0]


def test_segments_are_as_long_as_their_amounts() -> None:
    """Of 180 points of width three quarters are 135: the second segment starts there."""
    starts = [float(x) for x in re.findall(r'd="M ([\d.]+) ', stacked_strip("a", _three_to_one(), "t", "d"))]

    assert starts == [0.0, 135.0]


def _three_to_one() -> list[Segment]:
    return [Segment(3, "pass"), Segment(1, "fail")]


def test_no_score_has_no_dot() -> None:
    """Nothing assessed is not a score of 0."""
    assert "C " not in some_strip(score=None)


def test_the_same_chart_is_the_same_bytes_in_another_process() -> None:
    """No random ids, no dates."""
    program = "from tests.report.test_charts import hatched_strip; print(hatched_strip('x'), end='')"
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert other.stdout == hatched_strip("x")


def test_ids_of_two_charts_on_a_page_differ() -> None:
    """A hatch of one chart must not be looked up in another."""
    ids = [re.findall(r'id="([^"]+)"', hatched_strip(name)) for name in ("one", "two")]

    assert len(ids[0]) == 3
    assert not set(ids[0]) & set(ids[1])


def test_what_a_chart_refers_to_is_in_it() -> None:
    """The hatch is found."""
    svg = hatched_strip("one")

    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(re.findall(r'id="([^"]+)"', svg))
    assert "url(#" in svg


def test_every_colour_is_the_page_s() -> None:
    """Light, dark and print decide."""
    for svg in (some_strip(), hatched_strip("one"), dot_strip("d", [1.0, 99.0], BANDS, "t", "d")):
        assert not re.findall(r"#[0-9a-fA-F]{6}", svg)
        assert "var(--tone-" in svg


def test_a_chart_brings_no_style_sheet_of_its_own() -> None:
    """matplotlib writes a rule for every element of the page; it must not reach it."""
    assert "<style" not in hatched_strip("one")


def test_text_in_a_chart_is_escaped() -> None:
    """A provider's name is text, never markup."""
    svg = stacked_strip("one", [Segment(1, "pass")], "<script>", "a & b")

    assert "<script>" not in svg
    assert ElementTree.fromstring(svg).findtext("title") == "<script>"


def test_matplotlib_is_imported_only_to_draw() -> None:
    """A command that renders nothing does not wait for it."""
    program = "import sys, qa_toolkit.report.html; print('matplotlib' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "False"
