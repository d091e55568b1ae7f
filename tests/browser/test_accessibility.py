"""axe-core finds nothing in any state of the page, light or dark, on a desk or on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, ViewportSize, expect

from tests.browser import pictures, reports
from tests.browser.visitor import Visitor

AXE = Axe()
SIZES: list[ViewportSize] = [{"width": 1280, "height": 800}, {"width": 390, "height": 844}]


def assert_accessible(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")  # a color on its way to another is neither
    violations: dict[tuple[int, str, str], str] = {}
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = AXE.run(page)
            if found.violations_count:
                violations[size["width"], scheme, "axe-core"] = found.generate_report()
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > size["width"]:
                violations[size["width"], scheme, "scrolls sideways"] = f"{width} px wide"
    assert violations == {}


def test_signed_out(visitor: Visitor) -> None:
    assert_accessible(visitor.page)


def test_refused_sign_in(visitor: Visitor) -> None:
    visitor.send_form("Sign in")
    expect(visitor.password_field).to_have_attribute("aria-invalid", "true")
    assert_accessible(visitor.page)


def test_no_images(user: Visitor) -> None:
    assert_accessible(user.page)


def test_the_way_to_the_result(user: Visitor) -> None:
    user.page.route("**/images/*", _answer_as_queued)
    user.upload(pictures.gray_on_white())
    expect(user.page.get_by_role("listitem").filter(has_text="Waiting in the queue")).to_have_attribute(
        "aria-current", "step"
    )
    assert_accessible(user.page)


def _answer_as_queued(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "status": "queued", "summary": None})


def test_a_result(user: Visitor) -> None:
    user.try_sample()
    user.outcome("Passed").click()
    user.page.get_by_role("heading", name="Not tested").click()
    user.color_vision.select_option("Deuteranopia (no green cones)")
    expect(user.picture).to_have_accessible_name("Screenshot sample.png as seen with deuteranopia")
    assert_accessible(user.page)


@pytest.mark.parametrize("level", ["AAA", "Advice"])
def test_a_result_of_other_levels(user: Visitor, level: str) -> None:
    user.try_sample()
    user.see_level(level)
    assert_accessible(user.page)


def test_a_result_with_fixes_and_an_open_menu(user: Visitor) -> None:
    reports.change(user.page, reports.with_text_and_fixes)
    user.upload(pictures.three_lines())
    expect(user.listed).to_have_count(1)
    assert_accessible(user.page)
    for result in ("report", "tokens"):
        user.page.get_by_role("button", name=f"Download {result} as").click()
        expect(user.page.get_by_role("menu")).to_have_count(1)
        assert_accessible(user.page)


def test_a_failed_image_and_the_list(user: Visitor) -> None:
    user.upload(pictures.cut_short())
    expect(user.page.get_by_role("link", name="Upload another screenshot")).to_be_visible()
    assert_accessible(user.page)

    user.see_pictures()
    expect(user.pictures).to_have_count(1)
    user.upload({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no pixels"})
    expect(user.alert).to_be_visible()
    assert_accessible(user.page)

    user.page.get_by_role("button", name="Delete cut-short.png").click()
    expect(user.dialog).to_be_visible()
    assert_accessible(user.page)
