"""The pages in a browser: accessible, complete without JavaScript, loading nothing, fitting a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.report.build import example_batch_result
from tests.report.pages import render

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
PAGES = ("index.html", "hochschule-beispielstadt/report.html", "zz-kleine-werkstatt/report.html")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return render(example_batch_result(), tmp_path_factory.mktemp("browser") / "audit")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


def opened(browser: Any, path: Path, **context: Any) -> Any:
    page = browser.new_context(**context).new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(name: str, scheme: str, browser: Any, audit: Path) -> None:
    """WCAG 2.2 AA as far as a machine can tell, everything opened."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = opened(browser, audit / name, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_no_request_leaves_the_page(name: str, browser: Any, audit: Path) -> None:
    """The file itself is all that is asked for, and the policy blocks nothing that the page needs."""
    page = browser.new_context().new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto((audit / name).as_uri(), wait_until="networkidle")

    assert asked == [(audit / name).as_uri()]
    assert said == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_does_not_scroll_sideways(name: str, width: int, browser: Any, audit: Path) -> None:
    """Wide tables scroll by themselves, also with everything opened."""
    page = opened(browser, audit / name, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_cells_of_the_heat_map_stay_wide_enough_to_read(browser: Any, audit: Path) -> None:
    """The table scrolls; its columns are not squeezed to a letter."""
    page = opened(browser, audit / "index.html", viewport={"width": 360, "height": 800})

    widths = page.eval_on_selector_all("table.heat td.cell", "cells => cells.map(cell => cell.offsetWidth)")

    assert len(widths) == 30
    assert min(widths) >= 60


def test_without_javascript_everything_is_there(browser: Any, audit: Path) -> None:
    """Every criterion opens by itself, nothing waits for the script, and its controls do not show."""
    page = opened(browser, audit / PAGES[1], java_script_enabled=False)
    closed = page.locator("details.criterion:not([open]) > summary")

    assert page.locator("[data-controls]").is_hidden()
    number = closed.count()
    assert number > 10
    closed.first.click()
    assert closed.count() == number - 1
    assert page.locator("details.criterion[open] .question").first.is_visible()


def test_the_script_opens_closes_and_filters(browser: Any, audit: Path) -> None:
    """What it adds: all open, all closed, only the checks of one status."""
    page = opened(browser, audit / PAGES[1])
    open_criteria = page.locator("details.criterion[open]")
    checks = page.locator(".check:visible")

    page.get_by_role("button", name="Close all criteria").click()
    assert open_criteria.count() == 0
    page.get_by_role("button", name="Open all criteria").click()
    assert open_criteria.count() == page.locator("details.criterion").count()
    page.get_by_label("Show checks").select_option("fail")

    assert checks.count() == page.locator(".check[data-kind=fail]").count() == 9
    assert page.locator("[data-shown]").inner_text() == "Checks shown: 9"


def test_a_link_into_a_closed_criterion_opens_it(browser: Any, audit: Path) -> None:
    """From the table of coverage to a question."""
    page = opened(browser, audit / PAGES[1])

    page.locator("a[href='#criterion-1.2']").click()

    page.wait_for_selector("details[id='criterion-1.2'][open]")


def test_the_table_of_providers_sorts_by_a_principle(browser: Any, audit: Path) -> None:
    """Best first, then worst first; said to assistive technology too."""
    page = opened(browser, audit / "index.html")
    head = page.locator("th", has=page.get_by_role("button", name="Valid assessment"))
    first = page.locator("table.heat tbody th a").first

    head.get_by_role("button").click()
    assert (head.get_attribute("aria-sort"), first.inner_text()) == ("descending", "Hochschule Beispielstadt")
    head.get_by_role("button").click()
    assert (head.get_attribute("aria-sort"), first.inner_text()) == ("ascending", "Akademia Przykład sp. z o.o.")


def test_print_shows_what_is_closed_on_the_screen(browser: Any, audit: Path) -> None:
    """Paper has no click."""
    page = opened(browser, audit / PAGES[1], java_script_enabled=False)
    question = page.get_by_text("Who looks at your organisation from outside")

    assert not question.is_visible()
    page.emulate_media(media="print")
    assert question.bounding_box()["height"] > 0


def test_everything_can_be_reached_with_the_keyboard(browser: Any, audit: Path) -> None:
    """The first stop leads past the contents; every scrolling table is a stop with a name."""
    page = opened(browser, audit / PAGES[1])

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip"
    regions = page.locator(".scroll")
    assert regions.count() > 3
    assert all(regions.nth(n).get_attribute("tabindex") == "0" for n in range(regions.count()))
    assert all(regions.nth(n).get_attribute("aria-label") for n in range(regions.count()))
