"""Charts as inline SVG: drawn by matplotlib, coloured by the page, the same bytes every time.

Each chart is a strip that stands in a row of the table that holds its numbers. It carries a title and a description;
its colours are custom properties of the stylesheet, so that it follows light, dark and print. Shapes differ as well as
colours: a dot on a range, segments of different height and hatching.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"

TONES = (
    "ink",
    "rule",
    "ground",
    "zone",
    "meets",
    "largely_meets",
    "partly_meets",
    "does_not_meet",
    "none",
    "pass",
    "in_part",
    "fail",
    "review",
    "not_assessed",
    "not_applicable",
)
"""Names of colours; the stylesheet gives each as the custom property ``--tone-<name>``."""
_STAND_IN = {tone: f"#0{number:x}f0e1" for number, tone in enumerate(TONES)}

STRIP_WIDTH, WIDE, STRIP_HEIGHT = 180.0, 760.0, 22.0
_EDGE = 7.0
"""Room at either end, so that a dot at 0 or 100 is whole."""
_HATCHED = ("not_assessed",)
_HEIGHT = {"fail": 0.72, "in_part": 0.86, "review": 0.86, "not_assessed": 0.58, "not_applicable": 0.3, "rule": 0.3}
"""Share of the strip's height: a segment is told by its shape too."""


@dataclass(frozen=True)
class Segment:
    """A part of a stacked strip: how much, and the tone that says what it is."""

    amount: float
    tone: str


def score_strip(
    name: str,
    score: float | None,
    low: float | None,
    high: float | None,
    thresholds: Sequence[float],
    tone: str,
    title: str,
    description: str,
) -> Markup:
    """A score as a dot on its range, on a scale from 0 to 100 with the lowest scores of the bands marked.

    Args:
        name: unique on the page; ids of the drawing begin with it.
        score, low, high: points of 100; None where nothing was assessed.
        thresholds: the lowest score of each band.
        tone: colour of the dot, one of ``TONES``.
        title, description: the chart in words.
    """
    artists: list[Any] = []
    middle = STRIP_HEIGHT / 2
    bounds = [*sorted({0.0, *thresholds}), 100.0]
    for number, (start, end) in enumerate(pairwise(bounds)):
        if number % 2:
            artists.append(_box(_x(start), 2, _x(end) - _x(start), STRIP_HEIGHT - 4, "zone"))
    artists.append(_line((_x(0), _x(100)), (middle, middle), "rule", 1.0, dashed=score is None))
    artists += [_line((_x(at), _x(at)), (2, STRIP_HEIGHT - 2), "rule", 0.8) for at in bounds[1:-1]]
    if score is not None:
        if low is not None and high is not None:
            artists.append(_line((_x(low), _x(high)), (middle, middle), tone, 4.0, alpha=0.38))
        artists.append(_dot(_x(score), middle, 5.2, tone))
    return _drawn(STRIP_WIDTH, STRIP_HEIGHT, artists, name, title, description)


def stacked_strip(
    name: str, segments: Sequence[Segment], title: str, description: str, *, width: float = STRIP_WIDTH
) -> Markup:
    """Amounts as segments of one strip. What could not be checked is hatched, what does not apply is a thin line.

    Args:
        name: unique on the page.
        segments: in the order of reading; those of amount 0 are left out.
        title, description: the chart in words.
        width: of the drawing; the height is the same for all.
    """
    total = sum(segment.amount for segment in segments)
    artists: list[Any] = []
    if not total:
        artists.append(_line((0, width), (STRIP_HEIGHT / 2, STRIP_HEIGHT / 2), "rule", 1.0, dashed=True))
    place = 0.0
    for segment in segments:
        if not segment.amount:
            continue
        length = width * segment.amount / total
        height = (STRIP_HEIGHT - 4) * _HEIGHT.get(segment.tone, 1.0)
        hatched = segment.tone in _HATCHED
        # A gap of half a point keeps neighbours apart without colour; a sliver keeps at least one point of width.
        artists.append(
            _box(place, (STRIP_HEIGHT - height) / 2, max(length - 0.8, 1.0), height, segment.tone, hatched=hatched)
        )
        place += length
    return _drawn(width, STRIP_HEIGHT, artists, name, title, description, kind="strip stacked")


def dot_strip(name: str, scores: Sequence[float], thresholds: Sequence[float], title: str, description: str) -> Markup:
    """The scores of several submissions as dots on one scale; dots on the same spot grow darker.

    Args:
        name: unique on the page.
        scores: points of 100.
        thresholds: the lowest score of each band.
        title, description: the chart in words.
    """
    middle = STRIP_HEIGHT / 2
    bounds = [*sorted({0.0, *thresholds}), 100.0]
    artists: list[Any] = [
        _box(_x(start), 2, _x(end) - _x(start), STRIP_HEIGHT - 4, "zone")
        for number, (start, end) in enumerate(pairwise(bounds))
        if number % 2
    ]
    artists.append(_line((_x(0), _x(100)), (middle, middle), "rule", 1.0, dashed=not scores))
    # A thousand providers on one strip are drawn by half points: one dot where many are.
    spots = sorted({round(score * 2) / 2 for score in scores})
    artists += [_dot(_x(spot), middle, 4.4, "ink", alpha=0.55) for spot in spots]
    return _drawn(STRIP_WIDTH, STRIP_HEIGHT, artists, name, title, description)


def _x(points: float) -> float:
    return _EDGE + (STRIP_WIDTH - 2 * _EDGE) * points / 100


def _line(
    x: tuple[float, float], y: tuple[float, float], tone: str, width: float, *, alpha: float = 1.0, dashed: bool = False
) -> Any:
    from matplotlib.lines import Line2D
    from matplotlib.transforms import IdentityTransform

    return Line2D(
        x, y, color=_STAND_IN[tone], linewidth=width, alpha=alpha, linestyle=(0, (2, 3)) if dashed else "-",
        solid_capstyle="round", transform=IdentityTransform(),
    )  # fmt: skip


def _dot(x: float, y: float, radius: float, tone: str, alpha: float = 1.0) -> Any:
    from matplotlib.patches import Circle
    from matplotlib.transforms import IdentityTransform

    return Circle(
        (x, y), radius, facecolor=_STAND_IN[tone], edgecolor=_STAND_IN["ground"], linewidth=1.2, alpha=alpha,
        transform=IdentityTransform(),
    )  # fmt: skip


def _box(x: float, y: float, width: float, height: float, tone: str, *, hatched: bool = False) -> Any:
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import IdentityTransform

    return Rectangle(
        (x, y), width, height,
        facecolor=_STAND_IN["ground"] if hatched else _STAND_IN[tone],
        edgecolor=_STAND_IN[tone] if hatched else "none",
        hatch="////" if hatched else None,
        linewidth=0.8,
        transform=IdentityTransform(),
    )  # fmt: skip


def _drawn(
    width: float, height: float, artists: Sequence[Any], name: str, title: str, description: str, kind: str = "strip"
) -> Markup:
    # matplotlib takes half a second to import: only who renders a report waits for it.
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with rc_context({"svg.hashsalt": "qa-toolkit", "svg.fonttype": "none", "path.simplify": False}):
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        FigureCanvasSVG(figure)
        figure.patch.set_visible(False)
        for layer, artist in enumerate(artists):
            artist.set_zorder(layer)
            artist.set_clip_on(False)
            figure.add_artist(artist)
        stream = StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return _inline(stream.getvalue(), width, height, name, title, description, kind)


def _inline(svg: str, width: float, height: float, name: str, title: str, description: str, kind: str) -> Markup:
    """The drawing without what matplotlib adds for files of its own, named and ready to stand in a page."""
    root = ElementTree.fromstring(svg)
    referred = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))
    body = []
    for child in root:
        tag = child.tag.removeprefix(f"{{{_SVG}}}")
        if tag == "metadata" or (tag == "defs" and child.find(f"{{{_SVG}}}style") is not None):
            continue
        body.append(_element(child, name, referred))
    label = f"{name}-title {name}-desc"
    return Markup(
        '<svg class="{kind}" role="img" aria-labelledby="{label}" viewBox="0 0 {width:g} {height:g}"'
        '{stretch} stroke-linejoin="round">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>{body}</svg>'
    ).format(
        label=label,
        kind=kind,
        # Segments may be stretched to the height the page gives them; a dot must stay round.
        stretch=Markup(' preserveAspectRatio="none"') if kind != "strip" else "",
        width=width,
        height=height,
        name=name,
        title=title,
        description=description,
        body=Markup("".join(body)),
    )


def _element(element: ElementTree.Element, name: str, referred: set[str]) -> str:
    tag = element.tag.removeprefix(f"{{{_SVG}}}")
    attributes: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key == "id" and value in referred:
            attributes["id"] = f"{name}-{value}"
        elif key == _LINK:
            attributes["href"] = value.replace("#", f"#{name}-")
        elif key == "fill":  # a custom property works in a style, not in an attribute
            attributes["style"] = _page_colours(f"fill: {value}")
        elif key != "id":
            attributes[key] = _page_colours(value.replace("url(#", f"url(#{name}-"))
    inside = "".join(_element(child, name, referred) for child in element)
    if tag == "g" and not attributes:
        return inside
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def _page_colours(style: str) -> str:
    for tone, stand_in in _STAND_IN.items():
        style = style.replace(stand_in, f"var(--tone-{tone.replace('_', '-')})")
    return style
