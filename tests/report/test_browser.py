"""The pages in a browser: accessible, complete without JavaScript, loading nothing, fitting a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa_toolkit.report.agency import Agency
from tests.report.build import (
    example_batch_result,
    example_result,
    example_result_beside_others,
    with_text_everywhere,
)
from tests.report.pages import render

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
LOGO = (
    "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI0IiBoZWlnaHQ9IjQiPjxwYXRo"
    "IGQ9Ik0wIDBoNHY0eiIvPjwvc3ZnPg=="
)
PAGES = ("index.html", "hochschule-beispielstadt/report.html", "zz-kleine-werkstatt/report.html")

AGENCY = Agency("Agentur Musterland", LOGO, "#6b0f1a", "#c98d93")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return render(example_batch_result(), tmp_path_factory.mktemp("browser") / "audit", agency=AGENCY)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a run with one submission."""
    return render(example_result(), tmp_path_factory.mktemp("browser") / "alone")


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of several frameworks."""
    return render(example_result_beside_others(), tmp_path_factory.mktemp("browser") / "beside") / PAGES[1]


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_the_page_of_one_submission(scheme: str, browser: Any, alone: Path) -> None:
    """It has sections of its own."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = opened(browser, alone / "index.html", color_scheme=scheme)

    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_further_frameworks_and_their_cross_walk(
    scheme: str, browser: Any, beside: Path
) -> None:
    """Each with charts of its own."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = opened(browser, beside, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [360, 640, 1280])
def test_a_page_of_several_frameworks_does_not_scroll_sideways(width: int, browser: Any, beside: Path) -> None:
    """The cross-walk scrolls by itself."""
    page = opened(browser, beside, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_search_among_findings_leaves_further_frameworks_in_sight(browser: Any, beside: Path) -> None:
    """It narrows the findings alone."""
    page = opened(browser, beside)

    page.get_by_label("Search").fill("zzz")

    assert page.locator(".framework:visible").count() == 2


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

    asked.remove((audit / name).as_uri())
    assert set(asked) <= {LOGO}  # which is part of the page
    assert said == []


@pytest.mark.parametrize("width", [360, 640, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_does_not_scroll_sideways(name: str, width: int, browser: Any, audit: Path) -> None:
    """Wide tables scroll by themselves, also with everything opened; 640 is a screen of 1280 at 200 % zoom."""
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
    entries = page.locator(".check, .question").count()
    assert page.locator("[data-shown]").inner_text() == f"9 of {entries} checks and questions shown"


def test_a_search_finds_words_in_any_order_and_without_accents_and_says_how_many(browser: Any, audit: Path) -> None:
    """Only what holds every word is shown; a live region says how many; nothing found is said too."""
    page = opened(browser, audit / PAGES[1])
    shown = page.locator(".check:visible, .question:visible")
    open_before = page.locator("details.criterion[open]").count()

    page.get_by_label("Search").fill("CRÉDITS hours")
    assert shown.evaluate_all("found => found.map(one => one.id)") == ["check-SIZ-02"]
    assert page.locator("[data-shown]").inner_text().startswith("1 of ")
    assert page.locator("[data-shown]").evaluate("one => one.tagName") == "OUTPUT"  # a live region by itself
    assert page.locator(".principle:visible").count() == 1

    page.get_by_label("Search").fill("zzz")
    assert shown.count() == 0
    assert page.locator("[data-shown]").inner_text().startswith("None of the ")

    page.get_by_role("button", name="Show everything").click()
    page.wait_for_function("!document.querySelector('.check[hidden]')")
    assert page.locator("details.criterion[open]").count() == open_before
    assert page.locator("[data-shown]").inner_text() == ""


def test_search_and_status_narrow_together_with_the_keyboard_alone(browser: Any, audit: Path) -> None:
    """Tab, letters and arrow keys are enough."""
    page = opened(browser, audit / PAGES[1])

    page.get_by_label("Search").focus()
    page.keyboard.type("credentials rest on")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.get_by_label("Search").fill("date of issuing")
    both = page.locator(".check:visible").count()
    page.get_by_label("Show checks").press("n")  # the first status that begins with it: not met

    kinds = page.locator(".check:visible").evaluate_all("found => found.map(one => one.dataset.kind)")
    assert set(kinds) == {"fail"}
    assert 0 < len(kinds) < both


def test_a_place_is_copied_by_a_button(browser: Any, audit: Path) -> None:
    """The place and nothing else; what was done is said."""
    page = opened(browser, audit / PAGES[1], permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy: file 1, sheet Credentials, row 225").first.click()

    page.wait_for_function("document.querySelector('[data-said]').textContent !== ''")
    assert page.locator("[data-said]").inner_text() == "Copied: file 1, sheet Credentials, row 225"
    assert page.evaluate("navigator.clipboard.readText()") == "file 1, sheet Credentials, row 225"


def test_without_a_clipboard_the_place_is_selected_instead(browser: Any, audit: Path) -> None:
    """Some browsers allow no page from a file to write there."""
    page = opened(browser, audit / PAGES[1])
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")

    page.get_by_role("button", name="Copy: file 1, sheet Credentials, row 225").first.click()

    page.wait_for_function("document.querySelector('[data-said]').textContent !== ''")
    assert page.evaluate("getSelection().toString()") == "file 1, sheet Credentials, row 225"


def test_paper_holds_everything_whatever_is_searched_for_on_the_screen(browser: Any, audit: Path) -> None:
    """And the screen keeps its search when the printing is done."""
    page = opened(browser, audit / PAGES[1])
    page.get_by_label("Search").fill("SIZ-02")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".check[hidden], .question[hidden], .principle[hidden]").count() == 0
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".check:visible").count() == 1


def test_the_contents_are_printed_and_the_controls_are_not(browser: Any, audit: Path) -> None:
    """Parts and their numbers; where an engine cannot look ahead there are no page numbers beside them."""
    page = opened(browser, audit / PAGES[1])

    page.emulate_media(media="print")

    assert page.locator("nav.contents a").first.is_visible()
    assert page.locator(".controls, .copy").locator("visible=true").count() == 0
    assert page.locator("thead").first.evaluate("one => getComputedStyle(one).display") == "table-header-group"
    assert page.locator("tbody tr").first.evaluate("one => getComputedStyle(one).breakInside") == "avoid"


HOSTILE = (
    "</style></script><script>window.hit = 1</script>\"'><img src=x onerror='window.hit = 1'>"
    "<svg onload='window.hit = 1'>{{ 7 * 7 }} عنوان من اليمين إلى اليسار כותרת \u202eeltit"
)


@pytest.mark.parametrize("name", PAGES)
def test_a_script_and_a_right_to_left_title_in_every_field_run_nothing_and_break_nothing(
    name: str, browser: Any, tmp_path: Path
) -> None:
    """Nothing executes, nothing is asked for, the page does not widen, and its parts stay where they belong."""
    hostile = render(with_text_everywhere(example_batch_result(), HOSTILE), tmp_path / "audit")
    page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto((hostile / name).as_uri(), wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    assert page.evaluate("window.hit") is None
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("footer").count() == 1
    assert page.locator("main h1, img").count() == 0
    # An override that a title leaves open would turn what follows it: the page's own words still run left to right.
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"
    if name != "index.html":
        page.get_by_label("Search").fill("כותרת")
        assert page.locator(".check:visible").count() > 5


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
