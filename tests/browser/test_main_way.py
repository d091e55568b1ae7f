"""From an account to a finding, and what each step shows."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pictures
from tests.browser.visitor import Visitor


@pytest.fixture
def finder(user: Visitor) -> Visitor:
    """Somebody who looks at the result of their own picture."""
    user.upload(pictures.gray_on_white())
    expect(user.listed).to_have_count(1)
    return user


def test_a_finding_of_an_uploaded_picture_is_listed_and_measured(finder: Visitor) -> None:
    foreground, background, ratio = pictures.GRAY_ON_WHITE
    expect(finder.listed).to_have_accessible_name(f"1. Failed: contrast {ratio}, needs 4.5:1")
    expect(finder.listed).to_have_attribute("aria-selected", "true")
    for color in (foreground, background):
        expect(finder.page.get_by_role("button", name=f"Copy {color}", exact=True)).to_be_visible()


def test_a_finding_is_drawn_where_its_text_is(finder: Visitor) -> None:
    picture = finder.page.get_by_role("img", name="The picture gray.png").bounding_box()
    drawn = finder.drawn.locator(".outline").bounding_box()
    scale = picture["width"] / 400
    left, right = ((drawn["x"] + across - picture["x"]) / scale for across in (0, drawn["width"]))
    top, bottom = ((drawn["y"] + down - picture["y"]) / scale for down in (0, drawn["height"]))
    assert 25 < left <= 40
    assert 240 < right < 300
    assert 65 < top <= 84
    assert 92 < bottom < 115


def test_colors_are_swatches_with_their_area(finder: Visitor) -> None:
    largest = finder.page.get_by_role("list", name="Colors, by area").get_by_role("button").first
    expect(largest).to_have_accessible_name(re.compile(r"Copy #ffffff, 9\d % of the picture"))
    expect(largest.locator(".chip")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_color_is_copied(finder: Visitor) -> None:
    finder.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    swatch = finder.page.get_by_role("button", name="Copy #ffffff, ")
    swatch.click()
    expect(swatch).to_contain_text("Copied")
    assert finder.page.evaluate("navigator.clipboard.readText()") == "#ffffff"


@pytest.mark.parametrize(
    ("button", "name", "key"),
    [
        ("Download report as JSON", "gray.accessibility.json", "checks"),
        ("Download tokens as JSON", "gray.tokens.json", "color"),
    ],
)
def test_results_are_downloaded(finder: Visitor, tmp_path: Path, button: str, name: str, key: str) -> None:
    with finder.page.expect_download() as download:
        finder.page.get_by_role("button", name=button).click()
    assert download.value.suggested_filename == name
    download.value.save_as(tmp_path / name)
    assert key in json.loads((tmp_path / name).read_text("utf-8"))


def test_the_sample_has_every_outcome(user: Visitor) -> None:
    user.try_sample()
    for outcome in ("Failed", "Can't tell", "Passed"):
        count = user.page.get_by_role("button", name=re.compile(rf"^\d+ {outcome}")).locator(".filter-count")
        expect(count).not_to_have_text("0")


def test_the_list_and_the_picture_show_the_outcomes_that_are_chosen(user: Visitor) -> None:
    user.try_sample()
    before = user.listed.count()
    passed = user.page.get_by_role("button", name=re.compile("Passed"))
    expect(passed).to_have_attribute("aria-pressed", "false")
    passed.click()
    count = before + int(passed.locator(".filter-count").inner_text())
    expect(user.listed).to_have_count(count)
    expect(user.drawn).to_have_count(count)


def test_pressing_a_finding_on_the_picture_selects_it_in_the_list(user: Visitor) -> None:
    user.try_sample()
    user.drawn.nth(4).click()
    expect(user.listed.nth(4)).to_have_attribute("aria-selected", "true")
    expect(user.page.locator(".finding-detail").get_by_role("heading")).to_contain_text("5")


def test_a_reload_keeps_the_session_and_the_picture(finder: Visitor) -> None:
    finder.page.reload()
    expect(finder.listed).to_have_count(1)


def test_a_second_account_sees_nothing_of_the_first(finder: Visitor, open_page: Callable[[], Page]) -> None:
    address = finder.page.url
    second = Visitor(open_page(), f"second-{finder.email}")
    second.register()
    expect(second.pictures).to_have_count(0)
    second.page.goto(address)
    expect(second.alert).to_have_text("You have no such image.")
    expect(second.page.get_by_role("img")).to_have_count(0)


def test_signing_out_leaves_nothing_to_come_back_to(finder: Visitor) -> None:
    finder.page.get_by_role("button", name="Sign out").click()
    expect(finder.email_field).to_be_visible()
    finder.page.go_back()
    expect(finder.email_field).to_be_visible()
    expect(finder.listed).to_have_count(0)
