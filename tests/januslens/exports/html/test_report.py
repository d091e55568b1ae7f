"""The report in Chromium: accessible, closed to the outside, and of use with and without its script."""

import io
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from januslens.accessibility.check import Outcome
from januslens.accessibility.untested import UNTESTED
from januslens.exports.reports.formats import FORMATS
from januslens.exports.reports.subject import Subject
from tests.januslens.exports.html.conftest import Visiting
from tests.januslens.exports.samples import (
    CHECKS,
    EMPTY,
    ENHANCED,
    FACTS,
    FAILED,
    HOSTILE,
    PASSED,
    REPORT,
    UNICODE,
    image_file,
    subject,
    with_text,
)
from tests.januslens.exports.visit import Visit, mistakes

OUTCOMES = {outcome: sum(check.outcome is outcome for check in CHECKS) for outcome in Outcome}
ALL_PASSED = replace(REPORT, checks=(PASSED,), palette_fixes=())
ONLY_ENHANCED = replace(REPORT, checks=(ENHANCED, PASSED))

SAMPLES = {
    "whole": subject(),
    "without the image": subject(file=None),
    "nothing found": subject(EMPTY),
    "long words of any script": with_text("W" * 300 + UNICODE),
}


def everything_open(visit: Visit) -> None:
    visit.page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    for box in visit.page.locator(".filters").get_by_role("checkbox").all():
        box.check()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_core_finds_nothing_at_first(visit: Visiting, scheme: str, width: int) -> None:
    assert visit(subject(), mistakes, color_scheme=scheme, viewport={"width": width, "height": 800}) == []


@pytest.mark.parametrize("of", SAMPLES.values(), ids=SAMPLES.keys())
def test_axe_core_finds_nothing_where_all_is_open_on_the_smallest_phone(visit: Visiting, of: Subject) -> None:
    def look(visit: Visit) -> Any:
        everything_open(visit)
        return mistakes(visit)

    assert visit(of, look, viewport={"width": 320, "height": 640}, color_scheme="dark", reduced_motion="reduce") == []


@pytest.mark.parametrize("of", [*SAMPLES.values(), with_text(HOSTILE)])
def test_nothing_is_loaded_and_nothing_complains(visit: Visiting, of: Subject) -> None:
    def look(visit: Visit) -> Any:
        everything_open(visit)
        return visit.complaints, [url.partition(":")[0] for url in visit.requests[1:]]

    complaints, schemes = visit(of, look)
    assert complaints == []
    assert set(schemes) <= {"data"}


def test_text_of_an_image_is_neither_markup_nor_script(visit: Visiting) -> None:
    def look(visit: Visit) -> Any:
        everything_open(visit)
        page = visit.page
        return (
            page.evaluate("window.hacked ?? null"),
            page.locator("script, iframe, object, embed, link, base, img, [style], [onerror], [onclick]").count(),
            page.title(),
            page.get_by_role("heading", level=1).inner_text(),
            page.locator(".places bdi").first.inner_text(),
            page.locator(".detail > p").first.inner_text(),
        )

    hacked, suspicious, title, *texts = visit(with_text(HOSTILE), look)
    assert hacked is None
    assert suspicious == 1  # its own script
    assert title == f"{HOSTILE}: accessibility report"
    assert texts == [HOSTILE] * 3


def test_its_policy_forbids_all_but_its_own_style_and_script_and_embedded_images() -> None:
    written = FORMATS["html"].write(subject())
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', written)
    directives = dict(directive.split(" ", 1) for directive in policy.replace("&#x27;", "'").split("; "))
    assert directives.pop("style-src").startswith("'sha256-")
    assert directives.pop("script-src").startswith("'sha256-")
    assert directives == {
        "default-src": "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_added_scripts_and_styles_are_refused(visit: Visiting) -> None:
    def look(visit: Visit) -> Any:
        visit.page.evaluate("""() => {
            const script = document.createElement("script");
            script.textContent = "window.hacked = 1";
            document.body.append(script);
            document.body.setAttribute("style", "color: rgb(1, 2, 3)");
            document.body.insertAdjacentHTML("beforeend", "<img src='http://127.0.0.1:9/x.png'>");
        }""")
        color = visit.page.evaluate("getComputedStyle(document.body).color")
        return visit.page.evaluate("window.hacked ?? null"), color, visit.complaints

    hacked, color, complaints = visit(subject(), look)
    assert hacked is None
    assert color != "rgb(1, 2, 3)"
    directives = [re.findall(r"(script|style|img)-src", complaint)[0] for complaint in complaints]
    assert sorted(directives) == ["img", "script", "style"]


def test_the_image_and_its_marks_are_shown(visit: Visiting) -> None:
    def look(visit: Visit) -> Any:
        page = visit.page
        box = page.locator("svg.shot").bounding_box()
        mark = page.locator("#place-4 .line").bounding_box()
        return box, mark, page.locator(".mark").count(), page.get_by_role("img").get_attribute("aria-label")

    box, mark, marks, name = visit(subject(), look)
    assert (box["width"], box["height"]) == (200, 150)
    assert marks == len(CHECKS)
    assert name == "The picture that was checked, sign-in@2x.png"
    edges = CHECKS[4].box
    assert mark["x"] - box["x"] == pytest.approx((edges.x - 2) / 2, abs=2)
    assert mark["y"] - box["y"] == pytest.approx((edges.y - 2) / 2, abs=2)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_an_image_is_shown_upright_as_it_was_checked(visit: Visiting, orientation: int) -> None:
    """The left half of what a person sees is red, whichever way the file is turned."""
    upright = Image.new("RGB", (400, 300), (0, 0, 255))
    ImageDraw.Draw(upright).rectangle((0, 0, 199, 299), fill=(255, 0, 0))
    turned = upright.rotate({1: 0, 3: 180, 6: 90, 8: -90}[orientation], expand=True)
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = io.BytesIO()
    turned.save(data, "JPEG", quality=95, exif=exif)

    shown = visit(
        subject(EMPTY, file=data.getvalue(), image=replace(FACTS, format="JPEG", scale=1.0)),
        lambda visit: visit.page.locator("svg.shot").screenshot(),
    )
    pixels = np.asarray(Image.open(io.BytesIO(shown)).convert("RGB"))
    height, width, _ = pixels.shape
    for x, y in ((width // 4, height // 8), (width // 4, height * 7 // 8)):
        red, _, blue = pixels[y, x]
        assert red > 200 > blue
    for x, y in ((width * 3 // 4, height // 8), (width * 3 // 4, height * 7 // 8)):
        red, _, blue = pixels[y, x]
        assert blue > 200 > red


def test_an_image_that_moves_is_not_shown_and_that_is_said(visit: Visiting) -> None:
    frames = [Image.new("L", (400, 300), level) for level in (0, 255)]
    data = io.BytesIO()
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:], duration=50)
    moving = subject(file=data.getvalue(), image=replace(FACTS, format="GIF"))

    def look(visit: Visit) -> Any:
        return visit.page.locator("image").count(), visit.page.locator("figcaption").inner_text()

    images, caption = visit(moving, look)
    assert images == 0
    assert "The picture isn't shown" in caption


WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("script", [True, False])


@WITH_AND_WITHOUT_SCRIPT
def test_issues_and_their_marks_are_filtered(visit: Visiting, script: bool) -> None:
    def look(visit: Visit) -> None:
        page = visit.page
        issues = page.locator(".issue:visible")
        expect(issues).to_have_count(len(REPORT.issues) - 1)  # but for level AAA
        page.get_by_label(re.compile("AAA")).check()
        expect(issues).to_have_count(len(REPORT.issues))
        expect(page.locator("#place-3")).to_be_visible()

        page.get_by_label(re.compile("Can't tell")).uncheck()
        expect(page.locator(".issue[data-outcome=cantTell]:visible")).to_have_count(0)
        expect(page.locator(".mark[data-outcome=cantTell]:visible")).to_have_count(0)
        page.get_by_label(re.compile("^Target size")).uncheck()
        expect(page.locator("[data-rule=target-size]:visible")).to_have_count(0)
        expect(page.locator(".mark[data-outcome=passed]:visible")).to_have_count(0)
        page.get_by_label(re.compile("Passed")).check()
        expect(page.locator(".mark[data-outcome=passed]:visible")).to_have_count(OUTCOMES[Outcome.PASSED])

    visit(subject(), look, java_script_enabled=script)


def test_the_script_counts_what_is_shown_and_hides_headings_of_nothing(visit: Visiting) -> None:
    def look(visit: Visit) -> None:
        page = visit.page
        status, total = page.get_by_role("status"), len(REPORT.issues)
        expect(status).to_have_text(f"{total - 1} of {total} issues shown")
        expect(page.get_by_role("heading", name="Level AAA")).to_be_hidden()
        page.get_by_label(re.compile("AAA")).check()
        expect(status).to_have_text(f"{total} of {total} issues shown")
        expect(page.get_by_role("heading", name="Level AAA")).to_be_visible()

    visit(subject(), look)


@WITH_AND_WITHOUT_SCRIPT
def test_a_place_leads_to_its_mark_and_a_mark_to_its_issue(visit: Visiting, script: bool) -> None:
    tall = subject(image=replace(FACTS, scale=0.5), file=None)  # its marks are far apart

    def look(visit: Visit) -> None:
        page = visit.page
        link = page.locator(".places a").first
        link.focus()
        page.keyboard.press("Enter")
        name = str(link.get_attribute("href"))
        expect(page.locator(name)).to_be_in_viewport()
        assert page.evaluate("name => document.querySelector(name).matches(':target')", name)

        last = page.locator(".issue").nth(4)
        detail = last.locator(".detail")
        expect(detail).to_be_hidden()
        page.locator(f".mark[data-issue='{last.get_attribute('data-issue')}'] .tab").first.click()
        expect(detail).to_be_visible()
        expect(last.locator("h4")).to_be_in_viewport()

    visit(tall, look, java_script_enabled=script, reduced_motion="reduce")


def test_everything_is_reached_by_keyboard_and_no_mark_is_a_stop(visit: Visiting) -> None:
    def look(visit: Visit) -> Any:
        page = visit.page
        stops: list[str] = []
        for _ in range(200):
            page.keyboard.press("Tab")
            stop = page.evaluate("""() => {
                const element = document.activeElement;
                return element === document.body ? null : element.id || element.getAttribute("href") || element.tagName;
            }""")
            if stop is None:
                return stops
            stops.append(stop)
        return stops

    stops = visit(subject(), look)
    assert stops[0] == "#issues"
    assert {"picture", "actual-size", "outcome-failed", "level-AAA", "rule-target-size", "SUMMARY", "#place-0"} <= {
        *stops
    }
    assert not [stop for stop in stops if stop.startswith("#issue-")]


def test_addresses_within_the_page_lead_somewhere_and_names_are_given_once(visit: Visiting) -> None:
    def look(visit: Visit) -> Any:
        return visit.page.evaluate("""() => [
            [...document.querySelectorAll("[href^='#']")].map(element => element.getAttribute("href").slice(1)),
            [...document.querySelectorAll("[id]")].map(element => element.id),
        ]""")

    leads, names = visit(subject(), look)
    assert len(set(names)) == len(names)
    assert set(leads) <= set(names)


def test_an_issue_says_what_was_measured_what_would_do_and_where(visit: Visiting) -> None:
    def look(visit: Visit) -> Any:
        return visit.page.locator(".issue", has_text="“Forgot password?”").first.inner_text()

    text = visit(subject(replace(REPORT, checks=(FAILED,))), look)
    for words in (
        "Failed:",
        "Text contrast",
        "4.47:1",
        "needs 4.5:1",
        "#777777",
        "#ffffff",
        "about 14 px",
        "#707070",
        "4.95:1",
        "difference 2.6",
        "“Forgot password?”",
        "20, 20",
        "WCAG 1.4.3 Contrast (Minimum), level AA",
    ):
        assert words in text


def test_the_summary_counts_levels_a_and_aa(visit: Visiting) -> None:
    def look(visit: Visit) -> Any:
        summary = visit.page.locator(".summary")
        return summary.get_by_role("heading").inner_text(), [
            figure.inner_text().split() for figure in summary.locator(".figure").all()
        ]

    heading, figures = visit(subject(), look)
    assert heading == "5 places fail WCAG 2.2 at level A or AA, for 3 reasons"
    assert [figure[1] for figure in figures] == ["5", "2", "1"]


@pytest.mark.parametrize(
    ("of", "heading"),
    [
        (EMPTY, "Nothing to check was found in the picture"),
        (ALL_PASSED, "Nothing that was checked fails WCAG 2.2 at level A or AA"),
        (replace(REPORT, checks=(FAILED,)), "1 place fails WCAG 2.2 at level A or AA"),
    ],
)
def test_the_summary_says_it_in_words(visit: Visiting, of: Any, heading: str) -> None:
    assert visit(subject(of), lambda visit: visit.page.locator(".summary h2").inner_text()) == heading


def test_issues_of_level_aaa_are_shown_where_there_are_no_others(visit: Visiting) -> None:
    def look(visit: Visit) -> Any:
        return visit.page.locator(".issue:visible").count(), visit.page.locator(".note").count()

    assert visit(subject(ONLY_ENHANCED), look) == (1, 0)


def test_what_was_not_tested_is_named_and_folded(visit: Visiting) -> None:
    def look(visit: Visit) -> Any:
        gaps = visit.page.locator(".untested")
        folded = gaps.get_by_role("link").first.is_hidden()
        gaps.locator("summary").click()
        return folded, gaps.get_by_role("link").count(), gaps.get_by_role("link").first.get_attribute("href")

    folded, links, address = visit(subject(), look)
    assert folded
    assert links == len(UNTESTED)
    assert address == "https://www.w3.org/WAI/WCAG22/Understanding/non-text-content.html"


@WITH_AND_WITHOUT_SCRIPT
def test_on_paper_everything_is_unfolded_dark_on_light_and_no_control_is_left(visit: Visiting, script: bool) -> None:
    def look(visit: Visit) -> Any:
        page = visit.page
        page.emulate_media(media="print")
        if script:
            page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        colors = page.evaluate("""() => {
            const { color } = getComputedStyle(document.body);
            return [color, getComputedStyle(document.querySelector(".panel")).backgroundColor];
        }""")
        hidden = [detail for detail in page.locator(".issue:visible .detail").all() if not detail.is_visible()]
        return colors, len(hidden), page.locator("input:visible").count()

    colors, folded, inputs = visit(subject(), look, color_scheme="dark", java_script_enabled=script)
    assert colors == ["rgb(23, 28, 38)", "rgb(255, 255, 255)"]
    assert (folded, inputs) == (0, 0)


def test_the_file_stands_in_the_page_once() -> None:
    written = FORMATS["html"].write(subject())
    assert written.count("data:image/png;base64,") == 1
    assert len(written) < 4 * len(image_file()) / 3 + 100_000
