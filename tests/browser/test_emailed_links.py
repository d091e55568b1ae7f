"""The ways that begin in a mail: another password, and a confirmed address."""

from collections.abc import Callable

import requests
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import assert_accessible
from tests.browser.visitor import PASSWORD, Visitor
from tests.running_stack import RunningStack

OTHER = "twelve herons over the estuary"


def follow(page: Page, link: str) -> None:
    page.goto("about:blank")  # a mail opens the page anew
    page.goto(link)


def test_a_forgotten_password_is_reset(user: Visitor, stack: RunningStack) -> None:
    page = user.page
    page.get_by_role("button", name="Sign out").click()
    user.email_field.fill(user.email)
    page.get_by_role("button", name="Forgot password?").click()
    expect(user.alert.filter(has_text="an email with further steps")).to_be_visible()

    follow(page, stack.emailed_link(user.email, "reset"))
    expect(page.get_by_role("heading", name="Choose a new password")).to_be_focused()
    assert "reset" not in page.url
    new_password = page.get_by_label("New password")
    new_password.fill("short")
    page.get_by_role("button", name="Change password").click()
    expect(new_password).to_have_attribute("aria-invalid", "true")
    assert_accessible(page)
    page.get_by_label("Also revoke all API keys").check()
    new_password.fill(OTHER)
    page.get_by_role("button", name="Change password").click()
    expect(user.alert.filter(has_text="Your password has been changed")).to_be_visible()

    user.send_form("Sign in", password=OTHER)
    expect(page.get_by_text("No screenshots yet.")).to_be_visible()


def test_forgetting_needs_an_address(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Forgot password?").click()
    expect(visitor.email_field).to_have_attribute("aria-invalid", "true")
    expect(visitor.email_field).to_be_focused()


def test_an_address_is_confirmed_by_a_link_and_the_password(visitor: Visitor, stack: RunningStack) -> None:
    page = visitor.page
    visitor.create_account()
    assert_accessible(page)
    link = stack.emailed_link(visitor.email, "verify")
    follow(page, link)
    assert "verify" not in page.url
    assert_accessible(page)
    visitor.confirm(OTHER)
    expect(visitor.password_field).to_have_attribute("aria-invalid", "true")
    visitor.confirm()
    expect(visitor.alert.filter(has_text="Your email address is confirmed.")).to_be_visible()
    expect(page.get_by_text("No screenshots yet.")).to_be_visible()
    follow(page, link)
    visitor.confirm()
    expect(visitor.alert.filter(has_text="The link was used before")).to_be_visible()


def test_a_link_in_another_tab_needs_no_password(visitor: Visitor, stack: RunningStack) -> None:
    visitor.create_account()
    tab = visitor.page.context.new_page()
    tab.goto(stack.emailed_link(visitor.email, "verify"))
    expect(tab.get_by_role("alert").filter(has_text="Your email address is confirmed.")).to_be_visible()
    expect(tab.get_by_text("No screenshots yet.")).to_be_visible()
    expect(visitor.alert.filter(has_text="you are signed in in the other tab")).to_be_visible()


def test_the_link_is_sent_again(visitor: Visitor, stack: RunningStack) -> None:
    visitor.create_account()
    first = stack.emailed_link(visitor.email, "verify")
    visitor.page.get_by_role("button", name="Send the link again").click()
    expect(visitor.alert.filter(has_text="We sent another email.")).to_be_visible()
    assert_accessible(visitor.page)
    follow(visitor.page, first)
    visitor.confirm()
    expect(visitor.alert.filter(has_text="The link was used before")).to_be_visible()


def test_an_invited_person_creates_an_account_and_joins_at_once(
    user: Visitor, stack: RunningStack, open_page: Callable[[], Page]
) -> None:
    guest = Visitor(open_page(), f"guest-{user.email}", stack)
    host = sign_in(stack, user.email)
    project = requests.post(f"{stack.api_url}/projects", json={"name": "Shop"}, headers=host, timeout=10).json()
    place = f"{stack.api_url}/projects/{project['id']}/invitations"
    invitation = {"email": guest.email, "role": "viewer"}
    requests.post(place, json=invitation, headers=host, timeout=10).raise_for_status()
    follow(guest.page, stack.emailed_link(guest.email, "invitation"))
    guest.choose_to_register()
    guest.send_form("Create account")
    expect(guest.alert.filter(has_text="You are now a member of the project.")).to_be_visible()


def test_an_invited_user_signs_in_and_joins(user: Visitor, stack: RunningStack) -> None:
    host = sign_in(stack, user.email)
    project = requests.post(f"{stack.api_url}/projects", json={"name": "Shop"}, headers=host, timeout=10).json()
    invitation = {"email": user.email, "role": "viewer"}
    place = f"{stack.api_url}/projects/{project['id']}/invitations"
    requests.post(place, json=invitation, headers=host, timeout=10).raise_for_status()
    user.page.get_by_role("button", name="Sign out").click()
    expect(user.email_field).to_be_visible()
    follow(user.page, stack.emailed_link(user.email, "invitation"))
    expect(user.alert.filter(has_text="To join the project, sign in")).to_be_visible()
    assert_accessible(user.page)
    user.send_form("Sign in")
    expect(user.alert.filter(has_text="You are already a member of this project.")).to_be_visible()


def test_another_address_is_confirmed_by_its_link(user: Visitor, stack: RunningStack) -> None:
    new = f"new-{user.email}"
    body = {"email": new, "password": PASSWORD}
    asked = requests.post(f"{stack.api_url}/users/me/email", json=body, headers=sign_in(stack, user.email), timeout=10)
    asked.raise_for_status()
    follow(user.page, stack.emailed_link(new, "confirm"))
    expect(user.alert.filter(has_text="Now follow the link in the email to the other address.")).to_be_visible()
    follow(user.page, stack.emailed_link(user.email, "confirm"))
    expect(user.alert.filter(has_text="Your email address was changed.")).to_be_visible()


def sign_in(stack: RunningStack, email: str) -> dict[str, str]:
    """Return the header of another session of somebody's."""
    credentials = {"email": email, "password": PASSWORD}
    answer = requests.post(f"{stack.api_url}/auth/login", json=credentials, timeout=10)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}
