"""The whole way with no pointer: what is reached is reached by Tab, and nothing is stepped over."""

import re

from playwright.sync_api import Locator, expect

from tests.browser import pictures
from tests.browser.visitor import PASSWORD, Visitor

FARTHEST = 40  # presses of Tab after which a control counts as out of reach


def tab_to(control: Locator) -> None:
    for _ in range(FARTHEST):
        if control.evaluate("control => control === document.activeElement"):
            return
        control.page.keyboard.press("Tab")
    raise AssertionError(f"{control} is not reached by Tab")


def test_an_account_is_opened(visitor: Visitor) -> None:
    keyboard = visitor.page.keyboard
    tab_to(visitor.page.get_by_role("radio", name="Sign in"))
    keyboard.press("ArrowRight")
    tab_to(visitor.email_field)
    keyboard.type(visitor.email)
    tab_to(visitor.password_field)
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    expect(visitor.page.get_by_role("heading", name="Check your email")).to_be_focused()

    visitor.page.goto(visitor.stack.emailed_link(visitor.email, "verify"))
    tab_to(visitor.password_field)
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    expect(visitor.page.get_by_text("No screenshots yet.")).to_be_visible()
    expect(visitor.page.get_by_role("heading", level=1)).to_be_focused()


def test_the_first_stop_skips_to_the_content(user: Visitor) -> None:
    user.page.reload()
    user.page.keyboard.press("Tab")
    expect(user.page.get_by_role("link", name="Skip to content")).to_be_focused()
    user.page.keyboard.press("Enter")
    expect(user.page.get_by_role("main")).to_be_focused()


def test_an_image_is_uploaded_and_deleted(user: Visitor) -> None:
    keyboard = user.page.keyboard
    with user.page.expect_file_chooser() as chooser:
        tab_to(user.page.get_by_role("button", name="Choose a file"))  # by then the browser knows of the chooser
        keyboard.press("Enter")
    chooser.value.set_files([pictures.gray_on_white()])
    expect(user.listed).to_have_count(1)

    tab_to(user.page.get_by_role("link", name="All screenshots"))
    keyboard.press("Enter")
    delete = user.page.get_by_role("button", name="Delete gray.png")
    expect(delete).to_be_visible()
    tab_to(delete)
    keyboard.press("Enter")
    expect(user.dialog.get_by_role("button", name="Cancel")).to_be_focused()
    keyboard.press("Escape")
    expect(user.dialog).to_have_count(0)
    expect(delete).to_be_focused()

    keyboard.press("Enter")
    tab_to(user.dialog.get_by_role("button", name="Delete"))
    keyboard.press("Enter")
    expect(user.page.get_by_text("No screenshots yet.")).to_be_visible()
    expect(user.page.get_by_role("heading", name="Earlier screenshots")).to_be_focused()


def test_issues_and_their_places_are_gone_through_on_the_image_and_in_the_list(user: Visitor) -> None:
    user.try_sample()
    keyboard = user.page.keyboard
    tab_to(user.drawn.first)
    keyboard.press("ArrowDown")
    expect(user.listed.nth(1)).to_have_attribute("aria-selected", "true")
    selected = user.drawn.and_(user.page.locator("[aria-selected=true]"))
    expect(selected).to_be_focused()
    expect(selected).to_have_accessible_name(re.compile(r"^2\."))

    keyboard.press("Enter")
    expect(user.listed.nth(1)).to_be_focused()
    keyboard.press("End")
    expect(user.listed.last).to_be_focused()
    expect(user.detail.get_by_role("heading").first).to_have_text(re.compile(f"^{user.listed.count()}"))

    keyboard.press("Enter")
    expect(selected).to_be_focused()
    keyboard.press("Home")
    expect(user.listed.first).to_have_attribute("aria-selected", "true")


def test_the_places_of_an_issue_are_gone_through_with_left_and_right(user: Visitor) -> None:
    user.upload(pictures.three_lines())
    expect(user.listed).to_have_count(1)
    keyboard = user.page.keyboard
    tab_to(user.listed.first)
    for position in ("2 of 3", "3 of 3", "1 of 3"):
        keyboard.press("ArrowRight")
        expect(user.detail).to_contain_text(position)
    expect(user.listed.first).to_be_focused()

    keyboard.press("Enter")
    keyboard.press("ArrowLeft")
    expect(user.drawn.last).to_be_focused()
    tab_to(user.detail.get_by_role("button", name="Next place"))
    keyboard.press("Enter")
    expect(user.detail).to_contain_text("1 of 3")
    expect(user.detail.get_by_role("button", name="Next place")).to_be_focused()


def test_color_visions_are_gone_through(user: Visitor) -> None:
    user.upload(pictures.gray_on_white())
    expect(user.listed).to_have_count(1)
    tab_to(user.color_vision)
    user.page.keyboard.press("ArrowDown")
    expect(user.picture).to_have_accessible_name("Screenshot gray.png as seen with protanopia")
    expect(user.color_vision).to_be_focused()
    user.page.keyboard.press("ArrowUp")
    expect(user.picture).to_have_accessible_name("Screenshot gray.png")


def test_a_format_is_chosen_from_the_menu(user: Visitor) -> None:
    user.upload(pictures.gray_on_white())
    expect(user.listed).to_have_count(1)
    keyboard = user.page.keyboard
    button = user.page.get_by_role("button", name="Download report as")
    tab_to(button)
    keyboard.press("Enter")
    expect(user.page.get_by_role("menuitem").first).to_be_focused()
    keyboard.press("ArrowUp")
    expect(user.page.get_by_role("menuitem").last).to_be_focused()
    keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(user.page.get_by_role("menu")).to_be_hidden()

    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    with user.page.expect_download() as download:
        keyboard.press("Enter")
    assert download.value.suggested_filename == "gray.accessibility.json"
    expect(button).to_be_focused()

    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(user.page.get_by_role("menu")).to_be_hidden()
