"""The reference of the API, as a developer reads it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.running_stack import RunningStack


def test_the_reference_shows_every_route_and_loads_nothing_from_elsewhere(
    open_page: Callable[[], Page], stack: RunningStack
) -> None:
    page = open_page()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto("/docs")
    expect(page.locator(".opblock").first).to_be_attached()
    described = page.request.get("/openapi.json").json()["paths"]
    expect(page.locator(".opblock")).to_have_count(sum(len(methods) for methods in described.values()))
    page.locator(".opblock").filter(has_text="/health").first.click()
    expect(page.get_by_role("button", name="Try it out")).to_be_visible()
    assert all(url.startswith((stack.api_url, "data:")) for url in asked), asked
    assert refused == []
