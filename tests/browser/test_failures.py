"""What the page says when something goes wrong, and where it says it."""

import re

import pytest
import requests
from playwright.sync_api import Request, Route, expect

from tests.browser import pictures
from tests.browser.visitor import Visitor
from tests.running_stack import RunningStack


def test_a_damaged_image_shows_its_reason_and_what_to_do(user: Visitor) -> None:
    user.upload(pictures.cut_short())
    expect(user.page.get_by_role("heading", name=re.compile("damaged or cut short"))).to_be_visible()
    expect(user.page.get_by_text("save it again as PNG")).to_be_visible()
    user.page.get_by_role("link", name="Upload another screenshot").click()
    expect(user.page.get_by_role("listitem")).to_contain_text(["Failed The file is damaged or cut short"])


def test_what_is_no_image_is_not_sent(user: Visitor) -> None:
    user.upload({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no pixels"})
    expect(user.alert).to_have_text("“notes.txt” is not in a supported format: PNG, JPEG, WebP, GIF, or AVIF.")


def test_a_file_that_the_server_finds_too_large_is_named_with_its_limit(user: Visitor) -> None:
    user.upload({"name": "poster.png", "mimeType": "image/png", "buffer": bytes(20_000_001)})
    expect(user.alert).to_have_text("The file's size must be at most 20000000 bytes (20 MB).")


def test_a_refusal_of_the_object_store_can_be_tried_again(user: Visitor, stack: RunningStack) -> None:
    denied = "<Error><Code>AccessDenied</Code></Error>"
    headers = {"Access-Control-Allow-Origin": "*"}
    user.page.route(
        f"{stack.aws_url}/**", lambda route: route.fulfill(status=403, body=denied, headers=headers), times=1
    )
    user.upload(pictures.gray_on_white())
    expect(user.alert).to_have_text("The permission to upload has expired. It is valid for five minutes.")
    user.page.get_by_role("button", name="Try again").click()
    expect(user.listed).to_have_count(1)


def test_a_format_that_cannot_be_made_is_told(user: Visitor) -> None:
    user.upload(pictures.gray_on_white())
    expect(user.listed).to_have_count(1)
    problem = {"type": "urn:janus:problem:broken", "title": "Internal error", "detail": "The report could not be made."}
    user.page.route(
        "**/accessibility?format=html",
        lambda route: route.fulfill(status=500, json=problem, content_type="application/problem+json"),
    )
    user.download_as("HTML")
    expect(user.alert).to_have_text("The report could not be made.")


def test_a_view_that_cannot_be_fetched_leaves_the_image_as_it_was(user: Visitor) -> None:
    user.upload(pictures.gray_on_white())
    expect(user.listed).to_have_count(1)
    user.page.route(
        "**/views/**", lambda route: route.fulfill(status=403, headers={"Access-Control-Allow-Origin": "*"})
    )
    user.color_vision.select_option("Protanopia (no red cones)")
    expect(user.alert).to_have_text("The server responded with status 403.")
    expect(user.color_vision).to_have_value("")
    expect(user.picture).to_have_accessible_name("Screenshot gray.png")


def test_one_result_that_is_lost_does_not_hide_the_other(user: Visitor) -> None:
    problem = {"title": "Not found", "detail": "The analysis could not make this result."}
    user.page.route(
        "**/images/*/accessibility",
        lambda route: route.fulfill(status=404, json=problem, content_type="application/problem+json"),
    )
    user.upload(pictures.gray_on_white())
    expect(user.page.get_by_text("The analysis could not make this result.")).to_be_visible()
    expect(user.page.get_by_role("list", name="Colors, by area")).to_be_visible()


def test_a_wrong_password_is_told_at_its_field(user: Visitor) -> None:
    user.page.get_by_role("button", name="Sign out").click()
    user.send_form("Sign in", password="something else entirely")
    expect(user.password_field).to_have_accessible_description(
        "No account has this email address and password, or the address is not confirmed yet."
    )
    expect(user.password_field).to_have_attribute("aria-invalid", "true")
    expect(user.password_field).to_be_focused()


@pytest.mark.parametrize(
    ("field", "email", "password", "complaint"),
    [
        ("Password", "short@janus.example", "short", "The password must have at least 15 characters"),
        ("Email", "nobody", "a sentence that is long enough", "The email address is not an email address."),
    ],
)
def test_what_cannot_be_registered_is_told_at_its_field(
    visitor: Visitor, field: str, email: str, password: str, complaint: str
) -> None:
    visitor.choose_to_register()
    visitor.send_form("Create account", email=email, password=password)
    told = visitor.page.get_by_label(field, exact=True)
    expect(told).to_have_accessible_description(re.compile(f"^{re.escape(complaint)}"))
    expect(told).to_be_focused()
    expect(visitor.page.get_by_text(complaint)).to_be_visible()


def test_registering_a_known_address_points_to_the_email_as_for_any_other(user: Visitor) -> None:
    user.page.get_by_role("button", name="Sign out").click()
    user.choose_to_register()
    user.send_form("Create account", password="something else entirely")
    expect(user.page.get_by_role("heading", name="Check your email")).to_be_focused()
    expect(user.page.get_by_text("If the address already has an account, the email says so.")).to_be_visible()
    user.page.get_by_role("button", name="Back to sign in").click()
    user.send_form("Sign in")
    expect(user.page.get_by_text("No screenshots yet.")).to_be_visible()


def test_signing_in_before_the_address_is_confirmed_offers_the_link_again(visitor: Visitor) -> None:
    visitor.create_account()
    visitor.page.get_by_role("button", name="Back to sign in").click()
    visitor.send_form("Sign in")
    expect(visitor.password_field).to_have_accessible_description(re.compile("the address is not confirmed yet"))
    visitor.page.get_by_role("button", name="Send the confirmation link again").click()
    expect(visitor.page.get_by_role("heading", name="Check your email")).to_be_focused()


def test_a_refused_access_token_is_renewed_unseen(user: Visitor) -> None:
    answers: list[tuple[str, int]] = []
    user.page.on("response", lambda answer: answers.append((answer.request.url.rpartition("/")[2], answer.status)))
    user.page.route("**/images", _send_with_worn_out_token, times=1)
    user.upload(pictures.gray_on_white())
    expect(user.listed).to_have_count(1)
    assert answers[:3] == [("images", 401), ("refresh", 200), ("images", 201)]


def _send_with_worn_out_token(route: Route, request: Request) -> None:
    route.continue_(headers={**request.headers, "authorization": "Bearer worn.out.token"})


def test_a_session_ended_elsewhere_asks_to_sign_in_again(user: Visitor, stack: RunningStack) -> None:
    with user.page.expect_request("**/images") as listing:
        user.page.reload()
    token = listing.value.headers["authorization"]
    requests.post(f"{stack.api_url}/auth/logout", headers={"Authorization": token}, timeout=10).raise_for_status()
    user.page.get_by_role("button", name="Try a sample").click()
    expect(user.alert).to_have_text("Your session has ended. Sign in again to continue.")
    user.send_form("Sign in")
    expect(user.page.get_by_role("heading", name="Earlier screenshots")).to_be_visible()


def test_a_device_without_network_is_told_so(visitor: Visitor) -> None:
    visitor.page.context.set_offline(True)
    visitor.send_form("Sign in")
    expect(visitor.alert).to_have_text("This device is offline. Connect to a network and try again.")


def test_a_server_that_is_away_is_told_so(user: Visitor) -> None:
    user.page.route("**/images", lambda route: route.abort("connectionrefused"))
    user.page.get_by_role("button", name="Try a sample").click()
    expect(user.alert).to_have_text("Janus can't be reached. Try again in a moment.")


def test_an_analysis_is_followed_across_a_lost_connection(user: Visitor) -> None:
    user.page.route("**/images/*", lambda route: route.abort("connectionrefused"), times=1)
    user.upload(pictures.gray_on_white())
    expect(user.alert).to_have_text("Janus can't be reached. Try again in a moment. This page keeps checking.")
    expect(user.listed).to_have_count(1)
    expect(user.alert).to_be_hidden()
