"""Signing in where the account has a second factor."""

import time

import pyotp
import requests
from playwright.sync_api import expect

from tests.browser.test_accessibility import assert_accessible
from tests.browser.visitor import PASSWORD, Visitor
from tests.running_stack import RunningStack


def test_a_code_is_asked_for_once_the_password_is_right(user: Visitor, stack: RunningStack) -> None:
    app = pyotp.TOTP(add_factor(stack.api_url, user.email))
    page = user.page
    page.get_by_role("button", name="Sign out").click()
    code = page.get_by_label("Code")
    expect(code).to_be_hidden()
    user.send_form("Sign in")
    expect(code).to_be_focused()
    assert_accessible(page)
    code.fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(code).to_have_attribute("aria-invalid", "true")
    code.fill(app.at(time.time() + app.interval))  # the next one: the present one confirmed the factor
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("No screenshots yet.")).to_be_visible()


def add_factor(api_url: str, email: str) -> str:
    """Add a factor to an account, and return the secret that it shares with its app."""
    signed_in = requests.post(f"{api_url}/auth/login", json={"email": email, "password": PASSWORD}, timeout=10).json()
    headers = {"Authorization": f"Bearer {signed_in['access_token']}"}

    def ask(step: str, body: dict[str, str]) -> requests.Response:
        answer = requests.post(f"{api_url}/auth/mfa/{step}", json=body, headers=headers, timeout=10)
        answer.raise_for_status()
        return answer

    secret = str(ask("enrol", {"password": PASSWORD}).json()["secret"])
    ask("confirm", {"code": pyotp.TOTP(secret).now()})
    return secret
