"""HTML drawn by Chromium, and where its DOM says that things are."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser import chromium

RECTANGLES = """() => Object.fromEntries([...document.querySelectorAll("[id]")].map(element => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [element.id, [left, top, right, bottom]];
}))"""


@dataclass(frozen=True)
class Rendering:
    """A drawn page: the PNG, pixels a CSS pixel; by its id, left, top, right and bottom of an element in pixels."""

    png: bytes
    scale: float
    rectangles: Mapping[str, tuple[float, float, float, float]]


@pytest.fixture(scope="session")
def render() -> Iterator[Callable[[str, int, float], Rendering]]:
    """Draw a page's body at a width in CSS pixels and a device scale factor."""
    if chromium.EXECUTABLE is None:
        pytest.skip("no Chromium is installed here; Debian's package is `chromium`")

    def draw(browser: Browser, body: str, width: int, scale: float) -> Rendering:
        with browser.new_page(viewport={"width": width, "height": 100}, device_scale_factor=scale) as page:
            page.set_content(f'<!doctype html><html lang="en"><body style="margin: 0">{body}')
            png = page.screenshot(full_page=True)
            found = page.evaluate(RECTANGLES)
        return Rendering(png, scale, {name: tuple(edge * scale for edge in edges) for name, edges in found.items()})

    def draw_patiently(browser: Browser, body: str, width: int, scale: float) -> Rendering:
        """Draw once more where Chromium could not take the picture, which on a busy machine it sometimes can't."""
        try:
            return draw(browser, body, width, scale)
        except Error as error:
            if "Unable to capture screenshot" not in error.message:
                raise
        return draw(browser, body, width, scale)

    with ThreadPoolExecutor(max_workers=1) as thread:  # another Playwright may be running in the thread of the tests
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        browser = thread.submit(chromium.launch, playwright).result()
        yield lambda body, width, scale: thread.submit(draw_patiently, browser, body, width, scale).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()
