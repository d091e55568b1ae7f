"""Draw the page's "Try a sample" screenshot: sample.html, one device pixel a CSS pixel.

Run as `python -m tests.browser.make_sample`.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium

SOURCE = Path(__file__).with_name("sample.html")
TARGET = Path(__file__).parents[2] / "chalicelib" / "web" / "sample.png"


def main() -> None:
    """Render the source over the committed picture."""
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=1)
        page.goto(SOURCE.as_uri())
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main()
