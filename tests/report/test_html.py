"""The pages: what they say, that strangers' text stays text, that they need nothing from outside."""

import base64
import dataclasses
import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from qa_toolkit.messages import Messages
from qa_toolkit.report.agency import Agency
from qa_toolkit.report.view_run import ProviderRow, Spread
from qa_toolkit.result import AdoptionUsed, BrokenCheck, FileRead, MappingUsed, ProblemShown
from tests.report.build import example_batch_result, example_result, with_text_everywhere
from tests.report.pages import Page, render

ROOT = Path(__file__).parents[2]
PROVIDER = "hochschule-beispielstadt"


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return render(example_result(), tmp_path_factory.mktemp("one") / "audit")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return render(example_batch_result(), tmp_path_factory.mktemp("many") / "audit")


@pytest.fixture(scope="module")
def report(one: Path) -> Page:
    return Page(one / PROVIDER / "report.html")


@pytest.fixture(scope="module")
def index(many: Path) -> Page:
    return Page(many / "index.html")


def rows_of(page: Page, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, as texts."""
    found = next(e for e in page.all("caption") if e.text == caption).parent
    rows = [row for row in page.all("tr") if row.inside("tbody") and row.parent and row.parent.parent is found]
    return [[cell.text for cell in page.elements if cell.parent is row and cell.tag in ("td", "th")] for row in rows]


# What it says


def test_the_verdict_sentence_comes_first_and_counts_what_could_not_be_judged(report: Page) -> None:
    """28 criteria of the example: 3 met, 1 in part, 7 not met, 13 for a person, 0 not checked, 4 do not apply."""
    assert report.all("p", class_="sentence")[0].text == (
        "Of 28 criteria, 3 are met, 1 is met as far as the data show and 7 are not met;"
        " 13 are for a person to judge, 0 could not be checked and 4 do not apply."
    )


def test_without_enough_principles_the_report_says_why_there_is_no_overall_score(report: Page) -> None:
    """Five of ten have a score; seven are needed."""
    assert "5 of 10 principles have a score, 7 are needed" in report.by_id("verdict").text


def test_the_cover_shows_no_score(report: Page) -> None:
    """Whoever opens the report reads what it is before how it ends."""
    cover = report.all("header")[0].text

    assert "Machine proposal, not a decision" in cover
    assert not re.search(r"\d\d\.\d", cover)


def test_without_adoption_the_framework_is_used_for_orientation(report: Page) -> None:
    """A Council Recommendation binds no provider."""
    assert "Used for orientation: no agency has adopted it" in report.all("header")[0].text


def test_with_adoption_the_cover_says_by_whom(tmp_path: Path) -> None:
    """The agency, its legal basis, since when."""
    result = example_result()
    adopted = dataclasses.replace(
        result.framework, adoption=AdoptionUsed("Agentur Musterland", "Act 1, section 2", "2026-01-01", None)
    )

    cover = (
        Page(render(dataclasses.replace(result, framework=adopted), tmp_path / "audit") / PROVIDER / "report.html")
        .all("header")[0]
        .text
    )

    assert "Adopted by Agentur Musterland (Act 1, section 2) since 1 January 2026" in cover
    assert "orientation" not in cover


def test_the_scorecard_shows_ten_principles_with_score_range_coverage_and_band(report: Page) -> None:
    """The numbers are the result's, formatted; where nothing was assessed there is a dash, never a nought."""
    rows = rows_of(report, "Scores are points of 100. Coverage is the share of the principle that the data could show.")

    assert len(rows) == 10
    assert [rows[1][i] for i in (0, 1, 3, 4, 5)] == [
        "2 Transparency",
        "99.4",
        "86.6 to 99.5",
        "87.1 %",
        "largely meets the criteria",
    ]
    assert [rows[2][i] for i in (0, 1, 3, 4, 5)] == ["3 Relevance", "–", "–", "–", "nothing to assess"]


def test_what_to_fix_first_begins_with_the_most_points(report: Page) -> None:
    """Five blanks of 240 on a criterion that alone makes the score of its principle: 5/240 are 2.1 points."""
    fixes = report.by_id("fixes")

    assert fixes.text.index("The type of quality assurance is missing") < fixes.text.index("Attendance is the only")
    assert "+2.1" in fixes.text


def test_a_criterion_not_met_stands_open_and_every_other_is_closed(report: Page) -> None:
    """One sees what is wrong without a click."""
    kinds = {e.attributes["data-kind"]: "open" in e.attributes for e in report.all("details", class_="criterion")}
    opened = [e for e in report.all("details", class_="criterion") if "open" in e.attributes]

    assert kinds == {"fail": True, "review": False, "in_part": False, "pass": False, "not_applicable": False}
    assert {e.attributes["data-kind"] for e in opened} == {"fail"}


def test_a_score_unfolds_into_its_arithmetic(report: Page) -> None:
    """235 of 240 records without a fault, 5 with a critical one."""
    assert "235 × 1 + 5 × 0 = 235 points of 240: score 97.9" in report.by_id("criterion-1.1").text


def test_a_finding_says_expected_found_where_why_and_how_to_fix(report: Page) -> None:
    """Three of 236 whose workload is stated lie outside the range; four state none."""
    check = report.by_id("check-SIZ-02").text

    assert "Hours per ECTS credit lie outside the range of the country" in check
    assert "Expected hours per ects: at least 22.5 and at most 33" in check
    assert "Found 3 of 236 applicable records (it does not apply to 4)" in check
    assert "file 1, sheet Credentials, row 225" in check
    assert "ects: 5 · workload_hours: 53" in check
    labels = (
        "Expected",
        "Found",
        "Where file 1, sheet Credentials, row 225, and 2 more",
        "Why it matters",
        "How to fix",
    )
    places = [check.index(label) for label in labels]
    assert places == sorted(places)
    assert "Source" in check


def test_long_lists_are_cut_with_the_true_count_and_where_the_rest_is(many: Path) -> None:
    """Ten of 1,250, and where the others are."""
    page = Page(many / "akademia-przyklad" / "report.html")

    assert "and 1,240 more, see sheet Findings of the workbook" in page.by_id("check-EL-11").text
    assert page.by_id("check-EL-11").text.count("file 1, row") == 10 + 1  # the table, and where the first stands


def test_an_open_question_says_what_good_evidence_is_and_what_is_not_enough(report: Page) -> None:
    """A person can act on it."""
    text = report.by_id("criterion-1.2").text

    assert "Who looks at your organisation from outside" in text
    assert "Good evidence a dated document with its scope" in text
    assert "Not enough a sentence without date" in text


def test_a_check_that_only_informs_is_a_note_and_never_not_met(report: Page) -> None:
    """Leaving an optional element out is no fault."""
    check = report.by_id("check-EL-12")

    assert check.attributes["data-kind"] == "note"
    assert "not met" not in check.text


def test_what_could_not_be_checked_says_why(many: Path) -> None:
    """Learner data withheld: no pass, and the reason stands beside it."""
    check = Page(many / "zz-kleine-werkstatt" / "report.html").by_id("check-EL-01")

    assert "could not be checked" in check.text
    assert "The data handed in do not say what this check needs." in check.text


def test_below_thirty_records_the_counts_come_first(many: Path) -> None:
    """Twelve records: one is worth 100/12 points."""
    page = Page(many / "zz-kleine-werkstatt" / "report.html")

    assert "Only 12 records, fewer than 30: one record is worth 8.3 points." in page.by_id("scorecard").text
    assert "9 of 12 records without a fault; one record is worth 8.3 points." in page.by_id("criterion-4.1").text


def test_each_element_is_counted_by_how_it_is_stated(report: Page) -> None:
    """240 credentials, five without quality assurance; of 235 a quarter in free text."""
    rows = rows_of(report, "Mandatory elements, by number of credentials")

    assert len(rows) == 11
    assert rows[10][0] == "type of quality assurance"
    assert rows[10][2:7] == ["235 97.9 %", "0", "5 2.1 %", "0", "0"]
    assert rows[10][7] == "free text 58; structured 177 not stated 5"
    assert len(rows_of(report, "Optional elements, by number of credentials")) == 5


def test_files_are_named_by_number_with_their_hash(report: Page) -> None:
    """A file's name may hold a learner's."""
    assert rows_of(report, "Files handed in")[0] == [
        "file 1",
        "table",
        "read",
        "240",
        "48,213 bytes",
        "1f" * 32,
    ]


def test_problems_in_reading_say_place_why_and_fix(report: Page) -> None:
    """Whoever handed the file in can act."""
    data = report.by_id("data").text

    assert "A row was left out" in data
    assert "file 1, sheet Credentials, row 244" in data
    assert "It holds a total, not a credential." in data
    assert "Remove sums from the sheet." in data


def test_the_method_works_an_example_with_the_submission_s_own_numbers(report: Page) -> None:
    """The criterion with the lowest score: 234 of 240 rest on an assessment."""
    method = report.by_id("method").text

    assert "Criterion 4.1" in method
    assert "234 × 1 + 6 × 0 = 234 points of 240: score 97.5" in method
    assert "What this audit does not say" in method


def test_the_summary_has_at_most_120_words(many: Path) -> None:
    """Short enough to be read."""
    for page in many.glob("*/report.html"):
        assert 30 <= len(Page(page).all("p", class_="summary")[0].text.split()) <= 120


def test_the_footer_says_how_to_repeat_the_audit(report: Page) -> None:
    """Versions, command, hash, day."""
    footer = report.all("footer")[0].text

    for part in ("qa-toolkit 0.1.0", "Great Expectations 1.24.0", "0a" * 32, "--as-of 2026-09-30"):
        assert part in footer


def test_the_numbers_are_embedded_as_json(report: Page) -> None:
    """A machine reads what a person reads."""
    numbers = json.loads("".join(report.by_id("numbers").parts))

    assert numbers["submission_id"] == PROVIDER
    assert numbers["verdict"]["for_a_person"] == 13


# The run


def test_the_index_of_one_submission_leads_to_its_report(one: Path) -> None:
    """One click."""
    page = Page(one / "index.html")

    assert [a.attributes["href"] for a in page.all("a", class_="onward")] == [f"{PROVIDER}/report.html"]
    assert "Of 28 criteria" in page.by_id("main").text


def test_the_index_sets_every_provider_beside_the_others_with_words_in_each_cell(index: Page) -> None:
    """Score, judgement and how much was seen, fired knock-out criteria by name; colour only repeats it."""
    rows = rows_of(index, "Scores of every submission by principle")

    assert [row[0] for row in rows] == [
        "Akademia Przykład sp. z o.o. 3 of 28 criteria met, 7 not not met: Learning outcomes are stated"
        " not met: Every award was assessed at all not met: One identifier, one award",
        "Hochschule Beispielstadt 3 of 28 criteria met, 7 not"
        " not met: Every award was assessed at all not met: One identifier, one award (cap proposed)",
        "Kleine Werkstatt Musterdorf 4 of 28 criteria met, 3 not not met: Every award was assessed at all",
    ]
    assert rows[0][5] == "58.0 does not50 % seen, provisional"
    assert rows[1][3] == "99.4 largely87 % seen"
    assert rows[1][4] == "– not seen"


def test_the_index_links_to_every_report(many: Path, index: Page) -> None:
    """Every link leads somewhere."""
    links = [a.attributes["href"] for a in index.all("a") if a.attributes["href"].endswith("report.html")]

    assert len(links) == 3
    assert all((many / link).is_file() for link in links)


def test_a_link_survives_what_an_address_cannot_hold(tmp_path: Path) -> None:
    """A folder name is not an address: no part of it may be read as a scheme, a query or a fragment."""
    result = example_result()
    odd = dataclasses.replace(result.submissions[0], submission_id="javascript:1 #2?")
    folder = render(dataclasses.replace(result, submissions=(odd,)), tmp_path / "audit")

    link = Page(folder / "index.html").all("a", class_="onward")[0].attributes["href"]

    assert link == "javascript%3A1%20%232%3F/report.html"
    assert (folder / unquote(link)).is_file()


def test_causes_stand_by_the_findings_they_explain_with_the_sum_so_far(index: Page) -> None:
    """Quality assurance is missing on 5 + 1,250 records; all three miscount hours, on 3 + 1 + 310 records."""
    rows = rows_of(index, "Faults of all submissions by number of findings; findings that weigh nothing are left out")
    named = {row[0]: row for row in rows}
    total = int(rows[0][3].replace(",", "")) / float(rows[0][4].removesuffix(" %")) * 100

    assert rows[0][:4] == ["The type of quality assurance is missing EL-11", "1.1", "2 of 3", "1,255"]
    hours = named["Hours per ECTS credit lie outside the range of the country SIZ-02"]
    assert hours[1:4] == ["2.2", "3 of 3", "314"]
    assert float(hours[4].removesuffix(" %")) == pytest.approx(314 / total * 100, abs=0.1)
    numbers = [int(row[3].replace(",", "")) for row in rows]
    assert numbers == sorted(numbers, reverse=True)
    assert float(rows[1][6].removesuffix(" %")) == pytest.approx(sum(numbers[:2]) / total * 100, abs=0.1)


def test_providers_of_one_name_are_told_apart_by_country_identifier_and_folder(tmp_path: Path) -> None:
    """Two submissions by namesakes; the third provider needs no addition."""
    result = example_batch_result()
    first, second, third = result.submissions
    name = second.declared.provider_name
    namesake = dataclasses.replace(first, declared=dataclasses.replace(first.declared, provider_name=name))
    folder = render(dataclasses.replace(result, submissions=(namesake, second, third)), tmp_path / "audit")

    told = [e.text for e in Page(folder / "index.html").all("span", class_="apart")]

    assert told == ["Poland, folder akademia-przyklad", "Germany, DE:example:4711, folder hochschule-beispielstadt"]


def test_who_is_far_from_the_others_is_named_and_only_among_enough() -> None:
    """Five at 95 to 99 and one at 40: it is far out; among four nobody is."""
    result = example_result()

    def spread(*scores: float) -> Spread:
        rows = tuple(
            ProviderRow(dataclasses.replace(result.submissions[0], submission_id=str(number)))
            for number in range(len(scores))
        )
        return Spread(result.framework.principles[0], tuple(zip(rows, scores, strict=True)))

    assert [score for _, score in spread(95, 96, 97, 98, 99, 40).outliers] == [40]
    assert spread(95, 96, 97, 40).outliers == ()
    assert spread(97, 97.1, 97.2, 97.3, 97.4, 93).outliers == ()  # less than five points below the rest
    assert spread(95, 96, 97, 40).median == 95.5


def test_the_index_of_one_submission_says_how_it_stands(one: Path) -> None:
    """Verdict, ten principles that lead into the report, the first three fixes, the workbook."""
    page = Page(one / "index.html")
    rows = rows_of(page, "Scores are points of 100. Coverage is the share of the principle that the data could show.")
    links = [a.attributes["href"] for a in page.all("a")]

    assert [rows[1][i] for i in range(5)] == [
        "2 Transparency",
        "99.4",
        "86.6 to 99.5",
        "87.1 %",
        "largely meets the criteria",
    ]
    assert f"{PROVIDER}/report.html#principle-transparency" in links
    assert f"{PROVIDER}/report.xlsx" in links
    assert len([e for e in page.all("li") if e.inside("ol")]) == 3


# The agency and what a judgement rests on


LOGO = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="


def test_pages_carry_the_agency_s_name_logo_and_colour(tmp_path: Path) -> None:
    """On the report and on the page of the run; without an agency there is no trace of one."""
    agency = Agency("Agentur <Musterland>", LOGO, "#6b0f1a", "#b0868b", "https://agentur.example/?a=1&b=2")
    with_one = render(example_result(), tmp_path / "with", agency=agency)
    without = render(example_result(), tmp_path / "without")

    for name in ("index.html", f"{PROVIDER}/report.html"):
        page = Page(with_one / name)
        assert [e.text for e in page.all("p", class_="agency")] == ["Agentur <Musterland>"]
        assert [e.attributes["src"] for e in page.all("img")] == [LOGO]
        assert "https://agentur.example/?a=1&b=2" in [a.attributes["href"] for a in page.all("a")]
        assert "--accent: #6b0f1a" in page.source
        assert "--accent: #b0868b" in page.source
        assert Page(without / name).all("p", class_="agency") == []


def test_page_one_says_what_the_judgement_rests_on(tmp_path: Path) -> None:
    """A mapping with its hash, unread columns, a selection, withheld learner data, a file unread, a broken check."""
    result = example_result()
    one = result.submissions[0]
    limited = dataclasses.replace(
        one,
        mapping=MappingUsed(True, "ab" * 32, 7),
        declared=dataclasses.replace(
            one.declared, awards_handed_in="selection", columns_handed_in="some", learner_data="withheld"
        ),
        problems=(
            *one.problems,
            ProblemShown("note", "Columns were not read", "file 1", "Headings: Bemerkung.", "Map.", "columns_not_read"),
        ),
        files=(*one.files, FileRead(9, "3d" * 32, 10, "unknown", "refused", 0)),
    )
    result = dataclasses.replace(
        result, submissions=(limited,), broken_checks=(BrokenCheck("EL-01", "", "credentials", "It broke."),)
    )

    page = Page(render(result, tmp_path / "audit") / PROVIDER / "report.html")

    told = [e.text for e in page.all("li") if e.parent and "limits" in e.parent.attributes.get("class", "")]
    for words in (
        "A mapping.yaml handed in with the files says what 7 headings mean (SHA-256 abababababab…).",
        "1 table has columns whose headings are not known.",
        "not all its columns were handed in",
        "a selection of its awards",
        "Data of learners were withheld",
        "1 file could not be read",
        "Records were left out in 1 place.",
        "1 check could not run.",
    ):
        assert any(words in one for one in told), words
    assert "ab" * 32 in page.by_id("data").text


def test_the_score_of_a_principle_unfolds_into_its_sum(report: Page) -> None:
    """Portable: 7.1 waits for a person and has no score, 7.2 has one; both count for coverage."""
    text = report.by_id("principle-portable").text

    assert "How this score came about Score (2 × 99.6) ÷ 2 = 99.6" in text
    assert "Coverage (2 × 0.0 % + 2 × 100.0 %) ÷ 4 = 50.0 %" in text
    assert "Range 99.6 × 50.0 % = 49.8; and 100 × (100 % − 50.0 %) more = 99.8" in text


def test_the_overall_score_unfolds_into_its_sum(tmp_path: Path) -> None:
    """Where there is one: seven principles at 80, three without a score, each with the weight 1."""
    result = example_result()
    one = result.submissions[0]
    principles = tuple(
        dataclasses.replace(score, score=80.0 if place < 7 else None, coverage=0.5 if place < 7 else 0.0)
        for place, score in enumerate(one.before.principles)
    )
    overall = dataclasses.replace(one.before.overall, score=80.0, coverage=0.35, low=28.0, high=93.0)
    scored = dataclasses.replace(one, before=dataclasses.replace(one.before, principles=principles, overall=overall))
    folder = render(dataclasses.replace(result, submissions=(scored,)), tmp_path / "audit")

    verdict = Page(folder / PROVIDER / "report.html").by_id("verdict").text

    assert "Score (7 × 80.0) ÷ 7 = 80.0" in verdict
    assert "Coverage (7 × 50.0 % + 3 × 0.0 %) ÷ 10 = 35.0 %" in verdict
    assert "Range 80.0 × 35.0 % = 28.0; and 100 × (100 % − 35.0 %) more = 93.0" in verdict


def test_the_way_to_the_next_band_is_a_table_with_the_score_running(many: Path) -> None:
    """It begins with today's score, never falls, and ends where the better band begins."""
    page = Page(many / PROVIDER / "report.html")
    captions = [e for e in page.all("caption") if "→" in e.text]

    assert captions
    for caption in captions:
        rows = rows_of(page, caption.text)
        running = [float(row[2]) for row in rows]
        assert rows[0][0] == "As handed in"
        assert running == sorted(running)
        assert running[-1] > running[0]


def test_providers_with_few_records_are_named_as_not_comparable(index: Page) -> None:
    """Twelve records make no ranking."""
    assert "Too few records to compare (fewer than 30): Kleine Werkstatt Musterdorf." in index.by_id("main").text


def test_problems_of_the_run_stand_on_the_index(index: Page) -> None:
    """What belongs to no submission is not lost."""
    assert "A folder holds nothing to audit" in index.by_id("main").text


# Strangers' text, nothing from outside


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = "</style></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"
    return render(with_text_everywhere(example_batch_result(), text), tmp_path_factory.mktemp("attack") / "audit")


def test_markup_in_any_text_stays_text(attacked: Path, many: Path) -> None:
    """The pages hold the elements they hold with harmless text, and no other."""
    for path in sorted(attacked.rglob("*.html")):
        hostile, harmless = Page(path), Page(many / path.relative_to(attacked))
        assert [e.tag for e in hostile.elements if e.tag in ("script", "style", "img")] == [
            e.tag for e in harmless.elements if e.tag in ("script", "style", "img")
        ]
        assert not [e for e in hostile.elements for name in e.attributes if name.startswith("on")]
        assert "{{ 7 * 7 }}" in hostile.by_id("main").text


def test_a_provider_s_name_cannot_leave_the_stylesheet(attacked: Path) -> None:
    """It stands in the foot of every printed page."""
    for path in attacked.rglob("report.html"):
        style = "".join(Page(path).all("style")[0].parts)
        foot = re.search(r"@bottom-left \{ content: (.*?); \}\s*\}\s*$", style)
        assert foot is not None
        assert re.fullmatch(r'"[A-Za-z0-9 ,.\\]*"', foot[1])


@pytest.mark.parametrize("name", [f"{PROVIDER}/report.html", "index.html"])
def test_a_page_loads_nothing_from_outside(name: str, many: Path) -> None:
    """One file: no picture, font, style or script from elsewhere, in attribute or stylesheet."""
    page = Page(many / name)
    loads = [
        value
        for element in page.elements
        for key, value in element.attributes.items()
        if key in ("src", "srcset", "poster", "data", "action", "href", "xlink:href")
    ]

    assert all(value.startswith("#") or re.fullmatch(r"[a-z0-9-]+/report\.html", value) for value in loads)
    style = "".join(part for element in page.all("style") for part in element.parts)
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("name", [f"{PROVIDER}/report.html", "index.html"])
def test_the_policy_lets_only_the_page_s_own_script_run(name: str, many: Path) -> None:
    """The hash in the policy is that of the script on the page."""
    page = Page(many / name)
    policy = next(e for e in page.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy")
    scripts = [e for e in page.all("script") if e.attributes.get("type") != "application/json"]
    digest = base64.b64encode(hashlib.sha256("".join(scripts[0].parts).encode()).digest()).decode()

    assert len(scripts) == 1
    assert policy.attributes["content"].startswith("default-src 'none';")
    assert policy.attributes["content"].endswith(f"script-src 'sha256-{digest}'")


@pytest.mark.parametrize("name", [f"{PROVIDER}/report.html", "index.html"])
def test_ids_are_unique_and_every_link_within_the_page_arrives(name: str, many: Path) -> None:
    """Contents, checks, icons, labels."""
    page = Page(many / name)
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    targets = {e.attributes["href"][1:] for e in page.elements if e.attributes.get("href", "").startswith("#")}
    labels = {part for e in page.elements for part in e.attributes.get("aria-labelledby", "").split()}

    assert len(ids) == len(set(ids))
    assert targets | labels <= set(ids)


def test_headings_leave_out_no_level(report: Page) -> None:
    """One h1, then down a step at a time."""
    levels = [int(e.tag[1]) for e in report.elements if re.fullmatch(r"h[1-6]", e.tag)]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_scoped_heads(report: Page, index: Page) -> None:
    """A table can be read by ear."""
    for page in (report, index):
        assert len(page.all("table")) == len(page.all("caption"))
        assert all(e.attributes.get("scope") in ("col", "row") for e in page.all("th"))


def test_the_same_result_gives_the_same_bytes(tmp_path: Path, many: Path) -> None:
    """Nothing of the moment on the pages."""
    again = render(example_batch_result(), tmp_path / "again")

    for path in sorted(many.rglob("*.html")):
        assert (again / path.relative_to(many)).read_bytes() == path.read_bytes()


# Templates and texts


def test_a_folder_of_the_user_s_own_templates_comes_first(tmp_path: Path) -> None:
    """One template replaced, the others as shipped."""
    own = tmp_path / "own" / "audit" / "sections"
    own.mkdir(parents=True)
    (own / "profile.html.j2").write_text("<p>House rules of {{ view.name }}</p>", encoding="utf-8")

    page = Page(render(example_result(), tmp_path / "audit", tmp_path / "own") / PROVIDER / "report.html")

    assert page.by_id("profile").text == "9 Profile of the records House rules of Hochschule Beispielstadt"
    assert "Of 28 criteria" in page.by_id("verdict").text


def keys_used() -> set[str]:
    """Keys written out in templates and modules of the report; a trailing dot marks one that is completed."""
    found = set()
    for path in (ROOT / "report_templates").rglob("*.j2"):
        text = path.read_text(encoding="utf-8")
        for call in re.findall(r"\bt\((?=([^()]*))", text):
            found |= set(re.findall(r"[\"']((?:report|index|role|mode|status|severity|band|element)\.[\w.]+)", call))
    for path in (ROOT / "qa_toolkit" / "report").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"\b(?:t|messages)\(\s*f?\"((?:report|index)\.[\w.]+)", text))
        found |= set(re.findall(r"\"(report\.affected\w*)\"", text))
    return found


def test_every_text_the_templates_ask_for_exists() -> None:
    """A missing key would break a page only where it is needed."""
    messages = Messages()
    keys = keys_used()
    texts = (ROOT / "qa_toolkit" / "locale" / "en").glob("*.po")
    known = set(re.findall(r'msgid "([^"]+)"', "".join(path.read_text(encoding="utf-8") for path in texts)))

    assert len(keys) > 150
    incomplete = {key for key in keys if not messages.has(key) and not any(k.startswith(key) for k in known)}
    assert incomplete == set()


def test_every_text_of_the_reports_is_asked_for() -> None:
    """A text that nothing shows is left over."""
    text = (ROOT / "qa_toolkit" / "locale" / "en" / "report.po").read_text(encoding="utf-8")
    used = keys_used()
    completed = (
        *(key for key in used if key.endswith((".", "_"))),
        "report.file_state.",
        "report.declared.",
        "report.source.",
        "report.elements.",
    )

    assert {k for k in re.findall(r'msgid "([^"]+)"', text) if k not in used and not k.startswith(completed)} == set()
