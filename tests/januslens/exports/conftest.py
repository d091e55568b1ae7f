"""What the tests hold the formats against: readers from npm, a schema, Chromium."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.januslens.exports.packages import install
from tests.januslens.exports.visit import Visit
from tests.shared import shared

OpenFile = Callable[..., Any]

PACKAGES = Path(__file__).parent / "npm"


@pytest.fixture(scope="session")
def read_axe() -> Callable[[str], dict[str, Any]]:
    """Read results as `axe-sarif-converter` and `axe-html-reporter` do; also axe-core's own rules, by their tags."""
    packages = install(PACKAGES, "npm-exports", "read_axe.cjs")

    def read(written: str) -> dict[str, Any]:
        result: dict[str, Any] = json.loads(packages.run("read_axe.cjs", stdin=written))
        return result

    return read


@pytest.fixture(scope="session")
def sarif_mistakes() -> Callable[[Any], list[str]]:
    """Return what OASIS's schema says against a SARIF log."""
    validator = jsonschema.Draft4Validator(json.loads(shared("schemas/sarif-2.1.0.json").read_text()))
    return lambda log: [f"{error.json_path}: {error.message}" for error in validator.iter_errors(log)]


@pytest.fixture(scope="session")
def open_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenFile]:
    """Open a page as a file and return what `look` makes of it. Other arguments are those of a browser's context."""
    if chromium.EXECUTABLE is None:
        pytest.skip("no Chromium is installed here; Debian's package is `chromium`")
    path = tmp_path_factory.mktemp("pages") / "page.html"

    def open_and_look(browser: Browser, written: str, look: Callable[[Visit], Any], options: dict[str, Any]) -> Any:
        path.write_text(written, encoding="utf-8")
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        try:
            visit = Visit(context.new_page())
            visit.page.on("console", lambda message: visit.complaints.append(message.text))
            visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
            visit.page.on("request", lambda request: visit.requests.append(request.url.partition(",")[0]))
            visit.page.goto(path.as_uri())
            return look(visit)
        finally:
            context.close()

    with ThreadPoolExecutor(max_workers=1) as thread:  # another Playwright may be running in the thread of the tests
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        browser = thread.submit(chromium.launch, playwright).result()
        yield lambda written, look, **options: thread.submit(open_and_look, browser, written, look, options).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()
