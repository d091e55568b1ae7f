"""Take the README's picture of the page: the sample's result, on two device pixels a CSS pixel.

Run as `python -m tests.browser.take_pictures`, or `make pictures`.
"""

from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests import running_stack
from tests.browser import chromium
from tests.browser.visitor import SLOWEST_ANALYSIS, Visitor

TARGET = Path(__file__).parents[2] / "docs" / "pictures" / "page.png"


def main() -> None:
    """Run the stack, try the sample as a new user, and take the picture over the committed one."""
    expect.set_options(timeout=SLOWEST_ANALYSIS)
    with running_stack.start() as stack, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        page = browser.new_page(base_url=stack.api_url, viewport={"width": 1360, "height": 900}, device_scale_factor=2)
        page.goto("/")
        visitor = Visitor(page, "demo-of-the-page@janus.example", stack)
        visitor.register()
        visitor.try_sample()
        visitor.listed.first.click()
        TARGET.parent.mkdir(exist_ok=True)
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main()
