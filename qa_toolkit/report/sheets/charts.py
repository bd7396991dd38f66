"""Native charts over the cells of a sheet: each with title, titles of its axes and a text alternative."""

from collections.abc import Sequence

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.title import Title, title_maker
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.text import CharacterProperties, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.workbook import describe

BAR, SECOND, INK = "1F4E79", "B45309", "1F2937"
PATTERNS = ((None, "2E7D32"), ("wdUpDiag", "B3261E"), ("pct50", "6B7280"), ("ltHorz", "6B7280"))
"""Of the parts of stacked bars: each tells itself apart by its pattern as well."""


def score_bars(sheet: Worksheet, head: int, last: int, words: Sequence[str], alternative: str) -> BarChart:
    """Scores of 100, a bar each: names in the second column, scores in the third. ``words``: title, both axes."""
    chart = _bars(words, alternative)
    chart.add_data(Reference(sheet, min_col=3, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=2, min_row=head + 1, max_row=last))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.majorUnit = 0, 100, 25
    chart.legend, chart.gapWidth = None, 40
    chart.dataLabels = _labels()
    chart.series[0].graphicalProperties.solidFill = BAR
    chart.height, chart.width = 11.5, 24
    return chart


def stacked_bars(
    sheet: Worksheet, head: int, last: int, columns: Sequence[int], words: Sequence[str], alternative: str
) -> BarChart:
    """How the records of each row divide: names in the first column, one part a column."""
    chart = _bars(words, alternative)
    chart.grouping, chart.overlap, chart.gapWidth = "stacked", 100, 35
    for column, look in zip(columns, PATTERNS, strict=True):
        _add(chart, Reference(sheet, min_col=column, min_row=head, max_row=last), look)
    chart.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=last))
    chart.y_axis.scaling.min = 0
    chart.height, chart.width = 14, 26
    return chart


def spread_bars(
    sheet: Worksheet, head: int, last: int, columns: Sequence[int], words: Sequence[str], alternative: str
) -> BarChart:
    """Lowest, median and highest of each row as three bars: names in the second column."""
    chart = _bars(words, alternative)
    chart.gapWidth, chart.overlap = 45, 0
    for column, look in zip(columns, (PATTERNS[2], (None, BAR), ("wdUpDiag", BAR)), strict=True):
        _add(chart, Reference(sheet, min_col=column, min_row=head, max_row=last), look)
    chart.set_categories(Reference(sheet, min_col=2, min_row=head + 1, max_row=last))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.majorUnit = 0, 100, 25
    chart.height, chart.width = 15, 26
    return chart


def pareto(sheet: Worksheet, head: int, last: int, words: Sequence[str], alternative: str) -> BarChart:
    """Bars of findings and the line of their cumulative share: names in column 1, findings in 4, the line in 6.

    ``words``: title, the axis of names, the axis of findings, the axis of shares.
    """
    chart = BarChart()
    chart.type, chart.gapWidth = "col", 40
    chart.add_data(Reference(sheet, min_col=4, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=last))
    chart.series[0].graphicalProperties.solidFill = BAR
    chart.dataLabels = _labels()
    chart.y_axis.scaling.min, chart.y_axis.number_format, chart.y_axis.majorGridlines = 0, "#,##0", None
    line = LineChart()
    line.add_data(Reference(sheet, min_col=6, min_row=head, max_row=last), titles_from_data=True)
    series = line.series[0]
    series.graphicalProperties.line.solidFill, series.graphicalProperties.line.width = SECOND, 25400
    series.smooth = False
    series.marker = Marker(symbol="circle", size=7, spPr=GraphicalProperties(solidFill=SECOND))
    line.y_axis.axId, line.y_axis.crosses = 200, "max"
    line.y_axis.scaling.min, line.y_axis.scaling.max, line.y_axis.majorUnit = 0, 1, 0.25
    line.y_axis.number_format, line.y_axis.majorGridlines, line.y_axis.delete = "0%", None, False
    line.y_axis.title = _titled(words[3])
    chart += line
    _finish(chart, words, alternative)
    chart.height, chart.width = 13, 26
    return chart


def _bars(words: Sequence[str], alternative: str) -> BarChart:
    chart = BarChart()
    chart.type = "bar"
    chart.x_axis.scaling.orientation, chart.x_axis.tickLblSkip = "maxMin", 1
    chart.y_axis.majorGridlines, chart.y_axis.number_format, chart.y_axis.crosses = None, "#,##0", "max"
    _finish(chart, words, alternative)
    return chart


def _add(chart: BarChart, numbers: Reference, look: tuple[str | None, str]) -> None:
    """Add a column of numbers, its head first, as bars of this pattern and colour."""
    chart.add_data(numbers, titles_from_data=True)
    _shade(chart.series[-1].graphicalProperties, *look)


def _shade(look: GraphicalProperties, pattern: str | None, colour: str) -> None:
    if pattern is None:
        look.solidFill = colour
    else:
        look.pattFill = PatternFillProperties(
            prst=pattern,  # type: ignore[arg-type]
            fgClr=ColorChoice(srgbClr=colour),  # type: ignore[arg-type]
            bgClr=ColorChoice(srgbClr="FFFFFF"),  # type: ignore[arg-type]
        )
    look.line.solidFill = colour


def _finish(chart: BarChart, words: Sequence[str], alternative: str) -> None:
    chart.title, chart.style = _titled(words[0], 1300, bold=True), 10
    chart.x_axis.title, chart.y_axis.title = _titled(words[1]), _titled(words[2])
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend = Legend()
    chart.legend.position = "b"
    describe(chart, alternative)


def _titled(text: str, size: int = 1000, *, bold: bool = False) -> Title:
    """A title in the body's ink; ``size`` in hundredths of a point."""
    look = CharacterProperties(sz=size, b=bold, solidFill=INK)
    title: Title = title_maker(text)
    assert title.tx is not None
    assert title.tx.rich is not None
    for paragraph in title.tx.rich.paragraphs:
        paragraph.pPr = ParagraphProperties(defRPr=look)
        for run in paragraph.r:
            run.rPr = look
    title.overlay = False
    return title


def _labels() -> DataLabelList:
    """Numbers at the bars, written as in their cells."""
    return DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False)
