"""From an account to an issue and its fix, and what each step shows."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, Route, expect

from januslens.color.simulation import Deficiency
from tests.browser import pictures, reports
from tests.browser.visitor import Visitor
from tests.januslens.color.simulated import by_coloraide


@pytest.fixture
def finder(user: Visitor) -> Visitor:
    """Somebody who looks at the result of their own picture."""
    user.upload(pictures.gray_on_white())
    expect(user.listed).to_have_count(1)
    return user


def test_an_issue_of_an_uploaded_image_is_listed_and_measured(finder: Visitor) -> None:
    foreground, background, ratio = pictures.GRAY_ON_WHITE
    expect(finder.listed).to_have_accessible_name(f"1. Failed: Text contrast {ratio}, needs 4.5:1")
    expect(finder.listed).to_have_attribute("aria-selected", "true")
    expect(finder.detail).to_contain_text("Text has a contrast ratio of at least 4.5:1")
    expect(finder.detail.get_by_role("link", name="WCAG 1.4.3 AA")).to_have_attribute(
        "href", "https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html"
    )
    for color in (foreground, background):
        expect(finder.detail.get_by_role("button", name=f"Copy {color}", exact=True)).to_be_visible()


def test_marks_that_cannot_be_seen_are_left_out_of_the_name_of_a_file(user: Visitor) -> None:
    user.upload(pictures.gray_on_white("\u200eWhatsApp\u202egnp.png"))
    expect(user.page.get_by_role("heading", name="WhatsAppgnp.png", exact=True)).to_be_visible()


@pytest.mark.parametrize("media_type", ["image/jpg", "image/pjpeg"])
def test_a_jpeg_is_one_under_its_other_names(user: Visitor, media_type: str) -> None:
    user.upload(pictures.as_jpeg("card.jfif", media_type))
    expect(user.listed).to_have_count(1)
    expect(user.page.get_by_role("heading", name="card.jfif", exact=True)).to_be_visible()


def test_a_place_is_drawn_where_its_text_is(finder: Visitor) -> None:
    picture = finder.page.get_by_role("img", name="Screenshot gray.png").bounding_box()
    drawn = finder.drawn.locator(".outline").bounding_box()
    assert picture
    assert drawn
    scale = picture["width"] / 400
    left, right = ((drawn["x"] + across - picture["x"]) / scale for across in (0, drawn["width"]))
    top, bottom = ((drawn["y"] + down - picture["y"]) / scale for down in (0, drawn["height"]))
    assert 25 < left <= 40
    assert 240 < right < 300
    assert 65 < top <= 84
    assert 92 < bottom < 115


def test_the_same_text_in_three_places_is_one_issue_whose_places_are_gone_through(user: Visitor) -> None:
    user.upload(pictures.three_lines())
    expect(user.listed).to_have_count(1)
    expect(user.listed).to_have_accessible_name(re.compile("3 places$"))
    expect(user.page.locator(".mark-kin")).to_have_count(3)

    expect(user.detail).to_contain_text("1 of 3")
    user.detail.get_by_role("button", name="Next place").click()
    expect(user.detail).to_contain_text("2 of 3")
    expect(user.drawn.nth(1)).to_have_attribute("aria-selected", "true")
    for _ in range(2):
        user.detail.get_by_role("button", name="Previous place").click()
    expect(user.detail).to_contain_text("3 of 3")
    expect(user.drawn.last).to_have_attribute("aria-selected", "true")


def test_the_summary_says_how_much_passes_and_how_much_is_to_do(finder: Visitor) -> None:
    summary = finder.page.get_by_role("region", name="Summary")
    for said in (
        "Text that passes AA0 %",
        "Text that passes AAA0 %",
        "To fix1 issue in 1 place",
        "Needs judgment0 issues in 0",
    ):
        expect(summary).to_contain_text(said)


def test_a_level_is_chosen(finder: Visitor) -> None:
    finder.see_level("AAA")
    expect(finder.listed).to_have_count(1)
    expect(finder.listed).to_have_accessible_name("1. Failed: Enhanced contrast 2.84:1, needs 7:1")
    expect(finder.detail.get_by_role("link", name="WCAG 1.4.6 AAA")).to_be_visible()
    finder.see_level("Advice")
    finder.outcome("Passed").click()
    expect(finder.listed.filter(has_text="Text size")).to_have_count(1)
    expect(finder.detail).to_contain_text("Best practice.")


def test_a_fix_is_shown_and_copied(user: Visitor) -> None:
    user.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reports.change(user.page, reports.with_text_and_fixes)
    user.upload(pictures.gray_on_white())
    expect(user.detail).to_contain_text("“Delivered on Thursday morning”")
    fix = user.detail.get_by_role("listitem")
    expect(fix).to_have_count(1)
    expect(fix).to_contain_text(re.compile("Text #999999 → .*#767676"))
    expect(fix).to_contain_text("4.54:1, ΔE 12.0")
    expect(user.detail).to_contain_text("Background: no other color is sufficient.")
    fix.get_by_role("button", name="Copy #767676").click()
    expect(fix).to_contain_text("Copied")
    assert user.page.evaluate("navigator.clipboard.readText()") == "#767676"


def test_a_fix_of_the_palette_stands_with_the_colors(user: Visitor) -> None:
    reports.change(user.page, reports.with_text_and_fixes)
    user.upload(pictures.gray_on_white())
    fix = user.page.get_by_role("region", name="Colors to change").get_by_role("listitem")
    expect(fix).to_contain_text(re.compile("#999999 → .*#767676"))
    expect(fix).to_contain_text("on #ffffff #f4f4f4")


PIXEL = """picture => {
    const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    return [...canvas.getImageData(5, 5, 1, 1).data].slice(0, 3);
}"""


def test_the_image_is_seen_with_a_color_vision_deficiency_and_with_none_again(user: Visitor) -> None:
    user.upload(pictures.red_card())
    expect(user.listed).to_have_count(1)
    places = user.drawn.count()
    for label, name, deficiency in (
        ("Protanopia (no red cones)", "protanopia", Deficiency.PROTAN),
        ("Deuteranopia (no green cones)", "deuteranopia", Deficiency.DEUTAN),
        ("Tritanopia (no blue cones)", "tritanopia", Deficiency.TRITAN),
        ("Achromatopsia (no color)", "achromatopsia", Deficiency.ACHROMATOPSIA),
    ):
        user.color_vision.select_option(label)
        expect(user.picture).to_have_accessible_name(f"Screenshot card.png as seen with {name}")
        assert user.picture.evaluate(PIXEL) == pytest.approx(by_coloraide(pictures.RED, deficiency), abs=1.1)
        expect(user.drawn).to_have_count(places)
    user.color_vision.select_option("Full color vision")
    expect(user.picture).to_have_accessible_name("Screenshot card.png")


def test_an_image_without_views_offers_none(user: Visitor) -> None:
    user.page.route("**/images/*", _answer_without_views)
    user.upload(pictures.gray_on_white())
    expect(user.listed).to_have_count(1)
    expect(user.color_vision).to_have_count(0)
    user.page.get_by_role("button", name="Download report as").click()
    expect(user.page.get_by_role("menuitem").first).to_be_visible()
    expect(user.page.get_by_role("menuitem", name="PNG")).to_have_count(0)


def _answer_without_views(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "views": {}})


def test_colors_are_swatches_with_their_area(finder: Visitor) -> None:
    largest = finder.page.get_by_role("list", name="Colors, by area").get_by_role("button").first
    expect(largest).to_have_accessible_name(re.compile(r"Copy #ffffff, 9\d % of the screenshot"))
    expect(largest.locator(".chip")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_color_is_copied(finder: Visitor) -> None:
    finder.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    swatch = finder.page.get_by_role("button", name="Copy #ffffff, ")
    swatch.click()
    expect(swatch).to_contain_text("Copied")
    assert finder.page.evaluate("navigator.clipboard.readText()") == "#ffffff"


def test_what_was_not_tested_is_told_with_the_reason(finder: Visitor) -> None:
    finder.page.get_by_role("heading", name="Not tested").click()
    reason = finder.page.locator(".untested section").filter(has=finder.page.get_by_text("2.1.1"))
    expect(reason.get_by_role("heading")).to_contain_text("when the page is operated")
    expect(reason.get_by_role("link", name="Keyboard", exact=True)).to_have_attribute(
        "href", "https://www.w3.org/WAI/WCAG22/Understanding/keyboard.html"
    )


def test_the_report_is_downloaded_as_it_was_read(finder: Visitor, tmp_path: Path) -> None:
    with finder.page.expect_download() as download:
        finder.download_as("JSON")
    assert download.value.suggested_filename == "gray.accessibility.json"
    download.value.save_as(tmp_path / "report.json")
    assert {"checks", "issues", "summary"} <= json.loads((tmp_path / "report.json").read_text("utf-8")).keys()


def test_the_report_is_downloaded_in_the_formats_of_other_tools(finder: Visitor, tmp_path: Path) -> None:
    for label, name, mark in (
        ("HTML", "gray.html", "<!doctype html>"),
        ("CSV", "gray.csv", "text-contrast"),
        ("axe", "gray.axe.json", '"violations"'),
        ("EARL", "gray.earl.jsonld", '"@context"'),
        ("SARIF", "gray.sarif", '"runs"'),
        ("JUnit", "gray.junit.xml", "<testsuites"),
    ):
        with finder.page.expect_download() as download:
            finder.download_as(label)
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        assert mark.lower() in (tmp_path / name).read_text("utf-8").lower()


def test_the_image_is_downloaded_with_its_issues_drawn_over_it(finder: Visitor, tmp_path: Path) -> None:
    with finder.page.expect_download() as download:
        finder.download_as("PNG")
    assert download.value.suggested_filename == "gray.overlay.png"
    download.value.save_as(tmp_path / "overlay.png")
    with Image.open(tmp_path / "overlay.png") as overlay:
        changed = ImageChops.difference(overlay, Image.new("RGB", overlay.size, "white")).getbbox()
        assert overlay.size == (400, 200)
    assert changed
    left, top, right, bottom = changed
    assert (0 < left < 40, 60 < top < 84, 240 < right < 320, 92 < bottom < 115) == (True,) * 4


def test_the_tokens_are_downloaded(finder: Visitor, tmp_path: Path) -> None:
    with finder.page.expect_download() as download:
        finder.download_as("JSON", "tokens")
    assert download.value.suggested_filename == "gray.tokens.json"
    download.value.save_as(tmp_path / "tokens.json")
    assert "color" in json.loads((tmp_path / "tokens.json").read_text("utf-8"))


def test_the_tokens_are_downloaded_in_the_formats_of_other_tools(finder: Visitor, tmp_path: Path) -> None:
    for label, name, mark in (
        ("HTML", "gray.tokens.html", "--color-c-ffffff"),
        ("CSS", "gray.css", ":root {"),
        ("SCSS", "gray.scss", "$color-c-ffffff: #ffffff;"),
        ("Less", "gray.less", "@color-c-ffffff: #ffffff;"),
        ("Tailwind", "gray.tailwind.css", "@theme {"),
        ("Style Dictionary", "gray.style-dictionary.json", '"$value": "#ffffff"'),
        ("Tokens Studio", "gray.tokens-studio.json", '"value": "#ffffff"'),
        ("Android", "gray.xml", '<color name="color_c_ffffff">#FFFFFF</color>'),
        ("Compose", "gray.kt", "val colorCFfffff = Color(0xFFFFFFFF)"),
        ("SwiftUI", "gray.swift", "static let colorCFfffff = Color("),
        ("Flutter", "gray.dart", "static const Color colorCFfffff = Color(0xFFFFFFFF);"),
    ):
        with finder.page.expect_download() as download:
            finder.download_as(label, "tokens")
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        assert mark in (tmp_path / name).read_text("utf-8")


def test_the_sample_has_every_outcome(user: Visitor) -> None:
    user.try_sample()
    for outcome in ("Failed", "Can't tell", "Passed"):
        expect(user.outcome(outcome).locator(".filter-count")).not_to_have_text("0")


def test_the_list_and_the_image_show_the_outcomes_that_are_chosen(user: Visitor) -> None:
    user.try_sample()
    before = user.drawn.count()
    issues = user.listed.count()
    passed = user.outcome("Passed")
    expect(passed).to_have_attribute("aria-pressed", "false")
    passed.click()
    expect(user.drawn).to_have_count(before + int(passed.locator(".filter-count").inner_text()))
    rules = user.listed.filter(has=user.page.locator(".badge-passed"))
    assert rules.count() == user.listed.count() - issues
    expect(rules.first).to_have_accessible_name(re.compile(r"^\d+\. Passed: Text contrast, \d+ places$"))


def test_pressing_a_place_on_the_image_selects_its_issue_in_the_list(user: Visitor) -> None:
    user.try_sample()
    place = user.drawn.last
    label = re.match(r"\d+", place.get_attribute("aria-label") or "")
    assert label
    place.click()
    expect(place).to_have_attribute("aria-selected", "true")
    selected = user.listed.and_(user.page.locator("[aria-selected=true]"))
    expect(selected).to_have_accessible_name(re.compile(rf"^{label[0]}\."))
    expect(user.detail.get_by_role("heading").first).to_contain_text(label[0])


def test_four_hundred_issues_are_drawn_as_they_come_into_sight(user: Visitor) -> None:
    reports.change(user.page, reports.with_400_issues)
    user.upload(pictures.gray_on_white())
    expect(user.listed).to_have_count(400)
    specimens = user.listed.locator("canvas")
    expect(specimens.first).to_be_visible()
    assert specimens.count() < 40
    user.listed.first.press("End")
    expect(user.listed.last.locator("canvas")).to_be_visible()


def test_the_reasons_of_undecided_checks_are_in_the_words_of_the_report(user: Visitor) -> None:
    reports.change(user.page, reports.with_undecided_flashes)
    user.upload(pictures.gray_on_white())
    expect(user.listed).to_have_count(2)
    first, second = user.listed.all()
    expect(first).to_have_accessible_name("1. Can't tell: Flashing 4 per second, not all frames read")
    expect(second).to_have_accessible_name("2. Can't tell: Flashing 4 per second, possibly not a flash")
    expect(user.detail).to_contain_text("4 per second needs 3 per second")
    link = user.detail.get_by_role("link", name="WCAG 2.3.1 A")
    expect(link).to_have_attribute(
        "href", "https://www.w3.org/WAI/WCAG22/Understanding/three-flashes-or-below-threshold.html"
    )


def test_a_reload_keeps_the_session_and_the_image(finder: Visitor) -> None:
    finder.page.reload()
    expect(finder.listed).to_have_count(1)


def test_a_second_account_sees_nothing_of_the_first(finder: Visitor, open_page: Callable[[], Page]) -> None:
    address = finder.page.url
    second = Visitor(open_page(), f"second-{finder.email}", finder.stack)
    second.register()
    expect(second.pictures).to_have_count(0)
    second.page.goto(address)
    expect(second.alert).to_have_text("No image with this id exists.")
    expect(second.page.get_by_role("img")).to_have_count(0)


def test_signing_out_leaves_nothing_to_come_back_to(finder: Visitor) -> None:
    finder.page.get_by_role("button", name="Sign out").click()
    expect(finder.email_field).to_be_visible()
    finder.page.go_back()
    expect(finder.email_field).to_be_visible()
    expect(finder.listed).to_have_count(0)
